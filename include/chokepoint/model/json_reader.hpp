#pragma once

#include "chokepoint/model/json.hpp"
#include "chokepoint/support/error.hpp"

#include <cstddef>
#include <string_view>

namespace chokepoint {

/// Malformed JSON: `offset` is the byte in the text where reading stopped.
class JsonError : public Error {
 public:
  JsonError(const std::string& message, std::size_t at) : Error(ErrorKind::bad_data, message), offset(at) {}
  std::size_t offset;
};

/// Bounds on hostile input (threats 1 and 5).
struct JsonLimits {
  std::size_t depth = 64;            ///< nesting of lists and objects
  std::size_t number_digits = 1000;  ///< characters of one number
};

/// Reads one JSON text (RFC 8259): UTF-8 checked, duplicate keys and overflowing numbers refused, nothing may
/// follow it. Iterative; O(size).
/// @throws JsonError
Json parse_json(std::string_view text, const JsonLimits& limits = {});

}  // namespace chokepoint
