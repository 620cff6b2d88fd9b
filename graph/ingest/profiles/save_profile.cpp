#include "ingest/profiles/save_profile.hpp"

#include "chokepoint/model/json.hpp"
#include "chokepoint/support/error.hpp"
#include "ingest/identity/slug.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <utility>

namespace chokepoint::detail {

namespace {

/// The field that a column holds, as a profile has it; empty for none.
std::string profile_field_of(const FlatColumn& column) {
  return column.target == Target::sources ? "source" : told_field(column);
}

bool is_profile_type(Target target) {
  return target == Target::type || target == Target::from_type || target == Target::to_type;
}

Json number_of_reading(const ValueReading& reading) {
  Json number = Json::object();
  if (reading.percent) number.set("percent", true);
  if (reading.is_mixed)
    number.set("decimal", "as-shown");
  else if (reading.decimal != '.')
    number.set("decimal", std::string(1, reading.decimal));
  if (reading.thousands != '\0') number.set("thousands", std::string(1, reading.thousands));
  if (reading.scale != 1) number.set("factor", reading.scale);
  number.set("or_text", true);
  return number;
}

/// How a column's values become a field's.
Json value_of_column(const FlatColumn& column, const TableOptions& options) {
  const std::string text = "{" + column.name + "}";
  Json value = Json::object(), words = Json::object();
  value.set("value", text);
  for (const auto& [word, meaning] : column.words) words.set(word, meaning);
  if (is_profile_type(column.target))
    for (const auto& [theirs, ours] : options.types) words.set(theirs, ours);
  if (!words.as_object().empty()) value.set("words", std::move(words));
  if (column.reading && is_number_field(column.target)) value.set("number", number_of_reading(*column.reading));
  if (column.reading && is_date_field(column.target))
    value.set("date", column.reading->dates == DateOrder::day_first     ? "day-first"
                      : column.reading->dates == DateOrder::month_first ? "month-first"
                                                                        : "plain");
  return value.as_object().size() == 1 ? Json(text) : value;
}

class ProfileMaker {
 public:
  ProfileMaker(const TableInput& input, const TableOptions& options) : input_(input), options_(options) {}

  std::string make() {
    Json profile = Json::object(), recognise = Json::object(), columns = Json::array(), parts = Json::array();
    const std::string file = std::filesystem::path(input_.name()).filename().string();
    const std::string id = slug_of(std::filesystem::path(file).stem().string());
    profile.set("profile", id.empty() ? "table" : id);
    profile.set("title", "tables laid out as " + file);
    for (const FlatColumn& column : input_.parts().front().layout.columns)
      if (!column.name.empty()) columns.push(column.name);
    recognise.set("columns", std::move(columns));
    profile.set("recognise", std::move(recognise));
    for (const TableInput::Part& part : input_.parts()) parts.push(part_of(part));
    if (is_mixed()) profile.set("variables", ends_of_mixed());
    profile.set("parts", std::move(parts));
    return to_pretty(profile) + "\n";
  }

 private:
  [[nodiscard]] bool is_mixed() const { return input_.parts().front().layout.is_mixed; }

  [[nodiscard]] std::string end_of_mixed(Target target) const {
    for (const TableInput::Part& part : input_.parts())
      for (const FlatColumn& column : part.layout.columns)
        if (part.layout.kind == FlatKind::edges && column.target == target) return "{" + column.name + "}";
    return {};
  }

  [[nodiscard]] Json ends_of_mixed() const {
    Json either = Json::array(), variables = Json::object();
    either.push(end_of_mixed(Target::from));
    either.push(end_of_mixed(Target::to));
    variables.set("either end", std::move(either));
    return variables;
  }

  Json part_of(const TableInput::Part& part) const {
    const bool are_nodes = part.layout.kind == FlatKind::nodes;
    Json made = Json::object(), but = Json::array(), rest = Json::object();
    made.set("records", are_nodes ? "nodes" : "edges");
    if (is_mixed()) {
      Json when = Json::object();
      when.set("{either end}", are_nodes ? "@empty" : "@filled");
      made.set("when", std::move(when));
    }
    if (!are_nodes && input_.gathers_ends()) made.set("make_ends", true);
    made.set("fields", fields_of(part, but));
    rest.set("but", std::move(but));
    made.set("rest", std::move(rest));
    return made;
  }

  /// @param but  gets the columns that no field has
  Json fields_of(const TableInput::Part& part, Json& but) const {
    const bool are_nodes = part.layout.kind == FlatKind::nodes;
    Json fields = Json::object();
    for (const FlatColumn& column : part.layout.columns) {
      const bool is_loose_id = !are_nodes && column.target == Target::id && !column.is_told;
      if (column.target == Target::ignored || (is_loose_id && input_.left_ids() > 0)) {
        if (!column.name.empty()) but.push(column.name);
        continue;
      }
      const std::string field = is_loose_id ? "attributes.id" : profile_field_of(column);
      if (column.target != Target::type) fields.set(field, value_of_column(column, options_));
      if (column.target == Target::amount && column.reading && !column.reading->unit.empty() &&
          find_column(part.layout.columns, Target::unit) == nullptr)
        fields.set("unit", unit_beside(column));
    }
    add_types(part, fields);
    return fields;
  }

  /// The unit of the header, where there is an amount.
  static Json unit_beside(const FlatColumn& amount) {
    Json value = Json::object(), words = Json::object();
    words.set("*", amount.reading->unit);
    value.set("value", "{" + amount.name + "}");
    value.set("words", std::move(words));
    return value;
  }

  void add_types(const TableInput::Part& part, Json& fields) const {
    const bool are_nodes = part.layout.kind == FlatKind::nodes;
    const std::string& told = are_nodes ? options_.node_type : options_.edge_type;
    const std::string& constant = told.empty() && !are_nodes ? part.layout.edge_type : told;
    if (const FlatColumn* column = find_column(part.layout.columns, Target::type)) {
      Json choices = Json::array();
      choices.push(value_of_column(*column, options_));
      if (!constant.empty()) choices.push(constant);
      fields.set("type", std::move(choices));
    } else if (!constant.empty()) {
      fields.set("type", constant);
    }
    if (are_nodes) return;
    const std::string& ends = options_.node_type.empty() ? part.layout.node_type : options_.node_type;
    for (const auto& [target, name] :
         {std::pair(Target::from_type, "from_type"), std::pair(Target::to_type, "to_type")})
      if (!ends.empty() && find_column(part.layout.columns, target) == nullptr) fields.set(name, ends);
  }

  const TableInput& input_;
  const TableOptions& options_;
};

}  // namespace

void require_one_layout(const TableInput& input) {
  const auto& parts = input.parts();
  const auto refuse = [](const std::string& why) { throw UsageError("--save-profile: " + why); };
  if (parts.empty()) refuse("nothing was read");
  for (const TableInput::Part& part : parts)
    if (find_column(part.layout.columns, Target::scale) != nullptr)
      refuse("a profile does not know columns that say the scale of an amount");
  if (input.table(parts.front().table).kind())
    refuse("the table was read by a profile or is of a graph format, and needs none");
  for (const TableInput::Part& part : parts) {
    if (part.table != parts.front().table) refuse("a profile is of one layout; import one table");
    if (part.layout.is_ours) refuse("the table has our own header and needs no profile");
    for (const FlatColumn& column : part.layout.columns)
      if (column.name.find_first_of("{}") != std::string::npos)
        refuse(fmt::format("the column {} has braces in its name, which a profile cannot have", column.name));
  }
}

std::string profile_text(const TableInput& input, const TableOptions& options) {
  return ProfileMaker(input, options).make();
}

}  // namespace chokepoint::detail
