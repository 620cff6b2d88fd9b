#include "present/whatif/state_picture.hpp"

#include "present/pictures/picture_sources.hpp"
#include "present/whatif/whatif_readings.hpp"
#include "present/words/wording.hpp"

#include <algorithm>
#include <set>
#include <tuple>
#include <vector>

namespace chokepoint::detail {

namespace {

constexpr std::size_t most_state_rows = 24;

/// What a state leaves of a node or delivery, from the worst to the best reading.
LeftInterval interval_in(const WhatIfState& state, const Subject& subject) {
  LeftInterval left;
  std::size_t failing = 0;
  left.low = 1, left.high = 0;
  for (const WhatIfBound& bound : state.bounds) {
    const auto found = std::ranges::lower_bound(bound.capacity, subject, {}, &NodeCapacity::subject);
    const bool is_listed = found != bound.capacity.end() && found->subject == subject;
    const bool is_gone = fails(bound, subject);
    failing += is_gone ? 1U : 0U;
    left.low = std::min(left.low, is_gone ? 0 : is_listed ? found->low : 1);
    left.high = std::max(left.high, is_gone ? 0 : is_listed ? found->high : 1);
  }
  left.is_impossible = failing == state.bounds.size();
  return left;
}

/// Everything that is lost or loses something; what was taken away itself is not among it.
std::set<Subject> losers(const Snapshot& snapshot, const WhatIf& answer) {
  std::set<Subject> found;
  for (const WhatIfBound& bound : answer.state.bounds) {
    for (const Vertex v : bound.impossible)
      if (!std::ranges::binary_search(answer.removed, v)) found.insert(Subject{v});
    for (const Flow& flow : bound.flows)
      if (!flow.is_unnamed) found.insert(Subject{flow.item, flow.customer});
    for (const NodeCapacity& node : bound.capacity)
      if (node.is_less() && !node.subject.is_unnamed && !std::ranges::binary_search(answer.removed, node.subject.node))
        found.insert(node.subject);
  }
  std::erase_if(found, [&](const Subject& s) {
    return s.customer == no_vertex &&
           snapshot.layer(s.node) != Layer::none;  // who goes with his seat is no loss of use
  });
  return found;
}

/// Shortens the list. What is lost wholly needs no bar: it leaves half of the rows to what is lost in part.
void keep_both_kinds(std::vector<std::pair<Subject, LeftInterval>>& order) {
  if (order.size() <= most_state_rows) return;
  const auto is_whole = [](const auto& entry) { return entry.second.is_impossible; };
  const auto wholes = static_cast<std::size_t>(std::ranges::count_if(order, is_whole));
  const std::size_t parts = order.size() - wholes;
  std::size_t whole_rows = std::min(wholes, most_state_rows - std::min(parts, most_state_rows / 2));
  std::size_t part_rows = most_state_rows - whole_rows;
  std::erase_if(order, [&](const auto& entry) {
    std::size_t& left = is_whole(entry) ? whole_rows : part_rows;
    return left == 0 || left-- == 0;
  });
}

}  // namespace

StateComparison state_picture(Names& names, const Snapshot& snapshot, const WhatIf& answer,
                              const std::optional<Subject>& target, const std::string& causes) {
  const Session& session = names.session();
  StateComparison out;
  out.frame = picture_frame(session, say(session, "What is left {}", causes));
  std::vector<const WhatIfState*> states;
  if (answer.baseline) states.push_back(&*answer.baseline);
  states.push_back(&answer.state);
  if (answer.adapted) states.push_back(&*answer.adapted);
  if (answer.baseline) out.states = {word(session, "before"), word(session, "as asked"), word(session, "adapted")};
  if (!answer.baseline) out.states = {word(session, "before"), word(session, "as asked")};
  const std::set<Subject> losing = target ? std::set<Subject>{*target} : losers(snapshot, answer);
  std::vector<std::pair<Subject, LeftInterval>> order;
  for (const Subject& subject : losing) order.emplace_back(subject, interval_in(answer.state, subject));
  std::set<Subject> cut;
  for (const PolicyCut& row : answer.cut_rows) cut.insert(Subject{row.flow.item, row.flow.customer});
  std::ranges::stable_sort(order, {}, [&](const auto& entry) {
    const Vertex v = entry.first.node;
    const auto range = snapshot.out_edges(v);
    const std::size_t uses = snapshot.in_edges(v).size() + (range.last - range.first);
    // Of equal losses what most facts are about stands first, things before deliveries.
    return std::tuple(!cut.contains(entry.first), !entry.second.is_impossible, entry.second.high, entry.second.low,
                      entry.first.customer != no_vertex, -static_cast<std::int64_t>(uses));
  });
  const auto loses_for_certain = [&](const auto& entry) {
    const Interval was =
        answer.baseline ? left_in(*answer.baseline, entry.first) : left_before(answer.state, entry.first);
    return entry.second.is_impossible || entry.second.high < was.high - 1e-9;
  };
  const std::size_t all = order.size();
  const auto certain = static_cast<std::size_t>(std::ranges::count_if(order, loses_for_certain));
  keep_both_kinds(order);
  const auto drawn = static_cast<std::size_t>(std::ranges::count_if(order, loses_for_certain));
  for (const auto& [subject, left] : order) {
    std::string label = names.label(std::string(snapshot.id(subject.node)));
    if (subject.customer != no_vertex)
      label = say(session, "{} delivered to {}", label, names.label(std::string(snapshot.id(subject.customer))));
    StateRow row{to_string(snapshot, subject), std::move(label), {}};
    if (!answer.baseline) {
      const Interval before = left_before(answer.state, subject);
      row.left.push_back({.low = before.low, .high = before.high});
    }
    for (const WhatIfState* state : states) row.left.push_back(interval_in(*state, subject));
    out.rows.push_back(std::move(row));
  }
  out.frame.legend = {{LegendSign::bar, "#0072b2", say(session, "certainly left")},
                      {LegendSign::hatched, "#0072b2", say(session, "may be left: a share is unknown")},
                      {LegendSign::cut_line, "#d55e00", word(session, "impossible")}};
  if (all == 0) out.frame.notes.push_back(say(session, "nothing loses anything, as far as recorded"));
  if (certain > drawn)
    out.frame.notes.push_back(
        say(session, "more that certainly lose something and are not drawn: {}", certain - drawn));
  if (all - order.size() > certain - drawn)
    out.frame.notes.push_back(
        say(session, "more that may lose something and are not drawn: {}", all - order.size() - (certain - drawn)));
  set_computed_source(session, out.frame);
  return out;
}

}  // namespace chokepoint::detail
