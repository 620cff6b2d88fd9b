// What may be lost: chains that end at a supply of which nobody recorded how much is lost.
#include "present/whatif/loss_doubts.hpp"

#include "chokepoint/analysis/requirements.hpp"
#include "present/whatif/subject_names.hpp"
#include "present/whatif/whatif_readings.hpp"
#include "present/whatif/whatif_story.hpp"
#include "present/words/chain.hpp"
#include "present/words/wording.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <tuple>

namespace chokepoint::detail {

namespace {

/// Who hangs on each supply that may be lost more or less.
std::map<Subject, std::set<Subject>> hanging_on(const WhatIf& answer) {
  std::map<Subject, std::set<Subject>> hanging;
  for (const WhatIfBound& bound : answer.state.bounds)
    for (const NodeCapacity& node : bound.capacity) {
      if (!node.is_less_low || node.high <= node.low || fails(answer.state.bounds[pessimistic], node.subject)) continue;
      for (const Subject& end : bound.ends(node.binding)) {
        const NodeCapacity* cause = capacity_of(bound, end);
        if (cause == nullptr || !cause->is_less_low || cause->high <= cause->low) continue;
        auto& list = hanging[end];
        if (end != node.subject) list.insert(node.subject);
      }
    }
  return hanging;
}

DoubtKind kind_of(const Requirements& requirements, const Subject& cause, const Interval& left) {
  const SystemNode node = requirements.find(cause);
  if (node == no_vertex) return DoubtKind::between;
  bool is_rest = false;
  for (const GroupIndex g : requirements.groups_of(node)) {
    const RequirementGroup& group = requirements.group(g);
    if (group.has_unknown_shares) return DoubtKind::unstated;
    // The unnamed rest is what is in doubt only where nothing else is.
    is_rest = is_rest || (group.has_rest && std::abs(left.high - left.low - group.open_share) < 1e-6);
  }
  return is_rest ? DoubtKind::unnamed : DoubtKind::between;
}

std::string doubt_text(const Session& session, const LossDoubt& doubt, const std::string& name) {
  const auto& [low, high] = doubt.left;
  switch (doubt.kind) {
    case DoubtKind::unnamed:
      return say(session, "{} of the supply of {} is unnamed and may lie there", percent_text(high - low, high - low),
                 name);
    case DoubtKind::unstated:
      return say(session, "nobody recorded how much of {} is lost ({} left)", name, percent_text(low, high));
    case DoubtKind::between: break;
  }
  return say(session, "of {} {} may be left", name, percent_text(low, high));
}

}  // namespace

std::string_view to_string(DoubtKind kind) {
  constexpr std::string_view names[] = {"unnamed", "unstated", "between"};
  return names[static_cast<std::size_t>(kind)];
}

std::vector<LossDoubt> loss_doubts(const View& view, const WhatIf& answer, bool keep_minor) {
  const Snapshot& snapshot = view.snapshot();
  if (answer.state.bounds[pessimistic].capacity.size() > most_by_cause) return {};
  const std::map<Subject, std::set<Subject>> hanging = hanging_on(answer);
  if (hanging.empty()) return {};
  RequirementOptions options;
  options.layer = answer.layer;
  options.keep_minor = keep_minor;
  options.affected_by = answer.removed;
  for (const auto& [cause, list] : hanging) options.affected_by->push_back(cause.node);
  const Requirements requirements = build_requirements(view, options);
  std::vector<LossDoubt> doubts;
  for (const auto& [cause, list] : hanging) {
    const Interval left = left_in(answer.state, cause);
    doubts.push_back({cause, kind_of(requirements, cause, left), left, {list.begin(), list.end()}});
  }
  std::ranges::stable_sort(doubts, {}, [&](const LossDoubt& doubt) {
    return std::tuple(class_of(snapshot, doubt.cause) == 1, -static_cast<std::ptrdiff_t>(doubt.hanging.size()));
  });
  return doubts;
}

Table doubt_table(Names& names, const View& view, const WhatIf& answer, bool keep_minor, RowLimit& limit) {
  const Session& session = names.session();
  const Snapshot& snapshot = view.snapshot();
  Table table;
  table.title = word(session, "May be lost");
  table.columns = {column(session, "cause", "Because", true)};
  std::vector<LossDoubt> doubts = loss_doubts(view, answer, keep_minor);
  shorten(doubts, limit);
  for (const LossDoubt& doubt : doubts) {
    std::string text = doubt_text(session, doubt, short_name(names, snapshot, doubt.cause));
    if (!doubt.hanging.empty())
      text += say(session, ": {} hang on it ({})", doubt.hanging.size(), short_list(names, snapshot, doubt.hanging, 3));
    table.rows.push_back({text});
  }
  return table;
}

}  // namespace chokepoint::detail
