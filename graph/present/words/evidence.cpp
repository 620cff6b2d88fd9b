#include "present/words/evidence.hpp"

#include "present/words/wording.hpp"

#include <algorithm>

namespace chokepoint::detail {

namespace {

constexpr std::size_t most_names = 100;

template <typename List, typename Text>
Json names_of(const List& list, const Text& text) {
  Json names = Json::array();
  for (std::size_t i = 0; i < std::min<std::size_t>(list.size(), most_names); ++i) names.push(text(list[i]));
  return names;
}

}  // namespace

std::string evidence_text(const Session& session, const EvidenceSummary& summary) {
  std::string text;
  if (!summary.only_source.empty()) append_part(session, text, say(session, "one source: {}", summary.only_source));
  if (summary.minor > 0) append_part(session, text, say(session, "minor suppliers: {}", summary.minor));
  if (summary.unknown > 0) append_part(session, text, say(session, "unknown shares: {}", summary.unknown));
  return text;
}

Json evidence_json(const EvidenceSummary& summary) {
  Json out = Json::object();
  out.set("edges", summary.edges);
  out.set("on_one_source", summary.on_one_source);
  out.set("only_source", summary.only_source.empty() ? Json() : Json(summary.only_source));
  out.set("minor", summary.minor);
  out.set("unknown_shares", summary.unknown);
  return out;
}

Json coverage_json(const Session& session, const Snapshot& snapshot, const RequirementCoverage& coverage,
                   std::span<const Arc> arcs) {
  const auto vertex = [&](Vertex v) { return std::string(snapshot.id(v)); };
  const auto subject = [&](const Subject& s) { return to_string(snapshot, s); };
  std::size_t minor = 0;
  for (const Arc e : arcs)
    minor += static_cast<Significance>(snapshot.columns().significance[e]) == Significance::minor ? 1U : 0U;
  Json out = Json::object();
  out.set("nodes", coverage.nodes);
  out.set("supplier_groups", coverage.supplier_groups);
  out.set("groups_with_unknown_shares", coverage.groups_of_unknown_share);
  out.set("rows_with_unknown_shares", coverage.rows_of_unknown_share);
  out.set("groups_with_anonymous_rest", coverage.groups_with_rest);
  out.set("groups_scaled_down", coverage.rescaled.size());
  if (!coverage.exceeded.empty()) out.set("parts_exceed", names_of(coverage.exceeded, subject));
  out.set("groups_too_small", coverage.short_groups.size());
  out.set("without_supplier", coverage.without_supplier.size());
  out.set("unsettled_variants", coverage.unsettled.size());
  out.set("rivals", coverage.rivals.size());
  out.set("superseded", coverage.superseded.size());
  out.set("minor_rows", minor);
  out.set("edges", arcs.size());
  if (arcs.size() <= most_counted_edges) {
    const EvidenceCount evidence = count_evidence(session, snapshot, arcs);
    Json alone = Json::object();
    for (const auto& [source, edges] : evidence.alone) alone.set(source, edges);
    out.set("edges_on_one_source", evidence.single_source);
    out.set("edges_alone_by_source", std::move(alone));
  } else {
    out.set("edges_on_one_source", Json());
  }
  out.set("nodes_without_supplier", names_of(coverage.without_supplier, vertex));
  out.set("scaled_down", names_of(coverage.rescaled, subject));
  out.set("too_small", names_of(coverage.short_groups, subject));
  out.set("unsettled", names_of(coverage.unsettled, subject));
  out.set("suppliers_taken_over", names_of(coverage.taken_over, vertex));
  out.set("suppliers_unread", names_of(coverage.unread, vertex));
  return out;
}

std::vector<std::string> coverage_remarks(const Session& session, const RequirementCoverage& coverage) {
  std::vector<std::string> remarks;
  const auto add = [&](std::size_t count, std::string_view pattern) {
    if (count > 0) remarks.push_back(say(session, pattern, count));
  };
  add(coverage.without_supplier.size(), "things of which no supplier is recorded (unknown, not none): {}");
  add(coverage.groups_of_unknown_share, "supplies with unknown shares, whose lists are taken as complete: {}");
  add(coverage.groups_with_rest, "supplies whose shares leave an anonymous rest that never fails: {}");
  add(coverage.rescaled.size(),
      "supplies whose recorded shares add up to more than 105 %, used in proportion: {}; `concentration` has both");
  add(coverage.exceeded.size(), "supplies in which parts have more than their whole, which then adds nothing: {}");
  add(coverage.taken_over.size(), "variants that stand on the suppliers of what they are variants of: {}");
  add(coverage.unread.size(), "generic things of which recorded suppliers are not read, their variants have them: {}");
  add(coverage.rivals.size(), "rival claims beside those that count: {}; `show` and `check` list them");
  return remarks;
}

}  // namespace chokepoint::detail
