#pragma once

#include "chokepoint/model/record.hpp"

#include <string_view>

namespace chokepoint::detail {

/// Whether a name is Chinese by its script: Han characters, no Japanese kana, no Hangul, and no longer Latin name
/// beside them. A Japanese name in kanji alone cannot be told from one, and is taken for one. O(length)
bool is_in_han(std::string_view name);

/// Makes the label of a foreign file, which says no language and is taken for English, the Chinese one where it is in
/// Han characters and there is no other.
void label_by_script(Labels& labels);

}  // namespace chokepoint::detail
