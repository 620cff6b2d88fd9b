#include "chokepoint/model/ontology.hpp"

#include "chokepoint/model/json_reader.hpp"
#include "chokepoint/model/text.hpp"
#include "chokepoint/support/error.hpp"
#include "model/embedded.hpp"
#include "model/schema_check.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>
#include <utility>
#include <variant>

namespace chokepoint {

namespace {

constexpr std::array<std::string_view, 25> role_names{
    "none",    "flow",   "supply", "make",     "need",  "variant",    "step",   "seat",  "use",
    "fund",    "own",    "hold",   "restrict", "adapt", "substitute", "issue",  "amend", "target",
    "promote", "affect", "join",   "decline",  "part",  "lead",       "compete"};
constexpr std::array<std::string_view, 3> layer_names{"", "place", "actor"};
constexpr std::array<std::string_view, 4> rule_names{"all", "any", "choice", "soft"};
constexpr std::array<std::string_view, 3> strength_names{"hard", "soft", "asked"};

template <std::size_t N>
std::size_t index_in(const std::array<std::string_view, N>& names, std::string_view text) {
  return static_cast<std::size_t>(std::find(names.begin(), names.end(), text) - names.begin());
}

/// @throws SchemaError for a word that is none of the names
template <typename Enumeration, std::size_t N>
Enumeration enumerator(const std::array<std::string_view, N>& names, std::string_view text, const std::string& where) {
  const std::size_t index = index_in(names, text);
  if (index == N) throw SchemaError(fmt::format("ontology: {} says \"{}\", which is none of its words", where, text));
  return static_cast<Enumeration>(index);
}

/// @throws SchemaError when there is none
const Json& required(const Json& object, std::string_view key) {
  const Json* value = object.find(key);
  if (value == nullptr) throw SchemaError(fmt::format("ontology: {} is missing", key));
  return *value;
}

std::string text_of(const Json& object, std::string_view key) {
  const Json* value = object.find(key);
  return value ? value->as_string() : std::string();
}

bool flag_of(const Json& object, std::string_view key) {
  const Json* value = object.find(key);
  return value && value->as_bool();
}

std::vector<std::string> list_of(const Json& object, std::string_view key) {
  std::vector<std::string> texts;
  if (const Json* value = object.find(key))
    for (const Json& element : value->as_array()) texts.push_back(element.as_string());
  return texts;
}

Labels labels_of(const Json& object, std::string_view key) {
  Labels labels;
  if (const Json* value = object.find(key))
    for (const auto& [language, label] : value->as_object()) labels[language] = label.as_string();
  return labels;
}

std::vector<Term> terms_of(const Json& root, std::string_view key) {
  std::vector<Term> terms;
  if (const Json* list = root.find(key))
    for (const Json& object : list->as_array())
      terms.push_back({text_of(object, "id"), labels_of(object, "labels"), text_of(object, "unit")});
  return terms;
}

template <typename Records>
void refuse_duplicates(const Records& records, std::string_view what) {
  std::set<std::string_view> seen;
  for (const auto& record : records)
    if (!seen.insert(record.id).second)
      throw SchemaError(fmt::format("ontology: two {} are called {}", what, record.id));
}

template <typename Records>
auto find_by_id(const Records& records, std::string_view id) {
  return std::find_if(records.begin(), records.end(), [&](const auto& record) { return record.id == id; });
}

/// `@class` becomes the types of that class; unknown names are refused.
std::vector<std::string> resolve_types(const std::vector<std::string>& names, const std::vector<NodeType>& types,
                                       const std::string& where) {
  std::set<std::string> resolved;
  for (const std::string& name : names) {
    const std::size_t before = resolved.size();
    if (name.starts_with('@')) {
      for (const NodeType& type : types)
        if (type.node_class == name.substr(1)) resolved.insert(type.id);
    } else if (find_by_id(types, name) != types.end()) {
      resolved.insert(name);
    } else {
      throw SchemaError(fmt::format("ontology: {} names the node type {}, which is not defined", where, name));
    }
    if (name.starts_with('@') && resolved.size() == before &&
        std::none_of(types.begin(), types.end(), [&](const NodeType& t) { return t.node_class == name.substr(1); }))
      throw SchemaError(fmt::format("ontology: {} names {}, a class without node types", where, name));
  }
  return {resolved.begin(), resolved.end()};
}

NodeType node_type_of(const Json& object, const std::vector<Term>& classes) {
  NodeType type;
  type.id = text_of(object, "id");
  type.node_class = text_of(object, "class");
  if (find_by_id(classes, type.node_class) == classes.end())
    throw SchemaError(
        fmt::format("ontology: node type {} is of class {}, which is not defined", type.id, type.node_class));
  type.layer = enumerator<Layer>(layer_names, text_of(object, "layer"), "node type " + type.id);
  type.several = flag_of(object, "several");
  type.labels = labels_of(object, "labels");
  type.colour = text_of(object, "colour");
  type.description = text_of(object, "description");
  return type;
}

EdgeType edge_type_of(const Json& object, const std::vector<NodeType>& types) {
  EdgeType type;
  type.id = text_of(object, "id");
  const std::string where = "edge type " + type.id;
  const std::string role = text_of(object, "role");
  type.role = role.empty() ? Role::none : enumerator<Role>(role_names, role, where);
  type.labels = labels_of(object, "labels");
  type.inverse_labels = labels_of(object, "inverse_labels");
  type.from = resolve_types(list_of(object, "from"), types, where);
  type.to = resolve_types(list_of(object, "to"), types, where);
  type.item = resolve_types(list_of(object, "item"), types, where);
  const std::string same = text_of(object, "same");
  type.same_class = same == "class";
  type.same_type = same == "type";
  type.symmetric = flag_of(object, "symmetric");
  if (const Json* dependency = object.find("dependency")) {
    type.dependency = Dependency{text_of(*dependency, "dependent") == "from",
                                 enumerator<GroupRule>(rule_names, text_of(*dependency, "group"), where),
                                 enumerator<Strength>(strength_names, text_of(*dependency, "strength"), where)};
    if (text_of(*dependency, "dependent") == text_of(*dependency, "on"))
      throw SchemaError(fmt::format("ontology: {}: the dependent and what it depends on are the same end", where));
  }
  type.modes = list_of(object, "modes");
  type.roles = list_of(object, "roles");
  type.units = list_of(object, "units");
  type.colour = text_of(object, "colour");
  type.description = text_of(object, "description");
  return type;
}

/// `Birth-Date` as `birth_date`.
std::string plain_attribute(std::string_view name) {
  std::string plain = fold(name);
  for (char& c : plain)
    if (c == ' ' || c == '-' || c == '.') c = '_';
  return plain;
}

bool contains(const std::vector<std::string>& sorted, std::string_view id) {
  return std::binary_search(sorted.begin(), sorted.end(), id);
}

}  // namespace

std::string_view to_string(Role role) { return role_names[static_cast<std::size_t>(role)]; }
std::optional<Role> parse_role(std::string_view text) {
  const std::size_t index = index_in(role_names, text);
  if (index == role_names.size()) return std::nullopt;
  return static_cast<Role>(index);
}
std::string_view to_string(Layer layer) { return layer_names[static_cast<std::size_t>(layer)]; }
std::string_view to_string(GroupRule rule) { return rule_names[static_cast<std::size_t>(rule)]; }
std::string_view to_string(Strength strength) { return strength_names[static_cast<std::size_t>(strength)]; }

Ontology Ontology::parse(std::string_view text) {
  if (const auto wrong = detail::schema_violation("schema/ontology.schema.json", text))
    throw SchemaError("ontology: " + *wrong);
  const Json root = parse_json(text);
  return read(root, canonical(root));
}

Ontology Ontology::parse_canonical(std::string_view text) {
  try {
    return read(parse_json(text), std::string(text));
  } catch (const std::bad_variant_access&) {
    throw SchemaError("ontology: a value is of the wrong kind");
  }
}

Ontology Ontology::read(const Json& root, std::string canonical_text) {
  Ontology ontology;
  const Json& head = required(root, "ontology");
  ontology.id_ = text_of(head, "id");
  ontology.title_ = text_of(head, "title");
  ontology.version_ = text_of(head, "version");
  ontology.license_ = text_of(head, "license");
  ontology.languages_ = list_of(root, "languages");
  ontology.classes_ = terms_of(root, "classes");
  ontology.units_ = terms_of(root, "units");
  ontology.indicators_ = terms_of(root, "indicators");
  for (const std::string& name : list_of(root, "identifying_attributes"))
    ontology.identifying_attributes_.push_back(plain_attribute(name));
  std::sort(ontology.identifying_attributes_.begin(), ontology.identifying_attributes_.end());
  for (const Json& object : required(root, "node_types").as_array())
    ontology.node_types_.push_back(node_type_of(object, ontology.classes_));
  for (const Json& object : required(root, "edge_types").as_array())
    ontology.edge_types_.push_back(edge_type_of(object, ontology.node_types_));
  refuse_duplicates(ontology.classes_, "classes");
  refuse_duplicates(ontology.node_types_, "node types");
  refuse_duplicates(ontology.edge_types_, "edge types");
  refuse_duplicates(ontology.units_, "units");
  refuse_duplicates(ontology.indicators_, "indicators");
  if (ontology.node_types_.size() > 65535 || ontology.edge_types_.size() > 65535)
    throw SchemaError("ontology: more than 65,535 types of one kind");
  ontology.canonical_text_ = std::move(canonical_text);
  return ontology;
}

const Ontology& Ontology::standard() {
  // Checked against its schema by a test instead of by every process.
  static const Ontology ontology = [] {
    const Json root = parse_json(*detail::embedded("ontology.json"));
    return read(root, canonical(root));
  }();
  return ontology;
}

std::optional<std::uint16_t> Ontology::node_type(std::string_view id) const {
  const auto found = find_by_id(node_types_, id);
  if (found == node_types_.end()) return std::nullopt;
  return static_cast<std::uint16_t>(found - node_types_.begin());
}

std::optional<std::uint16_t> Ontology::edge_type(std::string_view id) const {
  const auto found = find_by_id(edge_types_, id);
  if (found == edge_types_.end()) return std::nullopt;
  return static_cast<std::uint16_t>(found - edge_types_.begin());
}

const Term* Ontology::unit(std::string_view id) const {
  const auto found = find_by_id(units_, id);
  return found == units_.end() ? nullptr : &*found;
}

const Term* Ontology::indicator(std::string_view id) const {
  const auto found = find_by_id(indicators_, id);
  return found == indicators_.end() ? nullptr : &*found;
}

bool Ontology::is_identifying_attribute(std::string_view name) const {
  return contains(identifying_attributes_, plain_attribute(name));
}

std::optional<std::string> Ontology::refuse_ends(const EdgeType& type, std::string_view from_type,
                                                 std::string_view to_type, std::string_view item_type) const {
  if (!contains(type.from, from_type))
    return fmt::format("{} may not start at a {}; it starts at: {}", type.id, from_type, fmt::join(type.from, ", "));
  if (!contains(type.to, to_type))
    return fmt::format("{} may not end at a {}; it ends at: {}", type.id, to_type, fmt::join(type.to, ", "));
  if (type.same_type && from_type != to_type)
    return fmt::format("{} joins nodes of one type, not a {} and a {}", type.id, from_type, to_type);
  if (type.same_class) {
    const std::string& from_class = node_types_[*node_type(from_type)].node_class;
    const std::string& to_class = node_types_[*node_type(to_type)].node_class;
    if (from_class != to_class)
      return fmt::format("{} joins nodes of one class, not a {} ({}) and a {} ({})", type.id, from_type, from_class,
                         to_type, to_class);
  }
  if (!item_type.empty() && !type.item.empty() && !contains(type.item, item_type))
    return fmt::format("the item of {} may not be a {}; it is one of: {}", type.id, item_type,
                       fmt::join(type.item, ", "));
  return std::nullopt;
}

std::string_view label_of(const Labels& labels, std::string_view language, std::string_view id) {
  if (const auto found = labels.find(std::string(language)); found != labels.end()) return found->second;
  if (const auto found = labels.find("en"); found != labels.end()) return found->second;
  return labels.empty() ? id : std::string_view(labels.begin()->second);
}

}  // namespace chokepoint
