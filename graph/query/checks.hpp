#pragma once

#include "chokepoint/query/session.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace chokepoint::detail {

enum class Severity : std::uint8_t { error, warning, note };
std::string_view to_string(Severity severity);

/// One thing that a check found.
struct Finding {
  std::string record;            ///< `node us`, `edge a -x-> b`; what the finding is about
  std::vector<std::string> ids;  ///< the records concerned
  std::string message;
};

/// A check of the data. `run` returns findings in a fixed order.
struct Check {
  std::string_view name;
  Severity severity;
  std::string_view explains;
  std::vector<Finding> (*run)(Session&);
};

std::vector<Finding> find_unsourced(Session& session);
std::vector<Finding> find_dangling(Session& session);
std::vector<Finding> find_share_sums(Session& session);
std::vector<Finding> find_orphans(Session& session);
std::vector<Finding> find_open_repealed(Session& session);
std::vector<Finding> find_unknown_units(Session& session);
std::vector<Finding> find_rivals(Session& session);
std::vector<Finding> find_sole_sources(Session& session);

}  // namespace chokepoint::detail
