#pragma once

#include "chokepoint/model/json.hpp"
#include "ingest/formats/format.hpp"

#include <optional>
#include <string_view>
#include <vector>

namespace chokepoint::detail {

/// The first values of a JSON text or of JSON Lines, as far as the beginning of the file shows them.
struct JsonHead {
  std::vector<Json> values;  ///< 1 to 16; the last one may lack its end
  bool is_whole = false;     ///< the file has no more
  /// The first value if it is an object; nullptr for a list.
  [[nodiscard]] const Json* object() const { return values.front().is_object() ? &values.front() : nullptr; }
  [[nodiscard]] bool is_lines() const { return values.size() > 1; }
  /// The member of the first value, if that is an object with such a one.
  [[nodiscard]] const Json* find(std::string_view key) const;
  /// Records to judge by: the values of lines, or the elements of a list.
  [[nodiscard]] std::vector<const Json*> records() const;
};

/// @return nullopt for what begins like no object or list
std::optional<JsonHead> json_head(const FileHead& head);

/// The member of that name, of that kind; nullptr for any other, or if `value` is no object.
const Json* list_in(const Json* value, std::string_view key);
const Json* object_in(const Json* value, std::string_view key);
const Json* text_in(const Json* value, std::string_view key);
/// The member, whatever it is; nullptr if `value` is no object.
const Json* member_in(const Json* value, std::string_view key);
/// The first element of a list or member of an object; nullptr for none.
const Json* first_in(const Json* value);

/// Whether it is a dataset of our own format.
bool is_own_dataset(const JsonHead& head);

}  // namespace chokepoint::detail
