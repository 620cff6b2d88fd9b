#include "ingest/tables/parallel_rows.hpp"

#include "chokepoint/model/json.hpp"
#include "chokepoint/model/json_reader.hpp"
#include "chokepoint/model/record_fields.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace chokepoint::detail {

namespace {

/// What makes two rows state one relation: all texts.
std::string relation_of(const Edge& edge) {
  std::string key = edge.type + '\0' + edge.from + '\0' + edge.to + '\0' + edge.attributes + '\0';
  for_each_field<Edge>([&](const auto& field) {
    if constexpr (is_text_field<decltype(field)>) key += edge.*field.member + '\0';
  });
  return key;
}

void unite_sources(std::vector<Citation>& mine, const std::vector<Citation>& theirs) {
  mine.insert(mine.end(), theirs.begin(), theirs.end());
  std::sort(mine.begin(), mine.end());
  mine.erase(std::unique(mine.begin(), mine.end()), mine.end());
}

}  // namespace

bool ParallelRows::take(Edge& edge, const Place& place, std::uint64_t row) {
  if (how_ == Parallel::claims) return true;
  if (how_ == Parallel::keep) {
    // A role of its own makes each a fact of its own and no rival claim.
    Json attributes = edge.attributes.empty() ? Json::object() : parse_json(edge.attributes);
    std::string role = fmt::format("row {}", row);
    Json kept = Json::object();
    for (const auto& [name, value] : attributes.as_object())
      if (name == "role")
        role = fmt::format("{}, {}", value.is_string() ? value.as_string() : to_text(value), role);
      else
        kept.set(name, value);
    kept.set("role", role);
    edge.attributes = canonical(kept);
    return true;
  }
  if (!edge.amount) return true;
  edge.id.clear();
  const auto [at, fresh] = sum_at_.try_emplace(relation_of(edge), sums_.size());
  if (fresh) {
    sums_.push_back({edge, place});
    return false;
  }
  Edge& sum = sums_[at->second].edge;
  *sum.amount += *edge.amount;
  unite_sources(sum.sources, edge.sources);
  ++added_up_;
  return false;
}

void ParallelRows::for_each_sum(const std::function<void(Edge&&, const Place&)>& visit) {
  for (Sum& sum : sums_) visit(std::move(sum.edge), sum.place);
  sums_.clear();
  sum_at_.clear();
}

}  // namespace chokepoint::detail
