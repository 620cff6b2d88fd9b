#pragma once

#include "ingest/tables/flat_table.hpp"
#include "ingest/tables/table_layout.hpp"

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace chokepoint::detail {

/// Finds the rows of a table that add up those above them: one of their names is a word for a total, and their numbers
/// are the sums. A row costs the reading of a few numbers; texts are looked at where their first letter may begin such
/// a word.
class TotalRows {
 public:
  explicit TotalRows(const TableLayout& layout);

  /// Whether the row is a total, to be left out. To be called for each row in order.
  bool is_total(const FlatRow& row);
  /// What was left out, and what may be one but adds up nothing; empty where there is none.
  [[nodiscard]] std::string remark() const;

 private:
  struct Measure {
    std::size_t column = 0;
    double sum = 0, since_total = 0;
  };
  void find_measures(const FlatRow& row);
  [[nodiscard]] bool adds_up(const FlatRow& row) const;
  void add(const FlatRow& row);

  std::vector<std::size_t> names_, others_;  ///< columns of names, and of whatever may be numbers
  std::vector<Measure> measures_;
  std::uint64_t rows_ = 0, left_out_ = 0, doubtful_ = 0, first_ = 0, first_doubtful_ = 0, wholes_ = 0;
  bool of_edges_ = false;
  std::string name_, whole_;
};

/// Whether a row is no record but a note beside the table: its one filled cell begins as notes do.
[[nodiscard]] bool is_note_row(const FlatRow& row);

/// Whether a text is a word for a total: in every table; or for a whole (World), which is one where it adds up.
[[nodiscard]] bool is_total_word(std::string_view text);
[[nodiscard]] bool is_called_total(std::string_view text);  ///< `TSMC Total`, too
[[nodiscard]] bool is_whole_word(std::string_view text);

}  // namespace chokepoint::detail
