#include "ingest/identity/node_names.hpp"

#include "chokepoint/model/date.hpp"
#include "chokepoint/model/json.hpp"
#include "chokepoint/model/json_reader.hpp"
#include "chokepoint/model/text.hpp"
#include "ingest/identity/counter_id.hpp"
#include "ingest/identity/slug.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace chokepoint::detail {

namespace {

std::string shown(const Json& value) { return value.is_string() ? value.as_string() : to_text(value); }

/// An identifying attribute that both have and that differs.
std::optional<std::string> differing_attribute(const Node& a, const Node& b, const Ontology& ontology) {
  if (a.attributes.empty() || b.attributes.empty()) return std::nullopt;
  const Json ours = parse_json(a.attributes), theirs = parse_json(b.attributes);
  for (const auto& [name, value] : ours.as_object()) {
    if (!ontology.is_identifying_attribute(name)) continue;
    const Json* other = theirs.find(name);
    if (other != nullptr && fold(shown(*other)) != fold(shown(value)))
      return fmt::format("{} is {} and {}", name, shown(value), shown(*other));
  }
  return std::nullopt;
}

}  // namespace

bool is_named_by_id(const Node& node) {
  if (is_counter(node.id)) return false;
  const std::string id = fold(node.id);
  return node.labels.empty() || std::ranges::any_of(node.labels, [&](const auto& label) {
           return fold(label.second) == id || slug_of(label.second) == id;
         });
}

std::vector<std::string> names_of(const Node& node, bool is_foreign) {
  std::vector<std::string> names;
  if (!is_foreign || is_named_by_id(node)) names.push_back(node.id);
  const bool is_counted = is_foreign && is_counter(node.id);
  for (const auto& [language, label] : node.labels)
    if (!is_counted || fold(label) != fold(node.id)) names.push_back(label);
  names.insert(names.end(), node.aliases.begin(), node.aliases.end());
  return names;
}

std::set<std::string> folded_names_of(const Node& node, bool is_foreign) {
  std::set<std::string> folded;
  for (const std::string& name : names_of(node, is_foreign)) folded.insert(fold(name));
  return folded;
}

bool share_code(const Node& a, const Node& b) {
  return std::ranges::any_of(a.codes, [&](const auto& code) {
    const auto other = b.codes.find(code.first);
    return other != b.codes.end() && other->second == code.second;
  });
}

std::string shared_name(const Node& a, const Node& b, bool is_foreign) {
  const std::set<std::string> folded = folded_names_of(b, false);
  for (const std::string& name : names_of(a, is_foreign))
    if (folded.contains(fold(name))) return name;
  return a.id;
}

std::optional<std::string> contradiction(const Node& a, const Node& b, const Ontology& ontology) {
  if (!a.type.empty() && a.type != b.type) return fmt::format("one is a {} and one a {}", a.type, b.type);
  for (const auto& [scheme, code] : a.codes) {
    const auto other = b.codes.find(scheme);
    if (other != b.codes.end() && other->second != code)
      return fmt::format("{} is {} and {}", scheme, code, other->second);
  }
  if (auto attribute = differing_attribute(a, b, ontology)) return attribute;
  const auto ours = parse_validity(a.since, a.until), theirs = parse_validity(b.since, b.until);
  if (ours && theirs && !ours->overlaps(*theirs)) return std::string("no day is in the life of both");
  return std::nullopt;
}

}  // namespace chokepoint::detail
