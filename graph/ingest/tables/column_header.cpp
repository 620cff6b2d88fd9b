#include "ingest/tables/column_header.hpp"

#include "chokepoint/model/text.hpp"
#include "ingest/files/blanks.hpp"
#include "ingest/tables/column_words.hpp"
#include "ingest/tables/flat_columns.hpp"

#include <string_view>
#include <utility>

namespace chokepoint::detail {

namespace {

/// What the words of a unit were understood as.
struct UnitWords {
  bool is_known = false;  ///< one of them says a unit, a scale or percent
  std::string rest;       ///< the words that nobody knows, as they are written
};

/// `us$'000`, `亿元`: a unit and a scale without a blank between them.
bool take_joined_unit(const std::string& each, ValueReading& reading) {
  const ColumnWords& known = ColumnWords::standard();
  for (std::size_t i = 1; i < each.size(); ++i) {
    const std::string head = each.substr(0, i), tail = each.substr(i);
    const auto unit = known.unit(head) ? known.unit(head) : known.unit(tail);
    const auto factor = known.unit(head) ? known.scale(tail) : known.scale(head);
    if (!unit || !factor) continue;
    reading.unit = *unit;
    reading.scale *= *factor;
    return true;
  }
  return false;
}

/// Reads `USD m`, `%`, `million tonnes`, `Mio. EUR`.
UnitWords take_unit(std::string_view text, ValueReading& reading) {
  const ColumnWords& known = ColumnWords::standard();
  UnitWords found;
  const auto word = [&](const std::string& written) {
    std::string each = fold(written);
    if (each.size() > 1 && each.ends_with('.')) each.pop_back();
    if (each == "in" || each == "of") return;
    if (each == "%" || each == "percent" || each == "pct" || each == "per cent" || each == "prozent") {
      reading.percent = found.is_known = true;
    } else if (const auto factor = known.scale(each)) {
      reading.scale *= *factor;
      found.is_known = true;
    } else if (const auto unit = known.unit(each)) {
      reading.unit = *unit;
      found.is_known = true;
    } else if (take_joined_unit(each, reading)) {
      found.is_known = true;
    } else {
      found.rest += (found.rest.empty() ? "" : " ") + written;
    }
  };
  std::string each;
  for (const char c : std::string(text) + " ") {
    if (c != ' ' && c != ',') {
      each += c;
    } else if (!each.empty()) {
      word(each);
      each.clear();
    }
  }
  if (!found.rest.empty() && reading.unit.empty()) reading.unit = found.rest;
  return found;
}

/// `Umsatz in Mio. EUR`, `share in %`: what stands behind the last "in" is a unit where all of it is known as one.
std::string_view take_unit_behind_in(std::string_view bare, ColumnHeader& header) {
  for (const std::string_view in : {" in ", " en ", ", "}) {
    const auto at = bare.rfind(in);
    if (at == std::string_view::npos || at == 0) continue;
    ValueReading reading;
    const UnitWords found = take_unit(bare.substr(at + in.size()), reading);
    if (!found.is_known || !found.rest.empty()) continue;
    header.reading = reading;
    header.has_unit = true;
    return without_outer_blanks(bare.substr(0, at));
  }
  return bare;
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
    const UnitWords found = take_unit(inside.substr(0, inside.size() - std::string_view(close).size()), header.reading);
    header.has_unit = found.is_known || !found.rest.empty();
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
  return header;
}

}  // namespace chokepoint::detail
