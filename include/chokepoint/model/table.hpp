#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <variant>
#include <vector>

namespace chokepoint {

/// A cell: nothing known, text, an integer, a real number or yes/no.
using Cell = std::variant<std::monostate, std::string, std::int64_t, double, bool>;

/// Whose words the cells of a column are, for those that translate them.
enum class CellText : std::uint8_t {
  ours,    ///< the program's
  names,   ///< words by which a user calls something; only phrases of several words are the program's
  quoted,  ///< a user's
};

/// A named list of values for people, CSV and Markdown. `key` is the machine name (CSV header, JSON Lines key),
/// `title` what people read.
struct TableColumn {
  std::string key;
  std::string title;
  bool wrap = false;  ///< may take several lines on a narrow terminal
  CellText text = CellText::ours;
};

struct Table {
  std::string title;  ///< a line above it; may be empty
  std::vector<TableColumn> columns;
  std::vector<std::vector<Cell>> rows;  ///< each as long as `columns`
};

/// Named values per node, aligned with a list of nodes somewhere else; exporters write them as attributes without
/// knowing the analysis they come from.
struct Columns {
  std::map<std::string, std::vector<Cell>> by_name;
};

}  // namespace chokepoint
