#pragma once

#include "chokepoint/model/ontology.hpp"
#include "chokepoint/model/record.hpp"
#include "store/bulk/node_index.hpp"
#include "store/bulk/staging.hpp"
#include "store/writer.hpp"
#include "support/packed.hpp"
#include "support/record_sorter.hpp"

#include <cstdint>
#include <functional>
#include <stop_token>

namespace chokepoint::detail {

/// What the parts of a bulk load share. @see Writer::is_fresh
struct BulkState {
  Staging& staging;
  const Ontology& ontology;
  std::int64_t dataset = 0;
  std::function<std::int64_t(const std::string&)> source_key;  ///< key of a source; it is known
  std::function<void()>
      tick;  ///< called now and then between statements, as SQLite calls it inside of them; may be empty
  NodeIndex nodes;
  RecordSorter citations;  ///< further citations of nodes and edges, sorted as the table is
  std::size_t sorting_memory = static_cast<std::size_t>(-1);  ///< bytes that each sorter may hold
};

/// Adds a record's citations after the first.
void stage_citations(BulkState& state, RecordKind kind, std::int64_t key, const std::vector<Citation>& citations);
/// Writes what `stage_citations` gathered.
void write_citations(BulkState& state);

/// The nodes of an import into a fresh database. First all are taken in, which is what edges wait for; their rows and
/// names can be written aside, while the edges are read.
class BulkNodes {
 public:
  /// @param sorting_memory  bytes that each of its sorters may hold
  BulkNodes(std::int64_t dataset, std::size_t sorting_memory);

  /// @pre in order of folded ids; the key counts up from 1
  void add(const Node& node, std::int64_t key, std::uint16_t type, std::int64_t source);
  [[nodiscard]] std::int64_t size() const { return static_cast<std::int64_t>(nodes_.size()); }
  /// Fills the trees of `node` and `alias`, which are empty. Called once. @param stop  looked at now and then
  void write(StagedTrees& trees, const std::stop_token& stop);

 private:
  void write_rows(StagedTrees& trees, const std::stop_token& stop);
  void write_ids(StagedTrees& trees);
  void write_names(StagedTrees& trees, const std::stop_token& stop);

  std::int64_t dataset_;
  RecordSorter nodes_;
  RecordSorter ids_;    ///< by id
  RecordSorter names_;  ///< as `alias` is sorted
  Packer packer_;
};

/// Takes in all nodes and begins to write them aside. @param next  the next node; nullptr at the end
/// @return how many will be written
std::int64_t write_nodes(BulkState& state, const std::function<NextNode()>& next);

}  // namespace chokepoint::detail
