#include "chokepoint/export/graph_document.hpp"
#include "chokepoint/model/json_reader.hpp"
#include "chokepoint/support/error.hpp"
#include "export/formats/spells.hpp"
#include "export/layout/picture.hpp"
#include "export/text/text_buffer.hpp"
#include "model/embedded.hpp"

#include <algorithm>
#include <set>
#include <span>

namespace chokepoint {

namespace {

/// JSON that may stand in a script element: `<`, `>` and `&` occur in strings only and are said as escapes there, so
/// that no text can end the element; U+2028 and U+2029 end lines for some readers.
std::string in_script(const Json& value) {
  std::string out;
  const std::string text = to_text(value);
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '<') {
      out += "\\u003c";
    } else if (c == '>') {
      out += "\\u003e";
    } else if (c == '&') {
      out += "\\u0026";
    } else if (text.compare(i, 2, "\xE2\x80") == 0 && (text[i + 2] == '\xA8' || text[i + 2] == '\xA9')) {
      out += text[i + 2] == '\xA8' ? "\\u2028" : "\\u2029";
      i += 2;
    } else {
      out += c;
    }
  }
  return out;
}

std::string in_html(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '<')
      out += "&lt;";
    else if (c == '>')
      out += "&gt;";
    else if (c == '&')
      out += "&amp;";
    else if (c == '"')
      out += "&quot;";
    else
      out += c;
  }
  return out;
}

Json labels_json(const Labels& labels) {
  Json out = Json::object();
  for (const auto& [language, text] : labels) out.set(language, text);
  return out;
}

Json cell_json(const Cell& cell) {
  if (const auto* text = std::get_if<std::string>(&cell)) return *text;
  if (const auto* integer = std::get_if<std::int64_t>(&cell)) return *integer;
  if (const auto* real = std::get_if<double>(&cell)) return *real;
  if (const auto* flag = std::get_if<bool>(&cell)) return *flag;
  return nullptr;
}

void set_spell(Json& object, const std::string& since, const std::string& until) {
  const auto spell = detail::spell_of(since, until);
  if (!spell) return;
  Json pair = Json::array();
  pair.push(spell->start);
  pair.push(spell->end);
  object.set("spell", std::move(pair));
}

/// Writes the members of the page's one data object, a record a line.
class DataWriter {
 public:
  explicit DataWriter(detail::TextBuffer& out) : out_(out) { out_.put('{'); }
  void member(std::string_view name, const Json& value) {
    begin(name);
    out_.put(in_script(value));
  }
  template <typename Each>
  void list(std::string_view name, std::size_t size, Each each) {
    begin(name);
    out_.put('[');
    for (std::size_t i = 0; i < size; ++i) {
      out_.put(i > 0 ? ",\n" : "\n");
      out_.put(in_script(each(i)));
    }
    out_.put(']');
  }
  void finish() { out_.put("}\n"); }

 private:
  void begin(std::string_view name) {
    out_.put(first_ ? "\"" : ",\n\"");
    first_ = false;
    out_.put(name);
    out_.put("\":");
  }
  detail::TextBuffer& out_;
  bool first_ = true;
};

/// The types that records are of, as the ontology lists them, then those it does not know.
/// @param describe  adds what the page needs of a type beside id, labels and colour
template <typename Record, typename Type, typename Describe>
Json types_json(const std::vector<Record>& records, std::span<const Type> types, const Describe& describe) {
  std::set<std::string> used;
  for (const Record& record : records) used.insert(record.type);
  Json out = Json::array();
  for (const Type& type : types) {
    if (used.erase(type.id) == 0) continue;
    Json entry = Json::object();
    entry.set("id", type.id);
    entry.set("labels", labels_json(type.labels));
    entry.set("colour", type.colour);
    describe(type, entry);
    out.push(std::move(entry));
  }
  for (const std::string& id : used) {
    Json entry = Json::object();
    entry.set("id", id);
    out.push(std::move(entry));
  }
  return out;
}

Json node_types_json(const GraphDocument& document) {
  std::span<const NodeType> types;
  if (document.ontology != nullptr) types = document.ontology->node_types();
  return types_json(document.nodes, types, [](const NodeType&, Json&) {});
}

Json edge_types_json(const GraphDocument& document) {
  std::span<const EdgeType> types;
  if (document.ontology != nullptr) types = document.ontology->edge_types();
  return types_json(document.edges, types, [](const EdgeType& type, Json& entry) {
    entry.set("inverse_labels", labels_json(type.inverse_labels));
    if (type.symmetric) entry.set("symmetric", true);
    // Which end depends on the other; dependencies that count only when asked for are no ways to walk.
    if (type.dependency && type.dependency->strength != Strength::asked)
      entry.set("depends", type.dependency->from_depends ? "from" : "to");
  });
}

/// Labels of the indicators and units of the document's figures.
template <typename Find>
Json terms_json(const GraphDocument& document, std::string Observation::*member, Find find) {
  std::set<std::string> used;
  for (const Observation& figure : document.observations) used.insert(figure.*member);
  Json out = Json::object();
  for (const std::string& id : used)
    if (const Term* term = document.ontology == nullptr ? nullptr : find(id)) out.set(id, labels_json(term->labels));
  return out;
}

Json marks_json(const GraphDocument& document) {
  std::set<Mark> used(document.marks.begin(), document.marks.end());
  used.erase(Mark::none);
  Json out = Json::array();
  for (const Mark mark : used) {
    Json entry = Json::object();
    entry.set("id", to_string(mark));
    entry.set("colour", look_of(mark).colour);
    entry.set("labels", labels_json(look_of(mark).labels));
    out.push(std::move(entry));
  }
  return out;
}

Json node_json(const GraphDocument& document, const detail::Picture& picture, std::size_t row) {
  const Node& node = document.nodes[row];
  Json out = to_json(node);
  set_spell(out, node.since, node.until);
  out.set("x", picture.places[row].x);
  out.set("y", picture.places[row].y);
  out.set("size", picture.sizes[row]);
  if (!document.marks.empty() && document.marks[row] != Mark::none) out.set("mark", to_string(document.marks[row]));
  Json metrics = Json::object();
  for (const auto& [name, values] : document.node_columns.by_name)
    if (!std::holds_alternative<std::monostate>(values[row])) metrics.set(name, cell_json(values[row]));
  if (!metrics.as_object().empty()) out.set("metrics", std::move(metrics));
  return out;
}

void push_spell(Json& entry, const RequirementGraph::Spell& spell) {
  entry.push(std::uint64_t{spell.worlds});
  entry.push(std::uint64_t{spell.first});
  entry.push(std::uint64_t{spell.last});
}

/// A row, or -1 for none.
std::int64_t row_number(std::uint32_t row) {
  return row == RequirementGraph::none ? -1 : static_cast<std::int64_t>(row);
}

/// What the page walks upstream and downstream, in numbers of nodes and edges as they stand in the data: `states`
/// [node, 1 delivery | 2 place], `steps` [from, to, edge, kind, worlds, first period, last period], `gates` [node,
/// item, rule, k, n, edges, worlds, first, last].
Json walk_json(const RequirementGraph& graph) {
  Json states = Json::array(), steps = Json::array(), gates = Json::array(), changes = Json::array();
  for (const RequirementGraph::State& state : graph.states) {
    Json entry = Json::array();
    entry.push(std::uint64_t{state.node});
    entry.push((state.is_delivery ? 1 : 0) + (state.is_place ? 2 : 0));
    states.push(std::move(entry));
  }
  for (const auto& [step, spell] : graph.steps) {
    Json entry = Json::array();
    entry.push(std::uint64_t{step.from});
    entry.push(std::uint64_t{step.to});
    entry.push(row_number(step.edge));
    entry.push(static_cast<int>(step.kind));
    push_spell(entry, spell);
    steps.push(std::move(entry));
  }
  for (const auto& [gate, spell] : graph.gates) {
    Json entry = Json::array(), edges = Json::array();
    entry.push(row_number(gate.of));
    entry.push(gate.item);
    entry.push(gate.rule);
    entry.push(std::uint64_t{gate.k});
    entry.push(std::uint64_t{gate.n});
    for (const std::uint32_t row : gate.edges) edges.push(std::uint64_t{row});
    entry.push(std::move(edges));
    push_spell(entry, spell);
    gates.push(std::move(entry));
  }
  for (const std::string& day : graph.changes) changes.push(day);
  Json out = Json::object();
  out.set("changes", std::move(changes));
  out.set("every_day", graph.has_every_day);
  out.set("states", std::move(states));
  out.set("steps", std::move(steps));
  out.set("gates", std::move(gates));
  return out;
}

Json opening_json(const PageOpening& opening) {
  Json lists = Json::array();
  for (const OpeningList& list : opening.lists) {
    Json lines = Json::array();
    for (const OpeningLine& line : list.lines) {
      Json entry = Json::object(), nodes = Json::array();
      for (const std::string& id : line.nodes) nodes.push(id);
      entry.set("nodes", std::move(nodes));
      if (!line.date.empty()) entry.set("date", line.date);
      entry.set("reason", labels_json(line.reason));
      lines.push(std::move(entry));
    }
    Json entry = Json::object();
    entry.set("title", labels_json(list.title));
    entry.set("lines", std::move(lines));
    if (!list.more.empty()) entry.set("more", labels_json(list.more));
    lists.push(std::move(entry));
  }
  Json out = Json::object();
  out.set("headline", labels_json(opening.headline));
  out.set("lists", std::move(lists));
  return out;
}

/// The nodes by importance, and how many of the first ones the page draws at once: as many as it shows well.
struct OpenedPart {
  std::vector<std::uint32_t> rows;  ///< of every node
  std::vector<std::size_t> rank;    ///< by row: its place among `rows`
  std::size_t drawn = 0;
};

OpenedPart opened_part(const GraphDocument& document, const std::vector<detail::Link>& links) {
  OpenedPart part{document.importance, std::vector<std::size_t>(document.nodes.size()), 0};
  if (part.rows.empty())
    for (std::uint32_t row = 0; row < document.nodes.size(); ++row) part.rows.push_back(row);
  for (std::size_t i = 0; i < part.rows.size(); ++i) part.rank[part.rows[i]] = i;
  // How many edges come with each node of the order.
  std::vector<std::size_t> comes_with(part.rows.size(), 0);
  for (const detail::Link& link : links) ++comes_with[std::max(part.rank[link.a], part.rank[link.b])];
  for (std::size_t size = 0; part.drawn < part.rows.size(); ++part.drawn) {
    size += 1 + comes_with[part.drawn];
    if (size > most_opened_elements) break;
  }
  return part;
}

/// Places of the first nodes when nothing else is drawn, in their order.
/// @param picture  where the nodes stand when all are drawn
std::vector<detail::Point> opened_places(const GraphDocument& document, const std::vector<detail::Link>& links,
                                         const OpenedPart& part, const detail::Picture& picture) {
  std::vector<detail::Point> places;
  const std::vector<std::uint32_t> first(part.rows.begin(),
                                         part.rows.begin() + static_cast<std::ptrdiff_t>(part.drawn));
  if (first.size() == part.rows.size()) {
    for (const std::uint32_t row : first) places.push_back(picture.places[row]);
    return places;
  }
  GraphDocument alone;
  alone.ontology = document.ontology;
  // A part of something larger has no left and right: what it rests on is often not in it.
  alone.layout = document.layout == LayoutKind::automatic ? LayoutKind::force : document.layout;
  for (const std::uint32_t row : first) alone.nodes.push_back(document.nodes[row]);
  for (std::size_t i = 0; i < links.size(); ++i)
    if (part.rank[links[i].a] < part.drawn && part.rank[links[i].b] < part.drawn)
      alone.edges.push_back(document.edges[i]);
  return detail::draw(alone).places;
}

/// {"rows": every node, the most important first, "drawn": how many of them at once, "places": [x, y] of those}
Json part_json(const GraphDocument& document, const detail::Picture& picture) {
  const std::vector<detail::Link> links = detail::links_of(document);
  const OpenedPart part = opened_part(document, links);
  Json out = Json::object(), order = Json::array(), places = Json::array();
  for (const std::uint32_t row : part.rows) order.push(std::uint64_t{row});
  for (const detail::Point& place : opened_places(document, links, part, picture)) {
    Json pair = Json::array();
    pair.push(place.x);
    pair.push(place.y);
    places.push(std::move(pair));
  }
  out.set("rows", std::move(order));
  out.set("drawn", std::uint64_t{part.drawn});
  out.set("places", std::move(places));
  return out;
}

void write_data(const GraphDocument& document, detail::TextBuffer& out) {
  const detail::Picture picture = detail::draw(document);
  const detail::UniqueEdgeIds edge_ids(document.edges);
  DataWriter data(out);
  data.member("title", document.title);
  if (!document.titles.empty()) data.member("titles", labels_json(document.titles));
  data.member("language", document.language);
  data.member("as_of", document.as_of);
  data.member("node_types", node_types_json(document));
  data.member("edge_types", edge_types_json(document));
  data.member("indicators", terms_json(document, &Observation::indicator,
                                       [&](const std::string& id) { return document.ontology->indicator(id); }));
  data.member("units", terms_json(document, &Observation::unit,
                                  [&](const std::string& id) { return document.ontology->unit(id); }));
  data.member("marks", marks_json(document));
  if (document.is_part) data.member("is_part", true);
  if (document.is_one_day) data.member("is_one_day", true);
  if (document.opening) data.member("opening", opening_json(*document.opening));
  if (document.requirements) data.member("walk", walk_json(*document.requirements));
  data.member("part", part_json(document, picture));
  Json metrics = Json::object();
  for (const auto& [name, labels] : document.metric_labels) metrics.set(name, labels_json(labels));
  data.member("metrics", metrics);
  Json names = Json::object();
  for (const auto& [id, labels] : document.names) names.set(id, labels_json(labels));
  data.member("names", names);
  data.list("sources", document.sources.size(), [&](std::size_t row) { return to_json(document.sources[row]); });
  data.list("nodes", document.nodes.size(), [&](std::size_t row) { return node_json(document, picture, row); });
  data.list("edges", document.edges.size(), [&](std::size_t row) {
    Json edge = to_json(document.edges[row], false);
    edge.set("id", edge_ids[row]);
    set_spell(edge, document.edges[row].since, document.edges[row].until);
    return edge;
  });
  data.list("figures", document.observations.size(),
            [&](std::size_t row) { return to_json(document.observations[row]); });
  data.finish();
}

/// What stands before the next `mark` of the page; the rest begins after it.
std::string_view take_until(std::string_view& page, std::string_view mark) {
  const std::size_t at = page.find(mark);
  const std::string_view before = page.substr(0, at);
  page.remove_prefix(at + mark.size());
  return before;
}

}  // namespace

ExportWarnings write_html(const GraphDocument& document, std::ostream& out) {
  const auto embedded = detail::embedded("explorer.html");
  if (!embedded)
    throw IoError(
        "this program was built without the explorer's page, since Cytoscape.js was missing; in the source folder run "
        "`npm ci --omit=dev --prefix tools/explorer` (npm: Debian's packages nodejs and npm) and build again");
  std::string_view page = *embedded;
  detail::TextBuffer buffer(out);
  buffer.put(take_until(page, "@LANGUAGE@"));
  buffer.put(in_html(document.language));
  buffer.put(take_until(page, "@TITLE@"));
  buffer.put(in_html(document.title));
  buffer.put(take_until(page, "@DATA@"));
  write_data(document, buffer);
  buffer.put(page);
  buffer.flush();
  return {};
}

}  // namespace chokepoint
