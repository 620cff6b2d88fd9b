#include "chokepoint/present/search.hpp"
#include "command.hpp"
#include "context.hpp"
#include "options.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <memory>
#include <string>
#include <vector>

namespace chokepoint::cli {

Command search_command() {
  return {"search",
          look_up_group,
          "Find nodes by id, label, alias or code, in any script.",
          {{"search nvidia", "every node whose names hold the word"},
           {"search world share", "names that hold both words"},
           {"search 芯片 --type chip", "Chinese words, one node type"},
           {"search no-such-thing", "a search without result", 1}},
          [](Options& options) -> Run {
            auto params = std::make_shared<SearchParams>();
            auto words = std::make_shared<std::vector<std::string>>();
            options.arguments("TEXT", *words, "Words; each must occur");
            options.list("--type", params->types, "Only these node types, by id or label", "TYPE");
            options.number("--limit", params->limit, "At most so many; 0 for all (default 20)");
            return [params, words](Context& context) {
              params->text = fmt::format("{}", fmt::join(*words, " "));
              Session& session = context.session();
              return context.print(search_answer(session, search_nodes(session, *params)));
            };
          }};
}

}  // namespace chokepoint::cli
