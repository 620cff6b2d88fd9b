#pragma once

#include "chokepoint/model/record.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace chokepoint {

/// What an answer says of a node, so that pictures can show it: what was asked about, what was taken away, what stops.
enum class Mark : std::uint8_t {
  none,
  subject,     ///< what the question is about: a target, the ends of a path
  removed,     ///< taken away by the question
  chokepoint,  ///< member of a cut set
  fails,       ///< impossible, whichever way unsettled variants are read
  may_fail,    ///< impossible under one reading
  reduced,     ///< possible, with less than everything left
  found,       ///< listed by the answer
};
inline constexpr std::size_t mark_count = 8;

std::string_view to_string(Mark mark);  ///< ``, `subject`, …, `may-fail`, `reduced`, `found`

/// How a mark is drawn. The colours are Okabe and Ito's, which colour-blind people tell apart too; pictures add a shape
/// or a border, so that colour is never the only sign.
struct MarkLook {
  std::string_view colour;  ///< `#rrggbb`
  Labels labels;            ///< English and Chinese
};
/// @see M. Okabe, K. Ito, "Color Universal Design", 2008
const MarkLook& look_of(Mark mark);

}  // namespace chokepoint
