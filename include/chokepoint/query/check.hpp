#pragma once

#include "chokepoint/query/session.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace chokepoint {

struct CheckParams {
  std::vector<std::string> only;  ///< names of checks; empty: all
  bool notes = false;             ///< list the notes too, not only count them
  bool strict = false;            ///< notes count as problems
  /// Called now and then with how many records were looked at, of how many; what it throws ends the check.
  std::function<void(std::uint64_t, std::uint64_t)> progress;
};

enum class Severity : std::uint8_t { error, warning, note };
std::string_view to_string(Severity severity);

/// Supplies of one thing that count together: those of one market, item and origin.
struct CheckedSupplies {
  std::string node, edge_type;       ///< who is supplied, by edges of which type
  bool outgoing = false;             ///< whether these edges begin at the node
  std::string item, market, origin;  ///< ids; empty: none
};

/// One thing that a check found.
struct CheckFinding {
  std::string record;                            ///< `node us`, `edge a -x-> b`; empty where it is about `supplies`
  std::vector<std::string> ids;                  ///< the records concerned
  std::string message;                           ///< in English
  std::optional<CheckedSupplies> supplies = {};  ///< what it is about
};

/// What a check found, in a fixed order.
struct CheckFindings {
  std::uint64_t count = 0;
  std::vector<CheckFinding> list;  ///< all of them, or none where they are only counted

  void add(CheckFinding finding) {
    ++count;
    list.push_back(std::move(finding));
  }
};

struct CheckOutcome {
  std::string_view name;
  Severity severity = Severity::note;
  std::string_view explains;  ///< what it looks for, in English
  CheckFindings found;
};

struct CheckResult {
  std::vector<CheckOutcome> outcomes;  ///< of the checks that ran, in their order
  bool lists_notes = false;            ///< as it was asked for
  std::uint64_t problems = 0;          ///< errors and warnings
  std::uint64_t notes = 0;
  bool is_ok = true;  ///< no problems; where it is strict, no notes
};

/// What is wrong with the data, or at least worth knowing. Errors: facts without a source, dangling ends. Warnings:
/// share sums above 1.05 in a supplier group, nodes that nothing is said about, repealed measures with open
/// restrictions, units the ontology does not know. Notes: claims that contradict one another, facts that rest on one
/// source alone. O(n + m)
/// @throws UsageError for the name of a check that does not exist
CheckResult check_data(Session& session, const CheckParams& params);

/// Names of the checks, in the order in which they run.
std::vector<std::string> check_names();

}  // namespace chokepoint
