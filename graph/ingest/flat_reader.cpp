#include "ingest/flat_reader.hpp"

#include "chokepoint/model/date.hpp"
#include "chokepoint/model/json_reader.hpp"
#include "chokepoint/model/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <optional>
#include <utility>

namespace chokepoint::detail {

namespace {

constexpr std::size_t longest_plain_text = 65536;

std::optional<double> number_of(std::string_view text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || !std::isfinite(value)) return std::nullopt;
  return value;
}

/// Takes what is plainly right; whole numbers of more than 15 digits go another way, which asks whether all are kept.
bool take_number(std::string_view text, double least, double most, std::optional<double>& number) {
  if (text.size() > 15 && text.find_first_of(".eE") == std::string_view::npos) return false;
  number = number_of(text);
  return number && *number >= least && *number <= most;
}

template <typename Enum>
bool take(std::optional<Enum> parsed, Enum& value) {
  if (parsed) value = *parsed;
  return parsed.has_value();
}

bool fits(std::string_view text) {
  return text.size() <= longest_plain_text && text.find('\0') == std::string_view::npos;
}

/// Where the list of sources is one source without a locator, and nothing else is said, that is the source.
bool take_only_source(std::string_view sources, std::string_view& source, std::string_view locator) {
  if (sources.empty()) return true;
  if (!source.empty() || !locator.empty() || !is_valid_id(sources)) return false;
  source = sources;
  return true;
}

/// Gephi says in `Type` whether an edge is directed.
bool is_direction(std::string_view type) {
  if (type.size() < 5 || type.size() > 10 || std::string_view("dDuUmM").find(type.front()) == std::string_view::npos)
    return false;
  const std::string folded = fold(type);
  return folded == "directed" || folded == "undirected" || folded == "mixed";
}

std::vector<std::string> split(std::string_view list) {
  std::vector<std::string> parts;
  while (!list.empty()) {
    const auto end = std::min(list.find(';'), list.size());
    std::string_view part = list.substr(0, end);
    list.remove_prefix(std::min(end + 1, list.size()));
    while (part.starts_with(' ')) part.remove_prefix(1);
    while (part.ends_with(' ')) part.remove_suffix(1);
    if (!part.empty()) parts.emplace_back(part);
  }
  return parts;
}

/// `id: locator; id`; a part that begins with no id belongs to the locator before it.
Json citations_of(std::string_view list) {
  std::vector<std::pair<std::string, std::string>> citations;
  for (const std::string& part : split(list)) {
    const auto colon = part.find(": ");
    const std::string head = part.substr(0, colon);
    if (!citations.empty() && !is_valid_id(head))
      citations.back().second += "; " + part;
    else
      citations.emplace_back(head, colon == std::string::npos ? "" : part.substr(colon + 2));
  }
  Json array = Json::array();
  for (auto& [source, locator] : citations) {
    Json citation = Json::object();
    citation.set("source", source);
    if (!locator.empty()) citation.set("locator", locator);
    array.push(std::move(citation));
  }
  return array;
}

/// The number that a text writes, with all its digits; nullopt for what JSON has no number for.
std::optional<Json> exact_number(std::string_view text) {
  const auto number = number_of(text);
  if (!number) return std::nullopt;
  if (format_number(*number) == text) return Json(*number);
  try {
    return parse_json(text);
  } catch (const JsonError&) {
    return Json(*number);  // written as JSON would not: `.5`, `007`
  }
}

Json value_of(const FlatColumn& column, std::string_view text, InputRemarks& remarks) {
  if (column.type == FlatType::number) {
    if (auto number = exact_number(text)) return *std::move(number);
    remarks.add(column.name, text, "is no number, though the file calls it one; kept as text");
  }
  if (column.type == FlatType::truth && (text == "true" || text == "false")) return Json(text == "true");
  if (column.type == FlatType::json) return parse_json(text);
  return Json(text);
}

bool is_number(Target target) {
  return target == Target::share || target == Target::amount || target == Target::performance ||
         target == Target::confidence || target == Target::k;
}

}  // namespace

bool is_row_number(std::string_view id) {
  return std::all_of(id.begin(), id.end(), [](char c) { return c >= '0' && c <= '9'; });
}

FlatReader::FlatReader(const Ontology& ontology, Problems& problems, const std::string& default_source,
                       const TableOptions& options, InputRemarks& remarks)
    : ontology_(ontology),
      problems_(problems),
      remarks_(remarks),
      default_source_(default_source),
      options_(options),
      reader_(ontology, found_, default_source) {}

std::string_view FlatReader::our_type(std::string_view theirs) const {
  if (options_.types.empty()) return theirs;
  const auto found = options_.types.find(theirs);
  return found == options_.types.end() ? theirs : std::string_view(found->second);
}

bool FlatReader::cite(std::vector<Citation>& citations, std::string_view source, std::string_view locator) const {
  if (source.empty()) source = default_source_;
  if (!is_valid_id(source)) return false;
  citations.resize(1);
  citations.front().source = source;
  citations.front().locator = locator;
  citations.front().read.clear();
  return true;
}

bool FlatReader::plain_node(const std::vector<FlatColumn>& columns, std::span<const std::string_view> values,
                            Node& node) {
  node.id.clear();
  node.type = options_.node_type;
  node.labels.clear();
  node.aliases.clear();
  node.codes.clear();
  node.description.clear();
  node.since.clear();
  node.until.clear();
  node.attributes.clear();
  std::string_view source, sources, locator;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    const std::string_view value = values[i];
    if (value.empty()) continue;
    if (!fits(value)) return false;
    switch (columns[i].target) {
      case Target::ignored:
      case Target::direction: break;
      case Target::id: node.id = value; break;
      case Target::type: node.type = our_type(value); break;
      case Target::label: node.labels[columns[i].key] = value; break;
      case Target::description: node.description = value; break;
      case Target::since: node.since = value; break;
      case Target::until: node.until = value; break;
      case Target::source: source = value; break;
      case Target::sources: sources = value; break;
      case Target::locator: locator = value; break;
      default: return false;
    }
  }
  return take_only_source(sources, source, locator) && is_valid_id(node.id) && ontology_.node_type(node.type) &&
         (node.since.empty() || parse_partial_date(node.since)) &&
         (node.until.empty() || parse_validity(node.since, node.until)) && cite(node.sources, source, locator);
}

bool FlatReader::plain_edge_field(const FlatColumn& column, std::string_view value, Edge& edge,
                                  std::string_view& source, std::string_view& sources, std::string_view& locator) {
  constexpr double unbounded = std::numeric_limits<double>::max();
  const auto id = [&](std::string& field) {
    field = value;
    return is_valid_id(value);
  };
  switch (column.target) {
    case Target::ignored:
    case Target::direction: return true;
    case Target::id: return is_row_number(value) || id(edge.id);
    case Target::type:
      if (!is_direction(value)) edge.type = our_type(value);
      return true;
    case Target::from: return id(edge.from);
    case Target::to: return id(edge.to);
    case Target::item: return id(edge.item);
    case Target::market: return id(edge.market);
    case Target::origin: return id(edge.origin);
    case Target::share: return take_number(value, 0, 1, edge.share);
    case Target::amount: return take_number(value, -unbounded, unbounded, edge.amount);
    case Target::performance: return take_number(value, 0, unbounded, edge.performance);
    case Target::confidence: return take_number(value, 0, 1, edge.confidence);
    case Target::unit: edge.unit = value; return fits(value);
    case Target::group: edge.group = value; return fits(value);
    case Target::as_of: edge.as_of = value; return parse_partial_date(value).has_value();
    case Target::since: edge.since = value; return parse_partial_date(value).has_value();
    case Target::until: edge.until = value; return parse_partial_date(value).has_value();
    case Target::bound: return take(parse_bound(value), edge.bound);
    case Target::status: return take(parse_status(value), edge.status);
    case Target::significance: return take(parse_significance(value), edge.significance);
    case Target::source: source = value; return true;
    case Target::sources: sources = value; return true;
    case Target::locator: locator = value; return fits(value);
    default: return false;
  }
}

bool FlatReader::plain_edge(const std::vector<FlatColumn>& columns, std::span<const std::string_view> values,
                            Edge& edge) {
  for (std::string* text : {&edge.id, &edge.from, &edge.to, &edge.item, &edge.market, &edge.origin, &edge.unit,
                            &edge.as_of, &edge.since, &edge.until, &edge.group, &edge.attributes})
    text->clear();
  edge.type = options_.edge_type;
  edge.share = edge.amount = edge.performance = edge.confidence = std::nullopt;
  edge.bound = Bound::exact;
  edge.status = Status::reported;
  edge.significance = Significance::unstated;
  edge.k.reset();
  std::string_view source, sources, locator;
  for (std::size_t i = 0; i < columns.size(); ++i)
    if (!values[i].empty() && !plain_edge_field(columns[i], values[i], edge, source, sources, locator)) return false;
  const auto type = ontology_.edge_type(edge.type);
  return type && take_only_source(sources, source, locator) && !edge.from.empty() && !edge.to.empty() &&
         (edge.since.empty() || edge.until.empty() || parse_validity(edge.since, edge.until)) &&
         cite(edge.sources, source, locator);
}

Json FlatReader::object_of(FlatKind kind, const std::vector<FlatColumn>& columns,
                           std::span<const std::string_view> values) const {
  Json object = Json::object(), labels = Json::object(), codes = Json::object(), attributes = Json::object();
  std::string type = kind == FlatKind::nodes ? options_.node_type : options_.edge_type;
  std::string_view source, locator, sources;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    const FlatColumn& column = columns[i];
    const std::string_view value = values[i];
    if (value.empty()) continue;
    switch (column.target) {
      case Target::ignored:
      case Target::direction: break;
      case Target::type:
        if (kind == FlatKind::nodes || !is_direction(value)) type = our_type(value);
        break;
      case Target::id:
        if (kind == FlatKind::nodes || !is_row_number(value)) object.set("id", value);
        break;
      case Target::label: labels.set(column.key, value); break;
      case Target::code: codes.set(column.key, value); break;
      case Target::attribute: attributes.set(column.key, value_of(column, value, remarks_)); break;
      case Target::aliases: {
        Json list = Json::array();
        for (std::string& alias : split(value)) list.push(std::move(alias));
        object.set("aliases", std::move(list));
        break;
      }
      case Target::source: source = value; break;
      case Target::locator: locator = value; break;
      case Target::sources: sources = value; break;
      default:
        object.set(std::string(key_of(column.target)),
                   is_number(column.target) ? exact_number(value).value_or(Json(value)) : Json(value));
    }
  }
  if (!type.empty()) object.set("type", type);
  if (!labels.as_object().empty()) object.set("labels", std::move(labels));
  if (!codes.as_object().empty()) object.set("codes", std::move(codes));
  if (!attributes.as_object().empty()) object.set("attributes", std::move(attributes));
  Json citations = citations_of(sources);
  if (!source.empty() || (!locator.empty() && !default_source_.empty())) {
    Json citation = Json::object();
    citation.set("source", source.empty() ? std::string_view(default_source_) : source);
    if (!locator.empty()) citation.set("locator", locator);
    citations.push(std::move(citation));
  }
  if (!citations.as_array().empty()) object.set("sources", std::move(citations));
  return object;
}

/// Says what was wrong with a row, and in which column where the file calls the field otherwise.
void FlatReader::tell(const Problems& found, const std::vector<FlatColumn>& columns, std::uint64_t row) {
  for (Problem problem : found.sorted()) {
    for (const FlatColumn& column : columns) {
      const std::string_view key = key_of(column.target);
      if (!key.empty() && column.name != key && problem.message.starts_with(fmt::format("\"{}\"", key))) {
        problem.message = fmt::format("column {}: {}", column.name, problem.message);
        break;
      }
    }
    problem.record = fmt::format("row {}, {}", row, problem.record);
    problems_.add(std::move(problem));
  }
  found_.take();
}

bool FlatReader::node(const std::vector<FlatColumn>& columns, std::span<const std::string_view> values,
                      const Place& place, std::uint64_t row, Node& node) {
  if (plain_node(columns, values, node)) return true;
  auto read = reader_.node(object_of(FlatKind::nodes, columns, values), place);
  if (found_.any()) tell(found_, columns, row);
  if (read) node = *std::move(read);
  return read.has_value();
}

bool FlatReader::edge(const std::vector<FlatColumn>& columns, std::span<const std::string_view> values,
                      const Place& place, std::uint64_t row, Edge& edge) {
  if (plain_edge(columns, values, edge)) return true;
  auto read = reader_.edge(object_of(FlatKind::edges, columns, values), place);
  if (found_.any()) tell(found_, columns, row);
  if (read) edge = *std::move(read);
  return read.has_value();
}

}  // namespace chokepoint::detail
