#pragma once

#include "ingest/tables/flat_table.hpp"
#include "ingest/tables/table_layout.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace chokepoint::detail {

/// Ends of edges that name nobody in particular: Others, Unknown, Various. Each end that they stand beside has its own
/// ones, or they would be one firm that everybody hangs on.
class NamelessEnds {
 public:
  explicit NamelessEnds(const TableLayout& layout);

  /// Renames such an end of a row by the other one: `Others (TSMC)`. @param row  keeps its values until the next one
  void name(FlatRow& row);
  /// What was renamed; empty where nothing was.
  [[nodiscard]] std::string remark() const;
  /// Whether a name is one that `name` made.
  [[nodiscard]] static bool is_made(std::string_view name);

 private:
  std::size_t from_ = 0, to_ = 0;
  std::vector<std::string_view> values_;
  std::string made_, first_;
  std::uint64_t count_ = 0;
};

}  // namespace chokepoint::detail
