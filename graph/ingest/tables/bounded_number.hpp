#pragma once

#include "chokepoint/model/record.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace chokepoint::detail {

/// A number that says how it relates to the true one: >80%, ≤ 5, ~60, about 90 %, 80 % or more, 70-80%; or that has the
/// mark of a note behind it, and is exact: 12.5%[1], 45 % (e), 12*.
struct BoundedNumber {
  Bound bound = Bound::exact;
  std::string number;  ///< as it is written, with the percent sign of a range's end
  std::string high;    ///< of a range: its upper end; then `bound` is at-least, and `number` the lower end
};

/// Takes such a number apart. Signs and words are data (profiles/columns.json). nullopt for any other text, a plain
/// number among them, and for a range whose ends do not rise. O(length)
std::optional<BoundedNumber> bounded_number(std::string_view text);

}  // namespace chokepoint::detail
