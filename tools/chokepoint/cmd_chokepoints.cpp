#include "chokepoint/present/chokepoints.hpp"
#include "chokepoint/present/cut_comparison.hpp"
#include "command.hpp"
#include "context.hpp"
#include "globals.hpp"
#include "options.hpp"
#include "print.hpp"
#include "progress.hpp"
#include "requirement_options.hpp"
#include "signals.hpp"
#include "test_hold.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <vector>

namespace chokepoint::cli {

Command chokepoints_command() {
  return {
      "chokepoints",
      chokepoint_group,
      "Find whose loss, alone or together, makes a node impossible: its minimal cut sets.",
      {{"chokepoints nvidia-h100", "single points of failure and pairs"},
       {"chokepoints segment-applications --among country --why", "countries that stop applications, and how"},
       {"chokepoints nvidia-h100 hbm3e euv-scanner -o matrix.svg --force", "several things by country, as a picture"}},
      [](Options& options) -> Run {
        auto params = std::make_shared<ChokepointsParams>();
        auto style = std::make_shared<ChokepointsStyle>();
        auto targets = std::make_shared<std::vector<std::string>>();
        options.arguments("TARGET", *targets, "Id, label, alias or code; several are put side by side");
        options.list("--among", params->among, "Only sets of these node types, or of a class: place, actor, thing",
                     "TYPE");
        options.number("--near", params->near, "Also losses of one node that leave less than this share", "0..1");
        options.number("--order", params->order, "Largest set, 1 to 4 (default 2)");
        options.value("--layer", params->layer, "Which suppliers are read: places or actors",
                      "place|actor|country|firm");
        options.list("--without", params->without, "Leave this policy out", "POLICY");
        add_requirement_options(options, *params);
        options.flag("--why", style->why, "A certificate for each set: what failed for want of whom");
        options.number("--limit", style->limit, "Rows (default 50); 0 for all");
        options.view_options(params->view);
        params->threads = std::max(1U, std::thread::hardware_concurrency());
        return [params, style, targets](Context& context) {
          params->target = targets->front();
          style->people = has_tables(context.globals());
          params->near_if_cheap = true;
          // Ctrl-C ends a search with what was found so far; the answer says how far that is. Before and after it
          // ends the program at once.
          std::optional<HoldInterrupts> hold;
          params->on_search = [&](bool begins) { begins ? void(hold.emplace()) : hold.reset(); };
          params->keep_going = [] { return !interrupted(); };
          const Answer answer = [&] {
            Progress progress("looking for cut sets", context.globals().quiet);
            params->on_progress = [&](double done) {
              progress.update(static_cast<std::uint64_t>(std::lround(done * 1000)), 1000);
              if (done * static_cast<double>(params->order) >= 1) hold_for_test("search");
            };
            Session& session = context.session();
            return targets->size() > 1
                       ? comparison_answer(session, compare_cut_sets(session, *params, *targets), *style)
                       : chokepoints_answer(session, find_cut_sets(session, *params), *style);
          }();
          const int code = context.print(answer);
          throw_if_interrupted();
          return code;
        };
      }};
}

}  // namespace chokepoint::cli
