#pragma once

#include "ingest/csv_reader.hpp"
#include "ingest/flat_edge_reader.hpp"
#include "ingest/flat_reader.hpp"
#include "ingest/json_input.hpp"
#include "ingest/record_input.hpp"

#include <deque>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace chokepoint::detail {

/// Tables of nodes and of edges as CSV, told apart by their columns. Each is read once: the nodes first.
class CsvInput : public RecordInput {
 public:
  CsvInput(const Ontology& ontology, Problems& problems, const std::string& default_source, const TableOptions& options,
           const ReadProgress& progress, const std::vector<std::filesystem::path>& inputs);

  void read_nodes(RecordSink& sink) override;
  void read_facts(RecordSink& sink) override;
  [[nodiscard]] std::string name() const override { return files_.front().name(); }
  [[nodiscard]] const Problems& seen_twice() const override { return none_; }
  [[nodiscard]] std::vector<std::string> remarks() const override { return remarks_.lines(); }

 private:
  struct Table {
    std::uint32_t file = 0;
    FlatKind kind = FlatKind::nodes;
    std::vector<FlatColumn> columns;
  };
  /// @param on_bytes  called now and then with the bytes read so far, of all tables
  template <typename OnRow>
  void for_each_row(FlatKind kind, const std::function<void(std::uint64_t)>& on_bytes, OnRow&& on_row);
  void tell_progress(std::uint64_t bytes) const {
    if (progress_) progress_(bytes, total_bytes_);
  }
  void require_known_columns(const ColumnMap& map) const;

  Problems none_;
  Problems& problems_;
  InputRemarks remarks_;
  FlatReader reader_;
  FlatEdgeReader edge_reader_;
  const ReadProgress& progress_;
  std::deque<InputFile> files_;
  std::vector<Table> tables_;
  std::uint64_t total_bytes_ = 0, bytes_done_ = 0;
};

}  // namespace chokepoint::detail
