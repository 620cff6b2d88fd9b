#pragma once

#include "chokepoint/export/render.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace chokepoint::detail {

inline constexpr std::size_t column_gap = 2;    ///< spaces between columns
inline constexpr std::size_t name_indent = 2;   ///< of a row below its name
inline constexpr std::size_t below_indent = 4;  ///< of what stands below its row

/// A column as it will stand on the screen: safe text, measured.
struct TextColumn {
  std::string title;
  std::vector<std::string> cells;
  std::size_t width = 0;
  std::size_t cells_width = 0;  ///< of the widest cell
  bool right = false;
  bool wrap = false;
};

/// Where the cells of a row stand: most tables have nothing but columns, side by side unless not even the narrowest
/// fit.
struct TextLayout {
  std::vector<TextColumn> names;    ///< the first column, where it stands on lines of its own above the rest of its row
  std::vector<TextColumn> columns;  ///< side by side
  bool is_listed = false;           ///< the columns stand one below the other, each with its title before it
  std::vector<TextColumn> below;    ///< a column that stands on lines of its own below its row, where it says something
};

/// Lays a table out for a screen. Ids, dates and words stay whole where the columns side by side are wide enough. Where
/// they are not, the first column or one of texts goes on lines of its own, in whichever way words are broken least and
/// the table is shortest; a table of more columns than fit is listed cell by cell.
/// @param width  in columns of the screen; 0: as wide as it is
/// @note O(size of the table), and some thirty times that of its first rows where it is too wide
TextLayout lay_out_text(const Table& table, std::size_t width);

}  // namespace chokepoint::detail
