#pragma once

#include "chokepoint/query/params.hpp"
#include "options.hpp"

namespace chokepoint::cli {

/// Which entries of a long list are told and how: --type, --status, --limit, --notes.
inline void add_list_options(Options& options, ListParams& list, ListStyle& style, const std::string& types) {
  options.list("--type", list.types, types, "TYPE");
  options.list("--status", list.statuses, "Only what is reported, estimated, forecast, planned, recommended or derived",
               "STATUS");
  options.number("--limit", style.limit, "Rows of a table; 0 for all (default)");
  options.flag("--notes", style.notes, "Also what curators noted beside the records");
}

}  // namespace chokepoint::cli
