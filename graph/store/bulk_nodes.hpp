#pragma once

#include "store/node_index.hpp"
#include "store/record_sorter.hpp"

#include "chokepoint/model/ontology.hpp"
#include "chokepoint/model/record.hpp"
#include "chokepoint/store/writer.hpp"

#include <SQLiteCpp/SQLiteCpp.h>

#include <cstdint>
#include <functional>

namespace chokepoint::detail {

/// What the parts of a bulk load share. @see Writer::is_fresh
struct BulkState {
  SQLite::Database& connection;
  const Ontology& ontology;
  std::int64_t dataset = 0;
  std::function<std::int64_t(const std::string&)> source_key;  ///< key of a source; it is known
  std::function<void()> tick;  ///< called now and then between statements, as SQLite calls it inside of them; may be empty
  NodeIndex nodes;
  RecordSorter citations;  ///< further citations of nodes and edges, sorted as the table is
};

/// Adds a record's citations after the first.
void stage_citations(BulkState& state, RecordKind kind, std::int64_t key, const std::vector<Citation>& citations);
/// Writes what `stage_citations` gathered.
void write_citations(BulkState& state);

/// Writes the rows of `node` and `alias` in the order of their trees. @pre both tables are empty
/// @param next  the next node, in order of folded ids; nullptr at the end
/// @return how many nodes were written
std::int64_t write_nodes(BulkState& state, const std::function<NextNode()>& next);

}  // namespace chokepoint::detail
