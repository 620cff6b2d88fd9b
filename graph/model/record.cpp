#include "chokepoint/model/record.hpp"

#include "chokepoint/model/json_reader.hpp"
#include "chokepoint/model/record_fields.hpp"
#include "chokepoint/model/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <numeric>
#include <tuple>
#include <utility>

namespace chokepoint {

namespace {

void put(Json& object, const char* key, const std::string& text) {
  if (!text.empty()) object.set(key, text);
}

template <FieldKind Kind, typename Record, typename Value>
void put(Json& object, const RecordField<Kind, Record, Value>& field, const Record& record) {
  const Value& value = record.*field.member;
  if constexpr (Kind == FieldKind::word) {
    if (const std::string_view word = word_unless_default(value); !word.empty())
      object.set(std::string(field.name), word);
  } else if constexpr (is_text_field<decltype(field)>) {
    if (!value.empty()) object.set(std::string(field.name), value);
  } else {
    if (value) object.set(std::string(field.name), *value);
  }
}

template <typename Record>
void put_heads(Json& object, const Record& record) {
  for_each_head<Record>([&](const auto& field) { object.set(std::string(field.name), record.*field.member); });
}
template <typename Record>
void put_fields(Json& object, const Record& record) {
  for_each_field<Record>([&](const auto& field) { put(object, field, record); });
}

Json json_of(const std::map<std::string, std::string>& texts) {
  Json object = Json::object();
  for (const auto& [key, value] : texts) object.set(key, value);
  return object;
}

Json json_of(const std::vector<Citation>& citations) {
  Json list = Json::array();
  for (const Citation& citation : citations) {
    Json object = Json::object();
    object.set("source", citation.source);
    put(object, "locator", citation.locator);
    put(object, "read", citation.read);
    list.push(std::move(object));
  }
  return list;
}

void put_attributes(Json& object, const std::string& attributes) {
  if (!attributes.empty()) object.set("attributes", parse_json(attributes));
}

/// A member of a claim that is JSON.
template <typename Record>
struct JsonMember {
  std::string_view name;
  std::string (*text)(const Record&);
  static constexpr bool is_claim = true;
};

/// Canonical JSON of a claim, written member by member. @pre keys are set in bytewise order
class ClaimText {
 public:
  /// @param text  memory for it
  explicit ClaimText(std::string& text) : text_(text) {
    constexpr std::size_t usual_bytes = 512;
    text_.clear();
    text_.reserve(usual_bytes);
  }
  template <FieldKind Kind, typename Record, typename Value>
  void put(const RecordField<Kind, Record, Value>& field, const Record& record) {
    const Value& value = record.*field.member;
    if constexpr (Kind == FieldKind::number) {
      if (value) raw(field.name, format_number(*value));
    } else if constexpr (Kind == FieldKind::count) {
      if (value) raw(field.name, std::to_string(*value));
    } else if constexpr (Kind == FieldKind::word) {
      text(field.name, word_unless_default(value));
    } else {
      text(field.name, value);
    }
  }
  template <typename Record>
  void put(const JsonMember<Record>& member, const Record& record) {
    raw(member.name, member.text(record));
  }
  std::uint64_t hash() {
    text_ += '}';
    return hash_bytes(text_);
  }

 private:
  void text(std::string_view key, std::string_view value) {
    if (value.empty()) return;
    begin(key);
    append_json_string(text_, value);
  }
  /// @param json  canonical; empty for none
  void raw(std::string_view key, std::string_view json) {
    if (json.empty()) return;
    begin(key);
    text_ += json;
  }
  void begin(std::string_view key) {
    text_ += text_.empty() ? "{\"" : ",\"";
    text_ += key;
    text_ += "\":";
  }
  std::string& text_;
};

/// What a claim says besides its plain fields.
template <typename Record>
inline constexpr auto other_claims =
    std::tuple{JsonMember<Record>{"attributes", [](const Record& record) { return record.attributes; }}};
template <>
inline constexpr auto other_claims<Observation> =
    std::tuple{JsonMember<Observation>{"attributes", [](const Observation& figure) { return figure.attributes; }},
               JsonMember<Observation>{"value", [](const Observation& figure) { return canonical(figure.value); }}};

template <typename Record>
inline constexpr auto claim_members = std::tuple_cat(record_heads<Record>, record_fields<Record>, other_claims<Record>);

/// Places of the members of a claim in bytewise order of their names.
template <typename Record>
constexpr auto claim_order() {
  return std::apply(
      [](const auto&... members) {
        std::array<std::string_view, sizeof...(members)> names{members.name...};
        std::array<std::size_t, sizeof...(members)> order{};
        std::iota(order.begin(), order.end(), std::size_t{0});
        std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return names[a] < names[b]; });
        return order;
      },
      claim_members<Record>);
}

template <typename Record>
std::uint64_t hash_of_claim(const Record& record, std::string& text) {
  static constexpr auto order = claim_order<Record>();
  ClaimText claim(text);
  const auto put = [&](const auto& member) {
    if (member.is_claim) claim.put(member, record);
  };
  [&]<std::size_t... I>(std::index_sequence<I...>) { (put(std::get<order[I]>(claim_members<Record>)), ...); }
  (std::make_index_sequence<order.size()>());
  return claim.hash();
}

}  // namespace

std::string_view to_string(Bound bound) { return word_text(bound); }
std::string_view to_string(Status status) { return word_text(status); }
std::string_view to_string(Significance significance) { return word_text(significance); }
std::optional<Bound> parse_bound(std::string_view text) { return parse_word<Bound>(text); }
std::optional<Status> parse_status(std::string_view text) { return parse_word<Status>(text); }
std::optional<Significance> parse_significance(std::string_view text) { return parse_word<Significance>(text); }

bool is_language_tag(std::string_view tag) {
  if (tag.empty() || tag.size() > 35) return false;
  return std::all_of(tag.begin(), tag.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
  });
}

bool is_valid_id(std::string_view id) {
  if (id.empty() || id.size() > 200) return false;
  return std::all_of(id.begin(), id.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '_' ||
           c == ':' || c == '/' || c == '-';
  });
}

Json to_json(const Source& source) {
  Json object = Json::object();
  object.set("id", source.id);
  put_fields(object, source);
  put_attributes(object, source.attributes);
  return object;
}

Json to_json(const Node& node) {
  Json object = Json::object();
  object.set("id", node.id);
  put_heads(object, node);
  if (!node.labels.empty()) object.set("labels", json_of(node.labels));
  if (!node.aliases.empty()) {
    Json list = Json::array();
    for (const std::string& alias : node.aliases) list.push(alias);
    object.set("aliases", std::move(list));
  }
  if (!node.codes.empty()) object.set("codes", json_of(node.codes));
  put_fields(object, node);
  put_attributes(object, node.attributes);
  object.set("sources", json_of(node.sources));
  return object;
}

Json to_json(const Edge& edge, bool with_id) {
  Json object = Json::object();
  if (with_id) object.set("id", edge.id);
  put_heads(object, edge);
  put_fields(object, edge);
  put_attributes(object, edge.attributes);
  object.set("sources", json_of(edge.sources));
  return object;
}

Json to_json(const Observation& observation, bool with_id) {
  Json object = Json::object();
  if (with_id) object.set("id", observation.id);
  put_heads(object, observation);
  object.set("value", observation.value);
  put_fields(object, observation);
  put_attributes(object, observation.attributes);
  object.set("sources", json_of(observation.sources));
  return object;
}

Json to_json(const DatasetInfo& dataset) {
  Json object = Json::object();
  object.set("id", dataset.id);
  put(object, "title", dataset.title);
  put(object, "version", dataset.version);
  put(object, "license", dataset.license);
  return object;
}

std::uint64_t claim_hash(const Edge& edge, std::string& text) { return hash_of_claim(edge, text); }
std::uint64_t claim_hash(const Edge& edge) {
  std::string text;
  return hash_of_claim(edge, text);
}
std::uint64_t claim_hash(const Observation& observation) {
  std::string text;
  return hash_of_claim(observation, text);
}

std::string hash_text(std::uint64_t hash) {
  // Digit by digit: a format string would be read anew for each of millions of edges.
  std::string text(16, '0');
  for (std::size_t i = text.size(); i-- > 0; hash >>= 4U) text[i] = "0123456789abcdef"[hash & 0xFU];
  return text;
}
std::string record_id(const Edge& edge) { return hash_text(claim_hash(edge)); }
std::string record_id(const Observation& observation) { return hash_text(claim_hash(observation)); }

std::string describe(const Node& node) { return fmt::format("node {}", node.id); }

std::string describe(const Edge& edge) {
  std::string text = fmt::format("edge {} -{}-> {}", edge.from, edge.type, edge.to);
  if (!edge.item.empty()) text += fmt::format(" of {}", edge.item);
  if (!edge.market.empty()) text += fmt::format(" in {}", edge.market);
  return text;
}

std::string describe(const Observation& observation) {
  std::string text = fmt::format("observation {} {}", observation.subject, observation.indicator);
  if (!observation.item.empty()) text += fmt::format(" of {}", observation.item);
  const std::string& when = observation.as_of.empty() ? observation.since : observation.as_of;
  if (!when.empty()) text += fmt::format(" ({})", when);
  return text;
}

std::optional<std::string> text_attribute(std::string_view attributes, std::string_view name) {
  if (attributes.empty()) return std::nullopt;
  const Json object = parse_json(attributes);
  const Json* found = object.is_object() ? object.find(name) : nullptr;
  if (found == nullptr || !found->is_string()) return std::nullopt;
  return found->as_string();
}

std::string text_in(std::string_view language, std::string_view attributes, std::string_view name, std::string text) {
  const std::string key = fmt::format("{}:{}", name, language);
  // Most records have none, and parsing is dear where millions are listed.
  if (attributes.find(key) == std::string_view::npos) return text;
  return text_attribute(attributes, key).value_or(std::move(text));
}

bool is_translation(const Json& attributes, std::string_view name, std::initializer_list<std::string_view> fields) {
  const std::size_t colon = name.rfind(':');
  if (colon == std::string_view::npos || !is_language_tag(name.substr(colon + 1))) return false;
  const std::string_view of = name.substr(0, colon);
  return std::ranges::find(fields, of) != fields.end() || attributes.find(of) != nullptr;
}

}  // namespace chokepoint
