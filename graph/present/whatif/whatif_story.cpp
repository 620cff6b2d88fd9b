// What may be lost, what is left, and what no longer arrives.
#include "present/whatif/whatif_story.hpp"

#include "chokepoint/analysis/requirements.hpp"
#include "chokepoint/store/reader.hpp"
#include "present/whatif/subject_names.hpp"
#include "present/whatif/whatif_readings.hpp"
#include "present/words/chain.hpp"
#include "present/words/wording.hpp"
#include "support/vertex_lists.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <tuple>
#include <type_traits>

namespace chokepoint::detail {

namespace {

/// Deliveries of several things to several customers that lack the same suppliers.
struct Arrivals {
  Vertex policy = no_vertex;
  std::vector<Vertex> items, customers;
  std::vector<Subject> whole, partly;  ///< suppliers that are cut off for certain, and perhaps
  std::vector<Arc> arcs;               ///< that say so
};

/// Puts rows together that are alike but for one of their lists.
template <class Key>
std::vector<Arrivals> united(const std::vector<Arrivals>& rows, std::vector<Vertex> Arrivals::*list,
                             const Key& key_of) {
  std::vector<Arrivals> out;
  std::map<std::invoke_result_t<Key, const Arrivals&>, std::size_t> place;
  for (const Arrivals& row : rows) {
    const auto [found, is_new] = place.try_emplace(key_of(row), out.size());
    if (is_new) {
      out.push_back(row);
      continue;
    }
    Arrivals& known = out[found->second];
    (known.*list).insert((known.*list).end(), (row.*list).begin(), (row.*list).end());
    for (const Arc e : row.arcs)
      if (std::ranges::find(known.arcs, e) == known.arcs.end()) known.arcs.push_back(e);
  }
  return out;
}

/// What is cut: first each delivery that loses a supplier for certain, then those that perhaps do, equal ones together.
std::vector<Arrivals> arrivals_of(const std::vector<PolicyCut>& cuts) {
  std::map<std::pair<Vertex, Flow>, Arrivals> told;
  for (const PolicyCut& cut : cuts) {
    Arrivals& row = told[{cut.policy, cut.flow}];
    row.policy = cut.policy;
    row.items = {cut.flow.item};
    row.customers = {cut.flow.customer};
    auto& list = cut.is_whole ? row.whole : row.partly;
    if (std::ranges::find(list, cut.supplier) == list.end()) list.push_back(cut.supplier);
    for (const Arc e : {cut.restriction, cut.row})
      if (e != no_arc && std::ranges::find(row.arcs, e) == row.arcs.end()) row.arcs.push_back(e);
  }
  std::vector<Arrivals> rows;
  for (auto& [key, row] : told) {
    std::erase_if(row.partly, [&](const Subject& s) { return std::ranges::find(row.whole, s) != row.whole.end(); });
    std::ranges::sort(row.whole);
    std::ranges::sort(row.partly);
    rows.push_back(std::move(row));
  }
  const auto first_doubt = std::ranges::stable_partition(rows, [](const Arrivals& row) { return !row.whole.empty(); });
  std::vector<Arrivals> perhaps(first_doubt.begin(), first_doubt.end());
  rows.erase(first_doubt.begin(), rows.end());
  perhaps = united(perhaps, &Arrivals::customers,
                   [](const Arrivals& row) { return std::tuple(row.policy, row.items, row.partly); });
  perhaps = united(perhaps, &Arrivals::items,
                   [](const Arrivals& row) { return std::tuple(row.policy, row.customers, row.partly); });
  rows.insert(rows.end(), perhaps.begin(), perhaps.end());
  return rows;
}

/// The first sources of some edges by their ids, and how many more there are.
std::string sources_text(const Session& session, const Snapshot& snapshot, const std::vector<Arc>& arcs) {
  constexpr std::size_t most = 1;
  std::vector<std::string> sources;
  for (const Arc e : arcs)
    for (const Edge& edge : session.reader().edges(std::vector{snapshot.columns().edge_key[e]}))
      for (const Citation& citation : edge.sources)
        if (std::ranges::find(sources, citation.source) == sources.end()) sources.push_back(citation.source);
  std::string text;
  for (std::size_t i = 0; i < std::min(most, sources.size()); ++i) append_part(session, text, sources[i]);
  if (sources.size() > most) text += fmt::format(" +{}", sources.size() - most);
  return text;
}

}  // namespace

Table left_table(Names& names, const Snapshot& snapshot, const WhatIf& answer, const std::optional<Subject>& target,
                 RowLimit& limit) {
  const Session& session = names.session();
  const auto& bounds = answer.state.bounds;
  std::vector<Subject> order;
  if (target) {
    order.push_back(*target);
  } else {
    for (const WhatIfBound& bound : bounds)
      for (const NodeCapacity& node : bound.capacity) {
        if (!node.is_less()) continue;
        const bool is_gone = fails(bounds[optimistic], node.subject) && fails(bounds[pessimistic], node.subject);
        if (is_gone && !answer.adapted) continue;
        const bool comes_back = answer.adapted && left_in(*answer.adapted, node.subject).high > 0;
        // What only may be lost is told by its cause; a policy's answer counts every change.
        const bool is_certain = left_in(answer.state, node.subject).high < 1 - 1e-9 || answer.baseline.has_value();
        if ((!is_gone && is_certain) || comes_back) order.push_back(node.subject);
      }
    // What a policy that is left out took, and nobody misses any more.
    if (answer.baseline)
      for (const WhatIfBound& bound : answer.baseline->bounds)
        for (const NodeCapacity& node : bound.capacity)
          if (left_in(answer.state, node.subject).high > left_in(*answer.baseline, node.subject).high + 1e-9 ||
              left_in(answer.state, node.subject).low > left_in(*answer.baseline, node.subject).low + 1e-9)
            order.push_back(node.subject);
    sort_unique(order);
  }
  std::ranges::stable_sort(order, {}, [&](const Subject& s) {
    const int kind = class_of(snapshot, s);
    return std::tuple(kind > 1 ? kind : 0, left_in(answer.state, s).high, left_in(answer.state, s).low, kind);
  });
  shorten(order, limit);
  const bool is_equal = std::ranges::all_of(
      order, [&](const Subject& s) { return left_of(bounds[optimistic], s) == left_of(bounds[pessimistic], s); });
  Table table;
  table.title = word(session, "What is left");
  table.columns = {column(session, "node", "Node", true)};
  const auto before = [&](const Subject& s) {
    return answer.baseline ? left_in(*answer.baseline, s) : left_before(answer.state, s);
  };
  const bool has_before =
      answer.baseline || std::ranges::any_of(order, [&](const Subject& s) { return before(s) != Interval{}; });
  if (has_before) table.columns.push_back(column(session, "before", "Before"));
  if (is_equal) {
    table.columns.push_back(column(session, "left", "Left"));
  } else {
    table.columns.push_back(column(session, "any", "Variants any"));
    table.columns.push_back(column(session, "all", "Variants all"));
  }
  if (answer.adapted) table.columns.push_back(column(session, "adapted", "Adapted"));
  table.columns.push_back(column(session, "binding", "Binding", true));
  const auto text_of = [](const Interval& left) { return percent_text(left.low, left.high); };
  for (const Subject& subject : order) {
    std::vector<Subject> ends = binding_in(answer.state, subject);
    std::erase(ends, subject);
    std::vector<Cell> row{subject_name(names, snapshot, subject)};
    if (has_before) row.emplace_back(text_of(before(subject)));
    row.emplace_back(text_of(left_of(bounds[optimistic], subject)));
    if (!is_equal) row.emplace_back(text_of(left_of(bounds[pessimistic], subject)));
    if (answer.adapted) row.emplace_back(text_of(left_in(*answer.adapted, subject)));
    const bool is_as_before = ends.empty() && !answer.baseline && before(subject) == left_in(answer.state, subject) &&
                              before(subject) != Interval{};
    row.emplace_back(is_as_before ? word(session, "as before") : short_list(names, snapshot, ends, 4));
    table.rows.push_back(std::move(row));
  }
  return table;
}

Table arrival_table(Names& names, const Snapshot& snapshot, const std::vector<PolicyCut>& cuts, std::string_view title,
                    RowLimit& limit) {
  const Session& session = names.session();
  const std::vector<Arrivals> all = arrivals_of(cuts);
  std::set<Vertex> policies;
  std::size_t deliveries = 0;
  for (const Arrivals& row : all) {
    policies.insert(row.policy);
    deliveries += row.items.size() * row.customers.size();
  }
  std::vector<Arrivals> rows = all;
  shorten(rows, limit);
  limit.hidden = 0;
  for (std::size_t i = rows.size(); i < all.size(); ++i) limit.hidden += all[i].items.size() * all[i].customers.size();
  Table table;
  table.title = fmt::format("{} ({})", word(session, title), deliveries);
  table.columns = {column(session, "flow", "Delivery", true)};
  if (policies.size() > 1) table.columns.push_back(column(session, "by", "By", true));
  table.columns.push_back(column(session, "suppliers", "From", true));
  table.columns.push_back(column(session, "sources", "Sources", true));
  const auto label = [&](Vertex v) { return names.label(std::string(snapshot.id(v))); };
  const auto labels = [&](const std::vector<Vertex>& some) {
    std::string text;
    for (const Vertex v : some) text += std::string(text.empty() ? "" : list_comma(session)) + label(v);
    return text;
  };
  for (const Arrivals& row : rows) {
    std::vector<Cell> cells{say(session, "{} for {}", labels(row.items), labels(row.customers))};
    if (policies.size() > 1) cells.emplace_back(label(row.policy));
    std::string suppliers = short_list(names, snapshot, row.whole);
    if (!row.partly.empty())
      append_part(session, suppliers, say(session, "perhaps {}", short_list(names, snapshot, row.partly)));
    cells.emplace_back(suppliers);
    cells.emplace_back(sources_text(session, snapshot, row.arcs));
    table.rows.push_back(std::move(cells));
  }
  return table;
}

}  // namespace chokepoint::detail
