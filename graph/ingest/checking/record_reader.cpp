#include "ingest/checking/record_reader.hpp"

#include "chokepoint/model/record_fields.hpp"
#include "chokepoint/model/text.hpp"
#include "ingest/checking/field_checker.hpp"
#include "ingest/checking/plain_edge.hpp"
#include "ingest/checking/record_update.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <limits>
#include <span>
#include <tuple>
#include <type_traits>

namespace chokepoint::detail {

namespace {

using std::string_view;

constexpr string_view dataset_keys[] = {"id", "title", "version", "license"};

/// The keys of a record: its plain fields and `others`.
template <typename Record, typename... Others>
constexpr auto keys_with(Others... others) {
  return std::apply(
      [&](const auto&... fields) {
        return std::array<string_view, sizeof...(fields) + sizeof...(others)>{others..., fields.name...};
      },
      std::tuple_cat(record_heads<Record>, record_fields<Record>));
}
constexpr auto source_keys = keys_with<Source>("id", "attributes");
constexpr auto node_keys_of_json = keys_with<Node>("id", "labels", "aliases", "codes", "attributes", "sources");
constexpr auto edge_keys_of_json = keys_with<Edge>("id", "attributes", "sources");
constexpr auto figure_keys = keys_with<Observation>("id", "value", "attributes", "sources");

string_view text_at(const Json& object, string_view key) {
  const Json* value = object.find(key);
  return value != nullptr && value->is_string() ? string_view(value->as_string()) : string_view();
}

template <typename Types>
std::string unknown_type(string_view what, string_view type, const Types& types) {
  std::vector<std::string> ids;
  for (const auto& known : types) ids.push_back(known.id);
  const auto near = suggest(type, ids, 1);
  return fmt::format("unknown {} type \"{}\"; {}", what, type,
                     near.empty() ? "see `chokepoint schema`" : fmt::format("did you mean \"{}\"?", near.front()));
}

/// Checks a plain field by what it holds. Ends of a period are checked as a pair.
template <FieldKind Kind, typename Record, typename Value>
void check_field(FieldChecker& fields, const RecordField<Kind, Record, Value>& field) {
  if constexpr (Kind == FieldKind::node) {
    fields.id(field.name);
  } else if constexpr (Kind == FieldKind::number) {
    fields.number(field.name, field.lower_bound(), field.upper_bound());
  } else if constexpr (Kind == FieldKind::count) {
    fields.integer(field.name, 1, std::numeric_limits<std::uint32_t>::max());
  } else if constexpr (Kind == FieldKind::word) {
    const std::span<const string_view> words = word_list<Value>;
    fields.word(field.name, words.front().empty() ? words.subspan(1) : words);
  } else if constexpr (Kind == FieldKind::date) {
    if (field.name != "since" && field.name != "until") fields.date(field.name);
  } else {
    fields.text(field.name);
  }
}
template <typename Record>
void check_fields(FieldChecker& fields) {
  for_each_field<Record>([&](const auto& field) { check_field(fields, field); });
}

/// `attributes.mode` and `attributes.role` are words of the edge type.
void check_word_attribute(FieldChecker& fields, const char* key, const std::vector<std::string>& words,
                          const EdgeType& type) {
  const Json* attributes = fields.object().find("attributes");
  if (attributes == nullptr || !attributes->is_object()) return;
  const Json* value = attributes->find(key);
  if (value == nullptr || words.empty()) return;
  if (!value->is_string() || std::find(words.begin(), words.end(), value->as_string()) == words.end())
    fields.problem(fmt::format("the {} of {} is one of {}", key, type.id, fmt::join(words, ", ")));
}

/// `attributes.replaces` names nodes: a text, or a list of texts.
void check_replaces(FieldChecker& fields) {
  const Json* attributes = fields.object().find("attributes");
  const Json* value = attributes != nullptr && attributes->is_object() ? attributes->find("replaces") : nullptr;
  if (value == nullptr || value->is_string()) return;
  const bool is_list = value->is_array() && std::all_of(value->as_array().begin(), value->as_array().end(),
                                                        [](const Json& each) { return each.is_string(); });
  if (!is_list) fields.problem("\"replaces\" is the id of a node, or a list of ids");
}

/// Attributes of nodes that are true or false.
void check_flags(FieldChecker& fields) {
  const Json* attributes = fields.object().find("attributes");
  if (attributes == nullptr || !attributes->is_object()) return;
  for (const char* key : {"variants_complete", "remainder"}) {
    const Json* value = attributes->find(key);
    if (value != nullptr && !value->is_bool()) fields.problem(fmt::format("\"{}\" is true or false", key));
  }
}

template <typename Record>
void add_default_source(Record& record, const std::string& source) {
  if (record.sources.empty() && !source.empty()) record.sources.push_back({source, ""});
}

/// Tells an absent word from one that says what an absent one means.
template <typename Record>
void leave_unstated(Record& record, const Json& value) {
  for_each_field<Record>([&](const auto& field) {
    if constexpr (field_kind<decltype(field)> == FieldKind::word) {
      auto& word = record.*field.member;
      if (value.find(field.name) == nullptr) word = unstated_word<std::remove_cvref_t<decltype(word)>>;
    }
  });
}

}  // namespace

std::optional<DatasetInfo> RecordReader::dataset(const Json& value, const Place& place) {
  FieldChecker fields(value, problems_, place, "dataset");
  fields.only(dataset_keys);
  fields.id("id", true);
  for (const char* key : {"title", "version", "license"}) fields.text(key);
  if (!fields.fine()) return std::nullopt;
  return DatasetInfo{std::string(text_at(value, "id")), std::string(text_at(value, "title")),
                     std::string(text_at(value, "version")), std::string(text_at(value, "license"))};
}

std::optional<Source> RecordReader::source(const Json& value, const Place& place) {
  FieldChecker fields(value, problems_, place, fmt::format("source {}", text_at(value, "id")));
  fields.only(source_keys);
  fields.id("id", true);
  check_fields<Source>(fields);
  fields.attributes();
  if (!fields.fine()) return std::nullopt;
  return source_from_json(value);
}

std::optional<Node> RecordReader::node(const Json& value, const Place& place) {
  FieldChecker fields(value, problems_, place, fmt::format("node {}", text_at(value, "id")));
  fields.only(node_keys_of_json);
  fields.id("id", true);
  const std::string* type = fields.text("type", !updates_);
  if (type != nullptr && !ontology_.node_type(*type))
    fields.problem(unknown_type("node", *type, ontology_.node_types()));
  fields.texts("labels", true);
  fields.text_list("aliases");
  fields.texts("codes", false);
  check_fields<Node>(fields);
  fields.validity();
  fields.attributes();
  check_flags(fields);
  fields.citations(default_source_.empty() && !updates_);
  if (!fields.fine()) return std::nullopt;
  Node node = node_from_json(value);
  std::sort(node.aliases.begin(), node.aliases.end());
  node.aliases.erase(std::unique(node.aliases.begin(), node.aliases.end()), node.aliases.end());
  add_default_source(node, default_source_);
  return node;
}

std::optional<Edge> RecordReader::edge(const Json& value, const Place& place) {
  if (!updates_)
    if (auto plain = plain_edge(value, ontology_, default_source_)) return plain;
  FieldChecker fields(
      value, problems_, place,
      fmt::format("edge {} -{}-> {}", text_at(value, "from"), text_at(value, "type"), text_at(value, "to")));
  fields.only(edge_keys_of_json);
  fields.id("id");
  fields.id("from", true);
  fields.id("to", true);
  const std::string* type_name = fields.text("type", true);
  if (type_name != nullptr) {
    if (const auto number = ontology_.edge_type(*type_name)) {
      const EdgeType& type = ontology_.edge_types()[*number];
      check_word_attribute(fields, "mode", type.modes, type);
      check_word_attribute(fields, "role", type.roles, type);
      if (type.role == Role::need || type.role == Role::step) check_replaces(fields);
    } else {
      fields.problem(unknown_type("edge", *type_name, ontology_.edge_types()));
    }
  }
  check_fields<Edge>(fields);
  fields.validity();
  fields.attributes();
  fields.citations(default_source_.empty() && !updates_);
  if (!fields.fine()) return std::nullopt;
  Edge edge = edge_from_json(value);
  if (updates_) leave_unstated(edge, value);
  add_default_source(edge, default_source_);
  return edge;
}

std::optional<Observation> RecordReader::observation(const Json& value, const Place& place) {
  FieldChecker fields(value, problems_, place,
                      fmt::format("observation {} {}", text_at(value, "subject"), text_at(value, "indicator")));
  fields.only(figure_keys);
  fields.id("id");
  fields.id("subject", true);
  fields.id("indicator", true);
  const Json* figure = value.find("value");
  if (figure == nullptr)
    fields.problem("\"value\" is missing");
  else if (figure->is_string())
    fields.text("value");
  else if (figure->is_number())
    figure->to_integer() ? void() : fields.number("value", std::nullopt, std::nullopt);  // 64 bits are kept as they are
  else
    fields.problem(fmt::format("\"value\" must be a number or text, not {}", figure->kind_name()));
  check_fields<Observation>(fields);
  if (const Json* high = value.find("value_high"); high != nullptr && figure != nullptr) {
    const auto low = figure->to_double(), top = high->to_double();
    if (!figure->is_number())
      fields.problem("\"value_high\" needs a number in \"value\"");
    else if (low && top && *top < *low)
      fields.problem("\"value_high\" is below \"value\"");
  }
  fields.validity();
  if (value.find("as_of") != nullptr && (value.find("since") != nullptr || value.find("until") != nullptr))
    fields.problem("either \"as_of\" or \"since\" and \"until\" date a figure, not both");
  fields.attributes();
  fields.citations(default_source_.empty() && !updates_);
  if (!fields.fine()) return std::nullopt;
  Observation observation = observation_from_json(value);
  if (updates_) leave_unstated(observation, value);
  add_default_source(observation, default_source_);
  return observation;
}

}  // namespace chokepoint::detail
