#include "ingest/tables/parallel_rows.hpp"

#include "chokepoint/model/json.hpp"
#include "chokepoint/model/json_reader.hpp"
#include "chokepoint/model/record_fields.hpp"
#include "chokepoint/model/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <bit>
#include <utility>

namespace chokepoint::detail {

namespace {

/// What makes two rows state one relation: all texts, and of the attributes the role.
std::string relation_of(const Edge& edge) {
  std::string key = edge.type + '\0' + edge.from + '\0' + edge.to + '\0';
  for_each_field<Edge>([&](const auto& field) {
    if constexpr (is_text_field<decltype(field)>) key += edge.*field.member + '\0';
  });
  if (edge.attributes.find("\"role\"") != std::string::npos) {
    const Json attributes = parse_json(edge.attributes);
    if (const Json* role = attributes.find("role")) key += to_text(*role);
  }
  return key;
}

/// The attributes that both have alike. @param lost  gets the names of the others
std::string shared_attributes(const std::string& mine, const std::string& theirs, std::set<std::string>& lost) {
  if (mine == theirs) return mine;
  const Json a = mine.empty() ? Json::object() : parse_json(mine);
  const Json b = theirs.empty() ? Json::object() : parse_json(theirs);
  Json both = Json::object();
  for (const auto& [name, value] : a.as_object()) {
    const Json* other = b.find(name);
    if (other != nullptr && *other == value)
      both.set(name, value);
    else
      lost.insert(name);
  }
  for (const auto& [name, value] : b.as_object())
    if (a.find(name) == nullptr) lost.insert(name);
  return both.as_object().empty() ? std::string() : canonical(both);
}

void unite_sources(std::vector<Citation>& mine, const std::vector<Citation>& theirs) {
  mine.insert(mine.end(), theirs.begin(), theirs.end());
  std::sort(mine.begin(), mine.end());
  mine.erase(std::unique(mine.begin(), mine.end()), mine.end());
}

}  // namespace

bool ParallelRows::take(Edge& edge, const Place& place, std::uint64_t row) {
  if (how_ == Parallel::claims) {
    note_rival(edge);
    return true;
  }
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
    ends_.insert(hash_bytes(edge.type + '\0' + edge.from + '\0' + edge.to + '\0' + edge.item));
    return false;
  }
  Edge& sum = sums_[at->second].edge;
  *sum.amount += *edge.amount;
  sum.attributes = shared_attributes(sum.attributes, edge.attributes, lost_);
  unite_sources(sum.sources, edge.sources);
  ++added_up_;
  return false;
}

/// Counts a row that says of a relation what no earlier row says of it.
void ParallelRows::note_rival(const Edge& edge) {
  if (!edge.amount) return;
  const std::uint64_t relation = hash_bytes(relation_of(edge));
  const std::array row{relation, std::bit_cast<std::uint64_t>(*edge.amount), hash_bytes(edge.attributes)};
  const bool is_new = relations_.insert(relation);
  const bool is_new_row = rows_.insert(hash_bytes({reinterpret_cast<const char*>(row.data()), sizeof row}));
  if (!is_new && is_new_row) ++rivals_;
}

std::vector<std::string> ParallelRows::remarks() const {
  std::vector<std::string> lines;
  if (rivals_ > 0)
    lines.push_back(fmt::format(
        "{} row{} with an amount a relation that an earlier row states otherwise: rival claims, of which one "
        "counts; where each is a shipment, --parallel sum adds them up, --parallel keep keeps each",
        rivals_, rivals_ == 1 ? " states" : "s state"));
  if (added_up_ > 0)
    lines.push_back(fmt::format("{} row{} added to the amount of an earlier row of the same relation", added_up_,
                                added_up_ == 1 ? " was" : "s were"));
  if (!lost_.empty())
    lines.push_back(
        fmt::format("left out of rows that were added up, since they differ in it: {}", fmt::join(lost_, ", ")));
  if (apart_ > 0)
    lines.push_back(
        fmt::format("{} amount{} not added to another one between the same two: day, unit or another field differs; "
                    "--map COLUMN=- leaves one out",
                    apart_, apart_ == 1 ? " was" : "s were"));
  return lines;
}

void ParallelRows::for_each_sum(const std::function<void(Edge&&, const Place&)>& visit) {
  for (Sum& sum : sums_) visit(std::move(sum.edge), sum.place);
  apart_ = sums_.size() - ends_.size();
  sums_.clear();
  sum_at_.clear();
}

}  // namespace chokepoint::detail
