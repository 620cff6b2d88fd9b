#include "present/chokepoints/cut_sets_json.hpp"

#include "present/words/chain.hpp"
#include "present/words/wording.hpp"

#include <algorithm>
#include <utility>

namespace chokepoint::detail {

namespace {

/// Links in the certificates of one reading together, and certificates, so that answers do not grow with the square of
/// what they are about: at least one is given.
constexpr std::size_t most_links = 100'000;
constexpr std::size_t most_certificates = 1000;

/// The proofs of the first sets, as many as there is room for.
Json certificates_json(Session& session, const CutSetsResult& found, const CutSetsReading& reading) {
  Json certificates = Json::array();
  std::size_t links = 0, walked = 0;
  for (const CutSet& set : reading.sets) {
    const NodeFate fate = prove(found, set, reading.variants);
    links += fate.chain.size();
    walked += proof_size(found, set);
    const bool is_first = certificates.as_array().empty();
    if (!is_first && (links > most_links || walked > most_walked)) break;
    certificates.push(detail::chain_json(session, found.view->snapshot(), fate));
    if (certificates.as_array().size() == most_certificates) break;
  }
  return certificates;
}

Json near_json(const CutSetsResult& found, Variants variants) {
  Json list = Json::array();
  for (const NearLoss& loss : found.near) {
    const Interval& left = variants == Variants::all ? loss.all : loss.any;
    Json entry = Json::object();
    entry.set("id", found.view->snapshot().id(loss.vertex));
    entry.set("low", left.low);
    entry.set("high", left.high);
    list.push(std::move(entry));
  }
  return list;
}

}  // namespace

Json ids_json(const Snapshot& snapshot, const std::vector<Vertex>& vertices) {
  Json list = Json::array();
  for (const Vertex v : vertices) list.push(snapshot.id(v));
  return list;
}

Json ranking_json(const Snapshot& snapshot, const std::vector<RankedStop>& ranked) {
  Json list = Json::array();
  for (const RankedStop& stop : ranked) {
    Json entry = Json::object();
    entry.set("id", snapshot.id(stop.vertex));
    if (stop.holder != no_vertex) {
      entry.set("hands", to_string(stop.hands));
      entry.set("holder", snapshot.id(stop.holder));
    }
    if (stop.tier) entry.set("tier", *stop.tier);
    if (stop.stops) entry.set("stops", std::uint64_t{*stop.stops});
    list.push(std::move(entry));
  }
  return list;
}

Json cut_sets_json(Session& session, const CutSetsResult& found, const CutSetsReading& reading, std::size_t* unproved) {
  const Snapshot& snapshot = found.view->snapshot();
  Json out = Json::object(), sets = Json::array(), reasons = Json::array();
  for (const CutSet& set : reading.sets) {
    sets.push(ids_json(snapshot, set.members));
    reasons.push(set.reason == CutReason::seat ? "seat" : "requirement");
  }
  out.set("variants", reading.variants == Variants::all ? "all" : "any");
  out.set("cut_sets", std::move(sets));
  out.set("reasons", std::move(reasons));
  if (!reading.with_remainder.empty()) {
    Json apart = Json::array();
    for (const CutSet& set : reading.with_remainder) apart.push(ids_json(snapshot, set.members));
    out.set("remainder_sets", std::move(apart));
  }
  if (reading.impossible) {
    Json already = Json::object();
    already.set("policies", ids_json(snapshot, reading.impossible->policies));
    if (!reading.impossible->is_smallest) already.set("smallest", false);
    out.set("already_impossible", std::move(already));
  }
  if (unproved != nullptr) {
    Json certificates = certificates_json(session, found, reading);
    const std::size_t left_out = reading.sets.size() - certificates.as_array().size();
    *unproved = std::max(*unproved, left_out);
    out.set("certificates_left_out", left_out);
    out.set("certificates", std::move(certificates));
  }
  if (found.near_threshold || !found.near.empty()) out.set("near", near_json(found, reading.variants));
  return out;
}

}  // namespace chokepoint::detail
