#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace chokepoint::detail {

/// The statements of all migrations up to the newest schema, in order, without comments.
std::vector<std::string> schema_statements();
/// (name, SQL) of every object they create, as SQLite stores it.
std::vector<std::pair<std::string, std::string>> schema_objects();
/// The CREATE TRIGGER statements; dropped while the program itself writes, which counts its changes once.
std::vector<std::pair<std::string, std::string>> schema_triggers();

}  // namespace chokepoint::detail
