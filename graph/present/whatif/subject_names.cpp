#include "present/whatif/subject_names.hpp"

#include "present/words/wording.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace chokepoint::detail {

int class_of(const Snapshot& snapshot, const Subject& subject) {
  if (subject.customer != no_vertex) return 1;
  switch (snapshot.layer(subject.node)) {
    case Layer::actor: return 2;
    case Layer::place: return 3;
    default: return 0;
  }
}

std::tuple<int, std::ptrdiff_t> weight_of(const View& view, const Subject& subject) {
  const Snapshot& snapshot = view.snapshot();
  std::ptrdiff_t links = 0;
  const auto count = [&](Arc e) { links += view.has_edge(e) ? 1 : 0; };
  const auto [first, last] = snapshot.out_edges(subject.node);
  for (Arc e = first; e < last; ++e) count(e);
  for (const Arc e : snapshot.in_edges(subject.node)) count(e);
  return {class_of(snapshot, subject), -links};
}

std::string short_name(Names& names, const Snapshot& snapshot, const Subject& subject) {
  const std::string item = names.label(std::string(snapshot.id(subject.node)));
  if (subject.customer == no_vertex) return item;
  return say(names.session(), "{} for {}", item, names.label(std::string(snapshot.id(subject.customer))));
}

std::string short_list(Names& names, const Snapshot& snapshot, const std::vector<Subject>& subjects, std::size_t most) {
  std::string text;
  for (std::size_t i = 0; i < std::min(most, subjects.size()); ++i)
    text += std::string(i == 0 ? "" : list_comma(names.session())) + short_name(names, snapshot, subjects[i]);
  if (subjects.size() > most) text += fmt::format(" +{}", subjects.size() - most);
  return text;
}

}  // namespace chokepoint::detail
