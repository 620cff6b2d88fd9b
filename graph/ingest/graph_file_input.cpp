#include "ingest/graph_file_input.hpp"

#include "ingest/edge_pipe.hpp"

#include <functional>
#include <stdexcept>

namespace chokepoint::detail {

namespace {
constexpr std::size_t memory_bytes = std::size_t{256} << 20U;
constexpr std::uint64_t elements_between_progress = 4096;
}

GraphFileInput::GraphFileInput(const Ontology& ontology, Problems& problems, const std::string& default_source,
                               const TableOptions& options, const ReadProgress& progress, GraphFileFormat format,
                               const std::vector<std::filesystem::path>& inputs)
    : problems_(problems),
      reader_(ontology, problems, default_source, options),
      edge_reader_(ontology, edge_problems_, default_source, options),
      options_(options),
      progress_(progress),
      format_(format),
      edges_(memory_bytes) {
  for (const auto& path : inputs) total_bytes_ += files_.emplace_back(path).size();
}

/// Columns of edges hardly ever change inside a file: each set is kept once.
std::size_t GraphFileInput::columns_of(const GraphElement& element, std::uint32_t file) {
  if (column_sets_.empty() || set_file_ != file || column_sets_.back().size() != element.columns.size()) {
    column_sets_.push_back(element.columns);
    set_file_ = file;
  }
  return column_sets_.size() - 1;
}

void GraphFileInput::keep(const GraphElement& element, std::uint32_t file) {
  packer_.clear();
  packer_.number(file);
  packer_.number(columns_of(element, file));
  packer_.number(element.number);
  packer_.number(element.line);
  for (std::size_t i = 0; i < element.values.size(); ++i) {
    if (element.values[i].empty()) continue;
    packer_.number(i);
    packer_.text(element.values[i]);
  }
  edges_.add({edges_.size(), 0}, packer_.bytes());
}

void GraphFileInput::take_node(const std::vector<FlatColumn>& columns, std::span<const std::string_view> values,
                               const Place& place, std::uint64_t number, RecordSink& sink) {
  if (reader_.node(columns, values, place, number, node_))
    sink.node(node_, place);
  else
    sink.refused_node(values.front());
}

void GraphFileInput::take_edge(const std::vector<FlatColumn>& columns, std::span<const std::string_view> values,
                               const Place& place, std::uint64_t number, EdgePipe& pipe) {
  const bool is_read = edge_reader_.edge(columns, values, place, number, pipe.place());
  if (edge_problems_.any()) pipe.tell(edge_problems_);
  if (is_read) pipe.add(place);
}

void GraphFileInput::read_nodes_in_order(RecordSink& sink) {
  InputFile& file = files_.front();
  elements_.emplace(file, format_, options_.columns);
  while ((more_elements_ = elements_->next()) && elements_->kind() == FlatKind::nodes) {
    take_node(elements_->columns(), elements_->values(), Place{file.name(), elements_->line(), 0}, elements_->number(), sink);
    if (progress_ && elements_->number() % elements_between_progress == 0) progress_(elements_->bytes(), total_bytes_);
  }
}

void GraphFileInput::read_edges_in_order(EdgePipe& pipe) {
  const InputFile& file = files_.front();
  for (; more_elements_; more_elements_ = elements_->next()) {
    if (elements_->kind() == FlatKind::nodes) throw std::logic_error("a node stands behind edges");
    take_edge(elements_->columns(), elements_->values(), Place{file.name(), elements_->line(), 0}, elements_->number(), pipe);
    pipe.progress(elements_->bytes());
  }
}

void GraphFileInput::read_nodes(RecordSink& sink) {
  if (files_.size() == 1 && nodes_come_first(files_.front())) return read_nodes_in_order(sink);
  std::uint32_t number = 0;
  for (InputFile& file : files_) {
    const std::function<void(const GraphElement&)> take = [&](const GraphElement& element) {
      if (element.kind == FlatKind::edges) return keep(element, number);
      values_.assign(element.values.begin(), element.values.end());
      take_node(element.columns, values_, Place{file.name(), element.line, number}, element.number, sink);
    };
    read_graph_file(file, format_, options_.columns, take, [&](std::uint64_t bytes) {
      if (progress_) progress_(bytes_done_ + bytes, total_bytes_);
    });
    bytes_done_ += file.size();
    ++number;
  }
}

void GraphFileInput::read_edges(EdgePipe& pipe) {
  pipe.progress(bytes_done_);  // all were read with the nodes
  while (edges_.next()) {
    Unpacker fields(edges_.record());
    const auto file = static_cast<std::uint32_t>(fields.number());
    const std::vector<FlatColumn>& columns = column_sets_[fields.number()];
    const std::uint64_t number = fields.number();
    const Place place{files_[file].name(), fields.number(), file};
    values_.assign(columns.size(), {});
    while (!fields.at_end()) {
      std::string_view& value = values_[fields.number()];
      value = fields.text();
    }
    take_edge(columns, values_, place, number, pipe);
  }
}

void GraphFileInput::read_facts(RecordSink& sink) {
  const auto read = [this](EdgePipe& pipe) { elements_ ? read_edges_in_order(pipe) : read_edges(pipe); };
  EdgePipe::run(read, sink, problems_, [this](std::uint64_t bytes) {
    if (progress_) progress_(bytes, total_bytes_);
  });
}

}  // namespace chokepoint::detail
