#include "ingest/tables/bounded_number.hpp"

#include "chokepoint/model/text.hpp"
#include "ingest/tables/column_words.hpp"
#include "ingest/tables/flat_values.hpp"
#include "ingest/tables/value_reading.hpp"

#include <array>
#include <utility>

namespace chokepoint::detail {

namespace {

constexpr std::size_t longest_bounded = 64;

std::string_view blanks_cut(std::string_view text) {
  for (const std::string_view blank : {" ", "\t", "\u00a0", "\u202f"}) {
    while (text.starts_with(blank)) text.remove_prefix(blank.size());
    while (text.ends_with(blank)) text.remove_suffix(blank.size());
  }
  return text;
}

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) >= 0x80U;
}

/// Takes away a sign or word at one end. A word of letters does not end inside another word.
std::optional<Bound> take_mark(std::string_view& text, const BoundWords& words, bool is_before) {
  const std::string folded = fold(text);
  if (folded.size() != text.size()) return std::nullopt;  // letters that fold to others are no digits
  for (const auto& [mark, bound] : words) {
    if (mark.size() >= text.size()) continue;
    if (is_before ? !folded.starts_with(mark) : !folded.ends_with(mark)) continue;
    const char inner = is_before ? text[mark.size()] : text[text.size() - mark.size() - 1];
    const char edge = is_before ? mark.back() : mark.front();
    const bool is_ascii_word = is_letter(edge) && static_cast<unsigned char>(edge) < 0x80U;
    if (is_ascii_word && is_letter(inner)) continue;
    text = blanks_cut(is_before ? text.substr(mark.size()) : text.substr(0, text.size() - mark.size()));
    return bound;
  }
  return std::nullopt;
}

/// What a range is worth, to see that it rises; a mark of thousands is the comma.
std::optional<double> worth(std::string_view text) {
  const NumberForm form = number_form(text);
  if (!form.is_number) return std::nullopt;
  ValueReading reading;
  if (form.comma_is_decimal) reading.decimal = ',';
  if (form.comma_is_thousands || form.is_ambiguous) reading.thousands = ',';
  if (form.point_is_thousands) reading.thousands = '.';
  const auto plain = plain_number(text, reading);
  return plain ? finite_number(*plain) : std::nullopt;
}

std::optional<BoundedNumber> range_in(std::string_view text) {
  for (const std::string_view mark : {"–", "—", " to ", " bis ", "至", "~", "～", "-"}) {
    const auto at = text.find(mark);
    if (at == std::string_view::npos || at == 0 || text.find(mark, at + 1) != std::string_view::npos) continue;
    BoundedNumber range{Bound::at_least, std::string(blanks_cut(text.substr(0, at))),
                        std::string(blanks_cut(text.substr(at + mark.size())))};
    // The percent sign behind a range is that of both ends.
    if (range.high.ends_with('%') && !range.number.ends_with('%')) range.number += '%';
    if (range.high.starts_with('-') || range.high.starts_with('(')) continue;
    const auto low = worth(range.number), high = worth(range.high);
    if (low && high && *low < *high && *low >= 0) return range;
  }
  return std::nullopt;
}

/// Takes away what leads from a number to a note: `[1]`, `*`, `†`, a letter in brackets or a small figure above.
bool take_note_mark(std::string_view& text) {
  for (const std::string_view mark : {"*", "†", "‡", "§", "¹", "²", "³"})
    if (text.ends_with(mark)) {
      while (text.ends_with(mark)) text.remove_suffix(mark.size());
      text = blanks_cut(text);
      return !text.empty();
    }
  for (const auto& [open, close] : {std::pair('[', ']'), std::pair('(', ')')}) {
    const auto at = text.rfind(open);
    if (!text.ends_with(close) || at == std::string_view::npos || at == 0) continue;
    const std::string_view inside = text.substr(at + 1, text.size() - at - 2);
    const bool is_letter_alone = inside.size() == 1 && is_letter(inside[0]);
    const bool is_figure = open == '[' && inside.size() < 4 && !inside.empty() &&
                           inside.find_first_not_of("0123456789") == std::string_view::npos;
    if (!is_letter_alone && !is_figure) continue;
    text = blanks_cut(text.substr(0, at));
    return true;
  }
  return false;
}

}  // namespace

std::optional<BoundedNumber> bounded_number(std::string_view text) {
  // Wide characters of East Asia fold to plain ones.
  if (text.size() <= longest_bounded && text.find("\xEF\xBC") != std::string_view::npos) {
    const std::string narrow = fold(text);
    if (narrow.find("\xEF\xBC") == std::string::npos) return bounded_number(narrow);
  }
  text = blanks_cut(text);
  if (const auto said = ColumnWords::standard().number_said(fold(text))) {
    if (auto bounded = bounded_number(*said)) return bounded;
    return BoundedNumber{Bound::exact, *said, {}};
  }
  if (text.empty() || text.size() > longest_bounded || number_form(text).is_number) return std::nullopt;
  const std::string_view whole = text;
  auto bound = take_mark(text, ColumnWords::standard().bounds_before(), true);
  if (!bound) bound = take_mark(text, ColumnWords::standard().bounds_behind(), false);
  if (bound && number_form(text).is_number) return BoundedNumber{*bound, std::string(text), {}};
  std::string_view bare = whole;
  if (take_note_mark(bare) && number_form(bare).is_number) return BoundedNumber{Bound::exact, std::string(bare), {}};
  return range_in(whole);
}

}  // namespace chokepoint::detail
