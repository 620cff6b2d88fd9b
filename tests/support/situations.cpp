#include "tests/support/situations.hpp"

#include <fmt/format.h>

#include <stdexcept>

namespace chokepoint::test {

Case::Case(const GraphFixture& graph, RequirementOptions options, ViewOptions view_options)
    : view_(graph.view(std::move(view_options))),
      snapshot_(view_.shared_snapshot()),
      requirements_(build_requirements(view_, options)),
      situation_{&requirements_, {}, {}} {}

Case& Case::remove(const std::vector<std::string>& ids) {
  situation_.disruption.removed.clear();
  for (const std::string& each : ids) situation_.disruption.removed.push_back(vertex(*snapshot_, each));
  return *this;
}

Case& Case::read_variants(Variants variants) {
  situation_.options.variants = variants;
  return *this;
}

Case& Case::threshold(double share) {
  situation_.options.threshold = share;
  return *this;
}

Case& Case::support(Cycles cycles) {
  situation_.options.cycles = cycles;
  return *this;
}

SystemNode Case::node(std::string_view id) const {
  constexpr std::string_view unnamed = "(unnamed) ";
  if (id.starts_with(unnamed))
    return requirements_.find({vertex(*snapshot_, id.substr(unnamed.size())), no_vertex, true});
  const auto at = id.find('@');
  if (at == std::string_view::npos) return vertex(*snapshot_, id);
  const SystemNode n =
      requirements_.find({vertex(*snapshot_, id.substr(0, at)), vertex(*snapshot_, id.substr(at + 1))});
  if (n == no_vertex) throw std::invalid_argument("no flow " + std::string(id));
  return n;
}

std::string Case::impossible() const {
  const Assessment assessment = assess(situation_);
  std::string text;
  for (SystemNode n = 0; n < requirements_.node_count(); ++n) {
    if (assessment.failed[n] != 0) text += (text.empty() ? "" : " ") + id(n);
  }
  return text;
}

Interval Case::capacity(std::string_view id) const {
  const Assessment assessment = assess(situation_);
  return {assessment.low[node(id)], assessment.high[node(id)]};
}

std::string Case::binding(std::string_view id, bool by_low) const {
  std::string text;
  for (const SystemNode n : binding_of(situation_, assess(situation_), node(id), by_low).ends) {
    text += (text.empty() ? "" : " ") + this->id(n);
  }
  return text;
}

std::string Case::groups(std::string_view id) const {
  std::string text;
  for (const GroupIndex g : requirements_.groups_of(node(id))) {
    const RequirementGroup& group = requirements_.group(g);
    if (!text.empty()) text += '\n';
    text += fmt::format("{} {}/{}:", to_string(group.kind), requirements_.needed(g, situation_.options.variants),
                        group.voters);
    for (const RequirementMember& member : requirements_.members(g)) {
      text += ' ' + this->id(member.node);
      if (member.is_minor) text += " minor";
      if (member.is_refill) text += " refill";
      if (!member.is_unknown) text += fmt::format(" {:.4g}", member.share_low);
      if (!member.is_unknown && member.share_low != member.share_high)
        text += fmt::format("-{:.4g}", member.share_high);
    }
    if (group.has_rest) text += fmt::format(" rest {:.4g}", group.open_share);
  }
  return text;
}

}  // namespace chokepoint::test
