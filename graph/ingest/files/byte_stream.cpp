#include "ingest/files/byte_stream.hpp"

#include <cstring>
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
  while (!at_end()) {
    const auto* end = static_cast<const char*>(std::memchr(data_ + at_, '\n', end_ - at_));
    at_ = end == nullptr ? end_ - 1 : static_cast<std::size_t>(end - data_);
    advance();
    if (end != nullptr) return;
  }
}

std::string_view ByteStream::rest_of_line() const {
  if (at_end()) return {};
  const auto* end = static_cast<const char*>(std::memchr(data_ + at_, '\n', end_ - at_));
  return end == nullptr ? std::string_view()
                        : std::string_view(data_ + at_, static_cast<std::size_t>(end - data_) - at_);
}

void ByteStream::skip_space() {
  while (!at_end() && (Peek() == ' ' || Peek() == '\t' || Peek() == '\n' || Peek() == '\r')) advance();
}

void ByteStream::skip_byte_order_mark() {
  if (before_ == 0 && std::string_view(data_, end_).starts_with("\xEF\xBB\xBF"))
    for (int i = 0; i < 3; ++i) advance();
}

}  // namespace chokepoint::detail
