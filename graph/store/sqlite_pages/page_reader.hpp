#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <stdexcept>
#include <vector>

struct sqlite3;
struct sqlite3_file;

namespace chokepoint::detail {

/// The pages are not as expected: what is damaged, or strange but right, SQLite itself shall read and judge.
class UnreadablePages : public std::runtime_error {
 public:
  UnreadablePages() : std::runtime_error("the pages of the database cannot be read as they are") {}
};

/// The pages of a database file, read through the handle by which SQLite itself reads them. Only what is committed is
/// there, and it stays as it is as long as the read transaction, whose lock keeps writers from the file, is open.
/// @see https://sqlite.org/fileformat2.html#the_database_header
class PageReader {
 public:
  /// Nothing where the file alone does not tell what is in the database: in memory, in WAL mode, with uncommitted
  /// changes, without a read transaction, or with texts that are not UTF-8. @throws UnreadablePages
  static std::optional<PageReader> of(sqlite3* connection);

  [[nodiscard]] std::size_t page_bytes() const { return page_bytes_; }
  /// Bytes of a page that hold content.
  [[nodiscard]] std::size_t usable_bytes() const { return usable_bytes_; }
  [[nodiscard]] std::uint64_t count() const { return file_bytes_ / page_bytes_; }
  [[nodiscard]] std::uint64_t file_bytes() const { return file_bytes_; }
  static constexpr std::size_t slack_bytes = 8;
  /// @param number  counts from 1. @param page  [page_bytes() + slack_bytes], of which the last ones hold nothing
  /// @throws UnreadablePages
  void read(std::uint32_t number, std::vector<unsigned char>& page);

 private:
  PageReader(sqlite3_file* file, std::uint64_t file_bytes) : file_(file), file_bytes_(file_bytes) {}
  [[nodiscard]] bool read_head();
  void read_at(std::uint64_t offset, unsigned char* to, std::size_t bytes);
  void read_ahead(std::uint64_t page);

  sqlite3_file* file_;
  std::uint64_t file_bytes_;
  std::size_t page_bytes_ = 0, usable_bytes_ = 0;
  std::vector<unsigned char> block_;  ///< pages that lie one after the other, from block_first_ on
  std::uint64_t block_first_ = 0, block_pages_ = 0;
  std::uint64_t ahead_ = 1;  ///< how many pages the next block has
};

}  // namespace chokepoint::detail
