#include "ingest/formats/graph_tables.hpp"

#include "ingest/formats/json_fields.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace chokepoint::detail {

void GraphTables::set_direction(std::optional<Direction> direction) {
  if (!direction) direction = graph_direction;
  if (direction)
    put_role_text(edges(), direction_column, Target::direction, direction_text(*direction));
  else
    ++edges_without_direction_;
}

void GraphTables::finish() {
  if (edges_without_direction_ > 0 && graph_direction) {
    SpooledTable& old = edges();
    const std::size_t at = old.column(direction_column, FlatType::text, Target::direction);
    replace(true, copy_table(old, [&](const FlatRow& row, SpooledTable& copy) {
              copy_values(row, copy);
              if (row.values[at].empty()) copy.set(at, direction_text(*graph_direction));
            }));
  }
  if (edges().row_count() == 0) set_.tables.erase(set_.tables.begin() + static_cast<std::ptrdiff_t>(nodes_at_ + 1));
  if (nodes().row_count() == 0) set_.tables.erase(set_.tables.begin() + static_cast<std::ptrdiff_t>(nodes_at_));
}

SpooledTable& begin_requirement(GraphTables& tables, std::uint64_t line, std::string_view from, std::string_view to) {
  SpooledTable& table = tables.edges();
  table.begin_row(line);
  put_role_text(table, "from", Target::from, from);
  put_role_text(table, "to", Target::to, to);
  put_role_text(table, "(type)", Target::type, "requires");
  return table;
}

void LeftOut::add(std::string_view name) {
  constexpr std::size_t most_names = 10;
  if (std::find(names_.begin(), names_.end(), name) != names_.end()) return;
  if (names_.size() < most_names)
    names_.emplace_back(name);
  else
    has_more_ = true;
}

void LeftOut::tell(TableSet& set, std::string_view suffix) const {
  if (!names_.empty())
    set.remarks.push_back(fmt::format("left out: {}{}{}", fmt::join(names_, ", "), has_more_ ? " …" : "", suffix));
}

void copy_values(const FlatRow& row, SpooledTable& copy, std::span<const std::size_t> without) {
  for (std::size_t i = 0; i < row.values.size(); ++i)
    if (!row.values[i].empty() && std::find(without.begin(), without.end(), i) == without.end())
      copy.set(i, row.values[i]);
}

void put_members(SpooledTable& table, const Json& object, std::string_view container,
                 std::span<const std::string_view> taken, std::span<const std::string_view> visual) {
  std::string name;
  for (const auto& [key, value] : object.as_object()) {
    name.clear();
    if (std::find(taken.begin(), taken.end(), key) != taken.end()) {
      name += container;
      name += '.';
    }
    name += key;
    const bool is_visual = std::find(visual.begin(), visual.end(), key) != visual.end();
    put_json(table, name, value, is_visual ? std::optional(Target::ignored) : std::nullopt);
  }
}

}  // namespace chokepoint::detail
