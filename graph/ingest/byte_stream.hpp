#pragma once

#include "ingest/input_file.hpp"

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace chokepoint::detail {

/// RapidJSON's input stream concept over a file, counting lines and hashing what it reads.
class ByteStream {
 public:
  using Ch = char;

  ByteStream(InputFile& file, std::function<void(std::uint64_t)> on_bytes);

  [[nodiscard]] Ch Peek() const { return at_ < end_ ? buffer_[at_] : '\0'; }
  Ch Take() {
    const Ch c = Peek();
    advance();
    return c;
  }
  [[nodiscard]] std::size_t Tell() const { return static_cast<std::size_t>(before_ + at_); }
  // The reader never writes.
  Ch* PutBegin() { return nullptr; }
  void Put(Ch) {}
  void Flush() {}
  std::size_t PutEnd(Ch*) { return 0; }

  [[nodiscard]] bool at_end() const { return at_ >= end_; }
  [[nodiscard]] std::uint64_t line() const { return line_; }
  [[nodiscard]] std::uint64_t hash() const { return hash_; }
  void skip_line();
  void skip_space();
  void skip_byte_order_mark();

 private:
  void advance() {
    if (at_ >= end_) return;
    if (buffer_[at_] == '\n') ++line_;
    if (++at_ == end_) fill();
  }
  void fill();

  InputFile& file_;
  std::function<void(std::uint64_t)> on_bytes_;
  std::vector<char> buffer_;
  std::size_t at_ = 0, end_ = 0;
  std::uint64_t before_ = 0;  ///< bytes in front of the buffer
  std::uint64_t line_ = 1;
  std::uint64_t hash_ = 0;
};

}  // namespace chokepoint::detail
