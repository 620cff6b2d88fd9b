#pragma once

#include "chokepoint/query/depends.hpp"
#include "command.hpp"
#include "options.hpp"

namespace chokepoint::cli {

/// The options of `depends` and `dependents`, which ask the same question in two directions.
void add_dependency_options(Options& options, DependsParams& params);
/// Asks and prints, looking up no more than the format shows.
int run_dependencies(Context& context, DependsParams params);

}  // namespace chokepoint::cli
