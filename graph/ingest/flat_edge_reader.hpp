#pragma once

#include "ingest/edge_pipe.hpp"
#include "ingest/flat_reader.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace chokepoint::detail {

/// Makes edges out of rows of texts and puts them into a pipe, in whose thread it runs.
class FlatEdgeReader {
 public:
  FlatEdgeReader(const Ontology& ontology, const std::string& default_source, const TableOptions& options,
                 InputRemarks& remarks)
      : reader_(ontology, found_, default_source, options, remarks) {}

  /// @param row  what messages call the row
  void read(const std::vector<FlatColumn>& columns, std::span<const std::string_view> values, const Place& place,
            std::uint64_t row, EdgePipe& pipe) {
    const bool is_read = reader_.edge(columns, values, place, row, pipe.place());
    if (found_.any()) pipe.tell(found_);
    if (is_read) pipe.add(place);
  }

 private:
  Problems found_;  ///< of the last row
  FlatReader reader_;
};

}  // namespace chokepoint::detail
