#pragma once

#include "chokepoint/model/record.hpp"
#include "ingest/checking/problems.hpp"

#include <cstddef>
#include <cstdint>
#include <map>
#include <set>
#include <string>

namespace chokepoint::detail {

/// Counts the members of the groups of an input, for an import that is refused anyway: nothing of it is stored then,
/// and what is wrong with its groups shall be said with the rest.
class GroupTally {
 public:
  /// Notes an edge of a group. Amortised O(log groups)
  void note(const Edge& edge, bool from_depends, const Place& place);

  /// Adds what is wrong: edges of one group that differ in how many are needed and, where all members are known, groups
  /// that need more than they have.
  void tell(bool is_whole, Problems& problems) const;

 private:
  /// Of inputs with more grouped edges nothing is told.
  static constexpr std::size_t most_edges = 100'000;

  struct Group {
    Place place;
    std::string record;
    std::uint32_t smallest_k = 0, largest_k = 0;
    std::set<std::string> members{};
  };
  std::map<std::string, Group> groups_;  ///< by dependent, type and name
  std::size_t edges_ = 0;
};

}  // namespace chokepoint::detail
