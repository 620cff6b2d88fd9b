#include "ingest/tables/own_tables.hpp"

#include "chokepoint/model/json.hpp"
#include "chokepoint/model/text.hpp"
#include "ingest/tables/flat_values.hpp"

#include <array>
#include <string>
#include <utility>
#include <vector>

namespace chokepoint::detail {

namespace {

constexpr std::array source_fields{std::pair{std::string_view("source_id"), &Source::id},
                                   std::pair{std::string_view("source_title"), &Source::title},
                                   std::pair{std::string_view("publisher"), &Source::publisher},
                                   std::pair{std::string_view("source_date"), &Source::date},
                                   std::pair{std::string_view("language"), &Source::language},
                                   std::pair{std::string_view("url"), &Source::url},
                                   std::pair{std::string_view("license"), &Source::license}};

bool has_all(const FlatTable& table, std::initializer_list<std::string_view> names) {
  for (const std::string_view name : names) {
    bool is_there = false;
    for (const RawColumn& column : table.columns()) is_there = is_there || fold(column.name) == name;
    if (!is_there) return false;
  }
  return true;
}

/// A column of attributes, or one that is ignored.
FlatColumn own_column(const RawColumn& raw) {
  FlatColumn column;
  column.name = raw.name;
  column.type = raw.type;
  take_dotted_name(column, FlatKind::edges, own_name(raw.name, column.type));
  return column;
}

}  // namespace

std::optional<TableLayout> own_figures(const FlatTable& table) {
  if (table.kind() || !has_all(table, {"subject", "indicator", "value", "sources"})) return std::nullopt;
  TableLayout layout;
  layout.kind = FlatKind::figures;
  layout.is_ours = true;
  for (const RawColumn& raw : table.columns()) {
    FlatColumn& column = layout.columns.emplace_back();
    column = own_column(raw);
    column.target = target_of_name(FlatKind::figures, fold(raw.name)).value_or(column.target);
    if (fold(raw.name) == "id") column.target = Target::id;
    if (column.target == Target::source || column.target == Target::locator) column.target = Target::ignored;
  }
  return layout;
}

bool take_own_sources(const FlatTable& table, ForeignSources& sources, InputRemarks& remarks) {
  if (table.kind() || !has_all(table, {"source_id", "source_title"})) return false;
  const auto rows = table.rows([](std::uint64_t) {});
  std::vector<FlatColumn> columns;
  for (const RawColumn& raw : table.columns()) columns.push_back(own_column(raw));
  FlatRow row;
  while (rows->next(row)) {
    if (!row.fault.empty()) continue;
    Source source;
    Json attributes = Json::object();
    for (std::size_t i = 0; i < columns.size(); ++i) {
      for (const auto& [name, member] : source_fields)
        if (fold(columns[i].name) == name) source.*member = row.values[i];
      if (columns[i].target == Target::attribute && !row.values[i].empty())
        attributes.set(columns[i].key, attribute_value(columns[i], row.values[i], remarks));
    }
    if (!attributes.as_object().empty()) source.attributes = canonical(attributes);
    if (is_valid_id(source.id)) sources.add(std::move(source));
  }
  return true;
}

}  // namespace chokepoint::detail
