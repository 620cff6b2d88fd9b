#pragma once

#include <charconv>
#include <cmath>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <ostream>
#include <string>
#include <string_view>

namespace chokepoint::detail {

/// Collects text and hands it to a stream in large pieces; every exporter writes through one, because formatted
/// stream output costs a virtual call and a locale look-up per value. Numbers are locale-free.
class TextBuffer {
 public:
  explicit TextBuffer(std::ostream& out) : out_(out) { buffer_.reserve(capacity + slack); }
  TextBuffer(const TextBuffer&) = delete;
  TextBuffer& operator=(const TextBuffer&) = delete;
  /// What is left is the caller's to `flush()`: a failing stream may throw, a destructor may not.
  ~TextBuffer() = default;

  void put(char character) { buffer_.push_back(character); }
  void put(std::string_view text) {
    buffer_.append(text);
    if (buffer_.size() >= capacity) flush();
  }
  void put(std::size_t count, char character) { buffer_.append(count, character); }
  template <std::integral Integer>
    requires(!std::same_as<Integer, char> && !std::same_as<Integer, bool>)
  void put_number(Integer value) {
    char text[24];
    const auto end = std::to_chars(text, text + sizeof text, value).ptr;
    put(std::string_view(text, static_cast<std::size_t>(end - text)));
  }
  /// Shortest text that reads back as the same double; whole numbers below 1e15 without exponent.
  /// @pre `value` is finite
  void put_number(double value) {
    if (std::abs(value) < 1e15 && value == std::trunc(value)) return put_number(static_cast<std::int64_t>(value));
    char text[32];
    const auto end = std::to_chars(text, text + sizeof text, value).ptr;
    put(std::string_view(text, static_cast<std::size_t>(end - text)));
  }

  void flush() {
    out_.write(buffer_.data(), static_cast<std::streamsize>(buffer_.size()));
    buffer_.clear();
  }

 private:
  static constexpr std::size_t capacity = std::size_t{1} << 18U;
  static constexpr std::size_t slack = 4096;
  std::ostream& out_;
  std::string buffer_;
};

}  // namespace chokepoint::detail
