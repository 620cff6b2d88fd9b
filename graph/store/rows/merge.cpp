#include "store/rows/merge.hpp"

#include "chokepoint/model/date.hpp"
#include "chokepoint/model/json_reader.hpp"
#include "chokepoint/model/record_fields.hpp"
#include "chokepoint/model/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace chokepoint::detail {

namespace {

void unite_citations(std::vector<Citation>& citations, const std::vector<Citation>& more) {
  citations.insert(citations.end(), more.begin(), more.end());
  std::sort(citations.begin(), citations.end());
  citations.erase(std::unique(citations.begin(), citations.end()), citations.end());
}

/// Fills an empty scalar; a differing one stays and is reported.
void unite_text(std::string& first, const std::string& later, const std::string& record, std::string_view field,
                std::vector<std::string>& conflicts) {
  if (later.empty() || later == first) return;
  if (first.empty())
    first = later;
  else
    conflicts.push_back(
        fmt::format("{}: {} is \"{}\" here and \"{}\" there; the first stays", record, field, first, later));
}

/// Fills what is open of a life, unless what is known of it then ends before it begins.
void unite_life(Node& node, const Node& later, const std::string& record, std::vector<std::string>& conflicts) {
  const std::string& since = node.since.empty() ? later.since : node.since;
  const std::string& until = node.until.empty() ? later.until : node.until;
  if (!parse_validity(since, until)) {
    conflicts.push_back(
        fmt::format("{}: its life would begin in {} and end in {}, each as one of two datasets has it; "
                    "what the first says stays",
                    record, since, until));
    return;
  }
  unite_text(node.since, later.since, record, "since", conflicts);
  unite_text(node.until, later.until, record, "until", conflicts);
}

std::string unite_attributes(const std::string& first, const std::string& later, const std::string& record,
                             std::vector<std::string>& conflicts) {
  if (later.empty() || later == first) return first;
  if (first.empty()) return later;
  Json object = parse_json(first);
  const Json more = parse_json(later);
  for (const auto& [key, value] : more.as_object()) {
    const Json* there = object.find(key);
    if (there == nullptr)
      object.set(key, value);
    else if (!(*there == value))
      conflicts.push_back(fmt::format("{}: the attribute {} differs between datasets; the first stays", record, key));
  }
  return canonical(object);
}

}  // namespace

Source merged(const std::vector<Source>& versions, std::vector<std::string>& conflicts) {
  Source source = versions.front();
  const std::string name = "source " + source.id;
  for (std::size_t i = 1; i < versions.size(); ++i) {
    const Source& later = versions[i];
    for_each_field<Source>(
        [&](const auto& field) { unite_text(source.*field.member, later.*field.member, name, field.name, conflicts); });
    source.attributes = unite_attributes(source.attributes, later.attributes, name, conflicts);
  }
  return source;
}

Node merged(const std::vector<Node>& versions, std::vector<std::string>& conflicts) {
  Node node = versions.front();
  const std::string name = describe(node);
  std::set<std::string> aliases(node.aliases.begin(), node.aliases.end());
  for (std::size_t i = 1; i < versions.size(); ++i) {
    const Node& later = versions[i];
    if (fold(later.id) != fold(node.id)) aliases.insert(later.id);
    for (const auto& [language, label] : later.labels) {
      const auto [there, added] = node.labels.emplace(language, label);
      if (!added && there->second != label) aliases.insert(label);
    }
    aliases.insert(later.aliases.begin(), later.aliases.end());
    for (const auto& [scheme, code] : later.codes) {
      const auto [there, added] = node.codes.emplace(scheme, code);
      if (!added && there->second != code)
        conflicts.push_back(
            fmt::format("{}: the code {} is {} here and {} there; the first stays", name, scheme, there->second, code));
    }
    unite_text(node.description, later.description, name, "description", conflicts);
    unite_life(node, later, name, conflicts);
    node.attributes = unite_attributes(node.attributes, later.attributes, name, conflicts);
    unite_citations(node.sources, later.sources);
  }
  node.aliases.assign(aliases.begin(), aliases.end());
  return node;
}

Edge merged(const std::vector<Edge>& versions, std::vector<std::string>& conflicts) {
  Edge edge = versions.front();
  for (std::size_t i = 1; i < versions.size(); ++i) {
    const Edge& later = versions[i];
    if (!edge.confidence) edge.confidence = later.confidence;
    if (later.confidence && later.confidence != edge.confidence)
      conflicts.push_back(fmt::format("{}: the confidence differs between datasets; the first stays", describe(edge)));
    unite_citations(edge.sources, later.sources);
  }
  return edge;
}

Observation merged(const std::vector<Observation>& versions, std::vector<std::string>& conflicts) {
  Observation observation = versions.front();
  for (std::size_t i = 1; i < versions.size(); ++i) {
    const Observation& later = versions[i];
    if (!observation.confidence) observation.confidence = later.confidence;
    if (later.confidence && later.confidence != observation.confidence)
      conflicts.push_back(
          fmt::format("{}: the confidence differs between datasets; the first stays", describe(observation)));
    unite_citations(observation.sources, later.sources);
  }
  return observation;
}

}  // namespace chokepoint::detail
