#include "present/briefs/brief_pictures.hpp"

#include "chokepoint/present/concentration.hpp"
#include "chokepoint/present/timeline.hpp"
#include "present/chokepoints/cut_set_tree.hpp"

#include <set>
#include <string_view>

namespace chokepoint::detail {

std::optional<Subgraph> needs_picture(const BriefResult& result) {
  if (!result.drawn.needs) return std::nullopt;
  const BriefPart& part = *result.drawn.needs;
  Subgraph picture{.view = part.view, .vertices = part.vertices, .arcs = part.arcs, .columns = {}};
  if (!result.stops || !result.stops->asked) return picture;
  std::set<std::string_view> alone;
  for (const BriefCutSet& set : result.stops->alone) alone.insert(set.members.front());
  for (const Vertex v : picture.vertices) {
    const std::string_view id = part.view->snapshot().id(v);
    picture.marks.push_back(id == result.node.id ? Mark::subject : alone.contains(id) ? Mark::chokepoint : Mark::none);
  }
  return picture;
}

std::vector<OfferedPicture> brief_pictures(Session& session, const BriefResult& result) {
  std::vector<OfferedPicture> pictures;
  const auto add = [&](const Answer& answer) {
    pictures.insert(pictures.end(), answer.pictures.begin(), answer.pictures.end());
  };
  if (result.drawn.stops)
    pictures.push_back(
        {"fault-tree", [&session, found = result.drawn.stops] { return DrawnPicture(cut_set_tree(session, *found)); }});
  if (result.drawn.supplies) add(concentration_answer(session, *result.drawn.supplies));
  if (result.drawn.timeline) add(timeline_answer(session, *result.drawn.timeline));
  return pictures;
}

}  // namespace chokepoint::detail
