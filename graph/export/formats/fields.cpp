#include "export/formats/fields.hpp"

#include "chokepoint/model/cell_list.hpp"
#include "chokepoint/model/record_fields.hpp"
#include "export/formats/cell_column.hpp"

#include <algorithm>
#include <array>
#include <numeric>
#include <set>
#include <type_traits>
#include <utility>

namespace chokepoint::detail {

namespace {

/// Names that Gephi, igraph, Cytoscape or yEd take for a visual or an identity, in GraphML, GEXF or CSV.
constexpr std::array<std::string_view, 29> reserved_names = {
    "label", "edgelabel",   "edge label",  "weight", "edge weight", "r",    "g",       "b",
    "color", "size",        "x",           "y",      "z",           "xpos", "ypos",    "id",
    "d3",    "d7",          "edgeid",      "source", "target",      "kind", "timeset", "interval",
    "name",  "shared name", "interaction", "suid",   "selected"};

std::string lower(std::string_view text) {
  std::string result(text);
  for (char& character : result)
    if (character >= 'A' && character <= 'Z') character = static_cast<char>(character - 'A' + 'a');
  return result;
}

/// Collects fields, drops those without a value, and keeps the names of the others apart.
class Collector {
 public:
  explicit Collector(std::size_t row_count) : row_count_(row_count) {}

  void add(std::string name, FieldType type, std::function<FieldValue(std::size_t, std::string&)> value) {
    fields_.push_back({std::move(name), type, false, std::move(value)});
  }

  void add_attributes(const std::function<const std::string&(std::size_t)>& attributes_of) {
    for (Field& field : attribute_fields(row_count_, attributes_of)) fields_.push_back(std::move(field));
  }

  void add_metrics(const Columns& columns) {
    first_metric_ = fields_.size();
    for (const auto& [name, cells] : columns.by_name) {
      const FieldType type = common_type(cells);
      add(name, type, [&cells = cells, type](std::size_t row, std::string& scratch) {
        return cell_value(cells[row], type, scratch);
      });
    }
  }

  std::vector<Field> take(std::vector<std::pair<std::string, std::string>>* renamed) && {
    const std::vector<char> in_use = find_values();
    std::set<std::string> taken(reserved_names.begin(), reserved_names.end());
    std::vector<Field> result;
    for (std::size_t i = 0; i < fields_.size(); ++i) {
      if (in_use[i] == 0) continue;
      std::string& name = fields_[i].name;
      if (i >= first_metric_ && taken.contains(lower(name))) name.insert(0, "metric_");
      const std::string wanted = name;
      while (!taken.insert(lower(name)).second) name += '_';
      if (renamed != nullptr && name != wanted && i < first_metric_) renamed->emplace_back(wanted, name);
      result.push_back(std::move(fields_[i]));
    }
    return result;
  }

 private:
  /// Which fields hold a value in some row. Row by row: records are large, and one pass over them is cheaper than one
  /// a field.
  [[nodiscard]] std::vector<char> find_values() const {
    std::vector<char> found(fields_.size(), 0);
    std::vector<std::size_t> open(fields_.size());
    std::iota(open.begin(), open.end(), std::size_t{0});
    std::string scratch;
    for (std::size_t row = 0; row < row_count_ && !open.empty(); ++row) {
      const auto has_value = [&](std::size_t field) {
        const bool known = !std::holds_alternative<std::monostate>(fields_[field].value(row, scratch));
        if (known) found[field] = 1;
        return known;
      };
      open.erase(std::remove_if(open.begin(), open.end(), has_value), open.end());
    }
    return found;
  }

  std::size_t row_count_;
  std::size_t first_metric_ = 0;
  std::vector<Field> fields_;
};

FieldValue sources_value(const std::vector<Citation>& sources, std::string& scratch) {
  if (sources.empty()) return {};
  scratch.clear();
  append_citations(scratch, sources);
  return std::string_view(scratch);
}

FieldValue joined_value(const std::vector<std::string>& texts, std::string& scratch) {
  if (texts.empty()) return {};
  scratch.clear();
  append_list(scratch, texts);
  return std::string_view(scratch);
}

FieldValue looked_up(const std::map<std::string, std::string>& texts, const std::string& key) {
  const auto found = texts.find(key);
  if (found == texts.end()) return {};
  return std::string_view(found->second);
}

template <FieldKind Kind>
constexpr FieldType type_of_kind() {
  return Kind == FieldKind::number ? FieldType::real : Kind == FieldKind::count ? FieldType::integer : FieldType::text;
}

/// The value of a plain field.
template <FieldKind Kind, typename Record, typename Value>
FieldValue value_of_field(const RecordField<Kind, Record, Value>& field, const Record& record) {
  const Value& value = record.*field.member;
  if constexpr (Kind == FieldKind::number) {
    if (value) return *value;
  } else if constexpr (Kind == FieldKind::count) {
    if (value) return static_cast<std::int64_t>(*value);
  } else {
    std::string_view text;
    if constexpr (Kind == FieldKind::word)
      text = word_text(value);
    else
      text = value;
    // A bound qualifies a number; without one "exact" would claim something about nothing.
    if constexpr (std::is_same_v<Value, Bound>)
      if (value == Bound::exact && !has_measure(record)) text = {};
    if (!text.empty()) return text;
  }
  return {};
}

template <typename Field, typename Record>
void add_field(Collector& fields, const Field& field, const std::vector<Record>& records) {
  fields.add(std::string(field.name), type_of_kind<field_kind<Field>>(),
             [&field, &records](std::size_t row, std::string&) { return value_of_field(field, records[row]); });
}
template <typename Record>
void add_plain_fields(Collector& fields, const std::vector<Record>& records) {
  for_each_field<Record>([&](const auto& field) { add_field(fields, field, records); });
}

template <typename Record>
void add_type(Collector& fields, const std::vector<Record>& records) {
  fields.add("type", FieldType::text,
             [&records](std::size_t row, std::string&) { return std::string_view(records[row].type); });
}

template <typename Record>
void add_ending(Collector& fields, const std::vector<Record>& records, const Columns& metrics) {
  fields.add_attributes([&records](std::size_t row) -> const std::string& { return records[row].attributes; });
  fields.add("sources", FieldType::text, [&records](std::size_t row, std::string& scratch) {
    return sources_value(records[row].sources, scratch);
  });
  fields.add_metrics(metrics);
}

}  // namespace

std::set<std::string, std::less<>> symmetric_types(const GraphDocument& document) {
  std::set<std::string, std::less<>> types;
  if (document.ontology != nullptr)
    for (const EdgeType& type : document.ontology->edge_types())
      if (type.symmetric) types.insert(type.id);
  return types;
}

std::vector<Field> node_fields(const GraphDocument& document,
                               std::vector<std::pair<std::string, std::string>>* renamed) {
  const std::vector<Node>& nodes = document.nodes;
  Collector fields(nodes.size());
  std::set<std::string> languages, schemes;
  for (const Node& node : nodes) {
    for (const auto& [language, text] : node.labels) languages.insert(language);
    for (const auto& [scheme, code] : node.codes) schemes.insert(scheme);
  }
  for (const std::string& language : languages)
    fields.add("label_" + language, FieldType::text,
               [&nodes, language](std::size_t row, std::string&) { return looked_up(nodes[row].labels, language); });
  add_type(fields, nodes);
  fields.add("aliases", FieldType::text,
             [&nodes](std::size_t row, std::string& scratch) { return joined_value(nodes[row].aliases, scratch); });
  for (const std::string& scheme : schemes)
    fields.add("codes." + scheme, FieldType::text,
               [&nodes, scheme](std::size_t row, std::string&) { return looked_up(nodes[row].codes, scheme); });
  add_plain_fields(fields, nodes);
  add_ending(fields, nodes, document.node_columns);
  return std::move(fields).take(renamed);
}

std::vector<Field> edge_fields(const GraphDocument& document,
                               std::vector<std::pair<std::string, std::string>>* renamed) {
  const std::vector<Edge>& edges = document.edges;
  // Digits alone are what other programs number the edges of a table by, so that a reader takes them for no id.
  if (renamed != nullptr)
    for (const Edge& edge : edges)
      if (edge.id.find_first_not_of("0123456789") == std::string::npos && edge.id != record_id(edge))
        renamed->emplace_back(edge.id, record_id(edge));
  Collector fields(edges.size());
  add_type(fields, edges);
  // Readers of directed graphs refuse single undirected edges, so symmetry is a column and not a direction.
  const std::set<std::string, std::less<>> symmetric = symmetric_types(document);
  fields.add("symmetric", FieldType::boolean, [&edges, symmetric](std::size_t row, std::string&) -> FieldValue {
    if (!symmetric.contains(edges[row].type)) return {};
    return true;
  });
  add_plain_fields(fields, edges);
  add_ending(fields, edges, document.edge_columns);
  return std::move(fields).take(renamed);
}

}  // namespace chokepoint::detail
