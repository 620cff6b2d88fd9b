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
  enforced,    ///< a policy that the question switches on
  cut,         ///< no longer delivered to somebody, by a policy
  response,    ///< answers a policy: adapts to it, or substitutes for what it takes
};
inline constexpr std::size_t mark_count = 11;

std::string_view to_string(Mark mark);  ///< ``, `subject`, …, `may-fail`, `reduced`, `found`, `enforced`, …

/// How a mark is drawn. The colours are Okabe and Ito's (and black, and Tol's wine for what is cut), which colour-blind
/// people tell apart too; pictures add a shape or a border, so that colour is never the only sign.
struct MarkLook {
  std::string_view colour;  ///< `#rrggbb`
  Labels labels;            ///< English and Chinese
};
/// @see M. Okabe, K. Ito, "Color Universal Design", 2008; P. Tol, "Colour Schemes", 2021
const MarkLook& look_of(Mark mark);

}  // namespace chokepoint
