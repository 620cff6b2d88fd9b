#include "chokepoint/model/json_reader.hpp"
#include "chokepoint/model/text.hpp"
#include "chokepoint/present/schema.hpp"
#include "chokepoint/query/resolve.hpp"
#include "chokepoint/support/error.hpp"
#include "present/words/wording.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

namespace chokepoint {

namespace {

std::string text_of(const Session& session, const Labels& labels, std::string_view id) {
  return std::string(label_of(labels, session.language(), id));
}

/// `to on from: any`, how an edge type counts for requirement analyses; nothing where nobody depends on anybody.
/// @param spell  of a word and of a pattern
template <typename Spell>
std::string dependency_text(const EdgeType& type, const Spell& spell) {
  if (!type.dependency) return {};
  const Dependency& d = *type.dependency;
  const std::string group(spell(to_string(d.group))), strength(spell(to_string(d.strength)));
  if (d.strength == Strength::hard || strength == group)
    return fmt::vformat(spell(d.from_depends ? "from on to: {}" : "to on from: {}"), fmt::make_format_args(group));
  return fmt::vformat(spell(d.from_depends ? "from on to: {} ({})" : "to on from: {} ({})"),
                      fmt::make_format_args(group, strength));
}

std::string dependency_text(const Session& session, const EdgeType& type) {
  return dependency_text(type, [&](std::string_view english) { return detail::pattern(session, english); });
}

/// As programs read it.
std::string dependency_text(const EdgeType& type) {
  return dependency_text(type, [](std::string_view english) { return english; });
}

/// `地方 (place)`; in English, where both are the same, the id alone.
std::string class_text(const Session& session, const std::string& id) {
  for (const Term& each : session.ontology().classes())
    if (each.id == id) {
      const std::string label = text_of(session, each.labels, id);
      return fold(label) == fold(id) ? id : fmt::format("{} ({})", label, id);
    }
  return id;
}

/// Types named one by one, or by their class where the whole class is allowed.
std::string ends_text(const Ontology& ontology, std::vector<std::string> types) {
  std::vector<std::string> parts;
  for (const Term& node_class : ontology.classes()) {
    std::vector<std::string> members;
    for (const NodeType& type : ontology.node_types())
      if (type.node_class == node_class.id) members.push_back(type.id);
    const auto allowed = [&](const std::string& id) { return std::ranges::find(types, id) != types.end(); };
    if (members.empty() || !std::ranges::all_of(members, allowed)) continue;
    parts.push_back("@" + node_class.id);
    std::erase_if(types, [&](const std::string& id) { return std::ranges::find(members, id) != members.end(); });
  }
  parts.insert(parts.end(), types.begin(), types.end());
  return fmt::format("{}", fmt::join(parts, ", "));
}

Table node_type_table(const Session& session, const std::vector<const NodeType*>& types) {
  Table table;
  table.title = detail::word(session, "Nodes");
  table.columns = {detail::column(session, "id", "Type"), detail::column(session, "label", "Label"),
                   detail::column(session, "class", "Class"), detail::column(session, "layer", "Layer"),
                   detail::column(session, "description", "Description", true)};
  for (const NodeType* type : types)
    table.rows.push_back({type->id, text_of(session, type->labels, type->id), class_text(session, type->node_class),
                          type->layer == Layer::none ? std::string() : detail::word(session, to_string(type->layer)),
                          detail::word(session, type->description)});
  return table;
}

Table edge_type_table(const Session& session, const std::vector<const EdgeType*>& types) {
  Table table;
  table.title = detail::word(session, "Edges");
  table.columns = {detail::column(session, "id", "Type"),         detail::column(session, "label", "Label"),
                   detail::column(session, "from", "From", true), detail::column(session, "to", "To", true),
                   detail::column(session, "role", "Role"),       detail::column(session, "depends", "Dependent"),
                   detail::column(session, "modes", "Mode", true)};
  for (const EdgeType* type : types) {
    const auto& modes = type->modes.empty() ? type->roles : type->modes;
    table.rows.push_back({type->id, text_of(session, type->labels, type->id), ends_text(session.ontology(), type->from),
                          ends_text(session.ontology(), type->to), std::string(to_string(type->role)),
                          dependency_text(session, *type), fmt::format("{}", fmt::join(modes, ", "))});
  }
  return table;
}

Table term_table(const Session& session, std::string_view title, const std::vector<Term>& terms) {
  Table table;
  table.title = detail::word(session, title);
  table.columns = {detail::column(session, "id", "Id"), detail::column(session, "label", "Label"),
                   detail::column(session, "unit", "Unit")};
  for (const Term& term : terms) table.rows.push_back({term.id, text_of(session, term.labels, term.id), term.unit});
  return table;
}

/// The types asked for: all, or the node types and edge types of that name.
struct Chosen {
  std::vector<const NodeType*> nodes;
  std::vector<const EdgeType*> edges;
};

Chosen choose(const Session& session, const std::string& name) {
  Chosen chosen;
  const Ontology& ontology = session.ontology();
  const auto wanted = [&](const auto& type) {
    if (name.empty() || fold(type.id) == fold(name)) return true;
    return std::ranges::any_of(type.labels, [&](const auto& label) { return fold(label.second) == fold(name); });
  };
  std::vector<std::string> ids;
  for (const NodeType& type : ontology.node_types()) {
    ids.push_back(type.id);
    if (wanted(type)) chosen.nodes.push_back(&type);
  }
  for (const EdgeType& type : ontology.edge_types()) {
    ids.push_back(type.id);
    if (wanted(type)) chosen.edges.push_back(&type);
  }
  if (chosen.nodes.empty() && chosen.edges.empty())
    throw UsageError(
        fmt::format("no type is called \"{}\"{}", name, did_you_mean_or_see(suggest(name, ids), "chokepoint schema")));
  return chosen;
}

Table data_table(const Chosen& chosen, const Session& session) {
  Table table = detail::data_table("", {"kind", "id", "label", "class", "layer", "from", "to", "role", "depends"});
  for (const NodeType* type : chosen.nodes)
    table.rows.push_back({"node", type->id, text_of(session, type->labels, type->id), type->node_class,
                          std::string(to_string(type->layer)), Cell{}, Cell{}, Cell{}, Cell{}});
  for (const EdgeType* type : chosen.edges)
    table.rows.push_back({"edge", type->id, text_of(session, type->labels, type->id), Cell{}, Cell{},
                          fmt::format("{}", fmt::join(type->from, " ")), fmt::format("{}", fmt::join(type->to, " ")),
                          std::string(to_string(type->role)), dependency_text(*type)});
  return table;
}

}  // namespace

Answer schema_answer(Session& session, const SchemaParams& params) {
  const Chosen chosen = choose(session, params.type);
  // The ontology as data is the exact answer; it is what `init --ontology` reads.
  Answer answer{
      .command = "schema", .result = parse_json(session.ontology().canonical_text()), .coverage = Json::object()};
  if (!chosen.nodes.empty()) answer.tables.push_back(node_type_table(session, chosen.nodes));
  if (!chosen.edges.empty()) answer.tables.push_back(edge_type_table(session, chosen.edges));
  if (params.type.empty()) {
    answer.tables.push_back(term_table(session, "Unit", session.ontology().units()));
    if (!session.ontology().indicators().empty())
      answer.tables.push_back(term_table(session, "Indicator", session.ontology().indicators()));
  } else if (chosen.edges.size() == 1) {
    answer.remarks.push_back(detail::word(session, chosen.edges.front()->description));
  }
  answer.data.push_back(data_table(chosen, session));
  return answer;
}

}  // namespace chokepoint
