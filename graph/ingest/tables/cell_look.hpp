#pragma once

#include "ingest/tables/flat_table.hpp"

#include <array>
#include <cstddef>
#include <functional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace chokepoint::detail {

/// How many rows are looked at.
constexpr int rows_hinted_at = 200;

/// What people put between names in one cell; a slash, a bar and a line break stand in single names, too.
inline constexpr std::array<std::string_view, 6> list_marks{";", "；", "、", "\n", " | ", " / "};
inline constexpr std::size_t clear_marks = 3;
inline constexpr std::string_view list_comma = ",";

/// Whether a mark stands between texts, several of them. O(length)
bool parts_texts(std::string_view text, std::string_view mark);
/// Whether a mark stands between texts that are as short as names are. O(length)
bool are_names(std::string_view text, std::string_view mark);
/// The mark as a command line has it.
std::string told_mark(std::string_view mark);

/// What the first rows show of a column.
struct CellLook {
  std::size_t filled = 0, several = 0, crosses = 0, numbers = 0, percents = 0;
  std::string twin;                                                 ///< a text that came before
  std::array<std::size_t, list_marks.size() + 1> marks{};           ///< cells with each mark; the last one: commas
  std::array<std::size_t, clear_marks> with_mark{}, short_lists{};  ///< cells with a clear mark, and between names
  std::string example;                                              ///< with a mark
  std::string has_share;                                            ///< a name with a share behind it
  std::string spell;                                                ///< a time as Gephi writes it, with days or years
  std::set<std::string, std::less<>> texts;

  void take(std::string_view value);
  /// The mark between short texts of an attribute, which is no prose; empty where there is none.
  [[nodiscard]] std::string_view mark_of_values() const;
  /// The mark between names; empty where there is none. @param commas_too  a comma is one where no other mark is
  [[nodiscard]] std::string_view mark(bool commas_too) const;

 private:
  void note_mark(std::size_t number, std::string_view value);
};

/// What the first rows show, by column.
std::vector<CellLook> look_at_cells(const FlatTable& table);

}  // namespace chokepoint::detail
