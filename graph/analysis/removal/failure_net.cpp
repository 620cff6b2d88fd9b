#include "analysis/removal/failure_net.hpp"

#include "analysis/capacity/limits.hpp"
#include "support/csr.hpp"

#include <algorithm>
#include <cstddef>
#include <numeric>
#include <utility>

namespace chokepoint::detail {

namespace {

struct Weighed {
  SystemNode node;
  std::uint32_t weight;
};

/// The members of a group that work, one for each row.
void collect_members(const Requirements& requirements, const Limits& limits, const FailureNet& net, GroupIndex g,
                     std::uint32_t needed, std::vector<Weighed>& members) {
  members.clear();
  MemberIndex m = requirements.first_member(g);
  for (const RequirementMember& member : requirements.members(g)) {
    const bool is_cut = limits.of_member(m++).high <= 0;
    if (member.is_minor || is_cut || !net.works(member.node)) continue;
    // One refill is as good as all that are needed.
    members.push_back({member.node, member.is_refill ? needed : 1});
  }
}

}  // namespace

FailureNet::FailureNet(const Situation& situation, const Assessment& baseline)
    : rows_(situation.requirements->node_count() + std::size_t{1}) {
  const Requirements& requirements = *situation.requirements;
  const Limits limits(requirements, situation.disruption);
  for (SystemNode n = 0; n < node_count(); ++n) {
    if (baseline.failed[n] != 0) continue;
    (requirements.is_unnamed(n) ? rows_[n].unnamed : requirements.is_flow(n) ? rows_[n].flows : rows_[n].stored) = 1;
  }
  std::vector<Weighed> members;
  std::vector<std::uint32_t> from, to;
  std::vector<Loss> losses;
  for (GroupIndex g = 0; g < requirements.group_count(); ++g) {
    const std::size_t old_size = dependent_.size();
    for (const SystemNode d : requirements.dependents(g)) {
      if (works(d)) dependent_.push_back(d);
    }
    const std::int64_t needed =
        std::int64_t{requirements.needed(g, situation.options.variants)} - (requirements.group(g).has_rest ? 1 : 0);
    if (dependent_.size() == old_size || needed <= 0) {
      dependent_.resize(old_size);
      continue;
    }
    collect_members(requirements, limits, *this, g, static_cast<std::uint32_t>(needed), members);
    std::int64_t spare = -needed;
    for (const Weighed& member : members) spare += member.weight;
    if (spare == 0 && dependent_.size() == old_size + 1) {
      for (const Weighed& member : members) {
        from.push_back(member.node);
        to.push_back(dependent_.back());
      }
      dependent_.pop_back();
      continue;
    }
    for (const Weighed& member : members) losses.push_back({member.node, group_count(), member.weight});
    spare_.push_back(spare);
    dependent_offset_.push_back(static_cast<std::uint32_t>(dependent_.size()));
  }
  set_next(from, to);
  set_memberships(losses);
}

FailureNet::FailureNet(const FailureNet& net, std::span<const std::uint32_t> set_of, std::uint32_t set_count)
    : spare_(net.spare_), rows_(set_count + std::size_t{1}) {
  std::vector<std::uint32_t> from, to;
  std::vector<Loss> losses;
  for (SystemNode n = 0; n < net.node_count(); ++n) {
    if (!net.works(n)) continue;
    rows_[set_of[n]].stored += net.stored(n);
    rows_[set_of[n]].flows += net.flows(n);
    rows_[set_of[n]].unnamed += net.rows_[n].unnamed;
    for (const SystemNode d : net.next(n)) {
      if (set_of[d] == set_of[n]) continue;
      from.push_back(set_of[n]);
      to.push_back(set_of[d]);
    }
    for (const auto [group, weight] : net.memberships(n)) losses.push_back({set_of[n], group, weight});
  }
  for (NetGroup g = 0; g < net.group_count(); ++g) {
    const auto first = static_cast<std::ptrdiff_t>(dependent_.size());
    for (const SystemNode d : net.dependents(g)) dependent_.push_back(set_of[d]);
    std::sort(dependent_.begin() + first, dependent_.end());
    dependent_.erase(std::unique(dependent_.begin() + first, dependent_.end()), dependent_.end());
    dependent_offset_.push_back(static_cast<std::uint32_t>(dependent_.size()));
  }
  set_next(from, to);
  set_memberships(losses);
}

void FailureNet::set_next(const std::vector<std::uint32_t>& from, const std::vector<std::uint32_t>& to) {
  const std::vector<std::uint32_t> offset = csr_offsets(node_count(), from);
  next_ = csr_values(offset, from, to);
  std::vector<std::uint32_t> last_seen_by(node_count(), no_vertex);
  std::uint32_t kept = 0;
  for (SystemNode n = 0; n < node_count(); ++n) {
    rows_[n].next = kept;
    for (std::uint32_t i = offset[n]; i < offset[n + std::size_t{1}]; ++i) {
      const SystemNode d = next_[i];
      if (std::exchange(last_seen_by[d], n) != n) next_[kept++] = d;
    }
  }
  rows_.back().next = kept;
  next_.resize(kept);
  next_.shrink_to_fit();
}

void FailureNet::set_memberships(const std::vector<Loss>& losses) {
  std::vector<std::uint32_t> nodes, numbers(losses.size());
  nodes.reserve(losses.size());
  for (const Loss& loss : losses) nodes.push_back(loss.node);
  std::iota(numbers.begin(), numbers.end(), 0U);
  const std::vector<std::uint32_t> offset = csr_offsets(node_count(), nodes);
  const std::vector<std::uint32_t> order = csr_values(offset, nodes, numbers);
  for (SystemNode n = 0; n < node_count(); ++n) {
    const std::size_t first = membership_.size();
    rows_[n].membership = static_cast<std::uint32_t>(first);
    for (std::uint32_t i = offset[n]; i < offset[n + std::size_t{1}]; ++i) {
      membership_.push_back({losses[order[i]].group, losses[order[i]].weight});
    }
    const auto by_group = [](const Membership& a, const Membership& b) { return a.group < b.group; };
    std::sort(membership_.begin() + static_cast<std::ptrdiff_t>(first), membership_.end(), by_group);
    std::size_t kept = first;
    for (std::size_t i = first; i < membership_.size(); ++i) {
      if (kept > first && membership_[kept - 1].group == membership_[i].group) {
        membership_[kept - 1].weight += membership_[i].weight;
      } else {
        membership_[kept++] = membership_[i];
      }
    }
    membership_.resize(kept);
  }
  rows_.back().membership = static_cast<std::uint32_t>(membership_.size());
}

FailureWalk::FailureWalk(const FailureNet& net)
    : net_(&net), spare_(net.spare()), works_((net.node_count() + std::size_t{63}) / 64, 0) {
  for (SystemNode n = 0; n < net.node_count(); ++n) works_[n / 64] |= std::uint64_t{net.works(n) ? 1U : 0U} << (n % 64);
  trail_.reserve(net.node_count());
}

void FailureWalk::fail(SystemNode n) {
  const std::uint64_t bit = std::uint64_t{1} << (n % 64);
  if ((works_[n / 64] & bit) == 0) return;
  works_[n / 64] ^= bit;
  trail_.push_back(n);
}

void FailureWalk::fail(std::span<const SystemNode> nodes) {
  marks_.push_back(trail_.size());
  std::size_t done = trail_.size();
  for (const SystemNode n : nodes) fail(n);
  for (; done < trail_.size(); ++done) {
    const SystemNode n = trail_[done];
    stored_ += net_->stored(n);
    flows_ += net_->flows(n);
    for (const SystemNode d : net_->next(n)) fail(d);
    for (const auto [group, weight] : net_->memberships(n)) {
      const bool held = spare_[group] >= 0;
      spare_[group] -= weight;
      // Exactly the step from enough to too few fails the dependents, so that taking it back is symmetric.
      if (!held || spare_[group] >= 0) continue;
      for (const SystemNode d : net_->dependents(group)) fail(d);
    }
  }
}

void FailureWalk::undo() {
  for (; trail_.size() > marks_.back(); trail_.pop_back()) {
    const SystemNode n = trail_.back();
    works_[n / 64] |= std::uint64_t{1} << (n % 64);
    stored_ -= net_->stored(n);
    flows_ -= net_->flows(n);
    for (const auto [group, weight] : net_->memberships(n)) spare_[group] += weight;
  }
  marks_.pop_back();
}

}  // namespace chokepoint::detail
