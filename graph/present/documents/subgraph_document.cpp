#include "chokepoint/present/subgraph_document.hpp"

#include "chokepoint/query/resolve.hpp"
#include "chokepoint/store/reader.hpp"
#include "chokepoint/support/error.hpp"
#include "present/documents/document_context.hpp"
#include "present/words/names.hpp"
#include "present/words/wording.hpp"
#include "store/all_records.hpp"

#include <algorithm>
#include <optional>
#include <set>
#include <string_view>
#include <tuple>
#include <unordered_set>

namespace chokepoint {

namespace {

GraphDocument empty_document(const Session& session, std::string title) {
  GraphDocument document;
  document.ontology = &session.ontology();
  document.title = std::move(title);
  document.language = session.language();
  document.as_of = to_string(session.as_of());
  return document;
}

/// What a picture of a selection is called: what was chosen, and how much it is.
std::string selection_title(const Session& session, const DocumentParams& params, const GraphDocument& document) {
  const std::size_t nodes = document.nodes.size(), relations = document.edges.size();
  if (!params.around.empty())
    return detail::say(session, "{} and what is near it: {} nodes, {} relations", document.title, nodes, relations);
  if (!params.types.empty() || params.on_day)
    return detail::say(session, "Part of the graph: {} nodes, {} relations", nodes, relations);
  if (params.dataset.empty()) return detail::say(session, "The whole graph: {} nodes, {} relations", nodes, relations);
  return detail::say(session, "Dataset {}: {} nodes, {} relations", params.dataset, nodes, relations);
}

void sort_edges(std::vector<Edge>& edges) {
  std::ranges::sort(edges, [](const Edge& a, const Edge& b) {
    return std::tie(a.type, a.from, a.to, a.id) < std::tie(b.type, b.from, b.to, b.id);
  });
}

void check_params(Session& session, const DocumentParams& params) {
  if (params.depth && params.around.empty())
    throw UsageError("--depth counts edges from a node; name it with --around");
  if (!params.dataset.empty()) require_dataset(session, params.dataset);
}

/// Every record, of one dataset or of all.
GraphDocument whole_document(Session& session, const std::string& dataset) {
  GraphDocument document = empty_document(session, dataset.empty() ? "chokepoint" : dataset);
  if (dataset.empty()) {
    document.nodes = read_all_nodes(session.database());
    document.edges = read_all_edges(session.database());
    return document;
  }
  const Reader reader = session.reader();
  std::set<std::string> ids;
  reader.for_each_node(dataset, [&](const Node& node) {
    ids.insert(node.id);
    document.nodes.push_back(node);
  });
  reader.for_each_edge(dataset, [&](const Edge& edge) { document.edges.push_back(edge); });
  for (const Edge& edge : document.edges)
    for (const std::string* end : {&edge.from, &edge.to})
      if (ids.insert(*end).second)
        if (auto node = reader.node(*end)) document.nodes.push_back(*std::move(node));
  std::ranges::sort(document.nodes, {}, &Node::id);
  return document;
}

/// Which vertices and arcs of a snapshot may be written at all.
class Selection {
 public:
  Selection(Session& session, const DocumentParams& params) : snapshot_(session.snapshot()) {
    const SnapshotColumns& columns = snapshot_->columns();
    nodes_.assign(snapshot_->vertex_count(), 1);
    edges_.assign(snapshot_->edge_count(), 1);
    if (!params.types.empty()) keep_types(session, params.types);
    if (params.on_day) keep_day(session.as_of().days);
    if (!params.dataset.empty()) keep_dataset(session.reader(), params.dataset);
    for (Arc e = 0; e < snapshot_->edge_count(); ++e)
      if (nodes_[columns.from[e]] == 0 || nodes_[columns.to[e]] == 0) edges_[e] = 0;
  }

  /// Keeps what is at most `depth` kept edges away from `start`.
  void keep_around(Vertex start, std::uint32_t depth) {
    const SnapshotColumns& columns = snapshot_->columns();
    std::vector<char> near(nodes_.size(), 0);
    std::vector<Vertex> row{start}, next;
    near[start] = 1;
    const auto visit = [&](Arc e, Vertex other) {
      if (edges_[e] == 0 || near[other] != 0) return;
      near[other] = 1;
      next.push_back(other);
    };
    for (std::uint32_t tier = 0; tier < depth && !row.empty(); ++tier) {
      next.clear();
      for (const Vertex v : row) {
        const auto out = snapshot_->out_edges(v);
        for (Arc e = out.first; e < out.last; ++e) visit(e, columns.to[e]);
        for (const Arc e : snapshot_->in_edges(v)) visit(e, columns.from[e]);
      }
      std::swap(row, next);
    }
    nodes_ = std::move(near);
    for (Arc e = 0; e < snapshot_->edge_count(); ++e)
      if (nodes_[columns.from[e]] == 0 || nodes_[columns.to[e]] == 0) edges_[e] = 0;
  }

  /// The nodes and edges that are left, for `lean`. The selection is used up.
  void move_to(LeanGraph& lean) {
    lean.nodes = std::move(nodes_);
    lean.edges = std::move(edges_);
  }

  [[nodiscard]] const Snapshot& snapshot() const { return *snapshot_; }
  [[nodiscard]] bool has_node(Vertex v) const { return nodes_[v] != 0; }
  [[nodiscard]] bool has_edge(Arc e) const { return edges_[e] != 0; }

 private:
  void keep_types(const Session& session, const std::vector<std::string>& names) {
    std::set<std::uint16_t> types;
    for (const std::string& name : names) types.insert(require_node_type(session, name));
    for (Vertex v = 0; v < snapshot_->vertex_count(); ++v)
      if (!types.contains(snapshot_->columns().node_type[v])) nodes_[v] = 0;
  }
  void keep_day(std::int32_t day) {
    const SnapshotColumns& columns = snapshot_->columns();
    for (Vertex v = 0; v < snapshot_->vertex_count(); ++v)
      if (day < columns.node_from[v] || day >= columns.node_to[v]) nodes_[v] = 0;
    for (Arc e = 0; e < snapshot_->edge_count(); ++e)
      if (day < columns.valid_from[e] || day >= columns.valid_to[e]) edges_[e] = 0;
    drop_later_measures(day);
  }
  /// Takes out edges that only say what their fact measured later, where another counts.
  void drop_later_measures(std::int32_t day) {
    ViewOptions options;
    options.as_of = Date{day};
    options.include = {Status::forecast, Status::planned, Status::recommended};
    options.include_derived = true;
    const View view = View::local(snapshot_, std::move(options));
    for (const Arc e : snapshot_->columns().claim.contested())
      if (snapshot_->columns().as_of[e] > day && !view.has_edge(e)) edges_[e] = 0;
  }
  void keep_dataset(const Reader& reader, const std::string& dataset) {
    std::set<std::string, std::less<>> nodes, edges;
    reader.for_each_node(dataset, [&](const Node& node) { nodes.insert(node.id); });
    std::set<std::tuple<std::string, std::string, std::string>> ends;
    reader.for_each_edge(dataset, [&](const Edge& edge) {
      ends.emplace(edge.type, edge.from, edge.to);
      nodes.insert(edge.from);
      nodes.insert(edge.to);
    });
    for (Vertex v = 0; v < snapshot_->vertex_count(); ++v)
      if (!nodes.contains(snapshot_->id(v))) nodes_[v] = 0;
    for (Arc e = 0; e < snapshot_->edge_count(); ++e)
      if (!ends.contains({snapshot_->type_of_edge(e).id, std::string(snapshot_->id(snapshot_->columns().from[e])),
                          std::string(snapshot_->id(snapshot_->columns().to[e]))}))
        edges_[e] = 0;
  }

  std::shared_ptr<const Snapshot> snapshot_;
  std::vector<char> nodes_, edges_;
};

/// What is at most so many edges away from a node, found without a look at the rest of the graph. Keeps what Selection
/// keeps; a test compares the two.
class Neighbourhood {
 public:
  /// @throws DamagedSnapshot where the file names what is not there
  Neighbourhood(Session& session, const DocumentParams& params, std::shared_ptr<const Snapshot> snapshot, Vertex start)
      : snapshot_(std::move(snapshot)), columns_(&snapshot_->columns()) {
    for (const std::string& name : params.types) types_.insert(require_node_type(session, name));
    if (params.on_day) {
      day_ = session.as_of().days;
      ViewOptions options;
      options.as_of = session.as_of();
      options.include = {Status::forecast, Status::planned, Status::recommended};
      options.include_derived = true;
      view_ = View::local(snapshot_, std::move(options));
    }
    near_.insert(start);
    walk({start}, params.depth.value_or(1));
  }

  /// Sorted.
  [[nodiscard]] std::vector<Vertex> vertices() const {
    std::vector<Vertex> vertices(near_.begin(), near_.end());
    std::ranges::sort(vertices);
    return vertices;
  }
  /// Kept edges with both ends among them, sorted.
  [[nodiscard]] std::vector<Arc> arcs() const {
    std::vector<Arc> arcs;
    for (const Vertex v : near_) {
      const auto out = snapshot_->out_edges(v);
      for (Arc e = out.first; e < out.last; ++e)
        if (near_.contains(end_of(columns_->to, e)) && keeps(e)) arcs.push_back(e);
    }
    std::ranges::sort(arcs);
    return arcs;
  }

 private:
  void walk(std::vector<Vertex> row, std::uint32_t depth) {
    for (std::uint32_t tier = 0; tier < depth && !row.empty(); ++tier) {
      std::vector<Vertex> next;
      const auto visit = [&](Arc e, Vertex other) {
        if (!near_.contains(other) && keeps(e)) near_.insert(other), next.push_back(other);
      };
      for (const Vertex v : row) {
        const auto out = snapshot_->out_edges(v);
        for (Arc e = out.first; e < out.last; ++e) visit(e, end_of(columns_->to, e));
        for (const Arc e : snapshot_->in_edges(v)) visit(e, end_of(columns_->from, e));
      }
      row = std::move(next);
    }
  }

  template <class Ends>
  [[nodiscard]] Vertex end_of(const Ends& ends, Arc e) const {
    if (e >= snapshot_->edge_count() || ends[e] >= snapshot_->vertex_count())
      throw DamagedSnapshot("names an edge or a node that is not there");
    return ends[e];
  }
  [[nodiscard]] bool keeps_node(Vertex v) const {
    if (!types_.empty() && !types_.contains(columns_->node_type[v])) return false;
    return !day_ || (*day_ >= columns_->node_from[v] && *day_ < columns_->node_to[v]);
  }
  [[nodiscard]] bool keeps(Arc e) const {
    if (!keeps_node(end_of(columns_->from, e)) || !keeps_node(end_of(columns_->to, e))) return false;
    if (!day_) return true;
    if (*day_ < columns_->valid_from[e] || *day_ >= columns_->valid_to[e]) return false;
    // What only says what its fact measured later is out where another counts.
    return columns_->as_of[e] <= *day_ || !std::ranges::binary_search(columns_->claim.contested(), e) ||
           view_->has_edge(e);
  }

  std::shared_ptr<const Snapshot> snapshot_;
  const SnapshotColumns* columns_;
  std::set<std::uint16_t> types_;
  std::optional<std::int32_t> day_;
  std::optional<View> view_;
  std::unordered_set<Vertex> near_;
};

/// The part around a node; of one dataset the whole graph must be asked.
GraphDocument near_document(Session& session, const DocumentParams& params) {
  const NodeRef start = session.reader().resolve(params.around);
  GraphDocument document = empty_document(session, detail::node_label(session, start));
  document.titles = start.labels;
  const auto snapshot = session.local_snapshot();
  const Neighbourhood near(session, params, snapshot, vertex_of(*snapshot, start.id));
  const Reader reader = session.reader();
  for (const Vertex v : near.vertices())
    if (auto node = reader.node(snapshot->id(v))) document.nodes.push_back(*std::move(node));
  std::vector<std::int64_t> keys;
  for (const Arc e : near.arcs()) keys.push_back(snapshot->columns().edge_key[e]);
  document.edges = reader.edges(keys);
  sort_edges(document.edges);
  return document;
}

GraphDocument selected_document(Session& session, const DocumentParams& params) {
  if (!params.around.empty() && params.dataset.empty())
    return session.on_sound_snapshot([&] { return near_document(session, params); });
  Selection selection(session, params);
  const Snapshot& snapshot = selection.snapshot();
  std::string title = params.dataset.empty() ? "chokepoint" : params.dataset;
  Labels titles;
  if (!params.around.empty()) {
    const NodeRef start = session.reader().resolve(params.around);
    const Vertex v = snapshot.find(start.id).value();
    selection.keep_around(v, params.depth.value_or(1));
    title = detail::node_label(session, start);
    titles = start.labels;
  }
  GraphDocument document = empty_document(session, std::move(title));
  document.titles = std::move(titles);
  const Reader reader = session.reader();
  for (Vertex v = 0; v < snapshot.vertex_count(); ++v)
    if (selection.has_node(v))
      if (auto node = reader.node(snapshot.id(v))) document.nodes.push_back(*std::move(node));
  std::vector<std::int64_t> keys;
  for (Arc e = 0; e < snapshot.edge_count(); ++e)
    if (selection.has_edge(e)) keys.push_back(snapshot.columns().edge_key[e]);
  document.edges = reader.edges(keys);
  sort_edges(document.edges);
  return document;
}

}  // namespace

LeanGraph to_lean_graph(Session& session, const DocumentParams& params) {
  check_params(session, params);
  LeanGraph lean;
  lean.snapshot = session.snapshot().get();
  lean.language = session.language();
  if (!params.selects() && params.dataset.empty()) return lean;
  Selection selection(session, params);
  if (!params.around.empty()) {
    const NodeRef start = session.reader().resolve(params.around);
    selection.keep_around(selection.snapshot().find(start.id).value(), params.depth.value_or(1));
  }
  selection.move_to(lean);
  return lean;
}

GraphDocument to_document(Session& session, const Subgraph& subgraph, std::string title) {
  GraphDocument document = empty_document(session, std::move(title));
  const Reader reader = session.reader();
  const Snapshot& snapshot = subgraph.view->snapshot();
  for (const Vertex v : subgraph.vertices)
    if (auto node = reader.node(snapshot.id(v))) document.nodes.push_back(*std::move(node));
  document.node_columns = subgraph.columns;
  std::vector<std::int64_t> keys;
  for (const Arc e : subgraph.arcs) keys.push_back(snapshot.columns().edge_key[e]);
  document.edges = reader.edges(keys);
  sort_edges(document.edges);
  if (!subgraph.marks.empty()) {
    std::map<std::string, Mark> marks;
    for (std::size_t i = 0; i < subgraph.vertices.size(); ++i)
      marks.emplace(snapshot.id(subgraph.vertices[i]), subgraph.marks[i]);
    set_marks(document, marks);
  }
  detail::add_figures(session, {.on_day = true}, false, document);
  detail::add_context(session, true, document);
  document.is_part = true;
  return document;
}

GraphDocument to_document(Session& session, const DocumentParams& params) {
  check_params(session, params);
  GraphDocument document =
      params.selects() ? selected_document(session, params) : whole_document(session, params.dataset);
  document.frame.title = selection_title(session, params, document);
  const bool by_figures = params.companions == BroughtAlong::of_edges_and_figures;
  detail::add_figures(session, params, by_figures && !params.dataset.empty() && !params.selects(), document);
  if (params.companions != BroughtAlong::none) detail::add_companions(session, by_figures, document);
  detail::add_context(session, params.on_day, document);
  document.is_one_day = params.on_day;
  document.is_part = params.selects() || !params.dataset.empty();
  return document;
}

}  // namespace chokepoint
