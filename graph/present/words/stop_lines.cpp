#include "present/words/stop_lines.hpp"

#include "present/words/wording.hpp"

#include <fmt/format.h>

#include <utility>

namespace chokepoint::detail {

void add_stop_lines(Names& names, const Snapshot& snapshot, std::span<const Vertex> stops,
                    std::vector<std::string>& lines) {
  constexpr std::size_t most_named = 8;
  constexpr std::pair<Layer, std::string_view> classes[] = {{Layer::place, "✗ places that stop it alone ({}): {}"},
                                                            {Layer::actor, "✗ actors that stop it alone ({}): {}"},
                                                            {Layer::none, "✗ things that stop it alone ({}): {}"}};
  for (const auto& [layer, english] : classes) {
    std::string text;
    std::size_t count = 0;
    for (const Vertex v : stops) {
      if (snapshot.layer(v) != layer) continue;
      if (++count <= most_named) text += (text.empty() ? "" : ", ") + names.label(std::string(snapshot.id(v)));
    }
    if (count == 0) continue;
    if (count > most_named) text += fmt::format(" +{}", count - most_named);
    lines.push_back(say(names.session(), english, count, text));
  }
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
