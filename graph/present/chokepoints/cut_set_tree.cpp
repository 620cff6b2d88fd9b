#include "present/chokepoints/cut_set_tree.hpp"

#include "present/pictures/fault_tree_builder.hpp"
#include "present/words/stop_lines.hpp"
#include "present/words/wording.hpp"

#include <algorithm>
#include <set>

namespace chokepoint::detail {

namespace {

/// More sets than that are on no sheet.
constexpr std::size_t most_proved = 60;

bool is_thing(const Snapshot& snapshot, const CutSet& set) {
  return std::ranges::all_of(set.members, [&](Vertex v) { return snapshot.layer(v) == Layer::none; });
}

/// Which sets are drawn, the most telling first.
std::vector<std::size_t> drawing_order(const Snapshot& snapshot, const std::vector<CutSet>& sets) {
  std::vector<std::size_t> alone, things, others;
  for (std::size_t i = 0; i < sets.size(); ++i) {
    if (sets[i].members.size() > 1)
      others.push_back(i);
    else
      (is_thing(snapshot, sets[i]) ? things : alone).push_back(i);
  }
  // A thing stands on the way from who makes it.
  if (alone.empty()) alone = std::move(things);
  alone.insert(alone.end(), others.begin(), others.end());
  if (alone.size() > most_proved) alone.resize(most_proved);
  return alone;
}

class CutSetDrawing {
 public:
  CutSetDrawing(Session& session, const CutSetsResult& found)
      : names_(session),
        snapshot_(found.view->shared_snapshot()),
        found_(&found),
        reading_(found.any.sets.empty() ? &found.all : &found.any) {}

  /// Takes set after set, the shortest way to the target first, and leaves out those for which there is no room.
  FaultTreePicture draw() {
    std::vector<std::size_t> drawn;
    for (const std::size_t set : by_length(drawing_order(*snapshot_, reading_->sets))) {
      drawn.push_back(set);
      if (drawn.size() > 1 && page_scale(fault_tree_size(with(drawn))) < least_page_scale) drawn.pop_back();
    }
    return with(drawn);
  }

 private:
  const NodeFate& proof(std::size_t set) {
    auto found = proofs_.find(set);
    if (found == proofs_.end())
      found = proofs_.emplace(set, prove(*found_, reading_->sets[set], reading_->variants)).first;
    return found->second;
  }

  [[nodiscard]] std::vector<std::size_t> by_length(std::vector<std::size_t> sets) {
    std::ranges::stable_sort(sets, {}, [&](std::size_t set) {
      return std::pair(reading_->sets[set].members.size(), proof(set).chain.size());
    });
    return sets;
  }

  FaultTreePicture with(const std::vector<std::size_t>& drawn) {
    const Session& session = names_.session();
    const std::string name = names_.named(std::string(snapshot_->id(found_->vertex)));
    FaultTreeBuilder builder(names_, snapshot_, {found_->vertex}, say(session, "What stops {}", name));
    for (const std::size_t set : drawn) {
      builder.add(proof(set));
      for (const Vertex member : reading_->sets[set].members) builder.mark(member, Mark::chokepoint);
    }
    for (const CutSet& set : reading_->sets)
      if (set.members.size() == 1) {
        builder.stops_alone(set.members.front());
        builder.mark(set.members.front(), Mark::chokepoint);
      }
    builder.mark(found_->vertex, Mark::subject);
    if (found_->impossible())
      builder.add_note(impossible_text(names_, *found_));
    else if (reading_->sets.empty())
      builder.add_note(say(session, "nothing stops it, as far as recorded"));
    else
      builder.add_note(say(session, "minimal cut sets: {}; drawn, with what they are on the way to: {}",
                           reading_->sets.size(), drawn.size()));
    return builder.tree();
  }

  Names names_;
  std::shared_ptr<const Snapshot> snapshot_;
  const CutSetsResult* found_;
  const CutSetsReading* reading_;
  std::map<std::size_t, NodeFate> proofs_;
};

}  // namespace

FaultTreePicture cut_set_tree(Session& session, const CutSetsResult& found) {
  return CutSetDrawing(session, found).draw();
}

}  // namespace chokepoint::detail
