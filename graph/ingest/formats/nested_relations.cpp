#include "ingest/formats/nested_relations.hpp"

#include "ingest/formats/json_fields.hpp"
#include "ingest/formats/json_head.hpp"

#include <fmt/format.h>

#include <cstddef>
#include <span>
#include <utility>
#include <vector>

namespace chokepoint::detail {

namespace {

constexpr std::string_view nested_id_keys[] = {"id", "_id", "key"};
constexpr std::string_view nested_name_keys[] = {"name", "label", "title", "caption", "company"};

/// The id of an object, else its name; nullptr for one without either.
const Json* reference_in(const Json& object) {
  for (const auto& keys :
       {std::span<const std::string_view>(nested_id_keys), std::span<const std::string_view>(nested_name_keys)})
    for (const std::string_view key : keys)
      if (const Json* value = member_in(&object, key); value != nullptr && is_scalar(*value)) return value;
  return nullptr;
}

/// Whether a member of a nested object says something of the relation, and not of the object: a share, a day.
bool is_of_relation(std::string_view key, const Json& value) {
  if (!is_scalar(value)) return false;
  const ColumnWords::Field* field = ColumnWords::standard().field(FlatKind::edges, header_word(key));
  return field != nullptr &&
         (is_number_field(field->target) || is_date_field(field->target) || field->target == Target::unit);
}

/// The column of ids that records of a table have; empty where they have none.
std::string id_column_of(const SpooledTable& table) {
  for (const std::string_view key : nested_id_keys)
    for (const RawColumn& column : table.columns())
      if (column.name == key) return column.name;
  return {};
}

/// Calls `visit(object)` with a nested object, or with each of a list.
void for_each_object(const Json& value, const auto& visit) {
  if (value.is_object()) return visit(value);
  for (const Json& one : value.as_array()) visit(one);
}

}  // namespace

std::optional<ColumnWords::Relation> nested_relation(std::string_view key, const Json& value) {
  if (!value.is_object() && !(value.is_array() && !value.as_array().empty())) return std::nullopt;
  bool are_named = true;
  for_each_object(value, [&](const Json& one) { are_named = are_named && reference_in(one) != nullptr; });
  return are_named ? ColumnWords::standard().relation_of(header_word(key)) : std::nullopt;
}

void NestedRelations::take(const Json& record, std::uint64_t line) {
  if (reference_in(record) == nullptr) return;
  for (const auto& [key, value] : record.as_object()) {
    const auto relation = nested_relation(key, value);
    if (!relation) continue;
    for_each_object(value, [&](const Json& nested) {
      take_one(record, nested, *relation, line);
      ++keys_[fmt::format("{} ({})", key, relation->type)];
    });
  }
}

void NestedRelations::take_one(const Json& record, const Json& nested, const ColumnWords::Relation& relation,
                               std::uint64_t line) {
  if (edges_ == nullptr)
    edges_ = &set_.add(nodes_.name().empty() ? "relations" : nodes_.name() + ".relations", FlatKind::edges);
  const std::string here(scalar_text(*reference_in(record))), there(scalar_text(*reference_in(nested)));
  edges_->begin_row(line);
  put_role_text(*edges_, "(from)", Target::from, relation.begins_here ? here : there);
  put_role_text(*edges_, "(to)", Target::to, relation.begins_here ? there : here);
  put_role_text(*edges_, "(type)", Target::type, relation.type);
  Json& facts = nested_.try_emplace(there, Nested{Json::object(), line, false}).first->second.facts;
  std::string name;
  for (const auto& [key, value] : nested.as_object()) {
    if (nested_relation(key, value)) continue;
    name = key;
    if (is_of_relation(key, value))
      put_json(*edges_, name, value);
    else if (const Json* before = facts.find(key); before == nullptr)
      facts.set(key, value);
    else if (to_text(*before) != to_text(value) && contradictions_++ == 0)
      contradiction_ = fmt::format("{} of {}", key, there);
  }
  edges_->end_row();
  take(nested, line);
}

/// Marks what the records of the table name themselves.
void NestedRelations::note_listed() {
  const auto rows = nodes_.rows({});
  std::vector<std::size_t> naming;
  for (const auto& keys :
       {std::span<const std::string_view>(nested_id_keys), std::span<const std::string_view>(nested_name_keys)})
    for (const std::string_view key : keys)
      for (std::size_t i = 0; i < nodes_.columns().size(); ++i)
        if (nodes_.columns()[i].name == key) naming.push_back(i);
  for (FlatRow row; rows->next(row);)
    for (const std::size_t column : naming)
      if (const auto found = nested_.find(std::string(row.values[column])); found != nested_.end())
        found->second.is_listed = true;
}

void NestedRelations::finish() {
  if (edges_ == nullptr) return;
  note_listed();
  const std::string id_column = id_column_of(nodes_);
  std::uint64_t listed = 0;
  std::string name;
  for (auto& [reference, nested] : nested_) {
    if (nested.is_listed) {
      ++listed;
      continue;
    }
    nodes_.begin_row(nested.line);
    if (!id_column.empty() && member_in(&nested.facts, id_column) == nullptr)
      nodes_.set(nodes_.column(id_column), reference);
    for (const auto& [key, value] : nested.facts.as_object()) {
      name = key;
      put_(nodes_, name, value);
    }
    nodes_.end_row();
  }
  for (const auto& [key, count] : keys_)
    set_.remarks.push_back(
        fmt::format("{}: objects in records are nodes, each with an edge to its record: {}", key, count));
  if (listed > 0)
    set_.remarks.push_back(
        fmt::format("objects in records that are records, too, are what these say of them: {}", listed));
  if (contradictions_ > 0)
    set_.remarks.push_back(
        fmt::format("left out, as they contradict earlier ones: values of objects in records ({}); the "
                    "first: {}",
                    contradictions_, contradiction_));
}

}  // namespace chokepoint::detail
