#include "export/layout/picture.hpp"

#include "export/layout/id_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <map>
#include <set>
#include <stdexcept>

namespace chokepoint::detail {

namespace {

constexpr std::size_t look_ahead = 8;  ///< rows between the hint and the look-up

}  // namespace

Colour parse_colour(std::string_view text) {
  if (text.size() != 7 || text.front() != '#') return {};
  std::uint32_t value = 0;
  const auto [end, error] = std::from_chars(text.data() + 1, text.data() + 7, value, 16);
  if (error != std::errc{} || end != text.data() + 7) return {};
  return {static_cast<std::uint8_t>(value >> 16U), static_cast<std::uint8_t>((value >> 8U) & 0xFFU),
          static_cast<std::uint8_t>(value & 0xFFU)};
}

Looks::Looks(const GraphDocument& document) {
  std::map<std::string, TypeLook, std::less<>> of_nodes, of_edges;
  if (document.ontology != nullptr) {
    const auto look = [&](const auto& type) {
      return TypeLook{parse_colour(type.colour), std::string(label_of(type.labels, document.language, type.id))};
    };
    for (const NodeType& type : document.ontology->node_types()) of_nodes.emplace(type.id, look(type));
    for (const EdgeType& type : document.ontology->edge_types()) of_edges.emplace(type.id, look(type));
  }
  const auto assign = [this](const auto& records, auto& of_type, std::vector<std::uint32_t>& numbers) {
    std::map<std::string, std::uint32_t, std::less<>> number_of;
    numbers.reserve(records.size());
    const std::string* last = nullptr;  // edges come sorted by type
    for (const auto& record : records) {
      if (last != nullptr && *last == record.type) {
        numbers.push_back(numbers.back());
        continue;
      }
      last = &record.type;
      const auto [entry, fresh] = number_of.emplace(record.type, static_cast<std::uint32_t>(looks_.size()));
      if (fresh) looks_.push_back(of_type.emplace(record.type, TypeLook{{}, record.type}).first->second);
      numbers.push_back(entry->second);
    }
  };
  assign(document.nodes, of_nodes, nodes_);
  assign(document.edges, of_edges, edges_);
  marks_ = &document.marks;
}

Colour Looks::fill(std::size_t row) const {
  return marks_->empty() ? node(row).colour : parse_colour(look_of((*marks_)[row]).colour);
}

std::string_view node_label(const GraphDocument& document, const Node& node) {
  return label_of(node.labels, document.language, node.id);
}

std::vector<Link> links_of(const GraphDocument& document) {
  // A copy of the ids side by side fits a cache, the records do not.
  std::string ids;
  std::vector<std::size_t> offset = {0};
  offset.reserve(document.nodes.size() + 1);
  for (const Node& node : document.nodes) {
    ids += node.id;
    offset.push_back(ids.size());
  }
  IdTable table(document.nodes.size(), [&](std::size_t row) {
    return std::string_view(ids).substr(offset[row], offset[row + 1] - offset[row]);
  });
  for (std::size_t row = 0; row < document.nodes.size(); ++row) table.insert(row);
  const auto find = [&table](const std::string& id) {
    const std::uint32_t row = table.find(id);
    if (row == table.none) throw std::invalid_argument("edge end is no node of the document: " + id);
    return row;
  };
  std::vector<Link> links;
  links.reserve(document.edges.size());
  const auto& edges = document.edges;
  for (std::size_t row = 0; row < edges.size(); ++row) {
    if (row + look_ahead < edges.size()) table.prepare(edges[row + look_ahead].to);
    // Edges come sorted, so that many in a row share their start.
    const bool same_start = row > 0 && edges[row - 1].from == edges[row].from;
    links.push_back({same_start ? links.back().a : find(edges[row].from), find(edges[row].to)});
  }
  return links;
}

namespace {

/// Up to here every node of a layered picture can be told from the others.
constexpr std::size_t most_layered_nodes = 150;

/// The edges that say who depends on whom, from the dependent to what it depends on.
std::vector<Link> dependency_arcs(const GraphDocument& document, const std::vector<Link>& links) {
  std::map<std::string_view, bool> from_depends;
  if (document.ontology != nullptr)
    for (const EdgeType& type : document.ontology->edge_types())
      if (type.dependency && type.dependency->strength != Strength::asked)
        from_depends.emplace(type.id, type.dependency->from_depends);
  std::vector<Link> arcs;
  for (std::size_t row = 0; row < links.size(); ++row) {
    const auto found = from_depends.find(document.edges[row].type);
    if (found == from_depends.end()) continue;
    arcs.push_back(found->second ? links[row] : Link{links[row].b, links[row].a});
  }
  return arcs;
}

std::vector<Point> places_of(const GraphDocument& document, const std::vector<Link>& links) {
  constexpr std::uint64_t seed = 20240229;  // any number; fixed, so that equal graphs give equal files
  if (document.layout == LayoutKind::force) return lay_out(document.nodes.size(), links, seed, Effort::settled);
  const bool small = document.nodes.size() <= most_layered_nodes;
  if (document.layout == LayoutKind::layered || small) {
    const std::vector<Link> arcs = dependency_arcs(document, links);
    if (document.layout == LayoutKind::layered || 2 * arcs.size() > links.size())
      return lay_out_layered(document.nodes.size(), arcs, links);
  }
  return lay_out(document.nodes.size(), links, seed);
}

}  // namespace

Picture draw(const GraphDocument& document, Placing placing) {
  constexpr double smallest = 10, largest = 40;
  const std::vector<Link> links = links_of(document);
  Picture picture;
  const bool is_large = document.nodes.size() > most_placed_nodes && document.layout == LayoutKind::automatic;
  if (placing == Placing::always || !is_large) picture.places = places_of(document, links);
  std::vector<std::uint32_t> degree(document.nodes.size(), 0);
  for (const Link& link : links) ++degree[link.a], ++degree[link.b];
  const double most = degree.empty() ? 0 : *std::max_element(degree.begin(), degree.end());
  picture.sizes.reserve(degree.size());
  for (const std::uint32_t edges : degree) {
    const double part = most > 0 ? std::sqrt(edges / most) : 0;
    picture.sizes.push_back(std::round((smallest + (largest - smallest) * part) * 10) / 10);
  }
  return picture;
}

std::string unplaced_warning(const GraphDocument& document, const Picture& picture) {
  if (document.nodes.empty() || !picture.places.empty()) return {};
  return fmt::format("no layout is made for more than {} nodes unless asked for; add --layout force",
                     most_placed_nodes);
}

std::string merged_edges_warning(std::uint64_t merged, bool any_type, std::string_view first) {
  if (merged == 0) return {};
  return fmt::format("{} {} as an earlier one{}; Gephi merges such edges{}",
                     merged == 1 ? std::string("1 edge joins") : fmt::format("{} edges join", merged),
                     any_type ? "the same two nodes" : "the same two nodes by the same type", first,
                     any_type ? ", since this version of the format has no edge kinds" : "");
}

std::string parallel_edges_warning(const GraphDocument& document, bool any_type) {
  std::vector<const Edge*> edges;
  edges.reserve(document.edges.size());
  for (const Edge& edge : document.edges) edges.push_back(&edge);
  const auto alike = [any_type](const Edge* a, const Edge* b) {
    return a->from == b->from && a->to == b->to && (any_type || a->type == b->type);
  };
  // Sorted by (type, from, to) already; without the type they have to be brought together first.
  if (any_type)
    std::stable_sort(edges.begin(), edges.end(), [](const Edge* a, const Edge* b) {
      return a->from != b->from ? a->from < b->from : a->to < b->to;
    });
  std::uint64_t merged = 0;
  const Edge* first = nullptr;
  for (std::size_t i = 1; i < edges.size(); ++i) {
    if (!alike(edges[i - 1], edges[i])) continue;
    ++merged;
    if (first == nullptr) first = edges[i];
  }
  if (merged == 0) return {};
  return merged_edges_warning(merged, any_type,
                              fmt::format(" (first: {} -{}-> {})", first->from, first->type, first->to));
}

EdgeKinds::EdgeKinds(const GraphDocument& document) : edges_(&document.edges) {
  const std::vector<Edge>& edges = document.edges;
  // Sorted by (type, from, to), so that edges that are alike stand together.
  for (std::size_t first = 0, last = 0; first < edges.size(); first = last) {
    for (last = first + 1; last < edges.size(); ++last)
      if (edges[last].to != edges[first].to || edges[last].from != edges[first].from ||
          edges[last].type != edges[first].type)
        break;
    if (last > first + 1) tell_apart(first, last);
  }
}

void EdgeKinds::tell_apart(std::size_t first, std::size_t last) {
  std::vector<std::string> kinds(last - first);
  // As few qualifiers as tell the edges apart.
  for (const std::string Edge::*field :
       {&Edge::item, &Edge::market, &Edge::origin, &Edge::group, &Edge::since, &Edge::as_of, &Edge::unit}) {
    bool differs = false;
    for (std::size_t row = first + 1; row < last; ++row)
      differs = differs || (*edges_)[row].*field != (*edges_)[first].*field;
    if (!differs || std::set<std::string>(kinds.begin(), kinds.end()).size() == kinds.size()) continue;
    for (std::size_t row = first; row < last; ++row)
      if (const std::string& value = (*edges_)[row].*field; !value.empty())
        kinds[row - first] += (kinds[row - first].empty() ? "" : ", ") + value;
  }
  std::map<std::string, std::size_t> times;
  for (std::size_t row = first; row < last; ++row) {
    const std::string& type = (*edges_)[row].type;
    std::string kind = kinds[row - first].empty() ? type : fmt::format("{}: {}", type, kinds[row - first]);
    if (const std::size_t before = times[kind]++; before > 0) kind += fmt::format(" ({})", before + 1);
    if (kind != type) finer_.emplace(row, std::move(kind));
  }
}

std::string_view EdgeKinds::operator[](std::size_t row) const {
  const auto found = finer_.empty() ? finer_.end() : finer_.find(row);
  return found == finer_.end() ? std::string_view((*edges_)[row].type) : std::string_view(found->second);
}

std::string EdgeKinds::remark(std::string_view where) const {
  if (finer_.empty()) return {};
  return fmt::format("{} on a pair that has another of its type, so that Gephi keeps each; {} has the type",
                     finer_.size() == 1 ? std::string("1 edge has a finer kind")
                                        : fmt::format("{} edges have finer kinds", finer_.size()),
                     where);
}

UniqueEdgeIds::UniqueEdgeIds(const std::vector<Edge>& edges) : edges_(&edges) {
  IdTable table(edges.size(), [&edges](std::size_t row) { return std::string_view(edges[row].id); });
  std::vector<std::size_t> again;
  for (std::size_t row = 0; row < edges.size(); ++row) {
    if (row + look_ahead < edges.size()) table.prepare(edges[row + look_ahead].id);
    if (edges[row].id.empty() || table.insert(row) != table.none) again.push_back(row);
  }
  std::set<std::string> given;
  for (const std::size_t row : again) {
    const std::string stem = edges[row].id.empty() ? std::string("edge") : edges[row].id;
    std::string id;
    std::uint64_t number = edges[row].id.empty() ? 0 : 1;
    do {
      id = fmt::format("{}-{}", stem, ++number);
    } while (table.find(id) != table.none || !given.insert(id).second);
    renamed_.emplace(row, std::move(id));
  }
}

std::string_view UniqueEdgeIds::operator[](std::size_t row) const {
  if (renamed_.empty()) return (*edges_)[row].id;
  const auto found = renamed_.find(row);
  return found == renamed_.end() ? std::string_view((*edges_)[row].id) : std::string_view(found->second);
}

}  // namespace chokepoint::detail
