#include "chokepoint/model/record.hpp"

#include "chokepoint/model/json_reader.hpp"
#include "chokepoint/model/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

namespace chokepoint {

namespace {

constexpr std::array<std::string_view, 4> bound_names{"exact", "about", "at-least", "at-most"};
constexpr std::array<std::string_view, 6> status_names{"reported", "estimated",   "forecast",
                                                       "planned",  "recommended", "derived"};
constexpr std::array<std::string_view, 3> significance_names{"", "major", "minor"};

template <typename Enum, std::size_t N>
std::optional<Enum> parse_name(const std::array<std::string_view, N>& names, std::string_view text) {
  for (std::size_t i = 0; i < N; ++i)
    if (!names[i].empty() && names[i] == text) return static_cast<Enum>(i);
  return std::nullopt;
}

/// Empty for what is no enumerator: inside an import a word may be unstated.
template <std::size_t N>
std::string_view name_at(const std::array<std::string_view, N>& names, std::size_t number) {
  return number < N ? names[number] : std::string_view();
}

void put(Json& object, const char* key, const std::string& text) {
  if (!text.empty()) object.set(key, text);
}

void put(Json& object, const char* key, const std::optional<double>& number) {
  if (number) object.set(key, *number);
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

/// Canonical JSON of a claim, written member by member. @pre keys are set in bytewise order
class ClaimText {
 public:
  ClaimText() {
    constexpr std::size_t usual_bytes = 512;
    text_.reserve(usual_bytes);
  }
  void text(const char* key, std::string_view value) {
    if (value.empty()) return;
    begin(key);
    append_json_string(text_, value);
  }
  void number(const char* key, const std::optional<double>& value) {
    if (value) raw(key, format_number(*value));
  }
  /// @param json  canonical; empty for none
  void raw(const char* key, std::string_view json) {
    if (json.empty()) return;
    begin(key);
    text_ += json;
  }
  std::uint64_t hash() {
    text_ += '}';
    return hash_bytes(text_);
  }

 private:
  void begin(const char* key) {
    text_ += text_.empty() ? "{\"" : ",\"";
    text_ += key;
    text_ += "\":";
  }
  std::string text_;
};

std::string_view unless_exact(Bound bound) { return bound == Bound::exact ? std::string_view() : to_string(bound); }
std::string_view unless_reported(Status status) {
  return status == Status::reported ? std::string_view() : to_string(status);
}

}  // namespace

std::string_view to_string(Bound bound) { return name_at(bound_names, static_cast<std::size_t>(bound)); }
std::string_view to_string(Status status) { return name_at(status_names, static_cast<std::size_t>(status)); }
std::string_view to_string(Significance significance) {
  return significance_names[static_cast<std::size_t>(significance)];
}
std::optional<Bound> parse_bound(std::string_view text) { return parse_name<Bound>(bound_names, text); }
std::optional<Status> parse_status(std::string_view text) { return parse_name<Status>(status_names, text); }
std::optional<Significance> parse_significance(std::string_view text) {
  return parse_name<Significance>(significance_names, text);
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
  put(object, "title", source.title);
  put(object, "publisher", source.publisher);
  put(object, "date", source.date);
  put(object, "language", source.language);
  put(object, "url", source.url);
  put(object, "license", source.license);
  put_attributes(object, source.attributes);
  return object;
}

Json to_json(const Node& node) {
  Json object = Json::object();
  object.set("id", node.id);
  object.set("type", node.type);
  if (!node.labels.empty()) object.set("labels", json_of(node.labels));
  if (!node.aliases.empty()) {
    Json list = Json::array();
    for (const std::string& alias : node.aliases) list.push(alias);
    object.set("aliases", std::move(list));
  }
  if (!node.codes.empty()) object.set("codes", json_of(node.codes));
  put(object, "description", node.description);
  put(object, "since", node.since);
  put(object, "until", node.until);
  put_attributes(object, node.attributes);
  object.set("sources", json_of(node.sources));
  return object;
}

Json to_json(const Edge& edge, bool with_id) {
  Json object = Json::object();
  if (with_id) object.set("id", edge.id);
  object.set("type", edge.type);
  object.set("from", edge.from);
  object.set("to", edge.to);
  put(object, "item", edge.item);
  put(object, "market", edge.market);
  put(object, "origin", edge.origin);
  put(object, "share", edge.share);
  put(object, "amount", edge.amount);
  put(object, "unit", edge.unit);
  put(object, "performance", edge.performance);
  put(object, "as_of", edge.as_of);
  if (edge.bound != Bound::exact) object.set("bound", to_string(edge.bound));
  if (edge.status != Status::reported) object.set("status", to_string(edge.status));
  if (edge.significance != Significance::unstated) object.set("significance", to_string(edge.significance));
  put(object, "confidence", edge.confidence);
  put(object, "since", edge.since);
  put(object, "until", edge.until);
  put(object, "group", edge.group);
  if (edge.k) object.set("k", *edge.k);
  put_attributes(object, edge.attributes);
  object.set("sources", json_of(edge.sources));
  return object;
}

Json to_json(const Observation& observation, bool with_id) {
  Json object = Json::object();
  if (with_id) object.set("id", observation.id);
  object.set("subject", observation.subject);
  object.set("indicator", observation.indicator);
  object.set("value", observation.value);
  put(object, "value_high", observation.value_high);
  put(object, "unit", observation.unit);
  put(object, "item", observation.item);
  put(object, "market", observation.market);
  put(object, "relative_to", observation.relative_to);
  put(object, "as_of", observation.as_of);
  put(object, "since", observation.since);
  put(object, "until", observation.until);
  if (observation.bound != Bound::exact) object.set("bound", to_string(observation.bound));
  if (observation.status != Status::reported) object.set("status", to_string(observation.status));
  put(object, "confidence", observation.confidence);
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

std::uint64_t claim_hash(const Edge& edge) {
  ClaimText claim;
  claim.number("amount", edge.amount);
  claim.text("as_of", edge.as_of);
  claim.raw("attributes", edge.attributes);
  claim.text("bound", unless_exact(edge.bound));
  claim.text("from", edge.from);
  claim.text("group", edge.group);
  claim.text("item", edge.item);
  if (edge.k) claim.raw("k", std::to_string(*edge.k));
  claim.text("market", edge.market);
  claim.text("origin", edge.origin);
  claim.number("performance", edge.performance);
  claim.number("share", edge.share);
  claim.text("significance", to_string(edge.significance));
  claim.text("since", edge.since);
  claim.text("status", unless_reported(edge.status));
  claim.text("to", edge.to);
  claim.text("type", edge.type);
  claim.text("unit", edge.unit);
  claim.text("until", edge.until);
  return claim.hash();
}

std::uint64_t claim_hash(const Observation& observation) {
  ClaimText claim;
  claim.text("as_of", observation.as_of);
  claim.raw("attributes", observation.attributes);
  claim.text("bound", unless_exact(observation.bound));
  claim.text("indicator", observation.indicator);
  claim.text("item", observation.item);
  claim.text("market", observation.market);
  claim.text("relative_to", observation.relative_to);
  claim.text("since", observation.since);
  claim.text("status", unless_reported(observation.status));
  claim.text("subject", observation.subject);
  claim.text("unit", observation.unit);
  claim.text("until", observation.until);
  claim.raw("value", canonical(observation.value));
  claim.number("value_high", observation.value_high);
  return claim.hash();
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

}  // namespace chokepoint
