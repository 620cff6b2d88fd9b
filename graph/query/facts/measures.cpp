#include "chokepoint/query/measures.hpp"

#include "chokepoint/model/json_reader.hpp"
#include "chokepoint/snapshot/delta_snapshot.hpp"
#include "chokepoint/store/reader.hpp"

#include <algorithm>
#include <cstdint>
#include <deque>
#include <vector>

namespace chokepoint {

namespace {

constexpr const char* dating_attributes[] = {"announced", "effective", "suspended"};

/// An attribute as text: a string as it is, anything else as JSON.
std::string attribute_text(const Json& object, const char* name) {
  const Json* value = object.is_object() ? object.find(name) : nullptr;
  if (value == nullptr || value->is_null()) return {};
  return value->is_string() ? value->as_string() : to_text(*value);
}

bool is_dated_measure(const std::string& text) {
  if (text.empty()) return false;
  const Json attributes = parse_json(text);
  return std::ranges::any_of(dating_attributes,
                             [&](const char* name) { return !attribute_text(attributes, name).empty(); });
}

/// Whether an edge of that role makes its `from` or its `to` a measure.
bool from_is_measure(Role role) { return role == Role::restrict || role == Role::amend; }
bool to_is_measure(Role role) { return role == Role::issue || role == Role::amend; }

/// What variant edges lead to from a node, upwards or downwards, without itself.
std::set<std::string> kin_of(Session& session, const std::string& node, bool upwards) {
  std::set<std::string> found;
  const auto graph = session.graph();
  const auto variants = edge_types_of(session.ontology(), Role::variant);
  const auto start = graph->find(node);
  if (!start) return found;
  std::set<Vertex> seen{*start};
  std::deque<Vertex> open{*start};
  const auto add = [&](const Snapshot&, Arc, std::uint16_t, Vertex other) {
    if (!seen.insert(other).second) return;
    open.push_back(other);
    found.emplace(graph->id(other));
  };
  for (; !open.empty(); open.pop_front()) {
    if (upwards)
      graph->for_each_out(open.front(), variants, add);
    else
      graph->for_each_in(open.front(), variants, add);
  }
  return found;
}

/// The node and everything it is a variant of, upwards.
std::set<std::string> with_generics(Session& session, const std::string& node) {
  std::set<std::string> found = kin_of(session, node, true);
  found.insert(node);
  return found;
}

/// What those have issued who reach the place by seats or as parts: its jurisdiction (graph/SEMANTICS.md 4.1).
void add_issued_within(Session& session, const std::string& place, Measures& measures, std::set<std::string>& found) {
  const auto graph = session.graph();
  const auto start = graph->find(place);
  if (!start || graph->layer(*start) != Layer::place) return;
  const auto issues = edge_types_of(session.ontology(), Role::issue);
  const auto parts =
      edge_types_where(session.ontology(), [](Role role) { return role == Role::seat || role == Role::part; });
  std::set<Vertex> within{*start};
  std::deque<Vertex> open{*start};
  for (; !open.empty(); open.pop_front()) {
    graph->for_each_out(open.front(), issues, [&](const Snapshot&, Arc, std::uint16_t, Vertex issued) {
      const std::string measure(graph->id(issued));
      if (measures.contains(measure)) found.insert(measure);
    });
    graph->for_each_in(open.front(), parts, [&](const Snapshot& snapshot, Arc e, std::uint16_t, Vertex part) {
      const bool is_in = snapshot.role(e) == Role::part || snapshot.columns().mode[e] == 0;
      if (is_in && within.insert(part).second) open.push_back(part);
    });
  }
}

/// All measures linked by amendments, both ways.
void follow_amendments(Session& session, std::set<std::string>& measures) {
  std::deque<std::string> open(measures.begin(), measures.end());
  const Ontology& ontology = session.ontology();
  while (!open.empty()) {
    const std::string id = std::move(open.front());
    open.pop_front();
    for (const Edge& edge : session.reader().edges_about(id)) {
      if (role_of(ontology, edge.type) != Role::amend) continue;
      for (const std::string& end : {edge.from, edge.to})
        if (measures.insert(end).second) open.push_back(end);
    }
  }
}

}  // namespace

Role role_of(const Ontology& ontology, std::string_view edge_type) {
  const auto number = ontology.edge_type(edge_type);
  return number ? ontology.edge_types()[*number].role : Role::none;
}

bool Measures::is_measure(const std::string& id) const {
  const auto graph = session_->graph();
  const auto v = graph->find(id);
  if (v && graph->layer(*v) == Layer::none) {
    bool is_one = false;
    const auto note = [&](const Snapshot&, Arc, std::uint16_t, Vertex) { is_one = true; };
    graph->for_each_out(*v, edge_types_where(session_->ontology(), from_is_measure), note);
    graph->for_each_in(*v, edge_types_where(session_->ontology(), to_is_measure), note);
    if (is_one) return true;
  }
  const auto node = session_->reader().node(id);
  return node && is_dated_measure(node->attributes);
}

bool Measures::contains(const std::string& id) {
  constexpr std::size_t many = 2000;
  if (!all_ && known_.size() >= many) static_cast<void>(all());
  if (all_) return all_->contains(id);
  const auto known = known_.find(id);
  if (known != known_.end()) return known->second;
  return known_[id] = is_measure(id);
}

const std::set<std::string>& Measures::all() {
  if (all_) return *all_;
  std::set<std::string>& found = all_.emplace();
  const auto graph = session_->graph();
  const auto add = [&](Vertex v) {
    if (graph->layer(v) == Layer::none) found.emplace(graph->id(v));
  };
  const auto types =
      edge_types_where(session_->ontology(), [](Role role) { return from_is_measure(role) || to_is_measure(role); });
  graph->for_each_of_types(types, [&](const Snapshot& snapshot, Arc e, std::uint16_t) {
    const Role role = snapshot.role(e);
    if (from_is_measure(role)) add(graph->number(snapshot, snapshot.columns().from[e]));
    if (to_is_measure(role)) add(graph->number(snapshot, snapshot.columns().to[e]));
  });
  const auto rows = session_->reader().sql(
      "SELECT id, attributes FROM node WHERE attributes LIKE '%\"announced\"%' OR attributes LIKE '%\"effective\"%' OR "
      "attributes LIKE '%\"suspended\"%'");
  for (const auto& row : rows.rows)
    if (row[1].is_string() && is_dated_measure(row[1].as_string())) found.insert(row[0].as_string());
  return found;
}

std::set<std::string> measures_about(Session& session, const std::string& node, Measures& measures) {
  std::set<std::string> found;
  if (measures.contains(node)) {
    found.insert(node);
    follow_amendments(session, found);
    return found;
  }
  for (const std::string& id : with_generics(session, node)) {
    for (const Edge& edge : session.reader().edges_about(id)) {
      // Of the generics only what is done to them concerns the node.
      if (id != node && edge.to != id && edge.item != id) continue;
      for (const std::string& end : {edge.from, edge.to})
        if (measures.contains(end)) found.insert(end);
    }
  }
  for (const std::string& id : kin_of(session, node, false))
    for (const Edge& edge : session.reader().edges_about(id)) {
      if (edge.to != id && edge.item != id) continue;
      for (const std::string& end : {edge.from, edge.to})
        if (measures.contains(end)) found.insert(end);
    }
  add_issued_within(session, node, measures, found);
  return found;
}

std::set<std::string> measures_issued_by(Session& session, const std::string& node, Measures& measures) {
  std::set<std::string> found;
  for (const Edge& edge : session.reader().edges_about(node))
    if (edge.from == node && role_of(session.ontology(), edge.type) == Role::issue && measures.contains(edge.to))
      found.insert(edge.to);
  add_issued_within(session, node, measures, found);
  return found;
}

std::optional<Date> first_day(std::string_view partial_date) {
  const auto period = parse_partial_date(partial_date);
  if (!period) return std::nullopt;
  return period->first;
}

MeasureDates dates_of(const Node& node) {
  MeasureDates dates;
  if (!node.attributes.empty()) {
    const Json attributes = parse_json(node.attributes);
    dates.announced = attribute_text(attributes, "announced");
    dates.effective = attribute_text(attributes, "effective");
    dates.suspended = attribute_text(attributes, "suspended");
  }
  dates.since = node.since;
  dates.until = node.until;
  std::optional<Date> earliest;
  for (const std::string* date : {&dates.announced, &dates.effective, &dates.since}) {
    const auto day = first_day(*date);
    if (day && (!earliest || *day < *earliest)) {
      earliest = day;
      dates.first = *date;
    }
  }
  return dates;
}

}  // namespace chokepoint
