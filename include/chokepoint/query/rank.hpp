#pragma once

#include "chokepoint/analysis/findings.hpp"
#include "chokepoint/query/params.hpp"
#include "chokepoint/query/session.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace chokepoint {

struct RankParams {
  std::string by = "betweenness";       ///< one of `rank_measures()`
  std::vector<std::string> types = {};  ///< node types to list; what is counted still sees the others
  std::size_t limit = 20;               ///< rows; 0 for all
  bool soft = true;                     ///< dependencies that are listed but never needed count
  std::size_t sample = 0;               ///< betweenness from so many sources only, with its bound; 0: from all, exact
  unsigned threads = 1;                 ///< at least 1; the numbers are the same for any
  ViewParams view = {};
};

/// A further number of each node.
struct RankColumn {
  std::string key;          ///< in JSON
  std::string name;         ///< in tables of data and exports
  std::string heading;      ///< in tables, in English
  bool is_telling = false;  ///< says of some node what a reader would not expect from the numbers before it
};

struct RankedNode {
  Vertex vertex = no_vertex;
  double value = 0;
  std::vector<double> more;  ///< as RankResult::more
  EvidenceSummary rests_on;  ///< of its dependencies
};

/// What betweenness from some sources only may be off by.
struct RankSample {
  std::uint32_t sources = 0, of_sources = 0;
  double error_bound = 0;  ///< no value is off by more, with a chance of `confidence`
  double confidence = 0;
};

struct RankResult {
  std::string by;                ///< the measure
  std::vector<RankColumn> more;  ///< further numbers of the measure; they decide between equal values
  std::vector<RankedNode> rows;  ///< largest first, then by id
  std::size_t valued = 0;        ///< nodes of the listed types with a value above 0, in `rows` or not
  std::optional<RankSample> sample = {};
  std::size_t policies_in_force = 0;  ///< that the measure reads, as `whatif` does
  std::shared_ptr<const View> view;
};

/// The nodes by one measure, largest first, then by id. Most measures are lenses of the plain dependency graph: they
/// look at arrows, not at which of them are all-of and any-of. `stops` reads requirements: its values are what
/// `what_if` finds impossible without that node alone; only the listed types are worked out, and remainders ("others"),
/// which nobody can remove, are left out.
/// Its further values: what fails where all unsettled variants are needed, and deliveries that fail, in both readings.
/// @throws UsageError naming the measures there are; for a sample of anything but betweenness
RankResult rank_nodes(Session& session, const RankParams& params);

/// betweenness, page-rank, k-core, dominated, dependents, dependencies, suppliers, component, articulation, bridges,
/// sole-supplies, lost-share, hhi-country, hhi-firm, controlled, stops.
std::vector<std::string> rank_measures();

/// What a measure is called, and what its numbers say and do not, in English.
struct RankMeasureText {
  std::string_view heading, remark;
};
/// @throws UsageError naming the measures there are
RankMeasureText rank_measure_text(const std::string& name);

}  // namespace chokepoint
