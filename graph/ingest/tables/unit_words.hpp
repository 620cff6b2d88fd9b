#pragma once

#include <string>
#include <string_view>

namespace chokepoint::detail {

/// What people say of a number beside it: `USD m`, `Mio. EUR`, `1000 t`, `百万円`, `%`.
struct UnitWords {
  bool is_known = false;   ///< one of the words says a unit, a scale, percent or fractions
  bool is_whole = false;   ///< all of them do
  bool percent = false;    ///< 60 stands for 0.6
  bool fractions = false;  ///< 0.6 stands for itself: `0-1`
  double scale = 1;        ///< a power of ten; below 1 of what is smaller than percent
  std::string unit;  ///< ours, with the words behind it that nobody knows; those alone where it has none that we know
};

/// Takes a unit apart. A scale word that nobody knows stays in the unit, so that it says what the number is. O(length)
UnitWords unit_words(std::string_view text);

/// The factor that a cell says: a power of ten by its exponent (UNIT_MULT, 0 to 15), itself, or a word (`Millions`).
/// 0 for what is none.
double scale_of_cell(std::string_view text);

}  // namespace chokepoint::detail
