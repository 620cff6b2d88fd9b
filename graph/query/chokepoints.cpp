#include "chokepoint/query/chokepoints.hpp"

#include "chokepoint/analysis/coverage.hpp"
#include "chokepoint/analysis/cut_sets.hpp"
#include "chokepoint/analysis/explanation.hpp"
#include "chokepoint/model/error.hpp"
#include "query/chain.hpp"
#include "query/cut_fields.hpp"
#include "query/evidence.hpp"
#include "query/scenario.hpp"
#include "query/subgraphs.hpp"
#include "query/wording.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <utility>

namespace chokepoint {

namespace {

using Field = detail::CutField;
using detail::Names;

/// A cut set and the system it was found in.
struct FoundSet {
  CutSet set;
  const Field* field = nullptr;
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
  bool impossible = false;  ///< without any loss
  std::size_t order_done = 0;
};

Situation situation_of(const Field& field, Variants variants, const ChokepointsParams& params) {
  return {&field.requirements, {}, {variants, detail::require_cycles(params.cycles), params.threshold}};
}

Reading search(const std::vector<Field>& fields, Variants variants, Vertex target, const ChokepointsParams& params) {
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
  for (const Field& field : fields) {
    const CutSets found = minimal_cut_sets(situation_of(field, variants, params), target, field.candidates, options);
    if (std::exchange(is_searching, false) && params.on_search) params.on_search(false);
    for (const CutSet& set : found.sets) reading.findings.push_back({set, &field});
    reading.complete = reading.complete && found.complete;
    reading.order_done = std::min(reading.order_done, found.order_done);
    reading.impossible = reading.impossible || found.target_is_impossible;
  }
  std::ranges::stable_sort(reading.findings, [](const FoundSet& a, const FoundSet& b) {
    return a.set.members.size() != b.set.members.size() ? a.set.members.size() < b.set.members.size()
                                                        : a.set.members < b.set.members;
  });
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
  return detail::footing_text(session,
                              detail::footing_of(session, snapshot, std::vector<Arc>(arcs.begin(), arcs.end())));
}

/// The proofs of the first sets, as many as there is room for.
Json certificates_json(Session& session, const Snapshot& snapshot, const Reading& reading, Vertex target,
                       const ChokepointsParams& params) {
  Json certificates = Json::array();
  std::size_t links = 0, walked = 0;
  for (const FoundSet& finding : reading.findings) {
    const NodeFate fate = certify(finding, reading.variants, target, params);
    links += fate.chain.size();
    walked += finding.field->requirements.node_count();
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
  if (!params.why) return out;
  Json certificates = certificates_json(session, snapshot, reading, target, params);
  out.set("certificates_left_out", reading.findings.size() - certificates.as_array().size());
  out.set("certificates", std::move(certificates));
  return out;
}

/// What the target rests on in any of the layers that were read, in the answer's coverage and remarks.
void set_requirement_coverage(Session& session, const View& view, const std::vector<Field>& fields, Vertex target,
                              Answer& answer) {
  Json layers = Json::array();
  for (const Field& field : fields) {
    const std::vector<std::uint8_t> scope = upstream_of(field.requirements, {&target, 1});
    const RequirementCoverage coverage = coverage_of(field.requirements, view, scope);
    const std::vector<Arc> evidence = evidence_of(field.requirements, scope);
    Json entry = detail::coverage_json(session, view.snapshot(), coverage, evidence);
    entry.set("layer", to_string(field.requirements.options().layer));
    layers.push(std::move(entry));
    if (&field != &fields.back()) continue;
    for (std::string& remark : detail::coverage_remarks(session, coverage)) answer.remarks.push_back(std::move(remark));
  }
  answer.coverage.set("requirements", layers.as_array().back());
  if (fields.size() > 1) answer.coverage.set("layers", std::move(layers));
}

}  // namespace

Answer find_chokepoints(Session& session, const ChokepointsParams& params) {
  if (params.order < 1 || params.order > 4) throw UsageError("--order is 1, 2, 3 or 4");
  detail::require_threshold(params.threshold);
  const NodeRef node = session.reader().resolve(params.target);
  ViewParams view_params = params.view;
  view_params.derived = true;
  const auto view = make_view(session, view_params);
  const Snapshot& snapshot = view->snapshot();
  const Vertex target = snapshot.find(node.id).value();
  const std::vector<Field> fields =
      detail::make_cut_fields(*view, session, params.among, detail::require_layer(params.layer), params.keep_minor);
  std::vector<Reading> readings{search(fields, Variants::any, target, params)};
  const bool unsettled =
      std::ranges::any_of(fields, [&](const Field& f) { return meets_unsettled_variants(f.requirements, target); });
  readings.push_back(unsettled ? search(fields, Variants::all, target, params) : readings.front());
  readings.back().variants = Variants::all;

  Names names(session);
  Answer answer{.command = "chokepoints", .result = Json::object(), .coverage = Json::object()};
  const std::string name = detail::named(session, node);
  const bool complete = readings[0].complete && readings[1].complete;
  answer.result.set("target", session.ref(node));
  answer.result.set("layer", fields.size() > 1 ? "each" : to_string(fields.front().requirements.options().layer));
  Json bounds = Json::array();
  bounds.push(reading_json(session, snapshot, readings[0], target, params));
  if (unsettled) {
    bounds.push(reading_json(session, snapshot, readings[1], target, params));
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
  answer.negative = readings[0].findings.empty() && readings[1].findings.empty();

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
  if (!rows.empty()) {
    answer.tables.push_back(std::move(table));
    answer.data = std::move(data);
  }
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
      answer.tables.push_back(detail::chain_table(names, snapshot, fate, detail::say(session, "Why {}", members)));
    }
  }

  if (readings[0].impossible)
    answer.remarks.push_back(detail::say(session, "{} is impossible without any loss; `whatif` tells why", name));
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
  return answer;
}

}  // namespace chokepoint
