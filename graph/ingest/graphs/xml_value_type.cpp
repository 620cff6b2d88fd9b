#include "ingest/graphs/xml_value_type.hpp"

#include <algorithm>
#include <iterator>

namespace chokepoint::detail {

FlatType xml_value_type(std::string_view name) {
  constexpr std::string_view numbers[] = {"int",   "integer", "long",       "short",     "byte",
                                          "float", "double",  "bigdecimal", "biginteger"};
  if (std::find(std::begin(numbers), std::end(numbers), name) != std::end(numbers)) return FlatType::number;
  return name == "boolean" ? FlatType::truth : FlatType::text;
}

}  // namespace chokepoint::detail
