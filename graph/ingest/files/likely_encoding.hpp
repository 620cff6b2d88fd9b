#pragma once

#include <string_view>

namespace chokepoint::detail {

/// The encoding that a text which is no UTF-8 may have, as iconv calls it: one of Western Europe, Russia, China, Japan
/// or Korea, by which bytes stand together. A guess for a message, never taken unasked. O(length)
std::string_view likely_encoding(std::string_view text);

}  // namespace chokepoint::detail
