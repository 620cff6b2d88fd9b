#pragma once

#include "chokepoint/query/session.hpp"

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace chokepoint {

struct CheckParams {
  std::vector<std::string> only;  ///< names of checks; empty: all
  bool notes = false;             ///< list the notes too, not only count them
  bool strict = false;            ///< notes count as problems
  /// Called now and then with how many records were looked at, of how many; what it throws ends the check.
  std::function<void(std::uint64_t, std::uint64_t)> progress;
};

/// What is wrong with the data, or at least worth knowing. Errors: facts without a source, dangling ends. Warnings:
/// share sums above 1.05 in a supplier group, nodes that nothing is said about, repealed measures with open
/// restrictions, units the ontology does not know. Notes: claims that contradict one another, facts that rest on one
/// source alone. Negative when there are errors or warnings. O(n + m)
/// @throws UsageError for the name of a check that does not exist
Answer check_data(Session& session, const CheckParams& params);

/// Names of the checks, in the order in which they run.
std::vector<std::string> check_names();

}  // namespace chokepoint
