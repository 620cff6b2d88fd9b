#include "chokepoint/query/chokepoints.hpp"

#include "chokepoint/analysis/coverage.hpp"
#include "chokepoint/analysis/cut_sets.hpp"
#include "chokepoint/analysis/explanation.hpp"
#include "chokepoint/support/error.hpp"
#include "analysis/policies/policy_lift.hpp"
#include "query/chokepoints/cut_fields.hpp"
#include "query/chokepoints/cut_set_tree.hpp"
#include "query/facts/chain.hpp"
#include "query/facts/evidence.hpp"
#include "query/facts/stop_lines.hpp"
#include "query/facts/subgraphs.hpp"
#include "query/facts/wording.hpp"
#include "query/session/scenario.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <utility>

namespace chokepoint {

namespace {

using detail::CutField;
using detail::CutScope;
using detail::Names;

/// A cut set and the system it was found in.
struct FoundSet {
  CutSet set;
  const CutField* field = nullptr;
};

/// The longest chain whose sources are counted for a row of the table.
constexpr std::size_t most_footing_links = 1000;
/// Links in the certificates of one reading together, and certificates, so that answers do not grow with the square of
/// what they are about: at least one is given.
constexpr std::size_t most_links = 100'000;
constexpr std::size_t most_certificates = 1000;
/// Each certificate takes a walk over the system; on large ones there are fewer.
constexpr std::size_t most_walked = 20'000'000;

/// What one reading of the variants says.
struct Reading {
  Variants variants = Variants::any;
  std::vector<FoundSet> findings;
  bool complete = true;
  std::size_t order_done = 0;
  std::optional<PolicyLift> impossible;  ///< without any loss; the policies that are to blame
};

AssessmentOptions judging(Variants variants, const ChokepointsParams& params) {
  return {variants, detail::require_cycles(params.cycles), params.threshold};
}

Situation situation_of(const CutField& field, Variants variants, const ChokepointsParams& params) {
  return situation_in(field, judging(variants, params));
}

/// The policies without which an impossible target is possible: by actor, or by place where only that is so.
PolicyLift lift_of(const View& view, const CutScope& scope, const LayeredCutSets& found, Variants variants,
                   Vertex target, const ChokepointsParams& params) {
  const Layer layer = found.impossible_in_actor ? Layer::actor : Layer::place;
  LiftQuestion question;
  question.enforcement = scope.enforcement;
  question.options.layer = scope.field(layer).layer;
  question.options.keep_minor = params.keep_minor;
  question.options.targets = {target};
  question.is_layer_fixed = scope.is_layer_fixed;
  question.judging = judging(variants, params);
  question.target = target;
  return smallest_lift(view, question);
}

Reading search(const View& view, const CutScope& scope, Variants variants, Vertex target,
               const ChokepointsParams& params) {
  Reading reading;
  reading.variants = variants;
  reading.order_done = params.order;
  CutSetOptions options;
  options.order = params.order;
  options.threads = params.threads;
  bool is_searching = false;
  options.keep_going = [&](const CutSetProgress& progress) {
    if (!std::exchange(is_searching, true) && params.on_search) params.on_search(true);
    const auto orders = static_cast<double>(params.order);
    if (params.on_progress)
      params.on_progress(std::clamp((static_cast<double>(progress.order) - 1 + progress.done) / orders, 0.0, 1.0));
    return !params.keep_going || params.keep_going();
  };
  const LayeredCutSets layered = cut_sets_in(scope, judging(variants, params), target, options);
  if (std::exchange(is_searching, false) && params.on_search) params.on_search(false);
  for (const CutSet& set : layered.found.sets) reading.findings.push_back({set, &scope.field(set.layer)});
  reading.complete = layered.found.complete;
  reading.order_done = layered.found.order_done;
  if (layered.found.target_is_impossible) reading.impossible = lift_of(view, scope, layered, variants, target, params);
  return reading;
}

/// The failed groups between a set and the target.
NodeFate certify(const FoundSet& finding, Variants variants, Vertex target, const ChokepointsParams& params) {
  Situation situation = situation_of(*finding.field, variants, params);
  situation.disruption.removed = finding.set.members;
  return explain(situation, params.threshold ? assess(situation) : assess_possible(situation), target);
}

/// How well the chain from a set to the target is sourced, for people.
std::string footing_of_set(const Session& session, const Snapshot& snapshot, const FoundSet& finding, Variants variants,
                           Vertex target, const ChokepointsParams& params) {
  std::set<Arc> arcs;
  const NodeFate fate = certify(finding, variants, target, params);
  if (fate.chain.size() > most_footing_links) return {};
  for (const ChainLink& link : fate.chain)
    for (const LinkMember& member : link.members)
      if (member.arc != no_arc) arcs.insert(member.arc);
  return detail::evidence_text(
      session, detail::summarise_evidence(session, snapshot, std::vector<Arc>(arcs.begin(), arcs.end())));
}

/// The proofs of the first sets, as many as there is room for.
Json certificates_json(Session& session, const Snapshot& snapshot, const Reading& reading, Vertex target,
                       const ChokepointsParams& params) {
  Json certificates = Json::array();
  std::size_t links = 0, walked = 0;
  for (const FoundSet& finding : reading.findings) {
    const NodeFate fate = certify(finding, reading.variants, target, params);
    links += fate.chain.size();
    walked += finding.field->world.requirements.node_count();
    const bool is_first = certificates.as_array().empty();
    if (!is_first && (links > most_links || walked > most_walked)) break;
    certificates.push(detail::chain_json(session, snapshot, fate));
    if (certificates.as_array().size() == most_certificates) break;
  }
  return certificates;
}

Json reading_json(Session& session, const Snapshot& snapshot, const Reading& reading, Vertex target,
                  const ChokepointsParams& params) {
  Json out = Json::object(), sets = Json::array(), reasons = Json::array();
  for (const FoundSet& finding : reading.findings) {
    Json members = Json::array();
    for (const Vertex v : finding.set.members) members.push(snapshot.id(v));
    sets.push(std::move(members));
    reasons.push(finding.set.reason == CutReason::seat ? "seat" : "requirement");
  }
  out.set("variants", reading.variants == Variants::all ? "all" : "any");
  out.set("cut_sets", std::move(sets));
  out.set("reasons", std::move(reasons));
  if (reading.impossible) {
    Json already = Json::object(), policies = Json::array();
    for (const Vertex policy : reading.impossible->policies) policies.push(snapshot.id(policy));
    already.set("policies", std::move(policies));
    if (!reading.impossible->is_smallest) already.set("smallest", false);
    out.set("already_impossible", std::move(already));
  }
  if (!params.why) return out;
  Json certificates = certificates_json(session, snapshot, reading, target, params);
  out.set("certificates_left_out", reading.findings.size() - certificates.as_array().size());
  out.set("certificates", std::move(certificates));
  return out;
}

/// What the target rests on in any of the layers that were read, in the answer's coverage and remarks.
void set_requirement_coverage(Session& session, const View& view, const std::vector<CutField>& fields, Vertex target,
                              Answer& answer) {
  Json layers = Json::array();
  for (const CutField& field : fields) {
    const Requirements& requirements = field.world.requirements;
    const std::vector<std::uint8_t> scope = upstream_of(requirements, {&target, 1});
    const RequirementCoverage coverage = coverage_of(requirements, view, scope);
    const std::vector<Arc> evidence = evidence_of(requirements, scope);
    Json entry = detail::coverage_json(session, view.snapshot(), coverage, evidence);
    entry.set("layer", to_string(field.layer));
    layers.push(std::move(entry));
    if (&field != &fields.back()) continue;
    for (std::string& remark : detail::coverage_remarks(session, coverage)) answer.remarks.push_back(std::move(remark));
  }
  answer.coverage.set("requirements", layers.as_array().back());
  if (fields.size() > 1) answer.coverage.set("layers", std::move(layers));
}

/// What a loss that stops nothing leaves of the target.
struct NearLoss {
  Vertex vertex = no_vertex;
  Interval any, all;  ///< capacity of the target in either reading
};

/// Assessments of the whole system that are made without being asked for, in nodes.
constexpr std::size_t most_unasked = 4'000'000;

/// Losses of one node that leave less than `threshold` of the target at best, each judged in its own layer; sorted by
/// what is left. @param is_asked  else only where the system is small @param is_unsettled  the readings may differ
std::vector<NearLoss> near_losses(const View& view, const CutScope& scope, const std::vector<Reading>& readings,
                                  Vertex target, double threshold, bool is_asked, bool is_unsettled,
                                  const ChokepointsParams& params) {
  std::set<Vertex> fatal;
  for (const FoundSet& finding : readings[0].findings)
    if (finding.set.members.size() == 1) fatal.insert(finding.set.members.front());
  std::vector<std::pair<const CutField*, Vertex>> asked;
  std::size_t work = 0;
  for (const CutField& field : scope.fields) {
    const Requirements& requirements = field.world.requirements;
    const std::vector<std::uint8_t> upstream = upstream_of(requirements, {&target, 1});
    for (const Vertex v : scope.candidates) {
      const Layer own = view.snapshot().layer(v) == Layer::place ? Layer::place : Layer::actor;
      const bool is_here = scope.is_layer_fixed || scope.fields.size() == 1 || field.layer == own;
      if (!is_here || v == target || upstream[v] == 0 || fatal.contains(v)) continue;
      asked.emplace_back(&field, v);
      work += requirements.node_count();
    }
  }
  if (!is_asked && work > most_unasked) return {};
  std::vector<NearLoss> found;
  for (const auto& [field, v] : asked) {
    if (params.keep_going && !params.keep_going()) break;
    const auto left = [&](Variants variants) {
      Situation situation = situation_of(*field, variants, params);
      situation.disruption.removed = {v};
      const Assessment assessment = assess(situation);
      return Interval{assessment.low[target], assessment.high[target]};
    };
    NearLoss loss{v, left(Variants::any), {}};
    if (loss.any.high >= threshold - 1e-9) continue;
    loss.all = is_unsettled ? left(Variants::all) : loss.any;
    found.push_back(loss);
  }
  std::ranges::stable_sort(found, {}, [](const NearLoss& loss) { return std::pair(loss.any.high, loss.all.low); });
  return found;
}

Json near_json(const Snapshot& snapshot, const std::vector<NearLoss>& losses, bool of_all) {
  Json list = Json::array();
  for (const NearLoss& loss : losses) {
    Json entry = Json::object();
    entry.set("id", snapshot.id(loss.vertex));
    entry.set("low", of_all ? loss.all.low : loss.any.low);
    entry.set("high", of_all ? loss.all.high : loss.any.high);
    list.push(std::move(entry));
  }
  return list;
}

Table near_table(Names& names, const Snapshot& snapshot, const std::vector<NearLoss>& losses, std::string title,
                 std::size_t limit) {
  const Session& session = names.session();
  const bool is_equal = std::ranges::all_of(losses, [](const NearLoss& loss) { return loss.any == loss.all; });
  Table table;
  table.title = std::move(title);
  table.columns = {detail::column(session, "node", "Without", true)};
  if (is_equal) {
    table.columns.push_back(detail::column(session, "left", "Leaves"));
  } else {
    table.columns.push_back(detail::column(session, "any", "Variants any"));
    table.columns.push_back(detail::column(session, "all", "Variants all"));
  }
  for (const NearLoss& loss : losses) {
    if (limit > 0 && table.rows.size() == limit) break;
    table.rows.push_back(
        {names.named(std::string(snapshot.id(loss.vertex))), detail::percent_text(loss.any.low, loss.any.high)});
    if (!is_equal) table.rows.back().emplace_back(detail::percent_text(loss.all.low, loss.all.high));
  }
  return table;
}

Json ids_json(const Snapshot& snapshot, const std::vector<Vertex>& vertices) {
  Json list = Json::array();
  for (const Vertex v : vertices) list.push(snapshot.id(v));
  return list;
}

/// Says of a target that is impossible before anything is lost what could be done about it.
void add_impossible_remark(Names& names, const Snapshot& snapshot, const std::vector<Reading>& readings,
                           const std::string& target, std::vector<std::string>& remarks) {
  const auto impossible = std::ranges::find_if(readings, [](const Reading& r) { return r.impossible.has_value(); });
  if (impossible == readings.end()) return;
  const Session& session = names.session();
  std::string policies;
  for (const Vertex policy : impossible->impossible->policies)
    detail::append_part(session, policies, names.named(std::string(snapshot.id(policy))));
  if (policies.empty())
    remarks.push_back(detail::say(session, "{} is impossible without any loss; `whatif` tells why", target));
  else
    remarks.push_back(
        detail::say(session, "{} is impossible without any loss; it is possible without {}", target, policies));
}

/// Makes the fault tree when it is asked for: of the reading in which any variant does, unless only the other finds
/// sets.
std::function<DrawnPicture()> tree_maker(Session& session, std::shared_ptr<const View> view,
                                         std::shared_ptr<const CutScope> scope, const std::vector<Reading>& readings,
                                         Vertex target, ChokepointsParams params) {
  const Reading& drawn = readings[0].findings.empty() ? readings[1] : readings[0];
  params.on_progress = {};
  params.on_search = {};
  return [&session, view = std::move(view), scope = std::move(scope), findings = drawn.findings,
          variants = drawn.variants, target, params = std::move(params)] {
    detail::ProvedCutSets sets{
        target, {}, [&](std::size_t set) { return certify(findings[set], variants, target, params); }};
    for (const FoundSet& finding : findings) sets.sets.push_back(finding.set);
    return DrawnPicture(detail::cut_set_tree(session, view->shared_snapshot(), sets));
  };
}

}  // namespace

Answer find_chokepoints(Session& session, const ChokepointsParams& params) {
  if (params.order < 1 || params.order > 4) throw UsageError("--order is 1, 2, 3 or 4");
  detail::require_threshold(params.threshold);
  if (params.near && !(*params.near > 0 && *params.near <= 1)) throw UsageError("--near is a share above 0, up to 1");
  const NodeRef node = session.reader().resolve(params.target);
  ViewParams view_params = params.view;
  view_params.derived = true;
  const auto view = make_view(session, view_params);
  const Snapshot& snapshot = view->snapshot();
  const Vertex target = snapshot.find(node.id).value();
  const auto shared_scope = std::make_shared<const CutScope>(detail::make_cut_scope(
      *view, session,
      {params.among, detail::require_layer(params.layer), params.without, params.keep_minor, {target}}));
  const CutScope& scope = *shared_scope;
  const std::vector<CutField>& fields = scope.fields;
  std::vector<Reading> readings{search(*view, scope, Variants::any, target, params)};
  const bool unsettled = std::ranges::any_of(
      fields, [&](const CutField& f) { return meets_unsettled_variants(f.world.requirements, target); });
  readings.push_back(unsettled ? search(*view, scope, Variants::all, target, params) : readings.front());
  readings.back().variants = Variants::all;

  Names names(session);
  Answer answer{.command = "chokepoints", .result = Json::object(), .coverage = Json::object()};
  const std::string name = detail::named(session, node);
  const bool complete = readings[0].complete && readings[1].complete;
  answer.result.set("target", session.ref(node));
  answer.result.set("layer", fields.size() > 1 ? "each" : to_string(fields.front().layer));
  answer.result.set("in_force", ids_json(snapshot, scope.enforcement.policies));
  answer.result.set("without", ids_json(snapshot, scope.enforcement.without));
  constexpr double near_by_default = 0.2;
  std::vector<NearLoss> near;
  if ((params.near || params.people) && !readings[0].impossible && complete)
    near = near_losses(*view, scope, readings, target, params.near.value_or(near_by_default), params.near.has_value(),
                       unsettled, params);
  Json bounds = Json::array();
  const auto push_reading = [&](std::size_t reading) {
    Json bound = reading_json(session, snapshot, readings[reading], target, params);
    if (params.near) bound.set("near", near_json(snapshot, near, reading == 1));
    bounds.push(std::move(bound));
  };
  push_reading(0);
  if (unsettled) {
    push_reading(1);
  } else {
    Json same = bounds.as_array().front();
    same.as_object().front().second = "all";
    bounds.push(std::move(same));
  }
  std::size_t unproved = 0;
  for (const Json& bound : bounds.as_array())
    if (const Json* left_out = bound.find("certificates_left_out"); left_out != nullptr)
      unproved = std::max(unproved, static_cast<std::size_t>(left_out->to_integer().value()));
  answer.result.set("bounds", std::move(bounds));
  answer.result.set("variants_met", unsettled);
  answer.result.set("complete", complete);
  answer.result.set("order_done", std::min(readings[0].order_done, readings[1].order_done));
  const bool impossible = readings[0].impossible || readings[1].impossible;
  answer.negative = !impossible && readings[0].findings.empty() && readings[1].findings.empty();

  // One row a set; a set of the optimistic reading may be no minimal set of the pessimistic one, and the other way.
  std::map<std::pair<std::size_t, std::vector<Vertex>>, std::pair<const FoundSet*, const FoundSet*>> rows;
  for (const FoundSet& f : readings[0].findings) rows[{f.set.members.size(), f.set.members}].first = &f;
  for (const FoundSet& f : readings[1].findings) rows[{f.set.members.size(), f.set.members}].second = &f;
  Table table;
  table.title = detail::say(session, "Minimal cut sets of {}", name);
  table.columns = {
      detail::column(session, "size", "Size"),        detail::column(session, "members", "Members", true),
      detail::column(session, "any", "Variants any"), detail::column(session, "all", "Variants all"),
      detail::column(session, "reason", "Reason"),    detail::column(session, "rests_on", "Rests on", true)};
  // What a set rests on takes an assessment of its own; on large graphs only --why asks for that.
  const bool tells_footing = params.why || snapshot.edge_count() <= 200'000;
  std::size_t walked = 0;
  Table data;
  for (const char* key : {"size", "members", "any", "all", "reason"}) data.columns.push_back({key, key});
  std::set<Vertex> touched{target};
  std::map<Vertex, std::int64_t> smallest;
  for (const auto& [key, found] : rows) {
    const bool is_shown = params.limit == 0 || table.rows.size() < params.limit;
    std::string shown, ids;
    for (const Vertex v : key.second) {
      if (is_shown) detail::append_part(session, shown, names.named(std::string(snapshot.id(v))));
      ids += (ids.empty() ? "" : " ") + std::string(snapshot.id(v));
      touched.insert(v);
      smallest.emplace(v, static_cast<std::int64_t>(key.first));
    }
    const FoundSet& any_of_them = found.first != nullptr ? *found.first : *found.second;
    const std::string reason = any_of_them.set.reason == CutReason::seat ? "seat" : "";
    data.rows.push_back(
        {static_cast<std::int64_t>(key.first), ids, found.first != nullptr, found.second != nullptr, reason});
    if (!is_shown) continue;
    table.rows.push_back({static_cast<std::int64_t>(key.first), shown, found.first != nullptr, found.second != nullptr,
                          reason.empty() ? reason : detail::word(session, "seat"),
                          tells_footing && (walked += snapshot.vertex_count()) <= most_walked
                              ? footing_of_set(session, snapshot, any_of_them,
                                               found.first != nullptr ? Variants::any : Variants::all, target, params)
                              : std::string()});
  }
  const std::size_t shown = table.rows.size();
  if (params.people && !rows.empty()) {
    std::vector<Vertex> alone;
    std::size_t pairs = 0;
    for (const auto& [key, found] : rows) {
      if (found.first == nullptr) continue;
      if (key.first == 1) alone.push_back(key.second.front());
      pairs += key.first == 2 ? 1U : 0U;
    }
    detail::add_stop_lines(names, snapshot, alone, answer.heading);
    std::string nearly;
    constexpr std::size_t most_named = 4;
    for (std::size_t i = 0; i < std::min(near.size(), most_named); ++i)
      detail::append_part(session, nearly,
                          detail::say(session, "{} leaves {}", names.label(std::string(snapshot.id(near[i].vertex))),
                                      detail::percent_text(near[i].all.low, near[i].any.high)));
    if (near.size() > most_named) nearly += fmt::format(" +{}", near.size() - most_named);
    if (!nearly.empty()) answer.heading.push_back(detail::say(session, "nearly: {}", nearly));
    if (pairs > 0) answer.heading.push_back(detail::say(session, "pairs that stop it, neither alone: {}", pairs));
    if (!answer.heading.empty()) answer.heading.insert(answer.heading.begin(), name);
    // Equal readings are one; others are said in words.
    if (unsettled) {
      table.columns[2] = detail::column(session, "when", "When");
      for (std::vector<Cell>& row : table.rows)
        row[2] = detail::word(session, row[2] == Cell(true) && row[3] == Cell(true) ? "always"
                                       : row[3] == Cell(true)                       ? "all variants needed"
                                                                                    : "any variant does");
      table.columns.erase(table.columns.begin() + 3);
      for (std::vector<Cell>& row : table.rows) row.erase(row.begin() + 3);
    } else {
      table.columns.erase(table.columns.begin() + 2, table.columns.begin() + 4);
      for (std::vector<Cell>& row : table.rows) row.erase(row.begin() + 2, row.begin() + 4);
    }
  }
  if (!rows.empty()) {
    answer.tables.push_back(std::move(table));
    answer.data = std::move(data);
  }
  if (!near.empty())
    answer.tables.push_back(
        near_table(names, snapshot, near,
                   detail::say(session, "Nearly: what is left when it alone goes ({})", near.size()), params.limit));
  if (params.why) {
    constexpr std::size_t explained = 10;  // a screen; JSON has them all
    std::size_t count = 0;
    for (const auto& [key, found] : rows) {
      if (++count > explained) break;
      const bool optimistic = found.first != nullptr;
      const FoundSet& finding = optimistic ? *found.first : *found.second;
      std::string members;
      for (const Vertex v : key.second) detail::append_part(session, members, names.named(std::string(snapshot.id(v))));
      const NodeFate fate = certify(finding, optimistic ? Variants::any : Variants::all, target, params);
      const std::string title = detail::say(session, "Why {}", members);
      if (params.people)
        detail::append_chain_tree(names, snapshot, fate, title, answer.drawing);
      else
        answer.tables.push_back(detail::chain_table(names, snapshot, fate, title));
    }
  }

  if (impossible)
    add_impossible_remark(names, snapshot, readings, name, answer.remarks);
  else if (rows.empty())
    answer.remarks.push_back(detail::say(
        session, "no loss of up to {} nodes stops {}, as far as suppliers are recorded", params.order, name));
  if (rows.size() > shown)
    answer.remarks.push_back(detail::say(session, "{} more sets; --limit 0 lists all", rows.size() - shown));
  if (unproved > 0)
    answer.remarks.push_back(detail::say(
        session, "sets without a certificate in JSON: {}; `whatif --remove SET --target {} --why` proves one", unproved,
        node.id));
  if (!unsettled && !rows.empty())
    answer.remarks.push_back(detail::say(session, "no unsettled variants are met: both readings are equal"));
  if (!scope.enforcement.policies.empty())
    answer.remarks.push_back(detail::say(session, "policies in force on {}: {}; --without leaves one out",
                                         to_string(session.as_of()), scope.enforcement.policies.size()));
  if (!complete)
    answer.remarks.push_back(detail::say(session, "the search was stopped; sets of up to {} nodes are complete",
                                         std::min(readings[0].order_done, readings[1].order_done)));
  const std::vector<Vertex> members(touched.begin(), touched.end());
  Subgraph subgraph = detail::subgraph_between(view, target, members);
  for (const Vertex v : subgraph.vertices)
    subgraph.marks.push_back(v == target ? Mark::subject : smallest.contains(v) ? Mark::chokepoint : Mark::none);
  auto& column = subgraph.columns.by_name["smallest_cut_set"];
  for (const Vertex v : subgraph.vertices) column.push_back(smallest.contains(v) ? Cell(smallest.at(v)) : Cell());
  answer.coverage = coverage_of(session, *view, subgraph.vertices);
  set_requirement_coverage(session, *view, fields, target, answer);
  answer.subgraph = std::move(subgraph);
  answer.pictures.push_back({"fault-tree", tree_maker(session, view, shared_scope, readings, target, params)});
  return answer;
}

}  // namespace chokepoint
