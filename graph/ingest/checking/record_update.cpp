#include "ingest/checking/record_update.hpp"

#include "chokepoint/model/date.hpp"
#include "chokepoint/model/json_reader.hpp"

#include <algorithm>
#include <map>
#include <utility>

namespace chokepoint::detail {

namespace {

/// Puts what is stated in the place of what is stored, and notes which fields became different.
class FieldUpdate {
 public:
  template <FieldKind Kind, typename Record, typename Value>
  void field(const RecordField<Kind, Record, Value>& field, Record& stored, const Record& stated) {
    const Value& value = stated.*field.member;
    bool is_stated = false;
    if constexpr (Kind == FieldKind::word)
      is_stated = value != unstated_word<Value>;
    else
      is_stated = value != Value{};
    if (is_stated) take(stored.*field.member, value, std::string(field.name));
  }
  template <typename Record>
  void heads(Record& stored, const Record& stated) {
    for_each_head<Record>([&](const auto& each) { field(each, stored, stated); });
  }
  template <typename Record>
  void fields_of(Record& stored, const Record& stated) {
    for_each_field<Record>([&](const auto& each) { field(each, stored, stated); });
  }
  void value(Json& stored, const Json& stated) { take(stored, stated, "value"); }
  void texts(std::map<std::string, std::string>& stored, const std::map<std::string, std::string>& stated,
             const std::string& prefix) {
    for (const auto& [key, value] : stated) take(stored[key], value, prefix + key);
  }
  void attributes(std::string& stored, const std::string& stated) {
    if (stated.empty() || stated == stored) return;
    std::map<std::string, Json> all;
    const Json there = stored.empty() ? Json::object() : parse_json(stored), changes = parse_json(stated);
    for (const auto& [name, value] : there.as_object()) all.emplace(name, value);
    for (const auto& [name, value] : changes.as_object()) take(all[name], value, "attributes." + name);
    Json object = Json::object();
    for (auto& [name, value] : all) object.set(name, std::move(value));
    stored = canonical(object);
  }
  void list(std::vector<std::string>& stored, const std::vector<std::string>& stated, const char* field) {
    add(stored, stated, field);
  }
  /// @pre all other fields were taken
  void citations(std::vector<Citation>& stored, std::vector<Citation> stated, const std::string& by_default) {
    if (fields_.empty())
      std::erase_if(stated, [&](const Citation& citation) { return citation == Citation{by_default}; });
    add(stored, stated, "sources");
  }
  [[nodiscard]] std::vector<std::string> fields() && { return std::move(fields_); }

 private:
  template <typename Value>
  void take(Value& stored, const Value& stated, std::string field) {
    if (stored == stated) return;
    stored = stated;
    fields_.push_back(std::move(field));
  }
  template <typename Value>
  void add(std::vector<Value>& stored, const std::vector<Value>& stated, const char* field) {
    std::vector<Value> all = stored;
    all.insert(all.end(), stated.begin(), stated.end());
    std::sort(all.begin(), all.end());
    all.erase(std::unique(all.begin(), all.end()), all.end());
    if (all.size() != stored.size()) fields_.emplace_back(field);
    stored = std::move(all);
  }

  std::vector<std::string> fields_;
};

/// An attribute as text; empty where there is none.
std::string attribute_of(const std::string& attributes, std::string_view name) {
  if (attributes.find(name) == std::string::npos) return {};
  const Json object = parse_json(attributes);
  const Json* value = object.find(name);
  return value == nullptr ? std::string() : to_text(*value);
}

/// Counts how the parts of a claim fit.
class ClaimFit {
 public:
  /// @param is_open  the stored record does not say it yet, and may come to
  void part(const std::string& stored, const std::string& stated, bool is_open = false) {
    if (stated.empty()) {
      is_exact_ = is_exact_ && stored.empty();
    } else if (stored != stated) {
      fits_ = fits_ && stored.empty() && is_open;
      is_exact_ = false;
    }
  }
  void refuse() { fits_ = false; }
  [[nodiscard]] Fit fit() const { return !fits_ ? Fit::none : is_exact_ ? Fit::exact : Fit::fits; }

 private:
  bool fits_ = true, is_exact_ = true;
};

}  // namespace

UpdatedRecord<Source> updated(const Source& stored, const Source& stated) {
  UpdatedRecord<Source> out{stored, {}};
  FieldUpdate update;
  update.fields_of(out.record, stated);
  update.attributes(out.record.attributes, stated.attributes);
  out.fields = std::move(update).fields();
  return out;
}

UpdatedRecord<Node> updated(const Node& stored, const Node& stated, const std::string& by_default) {
  UpdatedRecord<Node> out{stored, {}};
  Node& node = out.record;
  FieldUpdate update;
  update.texts(node.labels, stated.labels, "label.");
  update.list(node.aliases, stated.aliases, "aliases");
  update.texts(node.codes, stated.codes, "codes.");
  update.fields_of(node, stated);
  update.attributes(node.attributes, stated.attributes);
  update.citations(node.sources, stated.sources, by_default);
  out.fields = std::move(update).fields();
  return out;
}

UpdatedRecord<Edge> updated(const Edge& stored, const Edge& stated, const std::string& by_default) {
  UpdatedRecord<Edge> out{stored, {}};
  FieldUpdate update;
  update.heads(out.record, stated);
  update.fields_of(out.record, stated);
  update.attributes(out.record.attributes, stated.attributes);
  update.citations(out.record.sources, stated.sources, by_default);
  out.fields = std::move(update).fields();
  return out;
}

UpdatedRecord<Observation> updated(const Observation& stored, const Observation& stated,
                                   const std::string& by_default) {
  UpdatedRecord<Observation> out{stored, {}};
  FieldUpdate update;
  update.value(out.record.value, stated.value);
  update.heads(out.record, stated);
  update.fields_of(out.record, stated);
  update.attributes(out.record.attributes, stated.attributes);
  update.citations(out.record.sources, stated.sources, by_default);
  out.fields = std::move(update).fields();
  return out;
}

Fit fit_of(const Edge& stored, const Edge& stated) {
  ClaimFit fit;
  fit.part(stored.item, stated.item);
  fit.part(stored.market, stated.market);
  fit.part(stored.origin, stated.origin);
  fit.part(stored.group, stated.group);
  fit.part(attribute_of(stored.attributes, "role"), attribute_of(stated.attributes, "role"));
  // Another program's id of an edge tells apart what is alike otherwise.
  const std::string its_id = attribute_of(stored.attributes, "id"), told_id = attribute_of(stated.attributes, "id");
  if (!its_id.empty() && !told_id.empty() && its_id != told_id) fit.refuse();
  fit.part(stored.unit, stated.unit, !stored.amount);
  fit.part(stored.as_of, stated.as_of, !has_measure(stored));
  const auto known = parse_validity(stored.since, stored.until), told = parse_validity(stated.since, stated.until);
  if (known && told && !known->overlaps(*told)) fit.refuse();
  return fit.fit();
}

Fit fit_of(const Observation& stored, const Observation& stated) {
  ClaimFit fit;
  fit.part(stored.item, stated.item);
  fit.part(stored.market, stated.market);
  fit.part(stored.relative_to, stated.relative_to);
  fit.part(stored.unit, stated.unit);
  fit.part(stored.as_of, stated.as_of);
  fit.part(stored.since, stated.since);
  fit.part(stored.until, stated.until);
  return fit.fit();
}

}  // namespace chokepoint::detail
