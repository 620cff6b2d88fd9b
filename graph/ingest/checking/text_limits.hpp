#pragma once

#include <cstddef>

namespace chokepoint::detail {

/// Most bytes of a text of a record, and of what a citation says was read.
inline constexpr std::size_t longest_text = 65536, longest_read = 200;

}  // namespace chokepoint::detail
