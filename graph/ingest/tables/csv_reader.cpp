#include "ingest/tables/csv_reader.hpp"

#include "chokepoint/ingest/doubt.hpp"
#include "chokepoint/model/text.hpp"
#include "chokepoint/support/error.hpp"
#include "ingest/files/likely_encoding.hpp"
#include "ingest/tables/csv_start.hpp"
#include "ingest/tables/header_rows.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <span>
#include <unordered_set>
#include <utility>

namespace chokepoint::detail {

namespace {
constexpr std::size_t buffer_bytes = 1U << 20U;
constexpr int end_of_file = -1;

/// What is said of a second table.
std::string second_table_text(std::span<const std::string_view> header) {
  return fmt::format(
      "a second table seems to begin here, behind an empty line: {}; split the file there, or take the empty line out "
      "where it is a row like the others",
      fmt::join(header, ", "));
}
}  // namespace

CsvReader::CsvReader(InputFile& file, char separator, std::function<void(std::uint64_t)> on_bytes, CsvRules rules)
    : file_(file),
      separator_(separator),
      rules_(std::move(rules)),
      is_foreign_(separator == '\0'),
      buffer_(buffer_bytes),
      on_bytes_(std::move(on_bytes)) {
  file_.rewind();
  if (rules_.begin > 0) {
    file_.seek(rules_.begin);
    read_ = rules_.begin;
    line_ = rules_.line;
  }
  CsvStart start;
  if (is_foreign_) {
    fill();
    start = csv_start({buffer_.data(), end_}, end_ < buffer_.size());
    separator_ = start.separator;
    at_ = start.offset;
    row_ = start.rows;
    line_ += start.lines;
    titles_ = std::move(start.titles);
    mark_ = rules_.comments.empty() ? "#" : rules_.comments == "none" ? "" : rules_.comments;
  }
  read_header(start);
}

void CsvReader::read_header(const CsvStart& start) {
  CsvRow row;
  if (!read_row(row)) {
    row.number = row.line = 1;
    refuse(row, "", "the file is empty; its first row names the columns");
  }
  if (rules_.any_length) {
    header_.assign(row.fields.begin(), row.fields.end());
    return;
  }
  const std::vector<std::string_view> first = row.fields;
  std::vector<std::vector<std::string>> rows{{first.begin(), first.end()}};
  while (rows.size() < start.header_rows && read_row(row)) rows.emplace_back(row.fields.begin(), row.fields.end());
  header_rows_ = rows.size();
  lacks_first_ = start.lacks_first;
  std::vector<std::string> names = header_rows_ > 1 ? joined_names(rows) : std::move(rows.front());
  if (names.empty()) names = std::move(rows.front());
  if (lacks_first_) names.insert(names.begin(), std::string());
  if (start.is_marked) names.front().erase(0, std::min(names.front().find_first_not_of("# "), names.front().size()));
  check_header(row, std::move(names));
}

void CsvReader::check_header(const CsvRow& row, std::vector<std::string> names) {
  header_ = std::move(names);
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
  if (header_.empty() || rules_.any_length)
    refuse(row, "", fmt::format("a row has more than {} columns", column_limit));
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
  const std::uint64_t left = rules_.end - std::min(rules_.end, read_);
  const std::size_t got =
      file_.read(buffer_.data() + end_, static_cast<std::size_t>(std::min<std::uint64_t>(buffer_.size() - end_, left)));
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
  const std::string likely(likely_encoding(field));
  throw DoubtfulText(
      fmt::format("{}: 1 problem; nothing was imported", file_.name()),
      {{file_.name(), row.line, fmt::format("row {}", row.number),
        fmt::format("a field is not valid UTF-8; name the file's encoding, --encoding {}, say", likely)}},
      {"--encoding", likely});
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
  if (!plain || line.empty() || (!mark_.empty() && line.starts_with(mark_))) return false;
  row.line = line_++;
  row.number = ++row_;
  while (true) {
    const auto* next = static_cast<const char*>(std::memchr(line.data(), separator_, line.size()));
    if (next == nullptr) break;
    row.fields.emplace_back(line.data(), static_cast<std::size_t>(next - line.data()));
    line.remove_prefix(row.fields.back().size() + 1);
  }
  row.fields.push_back(line);
  if ((header_.empty() || rules_.any_length) && row.fields.size() > column_limit) refuse_count(row, row.fields.size());
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

/// The bytes up to the end of the line, without it; those that fit into memory, where the line is longer.
/// @param from  so many bytes ahead
std::string_view CsvReader::line_ahead(std::size_t from) {
  for (std::size_t looked_at = from;;) {
    const std::string_view ahead(buffer_.data() + at_, end_ - at_);
    const auto end = ahead.find_first_of("\r\n", looked_at);
    if (end != std::string_view::npos) return ahead.substr(from, end - from);
    looked_at = std::max(from, ahead.size());
    if (ahead.size() == buffer_.size() || !fill()) return ahead.substr(std::min(from, ahead.size()));
  }
}

/// Whether a row may have so many fields: it may end before columns that have no name.
bool CsvReader::has_place(std::size_t fields) const { return fields >= named_ && fields <= header_.size(); }

bool CsvReader::is_comment(std::string_view line) const {
  if (!rules_.comments.empty()) return true;
  const auto fields = 1 + static_cast<std::size_t>(std::count(line.begin(), line.end(), separator_));
  return !has_place(fields) || line.size() == mark_.size() || line[mark_.size()] == ' ' || line[mark_.size()] == '#';
}

/// Passes over a line that is no row.
bool CsvReader::skip_comment() {
  const bool is_told = !rules_.comments.empty();
  if (mark_.empty() || (header_.empty() && !is_told) || static_cast<char>(peek()) != mark_.front()) return false;
  const std::string_view line = line_ahead();
  if (!line.starts_with(mark_)) return false;
  if (!is_comment(line)) {
    if (notes_.marked_rows++ == 0) notes_.first_marked_row = line_;
    return false;
  }
  if (notes_.comments++ == 0) notes_.first_comment = line_;
  at_ += line.size();
  return true;
}

/// Whether the quote that comes next encloses a field. Many writers of tables between tabs quote nothing: there it does
/// so where it is closed in front of a tab or the end of the line, or the line has too few fields without what follows.
bool CsvReader::opens_field(std::size_t fields_before) {
  if (rules_.quotes == Quotes::text && is_foreign_) return false;
  if (rules_.quotes == Quotes::csv || !is_foreign_ || separator_ != '\t') return true;
  const std::string_view line = line_ahead();
  for (auto at = line.find('"', 1); at != std::string_view::npos; at = line.find('"', at + 2)) {
    if (at + 1 == line.size() || line[at + 1] == separator_) return true;
    if (line[at + 1] != '"') return false;
  }
  const auto fields_in = [&](std::string_view text) {
    return 1 + static_cast<std::size_t>(std::count(text.begin(), text.end(), separator_));
  };
  if (header_.size() < 2 || !has_place(fields_before + fields_in(line))) return true;
  // Of a last field that goes over several lines, the next line has too few.
  std::size_t next = line.size();
  while (next < end_ - at_ && (buffer_[at_ + next] == '\r' || buffer_[at_ + next] == '\n')) ++next;
  const std::string_view below = line_ahead(next);
  return !below.empty() && !has_place(fields_in(below));
}

/// Whether a text comes next that a formula protects from a spreadsheet: `="0012"`.
bool CsvReader::opens_formula() {
  if (!is_foreign_ || rules_.quotes == Quotes::text || peek() != '=') return false;
  const std::string_view line = line_ahead();
  const auto end = line.find('"', 2);
  return line.starts_with("=\"") && end != std::string_view::npos &&
         (end + 1 == line.size() || line[end + 1] == separator_);
}

void CsvReader::read_unquoted(std::string& field, const CsvRow& row) {
  const bool may_hold_quotes = is_foreign_ && (separator_ == '\t' || rules_.quotes == Quotes::text);
  bool is_stray = false;
  for (int c = peek(); c != separator_ && c != '\n' && c != '\r' && c != end_of_file; c = peek()) {
    if (c == '"') {
      if (!may_hold_quotes || rules_.quotes == Quotes::csv)
        refuse(row, "",
               is_foreign_ ? "a quote stands inside an unquoted field; put the field in quotes, or say --quotes text "
                             "where quotes are text"
                           : "a quote stands inside an unquoted field; put the field in quotes");
      is_stray = true;
    }
    field.push_back(static_cast<char>(take()));
    if (field.size() > field_limit) check_field(field, row);
  }
  if (!is_stray || rules_.quotes == Quotes::text) return;
  if (notes_.stray_quotes++ == 0) notes_.first_stray_quote = row.line;
}

bool CsvReader::read_row(CsvRow& row) {
  row.fields.clear();
  if (at_ < end_ && read_plain_row(row)) return true;
  // Blank lines are no rows.
  while (peek() == '\n' || peek() == '\r' || skip_comment())
    if (peek() == '\n' || peek() == '\r') is_behind_blank_ = take() == '\n' || is_behind_blank_;
  if (peek() == end_of_file) return false;
  row.line = line_;
  row.number = ++row_;
  texts_.clear();
  has_surplus_text_ = false;
  const std::size_t most = header_.empty() || rules_.any_length ? column_limit : header_.size();
  std::size_t count = 0;
  for (;;) {
    std::string field;
    // A byte-order mark stands before the first quote of the file.
    if (row.number == 1 && count == 0 && peek() == 0xEF)
      for (int i = 0; i < 3; ++i) take();
    if (opens_formula()) take();
    if (peek() == '"' && opens_field(count)) {
      read_quoted(field, row);
      const int after = peek();
      if (after != separator_ && after != '\n' && after != '\r' && after != end_of_file)
        refuse(row, "", "text stands behind a closing quote; a quote inside a field is written twice");
    } else {
      read_unquoted(field, row);
    }
    check_field(field, row);
    // Of a row that is too long only the number of its fields matters.
    has_surplus_text_ = has_surplus_text_ || (count >= most && !field.empty());
    if (++count <= most) texts_.push_back(std::move(field));
    const int end = take();
    if (end == separator_) continue;
    if (end == '\r' && peek() == '\n') take();
    if (count > most && (header_.empty() || rules_.any_length)) refuse_count(row, count);
    surplus_ = count > most ? count : 0;
    row.fields.assign(texts_.begin(), texts_.end());
    return true;
  }
}

bool CsvReader::repeats_header(const CsvRow& row) const {
  return is_foreign_ && !header_.empty() && row.fields.size() == header_.size() &&
         row.fields.front() == header_.front() && std::ranges::equal(row.fields, header_);
}

/// Reads a row that is not the header again. @throws IngestError where a table of other columns begins
bool CsvReader::take_row(CsvRow& row) {
  do {
    surplus_ = 0;
    const bool was_empty = std::exchange(is_behind_blank_, false);
    if (!read_row(row)) return false;
    const bool is_behind_blank = (is_behind_blank_ || was_empty) && notes_.rows > 0;
    // A row of nothing but separators is an empty one, too.
    is_behind_blank_ = row.fields.front().empty() &&
                       std::ranges::all_of(row.fields, [](std::string_view field) { return field.empty(); });
    if (is_foreign_ && is_behind_blank_ && header_.size() > 1) continue;
    if (!repeats_header(row)) {
      if (is_foreign_ && is_behind_blank && may_be_header(row.fields)) refuse(row, "", second_table_text(row.fields));
      return true;
    }
    if (notes_.repeated_headers++ == 0) notes_.first_repeated_header = row.line;
  } while (true);
}

bool CsvReader::next(CsvRow& row, std::string& fault) {
  if (!take_row(row)) return false;
  ++notes_.rows;
  const std::size_t count = surplus_ > 0 ? surplus_ : row.fields.size();
  fault.clear();
  if (rules_.any_length) return true;
  const bool has_blank_surplus =
      is_foreign_ && count > header_.size() &&
      (surplus_ > 0 ? !has_surplus_text_
                    : std::all_of(row.fields.begin() + static_cast<std::ptrdiff_t>(header_.size()), row.fields.end(),
                                  [](std::string_view field) { return field.empty(); }));
  // A row may end before columns that have no name, and behind the last one there may be nothing.
  if (has_place(count) || has_blank_surplus)
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
