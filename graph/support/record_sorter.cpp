#include "support/record_sorter.hpp"

#include "support/temporary_file.hpp"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <new>
#include <numeric>
#include <utility>

namespace chokepoint::detail {

struct CloseRunFile {
  void operator()(std::FILE* file) const { std::fclose(file); }
};
using RunFile = std::unique_ptr<std::FILE, CloseRunFile>;

namespace {

constexpr std::size_t chunk_bytes = std::size_t{4} << 20U;
constexpr std::size_t first_entry_bytes = std::size_t{64} << 10U;
constexpr std::string_view what = "a temporary file for sorting";
constexpr std::size_t run_buffer_bytes = std::size_t{1} << 18U;

[[noreturn]] void fail_sorting(const char* doing) { fail_temporary(doing, what); }

/// A file that has no name any more, so that nothing is left behind however the program ends.
RunFile nameless_file() {
  const auto [descriptor, path] = temporary_file("sort", what);
  unlink(path.c_str());
  RunFile file(fdopen(descriptor, "w+b"));
  if (!file) {
    close(descriptor);
    fail_sorting("opening");
  }
  std::setvbuf(file.get(), nullptr, _IOFBF, run_buffer_bytes);
  return file;
}

/// Below this many entries comparing them is the faster way to sort them.
constexpr std::size_t few = 256;

}  // namespace

SortKey prefix_key(std::string_view text) {
  std::array<unsigned char, 16> bytes{};
  std::memcpy(bytes.data(), text.data(), std::min(text.size(), bytes.size()));
  SortKey key;
  for (std::size_t i = 0; i < 8; ++i) {
    key.high = key.high << 8U | bytes[i];
    key.low = key.low << 8U | bytes[i + 8];
  }
  return key;
}

std::size_t sorting_memory(std::uint64_t input_bytes) {
  constexpr std::size_t least = std::size_t{8} << 20U, times = 2;
  constexpr std::size_t unbounded = static_cast<std::size_t>(-1);
  if (input_bytes == 0 || input_bytes > (unbounded - least) / times) return unbounded;
  return least + times * static_cast<std::size_t>(input_bytes);
}

/// One sorted run on disk: key, size and bytes of each record.
class RecordSorter::Run {
 public:
  Run() : file_(nameless_file()) {}

  void write(const Entry& entry) {
    const Head head{entry.key, entry.size};
    if (std::fwrite(&head, sizeof head, 1, file_.get()) != 1 ||
        std::fwrite(entry.bytes, 1, entry.size, file_.get()) != entry.size)
      fail_sorting("writing");
  }
  void rewind() {
    if (std::fflush(file_.get()) != 0) fail_sorting("writing");
    std::rewind(file_.get());
  }
  bool read() {
    Head head;
    if (std::fread(&head, sizeof head, 1, file_.get()) != 1) {
      if (std::ferror(file_.get()) != 0) fail_sorting("reading");
      return false;
    }
    bytes_.resize(head.size);
    if (std::fread(bytes_.data(), 1, head.size, file_.get()) != head.size) fail_sorting("reading");
    key_ = head.key;
    return true;
  }
  [[nodiscard]] Entry entry() const { return {key_, bytes_.data(), static_cast<std::uint32_t>(bytes_.size())}; }
  /// The record read last, given away so that the next one can be read.
  void take(std::string& bytes) { std::swap(bytes, bytes_); }
  std::string spent;

 private:
  struct Head {
    SortKey key;
    std::uint64_t size = 0;
  };
  RunFile file_;
  SortKey key_;
  std::string bytes_;
};

RecordSorter::RecordSorter(std::size_t memory_bytes) : limit_(memory_bytes) {}
RecordSorter::~RecordSorter() = default;

void RecordSorter::limit_memory(std::size_t bytes) { limit_ = std::min(limit_, bytes); }

bool RecordSorter::before(const Entry& a, const Entry& b) {
  if (a.key.high != b.key.high) return a.key.high < b.key.high;
  if (a.key.low != b.key.low) return a.key.low < b.key.low;
  const int order = std::memcmp(a.bytes, b.bytes, std::min(a.size, b.size));
  return order != 0 ? order < 0 : a.size < b.size;
}

void RecordSorter::add(SortKey key, std::string_view record) {
  if (held_ + record.size() + sizeof(Entry) > limit_ && entries_ != 0) write_run();
  if (record.size() > chunk_left_ || chunks_.empty()) {
    chunk_left_ = std::max(chunk_bytes, record.size());
    chunks_.emplace_back(chunk_left_);
    chunk_at_ = chunks_.back().data();
  }
  if (!record.empty()) std::memcpy(chunk_at_, record.data(), record.size());
  add_entry({key, chunk_at_, static_cast<std::uint32_t>(record.size())});
  chunk_at_ += record.size();
  chunk_left_ -= record.size();
  held_ += record.size() + sizeof(Entry);
  ++added_;
}

void RecordSorter::add_entry(const Entry& entry) {
  if ((entries_ + 1) * sizeof(Entry) > entry_memory_.size())
    entry_memory_.grow(std::max(first_entry_bytes, 2 * entry_memory_.size()));
  new (entries() + entries_++) Entry(entry);
}

/// Sorts entries that agree in all bits of `key.high` above the eight at `shift`: by those eight in place, each entry
/// moved once, then each part by the next eight. A quarter of what comparing takes for many entries.
/// @see McIlroy, Bostic, McIlroy, Engineering Radix Sort, Computing Systems 6, 1993 ("American flag sort")
void RecordSorter::sort(Entry* first, Entry* last, int shift) {
  const auto digit = [&](const Entry& entry) { return entry.key.high >> shift & 0xFFU; };
  std::array<std::size_t, 257> begin{};
  const auto count = static_cast<std::size_t>(last - first);
  do {
    if (count < few || shift < 0) return std::sort(first, last, before);
    begin.fill(0);
    for (const Entry* entry = first; entry != last; ++entry) ++begin[digit(*entry) + 1];
    shift -= 8;
  } while (begin[(first->key.high >> (shift + 8) & 0xFFU) + 1] == count);  // all agree in these eight, too
  shift += 8;
  std::partial_sum(begin.begin(), begin.end(), begin.begin());
  std::array<std::size_t, 256> next;  // NOLINT: filled in the next line
  std::copy(begin.begin(), begin.end() - 1, next.begin());
  for (std::size_t part = 0; part < next.size(); ++part) {
    while (next[part] < begin[part + 1]) {
      Entry entry = first[next[part]];
      for (std::size_t to = digit(entry); to != part; to = digit(entry)) std::swap(entry, first[next[to]++]);
      first[next[part]++] = entry;
    }
  }
  for (std::size_t part = 0; part < next.size(); ++part)
    if (begin[part] != begin[part + 1]) sort(first + begin[part], first + begin[part + 1], shift - 8);
}

void RecordSorter::sort_entries() {
  constexpr int highest_byte = 56;
  sort(entries(), entries() + entries_, highest_byte);
}

void RecordSorter::write_run() {
  sort_entries();
  auto run = std::make_unique<Run>();
  for (std::size_t i = 0; i < entries_; ++i) run->write(entries()[i]);
  run->rewind();
  runs_.push_back(std::move(run));
  entries_ = held_ = 0;
  // The next run begins where this one did: what comes fresh from the system must be zeroed first.
  const bool is_plain = chunks_.front().size() == chunk_bytes;
  chunks_.erase(chunks_.begin() + (is_plain ? 1 : 0), chunks_.end());
  chunk_at_ = is_plain ? chunks_.front().data() : nullptr;
  chunk_left_ = is_plain ? chunk_bytes : 0;
}

void RecordSorter::start_reading() {
  reading_ = true;
  if (!runs_.empty() && entries_ != 0) write_run();
  if (!runs_.empty()) {
    entry_memory_ = SystemMemory();
    chunks_.clear();
  }
  sort_entries();
  for (const auto& run : runs_)
    if (run->read()) heap_.push_back(run.get());
  std::make_heap(heap_.begin(), heap_.end(), [](const Run* a, const Run* b) { return before(b->entry(), a->entry()); });
}

/// At the end: whoever sorts next needs the memory, and the disk. @return false
bool RecordSorter::let_go() {
  now_ = {};
  entry_memory_ = SystemMemory();
  chunks_.clear();
  runs_.clear();
  entries_ = at_ = held_ = 0;
  return false;
}

bool RecordSorter::next() {
  if (!reading_) start_reading();
  if (runs_.empty()) {
    if (at_ == entries_) return let_go();
    // Sorted records lie anywhere in memory: those that are read soon are fetched while this one is worked on.
    constexpr std::size_t ahead = 8;
    if (at_ + ahead < entries_) __builtin_prefetch(entries()[at_ + ahead].bytes);
    const Entry& entry = entries()[at_++];
    now_key_ = entry.key;
    now_ = {entry.bytes, entry.size};
    return true;
  }
  if (heap_.empty()) return let_go();
  const auto later = [](const Run* a, const Run* b) { return before(b->entry(), a->entry()); };
  std::pop_heap(heap_.begin(), heap_.end(), later);
  Run* run = heap_.back();
  now_key_ = run->entry().key;
  run->take(run->spent);
  now_ = run->spent;
  if (run->read())
    std::push_heap(heap_.begin(), heap_.end(), later);
  else
    heap_.pop_back();
  return true;
}

}  // namespace chokepoint::detail
