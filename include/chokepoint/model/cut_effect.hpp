#pragma once

#include <cstdint>
#include <string_view>

namespace chokepoint {

/// What the loss of a node means for a thing.
enum class CutEffect : std::uint8_t {
  none,        ///< it stops nothing, as far as recorded
  near,        ///< it stops nothing, and leaves little
  pair,        ///< it stops the thing together with another, neither alone
  alone,       ///< it stops the thing alone
  impossible,  ///< the thing is impossible whatever is lost
};
/// `none`, `near`, `pair`, `alone`, `impossible`.
std::string_view to_string(CutEffect effect);

}  // namespace chokepoint
