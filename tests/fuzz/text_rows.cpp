// Tables of text: separators, headers of one row or several, comments, quotes, and what is tidied of the cells. The
// first byte says how quotes and comments are taken; without it nothing is.
#include "chokepoint/model/ontology.hpp"
#include "ingest/importing/tidy_table.hpp"
#include "ingest/importing/year_tables.hpp"
#include "ingest/tables/csv_table.hpp"
#include "tests/fuzz/read_tables.hpp"

#include <array>

namespace {

void read_all(const chokepoint::detail::FlatTable& table) {
  const auto rows = table.rows({});
  for (chokepoint::detail::FlatRow row; rows->next(row);)
    chokepoint::fuzz::require(!row.fault.empty() || row.values.size() == table.columns().size());
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace chokepoint;
  if (size == 0) return 0;
  constexpr std::array<const char*, 4> marks{"", "none", "#", "//"};
  TableOptions options;
  options.quotes = static_cast<Quotes>(data[0] % 3);
  options.comments = marks[data[0] / 3 % marks.size()];
  options.fill_down = {"a"};
  const std::string_view text = fuzz::as_text(data + 1, size - 1);
  try {
    detail::InputFile file("fuzzed", text);
    const detail::CsvTable table(file, options);
    read_all(table);
    static_cast<void>(table.row_remarks());
    std::vector<std::string> told;
    const auto tidy = detail::tidy_table(table, options, told);
    if (tidy) read_all(*tidy);
    for (const char* years : {"share", "ai-patents"}) {
      options.years = years;
      for (const auto& made : detail::tables_by_year(table, options, Ontology::standard(), "fuzzed", told))
        read_all(*made);
    }
  } catch (const IngestError& error) {
    fuzz::require(!error.problems.empty() && !error.problems.front().message.empty());
  } catch (const UsageError&) {
    // A header of another kind of table, or a number that can be read in two ways.
  }
  return 0;
}
