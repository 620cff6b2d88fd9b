#pragma once

#include "ingest/graphs/graph_remarks.hpp"
#include "ingest/graphs/graph_types.hpp"
#include "ingest/tables/flat_columns.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace chokepoint::detail {

enum class GraphFileFormat : std::uint8_t { graphml, gexf };

/// What an element may hold besides what its file declares.
enum class GraphSlot : std::uint8_t {
  id,
  from,
  to,
  drawn_label,  ///< of the element itself, or in its drawing
  type,         ///< chosen among what may name it
  title,        ///< the label of a node, chosen in the same way
  kind,
  weight,
  since,
  until,
  as_of,
  direction,
  inside,  ///< names the element around it
  description,
  further_labels,
  timestamps,
  start,  ///< times that are no dates
  end,
  spells,
  figures,  ///< dated numbers of a node, as JSON
  maltego_type,
};

/// Marks the column of a node's figures: a list of observations without subject and sources, as JSON.
inline constexpr std::string_view figures_key = "figures";

/// The columns of one kind of element in a graph file, and the values of the one that is being read. Columns are those
/// that every element has, those that the file declares, and those that become needed as elements are read.
class GraphShape {
 public:
  static constexpr std::size_t npos = static_cast<std::size_t>(-1);
  /// How many columns may come up that nobody declared: more is no table, and would take any memory.
  static constexpr std::size_t most_found = 256;

  GraphShape(FlatKind kind, GraphFileFormat format);

  [[nodiscard]] FlatKind kind() const { return kind_; }
  [[nodiscard]] const std::vector<FlatColumn>& columns() const { return columns_; }
  [[nodiscard]] std::vector<std::string>& values() { return values_; }
  [[nodiscard]] const std::string& name(std::size_t column) const { return entries_[column].name; }
  [[nodiscard]] FlatType type(std::size_t column) const { return entries_[column].type; }
  [[nodiscard]] bool is_declared(std::size_t column) const { return entries_[column].is_declared; }
  [[nodiscard]] bool is_drawing(std::size_t column) const { return entries_[column].is_drawing; }

  /// @param is_drawing  it holds how things look, and labels
  std::size_t declare(std::string_view key, std::string_view name, FlatType type, bool is_drawing = false);
  /// What elements have that say nothing else.
  std::string& default_of(std::size_t column) { return entries_[column].fallback; }
  /// The column of a key, npos where nobody declared it.
  std::size_t column_of(std::string_view key);
  /// A column for a key that nobody declared; npos where there are too many.
  std::size_t found_column(std::string_view key, std::string_view name, FlatType type);
  [[nodiscard]] bool declares(std::string_view name) const;

  /// The place of a value of the element that is being read; made where it is needed for the first time.
  std::size_t slot(GraphSlot slot);
  std::string& at(GraphSlot slot) { return values_[this->slot(slot)]; }
  [[nodiscard]] bool has(GraphSlot slot) const;
  /// A column for an attribute that the file does not declare; npos where there are too many.
  /// @param is_list  takes what another column of that name cannot hold
  std::size_t attribute(std::string_view name, FlatType type, bool is_list = false);

  /// Begins an element. @param is_ours  the file was written by us
  void begin(const ColumnMap& map, bool is_ours, GraphRemarks& remarks);
  /// Brings the columns up to date.
  void refresh(const ColumnMap& map, bool is_ours, GraphRemarks& remarks);
  /// Marks that the element has a value of its own in a column. @return false where it had one
  bool give(std::size_t column) {
    const bool is_first = !given_[column];
    given_[column] = true;
    return is_first;
  }
  /// Whether the element says something of since, until or as_of in a column that the file declares.
  [[nodiscard]] bool declares_value(Target target) const;
  /// Whether a column may name the type or the label.
  [[nodiscard]] bool is_candidate(std::size_t column) const;

  /// Chooses the type and the label of the element, and leaves out what is said twice.
  /// @return what is wrong, if anything
  std::optional<std::string> settle(GraphTypes& types, GraphRemarks& remarks);

  std::uint64_t number = 0;  ///< of the element, from 1

 private:
  struct Entry {
    std::string key, name;
    FlatType type = FlatType::text;
    std::string fallback{};
    std::optional<FlatColumn> fixed{};  ///< what it holds, where the name does not matter
    std::optional<GraphSlot> slot{};
    bool is_drawing = false, is_list = false, is_declared = false;
  };
  /// A column that may say what another one is to hold.
  struct Candidate {
    std::size_t column = 0, rank = 0;
    bool is_free_text = false;
  };
  static constexpr std::size_t slots = static_cast<std::size_t>(GraphSlot::maltego_type) + 1;

  std::size_t add(Entry entry);
  [[nodiscard]] FlatColumn column_of_slot(GraphSlot slot) const;
  void make_columns(const ColumnMap& map, GraphRemarks& remarks);
  void adjust(std::size_t column, GraphRemarks& remarks);
  void adjust_node(std::size_t column, const std::string& folded);
  void adjust_edge(std::size_t column, const std::string& folded);
  void adjust_slot(std::size_t column);
  void part_namesakes();
  void drop_candidates(const ColumnMap& map);
  void choose_label();
  void choose_type(GraphTypes& types, GraphRemarks& remarks);
  void choose_type_by_id(GraphTypes& types, GraphRemarks& remarks);
  void keep_other_types(const GraphTypes& types, GraphRemarks& remarks);

  FlatKind kind_;
  GraphFileFormat format_;
  bool is_ours_ = false;
  std::vector<Entry> entries_;
  std::array<std::size_t, slots> slots_{};
  std::map<std::string, std::size_t, std::less<>> by_key_, by_attribute_;
  std::size_t always_ = 0;                         ///< columns that every element has
  std::size_t guess_ = 0;                          ///< where the next key of an element probably is
  std::size_t found_ = 0;                          ///< columns that nobody declared
  bool is_type_told_ = false;                      ///< by the user: a column holds it
  bool has_labels_ = false, has_english_ = false;  ///< declared columns of labels with their language

  std::vector<FlatColumn> columns_;  ///< of the entries, as far as they are up to date
  std::vector<Candidate> types_, labels_;
  std::vector<std::pair<std::size_t, std::size_t>> namesakes_;  ///< of a slot and of the file; equal values are one
  std::vector<std::vector<std::size_t>> rivals_;                ///< columns of one field
  std::optional<std::string> wrong_;                            ///< what is, of the columns
  std::vector<std::size_t> ids_;                                ///< declared columns of that name; attributes
  std::vector<std::size_t> with_fallback_;                      ///< columns
  std::vector<std::size_t> dates_;                              ///< declared columns of days
  std::vector<std::string> values_;
  std::vector<bool> given_;
};

}  // namespace chokepoint::detail
