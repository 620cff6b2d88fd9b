#include "ingest/graphs/graph_file_input.hpp"

#include "chokepoint/model/json_reader.hpp"

#include <algorithm>
#include <stdexcept>
#include <string_view>

namespace chokepoint::detail {

namespace {
constexpr std::size_t memory_bytes = std::size_t{256} << 20U;
constexpr std::size_t figures_memory_bytes = std::size_t{32} << 20U;
constexpr std::uint64_t elements_between_progress = 4096;
}  // namespace

GraphFileInput::GraphFileInput(const Ontology& ontology, Problems& problems, const std::string& default_source,
                               const TableOptions& options, const ReadProgress& progress, GraphFileFormat format,
                               std::vector<InputFile*> files, bool survey, std::uint32_t first_file_number)
    : ontology_(ontology),
      problems_(problems),
      reader_(ontology, problems, default_source, options, remarks_, sources_),
      figure_reader_(ontology, problems, default_source),
      edge_reader_(ontology, default_source, options, remarks_, sources_),
      options_(options),
      context_{ontology, options},
      progress_(progress),
      format_(format),
      survey_(survey),
      files_(std::move(files)),
      first_file_number_(first_file_number),
      edges_(memory_bytes),
      figures_(figures_memory_bytes) {
  for (const InputFile* file : files_) total_bytes_ += file->size();
  edges_.limit_memory(sorting_memory(total_bytes_));
  if (survey_) this->survey();
}

/// Looks at all values of each column, so that it is known how it is written.
void GraphFileInput::survey() {
  std::map<FlatKind, std::map<const std::vector<FlatColumn>*, TableSurvey>> seen;
  std::deque<ElementPipe> pipes;  // the columns live as long as they
  for (InputFile* file : files_) {
    ElementPipe& elements = pipes.emplace_back(*file, format_, context_);
    while (elements.next()) {
      auto [at, fresh] = seen[elements.kind()].try_emplace(&elements.columns(), elements.kind(), options_, ontology_);
      at->second.take(elements.columns(), elements.values());
    }
  }
  for (auto& [kind, surveys] : seen)
    for (auto& [given, survey] : surveys) {
      std::vector<FlatColumn> columns = *given;
      survey.settle(columns, files_.front()->name(), told_);
      for (std::size_t i = 0; i < columns.size(); ++i)
        surveyed_[{kind, columns[i].name, (*given)[i].target}] = std::move(columns[i]);
    }
  std::sort(told_.begin(), told_.end());
  told_.erase(std::unique(told_.begin(), told_.end()), told_.end());
}

const GraphFileInput::Reading& GraphFileInput::reading_of(const std::vector<FlatColumn>& columns, FlatKind kind) {
  const auto [at, fresh] = readings_.try_emplace(&columns);
  Reading& reading = at->second;
  if (!fresh) return reading;
  reading.columns = columns;
  reading.kind = kind;
  for (FlatColumn& column : reading.columns) {
    const auto found = surveyed_.find({kind, column.name, column.target});
    if (found != surveyed_.end() && column.target != Target::ignored) column = found->second;
  }
  reading.rules.is_ours = find_column(columns, Target::sources) != nullptr;
  reading.rules.foreign_ids = !reading.rules.is_ours && !options_.global_ids;
  reading.rules.may_survey = !survey_;
  reading.rules.surveyed = survey_;
  are_ours_ = are_ours_ && reading.rules.is_ours;
  return reading;
}

std::vector<FlatColumn> GraphFileInput::columns_of(FlatKind kind) const {
  std::vector<FlatColumn> all;
  for (const auto& [given, reading] : readings_)
    for (const FlatColumn& column : reading.columns)
      if (reading.kind == kind && std::none_of(all.begin(), all.end(), [&](const FlatColumn& other) {
            return other.name == column.name && other.target == column.target;
          }))
        all.push_back(column);
  return all;
}

std::vector<std::string> GraphFileInput::remarks() const {
  std::vector<std::string> lines = told_;
  for (std::string& line : edge_reader_.remarks()) lines.push_back(std::move(line));
  for (std::string& line : remarks_.lines()) lines.push_back(std::move(line));
  GraphRemarks all;
  for (const ElementPipe& pipe : pipes_) all.add(pipe.remarks());
  for (std::string& line : all.lines()) lines.push_back(std::move(line));
  return lines;
}

/// Keeps the edge that the pipe stands on until all nodes are there.
void GraphFileInput::keep(const ElementPipe& elements, std::uint32_t file) {
  if (column_sets_.empty() || column_sets_.back() != &elements.columns()) column_sets_.push_back(&elements.columns());
  packer_.clear();
  packer_.number(file);
  packer_.number(column_sets_.size() - 1);
  packer_.number(elements.number());
  packer_.number(elements.line());
  packer_.text(elements.packed_values());
  edges_.add({edges_.size(), 0}, packer_.bytes());
}

void GraphFileInput::read_nodes(RecordSink& sink) {
  in_order_ = files_.size() == 1 && nodes_come_first(*files_.front());
  Node node;
  std::uint64_t bytes_before = 0, count = 0;
  for (std::uint32_t number = 0; number < files_.size(); ++number) {
    InputFile& file = *files_[number];
    ElementPipe& elements = pipes_.emplace_back(file, format_, context_);
    while (elements.next()) {
      if (++count % elements_between_progress == 0) tell_progress(bytes_before + elements.bytes());
      if (elements.kind() == FlatKind::edges) {
        on_edge_ = in_order_;
        if (on_edge_) return;
        keep(elements, number);
        continue;
      }
      const Place place{file.name(), elements.line(), first_file_number_ + number};
      const Reading& reading = reading_of(elements.columns(), FlatKind::nodes);
      reader_.set_rules(reading.rules);
      if (reader_.node(reading.columns, elements.values(), place, elements.number(), node)) {
        keep_figures(elements, node, place);
        sink.node(node, place);
      } else {
        sink.refused_node(elements.values().front());
      }
    }
    bytes_before += file.size();
  }
}

/// Keeps the dated numbers of a node until all nodes are there.
void GraphFileInput::keep_figures(const ElementPipe& elements, const Node& node, const Place& place) {
  if (last_columns_ != &elements.columns()) {
    last_columns_ = &elements.columns();
    const auto found = std::find_if(last_columns_->begin(), last_columns_->end(), [](const FlatColumn& column) {
      return column.target == Target::ignored && column.key == figures_key;
    });
    figures_column_ =
        found == last_columns_->end() ? GraphShape::npos : static_cast<std::size_t>(found - last_columns_->begin());
  }
  if (figures_column_ == GraphShape::npos || elements.values()[figures_column_].empty() || node.sources.empty()) return;
  packer_.clear();
  packer_.number(place.file_number);
  packer_.number(place.line);
  packer_.text(node.id);
  packer_.text(node.sources.front().source);
  packer_.text(node.sources.front().locator);
  packer_.text(elements.values()[figures_column_]);
  figures_.add({figures_.size(), 0}, packer_.bytes());
}

void GraphFileInput::read_figures(RecordSink& sink) {
  while (figures_.next()) {
    Unpacker fields(figures_.record());
    const auto file = static_cast<std::uint32_t>(fields.number());
    const Place place{files_[file - first_file_number_]->name(), fields.number(), file};
    const std::string_view subject = fields.text();
    Json citation = Json::object();
    citation.set("source", fields.text());
    if (const std::string_view locator = fields.text(); !locator.empty()) citation.set("locator", locator);
    Json list = parse_json(fields.text());
    for (Json& figure : list.as_array()) {
      figure.set("subject", subject);
      figure.set("sources", Json(Json::Array{citation}));
      if (auto observation = figure_reader_.observation(figure, place)) sink.observation(*observation, place);
    }
  }
}

void GraphFileInput::read_edges_in_order(EdgePipe& pipe) {
  ElementPipe& elements = pipes_.front();
  for (; on_edge_; on_edge_ = elements.next()) {
    if (elements.kind() == FlatKind::nodes) throw std::logic_error("a node stands behind edges");
    const Place place{files_.front()->name(), elements.line(), first_file_number_};
    const Reading& reading = reading_of(elements.columns(), FlatKind::edges);
    edge_reader_.set_rules(reading.rules);
    edge_reader_.read(reading.columns, elements.values(), place, elements.number(), pipe);
    pipe.progress(elements.bytes());
  }
}

void GraphFileInput::read_kept_edges(EdgePipe& pipe) {
  pipe.progress(total_bytes_);  // all were read with the nodes
  std::vector<std::string_view> values;
  while (edges_.next()) {
    Unpacker fields(edges_.record());
    const auto file = static_cast<std::uint32_t>(fields.number());
    const std::vector<FlatColumn>& columns = *column_sets_[fields.number()];
    const std::uint64_t number = fields.number();
    const Place place{files_[file]->name(), fields.number(), first_file_number_ + file};
    unpack_values(fields.text(), columns.size(), values);
    const Reading& reading = reading_of(columns, FlatKind::edges);
    edge_reader_.set_rules(reading.rules);
    edge_reader_.read(reading.columns, values, place, number, pipe);
  }
}

void GraphFileInput::read_facts(RecordSink& sink) {
  const auto read = [this](EdgePipe& pipe) {
    in_order_ ? read_edges_in_order(pipe) : read_kept_edges(pipe);
    edge_reader_.finish(pipe);
  };
  EdgePipe::run(read, sink, problems_, [this](std::uint64_t bytes) { tell_progress(bytes); });
  read_figures(sink);
}

}  // namespace chokepoint::detail
