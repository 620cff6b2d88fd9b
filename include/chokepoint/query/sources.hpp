#pragma once

#include "chokepoint/model/record.hpp"
#include "chokepoint/query/params.hpp"
#include "chokepoint/query/session.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace chokepoint {

struct SourcesParams {
  std::string source = {};              ///< id or title; empty lists all sources
  std::vector<std::string> kinds = {};  ///< of what rests on it: node, edge, observation; empty: all
  bool only_source = false;             ///< of what rests on a source, only what rests on nothing else
};

struct CountedSource {
  Source source;
  std::int64_t records = 0;  ///< that cite it
};

/// What rests on one source.
struct RestingRecords {
  std::vector<RestingRecord> records;  ///< those of the kinds that were asked for
  std::size_t all = 0, alone = 0;      ///< of every kind; those that rest on nothing else
  std::size_t later = 0;               ///< left out: what begins after the session's day
};

struct SourcesResult {
  std::vector<CountedSource> sources;     ///< by id; the one that was asked for
  std::optional<RestingRecords> resting;  ///< absent where all were asked for
};

/// All sources, or one with every record that rests on it.
/// @throws NotFoundError with suggestions for an unknown id; UsageError for an unknown kind
SourcesResult list_sources(Session& session, const SourcesParams& params);

}  // namespace chokepoint
