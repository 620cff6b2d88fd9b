#pragma once

#include "chokepoint/model/ontology.hpp"
#include "chokepoint/model/record.hpp"
#include "ingest/checking/problems.hpp"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace chokepoint::detail {

/// Turns records into values and refuses what the dataset format does not allow: unknown and missing keys, wrong kinds,
/// impossible dates, numbers out of range, unknown types. Every problem of a record is reported; whether the nodes and
/// sources it names exist is not looked at here. The rules are those of data/schema/dataset.schema.json and the few a
/// schema cannot say (calendar, since before until, modes of a type).
class RecordReader {
 public:
  /// @param updates  a record may change one that is known: a node needs no type, nothing needs a source, and an absent
  /// bound or status is `unstated`
  RecordReader(const Ontology& ontology, Problems& problems, std::string default_source, bool updates = false)
      : ontology_(ontology), problems_(problems), default_source_(std::move(default_source)), updates_(updates) {}

  std::optional<DatasetInfo> dataset(const Json& value, const Place& place);
  std::optional<Source> source(const Json& value, const Place& place);
  std::optional<Node> node(const Json& value, const Place& place);
  std::optional<Edge> edge(const Json& value, const Place& place);
  std::optional<Observation> observation(const Json& value, const Place& place);

 private:
  const Ontology& ontology_;
  Problems& problems_;
  std::string default_source_;
  bool updates_;
};

}  // namespace chokepoint::detail
