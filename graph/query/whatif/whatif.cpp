#include "chokepoint/query/whatif.hpp"

#include "chokepoint/analysis/whatif.hpp"
#include "chokepoint/query/view_params.hpp"
#include "chokepoint/support/error.hpp"
#include "query/facts/chain.hpp"
#include "query/facts/evidence.hpp"
#include "query/session/names.hpp"
#include "query/facts/wording.hpp"
#include "query/pictures/fault_tree_builder.hpp"
#include "query/session/policy_terms.hpp"
#include "query/session/scenario.hpp"
#include "query/whatif/state_picture.hpp"
#include "query/whatif/whatif_json.hpp"
#include "query/whatif/whatif_story.hpp"
#include "query/whatif/whatif_tables.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <memory>
#include <ranges>
#include <set>
#include <utility>

namespace chokepoint {

namespace {

using detail::Names;

/// Tables that only list names may be so many times as long as the one with numbers.
constexpr std::size_t longer = 10;

std::vector<Vertex> resolve_scenario(Session& session, const Snapshot& snapshot,
                                     const std::vector<std::string>& names) {
  std::set<Vertex> found;
  for (const std::string& name : names) found.insert(detail::resolve_vertex(session, snapshot, name));
  return {found.begin(), found.end()};
}

/// A node, or a flow as `item@customer`.
Subject resolve_target(Session& session, const Snapshot& snapshot, const std::string& name) {
  const auto vertex = [&](const std::string& text) { return detail::resolve_vertex(session, snapshot, text); };
  const std::size_t at = name.find('@');
  if (at == std::string::npos) return {vertex(name)};
  return {vertex(name.substr(0, at)), vertex(name.substr(at + 1))};
}

/// What the nodes are parts of, theirs and so on.
std::vector<Vertex> wholes_of(const View& view, const std::vector<Vertex>& parts) {
  const Snapshot& snapshot = view.snapshot();
  std::vector<Vertex> found;
  std::vector<Vertex> queue = parts;
  for (std::size_t i = 0; i < queue.size(); ++i) {
    const auto range = snapshot.out_edges(queue[i]);
    for (Arc e = range.first; e < range.last; ++e) {
      const Vertex whole = snapshot.columns().to[e];
      if (snapshot.role(e) != Role::part || !view.has_edge(e) || std::ranges::find(queue, whole) != queue.end())
        continue;
      queue.push_back(whole);
      found.push_back(whole);
    }
  }
  return found;
}

Scenario make_scenario(Session& session, const View& view, const WhatIfParams& params) {
  const Snapshot& snapshot = view.snapshot();
  Scenario scenario;
  scenario.removed = resolve_scenario(session, snapshot, params.remove);
  scenario.enforced = resolve_scenario(session, snapshot, params.enforce);
  scenario.without = resolve_scenario(session, snapshot, params.without);
  scenario.terms = detail::policy_terms(session, snapshot);
  scenario.in_force = acting_policies(view, scenario.terms);
  // What a policy is a part of stands aside: otherwise the whole would already do what its part is asked about.
  for (const Vertex whole : wholes_of(view, scenario.enforced)) std::erase(scenario.in_force, whole);
  scenario.layer = detail::require_layer(params.layer);
  scenario.keep_minor = params.keep_minor;
  scenario.cycles = detail::require_cycles(params.cycles);
  scenario.threshold = params.threshold;
  if (!params.target.empty()) scenario.target = resolve_target(session, snapshot, params.target);
  return scenario;
}

/// What `--why` explains when nobody says: something that fails and was not removed itself, else what is left least of.
std::optional<Subject> worst_of(const WhatIf& answer) {
  const WhatIfBound& bound = answer.state.bounds.back();
  for (auto v = bound.impossible.rbegin(); v != bound.impossible.rend(); ++v)
    if (!std::ranges::binary_search(answer.removed, *v)) return Subject{*v};
  if (!bound.flows.empty()) return Subject{bound.flows.back().item, bound.flows.back().customer};
  const auto least =
      std::ranges::min_element(bound.capacity, {}, [](const NodeCapacity& c) { return std::pair(!c.is_less, c.low); });
  if (least != bound.capacity.end() && least->is_less) return least->subject;
  return std::nullopt;
}

std::string named_all(Names& names, const Snapshot& snapshot, const std::vector<Vertex>& vertices) {
  std::string text;
  for (const Vertex v : vertices) detail::append_part(names.session(), text, names.named(std::string(snapshot.id(v))));
  return text;
}

Json list_of_ids(const Snapshot& snapshot, const std::vector<Vertex>& vertices) {
  Json list = Json::array();
  for (const Vertex v : vertices) list.push(snapshot.id(v));
  return list;
}

/// `without Taiwan (tw)`: what was asked.
std::string causes_text(Names& names, const Snapshot& snapshot, const Scenario& scenario) {
  const Session& session = names.session();
  std::string causes;
  const auto add = [&](const std::vector<Vertex>& some, std::string_view pattern) {
    if (!some.empty())
      detail::append_part(session, causes, detail::say(session, pattern, named_all(names, snapshot, some)));
  };
  add(scenario.removed, "without {}");
  add(scenario.enforced, "with {} enforced");
  add(scenario.without, "with {} switched off");
  return causes;
}

void add_policy_remarks(Names& names, const Snapshot& snapshot, const Scenario& scenario, const WhatIf& answer,
                        std::vector<std::string>& remarks) {
  const Session& session = names.session();
  for (const PolicyNote& note : answer.policy_notes) {
    const std::string policy = names.named(std::string(snapshot.id(snapshot.columns().from[note.arc])));
    const std::string target = names.named(std::string(snapshot.id(snapshot.columns().to[note.arc])));
    switch (note.gap) {
      case PolicyGap::no_issuer:
        remarks.push_back(
            detail::say(session, "{} on {} names no market, and nobody is recorded to have issued it", policy, target));
        break;
      case PolicyGap::not_stated:
        remarks.push_back(
            detail::say(session, "{} on {} is only planned, forecast or doubtful; --include adds it", policy, target));
        break;
      case PolicyGap::no_flow:
        remarks.push_back(detail::say(
            session, "{} on {} cuts nothing: nobody it concerns is recorded to require or receive it", policy, target));
        break;
      case PolicyGap::no_supplier:
        remarks.push_back(
            detail::say(session, "{} on {} cuts nothing: no supplier that it concerns is recorded", policy, target));
        break;
    }
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

/// The nodes that lose something, with policies, answers and what is cut; their values as columns.
Subgraph subgraph_of(const std::shared_ptr<const View>& view, const Scenario& scenario, const WhatIf& answer) {
  const Snapshot& snapshot = view->snapshot();
  std::vector<std::uint8_t> touched(snapshot.vertex_count(), 0);
  const auto touch = [&](Vertex v) {
    if (v != no_vertex && view->has_node(v)) touched[v] = 1;
  };
  for (const auto* some : {&scenario.removed, &scenario.enforced, &scenario.without})
    std::ranges::for_each(*some, touch);
  if (scenario.target) touch(scenario.target->node);
  for (const WhatIfBound& bound : answer.state.bounds)
    for (const NodeCapacity& node : bound.capacity)
      if (node.is_less) touch(node.subject.node), touch(node.subject.customer);
  for (const auto* rows : {&answer.cut_rows, &answer.freed_rows})
    for (const PolicyCut& cut : *rows) touch(cut.supplier.node), touch(cut.flow.item), touch(cut.flow.customer);
  for (const PolicyResponse& response : answer.responses) touch(response.response), touch(response.closed_by);
  Subgraph subgraph;
  subgraph.view = view;
  for (Vertex v = 0; v < snapshot.vertex_count(); ++v)
    if (touched[v] != 0) subgraph.vertices.push_back(v);
  for (const Vertex v : subgraph.vertices) {
    const auto [first, last] = snapshot.out_edges(v);
    for (Arc e = first; e < last; ++e)
      if (view->has_edge(e) && touched[snapshot.columns().to[e]] != 0) subgraph.arcs.push_back(e);
  }
  const auto& bounds = answer.state.bounds;
  const auto value_of = [](const WhatIfBound& bound, Vertex v, bool low) {
    const auto found = std::ranges::lower_bound(bound.capacity, Subject{v}, {}, &NodeCapacity::subject);
    if (found == bound.capacity.end() || found->subject != Subject{v}) return 1.0;
    return low ? found->low : found->high;
  };
  std::set<Vertex> responses, cut;
  for (const PolicyResponse& response : answer.responses) responses.insert(response.response);
  for (const PolicyCut& row : answer.cut_rows) cut.insert(row.flow.item);
  for (const Vertex v : subgraph.vertices) {
    const bool fails_any = std::ranges::binary_search(bounds[0].impossible, v);
    const bool fails_all = std::ranges::binary_search(bounds[1].impossible, v);
    const double low = value_of(bounds[1], v, true);
    subgraph.columns.by_name["impossible_any"].emplace_back(fails_any);
    subgraph.columns.by_name["impossible_all"].emplace_back(fails_all);
    subgraph.columns.by_name["capacity_low"].emplace_back(low);
    subgraph.columns.by_name["capacity_high"].emplace_back(value_of(bounds[0], v, false));
    const auto is_in = [v](const std::vector<Vertex>& some) { return std::ranges::binary_search(some, v); };
    subgraph.marks.push_back(scenario.target == Subject{v} ? Mark::subject
                             : is_in(scenario.removed)     ? Mark::removed
                             : is_in(scenario.enforced)    ? Mark::enforced
                             : responses.contains(v)       ? Mark::response
                             : fails_any && fails_all      ? Mark::fails
                             : fails_any || fails_all      ? Mark::may_fail
                             : cut.contains(v)             ? Mark::cut
                             : low < 1                     ? Mark::reduced
                                                           : Mark::none);
  }
  return subgraph;
}

/// Why the target fails or has less, in the reading in which something is lost.
FaultTree fate_tree(Session& session, const std::shared_ptr<const View>& view, const Scenario& scenario,
                    const WhatIf& found) {
  Names names(session);
  const Snapshot& snapshot = view->snapshot();
  const Subject target = *scenario.target;
  const auto& first = found.state.bounds.front().target;
  const NodeFate& fate = first && !first->chain.empty() ? *first : *found.state.bounds.back().target;
  const std::string name = detail::subject_name(names, snapshot, target);
  const std::string causes = causes_text(names, snapshot, scenario);
  detail::FaultTreeBuilder builder(names, view->shared_snapshot(), target,
                                   fate.is_impossible ? detail::say(session, "Why {} is impossible {}", name, causes)
                                                      : detail::say(session, "Why {} is reduced {}", name, causes));
  builder.add(fate);
  for (const ChainLink& link : fate.chain) {
    if (link.subject.customer == no_vertex && !link.subject.is_unnamed)
      builder.mark(link.subject.node, fate.is_impossible ? Mark::fails : Mark::reduced);
    if (!fate.is_impossible) builder.set_detail(link.subject, detail::percent_text(link.capacity, link.capacity));
  }
  if (target.customer == no_vertex) builder.mark(target.node, fate.is_impossible ? Mark::fails : Mark::reduced);
  if (!fate.is_impossible) builder.set_detail(target, detail::percent_text(fate.low, fate.high));
  for (const Vertex v : scenario.removed) builder.mark(v, Mark::removed);
  for (const Vertex v : scenario.enforced) builder.mark(v, Mark::enforced);
  return builder.tree();
}

/// What is left in each state; of a target also the fault tree that leads to it, which stands first where it fails.
void offer_pictures(Session& session, const std::shared_ptr<const View>& view, const Scenario& scenario,
                    const std::shared_ptr<WhatIf>& shared, const std::optional<Subject>& only, Answer& answer) {
  OfferedPicture states{"states", [&session, view, scenario, shared, only] {
                          Names names(session);
                          const Snapshot& snapshot = view->snapshot();
                          return DrawnPicture(detail::state_picture(names, snapshot, *shared, only,
                                                                    causes_text(names, snapshot, scenario)));
                        }};
  const auto& told = shared->state.bounds.front().target;
  const auto& worse = shared->state.bounds.back().target;
  const bool has_chain = (told && !told->chain.empty()) || (worse && !worse->chain.empty());
  if (has_chain)
    answer.pictures.push_back({"fault-tree", [&session, view, scenario, shared] {
                                 return DrawnPicture(fate_tree(session, view, scenario, *shared));
                               }});
  // Who asks for a measure wants to see the states; who names a target, why.
  answer.pictures.insert(only ? answer.pictures.end() : answer.pictures.begin(), std::move(states));
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

void add_table(Answer& answer, Table table) {
  if (!table.rows.empty()) answer.tables.push_back(std::move(table));
}

void add_hidden(const Session& session, std::size_t hidden, std::string_view english, Answer& answer) {
  if (hidden > 0) answer.remarks.push_back(detail::say(session, english, hidden));
}

/// For people: what is lost and why, what may be lost, what is left.
void tell(Names& names, const View& view, const WhatIf& found, const std::optional<Subject>& only,
          const WhatIfParams& params, Answer& answer) {
  const Session& session = names.session();
  const Snapshot& snapshot = view.snapshot();
  detail::RowLimit lost{params.limit}, doubtful{params.limit / 2}, left{params.limit}, unmet{params.limit},
      cut{params.limit}, freed{params.limit};
  if (!only) {
    add_table(answer, detail::cause_table(names, view, found));
    if (found.baseline) {
      add_table(answer, detail::arrival_table(names, snapshot, found.cut_rows, "No longer delivered", cut));
      add_table(answer, detail::arrival_table(names, snapshot, found.freed_rows, "Delivered again", freed));
      add_table(answer, detail::response_table(names, snapshot, found));
    }
    add_table(answer, detail::doubt_table(names, view, found, params.keep_minor, doubtful));
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

/// For programs: tables that CSV and others write.
void list(Session& session, Names& names, const std::shared_ptr<const View>& view,
          const std::shared_ptr<WhatIf>& shared, const std::optional<Subject>& only, const WhatIfParams& params,
          Answer& answer) {
  const WhatIf& found = *shared;
  const Snapshot& snapshot = view->snapshot();
  if (found.baseline) {
    add_table(answer, detail::cut_table(names, snapshot, found.cut_rows, "Cut off"));
    add_table(answer, detail::cut_table(names, snapshot, found.freed_rows, "Freed"));
    add_table(answer, detail::response_table(names, snapshot, found));
  }
  detail::RowLimit impossible{params.limit * longer}, capacity{params.limit}, unmet{params.limit * longer};
  if (!only) add_table(answer, detail::impossible_table(names, snapshot, found, impossible));
  if (impossible.hidden > 0 && answer.tables.size() == 1)
    answer.late_data = [&session, view, shared] {
      Names all(session);
      detail::RowLimit none;
      return detail::impossible_table(all, view->snapshot(), *shared, none);
    };
  add_table(answer, detail::capacity_table(names, snapshot, found, only, capacity));
  if (!only) add_table(answer, detail::unmet_table(names, snapshot, found, unmet));
  add_hidden(session, impossible.hidden, "{} more become impossible; --limit 0 lists all", answer);
  add_hidden(session, capacity.hidden, "{} more lose something; --limit 0 lists all", answer);
  add_hidden(session, unmet.hidden, "{} more needs of places are unmet; --limit 0 lists all", answer);
}

void check(const WhatIfParams& params) {
  if (params.remove.empty() && params.enforce.empty() && params.without.empty())
    throw UsageError(
        "whatif: say what is gone with --remove NODE, or what rules with --enforce POLICY, --without POLICY");
  detail::require_threshold(params.threshold);
}

/// What an answer is worked out from: the whole graph, or the part of it that a loss may touch.
struct Ground {
  std::shared_ptr<const View> view;
  ViewCoverage left_out;  ///< of the whole
};

/// The part that the removals of a question may touch, of a file that nobody need verify for it; no view where only the
/// whole will do.
Ground part_of(Session& session, const WhatIfParams& params, const ViewParams& view_params) {
  const bool is_loss = params.enforce.empty() && params.without.empty() && params.target.empty() && !params.why;
  if (!is_loss || !view_params.without_sources.empty() || detail::require_cycles(params.cycles) != Cycles::hold)
    return {};
  try {
    const RecordCounts counts = session.record_counts();
    const View whole(session.local_snapshot(), view_options(session, view_params));
    Scenario scenario;
    scenario.removed = resolve_scenario(session, whole.snapshot(), params.remove);
    if (!std::ranges::all_of(scenario.removed, [&](Vertex v) { return whole.has_node(v); })) return {};
    auto part = part_of_loss(whole, scenario, counts);
    if (!part) return {};
    return {std::make_shared<const View>(std::move(part), whole.options()), whole.coverage()};
  } catch (const DamagedSnapshot& error) {
    session.renew_snapshot(error.what());
    return {};
  }
}

Ground ground_of(Session& session, const WhatIfParams& params) {
  ViewParams view_params = params.view;
  view_params.derived = true;
  if (Ground part = part_of(session, params, view_params); part.view) return part;
  auto view = make_view(session, view_params);
  return {view, view->coverage()};
}

}  // namespace

Answer what_if(Session& session, const WhatIfParams& params) {
  check(params);
  const Ground ground = ground_of(session, params);
  const auto& view = ground.view;
  const Snapshot& snapshot = view->snapshot();
  Scenario scenario = make_scenario(session, *view, params);
  const bool target_was_named = scenario.target.has_value();
  auto shared = std::make_shared<WhatIf>(what_if(*view, scenario));
  if (params.why && !target_was_named) {
    scenario.target = worst_of(*shared);
    if (scenario.target) *shared = what_if(*view, scenario);
  }
  const WhatIf& found = *shared;

  Names names(session);
  Answer answer{.command = "whatif", .result = Json::object(), .coverage = Json::object()};
  std::vector<Vertex> in_force;
  std::ranges::set_difference(found.enforced, scenario.enforced, std::back_inserter(in_force));
  answer.result.set("removed", list_of_ids(snapshot, found.removed));
  answer.result.set("enforced", list_of_ids(snapshot, scenario.enforced));
  answer.result.set("without", list_of_ids(snapshot, scenario.without));
  answer.result.set("in_force", list_of_ids(snapshot, in_force));
  answer.result.set("layer", to_string(found.layer));
  detail::set_state_json(answer, "bounds", view->shared_snapshot(), shared, found.state);
  if (found.baseline) detail::set_policy_json(answer, session, view->shared_snapshot(), shared);

  answer.heading.push_back(detail::loss_sentence(session, found, causes_text(names, snapshot, scenario)));
  const std::optional<Subject> only = target_was_named ? scenario.target : std::nullopt;
  if (params.people)
    tell(names, *view, found, only, params, answer);
  else
    list(session, names, view, shared, only, params, answer);
  if (params.why && scenario.target)
    answer.result.set("why", explain_all(session, names, snapshot, found, *scenario.target, params.people, answer));

  if (found.baseline) add_policy_remarks(names, snapshot, scenario, found, answer.remarks);
  add_possible_again(names, snapshot, found, answer.remarks);
  if (found.bounds_are_equal)
    answer.remarks.push_back(detail::say(session, "no unsettled variants are met: both readings are equal"));
  if (!in_force.empty())
    answer.remarks.push_back(detail::say(session, "other policies in force on {}: {}; --without leaves one out",
                                         to_string(session.as_of()), in_force.size()));
  for (std::string& remark : detail::coverage_remarks(session, found.coverage))
    answer.remarks.push_back(std::move(remark));
  Subgraph subgraph = subgraph_of(view, scenario, found);
  answer.coverage = coverage_of(session, *view, subgraph.vertices, ground.left_out);
  answer.coverage.set("requirements", detail::coverage_json(session, snapshot, found.coverage, found.evidence));
  answer.subgraph = std::move(subgraph);
  offer_pictures(session, view, scenario, shared, only, answer);
  return answer;
}

}  // namespace chokepoint
