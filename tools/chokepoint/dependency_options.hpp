#pragma once

#include "chokepoint/query/depends.hpp"
#include "options.hpp"

namespace chokepoint::cli {

/// The options of `depends` and `dependents`, which ask the same question in two directions.
void add_dependency_options(Options& options, DependsParams& params);

}  // namespace chokepoint::cli
