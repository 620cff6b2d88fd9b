#include "ingest/importing/json_remedies.hpp"

#include "ingest/files/told_names.hpp"
#include "ingest/formats/formats.hpp"
#include "ingest/formats/json_head.hpp"
#include "ingest/formats/plain_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>
#include <vector>

namespace chokepoint::detail {

namespace {

/// What to do with JSON that says who needs whom in a layout of its own, which a list of components says, too.
std::string remedy_for_packages(const FileHead& head) {
  const auto json = json_head(head);
  if (!json || json->is_lines() || json->object() == nullptr) return {};
  const Json* top = json->object();
  const Json* dependency = first_in(object_in(top, "dependencies"));
  const bool is_npm = member_in(top, "lockfileVersion") != nullptr || member_in(dependency, "integrity") != nullptr;
  if (is_npm)
    return "what npm knows of packages; `npm sbom --sbom-format cyclonedx` writes what they require in a form that is "
           "read";
  const Json* context = text_in(top, "@context");
  if (context != nullptr && context->as_string().find("spdx.org") != std::string::npos)
    return "SPDX 3; have it written as SPDX 2.3 or CycloneDX JSON, which are read";
  return {};
}

/// `{"A": {"B": {"weight": 1}}, "B": {}}`: objects by key whose keys are those of the first ones; of lists of texts one
/// such key is enough.
/// `{"A": {"B": 0.6}, "B": {"C": 1}}`
bool is_dictionary_of_numbers(const Json& top) {
  bool is_tied = false;
  for (const auto& [node, neighbours] : top.as_object()) {
    if (!neighbours.is_object()) return false;
    for (const auto& [neighbour, weight] : neighbours.as_object()) {
      if (!weight.is_number()) return false;
      is_tied = is_tied || top.find(neighbour) != nullptr;
    }
  }
  return is_tied;
}

bool is_dictionary_of_neighbours(const Json& top) {
  std::size_t known = 0, all = 0;
  bool are_lists = true;
  for (const auto& [node, neighbours] : top.as_object()) {
    if (neighbours.is_array()) {
      for (const Json& neighbour : neighbours.as_array()) {
        if (!neighbour.is_string()) return false;
        ++all;
        if (top.find(neighbour.as_string()) != nullptr) ++known;
      }
    } else if (neighbours.is_object()) {
      are_lists = false;
      for (const auto& [neighbour, data] : neighbours.as_object()) {
        if (!data.is_object()) return false;
        ++all;
        if (top.find(neighbour) != nullptr) ++known;
      }
    } else {
      return false;
    }
  }
  return known > 0 && (are_lists || 2 * known >= all);
}

/// JSON of drawing programs and of tools, whose graph jq lays out as nodes and links.
std::string remedy_for_drawn_json(const FileHead& head, const Json& top) {
  std::string filter;
  const Json* data = first_in(list_in(&top, "data"));
  const Json* series = first_in(list_in(&top, "series"));
  const Json* object = first_in(list_in(&top, "objects"));
  if (object_in(data, "node") != nullptr && object_in(data, "link") != nullptr)  // Plotly
    filter =
        ".data[0] | .node.label as $n | [[.link.source, .link.target, .link.value] | transpose[] | {from: $n[.[0]], "
        "to: "
        "$n[.[1]], weight: .[2]}]";
  else if (series != nullptr &&
           (list_in(series, "links") != nullptr || list_in(series, "edges") != nullptr))  // ECharts
    filter = ".series[0] | {nodes: (.nodes // .data), links: (.links // .edges)}";
  else if (series != nullptr && list_in(series, "keys") != nullptr)  // Highcharts
    filter =
        ".series[0] | .keys as $k | [.data[] | if type == \"array\" then [$k, .] | transpose | map({(.[0]): .[1]}) | "
        "add else . end]";
  else if (list_in(&top, "children") != nullptr &&
           list_in(first_in(list_in(&top, "edges")), "sources") != nullptr)  // ELK
    filter =
        "{nodes: [.children[] | .. | objects | select(.id and (.sources | not)) | {id, label: (.labels[0].text? // "
        ".id)}], links: [.. | "
        "objects | select(.sources) | {source: .sources[0], target: .targets[0], label: .labels[0].text?}]}";
  else if (text_in(&top, "type") != nullptr && top.find("type")->as_string() == "bundle" && object != nullptr)  // STIX
    filter =
        "{nodes: [.objects[] | select(.type != \"relationship\")], links: [.objects[] | select(.type == "
        "\"relationship\") | {source: .source_ref, target: .target_ref, type: .relationship_type, description, since: "
        ".start_time, until: "
        ".stop_time}]}";
  else if (list_in(&top, "matrix") != nullptr && list_in(&top, "nodes") != nullptr)
    filter =
        ".nodes as $n | [.matrix | to_entries[] | .key as $i | .value | to_entries[] | select(.value != 0) | {from: "
        "$n[$i], to: $n[.key], weight: .value}]";
  else if (object_in(&top, "resolve") != nullptr && list_in(&top, "packages") != nullptr)
    return "what Cargo knows of packages; `cargo cyclonedx --format json` writes what they require in a form that is "
           "read";
  else if (list_in(&top, "artifacts") != nullptr && list_in(&top, "artifactRelationships") != nullptr)
    return fmt::format(
        "what Syft found; it writes CycloneDX, which is read: syft convert {} -o cyclonedx-json={}-bom.json", head.name,
        stem_in_commands(head.name));
  if (filter.empty()) return {};
  return fmt::format(
      "a graph laid out for its program; this makes JSON of nodes and links or of rows: jq '{}' {} > {}-graph.json",
      filter, head.name, stem_in_commands(head.name));
}

/// Rows of Neo4j's browser: nodes and relationships by the names that the query gave them.
std::string remedy_for_neo4j_rows(const FileHead& head, const Json& first) {
  bool has_node = false;
  for (const auto& [key, value] : first.as_object())
    has_node = has_node || (member_in(&value, "identity") != nullptr && object_in(&value, "properties") != nullptr);
  if (!has_node) return {};
  return fmt::format(
      "an answer of Neo4j's browser; this makes nodes and links of it: jq 'def own: with_entries(.key |= if IN(\"id\", "
      "\"type\", \"source\", \"target\") then \"property \" + . else . end); [.[][] | objects] | unique | {{nodes: "
      "map(select(.labels) | (.properties | own) + {{id: .identity, type: .labels[0]}}), links: map(select(.start != "
      "null) | (.properties | own) + {{source: .start, target: .end, type: .type}})}}' {} > {}-graph.json",
      head.name, stem_in_commands(head.name));
}

/// TinkerPop's GraphSON, whose values say their types; and JSON with what JSON does not have.
std::string remedy_for_graph_json(const FileHead& head) {
  const std::string_view line = first_line(head.text);
  // Comments may stand in front of a drawing, too, or of a program.
  const bool is_comment = line.starts_with("//") || line.starts_with("/*");
  const bool has_json =
      head.text.find("\n{") != std::string_view::npos || head.text.find("\n[") != std::string_view::npos;
  if ((is_comment && has_json && !looks_like_dot(head)) || head.extension == ".json5" || head.extension == ".jsonc")
    return fmt::format("JSON with comments or keys without quotes; write it as JSON: npx json5 {} > {}-plain.json",
                       head.name, stem_in_commands(head.name));
  const auto json = json_head(head);
  if (json && json->is_lines() && json->values.front().is_array())
    return fmt::format(
        "a list a line; this makes one list of them, of which the first holds the names of the columns: jq -s . {} > "
        "{}-rows.json",
        head.name, stem_in_commands(head.name));
  if (json && !json->is_lines() && first_in(&json->values.front()) != nullptr &&
      first_in(&json->values.front())->is_object())
    if (std::string remedy = remedy_for_neo4j_rows(head, *first_in(&json->values.front())); !remedy.empty())
      return remedy;
  if (json && text_in(first_in(&json->values.front()), "CXVersion") != nullptr)
    return fmt::format(
        "CX2 of Cytoscape and NDEx; this makes nodes and links of it: jq 'def names($part): [.[] | "
        ".attributeDeclarations[]? | .[$part] // {{}} | to_entries[] | select(.value.a?) | {{(.value.a): .key}}] | add "
        "// {{}}; names(\"nodes\") as $n | names(\"edges\") as $e | {{nodes: [.[] | .nodes[]? | {{id}} + ((.v // {{}}) "
        "| "
        "with_entries(.key |= ($n[.] // .)))], links: [.[] | .edges[]? | {{source: .s, target: .t}} + ((.v // {{}}) | "
        "with_entries(.key |= ($e[.] // .)))]}}' {} > {}-graph.json",
        head.name, stem_in_commands(head.name));
  if (!json || json->object() == nullptr) return {};
  const Json* top = json->object();
  if (std::string remedy = remedy_for_drawn_json(head, *top); !remedy.empty()) return remedy;
  if (member_in(top, "@context") != nullptr && remedy_for_packages(head).empty())
    return std::string(rdf_remedy);  // JSON-LD
  if (head.is_whole && is_dictionary_of_neighbours(*top))
    return fmt::format(
        "nodes with their neighbours, as networkx has them; it makes GraphML of it: python3 -c \"import json, "
        "networkx; "
        "networkx.write_graphml(networkx.DiGraph(json.load(open('{}'))), '{}.graphml')\"",
        head.name, stem_in_commands(head.name));
  if (head.is_whole && is_dictionary_of_numbers(*top))
    return fmt::format(
        "nodes with a number for each that they are tied to; this makes rows of them: jq '[to_entries[] | .key as "
        "$from "
        "| .value | to_entries[] | {{from: $from, to: .key, weight: .value}}]' {} > {}-rows.json",
        head.name, stem_in_commands(head.name));
  const bool is_vertex = member_in(top, "label") != nullptr && member_in(top, "id") != nullptr &&
                         (object_in(top, "outE") != nullptr || object_in(top, "inE") != nullptr);
  const Json* type = text_in(top, "@type");
  if (!is_vertex && (type == nullptr || !type->as_string().starts_with("tinker:"))) return {};
  return "GraphSON; Gremlin writes GraphML: g.io(\"graph.graphml\").write().iterate()";
}

}  // namespace

std::string remedy_for_json(const FileHead& head) {
  std::string text = remedy_for_graph_json(head);
  return text.empty() ? remedy_for_packages(head) : text;
}

}  // namespace chokepoint::detail
