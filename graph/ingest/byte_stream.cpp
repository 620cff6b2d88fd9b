#include "ingest/byte_stream.hpp"

#include "chokepoint/model/text.hpp"

#include <string_view>

namespace chokepoint::detail {

namespace {
constexpr std::size_t buffer_bytes = 1U << 18U;
}

ByteStream::ByteStream(InputFile& file, std::function<void(std::uint64_t)> on_bytes)
    : file_(file), on_bytes_(std::move(on_bytes)), buffer_(buffer_bytes) {
  file_.rewind();
  fill();
}

void ByteStream::fill() {
  before_ += end_;
  at_ = 0;
  end_ = file_.read(buffer_.data(), buffer_.size());
  // Chained block hashes: enough to notice that a file changed between two passes.
  hash_ = hash_ * 0x9E3779B97F4A7C15ULL + hash_bytes(std::string_view(buffer_.data(), end_));
  if (on_bytes_) on_bytes_(before_ + end_);
}

void ByteStream::skip_line() {
  while (!at_end() && Peek() != '\n') advance();
  if (!at_end()) advance();
}

void ByteStream::skip_space() {
  while (!at_end() && (Peek() == ' ' || Peek() == '\t' || Peek() == '\n' || Peek() == '\r')) advance();
}

void ByteStream::skip_byte_order_mark() {
  if (end_ >= 3 && buffer_[0] == '\xEF' && buffer_[1] == '\xBB' && buffer_[2] == '\xBF')
    for (int i = 0; i < 3; ++i) advance();
}

}  // namespace chokepoint::detail
