// What is said of a row that cannot be taken.
#include "ingest/tables/column_words.hpp"
#include "ingest/tables/flat_reader.hpp"
#include "ingest/tables/flat_values.hpp"

#include <fmt/format.h>

#include <utility>

namespace chokepoint::detail {

namespace {

/// Whether the types stand in a column that is called so because it says what an end is.
bool says_roles(const std::vector<FlatColumn>& columns) {
  const FlatColumn* type = find_column(columns, Target::type);
  return type != nullptr && ColumnWords::standard().is_role_column(header_word(type->name));
}

}  // namespace

/// Says what to do with a type that names one of ours the other way round, or an end of it.
void FlatReader::explain_type(Problem& problem, const std::vector<FlatColumn>& columns) const {
  constexpr std::string_view begin = "unknown edge type \"";
  if (!problem.message.starts_with(begin)) return;
  const std::string_view rest = std::string_view(problem.message).substr(begin.size());
  const std::string theirs(rest.substr(0, rest.find('"')));
  const ColumnWords& known = ColumnWords::standard();
  if (const auto type = known.inverse_of(theirs); type && ontology_.edge_type(*type))
    problem.message = fmt::format(
        "unknown edge type \"{}\"; --map-type \"{}={} reversed\" takes it for {}, from the second end to the first",
        theirs, theirs, *type, *type);
  else if (const auto role = known.type_of_role(theirs); role && ontology_.edge_type(*role) && says_roles(columns))
    problem.message = fmt::format(
        "unknown edge type \"{}\", which may say what the second end is to the first; --map-type \"{}={}{}\" takes it "
        "so",
        theirs, theirs, *role, side_of(header_word(theirs)).value_or(false) ? " reversed" : "");
  else if (role && ontology_.edge_type(*role))
    problem.message = fmt::format(
        "unknown edge type \"{}\", which says what one end is; --map-type \"{}={}\" goes from the first end to the "
        "second, --map-type \"{}={} reversed\" from the second to the first",
        theirs, theirs, *role, theirs, *role);
}

/// Says what was wrong with a row, and in which column where the file calls the field otherwise.
void FlatReader::tell(const Problems& found, const std::vector<FlatColumn>& columns, std::uint64_t row) {
  for (Problem problem : found.sorted()) {
    if (!rules_->is_ours) explain_type(problem, columns);
    for (const FlatColumn& column : columns) {
      const std::string_view key = key_of(column.target);
      const bool is_end = column.target == Target::from || column.target == Target::to;
      if (is_end && !rules_->is_ours && problem.message == fmt::format("\"{}\" is missing", key))
        problem.message +=
            is_total_                   ? "; the row is called as a total is, and --skip-bad leaves it out"
            : has_no_ends_ && !is_note_ ? "; the row names no end, as one of units does, and --skip-bad leaves it out"
            : is_note_ ? "; the row has one cell alone, as a note or a heading has, and --skip-bad leaves it out"
                       : fmt::format("; where an empty cell repeats the one above it, --fill-down \"{}\" says so",
                                     column.name);
      if (!key.empty() && column.name != key && problem.message.starts_with(fmt::format("\"{}\"", key))) {
        problem.message = fmt::format("column {}: {}", column.name, problem.message);
        break;
      }
    }
    problem.record = fmt::format("row {}, {}", row, row_name_.empty() ? problem.record : row_name_);
    problems_.add(std::move(problem));
  }
  found_.take();
}

/// What messages call a row of a foreign file, whose own ids no record may have.
void FlatReader::name_row(const std::vector<FlatColumn>& columns, std::span<const std::string_view> values,
                          FlatKind kind) {
  row_name_.clear();
  if (!rules_->foreign_ids) return;
  const auto at = [&](Target target) { return value_in(columns, values, target); };
  if (kind == FlatKind::nodes)
    row_name_ = fmt::format("node {}", at(Target::id).empty() ? at(Target::label) : at(Target::id));
  else
    row_name_ =
        fmt::format("edge {} -{}-> {}", at(Target::from),
                    at(Target::type).empty() ? options_.edge_type : std::string(at(Target::type)), at(Target::to));
}

/// A row of a reporter and its partner that does not say who of them sends.
void FlatReader::refuse_no_flow(const std::vector<FlatColumn>& columns, const Place& place, std::uint64_t row) {
  problems_.add(place, fmt::format("row {}", row),
                fmt::format("column {}: empty, so that nothing says whether {} imports or exports; --skip-bad leaves "
                            "such rows out",
                            find_column(columns, Target::direction)->name, find_column(columns, Target::from)->name));
}

}  // namespace chokepoint::detail
