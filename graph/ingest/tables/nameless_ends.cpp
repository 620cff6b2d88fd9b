#include "ingest/tables/nameless_ends.hpp"

#include "ingest/tables/column_words.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace chokepoint::detail {

namespace {

std::size_t place_of(const TableLayout& layout, Target target) {
  return static_cast<std::size_t>(find_column(layout.columns, target) - layout.columns.data());
}

}  // namespace

NamelessEnds::NamelessEnds(const TableLayout& layout)
    : from_(place_of(layout, Target::from)), to_(place_of(layout, Target::to)) {}

void NamelessEnds::name(FlatRow& row) {
  if (!row.fault.empty() || row.values.size() <= std::max(from_, to_)) return;
  const ColumnWords& known = ColumnWords::standard();
  const bool from_is_nobody = known.is_nobody(row.values[from_]);
  if (from_is_nobody == known.is_nobody(row.values[to_])) return;
  const std::size_t nobody = from_is_nobody ? from_ : to_;
  const std::string_view other = row.values[from_is_nobody ? to_ : from_];
  if (other.empty() || other.find(list_mark) != std::string_view::npos) return;
  if (count_++ == 0) first_ = row.values[nobody];
  made_ = fmt::format("{} ({})", row.values[nobody], other);
  values_.assign(row.values.begin(), row.values.end());
  values_[nobody] = made_;
  row.values = values_;
}

std::string NamelessEnds::remark() const {
  if (count_ == 0) return {};
  return fmt::format(
      "{} end{} such as {} name{} nobody in particular: each became a remainder beside its other end alone, as {} (…)",
      count_, count_ == 1 ? "" : "s", first_, count_ == 1 ? "s" : "", first_);
}

bool NamelessEnds::is_made(std::string_view name) {
  const auto open = name.find(" (");
  return open != std::string_view::npos && name.ends_with(')') &&
         ColumnWords::standard().is_nobody(name.substr(0, open));
}

}  // namespace chokepoint::detail
