#pragma once

#include "ingest/tables/edge_pipe.hpp"
#include "ingest/tables/flat_reader.hpp"
#include "ingest/tables/parallel_rows.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace chokepoint::detail {

/// Makes edges out of rows of texts and puts them into a pipe, in whose thread it runs. A row whose cell for an end
/// holds several values is an edge for each.
class FlatEdgeReader {
 public:
  FlatEdgeReader(const Ontology& ontology, const std::string& default_source, const TableOptions& options,
                 InputRemarks& remarks, ForeignSources& sources)
      : options_(options),
        reader_(ontology, found_, default_source, options, remarks, sources),
        parallel_(options.parallel) {}

  void set_rules(const FlatRules& rules) { reader_.set_rules(rules); }
  /// @param row  what messages call the row
  void read(const std::vector<FlatColumn>& columns, std::span<const std::string_view> values, const Place& place,
            std::uint64_t row, EdgePipe& pipe);
  /// A row that cannot be read.
  void refuse(const std::string& why, const Place& place, std::uint64_t row, EdgePipe& pipe);
  /// To be called behind the last row.
  void finish(EdgePipe& pipe);

  /// What became of edges without direction, of their ids and of rows of one relation, a line each.
  [[nodiscard]] std::vector<std::string> remarks() const;
  /// Edge ids that were left out. @see FlatReader
  [[nodiscard]] std::uint64_t left_ids() const { return reader_.left_ids(); }
  /// The first end of a period that is a day. @see FlatReader
  [[nodiscard]] const FlatReader::DayEnd& day_end() const { return reader_.day_end(); }

 private:
  void read_one(const std::vector<FlatColumn>& columns, std::span<const std::string_view> values, const Place& place,
                std::uint64_t row, EdgePipe& pipe);

  Problems found_;  ///< of the last row
  const TableOptions& options_;
  FlatReader reader_;
  ParallelRows parallel_;
  Edge edge_;
  std::vector<std::string_view> values_;
  std::uint64_t empty_lists_ = 0, undirected_ = 0, mutual_ = 0;
};

}  // namespace chokepoint::detail
