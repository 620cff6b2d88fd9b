#pragma once

#include "store/sqlite_pages/page_format.hpp"

#include <atomic>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace chokepoint::detail {

/// The pages of a database file that nobody else writes to. Pages count from 1.
class PageFile {
 public:
  static constexpr std::string_view what = "a temporary database";  ///< in messages

  /// @param descriptor  open for reading and writing; closed with the object
  /// @pre the file is a SQLite database of at least one page, no byte of a page is reserved
  explicit PageFile(int descriptor);
  ~PageFile();
  PageFile(const PageFile&) = delete;
  PageFile& operator=(const PageFile&) = delete;

  [[nodiscard]] std::size_t page_bytes() const { return page_bytes_; }
  /// Several threads may call this at once. @return the number of the new page. @throws IoError
  std::uint32_t append(const std::vector<char>& page);
  void write(std::uint32_t number, const std::vector<char>& page);
  /// Says in the head of the file how many pages there are. @throws IoError
  void finish();

 private:
  void get(void* bytes, std::size_t size, std::uint64_t offset);
  void put(const void* bytes, std::size_t size, std::uint64_t offset);

  int descriptor_;
  std::size_t page_bytes_ = 0;
  std::atomic<std::uint32_t> pages_ = 0;
};

/// Builds one tree of SQLite's from sorted entries, bottom up and each page once: a tenth of what inserting costs,
/// where every row passes SQLite's virtual machine and three searches.
/// @see https://sqlite.org/fileformat2.html#b_tree_pages
class PageTree {
 public:
  using Kind = page_format::Tree;
  /// @param root  the page of the empty tree
  PageTree(PageFile& file, std::uint32_t root, Kind kind);

  /// @pre sorted after the entry before. @param number  of the row; not for `keys`
  void add(std::string_view entry, std::int64_t number = 0);
  /// Writes what is left. Called once, at the end.
  void finish();

 private:
  struct Level {
    std::vector<char> page;
    std::size_t cells = 0, begin = 0, last = 0;  ///< where the cells begin, and how many bytes the last one has
  };
  [[nodiscard]] bool is_leaf(std::size_t level) const { return level == 0; }
  [[nodiscard]] std::size_t head_bytes(std::size_t level) const { return page_format::head_bytes(is_leaf(level)); }
  void open(std::size_t level);
  [[nodiscard]] bool fits(std::size_t level, std::size_t bytes) const;
  void put(std::size_t level, std::string_view cell);
  void put_or_split(std::size_t level, std::string_view cell);
  void close(std::size_t level, std::uint32_t right_child);
  std::string local_part(std::string_view entry);

  PageFile& file_;
  std::uint32_t root_;
  Kind kind_;
  std::vector<Level> levels_;
  std::int64_t last_number_ = 0;
  std::string cell_;
};

}  // namespace chokepoint::detail
