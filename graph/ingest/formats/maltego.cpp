#include "ingest/files/blanks.hpp"
#include "ingest/formats/formats.hpp"
#include "ingest/formats/graph_tables.hpp"
#include "ingest/formats/json_fields.hpp"
#include "ingest/tables/csv_reader.hpp"
#include "ingest/tables/csv_start.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>
#include <utility>
#include <vector>

namespace chokepoint::detail {

// CSV as Maltego exports a graph: a table for each type of entity and one of links, one below the other. Each begins
// with the type and what people call its properties, and below that with EntityID or LinkID and the ids of the
// properties.

namespace {

constexpr std::string_view entity_word = "EntityID", link_word = "LinkID";

/// Properties of links that say how they are drawn.
constexpr std::array<std::string_view, 5> drawn{"maltego.link.show-label", "maltego.link.color", "maltego.link.style",
                                                "maltego.link.thickness", "maltego.link.bookmark"};
constexpr std::array<std::string_view, 3> link_labels{"maltego.link.manual.type", "maltego.link.label",
                                                      "maltego.link.transform.display-name"};

struct Property {
  std::string name;
  std::optional<Target> role;  ///< nullopt: an attribute
};

class MaltegoReader {
 public:
  MaltegoReader(InputFile& file, const ReadContext& context, TableSet& set, char separator)
      : file_(file), set_(set), tables_(set) {
    tables_.graph_direction = Direction::directed;
    CsvRules rules;
    rules.any_length = true;
    CsvReader reader(file, separator, context.on_bytes, rules);
    held_ = reader.header();
    for (CsvRow row; reader.next(row);) take(row);
    if (!held_.empty()) put(held_);
    if (properties_.empty()) refuse_at(file_, 1, "there is no row that begins with EntityID or LinkID");
    tables_.finish();
    left_out_.tell(set_, ", which say how links look");
  }

 private:
  /// A row is held back until the next one says whether it is the first line of a table.
  void take(const CsvRow& row) {
    const std::string_view first = row.fields[0];
    if (first == entity_word || first == link_word) {
      begin_table(first == link_word, row);
      held_.clear();
    } else {
      if (!held_.empty()) put(held_);
      held_.assign(row.fields.begin(), row.fields.end());
    }
    line_ = row.line;
    number_ = row.number;
  }

  void begin_table(bool of_links, const CsvRow& row) {
    is_link_ = of_links;
    type_ = held_.empty() ? std::string() : std::string(without_outer_blanks(held_[0]));
    properties_.clear();
    bool has_label = false;
    for (std::size_t i = 0; i < row.fields.size(); ++i) {
      const std::string id(without_outer_blanks(row.fields[i]));
      Property property{i < held_.size() ? std::string(without_outer_blanks(held_[i])) : std::string(), std::nullopt};
      if (property.name.empty()) property.name = id;
      if (i == 0)
        property.role = of_links ? Target::ignored : Target::id;
      else if (of_links && id == "SourceEntityID")
        property.role = Target::from;
      else if (of_links && id == "TargetEntityID")
        property.role = Target::to;
      else if (of_links && std::ranges::find(drawn, id) != drawn.end())
        property.role = Target::ignored;
      else if (of_links ? std::ranges::find(link_labels, id) != link_labels.end() && !has_label : i == 1)
        property.role = Target::label;
      has_label = has_label || property.role == Target::label;
      if (of_links && i > 0 && property.role == Target::ignored) left_out_.add(property.name);
      properties_.push_back(std::move(property));
    }
  }

  void put(const std::vector<std::string>& fields) {
    if (properties_.empty()) {
      refuse_at(file_, std::max<std::uint64_t>(line_, 1),
                "a row stands above the first table, which begins with a type of entity and a row of EntityID");
    }
    const std::string_view id = without_outer_blanks(fields[0]);
    if (id.empty()) refuse_at(file_, line_, is_link_ ? "a link has no id" : "an entity has no id");
    // Maltego lists an entity once; files that were put together may not.
    if (!is_link_ && !ids_.insert(std::string(id)).second) return;
    SpooledTable& table = is_link_ ? tables_.edges() : tables_.nodes();
    table.begin_row(line_, number_);
    if (!is_link_) put_role_text(table, "maltego_type", Target::type, type_);
    for (std::size_t i = 0; i < std::min(fields.size(), properties_.size()); ++i) put_value(table, i, fields[i]);
    if (is_link_) tables_.set_direction(std::nullopt);
    table.end_row();
  }
  void put_value(SpooledTable& table, std::size_t at, std::string_view given) {
    const std::string_view value = without_outer_blanks(given);
    const Property& property = properties_[at];
    if (value.empty() || property.role == Target::ignored) return;
    if (property.role == Target::id)
      put_role_text(table, "(entity)", Target::id, value);
    else if (property.role == Target::label)
      put_role_text(table, "(label)", Target::label, value);  // one column, whatever each type calls it
    else if (property.role)
      put_role_text(table, fmt::format("({})", property.name), *property.role, value);
    else
      table.set(table.column(property.name, FlatType::text, Target::attribute, property.name), value);
  }

  InputFile& file_;
  TableSet& set_;
  GraphTables tables_;
  std::vector<std::string> held_;
  std::uint64_t line_ = 1, number_ = 1;  ///< of the row that is held back
  bool is_link_ = false;
  std::string type_;
  std::vector<Property> properties_;
  std::unordered_set<std::string> ids_;
  LeftOut left_out_;
};

}  // namespace

std::optional<std::string> looks_like_maltego(const FileHead& head) {
  const auto rows = first_rows(head.text, likely_separator(head.text, head.is_whole), head.is_whole);
  if (rows.size() < 2 || (rows[1][0] != entity_word && rows[1][0] != link_word)) return std::nullopt;
  return fmt::format("its second row begins with {}", rows[1][0]);
}

void read_maltego(InputFile& file, const ReadContext& context, TableSet& tables) {
  std::string text;
  const FileHead head = read_head(file, text);
  MaltegoReader(file, context, tables, likely_separator(head.text, head.is_whole));
}

}  // namespace chokepoint::detail
