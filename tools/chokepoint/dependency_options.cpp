#include "dependency_options.hpp"

namespace chokepoint::cli {

void add_dependency_options(Options& options, DependsParams& params) {
  options.argument("NODE", params.node, "Id, label, alias or code");
  options.number("--depth", params.depth, "Only so many tiers");
  options.list("--type", params.types, "List only these node types; others still lie between", "TYPE");
  options.walk_options(params.edge_types, params.soft, params.asked);
  options.flag("--count", params.count, "Only how many, by tier and type");
  options.flag("--tree", params.tree, "Draw a tree with all, any and soft marks");
  options.view_options(params.view);
  options.sources_flag(params.with_sources);
}

}  // namespace chokepoint::cli
