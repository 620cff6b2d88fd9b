#pragma once

#include "chokepoint/analysis/requirements.hpp"
#include "analysis/requirements/containment.hpp"
#include "analysis/requirements/flow_table.hpp"
#include "analysis/requirements/passed_needs.hpp"
#include "analysis/requirements/roles.hpp"
#include "analysis/requirements/supplier_rows.hpp"

#include <cstdint>
#include <functional>
#include <map>
#include <span>
#include <tuple>
#include <utility>
#include <vector>

namespace chokepoint::detail {

/// Builds a requirement system: one pass over the nodes writes the groups they own, one over the variants hands them
/// what their generics pass down, one over the flows writes theirs, then shared groups are handed to steps and
/// everything is indexed both ways.
class RequirementBuilder {
 public:
  RequirementBuilder(const View& view, const RequirementOptions& options);
  Requirements build() &&;

 private:
  /// An edge of the node at hand, with what it is grouped by.
  struct Row {
    GroupKind kind;
    bool is_site;
    std::uint16_t edge_type;
    std::uint32_t name;
    Vertex provider;
    Arc arc;
    [[nodiscard]] auto group_key() const { return std::tuple(kind, edge_type, name, is_site); }
  };

  [[nodiscard]] bool is_read(Vertex v) const { return relevant_.empty() || relevant_[v] != 0; }
  void choose_relevant();
  void reserve_members();
  void collect_rows(Vertex v);
  void add_node(Vertex v);
  void add_group_of(Vertex v, std::span<const Row> rows);
  void add_supplier_group(SystemNode owner, std::span<const Row> rows, Layer layer, bool is_passed_down = false);
  void add_plain_group(Vertex v, std::span<const Row> rows);
  void sort_rows();
  void finish_choice(RequirementGroup group, std::uint32_t stated, Vertex chooser, const Flow& unnamed);
  /// Whose place it is that decides which flow a need draws on: a node, or the unnamed variant of one.
  struct Holder {
    Vertex node = no_vertex;
    bool is_unnamed = false;
  };
  void read_spare_suppliers();
  void read_spare(Layer wanted, const std::function<bool(Vertex)>& is_spare, std::vector<RequirementMember>& members);
  void add_passed_down(Vertex v);
  void add_taken_over(Vertex v);
  const std::vector<GroupIndex>& lent_groups(Vertex generic);
  void note_unread();
  void add_unnamed(const FlowEntry& entry, SystemNode node);
  void add_inherited(SystemNode node, const Holder& holder, const std::vector<InheritedGroup>& groups, bool needs_only);
  GroupIndex shared_group(const InheritedGroup& inherited, const Holder& holder);
  GroupIndex make_shared_group(const InheritedGroup& inherited, const std::vector<Vertex>& customers);
  [[nodiscard]] Vertex drawn_from(const Holder& holder, Vertex item);
  void add_flow_needs(const FlowEntry& entry, SystemNode node);
  void add_flow(const FlowEntry& entry, SystemNode node);
  void add_flow_rows(const FlowEntry& entry, SystemNode node);
  void add_produced(const FlowEntry& entry, SystemNode node);
  void add_supplier_groups(SystemNode owner, Layer layer);
  void add_choice(const FlowEntry& entry, SystemNode node);
  void add_refills(const Flow& flow);
  void scale(const Flow& flow, Vertex thing, RequirementMember& member) const;
  GroupIndex finish_group(RequirementGroup group);
  void keep_distinct_members(std::size_t first);
  void keep_one_vote_each(std::size_t first);
  [[nodiscard]] std::uint32_t stated_k(std::span<const Row> rows) const;
  void set_needed(RequirementGroup& group, GroupRule rule, std::uint32_t stated, Vertex chooser) const;
  [[nodiscard]] bool enters(Vertex v, GroupKind kind) const;
  [[nodiscard]] bool is_unsettled(Vertex v) const;
  [[nodiscard]] SystemNode flow_number(const Flow& flow) const;
  [[nodiscard]] Layer layer_for(const Flow& flow) const;
  void share_with_steps();
  void index();

  const View* view_;
  const Snapshot* snapshot_;
  std::vector<EdgeRule> rules_;
  Containment containment_;
  FlowTable flows_;
  SupplierReader reader_;
  PassedNeeds needs_;
  Requirements out_;
  std::vector<std::uint8_t> relevant_;         ///< [vertices] whose groups are read; empty: all
  std::vector<std::uint8_t> can_be_supplied_;  ///< [node types]
  std::vector<GroupIndex> first_group_;        ///< [n + 1] groups of v are [first_group_[v], first_group_[v + 1])
  std::vector<std::pair<SystemNode, GroupIndex>> uses_;
  std::vector<Row> rows_;
  std::vector<SupplierRow> suppliers_;
  bool has_variants_ = false;                                      ///< of the node at hand
  std::map<Flow, std::vector<RequirementMember>> spare_;           ///< members of the unnamed variants
  std::map<Vertex, std::vector<GroupIndex>> lent_;                 ///< groups of the suppliers that generics lend
  std::vector<GroupIndex> plain_groups_;                           ///< [passed groups] as they are; no_group: not made
  std::map<std::vector<std::uint32_t>, GroupIndex> other_groups_;  ///< … with rows left out or drawn from flows
};

}  // namespace chokepoint::detail
