#include "query/chokepoints/candidate_scope.hpp"

#include "chokepoint/analysis/assessment.hpp"
#include "chokepoint/analysis/requirements.hpp"
#include "chokepoint/model/text.hpp"
#include "chokepoint/query/resolve.hpp"
#include "chokepoint/store/reader.hpp"
#include "chokepoint/support/error.hpp"
#include "query/session/policy_terms.hpp"
#include "query/session/scenario.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace chokepoint::detail {

namespace {

/// The policies that act on the day, without those that are left out.
Enforcement acting(const View& view, Session& session, const std::vector<std::string>& without) {
  Enforcement enforcement;
  for (const std::string& name : without) {
    const NodeRef policy = session.reader().resolve(name);
    const Vertex v = view.snapshot().find(policy.id).value();
    if (!view.has_node(v))
      throw UsageError(fmt::format("{} does not count on {}: it begins later or has ended; try another --as-of",
                                   policy.id, to_string(view.options().as_of)));
    enforcement.without.push_back(v);
  }
  require_policies(view.snapshot(), enforcement.without, "--without");
  enforcement.terms = policy_terms(session, view.snapshot());
  enforcement.policies = acting_policies(view, enforcement.terms);
  std::erase_if(enforcement.policies, [&](Vertex policy) {
    return std::ranges::find(enforcement.without, policy) != enforcement.without.end();
  });
  return enforcement;
}

/// The types that a word names: one of the ontology, or all of a class.
void add_types(const Session& session, const std::string& word, std::vector<std::uint16_t>& types) {
  const Ontology& ontology = session.ontology();
  const std::string wanted = fold(word);
  for (const Term& each : ontology.classes()) {
    bool is_named = fold(each.id) == wanted;
    for (const auto& [language, label] : each.labels) is_named = is_named || fold(label) == wanted;
    if (!is_named || std::ranges::any_of(ontology.node_types(), [&](const NodeType& t) { return t.id == each.id; }))
      continue;
    for (std::uint16_t i = 0; i < ontology.node_types().size(); ++i)
      if (ontology.node_types()[i].node_class == each.id) types.push_back(i);
    return;
  }
  types.push_back(require_node_type(session, word));
}

CandidateScope make_field(const View& view, const Enforcement& enforcement, Layer layer, bool is_fixed,
                          const CutScopeOptions& asked) {
  RequirementOptions options;
  options.layer = layer;
  options.keep_minor = asked.keep_minor;
  options.targets = asked.targets;
  CandidateScope field{layer, {}};
  if (enforcement.policies.empty()) {
    field.world.requirements = build_requirements(view, options);
  } else {
    field.world = enforce(view, enforcement, options, is_fixed);
  }
  return field;
}

}  // namespace

const CandidateScope& CutScope::field(Layer layer) const {
  const bool is_first = is_layer_fixed || fields.front().layer == layer;
  return is_first ? fields.front() : fields.back();
}

CutScope make_cut_scope(const View& view, Session& session, const CutScopeOptions& options) {
  CutScope scope;
  std::vector<std::uint16_t> types;
  for (const std::string& type : options.among) add_types(session, type, types);
  scope.candidates = cut_candidates(view, {.types = types});
  scope.remainders = cut_candidates(view, {.types = types, .remainders = true});
  scope.enforcement = acting(view, session, options.without);
  scope.is_layer_fixed = options.layer.has_value();
  const auto add = [&](Layer layer) {
    scope.fields.push_back(make_field(view, scope.enforcement, layer, scope.is_layer_fixed, options));
  };
  if (options.layer) {
    add(*options.layer);
    return scope;
  }
  const auto is_place = [&](Vertex v) { return view.snapshot().layer(v) == Layer::place; };
  const bool has_places = types.empty() || std::ranges::any_of(scope.candidates, is_place);
  if (has_places) add(Layer::place);
  if (types.empty() || !has_places || !std::ranges::all_of(scope.candidates, is_place)) add(Layer::actor);
  return scope;
}

Situation situation_in(const CandidateScope& field, const AssessmentOptions& judging) {
  Situation situation{&field.world.requirements, {}, judging};
  situation.disruption.cuts = field.world.cuts;
  return situation;
}

ScopeCutSets cut_sets_in(const CutScope& scope, const AssessmentOptions& judging, Vertex target,
                         const CutSetOptions& options) {
  std::vector<Situation> situations;
  for (const CandidateScope& field : scope.fields) situations.push_back(situation_in(field, judging));
  LayeredSituations layered;
  for (std::size_t i = 0; i < situations.size(); ++i) {
    const bool is_place = scope.fields[i].layer == Layer::place;
    if (is_place || scope.is_layer_fixed) layered.place = &situations[i];
    if (!is_place || scope.is_layer_fixed) layered.actor = &situations[i];
  }
  // What is minimal without remainders is so beside them: no part of it has one.
  std::vector<Vertex> all = scope.candidates;
  all.insert(all.end(), scope.remainders.begin(), scope.remainders.end());
  ScopeCutSets result{layered_cut_sets(layered, target, all, options), {}};
  const Snapshot& snapshot = situations.front().requirements->snapshot();
  result.with_remainder = take_remainder_sets(snapshot, result.layered.found.sets);
  return result;
}

}  // namespace chokepoint::detail
