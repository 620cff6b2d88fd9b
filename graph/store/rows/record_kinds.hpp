#pragma once

#include "chokepoint/model/json_reader.hpp"
#include "chokepoint/model/record.hpp"
#include "store/writer.hpp"

#include <cstdint>
#include <string>

namespace chokepoint::detail {

/// The kind of a record, by the type of a pointer to it.
constexpr RecordKind kind_of(const Source*) { return RecordKind::source; }
constexpr RecordKind kind_of(const Node*) { return RecordKind::node; }
constexpr RecordKind kind_of(const Edge*) { return RecordKind::edge; }
constexpr RecordKind kind_of(const Observation*) { return RecordKind::observation; }

/// The condition that a row is of the dataset with a key, which is bound as ?1: the first one's rows are in no index.
constexpr const char* is_of_dataset(std::int64_t key) {
  return key != 1 ? "dataset = ?1 AND dataset <> 1" : "dataset = ?1";
}

/// A record out of a contribution.
template <typename Record>
Record record_from(const std::string& json);
template <>
inline Source record_from(const std::string& json) {
  return source_from_json(parse_json(json));
}
template <>
inline Node record_from(const std::string& json) {
  return node_from_json(parse_json(json));
}
template <>
inline Edge record_from(const std::string& json) {
  return edge_from_json(parse_json(json));
}
template <>
inline Observation record_from(const std::string& json) {
  return observation_from_json(parse_json(json));
}

}  // namespace chokepoint::detail
