#pragma once

#include "chokepoint/ingest/table_options.hpp"
#include "chokepoint/model/ontology.hpp"
#include "ingest/tables/flat_columns.hpp"
#include "ingest/tables/flat_table.hpp"

#include <optional>
#include <string>
#include <vector>

namespace chokepoint::detail {

/// What the columns of a table of another program hold.
struct TableLayout {
  FlatKind kind = FlatKind::nodes;
  std::vector<FlatColumn> columns;
  bool is_ours = false;        ///< its header is one that we write: every field is meant, ids are ours
  std::string edge_type;       ///< of rows that name none, as the names of the ends suggest; empty: nothing does
  std::string node_type;       ///< of ends that nothing else gives a type
  std::string from_type;       ///< the same of what edges begin at, where that is something else
  bool names_are_ids = false;  ///< of nodes: the label is the id, too
  /// Rows are nodes where they have no ends and edges where they have: nodes and edges in one table.
  bool is_mixed = false;
  bool reports = false;  ///< `from` reports a trade with `to`: another column says whether it imports or exports
};

/// The layouts of a table: one, or two where nodes and edges stand in one table. What a column is called in many
/// programs and languages is known from data/profiles/columns.json; `--map` and what the format says go before. Of two
/// columns of one field the better known is taken. Every other column is an attribute: none becomes requirement logic
/// or a qualifier, unless the header is one of ours or the user says so.
/// @return empty where it has neither an id nor ends. O(columns log columns). @throws UsageError for a bad `--map`
std::vector<TableLayout> table_layouts(const FlatTable& table, const TableOptions& options, const Ontology& ontology);

}  // namespace chokepoint::detail
