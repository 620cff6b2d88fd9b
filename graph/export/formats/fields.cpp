#include "export/formats/fields.hpp"

#include "export/formats/cell_column.hpp"

#include <algorithm>
#include <array>
#include <memory>
#include <numeric>
#include <set>
#include <span>

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
    fields_.push_back({std::move(name), type, std::move(value)});
  }

  void add_attributes(const std::function<const std::string&(std::size_t)>& attributes_of) {
    for (auto& [key, found] : split_attributes(row_count_, attributes_of)) {
      const FieldType type = common_type(found.cells);
      const auto column = std::make_shared<const SparseColumn>(std::move(found));
      add("attributes." + key, type, [column, type](std::size_t row, std::string& scratch) -> FieldValue {
        const auto at = std::lower_bound(column->rows.begin(), column->rows.end(), row);
        if (at == column->rows.end() || *at != row) return {};
        return cell_value(column->cells[static_cast<std::size_t>(at - column->rows.begin())], type, scratch);
      });
    }
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

  std::vector<Field> take() && {
    const std::vector<char> in_use = find_values();
    std::set<std::string> taken(reserved_names.begin(), reserved_names.end());
    std::vector<Field> result;
    for (std::size_t i = 0; i < fields_.size(); ++i) {
      if (in_use[i] == 0) continue;
      std::string& name = fields_[i].name;
      if (i >= first_metric_ && taken.contains(lower(name))) name.insert(0, "metric_");
      while (!taken.insert(lower(name)).second) name += '_';
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

FieldValue text_value(const std::string& text) {
  if (text.empty()) return {};
  return std::string_view(text);
}

FieldValue number_value(const std::optional<double>& number) {
  if (!number) return {};
  return *number;
}

/// `id: locator; id; …`
FieldValue sources_value(const std::vector<Citation>& sources, std::string& scratch) {
  if (sources.empty()) return {};
  scratch.clear();
  for (const Citation& citation : sources) {
    if (!scratch.empty()) scratch.append("; ");
    scratch.append(citation.source);
    if (!citation.locator.empty()) scratch.append(": ").append(citation.locator);
  }
  return std::string_view(scratch);
}

FieldValue joined_value(const std::vector<std::string>& texts, std::string& scratch) {
  if (texts.empty()) return {};
  scratch = texts.front();
  for (const std::string& text : std::span(texts).subspan(1)) scratch.append("; ").append(text);
  return std::string_view(scratch);
}

FieldValue looked_up(const std::map<std::string, std::string>& texts, const std::string& key) {
  const auto found = texts.find(key);
  if (found == texts.end()) return {};
  return std::string_view(found->second);
}

/// `record.*member` as a text field.
template <typename Record>
auto text_field(const std::vector<Record>& records, std::string Record::*member) {
  return [&records, member](std::size_t row, std::string&) { return text_value(records[row].*member); };
}

template <typename Record>
auto number_field(const std::vector<Record>& records, std::optional<double> Record::*member) {
  return [&records, member](std::size_t row, std::string&) { return number_value(records[row].*member); };
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

std::vector<Field> node_fields(const GraphDocument& document) {
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
  fields.add("type", FieldType::text, text_field(nodes, &Node::type));
  fields.add("aliases", FieldType::text,
             [&nodes](std::size_t row, std::string& scratch) { return joined_value(nodes[row].aliases, scratch); });
  for (const std::string& scheme : schemes)
    fields.add("codes." + scheme, FieldType::text,
               [&nodes, scheme](std::size_t row, std::string&) { return looked_up(nodes[row].codes, scheme); });
  fields.add("description", FieldType::text, text_field(nodes, &Node::description));
  fields.add("since", FieldType::text, text_field(nodes, &Node::since));
  fields.add("until", FieldType::text, text_field(nodes, &Node::until));
  add_ending(fields, nodes, document.node_columns);
  return std::move(fields).take();
}

std::vector<Field> edge_fields(const GraphDocument& document) {
  const std::vector<Edge>& edges = document.edges;
  Collector fields(edges.size());
  const auto add_text = [&](const char* name, std::string Edge::*member) {
    fields.add(name, FieldType::text, text_field(edges, member));
  };
  const auto add_number = [&](const char* name, std::optional<double> Edge::*member) {
    fields.add(name, FieldType::real, number_field(edges, member));
  };
  add_text("type", &Edge::type);
  // Readers of directed graphs refuse single undirected edges, so symmetry is a column and not a direction.
  const std::set<std::string, std::less<>> symmetric = symmetric_types(document);
  fields.add("symmetric", FieldType::boolean, [&edges, symmetric](std::size_t row, std::string&) -> FieldValue {
    if (!symmetric.contains(edges[row].type)) return {};
    return true;
  });
  add_text("item", &Edge::item);
  add_text("market", &Edge::market);
  add_text("origin", &Edge::origin);
  add_number("share", &Edge::share);
  add_number("amount", &Edge::amount);
  add_text("unit", &Edge::unit);
  add_number("performance", &Edge::performance);
  add_text("as_of", &Edge::as_of);
  // A bound qualifies a number; without one "exact" would claim something about nothing.
  fields.add("bound", FieldType::text, [&edges](std::size_t row, std::string&) -> FieldValue {
    const Edge& edge = edges[row];
    if (edge.bound == Bound::exact && !edge.share && !edge.amount && !edge.performance) return {};
    return to_string(edge.bound);
  });
  fields.add("status", FieldType::text,
             [&edges](std::size_t row, std::string&) -> FieldValue { return to_string(edges[row].status); });
  fields.add("significance", FieldType::text, [&edges](std::size_t row, std::string&) -> FieldValue {
    if (edges[row].significance == Significance::unstated) return {};
    return to_string(edges[row].significance);
  });
  add_number("confidence", &Edge::confidence);
  add_text("since", &Edge::since);
  add_text("until", &Edge::until);
  add_text("group", &Edge::group);
  fields.add("k", FieldType::integer, [&edges](std::size_t row, std::string&) -> FieldValue {
    if (!edges[row].k) return {};
    return static_cast<std::int64_t>(*edges[row].k);
  });
  add_ending(fields, edges, document.edge_columns);
  return std::move(fields).take();
}

}  // namespace chokepoint::detail
