#pragma once

#include "store/sqlite_pages/page_format.hpp"
#include "store/sqlite_pages/page_reader.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace chokepoint::detail {

/// Reads a number in SQLite's form: seven bits a byte, highest first; the ninth byte holds eight. Moves `at` behind it.
/// @throws UnreadablePages at `end`
inline std::uint64_t read_varint(const unsigned char*& at, const unsigned char* end) {
  if (at != end && *at < 0x80) return *at++;
  std::uint64_t value = 0;
  for (int i = 0; i < 9; ++i) {
    if (at == end) throw UnreadablePages();
    const unsigned char byte = *at++;
    if (i == 8) return value << 8U | byte;
    value = value << 7U | (byte & 0x7FU);
    if (byte < 0x80) return value;
  }
  return value;
}

/// Every entry of one of SQLite's trees, in its order, straight from the pages: what a row costs in SQLite's virtual
/// machine is ten times what it costs to look at its bytes.
/// @see https://sqlite.org/fileformat2.html#b_tree_pages
class TreeReader {
 public:
  using Kind = page_format::Tree;
  static constexpr std::uint64_t longest_entry = 256U << 20U;  ///< as for SQLite's values; longer ones are unreadable
  /// As many bytes behind an entry may be read, whatever they hold.
  static constexpr std::size_t slack_bytes = PageReader::slack_bytes;

  /// @param pages  lives as long as this
  TreeReader(PageReader& pages, std::uint32_t root, Kind kind) : pages_(&pages), kind_(kind) { descend(root); }

  /// @return whether there is a further entry. @throws UnreadablePages
  bool next();
  /// Its bytes, until next() is called again. @pre next() returned true
  [[nodiscard]] std::span<const unsigned char> entry() const { return entry_; }
  /// The row's number. @pre a tree of rows
  [[nodiscard]] std::int64_t number() const { return number_; }

 private:
  struct Level {
    std::vector<unsigned char> page;
    bool is_leaf = false;
    bool is_back = false;  ///< from the child before `at`
    std::size_t cells = 0, at = 0;
  };
  void descend(std::uint32_t page);
  [[nodiscard]] const unsigned char* cell(const Level& level, std::size_t i) const;
  [[nodiscard]] std::uint32_t child(const Level& level) const;
  void read_cell(const Level& level, const unsigned char* at);
  void read_chain(std::size_t size, const unsigned char* local, std::size_t local_bytes, std::uint32_t first);
  void count_page();

  PageReader* pages_;
  Kind kind_;
  std::vector<Level> levels_;
  std::size_t depth_ = 0;         ///< levels in use, the root first
  std::uint64_t pages_read_ = 0;  ///< more than there are would be a circle
  std::span<const unsigned char> entry_;
  std::vector<unsigned char> long_entry_, chain_page_;
  std::int64_t number_ = 0;
};

}  // namespace chokepoint::detail
