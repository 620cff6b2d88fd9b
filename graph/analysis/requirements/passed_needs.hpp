#pragma once

#include "chokepoint/analysis/requirements.hpp"
#include "analysis/requirements/kinship.hpp"
#include "analysis/requirements/roles.hpp"

#include <cstdint>
#include <map>
#include <span>
#include <unordered_map>
#include <utility>
#include <vector>

namespace chokepoint::detail {

/// A group of needs (or steps) that a generic has and hands to its variants.
struct PassedGroup {
  Vertex generic = no_vertex;
  GroupKind kind = GroupKind::need;
  std::uint16_t edge_type = 0;
  std::uint32_t name = 0;
  bool is_one_by_one = false;  ///< every row is a need of its own; else `k` of the rows are needed
  std::uint32_t k = 1;
  std::uint32_t first = 0, last = 0;  ///< its rows
};

/// What one variant has of a passed group: all but the rows that it replaced, or that are met by itself.
struct InheritedGroup {
  std::uint32_t group = 0;
  std::vector<std::uint32_t>
      dropped;  ///< rows, sorted; of a group with `k` those that are met, each of which lowers it
};

/// What variants inherit (graph/SEMANTICS.md §2.9): a generic passes its needs and steps to its variants, theirs and so
/// on. An own need of a variant on an item, on a variant of the item, or one whose edge says that it replaces the item,
/// stands in the place of the inherited group that names the item; of needs without a group name, in the place of that
/// need alone. It does so for everything below. A need is inherited when one way down has it left. What a variant, or a
/// generic of it, would need of itself counts as met.
class PassedNeeds {
 public:
  struct Row {
    Vertex item = no_vertex;
    Arc arc = no_arc;
  };

  /// @note O(requirements of generics)
  PassedNeeds(const View& view, const std::vector<EdgeRule>& rules, const Kinship& kinship);

  [[nodiscard]] bool is_empty() const { return groups_.empty(); }
  [[nodiscard]] const std::vector<PassedGroup>& groups() const { return groups_; }
  [[nodiscard]] const std::vector<Row>& rows() const { return rows_; }
  /// The numbers [first, last) of the groups that a generic passes itself.
  [[nodiscard]] std::pair<std::uint32_t, std::uint32_t> own_groups(Vertex generic) const;
  /// Valid until the next call. O(its own needs) once its generics are known; these once for all that share them
  const std::vector<InheritedGroup>& inherited_by(Vertex variant);
  /// … by a variant of `generic` of which nothing else is known. The same.
  const std::vector<InheritedGroup>& inherited_below(Vertex generic);

 private:
  /// What a variant inherits that has these generics and no needs of its own.
  struct Profile {
    std::vector<InheritedGroup> groups;
    std::unordered_map<Vertex, std::vector<std::pair<std::uint32_t, std::uint32_t>>>
        places;  ///< (groups[], row) by item
  };
  using Replacers = std::unordered_map<Vertex, std::vector<Vertex>>;

  void collect(Vertex generic);
  const Profile& profile_of(std::span<const Vertex> generics);
  [[nodiscard]] Profile make_profile(std::span<const Vertex> generics);
  [[nodiscard]] bool is_replaced(std::span<const Vertex> generics, Vertex source, std::vector<Vertex> replacers) const;
  [[nodiscard]] bool is_void(const InheritedGroup& inherited) const;
  void add_replaced_items(Vertex v, std::vector<Vertex>& items) const;

  const View* view_;
  const std::vector<EdgeRule>* rules_;
  const Kinship* kinship_;
  std::vector<PassedGroup> groups_;  ///< by generic
  std::vector<Row> rows_;
  std::map<std::vector<Vertex>, Profile> profiles_;
  std::vector<InheritedGroup> changed_;
  std::vector<Vertex> items_;
  std::vector<InheritedGroup> none_;
};

}  // namespace chokepoint::detail
