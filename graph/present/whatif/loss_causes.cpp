// What is lost, and for want of what.
#include "present/whatif/loss_causes.hpp"

#include "chokepoint/query/depends.hpp"
#include "chokepoint/query/evidence_summary.hpp"
#include "present/whatif/subject_names.hpp"
#include "present/whatif/whatif_readings.hpp"
#include "present/whatif/whatif_story.hpp"
#include "present/words/chain.hpp"
#include "present/words/loss_words.hpp"
#include "present/words/wording.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <initializer_list>
#include <map>
#include <set>
#include <tuple>

namespace chokepoint::detail {

namespace {

/// Ends of the chains by which it is lost for certain.
std::vector<Subject> causes_of(const WhatIf& answer, const Subject& subject) {
  for (const std::size_t reading : {optimistic, pessimistic}) {
    if (!fails(answer.state.bounds[reading], subject)) continue;
    const WhatIfBound& bound = answer.state.bounds[reading];
    if (const NodeCapacity* found = capacity_of(bound, subject)) return telling_ends(bound, *found);
  }
  return {};
}

bool is_removed(const WhatIf& answer, const Subject& subject) {
  return subject.customer == no_vertex && std::ranges::binary_search(answer.removed, subject.node);
}

/// What is lost of those that a node depends on by edges of these roles, by edge type; seats last.
std::map<std::pair<bool, std::uint16_t>, std::vector<Subject>> lost_by(const View& view, const WhatIf& answer,
                                                                       Vertex node, std::initializer_list<Role> roles) {
  const Snapshot& snapshot = view.snapshot();
  std::map<std::pair<bool, std::uint16_t>, std::vector<Subject>> lost;
  for (const Arc e : dependency_arcs(view, node)) {
    const Role role = snapshot.role(e);
    if (std::ranges::find(roles, role) == roles.end()) continue;
    const Subject other{dependency_of(snapshot, e)};
    if (!fails(answer.state.bounds[pessimistic], other)) continue;
    auto& list = lost[{role == Role::seat, snapshot.columns().edge_type[e]}];
    if (std::ranges::find(list, other) == list.end()) list.push_back(other);
  }
  return lost;
}

/// `is produced by TSMC`: which of its suppliers and makers are lost; where none of them is, which of its variants and
/// steps, or else of what it requires.
std::string why_lost(Names& names, const View& view, const WhatIf& answer, const Subject& subject) {
  const Session& session = names.session();
  if (is_removed(answer, subject)) return word(session, "removed");
  const Snapshot& snapshot = view.snapshot();
  const LostInputs lost = inputs_lost(view, answer, subject);
  if (lost.nodes.empty()) return {};
  const EdgeType& type = snapshot.ontology().edge_types()[lost.edge_type];
  return fmt::format("{} {}", relation_label(session, type.id, type.dependency->from_depends),
                     short_list(names, snapshot, lost.nodes, 3));
}

/// Whether less is left of it for certain, though not nothing.
bool is_reduced(const NodeCapacity& node) { return node.is_less_high && node.high > 0 && !node.subject.is_unnamed; }

/// What certainly has less, by the cause that takes most along.
std::map<Subject, std::vector<Subject>> reduced_by_cause(const WhatIfBound& bound) {
  std::map<Subject, std::vector<Subject>> causes;
  std::map<Subject, std::size_t> taken;
  for (const NodeCapacity& node : bound.capacity) {
    if (!is_reduced(node)) continue;
    std::vector<Subject>& all = causes[node.subject];
    for (const Subject& end : bound.ends(node.binding_high)) {
      const NodeCapacity* cause = capacity_of(bound, end);
      if (cause != nullptr && cause->is_less_high) all.push_back(end);
    }
    for (const Subject& cause : all) ++taken[cause];
  }
  std::map<Subject, std::vector<Subject>> told;
  for (const auto& [subject, all] : causes) {
    // Of as many, the one with as much left as it, not one that others make up for.
    const auto most = std::ranges::min_element(all, {}, [&](const Subject& cause) {
      return std::tuple(-static_cast<std::ptrdiff_t>(taken[cause]), -capacity_of(bound, cause)->high, cause);
    });
    told[most == all.end() ? subject : *most].push_back(subject);
  }
  return told;
}

bool readings_are_equal(const WhatIfState& state) {
  return state.bounds[0].impossible == state.bounds[1].impossible && state.bounds[0].flows == state.bounds[1].flows;
}

/// Whether all ends are variants of a thing.
bool are_variants_of(const View& view, const Subject& thing, const std::vector<Subject>& ends) {
  if (thing.customer != no_vertex) return false;
  std::set<Subject> variants;
  for (const Arc e : dependency_arcs(view, thing.node))
    if (view.snapshot().role(e) == Role::variant) variants.insert(Subject{dependency_of(view.snapshot(), e)});
  return std::ranges::all_of(ends, [&](const Subject& end) { return variants.contains(end); });
}

/// Lost choices with the ends of all their variants: no end alone takes the choice away.
using LostChoices = std::vector<std::pair<Subject, std::vector<Subject>>>;

/// The causes of a loss, ends that are lost as one choice told as that choice.
std::vector<Subject> told_causes(const Subject& subject, std::vector<Subject> ends, const LostChoices& choices) {
  std::vector<Subject> found;
  std::set<Subject> covered;
  for (const auto& [choice, its_ends] : choices) {
    if (choice == subject) return {subject};
    if (!std::ranges::includes(ends, its_ends)) continue;
    found.push_back(choice);
    covered.insert(its_ends.begin(), its_ends.end());
  }
  std::erase_if(ends, [&](const Subject& end) { return covered.contains(end); });
  found.insert(found.end(), ends.begin(), ends.end());
  return found;
}

/// Of each that is lost the cause that it is told of: of several the one that takes most along.
std::map<Subject, Subject> chosen_causes(const View& view, const WhatIf& answer, const std::vector<Subject>& lost) {
  std::map<Subject, std::size_t> taken;
  std::map<Subject, std::vector<Subject>> causes;
  LostChoices choices;
  for (const Subject& subject : lost) {
    causes[subject] = causes_of(answer, subject);
    if (causes[subject].size() > 1 && are_variants_of(view, subject, causes[subject]))
      choices.emplace_back(subject, causes[subject]);
  }
  for (const Subject& subject : lost) {
    causes[subject] = told_causes(subject, std::move(causes[subject]), choices);
    for (const Subject& cause : causes[subject]) ++taken[cause];
  }
  std::map<Subject, Subject> chosen;
  for (const auto& [subject, all] : causes) {
    const auto most = std::ranges::min_element(all, {}, [&](const Subject& cause) {
      return std::tuple(cause == subject && all.size() > 1, -static_cast<std::ptrdiff_t>(taken[cause]), cause);
    });
    chosen.emplace(subject, most == all.end() ? subject : *most);
  }
  return chosen;
}

/// Where the causes of a cause end: whatever is lost stands in one row, also where it takes others along. Of causes
/// that name each other the first counts.
Subject last_cause(const std::map<Subject, Subject>& chosen, Subject subject) {
  std::vector<Subject> seen;
  while (true) {
    const auto next = chosen.find(subject);
    if (next == chosen.end() || next->second == subject) return subject;
    const auto again = std::ranges::find(seen, subject);
    if (again != seen.end()) return *std::min_element(again, seen.end());
    seen.push_back(subject);
    subject = next->second;
  }
}

bool is_certain(const WhatIf& answer, const Subject& subject) {
  return fails(answer.state.bounds[optimistic], subject);
}

/// How many are lost if any variant does and, where the readings differ, if all are needed; the first of them, those
/// that are certainly lost where some are.
void add_counts(Names& names, const Snapshot& snapshot, const WhatIf& answer, const LossCause& row,
                std::vector<Cell>& cells) {
  std::vector<Subject> others = row.others;
  const auto certain = std::ranges::count_if(others, [&](const Subject& s) { return is_certain(answer, s); });
  cells.emplace_back(static_cast<std::int64_t>(row.certain));
  if (!readings_are_equal(answer.state)) cells.emplace_back(static_cast<std::int64_t>(row.lost));
  if (certain > 0) std::erase_if(others, [&](const Subject& s) { return !is_certain(answer, s); });
  cells.emplace_back(short_list(names, snapshot, others, 5));
}

/// The rows that a table has room for, and all others as one.
void join_small_rows(const View& view, const WhatIf& answer, std::vector<LossCause>& rows, LossCause& rest) {
  constexpr std::size_t most_rows = 12;
  std::vector<LossCause> shown;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    LossCause& row = rows[i];
    const bool is_told = row.others.size() > 1 || rows.size() <= most_rows;
    if (is_told && (shown.size() < most_rows || i + 1 == rows.size() || is_removed(answer, row.cause))) {
      shown.push_back(std::move(row));
      continue;
    }
    rest.certain += row.certain;
    rest.lost += row.lost;
    if (row.counts_itself) rest.others.push_back(row.cause);
    rest.others.insert(rest.others.end(), row.others.begin(), row.others.end());
  }
  rows = std::move(shown);
  std::ranges::stable_sort(rest.others, {}, [&](const Subject& s) { return weight_of(view, s); });
}

}  // namespace

LossTotals loss_totals(const WhatIf& answer) {
  const auto count = [&](const WhatIfBound& bound) {
    const auto beside = std::ranges::count_if(bound.impossible, [&](Vertex v) {
      return !is_removed(answer, {v, no_vertex});
    });
    return LossCount{static_cast<std::size_t>(beside), bound.flows.size()};
  };
  const auto& bounds = answer.state.bounds;
  const auto reduced =
      std::ranges::count_if(bounds[optimistic].capacity, [](const NodeCapacity& node) { return is_reduced(node); });
  return {count(bounds[optimistic]), count(bounds[pessimistic]), static_cast<std::size_t>(reduced)};
}

std::string loss_sentence(const Session& session, const WhatIf& answer, const std::string& causes) {
  const auto& [any, all, reduced] = loss_totals(answer);
  const bool is_any_lost = any != LossCount() || all != LossCount();
  std::string text = loss_words(session, causes, any, all);
  if (reduced > 0)
    text += say(session, is_any_lost ? "; {} more certainly have less" : "; {} certainly have less", reduced);
  const std::size_t again = answer.state.bounds.front().possible_again.size();
  if (again > 0) text += say(session, "; possible again: {}", again);
  return text;
}

std::vector<LossCause> losses_by_cause(const View& view, const WhatIf& answer) {
  if (answer.state.bounds[pessimistic].capacity.size() > most_by_cause) return {};
  const Snapshot& snapshot = view.snapshot();
  const std::vector<Subject> lost = failures({&answer.state});
  const std::map<Subject, Subject> chosen = chosen_causes(view, answer, lost);
  std::map<Subject, LossCause> told;
  for (const Subject& subject : lost) {
    Subject cause = last_cause(chosen, subject);
    // What is removed takes along what is delivered of it.
    if (const Subject item{cause.node}; cause.customer != no_vertex && is_removed(answer, item)) cause = item;
    LossCause& row = told[cause];
    row.cause = cause;
    if (cause == subject)
      row.counts_itself = !is_removed(answer, subject);
    else
      row.others.push_back(subject);
    if (is_removed(answer, subject)) continue;
    row.lost += fails(answer.state.bounds[pessimistic], subject) ? 1U : 0U;
    row.certain += is_certain(answer, subject) ? 1U : 0U;
  }
  std::vector<LossCause> rows;
  for (auto& [cause, row] : told) rows.push_back(std::move(row));
  std::erase_if(rows, [](const LossCause& row) { return row.certain + row.lost == 0; });
  for (LossCause& row : rows)
    std::ranges::stable_sort(row.others, {},
                             [&](const Subject& s) { return std::pair(!is_certain(answer, s), weight_of(view, s)); });
  std::ranges::stable_sort(rows, {}, [&](const LossCause& row) {
    // Who was removed, and who has a seat there, stand last; before them what is lost only if all variants are needed.
    const auto certain = std::ranges::count_if(row.others, [&](const Subject& s) { return is_certain(answer, s); });
    return std::tuple(is_removed(answer, row.cause) && class_of(snapshot, row.cause) > 1,
                      class_of(snapshot, row.cause) > 1, !is_certain(answer, row.cause), -certain,
                      -static_cast<std::ptrdiff_t>(row.others.size()));
  });
  return rows;
}

LostInputs inputs_lost(const View& view, const WhatIf& answer, const Subject& subject) {
  if (is_removed(answer, subject) || subject.customer != no_vertex) return {};
  for (const auto& roles :
       {std::initializer_list<Role>{Role::supply, Role::make, Role::seat},
        std::initializer_list<Role>{Role::variant, Role::step}, std::initializer_list<Role>{Role::need}})
    if (auto lost = lost_by(view, answer, subject.node, roles); !lost.empty())
      return {lost.begin()->first.second, std::move(lost.begin()->second)};
  return {};
}

Table cause_table(Names& names, const View& view, const WhatIf& answer) {
  const Session& session = names.session();
  const Snapshot& snapshot = view.snapshot();
  Table table;
  table.title = word(session, "Lost, by cause");
  table.columns = {column(session, "cause", "Without", true), column(session, "count", "Lost")};
  if (!readings_are_equal(answer.state)) table.columns.push_back(column(session, "if_all", "If all needed"));
  table.columns.push_back(column(session, "nodes", "Among them", true));
  std::vector<LossCause> rows = losses_by_cause(view, answer);
  LossCause rest;
  join_small_rows(view, answer, rows, rest);
  for (const LossCause& row : rows) {
    std::string text = short_name(names, snapshot, row.cause);
    if (const std::string why = why_lost(names, view, answer, row.cause); !why.empty())
      text += std::string(comma(session)) + why;
    std::vector<Cell> cells{text};
    add_counts(names, snapshot, answer, row, cells);
    table.rows.push_back(std::move(cells));
  }
  if (rest.lost + rest.certain > 0) {
    std::vector<Cell> cells{word(session, "others")};
    add_counts(names, snapshot, answer, rest, cells);
    table.rows.push_back(std::move(cells));
  }
  return table;
}

std::vector<ReducedCause> reductions_by_cause(const View& view, const WhatIf& answer) {
  if (answer.state.bounds[pessimistic].capacity.size() > most_by_cause) return {};
  std::vector<ReducedCause> rows;
  for (auto& [cause, list] : reduced_by_cause(answer.state.bounds[optimistic])) rows.push_back({cause, list});
  for (ReducedCause& row : rows)
    std::ranges::stable_sort(row.reduced, {}, [&](const Subject& s) { return weight_of(view, s); });
  std::ranges::stable_sort(rows, {}, [&](const ReducedCause& row) {
    return std::pair(-static_cast<std::ptrdiff_t>(row.reduced.size()), weight_of(view, row.cause));
  });
  return rows;
}

Table reduced_table(Names& names, const View& view, const WhatIf& answer) {
  const Snapshot& snapshot = view.snapshot();
  constexpr std::size_t most_rows = 6;
  const Session& session = names.session();
  Table table;
  table.title = word(session, "Certainly reduced, by cause");
  table.columns = {column(session, "cause", "Because", true), column(session, "count", "Reduced"),
                   column(session, "nodes", "Among them", true)};
  const std::vector<ReducedCause> rows = reductions_by_cause(view, answer);
  std::vector<Subject> rest;
  for (const ReducedCause& row : rows) {
    if (table.rows.size() >= most_rows && rows.size() > most_rows + 1) {
      rest.insert(rest.end(), row.reduced.begin(), row.reduced.end());
      continue;
    }
    std::vector<Subject> others = row.reduced;
    std::erase(others, row.cause);
    const std::string name = short_name(names, snapshot, row.cause);
    const NodeCapacity* left = capacity_of(answer.state.bounds[optimistic], row.cause);
    const std::string why =
        left == nullptr ? name : say(session, "{}: at most {} left", name, percent_text(left->high, left->high));
    table.rows.push_back({why, static_cast<std::int64_t>(row.reduced.size()), short_list(names, snapshot, others, 5)});
  }
  if (!rest.empty()) {
    std::ranges::stable_sort(rest, {}, [&](const Subject& s) { return weight_of(view, s); });
    table.rows.push_back(
        {word(session, "others"), static_cast<std::int64_t>(rest.size()), short_list(names, snapshot, rest, 5)});
  }
  return table;
}

Table lost_table(Names& names, const Snapshot& snapshot, const WhatIf& answer, RowLimit& limit) {
  const Session& session = names.session();
  std::vector<Subject> rows = failures({&answer.state, answer.adapted ? &*answer.adapted : nullptr});
  // There are few kinds of rows and may be millions of each.
  std::map<std::tuple<int, bool>, std::vector<Subject>> kinds;
  const bool is_equal = readings_are_equal(answer.state);
  const auto comes_first = [&](const Subject& s) { return (is_equal && !answer.adapted) || is_certain(answer, s); };
  for (const Subject& s : rows) kinds[{class_of(snapshot, s), !comes_first(s)}].push_back(s);
  rows.clear();
  for (const auto& [kind, some] : kinds) rows.insert(rows.end(), some.begin(), some.end());
  shorten(rows, limit);
  Table table;
  table.title = word(session, "Impossible");
  table.columns = {column(session, "node", "Node", true), column(session, "type", "Type")};
  if (!is_equal) table.columns.push_back(column(session, "when", "Condition"));
  if (answer.adapted) table.columns.push_back(column(session, "adapted", "Adapted"));
  table.columns.push_back(column(session, "why", "For want of", true));
  const auto when = [&](const WhatIfState& state, const Subject& subject) {
    const bool any = fails(state.bounds[optimistic], subject), all_needed = fails(state.bounds[pessimistic], subject);
    return word(session, any ? "always" : all_needed ? "all variants needed" : "possible");
  };
  for (const Subject& subject : rows) {
    const bool is_flow = subject.customer != no_vertex;
    std::vector<Cell> row{
        subject_name(names, snapshot, subject),
        is_flow ? word(session, "delivery") : names.type_label(std::string(snapshot.id(subject.node)))};
    if (!is_equal) row.emplace_back(when(answer.state, subject));
    if (answer.adapted) {
      const bool any = fails(answer.adapted->bounds[optimistic], subject),
                 every = fails(answer.adapted->bounds[pessimistic], subject);
      row.emplace_back(word(session, any ? "impossible" : every ? "all variants needed" : "possible"));
    }
    std::vector<Subject> causes = causes_of(answer, subject);
    if (causes.size() > 1) std::erase(causes, subject);
    const bool is_own = causes.empty() || causes.front() == subject;
    row.emplace_back(is_removed(answer, subject) ? word(session, "removed")
                     : is_own                    ? word(session, "its suppliers")
                                                 : short_list(names, snapshot, causes, 3));
    table.rows.push_back(std::move(row));
  }
  return table;
}

}  // namespace chokepoint::detail
