#pragma once

#include <cassert>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

namespace chokepoint::detail {

/// Writes values one behind the other into bytes that an Unpacker reads back in the same order.
class Packer {
 public:
  void clear() { bytes_.clear(); }
  [[nodiscard]] std::string_view bytes() const { return bytes_; }

  /// Seven bits a byte, lowest first: small numbers are short.
  void number(std::uint64_t value) {
    for (; value >= 0x80; value >>= 7U) bytes_.push_back(static_cast<char>(value | 0x80U));
    bytes_.push_back(static_cast<char>(value));
  }
  /// Eight bytes, highest first: bytewise order is the order of the numbers.
  void fixed(std::uint64_t value) {
    char bytes[sizeof value];
    for (std::size_t i = 0; i < sizeof value; ++i) bytes[i] = static_cast<char>(value >> (56 - 8 * i));
    bytes_.append(bytes, sizeof value);
  }
  void real(double value) {
    std::uint64_t bits = 0;
    std::memcpy(&bits, &value, sizeof bits);
    fixed(bits);
  }
  void text(std::string_view value) {
    number(value.size());
    bytes_ += value;
  }
  /// Ended by a zero byte: bytewise order is the order of the texts. @pre no NUL in it
  void ended_text(std::string_view value) {
    bytes_ += value;
    bytes_.push_back('\0');
  }

 private:
  std::string bytes_;
};

/// Reads what a Packer wrote. Texts stay valid as long as the bytes.
class Unpacker {
 public:
  explicit Unpacker(std::string_view bytes) : rest_(bytes) {}
  [[nodiscard]] bool at_end() const { return rest_.empty(); }

  std::uint64_t number() {
    std::uint64_t value = 0;
    for (unsigned shift = 0;; shift += 7) {
      const auto byte = static_cast<unsigned char>(take(1).front());
      value |= static_cast<std::uint64_t>(byte & 0x7FU) << shift;
      if (byte < 0x80) return value;
    }
  }
  std::uint64_t fixed() {
    std::uint64_t value = 0;
    const std::string_view bytes = take(sizeof value);
    for (std::size_t i = 0; i < sizeof value; ++i) value = value << 8U | static_cast<unsigned char>(bytes[i]);
    return value;
  }
  double real() {
    const std::uint64_t bits = fixed();
    double value = 0;
    std::memcpy(&value, &bits, sizeof value);
    return value;
  }
  std::string_view text() { return take(number()); }
  std::string_view ended_text() {
    const std::string_view value = take(rest_.find('\0'));
    rest_.remove_prefix(1);
    return value;
  }

 private:
  std::string_view take(std::size_t bytes) {
    assert(bytes <= rest_.size());
    const std::string_view taken = rest_.substr(0, bytes);
    rest_.remove_prefix(bytes);
    return taken;
  }
  std::string_view rest_;
};

}  // namespace chokepoint::detail
