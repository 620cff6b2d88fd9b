#pragma once

#include "chokepoint/ingest/table_options.hpp"
#include "chokepoint/model/ontology.hpp"
#include "ingest/tables/flat_table.hpp"

#include <memory>
#include <string>
#include <vector>

namespace chokepoint::detail {

/// What `--map COLUMN=spell` says that a column holds.
inline constexpr std::string_view spell_field = "spell";

/// A table with a column of spells, as Gephi writes them, laid out with columns of since and until in its place: of an
/// edge a row for each spell, of a node one from the first to the last. nullptr where `--map` names no such column.
/// @param table  outlives what is made
/// @param told  what was done, a line
std::unique_ptr<FlatTable> table_of_spells(const FlatTable& table, const TableOptions& options,
                                           const Ontology& ontology, std::vector<std::string>& told);

}  // namespace chokepoint::detail
