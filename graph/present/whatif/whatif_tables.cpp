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

}  // namespace

std::string since_text(const Session& session, const Snapshot& snapshot, const PolicyResponse& response) {
  std::vector<std::string> texts;
  for (const Edge& edge : edge_of(session, snapshot, response.arc)) texts.push_back(edge.since);
  texts.push_back(since_of_node(session, snapshot, response.response));
  return as_stored(response.since, texts);
}

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

bool is_open(const WhatIf& answer, const PolicyResponse& response) {
  return std::ranges::any_of(answer.responses, [&](const PolicyResponse& each) {
    return each.response == response.response && each.to == response.to && each.closed_by == no_vertex;
  });
}

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
    const std::string closed =
        response.closed_by == no_vertex ? std::string() : std::string(snapshot.id(response.closed_by));
    std::vector<Cell> row{names.named(std::string(snapshot.id(response.response)))};
    if (policies.size() > 1) row.emplace_back(names.named(std::string(snapshot.id(response.to))));
    row.insert(row.end(),
               {since_text(session, snapshot, response), names.named(closed), closed_text(session, snapshot, response),
                is_open(answer, response), citations_of(session, snapshot, {response.arc})});
    table.rows.push_back(std::move(row));
  }
  return table;
}

}  // namespace chokepoint::detail
