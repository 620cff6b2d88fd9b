#include "chokepoint/export/render.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace chokepoint {

Table join_tables(std::vector<Table> tables) {
  Table joined;
  joined.columns.push_back({"table", "table"});
  for (Table& table : tables) {
    std::vector<std::size_t> place;
    for (const TableColumn& column : table.columns) {
      const auto known = std::ranges::find(joined.columns, column.key, &TableColumn::key);
      place.push_back(static_cast<std::size_t>(known - joined.columns.begin()));
      if (known == joined.columns.end()) joined.columns.push_back({column.key, column.key});
    }
    for (std::vector<Cell>& row : table.rows) {
      std::vector<Cell> cells(joined.columns.size());
      cells.front() = table.title;
      for (std::size_t i = 0; i < row.size(); ++i) cells[place[i]] = std::move(row[i]);
      joined.rows.push_back(std::move(cells));
      row = {};
    }
  }
  for (std::vector<Cell>& row : joined.rows) row.resize(joined.columns.size());
  return joined;
}

}  // namespace chokepoint
