#pragma once

#include "ingest/files/input_file.hpp"

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace chokepoint::detail {

/// One row of a CSV file. Fields stay valid until the next row is read.
struct CsvRow {
  std::uint64_t number = 0;  ///< 1-based, the header is row 1; a quoted line break does not count
  std::uint64_t line = 0;    ///< where the row begins
  std::vector<std::string_view> fields;
};

/// Streams the rows of a CSV file (RFC 4180): quoted fields with commas, doubled quotes and line breaks, CRLF or LF, an
/// optional byte-order mark. Refused with file, line and row: ragged rows, a quote inside an unquoted field, text
/// behind a closing quote, an open quote at the end, NUL, invalid UTF-8, fields over `field_limit`, a header of more
/// than `column_limit` columns. Memory: a block, and one row of as many fields as the header has.
class CsvReader {
 public:
  static constexpr std::size_t field_limit = 1U << 20U;
  static constexpr std::size_t column_limit = 1U << 16U;

  /// Reads the header; a column of a name that an earlier one has gets its place behind it. @throws IngestError
  /// @param separator  0: the likely one, and titles above the header are passed over
  /// @param on_bytes  called now and then with the bytes read so far
  explicit CsvReader(InputFile& file, char separator = ',', std::function<void(std::uint64_t)> on_bytes = {});

  [[nodiscard]] const std::vector<std::string>& header() const { return header_; }
  [[nodiscard]] char separator() const { return separator_; }
  /// Texts that stood above the header.
  [[nodiscard]] const std::vector<std::string>& titles() const { return titles_; }
  /// Columns whose names were told apart.
  [[nodiscard]] const std::vector<std::string>& renamed() const { return renamed_; }
  /// Number of a column. @throws IngestError naming the columns there are
  [[nodiscard]] std::size_t column(std::string_view name) const;
  /// @return false at the end. @throws IngestError
  bool next(CsvRow& row);
  /// The same, with a row of too few or too many fields told in `fault` instead of thrown; empty for any other row.
  bool next(CsvRow& row, std::string& fault);
  /// @throws IngestError at `row`, and its column where one is meant
  [[noreturn]] void refuse(const CsvRow& row, std::string_view column, const std::string& message) const;

 private:
  int peek();
  int take();
  bool fill();
  bool read_row(CsvRow& row);
  bool read_plain_row(CsvRow& row);
  void read_quoted(std::string& field, const CsvRow& row);
  void check_field(std::string_view field, const CsvRow& row) const;
  void check_header(const CsvRow& row);
  [[noreturn]] void refuse_count(const CsvRow& row, std::size_t fields) const;
  [[nodiscard]] std::string count_fault(std::size_t fields) const;

  InputFile& file_;
  char separator_;
  std::vector<char> buffer_;
  std::size_t at_ = 0, end_ = 0;
  std::uint64_t line_ = 1, row_ = 0;
  std::vector<std::string> header_, titles_, renamed_;
  std::size_t named_ = 0;           ///< columns up to the last one that has a name
  std::vector<std::string> texts_;  ///< fields of a row that could not be taken from the buffer as they stand
  std::function<void(std::uint64_t)> on_bytes_;
  std::uint64_t read_ = 0;
  std::size_t surplus_ = 0;  ///< how many fields the last row has, where they are more than the header has
};

}  // namespace chokepoint::detail
