#include "ingest/tables/csv_table.hpp"

#include "chokepoint/support/error.hpp"

#include <fmt/format.h>

#include <utility>

namespace chokepoint::detail {

namespace {

class CsvRows : public FlatRows {
 public:
  CsvRows(InputFile& file, std::function<void(std::uint64_t)> on_bytes) : csv_(file, '\0', std::move(on_bytes)) {}

  bool next(FlatRow& row) override {
    if (!csv_.next(row_, row.fault)) return false;
    row.number = row_.number;
    row.line = row_.line;
    row.values = row_.fields;
    return true;
  }

 private:
  CsvReader csv_;
  CsvRow row_;
};

/// Whether a row only rules off the header, as Markdown does.
bool is_rule(const CsvRow& row) {
  bool has_dashes = false;
  for (const std::string_view field : row.fields) {
    if (field.find_first_not_of("-: ") != std::string_view::npos) return false;
    has_dashes = has_dashes || field.find("--") != std::string_view::npos;
  }
  return has_dashes;
}

}  // namespace

CsvTable::CsvTable(InputFile& file) : file_(file) {
  CsvReader csv(file_, '\0');
  for (const std::string& name : csv.header()) columns_.push_back({name, FlatType::text, std::nullopt, {}, false});
  has_semicolons_ = csv.separator() == ';';
  if (CsvRow row; csv.separator() == '|') {
    std::string fault;
    if (csv.next(row, fault) && is_rule(row))
      throw UsageError(file_.name() + ": a table of Markdown; --from text-table reads it");
  }
  if (!csv.titles().empty())
    remarks_.push_back(
        fmt::format("passed over as titles above the header: \"{}\"", fmt::join(csv.titles(), "\", \"")));
  if (!csv.renamed().empty())
    remarks_.push_back(fmt::format("columns of one name were told apart: {}", fmt::join(csv.renamed(), ", ")));
}

std::unique_ptr<FlatRows> CsvTable::rows(std::function<void(std::uint64_t)> on_bytes) const {
  return std::make_unique<CsvRows>(file_, std::move(on_bytes));
}

}  // namespace chokepoint::detail
