#include "chokepoint/model/text.hpp"
#include "chokepoint/query/ground.hpp"
#include "chokepoint/query/resolve.hpp"
#include "chokepoint/snapshot/delta_snapshot.hpp"
#include "chokepoint/store/reader.hpp"
#include "chokepoint/support/error.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <unordered_set>

namespace chokepoint {

namespace {

Status require_status(const std::string& text) {
  constexpr std::array choices{Status::forecast, Status::planned, Status::recommended};
  for (const Status status : choices)
    if (to_string(status) == fold(text)) return status;
  throw UsageError(fmt::format("--include: \"{}\" is none of forecast, planned, recommended", text));
}

void require_sources(const Session& session, const std::vector<std::string>& wanted) {
  std::vector<std::string> ids;
  for (const Source& source : session.reader().sources()) ids.push_back(source.id);
  for (const std::string& id : wanted)
    if (std::ranges::find(ids, id) == ids.end())
      throw NotFoundError(fmt::format("no source has the id \"{}\"{}", id, did_you_mean(suggest(id, ids))));
}

/// 0 for every edge that cites nothing but the given sources.
std::vector<std::uint8_t> mask_without(Session& session, const std::vector<std::string>& sources) {
  const auto rows = session.reader().sql(
      "SELECT citations.record, source.id FROM citations JOIN source ON source.key = citations.source WHERE "
      "citations.kind = 'edge'");
  std::unordered_set<std::int64_t> standing;
  for (const auto& row : rows.rows) {
    const auto key = row[0].to_integer();
    if (key && std::ranges::find(sources, row[1].as_string()) == sources.end()) standing.insert(*key);
  }
  const auto keys = session.snapshot()->columns().edge_key;
  std::vector<std::uint8_t> mask(keys.size());
  for (std::size_t e = 0; e < keys.size(); ++e) mask[e] = standing.contains(keys[e]) ? 1 : 0;
  return mask;
}

}  // namespace

ViewOptions view_options(Session& session, const ViewParams& params) {
  ViewOptions options;
  options.as_of = session.as_of();
  for (const std::string& status : params.include) options.include.push_back(require_status(status));
  options.include_derived = params.derived;
  if (params.min_confidence && !(*params.min_confidence >= 0 && *params.min_confidence <= 1))
    throw UsageError("--min-confidence is a number from 0 to 1");
  options.min_confidence = params.min_confidence;
  if (!params.without_sources.empty()) {
    require_sources(session, params.without_sources);
    options.edge_mask = mask_without(session, params.without_sources);
  }
  return options;
}

std::shared_ptr<const View> make_view(Session& session, const ViewParams& params) {
  ViewOptions options = view_options(session, params);
  return std::make_shared<const View>(session.snapshot(), std::move(options));
}

namespace {

/// What is picked of a graph that changed since its snapshot was made.
std::optional<Ground> ground_of_delta(const DeltaSnapshot& whole, const ViewOptions& options,
                                      const RecordCounts& counts, const PickPart& pick,
                                      const PickDeltaPart& pick_delta) {
  const View base(whole.base(), options);
  auto part = pick_delta(whole, base, counts);
  if (!part) return std::nullopt;
  auto view = std::make_shared<const View>(std::move(part), options);
  if (auto smaller = pick(*view, counts)) view = std::make_shared<const View>(std::move(smaller), options);
  return Ground{std::move(view), whole.coverage(base)};
}

}  // namespace

Ground make_ground(Session& session, const ViewParams& params, const PickPart& pick, const PickDeltaPart& pick_delta) {
  try {
    if (params.without_sources.empty()) {
      const RecordCounts counts = session.graph_counts();
      if (const DeltaSnapshot* delta = session.delta())
        if (auto ground = ground_of_delta(*delta, view_options(session, params), counts, pick, pick_delta))
          return *std::move(ground);
      auto whole = std::make_shared<const View>(session.local_snapshot(), view_options(session, params));
      if (auto part = pick(*whole, counts))
        return {std::make_shared<const View>(std::move(part), whole->options()), whole->coverage()};
      // Verified, it is the snapshot that was looked at, unless it had to be made anew.
      if (session.snapshot() == whole->shared_snapshot()) return {whole, whole->coverage()};
    }
  } catch (const DamagedSnapshot& error) {
    session.renew_snapshot(error.what());
  }
  auto view = make_view(session, params);
  ViewCoverage left_out = view->coverage();
  return {std::move(view), std::move(left_out)};
}

std::shared_ptr<const View> make_local_view(Session& session, const ViewParams& params) {
  // Where many edges are contested, settling them one by one costs more than settling all.
  constexpr std::size_t few = 65536;
  const auto snapshot = session.local_snapshot();
  if (snapshot->columns().claim.contested().size() > few || !params.without_sources.empty())
    return make_view(session, params);
  return std::make_shared<const View>(View::local(snapshot, view_options(session, params)));
}

}  // namespace chokepoint
