#include "present/words/stop_lines.hpp"

#include "present/words/wording.hpp"

#include <fmt/format.h>

#include <utility>

namespace chokepoint::detail {

void add_stop_lines(Names& names, const Snapshot& snapshot, std::span<const RankedStop> stops,
                    std::vector<std::string>& lines) {
  constexpr std::size_t most_named = 8;
  constexpr std::pair<Layer, std::string_view> classes[] = {{Layer::place, "✗ places that stop it alone ({}): {}"},
                                                            {Layer::actor, "✗ actors that stop it alone ({}): {}"},
                                                            {Layer::none, "✗ things that stop it alone ({}): {}"}};
  for (const auto& [layer, english] : classes) {
    std::string text;
    std::size_t count = 0;
    for (const RankedStop& stop : stops) {
      if (snapshot.layer(stop.vertex) != layer) continue;
      if (++count > most_named) continue;
      text += std::string(text.empty() ? "" : list_comma(names.session())) +
              names.label(std::string(snapshot.id(stop.vertex)));
      if (stop.holder != no_vertex) text += " (" + names.label(std::string(snapshot.id(stop.holder))) + ")";
    }
    if (count == 0) continue;
    if (count > most_named) text += fmt::format(" +{}", count - most_named);
    lines.push_back(say(names.session(), english, count, text));
    if (layer == Layer::none && count > most_named)
      lines.push_back(
          say(names.session(), "  order: one firm makes it, one place, several; then nearest; then most stopped"));
  }
}

std::string impossible_text(Names& names, const CutSetsResult& found) {
  const Session& session = names.session();
  const std::string target = named(session, found.target);
  const ImpossibleTarget& impossible = found.any.impossible ? *found.any.impossible : *found.all.impossible;
  if (impossible.policies.empty()) return say(session, "{} is impossible without any loss; `whatif` tells why", target);
  std::string policies;
  for (const Vertex v : impossible.policies)
    append_part(session, policies, names.named(std::string(found.view->snapshot().id(v))));
  return say(session, "{} is impossible without any loss; it is possible without {}", target, policies);
}

void add_remainder_line(Names& names, const RemainderSets& left_out, std::vector<std::string>& lines) {
  constexpr std::size_t most_named = 3;
  if (left_out.sets.empty()) return;
  std::string text;
  std::size_t count = 0;
  for (const std::string& id : left_out.remainders)
    if (++count <= most_named) append_part(names.session(), text, names.label(id));
  if (count > most_named) text += fmt::format(" +{}", count - most_named);
  lines.push_back(
      say(names.session(), "sets left out: {} (with {}, whom nobody can stop as one)", left_out.sets.size(), text));
}

}  // namespace chokepoint::detail
