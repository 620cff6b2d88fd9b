#pragma once

#include "support/system_memory.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace chokepoint::detail {

/// What a record is sorted by first; records of equal keys are sorted by their bytes.
struct SortKey {
  std::uint64_t high = 0, low = 0;
  friend auto operator<=>(const SortKey&, const SortKey&) = default;
};

/// The first 16 bytes of a text, so that texts are mostly told apart without looking at them.
SortKey prefix_key(std::string_view text);

/// What each sorter of an import may hold of its records: so much that usual files are sorted in memory, and in
/// proportion to the file where its rows are so short that their records are many times as long.
/// @param input_bytes  0: unknown, no bound
std::size_t sorting_memory(std::uint64_t input_bytes);

/// Sorts any number of records in bounded memory: what does not fit goes to nameless temporary files as sorted runs,
/// which are merged when the records are read. O(n log n)
class RecordSorter {
 public:
  /// @param memory_bytes  a bound on what is held before a run is written
  explicit RecordSorter(std::size_t memory_bytes);
  ~RecordSorter();
  RecordSorter(const RecordSorter&) = delete;
  RecordSorter& operator=(const RecordSorter&) = delete;

  /// Lowers the bound.
  void limit_memory(std::size_t bytes);
  /// @pre next() was not called yet. @throws IoError when a run cannot be written
  void add(SortKey key, std::string_view record);
  [[nodiscard]] std::uint64_t size() const { return added_; }
  /// How many runs lie on disk.
  [[nodiscard]] std::size_t runs() const { return runs_.size(); }
  /// Bytes of records that lie in memory.
  [[nodiscard]] std::size_t held() const { return held_; }

  /// Moves to the next record in order. @return false at the end, where all memory is let go of. @throws IoError
  bool next();
  /// The record next() moved to; valid until it is called again.
  [[nodiscard]] SortKey key() const { return now_key_; }
  [[nodiscard]] std::string_view record() const { return now_; }

 private:
  struct Entry {
    SortKey key;
    const char* bytes;
    std::uint32_t size;
  };
  class Run;
  static bool before(const Entry& a, const Entry& b);
  static void sort(Entry* first, Entry* last, int shift);
  [[nodiscard]] Entry* entries() const { return reinterpret_cast<Entry*>(entry_memory_.data()); }
  void add_entry(const Entry& entry);
  void sort_entries();
  void write_run();
  void start_reading();
  bool let_go();

  std::size_t limit_;
  std::size_t held_ = 0;  ///< bytes of chunks and entries
  std::uint64_t added_ = 0;
  bool reading_ = false;
  std::vector<SystemMemory> chunks_;
  std::size_t chunk_left_ = 0;
  char* chunk_at_ = nullptr;
  SystemMemory entry_memory_;
  std::size_t entries_ = 0;  ///< in that memory
  std::size_t at_ = 0;       ///< the next entry to be read
  std::vector<std::unique_ptr<Run>> runs_;
  std::vector<Run*> heap_;  ///< runs with records left, the least on top
  SortKey now_key_;
  std::string_view now_;
};

}  // namespace chokepoint::detail
