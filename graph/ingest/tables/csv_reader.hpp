#pragma once

#include "chokepoint/ingest/table_options.hpp"
#include "ingest/files/input_file.hpp"

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace chokepoint::detail {

struct CsvStart;

/// One row of a CSV file. Fields stay valid until the next row is read.
struct CsvRow {
  std::uint64_t number = 0;  ///< 1-based, the header is row 1; a quoted line break does not count
  std::uint64_t line = 0;    ///< where the row begins
  std::vector<std::string_view> fields;
};

/// How a table of text is parted, beside what separates its fields.
struct CsvRules {
  Quotes quotes = Quotes::as_found;
  std::string comments;  ///< @see TableOptions
  // The part of the file that is read, where several tables stand in it.
  std::uint64_t begin = 0, end = UINT64_MAX;  ///< bytes
  std::uint64_t line = 1;                     ///< that it begins in
  bool any_length = false;                    ///< rows may have any number of fields; the first one is no header
};

/// What a table of text held besides its rows, as far as it was read.
struct CsvNotes {
  std::uint64_t rows = 0;
  std::uint64_t comments = 0, first_comment = 0;        ///< lines passed over, and where the first one stands
  std::uint64_t marked_rows = 0, first_marked_row = 0;  ///< rows that begin with # like them
  std::uint64_t stray_quotes = 0, first_stray_quote = 0;
  std::uint64_t repeated_headers = 0, first_repeated_header = 0;  ///< rows passed over that are the header again
};

/// Streams the rows of a CSV file (RFC 4180): quoted fields with commas, doubled quotes and line breaks, CRLF or LF, an
/// optional byte-order mark. Refused with file, line and row: ragged rows, a quote inside an unquoted field, text
/// behind a closing quote, an open quote at the end, NUL, invalid UTF-8, fields over `field_limit`, a header of more
/// than `column_limit` columns. Where the separator is looked for, a file of another program is expected: lines that
/// begin with # and are no row are passed over, blank fields behind the last column too, and between tabs a quote that
/// closes no field is text. Memory: a block, and one row of as many fields as the header has.
class CsvReader {
 public:
  static constexpr std::size_t field_limit = 1U << 20U;
  static constexpr std::size_t column_limit = 1U << 16U;

  /// Reads the header, or the first row where rows may have any length; a column of a name that an earlier one has gets
  /// its place behind it. @throws IngestError
  /// @param separator  0: the likely one, and titles above the header are passed over
  /// @param on_bytes  called now and then with the bytes read so far
  explicit CsvReader(InputFile& file, char separator = ',', std::function<void(std::uint64_t)> on_bytes = {},
                     CsvRules rules = {});

  [[nodiscard]] const std::vector<std::string>& header() const { return header_; }
  [[nodiscard]] char separator() const { return separator_; }
  /// Texts that stood above the header.
  [[nodiscard]] const std::vector<std::string>& titles() const { return titles_; }
  /// Columns whose names were told apart.
  [[nodiscard]] const std::vector<std::string>& renamed() const { return renamed_; }
  /// Over how many rows the header goes.
  [[nodiscard]] std::size_t header_rows() const { return header_rows_; }
  /// Whether the first column, of the names of rows, has no name in the header.
  [[nodiscard]] bool lacks_first() const { return lacks_first_; }
  [[nodiscard]] const CsvNotes& notes() const { return notes_; }
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
  void read_header(const CsvStart& start);
  void read_quoted(std::string& field, const CsvRow& row);
  bool opens_formula();
  void read_unquoted(std::string& field, const CsvRow& row);
  [[nodiscard]] std::string_view line_ahead(std::size_t from = 0);
  [[nodiscard]] bool opens_field(std::size_t fields_before);
  [[nodiscard]] bool has_place(std::size_t fields) const;
  [[nodiscard]] bool is_comment(std::string_view line) const;
  bool skip_comment();
  bool take_row(CsvRow& row);
  [[nodiscard]] bool repeats_header(const CsvRow& row) const;
  void check_field(std::string_view field, const CsvRow& row) const;
  void check_header(const CsvRow& row, std::vector<std::string> names);
  [[noreturn]] void refuse_count(const CsvRow& row, std::size_t fields) const;
  [[nodiscard]] std::string count_fault(std::size_t fields) const;

  InputFile& file_;
  char separator_;
  CsvRules rules_;
  bool is_foreign_ = false;  ///< of another program, whose habits are not known
  std::string mark_;         ///< what lines that are no rows begin with; empty: there are none
  std::size_t header_rows_ = 1;
  bool lacks_first_ = false;
  CsvNotes notes_;
  std::vector<char> buffer_;
  std::size_t at_ = 0, end_ = 0;
  std::uint64_t line_ = 1, row_ = 0;
  std::vector<std::string> header_, titles_, renamed_;
  std::size_t named_ = 0;           ///< columns up to the last one that has a name
  std::vector<std::string> texts_;  ///< fields of a row that could not be taken from the buffer as they stand
  std::function<void(std::uint64_t)> on_bytes_;
  std::uint64_t read_ = 0;
  std::size_t surplus_ = 0;  ///< how many fields the last row has, where they are more than the header has
  bool has_surplus_text_ = false;
  bool is_behind_blank_ = false;  ///< an empty line stands above the row
};

}  // namespace chokepoint::detail
