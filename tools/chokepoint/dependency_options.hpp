#pragma once

#include "chokepoint/present/depends.hpp"
#include "command.hpp"
#include "options.hpp"

namespace chokepoint::cli {

/// What is asked, and how it is shown.
struct DependencyQuestion {
  DependsParams params;
  DependsStyle style;
};

/// The options of `depends` and `dependents`, which ask the same question in two directions.
void add_dependency_options(Options& options, DependencyQuestion& question);
/// Asks and prints, looking up no more than the format shows.
int run_dependencies(Context& context, DependencyQuestion question);

}  // namespace chokepoint::cli
