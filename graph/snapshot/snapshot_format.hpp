#pragma once

#include "chokepoint/snapshot/snapshot.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <type_traits>

namespace chokepoint::detail {

/// The first bytes of a snapshot file, in the byte order of the machine that wrote it.
struct FileHeader {
  std::array<char, 8> magic;
  std::uint32_t version;
  std::uint32_t byte_order;
  std::uint64_t file_size;
  std::uint64_t checksum;  ///< of header and table, with 0 in this place
  std::uint64_t nodes, edges;
  std::array<char, 32> uuid, token;
  std::int64_t revision;
  std::uint64_t device, inode, size;
  std::int64_t modified_ns, changed_ns;
  std::uint64_t token_at;
  std::uint32_t change_counter;
  std::int32_t settled_from;
  std::uint32_t section_count;
  std::int32_t settled_until;
  std::uint64_t requirements_are_arcs;  ///< 1: see SnapshotColumns
};

struct FileSection {
  std::uint32_t id;
  std::uint32_t width;   ///< bytes of one value
  std::uint64_t offset;  ///< 0: every value is `constant`
  std::uint64_t count;
  std::uint64_t checksum;  ///< of its bytes; 0 for a constant
  std::uint64_t constant;  ///< its first `width` bytes
};

static_assert(std::has_unique_object_representations_v<FileHeader>, "no byte of the header may be left to chance");
static_assert(std::has_unique_object_representations_v<FileSection>);
static_assert(sizeof(FileHeader) % alignof(FileSection) == 0);

inline constexpr std::array<char, 8> file_magic{'C', 'h', 'k', 'P', 'S', 'n', 'a', 'p'};
inline constexpr std::uint32_t file_version = 6;
inline constexpr std::uint32_t file_byte_order = 0x01020304;
inline constexpr std::size_t section_alignment = 64;

/// How many values a section has.
enum class Extent : std::uint8_t { nodes, nodes_and_one, edges, free };

/// Sections that are no columns.
enum class TextSection : std::uint32_t { ontology = 1, group_names, datasets, counts };

/// Calls `visit(section id, column, extent)` for every column, always in the same order. `Columns` is SnapshotColumns,
/// const or not.
template <typename Columns, typename Visit>
void for_each_column(Columns& c, Visit visit) {
  visit(16U, c.id_offset, Extent::nodes_and_one);
  visit(17U, c.id_bytes, Extent::free);
  visit(18U, c.node_key, Extent::nodes);
  visit(19U, c.node_type, Extent::nodes);
  visit(20U, c.node_from, Extent::nodes);
  visit(21U, c.node_to, Extent::nodes);
  visit(22U, c.node_variants, Extent::nodes);
  visit(23U, c.node_released, Extent::nodes);
  visit(24U, c.node_layer, Extent::nodes);
  visit(25U, c.node_complete, Extent::nodes);
  visit(26U, c.node_remainder, Extent::nodes);
  visit(32U, c.out_offset, Extent::nodes_and_one);
  visit(33U, c.to, Extent::edges);
  visit(34U, c.gate, Extent::edges);
  visit(35U, c.from, Extent::edges);
  visit(36U, c.in_offset, Extent::nodes_and_one);
  visit(37U, c.in_arc, Extent::edges);
  visit(38U, c.in_from, Extent::edges);
  visit(39U, c.in_gate, Extent::edges);
  visit(40U, c.edge_type, Extent::edges);
  visit(41U, c.edge_key, Extent::edges);
  visit(42U, c.item, Extent::edges);
  visit(43U, c.market, Extent::edges);
  visit(44U, c.origin, Extent::edges);
  visit(45U, c.share, Extent::edges);
  visit(46U, c.performance, Extent::edges);
  visit(47U, c.confidence, Extent::edges);
  visit(48U, c.amount, Extent::edges);
  visit(49U, c.valid_from, Extent::edges);
  visit(50U, c.valid_to, Extent::edges);
  visit(51U, c.as_of, Extent::edges);
  visit(52U, c.bound, Extent::edges);
  visit(53U, c.status, Extent::edges);
  visit(54U, c.significance, Extent::edges);
  visit(55U, c.mode, Extent::edges);
  visit(56U, c.group, Extent::edges);
  visit(57U, c.k, Extent::edges);
  visit(58U, c.source_day, Extent::edges);
  visit(59U, c.claim, Extent::free);
  visit(61U, c.replaces_edge, Extent::free);
  visit(62U, c.replaces_item, Extent::free);
  visit(64U, c.name_offset, Extent::nodes_and_one);
  visit(65U, c.name_bytes, Extent::free);
  visit(66U, c.name_hash, Extent::free);
  visit(67U, c.name_node, Extent::free);
}
/// Columns that are arrays even where all values are equal: walks step through them.
inline constexpr bool is_always_array(std::uint32_t id) { return id >= 33 && id <= 40; }

/// A claim column takes two sections, its own and the next number.
inline constexpr std::uint32_t claim_numbers = 60;

}  // namespace chokepoint::detail
