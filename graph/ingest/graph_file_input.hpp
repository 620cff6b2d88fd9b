#pragma once

#include "ingest/flat_reader.hpp"
#include "ingest/graph_file.hpp"
#include "ingest/json_input.hpp"
#include "ingest/record_input.hpp"

#include <deque>
#include <filesystem>
#include <string>
#include <vector>

namespace chokepoint::detail {

/// GraphML and GEXF files, of our own and of other programs. Read twice: nodes, then edges.
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
  template <typename OnElement>
  void for_each(FlatKind kind, OnElement&& on_element);

  Problems none_;
  FlatReader reader_;
  const TableOptions& options_;
  const ReadProgress& progress_;
  GraphFileFormat format_;
  std::deque<InputFile> files_;
  std::uint64_t total_bytes_ = 0, bytes_done_ = 0;
  std::vector<std::string_view> values_;
};

}  // namespace chokepoint::detail
