#pragma once

#include "chokepoint/model/table.hpp"

#include <string>
#include <vector>

namespace chokepoint::detail {

/// Nothing known: an empty cell, or a real number that is none.
bool is_unknown(const Cell& cell);
bool is_number(const Cell& cell);

/// The exact value for programs: shortest round-trip numbers, `true` and `false`, text as it is, unknown empty.
std::string exact_text(const Cell& cell);

/// The value for people: real numbers to six significant digits, with an exponent only below 1e-4 and from 1e15;
/// `yes` and `no`, text as it is (NOT escaped), unknown empty.
std::string people_text(const Cell& cell);

/// Whether every known cell of column `index` is a number, and at least one is known: such columns stand right.
bool is_number_column(const Table& table, std::size_t index);

}  // namespace chokepoint::detail
