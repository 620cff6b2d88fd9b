#include "ingest/formats/formats.hpp"
#include "ingest/formats/graph_tables.hpp"
#include "ingest/formats/json_fields.hpp"
#include "ingest/formats/json_head.hpp"
#include "ingest/formats/json_walk.hpp"
#include "ingest/formats/text_places.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>

namespace chokepoint::detail {

// Gephi Lite saves its workspace as one object: under "graphDataset" the topology ("fullGraph", as graphology writes
// it), what nodes and edges say by key ("nodeData", "edgeData"), how each field is meant ("nodeFields", "edgeFields")
// and where nodes are drawn; beside it filters and appearance. The topology stands behind the data, so the file is read
// twice: first the topology and the fields, then the data. Memory: keys and ends of the topology.

namespace {

/// Looks that the program keeps among the data of nodes and edges.
constexpr std::array<std::string_view, 6> drawn_fields{"color", "size", "x", "y", "z", "fixed"};

/// How a field is meant.
struct FieldModel {
  bool is_drawn = false;
  std::string separator;  ///< of keywords; empty: the field is one value
};
using FieldModels = std::map<std::string, FieldModel, std::less<>>;

FieldModel model_of(const Json& field, std::string_view id) {
  FieldModel model;
  const Json* type = text_in(&field, "type");
  model.is_drawn = std::find(drawn_fields.begin(), drawn_fields.end(), id) != drawn_fields.end() ||
                   (type != nullptr && type->as_string() == "color");
  const Json* separator = text_in(&field, "separator");
  if (type != nullptr && type->as_string() == "keywords" && separator != nullptr)
    model.separator = separator->as_string();
  return model;
}

/// What the first reading of a file keeps.
struct Topology {
  TextPlaces nodes, edges;  ///< keys
  TextPool ends;            ///< two for each edge
  std::vector<std::optional<Direction>> directions;
  std::optional<Direction> direction;  ///< of edges that do not say it
  FieldModels node_fields, edge_fields;
};

/// Where in the file something stands, below "graphDataset".
std::string_view part_of(const JsonPath& path) {
  return path.size() > 1 && path[0] == "graphDataset" ? std::string_view(path[1]) : std::string_view();
}

class TopologyReader : public JsonVisitor {
 public:
  TopologyReader(InputFile& file, Topology& topology) : file_(file), topology_(topology) {}

  Step begin(const JsonPath& path, bool is_object) override {
    if (path.empty() || (path.size() == 1 && path[0] == "graphDataset")) return is_object ? Step::enter : Step::skip;
    const std::string_view part = part_of(path);
    if (part == "nodeFields" || part == "edgeFields") return path.size() == 2 && !is_object ? Step::enter : Step::take;
    if (part != "fullGraph") return Step::skip;
    if (path.size() == 2) return is_object ? Step::enter : Step::skip;
    if (path.size() > 3 || path[2] == "options") return Step::take;
    return !is_object && (path[2] == "nodes" || path[2] == "edges") ? Step::enter : Step::skip;
  }

  void value(const JsonPath& path, const Json& value, std::uint64_t line) override {
    const std::string_view part = part_of(path);
    if (part == "nodeFields" || part == "edgeFields") {
      const Json* id = text_in(&value, "id");
      if (id != nullptr)
        (part == "nodeFields" ? topology_.node_fields : topology_.edge_fields)[id->as_string()] =
            model_of(value, id->as_string());
    } else if (part == "fullGraph" && path.size() > 2 && path[2] == "options") {
      options(value);
    } else if (part == "fullGraph" && path.size() == 4) {
      if (path[2] == "nodes")
        topology_.nodes.add(wanted(value, "key", "a node of fullGraph", line));
      else
        edge(value, line);
    }
  }

 private:
  std::string_view wanted(const Json& record, std::string_view key, std::string_view what, std::uint64_t line) const {
    const Json* value = member_in(&record, key);
    if (value == nullptr || !is_scalar(*value) || scalar_text(*value).empty())
      refuse_at(file_, line, fmt::format("{} has no {}", what, key));
    return scalar_text(*value);
  }
  void options(const Json& options) {
    const Json* type = text_in(&options, "type");
    if (type == nullptr) return;
    topology_.direction = type->as_string() == "undirected" ? Direction::undirected : Direction::directed;
  }
  void edge(const Json& edge, std::uint64_t line) {
    constexpr std::string_view what = "an edge of fullGraph";
    topology_.ends.add(wanted(edge, "source", what, line));
    topology_.ends.add(wanted(edge, "target", what, line));
    const Json* key = member_in(&edge, "key");
    topology_.edges.add(key == nullptr ? std::string_view() : scalar_text(*key));
    const Json* undirected = member_in(&edge, "undirected");
    topology_.directions.push_back(undirected != nullptr && undirected->is_bool() && undirected->as_bool()
                                       ? std::optional(Direction::undirected)
                                       : std::nullopt);
  }

  InputFile& file_;
  Topology& topology_;
};

class WorkspaceReader : public JsonVisitor {
 public:
  WorkspaceReader(InputFile& file, TableSet& set, Topology topology)
      : file_(file), set_(set), topology_(std::move(topology)), tables_(set) {
    tables_.graph_direction = topology_.direction;
    has_node_.resize(topology_.nodes.size());
    has_edge_.resize(topology_.edges.size());
  }

  Step begin(const JsonPath& path, bool is_object) override {
    if (path.empty() || (path.size() == 1 && path[0] == "graphDataset")) return is_object ? Step::enter : Step::skip;
    const std::string_view part = part_of(path);
    if (part == "nodeData" || part == "edgeData") return path.size() == 2 && is_object ? Step::enter : Step::take;
    if (part == "metadata" || (path.size() == 1 && path[0] == "filters")) return Step::take;
    if (part == "layout" || path[0] == "appearance") left_out_.add(path.back());
    return Step::skip;
  }

  void value(const JsonPath& path, const Json& value, std::uint64_t line) override {
    const std::string_view part = part_of(path);
    if (path.size() == 1 && path[0] == "filters") {
      if (first_in(list_in(&value, "filters")) != nullptr)
        set_.remarks.push_back("its filters are not applied: what they hide came in, too");
    } else if (part == "metadata") {
      if (first_in(&value) != nullptr) left_out_.add(part);
    } else if (path.size() == 3 && part == "nodeData") {
      node(path[2], value, line);
    } else if (path.size() == 3 && part == "edgeData") {
      edge(path[2], value, line);
    }
  }

  void finish() {
    add_silent_nodes();
    add_silent_edges();
    if (lost_edges_ > 0)
      set_.remarks.push_back(
          fmt::format("left out: {} entries of edgeData that fullGraph lists no edge for", lost_edges_));
    tables_.finish();
    left_out_.tell(set_);
  }

 private:
  void node(const std::string& key, const Json& data, std::uint64_t line) {
    const auto place = topology_.nodes.place(key);
    if (place) has_node_[*place] = true;
    SpooledTable& table = tables_.nodes();
    table.begin_row(line);
    put_role_text(table, "(key)", Target::id, key);
    fields(table, data, topology_.node_fields, line);
    table.end_row();
  }

  void edge(const std::string& key, const Json& data, std::uint64_t line) {
    const auto place = topology_.edges.place(key);
    if (!place) {
      ++lost_edges_;
      return;
    }
    has_edge_[*place] = true;
    begin_edge(*place, line);
    fields(tables_.edges(), data, topology_.edge_fields, line);
    tables_.edges().end_row();
  }
  void begin_edge(std::size_t place, std::uint64_t line) {
    SpooledTable& table = tables_.edges();
    table.begin_row(line);
    put_role_text(table, "(source)", Target::from, topology_.ends[2 * place]);
    put_role_text(table, "(target)", Target::to, topology_.ends[2 * place + 1]);
    if (!topology_.edges[place].empty()) put_role_text(table, "(key)", Target::id, topology_.edges[place]);
    tables_.set_direction(topology_.directions[place]);
  }

  void fields(SpooledTable& table, const Json& data, const FieldModels& models, std::uint64_t line) {
    if (!data.is_object())
      refuse_at(file_, line, fmt::format("what nodes and edges say is an object, not {}", data.kind_name()));
    std::string name;
    for (const auto& [key, value] : data.as_object()) {
      const auto known = models.find(key);
      const FieldModel model = known != models.end() ? known->second : model_of(Json(), key);
      name = key;
      if (!model.separator.empty() && value.is_string())
        keywords(table, name, value.as_string(), model.separator);
      else
        put_json(table, name, value, model.is_drawn ? std::optional(Target::ignored) : std::nullopt);
    }
  }
  static void keywords(SpooledTable& table, const std::string& name, std::string_view text,
                       std::string_view separator) {
    for (;;) {
      const auto end = text.find(separator);
      if (const std::string_view word = text.substr(0, end); !word.empty()) table.set(table.column(name), word);
      if (end == std::string_view::npos) return;
      text.remove_prefix(end + separator.size());
    }
  }

  /// Nodes and edges of which the topology alone speaks.
  void add_silent_nodes() {
    for (std::size_t i = 0; i < has_node_.size(); ++i) {
      if (has_node_[i]) continue;
      tables_.nodes().begin_row(0);
      put_role_text(tables_.nodes(), "(key)", Target::id, topology_.nodes[i]);
      tables_.nodes().end_row();
    }
  }
  void add_silent_edges() {
    for (std::size_t i = 0; i < has_edge_.size(); ++i) {
      if (has_edge_[i]) continue;
      begin_edge(i, 0);
      tables_.edges().end_row();
    }
  }

  InputFile& file_;
  TableSet& set_;
  Topology topology_;
  GraphTables tables_;
  std::vector<bool> has_node_, has_edge_;
  std::uint64_t lost_edges_ = 0;
  LeftOut left_out_;
};

}  // namespace

std::optional<std::string> looks_like_gephi_lite(const FileHead& head) {
  const auto json = json_head(head);
  if (!json || json->is_lines() || json->object() == nullptr) return std::nullopt;
  const Json* type = text_in(json->object(), "type");
  if (type != nullptr && type->as_string() == "gephi-lite") return "its type is gephi-lite";
  const Json* dataset = object_in(json->object(), "graphDataset");
  if (object_in(dataset, "nodeData") != nullptr || object_in(dataset, "fullGraph") != nullptr)
    return "it has a graphDataset, as Gephi Lite writes it";
  return std::nullopt;
}

void read_gephi_lite(InputFile& file, const ReadContext& context, TableSet& tables) {
  Topology topology;
  TopologyReader first(file, topology);
  std::vector<std::string> remarks;  // told once, by the second reading
  walk_json(file, {}, remarks, first);
  topology.nodes.sort();
  topology.edges.sort();
  if (topology.nodes.size() == 0 && topology.edges.size() == 0)
    refuse_at(file, 0,
              "its graphDataset has no fullGraph with nodes and edges, which says who is linked with whom; save the "
              "workspace again, or export it as GEXF");
  WorkspaceReader second(file, tables, std::move(topology));
  walk_json(file, context, tables.remarks, second);
  second.finish();
}

}  // namespace chokepoint::detail
