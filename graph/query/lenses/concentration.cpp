#include "chokepoint/query/concentration.hpp"

#include "chokepoint/analysis/concentration.hpp"
#include "chokepoint/query/ground.hpp"
#include "chokepoint/query/resolve.hpp"
#include "chokepoint/snapshot/delta_snapshot.hpp"
#include "chokepoint/store/reader.hpp"
#include "query/session/scenario.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

namespace chokepoint {

namespace {

/// A sum without the last bits that adding leaves: 0.1 and 0.2 make 0.3.
double without_noise(double sum) { return std::round(sum * 1e9) / 1e9; }

/// What is recorded of one node's supplies, or the whole graph.
Ground ground_of(Session& session, const ViewParams& params, const std::string& node) {
  const auto part_of = [&](const DeltaSnapshot& whole) { return part_of_supplies(whole, vertex_of(whole, node)); };
  const PickPart pick = [&](const View& whole, const RecordCounts&) {
    const auto graph = node.empty() ? nullptr : unchanged_if_large(whole.shared_snapshot());
    return graph ? part_of(*graph) : nullptr;
  };
  const PickDeltaPart pick_delta = [&](const DeltaSnapshot& whole, const View&, const RecordCounts&) {
    return node.empty() ? nullptr : part_of(whole);
  };
  return make_ground(session, params, pick, pick_delta);
}

}  // namespace

ConcentrationResult measure_concentration(Session& session, const ConcentrationParams& params) {
  const auto layer = detail::require_layer(params.layer);
  ConcentrationResult result;
  const std::string node = params.node.empty() ? std::string() : session.reader().resolve(params.node).id;
  Ground ground = ground_of(session, params.view, node);
  result.view = std::move(ground.view);
  result.left_out = std::move(ground.left_out);
  ConcentrationOptions options{.node = {}, .keep_minor = params.keep_minor};
  if (!node.empty()) {
    options.node = result.view->snapshot().find(node);
    result.node = node;
  }
  std::vector<Concentration>& found = result.supplies;
  found = find_concentration(*result.view, options);
  std::erase_if(found, [&](const Concentration& each) { return layer && each.layer != *layer; });
  std::ranges::stable_sort(found, [](const Concentration& a, const Concentration& b) {
    return a.hhi_low != b.hhi_low ? a.hhi_low > b.hhi_low : a.hhi_high > b.hhi_high;
  });
  if (params.limit > 0 && found.size() > params.limit) found.resize(params.limit);
  for (Concentration& each : found) {
    each.share_sum = without_noise(each.share_sum);
    each.hhi_low = without_noise(each.hhi_low);
    each.hhi_high = without_noise(each.hhi_high);
  }
  return result;
}

}  // namespace chokepoint
