#include "ingest/tables/spell_text.hpp"

#include "chokepoint/model/text.hpp"
#include "ingest/files/blanks.hpp"

#include <algorithm>

namespace chokepoint::detail {

namespace {

std::optional<SpellText> spell_in(std::string_view text) {
  if (text.size() < 3) return std::nullopt;
  const char open = text.front(), close = text.back();
  if ((open != '[' && open != '(' && open != ']') || (close != ']' && close != ')' && close != '['))
    return std::nullopt;
  const std::string_view inside = text.substr(1, text.size() - 2);
  const auto comma = inside.find(',');
  if (comma == std::string_view::npos || inside.find(',', comma + 1) != std::string_view::npos) return std::nullopt;
  SpellText spell{std::string(without_outer_blanks(inside.substr(0, comma))),
                  std::string(without_outer_blanks(inside.substr(comma + 1))), open != '[', close != ']'};
  if (spell.start.empty() || spell.end.empty()) return std::nullopt;
  return spell;
}

bool is_dated(std::string_view bound) {
  if (bound.starts_with('-') || bound.starts_with('+')) bound.remove_prefix(1);
  const std::string word = fold(bound);
  if (word == "infinity" || word == "inf") return true;
  const auto digits = std::min(bound.find_first_not_of("0123456789"), bound.size());
  if (digits != 4 || (bound[0] != '1' && bound[0] != '2')) return false;
  const std::string_view behind = bound.substr(4);
  return behind.empty() || behind.front() == '-' || behind.find_first_not_of(".0") == std::string_view::npos;
}

}  // namespace

std::optional<std::vector<SpellText>> spells_in(std::string_view text) {
  text = without_outer_blanks(text);
  if (!text.starts_with('<') || !text.ends_with('>')) return std::nullopt;
  std::vector<SpellText> spells;
  for (std::string_view rest = text.substr(1, text.size() - 2);;) {
    const auto end = rest.find(';');
    auto spell = spell_in(without_outer_blanks(rest.substr(0, end)));
    if (!spell) return std::nullopt;
    spells.push_back(*std::move(spell));
    if (end == std::string_view::npos) return spells;
    rest.remove_prefix(end + 1);
  }
}

bool is_dated(const SpellText& spell) { return is_dated(spell.start) && is_dated(spell.end); }

}  // namespace chokepoint::detail
