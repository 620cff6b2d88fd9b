#pragma once

#include "chokepoint/analysis/policy.hpp"
#include "analysis/policies/market.hpp"
#include "analysis/requirements/containment.hpp"
#include "analysis/requirements/flow_table.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace chokepoint::detail {

/// Whom a restriction is aimed at.
enum class PolicyAim : std::uint8_t {
  thing,     ///< a thing: its flows into the market
  outsider,  ///< an actor outside the market: what it delivers into it
  insider,   ///< any other actor: what it requires
};

/// One restriction, ready to be applied.
struct PolicyRule {
  Arc arc = no_arc;
  Vertex policy = no_vertex;
  Vertex target = no_vertex;
  PolicyAim aim = PolicyAim::thing;
  bool is_ban = true;            ///< false: leaves anything between nothing and all
  bool is_any_item = false;      ///< concerns every item
  std::vector<Vertex> items;     ///< the things it concerns, variants included; sorted
  std::vector<Vertex> generics;  ///< things above these; sorted
  Market market;
  std::vector<Vertex> jurisdiction;  ///< of the issuers; sorted
  std::vector<Vertex> origin;        ///< only suppliers in this place; empty: all
};

/// The restrictions of the policies that act, by policy and arc. Open ones of `responses` are exempt.
std::vector<PolicyRule> policy_rules(const View& view, const std::vector<EdgeRule>& rules, Containment& containment,
                                     const Enforcement& enforcement, std::span<const PolicyResponse> responses,
                                     std::vector<PolicyNote>& notes);

/// Edges of the restricting role that a policy acts by: of an enforced one all, whatever the day they hold on (of
/// claims on one fact the one in the view, else the lowest; those that other filters of the view keep out are noted),
/// of any other those that act on the view's day.
std::vector<Arc> restrictions_of(const View& view, const Enforcement& enforcement, Vertex policy,
                                 std::vector<PolicyNote>& notes);

/// First day on which a restriction acts by the terms of its policy, else its own; nullopt when nobody dates it.
std::optional<Date> start_of(const SnapshotColumns& columns, std::span<const PolicyTerms> terms, Arc e);

/// Whether a restriction acts on the view's day.
bool acts(const View& view, std::span<const PolicyTerms> terms, Arc e);

/// Whether anything but the day keeps an edge out of a view.
bool is_barred(const View& view, Arc e);

/// How a rule bears on a flow.
enum class Bearing : std::uint8_t { none, maybe, whole };
/// @param recorded  the flows that data records
Bearing bearing_of(const PolicyRule& rule, const Flow& flow, const FlowTable& recorded, Containment& containment);
/// Whether a rule that bears on a flow concerns this supplier of it.
bool concerns(const PolicyRule& rule, Vertex supplier, Containment& containment);

/// Flows to derive so that every rule finds what it bears on; sorted.
std::vector<Flow> flows_to_derive(const View& view, const std::vector<EdgeRule>& edge_rules,
                                  std::span<const PolicyRule> rules, const FlowTable& recorded,
                                  Containment& containment);

}  // namespace chokepoint::detail
