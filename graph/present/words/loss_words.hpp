#pragma once

#include "chokepoint/query/session.hpp"

#include <cstddef>
#include <string>

namespace chokepoint::detail {

/// What a loss takes: things and actors beside what was removed itself, and deliveries.
struct LossCount {
  std::size_t nodes = 0, deliveries = 0;
  friend bool operator==(const LossCount&, const LossCount&) = default;
};

/// `without Taiwan: 136 things and actors are lost, 12 deliveries stop; if all variants are needed: …`
/// @param any, all  as unsettled variants are read
std::string loss_words(const Session& session, const std::string& causes, const LossCount& any, const LossCount& all);

}  // namespace chokepoint::detail
