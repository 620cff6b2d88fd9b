#pragma once

#include "chokepoint/analysis/assessment.hpp"
#include "chokepoint/snapshot/view.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <random>
#include <set>
#include <string>
#include <vector>

namespace chokepoint::test {

/// A slow and obvious reading of the requirement rules, by ids and the type names of the standard ontology; nothing is
/// shared with the library but the view. Shares are exact or unknown, without market or origin.
class NaiveRequirements {
 public:
  NaiveRequirements(const View& view, Layer layer, bool keep_minor, Variants reading);

  struct Member {
    std::string node;
    std::optional<double> share;
    bool is_minor = false;
  };
  struct Group {
    std::vector<Member> members;
    std::size_t k = 1;
    bool weighs = false;        ///< suppliers of shares
    bool is_supply = false;     ///< may starve
    bool is_provision = false;  ///< suppliers or makers: in a cycle they count as whole or gone
    bool rest = false;          ///< an anonymous rest of size `open`
    double open = 0;
  };

  /// What cannot work once `removed` are gone, in order; flows are `item@customer`.
  [[nodiscard]] std::set<std::string> impossible(const std::set<std::string>& removed, Cycles cycles) const;
  /// Places and what they lack.
  [[nodiscard]] std::set<std::pair<std::string, std::string>> unmet(const std::set<std::string>& impossible) const;
  /// Capacities, and what starves below the threshold is impossible.
  struct Capacities {
    std::set<std::string> impossible;
    std::map<std::string, double> low, high;
  };
  [[nodiscard]] Capacities capacities(const std::set<std::string>& removed, std::optional<double> threshold) const;
  /// Every minimal set of at most `order` candidates whose removal makes the target impossible; exhaustive.
  [[nodiscard]] std::set<std::vector<std::string>> cut_sets(const std::string& target,
                                                            const std::vector<std::string>& candidates,
                                                            std::size_t order, std::optional<double> threshold,
                                                            Cycles cycles) const;

  [[nodiscard]] const std::map<std::string, std::vector<Group>>& groups() const { return groups_; }
  [[nodiscard]] Layer layer_of(const std::string& node) const { return layers_.at(node); }

 private:
  /// What a thing needs: one item, or `k` of several.
  struct Need {
    std::string type;
    std::vector<std::string> items;
    std::size_t k = 1;
    bool is_alternative = false;  ///< a group with a name
  };
  struct Row {
    std::string other, type, group, item, role;
    std::vector<std::string> replaces;
    std::optional<double> share;
    bool is_minor = false;
    std::size_t k = 1;
  };

  [[nodiscard]] bool is_in(const std::string& type, const std::string& node) const { return types_.at(node) == type; }
  [[nodiscard]] std::map<std::string, int> containers(const std::string& node) const;
  [[nodiscard]] std::map<std::string, int> climb(const std::string& node) const;
  [[nodiscard]] std::string draw(const std::string& dependent, const std::string& item) const;
  [[nodiscard]] std::optional<Group> supplier_group(const std::vector<Row>& rows, bool is_supply) const;
  [[nodiscard]] bool is_part(const std::string& part, const std::string& whole) const;
  [[nodiscard]] std::optional<double> added(const Group& group, const Member& member) const;
  void take_parts_off(Group& group) const;
  [[nodiscard]] std::set<std::string> variants_of(const std::string& generic) const;
  [[nodiscard]] std::set<std::string> generics_of(const std::string& variant) const;
  [[nodiscard]] std::set<std::string> all_above(const std::string& variant) const;
  [[nodiscard]] std::set<std::string> all_below(const std::string& generic) const;
  [[nodiscard]] std::vector<Row> own_suppliers(const std::string& thing) const;
  [[nodiscard]] std::set<std::string> lenders(const std::string& thing) const;
  [[nodiscard]] std::vector<Group> groups_taken_over(const std::string& thing, const std::string& type) const;
  [[nodiscard]] std::set<std::string> suppliers_left(const std::string& generic) const;
  [[nodiscard]] std::set<std::string> unnamed_members(const std::string& generic) const;
  [[nodiscard]] std::vector<Need> own_needs(const std::string& node) const;
  [[nodiscard]] bool replaces(const std::string& node, const Need& need) const;
  [[nodiscard]] std::vector<Need> inherited(const std::string& node) const;
  [[nodiscard]] std::vector<Need> inherited_by_unnamed(const std::string& generic) const;
  void hand_down(const std::string& source, const Need& need, std::set<std::string>& reached) const;
  [[nodiscard]] static std::optional<Need> without_met(Need need, const std::set<std::string>& met);
  [[nodiscard]] Group group_of(const Need& need, const std::string& holder) const;
  void make_unnamed(const std::string& generic);
  [[nodiscard]] std::vector<Group> choices(const std::string& generic, const std::vector<std::string>& members,
                                           bool has_unnamed) const;
  void read(const View& view);
  void make_flows();
  void make_groups(const std::string& node);
  [[nodiscard]] std::set<std::string> gone(const std::set<std::string>& removed) const;
  [[nodiscard]] double group_value(const Group& group, bool low, const std::map<std::string, double>& capacity,
                                   bool place_removed_without_row) const;

  Layer layer_;
  bool keep_minor_;
  Variants reading_;
  std::map<std::string, std::string> types_;
  std::map<std::string, Layer> layers_;
  std::map<std::string, Variants> variants_;
  std::set<std::string> released_;
  std::set<std::string> complete_;                ///< generics all of whose variants are recorded
  std::map<std::string, std::vector<Row>> rows_;  ///< by the node that depends
  std::map<std::pair<std::string, std::string>, std::vector<Row>> flow_rows_;  ///< (item, customer)
  std::set<std::pair<std::string, std::string>> flows_;                        ///< with generics of recorded variants
  std::map<std::string, std::vector<std::string>> wholes_;                     ///< part-of
  std::map<std::string, std::vector<Group>> groups_;
  std::map<std::string, std::vector<Group>> place_needs_;
};

/// Every minimal cut set of at most `order` candidates by definition: each set is judged in its own layer, which is
/// place where it holds a place, and no set holds a place and an actor; one is minimal when no part of it stops the
/// target, in the layer of the set or in the part's own. Exhaustive.
std::set<std::vector<std::string>> layered_cut_sets(const NaiveRequirements& by_place,
                                                    const NaiveRequirements& by_actor, const std::string& target,
                                                    const std::vector<std::string>& candidates, std::size_t order,
                                                    Cycles cycles);

/// A small random graph with every rule in it: seats, sites, blocs, layers, minor and unknown shares, makers, released
/// things, needs with alternatives, variants of several generics, settled or not, complete or not, needs that replace
/// inherited ones, steps, flows, and cycles.
View random_requirements(std::mt19937& random);
/// What may be in such a graph besides.
struct RandomExtras {
  unsigned percent_remainders = 0;  ///< of the firms
  bool wholes = false;              ///< suppliers that others are part of
  bool several = false;             ///< of most supplies two suppliers are needed
  bool no_supplies = false;         ///< nobody produces or supplies, so that nothing is held in part
};
View random_requirements(std::mt19937& random, const RandomExtras& extras);

/// A way to read it: layer, minor suppliers, and flows and refills as the enforcement of a policy asks for.
RequirementOptions random_reading(std::mt19937& random, const View& view);

}  // namespace chokepoint::test
