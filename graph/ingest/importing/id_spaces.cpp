#include "ingest/importing/id_spaces.hpp"

#include "chokepoint/model/text.hpp"
#include "ingest/importing/table_over.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <unordered_map>
#include <utility>

namespace chokepoint::detail {

namespace {

/// The space of the ids in a column, `Firm` of `companyId:ID(Firm)`; empty for any other column.
/// @param ends  also of columns that name the ends of edges
std::string id_space(std::string_view name, bool ends) {
  const auto colon = name.rfind(':');
  const auto open = name.rfind('(');
  if (colon == std::string_view::npos || open == std::string_view::npos || open < colon || !name.ends_with(')'))
    return {};
  const std::string kind = fold(name.substr(colon, open - colon));
  if (kind != ":id" && !(ends && (kind == ":start_id" || kind == ":end_id"))) return {};
  return std::string(name.substr(open + 1, name.size() - open - 2));
}

struct SpacePlan {
  std::vector<RawColumn> columns;
  std::vector<std::string> heads;  ///< what stands in front of the values of each; empty: nothing
};

class SpaceRows : public FlatRows {
 public:
  SpaceRows(std::unique_ptr<FlatRows> rows, const SpacePlan& plan)
      : rows_(std::move(rows)), plan_(plan), texts_(plan.heads.size()) {}

  bool next(FlatRow& row) override {
    if (!rows_->next(row)) return false;
    if (!row.fault.empty()) return true;
    values_.assign(row.values.begin(), row.values.end());
    for (std::size_t i = 0; i < values_.size(); ++i) {
      if (plan_.heads[i].empty() || values_[i].empty()) continue;
      texts_[i] = plan_.heads[i];
      texts_[i] += values_[i];
      values_[i] = texts_[i];
    }
    row.values = values_;
    return true;
  }

 private:
  std::unique_ptr<FlatRows> rows_;
  const SpacePlan& plan_;
  std::vector<std::string> texts_;
  std::vector<std::string_view> values_;
};

/// The first id that nodes of two spaces have, with its space in front; empty where all differ.
std::string id_of_two_spaces(const std::vector<PlacedTable>& tables) {
  std::unordered_map<std::uint64_t, std::uint64_t> spaces;  // by hash of the id: hash of its space
  for (const PlacedTable& placed : tables)
    for (std::size_t i = 0; i < placed.table->columns().size(); ++i) {
      const std::string space = id_space(placed.table->columns()[i].name, false);
      if (space.empty()) continue;
      const std::uint64_t hash = hash_bytes(space);
      const auto rows = placed.table->rows({});
      for (FlatRow row; rows->next(row);)
        if (row.fault.empty() && !row.values[i].empty() &&
            spaces.try_emplace(hash_bytes(row.values[i]), hash).first->second != hash)
          return fmt::format("{}:{}", space, row.values[i]);
    }
  return {};
}

}  // namespace

std::vector<std::unique_ptr<FlatTable>> tell_id_spaces_apart(std::vector<PlacedTable>& tables,
                                                             std::vector<std::string>& told) {
  std::vector<std::unique_ptr<FlatTable>> made;
  const auto count = std::ranges::count_if(tables, [](const PlacedTable& placed) {
    return std::ranges::any_of(placed.table->columns(),
                               [](const RawColumn& column) { return !id_space(column.name, false).empty(); });
  });
  const std::string example = count > 1 ? id_of_two_spaces(tables) : std::string();
  if (example.empty()) return made;
  told.push_back(
      fmt::format("nodes of several id spaces have one id, so that each has its space in front: {}", example));
  for (PlacedTable& placed : tables) {
    SpacePlan plan{placed.table->columns(), {}};
    for (const RawColumn& column : plan.columns) {
      const std::string space = id_space(column.name, true);
      plan.heads.push_back(space.empty() ? space : space + ":");
    }
    if (std::ranges::all_of(plan.heads, &std::string::empty)) continue;
    made.push_back(std::make_unique<PlannedTable<SpaceRows, SpacePlan>>(*placed.table, std::move(plan)));
    placed.table = made.back().get();
  }
  return made;
}

}  // namespace chokepoint::detail
