#include "ingest/tables/table_spool.hpp"

#include "chokepoint/support/error.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

namespace chokepoint::detail {

namespace {

void put_number(std::string& out, std::uint64_t number) {
  while (number >= 0x80) {
    out.push_back(static_cast<char>(number | 0x80));
    number >>= 7U;
  }
  out.push_back(static_cast<char>(number));
}

/// The type of a column whose values are of both.
FlatType joined(FlatType a, FlatType b) { return a == b ? a : FlatType::text; }

}  // namespace

SpooledTable::SpooledTable(std::string name, std::optional<FlatKind> kind) : name_(std::move(name)), kind_(kind) {}

std::size_t SpooledTable::column(std::string_view name, FlatType type, std::optional<Target> role,
                                 std::string_view key) {
  if (const auto known = column_at_.find(name); known != column_at_.end()) {
    FlatType& kept = columns_[known->second].type;
    kept = joined(kept, type);
    return known->second;
  }
  if (columns_.size() >= column_limit) throw UsageError(fmt::format("more than {} kinds of fields", column_limit));
  columns_.push_back({std::string(name), type, role, std::string(key), false});
  column_at_.emplace(name, columns_.size() - 1);
  at_in_row_.push_back(0);
  is_untyped_.push_back(false);
  return columns_.size() - 1;
}

std::size_t SpooledTable::untyped_column(std::string_view name) {
  const std::size_t before = columns_.size(), at = column(name);
  if (columns_.size() > before) is_untyped_[at] = true;
  return at;
}

void SpooledTable::set_typed(std::size_t column, std::string_view value, FlatType type) {
  if (value.empty()) return;
  FlatType& kept = columns_[column].type;
  kept = is_untyped_[column] ? type : joined(kept, type);
  is_untyped_[column] = false;
  set(column, value);
}

void SpooledTable::begin_row(std::uint64_t line, std::uint64_t number) {
  line_ = line;
  number_ = number != 0 ? number : next_number_;
  next_number_ = number_ + 1;
}

void SpooledTable::set(std::size_t column, std::string_view value) {
  if (value.empty()) return;
  std::size_t& at = at_in_row_[column];
  if (at != 0) {
    std::string& kept = row_[at - 1].second;
    kept.push_back(list_mark);
    kept += value;
    return;
  }
  if (row_size_ == row_.size()) row_.emplace_back();
  row_[row_size_].first = column;
  row_[row_size_].second = value;
  at = ++row_size_;
}

void SpooledTable::end_row() {
  if (row_size_ > 0) {
    put_number(buffer_, line_);
    put_number(buffer_, number_);
    put_number(buffer_, row_size_);
    for (std::size_t i = 0; i < row_size_; ++i) {
      put_number(buffer_, row_[i].first);
      put_number(buffer_, row_[i].second.size());
      buffer_ += row_[i].second;
      at_in_row_[row_[i].first] = 0;
    }
    ++row_count_;
    if (buffer_.size() >= memory_bytes) write_out();
  }
  row_size_ = 0;
}

void SpooledTable::write_out() {
  if (!file_) file_.reset(std::tmpfile());
  if (!file_) throw IoError(fmt::format("no temporary file: {}", std::strerror(errno)));
  if (std::fwrite(buffer_.data(), 1, buffer_.size(), file_.get()) != buffer_.size())
    throw IoError(fmt::format("writing a temporary file: {}", std::strerror(errno)));
  file_bytes_ += buffer_.size();
  buffer_.clear();
}

/// Reads what lies in the file, then what is still in memory.
class SpooledRows : public FlatRows {
 public:
  SpooledRows(const SpooledTable& table, std::function<void(std::uint64_t)> on_bytes)
      : table_(table), on_bytes_(std::move(on_bytes)), values_(table.columns_.size()) {
    if (table_.file_) std::fflush(table_.file_.get());
  }

  bool next(FlatRow& row) override {
    for (const std::size_t column : filled_) values_[column] = {};
    filled_.clear();
    if (left_ == 0) return false;
    --left_;
    row.line = number();
    row.number = number();
    const std::uint64_t count = number();
    texts_.resize(std::max<std::size_t>(texts_.size(), count));
    for (std::uint64_t i = 0; i < count; ++i) {
      const auto column = static_cast<std::size_t>(number());
      texts_[i].resize(number());
      take(texts_[i].data(), texts_[i].size());
      values_[column] = texts_[i];
      filled_.push_back(column);
    }
    row.values = values_;
    return true;
  }

 private:
  std::uint64_t number() {
    std::uint64_t value = 0;
    for (unsigned shift = 0;; shift += 7) {
      char byte = 0;
      take(&byte, 1);
      value |= static_cast<std::uint64_t>(static_cast<unsigned char>(byte) & 0x7FU) << shift;
      if ((static_cast<unsigned char>(byte) & 0x80U) == 0) return value;
    }
  }

  void take(char* to, std::size_t bytes) {
    while (bytes > 0) {
      if (at_ == block_.size()) fill();
      const std::size_t part = std::min(bytes, block_.size() - at_);
      std::memcpy(to, block_.data() + at_, part);
      at_ += part;
      to += part;
      bytes -= part;
    }
  }

  void fill() {
    at_ = 0;
    if (read_ == table_.file_bytes_) {
      block_ = table_.buffer_;
    } else {
      block_.resize(std::min<std::uint64_t>(block_bytes, table_.file_bytes_ - read_));
      // Several readers may stand at different places of the one file.
      if (std::fseek(table_.file_.get(), static_cast<long>(read_), SEEK_SET) != 0 ||
          std::fread(block_.data(), 1, block_.size(), table_.file_.get()) != block_.size())
        throw IoError(fmt::format("reading a temporary file: {}", std::strerror(errno)));
    }
    read_ += block_.size();
    if (on_bytes_) on_bytes_(read_);
  }

  static constexpr std::size_t block_bytes = std::size_t{1} << 18U;
  const SpooledTable& table_;
  std::function<void(std::uint64_t)> on_bytes_;
  std::vector<std::string_view> values_;
  std::vector<std::size_t> filled_;
  std::vector<std::string> texts_;
  std::string block_;
  std::size_t at_ = 0;
  std::uint64_t read_ = 0, left_ = table_.row_count_;
};

std::unique_ptr<FlatRows> SpooledTable::rows(std::function<void(std::uint64_t)> on_bytes) const {
  return std::make_unique<SpooledRows>(*this, std::move(on_bytes));
}

}  // namespace chokepoint::detail
