#pragma once

#include <cstdint>
#include <string_view>

namespace chokepoint::detail {

/// A row of a database, for the sentence that refuses one of its values: what is stored is data like any other.
struct StoredRow {
  std::string_view table;
  std::int64_t key = 0;
};

/// @throws SchemaError always: the value of a column is none that this program writes
[[noreturn]] void refuse_value(const StoredRow& row, std::string_view column, std::string_view why);

}  // namespace chokepoint::detail
