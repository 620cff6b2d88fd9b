#pragma once

#include "chokepoint/analysis/requirements.hpp"
#include "chokepoint/snapshot/view.hpp"

#include <cstddef>
#include <span>
#include <vector>

namespace chokepoint {

/// What taking parts off their wholes did.
struct WholesReading {
  bool exceeds = false;  ///< the parts of some whole have more than it, beyond rounding
  double taken_off = 0;  ///< of what the shares of wholes are written as
};

/// Who is part of whom among the suppliers of one thing (graph/SEMANTICS.md §3.2): a whole's share holds those of its
/// parts, and what it adds to them is the rest.
class Wholes {
 public:
  /// @note O(m) once; where nothing is part of anything the rest costs nothing
  explicit Wholes(const View& view);

  [[nodiscard]] bool is_empty() const { return has_parts_.empty(); }
  /// Takes the known shares of parts off those of their wholes, the innermost first. A whole that is nothing but its
  /// parts is taken out; where the share of a part is unknown, so is what the whole adds.
  /// @param members  of one supplier group, from `first` on: as they are written, in [0, 1], rows of a node together
  WholesReading take_parts_off(std::vector<RequirementMember>& members, std::size_t first);

 private:
  struct Whole {
    Vertex node = no_vertex;
    std::vector<std::size_t> rows;   ///< its members
    std::vector<std::size_t> parts;  ///< members, however deep inside
  };
  [[nodiscard]] std::vector<Vertex> climb(Vertex v) const;
  [[nodiscard]] std::vector<Whole> find(std::span<const RequirementMember> members) const;

  const View* view_;
  std::vector<bool> has_parts_;  ///< [n]; empty: nothing is part of anything
};

}  // namespace chokepoint
