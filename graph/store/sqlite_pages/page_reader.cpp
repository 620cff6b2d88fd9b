#include "store/sqlite_pages/page_reader.hpp"

#include "store/sqlite_pages/page_format.hpp"

#include <sqlite3.h>

#include <algorithm>
#include <array>
#include <bit>
#include <string_view>

namespace chokepoint::detail {

namespace {

using namespace page_format;

using Head = std::array<unsigned char, file_head_bytes>;

/// The file behind a connection; null where there is none.
sqlite3_file* file_of(sqlite3* connection) {
  sqlite3_file* file = nullptr;
  if (sqlite3_file_control(connection, "main", SQLITE_FCNTL_FILE_POINTER, &file) != SQLITE_OK) return nullptr;
  return file != nullptr && file->pMethods != nullptr ? file : nullptr;
}

}  // namespace

std::optional<PageReader> PageReader::of(sqlite3* connection) {
  if (sqlite3_txn_state(connection, "main") != SQLITE_TXN_READ) return std::nullopt;
  sqlite3_file* file = file_of(connection);
  if (file == nullptr) return std::nullopt;
  sqlite3_int64 bytes = 0;
  if (file->pMethods->xFileSize(file, &bytes) != SQLITE_OK || bytes <= 0) return std::nullopt;
  PageReader pages(file, static_cast<std::uint64_t>(bytes));
  if (!pages.read_head()) return std::nullopt;
  return pages;
}

bool PageReader::read_head() {
  constexpr std::string_view magic{"SQLite format 3\0", 16};
  if (file_bytes_ < file_head_bytes) return false;
  Head head{};
  read_at(0, head.data(), head.size());
  if (!std::equal(magic.begin(), magic.end(), head.begin(),
                  [](char a, unsigned char b) { return a == static_cast<char>(b); }))
    return false;
  // 2 is WAL, where the newest pages may stand elsewhere. Encoding 1 is UTF-8.
  if (head[write_version_at] != 1 || head[read_version_at] != 1) return false;
  if (head[encoding_at] != 0 || head[encoding_at + 1] != 0 || head[encoding_at + 2] != 0 || head[encoding_at + 3] != 1)
    return false;
  page_bytes_ = page_size_of(std::size_t{head[page_size_at]} << 8U | head[page_size_at + 1]);
  constexpr std::size_t smallest_page = 512, least_usable = 480;
  if (page_bytes_ < smallest_page || !std::has_single_bit(page_bytes_)) return false;
  if (page_bytes_ - head[reserved_at] < least_usable) return false;
  usable_bytes_ = page_bytes_ - head[reserved_at];
  return true;
}

void PageReader::read_at(std::uint64_t offset, unsigned char* to, std::size_t bytes) {
  if (file_->pMethods->xRead(file_, to, static_cast<int>(bytes), static_cast<sqlite3_int64>(offset)) != SQLITE_OK)
    throw UnreadablePages();
}

/// Reads a block that begins with a page. Blocks grow while they follow each other closely, as in a database that was
/// filled in one go, so that there few calls read much and elsewhere none reads what nobody asks for.
void PageReader::read_ahead(std::uint64_t page) {
  constexpr std::uint64_t most_bytes = std::uint64_t{1} << 16U, near = 8;
  const std::uint64_t end = block_first_ + block_pages_;
  const bool follows = page >= end && page - end < near;
  ahead_ = follows ? std::min(2 * ahead_, std::max<std::uint64_t>(1, most_bytes / page_bytes_)) : 1;
  const std::uint64_t pages = std::min(ahead_, count() - page);
  block_pages_ = 0;  // until it is read
  block_.resize(pages * page_bytes_);
  read_at(page * page_bytes_, block_.data(), block_.size());
  block_first_ = page;
  block_pages_ = pages;
}

void PageReader::read(std::uint32_t number, std::vector<unsigned char>& page) {
  if (number == 0 || number > count()) throw UnreadablePages();
  const std::uint64_t at = number - 1;
  if (at < block_first_ || at - block_first_ >= block_pages_) read_ahead(at);
  page.resize(page_bytes_ + slack_bytes);
  std::copy_n(block_.begin() + static_cast<std::ptrdiff_t>((at - block_first_) * page_bytes_), page_bytes_,
              page.begin());
}

}  // namespace chokepoint::detail
