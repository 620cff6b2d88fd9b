#include "ingest/graph_file_input.hpp"

#include <functional>

namespace chokepoint::detail {

GraphFileInput::GraphFileInput(const Ontology& ontology, Problems& problems, const std::string& default_source,
                               const TableOptions& options, const ReadProgress& progress, GraphFileFormat format,
                               const std::vector<std::filesystem::path>& inputs)
    : reader_(ontology, problems, default_source, options), options_(options), progress_(progress), format_(format) {
  for (const auto& path : inputs) total_bytes_ += 2 * files_.emplace_back(path).size();
}

template <typename OnElement>
void GraphFileInput::for_each(FlatKind kind, OnElement&& on_element) {
  std::uint32_t number = 0;
  for (InputFile& file : files_) {
    const std::function<void(const GraphElement&)> take = [&](const GraphElement& element) {
      values_.assign(element.values.begin(), element.values.end());
      on_element(element, Place{file.name(), element.line, number});
    };
    read_graph_file(file, format_, kind, options_.columns, take, [&](std::uint64_t bytes) {
      if (progress_) progress_(bytes_done_ + bytes, total_bytes_);
    });
    bytes_done_ += file.size();
    ++number;
  }
}

void GraphFileInput::read_nodes(RecordSink& sink) {
  Node node;
  for_each(FlatKind::nodes, [&](const GraphElement& element, const Place& place) {
    if (reader_.node(element.columns, values_, place, element.number, node))
      sink.node(node, place);
    else
      sink.refused_node(values_.front());
  });
}

void GraphFileInput::read_facts(RecordSink& sink) {
  Edge edge;
  for_each(FlatKind::edges, [&](const GraphElement& element, const Place& place) {
    if (reader_.edge(element.columns, values_, place, element.number, edge)) sink.edge(edge, place);
  });
}

}  // namespace chokepoint::detail
