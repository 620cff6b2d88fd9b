#include "ingest/identity.hpp"

#include "chokepoint/model/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>

namespace chokepoint::detail {

namespace {

std::vector<std::string> names_of(const Node& node) {
  std::vector<std::string> names{node.id};
  for (const auto& [language, label] : node.labels) names.push_back(label);
  names.insert(names.end(), node.aliases.begin(), node.aliases.end());
  return names;
}

/// A name that both have, for the report.
std::string shared_name(const Node& a, const Node& b) {
  std::set<std::string> folded;
  for (const std::string& name : names_of(b)) folded.insert(fold(name));
  for (const std::string& name : names_of(a))
    if (folded.contains(fold(name))) return name;
  return {};
}

/// A code scheme in which both have a code and the codes differ.
std::optional<std::string> differing_code(const Node& a, const Node& b) {
  for (const auto& [scheme, code] : a.codes) {
    const auto other = b.codes.find(scheme);
    if (other != b.codes.end() && other->second != code)
      return fmt::format("{} is {} and {}", scheme, code, other->second);
  }
  return std::nullopt;
}

struct Candidate {
  const Node* incoming;
  Node stored;
};

}  // namespace

std::unordered_map<std::string, std::string> decide_identity(const std::vector<PlacedNode>& nodes, Writer& writer,
                                                             const ImportOptions& options, ImportReport& report,
                                                             Problems& problems) {
  std::unordered_map<std::string, std::string> stored_id;
  std::map<std::string, std::string> told;
  for (const auto& [incoming, stored] : options.merges) told[fold(incoming)] = stored;
  std::set<std::string> taken;  // stored nodes that an incoming node is already one with
  std::vector<const PlacedNode*> open;
  const bool others = writer.has_other_datasets();

  const auto refuse = [&](const PlacedNode& placed, std::string message) {
    problems.add(placed.place, describe(placed.node), std::move(message));
    stored_id[placed.node.id] = placed.node.id;
  };
  for (const PlacedNode& placed : nodes) {
    const Node& node = placed.node;
    if (const auto merge = told.find(fold(node.id)); merge != told.end()) {
      const auto target = writer.node_of_others(merge->second);
      if (!target) {
        refuse(placed,
               fmt::format("--merge {}={}: no other dataset has the node {}", node.id, merge->second, merge->second));
      } else if (target->type != node.type) {
        refuse(placed, fmt::format("--merge {}={}: a {} cannot be one with a {}", node.id, target->id, node.type,
                                   target->type));
      } else {
        stored_id[node.id] = target->id;
        taken.insert(target->id);
        report.merged.push_back({node.id, target->id, "as told"});
      }
      told.erase(merge);
      continue;
    }
    if (!others) {
      stored_id[node.id] = node.id;
      continue;
    }
    if (const auto same = writer.node_of_others(node.id); same && fold(same->id) == fold(node.id)) {
      if (same->type != node.type) {
        refuse(placed, fmt::format("another dataset has {} as a {}, here it is a {}; give one of them another id",
                                   same->id, same->type, node.type));
        continue;
      }
      stored_id[node.id] = same->id;
      taken.insert(same->id);
      continue;
    }
    if (const auto earlier = writer.earlier_merge(node.id); earlier && options.merge) {
      stored_id[node.id] = *earlier;
      taken.insert(*earlier);
      report.merged.push_back({node.id, *earlier, "as before"});
      continue;
    }
    stored_id[node.id] = node.id;
    open.push_back(&placed);
  }
  for (const auto& [incoming, stored] : told)
    problems.add({"--merge", 0, "", fmt::format("{}={}: this dataset has no node {}", incoming, stored, incoming)});

  std::vector<Candidate> candidates;
  std::map<std::string, int> per_incoming, per_stored;
  for (const PlacedNode* placed : open) {
    const Node& node = placed->node;
    for (Node& stored : writer.namesakes(names_of(node))) {
      if (taken.contains(stored.id)) continue;
      const std::string name = shared_name(node, stored);
      if (stored.type != node.type) {
        report.doubtful.push_back(
            {node.id, stored.id,
             fmt::format("both are called \"{}\", but one is a {} and one a {}", name, node.type, stored.type)});
        continue;
      }
      if (const auto code = differing_code(node, stored)) {
        report.doubtful.push_back({node.id, stored.id, fmt::format("both are called \"{}\", but {}", name, *code)});
        continue;
      }
      ++per_incoming[node.id];
      ++per_stored[stored.id];
      candidates.push_back({&node, std::move(stored)});
    }
  }
  for (const Candidate& candidate : candidates) {
    const std::string& incoming = candidate.incoming->id;
    const std::string name = shared_name(*candidate.incoming, candidate.stored);
    if (!options.merge) {
      report.doubtful.push_back(
          {incoming, candidate.stored.id, fmt::format("both are called \"{}\"; left apart as told", name)});
    } else if (per_incoming[incoming] > 1 || per_stored[candidate.stored.id] > 1) {
      report.doubtful.push_back(
          {incoming, candidate.stored.id,
           fmt::format("both are called \"{}\", but they are not the only ones; use --merge {}={}", name, incoming,
                       candidate.stored.id)});
    } else {
      stored_id[incoming] = candidate.stored.id;
      report.merged.push_back({incoming, candidate.stored.id, fmt::format("both are called \"{}\"", name)});
    }
  }
  return stored_id;
}

}  // namespace chokepoint::detail
