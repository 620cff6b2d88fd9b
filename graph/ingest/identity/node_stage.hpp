#pragma once

#include "chokepoint/model/record.hpp"
#include "ingest/checking/problems.hpp"
#include "support/packed.hpp"
#include "support/record_sorter.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace chokepoint::detail {

/// A node of the incoming dataset and where it stands.
struct PlacedNode {
  Node node;
  Place place;
  bool is_made = false;  ///< no table lists it; an edge names it
};

/// Gathers nodes in any number and hands them out by folded id, those that are defined in several places as one.
class NodeStage {
 public:
  explicit NodeStage(Problems& problems);

  /// Lowers the bound on what is held in memory.
  void limit_memory(std::size_t bytes) { nodes_.limit_memory(bytes); }

  void add(const Node& node, const Place& place, bool is_made = false);
  [[nodiscard]] std::uint64_t size() const { return nodes_.size(); }
  /// The next node, or nullptr. Inside a dataset ids alone are identity: what a later definition adds is united, what
  /// it says differently is a problem. @return valid until the next call
  const PlacedNode* next();

 private:
  void unpack(PlacedNode& placed);

  Problems& problems_;
  RecordSorter nodes_;
  Packer packer_;
  std::vector<std::string_view> files_;  ///< by number
  std::string folded_;
  PlacedNode now_, later_;
  bool started_ = false, more_ = false;
};

}  // namespace chokepoint::detail
