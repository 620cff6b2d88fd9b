#pragma once

#include "ingest/tables/flat_columns.hpp"

#include <string_view>

namespace chokepoint::detail {

/// What values of a type are, as GraphML (`attr.type`) and GEXF (`type`) name it.
FlatType xml_value_type(std::string_view name);

}  // namespace chokepoint::detail
