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
  void text(std::string& stored, const std::string& stated, const char* field) {
    if (!stated.empty()) take(stored, stated, field);
  }
  template <typename Value>
  void number(std::optional<Value>& stored, const std::optional<Value>& stated, const char* field) {
    if (stated) take(stored, stated, field);
  }
  template <typename Word>
  void word(Word& stored, Word stated, Word unstated, const char* field) {
    if (stated != unstated) take(stored, stated, field);
  }
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
  Source& source = out.record;
  FieldUpdate update;
  update.text(source.title, stated.title, "title");
  update.text(source.publisher, stated.publisher, "publisher");
  update.text(source.date, stated.date, "date");
  update.text(source.language, stated.language, "language");
  update.text(source.url, stated.url, "url");
  update.text(source.license, stated.license, "license");
  update.attributes(source.attributes, stated.attributes);
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
  update.text(node.description, stated.description, "description");
  update.text(node.since, stated.since, "since");
  update.text(node.until, stated.until, "until");
  update.attributes(node.attributes, stated.attributes);
  update.citations(node.sources, stated.sources, by_default);
  out.fields = std::move(update).fields();
  return out;
}

UpdatedRecord<Edge> updated(const Edge& stored, const Edge& stated, const std::string& by_default) {
  UpdatedRecord<Edge> out{stored, {}};
  Edge& edge = out.record;
  FieldUpdate update;
  update.text(edge.type, stated.type, "type");
  update.text(edge.from, stated.from, "from");
  update.text(edge.to, stated.to, "to");
  update.text(edge.item, stated.item, "item");
  update.text(edge.market, stated.market, "market");
  update.text(edge.origin, stated.origin, "origin");
  update.number(edge.share, stated.share, "share");
  update.number(edge.amount, stated.amount, "amount");
  update.text(edge.unit, stated.unit, "unit");
  update.number(edge.performance, stated.performance, "performance");
  update.text(edge.as_of, stated.as_of, "as_of");
  update.word(edge.bound, stated.bound, unstated_bound, "bound");
  update.word(edge.status, stated.status, unstated_status, "status");
  update.word(edge.significance, stated.significance, Significance::unstated, "significance");
  update.number(edge.confidence, stated.confidence, "confidence");
  update.text(edge.since, stated.since, "since");
  update.text(edge.until, stated.until, "until");
  update.text(edge.group, stated.group, "group");
  update.number(edge.k, stated.k, "k");
  update.attributes(edge.attributes, stated.attributes);
  update.citations(edge.sources, stated.sources, by_default);
  out.fields = std::move(update).fields();
  return out;
}

UpdatedRecord<Observation> updated(const Observation& stored, const Observation& stated,
                                   const std::string& by_default) {
  UpdatedRecord<Observation> out{stored, {}};
  Observation& figure = out.record;
  FieldUpdate update;
  std::optional<Json> value = figure.value;
  update.number(value, std::optional(stated.value), "value");
  figure.value = *value;
  update.number(figure.value_high, stated.value_high, "value_high");
  update.text(figure.subject, stated.subject, "subject");
  update.text(figure.indicator, stated.indicator, "indicator");
  update.text(figure.unit, stated.unit, "unit");
  update.text(figure.item, stated.item, "item");
  update.text(figure.market, stated.market, "market");
  update.text(figure.relative_to, stated.relative_to, "relative_to");
  update.text(figure.as_of, stated.as_of, "as_of");
  update.text(figure.since, stated.since, "since");
  update.text(figure.until, stated.until, "until");
  update.word(figure.bound, stated.bound, unstated_bound, "bound");
  update.word(figure.status, stated.status, unstated_status, "status");
  update.number(figure.confidence, stated.confidence, "confidence");
  update.attributes(figure.attributes, stated.attributes);
  update.citations(figure.sources, stated.sources, by_default);
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
  fit.part(stored.as_of, stated.as_of, !stored.share && !stored.amount && !stored.performance);
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

void settle_words(Edge& edge) {
  if (edge.bound == unstated_bound) edge.bound = Bound::exact;
  if (edge.status == unstated_status) edge.status = Status::reported;
}
void settle_words(Observation& observation) {
  if (observation.bound == unstated_bound) observation.bound = Bound::exact;
  if (observation.status == unstated_status) observation.status = Status::reported;
}

}  // namespace chokepoint::detail
