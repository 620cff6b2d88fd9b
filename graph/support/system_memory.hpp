#pragma once

#include <cstddef>
#include <utility>

namespace chokepoint::detail {

/// Memory for large arrays, straight from the system and back to it: what the heap is given back it may keep, for
/// threads that do not ask for it. Zeroed; in huge pages where it is large and the system has them.
class SystemMemory {
 public:
  SystemMemory() = default;
  /// @throws std::bad_alloc
  explicit SystemMemory(std::size_t bytes);
  ~SystemMemory();
  SystemMemory(SystemMemory&& other) noexcept
      : data_(std::exchange(other.data_, nullptr)), size_(std::exchange(other.size_, 0)) {}
  SystemMemory& operator=(SystemMemory&& other) noexcept {
    std::swap(data_, other.data_);
    std::swap(size_, other.size_);
    return *this;
  }

  [[nodiscard]] char* data() const { return data_; }
  /// At least as many bytes as were asked for.
  [[nodiscard]] std::size_t size() const { return size_; }
  /// Makes room for at least so many bytes. What is there keeps its bytes, not its place: pages are moved, not copied.
  /// @throws std::bad_alloc
  void grow(std::size_t bytes);

 private:
  char* data_ = nullptr;
  std::size_t size_ = 0;
};

}  // namespace chokepoint::detail
