#pragma once

#include "ingest/profiles/table_profile.hpp"
#include "ingest/tables/flat_table.hpp"

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace chokepoint::detail {

/// Values of variables by name.
using GivenValues = std::map<std::string, std::string, std::less<>>;

/// What the names in a profile's templates stand for in one row: its cells, and variables. Values are taken without the
/// blanks around them; one that says that there is none is none.
class RowValues {
 public:
  /// @param given  values of variables that are not made of the row
  RowValues(const TableProfile& profile, const std::vector<RawColumn>& columns, std::string file,
            GivenValues given = {});

  /// Begins a row; variables of the last one are forgotten. @pre the cells live until the next row
  void begin(std::span<const std::string_view> cells);
  /// Sets a variable of the row. @pre `value` lives until it is set anew
  void set(const std::string& name, std::string_view value);
  /// The value of a column or variable, as it is written.
  [[nodiscard]] std::string_view raw(std::string_view name);
  [[nodiscard]] std::string_view cell(std::size_t column) const { return cells_[column]; }
  /// The text of a template; empty where a name in it has no value. Several values of one of its names make several
  /// texts, with `list_mark` between them.
  [[nodiscard]] std::string text_of(const ProfileTemplate& text);
  /// Whether numbers such as >80% are taken from here on, for a record that says how its number is bounded.
  void take_bounded(bool takes) { takes_bounded_ = takes; }
  /// @param total  what a share is of; 0 for none
  [[nodiscard]] std::string value_of(const ProfileValue& value, double total = 0);
  /// A text that is a number as the value has numbers written.
  [[nodiscard]] std::string as_number(const ProfileValue& value, const std::string& text) {
    return number_of(value, text, 0);
  }
  [[nodiscard]] bool holds(const std::vector<ProfileCondition>& all);
  [[nodiscard]] bool any_holds(const std::vector<ProfileCondition>& all);
  [[nodiscard]] const std::map<std::string, std::size_t, std::less<>>& column_at() const { return column_at_; }

 private:
  [[nodiscard]] bool is_absent_text(std::string_view value) const;
  /// Whether what a name stands for is written in the table, where a text may say that there is no value.
  [[nodiscard]] bool is_cell(std::string_view name) const;
  [[nodiscard]] std::string one_value(const ProfileValue& value, std::string text, double total);
  [[nodiscard]] std::string number_of(const ProfileValue& value, const std::string& text, double total);
  [[nodiscard]] bool holds(const ProfileCondition& condition);

  const TableProfile& profile_;
  std::string file_;
  GivenValues given_;
  std::map<std::string, std::size_t, std::less<>> column_at_;
  std::map<std::string, std::size_t, std::less<>> variable_at_;
  std::span<const std::string_view> cells_;
  bool takes_bounded_ = false;
  std::map<std::string, std::string_view, std::less<>> set_;
  std::vector<std::pair<bool, std::string>>
      variables_;  ///< of the profile: whether it was made for this row, and its value
};

}  // namespace chokepoint::detail
