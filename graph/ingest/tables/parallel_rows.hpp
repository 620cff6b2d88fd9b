#pragma once

#include "chokepoint/ingest/table_options.hpp"
#include "chokepoint/model/record.hpp"
#include "ingest/checking/problems.hpp"

#include <cstdint>
#include <functional>
#include <string>
#include <unordered_map>
#include <vector>

namespace chokepoint::detail {

/// Rows of edges that state one relation several times, as lists of shipments do: added up, or told apart by their row.
/// As claims they pass through, and nothing is kept. Memory for sums: by the relations.
class ParallelRows {
 public:
  explicit ParallelRows(Parallel how) : how_(how) {}

  /// @return whether the edge goes on now. For sums it goes on behind the last row
  bool take(Edge& edge, const Place& place, std::uint64_t row);
  void for_each_sum(const std::function<void(Edge&&, const Place&)>& visit);

  [[nodiscard]] std::uint64_t added_up() const { return added_up_; }

 private:
  struct Sum {
    Edge edge;
    Place place;
  };
  Parallel how_;
  std::unordered_map<std::string, std::size_t> sum_at_;
  std::vector<Sum> sums_;
  std::uint64_t added_up_ = 0;
};

}  // namespace chokepoint::detail
