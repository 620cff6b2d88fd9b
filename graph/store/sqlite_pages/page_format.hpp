#pragma once

#include <cstddef>
#include <cstdint>

/// What the writer and the reader of SQLite's pages both know of them.
/// @see https://sqlite.org/fileformat2.html
namespace chokepoint::detail::page_format {

enum class Tree : std::uint8_t {
  keys,  ///< an index, or a table WITHOUT ROWID: sorted by the entries themselves
  rows,  ///< a table: sorted by row number
};

// Where the head of a file says what.
inline constexpr std::size_t page_size_at = 16, write_version_at = 18, read_version_at = 19, reserved_at = 20,
                             change_counter_at = 24, page_count_at = 28, encoding_at = 56, valid_for_at = 92;
inline constexpr std::size_t file_head_bytes = 100;
/// The largest size of a page does not fit in its field.
constexpr std::size_t page_size_of(std::size_t field) { return field == 1 ? 65536 : field; }

// A page of a tree: a head, where each of its cells begins, and the cells. Those of inner pages begin with a child.
inline constexpr std::size_t cell_count_at = 3, cells_begin_at = 5, last_child_at = 8;
inline constexpr std::size_t child_bytes = 4, cell_pointer_bytes = 2;
constexpr std::size_t head_bytes(bool is_leaf) { return is_leaf ? 8 : 12; }
/// The first byte of its head.
constexpr unsigned char page_type(Tree tree, bool is_leaf) {
  if (tree == Tree::keys) return is_leaf ? 10 : 2;
  return is_leaf ? 13 : 5;
}

/// How many bytes of an entry stay in its cell; the others go to a chain of pages, whose first one is named behind
/// them.
/// @param usable  bytes of a page that hold content
constexpr std::size_t local_bytes(Tree tree, std::size_t entry, std::size_t usable) {
  const std::size_t most = tree == Tree::rows ? usable - 35 : (usable - 12) * 64 / 255 - 23;
  if (entry <= most) return entry;
  const std::size_t least = (usable - 12) * 32 / 255 - 23;
  const std::size_t even = least + (entry - least) % (usable - child_bytes);
  return even <= most ? even : least;
}

// The types of values in a row. Integers of 1, 2, 3, 4, 6 and 8 bytes are 1 to 6; from 12 on even ones are bytes, odd
// ones texts, two for each size.
inline constexpr std::uint8_t null_type = 0, real_type = 7, zero_type = 8, one_type = 9, first_bytes_type = 12,
                              first_text_type = 13;

}  // namespace chokepoint::detail::page_format
