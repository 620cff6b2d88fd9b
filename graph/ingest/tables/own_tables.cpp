#include "ingest/tables/own_tables.hpp"

#include "chokepoint/model/text.hpp"

#include <array>
#include <string>
#include <utility>

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

}  // namespace

std::optional<TableLayout> own_figures(const FlatTable& table) {
  if (table.kind() || !has_all(table, {"subject", "indicator", "value", "sources"})) return std::nullopt;
  TableLayout layout;
  layout.kind = FlatKind::figures;
  layout.is_ours = true;
  for (const RawColumn& raw : table.columns()) {
    FlatColumn& column = layout.columns.emplace_back();
    column.name = raw.name;
    column.type = raw.type;
    column.target = target_of_name(FlatKind::figures, fold(raw.name)).value_or(Target::ignored);
    if (column.target == Target::source || column.target == Target::locator) column.target = Target::ignored;
    if (column.target == Target::ignored) take_dotted_name(column, FlatKind::edges, raw.name);
  }
  return layout;
}

bool take_own_sources(const FlatTable& table, ForeignSources& sources) {
  if (table.kind() || !has_all(table, {"source_id", "source_title"})) return false;
  const auto rows = table.rows([](std::uint64_t) {});
  FlatRow row;
  while (rows->next(row)) {
    if (!row.fault.empty()) continue;
    Source source;
    for (std::size_t i = 0; i < table.columns().size(); ++i)
      for (const auto& [name, member] : source_fields)
        if (fold(table.columns()[i].name) == name) source.*member = row.values[i];
    if (is_valid_id(source.id)) sources.add(std::move(source));
  }
  return true;
}

}  // namespace chokepoint::detail
