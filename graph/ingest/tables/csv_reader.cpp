#include "ingest/tables/csv_reader.hpp"

#include "chokepoint/ingest/doubt.hpp"
#include "chokepoint/model/text.hpp"
#include "chokepoint/support/error.hpp"
#include "ingest/tables/csv_start.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <unordered_set>
#include <utility>

namespace chokepoint::detail {

namespace {
constexpr std::size_t buffer_bytes = 1U << 20U;
constexpr int end_of_file = -1;

/// What the encoding of a text that is no UTF-8 may be: Western letters stand alone, East Asian ones take two bytes.
std::string likely_encoding(std::string_view text) {
  std::size_t alone = 0, together = 0;
  for (std::size_t i = 0, run = 0; i <= text.size(); ++i) {
    if (i < text.size() && static_cast<unsigned char>(text[i]) >= 0x80U) {
      ++run;
      continue;
    }
    (run == 1 ? alone : together) += run > 0 ? 1U : 0U;
    run = 0;
  }
  return alone >= together ? "windows-1252" : "gb18030";
}
}  // namespace

CsvReader::CsvReader(InputFile& file, char separator, std::function<void(std::uint64_t)> on_bytes)
    : file_(file), separator_(separator), buffer_(buffer_bytes), on_bytes_(std::move(on_bytes)) {
  file_.rewind();
  if (separator_ == '\0') {
    fill();
    CsvStart start = csv_start({buffer_.data(), end_}, end_ < buffer_.size());
    separator_ = start.separator;
    at_ = start.offset;
    row_ = start.rows;
    line_ += start.lines;
    titles_ = std::move(start.titles);
  }
  CsvRow row;
  if (!read_row(row)) {
    row.number = row.line = 1;
    refuse(row, "", "the file is empty; its first row names the columns");
  }
  check_header(row);
}

void CsvReader::check_header(const CsvRow& row) {
  header_.assign(row.fields.begin(), row.fields.end());
  std::unordered_set<std::string_view> seen;
  for (std::size_t i = 0; i < header_.size(); ++i) {
    if (!header_[i].empty()) named_ = i + 1;
    // Spreadsheets write columns behind the last one that is used; they need names to be told apart.
    if (header_[i].empty() && seen.contains(header_[i])) header_[i] = fmt::format("(column {})", i + 1);
    if (seen.contains(header_[i])) {
      header_[i] += fmt::format(" (column {})", i + 1);
      renamed_.push_back(header_[i]);
    }
    if (!seen.insert(header_[i]).second) refuse(row, header_[i], "two columns have this name");
  }
}

void CsvReader::refuse_count(const CsvRow& row, std::size_t fields) const {
  if (header_.empty()) refuse(row, "", fmt::format("the first row has more than {} columns", column_limit));
  refuse(row, "", count_fault(fields));
}

std::string CsvReader::count_fault(std::size_t fields) const {
  return fmt::format("{} fields where the header has {}", fields, header_.size());
}

/// Reads on behind what is left in the buffer. @return false at the end of the file
bool CsvReader::fill() {
  std::move(buffer_.begin() + static_cast<std::ptrdiff_t>(at_), buffer_.begin() + static_cast<std::ptrdiff_t>(end_),
            buffer_.begin());
  end_ -= at_;
  at_ = 0;
  const std::size_t got = file_.read(buffer_.data() + end_, buffer_.size() - end_);
  end_ += got;
  read_ += got;
  if (on_bytes_ && got > 0) on_bytes_(read_);
  return got > 0;
}

int CsvReader::peek() {
  if (at_ == end_ && !fill()) return end_of_file;
  return static_cast<unsigned char>(buffer_[at_]);
}

int CsvReader::take() {
  const int c = peek();
  if (c == end_of_file) return c;
  ++at_;
  if (c == '\n') ++line_;
  return c;
}

void CsvReader::refuse(const CsvRow& row, std::string_view column, const std::string& message) const {
  std::string where = fmt::format("row {}", row.number);
  if (!column.empty()) where += fmt::format(", column {}", column);
  throw IngestError(fmt::format("{}: 1 problem; nothing was imported", file_.name()),
                    {{file_.name(), row.line, where, message}}, 1);
}

std::size_t CsvReader::column(std::string_view name) const {
  const auto found = std::find(header_.begin(), header_.end(), name);
  if (found == header_.end())
    refuse({1, 1, {}}, "", fmt::format("the column {} is missing; there are: {}", name, fmt::join(header_, ", ")));
  return static_cast<std::size_t>(found - header_.begin());
}

void CsvReader::check_field(std::string_view field, const CsvRow& row) const {
  if (field.size() > field_limit) refuse(row, "", fmt::format("a field of over {} bytes", field_limit));
  if (field.find('\0') != std::string_view::npos) refuse(row, "", "a field holds a NUL character");
  if (is_valid_utf8(field)) return;
  throw DoubtfulText(
      fmt::format("{}: 1 problem; nothing was imported", file_.name()),
      {{file_.name(), row.line, fmt::format("row {}", row.number),
        "a field is not valid UTF-8; name the file's encoding, --encoding windows-1252 or gb18030, say"}},
      {"--encoding", likely_encoding(field)});
}

/// Most rows stand in the buffer whole and hold no quote: their fields are taken as they stand.
/// @return false for any other row, of which nothing was read then
bool CsvReader::read_plain_row(CsvRow& row) {
  const char* begin = buffer_.data() + at_;
  const auto* end = static_cast<const char*>(std::memchr(begin, '\n', end_ - at_));
  if (end == nullptr && fill()) {
    begin = buffer_.data() + at_;
    end = static_cast<const char*>(std::memchr(begin, '\n', end_ - at_));
  }
  if (end == nullptr) return false;
  std::string_view line(begin, static_cast<std::size_t>(end - begin));
  if (line.ends_with('\r')) line.remove_suffix(1);
  bool plain = line.size() <= field_limit;
  for (const char c : line) plain = plain && c > 0 && c != '"' && c != '\r';  // ASCII alone
  if (!plain || line.empty()) return false;
  row.line = line_++;
  row.number = ++row_;
  while (true) {
    const auto* next = static_cast<const char*>(std::memchr(line.data(), separator_, line.size()));
    if (next == nullptr) break;
    row.fields.emplace_back(line.data(), static_cast<std::size_t>(next - line.data()));
    line.remove_prefix(row.fields.back().size() + 1);
  }
  row.fields.push_back(line);
  if (header_.empty() && row.fields.size() > column_limit) refuse_count(row, row.fields.size());
  at_ += static_cast<std::size_t>(end - begin) + 1;
  return true;
}

void CsvReader::read_quoted(std::string& field, const CsvRow& row) {
  take();
  for (;;) {
    const int c = take();
    if (c == end_of_file) refuse(row, "", "a quote is opened and never closed");
    if (c == '"') {
      if (peek() != '"') return;
      take();
    }
    field.push_back(static_cast<char>(c));
    if (field.size() > field_limit) check_field(field, row);
  }
}

bool CsvReader::read_row(CsvRow& row) {
  row.fields.clear();
  if (at_ < end_ && read_plain_row(row)) return true;
  // Blank lines are no rows.
  while (peek() == '\n' || peek() == '\r') take();
  if (peek() == end_of_file) return false;
  row.line = line_;
  row.number = ++row_;
  texts_.clear();
  const std::size_t most = header_.empty() ? column_limit : header_.size();
  std::size_t count = 0;
  for (;;) {
    std::string field;
    // A byte-order mark stands before the first quote of the file.
    if (row.number == 1 && count == 0 && peek() == 0xEF)
      for (int i = 0; i < 3; ++i) take();
    if (peek() == '"') {
      read_quoted(field, row);
      const int after = peek();
      if (after != separator_ && after != '\n' && after != '\r' && after != end_of_file)
        refuse(row, "", "text stands behind a closing quote; a quote inside a field is written twice");
    } else {
      for (int c = peek(); c != separator_ && c != '\n' && c != '\r' && c != end_of_file; c = peek()) {
        if (c == '"') refuse(row, "", "a quote stands inside an unquoted field; put the field in quotes");
        field.push_back(static_cast<char>(take()));
        if (field.size() > field_limit) check_field(field, row);
      }
    }
    check_field(field, row);
    // Of a row that is too long only the number of its fields matters.
    if (++count <= most) texts_.push_back(std::move(field));
    const int end = take();
    if (end == separator_) continue;
    if (end == '\r' && peek() == '\n') take();
    if (count > most && header_.empty()) refuse_count(row, count);
    surplus_ = count > most ? count : 0;
    row.fields.assign(texts_.begin(), texts_.end());
    return true;
  }
}

bool CsvReader::next(CsvRow& row, std::string& fault) {
  surplus_ = 0;
  if (!read_row(row)) return false;
  const std::size_t count = surplus_ > 0 ? surplus_ : row.fields.size();
  fault.clear();
  // A row may end before columns that have no name.
  if (count >= named_ && count < header_.size())
    row.fields.resize(header_.size());
  else if (count != header_.size())
    fault = count_fault(count);
  return true;
}

bool CsvReader::next(CsvRow& row) {
  std::string fault;
  if (!next(row, fault)) return false;
  if (!fault.empty()) refuse(row, "", fault);
  return true;
}

}  // namespace chokepoint::detail
