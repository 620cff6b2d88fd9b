#include "ingest/tables/flat_edge_reader.hpp"

#include "ingest/tables/flat_table.hpp"

#include <fmt/format.h>

#include <utility>

namespace chokepoint::detail {

void FlatEdgeReader::read_one(const std::vector<FlatColumn>& columns, std::span<const std::string_view> values,
                              const Place& place, std::uint64_t row, EdgePipe& pipe) {
  Edge& edge = pipe.place();
  const bool is_read = reader_.edge(columns, values, place, row, edge);
  if (found_.any()) pipe.report(found_);
  if (!is_read) return;
  const bool is_undirected = reader_.direction() == Direction::undirected;
  const bool is_mutual = reader_.direction() == Direction::mutual;
  const bool goes_back = is_mutual || (is_undirected && options_.undirected == Undirected::both);
  undirected_ += is_undirected ? 1U : 0U;
  mutual_ += is_mutual ? 1U : 0U;
  if (is_undirected && options_.undirected == Undirected::refuse) {
    found_.add(place, fmt::format("row {}, {}", row, describe(edge)),
               "it has no direction; --undirected both makes it two, --undirected as-is takes it as it is written");
    pipe.report(found_);
    return;
  }
  if (goes_back) edge_ = edge;
  if (parallel_.take(edge, place, row)) pipe.add(place);
  if (!goes_back) return;
  edge_.id.clear();
  std::swap(edge_.from, edge_.to);
  if (parallel_.take(edge_, place, row)) {
    pipe.place() = edge_;
    pipe.add(place);
  }
}

void FlatEdgeReader::read(const std::vector<FlatColumn>& columns, std::span<const std::string_view> values,
                          const Place& place, std::uint64_t row, EdgePipe& pipe) {
  for (std::size_t i = 0; i < columns.size(); ++i) {
    const bool is_end = columns[i].target == Target::from || columns[i].target == Target::to;
    if (is_end && values[i].empty() && options_.splits.contains(columns[i].name)) {
      ++empty_lists_;
      return;
    }
    // What flows and where may be several, too.
    const bool is_node = is_end || is_field_of_kind(columns[i].target, FieldKind::node);
    if (!is_node || values[i].find(list_mark) == std::string_view::npos) continue;
    std::vector<std::string_view> one(values.begin(), values.end());
    for (std::string_view rest = values[i];;) {
      const auto end = rest.find(list_mark);
      one[i] = rest.substr(0, end);
      read(columns, one, place, row, pipe);  // the other end may hold several, too
      if (end == std::string_view::npos) return;
      rest.remove_prefix(end + 1);
    }
  }
  read_one(columns, values, place, row, pipe);
}

void FlatEdgeReader::refuse(const std::string& why, const Place& place, std::uint64_t row, EdgePipe& pipe) {
  found_.add(place, fmt::format("row {}", row), why);
  pipe.report(found_);
}

void FlatEdgeReader::finish(EdgePipe& pipe) {
  parallel_.for_each_sum([&](Edge&& edge, const Place& place) {
    pipe.place() = std::move(edge);
    pipe.add(place);
  });
}

std::vector<std::string> FlatEdgeReader::remarks() const {
  std::vector<std::string> lines;
  std::string directions;
  if (undirected_ > 0)
    directions = fmt::format("{} edge{} {} no direction in the file; {}", undirected_, undirected_ == 1 ? "" : "s",
                             undirected_ == 1 ? "has" : "have",
                             options_.undirected == Undirected::both
                                 ? "each was read as two, there and back"
                                 : "read as written, from the first end to the second: --undirected both would make "
                                   "two of each");
  if (mutual_ > 0)
    directions += fmt::format("{}{} mutual edge{} read as two, there and back", directions.empty() ? "" : "; ", mutual_,
                              mutual_ == 1 ? " was" : "s were");
  if (!directions.empty()) lines.push_back(std::move(directions));
  if (empty_lists_ > 0)
    lines.push_back(fmt::format("{} row{} with nothing in a cell of several values make{} no edge", empty_lists_,
                                empty_lists_ == 1 ? "" : "s", empty_lists_ == 1 ? "s" : ""));
  if (reader_.left_ids() > 0)
    lines.push_back(
        fmt::format("{} edge ids only number the edges of their file and were left out", reader_.left_ids()));
  for (std::string& line : parallel_.remarks()) lines.push_back(std::move(line));
  return lines;
}

}  // namespace chokepoint::detail
