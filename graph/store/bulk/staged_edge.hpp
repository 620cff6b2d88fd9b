#pragma once

#include "chokepoint/model/record.hpp"
#include "store/sqlite_pages/row_bytes.hpp"
#include "store/writer.hpp"
#include "support/packed.hpp"
#include "support/record_sorter.hpp"

#include <cstdint>
#include <functional>
#include <string_view>

namespace chokepoint::detail {

/// The ends of an edge as they are sorted: keys of a bulk import's nodes, which fit into 32 bits.
struct EdgeEnds {
  std::uint32_t from = 0;
  std::uint16_t type = 0;
  std::uint32_t to = 0;
};

/// Sorts edges as the table has them, then by the highest 48 bits of the claim's hash.
SortKey edge_key(const EdgeEnds& ends, std::uint64_t hash);
EdgeEnds ends_of(const SortKey& key);

/// How to turn ids into keys, and back.
struct EdgeKeys {
  std::function<std::int64_t(const std::string&)> node, source;
  std::function<std::string_view(std::int64_t)> node_id;
  std::function<const std::string&(std::int64_t)> source_id;
};

/// What every record of a staged edge begins with.
struct StagedHead {
  std::uint64_t number = 0;  ///< of the edge in the order of the input: equal keys are sorted by it
  std::uint64_t hash = 0;    ///< of the claim
  std::uint64_t place = 0;
};

/// The keys of the nodes that an edge names.
EndKeys node_keys(const Edge& edge, const EdgeKeys& keys);

/// Packs an edge whose ends are in its key: the head and the fields that are there.
void pack_edge(Packer& out, const Edge& edge, const StagedHead& head, const EndKeys& nodes, const EdgeKeys& keys);
StagedHead head_of(std::string_view record);

/// The given id of the edge; empty where the hash is its id.
std::string_view name_of(std::string_view record);

/// The edge again, complete with its ids.
Edge unpack_edge(const SortKey& key, std::string_view record, const std::string& type, const EdgeKeys& keys);

/// Says a source that a record cites beyond its first: (position, key of the source, locator, what was read).
using FurtherCitation = std::function<void(std::size_t, std::int64_t, std::string_view, std::string_view)>;

/// The row of `edge` for a record. @return its bytes, which `row` keeps
std::string_view edge_row(RowBytes& row, const SortKey& key, std::string_view record, std::int64_t edge_key,
                          std::int64_t dataset, const FurtherCitation& further);

}  // namespace chokepoint::detail
