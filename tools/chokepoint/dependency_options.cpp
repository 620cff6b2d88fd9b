#include "dependency_options.hpp"

#include "context.hpp"
#include "print.hpp"

namespace chokepoint::cli {

void add_dependency_options(Options& options, DependencyQuestion& question) {
  DependsParams& params = question.params;
  DependsStyle& style = question.style;
  options.argument("NODE", params.node, "Id, label, alias or code");
  options.number("--depth", params.depth, "Only so many tiers");
  options.list("--type", params.types, "List only these node types; others still lie between", "TYPE");
  options.list("--edge-type", params.edge_types, "Walk only these edge types", "TYPE");
  options.flag("--soft", params.soft, "Also what is listed but never needed");
  options.flag("--asked", params.asked, "Also what counts only when asked for, such as substitutes");
  options.flag("--through-places", params.through_places, "Walk on from places, which fail for want of nothing");
  options.refused("--hard", "depends and dependents follow only what is needed; --soft adds the rest");
  options.flag("--count", style.count, "Only how many, by tier and type");
  options.flag("--nodes", style.rows, "Only the nodes, without the edges between them: fast where they are many");
  options.flag("--tree", style.tree, "The whole tree, however long; else its upper tiers");
  options.flag("--tiers", style.tiers, "Tables by tier instead of the tree");
  options.view_options(params.view);
  options.sources_flag(style.with_sources);
}

int run_dependencies(Context& context, DependencyQuestion question) {
  DependsParams& params = question.params;
  DependsStyle& style = question.style;
  const Form form = choose_form(context.globals());
  const Format format = form.format;
  const bool lists_nodes = format == Format::csv || format == Format::tsv || format == Format::jsonl;
  // What is not shown is not looked up.
  params.edges = format == Format::graph || !(style.rows || style.count || lists_nodes);
  style.page = format == Format::graph && form.exporter->extension == ".html" && form.picture.empty();
  style.people = is_for_people(context.globals());
  style.rows = format == Format::jsonl || (format == Format::json && style.rows);
  return context.ask("following dependencies",
                     [&](Session& session) { return depends_answer(session, params, style); });
}

}  // namespace chokepoint::cli
