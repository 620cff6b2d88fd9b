#pragma once

#include "chokepoint/ingest/table_options.hpp"
#include "chokepoint/model/record.hpp"
#include "ingest/checking/problems.hpp"
#include "ingest/identity/hash_set.hpp"

#include <cstdint>
#include <functional>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

namespace chokepoint::detail {

/// Rows of edges that state one relation several times, as lists of shipments do: added up, or told apart by their row.
/// As claims they pass through, and those that differ are counted. Memory: by the relations, of claims 40 bytes each.
class ParallelRows {
 public:
  explicit ParallelRows(Parallel how) : how_(how) {}

  /// @return whether the edge goes on now. For sums it goes on behind the last row
  bool take(Edge& edge, const Place& place, std::uint64_t row);
  void for_each_sum(const std::function<void(Edge&&, const Place&)>& visit);

  /// What became of the rows, a line each; complete behind the last one.
  [[nodiscard]] std::vector<std::string> remarks() const;

 private:
  struct Sum {
    Edge edge;
    Place place;
  };
  Parallel how_;
  std::unordered_map<std::string, std::size_t> sum_at_;
  std::vector<Sum> sums_;
  void note_rival(const Edge& edge);

  HashSet relations_, rows_;    ///< of claims
  HashSet ends_;                ///< of sums: type, ends and item
  std::set<std::string> lost_;  ///< attributes that rows differ in
  std::uint64_t added_up_ = 0, rivals_ = 0, apart_ = 0;
};

}  // namespace chokepoint::detail
