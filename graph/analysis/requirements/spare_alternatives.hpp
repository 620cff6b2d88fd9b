#pragma once

#include <algorithm>
#include <cstdint>
#include <functional>
#include <unordered_map>
#include <vector>

namespace chokepoint::detail {

/// Counts what groups of alternatives lose, member by member: a group has all while enough of its members have.
/// @tparam Group  what tells one group from another
template <class Group, class Hash = std::hash<Group>>
class SpareAlternatives {
 public:
  /// Several rows of one member are one: forgets the groups of the node that lost before.
  void begin_node() { of_node_.clear(); }

  /// Takes the node at hand out of a group. Amortised O(1), and `spare_of` once a group
  /// @param spare_of  std::int64_t(): how many of the group's members may have less while the group has all
  /// @return whether the group has less than all by this
  template <class SpareOf>
  bool has_less_without(const Group& group, const SpareOf& spare_of) {
    if (std::find(of_node_.begin(), of_node_.end(), group) != of_node_.end()) return false;
    of_node_.push_back(group);
    const auto [spare, is_new] = spare_.try_emplace(group);
    if (is_new) spare->second = spare_of();
    return --spare->second < 0;
  }

 private:
  std::unordered_map<Group, std::int64_t, Hash> spare_;
  std::vector<Group> of_node_;
};

}  // namespace chokepoint::detail
