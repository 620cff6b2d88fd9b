#include "ingest/formats/xlsx_values.hpp"
#include "tests/support/table_text.hpp"
#include "tests/support/zip_text.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace chokepoint::test {
namespace {

using testing::HasSubstr;

constexpr std::string_view main_name = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
constexpr std::string_view relation_name = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

std::string relations(const std::vector<std::pair<std::string, std::string>>& type_and_target) {
  std::string text = "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">";
  for (std::size_t i = 0; i < type_and_target.size(); ++i)
    text += "<Relationship Id=\"rId" + std::to_string(i + 1) + "\" Type=\"" + std::string(relation_name) + "/" +
            type_and_target[i].first + "\" Target=\"" + type_and_target[i].second + "\"/>";
  return text + "</Relationships>";
}

struct SheetText {
  std::string name, rows, state, behind;
};

/// @param links  relations of the first sheet
/// A workbook as Excel lays it out. Styles: 1 a date, 2 a percent, 3 a code of its own for date and time, 4 a time.
std::string workbook(const std::vector<SheetText>& sheets, const std::string& properties = "",
                     const std::string& texts = "", const std::string& links = "") {
  std::vector<std::pair<std::string, std::string>> entries, parts;
  std::string list;
  for (std::size_t i = 0; i < sheets.size(); ++i) {
    const std::string number = std::to_string(i + 1), path = "worksheets/sheet" + number + ".xml";
    parts.emplace_back("worksheet", path);
    list += "<sheet name=\"" + sheets[i].name + "\" sheetId=\"" + number + "\" r:id=\"rId" + number + "\"" +
            (sheets[i].state.empty() ? "" : " state=\"" + sheets[i].state + "\"") + "/>";
    entries.emplace_back("xl/" + path, "<worksheet xmlns=\"" + std::string(main_name) + "\"><sheetData>" +
                                           sheets[i].rows + "</sheetData>" + sheets[i].behind + "</worksheet>");
  }
  if (!links.empty()) entries.emplace_back("xl/worksheets/_rels/sheet1.xml.rels", links);
  parts.emplace_back("sharedStrings", "sharedStrings.xml");
  parts.emplace_back("styles", "/xl/styles.xml");
  entries.emplace_back("[Content_Types].xml", "<Types/>");
  entries.emplace_back("_rels/.rels", relations({{"officeDocument", "xl/workbook.xml"}}));
  entries.emplace_back("xl/workbook.xml", "<workbook xmlns=\"" + std::string(main_name) + "\" xmlns:r=\"" +
                                              std::string(relation_name) + "\">" + properties + "<sheets>" + list +
                                              "</sheets></workbook>");
  entries.emplace_back("xl/_rels/workbook.xml.rels", relations(parts));
  entries.emplace_back("xl/sharedStrings.xml", "<sst xmlns=\"" + std::string(main_name) + "\">" + texts + "</sst>");
  entries.emplace_back(
      "xl/styles.xml",
      "<styleSheet xmlns=\"" + std::string(main_name) +
          "\"><numFmts><numFmt numFmtId=\"164\" formatCode=\"yyyy\\-mm\\-dd\\ hh:mm\"/></numFmts><cellStyleXfs><xf "
          "numFmtId=\"14\"/>"
          "</cellStyleXfs><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"10\"/><xf numFmtId=\"164\"/>"
          "<xf numFmtId=\"21\"/></cellXfs></styleSheet>");
  return zip_of(entries);
}

std::string text_cell(const std::string& place, const std::string& text) {
  return "<c r=\"" + place + "\" t=\"inlineStr\"><is><t>" + text + "</t></is></c>";
}

TEST(Xlsx, ShowsWhatASpreadsheetShows) {
  const std::string rows = "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" t=\"s\"><v>1</v></c>" +
                           text_cell("C1", "day") + text_cell("D1", "when") + text_cell("E1", "share") +
                           text_cell("F1", "ok") + text_cell("G1", "at") + "</row>" +
                           "<row r=\"2\"><c r=\"A2\" t=\"s\"><v>1</v></c><c r=\"B2\"><v>0.28999999999999998</v></c><c "
                           "r=\"C2\" s=\"1\"><v>45352</v></c>"
                           "<c r=\"D2\" s=\"3\"><v>45352.604166666664</v></c><c r=\"E2\" s=\"2\"><v>0.6</v></c><c "
                           "r=\"F2\" t=\"b\"><v>1</v></c>"
                           "<c r=\"G2\" s=\"4\"><v>0.5</v></c></row>"
                           "<row r=\"5\"><c r=\"A5\" t=\"str\"><f>A1</f><v>x_x000D_</v></c><c r=\"B5\"><v>12</v></c><c "
                           "r=\"C5\" s=\"1\"><v>-5</v></c>"
                           "<c r=\"D5\" t=\"e\"><v>#N/A</v></c><c r=\"E5\"><f>1+1</f></c></row>";
  const std::string texts =
      "<si><t>na</t><rPh><t>spoken</t></rPh></si><si><r><rPr/><t>am</t></r><r><t xml:space=\"preserve\">ount "
      "</t></r></si>";
  EXPECT_EQ(read_without_lines("a.xlsx", workbook({{"Data", rows, "", ""}}, "", texts)),
            "xlsx\nData\n  na amount:number day when share ok:truth at\n"
            " : na=amount  amount=0.29 day=2024-03-01 when=2024-03-01T14:30:00 share=60% ok=true at=12:00:00\n"
            " : na=x amount=12 day=-5\n"
            "! sheet Data: 1 cells that show an error (#N/A) are taken as empty\n"
            "! sheet Data: 1 formulas have no value and are taken as empty; open and save the file in a spreadsheet "
            "program to "
            "give them one\n! sheet Data: 1 cells in a date's format hold no date and stay numbers\n");
}

TEST(Xlsx, TellsOfTitlesMergedBlocksAndSheets) {
  const std::string rows = "<row r=\"1\">" + text_cell("A1", "Title") + "</row><row r=\"3\">" +
                           text_cell("A3", "from") + text_cell("B3", "to") + text_cell("C3", "to") +
                           "</row><row r=\"4\">" + text_cell("A4", "x") + text_cell("B4", "y") + "</row><row r=\"5\">" +
                           text_cell("B5", "z") + text_cell("XFD5", "far") + "</row>";
  const std::string merged =
      "<mergeCells count=\"2\"><mergeCell ref=\"A1:C1\"/><mergeCell ref=\"A4:A5\"/></mergeCells>";
  const std::string list = "<row><c><v>5</v></c></row><row><c><v>6</v></c></row>";
  EXPECT_EQ(
      read_without_lines("a.xlsx", workbook({{"S", rows, "", merged}, {"H", list, "hidden", ""}, {"E", "", "", ""}})),
      "xlsx\nS\n  from to to (column C) (column XFD)\n : from=x to=y\n : from=x to=z (column XFD)=far\nH\n  5:number\n"
      " : 5=6\n! sheet S: passed over as titles above the header: row 1 (\"Title\")\n"
      "! sheet S: columns of one name were told apart: to (column C)\n"
      "! sheet S: 1 merged blocks say their value for each of their rows\n! sheet H is hidden, and read; "
      "--table NAME names each sheet that is meant\n"
      "! sheet E has no rows below a header, and is left out\n");
}

TEST(Xlsx, PutsNamesOfGroupsBeforeThoseOfColumns) {
  const std::string groups =
      "<row r=\"1\">" + text_cell("A1", "Country") + text_cell("B1", "2023") + text_cell("D1", "2024") + "</row>";
  const std::string names = "<row r=\"2\">" + text_cell("B2", "in") + text_cell("C2", "out") + text_cell("D2", "in") +
                            text_cell("E2", "out") + "</row>";
  const std::string data =
      "<row r=\"3\">" + text_cell("A3", "x") + "<c r=\"B3\"><v>1</v></c><c r=\"E3\"><v>4</v></c></row>";
  const std::string merged =
      "<mergeCells><mergeCell ref=\"A1:A2\"/><mergeCell ref=\"B1:C1\"/><mergeCell ref=\"D1:E1\"/></mergeCells>";
  EXPECT_EQ(read_without_lines("a.xlsx", workbook({{"S", groups + names + data, "", merged}})),
            "xlsx\nS\n  Country 2023 in:number 2023 out 2024 in 2024 out:number\n : Country=x 2023 in=1 2024 out=4\n"
            "! sheet S: the names of groups in row 1 stand in front of those of columns\n");
  EXPECT_THAT(
      read_without_lines("a.xlsx", workbook({{"S", groups + data, "", merged}})),
      testing::HasSubstr("  Country 2023:number 2023 (column C) 2024 2024 (column E):number\n : Country=x 2023=1"));
}

TEST(Xlsx, ReadsPandasColumnsOfTwoLevels) {
  const std::string groups =
      "<row r=\"1\">" + text_cell("B1", "meta") + text_cell("D1", "2021") + text_cell("E1", "2022") + "</row>";
  const std::string names = "<row r=\"2\">" + text_cell("B2", "name") + text_cell("C2", "country") +
                            text_cell("D2", "output") + text_cell("E2", "output") + "</row><row r=\"3\"/>";
  const std::string data = "<row r=\"4\"><c r=\"A4\"><v>0</v></c>" + text_cell("B4", "x") + text_cell("C4", "CL") +
                           "<c r=\"D4\"><v>1</v></c><c r=\"E4\"><v>4</v></c></row>";
  const std::string merged = "<mergeCells><mergeCell ref=\"B1:C1\"/></mergeCells>";
  EXPECT_THAT(read_without_lines("a.xlsx", workbook({{"S", groups + names + data, "", merged}})),
              HasSubstr("  name meta country 2021 output:number 2022 output:number (column A):number\n"));
  const std::string levels = "<row r=\"1\"/><row r=\"2\">" + text_cell("C2", "sum") + text_cell("D2", "mean") +
                             "</row><row r=\"3\">" + text_cell("A3", "supplier") + text_cell("B3", "customer") +
                             "</row><row r=\"4\">" + text_cell("A4", "a") + text_cell("B4", "b") +
                             "<c r=\"C4\"><v>1</v></c><c r=\"D4\"><v>2</v></c></row>";
  EXPECT_THAT(read_without_lines("a.xlsx", workbook({{"S", levels, "", ""}})),
              HasSubstr("  sum:number mean:number supplier customer\n : sum=1 mean=2 supplier=a customer=b\n"));
}

TEST(Xlsx, ReadsYearsBelowAGroupThatIsMerged) {
  const std::string groups =
      "<row r=\"1\">" + text_cell("A1", "Exporter") + text_cell("B1", "Importer") + text_cell("C1", "Share") + "</row>";
  const std::string years = "<row r=\"2\"><c r=\"C2\"><v>2020</v></c><c r=\"D2\"><v>2021</v></c></row>";
  const std::string data = "<row r=\"3\">" + text_cell("A3", "x") + text_cell("B3", "y") +
                           "<c r=\"C3\"><v>0.5</v></c><c r=\"D3\"><v>0.6</v></c></row>";
  const std::string merged =
      "<mergeCells><mergeCell ref=\"A1:A2\"/><mergeCell ref=\"B1:B2\"/><mergeCell ref=\"C1:D1\"/></mergeCells>";
  EXPECT_THAT(read_without_lines("a.xlsx", workbook({{"S", groups + years + data, "", merged}})),
              HasSubstr("  Exporter Importer Share 2020:number Share 2021:number\n"));
}

TEST(Xlsx, KeepsTheAddressesThatCellsLinkTo) {
  const std::string rows = "<row r=\"1\">" + text_cell("A1", "name") + text_cell("B1", "source") +
                           "</row><row r=\"2\">" + text_cell("A2", "Acme") + text_cell("B2", "Report") +
                           "</row><row r=\"3\">" + text_cell("A3", "https://b.example") +
                           "<c r=\"B3\" t=\"str\"><f>HYPERLINK(\"https://c.example/?a=1\",\"C\")</f><v>C</v></c></row>";
  const std::string behind = "<hyperlinks><hyperlink ref=\"B2\" r:id=\"rId1\" xmlns:r=\"" + std::string(relation_name) +
                             "\"/><hyperlink ref=\"A3\" "
                             "r:id=\"rId2\" xmlns:r=\"" +
                             std::string(relation_name) + "\"/></hyperlinks>";
  EXPECT_EQ(read_without_lines("a.xlsx", workbook({{"S", rows, "", behind}}, "", "",
                                                  relations({{"hyperlink", "https://a.example"},
                                                             {"hyperlink", "https://b.example"},
                                                             {"comments", "../comments1.xml"}}))),
            "xlsx\nS\n  name source source link\n : name=Acme source=Report source link=https://a.example\n"
            " : name=https://b.example source=C source link=https://c.example/?a=1\n"
            "! sheet S: comments on cells are left out\n"
            "! sheet S: column source: 2 cells link to an address, kept as the column source link; --map \"source "
            "link=FIELD\" says what it holds\n");
}

TEST(Xlsx, TellsOfDigitsThatTheFileHasLost) {
  const std::string rows =
      "<row><c t=\"inlineStr\"><is><t>id</t></is></c><c t=\"inlineStr\"><is><t>lei</t></is></c></row>"
      "<row><c><v>1.23456789012345E+17</v></c><c><v>12345678901234567</v></c></row>"
      "<row hidden=\"1\"><c><v>1234567890123450</v></c><c><v>7</v></c></row>";
  EXPECT_EQ(
      read_without_lines("a.xlsx", workbook({{"S", rows, "", ""}})),
      "xlsx\nS\n  id:number lei:number\n : id=123456789012345000 lei=12345678901234567\n"
      " : id=1234567890123450 lei=7\n"
      "! sheet S: column id: 2 numbers of more than 15 digits, of which spreadsheets keep 15; the digits behind are "
      "lost in the file itself: write such ids as text\n"
      "! sheet S: 1 rows are hidden, by a filter, say, and read\n");
}

std::string open_document(const std::string& sheets) {
  return zip_of(
      {{"mimetype", "application/vnd.oasis.opendocument.spreadsheet"},
       {"content.xml",
        "<d xmlns:office=\"o\" xmlns:table=\"t\" xmlns:text=\"x\" xmlns:style=\"s\" xmlns:xlink=\"l\" "
        "xmlns:calcext=\"c\">"
        "<style:style style:name=\"h\" style:family=\"table\"><style:table-properties table:display=\"false\"/>"
        "</style:style><office:spreadsheet>" +
            sheets + "</office:spreadsheet></d>"}});
}
std::string open_text(const std::string& text, const std::string& more = "") {
  return "<table:table-cell office:value-type=\"string\"" + more + "><text:p>" + text + "</text:p></table:table-cell>";
}
std::string open_value(const std::string& type, const std::string& value, const std::string& more = "") {
  return "<table:table-cell office:value-type=\"" + type + "\" office:" + value + more +
         "><text:p>shown</text:p></table:table-cell>";
}
std::string open_row(const std::string& cells, const std::string& more = "") {
  return "<table:table-row" + more + ">" + cells + "</table:table-row>";
}

TEST(Ods, ShowsWhatASpreadsheetShows) {
  const std::string rows =
      open_row(open_text("Title")) +
      open_row("<table:table-cell table:number-columns-repeated=\"16384\"/>", " table:number-rows-repeated=\"3\"") +
      open_row(open_text("na<text:span>me</text:span>") + open_text("n") + open_text("day") + open_text("p") +
               open_text("t") + open_text("ok") + open_text("note")) +
      open_row(open_text("a<text:s text:c=\"2\"/>b</text:p><text:p>c", " table:number-rows-spanned=\"2\"") +
               open_value("float", "value=\"0.28999999999999998\"") +
               open_value("date", "date-value=\"2024-03-01T14:30:00\"") + open_value("percentage", "value=\"0.6\"") +
               open_value("time", "time-value=\"PT14H30M00S\"") + open_value("boolean", "boolean-value=\"true\"") +
               "<table:table-cell office:value-type=\"string\" "
               "calcext:value-type=\"error\"><text:p>#N/A</text:p></table:table-cell>") +
      open_row(
          "<table:covered-table-cell/>" +
              open_value("currency", "value=\"5\" office:currency=\"EUR\"", " table:number-columns-repeated=\"2\"") +
              open_text("<text:a xlink:href=\"https://a.example\">A</text:a>") +
              "<table:table-cell table:formula=\"of:=1\"/><table:table-cell/>"
              "<table:table-cell><office:annotation><text:p>remark</text:p></office:annotation><text:p>x</text:p></"
              "table:table-cell>",
          " table:visibility=\"filter\"");
  EXPECT_EQ(read_without_lines(
                "a.ods", open_document("<table:table table:name=\"S\" table:style-name=\"h\">" + rows +
                                       open_row("<table:table-cell/>", " table:number-rows-repeated=\"1048000\"") +
                                       "</table:table>")),
            "ods\nS\n  name n:number day p t ok:truth note p link\n"
            " : name=a  b\nc n=0.29 day=2024-03-01T14:30:00 p=60% t=14:30:00 ok=true\n"
            " : name=a  b\nc n=5 day=5 p=A note=x p link=https://a.example\n"
            "! sheet S is hidden, and read; --table NAME names each sheet that is meant\n"
            "! sheet S: passed over as titles above the header: row 1 (\"Title\")\n"
            "! sheet S: column p: 1 cell links to an address, kept as the column p link; --map \"p link=FIELD\" says "
            "what it holds\n"
            "! sheet S: 1 merged blocks say their value for each of their rows\n"
            "! sheet S: 1 cells that show an error (#N/A) are taken as empty\n"
            "! sheet S: 1 formulas have no value and are taken as empty; open and save the file in a spreadsheet "
            "program to give them one\n"
            "! sheet S: comments on cells are left out\n"
            "! sheet S: 1 rows are hidden, by a filter, say, and read\n");
}

TEST(Ods, IsRefusedWhereItIsHostileOrEmpty) {
  const std::string many =
      open_row(open_text("a", " table:number-columns-repeated=\"16384\""), " table:number-rows-repeated=\"1000000\"");
  EXPECT_THAT(read_as_text("a.ods", open_document("<table:table table:name=\"S\">" + many + "</table:table>")),
              HasSubstr("repeated too often"));
  EXPECT_THAT(read_as_text("a.ods", open_document("<table:table table:name=\"S\"></table:table>")),
              HasSubstr("no sheet of it has a row"));
  EXPECT_THAT(read_as_text("a.ods", zip_of({{"mimetype", "application/vnd.oasis.opendocument.spreadsheet"},
                                            {"META-INF/manifest.xml", "<m><manifest:encryption-data/></m>"}})),
              HasSubstr("without a password"));
}

TEST(Xlsx, CountsDaysFromEitherYear) {
  const std::string rows =
      "<row><c><v>1</v></c><c><v>2</v></c></row><row><c s=\"1\"><v>0</v></c><c s=\"1\"><v>43890</v></c></row>";
  EXPECT_THAT(read_without_lines("a.xlsx", workbook({{"S", rows, "", ""}}, "<workbookPr date1904=\"1\"/>")),
              HasSubstr(" : 1=1904-01-01 2=2024-03-01\n"));
}

TEST(Xlsx, IsRefusedWhereItIsHostileOrNoWorkbook) {
  const std::pair<std::string, std::string> cases[] = {
      {workbook({{"S", "<row><c r=\"ZZZ1\"><v>1</v></c></row>", "", ""}}), "no place in a sheet"},
      {workbook({{"S", "<row><c t=\"s\"><v>7</v></c></row>", "", ""}}), "it names a text that the workbook has not"},
      {workbook({{"S", "", "", ""}}), "no sheet of it has a row"},
      {workbook({{"S", "<row", "", ""}}), "refused"},
      {zip_of({{"xl/workbook.xml", "<!DOCTYPE w [<!ENTITY a \"b\">]><w>&a;</w>"}}),
       "a document type with declarations"},
      {zip_of({{"xl/other.xml", ""}}), "it holds no workbook"},
      {zip_of({{"xl/workbook.bin", ""}}), ".xlsb"},
      {workbook({{"S", "", "", ""}}).substr(0, 700), "cut short or damaged"},
      {"\xD0\xCF\x11\xE0 old", "an old (.xls) or encrypted Excel file"},
      {zip_of({{"mimetype", "application/vnd.oasis.opendocument.spreadsheet"}}), "it holds no content"},
  };
  for (const auto& [text, expected] : cases) EXPECT_THAT(read_as_text("a.xlsx", text), HasSubstr(expected));
  std::string changed =
      workbook({{"S", "<row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>1</v></c></row>", "", ""}});
  changed[changed.find("<v>1") + 3] = '8';
  EXPECT_THAT(read_as_text("a.xlsx", changed), HasSubstr("sheet1.xml in it is damaged"));
}

TEST(XlsxValues, AreWrittenAsTheyAreShown) {
  using namespace detail;
  EXPECT_EQ(number_text("1.1000000000000001"), "1.1");
  EXPECT_EQ(number_text("12345678901234567890"), "12345678901234567890");
  EXPECT_EQ(number_text("1E-3"), "0.001");
  EXPECT_EQ(number_text("1.5E+20"), "150000000000000000000");
  EXPECT_EQ(number_text("-1.23456789012345678E+17"), "-123456789012345680");
  EXPECT_EQ(number_text("1E+30"), "1e+30");
  EXPECT_EQ(number_text("x"), std::nullopt);
  EXPECT_EQ(percent_text("0.123"), "12.3%");
  EXPECT_EQ(percent_text("0.005"), "0.5%");
  EXPECT_EQ(percent_text("-1"), "-100%");
  EXPECT_EQ(percent_text("0"), "0%");
  EXPECT_EQ(date_text("1", false), "1900-01-01");
  EXPECT_EQ(date_text("59", false), "1900-02-28");
  EXPECT_EQ(date_text("60", false), std::nullopt);
  EXPECT_EQ(date_text("61", false), "1900-03-01");
  EXPECT_EQ(date_text("2958465", false), "9999-12-31");
  EXPECT_EQ(date_text("2958466", false), std::nullopt);
  EXPECT_EQ(date_text("45352.999999", false), "2024-03-02");
  EXPECT_EQ(time_text("0.25"), "06:00:00");
  EXPECT_EQ(time_text("1.5"), std::nullopt);
  EXPECT_EQ(column_letters(0), "A");
  EXPECT_EQ(column_letters(27), "AB");
  EXPECT_EQ(column_letters(16383), "XFD");
  EXPECT_EQ(cell_place("XFD1048576")->column, 16383U);
  for (const char* wrong : {"", "A", "1", "A0", "XFE1", "A1048577", "a1", "A1B", "AAAAA1"})
    EXPECT_FALSE(cell_place(wrong)) << wrong;
}

TEST(XlsxValues, TellOfDigitsThatWereNotKept) {
  for (const auto& [written, lost] : {std::pair("12345678901234500", true), std::pair("1.2345678901234501e+16", true),
                                      std::pair("1.234567890123457e+16", true), std::pair("12345678901234567", false),
                                      std::pair("123456789012345", false), std::pair("1.5", false),
                                      std::pair("1000000000000000", false), std::pair("1.979E+17", false)})
    EXPECT_EQ(detail::has_lost_digits(detail::number_text(written).value(), written), lost) << written;
}

TEST(XlsxValues, KnowFormatsByTheirCode) {
  using detail::CellStyle;
  const std::pair<std::string_view, CellStyle> cases[] = {
      {"General", CellStyle::number},
      {"0.00", CellStyle::number},
      {"#,##0 \"days\"", CellStyle::number},
      {"0.0%", CellStyle::percent},
      {"yyyy-mm-dd", CellStyle::date},
      {"d. mmmm yyyy;@", CellStyle::date},
      {"[$-409]mmm\\-yy", CellStyle::date},
      {"hh:mm:ss", CellStyle::time},
      {"[h]:mm", CellStyle::time},
      {"mm:ss.0", CellStyle::time},
      {"[Red]0.0;[Blue]-0", CellStyle::number},
      {"@", CellStyle::number},
      {"yyyy\"年\"m\"月\"d\"日\"", CellStyle::date},
      {"0\"%\"", CellStyle::number},
  };
  for (const auto& [code, style] : cases) EXPECT_EQ(detail::style_of_code(code), style) << code;
}

}  // namespace
}  // namespace chokepoint::test
