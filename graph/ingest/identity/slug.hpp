#pragma once

#include <string>
#include <string_view>

namespace chokepoint::detail {

/// Lower-case ASCII letters and digits of a name, joined by hyphens: an id that people can read. Empty where it has
/// none or more than 100 bytes.
std::string slug_of(std::string_view name);

/// An id for a source that a table names by this title or address: its letters and digits, and a hash where they do not
/// say all. The same text gives the same id.
std::string made_source_id(std::string_view text);

}  // namespace chokepoint::detail
