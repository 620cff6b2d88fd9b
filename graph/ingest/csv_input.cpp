#include "ingest/csv_input.hpp"

#include "chokepoint/model/error.hpp"
#include "chokepoint/model/text.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace chokepoint::detail {

CsvInput::CsvInput(const Ontology& ontology, Problems& problems, const std::string& default_source,
                   const TableOptions& options, const ReadProgress& progress,
                   const std::vector<std::filesystem::path>& inputs)
    : problems_(problems),
      reader_(ontology, problems, default_source, options, remarks_),
      edge_reader_(ontology, default_source, options, remarks_),
      progress_(progress) {
  for (const auto& path : inputs) {
    InputFile& file = files_.emplace_back(path);
    total_bytes_ += file.size();
    const CsvReader csv(file, '\0');
    Table table;
    table.file = static_cast<std::uint32_t>(files_.size() - 1);
    table.kind = kind_of_table(csv.header(), options.columns);
    table.columns = flat_columns(table.kind, csv.header(), options.columns);
    if (table.kind == FlatKind::nodes && find_column(table.columns, Target::id) == nullptr)
      throw UsageError(fmt::format(
          "{}: neither a table of nodes (no column for the id) nor of edges (no columns for both ends); its "
          "columns are {}; say what they hold with --map COLUMN=FIELD",
          file.name(), fmt::join(csv.header(), ", ")));
    if (const auto wrong = refuse_languages(table.columns)) csv.refuse({1, 1, {}}, "", *wrong);
    for (const auto& [earlier, later] : rival_columns(table.columns))
      csv.refuse({1, 1, {}}, "", refuse_rivals(table.columns[earlier], table.columns[later]));
    tables_.push_back(std::move(table));
  }
  require_known_columns(options.columns);
}

void CsvInput::require_known_columns(const ColumnMap& map) const {
  std::vector<std::string> names;
  for (const Table& table : tables_)
    for (const FlatColumn& column : table.columns) names.push_back(column.name);
  for (const auto& [name, field] : map) {
    if (std::find(names.begin(), names.end(), name) != names.end()) continue;
    const auto near = suggest(name, names, 1);
    throw UsageError(fmt::format("--map {}={}: no table has this column; {}", name, field,
                                 near.empty() ? fmt::format("there are {}", fmt::join(names, ", "))
                                              : fmt::format("did you mean {}?", near.front())));
  }
}

template <typename OnRow>
void CsvInput::for_each_row(FlatKind kind, const std::function<void(std::uint64_t)>& on_bytes, OnRow&& on_row) {
  for (const Table& table : tables_) {
    if (table.kind != kind) continue;
    InputFile& file = files_[table.file];
    CsvReader csv(file, '\0', [&](std::uint64_t bytes) { on_bytes(bytes_done_ + bytes); });
    CsvRow row;
    while (csv.next(row)) on_row(table, row, Place{file.name(), row.line, table.file});
    bytes_done_ += file.size();
  }
}

void CsvInput::read_nodes(RecordSink& sink) {
  Node node;
  const auto on_bytes = [this](std::uint64_t bytes) { tell_progress(bytes); };
  for_each_row(FlatKind::nodes, on_bytes, [&](const Table& table, const CsvRow& row, const Place& place) {
    if (reader_.node(table.columns, row.fields, place, row.number, node)) {
      sink.node(node, place);
      return;
    }
    const FlatColumn* id = find_column(table.columns, Target::id);
    sink.refused_node(row.fields[static_cast<std::size_t>(id - table.columns.data())]);
  });
}

void CsvInput::read_facts(RecordSink& sink) {
  const auto read = [this](EdgePipe& pipe) {
    const auto on_bytes = [&pipe](std::uint64_t bytes) { pipe.progress(bytes); };
    for_each_row(FlatKind::edges, on_bytes, [&](const Table& table, const CsvRow& row, const Place& place) {
      edge_reader_.read(table.columns, row.fields, place, row.number, pipe);
    });
  };
  EdgePipe::run(read, sink, problems_, [this](std::uint64_t bytes) { tell_progress(bytes); });
}

}  // namespace chokepoint::detail
