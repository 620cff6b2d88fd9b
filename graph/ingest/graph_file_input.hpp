#pragma once

#include "ingest/element_pipe.hpp"
#include "ingest/flat_reader.hpp"
#include "ingest/graph_file.hpp"
#include "ingest/json_input.hpp"
#include "ingest/record_input.hpp"
#include "store/packed.hpp"
#include "store/record_sorter.hpp"

#include <deque>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace chokepoint::detail {

/// GraphML and GEXF files, of our own and of other programs. A file whose nodes stand before its edges, as programs write
/// them, is parsed in a thread of its own while what it holds is taken in. Of any other, edges are kept packed until all
/// nodes are there; in bounded memory, the rest in temporary files.
class GraphFileInput : public RecordInput {
 public:
  GraphFileInput(const Ontology& ontology, Problems& problems, const std::string& default_source,
                 const TableOptions& options, const ReadProgress& progress, GraphFileFormat format,
                 const std::vector<std::filesystem::path>& inputs);

  void read_nodes(RecordSink& sink) override;
  void read_facts(RecordSink& sink) override;
  [[nodiscard]] std::string name() const override { return files_.front().name(); }
  [[nodiscard]] const Problems& seen_twice() const override { return none_; }

 private:
  std::size_t columns_of(const GraphElement& element, std::uint32_t file);
  void take_node(const std::vector<FlatColumn>& columns, std::span<const std::string_view> values, const Place& place,
                 std::uint64_t number, RecordSink& sink);
  void take_edge(const std::vector<FlatColumn>& columns, std::span<const std::string_view> values, const Place& place,
                 std::uint64_t number, class EdgePipe& pipe);
  void read_nodes_in_order(RecordSink& sink);
  void read_edges_in_order(class EdgePipe& pipe);
  void read_edges(class EdgePipe& pipe);
  void keep(const GraphElement& element, std::uint32_t file);

  Problems none_;
  Problems& problems_;
  FlatReader reader_;
  Problems edge_problems_;  ///< of the last edge; edges are read in a thread of their own
  FlatReader edge_reader_;
  const TableOptions& options_;
  const ReadProgress& progress_;
  GraphFileFormat format_;
  std::deque<InputFile> files_;
  std::uint64_t total_bytes_ = 0, bytes_done_ = 0;
  std::vector<std::string_view> values_;
  Node node_;  ///< read into again and again
  std::optional<ElementPipe> elements_;  ///< of the one file that has its nodes first
  bool more_elements_ = false;           ///< it stands on the first edge
  RecordSorter edges_;  ///< in the order of the files
  std::deque<std::vector<FlatColumn>> column_sets_;
  std::uint32_t set_file_ = 0;  ///< of the last set
  Packer packer_;
};

}  // namespace chokepoint::detail
