#include "chokepoint/query/sources.hpp"

#include "chokepoint/model/text.hpp"
#include "chokepoint/query/later.hpp"
#include "chokepoint/query/resolve.hpp"
#include "chokepoint/store/reader.hpp"
#include "chokepoint/support/error.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>

namespace chokepoint {

namespace {

/// How many records cite each source.
std::map<std::string, std::int64_t> record_counts(Session& session) {
  // Each table by itself: the view of all citations would bring every row together first.
  const auto found = session.reader().sql(
      "SELECT source.id, sum(counted.n) FROM (SELECT source, count(*) n FROM node GROUP BY source UNION ALL SELECT "
      "source, "
      "count(*) FROM edge GROUP BY source UNION ALL SELECT source, count(*) FROM observation GROUP BY source UNION ALL "
      "SELECT source, count(*) FROM citation GROUP BY source) counted JOIN source ON source.key = counted.source GROUP "
      "BY "
      "source.key");
  std::map<std::string, std::int64_t> counts;
  for (const auto& row : found.rows) counts[row[0].as_string()] = row[1].to_integer().value_or(0);
  return counts;
}

Source require_source(Session& session, const std::string& id) {
  const Reader reader = session.reader();
  if (auto source = reader.source(id)) return *std::move(source);
  std::vector<std::string> ids;
  for (const Source& source : reader.sources()) {
    if (fold(source.id) == fold(id) || fold(source.title) == fold(id)) return source;
    ids.push_back(source.id);
  }
  const auto near = suggest(id, ids);
  throw NotFoundError(fmt::format("no source has the id \"{}\"{}", id,
                                  near.empty() ? "; `chokepoint sources` lists them" : did_you_mean(near)));
}

RestingRecords resting_on(const Session& session, const std::string& source, const SourcesParams& params) {
  for (const std::string& kind : params.kinds)
    if (kind != "node" && kind != "edge" && kind != "observation")
      throw UsageError(fmt::format("--type: \"{}\" is none of node, edge, observation", kind));
  RestingRecords found;
  found.records = session.reader().resting_on(source);
  const Later later(session);
  found.later = std::erase_if(found.records, [&](const RestingRecord& r) { return later.begins_later(r.begins); });
  found.all = found.records.size();
  found.alone = static_cast<std::size_t>(std::ranges::count(found.records, true, &RestingRecord::only_source));
  if (!params.kinds.empty())
    std::erase_if(found.records, [&](const RestingRecord& r) {
      return std::ranges::find(params.kinds, r.kind) == params.kinds.end();
    });
  if (params.only_source) std::erase_if(found.records, [](const RestingRecord& r) { return !r.only_source; });
  return found;
}

}  // namespace

SourcesResult list_sources(Session& session, const SourcesParams& params) {
  SourcesResult found;
  if (!params.source.empty()) {
    Source source = require_source(session, params.source);
    found.resting = resting_on(session, source.id, params);
    found.sources.push_back({std::move(source), static_cast<std::int64_t>(found.resting->all)});
    return found;
  }
  const auto counts = record_counts(session);
  for (Source& source : session.reader().sources()) {
    const auto count = counts.find(source.id);
    found.sources.push_back({std::move(source), count == counts.end() ? 0 : count->second});
  }
  return found;
}

}  // namespace chokepoint
