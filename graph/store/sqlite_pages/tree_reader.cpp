#include "store/sqlite_pages/tree_reader.hpp"

#include <algorithm>

namespace chokepoint::detail {

namespace {

using namespace page_format;

constexpr std::size_t most_levels = 20;  // SQLite's own limit

std::size_t two_bytes(const unsigned char* at) { return std::size_t{at[0]} << 8U | at[1]; }
std::uint32_t four_bytes(const unsigned char* at) {
  return static_cast<std::uint32_t>(two_bytes(at) << 16U | two_bytes(at + 2));
}

}  // namespace

void TreeReader::count_page() {
  if (++pages_read_ > pages_->count()) throw UnreadablePages();
}

void TreeReader::descend(std::uint32_t page) {
  // The first page begins with the head of the file and is the schema's.
  if (page < 2 || depth_ == most_levels) throw UnreadablePages();
  count_page();
  if (levels_.size() == depth_) levels_.emplace_back();
  Level& level = levels_[depth_++];
  pages_->read(page, level.page);
  const unsigned char type = level.page[0];
  level.is_leaf = type == page_type(kind_, true);
  if (!level.is_leaf && type != page_type(kind_, false)) throw UnreadablePages();
  level.is_back = false;
  level.at = 0;
  level.cells = two_bytes(level.page.data() + cell_count_at);
  if (head_bytes(level.is_leaf) + cell_pointer_bytes * level.cells > pages_->usable_bytes()) throw UnreadablePages();
}

const unsigned char* TreeReader::cell(const Level& level, std::size_t i) const {
  const unsigned char* page = level.page.data();
  const std::size_t offset = two_bytes(page + head_bytes(level.is_leaf) + cell_pointer_bytes * i);
  if (offset + child_bytes > pages_->usable_bytes()) throw UnreadablePages();
  return page + offset;
}

/// The page below, between the entries before and behind it.
std::uint32_t TreeReader::child(const Level& level) const {
  return four_bytes(level.at == level.cells ? level.page.data() + last_child_at : cell(level, level.at));
}

bool TreeReader::next() {
  while (depth_ > 0) {
    Level& level = levels_[depth_ - 1];
    if (level.is_leaf && level.at < level.cells) {
      read_cell(level, cell(level, level.at));
      ++level.at;
      return true;
    }
    if (level.is_leaf || (level.is_back && level.at == level.cells)) {
      if (--depth_ > 0) levels_[depth_ - 1].is_back = true;
    } else if (!level.is_back) {
      descend(child(level));
    } else {
      level.is_back = false;
      const std::size_t between = level.at++;
      // Rows have their entries in leaves only; of keys, those between two pages stand above both.
      if (kind_ == Kind::keys) {
        read_cell(level, cell(level, between) + child_bytes);
        return true;
      }
    }
  }
  return false;
}

void TreeReader::read_cell(const Level& level, const unsigned char* at) {
  const std::size_t usable = pages_->usable_bytes();
  const unsigned char* end = level.page.data() + usable;
  const std::uint64_t size = read_varint(at, end);
  if (kind_ == Kind::rows) number_ = static_cast<std::int64_t>(read_varint(at, end));
  const auto room = static_cast<std::size_t>(end - at);
  const std::size_t local = local_bytes(kind_, static_cast<std::size_t>(size), usable);
  if (local == size) {
    if (local > room) throw UnreadablePages();
    entry_ = {at, local};
    return;
  }
  if (size > std::min<std::uint64_t>(pages_->file_bytes(), longest_entry)) throw UnreadablePages();
  if (local + child_bytes > room) throw UnreadablePages();
  read_chain(static_cast<std::size_t>(size), at, local, four_bytes(at + local));
}

void TreeReader::read_chain(std::size_t size, const unsigned char* local, std::size_t local_bytes,
                            std::uint32_t first) {
  long_entry_.assign(local, local + local_bytes);
  for (std::uint32_t page = first; long_entry_.size() < size;) {
    count_page();
    pages_->read(page, chain_page_);
    const std::size_t part = std::min(size - long_entry_.size(), pages_->usable_bytes() - child_bytes);
    const auto begin = chain_page_.begin() + child_bytes;
    long_entry_.insert(long_entry_.end(), begin, begin + static_cast<std::ptrdiff_t>(part));
    page = four_bytes(chain_page_.data());
  }
  long_entry_.resize(size + slack_bytes);
  entry_ = {long_entry_.data(), size};
}

}  // namespace chokepoint::detail
