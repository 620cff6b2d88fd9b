#include "model/stored_row.hpp"

#include "chokepoint/support/error.hpp"

#include <string>

namespace chokepoint::detail {

void refuse_value(const StoredRow& row, std::string_view column, std::string_view why) {
  throw SchemaError("the database is damaged: table " + std::string(row.table) + ", row " + std::to_string(row.key) +
                    ", column " + std::string(column) + ": " + std::string(why) +
                    "; restore a copy or import the datasets into a new one");
}

}  // namespace chokepoint::detail
