// Workbooks of Excel and OpenDocument: the archive and, where a byte says so, the XML of a sheet in an archive that is
// sound.
#include "ingest/formats/xlsx_sheet.hpp"
#include "tests/fuzz/read_tables.hpp"

#include <utility>

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace chokepoint;
  const std::string_view text = fuzz::as_text(data, size);
  if (!text.starts_with('<')) {
    fuzz::read_as(text, {"xlsx", "ods"});
    return 0;
  }
  detail::SpooledTable table("sheet");
  detail::WorkbookParts parts;
  parts.texts.add("text");
  parts.styles = {detail::CellStyle::number, detail::CellStyle::date, detail::CellStyle::percent,
                  detail::CellStyle::time};
  detail::BehindRows behind;
  behind.merged.emplace(1, detail::MergedCells{{0, 1}, {2, 1}});
  behind.merged.emplace(2, detail::MergedCells{{0, 2}, {0, 4}});
  behind.links.try_emplace({2, 1}, "https://a.example");
  detail::XlsxSheet sheet(table, parts, std::move(behind), [](const std::string& cell, const std::string& message) {
    throw IngestError("refused", {{"sheet", 0, cell, message}}, 1);
  });
  try {
    detail::XmlReader reader("sheet", sheet);
    reader.feed(text, true);
    sheet.finish();
  } catch (const IngestError& error) {
    fuzz::require(!error.problems.empty());
  } catch (const UsageError&) {
    // More columns than a table has.
  }
  const auto rows = table.rows({});
  for (detail::FlatRow row; rows->next(row);) fuzz::require(row.values.size() == table.columns().size());
  return 0;
}
