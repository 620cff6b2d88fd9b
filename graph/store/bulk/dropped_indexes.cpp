#include "store/bulk/dropped_indexes.hpp"

#include "store/connection/schema_sql.hpp"

#include <algorithm>
#include <utility>

namespace chokepoint::detail {

DroppedIndexes::DroppedIndexes(SQLite::Database& connection, std::vector<std::string> names)
    : connection_(connection), names_(std::move(names)) {
  for (const std::string& name : names_) connection_.exec("DROP INDEX " + name);
}

void DroppedIndexes::make_again() const {
  for (const SchemaObject& object : schema_objects())
    if (object.type == "index" && std::find(names_.begin(), names_.end(), object.name) != names_.end())
      connection_.exec(object.sql);
}

}  // namespace chokepoint::detail
