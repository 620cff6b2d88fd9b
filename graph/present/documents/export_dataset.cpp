#include "chokepoint/present/export_dataset.hpp"

#include "chokepoint/model/json_reader.hpp"
#include "chokepoint/query/resolve.hpp"
#include "chokepoint/store/reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace chokepoint {

namespace {

/// A dataset and what it says itself of the records that others hold, too: what is stored of them is what all say
/// together.
struct OneOfSeveral {
  DatasetInfo info;
  std::string key;                                                 ///< in the database
  std::map<std::pair<std::string, std::string>, std::string> own;  ///< by kind and stored id: the record as it came
};

/// In the order in which they came: what one of them names, it holds itself or an earlier one.
std::vector<OneOfSeveral> datasets_in_turn(const Reader& reader) {
  std::vector<OneOfSeveral> list;
  std::map<std::string, DatasetInfo> infos;
  for (DatasetInfo& dataset : reader.dataset_infos()) infos[dataset.id] = std::move(dataset);
  for (const auto& row : reader.sql("SELECT id, key FROM dataset ORDER BY key").rows) {
    list.push_back({infos.at(row[0].as_string()), to_text(row[1]), {}});
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

/// Node and source ids.
struct Ids {
  std::set<std::string, std::less<>> nodes, sources;
};

/// The nodes that a dataset's edges and figures name and that it does not hold. `{}` is its key.
constexpr const char* foreign_nodes_sql = R"(
WITH own_edge AS (SELECT * FROM edge WHERE dataset = {0} UNION ALL
    SELECT e.* FROM membership m JOIN edge e ON e.key = m.record
    WHERE m.kind = 'edge' AND m.dataset = {0} AND e.dataset <> {0}),
  own_figure AS (SELECT * FROM observation WHERE dataset = {0} UNION ALL
    SELECT o.* FROM membership m JOIN observation o ON o.key = m.record
    WHERE m.kind = 'observation' AND m.dataset = {0} AND o.dataset <> {0})
SELECT id FROM node WHERE dataset <> {0}
  AND key IN (SELECT from_node FROM own_edge UNION SELECT to_node FROM own_edge UNION SELECT item FROM own_edge
    UNION SELECT market FROM own_edge UNION SELECT origin FROM own_edge UNION SELECT subject FROM own_figure
    UNION SELECT item FROM own_figure UNION SELECT market FROM own_figure UNION SELECT relative_to FROM own_figure)
  AND NOT EXISTS (SELECT 1 FROM membership m WHERE m.kind = 'node' AND m.record = node.key AND m.dataset = {0}))";

/// The sources that records which only the dataset holds cite and that it does not hold. `{}` is its key.
constexpr const char* foreign_sources_sql = R"(
WITH own AS (SELECT 'node' AS kind, key, source FROM node WHERE dataset = {0} UNION ALL
    SELECT 'edge', key, source FROM edge WHERE dataset = {0} UNION ALL
    SELECT 'observation', key, source FROM observation WHERE dataset = {0}),
  alone AS (SELECT * FROM own WHERE NOT EXISTS
    (SELECT 1 FROM membership m WHERE m.kind = own.kind AND m.record = own.key))
SELECT id FROM source WHERE dataset <> {0}
  AND key IN (SELECT source FROM alone UNION
    SELECT c.source FROM citation c JOIN alone ON alone.kind = c.kind AND alone.key = c.record)
  AND NOT EXISTS (SELECT 1 FROM membership m WHERE m.kind = 'source' AND m.record = source.key AND m.dataset = {0}))";

/// Reads the records of one dataset as they are written: what it says itself of those that others hold, too.
class DatasetRecords {
 public:
  /// @param one  lives as long as this
  /// @param stands_alone  its nodes take their stored ids, by which its edges name them; otherwise they keep those that
  ///                      they came with, and find the nodes they are one with again
  DatasetRecords(const Reader& reader, const std::string& dataset, const OneOfSeveral& one, bool stands_alone)
      : reader_(reader), dataset_(dataset), one_(one), stands_alone_(stands_alone) {}

  [[nodiscard]] const DatasetInfo& info() const { return one_.info; }
  void for_each_source(const auto& visit) const {
    reader_.for_each_source(dataset_, as_said<Source>("source", source_from_json, visit));
  }
  void for_each_node(const auto& visit) const {
    reader_.for_each_node(dataset_, as_said<Node>("node", node_from_json, visit));
  }
  void for_each_edge(const auto& visit) const {
    reader_.for_each_edge(dataset_, as_said<Edge>("edge", edge_from_json, visit));
  }
  void for_each_observation(const auto& visit) const {
    reader_.for_each_observation(dataset_, as_said<Observation>("observation", observation_from_json, visit));
  }

  /// What it names and does not hold. Memory: what it answers, and the ids of its sources.
  [[nodiscard]] Ids named_elsewhere() const {
    Ids ids;
    for (const auto& row : reader_.sql(fmt::format(foreign_nodes_sql, one_.key)).rows)
      ids.nodes.insert(row.front().as_string());
    for (const auto& row : reader_.sql(fmt::format(foreign_sources_sql, one_.key)).rows)
      ids.sources.insert(row.front().as_string());
    std::set<std::string, std::less<>> own_sources;
    for_each_source([&](const Source& source) { own_sources.insert(source.id); });
    for (const auto& [key, said] : one_.own) {
      const Json record = parse_json(said);
      const Json* citations = record.find("sources");
      if (citations == nullptr) continue;
      for (const Json& citation : citations->as_array())
        if (const std::string& id = citation.find("source")->as_string(); !own_sources.contains(id))
          ids.sources.insert(id);
    }
    return ids;
  }

 private:
  template <typename Record>
  auto as_said(const char* kind, auto from_json, const auto& visit) const {
    return [this, kind, from_json, &visit](const Record& record) {
      const auto said = one_.own.find({kind, record.id});
      if (said == one_.own.end()) return visit(record);
      Record own = from_json(parse_json(said->second));
      if constexpr (std::is_same_v<Record, Node>)
        if (stands_alone_) rename(own, record.id);
      visit(std::as_const(own));
    };
  }

  static void rename(Node& node, const std::string& id) {
    if (node.id == id) return;
    node.aliases.push_back(std::exchange(node.id, id));
    std::sort(node.aliases.begin(), node.aliases.end());
    node.aliases.erase(std::unique(node.aliases.begin(), node.aliases.end()), node.aliases.end());
  }

  const Reader& reader_;
  const std::string& dataset_;
  const OneOfSeveral& one_;
  bool stands_alone_;
};

/// Records of other datasets that come along, so that what names them can be imported.
struct Companions {
  std::vector<Source> sources;
  std::vector<Node> nodes;
};

Companions companions_of(const Reader& reader, const DatasetRecords& records, const Ids& named) {
  Companions companions;
  std::set<std::string, std::less<>> sources = named.sources;
  for (const std::string& id : named.nodes) {
    companions.nodes.push_back(reader.node(id).value());
    for (const Citation& citation : companions.nodes.back().sources) sources.insert(citation.source);
  }
  records.for_each_source([&](const Source& source) { sources.erase(source.id); });
  for (const std::string& id : sources) companions.sources.push_back(reader.source(id).value());
  return companions;
}

/// Writes sorted records and, in their places, those that come along.
template <typename Record>
class WriteWith {
 public:
  WriteWith(DatasetWriter& writer, const std::vector<Record>& companions)
      : writer_(writer), next_(companions.begin()), end_(companions.end()) {}
  void operator()(const Record& record) const {
    for (; next_ != end_ && next_->id < record.id; ++next_) writer_.write(*next_);
    writer_.write(record);
  }
  void finish() {
    for (; next_ != end_; ++next_) writer_.write(*next_);
  }

 private:
  DatasetWriter& writer_;
  mutable typename std::vector<Record>::const_iterator next_;
  typename std::vector<Record>::const_iterator end_;
};

void write_one(const DatasetRecords& records, const Companions& companions, DatasetWriter& writer) {
  writer.begin(records.info());
  WriteWith<Source> sources(writer, companions.sources);
  records.for_each_source(sources);
  sources.finish();
  WriteWith<Node> nodes(writer, companions.nodes);
  records.for_each_node(nodes);
  nodes.finish();
  const auto write = [&](const auto& record) { writer.write(record); };
  records.for_each_edge(write);
  records.for_each_observation(write);
  writer.end();
}

std::string tell_of(const Companions& companions, const std::string& dataset) {
  return fmt::format("{} names {} node{} and {} source{} of other datasets; they were written with it", dataset,
                     companions.nodes.size(), companions.nodes.size() == 1 ? "" : "s", companions.sources.size(),
                     companions.sources.size() == 1 ? "" : "s");
}

/// Which datasets hold a record, by its id.
using Holders = std::map<std::string, std::set<std::size_t>, std::less<>>;

bool is_there(const Holders& holders, const std::string& id, const std::vector<bool>& written) {
  const std::set<std::size_t>& numbers = holders.at(id);
  return std::any_of(numbers.begin(), numbers.end(), [&](std::size_t number) { return written[number]; });
}

/// Writes several datasets so that each finds what it names in itself or in one before it.
std::vector<std::string> write_several(const Reader& reader, const std::vector<OneOfSeveral>& all,
                                       DatasetWriter& writer) {
  std::vector<Ids> missing;
  Holders node_holders, source_holders;
  for (const OneOfSeveral& one : all) {
    missing.push_back(DatasetRecords(reader, one.info.id, one, false).named_elsewhere());
    for (const std::string& id : missing.back().nodes) node_holders[id];
    for (const std::string& id : missing.back().sources) source_holders[id];
  }
  const auto note = [](Holders& holders, std::size_t number) {
    return [&holders, number](const auto& record) {
      if (const auto holder = holders.find(record.id); holder != holders.end()) holder->second.insert(number);
    };
  };
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (!node_holders.empty()) reader.for_each_node(all[i].info.id, note(node_holders, i));
    if (!source_holders.empty()) reader.for_each_source(all[i].info.id, note(source_holders, i));
  }
  std::vector<std::string> remarks;
  std::vector<bool> written(all.size(), false);
  for (std::size_t count = 0; count < all.size(); ++count) {
    for (std::size_t i = 0; i < all.size(); ++i) {
      std::erase_if(missing[i].nodes, [&](const std::string& id) { return is_there(node_holders, id, written); });
      std::erase_if(missing[i].sources, [&](const std::string& id) { return is_there(source_holders, id, written); });
    }
    // The first that lacks nothing; where each lacks something of another, the first, with what it lacks.
    std::size_t next = all.size();
    for (std::size_t i = all.size(); i-- > 0;)
      if (!written[i] && missing[i].nodes.empty() && missing[i].sources.empty()) next = i;
    if (next == all.size())
      next = static_cast<std::size_t>(std::find(written.begin(), written.end(), false) - written.begin());
    const DatasetRecords records(reader, all[next].info.id, all[next], false);
    const Companions companions = companions_of(reader, records, missing[next]);
    if (!companions.nodes.empty() || !companions.sources.empty())
      remarks.push_back(tell_of(companions, all[next].info.id));
    write_one(records, companions, writer);
    written[next] = true;
  }
  return remarks;
}

}  // namespace

std::vector<std::string> write_dataset(Session& session, const std::string& dataset, DatasetForm form,
                                       std::ostream& out) {
  DatasetWriter writer(out, form);
  const Reader reader = session.reader();
  const auto all = datasets_in_turn(reader);
  if (!dataset.empty()) {
    const std::string id = require_dataset(session, dataset).id;
    const auto one = std::find_if(all.begin(), all.end(), [&](const OneOfSeveral& each) { return each.info.id == id; });
    const DatasetRecords records(reader, one->info.id, *one, true);
    const Companions companions =
        all.size() == 1 ? Companions{} : companions_of(reader, records, records.named_elsewhere());
    write_one(records, companions, writer);
    if (companions.nodes.empty() && companions.sources.empty()) return {};
    return {tell_of(companions, id)};
  }
  if (all.empty()) {
    writer.begin(std::nullopt);
    writer.end();
    return {};
  }
  if (all.size() == 1) {
    const std::string everything;
    write_one(DatasetRecords(reader, everything, all.front(), false), {}, writer);
    return {};
  }
  writer.begin_list();
  auto remarks = write_several(reader, all, writer);
  writer.end_list();
  return remarks;
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
