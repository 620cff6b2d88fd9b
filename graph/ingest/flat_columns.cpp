#include "ingest/flat_columns.hpp"

#include "chokepoint/model/error.hpp"
#include "chokepoint/model/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iterator>

namespace chokepoint::detail {

namespace {

struct FieldName {
  std::string_view name;
  Target target;
};

constexpr FieldName node_names[] = {{"id", Target::id},           {"type", Target::type},
                                    {"aliases", Target::aliases}, {"since", Target::since},
                                    {"until", Target::until},     {"description", Target::description},
                                    {"label", Target::label},     {"sources", Target::sources},
                                    {"source", Target::source},   {"locator", Target::locator}};
constexpr FieldName edge_names[] = {{"id", Target::id},
                                    {"type", Target::type},
                                    {"from", Target::from},
                                    {"to", Target::to},
                                    {"item", Target::item},
                                    {"market", Target::market},
                                    {"origin", Target::origin},
                                    {"share", Target::share},
                                    {"amount", Target::amount},
                                    {"unit", Target::unit},
                                    {"as_of", Target::as_of},
                                    {"performance", Target::performance},
                                    {"bound", Target::bound},
                                    {"status", Target::status},
                                    {"significance", Target::significance},
                                    {"since", Target::since},
                                    {"until", Target::until},
                                    {"confidence", Target::confidence},
                                    {"group", Target::group},
                                    {"k", Target::k},
                                    {"sources", Target::sources},
                                    {"source", Target::source},
                                    {"locator", Target::locator}};

/// What other programs call the same.
constexpr FieldName foreign_node_names[] = {
    {":id", Target::id},      {":label", Target::type}, {"name", Target::label},   {"kind", Target::type},
    {"start", Target::since}, {"end", Target::until},   {"category", Target::type}};
constexpr FieldName foreign_edge_names[] = {
    {":start_id", Target::from}, {":end_id", Target::to},  {":type", Target::type},
    {"src", Target::from},       {"dst", Target::to},      {"target", Target::to},
    {"kind", Target::type},      {"start", Target::since}, {"end", Target::until}};
/// How things look is made anew at every export.
constexpr std::string_view looks[] = {"r",       "g",        "b",         "color",     "size",
                                      "x",       "y",        "z",         "xpos",      "ypos",
                                      "timeset", "interval", "edgelabel", "symmetric", "edge_symmetric"};

std::optional<Target> find_name(const auto& names, std::string_view name) {
  for (const FieldName& known : names)
    if (known.name == name) return known.target;
  return std::nullopt;
}

/// `label_zh`, `label.zh`, `codes.iso3166`, `attributes.note`: the part behind the dot or line.
std::optional<std::string> behind(std::string_view name, std::string_view head) {
  if (name.size() < head.size() + 2 || fold(name.substr(0, head.size())) != head) return std::nullopt;
  const char between = name[head.size()];
  if (between != '.' && between != '_') return std::nullopt;
  return std::string(name.substr(head.size() + 1));
}

/// `share:double` without its type; `:ID` and `key:ID(Person)` as `:id`.
std::string plain_name(std::string_view name, FlatType& type) {
  const auto colon = name.rfind(':');
  if (colon == std::string_view::npos) return std::string(name);
  std::string tail = fold(name.substr(colon));
  tail = tail.substr(0, tail.find('('));
  constexpr std::string_view kept[] = {":id", ":label", ":start_id", ":end_id", ":type"};
  if (std::find(std::begin(kept), std::end(kept), tail) != std::end(kept)) return tail;
  constexpr std::string_view numbers[] = {":int", ":long", ":float", ":double", ":short", ":byte"};
  if (std::find(std::begin(numbers), std::end(numbers), tail) != std::end(numbers)) type = FlatType::number;
  if (tail == ":boolean") type = FlatType::truth;
  return std::string(name.substr(0, colon));
}

bool fill_compound(FlatColumn& column, FlatKind kind, const std::string& plain) {
  if (auto key = behind(plain, "attributes")) {
    column.target = Target::attribute;
    column.key = *std::move(key);
    return true;
  }
  if (kind == FlatKind::edges) return false;
  if (auto key = behind(plain, "label")) {
    column.target = Target::label;
    column.key = *std::move(key);
    return true;
  }
  if (auto key = behind(plain, "codes")) {
    column.target = Target::code;
    column.key = *std::move(key);
    return true;
  }
  return false;
}

void fill_told(FlatColumn& column, FlatKind kind, const std::string& field) {
  if (field == "-") return;
  if (fill_compound(column, kind, field)) return;
  const auto target = kind == FlatKind::nodes ? find_name(node_names, field) : find_name(edge_names, field);
  if (!target) {
    std::vector<std::string> known;
    for (const auto& name : edge_names)
      if (kind == FlatKind::edges) known.emplace_back(name.name);
    for (const auto& name : node_names)
      if (kind == FlatKind::nodes) known.emplace_back(name.name);
    const auto near = suggest(field, known, 1);
    throw UsageError(fmt::format(
        "--map {}={}: {} have no such field; {}", column.name, field, kind == FlatKind::nodes ? "nodes" : "edges",
        near.empty() ? fmt::format("use one of {}, attributes.NAME or - for none", fmt::join(known, ", "))
                     : fmt::format("did you mean {}?", near.front())));
  }
  column.target = *target;
  if (column.target == Target::label) column.key = "en";
}

/// The target of a column by its plain name, where it is one we know. @param folded  the names of all columns
std::optional<Target> known_target(FlatKind kind, const std::string& plain, const std::vector<std::string>& folded) {
  const auto has = [&](std::string_view name) { return std::find(folded.begin(), folded.end(), name) != folded.end(); };
  const auto has_label_of_a_language = [&] {
    return std::any_of(folded.begin(), folded.end(), [](const std::string& f) { return behind(f, "label"); });
  };
  if (std::find(std::begin(looks), std::end(looks), plain) != std::end(looks) || plain.starts_with("metric_"))
    return Target::ignored;
  if (kind == FlatKind::edges) {
    // Gephi's edge table: Source and Target are the ends, Type is the direction, Kind the type, Label for show.
    if (plain == "source" && has("target")) return Target::from;
    if ((plain == "type" || plain == "label") && has("kind")) return Target::ignored;
    const std::optional<Target> foreign = find_name(foreign_edge_names, plain);
    return foreign ? foreign : find_name(edge_names, plain);
  }
  // Our own tables have the label for show and one for each language.
  if (plain == "label" && has_label_of_a_language()) return Target::ignored;
  if ((plain == "kind" && has("type")) || (plain == "name" && has("label"))) return std::nullopt;
  const std::optional<Target> foreign = find_name(foreign_node_names, plain);
  return foreign ? foreign : find_name(node_names, plain);
}

}  // namespace

const FlatColumn* find_column(const std::vector<FlatColumn>& columns, Target target) {
  const auto found =
      std::find_if(columns.begin(), columns.end(), [&](const FlatColumn& c) { return c.target == target; });
  return found == columns.end() ? nullptr : &*found;
}

FlatKind kind_of_table(const std::vector<std::string>& names, const ColumnMap& map) {
  bool from = false, to = false;
  for (const std::string& name : names) {
    FlatType type = FlatType::text;
    std::string plain = fold(plain_name(name, type));
    if (const auto told = map.find(name); told != map.end()) plain = told->second;
    from = from || plain == "from" || plain == "source" || plain == "src" || plain == ":start_id";
    to = to || plain == "to" || plain == "target" || plain == "dst" || plain == ":end_id";
  }
  return from && to ? FlatKind::edges : FlatKind::nodes;
}

std::vector<FlatColumn> flat_columns(FlatKind kind, const std::vector<std::string>& names, const ColumnMap& map) {
  std::vector<std::string> folded;
  for (const std::string& name : names) folded.push_back(fold(name));
  std::vector<FlatColumn> columns;
  for (const std::string& name : names) {
    FlatColumn column;
    column.name = name;
    const std::string given = plain_name(name, column.type), plain = fold(given);
    if (const auto told = map.find(name); told != map.end()) {
      fill_told(column, kind, told->second);
      columns.push_back(std::move(column));
      continue;
    }
    const std::optional<Target> target = known_target(kind, plain, folded);
    if (target) {
      column.target = *target;
      if (column.target == Target::label) column.key = "en";
    } else if (!fill_compound(column, kind, given)) {
      column.target = Target::attribute;
      column.key = given;
    }
    if (column.target == Target::attribute && plain == "weight") column.type = FlatType::number;
    columns.push_back(std::move(column));
  }
  return columns;
}

}  // namespace chokepoint::detail
