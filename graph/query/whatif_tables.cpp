#include "query/whatif_tables.hpp"

#include "query/chain.hpp"
#include "query/facts.hpp"
#include "query/wording.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <tuple>

namespace chokepoint::detail {

namespace {

constexpr std::size_t optimistic = 0, pessimistic = 1;

/// What an answer says about one node in one state: how much is left in each reading.
class StateValues {
 public:
  explicit StateValues(const WhatIfState& state) {
    for (const std::size_t reading : {optimistic, pessimistic})
      for (const NodeCapacity& node : state.bounds[reading].capacity) values_[reading].emplace(node.subject, &node);
  }

  [[nodiscard]] Interval of(std::size_t reading, const Subject& subject) const {
    const auto found = values_[reading].find(subject);
    return found == values_[reading].end() ? Interval{} : Interval{found->second->low, found->second->high};
  }
  [[nodiscard]] Interval both(const Subject& subject) const {
    const Interval any = of(optimistic, subject), all = of(pessimistic, subject);
    return {std::min(any.low, all.low), std::max(any.high, all.high)};
  }
  [[nodiscard]] const NodeCapacity* entry(std::size_t reading, const Subject& subject) const {
    const auto found = values_[reading].find(subject);
    return found == values_[reading].end() ? nullptr : found->second;
  }

 private:
  std::array<std::map<Subject, const NodeCapacity*>, 2> values_;
};

/// Everything that fails in one reading, flows included; sorted.
std::set<Subject> failures(const WhatIfBound& bound) {
  std::set<Subject> all;
  for (const Vertex v : bound.impossible) all.insert(Subject{v});
  for (const Flow& flow : bound.flows) all.insert(Subject{flow.item, flow.customer});
  return all;
}

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

}  // namespace

Table impossible_table(Names& names, const Snapshot& snapshot, const WhatIf& answer) {
  const Session& session = names.session();
  const bool is_adapted = answer.adapted.has_value();
  std::array<std::set<Subject>, 4> failed;
  for (const std::size_t reading : {optimistic, pessimistic}) {
    failed[reading] = failures(answer.state.bounds[reading]);
    if (is_adapted) failed[2 + reading] = failures(answer.adapted->bounds[reading]);
  }
  std::set<Subject> rows;
  for (const auto& some : failed) rows.insert(some.begin(), some.end());
  Table table;
  table.title = word(session, "Impossible");
  table.columns = {column(session, "node", "Node", true), column(session, "type", "Type"),
                   column(session, "any", "Variants any"), column(session, "all", "Variants all")};
  if (is_adapted) {
    table.columns.push_back(column(session, "adapted_any", "Adapted, any"));
    table.columns.push_back(column(session, "adapted_all", "Adapted, all"));
  }
  for (const Subject& subject : rows) {
    const bool is_flow = subject.customer != no_vertex;
    std::vector<Cell> row{subject_name(names, snapshot, subject),
                          is_flow ? word(session, "delivery") : names.type_label(std::string(snapshot.id(subject.node)))};
    for (std::size_t i = 0; i < (is_adapted ? 4U : 2U); ++i) row.emplace_back(failed[i].contains(subject));
    table.rows.push_back(std::move(row));
  }
  return table;
}

Table capacity_table(Names& names, const Snapshot& snapshot, const WhatIf& answer, const std::optional<Subject>& target,
                     std::size_t limit, std::size_t& hidden) {
  const Session& session = names.session();
  const bool has_policy = answer.adapted.has_value();
  const StateValues now(answer.state);
  std::optional<StateValues> before, adapted;
  if (has_policy) {
    before.emplace(*answer.baseline);
    adapted.emplace(*answer.adapted);
  }
  const std::array failed{failures(answer.state.bounds[optimistic]), failures(answer.state.bounds[pessimistic])};
  std::set<Subject> rows;
  if (target) {
    rows.insert(*target);
  } else {
    for (const WhatIfBound& bound : answer.state.bounds)
      for (const NodeCapacity& node : bound.capacity) {
        const bool is_gone = failed[optimistic].contains(node.subject) && failed[pessimistic].contains(node.subject);
        const bool comes_back = has_policy && adapted->both(node.subject).high > 0;
        if (node.is_less && (!is_gone || comes_back)) rows.insert(node.subject);
      }
  }
  std::vector<Subject> order(rows.begin(), rows.end());
  std::ranges::stable_sort(order, {}, [&](const Subject& s) {
    return std::tuple(now.of(optimistic, s).high, now.of(pessimistic, s).low);
  });
  hidden = limit > 0 && order.size() > limit ? order.size() - limit : 0;
  order.resize(order.size() - hidden);
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
    const NodeCapacity* entry = now.entry(pessimistic, subject);
    if (entry == nullptr) entry = now.entry(optimistic, subject);
    if (entry != nullptr)
      for (const Subject& end : entry->binding)
        if (end != subject) append_part(session, ends, subject_name(names, snapshot, end));
    std::vector<Cell> row{subject_name(names, snapshot, subject)};
    if (has_policy) row.emplace_back(interval_text(before->both(subject)));
    row.emplace_back(interval_text(now.of(optimistic, subject)));
    row.emplace_back(interval_text(now.of(pessimistic, subject)));
    if (has_policy) row.emplace_back(interval_text(adapted->both(subject)));
    row.emplace_back(ends);
    table.rows.push_back(std::move(row));
  }
  return table;
}

Table unmet_table(Names& names, const Snapshot& snapshot, const WhatIf& answer) {
  const Session& session = names.session();
  Table table;
  table.title = word(session, "Unmet needs of places");
  table.columns = {column(session, "place", "Place", true), column(session, "item", "Lacks", true),
                   column(session, "sources", "Sources", true)};
  for (const UnmetNeed& need : answer.state.bounds[pessimistic].unmet)
    table.rows.push_back({names.named(std::string(snapshot.id(need.place))), names.named(std::string(snapshot.id(need.item))),
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
  table.columns = {column(session, "response", "Response", true), column(session, "since", "Since"),
                   column(session, "closed_by", "Closed by", true), column(session, "closed_since", "Closed"),
                   column(session, "counts", "Open then"), column(session, "sources", "Sources", true)};
  if (policies.size() > 1) table.columns.insert(table.columns.begin() + 1, column(session, "to", "To", true));
  const auto day = [](const std::optional<Date>& date) { return date ? to_string(*date) : std::string(); };
  for (const PolicyResponse& response : answer.response_history) {
    const auto counts = std::ranges::any_of(answer.responses, [&](const PolicyResponse& each) {
      return each.response == response.response && each.to == response.to && each.closed_by == no_vertex;
    });
    const std::string closed =
        response.closed_by == no_vertex ? std::string() : std::string(snapshot.id(response.closed_by));
    std::vector<Cell> row{names.named(std::string(snapshot.id(response.response)))};
    if (policies.size() > 1) row.emplace_back(names.named(std::string(snapshot.id(response.to))));
    row.insert(row.end(), {day(response.since), names.named(closed), day(response.closed_since), counts,
                           citations_of(session, snapshot, {response.arc})});
    table.rows.push_back(std::move(row));
  }
  return table;
}

}  // namespace chokepoint::detail
