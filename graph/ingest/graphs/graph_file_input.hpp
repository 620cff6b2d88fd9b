#pragma once

#include "ingest/checking/record_reader.hpp"
#include "ingest/graphs/element_pipe.hpp"
#include "ingest/graphs/graph_file.hpp"
#include "ingest/records/json_input.hpp"
#include "ingest/records/record_input.hpp"
#include "ingest/tables/column_survey.hpp"
#include "ingest/tables/flat_edge_reader.hpp"
#include "ingest/tables/flat_reader.hpp"
#include "support/packed.hpp"
#include "support/record_sorter.hpp"

#include <cstdint>
#include <deque>
#include <filesystem>
#include <map>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

namespace chokepoint::detail {

/// GraphML and GEXF files, of our own and of other programs, parsed in a thread of their own. The edges of a file whose
/// nodes stand before them, as programs write them, are taken in meanwhile. Those of any other are kept packed until
/// all nodes are there; in bounded memory, the rest in temporary files.
/// Files outlive it.
class GraphFileInput : public RecordInput {
 public:
  GraphFileInput(const Ontology& ontology, Problems& problems, const std::string& default_source,
                 const TableOptions& options, const ReadProgress& progress, GraphFileFormat format,
                 std::vector<InputFile*> files, bool survey = false, std::uint32_t first_file_number = 0);

  void read_nodes(RecordSink& sink) override;
  void read_facts(RecordSink& sink) override;
  [[nodiscard]] std::string name() const override { return files_.front()->name(); }
  [[nodiscard]] std::uint64_t bytes() const override { return total_bytes_; }
  [[nodiscard]] const Problems& seen_twice() const override { return none_; }
  [[nodiscard]] std::vector<std::string> remarks() const override;
  [[nodiscard]] bool ids_are_ours() const override { return are_ours_; }
  /// The columns that elements of a kind came to have, each once; for explanations.
  [[nodiscard]] std::vector<FlatColumn> columns_of(FlatKind kind) const;
  void describe_source(Source& source) const override { sources_.describe(source); }

 private:
  void tell_progress(std::uint64_t bytes) const {
    if (progress_) progress_(bytes, total_bytes_);
  }
  void keep(const ElementPipe& elements, std::uint32_t file);
  void read_edges_in_order(EdgePipe& pipe);
  void read_kept_edges(EdgePipe& pipe);
  void keep_figures(const ElementPipe& elements, const Node& node, const Place& place);
  void read_figures(RecordSink& sink);

  Problems none_;
  const Ontology& ontology_;
  Problems& problems_;
  /// The columns of an element as they are read, and by which rules.
  struct Reading {
    std::vector<FlatColumn> columns;
    FlatRules rules;
    FlatKind kind = FlatKind::nodes;
  };
  const Reading& reading_of(const std::vector<FlatColumn>& columns, FlatKind kind);
  void survey();

  InputRemarks remarks_;
  ForeignSources sources_;
  FlatReader reader_;
  RecordReader figure_reader_;
  FlatEdgeReader edge_reader_;
  const TableOptions& options_;
  const GraphContext context_;
  const ReadProgress& progress_;
  GraphFileFormat format_;
  bool survey_;
  bool are_ours_ = true;                                        ///< every kind of elements has our own fields
  std::map<const std::vector<FlatColumn>*, Reading> readings_;  ///< by the columns of the pipe
  std::map<std::tuple<FlatKind, std::string, Target>, FlatColumn> surveyed_;  ///< by kind, name and what it held before
  std::vector<std::string> told_;
  std::vector<InputFile*> files_;
  std::uint64_t total_bytes_ = 0;
  std::deque<ElementPipe> pipes_;  ///< one a file
  std::uint32_t first_file_number_ = 0;
  bool in_order_ = false;                                    ///< there is one file, and it has its nodes first
  bool on_edge_ = false;                                     ///< its pipe stands on an edge
  RecordSorter edges_;                                       ///< those that were kept, in the order of the files
  std::vector<const std::vector<FlatColumn>*> column_sets_;  ///< of kept edges
  RecordSorter figures_;                                     ///< of nodes, in their order
  const std::vector<FlatColumn>* last_columns_ = nullptr;
  std::size_t figures_column_ = GraphShape::npos;  ///< among those
  Packer packer_;
};

}  // namespace chokepoint::detail
