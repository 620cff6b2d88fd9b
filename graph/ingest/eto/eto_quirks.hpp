#pragma once

#include "ingest/eto/eto_tables.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace chokepoint::detail {

/// The ISO 3166 alpha-3 code behind the tables' code: `MAL` is meant as Malaysia, MYS.
std::string iso_country(const std::string& code);
/// `Various` stands for many small countries.
bool is_residual_provider(std::string_view name);
/// The one tool row that is software, by its own name.
bool is_software_input(std::string_view name);

/// What is odd in the tables and how it was read: repeated and skipped rows, mended codes, differing names, inputs
/// without suppliers, categories with suppliers of their own, share sums that are not 100, layers that disagree,
/// providers that provide nothing. One sentence each, in a fixed order.
std::vector<std::string> eto_quirks(const EtoTables& tables);

}  // namespace chokepoint::detail
