#pragma once

#include "ingest/tables/flat_table.hpp"
#include "ingest/tables/table_layout.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace chokepoint::detail {

/// Whether two values of a trait say one thing: `China` and `CN`.
bool is_one_trait(std::string_view one, std::string_view other);

/// Names that stand beside contradicting traits: Delta of Taiwan and Delta of Thailand are two, `Delta (Taiwan)` and
/// `Delta (Thailand)`. Memory: by the names beside a trait, some 40 bytes each.
class ApartNames {
 public:
  /// Whether a layout has a name with a trait beside it.
  static bool may_concern(const TableLayout& layout);
  /// Notes what a row says of its names.
  void note(const TableLayout& layout, const FlatRow& row);
  /// Ends the notes of a table of nodes, whose rows may be relations.
  void settle();
  /// Whether a name was noted beside contradicting traits.
  [[nodiscard]] bool any() const { return !apart_.empty(); }
  /// Gives the names of a row that are several nodes' their traits. @param row  keeps its values until the next one
  void tell_apart(const TableLayout& layout, FlatRow& row);
  /// What was told apart; empty where nothing was.
  [[nodiscard]] std::string remark() const;
  /// Which codes stood beside contradicting traits and were left one; empty where none did.
  [[nodiscard]] std::string code_remark() const;

 private:
  void tell_apart(const TableLayout& layout, std::size_t name, FlatRow& row, std::string& made);

  std::unordered_map<std::uint64_t, std::uint64_t> traits_;  ///< by hash of the folded name: hash of its first trait
  std::unordered_set<std::uint64_t> apart_;                  ///< names, by hash
  std::unordered_set<std::uint64_t> codes_;                  ///< codes beside contradicting traits, by hash
  std::string code_, code_column_;                           ///< the first of them
  std::string column_;                                       ///< that has the first contradiction
  std::vector<std::string> shown_;                           ///< the first made names
  std::uint64_t bare_ = 0;                                   ///< how often such a name stood beside nothing
  std::string first_bare_;
  std::vector<std::string_view> values_;
  std::string made_[2];
};

}  // namespace chokepoint::detail
