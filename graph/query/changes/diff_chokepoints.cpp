// Chokepoints of two days side by side.
//
// A set that is there on one day only is explained by the chain of groups it fails on that day: of the rows of those
// groups, the ones that count on one of the two days only made the difference.

#include "query/changes/diff_chokepoints.hpp"

#include "chokepoint/analysis/assessment.hpp"
#include "chokepoint/analysis/cut_sets.hpp"
#include "chokepoint/analysis/explanation.hpp"
#include "chokepoint/analysis/requirements.hpp"
#include "chokepoint/query/ground.hpp"
#include "chokepoint/query/resolve.hpp"
#include "chokepoint/snapshot/delta_snapshot.hpp"
#include "chokepoint/store/reader.hpp"
#include "chokepoint/support/error.hpp"
#include "query/changes/changed_requirements.hpp"
#include "query/chokepoints/candidate_scope.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

namespace chokepoint::detail {

namespace {

/// One of the two days: what counts, with the policies that act, read in the layers of places and of actors.
struct Day {
  std::shared_ptr<const View> view;
  CutScope scope;
};

/// The graph that both days are looked at on: what the targets rest on where only they are asked about.
std::shared_ptr<const View> ground_of(Session& session, const DiffParams& params, const DiffResult& changes,
                                      const std::vector<std::string>& targets) {
  ViewParams view_params = params.view;
  view_params.derived = true;
  if (params.chokepoints) return make_view(session, view_params);
  const auto days_of = [&](const View& view) {
    std::vector<View> days;
    for (const Date day : {changes.from, changes.to}) {
      ViewOptions options = view.options();
      options.as_of = day;
      days.push_back(View::local(view.shared_snapshot(), std::move(options)));
    }
    return days;
  };
  const auto vertices_in = [&](const auto& graph) {
    std::vector<Vertex> vertices;
    for (const std::string& id : targets) vertices.push_back(vertex_of(graph, id));
    return vertices;
  };
  const PickPart pick = [&](const View& whole, const RecordCounts& counts) {
    return part_of_targets(days_of(whole), vertices_in(whole.snapshot()), counts);
  };
  const PickDeltaPart pick_delta = [&](const DeltaSnapshot& whole, const View& base, const RecordCounts& counts) {
    return part_of_targets(whole, days_of(base), vertices_in(whole), counts);
  };
  return make_ground(session, view_params, pick, pick_delta).view;
}

/// @param targets  that are asked about; empty: all are
Day make_day(Session& session, const View& ground, Date day, std::vector<Vertex> targets) {
  ViewOptions options = ground.options();
  options.as_of = day;
  Day made{std::make_shared<const View>(ground.shared_snapshot(), std::move(options)), {}};
  CutScopeOptions scope;
  scope.targets = std::move(targets);
  made.scope = make_cut_scope(*made.view, session, scope);
  return made;
}

/// A set, the readings in which it cuts, and the layer it was judged in.
struct FoundIn {
  Layer layer = Layer::actor;
  std::vector<Variants> readings;
};
using FoundSets = std::map<std::pair<std::size_t, std::vector<Vertex>>, FoundIn>;

struct Search {
  FoundSets sets;
  FoundSets with_remainder;          ///< no chokepoints
  std::vector<Variants> impossible;  ///< readings in which the target is so without any loss
  bool complete = true;
  std::size_t order_done = 0;  ///< sets of at most this size are all there
};

Search search(const Day& day, Vertex target, std::size_t order, const DiffParams& params) {
  Search result;
  result.order_done = order;
  if (!day.view->has_node(target)) return result;
  CutSetOptions options;
  options.order = order;
  options.threads = params.threads;
  bool is_searching = false;
  options.keep_going = [&](const CutSetProgress&) {
    if (!std::exchange(is_searching, true) && params.on_search) params.on_search(true);
    return !params.keep_going || params.keep_going();
  };
  const bool unsettled = std::ranges::any_of(day.scope.fields, [&](const CandidateScope& f) {
    return meets_unsettled_variants(f.world.requirements, target);
  });
  for (const Variants reading : {Variants::any, Variants::all}) {
    if (reading == Variants::all && !unsettled) continue;
    const ScopeCutSets in_scope = cut_sets_in(day.scope, {reading, Cycles::hold, std::nullopt}, target, options);
    const CutSets& found = in_scope.layered.found;
    if (std::exchange(is_searching, false) && params.on_search) params.on_search(false);
    const auto readings = unsettled ? std::vector{reading} : std::vector{Variants::any, Variants::all};
    if (found.target_is_impossible) result.impossible.insert(result.impossible.end(), readings.begin(), readings.end());
    result.complete = result.complete && found.complete;
    result.order_done = std::min(result.order_done, found.order_done);
    const auto keep = [&](const std::vector<CutSet>& sets, FoundSets& kept) {
      for (const CutSet& set : sets) {
        FoundIn& at = kept[{set.members.size(), set.members}];
        at.layer = set.layer;
        at.readings.insert(at.readings.end(), readings.begin(), readings.end());
      }
    };
    keep(found.sets, result.sets);
    keep(in_scope.with_remainder, result.with_remainder);
  }
  return result;
}

/// Changed sets of which the cause is looked up, nodes that this may walk over, and edges that are named as a cause:
/// each set takes a walk over the system, and answers should not grow with the square of the graph.
constexpr std::size_t most_explained = 1000;
constexpr std::size_t most_walked = 20'000'000;
constexpr std::size_t most_causes = 1000;

/// The rows of the groups of a node, on one day.
void collect_rows(const Requirements& requirements, const Subject& subject, std::set<Arc>& rows) {
  const SystemNode node = requirements.find(subject);
  if (node == no_vertex) return;
  for (const GroupIndex g : requirements.groups_of(node))
    for (const RequirementMember& member : requirements.members(g))
      if (member.arc != no_arc) rows.insert(member.arc);
}

/// The edges that count on one of the days only, among the rows of all groups on the chain from the set to the target.
std::vector<std::int64_t> causes(const Day& there, const Day& other, const FoundIn& found, Vertex target,
                                 const std::vector<Vertex>& members) {
  Situation situation =
      situation_in(there.scope.field(found.layer), {found.readings.front(), Cycles::hold, std::nullopt});
  situation.disruption.removed = members;
  const NodeFate fate = explain(situation, assess_possible(situation), target);
  std::set<Arc> rows;
  for (const ChainLink& link : fate.chain)
    for (const Day* day : {&there, &other})
      for (const Subject& subject : {link.subject, link.owner})
        collect_rows(day->scope.field(found.layer).world.requirements, subject, rows);
  std::vector<std::int64_t> keys;
  for (const Arc e : rows)
    if (there.view->has_edge(e) != other.view->has_edge(e))
      keys.push_back(there.view->snapshot().columns().edge_key[e]);
  return keys;
}

/// Whether anything rests on a thing, or on what is delivered of it, in a layer that is read.
bool is_used(const Day& day, Vertex thing) {
  return std::ranges::any_of(day.scope.fields, [&](const CandidateScope& field) {
    const Requirements& requirements = field.world.requirements;
    bool is_member = !requirements.memberships(thing).empty();
    const auto flows = requirements.flows_of(thing);
    for (SystemNode flow = flows.first; flow < flows.last; ++flow)
      is_member = is_member || !requirements.memberships(flow).empty();
    return is_member;
  });
}

/// Things that something rests on and whose cut sets may differ.
std::vector<Vertex> all_targets(const Day& before, const Day& after) {
  const Snapshot& snapshot = after.view->snapshot();
  const std::vector<std::uint8_t> may_differ = nodes_that_may_differ(before.scope, after.scope);
  std::vector<Vertex> targets;
  for (Vertex v = 0; v < snapshot.vertex_count(); ++v) {
    if (snapshot.layer(v) != Layer::none || may_differ[v] == 0) continue;
    if (is_used(before, v) || is_used(after, v)) targets.push_back(v);
  }
  return targets;
}

class DayComparison {
 public:
  DayComparison(Session& session, const Day& before, const Day& after, DiffResult& changes)
      : session_(&session), before_(&before), after_(&after), changes_(&changes) {
    changes.chokepoints.emplace();
  }

  /// What changed for one target; nothing where nothing did.
  void compare(Vertex target, std::size_t order, const DiffParams& params) {
    const Search was = search(*before_, target, order, params), is = search(*after_, target, order, params);
    ChangedTarget changed{.target = id(target),
                          .appeared = {},
                          .vanished = {},
                          .impossible_from = was.impossible,
                          .impossible_to = is.impossible,
                          .complete = was.complete && is.complete};
    if (!changed.complete) stop();
    // Where a search was stopped, a set may be missing for that reason alone.
    const std::size_t largest = std::min(was.order_done, is.order_done);
    changed.appeared = only_in(is, was, largest, *after_, *before_, target);
    changed.vanished = only_in(was, is, largest, *before_, *after_, target);
    if (!changed.complete || !changed.appeared.empty() || !changed.vanished.empty() ||
        changed.impossible_from != changed.impossible_to)
      changes_->chokepoints->push_back(std::move(changed));
    note_remainders(was.with_remainder, is.with_remainder, largest);
    note_remainders(is.with_remainder, was.with_remainder, largest);
  }

  /// Says that searches were stopped, or targets left out.
  void stop() { changes_->chokepoints_complete = false; }

 private:
  [[nodiscard]] std::string id(Vertex v) const { return std::string(after_->view->snapshot().id(v)); }

  /// Sets with a remainder that are on one day only, or in other readings there.
  void note_remainders(const FoundSets& one, const FoundSets& other, std::size_t largest) {
    for (const auto& [key, found] : one) {
      const auto same = other.find(key);
      if (key.first > largest || (same != other.end() && same->second.readings == found.readings)) continue;
      std::vector<std::string> members;
      for (const Vertex v : key.second) {
        members.push_back(id(v));
        if (after_->view->snapshot().is_remainder(v)) changes_->with_remainder.remainders.insert(members.back());
      }
      changes_->with_remainder.sets.insert(std::move(members));
    }
  }

  std::vector<ChangedCutSet> only_in(const Search& one, const Search& other, std::size_t largest, const Day& there,
                                     const Day& elsewhere, Vertex target) {
    std::vector<ChangedCutSet> list;
    for (const auto& [key, found] : one.sets) {
      if (key.first > largest) break;
      const auto same = other.sets.find(key);
      FoundIn changed = found;
      std::erase_if(changed.readings, [&](Variants reading) {
        // What is impossible has no chokepoints, and gets and loses none.
        if (std::ranges::find(other.impossible, reading) != other.impossible.end()) return true;
        return same != other.sets.end() &&
               std::ranges::find(same->second.readings, reading) != same->second.readings.end();
      });
      if (!changed.readings.empty()) list.push_back(describe(changed, key.second, there, elsewhere, target));
    }
    return list;
  }

  ChangedCutSet describe(const FoundIn& found, const std::vector<Vertex>& members, const Day& there,
                         const Day& elsewhere, Vertex target) {
    ChangedCutSet changed{.members = {}, .readings = found.readings, .because = {}};
    for (const Vertex v : members) changed.members.push_back(id(v));
    walked_ += 2 * static_cast<std::size_t>(there.view->snapshot().vertex_count());
    if (explained_ > 0 && (explained_ >= most_explained || walked_ > most_walked)) {
      ++changes_->unexplained;
      return changed;
    }
    ++explained_;
    std::vector<std::int64_t> keys = causes(there, elsewhere, found, target, members);
    if (keys.size() > most_causes) keys.resize(most_causes);
    changed.because = session_->reader().edges(keys);
    return changed;
  }

  Session* session_;
  const Day* before_;
  const Day* after_;
  DiffResult* changes_;
  std::size_t explained_ = 0;
  std::size_t walked_ = 0;  ///< nodes that were looked at to tell why
};

}  // namespace

void compare_chokepoints(Session& session, const DiffParams& params, DiffResult& changes) {
  if (params.order > 4) throw UsageError("--order is 1 to 4");
  std::vector<std::string> ids;
  for (const std::string& name : params.targets) ids.push_back(session.reader().resolve(name).id);
  const auto ground = ground_of(session, params, changes, ids);
  std::set<Vertex> targets;
  for (const std::string& id : ids) targets.insert(ground->snapshot().find(id).value());
  std::vector<Vertex> asked;
  if (!params.chokepoints) asked.assign(targets.begin(), targets.end());
  const Day before = make_day(session, *ground, changes.from, asked),
            after = make_day(session, *ground, changes.to, asked);
  DayComparison comparison(session, before, after, changes);
  const std::size_t order = params.order > 0 ? params.order : targets.empty() ? 1 : 2;
  if (params.chokepoints)
    for (const Vertex v : all_targets(before, after)) targets.insert(v);
  std::size_t done = 0;
  for (const Vertex target : targets) {
    if (params.on_progress) params.on_progress(static_cast<double>(done++) / static_cast<double>(targets.size()));
    comparison.compare(target, order, params);
    if (params.keep_going && !params.keep_going()) {
      if (done < targets.size()) comparison.stop();
      break;
    }
  }
}

}  // namespace chokepoint::detail
