// Restrictions and concentration in one sentence.

#include "present/words/answer_json.hpp"
#include "present/words/facts.hpp"
#include "present/words/headlines.hpp"
#include "present/words/wording.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <tuple>
#include <utility>
#include <vector>

namespace chokepoint::detail {

namespace {

/// After all dates.
constexpr std::string_view undated = "–";

using Counts = std::map<std::string, std::set<std::string>>;

/// By strictness, things before actors, then date and whose law.
using Rank = std::tuple<std::size_t, bool, std::string, std::string>;

/// What acts, by what it is and by whose law.
struct Acting {
  std::set<std::string> things, actors, measures;
  Counts measures_of;  ///< by whose law
  std::size_t suspended = 0;
  /// Labels of what is restricted so; each where it is restricted most strictly, and longest.
  std::map<Rank, std::vector<std::string>> groups;
  std::vector<std::string> modes;  ///< of the ontology, the strictest first
};

/// Where the restriction was made; else by whom, or the measure itself.
std::string law_of(Names& names, const Json& restriction) {
  for (const char* key : {"jurisdiction", "issuers"})
    if (const std::vector<std::string> ids = json_ids(json_member(restriction, key)); !ids.empty())
      return names.label(ids.front());
  return names.label(json_id(json_member(restriction, "policy")));
}

std::size_t strictness(const Session& session, const Json& restriction, std::vector<std::string>& modes) {
  const Json* edge = json_member(restriction, "edge");
  const auto type = session.ontology().edge_type(edge == nullptr ? "" : json_text(*edge, "type"));
  if (type && modes.empty()) modes = session.ontology().edge_types()[*type].modes;
  const auto at = std::ranges::find(modes, json_text(restriction, "mode"));
  return static_cast<std::size_t>(at - modes.begin());
}

/// `Nvidia H100 → China`; the market that was asked for is not repeated.
std::string restricted_text(Names& names, const Json& restriction, const std::string& asked) {
  const std::string market = json_id(json_member(restriction, "market"));
  std::string text = names.label(json_id(json_member(restriction, "restricted")));
  if (!market.empty() && market != asked) text += " → " + names.label(market);
  return text;
}

Acting acting_of(Names& names, const Json& result) {
  Acting found;
  const std::string market = json_id(json_member(result, "market"));
  // Of each thing the strictest measure, and of these the oldest.
  std::map<std::string, Rank> strictest;
  std::vector<std::string> order;
  for (const Json& each : json_list(json_member(result, "restrictions"))) {
    if (json_text(each, "state") != "acts") {
      ++found.suspended;
      continue;
    }
    const std::string policy = json_id(json_member(each, "policy")), since = json_text(each, "since"),
                      law = law_of(names, each), text = restricted_text(names, each, market);
    const bool is_on_actor = json_text(each, "on") == "actor";
    (is_on_actor ? found.actors : found.things).insert(json_id(json_member(each, "restricted")));
    found.measures.insert(policy);
    found.measures_of[law].insert(policy);
    // A year says less than a day in it; what nobody dates comes last.
    const Rank key{strictness(names.session(), each, found.modes), is_on_actor,
                   since.empty() ? std::string(undated) : since, law};
    const auto [at, is_new] = strictest.emplace(text, key);
    if (is_new) order.push_back(text);
    at->second = std::min(at->second, key);
  }
  for (const std::string& text : order) found.groups[strictest.at(text)].push_back(text);
  return found;
}

/// `United States (45), China (9) +3`: whose measures, most first.
std::string laws_text(const Session& session, const Acting& found) {
  constexpr std::size_t most = 3;
  std::vector<std::pair<std::size_t, std::string>> laws;
  for (const auto& [law, measures] : found.measures_of) laws.emplace_back(measures.size(), law);
  std::ranges::stable_sort(laws, [](const auto& a, const auto& b) { return a.first > b.first; });
  std::vector<std::string> texts;
  for (const auto& [count, law] : laws) texts.push_back(laws.size() == 1 ? law : say(session, "{} ({})", law, count));
  return first_texts(session, texts, most);
}

/// `ban: Nvidia A100, Nvidia H100 (United States, since 2022-10-07) +4`: what is restricted most strictly, and longest.
std::string strictest_text(const Session& session, const Acting& found) {
  constexpr std::size_t most_named = 2;
  if (found.groups.empty()) return {};
  const std::size_t mode = std::get<0>(found.groups.begin()->first);
  std::size_t others = 0;
  for (const auto& [key, restricted] : found.groups)
    if (std::get<0>(key) == mode) others += restricted.size();
  const auto& [key, restricted] = *found.groups.begin();
  const auto& [strictest, is_on_actor, since, law] = key;
  others -= restricted.size();
  std::string text = first_texts(session, restricted, most_named);
  // Where one country made them all, the sentence has said so.
  const bool is_one_law = found.measures_of.size() == 1, is_dated = since != undated;
  if (!is_one_law)
    text = is_dated ? say(session, "{} ({}, since {})", text, law, since) : say(session, "{} ({})", text, law);
  else if (is_dated)
    text = say(session, "{} (since {})", text, since);
  if (others > 0) text += fmt::format(" +{}", others);
  return mode < found.modes.size() ? say(session, "{}: {}", word(session, found.modes[mode]), text) : text;
}

/// `2 things and 1 actor`
std::string counts_text(const Session& session, const Acting& found) {
  if (found.actors.empty()) return say(session, "{} things", found.things.size());
  if (found.things.empty()) return say(session, "{} actors", found.actors.size());
  return say(session, "{} things and {} actors", found.things.size(), found.actors.size());
}

}  // namespace

std::string restrictions_headline(Names& names, const Json& result) {
  const Session& session = names.session();
  const Acting found = acting_of(names, result);
  const std::string market = json_id(json_member(result, "market")), day = to_string(session.as_of());
  const std::string where = names.named(market);
  if (found.measures.empty()) {
    std::string text = market.empty()
                           ? say(session, "nothing that was asked for is restricted on {}, as far as recorded", day)
                           : say(session, "nothing is restricted in {} on {}, as far as recorded", where, day);
    if (found.suspended > 0) append_part(session, text, say(session, "suspended: {}", found.suspended));
    return text;
  }
  const std::string what = counts_text(session, found);
  const auto vertex = market.empty() ? std::nullopt : session.ontology().node_type(names.ref(market).type);
  const bool is_actor = vertex && session.ontology().node_types()[*vertex].layer == Layer::actor;
  std::string text = market.empty() ? say(session, "Restricted on {}: {}", day, what)
                     : is_actor     ? say(session, "Restrictions that bear on {} on {}: {}", where, day, what)
                                    : say(session, "Restricted in {} on {}: {}", where, day, what);
  text += say(session, ", by {} measures of {}", found.measures.size(), laws_text(session, found));
  append_part(session, text, strictest_text(session, found));
  return text;
}

std::string index_text(double low, double high) {
  const std::string first = number_text(std::round(low)), last = number_text(std::round(high));
  return first == last ? first : first + " – " + last;
}

namespace {

std::string market_of(Names& names, const Json& supply) {
  const std::string customer = json_id(json_member(supply, "customer"));
  return names.label(json_id(json_member(supply, "node"))) + (customer.empty() ? "" : " → " + names.label(customer));
}

/// `Gallium, by country: China 99.34 % (HHI 9868)`
std::string supply_text(Names& names, const Json& supply) {
  const Session& session = names.session();
  const double share = json_number(json_member(supply, "top_share")).value_or(0);
  return say(session,
             json_text(supply, "layer") == "place" ? "{}, by country: {} {} (HHI {})" : "{}, by firm: {} {} (HHI {})",
             market_of(names, supply), names.label(json_id(json_member(supply, "top"))),
             share_text(std::round(share * 1e4) / 1e4, Bound::exact),
             index_text(json_number(json_member(supply, "hhi_low")).value_or(0),
                        json_number(json_member(supply, "hhi_high")).value_or(10000)));
}

}  // namespace

std::string concentration_headline(Names& names, const Json& result) {
  constexpr std::size_t most_named = 5;
  const Session& session = names.session();
  std::vector<std::string> of_country, of_firm;
  std::set<std::pair<std::string, std::string>> told;  // a supply of one customer is the same supply
  const Json* first = nullptr;
  for (const Json& each : json_list(&result)) {
    if (json_id(json_member(each, "top")).empty()) continue;
    const bool is_sole = std::round(json_number(json_member(each, "hhi_low")).value_or(0)) >= 10000;
    if (!is_sole && first == nullptr) first = &each;
    const std::string layer = json_text(each, "layer"), node = json_id(json_member(each, "node"));
    if (is_sole && told.insert({layer, node}).second)
      (layer == "place" ? of_country : of_firm)
          .push_back(say(session, "{} ({})", names.label(node), names.label(json_id(json_member(each, "top")))));
  }
  std::string text;
  if (!of_country.empty())
    text = say(session, "from one country alone ({}): {}", of_country.size(),
               first_texts(session, of_country, most_named));
  if (!of_firm.empty())
    append_part(
        session, text,
        say(session, "from one firm alone ({}): {}", of_firm.size(), first_texts(session, of_firm, most_named)));
  if (first != nullptr)
    append_part(session, text,
                text.empty() ? say(session, "in the fewest hands: {}", supply_text(names, *first))
                             : say(session, "then {}", supply_text(names, *first)));
  if (text.empty())
    text = json_size(&result) == 0 ? say(session, "no supplier is recorded for this")
                                   : say(session, "of {} supplies no share is recorded", json_size(&result));
  return text;
}

}  // namespace chokepoint::detail
