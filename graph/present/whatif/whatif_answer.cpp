#include "chokepoint/present/view_coverage.hpp"
#include "chokepoint/present/whatif.hpp"
#include "present/whatif/whatif_data.hpp"
#include "present/whatif/whatif_json.hpp"
#include "present/whatif/whatif_parts.hpp"
#include "present/whatif/whatif_story.hpp"
#include "present/whatif/whatif_tables.hpp"
#include "present/words/chain.hpp"
#include "present/words/evidence.hpp"
#include "present/words/wording.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <ranges>
#include <utility>

namespace chokepoint {

namespace {

using detail::Names;

Json list_of_ids(const Snapshot& snapshot, const std::vector<Vertex>& vertices) {
  Json list = Json::array();
  for (const Vertex v : vertices) list.push(snapshot.id(v));
  return list;
}

/// Why a restriction could not be applied.
std::string_view gap_pattern(PolicyGap gap) {
  switch (gap) {
    case PolicyGap::no_issuer: return "{} on {} names no market, and nobody is recorded to have issued it";
    case PolicyGap::not_stated: return "{} on {} is only planned, forecast or doubtful; --include adds it";
    case PolicyGap::no_flow: return "{} on {} cuts nothing: nobody it concerns is recorded to require or receive it";
    case PolicyGap::no_supplier: return "{} on {} cuts nothing: no supplier that it concerns is recorded";
  }
  return {};
}

void add_policy_remarks(Names& names, const Snapshot& snapshot, const Scenario& scenario, const WhatIf& answer,
                        std::vector<std::string>& remarks) {
  const Session& session = names.session();
  for (const PolicyNote& note : answer.policy_notes) {
    const std::string policy = names.named(std::string(snapshot.id(snapshot.columns().from[note.arc])));
    const std::string target = names.named(std::string(snapshot.id(snapshot.columns().to[note.arc])));
    remarks.push_back(detail::say(session, gap_pattern(note.gap), policy, target));
  }
  for (const Vertex policy : scenario.enforced) {
    const auto range = snapshot.out_edges(policy);
    const bool restricts = std::ranges::any_of(std::views::iota(range.first, range.last),
                                               [&](Arc e) { return snapshot.role(e) == Role::restrict; });
    if (!restricts)
      remarks.push_back(detail::say(session, "{} restricts nothing, as far as recorded",
                                    names.named(std::string(snapshot.id(policy)))));
  }
}

/// The chains of the target in every state; also as tables.
Json explain_all(Session& session, Names& names, const Snapshot& snapshot, const WhatIf& answer, const Subject& target,
                 bool as_tree, Answer& told) {
  Json why = Json::array();
  const auto add = [&](const WhatIfState& state, const char* key, std::string_view english) {
    for (const WhatIfBound& bound : state.bounds) {
      if (!bound.target || bound.target->chain.empty()) continue;
      const bool is_repeated = answer.bounds_are_equal && bound.variants == Variants::all;
      const std::string reading = bound.variants == Variants::all ? "all" : "any";
      Json entry = Json::object();
      entry.set("state", key);
      entry.set("variants", reading);
      entry.set("target", to_string(snapshot, target));
      entry.set("impossible", bound.target->is_impossible);
      entry.set("low", bound.target->low);
      entry.set("high", bound.target->high);
      entry.set("steps", detail::chain_json(session, snapshot, *bound.target));
      why.push(std::move(entry));
      if (is_repeated) continue;
      const std::string name = detail::subject_name(names, snapshot, target);
      const std::string title =
          answer.bounds_are_equal
              ? detail::say(session, "Why {} ({})", name, detail::word(session, english))
              : detail::say(session, "Why {} ({}, variants {})", name, detail::word(session, english), reading);
      if (as_tree)
        detail::append_chain_tree(names, snapshot, *bound.target, title, told.drawing);
      else
        told.tables.push_back(detail::chain_table(names, snapshot, *bound.target, title));
    }
  };
  add(answer.state, "bounds", "as asked");
  if (answer.adapted) add(*answer.adapted, "adapted", "adapted");
  return why;
}

/// Names what no policy stops any more, in one sentence of a readable length.
void add_possible_again(Names& names, const Snapshot& snapshot, const WhatIf& answer,
                        std::vector<std::string>& remarks) {
  constexpr std::size_t most = 20;
  const std::vector<Subject>& all = answer.state.bounds.front().possible_again;
  if (all.empty()) return;
  std::string text;
  for (std::size_t i = 0; i < std::min(all.size(), most); ++i)
    detail::append_part(names.session(), text, detail::subject_name(names, snapshot, all[i]));
  if (all.size() > most) detail::append_part(names.session(), text, fmt::format("… +{}", all.size() - most));
  remarks.push_back(detail::say(names.session(), "possible again: {}", text));
}

void add_parts_kept(Names& names, const Snapshot& snapshot, const std::vector<Vertex>& parts,
                    std::vector<std::string>& remarks) {
  constexpr std::size_t most = 8;
  if (parts.empty()) return;
  std::string text;
  for (std::size_t i = 0; i < std::min(parts.size(), most); ++i)
    detail::append_part(names.session(), text, names.label(std::string(snapshot.id(parts[i]))));
  if (parts.size() > most) text += fmt::format(" +{}", parts.size() - most);
  remarks.push_back(
      detail::say(names.session(), "parts that are not removed with their whole: {}; --remove names them", text));
}

void add_table(Answer& answer, Table table) {
  if (!table.rows.empty()) answer.tables.push_back(std::move(table));
}

void add_hidden(const Session& session, std::size_t hidden, std::string_view english, Answer& answer) {
  if (hidden > 0) answer.remarks.push_back(detail::say(session, english, hidden));
}

/// For people: what is lost and why, what may be lost, what is left.
void tell(Names& names, const WhatIfResult& result, const WhatIfStyle& style, Answer& answer) {
  const Session& session = names.session();
  const WhatIf& found = result.found;
  const View& view = *result.view;
  const Snapshot& snapshot = view.snapshot();
  const std::optional<Subject> only = detail::only_target(result);
  detail::RowLimit lost{style.limit}, doubtful{style.limit / 2}, left{style.limit}, unmet{style.limit},
      cut{style.limit}, freed{style.limit};
  if (!only) {
    add_table(answer, detail::cause_table(names, view, found));
    if (found.baseline) {
      // Who leaves a policy out asks for what comes back.
      if (result.scenario.enforced.empty())
        add_table(answer, detail::arrival_table(names, snapshot, found.freed_rows, "Delivered again", freed));
      add_table(answer, detail::response_table(names, snapshot, found));
      add_table(answer, detail::arrival_table(names, snapshot, found.cut_rows, "No longer delivered", cut));
      if (!result.scenario.enforced.empty())
        add_table(answer, detail::arrival_table(names, snapshot, found.freed_rows, "Delivered again", freed));
    }
    add_table(answer, detail::reduced_table(names, view, found));
    add_table(answer, detail::doubt_table(names, view, found, result.scenario.keep_minor, doubtful));
    add_table(answer, detail::lost_table(names, snapshot, found, lost));
  }
  add_table(answer, detail::left_table(names, snapshot, found, only, left));
  if (!only) add_table(answer, detail::unmet_table(names, snapshot, found, unmet));
  add_hidden(session, cut.hidden + freed.hidden, "{} more deliveries are touched; --limit 0 lists all", answer);
  add_hidden(session, lost.hidden, "{} more become impossible; --limit 0 lists all", answer);
  add_hidden(session, doubtful.hidden, "{} more supplies of unknown shares; --limit 0 lists all", answer);
  add_hidden(session, left.hidden, "{} more lose something; --limit 0 lists all", answer);
  add_hidden(session, unmet.hidden, "{} more needs of places are unmet; --limit 0 lists all", answer);
}

void add_remarks(Names& names, const WhatIfResult& result, Answer& answer) {
  const Session& session = names.session();
  const WhatIf& found = result.found;
  const Snapshot& snapshot = result.view->snapshot();
  if (found.baseline) add_policy_remarks(names, snapshot, result.scenario, found, answer.remarks);
  if (result.unrecorded)
    answer.remarks.push_back(detail::say(session, "no delivery of {} to {} is recorded; what is told is of {}",
                                         names.label(std::string(snapshot.id(result.unrecorded->node))),
                                         names.label(std::string(snapshot.id(result.unrecorded->customer))),
                                         detail::subject_name(names, snapshot, *result.scenario.target)));
  add_parts_kept(names, snapshot, result.parts_kept, answer.remarks);
  add_possible_again(names, snapshot, found, answer.remarks);
  if (found.bounds_are_equal)
    answer.remarks.push_back(detail::say(session, "no unsettled variants are met: both readings are equal"));
  if (!result.in_force.empty())
    answer.remarks.push_back(detail::say(session, "other policies in force on {}: {}; --without leaves one out",
                                         to_string(session.as_of()), result.in_force.size()));
  for (std::string& remark : detail::coverage_remarks(session, found.coverage))
    answer.remarks.push_back(std::move(remark));
}

}  // namespace

Answer whatif_answer(Session& session, WhatIfResult result, const WhatIfStyle& style) {
  const auto shared = std::make_shared<const WhatIfResult>(std::move(result));
  const WhatIf& found = shared->found;
  const std::shared_ptr<const WhatIf> state(shared, &found);
  const auto snapshot = shared->view->shared_snapshot();
  const Scenario& scenario = shared->scenario;
  Names names(session);
  Answer answer{.command = "whatif", .result = Json::object(), .coverage = Json::object()};
  answer.result.set("removed", list_of_ids(*snapshot, found.removed));
  answer.result.set("enforced", list_of_ids(*snapshot, scenario.enforced));
  answer.result.set("without", list_of_ids(*snapshot, scenario.without));
  answer.result.set("in_force", list_of_ids(*snapshot, shared->in_force));
  if (!shared->parts_kept.empty()) answer.result.set("parts_kept", list_of_ids(*snapshot, shared->parts_kept));
  answer.result.set("layer", to_string(found.layer));
  detail::set_state_json(answer, "bounds", snapshot, state, found.state);
  if (found.baseline) detail::set_policy_json(answer, session, snapshot, state);
  answer.heading.push_back(detail::loss_sentence(session, found, detail::causes_text(names, *shared)));
  if (style.people)
    tell(names, *shared, style, answer);
  else
    detail::set_causes_json(answer, *shared->view, found, scenario.keep_minor);
  answer.make_data = [&session, shared] { return detail::whatif_data(session, *shared); };
  if (shared->why && scenario.target)
    answer.result.set("why", explain_all(session, names, *snapshot, found, *scenario.target, style.people, answer));
  add_remarks(names, *shared, answer);
  answer.coverage = coverage_of(session, *shared->view, detail::touched_nodes(*shared), shared->left_out);
  answer.coverage.set("requirements", detail::coverage_json(session, *snapshot, found.coverage, found.evidence));
  answer.subgraph = [shared] { return detail::subgraph_of(*shared); };
  detail::offer_pictures(session, shared, answer);
  return answer;
}

}  // namespace chokepoint
