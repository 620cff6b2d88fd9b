#include "ingest/tables/flat_columns.hpp"

#include "chokepoint/model/text.hpp"
#include "chokepoint/support/error.hpp"
#include "ingest/checking/field_checker.hpp"
#include "ingest/tables/column_header.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <map>
#include <set>

namespace chokepoint::detail {

namespace {

struct FieldName {
  std::string_view name;
  Target target;
};

// What has no plain field, by name; in front of the fields and behind them.
constexpr FieldName node_heads[] = {{"id", Target::id}, {"type", Target::type}, {"aliases", Target::aliases}},
                    node_ends[] = {{"label", Target::label},
                                   {"sources", Target::sources},
                                   {"source", Target::source},
                                   {"locator", Target::locator}};
constexpr FieldName edge_heads[] = {{"id", Target::id},
                                    {"type", Target::type},
                                    {"from", Target::from},
                                    {"to", Target::to}},
                    edge_ends[] = {{"sources", Target::sources},   {"source", Target::source},
                                   {"locator", Target::locator},   {"direction", Target::direction},
                                   {"scale", Target::scale},       {"from_label", Target::from_label},
                                   {"to_label", Target::to_label}, {"from_type", Target::from_type},
                                   {"to_type", Target::to_type}};
constexpr FieldName figure_heads[] = {{"subject", Target::subject},
                                      {"indicator", Target::indicator},
                                      {"value", Target::value}},
                    figure_ends[] = {
                        {"sources", Target::sources}, {"source", Target::source}, {"locator", Target::locator}};

/// Calls `visit(name, target)` for each field of records of a kind.
void for_each_name(FlatKind kind, const auto& visit) {
  const auto visit_all = [&](const auto& names) {
    for (const FieldName& known : names) visit(known.name, known.target);
  };
  const auto pick = [&](const auto& of_nodes, const auto& of_edges, const auto& of_figures) {
    kind == FlatKind::nodes   ? visit_all(of_nodes)
    : kind == FlatKind::edges ? visit_all(of_edges)
                              : visit_all(of_figures);
  };
  pick(node_heads, edge_heads, figure_heads);
  for (std::uint8_t i = 0; i < flat_fields.count; ++i) {
    const FlatField& field = flat_fields.list[i];
    const bool is_of_kind = kind == FlatKind::nodes   ? field.is_of_nodes
                            : kind == FlatKind::edges ? field.is_of_edges
                                                      : field.is_of_figures;
    if (is_of_kind) visit(field.name, target_of(i));
  }
  pick(node_ends, edge_ends, figure_ends);
}

/// What other programs call the same.
constexpr FieldName foreign_node_names[] = {
    {":id", Target::id},      {":label", Target::type}, {"name", Target::label},   {"kind", Target::type},
    {"start", Target::since}, {"end", Target::until},   {"category", Target::type}};
constexpr FieldName foreign_edge_names[] = {
    {":start_id", Target::from}, {":end_id", Target::to},    {":type", Target::type}, {"src", Target::from},
    {"dst", Target::to},         {"target", Target::to},     {"kind", Target::type},  {"start", Target::since},
    {"end", Target::until},      {"edge_type", Target::type}};
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
  if (name.size() < head.size() + 1 || fold(name.substr(0, head.size())) != head) return std::nullopt;
  const char between = name[head.size()];
  if (between != '.' && (between != '_' || name.size() < head.size() + 2)) return std::nullopt;
  return std::string(name.substr(head.size() + 1));
}

}  // namespace

std::optional<Target> target_of_name(FlatKind kind, std::string_view name) {
  std::optional<Target> found;
  for_each_name(kind, [&](std::string_view known, Target target) {
    if (known == name) found = target;
  });
  return found;
}

std::vector<std::string> field_names(FlatKind kind) {
  std::vector<std::string> names;
  for_each_name(kind, [&](std::string_view known, Target) { names.emplace_back(known); });
  return names;
}

std::string without_type(std::string_view name, FlatType& type) {
  const auto colon = name.rfind(':');
  if (colon == std::string_view::npos) return std::string(name);
  const bool is_attribute = behind(name, "attributes").has_value();
  std::string tail = fold(name.substr(colon));
  tail = tail.substr(0, tail.find('('));
  constexpr std::string_view kept[] = {":id", ":label", ":start_id", ":end_id", ":type"};
  if (!is_attribute && std::find(std::begin(kept), std::end(kept), tail) != std::end(kept)) return tail;
  constexpr std::string_view numbers[] = {":int", ":long", ":float", ":double", ":short", ":byte"};
  if (std::find(std::begin(numbers), std::end(numbers), tail) != std::end(numbers)) type = FlatType::number;
  if (tail == ":boolean") type = FlatType::truth;
  // What is no type of theirs belongs to the name.
  constexpr std::string_view others[] = {":string",   ":char",  ":date",     ":localtime", ":time",   ":localdatetime",
                                         ":datetime", ":point", ":duration", ":ignore",    ":boolean"};
  const std::string bare = tail.substr(0, tail.find('['));
  if (std::find(std::begin(numbers), std::end(numbers), bare) == std::end(numbers) &&
      std::find(std::begin(others), std::end(others), bare) == std::end(others))
    return std::string(name);
  return std::string(name.substr(0, colon));
}

namespace {

/// Whether what stands behind `label_` begins as a language does; `label_color` says nothing of a language.
bool begins_as_language(std::string_view tail) {
  const auto end = std::find_if(tail.begin(), tail.end(),
                                [](char c) { return !((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')); });
  return end - tail.begin() == 2 || end - tail.begin() == 3;
}

/// The language of `label_zh`, where a column is one of labels.
std::optional<std::string> language_of(std::string_view name) {
  // `label@en`, as texts of RDF say their language.
  for (const std::string_view head : {"label@", "name@"})
    if (fold(name).starts_with(head) && begins_as_language(name.substr(head.size())))
      return std::string(name.substr(head.size()));
  auto tail = behind(name, "label");
  if (!tail || !begins_as_language(*tail)) return std::nullopt;
  std::ranges::replace(*tail, '_', '-');  // `label_zh_Hans`, of programs whose names have no hyphen
  return tail;
}

}  // namespace

std::string own_name(std::string_view name, FlatType& type, bool is_of_neo4j) {
  constexpr std::string_view json = ":json";
  if (!is_of_neo4j) {
    if (!name.ends_with(json) || !behind(name, "attributes")) return without_type(name, type);
    type = FlatType::json;
    return std::string(name.substr(0, name.size() - json.size()));
  }
  std::string given = without_type(name, type);
  if (!given.starts_with("attributes_") && !given.starts_with("codes_")) return given;
  for (auto at = given.find("__"); at != std::string::npos; at = given.find("__", at)) given.replace(at, 2, ":");
  return own_name(given, type, false);
}

bool take_dotted_name(FlatColumn& column, FlatKind kind, const std::string& plain) {
  if (auto key = behind(plain, "attributes")) {
    column.target = Target::attribute;
    column.key = *std::move(key);
    return true;
  }
  if (kind == FlatKind::edges) return false;
  if (auto key = language_of(plain)) {
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

void take_told_field(FlatColumn& column, FlatKind kind, const std::string& field) {
  column.is_told = true;
  if (field == "-") return;
  if (take_dotted_name(column, kind, field)) return;
  auto target = target_of_name(kind, field);
  // `share %`, `amount (USD m)`: with the unit that the header lacks.
  if (const ColumnHeader header = header_of(field); !target && header.has_unit) {
    target = target_of_name(kind, header.word);
    if (target != Target::share && target != Target::amount) target.reset();
    if (target) column.reading = header.reading;
    if (target) column.reading->is_stated = true;
  }
  if (!target) {
    const std::vector<std::string> known = field_names(kind);
    const auto near = suggest(field, known, 1);
    throw UsageError(fmt::format(
        "--map {}={}: {} have no such field; {}", column.name, field, kind == FlatKind::nodes ? "nodes" : "edges",
        near.empty() ? fmt::format("use one of {}, attributes.NAME or - for none", fmt::join(known, ", "))
                     : fmt::format("did you mean {}?", near.front())));
  }
  column.target = *target;
  if (column.target == Target::label) column.key = "en";
}

namespace {

/// The names of all columns of a table, folded.
struct ColumnNames {
  explicit ColumnNames(const std::vector<std::string>& names) {
    for (const std::string& name : names) folded.insert(fold(name));
    has_label_of_a_language = std::any_of(folded.begin(), folded.end(), language_of);
  }
  [[nodiscard]] bool has(std::string_view name) const { return folded.find(name) != folded.end(); }
  /// Whether the header of a column says that it is of that type.
  [[nodiscard]] bool has_type(std::string_view type) const {
    return std::ranges::any_of(
        folded, [&](const std::string& name) { return name.ends_with(type) && !behind(name, "attributes"); });
  }

  std::set<std::string, std::less<>> folded;
  bool has_label_of_a_language = false;
};

/// The target of a column by its plain name, where it is one we know.
std::optional<Target> known_target(FlatKind kind, const std::string& plain, const ColumnNames& names) {
  if (std::find(std::begin(looks), std::end(looks), plain) != std::end(looks) || plain.starts_with("metric_"))
    return Target::ignored;
  if (kind == FlatKind::edges) {
    // Gephi's edge table: Source and Target are the ends, Type is the direction, Kind the type, Label for show.
    if (plain == "source" && names.has("target")) return Target::from;
    if ((plain == "type" || plain == "label") && names.has("kind")) return Target::ignored;
    // Where Kind tells edges of one type apart, our tables for Gephi have the type beside it.
    if (plain == "kind" && names.has("edge_type")) return Target::ignored;
    const std::optional<Target> foreign = find_name(foreign_edge_names, plain);
    return foreign ? foreign : target_of_name(kind, plain);
  }
  // Our own tables have the label for show and one for each language.
  if (plain == "label" && names.has_label_of_a_language) return Target::ignored;
  // Our tables for Neo4j have the type as its label, too.
  if (plain == ":label" && names.has("type")) return Target::ignored;
  if ((plain == "kind" && names.has("type")) || (plain == "name" && names.has("label"))) return std::nullopt;
  const std::optional<Target> foreign = find_name(foreign_node_names, plain);
  return foreign ? foreign : target_of_name(kind, plain);
}

}  // namespace

std::string_view key_of(Target target) {
  if (const FlatField* field = flat_field(target)) return field->name;
  switch (target) {
    case Target::id: return "id";
    case Target::type: return "type";
    case Target::label: return "labels";
    case Target::aliases: return "aliases";
    case Target::code: return "codes";
    case Target::from: return "from";
    case Target::to: return "to";
    case Target::sources:
    case Target::source:
    case Target::locator: return "sources";
    case Target::attribute: return "attributes";
    case Target::subject: return "subject";
    case Target::indicator: return "indicator";
    case Target::value: return "value";
    default: return {};
  }
}

std::string told_field(const FlatColumn& column) {
  switch (column.target) {
    case Target::label: return column.key == "en" ? "label" : "label." + column.key;
    case Target::code: return "codes." + column.key;
    case Target::attribute: return "attributes." + column.key;
    case Target::source: return "source";
    case Target::locator: return "locator";
    case Target::direction: return "direction";
    case Target::scale: return "scale";
    case Target::from_label: return "from_label";
    case Target::to_label: return "to_label";
    case Target::from_type: return "from_type";
    case Target::to_type: return "to_type";
    default: return std::string(key_of(column.target));
  }
}

const FlatColumn* find_column(const std::vector<FlatColumn>& columns, Target target) {
  const auto found =
      std::find_if(columns.begin(), columns.end(), [&](const FlatColumn& c) { return c.target == target; });
  return found == columns.end() ? nullptr : &*found;
}

std::vector<std::vector<std::size_t>> rival_columns(const std::vector<FlatColumn>& columns) {
  std::map<std::pair<Target, std::string_view>, std::vector<std::size_t>> same;
  for (std::size_t i = 0; i < columns.size(); ++i)
    if (columns[i].target != Target::ignored) same[{columns[i].target, columns[i].key}].push_back(i);
  std::vector<std::vector<std::size_t>> rivals;
  for (auto& [field, those] : same)
    if (those.size() > 1) rivals.push_back(std::move(those));
  std::sort(rivals.begin(), rivals.end());
  return rivals;
}

std::string refuse_rivals(const FlatColumn& earlier, const FlatColumn& later) {
  const std::string field = later.target == Target::attribute ? fmt::format("the attribute {}", later.key)
                            : later.target == Target::label   ? fmt::format("the label in {}", later.key)
                            : later.target == Target::code    ? fmt::format("the code {}", later.key)
                                                              : fmt::format("\"{}\"", key_of(later.target));
  return fmt::format("the columns {} and {} both hold {}; --map \"{}=-\" leaves one out", earlier.name, later.name,
                     field, later.name);
}

std::optional<std::string> refuse_languages(const std::vector<FlatColumn>& columns) {
  const auto wrong = std::find_if(columns.begin(), columns.end(), [](const FlatColumn& column) {
    return column.target == Target::label && !is_language_tag(column.key);
  });
  if (wrong == columns.end()) return std::nullopt;
  return fmt::format(
      "column {}: \"{}\" is no language tag such as en or zh; --map \"{}=attributes.NAME\" keeps it as an "
      "attribute, --map \"{}=-\" leaves it out",
      wrong->name, wrong->key, wrong->name, wrong->name);
}

std::vector<FlatColumn> flat_columns(FlatKind kind, const std::vector<std::string>& names, const ColumnMap& map) {
  const ColumnNames known(names);
  const bool is_of_neo4j = known.has_type(":id") || known.has_type(":start_id");
  std::vector<FlatColumn> columns;
  for (const std::string& name : names) {
    FlatColumn column;
    column.name = name;
    const std::string given = own_name(name, column.type, is_of_neo4j), plain = fold(given);
    if (const auto told = map.find(name); told != map.end()) {
      take_told_field(column, kind, told->second);
      columns.push_back(std::move(column));
      continue;
    }
    const std::optional<Target> target = known_target(kind, plain, known);
    if (target) {
      column.target = *target;
      if (column.target == Target::label) column.key = "en";
    } else if (!take_dotted_name(column, kind, given)) {
      column.target = Target::attribute;
      column.key = given;
    }
    if (column.target == Target::attribute && plain == "weight") column.type = FlatType::number;
    columns.push_back(std::move(column));
  }
  return columns;
}

}  // namespace chokepoint::detail
