#include "present/words/headlines.hpp"

#include "present/words/answer_json.hpp"
#include "present/words/chain.hpp"
#include "present/words/facts.hpp"
#include "present/words/wording.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

namespace chokepoint::detail {

namespace {

/// How a path goes on from a node: `is supplied by China (of Yttrium, Rare earths)`.
std::string hop_text(Names& names, const Json& edges, const std::string& from, const std::string& to) {
  const Session& session = names.session();
  std::string relation;
  std::vector<std::string> items;
  for (const Json& edge : json_list(&edges)) {
    const bool outgoing = json_text(edge, "from") == from && json_text(edge, "to") == to;
    if (!outgoing && (json_text(edge, "from") != to || json_text(edge, "to") != from)) continue;
    if (relation.empty()) relation = relation_label(session, json_text(edge, "type"), outgoing);
    const std::string item = json_text(edge, "item");
    if (!item.empty() && std::ranges::find(items, names.label(item)) == items.end()) items.push_back(names.label(item));
  }
  std::string text = relation + " " + names.label(to);
  if (!items.empty()) text += say(session, " (of {})", first_texts(session, items, 2));
  return text;
}

std::string paths_headline(Names& names, const Json& result) {
  const Session& session = names.session();
  const Json* paths = json_member(result, "paths");
  const std::string from = json_id(json_member(result, "from")), to = json_id(json_member(result, "to"));
  if (json_size(paths) == 0)
    return say(session, "no path is recorded from {} to {}", names.named(from), names.named(to));
  const Json& shortest = json_list(paths).front();
  const std::vector<std::string> nodes = json_ids(json_member(shortest, "nodes"));
  const Json none = Json::array();
  const Json* edges = json_member(shortest, "edges");
  std::string text = names.label(from);
  for (std::size_t i = 0; i + 1 < nodes.size(); ++i)
    text += (i == 0 ? " " : " → ") + hop_text(names, edges == nullptr ? none : *edges, nodes[i], nodes[i + 1]);
  return say(session, "from {} to {} it takes {} hops: {}", names.named(from), names.named(to),
             nodes.empty() ? 0 : nodes.size() - 1, text);
}

std::string cut_headline(Names& names, const Json& result) {
  const Session& session = names.session();
  const std::string from = json_id(json_member(result, "from")), to = json_id(json_member(result, "to"));
  const std::string a = names.named(from), b = names.named(to);
  const auto is_said = [&](const char* key) {
    const Json* value = json_member(result, key);
    return value != nullptr && value->is_bool() && value->as_bool();
  };
  if (from == to) return say(session, "both ends are {}", a);
  if (!is_said("connected")) return say(session, "{} does not depend on {}: there is nothing to cut", a, b);
  if (is_said("adjacent")) return say(session, "{} depends on {} directly: no set of other nodes cuts them", a, b);
  std::vector<std::string> members;
  for (const std::string& id : json_ids(json_member(result, "members"))) members.push_back(names.named(id));
  constexpr std::size_t most = 8;
  const std::string list = first_texts(session, members, most);
  if (members.size() == 1) return say(session, "every path from {} to {} goes through {}", a, b, list);
  return say(session, "every path from {} to {} goes through one of these {}: {}", a, b, members.size(), list);
}

/// Sets of one node, and larger ones.
struct SetCount {
  std::size_t alone = 0, together = 0;
  friend bool operator==(const SetCount&, const SetCount&) = default;
};

SetCount count_sets(const Json& bound) {
  SetCount count;
  for (const Json& set : json_list(json_member(bound, "cut_sets")))
    ++(json_size(&set) == 1 ? count.alone : count.together);
  return count;
}

std::string chokepoints_headline(Names& names, const Json& result) {
  const Session& session = names.session();
  const std::vector<Json>& bounds = json_list(json_member(result, "bounds"));
  if (bounds.empty()) return {};
  const std::string target = names.named(json_id(json_member(result, "target")));
  for (const Json& bound : bounds)
    if (json_member(bound, "already_impossible") != nullptr)
      return say(session, "{} is impossible as things stand", target);
  const SetCount any = count_sets(bounds.front()), all = count_sets(bounds.back());
  if (any == SetCount{} && all == SetCount{})
    return say(session, "no loss of up to {} nodes stops {}, as far as suppliers are recorded",
               static_cast<std::size_t>(json_number(json_member(result, "order_done")).value_or(0)), target);
  std::string text = say(session, "{} nodes stop {} alone", any.alone, target);
  if (any.together > 0) append_part(session, text, say(session, "sets that stop it only together: {}", any.together));
  if (any != all)
    append_part(session, text,
                say(session, "if all variants are needed: {} alone, {} only together", all.alone, all.together));
  return text;
}

std::string ownership_headline(Names& names, const Json& result) {
  constexpr std::size_t most = 6;
  const Session& session = names.session();
  std::vector<std::string> owners, certain, unsure;
  for (const std::string& id : json_ids(json_member(result, "owners"))) owners.push_back(names.named(id));
  for (const Json& each : json_list(json_member(result, "owned"))) {
    const Json* is_certain = json_member(each, "certain");
    (is_certain != nullptr && is_certain->is_bool() && is_certain->as_bool() ? certain : unsure)
        .push_back(fmt::format("{} {}", names.label(json_id(&each)),
                               percent_text(json_number(json_member(each, "share_low")).value_or(0),
                                            json_number(json_member(each, "share_high")).value_or(1))));
  }
  const std::string who = first_texts(session, owners, most);
  if (certain.empty() && unsure.empty())
    return say(session,
               owners.size() == 1 ? "{} controls nothing, as far as holdings are recorded"
                                  : "{} control nothing, as far as holdings are recorded",
               who);
  std::string text;
  if (!certain.empty())
    text = say(session, owners.size() == 1 ? "{} controls {} nodes: {}" : "{} control {} nodes: {}", who,
               certain.size(), first_texts(session, certain, most));
  if (!unsure.empty())
    append_part(session, text,
                say(session, "{} perhaps controls {} nodes, as shares are unknown: {}", who, unsure.size(),
                    first_texts(session, unsure, most)));
  return text;
}

}  // namespace

std::string headline(Names& names, std::string_view command, const Json& result) {
  if (command == "chokepoints") return chokepoints_headline(names, result);
  if (command == "restrictions") return restrictions_headline(names, result);
  if (command == "concentration") return concentration_headline(names, result);
  if (command == "paths") return paths_headline(names, result);
  if (command == "cut") return cut_headline(names, result);
  if (command == "ownership") return ownership_headline(names, result);
  if (command == "timeline") return timeline_headline(names, result);
  if (command == "compare") return compare_headline(names, result);
  return {};
}

}  // namespace chokepoint::detail
