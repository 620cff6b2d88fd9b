#include "chokepoint/query/concentration.hpp"

#include "query/session/scenario.hpp"

#include <algorithm>
#include <cmath>

namespace chokepoint {

namespace {

/// A sum without the last bits that adding leaves: 0.1 and 0.2 make 0.3.
double without_noise(double sum) { return std::round(sum * 1e9) / 1e9; }

}  // namespace

ConcentrationResult measure_concentration(Session& session, const ConcentrationParams& params) {
  const auto layer = detail::require_layer(params.layer);
  ConcentrationResult result;
  result.view = make_view(session, params.view);
  ConcentrationOptions options{.node = {}, .keep_minor = params.keep_minor};
  if (!params.node.empty()) {
    result.node = session.reader().resolve(params.node).id;
    options.node = result.view->snapshot().find(result.node);
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
