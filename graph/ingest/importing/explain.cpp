#include "chokepoint/ingest/doubt.hpp"
#include "chokepoint/ingest/import.hpp"
#include "chokepoint/model/json.hpp"
#include "chokepoint/support/error.hpp"
#include "ingest/graphs/graph_file_input.hpp"
#include "ingest/importing/missing_options.hpp"
#include "ingest/importing/opened_tables.hpp"
#include "ingest/tables/table_input.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>

namespace chokepoint {

namespace {

constexpr std::size_t shown_records = 3;

/// Keeps the first records that come, and lets the rest go.
class FirstRecords : public detail::RecordSink {
 public:
  void dataset(const DatasetInfo& /*info*/, const detail::Place& /*place*/) override {}
  void source(Source&& /*source*/, const detail::Place& /*place*/) override {}
  void node(const Node& node, const detail::Place& place) override { keep(place, to_json(node)); }
  void made_node(const Node& /*node*/, const detail::Place& /*place*/) override { ++made; }
  void refused_node(std::string_view /*id*/) override {}
  void edge(Edge& edge, const detail::Place& place, std::optional<std::uint64_t> /*claim*/) override {
    keep(place, to_json(edge, false));
  }
  void observation(Observation& observation, const detail::Place& place) override { keep(place, to_json(observation)); }

  std::map<std::string, std::vector<std::string>> lines;  ///< by file and kind of record
  std::uint64_t made = 0;

 private:
  void keep(const detail::Place& place, Json record) {
    auto& kept = lines[std::string(place.file)];
    if (kept.size() < shown_records) kept.push_back(to_text(record));
  }
};

std::string field_of(const detail::FlatColumn& column) {
  switch (column.target) {
    case detail::Target::ignored:
      if (column.trait.empty()) return "left out";
      return fmt::format("attribute {} of {}", column.trait, column.trait_of == detail::Target::from ? "from" : "to");
    case detail::Target::attribute: return "attribute " + column.key;
    case detail::Target::label: return "label." + column.key;
    case detail::Target::code: return "codes." + column.key;
    case detail::Target::direction: return "direction";
    case detail::Target::scale: return "scale of the amount";
    case detail::Target::from_label: return "label of from";
    case detail::Target::to_label: return "label of to";
    case detail::Target::from_type: return "type of from";
    case detail::Target::to_type: return "type of to";
    default: return std::string(detail::key_of(column.target));
  }
}

std::string reading_of(const detail::FlatColumn& column) {
  std::vector<std::string> parts;
  if (column.reading) {
    const detail::ValueReading& reading = *column.reading;
    if (reading.percent) parts.emplace_back("percent");
    if (reading.is_mixed)
      parts.emplace_back("commas and points as each shows");
    else if (reading.decimal == ',')
      parts.emplace_back("decimal comma");
    if (reading.thousands != '\0') parts.push_back(fmt::format("thousands \"{}\"", reading.thousands));
    if (reading.is_fraction) parts.emplace_back("fraction");
    if (reading.scale != 1) parts.push_back(fmt::format("times {}", format_number(reading.scale)));
    if (!reading.unit.empty()) parts.push_back(reading.unit);
    if (reading.dates != DateOrder::unknown)
      parts.emplace_back(reading.dates == DateOrder::day_first ? "day first" : "month first");
  }
  if (column.type == detail::FlatType::number && column.target == detail::Target::attribute)
    parts.emplace_back("number");
  return fmt::format("{}", fmt::join(parts, ", "));
}

void add_new(std::vector<std::string>& lines, std::vector<std::string>&& more) {
  for (std::string& line : more)
    if (std::ranges::find(lines, line) == lines.end()) lines.push_back(std::move(line));
}

/// The column that names types; empty for none.
std::string_view type_column(const std::vector<detail::FlatColumn>& columns) {
  const detail::FlatColumn* column = detail::find_column(columns, detail::Target::type);
  return column == nullptr ? std::string_view() : std::string_view(column->name);
}

/// What the table does not say, and the option that does.
std::vector<std::string> missing_in(const detail::TableLayout& layout, const TableOptions& options, bool nodes_listed,
                                    bool says_things = false) {
  std::vector<std::string> missing;
  const bool has_type = detail::find_column(layout.columns, detail::Target::type) != nullptr;
  if (layout.kind == detail::FlatKind::nodes) {
    if (!has_type && options.node_type.empty() && !says_things)
      missing.emplace_back("what the nodes are: --node-type TYPE");
    return missing;
  }
  if (layout.kind == detail::FlatKind::figures) return missing;
  if (!has_type && options.edge_type.empty() && layout.edge_type.empty())
    missing.emplace_back("what the edges are: --edge-type TYPE");
  const bool has_end_types = detail::find_column(layout.columns, detail::Target::from_type) != nullptr &&
                             detail::find_column(layout.columns, detail::Target::to_type) != nullptr;
  if (!nodes_listed && !has_end_types && options.node_type.empty() && layout.node_type.empty())
    missing.emplace_back("what the ends of the edges are, which no table lists: --node-type TYPE");
  return missing;
}

void explain_part(const detail::TableInput::Part& part, const detail::PlacedTable& table, const TableOptions& options,
                  bool nodes_listed, FileExplanation& explanation) {
  FileExplanation::Table& out = explanation.tables.emplace_back();
  out.name = table.table->name();
  out.holds = part.layout.kind == detail::FlatKind::nodes   ? "nodes"
              : part.layout.kind == detail::FlatKind::edges ? "edges"
                                                            : "figures";
  for (const detail::FlatColumn& column : part.layout.columns)
    out.columns.push_back({column.name, field_of(column), reading_of(column)});
  out.missing = missing_in(part.layout, options, nodes_listed, !part.rules.node_type.empty());
}

/// GraphML and GEXF: the columns that elements came to have.
void explain_graph(const Ontology& ontology, detail::RecognisedInput& input, const TableOptions& tables,
                   const ImportOptions& options, FileExplanation& explanation) {
  detail::Problems problems{detail::Problems::Listing::first_of_each_kind};
  detail::MissingOptions missing(ontology);
  problems.set_listener([&](const Problem& problem) { missing.note(problem); });
  const std::string source = options.default_source.empty() ? "source" : options.default_source;
  detail::GraphFileInput file(
      ontology, problems, source, tables, options.progress,
      input.reader == detail::ReaderKind::gexf ? detail::GraphFileFormat::gexf : detail::GraphFileFormat::graphml,
      {input.file.get()}, true);
  for (const detail::FlatKind kind : {detail::FlatKind::nodes, detail::FlatKind::edges}) {
    FirstRecords first;
    if (kind == detail::FlatKind::nodes)
      file.read_nodes(first);
    else
      file.read_facts(first);
    FileExplanation::Table& out = explanation.tables.emplace_back();
    out.holds = kind == detail::FlatKind::nodes ? "nodes" : "edges";
    detail::TableLayout layout;
    layout.kind = kind;
    layout.columns = file.columns_of(kind);
    for (const detail::FlatColumn& column : layout.columns)
      if (column.target != detail::Target::ignored)
        out.columns.push_back({column.name, field_of(column), reading_of(column)});
    out.records = first.lines[input.file->name()];
    if (out.records.empty()) out.missing = missing_in(layout, tables, true);
    add_new(out.missing,
            missing.lines(input.file->name(), kind == detail::FlatKind::nodes, type_column(layout.columns)));
  }
  explanation.remarks = file.remarks();
}

}  // namespace

std::vector<FileExplanation> explain_files(const Ontology& ontology, const std::vector<std::filesystem::path>& inputs,
                                           std::string_view from, const TableOptions& tables,
                                           const ImportOptions& options) {
  auto recognised = detail::recognise_inputs(inputs, from, tables.encoding);
  std::vector<FileExplanation> all;
  detail::OpenedTables opened(tables, ontology);
  for (detail::RecognisedInput& input : recognised) {
    FileExplanation& explanation = all.emplace_back();
    explanation.file = input.path.string();
    explanation.format = input.name;
    explanation.why = input.why;
    if (input.reader == detail::ReaderKind::graphml || input.reader == detail::ReaderKind::gexf)
      explain_graph(ontology, input, tables, options, explanation);
    if (input.reader == detail::ReaderKind::csv || input.reader == detail::ReaderKind::tables)
      explanation.remarks = opened.open(input, static_cast<std::uint32_t>(all.size() - 1), {}, options.skip_bad);
  }
  opened.require_used();
  opened.settle_id_spaces();
  if (opened.tables().empty()) return all;
  detail::Problems problems{detail::Problems::Listing::first_of_each_kind};
  detail::MissingOptions missing(ontology);
  problems.set_listener([&](const Problem& problem) { missing.note(problem); });
  const std::string source = options.default_source.empty() ? "source" : options.default_source;
  const std::vector<detail::PlacedTable>& placed = opened.tables();
  detail::TableInput input(ontology, problems, source, tables, options.progress, opened.tables(), true);
  const bool nodes_listed = std::any_of(input.parts().begin(), input.parts().end(),
                                        [](const auto& part) { return part.layout.kind == detail::FlatKind::nodes; });
  FirstRecords first;
  input.read_nodes(first);
  for (const auto& part : input.parts())
    explain_part(part, placed[part.table], tables, nodes_listed, all[placed[part.table].file_number]);
  input.read_facts(first);
  for (const auto& part : input.parts()) {
    const detail::PlacedTable& table = placed[part.table];
    const bool of_nodes = part.layout.kind == detail::FlatKind::nodes;
    for (FileExplanation::Table& out : all[table.file_number].tables)
      if (out.name == table.table->name() && (out.holds == "nodes") == of_nodes)
        add_new(out.missing, missing.lines(table.file, of_nodes, type_column(part.layout.columns)));
  }
  std::map<std::string, bool> shown;
  for (const auto& part : input.parts()) {
    const detail::PlacedTable& table = placed[part.table];
    if (std::exchange(shown[table.file], true)) continue;
    FileExplanation& explanation = all[table.file_number];
    for (FileExplanation::Table& out : explanation.tables)
      if (out.name == table.table->name() && out.records.empty()) {
        out.records = first.lines[table.file];
        break;
      }
  }
  for (const std::string& remark : opened.remarks()) all.front().remarks.push_back(remark);
  for (const std::string& remark : input.remarks()) all.front().remarks.push_back(remark);
  if (first.made > 0)
    all.front().remarks.push_back(fmt::format("{} nodes would be made of the ends of edges", first.made));
  for (const Problem& problem : problems.sorted())
    all.front().remarks.push_back(fmt::format("{}:{}: {}: {}{}", problem.file, problem.line, problem.record,
                                              problem.message,
                                              problem.alike > 0 ? fmt::format(" (and {} alike)", problem.alike) : ""));
  return all;
}

namespace {

/// Takes a doubt for settled. @return false where it was settled before
bool settle(const Doubt& doubt, TableOptions& tables) {
  if (doubt.option == "--encoding") return std::exchange(tables.encoding, doubt.guess).empty();
  if (doubt.option == "--decimal") return std::exchange(tables.decimal, doubt.guess == "comma" ? ',' : '.') == '\0';
  if (doubt.option == "--split" || doubt.option == "--map" || doubt.option == "--map-type") {
    const auto middle = doubt.guess.rfind('=');
    auto& settled = doubt.option == "--split" ? tables.splits : doubt.option == "--map" ? tables.columns : tables.types;
    return settled.emplace(doubt.guess.substr(0, middle), doubt.guess.substr(middle + 1)).second;
  }
  return std::exchange(tables.dates, DateOrder::day_first) == DateOrder::unknown;
}

}  // namespace

std::vector<std::string> missing_options(const std::vector<FileExplanation>& files) {
  std::vector<std::string> options;
  for (const FileExplanation& file : files)
    for (const FileExplanation::Table& table : file.tables)
      for (const std::string& missing : table.missing)
        if (const auto at = missing.rfind(": --"); at != std::string::npos) add_new(options, {missing.substr(at + 2)});
  return options;
}

std::vector<std::string> import_needs(const Ontology& ontology, const std::vector<std::filesystem::path>& inputs,
                                      std::string_view from, const TableOptions& tables, const ImportOptions& options) {
  std::vector<std::string> needs;
  if (std::find(inputs.begin(), inputs.end(), std::filesystem::path("-")) != inputs.end()) return needs;
  TableOptions settled = tables;
  const auto note = [&](const Doubt& doubt) {
    const bool is_quoted = doubt.option == "--split" || doubt.option.starts_with("--map");
    needs.push_back(is_quoted ? fmt::format("{} \"{}\"", doubt.option, doubt.guess) : doubt.option + " " + doubt.guess);
    return settle(doubt, settled);
  };
  for (bool goes_on = true; goes_on;) {
    try {
      add_new(needs, missing_options(explain_files(ontology, inputs, from, settled, options)));
      goes_on = false;
    } catch (const DoubtfulValue& error) {
      goes_on = note(error.doubt);
    } catch (const DoubtfulText& error) {
      goes_on = note(error.doubt);
    } catch (const Error&) {
      goes_on = false;  // what else is wrong is told when this is said
    }
  }
  return needs;
}

}  // namespace chokepoint
