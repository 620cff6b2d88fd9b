#include "chokepoint/query/chokepoints.hpp"
#include "chokepoint/store/reader.hpp"
#include "chokepoint/support/error.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

namespace chokepoint {

namespace {

using ComparedRows = std::map<std::string, std::vector<ComparedCell>>;

/// The cells of one column.
class ComparedColumn {
 public:
  ComparedColumn(const CutSetsResult& found, std::size_t column, std::size_t columns, ComparedRows& rows)
      : found_(&found), column_(column), columns_(columns), rows_(&rows) {}

  void read() {
    for (const auto side : {&ComparedCell::any, &ComparedCell::all}) {
      side_ = side;
      for (const CutSet& set : reading().sets) add(set);
      for (const NearLoss& loss : found_->near) add(loss.vertex, is_all() ? loss.all : loss.any);
    }
  }
  /// In every row, what is lost makes no difference to a target that is impossible. @pre all columns were read
  void fill_impossible() {
    for (const auto side : {&ComparedCell::any, &ComparedCell::all}) {
      side_ = side;
      if (!reading().impossible) continue;
      for (auto& [id, cells] : *rows_) (cells[column_].*side).effect = CutEffect::impossible;
    }
  }

 private:
  [[nodiscard]] bool is_all() const { return side_ == &ComparedCell::all; }
  [[nodiscard]] const CutSetsReading& reading() const { return is_all() ? found_->all : found_->any; }
  [[nodiscard]] std::string id(Vertex v) const { return std::string(found_->view->snapshot().id(v)); }
  ComparedLoss& cell(Vertex v) {
    auto& cells = (*rows_)[id(v)];
    cells.resize(columns_);
    return cells[column_].*side_;
  }

  void add(const CutSet& set) {
    for (const Vertex member : set.members) {
      ComparedLoss& at = cell(member);
      at.effect = std::max(at.effect, set.members.size() == 1 ? CutEffect::alone : CutEffect::pair);
      if (set.members.size() != 2) continue;
      const std::string other = id(set.members[set.members.front() == member ? 1 : 0]);
      const auto place = std::ranges::lower_bound(at.with, other);
      if (place == at.with.end() || *place != other) at.with.insert(place, other);
    }
  }

  void add(Vertex lost, const Interval& left) {
    ComparedLoss& at = cell(lost);
    if (at.effect >= CutEffect::near) return;
    at.effect = CutEffect::near;
    at.low = left.low;
    at.high = left.high;
  }

  const CutSetsResult* found_;
  std::size_t column_, columns_;
  ComparedLoss ComparedCell::*side_ = &ComparedCell::any;
  ComparedRows* rows_;
};

/// Whoever stops most stands first.
std::vector<ComparedNode> by_weight(ComparedRows rows) {
  std::vector<ComparedNode> order;
  for (auto& [id, cells] : rows) order.push_back({id, std::move(cells)});
  std::ranges::stable_sort(order, {}, [](const ComparedNode& node) {
    const auto count = [&](CutEffect effect, ComparedLoss ComparedCell::*side) {
      return std::ranges::count_if(node.cells, [&](const ComparedCell& cell) { return (cell.*side).effect == effect; });
    };
    const auto weight = [&](ComparedLoss ComparedCell::*side) {
      return std::tuple(-count(CutEffect::alone, side), -count(CutEffect::near, side), -count(CutEffect::pair, side));
    };
    return std::pair(weight(&ComparedCell::any), weight(&ComparedCell::all));
  });
  return order;
}

}  // namespace

CutComparisonResult compare_cut_sets(Session& session, const ChokepointsParams& params,
                                     const std::vector<std::string>& targets) {
  constexpr double near_by_default = 0.2;
  ChokepointsParams single = params;
  CutComparisonResult found;
  found.places_only = params.among.empty();
  if (found.places_only) single.among = {"place"};
  if (!single.near) single.near = near_by_default;
  std::vector<std::string> ids;
  for (const std::string& target : targets) {
    const std::string id = session.reader().resolve(target).id;
    if (std::ranges::find(ids, id) != ids.end()) throw UsageError(fmt::format("\"{}\" is named twice", id));
    ids.push_back(id);
  }
  ComparedRows rows;
  for (std::size_t i = 0; i < ids.size(); ++i) {
    single.target = ids[i];
    found.targets.push_back(find_cut_sets(session, single));
    ComparedColumn(found.targets.back(), i, ids.size(), rows).read();
    RemainderSets apart = remainder_sets(found.targets.back());
    found.with_remainder.sets.merge(apart.sets);
    found.with_remainder.remainders.merge(apart.remainders);
  }
  for (std::size_t i = 0; i < ids.size(); ++i) ComparedColumn(found.targets[i], i, ids.size(), rows).fill_impossible();
  found.rows = by_weight(std::move(rows));
  return found;
}

}  // namespace chokepoint
