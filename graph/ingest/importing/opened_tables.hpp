#pragma once

#include "chokepoint/ingest/import.hpp"
#include "ingest/importing/id_spaces.hpp"
#include "ingest/importing/recognise.hpp"
#include "ingest/profiles/profiled_tables.hpp"
#include "ingest/tables/csv_table.hpp"
#include "ingest/tables/table_input.hpp"

#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <set>
#include <string>
#include <vector>

namespace chokepoint::detail {

/// The tables of files that are no XML, read once, as their profiles make them.
class OpenedTables {
 public:
  /// @param tables  outlives this
  OpenedTables(const TableOptions& tables, const Ontology& ontology)
      : options_(tables), ontology_(ontology), profiled_(tables, ontology) {}

  /// Opens the tables of a file; none where it is of a graph format that is read by itself.
  /// @param number  of the file, for places. @return what its reader passed over, a line each
  /// @throws UsageError where no record is in it
  std::vector<std::string> open(RecognisedInput& input, std::uint32_t number, const ReadProgress& progress,
                                bool skip_bad = false);
  /// @throws UsageError for a profile that was named and fits no table, and for columns that no table has
  void require_used() const;
  /// To be called when all files are open. @see tell_id_spaces_apart
  void settle_id_spaces() { in_spaces_ = tell_id_spaces_apart(tables_, told_); }
  [[nodiscard]] const std::vector<PlacedTable>& tables() const { return tables_; }
  /// Profiles that would fit where they were named, for a refusal.
  [[nodiscard]] const std::vector<std::string>& suggestions() const { return profiled_.suggestions(); }
  /// What profiles say of the tables, and which were laid out anew; complete after they were read.
  [[nodiscard]] std::vector<std::string> remarks() const;
  /// Places in a file that were no records and were left out. @see ReadContext
  [[nodiscard]] const std::vector<Problem>& skipped() const { return skipped_; }

 private:
  std::vector<std::string> open_csv(RecognisedInput& input, std::uint32_t number);
  void require_parts(const FlatTable& above, const FlatTable& below, const std::string& file);
  [[nodiscard]] bool is_wanted(const FlatTable& table);
  void add(const FlatTable& table, const RecognisedInput& input, std::uint32_t number);
  void add_tidy(const FlatTable& table, const RecognisedInput& input, std::uint32_t number, const std::string& file);
  void place(const FlatTable& table, const RecognisedInput& input, std::uint32_t number);

  const TableOptions& options_;
  const Ontology& ontology_;
  std::deque<CsvTable> csv_;
  std::vector<std::string> csv_files_;               ///< where they stand
  std::deque<std::unique_ptr<FlatTable>> laid_out_;  ///< tables made of others
  std::set<std::string, std::less<>> columns_;       ///< of all tables
  std::set<std::string, std::less<>> table_names_;   ///< of all files
  bool has_years_ = false;                           ///< some table has columns that are years
  std::deque<TableSet> sets_;
  ProfiledTables profiled_;
  std::vector<std::unique_ptr<FlatTable>> in_spaces_;  ///< tables whose ids have their space in front
  std::vector<PlacedTable> tables_;
  std::vector<std::string> told_;  ///< of tables that were laid out anew, a line each
  std::vector<Problem> skipped_;
};

}  // namespace chokepoint::detail
