#pragma once

#include "ingest/tables/flat_table.hpp"

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace chokepoint::detail {

/// A table that shows the rows of another in columns of its own; what it is of, the other says.
class TableOver : public FlatTable {
 public:
  /// @param table  outlives this one
  TableOver(const FlatTable& table, std::vector<RawColumn> columns) : table_(table), columns_(std::move(columns)) {}
  [[nodiscard]] const std::string& name() const override { return table_.name(); }
  [[nodiscard]] std::optional<FlatKind> kind() const override { return table_.kind(); }
  [[nodiscard]] const std::vector<RawColumn>& columns() const override { return columns_; }
  [[nodiscard]] bool makes_ends() const override { return table_.makes_ends(); }
  [[nodiscard]] bool may_have_decimal_commas() const override { return table_.may_have_decimal_commas(); }

 protected:
  [[nodiscard]] const FlatTable& table() const { return table_; }

 private:
  const FlatTable& table_;
  std::vector<RawColumn> columns_;
};

}  // namespace chokepoint::detail
