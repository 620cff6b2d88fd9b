#include "chokepoint/present/diff.hpp"
#include "command.hpp"
#include "context.hpp"
#include "globals.hpp"
#include "options.hpp"
#include "progress.hpp"
#include "signals.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <memory>
#include <optional>
#include <thread>

namespace chokepoint::cli {

Command diff_command() {
  return {"diff",
          data_group,
          "Show which facts, and which chokepoints, came and went between two days.",
          {{"diff 2024-12 2025-12 --node nvidia --sources", "what a year changed for one firm, with the evidence"},
           {"diff 2022 2025 --node tw --target nvidia-a800", "whose chokepoints came and went, and why"}},
          [](Options& options) -> Run {
            auto params = std::make_shared<DiffParams>();
            auto given = std::make_shared<DiffParams>();
            options.optional_argument("FROM", params->from, "The earlier day");
            options.optional_argument("TO", params->to, "The later day; default --as-of or today");
            options.value("--from", given->from, "The earlier day, said by name", "DATE");
            options.value("--to", given->to, "The later day, said by name", "DATE");
            options.value("--node", params->node, "Only facts about this node", "NODE");
            const auto style = std::make_shared<DiffStyle>();
            options.sources_flag(style->with_sources);
            options.number("--limit", style->limit, "Rows of a table (default 20); 0 for all");
            options.list("--target", params->targets, "Compare the chokepoints of this node, too", "NODE");
            options.flag("--chokepoints", params->chokepoints, "Compare those of every thing that something rests on");
            options.number("--order", params->order, "Largest set, 1 to 4 (default 2; 1 of every thing)");
            options.view_options(params->view);
            params->threads = std::max(1U, std::thread::hardware_concurrency());
            return [params, given, style](Context& context) {
              if (!given->from.empty()) {
                // The one day that is left stands for the later one.
                if (!params->from.empty() && params->to.empty()) params->to = params->from;
                params->from = given->from;
              }
              if (!given->to.empty()) params->to = given->to;
              std::optional<HoldInterrupts> hold;
              params->on_search = [&](bool begins) { begins ? void(hold.emplace()) : hold.reset(); };
              params->keep_going = [] { return !interrupted(); };
              const Answer answer = [&] {
                Progress progress("comparing chokepoints", context.globals().quiet);
                params->on_progress = [&](double done) {
                  progress.update(static_cast<std::uint64_t>(std::lround(done * 1000)), 1000);
                };
                return diff_answer(context.session(), diff_days(context.session(), *params), *style);
              }();
              const int code = context.print(answer);
              throw_if_interrupted();
              return code;
            };
          }};
}

}  // namespace chokepoint::cli
