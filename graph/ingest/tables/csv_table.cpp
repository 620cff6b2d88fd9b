#include "ingest/tables/csv_table.hpp"

#include "chokepoint/support/error.hpp"

#include <fmt/format.h>

#include <utility>

namespace chokepoint::detail {

namespace {

class CsvRows : public FlatRows {
 public:
  CsvRows(InputFile& file, std::function<void(std::uint64_t)> on_bytes, const CsvRules& rules,
          std::shared_ptr<CsvNotes> notes)
      : csv_(file, '\0', std::move(on_bytes), rules), notes_(std::move(notes)) {}

  bool next(FlatRow& row) override {
    if (!csv_.next(row_, row.fault)) {
      *notes_ = csv_.notes();
      return false;
    }
    row.number = row_.number;
    row.line = row_.line;
    row.values = row_.fields;
    return true;
  }

 private:
  CsvReader csv_;
  CsvRow row_;
  std::shared_ptr<CsvNotes> notes_;
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

CsvTable::CsvTable(InputFile& file, const TableOptions& options, const CsvPart& part)
    : file_(file), rules_{options.quotes, options.comments, part.begin, part.end, part.line} {
  if (part.begin > 0) name_ = fmt::format("from line {}", part.line);
  CsvReader csv(file_, '\0', {}, rules_);
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
  if (csv.header_rows() > 1)
    remarks_.push_back(fmt::format("{} rows were read as one header, names of groups in front of those of columns: {}",
                                   csv.header_rows(), fmt::join(csv.header(), ", ")));
  if (csv.lacks_first())
    remarks_.emplace_back(
        "the header has one name less than the rows have fields: the first column was taken for the nameless one, "
        "as R writes the numbers of rows");
  if (!csv.renamed().empty())
    remarks_.push_back(fmt::format("columns of one name were told apart: {}", fmt::join(csv.renamed(), ", ")));
}

std::vector<std::string> CsvTable::row_remarks() const {
  std::vector<std::string> lines;
  const CsvNotes& notes = *notes_;
  const auto plural = [](std::uint64_t count) { return count == 1 ? "" : "s"; };
  if (notes.comments > 0)
    lines.push_back(fmt::format(
        "{} line{} passed over as comments, the first of them line {}: what begins with {} is "
        "no row; --comments none takes it for one",
        notes.comments, plural(notes.comments), notes.first_comment, rules_.comments.empty() ? "#" : rules_.comments));
  if (2 * notes.marked_rows < notes.rows && notes.marked_rows > 0)
    lines.push_back(
        fmt::format("{} line{} with # in front taken for rows, the first of them line {}; --comments \"#\" "
                    "passes over them",
                    notes.marked_rows, plural(notes.marked_rows), notes.first_marked_row));
  if (notes.repeated_headers > 0)
    lines.push_back(fmt::format("{} row{} passed over that repeat the header, the first of them in line {}",
                                notes.repeated_headers, plural(notes.repeated_headers), notes.first_repeated_header));
  if (notes.stray_quotes > 0)
    lines.push_back(
        fmt::format("{} field{} with quotes that enclose nothing taken as they stand, the first of them in "
                    "line {}; --quotes csv refuses them, --quotes text takes all quotes for text",
                    notes.stray_quotes, plural(notes.stray_quotes), notes.first_stray_quote));
  return lines;
}

std::unique_ptr<FlatRows> CsvTable::rows(std::function<void(std::uint64_t)> on_bytes) const {
  return std::make_unique<CsvRows>(file_, std::move(on_bytes), rules_, notes_);
}

}  // namespace chokepoint::detail
