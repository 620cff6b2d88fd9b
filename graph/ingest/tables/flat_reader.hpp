#pragma once

#include "chokepoint/ingest/table_options.hpp"
#include "ingest/checking/input_remarks.hpp"
#include "ingest/checking/record_reader.hpp"
#include "ingest/tables/edge_direction.hpp"
#include "ingest/tables/flat_columns.hpp"
#include "ingest/tables/foreign_sources.hpp"

#include <cstdint>
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
  bool reports = false;        ///< a row must say whether who reports it imports or exports
  bool has_made_ends = false;  ///< ends of periods were made of what includes their last day, and say the next one
  bool has_scale = false;      ///< a column says what the amounts are to be taken times
  bool surveyed = false;       ///< columns know how their values are written
  std::string as_of;           ///< of measures whose row says no day, as the name of a sheet does
  std::string node_type, edge_type;  ///< where neither a row nor the user names one
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
  /// What its file says of where the last edge goes; one that is reversed was turned round.
  [[nodiscard]] Direction direction() const { return direction_; }
  /// Edge ids that only number the edges of their file, and were left out.
  [[nodiscard]] std::uint64_t left_ids() const { return left_ids_; }
  /// The first end of a period that is a day and is not ours. `column` is empty where there was none.
  struct DayEnd {
    std::string column, day;
    [[nodiscard]] bool empty() const { return day.empty(); }
  };
  [[nodiscard]] const DayEnd& day_end() const { return day_end_; }

 private:
  bool node_of(const std::vector<FlatColumn>& columns, std::span<const std::string_view> values, const Place& place,
               std::uint64_t row, Node& node);
  void note_day_end(const std::vector<FlatColumn>& columns, const std::string& until);
  bool edge_of(const std::vector<FlatColumn>& columns, std::span<const std::string_view> values, const Place& place,
               std::uint64_t row, Edge& edge);
  bool plain_node(const std::vector<FlatColumn>& columns, std::span<const std::string_view> values, Node& node);
  bool plain_edge(const std::vector<FlatColumn>& columns, std::span<const std::string_view> values, Edge& edge);
  bool plain_edge_field(const FlatColumn& column, std::string_view value, Edge& edge, std::string_view& source,
                        std::string_view& sources, std::string_view& locator);
  void take_our_unit(Edge& edge);
  bool take_scale(const std::vector<FlatColumn>& columns, std::span<const std::string_view> given, const Place& place,
                  std::uint64_t row, Edge& edge);
  bool take_bounds(const std::vector<FlatColumn>& columns, std::span<const std::string_view> given, const Place& place,
                   std::uint64_t row, Edge& edge);
  void refuse_no_flow(const std::vector<FlatColumn>& columns, const Place& place, std::uint64_t row);
  bool knows_edge_type(const std::string& type);
  bool take_direction(std::string_view value);
  bool take_edge_id(const FlatColumn& column, std::string_view value, Edge& edge);
  bool cite(std::vector<Citation>& citations, std::string_view source, std::string_view locator) const;
  void set_attribute(Json& attributes, const FlatColumn& column, std::string_view value);
  Json object_of(FlatKind kind, const std::vector<FlatColumn>& columns, std::span<const std::string_view> values);
  Json citations_in(std::string_view source, std::string_view sources, std::string_view locator);
  [[nodiscard]] const std::string& default_type(FlatKind kind) const;
  void take_type(FlatKind kind, std::string_view theirs, std::string& type);
  void explain_type(Problem& problem, const std::vector<FlatColumn>& columns) const;
  std::span<const std::string_view> as_we_write(const std::vector<FlatColumn>& columns,
                                                std::span<const std::string_view> values);
  std::string value_as_we_write(const FlatColumn& column, std::string_view value);
  void name_row(const std::vector<FlatColumn>& columns, std::span<const std::string_view> values, FlatKind kind);
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
  std::vector<std::string> texts_;  ///< values of a row in our writing
  std::vector<std::string_view> written_;
  std::string row_name_;        ///< what messages call the row, where it is a foreign one
  std::string last_edge_type_;  ///< the last one that the ontology has
  Direction direction_ = Direction::directed;
  bool type_is_reversed_ = false;          ///< as --map-type says
  bool is_note_ = false;                   ///< the row has one filled cell of several
  std::string last_unit_, our_last_unit_;  ///< of the row above, and what that is here
  double last_unit_scale_ = 1;
  bool has_no_ends_ = false;
  bool is_total_ = false;   ///< one of its ends is called as a total is
  bool leaves_id_ = false;  ///< the id of the edge that is being read only numbers it
  std::uint64_t left_ids_ = 0;
  DayEnd day_end_;
};

}  // namespace chokepoint::detail
