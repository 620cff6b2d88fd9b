#pragma once

#include "ingest/tables/table_spool.hpp"

#include <string>
#include <string_view>

namespace chokepoint::test {

/// What a file of that name and text is taken for, by its name as a user says it; empty for nothing.
std::string recognised_as(const std::string& name, std::string_view text);

/// Tables as text, for tests: a line `name (nodes)` a table, one of its columns `id:id weight:number`, then one a row:
/// `line 3: id=a weight=1|2`, with `|` between the values of a list. Remarks follow, each behind `! `.
std::string table_text(const detail::TableSet& tables);

/// Reads a text by what it is recognised as, and gives its tables as text; a refusal as `refused, line 3: why`.
std::string read_as_text(const std::string& name, std::string_view text);
/// Without the lines.
std::string read_without_lines(const std::string& name, std::string_view text);

}  // namespace chokepoint::test
