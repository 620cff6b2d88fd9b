#pragma once

#include "chokepoint/model/json.hpp"
#include "chokepoint/model/record.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace chokepoint {

/// Which side of a market a node type describes; supplier groups are read in one layer at a time.
enum class Layer : std::uint8_t { none, place, actor };

/// What an edge type means to an analysis. Analyses ask for roles and never for type names, so an ontology of
/// another field works unchanged; several types may share a role.
enum class Role : std::uint8_t {
  none,        ///< named relation without a rule
  flow,        ///< supplier → customer of an item
  supply,      ///< maker → thing, with a share of output
  make,        ///< designer → thing
  need,        ///< dependent → input it cannot do without
  variant,     ///< specific → generic
  step,        ///< step → whole
  seat,        ///< actor → place
  use,         ///< user → thing, soft
  fund,        ///< funder → funded, soft
  own,         ///< owner → owned
  hold,        ///< holder → stock
  restrict,    ///< policy → thing or actor
  adapt,       ///< response → policy or thing
  substitute,  ///< replacement → replaced
  issue,       ///< issuer → policy
  amend,       ///< later policy → earlier
  target,      ///< aimed at
  promote,     ///< supports
  affect,      ///< has an effect on
  join,        ///< takes part in
  decline,     ///< refuses
  part,        ///< portion → whole
  lead,        ///< head → headed
  compete,     ///< rivals
};

std::string_view to_string(Role role);
std::optional<Role> parse_role(std::string_view text);
std::string_view to_string(Layer layer);

/// How the members of a requirement group count for the node that depends on them.
enum class GroupRule : std::uint8_t {
  all,     ///< every member; named groups are alternatives, `k` of which are needed
  any,     ///< one member
  choice,  ///< variants: any or all, as the node settles it
  soft,    ///< listed, never needed
};
/// When a dependency counts at all.
enum class Strength : std::uint8_t { hard, soft, asked };

std::string_view to_string(GroupRule rule);
std::string_view to_string(Strength strength);

/// Who depends on whom along an edge of a type.
struct Dependency {
  bool from_depends = false;  ///< true: `from` depends on `to`; false: `to` depends on `from`
  GroupRule group = GroupRule::any;
  Strength strength = Strength::hard;
};

struct NodeType {
  std::string id;
  std::string node_class;  ///< id of a class
  Layer layer = Layer::none;
  bool several = false;  ///< each node stands for several, and is no single hand of a supply
  Labels labels;
  std::string colour;  ///< `#rrggbb`
  std::string description;
};

struct EdgeType {
  std::string id;
  Role role = Role::none;
  Labels labels;
  Labels inverse_labels;
  std::vector<std::string> from;  ///< allowed node types, classes resolved, sorted
  std::vector<std::string> to;
  std::vector<std::string> item;  ///< allowed types of `item`; empty: any
  bool same_class = false;        ///< both ends of one class
  bool same_type = false;         ///< both ends of one type
  bool symmetric = false;         ///< the smaller id stands first
  std::optional<Dependency> dependency;
  std::vector<std::string> modes;  ///< allowed `attributes.mode`, the first is the default; empty: no mode
  std::vector<std::string> roles;  ///< allowed `attributes.role`, the first is the default
  std::vector<std::string> units;  ///< customary units of `amount`
  std::string colour;
  std::string description;
};

/// A term with labels: a unit, an indicator, a node class.
struct Term {
  std::string id;
  Labels labels;
  std::string unit;  ///< an indicator's customary unit
};

/// The node and edge types of a field, as data. Immutable; types have dense numbers in file order, by which
/// the store and the snapshot refer to them.
class Ontology {
 public:
  /// @param text  JSON in the form of data/ontology.json, checked by data/schema/ontology.schema.json and for
  ///              dangling names
  /// @throws SchemaError naming the first thing that is wrong, JsonError when it is no JSON
  static Ontology parse(std::string_view text);

  /// What `canonical_text` gave, read back. Dangling names and wrong kinds are refused, but the schema is not asked
  /// again: that takes four times as long as reading.
  /// @throws SchemaError, JsonError for a text that was changed since
  static Ontology parse_canonical(std::string_view text);
  /// The one that is compiled in.
  static const Ontology& standard();

  [[nodiscard]] const std::string& id() const { return id_; }
  [[nodiscard]] const std::string& title() const { return title_; }
  [[nodiscard]] const std::string& version() const { return version_; }
  [[nodiscard]] const std::string& license() const { return license_; }
  [[nodiscard]] const std::vector<std::string>& languages() const { return languages_; }
  [[nodiscard]] const std::vector<NodeType>& node_types() const { return node_types_; }
  [[nodiscard]] const std::vector<EdgeType>& edge_types() const { return edge_types_; }
  [[nodiscard]] const std::vector<Term>& classes() const { return classes_; }
  [[nodiscard]] const std::vector<Term>& units() const { return units_; }
  [[nodiscard]] const std::vector<Term>& indicators() const { return indicators_; }
  /// Whether namesakes in which this attribute of nodes differs are not one. Case, and blanks, hyphens or dots in place
  /// of underscores, do not matter.
  [[nodiscard]] bool is_identifying_attribute(std::string_view name) const;

  /// Number of the type, for `node_types()[n]`. O(log n)
  [[nodiscard]] std::optional<std::uint16_t> node_type(std::string_view id) const;
  [[nodiscard]] std::optional<std::uint16_t> edge_type(std::string_view id) const;
  [[nodiscard]] const Term* unit(std::string_view id) const;
  [[nodiscard]] const Term* indicator(std::string_view id) const;

  /// Why an edge of this type may not join these node types; nullopt when it may.
  /// @param item_type  type of the `item`, empty when there is none
  [[nodiscard]] std::optional<std::string> refuse_ends(const EdgeType& type, std::string_view from_type,
                                                       std::string_view to_type, std::string_view item_type) const;

  /// The text it was parsed from, canonical; what a database stores.
  [[nodiscard]] const std::string& canonical_text() const { return canonical_text_; }

 private:
  /// @throws SchemaError for what is missing or dangling; std::bad_variant_access for values of the wrong kind
  static Ontology read(const Json& root, std::string canonical_text);

  std::string id_, title_, version_, license_;
  std::vector<std::string> languages_;
  std::vector<Term> classes_;
  std::vector<NodeType> node_types_;
  std::vector<EdgeType> edge_types_;
  std::vector<Term> units_;
  std::vector<Term> indicators_;
  std::vector<std::string> identifying_attributes_;  ///< plain, sorted
  std::string canonical_text_;
};

/// The label in `language`, else in English, else any, else `id`.
std::string_view label_of(const Labels& labels, std::string_view language, std::string_view id);

}  // namespace chokepoint
