#include "chokepoint/query/claims.hpp"

#include "chokepoint/model/record_fields.hpp"
#include "chokepoint/store/reader.hpp"

#include <algorithm>
#include <functional>
#include <numeric>
#include <set>
#include <tuple>

namespace chokepoint {

namespace {

std::optional<Date> last_day(std::string_view partial_date) {
  const auto period = parse_partial_date(partial_date);
  if (!period) return std::nullopt;
  return Date{period->next.days - 1};
}

auto fact_key(const Claims& claims, const Edge& e) {
  return std::tuple(std::tie(e.type, e.from, e.to, e.item, e.market, e.origin, e.group, e.unit, e.as_of),
                    claims.role_of(e));
}

auto fact_key(const Claims&, const Observation& o) {
  return std::tie(o.subject, o.indicator, o.item, o.market, o.relative_to, o.unit, o.as_of, o.since, o.until);
}

auto series_key(const Observation& o) {
  return std::tie(o.subject, o.indicator, o.item, o.market, o.relative_to, o.unit);
}

bool same_time(const Edge& a, const Edge& b) {
  const auto left = parse_validity(a.since, a.until);
  const auto right = parse_validity(b.since, b.until);
  return !left || !right || left->overlaps(*right);
}

// A figure's period is part of its key.
bool same_time(const Observation&, const Observation&) { return true; }

int rank(Status status) {
  switch (status) {
    case Status::reported: return 0;
    case Status::estimated: return 1;
    case Status::derived: return 2;
    default: return 3;
  }
}

/// Which of several measures counts on a day: the smallest. What was foreseen or wished counts only where nothing was
/// measured; then the latest up to the day, then the earliest later one; undated ones come before any later one.
std::tuple<bool, bool, std::int64_t> preference(Status status, std::optional<Date> date, Date day) {
  const bool later = date && *date > day;
  const std::int64_t days = date ? date->days : std::int64_t{INT32_MIN};
  return {rank(status) > rank(Status::derived), later, later ? days : -days};
}

/// Indices sorted by key, cut into runs of one key.
template <typename Record, typename Key>
std::vector<std::vector<std::size_t>> runs(std::span<const Record> records, Key key) {
  std::vector<std::size_t> order(records.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return key(records[a]) < key(records[b]); });
  std::vector<std::vector<std::size_t>> out;
  for (const std::size_t index : order) {
    if (out.empty() || key(records[out.back().front()]) != key(records[index])) out.emplace_back();
    out.back().push_back(index);
  }
  return out;
}

/// Members of a run whose validity overlaps, directly or through others.
template <typename Record>
std::vector<std::vector<std::size_t>> overlapping(std::span<const Record> records, std::vector<std::size_t> run) {
  std::vector<std::vector<std::size_t>> sets;
  for (const std::size_t index : run) {
    std::vector<std::size_t> joined{index};
    std::erase_if(sets, [&](const std::vector<std::size_t>& set) {
      const bool touches = std::any_of(set.begin(), set.end(),
                                       [&](std::size_t member) { return same_time(records[member], records[index]); });
      if (touches) joined.insert(joined.end(), set.begin(), set.end());
      return touches;
    });
    sets.push_back(std::move(joined));
  }
  return sets;
}

/// A claim that states a share is never hidden by one that does not.
bool counts_before(Claims& claims, const Edge& a, const Edge& b) {
  if (a.share.has_value() != b.share.has_value()) return a.share.has_value();
  return claims.before(a, b);
}
bool counts_before(Claims& claims, const Observation& a, const Observation& b) { return claims.before(a, b); }

template <typename Record>
std::vector<std::vector<std::size_t>> rival_sets(std::span<const Record> records, Claims& claims) {
  std::vector<std::vector<std::size_t>> out;
  for (auto& run : runs(records, [&](const Record& r) { return fact_key(claims, r); })) {
    if (run.size() < 2) continue;
    for (auto& set : overlapping(records, std::move(run))) {
      if (set.size() < 2) continue;
      std::sort(set.begin(), set.end(),
                [&](std::size_t a, std::size_t b) { return counts_before(claims, records[a], records[b]); });
      out.push_back(std::move(set));
    }
  }
  std::sort(out.begin(), out.end(), [](const auto& a, const auto& b) {
    return *std::min_element(a.begin(), a.end()) < *std::min_element(b.begin(), b.end());
  });
  return out;
}

/// Whether two days, or periods, that are stated have no day in common.
bool are_other_days(std::string_view a, std::string_view b) {
  const auto left = parse_partial_date(a), right = parse_partial_date(b);
  return left && right && (left->next <= right->first || right->next <= left->first);
}

/// Whether two claims on one fact differ in a measure or a word.
template <typename Record>
bool states_otherwise(const Record& a, const Record& b) {
  bool differ = false;
  for_each_field<Record>([&](const auto& field) {
    if (field.is_measure || field_kind<decltype(field)> == FieldKind::word)
      differ = differ || a.*field.member != b.*field.member;
  });
  return differ;
}

}  // namespace

std::string Claims::role_of(const Edge& edge) const {
  std::string role = text_attribute(edge.attributes, "role").value_or("");
  const Ontology& ontology = session_->ontology();
  const auto type = ontology.edge_type(edge.type);
  const bool is_first =
      type && !ontology.edge_types()[*type].roles.empty() && role == ontology.edge_types()[*type].roles.front();
  return is_first ? std::string() : role;
}

std::string Claims::mode_of(const Edge& edge) const {
  const auto type = session_->ontology().edge_type(edge.type);
  if (!type || session_->ontology().edge_types()[*type].modes.empty()) return {};
  const EdgeType& known = session_->ontology().edge_types()[*type];
  return text_attribute(edge.attributes, "mode").value_or(known.modes.front());
}

bool Claims::contradict(const Edge& a, const Edge& b) const {
  return states_otherwise(a, b) || mode_of(a) != mode_of(b) || are_other_days(a.since, b.since) ||
         are_other_days(a.until, b.until);
}

bool Claims::contradict(const Observation& a, const Observation& b) const {
  return a.value != b.value || states_otherwise(a, b);
}

template <typename Record>
bool Claims::before(const Record& a, const Record& b) {
  // Absent confidence ranks lowest, which is how optional compares.
  if (a.confidence != b.confidence) return a.confidence > b.confidence;
  if (rank(a.status) != rank(b.status)) return rank(a.status) < rank(b.status);
  const auto day_a = source_day(a.sources), day_b = source_day(b.sources);
  if (day_a != day_b) return day_a > day_b;
  return a.id < b.id;
}

std::vector<std::vector<std::size_t>> Claims::rivals(std::span<const Edge> edges) { return rival_sets(edges, *this); }

std::vector<std::vector<std::size_t>> Claims::rivals(std::span<const Observation> observations) {
  return rival_sets(observations, *this);
}

void Claims::drop_later_measures(std::vector<Edge>& edges) {
  const auto is_later = [&](const Edge& edge) {
    const auto day = last_day(edge.as_of);
    return day && *day > session_->as_of();
  };
  const auto fact = [&](const Edge& e) {
    return std::tuple(e.type, e.from, e.to, e.item, e.market, e.origin, e.group, e.unit, role_of(e));
  };
  using Fact = decltype(fact(edges.front()));
  std::map<Fact, Edge> best;
  for (const Edge& edge : edges) {
    const auto [found, is_new] = best.try_emplace(fact(edge), edge);
    if (!is_new && stands_before(edge, found->second)) found->second = edge;
  }
  std::erase_if(edges, [&](const Edge& edge) { return is_later(edge) && best.at(fact(edge)).id != edge.id; });
}

bool Claims::stands_before(const Edge& a, const Edge& b) {
  if (a.share.has_value() != b.share.has_value()) return a.share.has_value();
  const auto order = [&](const Edge& edge) { return preference(edge.status, last_day(edge.as_of), session_->as_of()); };
  const auto left = order(a), right = order(b);
  return left != right ? left < right : before(a, b);
}

std::vector<std::size_t> Claims::counting(std::span<const Observation> observations) {
  std::vector<std::size_t> out;
  for (const auto& run : runs(observations, [](const Observation& o) { return series_key(o); })) {
    const auto order = [&](std::size_t index) {
      return preference(observations[index].status, figure_day(observations[index]), session_->as_of());
    };
    out.push_back(*std::min_element(run.begin(), run.end(), [&](std::size_t a, std::size_t b) {
      const auto left = order(a), right = order(b);
      return left != right ? left < right : before(observations[a], observations[b]);
    }));
  }
  std::sort(out.begin(), out.end());
  return out;
}

std::optional<Date> Claims::source_day(std::span<const Citation> citations) {
  std::optional<Date> latest;
  for (const Citation& citation : citations) {
    auto found = source_days_.find(citation.source);
    if (found == source_days_.end()) {
      const auto source = session_->reader().source(citation.source);
      found = source_days_.emplace(citation.source, source ? last_day(source->date) : std::nullopt).first;
    }
    latest = std::max(latest, found->second);
  }
  return latest;
}

std::optional<Date> figure_day(const Observation& observation) {
  if (!observation.as_of.empty()) return last_day(observation.as_of);
  if (!observation.until.empty()) {
    if (const auto validity = parse_validity(observation.since, observation.until); validity && validity->to)
      return Date{validity->to->days - 1};
  }
  return last_day(observation.since);
}

std::string figure_period(const Observation& observation) {
  if (!observation.as_of.empty()) return observation.as_of;
  if (observation.since == observation.until) return observation.since;
  if (observation.until.empty()) return observation.since + " –";
  if (observation.since.empty()) return "– " + observation.until;
  return observation.since + " – " + observation.until;
}

bool holds_on(std::string_view since, std::string_view until, Date day) {
  const auto validity = parse_validity(since, until);
  return !validity || validity->contains(day);
}

}  // namespace chokepoint
