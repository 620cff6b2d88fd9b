#pragma once

#include "ingest/tables/flat_table.hpp"
#include "ingest/tables/table_input.hpp"

#include <memory>
#include <string>
#include <vector>

namespace chokepoint::detail {

/// Ids of Neo4j's bulk import are of a space each: `:ID(Firm)`, `:START_ID(Firm)`. Where tables of several spaces have
/// an id in common, tables are put in place of theirs whose ids have their space in front, `Firm:1`; nothing is done
/// where all differ. Memory: 16 bytes an id.
/// @param tables  of one import. @param told  what was done, a line
/// @return what the new tables are kept in
std::vector<std::unique_ptr<FlatTable>> tell_id_spaces_apart(std::vector<PlacedTable>& tables,
                                                             std::vector<std::string>& told);

}  // namespace chokepoint::detail
