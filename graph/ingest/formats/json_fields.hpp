#pragma once

#include "chokepoint/model/json.hpp"
#include "ingest/tables/table_spool.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace chokepoint::detail {

/// The text of a number, truth value or text; empty for anything else.
std::string_view scalar_text(const Json& value);
FlatType scalar_type(const Json& value);

/// Sets a column of the row to a value: a list of single values several times, an object by columns with dotted names,
/// any other list as JSON. Null is no value.
/// @param name  of the column; grown on the way, and put back
void put_json(SpooledTable& table, std::string& name, const Json& value, std::optional<Target> role = std::nullopt);

/// Sets a column of a given meaning to a single value or a list of them; objects and nulls are passed over.
void put_role(SpooledTable& table, std::string_view name, Target role, const Json& value, std::string_view key = {});
void put_role_text(SpooledTable& table, std::string_view name, Target role, std::string_view text);

/// Whether a list or object holds a single value only.
bool is_scalar(const Json& value);

}  // namespace chokepoint::detail
