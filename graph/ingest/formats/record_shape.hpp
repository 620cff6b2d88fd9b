#pragma once

#include "ingest/formats/json_head.hpp"
#include "ingest/formats/json_walk.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace chokepoint::detail {

/// Where the records of a JSON file stand.
enum class RecordLayout : std::uint8_t { lines, lists, keyed, rows };

struct RecordShape {
  RecordLayout layout = RecordLayout::lists;
  JsonPath at;                     ///< of keyed records and of rows: where what holds them stands
  std::vector<std::string> names;  ///< of the columns of rows; empty where the first row has them
  JsonPath described;              ///< of rows: where the columns are described, in front of them; may be empty
  bool has_schema = false;         ///< beside "data" it describes the columns of that, as pandas does
  bool is_kumu = false;            ///< lists of elements and of connections, beside lists of how they are shown
};

/// Whether an object is an entity of FollowTheMoney.
bool is_entity(const Json& value);
/// Whether a list holds objects.
bool holds_records(const Json& list);
/// Whether an object holds a list of objects, in itself or in objects in it, four deep at most.
bool holds_list_of_records(const Json& value, int depth = 0);
/// How a file is laid out, by how it begins. @param says_lines  its name says that it is JSON Lines
RecordShape shape_of(const std::optional<JsonHead>& json, bool says_lines);

}  // namespace chokepoint::detail
