#include "query/session/scenario.hpp"

#include "chokepoint/support/error.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace chokepoint::detail {

std::optional<Layer> require_layer(const std::string& text) {
  if (text.empty()) return std::nullopt;
  if (text == "place" || text == "country") return Layer::place;
  if (text == "actor" || text == "firm") return Layer::actor;
  throw UsageError(fmt::format("--layer: \"{}\" is none of place, actor (country, firm)", text));
}

Cycles require_cycles(const std::string& text) {
  if (text.empty() || text == "hold") return Cycles::hold;
  if (text == "unsupported") return Cycles::unsupported;
  throw UsageError(fmt::format("--cycles: \"{}\" is none of hold, unsupported", text));
}

void require_policies(const Snapshot& snapshot, const std::vector<Vertex>& nodes, std::string_view option) {
  const auto& types = snapshot.ontology().edge_types();
  for (const Vertex v : nodes) {
    const std::string& type = snapshot.type(v).id;
    const bool may_restrict = std::ranges::any_of(types, [&](const EdgeType& each) {
      return each.role == Role::restrict && std::ranges::binary_search(each.from, type);
    });
    if (!may_restrict)
      throw UsageError(
          fmt::format("{0}: {1} is no policy: its type, {2}, restricts nothing; `whatif --remove {1}` tells what goes "
                      "with it",
                      option, snapshot.id(v), type));
  }
}

void require_threshold(const std::optional<double>& threshold) {
  if (threshold && !(*threshold > 0 && *threshold <= 1)) throw UsageError("--threshold is a share above 0, at most 1");
}

}  // namespace chokepoint::detail
