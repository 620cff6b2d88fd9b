#include "chokepoint/query/export_dataset.hpp"

#include "chokepoint/model/json_reader.hpp"
#include "query/dataset_names.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace chokepoint {

namespace {

/// A dataset and what it says itself of the records that others hold, too: what is stored of them is what all say
/// together.
struct OneOfSeveral {
  DatasetInfo info;
  std::map<std::pair<std::string, std::string>, std::string> own;  ///< by kind and stored id: the record as it came
};

/// In the order in which they came: what one of them names, it holds itself or an earlier one.
std::vector<OneOfSeveral> datasets_in_turn(const Reader& reader) {
  std::vector<OneOfSeveral> list;
  std::map<std::string, DatasetInfo> infos;
  for (DatasetSummary& dataset : reader.datasets()) infos[dataset.info.id] = std::move(dataset.info);
  for (const auto& row : reader.sql("SELECT id, key FROM dataset ORDER BY key").rows) {
    list.push_back({infos.at(row[0].as_string()), {}});
    const auto shared = reader.sql(
        "SELECT m.kind, CASE m.kind WHEN 'node' THEN (SELECT id FROM node WHERE key = m.record) WHEN 'source' THEN "
        "(SELECT id "
        "FROM source WHERE key = m.record) WHEN 'edge' THEN (SELECT coalesce(name, printf('%016x', hash)) FROM edge "
        "WHERE key = "
        "m.record) ELSE (SELECT coalesce(name, printf('%016x', hash)) FROM observation WHERE key = m.record) END, "
        "m.contribution "
        "FROM membership m WHERE m.dataset = " +
        to_text(row[1]));
    for (const auto& record : shared.rows)
      if (record[1].is_string())
        list.back().own[{record[0].as_string(), record[1].as_string()}] = record[2].as_string();
  }
  return list;
}

/// @param dataset  whose records are written; empty where all are its own
void write_one(const Reader& reader, const std::string& dataset, const OneOfSeveral& one, DatasetWriter& writer) {
  writer.begin(one.info);
  const auto write_with = [&](const char* kind, auto from_json) {
    return [&writer, &one, kind, from_json](const auto& record) {
      const auto own = one.own.find({kind, record.id});
      if (own == one.own.end())
        writer.write(record);
      else
        writer.write(from_json(parse_json(own->second)));
    };
  };
  reader.for_each_source(dataset, write_with("source", source_from_json));
  reader.for_each_node(dataset, write_with("node", node_from_json));
  reader.for_each_edge(dataset, write_with("edge", edge_from_json));
  reader.for_each_observation(dataset, write_with("observation", observation_from_json));
  writer.end();
}

}  // namespace

void write_dataset(Session& session, const std::string& dataset, DatasetForm form, std::ostream& out) {
  DatasetWriter writer(out, form);
  const Reader reader = session.reader();
  if (!dataset.empty()) return write_one(reader, dataset, {detail::require_dataset(session, dataset), {}}, writer);
  const auto all = datasets_in_turn(reader);
  if (all.size() == 1) return write_one(reader, {}, all.front(), writer);
  if (all.empty()) {
    writer.begin(std::nullopt);
    return writer.end();
  }
  writer.begin_list();
  for (const OneOfSeveral& one : all) write_one(reader, one.info.id, one, writer);
  writer.end_list();
}

void write_records(Session& session, const GraphDocument& document, DatasetForm form, std::ostream& out) {
  const Reader reader = session.reader();
  std::vector<Node> nodes = document.nodes;
  for (const auto& [id, labels] : document.names)
    if (auto node = reader.node(id)) nodes.push_back(*std::move(node));
  std::ranges::sort(nodes, {}, &Node::id);
  std::set<std::string, std::less<>> cited;
  for (const Node& node : nodes)
    for (const Citation& citation : node.sources) cited.insert(citation.source);
  for (const Source& source : document.sources) cited.insert(source.id);
  DatasetWriter writer(out, form);
  writer.begin(std::nullopt);
  for (const Source& source : reader.sources())
    if (cited.contains(source.id)) writer.write(source);
  for (const Node& node : nodes) writer.write(node);
  for (const Edge& edge : document.edges) writer.write(edge);
  for (const Observation& figure : document.observations) writer.write(figure);
  writer.end();
}

}  // namespace chokepoint
