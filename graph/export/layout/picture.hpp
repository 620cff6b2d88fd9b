#pragma once

#include "chokepoint/export/graph_document.hpp"
#include "export/layout/layout.hpp"

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace chokepoint::detail {

struct Colour {
  std::uint8_t r = 0x99, g = 0x99, b = 0x99;  ///< grey where a type has no colour
  friend bool operator==(const Colour&, const Colour&) = default;
};

/// `#rrggbb` in any case; grey for anything else.
Colour parse_colour(std::string_view text);

/// How a type of the ontology is shown.
struct TypeLook {
  Colour colour;
  std::string label;  ///< in the document's language; the type's id where the ontology has none
};

/// Looks of the records of a document, by row.
class Looks {
 public:
  explicit Looks(const GraphDocument& document);
  [[nodiscard]] const TypeLook& node(std::size_t row) const { return looks_[nodes_[row]]; }
  /// The colour a node is drawn in: that of its mark where the document has marks, else that of its type.
  [[nodiscard]] Colour fill(std::size_t row) const;
  [[nodiscard]] const TypeLook& edge(std::size_t row) const { return looks_[edges_[row]]; }

 private:
  std::vector<TypeLook> looks_;
  std::vector<std::uint32_t> nodes_, edges_;
  const std::vector<Mark>* marks_ = nullptr;
};

/// The label of a node in the document's language, else English, else any, else its id.
std::string_view node_label(const GraphDocument& document, const Node& node);

/// Both ends of every edge as numbers of nodes. @throws std::invalid_argument for an end that is not in the document
std::vector<Link> links_of(const GraphDocument& document);

/// Up to here nodes are placed by who is linked with whom; beyond, only a layout that is asked for has the time.
inline constexpr std::size_t most_placed_nodes = 50'000;

/// Whether every node is given a place, or only those of a picture that is worth it: a file for programs that can place
/// nodes themselves need not hold a meaningless disc.
enum class Placing : std::uint8_t { always, where_it_tells };

/// Where nodes stand and how large they are.
struct Picture {
  std::vector<Point> places;  ///< [nodes]; empty where there are too many to place unasked
  std::vector<double> sizes;  ///< [nodes], 10 to 40 by the square root of the number of edges, to 0.1
};
/// @note O(n + m) and the layout's bounded work; see lay_out
Picture draw(const GraphDocument& document, Placing placing = Placing::always);

/// A sentence for a picture without places; empty where there are some.
std::string unplaced_warning(const GraphDocument& document, const Picture& picture);

/// That Gephi merges so many edges.
/// @param first  which is the first, in brackets after a space, or nothing
/// @return a warning, or empty for none
std::string merged_edges_warning(std::uint64_t merged, bool any_type, std::string_view first = {});

/// Edges whose type and ends equal an earlier one's: Gephi merges them. With `any_type` ends alone count.
/// @return a warning, or empty
std::string parallel_edges_warning(const GraphDocument& document, bool any_type);

/// What Gephi is told as the type of each edge. Edges of one type on one pair, which it would merge, get finer kinds:
/// `restricts: ai-chip` by what tells them apart (item, market, origin, group, dates), `restricts (2)` where nothing
/// does.
class EdgeKinds {
 public:
  explicit EdgeKinds(const GraphDocument& document);
  [[nodiscard]] std::string_view operator[](std::size_t row) const;
  /// How many edges have a kind other than their type.
  [[nodiscard]] std::size_t finer() const { return finer_.size(); }
  /// A sentence for them; empty for none. @param where  in which field their type stands: `the key type`
  [[nodiscard]] std::string remark(std::string_view where) const;

 private:
  void tell_apart(std::size_t first, std::size_t last);
  const std::vector<Edge>* edges_;
  std::map<std::size_t, std::string> finer_;
};

/// Ids of the edges, made unique and never empty: a repeated one gets `-2`, `-3`, …
class UniqueEdgeIds {
 public:
  explicit UniqueEdgeIds(const std::vector<Edge>& edges);
  [[nodiscard]] std::string_view operator[](std::size_t row) const;

 private:
  const std::vector<Edge>* edges_;
  std::map<std::size_t, std::string> renamed_;
};

}  // namespace chokepoint::detail
