#pragma once

#include "store/bulk/bulk_nodes.hpp"
#include "store/bulk/staged_edge.hpp"

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace chokepoint::detail {

/// The edges of an import: gathered in any order, sorted in bounded memory, handed out in the order of the table with
/// equal claims united.
class BulkEdges {
 public:
  /// @param conflicts  where differing confidences of equal claims are told
  /// @param sorting_memory  bytes that each of its sorters may hold
  BulkEdges(const Ontology& ontology, EdgeKeys keys, std::vector<std::string>& conflicts, std::size_t sorting_memory);

  /// @param ends  keys of the nodes it names
  /// @pre every source it cites has a key, its citations are sorted
  /// @param place  given back by `refuse_repeated_names`
  /// @param claim  its claim_hash
  void stage(const Edge& edge, std::uint64_t place, const EndKeys& ends, std::uint64_t claim);
  /// Calls `refuse` with the place of each edge whose given id an earlier, different edge has, and with that edge.
  void refuse_repeated_names(
      const std::function<void(std::uint64_t, const std::string& name, const std::string& other)>& refuse);
  /// Writes all rows. @pre `edge` is empty. @return how many
  std::int64_t write(BulkState& state);
  /// Hands out the edges one by one, with the place of the first of equal ones.
  void for_each(const std::function<void(const Edge&, std::uint64_t)>& visit);

 private:
  std::int64_t write_trees(BulkState& state, StagedTrees& trees);

  const Ontology& ontology_;
  EdgeKeys keys_;
  std::vector<std::string>& conflicts_;
  RecordSorter edges_, names_;
  std::array<bool, count_node_fields<Edge>()> named_{};  ///< by the fields that name nodes: whether an edge does
  Packer packer_;
};

}  // namespace chokepoint::detail
