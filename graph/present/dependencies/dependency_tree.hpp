#pragma once

#include "chokepoint/analysis/reach.hpp"
#include "chokepoint/query/depends.hpp"
#include "present/words/names.hpp"

#include <cstddef>
#include <map>
#include <set>
#include <span>
#include <string>
#include <vector>

namespace chokepoint::detail {

/// What is drawn below whom, and how much of it.
struct TreeQuestion {
  Vertex root = no_vertex;
  bool dependents = false;
  std::span<const DependencyGroup> groups;
  std::span<const DependencyHop> hops;  ///< who stands below whom
  const std::map<Arc, Edge>* edges;     ///< shares and sources of the edges
  const std::set<Vertex>* stops;        ///< marked ✗; may be null
  const std::set<Vertex>* may_stop;     ///< marked (✗), if all variants are needed; may be null
  bool with_sources = false;
  std::size_t most_lines = 0;  ///< the tree ends at the last tier at which it has no more; 0: it is drawn whole
};

struct DrawnTree {
  std::vector<std::string> lines;  ///< for a terminal, unescaped
  std::size_t depth = 0;           ///< levels that have lines of their own; what is needed there stands in their lines
  bool is_whole = true;            ///< nothing lies deeper
  bool is_short = false;           ///< some lists of members only begin
};

/// The tree of what must hold for `root` (or of what rests on it). Members of one group stand together: `is produced by
/// any of 3: …`, with their shares and seats, on one line where nothing is below them. A subtree that was drawn before
/// is not drawn again, and nothing lies deeper than 64 levels.
DrawnTree draw_tree(Names& names, const View& view, const TreeQuestion& question);

}  // namespace chokepoint::detail
