#include "analysis/failure_net.hpp"

#include "analysis/csr.hpp"
#include "analysis/limits.hpp"

#include <algorithm>
#include <utility>

namespace chokepoint::detail {

namespace {

struct Weighed {
  SystemNode node;
  std::uint32_t weight;
};

/// The members of a group that work, each once.
void collect_members(const Requirements& requirements, const Limits& limits, const std::vector<std::uint8_t>& works,
                     GroupIndex g, std::uint32_t needed, std::vector<Weighed>& members) {
  members.clear();
  MemberIndex m = requirements.first_member(g);
  for (const RequirementMember& member : requirements.members(g)) {
    const bool is_cut = limits.of_member(m++).high <= 0;
    if (member.is_minor || is_cut || works[member.node] == 0) continue;
    // One refill is as good as all that are needed.
    members.push_back({member.node, member.is_refill ? needed : 1});
  }
  const auto by_node = [](const Weighed& a, const Weighed& b) { return a.node < b.node; };
  if (!std::is_sorted(members.begin(), members.end(), by_node)) std::sort(members.begin(), members.end(), by_node);
  std::size_t kept = 0;
  for (std::size_t i = 0; i < members.size(); ++i) {
    if (kept > 0 && members[kept - 1].node == members[i].node) {
      members[kept - 1].weight += members[i].weight;
    } else {
      members[kept++] = members[i];
    }
  }
  members.resize(kept);
}

}  // namespace

FailureNet::FailureNet(const Situation& situation, const Assessment& baseline)
    : first_flow_(situation.requirements->vertex_count()) {
  const Requirements& requirements = *situation.requirements;
  const Limits limits(requirements, situation.disruption);
  works_.reserve(baseline.failed.size());
  for (const std::uint8_t failed : baseline.failed) works_.push_back(failed == 0 ? 1 : 0);
  std::vector<Weighed> members;
  std::vector<std::uint32_t> from, to, nodes, weights, member_end;
  for (GroupIndex g = 0; g < requirements.group_count(); ++g) {
    const std::size_t old_size = dependent_.size();
    for (const SystemNode d : requirements.dependents(g)) {
      if (works(d)) dependent_.push_back(d);
    }
    const std::int64_t needed = std::int64_t{requirements.needed(g, situation.options.variants)} -
                                (requirements.group(g).has_rest ? 1 : 0);
    if (dependent_.size() == old_size || needed <= 0) {
      dependent_.resize(old_size);
      continue;
    }
    collect_members(requirements, limits, works_, g, static_cast<std::uint32_t>(needed), members);
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
    for (const Weighed& member : members) {
      nodes.push_back(member.node);
      weights.push_back(member.weight);
    }
    spare_.push_back(spare);
    member_end.push_back(static_cast<std::uint32_t>(nodes.size()));
    dependent_offset_.push_back(static_cast<std::uint32_t>(dependent_.size()));
  }
  next_offset_ = csr_offsets(node_count(), from);
  next_ = csr_values(next_offset_, from, to);
  membership_offset_ = csr_offsets(node_count(), nodes);
  membership_.resize(nodes.size());
  std::vector<std::uint32_t> next(membership_offset_.begin(), membership_offset_.end() - 1);
  for (NetGroup g = 0, i = 0; g < group_count(); ++g) {
    for (; i < member_end[g]; ++i) membership_[next[nodes[i]]++] = {g, weights[i]};
  }
}

FailureWalk::FailureWalk(const FailureNet& net) : net_(&net), spare_(net.spare()), works_(net.node_count()) {
  for (SystemNode n = 0; n < net.node_count(); ++n) works_[n] = net.works(n) ? 1 : 0;
  trail_.reserve(net.node_count());
}

void FailureWalk::fail(SystemNode n) {
  if (works_[n] == 0) return;
  works_[n] = 0;
  flows_ += n >= net_->first_flow() ? 1U : 0U;
  trail_.push_back(n);
}

void FailureWalk::fail(std::span<const SystemNode> nodes) {
  marks_.push_back(trail_.size());
  std::size_t done = trail_.size();
  for (const SystemNode n : nodes) fail(n);
  for (; done < trail_.size(); ++done) {
    for (const SystemNode d : net_->next(trail_[done])) fail(d);
    for (const auto [group, weight] : net_->memberships(trail_[done])) {
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
    works_[n] = 1;
    flows_ -= n >= net_->first_flow() ? 1U : 0U;
    for (const auto [group, weight] : net_->memberships(n)) spare_[group] += weight;
  }
  marks_.pop_back();
}

}  // namespace chokepoint::detail
