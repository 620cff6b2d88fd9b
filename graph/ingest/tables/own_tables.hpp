#pragma once

#include "ingest/checking/input_remarks.hpp"
#include "ingest/tables/foreign_sources.hpp"
#include "ingest/tables/table_layout.hpp"

#include <optional>

namespace chokepoint::detail {

/// The layout of a table of figures as `export --to xlsx` writes it (subject, indicator, value, sources …); nullopt for
/// any other table.
std::optional<TableLayout> own_figures(const FlatTable& table);

/// Reads a table of sources as `export --to xlsx` writes it (source_id, source_title …).
/// @return false for any other table, of which nothing is read
bool take_own_sources(const FlatTable& table, ForeignSources& sources, InputRemarks& remarks);

}  // namespace chokepoint::detail
