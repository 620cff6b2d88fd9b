#include "ingest/importing/opened_tables.hpp"

#include "chokepoint/model/text.hpp"
#include "chokepoint/support/error.hpp"
#include "ingest/formats/neighbours.hpp"
#include "ingest/importing/edge_name_table.hpp"
#include "ingest/importing/matrix_table.hpp"
#include "ingest/importing/share_table.hpp"
#include "ingest/importing/spell_table.hpp"
#include "ingest/importing/tidy_table.hpp"
#include "ingest/importing/year_measures.hpp"
#include "ingest/importing/year_tables.hpp"
#include "ingest/tables/table_layout.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace chokepoint::detail {

std::vector<std::string> OpenedTables::open(RecognisedInput& input, std::uint32_t number, const ReadProgress& progress,
                                            bool skip_bad) {
  if (input.reader == ReaderKind::csv) return open_csv(input, number);
  if (input.reader != ReaderKind::tables) return {};
  TableSet& set = sets_.emplace_back();
  ReadContext context;
  context.on_bytes = [&](std::uint64_t bytes) {
    if (progress) progress(std::min(bytes, input.file->size()), input.file->size());
  };
  if (skip_bad)
    context.on_bad_line = [&](std::uint64_t line, const std::string& why) {
      skipped_.push_back({input.file->name(), line, fmt::format("line {}", line), why, 0});
    };
  input.format->read(*input.file, context, set);
  for (std::size_t i = 0; i < set.tables.size(); ++i) {
    if (!is_wanted(*set.tables[i])) continue;
    if (set.tables[i]->begins_at() > 0 && i > 0) require_parts(*set.tables[i - 1], *set.tables[i], input.file->name());
    add(*set.tables[i], input, number);
  }
  if (set.tables.empty())
    throw UsageError(fmt::format("{}: {} without any record in it", input.file->name(), input.format->title));
  return set.remarks;
}

/// A text may hold several tables, one below the other.
std::vector<std::string> OpenedTables::open_csv(RecognisedInput& input, std::uint32_t number) {
  std::string text;
  const FileHead head = read_head(*input.file, text);
  std::vector<std::string> remarks;
  const FlatTable* above = nullptr;
  for (const CsvPart& part : csv_parts(text, head.is_whole)) {
    csv_files_.push_back(input.file->name());
    const CsvTable& table = csv_.emplace_back(*input.file, options_, part);
    if (above != nullptr) require_parts(*above, table, input.file->name());
    add(table, input, number);
    remarks.insert(remarks.end(), table.remarks().begin(), table.remarks().end());
    above = &table;
  }
  return remarks;
}

/// Two tables in one file or sheet are read where one is of nodes and the other of edges, or their types tell them
/// apart. @throws UsageError
void OpenedTables::require_parts(const FlatTable& above, const FlatTable& below, const std::string& file) {
  const auto layouts = [&](const FlatTable& table) { return table_layouts(table, options_, ontology_); };
  const auto first = layouts(above), second = layouts(below);
  const auto is_edges = [](const TableLayout& layout) { return layout.kind == FlatKind::edges; };
  const auto has_type = [](const TableLayout& layout) { return find_column(layout.columns, Target::type) != nullptr; };
  const bool are_known = !first.empty() && !second.empty();
  const bool are_apart =
      are_known && (is_edges(first[0]) != is_edges(second[0]) || (has_type(first[0]) && has_type(second[0])));
  std::vector<std::string> names;
  for (const RawColumn& column : below.columns()) names.push_back(column.name);
  if (!are_apart)
    throw UsageError(fmt::format(
        "{}: a second table seems to begin in row {}, behind an empty one: {}; split the file there, or take the empty "
        "row out where it is a row like the others",
        file, below.begins_at(), fmt::join(names, ", ")));
  told_.push_back(fmt::format("{}: a second table begins in row {}, behind an empty one, and was read as one: {}", file,
                              below.begins_at(), fmt::join(names, ", ")));
}

/// Whether a sheet or table is one of those that `--table` names.
bool OpenedTables::is_wanted(const FlatTable& table) {
  if (table.name().empty() || table.kind()) return true;
  table_names_.insert(table.name());
  return options_.only_tables.empty() ||
         std::ranges::find(options_.only_tables, table.name()) != options_.only_tables.end();
}

void OpenedTables::add(const FlatTable& table, const RecognisedInput& input, std::uint32_t number) {
  const std::string file = input.file->name() + (table.name().empty() ? "" : " [" + table.name() + "]");
  auto other = tables_of_matrix(table, options_, file);
  if (!other) other = tables_of_edge_names(table, options_, file);
  if (!other) other = tables_of_neighbours(table, options_, file);
  if (other) {
    const TableSet& set = sets_.emplace_back(*std::move(other));
    for (const auto& part : set.tables) place(*part, input, number);
    for (const std::string& remark : set.remarks) told_.push_back(file + ": " + remark);
    return;
  }
  std::vector<std::string> told;
  if (auto tidy = tidy_table(table, options_, told)) {
    add_tidy(*laid_out_.emplace_back(std::move(tidy)), input, number, file);
  } else {
    add_tidy(table, input, number, file);
  }
  for (const std::string& line : told) told_.push_back(file + ": " + line);
}

void OpenedTables::add_tidy(const FlatTable& table, const RecognisedInput& input, std::uint32_t number,
                            const std::string& file) {
  std::vector<std::string> of_spells;
  if (auto spelled = table_of_spells(table, options_, ontology_, of_spells)) {
    told_.push_back(file + ": " + of_spells.front());
    return add_tidy(*laid_out_.emplace_back(std::move(spelled)), input, number, file);
  }
  std::vector<std::string> of_shares;
  if (auto shared = table_of_shares_behind_names(table, options_, ontology_, of_shares)) {
    told_.push_back(file + ": " + of_shares.front());
    return add_tidy(*laid_out_.emplace_back(std::move(shared)), input, number, file);
  }
  for (const RawColumn& column : table.columns()) columns_.insert(column.name);
  const auto made = profiled_.take(table, input.name, input.file->name());
  for (const FlatTable* part : made) place(*part, input, number);
  if (!made.empty()) return;
  std::vector<std::string> told;
  if (options_.years.empty()) {
    if (auto by_year = table_of_year_measures(table, options_, ontology_, told)) {
      place(*laid_out_.emplace_back(std::move(by_year)), input, number);
      told_.push_back(file + ": " + told.front());
    } else {
      place(table, input, number);
    }
    return;
  }
  auto by_year = tables_by_year(table, options_, ontology_, file, told);
  if (by_year.empty()) place(table, input, number);
  for (auto& part : by_year) place(*laid_out_.emplace_back(std::move(part)), input, number);
  has_years_ = has_years_ || !told.empty();
  for (const std::string& line : told) told_.push_back(file + ": " + line);
}

namespace {

/// What is said of a name that there is not.
std::string nearest_of(const std::set<std::string, std::less<>>& names, const std::string& name) {
  const std::vector<std::string> known(names.begin(), names.end());
  const auto near = suggest(name, known, 1);
  return near.empty() ? fmt::format("there are {}", fmt::join(known, ", "))
                      : fmt::format("did you mean {}?", near.front());
}

}  // namespace

void OpenedTables::require_used() const {
  profiled_.require_used();
  for (const std::string& column : options_.fill_down)
    if (!columns_.contains(column))
      throw UsageError(
          fmt::format("--fill-down {}: no table has this column; {}", column, nearest_of(columns_, column)));
  for (const auto& [column, mark] : options_.splits)
    if (!columns_.contains(column))
      throw UsageError(
          fmt::format("--split {}={}: no table has this column; {}", column, mark, nearest_of(columns_, column)));
  for (const std::string& table : options_.only_tables)
    if (!table_names_.contains(table))
      throw UsageError(fmt::format("--table {}: no such sheet or table; {}", table,
                                   table_names_.empty() ? "no file has several" : nearest_of(table_names_, table)));
  if (!options_.years.empty() && !has_years_)
    throw UsageError(
        fmt::format("--years {}: no table has two columns or more that are called like years", options_.years));
}

std::vector<std::string> OpenedTables::remarks() const {
  std::vector<std::string> lines = told_;
  for (std::size_t i = 0; i < csv_files_.size(); ++i)
    for (const std::string& line : csv_[i].row_remarks()) lines.push_back(csv_files_[i] + ": " + line);
  for (std::string& line : profiled_.remarks()) lines.push_back(std::move(line));
  return lines;
}

void OpenedTables::place(const FlatTable& table, const RecognisedInput& input, std::uint32_t number) {
  PlacedTable& placed = tables_.emplace_back();
  placed.table = &table;
  placed.file = placed.path = input.file->name();
  if (!table.name().empty()) placed.file += " [" + table.name() + "]";
  placed.file_number = number;
  placed.bytes = input.file->size();
}

}  // namespace chokepoint::detail
