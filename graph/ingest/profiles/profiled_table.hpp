#pragma once

#include "ingest/profiles/row_values.hpp"
#include "ingest/profiles/table_profile.hpp"
#include "ingest/tables/flat_table.hpp"

#include <cstdint>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace chokepoint::detail {

/// A column of a table that a pattern of `each` fits.
struct EachColumn {
  std::size_t column = 0;
  std::vector<std::pair<std::string, std::string>> variables;
};
/// The columns that a part takes one after the other. A column goes by the first pattern that it fits.
std::vector<EachColumn> each_columns(const ProfileEach& each, const std::vector<RawColumn>& columns);

/// Whether a field is a number that a record can bound: not one that is worked out of others.
bool is_measure_field(const ProfileField& field);

/// What the parts of a profile have in common for one table: its totals, and the rows that no part takes.
class ProfiledSource {
 public:
  /// @param file  name of the file without folder and ending, for `{file}`
  ProfiledSource(const FlatTable& table, std::shared_ptr<const TableProfile> profile, std::string file,
                 GivenValues given = {});

  [[nodiscard]] const FlatTable& table() const { return table_; }
  [[nodiscard]] const TableProfile& profile() const { return *profile_; }
  [[nodiscard]] const std::string& file() const { return file_; }
  [[nodiscard]] const GivenValues& given() const { return given_; }
  /// Looks at all rows once, where a part has totals or conditions.
  void prepare();
  /// The total of the group that the row is in; 0 for none. @param part  number of it
  [[nodiscard]] double total_of(std::size_t part, RowValues& values) const;
  /// A field that holds one value was given several.
  void note_first_of_several(const std::string& field) { firsts_.insert(field); }
  /// What became of rows and columns that no part takes, a line each; after the rows were read.
  [[nodiscard]] std::vector<std::string> remarks() const;

 private:
  void look_at(RowValues& values);
  [[nodiscard]] static std::string group_of(const ProfileTotal& total, RowValues& values);

  const FlatTable& table_;
  std::shared_ptr<const TableProfile> profile_;
  std::string file_;
  GivenValues given_;
  bool is_prepared_ = false;
  std::vector<std::unordered_map<std::string, double>> totals_;  ///< by part
  std::map<std::string, std::uint64_t> left_out_;
  std::uint64_t left_rows_ = 0, rows_ = 0;
  std::vector<std::vector<EachColumn>> each_;  ///< by part
  std::set<std::string> firsts_;
  std::vector<bool> filled_;  ///< by column: it has a value; empty where nobody looked
};

/// What one part of a profile makes of the rows of a table. Memory: one row; the ids, where a part takes each only
/// once; all rows of a part that is gathered.
class ProfiledTable : public FlatTable {
 public:
  ProfiledTable(std::shared_ptr<ProfiledSource> source, std::size_t part);

  [[nodiscard]] const std::string& name() const override { return source_->table().name(); }
  [[nodiscard]] std::optional<FlatKind> kind() const override { return part().kind; }
  [[nodiscard]] const std::vector<RawColumn>& columns() const override { return columns_; }
  [[nodiscard]] bool makes_ends() const override { return part().makes_ends; }
  [[nodiscard]] std::unique_ptr<FlatRows> rows(std::function<void(std::uint64_t)> on_bytes) const override;

  [[nodiscard]] const ProfilePart& part() const { return source_->profile().parts[part_]; }
  [[nodiscard]] std::size_t part_number() const { return part_; }
  [[nodiscard]] ProfiledSource& source() const { return *source_; }
  /// Whether columns behind the fields say the bound and the upper end of a measure.
  [[nodiscard]] bool has_bounds() const { return has_bounds_; }
  /// Columns of the source that follow those of the fields, as attributes.
  [[nodiscard]] const std::vector<std::size_t>& rest() const { return rest_; }

 private:
  void add_rest();

  std::shared_ptr<ProfiledSource> source_;
  std::size_t part_;
  std::vector<RawColumn> columns_;
  bool has_bounds_ = false;
  std::vector<std::size_t> rest_;
};

/// Calls `visit` for each record that a row stands for in a part, whose conditions hold.
void for_each_record(const ProfilePart& part, const std::vector<EachColumn>& columns, RowValues& values,
                     const std::vector<RawColumn>& raw, const std::function<void()>& visit);

}  // namespace chokepoint::detail
