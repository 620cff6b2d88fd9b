#pragma once

#include "chokepoint/ingest/table_options.hpp"
#include "ingest/tables/csv_parts.hpp"
#include "ingest/tables/csv_reader.hpp"
#include "ingest/tables/flat_table.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace chokepoint::detail {

/// A CSV file as a table. Rows are read from the file as they are asked for, one reading at a time.
class CsvTable : public FlatTable {
 public:
  /// Reads the header. @param file  lives as long as this. @throws IngestError
  /// @param part  of the file, where several tables stand in it
  explicit CsvTable(InputFile& file, const TableOptions& options = {}, const CsvPart& part = {});

  [[nodiscard]] const std::string& name() const override { return name_; }
  [[nodiscard]] std::optional<FlatKind> kind() const override { return std::nullopt; }
  [[nodiscard]] const std::vector<RawColumn>& columns() const override { return columns_; }
  [[nodiscard]] std::uint64_t begins_at() const override { return rules_.begin == 0 ? 0 : rules_.line; }
  /// Semicolons part columns where commas are in numbers.
  [[nodiscard]] bool may_have_decimal_commas() const override { return has_semicolons_; }
  /// What of the header was not taken as it stands, a line each.
  [[nodiscard]] const std::vector<std::string>& remarks() const { return remarks_; }
  /// The same of the rows; complete after they were read.
  [[nodiscard]] std::vector<std::string> row_remarks() const;
  [[nodiscard]] std::unique_ptr<FlatRows> rows(std::function<void(std::uint64_t)> on_bytes) const override;

 private:
  InputFile& file_;
  CsvRules rules_;
  std::string name_;
  std::vector<RawColumn> columns_;
  std::vector<std::string> remarks_;
  bool has_semicolons_ = false;
  std::shared_ptr<CsvNotes> notes_ = std::make_shared<CsvNotes>();  ///< of the longest reading
};

}  // namespace chokepoint::detail
