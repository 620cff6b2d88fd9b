#include "chokepoint/query/chokepoints.hpp"

#include "chokepoint/analysis/assessment.hpp"
#include "chokepoint/analysis/coverage.hpp"
#include "chokepoint/analysis/cut_sets.hpp"
#include "chokepoint/analysis/explanation.hpp"
#include "chokepoint/analysis/requirements.hpp"
#include "chokepoint/query/ground.hpp"
#include "chokepoint/query/resolve.hpp"
#include "chokepoint/snapshot/delta_snapshot.hpp"
#include "chokepoint/store/reader.hpp"
#include "chokepoint/support/error.hpp"
#include "analysis/policies/policy_lift.hpp"
#include "query/chokepoints/candidate_scope.hpp"
#include "query/session/scenario.hpp"

#include <algorithm>
#include <set>
#include <utility>

namespace chokepoint {

namespace {

using detail::CandidateScope;
using detail::CutScope;

/// Assessments of the whole system that are made without being asked for, in nodes.
constexpr std::size_t most_unasked = 4'000'000;
constexpr double near_by_default = 0.2;

AssessmentOptions judging(const CutSetsResult& found, Variants variants) {
  AssessmentOptions options = found.judging;
  options.variants = variants;
  return options;
}

/// The policies without which an impossible target is possible: by actor, or by place where only that is so.
ImpossibleTarget lift_of(const CutSetsResult& found, const LayeredCutSets& layered, Variants variants,
                         bool keep_minor) {
  const CutScope& scope = *found.scope;
  const Layer layer = layered.impossible_in_actor ? Layer::actor : Layer::place;
  LiftQuestion question;
  question.enforcement = scope.enforcement;
  question.options.layer = scope.field(layer).layer;
  question.options.keep_minor = keep_minor;
  question.options.targets = {found.vertex};
  question.is_layer_fixed = scope.is_layer_fixed;
  question.judging = judging(found, variants);
  question.target = found.vertex;
  PolicyLift lift = smallest_lift(*found.view, question);
  return {std::move(lift.policies), lift.is_smallest};
}

CutSetsReading search(const CutSetsResult& found, Variants variants, const ChokepointsParams& params) {
  CutSetsReading reading;
  reading.variants = variants;
  CutSetOptions options;
  options.order = params.order;
  options.threads = params.threads;
  bool is_searching = false;
  options.keep_going = [&](const CutSetProgress& progress) {
    if (!std::exchange(is_searching, true) && params.on_search) params.on_search(true);
    const auto orders = static_cast<double>(params.order);
    if (params.on_progress)
      params.on_progress(std::clamp((static_cast<double>(progress.order) - 1 + progress.done) / orders, 0.0, 1.0));
    return !params.keep_going || params.keep_going();
  };
  detail::ScopeCutSets in_scope = cut_sets_in(*found.scope, judging(found, variants), found.vertex, options);
  LayeredCutSets& layered = in_scope.layered;
  if (std::exchange(is_searching, false) && params.on_search) params.on_search(false);
  reading.sets = std::move(layered.found.sets);
  reading.with_remainder = std::move(in_scope.with_remainder);
  reading.complete = layered.found.complete;
  reading.order_done = layered.found.order_done;
  if (layered.found.target_is_impossible) reading.impossible = lift_of(found, layered, variants, params.keep_minor);
  return reading;
}

using Candidate = std::pair<const CandidateScope*, Vertex>;

/// Losses of one node that may leave little of the target, each with the system that it is judged in.
std::vector<Candidate> near_candidates(const CutSetsResult& found) {
  std::set<Vertex> fatal;
  for (const CutSet& set : found.any.sets)
    if (set.members.size() == 1) fatal.insert(set.members.front());
  const CutScope& scope = *found.scope;
  std::vector<Candidate> candidates;
  for (const CandidateScope& field : scope.fields) {
    const std::vector<std::uint8_t> upstream = upstream_of(field.world.requirements, {&found.vertex, 1});
    for (const Vertex v : scope.candidates) {
      const Layer own = found.view->snapshot().layer(v) == Layer::place ? Layer::place : Layer::actor;
      const bool is_here = scope.is_layer_fixed || scope.fields.size() == 1 || field.layer == own;
      if (is_here && v != found.vertex && upstream[v] != 0 && !fatal.contains(v)) candidates.emplace_back(&field, v);
    }
  }
  return candidates;
}

/// What the loss of one node leaves of the target.
Interval left_without(const CutSetsResult& found, const Candidate& lost, Variants variants) {
  Situation situation = situation_in(*lost.first, judging(found, variants));
  situation.disruption.removed = {lost.second};
  const Assessment assessment = assess(situation);
  return {assessment.low[found.vertex], assessment.high[found.vertex]};
}

/// Losses that leave less than a threshold of the target at best, sorted by what is left.
std::vector<NearLoss> near_losses(const CutSetsResult& found, const ChokepointsParams& params) {
  const std::vector<Candidate> candidates = near_candidates(found);
  std::size_t work = 0;
  for (const auto& [field, v] : candidates) work += field->world.requirements.node_count();
  if (!params.near && work > most_unasked) return {};
  std::vector<NearLoss> near;
  for (const Candidate& candidate : candidates) {
    if (params.keep_going && !params.keep_going()) break;
    NearLoss loss{candidate.second, left_without(found, candidate, Variants::any), {}};
    if (loss.any.high >= params.near.value_or(near_by_default) - 1e-9) continue;
    loss.all = found.variants_met ? left_without(found, candidate, Variants::all) : loss.any;
    near.push_back(loss);
  }
  std::ranges::stable_sort(near, {}, [](const NearLoss& loss) { return std::pair(loss.any.high, loss.all.low); });
  return near;
}

TargetCoverage coverage_in(const CandidateScope& field, const View& view, Vertex target) {
  const std::vector<std::uint8_t> scope = upstream_of(field.world.requirements, {&target, 1});
  return {field.layer, coverage_of(field.world.requirements, view, scope),
          evidence_of(field.world.requirements, scope)};
}

/// The world that the question is about, before anything is lost.
CutSetsResult prepare(Session& session, const ChokepointsParams& params) {
  if (params.order < 1 || params.order > 4) throw UsageError("--order is 1, 2, 3 or 4");
  detail::require_threshold(params.threshold);
  if (params.near && !(*params.near > 0 && *params.near <= 1)) throw UsageError("--near is a share above 0, up to 1");
  CutSetsResult found;
  found.target = session.reader().resolve(params.target);
  ViewParams view_params = params.view;
  view_params.derived = true;
  const PickPart pick = [&](const View& whole, const RecordCounts& counts) {
    const Vertex target = vertex_of(whole.snapshot(), found.target.id);
    return params.without.empty() ? part_of_targets({&whole, 1}, {target}, counts) : nullptr;
  };
  const PickDeltaPart pick_delta = [&](const DeltaSnapshot& whole, const View& base, const RecordCounts& counts) {
    const Vertex target = vertex_of(whole, found.target.id);
    return params.without.empty() ? part_of_targets(whole, {&base, 1}, {target}, counts) : nullptr;
  };
  Ground ground = make_ground(session, view_params, pick, pick_delta);
  found.view = std::move(ground.view);
  found.left_out = std::move(ground.left_out);
  found.vertex = found.view->snapshot().find(found.target.id).value();
  found.scope = std::make_shared<const CutScope>(detail::make_cut_scope(
      *found.view, session,
      {params.among, detail::require_layer(params.layer), params.without, params.keep_minor, {found.vertex}}));
  for (const CandidateScope& field : found.scope->fields)
    found.layers.push_back(coverage_in(field, *found.view, found.vertex));
  found.in_force = found.scope->enforcement.policies;
  found.without = found.scope->enforcement.without;
  found.near_threshold = params.near;
  found.order = params.order;
  found.asked = params.view;
  found.judging = {Variants::any, detail::require_cycles(params.cycles), params.threshold};
  return found;
}

}  // namespace

CutSetsResult find_cut_sets(Session& session, const ChokepointsParams& params) {
  CutSetsResult found = prepare(session, params);
  found.any = search(found, Variants::any, params);
  found.variants_met = std::ranges::any_of(found.scope->fields, [&](const CandidateScope& field) {
    return meets_unsettled_variants(field.world.requirements, found.vertex);
  });
  found.all = found.variants_met ? search(found, Variants::all, params) : found.any;
  found.all.variants = Variants::all;
  if ((params.near || params.near_if_cheap) && !found.any.impossible && found.complete())
    found.near = near_losses(found, params);
  return found;
}

RemainderSets remainder_sets(const CutSetsResult& found) {
  const Snapshot& snapshot = found.view->snapshot();
  RemainderSets out;
  for (const CutSetsReading* reading : {&found.any, &found.all})
    for (const CutSet& set : reading->with_remainder) {
      std::vector<std::string> members;
      for (const Vertex v : set.members) {
        members.emplace_back(snapshot.id(v));
        if (snapshot.is_remainder(v)) out.remainders.insert(members.back());
      }
      out.sets.insert(std::move(members));
    }
  return out;
}

NodeFate prove(const CutSetsResult& found, const CutSet& set, Variants variants) {
  Situation situation = situation_in(found.scope->field(set.layer), judging(found, variants));
  situation.disruption.removed = set.members;
  return explain(situation, found.judging.threshold ? assess(situation) : assess_possible(situation), found.vertex);
}

std::size_t proof_size(const CutSetsResult& found, const CutSet& set) {
  return found.scope->field(set.layer).world.requirements.node_count();
}

}  // namespace chokepoint
