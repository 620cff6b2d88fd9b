#include "chokepoint/support/error.hpp"
#include "ingest/files/xml_reader.hpp"
#include "ingest/formats/formats.hpp"
#include "ingest/formats/sheet_table.hpp"
#include "ingest/formats/zip_archive.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <memory>
#include <set>
#include <utility>

namespace chokepoint::detail {

// OpenDocument spreadsheets (ISO/IEC 26300), as LibreOffice and others write them.

namespace {

constexpr std::uint32_t most_ods_columns = 16384, most_ods_rows = 1048576;
constexpr std::uint64_t most_repeated_cells = 20'000'000;
constexpr std::size_t most_cell_bytes = std::size_t{1} << 20U;

std::uint32_t repetitions(std::string_view text) {
  std::uint32_t value = 1;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return std::max(value, 1U);
}

/// `14:30:00` of `PT14H30M00S`; nullopt for a duration beyond a day, or what is none.
std::optional<std::string> time_of_duration(std::string_view text) {
  if (!text.starts_with("PT")) return std::nullopt;
  text.remove_prefix(2);
  std::uint32_t parts[3] = {};
  for (std::size_t i = 0; i < 3; ++i) {
    const auto end = text.find("HMS"[i]);
    if (end == std::string_view::npos) continue;
    std::from_chars(text.data(), text.data() + end, parts[i]);
    text.remove_prefix(end + 1);
  }
  if (parts[0] >= 24) return std::nullopt;
  return fmt::format("{:02}:{:02}:{:02}", parts[0], parts[1], parts[2]);
}

/// Takes the content of a document and makes a table of each sheet.
class OdsHandler : public XmlHandler {
 public:
  OdsHandler(InputFile& file, TableSet& set) : file_(file), set_(set) {}

  void start(std::string_view name, const XmlAttributes& attributes) override {
    if (skipped_ > 0) {
      ++skipped_;
    } else if (in_paragraph_) {
      start_in_paragraph(name, attributes);
    } else if (in_cell_) {
      if (name == "annotation") ++notes_;
      if (name == "p")
        begin_paragraph();
      else
        skipped_ = 1;  // notes, pictures, other tables
    } else {
      start_outside(name, attributes);
    }
  }

  void end(std::string_view name) override {
    if (skipped_ > 0) {
      --skipped_;
    } else if (name == "p") {
      in_paragraph_ = false;
    } else if (in_cell_ && (name == "table-cell" || name == "covered-table-cell")) {
      end_cell();
    } else if (name == "table-row" && rows_) {
      end_row();
    } else if (name == "table" && rows_) {
      end_table();
    } else if (name == "spreadsheet") {
      in_sheets_ = false;
    }
  }

  void text(std::string_view text) override {
    if (skipped_ == 0 && in_paragraph_) add_text(text);
  }

 private:
  void start_outside(std::string_view name, const XmlAttributes& attributes) {
    if (name == "style" && attributes["family"] == "table") {
      style_ = attributes["name"];
    } else if (name == "table-properties" && attributes["display"] == "false") {
      hidden_styles_.insert(style_);
    } else if (name == "spreadsheet") {
      in_sheets_ = true;
    } else if (name == "tracked-changes") {
      skipped_ = 1;
    } else if (name == "table" && in_sheets_ && !rows_) {
      begin_table(attributes);
    } else if (name == "table-row" && rows_) {
      cells_.clear();
      column_ = 0;
      rows_repeated_ = repetitions(attributes["number-rows-repeated"]);
      is_hidden_row_ = attributes["visibility"] == "collapse" || attributes["visibility"] == "filter";
    } else if ((name == "table-cell" || name == "covered-table-cell") && rows_) {
      begin_cell(attributes);
    }
  }

  void begin_table(const XmlAttributes& attributes) {
    table_ = std::make_unique<SpooledTable>(std::string(attributes["name"]));
    rows_.emplace(*table_, std::multimap<std::uint32_t, MergedCells>());
    next_row_ = 1;
    errors_ = formulas_ = notes_ = hidden_rows_ = 0;
    error_example_.clear();
    is_hidden_ = hidden_styles_.contains(std::string(attributes["style-name"]));
  }

  void begin_cell(const XmlAttributes& attributes) {
    in_cell_ = true;
    cell_ = {};
    cell_.column = column_;
    columns_repeated_ = repetitions(attributes["number-columns-repeated"]);
    is_error_ = false;
    attributes.for_each_raw([&](std::string_view name, std::string_view value) {
      if (name.ends_with("value-type") && value == "error") is_error_ = true;
    });
    type_ = attributes["value-type"];
    const char* const key = type_ == "date"      ? "date-value"
                            : type_ == "time"    ? "time-value"
                            : type_ == "boolean" ? "boolean-value"
                            : type_ == "string"  ? "string-value"
                                                 : "value";
    value_ = attributes[key];
    if (value_.empty()) value_ = attributes["value"];  // odfpy writes truth so
    has_formula_ = !attributes["formula"].empty();
    text_.clear();
    paragraphs_ = 0;
    const std::uint32_t rows = repetitions(attributes["number-rows-spanned"]);
    const std::uint32_t columns = repetitions(attributes["number-columns-spanned"]);
    if (rows > 1 || columns > 1)
      rows_->add_merged({{column_, next_row_}, {column_ + columns - 1, next_row_ + rows - 1}});
  }

  void begin_paragraph() {
    in_paragraph_ = true;
    if (paragraphs_++ > 0) add_text("\n");
  }

  void start_in_paragraph(std::string_view name, const XmlAttributes& attributes) {
    if (name == "s")
      add_text(std::string(std::min(repetitions(attributes["c"]), 1000U), ' '));
    else if (name == "tab")
      add_text("\t");
    else if (name == "line-break")
      add_text("\n");
    else if (name == "a")
      cell_.address = attributes["href"];
    else if (name != "span")
      skipped_ = 1;
  }

  void add_text(std::string_view text) {
    text_ += text;
    if (text_.size() > most_cell_bytes) refuse("a cell of over a million bytes");
  }

  void end_cell() {
    in_cell_ = false;
    take_value();
    if (cell_.address == cell_.text || cell_.address.starts_with('#')) cell_.address.clear();
    if (!without_layout(cell_.text).empty()) {
      for (std::uint32_t i = 0; i < columns_repeated_ && column_ + i < most_ods_columns; ++i) {
        cells_.push_back(cell_);
        cells_.back().column = column_ + i;
      }
      if ((cells_made_ += columns_repeated_) > most_repeated_cells) refuse("cells that are repeated too often");
    }
    column_ = static_cast<std::uint32_t>(
        std::min<std::uint64_t>(std::uint64_t{column_} + columns_repeated_, most_ods_columns));
  }

  void take_value() {
    if (is_error_) {
      ++errors_;
      if (error_example_.empty()) error_example_ = text_;
      return;
    }
    std::optional<std::string> shown;
    if (type_ == "percentage") shown = percent_text(value_);
    if (type_ == "date") shown = value_;
    if (type_ == "time") shown = time_of_duration(value_);
    if (type_ == "boolean") {
      shown = value_;
      cell_.type = FlatType::truth;
    }
    if (type_ == "float" || type_ == "currency") {
      shown = number_text(value_);
      if (shown) cell_.type = FlatType::number;
      cell_.is_rounded = shown && has_lost_digits(*shown, value_);
    }
    cell_.text = shown ? *std::move(shown) : text_.empty() ? value_ : text_;
    if (cell_.text.empty() && has_formula_) ++formulas_;
  }

  void end_row() {
    const std::uint32_t first = next_row_;
    if (rows_repeated_ > most_ods_rows - std::min(most_ods_rows, next_row_ - 1) && !cells_.empty())
      refuse("more rows than a sheet has");
    next_row_ = static_cast<std::uint32_t>(
        std::min<std::uint64_t>(std::uint64_t{next_row_} + rows_repeated_, most_ods_rows + 1));
    if (!cells_.empty() && is_hidden_row_) hidden_rows_ += rows_repeated_;
    // A merged block says its value for rows that are empty otherwise, too.
    const std::uint32_t rows = cells_.empty() ? std::min(rows_repeated_, 1000U) : rows_repeated_;
    if ((cells_made_ += std::uint64_t{rows - 1} * cells_.size()) > most_repeated_cells)
      refuse("rows that are repeated too often");
    for (std::uint32_t i = 0; i < rows; ++i) {
      rows_->begin_row(first + i);
      for (const SheetCell& cell : cells_) rows_->add(cell);
      rows_->end_row();
    }
  }

  void end_table() {
    rows_->finish();
    const std::string name = "sheet " + table_->name();
    const auto tell = [&](std::string remark) { set_.remarks.push_back(name + std::move(remark)); };
    if (is_hidden_) tell(" is hidden, and read; --table NAME names each sheet that is meant");
    if (table_->row_count() == 0) tell(" has no rows below a header, and is left out");
    for (const std::string& remark : rows_->remarks()) tell(": " + remark);
    if (errors_ > 0)
      tell(fmt::format(": {} cells that show an error ({}) are taken as empty", errors_, error_example_));
    if (formulas_ > 0)
      tell(
          fmt::format(": {} formulas have no value and are taken as empty; open and save the file in a spreadsheet "
                      "program to give them one",
                      formulas_));
    if (notes_ > 0) tell(": comments on cells are left out");
    if (hidden_rows_ > 0) tell(fmt::format(": {} rows are hidden, by a filter, say, and read", hidden_rows_));
    auto more = rows_->take_more();
    rows_.reset();
    if (table_->row_count() > 0) set_.tables.push_back(std::move(table_));
    for (auto& table : more) set_.tables.push_back(std::move(table));
  }

  [[noreturn]] void refuse(const std::string& message) const {
    refuse_at(file_, 0, message,
              fmt::format("sheet {}, cell {}{}", table_->name(), column_letters(column_), next_row_));
  }

  InputFile& file_;
  TableSet& set_;
  std::string style_;
  std::set<std::string> hidden_styles_;
  bool in_sheets_ = false, in_cell_ = false, in_paragraph_ = false;
  std::uint64_t skipped_ = 0;  ///< depth of elements that are passed over

  // The sheet that is open.
  std::unique_ptr<SpooledTable> table_;
  std::optional<SheetTable> rows_;
  bool is_hidden_ = false;
  std::uint32_t next_row_ = 1;
  std::uint32_t errors_ = 0, formulas_ = 0, notes_ = 0, hidden_rows_ = 0;
  std::string error_example_;
  std::uint64_t cells_made_ = 0;

  // The row and the cell that are open.
  std::vector<SheetCell> cells_;
  std::uint32_t column_ = 0, rows_repeated_ = 1, columns_repeated_ = 1;
  bool is_hidden_row_ = false, is_error_ = false, has_formula_ = false;
  SheetCell cell_;
  std::string type_, value_, text_;
  std::uint32_t paragraphs_ = 0;
};

}  // namespace

std::optional<std::string> looks_like_ods(const FileHead& head) {
  if (!head.text.starts_with("PK\x03\x04")) return std::nullopt;
  const bool says_so =
      head.text.find("mimetypeapplication/vnd.oasis.opendocument.spreadsheet") != std::string_view::npos;
  return says_so || head.extension == ".ods" || head.extension == ".ots"
             ? std::optional<std::string>("it is an OpenDocument spreadsheet")
             : std::nullopt;
}

void read_ods(InputFile& file, const ReadContext& context, TableSet& tables) {
  ZipArchive zip(file);
  bool is_encrypted = false;
  std::string manifest;
  zip.read("META-INF/manifest.xml", [&](std::string_view part, bool) {
    manifest += part;
    is_encrypted = manifest.find("encryption-data") != std::string::npos;
    return !is_encrypted && manifest.size() < most_cell_bytes;
  });
  if (is_encrypted) refuse_at(file, 0, "an encrypted spreadsheet is not read; save it without a password");
  OdsHandler handler(file, tables);
  XmlReader reader(fmt::format("{} (content.xml)", file.name()), handler);
  const bool is_there = zip.read("content.xml", [&](std::string_view part, bool is_last) {
    reader.feed(part, is_last);
    if (context.on_bytes) context.on_bytes(zip.bytes_read());
    return true;
  });
  if (!is_there) refuse_at(file, 0, "it holds no content; save it again, or as .xlsx or CSV");
  if (tables.tables.empty()) refuse_at(file, 0, "no sheet of it has a row; its first row names the columns");
}

}  // namespace chokepoint::detail
