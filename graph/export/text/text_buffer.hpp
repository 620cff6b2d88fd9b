#pragma once

#include <charconv>
#include <cmath>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <ostream>
#include <string_view>

namespace chokepoint::detail {

/// Collects text and hands it to a stream in large pieces; every exporter writes through one, because formatted
/// stream output costs a virtual call and a locale look-up per value. Numbers are locale-free.
class TextBuffer {
 public:
  explicit TextBuffer(std::ostream& out) : out_(out), buffer_(new char[capacity]) {}
  TextBuffer(const TextBuffer&) = delete;
  TextBuffer& operator=(const TextBuffer&) = delete;
  /// What is left is the caller's to `flush()`: a failing stream may throw, a destructor may not.
  ~TextBuffer() = default;

  void put(char character) {
    make_room(1);
    buffer_[size_++] = character;
  }
  void put(std::string_view text) {
    while (text.size() > capacity - size_) {
      const std::size_t fits = capacity - size_;
      std::memcpy(buffer_.get() + size_, text.data(), fits);
      size_ += fits;
      text.remove_prefix(fits);
      flush();
    }
    if (!text.empty()) std::memcpy(buffer_.get() + size_, text.data(), text.size());
    size_ += text.size();
  }
  void put(std::size_t count, char character) {
    for (std::size_t i = 0; i < count; ++i) put(character);
  }
  template <std::integral Integer>
  requires(!std::same_as<Integer, char> && !std::same_as<Integer, bool>) void put_number(Integer value) {
    make_room(longest_number);
    size_ = static_cast<std::size_t>(
        std::to_chars(buffer_.get() + size_, buffer_.get() + size_ + longest_number, value).ptr - buffer_.get());
  }
  /// Shortest text that reads back as the same double; whole numbers below 1e15 without exponent.
  /// @pre `value` is finite
  void put_number(double value) {
    if (std::abs(value) < 1e15 && value == std::trunc(value)) return put_number(static_cast<std::int64_t>(value));
    make_room(longest_number);
    size_ = static_cast<std::size_t>(
        std::to_chars(buffer_.get() + size_, buffer_.get() + size_ + longest_number, value).ptr - buffer_.get());
  }

  /// Room for so many bytes, to be written at once; then `used` says where they end. @pre `bytes` is below 64 KiB
  char* room(std::size_t bytes) {
    make_room(bytes);
    return buffer_.get() + size_;
  }
  void used(const char* end) { size_ = static_cast<std::size_t>(end - buffer_.get()); }

  void flush() {
    out_.write(buffer_.get(), static_cast<std::streamsize>(size_));
    size_ = 0;
  }

 private:
  static constexpr std::size_t capacity = std::size_t{1} << 20U;
  static constexpr std::size_t longest_number = 32;

  void make_room(std::size_t bytes) {
    if (capacity - size_ < bytes) flush();
  }

  std::ostream& out_;
  std::unique_ptr<char[]> buffer_;
  std::size_t size_ = 0;
};

}  // namespace chokepoint::detail
