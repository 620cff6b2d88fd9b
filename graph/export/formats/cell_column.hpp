#pragma once

#include "chokepoint/model/table.hpp"
#include "export/formats/fields.hpp"

#include <string>
#include <vector>

namespace chokepoint::detail {

/// The narrowest type that holds every known cell: yes/no, whole numbers, numbers, else text.
FieldType common_type(const std::vector<Cell>& cells);

/// A cell as a value of `type`; a number in a text column takes its exact text.
FieldValue cell_value(const Cell& cell, FieldType type, std::string& scratch);

}  // namespace chokepoint::detail
