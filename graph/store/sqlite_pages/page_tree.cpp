#include "store/sqlite_pages/page_tree.hpp"

#include "store/sqlite_pages/row_bytes.hpp"
#include "support/temporary_file.hpp"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>

namespace chokepoint::detail {

namespace {

using namespace page_format;

void store(char* at, std::uint64_t value, unsigned bytes) {
  for (unsigned i = 0; i < bytes; ++i) at[i] = static_cast<char>(value >> 8 * (bytes - 1 - i));
}
std::uint64_t load(const char* at, unsigned bytes) {
  std::uint64_t value = 0;
  for (unsigned i = 0; i < bytes; ++i) value = value << 8U | static_cast<unsigned char>(at[i]);
  return value;
}

[[noreturn]] void fail(const char* doing) { fail_temporary(doing, PageFile::what); }

}  // namespace

PageFile::PageFile(int descriptor) : descriptor_(descriptor) {
  if (descriptor_ < 0) fail("opening");
  std::array<char, file_head_bytes> head{};
  get(head.data(), head.size(), 0);
  page_bytes_ = page_size_of(load(head.data() + page_size_at, 2));
  pages_ = static_cast<std::uint32_t>(load(head.data() + page_count_at, 4));
}

PageFile::~PageFile() { close(descriptor_); }

void PageFile::get(void* bytes, std::size_t size, std::uint64_t offset) {
  if (pread(descriptor_, bytes, size, static_cast<off_t>(offset)) != static_cast<ssize_t>(size)) fail("reading");
}

void PageFile::put(const void* bytes, std::size_t size, std::uint64_t offset) {
  const auto* at = static_cast<const char*>(bytes);
  while (size > 0) {
    const ssize_t written = pwrite(descriptor_, at, size, static_cast<off_t>(offset));
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) fail("writing");
    at += written;
    offset += static_cast<std::uint64_t>(written);
    size -= static_cast<std::size_t>(written);
  }
}

void PageFile::write(std::uint32_t number, const std::vector<char>& page) {
  put(page.data(), page_bytes_, std::uint64_t{number - 1} * page_bytes_);
}

std::uint32_t PageFile::append(const std::vector<char>& page) {
  // SQLite locks bytes at 1 GiB and leaves their page unused.
  constexpr std::size_t locked_bytes_at = std::size_t{1} << 30U;
  std::uint32_t number = ++pages_;
  if (number == locked_bytes_at / page_bytes_ + 1) number = ++pages_;
  write(number, page);
  return number;
}

void PageFile::finish() {
  std::array<char, 4> counter{};
  get(counter.data(), counter.size(), change_counter_at);
  store(counter.data(), load(counter.data(), 4) + 1, 4);
  put(counter.data(), counter.size(), change_counter_at);
  put(counter.data(), counter.size(), valid_for_at);
  store(counter.data(), pages_, 4);
  put(counter.data(), counter.size(), page_count_at);
}

PageTree::PageTree(PageFile& file, std::uint32_t root, Kind kind) : file_(file), root_(root), kind_(kind) { open(0); }

void PageTree::open(std::size_t level) {
  if (levels_.size() == level) levels_.emplace_back();
  Level& at = levels_[level];
  at.page.assign(file_.page_bytes(), '\0');
  at.cells = at.last = 0;
  at.begin = file_.page_bytes();
}

bool PageTree::fits(std::size_t level, std::size_t bytes) const {
  const Level& at = levels_[level];
  return head_bytes(level) + cell_pointer_bytes * (at.cells + 1) + bytes <= at.begin;
}

void PageTree::put(std::size_t level, std::string_view cell) {
  Level& at = levels_[level];
  at.begin -= cell.size();
  at.last = cell.size();
  std::memcpy(at.page.data() + at.begin, cell.data(), cell.size());
  store(at.page.data() + head_bytes(level) + cell_pointer_bytes * at.cells, at.begin, cell_pointer_bytes);
  ++at.cells;
}

/// Adds a cell; into a full page's successor. What stands between the two goes one level up with the full page as its
/// child: of keys the last entry itself, which the page then lacks, of rows the last one's number.
void PageTree::put_or_split(std::size_t level, std::string_view cell) {
  if (fits(level, cell.size())) return put(level, cell);
  if (levels_.size() == level + 1) open(level + 1);
  Level& full = levels_[level];
  std::string between(child_bytes, '\0');
  std::uint32_t right_child = 0;
  if (kind_ == Kind::rows && is_leaf(level)) {
    append_varint(between, static_cast<std::uint64_t>(last_number_));
  } else {
    const std::string_view last(full.page.data() + full.begin, full.last);
    between += is_leaf(level) ? last : last.substr(child_bytes);
    if (!is_leaf(level)) right_child = static_cast<std::uint32_t>(load(last.data(), child_bytes));
    std::memset(full.page.data() + full.begin, 0, full.last);
    full.begin += full.last;
    --full.cells;
    std::memset(full.page.data() + head_bytes(level) + cell_pointer_bytes * full.cells, 0, cell_pointer_bytes);
  }
  close(level, right_child);
  store(between.data(), file_.append(full.page), child_bytes);
  open(level);
  put(level, cell);
  put_or_split(level + 1, between);
}

/// Fills in the head of a page.
void PageTree::close(std::size_t level, std::uint32_t right_child) {
  Level& at = levels_[level];
  char* head = at.page.data();
  head[0] = static_cast<char>(page_type(kind_, is_leaf(level)));
  store(head + cell_count_at, at.cells, 2);
  store(head + cells_begin_at, at.begin, 2);  // 65536 is written as 0
  if (!is_leaf(level)) store(head + last_child_at, right_child, child_bytes);
}

/// The part of an entry that stays in its cell; the rest goes to a chain of pages, whose first one is named behind it.
std::string PageTree::local_part(std::string_view entry) {
  const std::size_t usable = file_.page_bytes(), chained = usable - child_bytes;
  const std::size_t local = local_bytes(kind_, entry.size(), usable);
  if (local == entry.size()) return std::string(entry);
  // Each page names the next one, so the chain is written from its end.
  std::uint32_t next = 0;
  std::string_view rest = entry.substr(local);
  while (!rest.empty()) {
    const std::size_t part = rest.size() % chained == 0 ? chained : rest.size() % chained;
    std::vector<char> page(child_bytes);
    store(page.data(), next, child_bytes);
    page.insert(page.end(), rest.end() - static_cast<std::ptrdiff_t>(part), rest.end());
    page.resize(usable);
    rest.remove_suffix(part);
    next = file_.append(page);
  }
  std::string bytes(entry.substr(0, local));
  bytes.resize(local + child_bytes);
  store(bytes.data() + local, next, child_bytes);
  return bytes;
}

void PageTree::add(std::string_view entry, std::int64_t number) {
  constexpr std::size_t surely_local = 100, shortest_cell = 4;  // 512 bytes are the smallest page
  cell_.clear();
  append_varint(cell_, entry.size());
  if (kind_ == Kind::rows) append_varint(cell_, static_cast<std::uint64_t>(number));
  if (entry.size() <= surely_local)
    cell_ += entry;
  else
    cell_ += local_part(entry);
  if (cell_.size() < shortest_cell) cell_.resize(shortest_cell);
  put_or_split(0, cell_);
  last_number_ = number;
}

void PageTree::finish() {
  std::uint32_t child = 0;
  for (std::size_t level = 0; level < levels_.size(); ++level) {
    close(level, child);
    if (level + 1 == levels_.size())
      file_.write(root_, levels_[level].page);
    else
      child = file_.append(levels_[level].page);
  }
}

}  // namespace chokepoint::detail
