#pragma once

#include "chokepoint/model/table.hpp"
#include "export/formats/fields.hpp"

#include <cstddef>
#include <map>
#include <string>
#include <vector>

namespace chokepoint::detail {

/// Cells of some rows, ascending by row.
struct SparseColumn {
  std::vector<std::size_t> rows;
  std::vector<Cell> cells;

  void add(std::size_t row, Cell cell) {
    rows.push_back(row);
    cells.push_back(std::move(cell));
  }
};

/// The narrowest type that holds every known cell: yes/no, whole numbers, numbers, else text.
FieldType common_type(const std::vector<Cell>& cells);

/// A cell as a value of `type`; a number in a text column takes its exact text.
FieldValue cell_value(const Cell& cell, FieldType type, std::string& scratch);

/// Members of the records' `attributes` objects, a column per key. Scalars stay what they are; lists, objects and
/// numbers that fit no 64-bit type become text (JSON).
/// @param attributes_of  canonical JSON object of a row, empty for none
/// @throws JsonError for text that is no JSON object
std::map<std::string, SparseColumn> split_attributes(
    std::size_t row_count, const std::function<const std::string&(std::size_t)>& attributes_of);

}  // namespace chokepoint::detail
