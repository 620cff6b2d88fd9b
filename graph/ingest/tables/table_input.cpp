#include "ingest/tables/table_input.hpp"

#include "chokepoint/ingest/doubt.hpp"
#include "chokepoint/model/text.hpp"
#include "chokepoint/support/error.hpp"
#include "ingest/tables/cell_blanks.hpp"
#include "ingest/tables/column_survey.hpp"
#include "ingest/tables/column_words.hpp"
#include "ingest/tables/doubtful_ends.hpp"
#include "ingest/tables/edge_direction.hpp"
#include "ingest/tables/end_book.hpp"
#include "ingest/tables/flat_values.hpp"
#include "ingest/tables/nameless_ends.hpp"
#include "ingest/tables/own_tables.hpp"
#include "ingest/tables/total_rows.hpp"
#include "ingest/tables/unknown_table.hpp"
#include "ingest/tables/value_reading.hpp"
#include "ingest/tables/year_columns.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <utility>

namespace chokepoint::detail {

namespace {

/// Whether one of the first values of a column is a number with a comma.
bool shows_commas(const FlatTable& table, std::size_t column) {
  constexpr int looked_at = 50;
  const auto rows = table.rows({});
  FlatRow row;
  for (int i = 0; i < looked_at && rows->next(row); ++i)
    if (row.fault.empty() && row.values[column].find(',') != std::string_view::npos &&
        number_form(row.values[column]).is_number)
      return true;
  return false;
}

/// Whether one of the first values of a column of percents is above 1, so that they are what they are called.
bool shows_above_one(const FlatTable& table, std::size_t column) {
  constexpr int looked_at = 50;
  const auto rows = table.rows({});
  FlatRow row;
  for (int i = 0; i < looked_at && rows->next(row); ++i)
    if (row.fault.empty() && std::strtod(std::string(row.values[column]).c_str(), nullptr) > 1) return true;
  return false;
}

}  // namespace

TableInput::TableInput(const Ontology& ontology, Problems& problems, const std::string& default_source,
                       const TableOptions& options, const ReadProgress& progress, std::vector<PlacedTable> tables,
                       bool survey)
    : ontology_(ontology),
      problems_(problems),
      default_source_(default_source),
      options_(options),
      reader_(ontology, problems, default_source, options, remarks_, sources_),
      edge_reader_(ontology, default_source, options, remarks_, sources_),
      progress_(progress),
      tables_(std::move(tables)) {
  for (const PlacedTable& table : tables_) total_bytes_ += table.bytes;
  lay_out();
  require_known_columns();
  settle_traits();
  for (Part& part : parts_) part.rules.may_survey = !survey && !part.layout.is_ours;
  if (!survey && may_write_otherwise()) throw WantsSurvey();
  if (survey) this->survey();
  note_apart_names();
}

/// What tells the ends of edges apart is an attribute of the nodes that are made of them; of edges, where a table lists
/// the nodes.
void TableInput::settle_traits() {
  if (!gathers_all_ends_) return;
  for (Part& part : parts_)
    for (FlatColumn& column : part.layout.columns)
      if (column.target == Target::attribute && !column.is_told &&
          (column.trait_of == Target::from || column.trait_of == Target::to))
        column.target = Target::ignored;
}

void TableInput::note_apart_names() {
  bool has_nodes = false;
  for (const Part& part : parts_) {
    if (!ApartNames::may_concern(part.layout)) continue;
    has_nodes = has_nodes || part.layout.kind == FlatKind::nodes;
    for_each_row(
        part, [this](std::uint64_t bytes) { tell_progress(bytes); },
        [&](const FlatRow& row, const Place&) { apart_.note(part.layout, row); });
  }
  bytes_done_ = 0;
  if (has_nodes) apart_.settle();
}

void TableInput::lay_out() {
  std::optional<DoubtfulValue> in_doubt;  // the first table that may be one of edges
  for (std::size_t i = 0; i < tables_.size(); ++i) {
    const FlatTable& table = *tables_[i].table;
    if (tables_.size() > 1 && take_own_sources(table, sources_, remarks_)) continue;
    auto layouts = table_layouts(table, options_, ontology_);
    if (layouts.empty()) {
      try {
        refuse_unknown_table(table, tables_[i].file, tables_[i].path, options_);
      } catch (const UsageError& error) {
        // A sheet of notes sends no workbook home.
        if (table.name().empty()) throw;
        const auto* doubt = dynamic_cast<const DoubtfulValue*>(&error);
        if (doubt != nullptr && !in_doubt) in_doubt = *doubt;
        left_out_.emplace_back(error.what());
      }
      continue;
    }
    for (TableLayout& layout : layouts) {
      if (const auto wrong = refuse_languages(layout.columns))
        throw IngestError(fmt::format("{}: 1 problem; nothing was imported", tables_[i].file),
                          {{tables_[i].file, 1, "row 1", *wrong}}, 1);
      for (const std::vector<std::size_t>& rivals : rival_columns(layout.columns))
        throw IngestError(
            fmt::format("{}: 1 problem; nothing was imported", tables_[i].file),
            {{tables_[i].file, 1, "row 1", refuse_rivals(layout.columns[rivals[0]], layout.columns[rivals[1]])}}, 1);
      require_single_ends(table, layout, tables_[i].file, options_);
      require_flow(table, layout, tables_[i].file);
      Part& part = parts_.emplace_back();
      part.table = i;
      part.rules.is_ours = layout.is_ours;
      part.rules.foreign_ids = !options_.global_ids && (!layout.is_ours || ends_are_wanted());
      part.rules.names_are_ids = layout.names_are_ids;
      part.rules.edge_type = layout.edge_type;
      part.rules.reports = layout.reports;
      part.rules.has_scale = find_column(layout.columns, Target::scale) != nullptr;
      part.rules.node_type = type_of_things(table);
      part.rules.has_made_ends = std::ranges::any_of(
          table.columns(), [](const RawColumn& column) { return column.role == Target::until && column.is_made; });
      part.rules.as_of = year_of_sheet(i);
      part.layout = std::move(layout);
    }
  }
  if (parts_.empty() && in_doubt) throw *in_doubt;
  if (parts_.empty() && !left_out_.empty()) throw UsageError(left_out_.front());
  gathers_all_ends_ =
      !options_.global_ids && !options_.updates &&
      std::none_of(parts_.begin(), parts_.end(), [](const Part& part) { return part.layout.kind == FlatKind::nodes; });
}

/// The year that the sheets of a workbook are called by, where several are.
std::string TableInput::year_of_sheet(std::size_t table) const {
  const std::string year = year_in(tables_[table].table->name());
  const auto years = std::ranges::count_if(tables_, [&](const PlacedTable& other) {
    return other.path == tables_[table].path && !year_in(other.table->name()).empty();
  });
  return years > 1 ? year : std::string();
}

/// Whether numbers may mean something else than they show one by one.
bool TableInput::may_write_otherwise() const {
  return std::any_of(parts_.begin(), parts_.end(), [&](const Part& part) {
    const FlatTable& table = *tables_[part.table].table;
    const bool may_have_commas = options_.decimal == ',' || table.may_have_decimal_commas();
    if (options_.dates != DateOrder::unknown && !part.layout.is_ours) return true;
    for (std::size_t i = 0; i < part.layout.columns.size() && !part.layout.is_ours; ++i) {
      const FlatColumn& column = part.layout.columns[i];
      const bool is_measure = is_field_of_kind(column.target, FieldKind::number) && !is_fraction_field(column.target);
      const bool is_attribute = column.target == Target::attribute && column.type == FlatType::number && !table.kind();
      if (column.reading && column.reading->percent && !column.reading->is_stated && !table.columns()[i].role &&
          !shows_above_one(table, i))
        return true;
      if ((may_have_commas && (is_measure || is_attribute)) || (is_attribute && shows_commas(table, i))) return true;
    }
    return false;
  });
}

void TableInput::require_known_columns() const {
  std::vector<std::string> names;
  for (const PlacedTable& table : tables_)
    for (const RawColumn& column : table.table->columns()) names.push_back(column.name);
  for (const auto& [name, field] : options_.columns) {
    const bool has_kind = name.starts_with("nodes.") || name.starts_with("edges.");
    const std::string bare = has_kind ? name.substr(6) : name;
    if (std::ranges::any_of(names, [&](const auto& known) { return known == name || known == bare; })) continue;
    const auto near = suggest(name, names, 1);
    throw UsageError(fmt::format("--map {}={}: no table has this column; {}", name, field,
                                 near.empty() ? fmt::format("there are {}", fmt::join(names, ", "))
                                              : fmt::format("did you mean {}?", near.front())));
  }
}

/// Of a table of nodes and edges a row is an edge where it has both ends.
bool TableInput::takes_row(const Part& part, const FlatRow& row) const {
  if (!part.layout.is_mixed || !row.fault.empty()) return true;
  const Part& edges = part.layout.kind == FlatKind::edges ? part : *(&part + 1);  // nodes are laid out first
  const bool is_edge = !value_in(edges.layout.columns, row.values, Target::from).empty() ||
                       !value_in(edges.layout.columns, row.values, Target::to).empty();
  return is_edge == (part.layout.kind == FlatKind::edges);
}

template <typename OnRow>
void TableInput::for_each_row(const Part& part, const std::function<void(std::uint64_t)>& on_bytes, OnRow&& on_row) {
  const PlacedTable& table = tables_[part.table];
  const auto rows =
      table.table->rows([&](std::uint64_t bytes) { on_bytes(bytes_done_ + std::min(bytes, table.bytes)); });
  std::optional<TotalRows> totals;
  if (!part.layout.is_ours && !table.table->kind()) totals.emplace(part.layout);
  std::optional<NamelessEnds> nameless;
  if (totals && part.layout.kind == FlatKind::edges && gathers_all_ends_) nameless.emplace(part.layout);
  FlatRow row;
  std::vector<std::string_view> bare;
  std::uint64_t trimmed = 0, emptied = 0, notes = 0, note = 0;
  while (rows->next(row)) {
    if (!part.layout.is_ours) trimmed += trim_cells(row, bare);
    if (!options_.empty_words.empty()) emptied += empty_cells(row, bare, options_.empty_words);
    if (totals && is_note_row(row)) {
      if (notes++ == 0) note = row.number;
      continue;
    }
    if (!takes_row(part, row) || (totals && totals->is_total(row))) continue;
    if (nameless) nameless->name(row);
    if (apart_.any()) apart_.tell_apart(part.layout, row);
    on_row(row, Place{table.file, row.line, table.file_number});
  }
  notes_[part.table] = {notes, note};
  trimmed_[part.table] = trimmed;
  emptied_[part.table] = emptied;
  if (totals) totals_told_[part.table] = totals->remark();
  if (nameless) nameless_told_[part.table] = nameless->remark();
  bytes_done_ += table.bytes;
}

void TableInput::survey() {
  for (Part& part : parts_) {
    if (part.layout.is_ours) continue;
    TableSurvey survey(part.layout.kind, options_, ontology_);
    if (tables_[part.table].table->may_have_decimal_commas()) survey.expect_decimal_commas();
    survey.expect_type(part.rules.node_type);
    for_each_row(
        part, [this](std::uint64_t bytes) { tell_progress(bytes); },
        [&](const FlatRow& row, const Place&) {
          if (row.fault.empty()) survey.take(part.layout.columns, row.values);
        });
    survey.settle(part.layout.columns, tables_[part.table].file, told_);
    part.rules.surveyed = true;
  }
  bytes_done_ = 0;
  const auto has_dates = [](const FlatColumn& column) {
    return column.reading && column.reading->dates != DateOrder::unknown;
  };
  const auto uses_order = [&](const Part& part) { return std::ranges::any_of(part.layout.columns, has_dates); };
  if (options_.dates != DateOrder::unknown && std::ranges::none_of(parts_, uses_order))
    told_.emplace_back("--dates: no column has dates that it is needed for");
}

bool TableInput::ids_are_ours() const {
  return !ends_are_wanted() &&
         std::all_of(parts_.begin(), parts_.end(), [](const Part& part) { return part.layout.is_ours; });
}

bool TableInput::ends_are_wanted() const { return options_.make_nodes || !options_.node_type.empty(); }

/// Makes nodes of the ends of edges, where no table lists them.
/// @param of_all  also of tables that do not ask for it
void TableInput::gather_ends(RecordSink& sink, bool of_all) {
  EndBook book;
  const std::uint64_t before = bytes_done_;
  for (const Part& part : parts_)
    if (part.layout.kind == FlatKind::edges && (of_all || tables_[part.table].table->makes_ends())) {
      EndTypes types;
      for_each_row(
          part, [this](std::uint64_t bytes) { tell_progress(bytes); },
          [&](const FlatRow& row, const Place& place) {
            if (row.fault.empty()) add_ends(part, row, place, types, book);
          });
    }
  bytes_done_ = before;
  book.emit(sink, type_of_ends(), default_source_);
  for (std::string line : {book.remark(), book.number_remark(), book.note_remark()})
    if (!line.empty()) told_.push_back(std::move(line));
}

void TableInput::read_nodes(RecordSink& sink) {
  Node node;
  bool has_nodes = false;
  for (const Part& part : parts_) {
    if (part.layout.kind != FlatKind::nodes) continue;
    has_nodes = true;
    reader_.set_rules(part.rules);
    for_each_row(
        part, [this](std::uint64_t bytes) { tell_progress(bytes); },
        [&](const FlatRow& row, const Place& place) {
          if (!row.fault.empty()) {
            problems_.add(place, fmt::format("row {}", row.number), row.fault);
          } else if (reader_.node(part.layout.columns, row.values, place, row.number, node)) {
            sink.node(node, place);
          } else {
            const std::string_view id = value_in(part.layout.columns, row.values, Target::id);
            sink.refused_node(id.empty() ? value_in(part.layout.columns, row.values, Target::label) : id);
          }
        });
  }
  const bool has_edges = std::any_of(parts_.begin(), parts_.end(), [this](const Part& part) {
    return part.layout.kind == FlatKind::edges && (!part.layout.is_ours || ends_are_wanted());
  });
  const bool of_all = !has_nodes || options_.make_nodes;
  const bool some_ask =
      std::any_of(tables_.begin(), tables_.end(), [](const PlacedTable& table) { return table.table->makes_ends(); });
  gathers_ends_ = has_edges && (of_all || some_ask);
  if (gathers_ends_) gather_ends(sink, of_all);
}

void TableInput::read_facts(RecordSink& sink) {
  const auto read = [this](EdgePipe& pipe) {
    for (const Part& part : parts_) {
      if (part.layout.kind != FlatKind::edges) continue;
      edge_reader_.set_rules(part.rules);
      for_each_row(
          part, [&pipe](std::uint64_t bytes) { pipe.progress(bytes); },
          [&](const FlatRow& row, const Place& place) {
            if (row.fault.empty())
              edge_reader_.read(part.layout.columns, row.values, place, row.number, pipe);
            else
              edge_reader_.refuse(row.fault, place, row.number, pipe);
          });
    }
    edge_reader_.finish(pipe);
  };
  EdgePipe::run(read, sink, problems_, [this](std::uint64_t bytes) { tell_progress(bytes); });
  read_figures(sink);
}

void TableInput::read_figures(RecordSink& sink) {
  Observation figure;
  for (const Part& part : parts_) {
    if (part.layout.kind != FlatKind::figures) continue;
    reader_.set_rules(part.rules);
    for_each_row(
        part, [this](std::uint64_t bytes) { tell_progress(bytes); },
        [&](const FlatRow& row, const Place& place) {
          if (!row.fault.empty())
            problems_.add(place, fmt::format("row {}", row.number), row.fault);
          else if (reader_.figure(part.layout.columns, row.values, place, row.number, figure))
            sink.observation(figure, place);
        });
  }
}

}  // namespace chokepoint::detail
