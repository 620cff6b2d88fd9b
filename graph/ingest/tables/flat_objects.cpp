// The other way of a row: as an object of our dataset format, which the RecordReader judges.
#include "chokepoint/model/cell_list.hpp"
#include "chokepoint/model/json_reader.hpp"
#include "ingest/tables/cell_values.hpp"
#include "ingest/tables/flat_reader.hpp"
#include "ingest/tables/flat_values.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace chokepoint::detail {

namespace {

Json citations_of(std::string_view list) {
  Json array = Json::array();
  for (const Citation& cited : parse_citations(list)) {
    Json citation = Json::object();
    citation.set("source", cited.source);
    if (!cited.locator.empty()) citation.set("locator", cited.locator);
    if (!cited.read.empty()) citation.set("read", cited.read);
    array.push(std::move(citation));
  }
  return array;
}

/// The number that a text writes, with all its digits; nullopt for what JSON has no number for.
std::optional<Json> exact_number(std::string_view text) {
  const auto number = finite_number(text);
  if (!number) return std::nullopt;
  if (format_number(*number) == text) return Json(*number);
  try {
    return parse_json(text);
  } catch (const JsonError&) {
    return Json(*number);  // written as JSON would not: `.5`, `007`
  }
}

}  // namespace

Json attribute_value(const FlatColumn& column, std::string_view text, InputRemarks& remarks) {
  if (text.find(list_mark) != std::string_view::npos) {
    Json list = Json::array();
    for (; text.find(list_mark) != std::string_view::npos; text.remove_prefix(text.find(list_mark) + 1))
      list.push(attribute_value(column, text.substr(0, text.find(list_mark)), remarks));
    list.push(attribute_value(column, text, remarks));
    return list;
  }
  if (column.type == FlatType::number) {
    if (auto number = exact_number(text)) return *std::move(number);
    remarks.add(column.name, text, "is no number, though the file calls it one; kept as text");
  }
  if (column.type == FlatType::truth && (text == "true" || text == "false")) return Json(text == "true");
  if (column.type == FlatType::json) {
    try {
      return parse_json(text);
    } catch (const JsonError&) {
      return Json(text);
    }
  }
  return Json(text);
}

/// The citations of a row: those of the list, and the one source that a column names.
Json FlatReader::citations_in(std::string_view source, std::string_view sources, std::string_view locator) {
  Json citations = citations_of(sources);
  const auto cite = [&](std::string_view one) {
    Json citation = Json::object();
    if (one.empty())
      citation.set("source", default_source_);
    else
      citation.set("source", rules_->is_ours ? std::string(one) : sources_.id_of(one));
    if (!locator.empty()) citation.set("locator", locator);
    citations.push(std::move(citation));
  };
  for (; source.find(list_mark) != std::string_view::npos; source.remove_prefix(source.find(list_mark) + 1))
    cite(source.substr(0, source.find(list_mark)));
  if (!source.empty() || (!locator.empty() && !default_source_.empty())) cite(source);
  return citations;
}

namespace {

/// Sets the first of several values as the label, the others as aliases.
void set_label(Json& labels, Json& aliases, const std::string& language, std::string_view value) {
  const auto end = value.find(list_mark);
  if (labels.find(language) == nullptr) labels.set(language, value.substr(0, end));
  while (end != std::string_view::npos && value.find(list_mark) != std::string_view::npos) {
    value.remove_prefix(value.find(list_mark) + 1);
    aliases.push(value.substr(0, value.find(list_mark)));
  }
}

void add_aliases(Json& aliases, std::string_view value, bool is_ours) {
  if (is_ours) {
    for (std::string& alias : parse_list(value)) aliases.push(std::move(alias));
    return;
  }
  const std::string names = split_values(value, std::string_view(&list_mark, 1));
  for (std::string_view rest = names; !rest.empty();) {
    const auto end = std::min(rest.find(list_mark), rest.size());
    aliases.push(rest.substr(0, end));
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
}

bool names_a_node(Target target) {
  return target == Target::from || target == Target::to || target == Target::subject ||
         is_field_of_kind(target, FieldKind::node);
}

/// Our own tables have a text that looks like a number in quotes.
Json figure_value(std::string_view cell, bool is_ours) {
  if (is_ours)
    if (auto text = quoted_text(cell)) return *std::move(text);
  return exact_number(cell).value_or(Json(cell));
}

/// Ids of other programs may be any text: the checks of a record are for our own.
std::string checked_id(std::string_view id, bool is_foreign) {
  return is_foreign && may_be_foreign_id(id) && !is_valid_id(id) ? std::string("x") : std::string(id);
}

}  // namespace

/// Two columns of one attribute say the same, or the record is refused.
void FlatReader::set_attribute(Json& attributes, const FlatColumn& column, std::string_view value) {
  Json said = attribute_value(column, value, remarks_);
  const Json* const other = attributes.find(column.key);
  if (other == nullptr)
    attributes.set(column.key, std::move(said));
  else if (to_text(*other) != to_text(said))
    found_.add({std::string(), 0, "",
                fmt::format("two columns hold the attribute {}, and differ; --map \"{}=-\" leaves one out", column.key,
                            column.name),
                0});
}

Json FlatReader::object_of(FlatKind kind, const std::vector<FlatColumn>& columns,
                           std::span<const std::string_view> values) {
  Json object = Json::object(), labels = Json::object(), codes = Json::object(), attributes = Json::object();
  Json aliases = Json::array();
  const bool is_nodes = kind == FlatKind::nodes;
  std::string type = default_type(kind);
  std::string_view source, locator, sources, file_id;
  Edge unused;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    const FlatColumn& column = columns[i];
    const std::string_view value = values[i];
    if (value.empty()) continue;
    switch (column.target) {
      case Target::ignored:
      case Target::scale:
      case Target::from_label:
      case Target::to_label:
      case Target::from_type:
      case Target::to_type: break;
      case Target::direction:
        if (!take_direction(value))
          found_.add({std::string(), 0, "",
                      rules_->reports
                          ? fmt::format("\"{}\" in column {} says neither import nor export; --map-type \"{}=import\" "
                                        "or \"{}=export\" says which, --skip-bad leaves such rows out",
                                        value, column.name, value, value)
                          : fmt::format("\"{}\" in column {} is no direction", value, column.name),
                      0});
        break;
      case Target::type:
        if (is_nodes || !is_direction_type(value))
          take_type(kind, value, type);
        else
          take_direction(value);
        break;
      case Target::id:
        if (is_nodes)
          object.set("id", checked_id(value, rules_->foreign_ids));
        else if (!take_edge_id(column, value, unused))
          file_id = value;
        else if (!unused.id.empty())
          object.set("id", value);
        break;
      case Target::value: object.set("value", figure_value(value, rules_->is_ours)); break;
      case Target::label: set_label(labels, aliases, column.key, value); break;
      case Target::code: codes.set(column.key, value.substr(0, value.find(list_mark))); break;
      case Target::attribute: set_attribute(attributes, column, value); break;
      case Target::aliases: add_aliases(aliases, value, rules_->is_ours); break;
      case Target::source: source = value; break;
      case Target::locator: locator = value; break;
      case Target::sources: sources = value; break;
      default:
        if (!names_a_node(column.target))
          object.set(std::string(key_of(column.target)),
                     is_number_field(column.target) ? exact_number(value).value_or(Json(value)) : Json(value));
        else if (!rules_->foreign_ids || !is_no_name(value))
          object.set(std::string(key_of(column.target)), checked_id(value, rules_->foreign_ids));
    }
  }
  for (std::size_t i = 0; i < columns.size() && is_nodes && labels.as_object().empty(); ++i)
    if (columns[i].names_the_nameless && !values[i].empty()) set_label(labels, aliases, "en", values[i]);
  if (!file_id.empty()) attributes.set(attributes.find("id") == nullptr ? "id" : "id in the file", file_id);
  if (is_nodes && rules_->names_are_ids && object.find("id") == nullptr && !labels.as_object().empty())
    object.set("id", checked_id(labels.as_object().front().second.as_string(), true));
  if (!type.empty() && kind != FlatKind::figures) object.set("type", type);
  if (!labels.as_object().empty()) object.set("labels", std::move(labels));
  if (!aliases.as_array().empty()) object.set("aliases", std::move(aliases));
  if (!codes.as_object().empty()) object.set("codes", std::move(codes));
  if (!attributes.as_object().empty()) object.set("attributes", std::move(attributes));
  Json citations = citations_in(source, sources, locator);
  if (!citations.as_array().empty()) object.set("sources", std::move(citations));
  return object;
}

}  // namespace chokepoint::detail
