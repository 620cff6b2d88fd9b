#pragma once

#include "analysis/cut_sets/fault_tree.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace chokepoint::detail {

/// One bit for each of many scenarios that are worked out together.
struct ScenarioMask {
  static constexpr std::size_t width = 256;
  std::array<std::uint64_t, width / 64> words{};

  static ScenarioMask filled(bool value) {
    ScenarioMask mask;
    mask.words.fill(value ? ~std::uint64_t{0} : 0);
    return mask;
  }
  void set(std::size_t lane) { words[lane / 64] |= std::uint64_t{1} << (lane % 64); }
  [[nodiscard]] bool test(std::size_t lane) const { return ((words[lane / 64] >> (lane % 64)) & 1U) != 0; }
  [[nodiscard]] bool none() const { return (words[0] | words[1] | words[2] | words[3]) == 0; }
  ScenarioMask& operator&=(const ScenarioMask& other) {
    for (std::size_t i = 0; i < words.size(); ++i) words[i] &= other.words[i];
    return *this;
  }
  ScenarioMask& operator|=(const ScenarioMask& other) {
    for (std::size_t i = 0; i < words.size(); ++i) words[i] |= other.words[i];
    return *this;
  }
  friend ScenarioMask operator&(ScenarioMask a, const ScenarioMask& b) { return a &= b; }
  friend ScenarioMask operator|(ScenarioMask a, const ScenarioMask& b) { return a |= b; }
  friend ScenarioMask operator^(ScenarioMask a, const ScenarioMask& b) {
    for (std::size_t i = 0; i < a.words.size(); ++i) a.words[i] ^= b.words[i];
    return a;
  }
  friend ScenarioMask operator~(ScenarioMask a) {
    for (std::uint64_t& word : a.words) word = ~word;
    return a;
  }
  friend bool operator==(const ScenarioMask&, const ScenarioMask&) = default;
};

/// Counts, in each lane, how many masks have it set. Counters of one bit a lane, least significant first.
class ScenarioCounter {
 public:
  void add(ScenarioMask carry) {
    for (std::size_t i = 0; i < size_ && !carry.none(); ++i) {
      const ScenarioMask sum = digits_[i] ^ carry;
      carry &= digits_[i];
      digits_[i] = sum;
    }
    if (!carry.none()) digits_[size_++] = carry;
  }
  /// Lanes that were added at least `count` times.
  [[nodiscard]] ScenarioMask at_least(std::size_t count) const;

 private:
  std::array<ScenarioMask, 33> digits_{};  ///< groups have fewer than 2^32 members
  std::size_t size_ = 0;
};

/// Lanes in which at least `count` of `members` are set.
/// @param mask_of  ScenarioMask or a reference to one (TreeNode)
template <class MaskOf>
ScenarioMask at_least(std::span<const TreeNode> members, std::size_t count, const MaskOf& mask_of) {
  if (count == 1) {
    ScenarioMask any;
    for (const TreeNode member : members) any |= mask_of(member);
    return any;
  }
  if (count == members.size()) {
    ScenarioMask all = ScenarioMask::filled(true);
    for (std::size_t i = 0; i < members.size() && !all.none(); ++i) all &= mask_of(members[i]);
    return all;
  }
  ScenarioCounter counter;
  for (const TreeNode member : members) counter.add(mask_of(member));
  return counter.at_least(count);
}

/// Sorts events, where they are too many for one batch of lanes, by how near they are to the target: what the nearest
/// bring down is where the failures of those farther away need to be followed to, so that a long chain is walked along
/// once.
void sort_nearest_first(const FaultTree& tree, std::vector<EventIndex>& events);

/// Works out, for many removals at once, which of them bring the target down on top of what has failed already: a
/// failure is one bit of a mask, and only what changes is visited, dependencies first.
class BatchedFailures {
 public:
  explicit BatchedFailures(const FaultTree& tree);

  /// @param has_failed  bool(TreeNode): what has failed before; not the target
  /// @param is_fatal  bool(TreeNode): nodes whose failure fails the target, itself included; failures stop there
  /// @param events  at most ScenarioMask::width
  /// @return bit i: removing events[i] as well fails the target
  template <class HasFailed, class IsFatal>
  ScenarioMask run(const HasFailed& has_failed, const IsFatal& is_fatal, std::span<const EventIndex> events) {
    ++run_;
    ScenarioMask down;
    for (std::size_t lane = 0; lane < events.size(); ++lane) {
      for (const TreeNode n : tree_->nodes_of(events[lane])) {
        touch(n, has_failed).set(lane);
        if (is_fatal(n)) {
          down.set(lane);
        } else {
          notify(n);
        }
      }
    }
    for (TreeNode n = next_pending(); n < tree_->node_count(); n = next_pending()) {
      ScenarioMask mask = touch(n, has_failed);
      const ScenarioMask old = mask;
      for (const TreeGroup g : tree_->groups_of(n)) mask |= group_mask(g, has_failed);
      // A lane in which the target is down has nothing more to tell.
      if ((mask & ~(old | down)).none()) continue;
      touch(n, has_failed) = mask;
      if (is_fatal(n)) {
        down |= mask;
      } else {
        notify(n);
      }
    }
    return down;
  }

 private:
  /// The mask of a node, taken over from what has failed before at its first use in a run.
  template <class HasFailed>
  ScenarioMask& touch(TreeNode n, const HasFailed& has_failed) {
    if (node_run_[n] != run_) {
      node_run_[n] = run_;
      node_mask_[n] = ScenarioMask::filled(has_failed(n));
    }
    return node_mask_[n];
  }
  template <class HasFailed>
  const ScenarioMask& group_mask(TreeGroup g, const HasFailed& has_failed) {
    if (group_run_[g] == run_ && !is_stale_[g]) return group_mask_[g];
    group_run_[g] = run_;
    is_stale_[g] = 0;
    const auto members = tree_->members(g);
    const std::size_t lost = tree_->fatal_count(g);
    return group_mask_[g] =
               at_least(members, lost, [&](TreeNode n) -> const ScenarioMask& { return touch(n, has_failed); });
  }
  /// Marks everything that looks at `n` as due.
  void notify(TreeNode n);
  /// The smallest node that is due, taken off; node_count() when none is.
  TreeNode next_pending();

  const FaultTree* tree_;
  std::uint32_t run_ = 0;
  std::vector<ScenarioMask> node_mask_, group_mask_;
  std::vector<std::uint32_t> node_run_, group_run_;
  std::vector<std::uint8_t> is_stale_;
  std::vector<std::uint64_t> pending_;
  std::size_t cursor_ = 0;  ///< no word before this one has a pending node
};

}  // namespace chokepoint::detail
