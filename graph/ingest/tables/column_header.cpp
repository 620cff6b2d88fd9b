#include "ingest/tables/column_header.hpp"

#include "chokepoint/model/text.hpp"
#include "ingest/files/blanks.hpp"
#include "ingest/tables/column_words.hpp"
#include "ingest/tables/flat_columns.hpp"
#include "ingest/tables/unit_words.hpp"

#include <string_view>
#include <utility>

namespace chokepoint::detail {

namespace {

ValueReading reading_of(const UnitWords& words) {
  ValueReading reading;
  reading.percent = words.percent;
  reading.is_fraction = words.fractions;
  reading.scale = words.scale;
  reading.unit = words.unit;
  return reading;
}

/// `Umsatz in Mio. EUR`, `share in %`: what stands behind the last "in" is a unit where all of it is known as one.
std::string_view take_unit_behind_in(std::string_view bare, ColumnHeader& header) {
  for (const std::string_view in : {" in ", " en ", ", "}) {
    const auto at = bare.rfind(in);
    if (at == std::string_view::npos || at == 0) continue;
    const UnitWords found = unit_words(bare.substr(at + in.size()));
    if (!found.is_whole) continue;
    header.reading = reading_of(found);
    header.has_unit = true;
    return without_outer_blanks(bare.substr(0, at));
  }
  return bare;
}

/// Whether a header says percent in a word, as others do by a sign.
bool says_percent(std::string_view word) {
  if (word.find("percentile") != std::string_view::npos) return false;
  for (const std::string_view percent : {"percent", "per cent", "pct", "prozent", "pourcent", "porcent", "百分"})
    if (word.find(percent) != std::string_view::npos) return true;
  return false;
}

}  // namespace

ColumnHeader header_of(const std::string& name) {
  ColumnHeader header;
  header.given = without_type(without_outer_blanks(name), header.type);
  const auto colon = name.rfind(':');
  header.is_left_out = colon != std::string::npos && fold(name.substr(colon)) == ":ignore";
  std::string_view bare = header.given;
  for (const auto& [open, close] : {std::pair("(", ")"), std::pair("[", "]"), std::pair("（", "）")}) {
    const auto at = bare.rfind(open);
    if (at == std::string_view::npos || at == 0 || !bare.ends_with(close)) continue;
    const std::string_view inside = bare.substr(at + std::string_view(open).size());
    const UnitWords found = unit_words(inside.substr(0, inside.size() - std::string_view(close).size()));
    header.reading = reading_of(found);
    header.has_unit = found.is_known || !found.unit.empty();
    bare = without_outer_blanks(bare.substr(0, at));
    break;
  }
  if (!header.has_unit) bare = take_unit_behind_in(bare, header);
  if (bare.size() > 1 && bare.ends_with('%')) {
    header.reading.percent = header.has_unit = true;
    bare = without_outer_blanks(bare.substr(0, bare.size() - 1));
  }
  if (bare.size() > 1 && bare.starts_with('%') && !header.has_unit) {
    header.reading.percent = header.has_unit = true;
    bare = without_outer_blanks(bare.substr(1));
  }
  header.word = header_word(bare);
  if (!header.has_unit && says_percent(header.word)) header.reading.percent = header.has_unit = true;
  return header;
}

}  // namespace chokepoint::detail
