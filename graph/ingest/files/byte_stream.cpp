#include "ingest/files/byte_stream.hpp"

#include <string_view>

namespace chokepoint::detail {

ByteStream::ByteStream(InputFile& file, std::function<void(std::uint64_t)> on_bytes)
    : file_(&file), on_bytes_(std::move(on_bytes)), buffer_(BlockHash::block_bytes), data_(buffer_.data()) {
  file_->rewind();
  fill();
}

void ByteStream::fill() {
  before_ += end_;
  at_ = 0;
  end_ = 0;
  if (file_ == nullptr) return;
  end_ = file_->read(buffer_.data(), buffer_.size());
  hash_.add(std::string_view(data_, end_));
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
  if (before_ == 0 && std::string_view(data_, end_).starts_with("\xEF\xBB\xBF"))
    for (int i = 0; i < 3; ++i) advance();
}

}  // namespace chokepoint::detail
