#include "export/formats/workbook.hpp"

#include "chokepoint/model/date.hpp"
#include "chokepoint/model/text.hpp"
#include "export/formats/zip_writer.hpp"
#include "export/tables/cell_text.hpp"
#include "export/text/xml_writer.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <cstdlib>
#include <ostream>
#include <set>
#include <string_view>

namespace chokepoint::detail {

namespace {

constexpr std::size_t most_rows = 1'048'575;        ///< of a sheet, below its header
constexpr std::size_t most_characters = 32'767;     ///< of a cell
constexpr std::size_t most_links = 65'530;          ///< of a sheet
constexpr std::size_t most_address_bytes = 2'000;   ///< longer ones stay text
constexpr std::size_t widest = 60, narrowest = 8;   ///< columns, in characters
constexpr std::size_t rows_for_width = 500;         ///< that are looked at
constexpr std::int64_t largest_exact = 1LL << 53U;  ///< above, a double loses digits
constexpr std::string_view declaration = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
constexpr std::string_view package = "http://schemas.openxmlformats.org/package/2006/";
constexpr std::string_view office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
constexpr std::string_view main_names = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

/// Formats of cells, by their place in the style sheet below.
enum class Look { plain = 0, header = 1, day = 2, link = 3, wrapped = 4 };

constexpr std::string_view style_sheet =
    "<numFmts count=\"1\"><numFmt numFmtId=\"164\" formatCode=\"yyyy\\-mm\\-dd\"/></numFmts>"
    "<fonts count=\"3\"><font><sz val=\"11\"/><name val=\"Calibri\"/></font>"
    "<font><b/><sz val=\"11\"/><name val=\"Calibri\"/></font>"
    "<font><u/><sz val=\"11\"/><color rgb=\"FF0563C1\"/><name val=\"Calibri\"/></font></fonts>"
    "<fills count=\"3\"><fill><patternFill patternType=\"none\"/></fill><fill><patternFill "
    "patternType=\"gray125\"/></fill>"
    "<fill><patternFill patternType=\"solid\"><fgColor rgb=\"FFE8EDF3\"/></patternFill></fill></fills>"
    "<borders count=\"1\"><border><left/><right/><top/><bottom/><diagonal/></border></borders>"
    "<cellStyleXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/></cellStyleXfs>"
    "<cellXfs count=\"5\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\"/>"
    "<xf numFmtId=\"0\" fontId=\"1\" fillId=\"2\" borderId=\"0\" xfId=\"0\" applyFont=\"1\" applyFill=\"1\"/>"
    "<xf numFmtId=\"164\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\"/>"
    "<xf numFmtId=\"0\" fontId=\"2\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyFont=\"1\"/>"
    "<xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyAlignment=\"1\">"
    "<alignment vertical=\"top\" wrapText=\"1\"/></xf></cellXfs>"
    "<cellStyles count=\"1\"><cellStyle name=\"Normal\" xfId=\"0\" builtinId=\"0\"/></cellStyles>";

/// `AB` for 27.
std::string letters_of(std::size_t column) {
  std::string letters;
  for (++column; column > 0; column = (column - 1) / 26)
    letters.insert(letters.begin(), static_cast<char>('A' + (column - 1) % 26));
  return letters;
}

/// The beginning of a text, of at most so many UTF-16 units, as Excel counts characters.
std::string_view first_characters(std::string_view text, std::size_t most) {
  std::size_t units = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const auto byte = static_cast<unsigned char>(text[at]);
    if ((byte & 0xC0U) == 0x80U) continue;
    units += byte >= 0xF0U ? 2 : 1;
    if (units > most) return text.substr(0, at);
  }
  return text;
}

/// A text that holds `_x0041_` would be read as one with an A.
std::string without_codes(std::string_view text) {
  std::string result(text);
  const auto is_hex = [](char c) { return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'F') || (c >= 'a' && c <= 'f'); };
  for (auto at = result.find("_x"); at != std::string::npos && at + 6 < result.size(); at = result.find("_x", at + 2))
    if (result[at + 6] == '_' && std::all_of(result.begin() + static_cast<std::ptrdiff_t>(at + 2),
                                             result.begin() + static_cast<std::ptrdiff_t>(at + 6), is_hex)) {
      result.insert(at, "_x005F");
      at += 6;
    }
  return result;
}

/// Days since 1899-12-30, as spreadsheets count; nullopt for what is no whole day from 1900-03-01 on, before which they
/// count wrongly.
std::optional<std::int64_t> serial_of(std::string_view text) {
  const auto day = parse_partial_date(text);
  if (!day || day->precision != PartialDate::Precision::day) return std::nullopt;
  constexpr std::int64_t epoch = 25'569;  // 1970-01-01
  const std::int64_t days = epoch + day->first.days;
  if (days < 61) return std::nullopt;
  return days;
}

bool is_address(std::string_view text) {
  return (text.starts_with("https://") || text.starts_with("http://")) && text.size() <= most_address_bytes &&
         text.find_first_of(" \n\t") == std::string_view::npos;
}

/// Names that Excel takes, each once.
std::vector<std::string> sheet_names(const std::vector<Sheet>& sheets) {
  std::vector<std::string> names;
  std::set<std::string> taken;
  for (const Sheet& sheet : sheets) {
    std::string name;
    for (const char c : sheet.name) name += std::string_view("[]:*?/\\'").find(c) == std::string_view::npos ? c : ' ';
    name = std::string(first_characters(name, 31));
    if (name.empty()) name = "Sheet";
    const std::string stem(first_characters(name, 27));
    for (int number = 2; !taken.insert(fold(name)).second; ++number) name = fmt::format("{} {}", stem, number);
    names.push_back(std::move(name));
  }
  return names;
}

/// Writes one sheet's rows.
class SheetWriter {
 public:
  SheetWriter(const Sheet& sheet, ZipWriter& zip, WorkbookRemarks& remarks)
      : sheet_(sheet), zip_(zip), remarks_(remarks), rows_(std::min(sheet.rows, most_rows)) {
    remarks_.rows_left_out += sheet.rows - rows_;
    survey();
  }

  /// The XML of the sheet, into the entry that is open. @param is_first  the one that is shown on opening
  void write(bool is_first) {
    text_ = declaration;
    text_ += fmt::format("<worksheet xmlns=\"{}\" xmlns:r=\"{}\"><sheetViews><sheetView {}workbookViewId=\"0\">",
                         main_names, office, is_first ? "tabSelected=\"1\" " : "");
    text_ +=
        "<pane ySplit=\"1\" topLeftCell=\"A2\" activePane=\"bottomLeft\" state=\"frozen\"/>"
        "<selection pane=\"bottomLeft\"/></sheetView></sheetViews><cols>";
    for (std::size_t column = 0; column < widths_.size(); ++column)
      text_ += fmt::format("<col min=\"{0}\" max=\"{0}\" width=\"{1}\" customWidth=\"1\"/>", column + 1,
                           std::clamp(widths_[column] + 2, narrowest, widest));
    text_ += "</cols><sheetData>";
    put_header();
    std::vector<Cell> cells;
    for (std::size_t row = 0; row < rows_; ++row) put_row(row, cells);
    text_ += "</sheetData>";
    if (!sheet_.headers.empty())
      text_ += fmt::format("<autoFilter ref=\"A1:{}{}\"/>", letters_of(sheet_.headers.size() - 1), rows_ + 1);
    if (!links_.empty()) {
      text_ += "<hyperlinks>";
      for (std::size_t i = 0; i < links_.size(); ++i)
        text_ += fmt::format("<hyperlink ref=\"{}\" r:id=\"rId{}\"/>", links_[i].first, i + 1);
      text_ += "</hyperlinks>";
    }
    text_ += "</worksheet>";
    flush(true);
  }

  /// Where its links lead; empty without any.
  [[nodiscard]] std::string relations() const {
    if (links_.empty()) return {};
    std::string text = fmt::format("{}<Relationships xmlns=\"{}relationships\">", declaration, package);
    std::uint64_t replaced = 0;
    for (std::size_t i = 0; i < links_.size(); ++i)
      text += fmt::format("<Relationship Id=\"rId{}\" Type=\"{}/hyperlink\" Target=\"{}\" TargetMode=\"External\"/>",
                          i + 1, office, xml_escaped(links_[i].second, true, replaced));
    return text + "</Relationships>";
  }

 private:
  /// Which columns hold days, and how wide they are.
  void survey() {
    widths_.assign(sheet_.headers.size(), 0);
    std::vector<char> odd(sheet_.headers.size(), 0), whole(sheet_.headers.size(), 0);
    for (std::size_t column = 0; column < widths_.size(); ++column)
      widths_[column] = display_width(sheet_.headers[column]);
    std::vector<Cell> cells;
    for (std::size_t row = 0; row < rows_; ++row) {
      cells.assign(sheet_.headers.size(), Cell{});
      sheet_.cells(row, cells);
      for (std::size_t column = 0; column < cells.size(); ++column) {
        if (row < rows_for_width)
          widths_[column] = std::max(widths_[column], std::min(widest, display_width(exact_text(cells[column]))));
        const auto* text = std::get_if<std::string>(&cells[column]);
        if (text == nullptr || text->empty() || odd[column] != 0) continue;
        const bool is_date = parse_partial_date(*text).has_value();
        odd[column] = is_date ? 0 : 1;
        if (is_date && serial_of(*text)) whole[column] = 1;
      }
    }
    for (std::size_t column = 0; column < odd.size(); ++column)
      has_days_.push_back(odd[column] == 0 && whole[column] != 0);
  }

  void put_header() {
    text_ += "<row r=\"1\">";
    for (std::size_t column = 0; column < sheet_.headers.size(); ++column)
      put_text(letters_of(column) + "1", sheet_.headers[column], Look::header);
    text_ += "</row>";
  }

  void put_row(std::size_t row, std::vector<Cell>& cells) {
    cells.assign(sheet_.headers.size(), Cell{});
    sheet_.cells(row, cells);
    text_ += fmt::format("<row r=\"{}\">", row + 2);
    for (std::size_t column = 0; column < cells.size(); ++column)
      put_cell(letters_of(column) + std::to_string(row + 2), cells[column], has_days_[column]);
    text_ += "</row>";
    flush(false);
  }

  void put_cell(const std::string& place, const Cell& cell, bool is_day) {
    if (is_unknown(cell)) return;
    if (const auto* truth = std::get_if<bool>(&cell)) {
      text_ += fmt::format("<c r=\"{}\" t=\"b\"><v>{}</v></c>", place, *truth ? 1 : 0);
    } else if (const auto* text = std::get_if<std::string>(&cell)) {
      if (text->empty()) return;
      if (const auto serial = is_day ? serial_of(*text) : std::nullopt)
        text_ += fmt::format("<c r=\"{}\" s=\"{}\"><v>{}</v></c>", place, static_cast<int>(Look::day), *serial);
      else
        put_text(place, *text, look_of(place, *text));
    } else if (const auto* whole = std::get_if<std::int64_t>(&cell);
               whole != nullptr && std::abs(*whole) > largest_exact) {
      put_text(place, std::to_string(*whole), Look::plain);
    } else {
      text_ += fmt::format("<c r=\"{}\"><v>{}</v></c>", place, exact_text(cell));
    }
  }

  Look look_of(const std::string& place, const std::string& text) {
    if (is_address(text) && links_.size() < most_links) {
      links_.emplace_back(place, text);
      return Look::link;
    }
    return text.find('\n') == std::string::npos ? Look::plain : Look::wrapped;
  }

  void put_text(const std::string& place, std::string_view text, Look look) {
    const std::string_view kept = first_characters(text, most_characters);
    if (kept.size() < text.size()) ++remarks_.shortened;
    text_ += fmt::format("<c r=\"{}\" s=\"{}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">{}</t></is></c>", place,
                         static_cast<int>(look), xml_escaped(without_codes(kept), false, remarks_.replaced));
  }

  void flush(bool all) {
    if (!all && text_.size() < std::size_t{1} << 18U) return;
    zip_.add(text_);
    text_.clear();
  }

  const Sheet& sheet_;
  ZipWriter& zip_;
  WorkbookRemarks& remarks_;
  std::size_t rows_;
  std::string text_;
  std::vector<std::size_t> widths_;
  std::vector<bool> has_days_;
  std::vector<std::pair<std::string, std::string>> links_;  ///< cell and address
};

void add_entry(ZipWriter& zip, const std::string& name, std::string_view body) {
  zip.begin(name);
  zip.add(declaration);
  zip.add(body);
}

/// What a workbook has beside its sheets.
void add_frame(ZipWriter& zip, const std::vector<std::string>& names) {
  std::string types = fmt::format(
      "<Types xmlns=\"{}content-types\"><Default Extension=\"rels\" "
      "ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
      "<Default Extension=\"xml\" ContentType=\"application/xml\"/>",
      package);
  constexpr std::string_view override_of =
      "<Override PartName=\"/xl/{}.xml\" "
      "ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.{}+xml\"/>";
  std::string book = fmt::format("<workbook xmlns=\"{}\" xmlns:r=\"{}\"><sheets>", main_names, office);
  std::string relations = fmt::format("<Relationships xmlns=\"{}relationships\">", package);
  std::uint64_t replaced = 0;
  types += fmt::format(override_of, "workbook", "sheet.main") + fmt::format(override_of, "styles", "styles");
  for (std::size_t i = 0; i < names.size(); ++i) {
    types += fmt::format(override_of, fmt::format("worksheets/sheet{}", i + 1), "worksheet");
    book += fmt::format("<sheet name=\"{}\" sheetId=\"{}\" r:id=\"rId{}\"/>", xml_escaped(names[i], true, replaced),
                        i + 1, i + 1);
    relations += fmt::format("<Relationship Id=\"rId{0}\" Type=\"{1}/worksheet\" Target=\"worksheets/sheet{0}.xml\"/>",
                             i + 1, office);
  }
  relations += fmt::format("<Relationship Id=\"rId{}\" Type=\"{}/styles\" Target=\"styles.xml\"/></Relationships>",
                           names.size() + 1, office);
  add_entry(zip, "[Content_Types].xml", types + "</Types>");
  add_entry(zip, "_rels/.rels",
            fmt::format("<Relationships xmlns=\"{}relationships\"><Relationship Id=\"rId1\" Type=\"{}/officeDocument\" "
                        "Target=\"xl/workbook.xml\"/></Relationships>",
                        package, office));
  add_entry(zip, "xl/workbook.xml", book + "</sheets></workbook>");
  add_entry(zip, "xl/_rels/workbook.xml.rels", relations);
  add_entry(zip, "xl/styles.xml", fmt::format("<styleSheet xmlns=\"{}\">{}</styleSheet>", main_names, style_sheet));
}

}  // namespace

WorkbookRemarks write_workbook(const std::vector<Sheet>& sheets, std::ostream& out) {
  WorkbookRemarks remarks;
  ZipWriter zip;
  add_frame(zip, sheet_names(sheets));
  for (std::size_t i = 0; i < sheets.size(); ++i) {
    SheetWriter writer(sheets[i], zip, remarks);
    zip.begin(fmt::format("xl/worksheets/sheet{}.xml", i + 1));
    writer.write(i == 0);
    if (const std::string relations = writer.relations(); !relations.empty()) {
      zip.begin(fmt::format("xl/worksheets/_rels/sheet{}.xml.rels", i + 1));
      zip.add(relations);
    }
  }
  out << zip.finish();
  return remarks;
}

}  // namespace chokepoint::detail
