#include "chokepoint/query/depends.hpp"
#include "present/dependencies/dependency_tree.hpp"
#include "present/dependencies/depends_parts.hpp"
#include "present/dependencies/group_words.hpp"
#include "present/words/fact_table.hpp"
#include "present/words/wording.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace chokepoint::detail {

namespace {

/// `is required by X [all]; …`: the links to the tier before, the first three of them; all others are counted.
class LinkTeller {
 public:
  LinkTeller(Names& names, const DependsResult& found) : names_(&names), found_(&found) {
    for (const DependencyGroup& each : found.groups)
      for (const Arc e : each.arcs) group_of_[e] = &each;
    tiers_[found.report.node] = 0;
    for (const DependencyNode& node : found.report.nodes) tiers_[node.vertex] = node.tier;
    for (const DependencyHop& hop : found.report.hops) links_[hop.target].push_back(hop);
  }

  std::string links(const DependencyNode& node) {
    constexpr std::size_t most = 3;
    const std::vector<DependencyHop>& links = links_[node.vertex];
    std::string text;
    std::size_t shown = 0;
    for (const DependencyHop& link : links) {
      const auto before = tiers_.find(link.source);
      if (shown == most || (before != tiers_.end() && before->second >= node.tier)) continue;
      ++shown;
      append_part(names_->session(), text, link_text(link.arc));
    }
    if (links.size() > shown) append_part(names_->session(), text, fmt::format("+{}", links.size() - shown));
    return text;
  }

  std::string sources(const DependencyNode& node) {
    std::string text;
    for (const DependencyHop& link : links_[node.vertex]) {
      const std::string cited = citations_text(found_->edges.at(link.arc).sources);
      if (text.find(cited) == std::string::npos) text += (text.empty() ? "" : "; ") + cited;
    }
    return text;
  }

 private:
  std::string link_text(Arc arc) {
    const Snapshot& snapshot = found_->snapshot();
    const Vertex other = found_->dependents ? dependency_of(snapshot, arc) : dependent_of(snapshot, arc);
    const EdgeType& type = snapshot.type_of_edge(arc);
    const bool outgoing = type.dependency->from_depends == found_->dependents;
    return fmt::format("{} {} [{}]", relation_label(names_->session(), type.id, outgoing),
                       names_->label(std::string(snapshot.id(other))),
                       mark_text(names_->session(), *group_of_.at(arc)));
  }

  Names* names_;
  const DependsResult* found_;
  std::map<Arc, const DependencyGroup*> group_of_;
  std::map<Vertex, std::uint32_t> tiers_;
  std::map<Vertex, std::vector<DependencyHop>> links_;  ///< steps through which each node was come to
};

}  // namespace

std::vector<Table> tier_tables(Names& names, const DependsResult& found, bool with_sources) {
  const Session& session = names.session();
  LinkTeller teller(names, found);
  std::vector<Table> tables;
  std::uint32_t tier = 0;
  for (const DependencyNode& node : found.nodes()) {
    if (node.tier != tier) {
      tier = node.tier;
      Table table;
      table.title = fmt::format("{} {} ({})", word(session, "Tier"), tier,
                                std::ranges::count(found.nodes(), tier, &DependencyNode::tier));
      table.columns = {column(session, "node", "Node", true), column(session, "type", "Type"),
                       column(session, "via", "Relation", true), column(session, "soft", "Soft")};
      if (with_sources) table.columns.push_back(column(session, "sources", "Sources", true));
      tables.push_back(std::move(table));
    }
    const std::string id(found.snapshot().id(node.vertex));
    std::vector<Cell> row{names.named(id), names.type_label(id), teller.links(node),
                          node.soft ? word(session, "soft") : std::string()};
    if (with_sources) row.emplace_back(teller.sources(node));
    tables.back().rows.push_back(std::move(row));
  }
  return tables;
}

std::vector<Table> count_tables(const Session& session, const Ontology& ontology, const DependsCounts& counts) {
  Table tiers, types;
  tiers.columns = {column(session, "tier", "Tier"), column(session, "count", "Count")};
  types.columns = {column(session, "type", "Type"), column(session, "count", "Count")};
  for (const DependsTier& each : counts.tiers)
    tiers.rows.push_back({std::int64_t{each.tier}, static_cast<std::int64_t>(each.count)});
  for (const DependsType& each : counts.types)
    types.rows.push_back({ontology.node_types()[each.type].id, static_cast<std::int64_t>(each.count)});
  return {std::move(tiers), std::move(types)};
}

Table dependency_data(Names& names, const DependsResult& found) {
  Table table = detail::data_table("", {"id", "label", "type", "tier", "soft"});
  for (const DependencyNode& node : found.nodes()) {
    const std::string id(found.snapshot().id(node.vertex));
    table.rows.push_back({id, names.label(id), names.ref(id).type, std::int64_t{node.tier}, node.soft});
  }
  return table;
}

}  // namespace chokepoint::detail
