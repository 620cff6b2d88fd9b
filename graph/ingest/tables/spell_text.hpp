#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace chokepoint::detail {

/// A span of time as Gephi writes it into tables: `[2018.0, 2020.0)`.
struct SpellText {
  std::string start, end;
  bool is_start_open = false, is_end_open = false;  ///< a bound that is excluded
};

/// The spells of a cell such as `<[2018.0, 2020.0]; [2021.0, Infinity]>`; nullopt for any other text. O(length)
std::optional<std::vector<SpellText>> spells_in(std::string_view text);

/// Whether the bounds of a spell are days, years or no bound at all, so that it says when something holds.
bool is_dated(const SpellText& spell);

}  // namespace chokepoint::detail
