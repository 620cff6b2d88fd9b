#include "present/words/facts.hpp"

namespace chokepoint::detail {

namespace {

Cell text_cell(const std::string& text) { return text.empty() ? Cell{} : Cell{text}; }
Cell number_cell(const std::optional<double>& value) { return value ? Cell{*value} : Cell{}; }

/// Machine names are their own titles: these tables are for programs.
std::vector<TableColumn> columns(std::initializer_list<const char*> keys) {
  std::vector<TableColumn> out;
  for (const char* key : keys) out.push_back({key, key});
  return out;
}

}  // namespace

Cell value_cell(const Json& value) {
  if (value.is_string()) return value.as_string();
  if (value.is_bool()) return value.as_bool();
  if (const auto whole = value.to_integer()) return *whole;
  if (const auto number = value.to_double()) return *number;
  return {};
}

Table edge_data(std::span<const Edge> edges) {
  Table table;
  table.columns =
      columns({"id",     "type",  "from",        "to",    "item",       "market", "origin",       "share",
               "amount", "unit",  "performance", "as_of", "bound",      "status", "significance", "confidence",
               "since",  "until", "group",       "k",     "attributes", "sources"});
  for (const Edge& edge : edges) {
    table.rows.push_back({edge.id,
                          edge.type,
                          edge.from,
                          edge.to,
                          text_cell(edge.item),
                          text_cell(edge.market),
                          text_cell(edge.origin),
                          number_cell(edge.share),
                          number_cell(edge.amount),
                          text_cell(edge.unit),
                          number_cell(edge.performance),
                          text_cell(edge.as_of),
                          std::string(to_string(edge.bound)),
                          std::string(to_string(edge.status)),
                          text_cell(std::string(to_string(edge.significance))),
                          number_cell(edge.confidence),
                          text_cell(edge.since),
                          text_cell(edge.until),
                          text_cell(edge.group),
                          edge.k ? Cell{std::int64_t{*edge.k}} : Cell{},
                          text_cell(edge.attributes),
                          text_cell(citations_text(edge.sources))});
  }
  return table;
}

Table observation_data(std::span<const Observation> observations) {
  Table table;
  table.columns = columns({"id", "subject", "indicator", "value", "value_high", "unit", "item", "market", "relative_to",
                           "as_of", "since", "until", "bound", "status", "confidence", "attributes", "sources"});
  for (const Observation& o : observations) {
    table.rows.push_back({o.id, o.subject, o.indicator, value_cell(o.value), number_cell(o.value_high),
                          text_cell(o.unit), text_cell(o.item), text_cell(o.market), text_cell(o.relative_to),
                          text_cell(o.as_of), text_cell(o.since), text_cell(o.until), std::string(to_string(o.bound)),
                          std::string(to_string(o.status)), number_cell(o.confidence), text_cell(o.attributes),
                          text_cell(citations_text(o.sources))});
  }
  return table;
}

}  // namespace chokepoint::detail
