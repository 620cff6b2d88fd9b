#include "chokepoint/model/json_reader.hpp"
#include "chokepoint/model/text.hpp"
#include "query/checks.hpp"
#include "query/measures.hpp"

#include <fmt/format.h>

#include <functional>
#include <set>
#include <unordered_set>

namespace chokepoint::detail {

namespace {

/// Edges, then observations: what check and record say of each is alike.
void for_each_fact(Session& session,
                   const std::function<void(const std::string& id, const std::string& what, const std::string& unit,
                                            const std::vector<Citation>& sources)>& visit) {
  const Reader reader = session.reader();
  reader.for_each_edge("", [&](const Edge& e) { visit(e.id, describe(e), e.unit, e.sources); });
  reader.for_each_observation("", [&](const Observation& o) { visit(o.id, describe(o), o.unit, o.sources); });
}

/// What an edge's attribute `replaces` names: a text, or a list of texts.
std::vector<std::string> replaced_by(const Edge& edge) {
  if (edge.attributes.find("replaces") == std::string::npos) return {};
  const Json attributes = parse_json(edge.attributes);
  const Json* value = attributes.is_object() ? attributes.find("replaces") : nullptr;
  if (value == nullptr) return {};
  std::vector<std::string> names;
  if (value->is_string()) names.push_back(value->as_string());
  if (value->is_array())
    for (const Json& each : value->as_array())
      if (each.is_string()) names.push_back(each.as_string());
  return names;
}

}  // namespace

std::string_view to_string(Severity severity) {
  switch (severity) {
    case Severity::error: return "error";
    case Severity::warning: return "warning";
    case Severity::note: return "note";
  }
  return "note";
}

std::vector<Finding> find_unsourced(Session& session) {
  std::vector<Finding> found;
  const auto check = [&](const std::string& id, const std::string& what, const std::vector<Citation>& sources) {
    if (sources.empty()) found.push_back({what, {id}, "cites no source"});
  };
  session.reader().for_each_node("", [&](const Node& node) { check(node.id, describe(node), node.sources); });
  for_each_fact(session, [&](const std::string& id, const std::string& what, const std::string&,
                             const std::vector<Citation>& sources) { check(id, what, sources); });
  return found;
}

std::vector<Finding> find_dangling(Session& session) {
  const Reader reader = session.reader();
  std::unordered_set<std::string> nodes, sources;
  std::vector<Finding> found;
  for (const Source& source : reader.sources()) sources.insert(source.id);
  const auto check_sources = [&](const std::string& id, const std::string& what, const std::vector<Citation>& cited) {
    for (const Citation& citation : cited)
      if (!sources.contains(citation.source))
        found.push_back({what, {id}, fmt::format("cites \"{}\", which is no source", citation.source)});
  };
  reader.for_each_node("", [&](const Node& node) {
    nodes.insert(node.id);
    check_sources(node.id, describe(node), node.sources);
  });
  const auto check_node = [&](const std::string& id, const std::string& what, const char* key,
                              const std::string& node) {
    if (!node.empty() && !nodes.contains(node))
      found.push_back({what, {id}, fmt::format("{} \"{}\" is no node", key, node)});
  };
  reader.for_each_edge("", [&](const Edge& e) {
    const std::string what = describe(e);
    check_node(e.id, what, "from", e.from);
    check_node(e.id, what, "to", e.to);
    check_node(e.id, what, "item", e.item);
    check_node(e.id, what, "market", e.market);
    check_node(e.id, what, "origin", e.origin);
    for (const std::string& item : replaced_by(e)) {
      const Snapshot& snapshot = *session.snapshot();
      if (!snapshot.find(item) && snapshot.named(fold(item)).size() != 1)
        found.push_back({what, {e.id}, fmt::format("replaces \"{}\", which is no node", item)});
    }
    check_sources(e.id, what, e.sources);
  });
  reader.for_each_observation("", [&](const Observation& o) {
    const std::string what = describe(o);
    check_node(o.id, what, "subject", o.subject);
    check_node(o.id, what, "item", o.item);
    check_node(o.id, what, "market", o.market);
    check_node(o.id, what, "relative_to", o.relative_to);
    check_sources(o.id, what, o.sources);
  });
  return found;
}

std::vector<Finding> find_unknown_units(Session& session) {
  std::vector<Finding> found;
  for_each_fact(session, [&](const std::string& id, const std::string& what, const std::string& unit,
                             const std::vector<Citation>&) {
    if (!unit.empty() && session.ontology().unit(unit) == nullptr)
      found.push_back({what, {id}, fmt::format("unit \"{}\" is not in the ontology", unit)});
  });
  return found;
}

std::vector<Finding> find_sole_sources(Session& session) {
  std::vector<Finding> found;
  for_each_fact(session, [&](const std::string& id, const std::string& what, const std::string&,
                             const std::vector<Citation>& sources) {
    std::set<std::string> distinct;
    for (const Citation& citation : sources) distinct.insert(citation.source);
    if (distinct.size() == 1) found.push_back({what, {id}, fmt::format("rests on {} alone", *distinct.begin())});
  });
  return found;
}

}  // namespace chokepoint::detail
