#include "query/scenario.hpp"

#include "chokepoint/model/error.hpp"
#include "query/wording.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <deque>
#include <set>

namespace chokepoint::detail {

namespace {

bool votes(const Requirements& requirements, const RequirementMember& member) {
  return !member.is_minor || requirements.options().keep_minor;
}

bool fails(const Situation& situation, const Assessment& assessment, GroupIndex g) {
  const Requirements& requirements = *situation.requirements;
  if (!assessment.starved.empty() && assessment.starved[g] != 0) return true;
  std::uint32_t working = requirements.group(g).has_rest ? 1 : 0;
  for (const RequirementMember& member : requirements.members(g))
    if (votes(requirements, member) && assessment.failed[member.node] == 0) ++working;
  return working < requirements.needed(g, situation.options.variants);
}

}  // namespace

std::optional<Layer> require_layer(const std::string& text) {
  if (text.empty()) return std::nullopt;
  if (text == "place" || text == "country") return Layer::place;
  if (text == "actor" || text == "firm") return Layer::actor;
  throw UsageError(fmt::format("--layer: \"{}\" is none of place, actor (country, firm)", text));
}

Cycles require_cycles(const std::string& text) {
  if (text.empty() || text == "hold") return Cycles::hold;
  if (text == "unsupported") return Cycles::unsupported;
  throw UsageError(fmt::format("--cycles: \"{}\" is none of hold, unsupported", text));
}

std::string system_id(const Requirements& requirements, SystemNode node) {
  return to_string(requirements.snapshot(), requirements.subject(node));
}

std::string system_name(Names& names, const Requirements& requirements, SystemNode node) {
  const Subject subject = requirements.subject(node);
  const std::string name = names.named(std::string(requirements.snapshot().id(subject.node)));
  if (subject.customer == no_vertex) return name;
  return name + " → " + names.named(std::string(requirements.snapshot().id(subject.customer)));
}

std::vector<Unmet> unmet_needs(const Situation& situation, const Assessment& assessment) {
  const Requirements& requirements = *situation.requirements;
  std::set<Unmet> unmet;
  for (const GroupIndex g : requirements.unmet_groups()) {
    const SystemNode place = requirements.group(g).owner;
    // A place that is gone itself lacks nothing.
    if (assessment.failed[place] != 0 || !fails(situation, assessment, g)) continue;
    for (const RequirementMember& member : requirements.members(g))
      if (assessment.failed[member.node] != 0) unmet.insert({place, requirements.subject(member.node).node});
  }
  return {unmet.begin(), unmet.end()};
}

std::vector<FailureStep> explain_failure(const Situation& situation, const Assessment& assessment, SystemNode target) {
  const Requirements& requirements = *situation.requirements;
  std::vector<FailureStep> steps;
  std::set<SystemNode> seen{target};
  for (std::deque<SystemNode> queue{target}; !queue.empty(); queue.pop_front()) {
    const SystemNode node = queue.front();
    const GroupIndex group = assessment.cause[node];
    if (group == no_group) continue;  // it was removed
    FailureStep step{node, group, {}};
    const MemberIndex first = requirements.first_member(group);
    const auto members = requirements.members(group);
    for (std::size_t i = 0; i < members.size(); ++i) {
      const SystemNode member = members[i].node;
      // A later failure cannot have caused an earlier one, also on a cycle.
      if (assessment.failed[member] == 0 || assessment.order[member] >= assessment.order[node]) continue;
      step.failed.push_back(first + static_cast<MemberIndex>(i));
      if (seen.insert(member).second) queue.push_back(member);
    }
    steps.push_back(std::move(step));
  }
  return steps;
}

Json requirement_coverage(const Requirements& requirements) {
  std::uint64_t unknown = 0, rest = 0;
  for (GroupIndex g = 0; g < requirements.group_count(); ++g) {
    unknown += requirements.group(g).has_unknown_shares ? 1U : 0U;
    rest += requirements.group(g).has_rest ? 1U : 0U;
  }
  Json out = Json::object();
  out.set("without_supplier", requirements.notes().without_supplier.size());
  out.set("groups_with_unknown_shares", unknown);
  out.set("groups_with_anonymous_rest", rest);
  out.set("groups_scaled_down", requirements.notes().rescaled_groups.size());
  out.set("groups_too_small", requirements.notes().short_groups.size());
  return out;
}

std::string step_sentence(Names& names, const Requirements& requirements, const FailureStep& step) {
  std::string members;
  std::set<SystemNode> named;
  for (const MemberIndex m : step.failed)
    if (named.insert(requirements.member(m).node).second)
      append_part(names.session(), members, system_name(names, requirements, requirements.member(m).node));
  return say(names.session(), "{} fails for want of {}: {}", system_name(names, requirements, step.node),
             word(names.session(), to_string(requirements.group(step.group).kind)), members);
}

Json step_json(Session& session, const Requirements& requirements, const FailureStep& step, Variants variants) {
  Json out = Json::object();
  out.set("node", system_id(requirements, step.node));
  out.set("group", to_string(requirements.group(step.group).kind));
  out.set("needed", requirements.needed(step.group, variants));
  out.set("members", requirements.members(step.group).size());
  Json failed = Json::array(), edges = Json::array();
  std::set<std::int64_t> keys;
  std::set<std::string> ids;
  for (const MemberIndex m : step.failed) {
    ids.insert(system_id(requirements, requirements.member(m).node));
    if (const Arc arc = requirements.member(m).arc; arc != no_arc)
      keys.insert(requirements.snapshot().columns().edge_key[arc]);
  }
  for (const std::string& id : ids) failed.push(id);
  for (const Edge& edge : session.reader().edges(std::vector<std::int64_t>(keys.begin(), keys.end())))
    edges.push(to_json(edge));
  out.set("failed", std::move(failed));
  out.set("edges", std::move(edges));
  return out;
}

}  // namespace chokepoint::detail
