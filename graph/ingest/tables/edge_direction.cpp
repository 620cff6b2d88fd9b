#include "ingest/tables/edge_direction.hpp"

#include "chokepoint/model/text.hpp"
#include "ingest/tables/column_words.hpp"

#include <string>

namespace chokepoint::detail {

namespace {

struct DirectionWord {
  std::string_view word;
  Direction direction;
};

constexpr DirectionWord direction_words[] = {
    {"directed", Direction::directed},     {"true", Direction::directed},        {"forward", Direction::directed},
    {"undirected", Direction::undirected}, {"false", Direction::undirected},     {"mixed", Direction::undirected},
    {"mutual", Direction::mutual},         {"bidirectional", Direction::mutual}, {"both", Direction::mutual},
    {"reverse", Direction::reversed},      {"reversed", Direction::reversed},    {"backward", Direction::reversed}};

}  // namespace

std::string_view direction_text(Direction direction) {
  switch (direction) {
    case Direction::directed: return "directed";
    case Direction::undirected: return "undirected";
    case Direction::mutual: return "mutual";
    case Direction::reversed: return "reverse";
  }
  return {};
}

std::optional<Direction> direction_of(std::string_view word) {
  const std::string folded = fold(word);
  for (const DirectionWord& known : direction_words)
    if (known.word == folded) return known.direction;
  const auto is_import = ColumnWords::standard().is_import(word, false);
  if (is_import) return *is_import ? Direction::reversed : Direction::directed;
  return std::nullopt;
}

std::string_view without_reversed(std::string_view type, bool& is_reversed) {
  constexpr std::string_view mark = " reversed";
  is_reversed = type.ends_with(mark);
  return is_reversed ? type.substr(0, type.size() - mark.size()) : type;
}

bool is_direction_type(std::string_view type) {
  // Most types differ in length or first letter, which is told without folding.
  if (type.size() < 5 || type.size() > 10 || std::string_view("dDuUmM").find(type.front()) == std::string_view::npos)
    return false;
  const std::string folded = fold(type);
  return folded == "directed" || folded == "undirected" || folded == "mixed";
}

}  // namespace chokepoint::detail
