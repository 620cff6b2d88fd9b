#include "chokepoint/query/figures.hpp"

#include "chokepoint/model/text.hpp"
#include "chokepoint/query/claims.hpp"
#include "chokepoint/query/later.hpp"
#include "chokepoint/query/resolve.hpp"
#include "chokepoint/store/reader.hpp"
#include "chokepoint/support/error.hpp"
#include "query/facts/list_filter.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <tuple>

namespace chokepoint {

namespace {

/// The indicator a user named by id or label; figures may use indicators that the ontology does not list.
std::string require_indicator(Session& session, const std::string& text) {
  const std::string wanted = fold(text);
  std::set<std::string> known;
  for (const Term& term : session.ontology().indicators()) {
    known.insert(term.id);
    if (fold(term.id) == wanted) return term.id;
    for (const auto& [language, label] : term.labels)
      if (fold(label) == wanted) return term.id;
  }
  session.reader().for_each_observation("", [&](const Observation& o) { known.insert(o.indicator); });
  for (const std::string& id : known)
    if (fold(id) == wanted) return id;
  const std::vector<std::string> ids(known.begin(), known.end());
  throw UsageError(
      fmt::format("no figure is called \"{}\"{}", text, did_you_mean_or_see(suggest(text, ids), "chokepoint figures")));
}

std::vector<Observation> read_figures(Session& session, const FiguresParams& params) {
  const Reader reader = session.reader();
  const auto id_of = [&](const std::string& name) { return name.empty() ? std::string() : reader.resolve(name).id; };
  ObservationFilter filter;
  filter.item = id_of(params.item);
  filter.market = id_of(params.market);
  filter.relative_to = id_of(params.relative_to);
  if (!params.indicator.empty()) filter.indicator = require_indicator(session, params.indicator);
  if (params.node.empty()) return reader.observations(filter);
  // A figure is about its subject, and as much about the item, the market or the yardstick it names.
  const std::string node = id_of(params.node);
  std::vector<Observation> figures;
  std::set<std::string> seen;
  for (const auto field : {&ObservationFilter::subject, &ObservationFilter::item, &ObservationFilter::market,
                           &ObservationFilter::relative_to}) {
    ObservationFilter about = filter;
    if (!(about.*field).empty() && about.*field != node) continue;
    about.*field = node;
    for (Observation& figure : reader.observations(about))
      if (seen.insert(figure.id).second) figures.push_back(std::move(figure));
  }
  return figures;
}

/// Series stay together, each in order of time.
void sort_as_series(std::vector<Observation>& figures) {
  std::stable_sort(figures.begin(), figures.end(), [](const Observation& a, const Observation& b) {
    const auto key = [](const Observation& o) {
      return std::tie(o.subject, o.indicator, o.item, o.market, o.relative_to, o.unit);
    };
    if (key(a) != key(b)) return key(a) < key(b);
    const auto left = figure_day(a), right = figure_day(b);
    return left != right ? left < right : a.id < b.id;
  });
}

/// Largest first, what is no number last; or by date, earliest first.
void sort_as_asked(std::vector<Observation>& figures, const std::string& sort) {
  if (sort.empty() || sort == "series") return;
  if (sort != "value" && sort != "date") throw UsageError("--sort is series, value or date");
  std::stable_sort(figures.begin(), figures.end(), [&](const Observation& a, const Observation& b) {
    if (sort == "date") return figure_day(a) < figure_day(b);
    const auto left = a.value.to_double(), right = b.value.to_double();
    return left && right ? *left > *right : left.has_value() && !right;
  });
}

void keep_period(std::vector<Observation>& figures, const FiguresParams& params) {
  std::optional<Date> first, last;
  if (!params.from.empty()) {
    require_day(params.from, "--from");
    first = parse_partial_date(params.from)->first;
  }
  if (!params.to.empty()) last = require_day(params.to, "--to");
  std::erase_if(figures, [&](const Observation& o) {
    const auto day = figure_day(o);
    return (first && (!day || *day < *first)) || (last && (!day || *day > *last));
  });
}

template <typename Wanted>
void keep_ids(std::vector<Observation>& figures, const Wanted& wanted) {
  std::erase_if(figures, [&](const Observation& o) { return !wanted.contains(o.id); });
}

}  // namespace

FiguresResult list_figures(Session& session, const FiguresParams& params) {
  FiguresResult found;
  if (!params.node.empty()) found.node = session.reader().resolve(params.node).id;
  for (const auto& [name, id] : {std::pair(&params.item, &found.item), std::pair(&params.market, &found.market),
                                 std::pair(&params.relative_to, &found.relative_to)})
    if (!name->empty()) *id = session.reader().resolve(*name).id;
  found.is_sorted = !params.sort.empty() && params.sort != "series";
  auto& figures = found.figures;
  figures = read_figures(session, params);
  Later later(session);
  if (!params.every_day) found.later = std::erase_if(figures, [&](const Observation& o) { return later.is_later(o); });
  keep_period(figures, params);
  sort_as_series(figures);
  const detail::ListFilter filter(session, params.list);
  NodeRefs names(session);
  std::erase_if(figures, [&](const Observation& o) {
    return !filter.has_status(o.status) || (filter.has_types() && !filter.names_node_type(names.ref(o.subject).type));
  });
  sort_as_asked(figures, params.sort);
  Claims claims(session);
  found.rivals = contradictions(claims, std::span<const Observation>(figures));
  for (const std::size_t index : claims.counting(figures)) found.counting.insert(figures[index].id);
  std::set<std::string> disputed;
  for (const auto& set : found.rivals) disputed.insert(set.begin(), set.end());
  if (params.rivals) keep_ids(figures, disputed);
  if (params.latest) keep_ids(figures, found.counting);
  return found;
}

}  // namespace chokepoint
