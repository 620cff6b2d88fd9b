#pragma once

#include "chokepoint/ingest/table_options.hpp"
#include "ingest/flat_columns.hpp"
#include "ingest/input_remarks.hpp"
#include "ingest/record_reader.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace chokepoint::detail {

/// Makes records out of rows of texts, an empty text being an absent field. What is plainly right is taken as it
/// stands; anything else goes through the RecordReader, which says what is wrong.
class FlatReader {
 public:
  FlatReader(const Ontology& ontology, Problems& problems, const std::string& default_source,
             const TableOptions& options, InputRemarks& remarks);

  /// @param row  what messages call the row: `row 17`
  /// @return whether `node` holds the record; otherwise there was a problem
  bool node(const std::vector<FlatColumn>& columns, std::span<const std::string_view> values, const Place& place,
            std::uint64_t row, Node& node);
  bool edge(const std::vector<FlatColumn>& columns, std::span<const std::string_view> values, const Place& place,
            std::uint64_t row, Edge& edge);

 private:
  bool plain_node(const std::vector<FlatColumn>& columns, std::span<const std::string_view> values, Node& node);
  bool plain_edge(const std::vector<FlatColumn>& columns, std::span<const std::string_view> values, Edge& edge);
  bool plain_edge_field(const FlatColumn& column, std::string_view value, Edge& edge, std::string_view& source,
                        std::string_view& sources, std::string_view& locator);
  bool cite(std::vector<Citation>& citations, std::string_view source, std::string_view locator) const;
  Json object_of(FlatKind kind, const std::vector<FlatColumn>& columns, std::span<const std::string_view> values) const;
  std::string_view our_type(std::string_view theirs) const;
  void tell(const Problems& found, const std::vector<FlatColumn>& columns, std::uint64_t row);

  const Ontology& ontology_;
  Problems& problems_;
  InputRemarks& remarks_;
  Problems found_;  ///< of one row
  std::string default_source_;
  const TableOptions& options_;
  RecordReader reader_;
};

/// Whether a text of digits only: a number that a program gave its edges, no name for one.
bool is_row_number(std::string_view id);

}  // namespace chokepoint::detail
