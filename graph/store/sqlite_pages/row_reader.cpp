#include "store/sqlite_pages/row_reader.hpp"

#include <algorithm>
#include <cassert>

namespace chokepoint::detail {

namespace {

using page_format::first_bytes_type;
constexpr std::uint64_t unused_type = 10, other_unused_type = 11;

/// Bytes of the values of the types that fit in one byte.
constexpr auto bytes_of_type = [] {
  std::array<std::uint8_t, 128> bytes = {0, 1, 2, 3, 4, 6, 8, 8, 0, 0};
  for (std::size_t type = first_bytes_type; type < bytes.size(); ++type)
    bytes[type] = static_cast<std::uint8_t>((type - first_bytes_type) / 2);
  return bytes;
}();

}  // namespace

PageRowReader::PageRowReader(PageReader& pages, std::uint32_t root, TreeReader::Kind kind, std::size_t columns)
    : tree_(pages, root, kind), kind_(kind), columns_(columns) {
  assert(columns <= most_columns);
}

bool PageRowReader::step() {
  if (!tree_.next()) return false;
  const std::span<const unsigned char> entry = tree_.entry();
  const unsigned char* types = entry.data();
  const std::uint64_t head_bytes = read_varint(types, entry.data() + entry.size());
  if (head_bytes > entry.size() || head_bytes < static_cast<std::uint64_t>(types - entry.data()))
    throw UnreadablePages();
  const auto head = entry.first(static_cast<std::size_t>(head_bytes));
  if (!std::equal(head.begin(), head.end(), head_.begin(), head_.end())) read_head(head);
  if (body_bytes_ > entry.size() - head_bytes) throw UnreadablePages();
  body_ = entry.data() + head_bytes;
  return true;
}

void PageRowReader::read_head(std::span<const unsigned char> head) {
  head_.clear();  // until it is read to its end
  filled_ = 0;
  const unsigned char* type_at = head.data();
  const unsigned char* end = head.data() + head.size();
  read_varint(type_at, end);
  std::uint64_t at = 0;
  for (std::size_t i = 0; i < columns_; ++i) {
    const std::uint64_t type = read_varint(type_at, end);
    const std::uint64_t bytes = type < bytes_of_type.size() ? bytes_of_type[type] : (type - first_bytes_type) / 2;
    if (bytes > TreeReader::longest_entry || type == unused_type || type == other_unused_type) throw UnreadablePages();
    values_[i] = {static_cast<std::uint32_t>(type), static_cast<std::uint32_t>(bytes), static_cast<std::uint32_t>(at)};
    filled_ |= std::uint32_t{type != page_format::null_type} << i;
    at += bytes;
    if (at > TreeReader::longest_entry) throw UnreadablePages();
  }
  body_bytes_ = at;
  head_.assign(head.begin(), head.end());
}

}  // namespace chokepoint::detail
