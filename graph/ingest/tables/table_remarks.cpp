#include "ingest/tables/column_survey.hpp"
#include "ingest/tables/column_words.hpp"
#include "ingest/tables/relation_hints.hpp"
#include "ingest/tables/table_hints.hpp"
#include "ingest/tables/table_input.hpp"
#include "ingest/tables/year_columns.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace chokepoint::detail {

/// A column that may hold what flows, where nothing says what does.
std::string TableInput::item_remark(const TableLayout& layout) const {
  if (layout.kind != FlatKind::edges || layout.is_ours || find_column(layout.columns, Target::item) != nullptr)
    return {};
  const std::string& type = options_.edge_type.empty() ? layout.edge_type : options_.edge_type;
  const auto number = ontology_.edge_type(type);
  if (!number || ontology_.edge_types()[*number].role != Role::flow) return {};
  const ColumnWords& known = ColumnWords::standard();
  const FlatColumn* best = nullptr;
  for (const FlatColumn& column : layout.columns) {
    if (column.target != Target::attribute || column.is_told || !known.may_be_item(header_word(column.name))) continue;
    if (best == nullptr || known.item_rank(header_word(column.name)) < known.item_rank(header_word(best->name)))
      best = &column;
  }
  if (best == nullptr) return {};
  return fmt::format(
      "column {}: kept as an attribute; --map \"{}=item\" makes it what flows, so that losing a "
      "supplier can stop it",
      best->name, best->name);
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

/// A period ends before the day that its end names, and people often mean the day, too.
std::string TableInput::day_end_remark() const {
  const FlatReader::DayEnd& end = reader_.day_end().empty() ? edge_reader_.day_end() : reader_.day_end();
  if (end.empty()) return {};
  return fmt::format(
      "column {}: an end such as {} is the first day that no longer counts; where the file means that day, too, give "
      "the next one",
      end.column, end.day);
}

/// Columns that may hold a field that another column has.
std::vector<std::string> rival_remarks(const TableLayout& layout) {
  std::vector<std::string> lines;
  for (const FlatColumn& column : layout.columns) {
    if (column.lost.empty()) continue;
    const auto winner = std::ranges::find_if(
        layout.columns, [&](const FlatColumn& other) { return told_field(other) == column.lost && &other != &column; });
    if (winner == layout.columns.end() || column.target != Target::attribute) continue;
    lines.push_back(
        fmt::format("columns {} and {} both may hold the field {}: {} does, and {} is kept as an attribute; --map "
                    "\"{}={}\" takes the other one",
                    winner->name, column.name, column.lost, winner->name, column.name, column.name, column.lost));
  }
  return lines;
}

std::vector<std::string> TableInput::hints() const {
  std::vector<std::string> lines;
  for (const Part& part : parts_) {
    auto lists = hints_of_lists(table(part.table), part.layout, tables_[part.table].path);
    if (lists.empty())
      if (std::string line = hint_of_relations(table(part.table), part.layout); !line.empty())
        lists.push_back(std::move(line));
    lines.insert(lines.end(), lists.begin(), lists.end());
  }
  std::vector<std::string> names;
  for (const PlacedTable& placed : tables_)
    if (!placed.table->kind() && !placed.table->name().empty() && placed.path == tables_.front().path)
      names.push_back(placed.table->name());
  if (names.size() > 1)
    lines.push_back(fmt::format("--table NAME, for each that is meant, reads only these of its tables: {}",
                                fmt::join(names, ", ")));
  return lines;
}

std::vector<std::string> TableInput::remarks() const {
  std::vector<std::string> lines = told_;
  for (const Part& part : parts_)
    if (const std::string line = year_remark(part.layout); !line.empty()) lines.push_back(line);
  for (const Part& part : parts_)
    for (std::string& line : hints_of_lists(table(part.table), part.layout, tables_[part.table].path))
      lines.push_back(std::move(line));
  for (const Part& part : parts_)
    for (std::string& line : hints_of_cells(table(part.table), part.layout, options_)) lines.push_back(std::move(line));
  for (const Part& part : parts_)
    if (!part.rules.as_of.empty() && part.layout.kind == FlatKind::edges &&
        find_column(part.layout.columns, Target::as_of) == nullptr)
      lines.push_back(fmt::format("{}: the sheet is called by a year; its shares and amounts are as of that",
                                  tables_[part.table].file));
  for (const auto& [table, count] : trimmed_)
    if (count > 0)
      lines.push_back(fmt::format("{}: blanks around the text of {} cell{} were left out", tables_[table].file, count,
                                  count == 1 ? "" : "s"));
  for (const auto& [table, count] : emptied_)
    if (count > 0)
      lines.push_back(
          fmt::format("{}: {} cell{} left empty, as --empty says", tables_[table].file, count, count == 1 ? "" : "s"));
  for (const auto& [table, notes] : notes_)
    if (notes.first > 0)
      lines.push_back(fmt::format("{}: {} row{} passed over as notes, the first of them row {}", tables_[table].file,
                                  notes.first, notes.first == 1 ? "" : "s", notes.second));
  for (const auto& [table, line] : totals_told_)
    if (!line.empty()) lines.push_back(tables_[table].file + ": " + line);
  for (const auto& [table, line] : nameless_told_)
    if (!line.empty()) lines.push_back(tables_[table].file + ": " + line);
  for (std::string line : {apart_.remark(), apart_.code_remark()})
    if (!line.empty()) lines.push_back(std::move(line));
  if (std::string line = day_end_remark(); !line.empty()) lines.push_back(std::move(line));
  for (const Part& part : parts_)
    for (std::string& line : rival_remarks(part.layout)) lines.push_back(std::move(line));
  for (const Part& part : parts_)
    for (const FlatColumn& column : part.layout.columns)
      if (column.target == Target::ignored && !column.trait.empty())
        lines.push_back(fmt::format("column {}: an attribute of the nodes in {}: {}", column.name,
                                    find_column(part.layout.columns, column.trait_of)->name, column.trait));
  for (const Part& part : parts_)
    if (std::string line = hint_of_attributes(table(part.table), part.layout); !line.empty())
      lines.push_back(std::move(line));
  for (const std::string& why : left_out_) lines.push_back(why + "; left out");
  for (const Part& part : parts_)
    if (!part.rules.node_type.empty() && options_.node_type.empty() && part.layout.kind == FlatKind::nodes &&
        find_column(part.layout.columns, Target::type) == nullptr)
      lines.push_back(fmt::format("{}: nothing names a type of nodes; taken as {}: --node-type TYPE says otherwise",
                                  tables_[part.table].path, part.rules.node_type));
  for (const Part& part : parts_) {
    if (part.layout.kind != FlatKind::edges || part.layout.edge_type.empty() || !options_.edge_type.empty()) continue;
    if (find_column(part.layout.columns, Target::type) == nullptr)
      lines.push_back(
          fmt::format("{}: no column names the type of the edges; taken as {}: --edge-type TYPE says otherwise",
                      tables_[part.table].file, part.layout.edge_type));
  }
  for (const Part& part : parts_) {
    const std::string line = item_remark(part.layout);
    const auto says_it = [&](const std::string& told) {
      return told.find(line.substr(0, line.find(':') + 1)) == 0 && told.find("=item\"") != std::string::npos;
    };
    if (!line.empty() && std::ranges::none_of(lines, says_it)) lines.push_back(line);
  }
  for (std::string& line : edge_reader_.remarks()) lines.push_back(std::move(line));
  for (std::string& line : remarks_.lines()) lines.push_back(std::move(line));
  return lines;
}

}  // namespace chokepoint::detail
