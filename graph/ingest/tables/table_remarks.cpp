#include "ingest/tables/column_survey.hpp"
#include "ingest/tables/column_words.hpp"
#include "ingest/tables/table_input.hpp"
#include "ingest/tables/year_columns.hpp"

#include <fmt/format.h>

#include <utility>

namespace chokepoint::detail {

/// A column that may hold what flows, where nothing says what does.
std::string TableInput::item_remark(const TableLayout& layout) const {
  if (layout.kind != FlatKind::edges || layout.is_ours || find_column(layout.columns, Target::item) != nullptr)
    return {};
  const std::string& type = options_.edge_type.empty() ? layout.edge_type : options_.edge_type;
  const auto number = ontology_.edge_type(type);
  if (!number || ontology_.edge_types()[*number].role != Role::flow) return {};
  for (const FlatColumn& column : layout.columns)
    if (column.target == Target::attribute && ColumnWords::standard().may_be_item(header_word(column.name)))
      return fmt::format(
          "column {}: kept as an attribute; --map \"{}=item\" makes it what flows, so that losing a "
          "supplier can stop it",
          column.name, column.name);
  return {};
}

/// A column of several names a cell, of which edges could be made: `suppliers` beside a company.
std::string TableInput::list_remark(const TableLayout& layout) const {
  if (layout.kind != FlatKind::nodes || layout.is_ours || layout.is_mixed) return {};
  for (const FlatColumn& column : layout.columns) {
    std::string word = header_word(column.name);
    if (column.target != Target::attribute || !word.ends_with('s')) continue;
    word.pop_back();
    if (!ColumnWords::standard().end_in({word}, true) && !ColumnWords::standard().end_in({word}, false)) continue;
    return fmt::format(
        "column {}: kept as an attribute, and makes no edges; a table with a row for each pair, and {} as a "
        "column of one name, would",
        column.name, word);
  }
  return {};
}

/// Columns that are called like years, of which figures could be made.
std::string TableInput::year_remark(const TableLayout& layout) {
  if (layout.is_ours || layout.kind == FlatKind::figures) return {};
  std::vector<std::string> years;
  for (const FlatColumn& column : layout.columns)
    if (column.target == Target::attribute && !column.is_told && !year_in(column.name).empty())
      years.push_back(column.name);
  if (years.size() < 2) return {};
  return fmt::format("the {} columns from {} to {} are called like years and are kept as attributes; {}", years.size(),
                     years.front(), years.back(),
                     layout.kind == FlatKind::nodes
                         ? "--years INDICATOR makes a figure of each cell"
                         : "--years share or --years amount makes an edge of each cell, as of the year");
}

std::vector<std::string> TableInput::remarks() const {
  std::vector<std::string> lines = told_;
  for (const Part& part : parts_)
    if (const std::string line = year_remark(part.layout); !line.empty()) lines.push_back(line);
  for (const Part& part : parts_)
    if (const std::string line = list_remark(part.layout); !line.empty()) lines.push_back(line);
  for (const Part& part : parts_)
    if (!part.rules.as_of.empty() && part.layout.kind == FlatKind::edges &&
        find_column(part.layout.columns, Target::as_of) == nullptr)
      lines.push_back(fmt::format("{}: the sheet is called by a year; its shares and amounts are as of that",
                                  tables_[part.table].file));
  for (const auto& [table, count] : trimmed_)
    if (count > 0)
      lines.push_back(fmt::format("{}: blanks around the text of {} cell{} were left out", tables_[table].file, count,
                                  count == 1 ? "" : "s"));
  for (const auto& [table, line] : totals_told_)
    if (!line.empty()) lines.push_back(tables_[table].file + ": " + line);
  for (const Part& part : parts_)
    for (const FlatColumn& column : part.layout.columns)
      if (column.target == Target::share && !part.layout.is_ours && !column.reading)
        if (std::string line = fraction_remark(column); !line.empty()) lines.push_back(std::move(line));
  for (const std::string& why : left_out_) lines.push_back(why + "; left out");
  for (const Part& part : parts_) {
    if (part.layout.kind != FlatKind::edges || part.layout.edge_type.empty() || !options_.edge_type.empty()) continue;
    if (find_column(part.layout.columns, Target::type) == nullptr)
      lines.push_back(
          fmt::format("{}: no column names the type of the edges; taken as {}: --edge-type TYPE says otherwise",
                      tables_[part.table].file, part.layout.edge_type));
  }
  for (const Part& part : parts_)
    if (const std::string line = item_remark(part.layout); !line.empty()) lines.push_back(line);
  for (std::string& line : edge_reader_.remarks()) lines.push_back(std::move(line));
  for (std::string& line : remarks_.lines()) lines.push_back(std::move(line));
  return lines;
}

}  // namespace chokepoint::detail
