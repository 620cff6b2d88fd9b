#include "present/whatif/whatif_tables.hpp"

#include "chokepoint/query/measures.hpp"
#include "chokepoint/store/reader.hpp"
#include "present/whatif/whatif_readings.hpp"
#include "present/words/chain.hpp"
#include "present/words/facts.hpp"
#include "present/words/wording.hpp"
#include "support/vertex_lists.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

namespace chokepoint::detail {

namespace {

std::string interval_text(const Interval& interval) { return percent_text(interval.low, interval.high); }

std::string citations_of(const Session& session, const Snapshot& snapshot, const std::vector<Arc>& arcs) {
  std::string text;
  std::set<std::string> seen;
  for (const Arc e : arcs) {
    if (e == no_arc) continue;
    for (const Edge& edge : session.reader().edges(std::vector{snapshot.columns().edge_key[e]}))
      for (const Citation& citation : edge.sources)
        if (const std::string one = citations_text({&citation, 1}); seen.insert(one).second)
          append_part(session, text, one);
  }
  return text;
}

/// The day as one of the texts it may have been read from has it: a stored `2022-11` stays that.
std::string as_stored(const std::optional<Date>& day, const std::vector<std::string>& texts) {
  if (!day) return {};
  for (const std::string& text : texts) {
    const auto period = parse_partial_date(text);
    if (period && period->first == *day) return text;
  }
  return to_string(*day);
}

std::vector<Edge> edge_of(const Session& session, const Snapshot& snapshot, Arc e) {
  return session.reader().edges(std::vector{snapshot.columns().edge_key[e]});
}

std::string since_of_node(const Session& session, const Snapshot& snapshot, Vertex v) {
  const auto node = session.reader().node(snapshot.id(v));
  return node ? node->since : std::string();
}

std::string since_text(const Session& session, const Snapshot& snapshot, const PolicyResponse& response) {
  std::vector<std::string> texts;
  for (const Edge& edge : edge_of(session, snapshot, response.arc)) texts.push_back(edge.since);
  texts.push_back(since_of_node(session, snapshot, response.response));
  return as_stored(response.since, texts);
}

/// Since when the later policy has closed the response: by its own dates, or those of what it restricts.
std::string closed_text(const Session& session, const Snapshot& snapshot, const PolicyResponse& response) {
  if (response.closed_by == no_vertex) return {};
  std::vector<std::string> texts;
  if (const auto policy = session.reader().node(snapshot.id(response.closed_by))) {
    const MeasureDates dates = dates_of(*policy);
    texts = {dates.effective, dates.since};
  }
  const auto range = snapshot.out_edges(response.closed_by);
  for (Arc e = range.first; e < range.last; ++e)
    if (snapshot.columns().to[e] == response.response)
      for (const Edge& edge : edge_of(session, snapshot, e)) texts.push_back(edge.since);
  return as_stored(response.closed_since, texts);
}

}  // namespace

Table impossible_table(Names& names, const Snapshot& snapshot, const WhatIf& answer, RowLimit& limit) {
  const Session& session = names.session();
  const bool is_adapted = answer.adapted.has_value();
  std::vector<const WhatIfBound*> states{&answer.state.bounds[optimistic], &answer.state.bounds[pessimistic]};
  if (is_adapted)
    for (const std::size_t reading : {optimistic, pessimistic}) states.push_back(&answer.adapted->bounds[reading]);
  std::vector<Subject> rows = failures({&answer.state, is_adapted ? &*answer.adapted : nullptr});
  shorten(rows, limit);
  Table table;
  table.title = word(session, "Impossible");
  table.columns = {column(session, "node", "Node", true), column(session, "type", "Type"),
                   column(session, "any", "Variants any"), column(session, "all", "Variants all")};
  if (is_adapted) {
    table.columns.push_back(column(session, "adapted_any", "Adapted, any"));
    table.columns.push_back(column(session, "adapted_all", "Adapted, all"));
  }
  constexpr std::size_t few = 1000;  // so many are as soon read from the database
  for (const Subject& subject : rows) {
    const bool is_flow = subject.customer != no_vertex;
    if (rows.size() > few && snapshot.has_names()) names.remember(ref_of(snapshot, subject.node));
    std::vector<Cell> row{
        subject_name(names, snapshot, subject),
        is_flow ? word(session, "delivery") : names.type_label(std::string(snapshot.id(subject.node)))};
    for (const WhatIfBound* bound : states) row.emplace_back(fails(*bound, subject));
    table.rows.push_back(std::move(row));
  }
  return table;
}

Table capacity_table(Names& names, const Snapshot& snapshot, const WhatIf& answer, const std::optional<Subject>& target,
                     RowLimit& limit) {
  const Session& session = names.session();
  const bool has_policy = answer.adapted.has_value();
  const WhatIfBound &any = answer.state.bounds[optimistic], &every = answer.state.bounds[pessimistic];
  std::vector<Subject> order;
  if (target) {
    order.push_back(*target);
  } else {
    for (const WhatIfBound& bound : answer.state.bounds)
      for (const NodeCapacity& node : bound.capacity) {
        if (!node.is_less()) continue;
        const bool is_gone = fails(any, node.subject) && fails(every, node.subject);
        const bool comes_back = has_policy && left_in(*answer.adapted, node.subject).high > 0;
        if (!is_gone || comes_back) order.push_back(node.subject);
      }
    sort_unique(order);
  }
  std::ranges::stable_sort(order, {},
                           [&](const Subject& s) { return std::tuple(left_of(any, s).high, left_of(every, s).low); });
  shorten(order, limit);
  Table table;
  table.title = word(session, "What is left");
  table.columns = {column(session, "node", "Node", true), column(session, "any", "Variants any"),
                   column(session, "all", "Variants all")};
  if (has_policy) {
    table.columns.insert(table.columns.begin() + 1, column(session, "before", "Before"));
    table.columns.push_back(column(session, "adapted", "Adapted"));
  }
  table.columns.push_back(column(session, "binding", "Binding", true));
  for (const Subject& subject : order) {
    std::string ends;
    for (const Subject& end : binding_in(answer.state, subject))
      if (end != subject) append_part(session, ends, subject_name(names, snapshot, end));
    std::vector<Cell> row{subject_name(names, snapshot, subject)};
    if (has_policy) row.emplace_back(interval_text(left_in(*answer.baseline, subject)));
    row.emplace_back(interval_text(left_of(any, subject)));
    row.emplace_back(interval_text(left_of(every, subject)));
    if (has_policy) row.emplace_back(interval_text(left_in(*answer.adapted, subject)));
    row.emplace_back(ends);
    table.rows.push_back(std::move(row));
  }
  return table;
}

Table unmet_table(Names& names, const Snapshot& snapshot, const WhatIf& answer, RowLimit& limit) {
  const Session& session = names.session();
  Table table;
  table.title = word(session, "Unmet needs of places");
  table.columns = {column(session, "place", "Place", true), column(session, "item", "Lacks", true),
                   column(session, "sources", "Sources", true)};
  std::vector<UnmetNeed> rows = answer.state.bounds[pessimistic].unmet;
  shorten(rows, limit);
  for (const UnmetNeed& need : rows)
    table.rows.push_back({names.named(std::string(snapshot.id(need.place))),
                          names.named(std::string(snapshot.id(need.item))),
                          citations_of(session, snapshot, {need.arc})});
  return table;
}

Table cut_table(Names& names, const Snapshot& snapshot, const std::vector<PolicyCut>& cuts, std::string_view title) {
  const Session& session = names.session();
  // A row that several edges of one policy restrict is told once.
  struct Told {
    bool is_whole = false;
    std::vector<Arc> arcs;
  };
  std::map<std::tuple<Flow, Subject, Vertex>, Told> told;
  std::set<Vertex> policies;
  for (const PolicyCut& cut : cuts) {
    Told& row = told[{cut.flow, cut.supplier, cut.policy}];
    row.is_whole = row.is_whole || cut.is_whole;
    row.arcs.insert(row.arcs.end(), {cut.restriction, cut.row});
    policies.insert(cut.policy);
  }
  Table table;
  table.title = word(session, title);
  table.columns = {column(session, "flow", "Delivery", true), column(session, "supplier", "From", true)};
  if (policies.size() > 1) table.columns.push_back(column(session, "policy", "By", true));
  table.columns.push_back(column(session, "left", "Left"));
  table.columns.push_back(column(session, "sources", "Sources", true));
  for (const auto& [key, row] : told) {
    const auto& [flow, supplier, policy] = key;
    std::vector<Cell> cells{subject_name(names, snapshot, Subject{flow.item, flow.customer}),
                            subject_name(names, snapshot, supplier)};
    if (policies.size() > 1) cells.emplace_back(names.named(std::string(snapshot.id(policy))));
    cells.emplace_back(row.is_whole ? percent_text(0, 0) : percent_text(0, 1));
    cells.emplace_back(citations_of(session, snapshot, row.arcs));
    table.rows.push_back(std::move(cells));
  }
  return table;
}

Table response_table(Names& names, const Snapshot& snapshot, const WhatIf& answer) {
  const Session& session = names.session();
  Table table;
  table.title = word(session, "Answers");
  std::set<Vertex> policies;
  for (const PolicyResponse& response : answer.response_history) policies.insert(response.to);
  table.columns = {column(session, "response", "Response", true),   column(session, "since", "Since"),
                   column(session, "closed_by", "Closed by", true), column(session, "closed_since", "Closed"),
                   column(session, "counts", "Open then"),          column(session, "sources", "Sources", true)};
  if (policies.size() > 1) table.columns.insert(table.columns.begin() + 1, column(session, "to", "To", true));
  for (const PolicyResponse& response : answer.response_history) {
    const auto counts = std::ranges::any_of(answer.responses, [&](const PolicyResponse& each) {
      return each.response == response.response && each.to == response.to && each.closed_by == no_vertex;
    });
    const std::string closed =
        response.closed_by == no_vertex ? std::string() : std::string(snapshot.id(response.closed_by));
    std::vector<Cell> row{names.named(std::string(snapshot.id(response.response)))};
    if (policies.size() > 1) row.emplace_back(names.named(std::string(snapshot.id(response.to))));
    row.insert(row.end(),
               {since_text(session, snapshot, response), names.named(closed), closed_text(session, snapshot, response),
                counts, citations_of(session, snapshot, {response.arc})});
    table.rows.push_back(std::move(row));
  }
  return table;
}

}  // namespace chokepoint::detail
