#pragma once

#include "ingest/tables/flat_table.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace chokepoint::detail {

/// A table that shows the rows of another one otherwise, by a plan with the columns that it has then; what it is of,
/// the other one says.
/// @tparam Rows  made of the rows of the other table and the plan
/// @tparam Plan  has `columns`, a RawColumn each
template <typename Rows, typename Plan>
class PlannedTable : public FlatTable {
 public:
  /// @param table  outlives this one
  PlannedTable(const FlatTable& table, Plan plan) : table_(table), plan_(std::move(plan)) {}
  [[nodiscard]] const std::string& name() const override { return table_.name(); }
  [[nodiscard]] std::optional<FlatKind> kind() const override { return table_.kind(); }
  [[nodiscard]] const std::vector<RawColumn>& columns() const override { return plan_.columns; }
  [[nodiscard]] bool makes_ends() const override { return table_.makes_ends(); }
  [[nodiscard]] std::string_view things() const override { return table_.things(); }
  [[nodiscard]] bool may_have_decimal_commas() const override { return table_.may_have_decimal_commas(); }
  [[nodiscard]] std::unique_ptr<FlatRows> rows(std::function<void(std::uint64_t)> on_bytes) const override {
    return std::make_unique<Rows>(table_.rows(std::move(on_bytes)), plan_);
  }

 private:
  const FlatTable& table_;
  Plan plan_;
};

}  // namespace chokepoint::detail
