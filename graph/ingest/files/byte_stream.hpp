#pragma once

#include "ingest/files/file_pieces.hpp"
#include "ingest/files/input_file.hpp"

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace chokepoint::detail {

/// RapidJSON's input stream concept over a file or a piece of one, counting lines and hashing what it reads.
class ByteStream {
 public:
  using Ch = char;

  ByteStream(InputFile& file, std::function<void(std::uint64_t)> on_bytes);
  /// @param piece  outlives the stream
  explicit ByteStream(const FilePieces::Piece& piece)
      : data_(piece.text.data()), end_(piece.text.size()), before_(piece.begin), line_(piece.line) {}
  ByteStream(const ByteStream&) = delete;
  ByteStream& operator=(const ByteStream&) = delete;

  [[nodiscard]] Ch Peek() const { return at_ < end_ ? data_[at_] : '\0'; }
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
  [[nodiscard]] std::uint64_t hash() const { return hash_.value(); }
  void skip_line();
  /// What is left of the line, without its end; empty where its end was not read yet.
  [[nodiscard]] std::string_view rest_of_line() const;
  void skip_space();
  void skip_byte_order_mark();

 private:
  void advance() {
    if (at_ >= end_) return;
    if (data_[at_] == '\n') ++line_;
    if (++at_ == end_) fill();
  }
  void fill();

  InputFile* file_ = nullptr;  ///< none: what is there is all
  std::function<void(std::uint64_t)> on_bytes_;
  std::vector<char> buffer_;
  const char* data_ = nullptr;
  std::size_t at_ = 0, end_ = 0;
  std::uint64_t before_ = 0;  ///< bytes of the file in front of the buffer
  std::uint64_t line_ = 1;
  BlockHash hash_;
};

}  // namespace chokepoint::detail
