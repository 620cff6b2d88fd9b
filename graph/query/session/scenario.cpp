#include "query/session/scenario.hpp"

#include "chokepoint/support/error.hpp"

#include <fmt/format.h>

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

void require_threshold(const std::optional<double>& threshold) {
  if (threshold && !(*threshold > 0 && *threshold <= 1)) throw UsageError("--threshold is a share above 0, at most 1");
}

}  // namespace chokepoint::detail
