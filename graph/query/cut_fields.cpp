#include "query/cut_fields.hpp"

#include "query/types.hpp"

#include <algorithm>

namespace chokepoint::detail {

namespace {

bool all_places(const Snapshot& snapshot, const std::vector<std::uint16_t>& types) {
  return std::ranges::all_of(
      types, [&](std::uint16_t type) { return snapshot.ontology().node_types()[type].layer == Layer::place; });
}

}  // namespace

std::vector<CutField> make_cut_fields(const View& view, const Session& session, const std::vector<std::string>& among,
                                      std::optional<Layer> layer, bool keep_minor) {
  std::vector<std::uint16_t> types;
  for (const std::string& type : among) types.push_back(require_node_type(session, type));
  const auto build = [&](Layer in, std::vector<Vertex> candidates) {
    RequirementOptions options;
    options.layer = in;
    options.keep_minor = keep_minor;
    return CutField{build_requirements(view, options), std::move(candidates)};
  };
  std::vector<CutField> fields;
  if (!types.empty() || layer) {
    const Layer in = layer.value_or(all_places(view.snapshot(), types) ? Layer::place : Layer::actor);
    fields.push_back(build(in, cut_candidates(view, {types.empty() ? layer : std::nullopt, types})));
    return fields;
  }
  std::vector<Vertex> places = cut_candidates(view, {Layer::place, {}}), others;
  for (const Vertex v : cut_candidates(view, {}))
    if (!std::ranges::binary_search(places, v)) others.push_back(v);
  fields.push_back(build(Layer::place, std::move(places)));
  fields.push_back(build(Layer::actor, std::move(others)));
  return fields;
}

}  // namespace chokepoint::detail
