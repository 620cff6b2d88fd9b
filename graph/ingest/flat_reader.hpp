#pragma once

#include "chokepoint/ingest/table_options.hpp"
#include "ingest/flat_columns.hpp"
#include "ingest/input_remarks.hpp"
#include "ingest/record_reader.hpp"

#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace chokepoint::detail {

/// How the rows of one table are taken.
struct FlatRules {
  bool is_ours = true;         ///< ids and fields mean what they mean in our own format
  bool foreign_ids = false;    ///< ids of nodes may be any text; what they are stored under is decided later
  bool names_are_ids = false;  ///< of nodes: the label is the id, too
  bool may_survey = false;     ///< a value that cannot be read asks for a survey of its column instead of being refused
  bool surveyed = false;       ///< columns know how their values are written
  std::string node_type, edge_type;  ///< where neither a row nor the user names one
};

/// Sources that a table names by a title or an address and not by an id. May be asked from several threads.
class ForeignSources {
 public:
  /// The id of a source that is made for the text; itself where it is one.
  std::string id_of(std::string_view text);
  /// Title and address of a source that was made, if it was.
  void describe(Source& source) const;

 private:
  mutable std::mutex mutex_;
  std::map<std::string, std::string, std::less<>> texts_;  ///< by id
};

/// Makes records out of rows of texts, an empty text being an absent field. What is plainly right is taken as it
/// stands; anything else goes through the RecordReader, which says what is wrong.
class FlatReader {
 public:
  FlatReader(const Ontology& ontology, Problems& problems, const std::string& default_source,
             const TableOptions& options, InputRemarks& remarks, ForeignSources& sources);

  /// Rows that follow are taken by these rules. @pre `rules` lives as long as they are
  void set_rules(const FlatRules& rules) { rules_ = &rules; }
  /// @param row  what messages call the row: `row 17`
  /// @return whether `node` holds the record; otherwise there was a problem
  /// @throws WantsSurvey
  bool node(const std::vector<FlatColumn>& columns, std::span<const std::string_view> values, const Place& place,
            std::uint64_t row, Node& node);
  bool edge(const std::vector<FlatColumn>& columns, std::span<const std::string_view> values, const Place& place,
            std::uint64_t row, Edge& edge);
  bool figure(const std::vector<FlatColumn>& columns, std::span<const std::string_view> values, const Place& place,
              std::uint64_t row, Observation& figure);
  /// Whether the last edge goes both ways, or has no direction.
  [[nodiscard]] bool is_undirected() const { return is_undirected_; }
  [[nodiscard]] bool is_mutual() const { return is_mutual_; }
  /// Edge ids that only number the edges of their file, and were left out.
  [[nodiscard]] std::uint64_t left_ids() const { return left_ids_; }

 private:
  bool edge_of(const std::vector<FlatColumn>& columns, std::span<const std::string_view> values, const Place& place,
               std::uint64_t row, Edge& edge);
  bool plain_node(const std::vector<FlatColumn>& columns, std::span<const std::string_view> values, Node& node);
  bool plain_edge(const std::vector<FlatColumn>& columns, std::span<const std::string_view> values, Edge& edge);
  bool plain_edge_field(const FlatColumn& column, std::string_view value, Edge& edge, std::string_view& source,
                        std::string_view& sources, std::string_view& locator);
  bool take_direction(std::string_view value);
  bool take_edge_id(const FlatColumn& column, std::string_view value, Edge& edge);
  bool cite(std::vector<Citation>& citations, std::string_view source, std::string_view locator) const;
  Json object_of(FlatKind kind, const std::vector<FlatColumn>& columns, std::span<const std::string_view> values);
  Json citations_in(std::string_view source, std::string_view sources, std::string_view locator);
  std::string our_type(FlatKind kind, std::string_view theirs) const;
  std::span<const std::string_view> as_we_write(FlatKind kind, const std::vector<FlatColumn>& columns,
                                                std::span<const std::string_view> values);
  std::string value_as_we_write(FlatKind kind, const FlatColumn& column, std::string_view value);
  void tell(const Problems& found, const std::vector<FlatColumn>& columns, std::uint64_t row);

  const Ontology& ontology_;
  Problems& problems_;
  InputRemarks& remarks_;
  ForeignSources& sources_;
  Problems found_;  ///< of one row
  std::string default_source_;
  const TableOptions& options_;
  RecordReader reader_;
  const FlatRules* rules_;
  std::vector<std::string> texts_;        ///< values of a row in our writing
  std::vector<std::string_view> written_;
  bool is_undirected_ = false, is_mutual_ = false, is_reversed_ = false;
  bool leaves_id_ = false;  ///< the id of the edge that is being read only numbers it
  std::uint64_t left_ids_ = 0;
};

/// Whether a text of digits only: a number that a program gave its edges, no name for one.
bool is_row_number(std::string_view id);

/// A number that a program gave its nodes, with a letter or a word before it or none: `n0`, `node17`, `17`.
bool is_counter(std::string_view id);

}  // namespace chokepoint::detail
