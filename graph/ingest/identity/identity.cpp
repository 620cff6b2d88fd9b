#include "ingest/identity/identity.hpp"

#include "chokepoint/model/text.hpp"
#include "ingest/identity/node_names.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <map>
#include <optional>
#include <set>
#include <string_view>
#include <utility>

namespace chokepoint::detail {

namespace {

/// Namesakes are compared one by one up to so many pairs of a name; of more of them nobody could tell which is which.
constexpr std::int64_t most_pairs = 100;
/// So many pairs of a name are told one by one.
constexpr std::size_t most_told = 3;

/// Nodes of this import and nodes of other datasets that share a name.
class Namesakes {
 public:
  Namesakes(Writer& writer, const Ontology& ontology, std::set<std::string> taken, bool are_foreign)
      : writer_(writer), ontology_(ontology), taken_(std::move(taken)), are_foreign_(are_foreign) {}

  void find(const std::vector<const Node*>& nodes) {
    std::map<std::string, std::vector<std::size_t>> by_name;
    for (std::size_t i = 0; i < nodes.size(); ++i) {
      std::set<std::string> names = folded_names_of(*nodes[i], are_foreign_);
      if (are_foreign_ && !nodes[i]->codes.empty() && is_valid_id(nodes[i]->id))
        if (const auto same = writer_.node_of_others(nodes[i]->id); same && share_code(*nodes[i], *same))
          names.insert(fold(nodes[i]->id));  // a code says that the equal id means the same
      for (const std::string& name : names) by_name[name].push_back(i);
    }
    for (const auto& [name, numbers] : by_name) meet(nodes, name, numbers);
  }

  /// Settles what is one; tells the rest. @param may_merge  false: all stay apart
  void settle(bool may_merge, std::unordered_map<std::string, std::string>& stored_id,
              std::unordered_set<std::string>& settled, ImportReport& report) {
    std::map<std::size_t, int> per_incoming;
    std::map<std::string, int> per_stored;
    for (const auto& [key, pair] : pairs_) {
      if (pair.against) continue;
      ++per_incoming[key.first];
      ++per_stored[key.second];
    }
    for (auto& [key, pair] : pairs_) {
      const std::string name = shared_name(*pair.incoming, pair.stored, are_foreign_), &incoming = pair.incoming->id;
      const bool is_only_one = per_incoming[key.first] == 1 && per_stored[key.second] == 1 &&
                               !crowded_.contains(key.first) && !is_crowded(pair.stored);
      if (pair.against) {
        note(name, {incoming, pair.stored.id, fmt::format("both are called \"{}\", but {}", name, *pair.against)});
      } else if (!may_merge) {
        note(name, {incoming, pair.stored.id, fmt::format("both are called \"{}\"; left apart as told", name)});
      } else if (!is_only_one) {
        note(name, {incoming, pair.stored.id,
                    fmt::format("both are called \"{}\", but they are not the only ones; use --merge {}={}", name,
                                incoming, pair.stored.id)});
      } else {
        stored_id[incoming] = pair.stored.id;
        settled.insert(incoming);
        report.merged.push_back({incoming, pair.stored.id, fmt::format("both are called \"{}\"", name)});
      }
    }
    for (const Alike& alike : alike_) tell(alike, report);
  }

  /// Tells in one line which ids of the file are ids of other datasets, too, where nothing says that they mean the
  /// same.
  void tell_equal_ids(const std::vector<const Node*>& nodes, const std::unordered_set<std::string>& settled,
                      ImportReport& report) {
    std::size_t count = 0;
    MergeNote first;
    std::string here, there;
    for (const Node* node : nodes) {
      if (is_named_by_id(*node) || settled.contains(node->id) || !is_valid_id(node->id)) continue;
      const auto same = writer_.node_of_others(node->id);
      if (!same || fold(same->id) != fold(node->id) || count++ > 0) continue;
      first = {node->id, same->id, ""};
      here = label_of(node->labels, "en", node->id);
      there = label_of(same->labels, "en", same->id);
    }
    if (count == 0) return;
    first.why = fmt::format(
        "{} id{} of this file {} in another dataset, too, with another name: it is \"{}\" here and \"{}\" there; they "
        "stay two, --ids global makes them one",
        count, count == 1 ? "" : "s", count == 1 ? "is" : "are", here, there);
    report.doubtful.push_back(std::move(first));
  }

 private:
  struct Pair {
    const Node* incoming = nullptr;
    Node stored;
    std::optional<std::string> against;
  };
  /// All that stay apart and share a name.
  struct Alike {
    std::string name;
    std::vector<MergeNote> notes;
    std::size_t here = 0;
    std::int64_t stored = 0;
  };

  void meet(const std::vector<const Node*>& nodes, const std::string& name, const std::vector<std::size_t>& numbers) {
    const auto here = static_cast<std::int64_t>(numbers.size());
    auto found = writer_.namesakes(name, static_cast<std::size_t>(most_pairs));
    std::erase_if(found.nodes, [&](const Node& node) { return taken_.contains(node.id); });
    if (found.nodes.empty()) return;
    if (here * found.total > most_pairs) {
      crowded_names_.insert(name);
      crowded_.insert(numbers.begin(), numbers.end());
      const Node &first = *nodes[numbers.front()], &stored = found.nodes.front();
      const std::string called = shared_name(first, stored, are_foreign_);
      Alike& alike = alike_of(called);
      alike.notes.push_back({first.id, stored.id, ""});
      alike.here = numbers.size();
      alike.stored = found.total;
      return;
    }
    for (const std::size_t number : numbers)
      for (const Node& stored : found.nodes)
        pairs_.try_emplace({number, stored.id},
                           Pair{nodes[number], stored, contradiction(*nodes[number], stored, ontology_)});
  }

  [[nodiscard]] bool is_crowded(const Node& stored) const {
    const std::set<std::string> names = folded_names_of(stored, false);
    return std::any_of(crowded_names_.begin(), crowded_names_.end(),
                       [&](const std::string& name) { return names.contains(name); });
  }

  Alike& alike_of(const std::string& name) {
    const auto [at, fresh] = alike_at_.emplace(fold(name), alike_.size());
    if (fresh) alike_.push_back({name, {}, 0, 0});
    return alike_[at->second];
  }

  void note(const std::string& name, MergeNote note) { alike_of(name).notes.push_back(std::move(note)); }

  /// One line a name where there are many.
  static void tell(const Alike& alike, ImportReport& report) {
    if (alike.here == 0 && alike.notes.size() <= most_told) {
      report.doubtful.insert(report.doubtful.end(), alike.notes.begin(), alike.notes.end());
      return;
    }
    std::set<std::string> here, stored;
    for (const MergeNote& note : alike.notes) {
      here.insert(note.incoming);
      stored.insert(note.stored);
    }
    const MergeNote& first = alike.notes.front();
    report.doubtful.push_back(
        {first.incoming, first.stored,
         fmt::format("{} here and {} stored are called \"{}\"; all stay apart, these two are the first",
                     std::max(here.size(), alike.here),
                     std::max(static_cast<std::int64_t>(stored.size()), alike.stored), alike.name)});
  }

  Writer& writer_;
  const Ontology& ontology_;
  std::set<std::string> taken_;  ///< stored nodes that another incoming node is one with already
  bool are_foreign_;             ///< ids of the incoming ones are their file's own
  std::map<std::pair<std::size_t, std::string>, Pair> pairs_;  ///< by number of the incoming and id of the stored
  std::set<std::size_t> crowded_;                              ///< incoming ones of a name that too many have
  std::set<std::string> crowded_names_;                        ///< folded
  std::vector<Alike> alike_;
  std::map<std::string, std::size_t> alike_at_;  ///< by folded name
};

/// What is settled without a look at names: by `--merge`, by equal ids, by an earlier import.
class SettledById {
 public:
  SettledById(Writer& writer, const ImportOptions& options, bool is_foreign, ImportReport& report, Problems& problems)
      : writer_(writer), options_(options), is_foreign_(is_foreign), report_(report), problems_(problems) {
    for (const auto& [incoming, stored] : options.merges) told_[fold(incoming)] = stored;
    others_ = writer.has_other_datasets();
  }

  /// @return the id it is stored under; nullopt where names decide
  std::optional<std::string> settle(const PlacedNode& placed) {
    const Node& node = placed.node;
    if (const auto merge = told_.find(fold(node.id)); merge != told_.end()) {
      const std::string wanted = std::move(merge->second);
      told_.erase(merge);
      return settle_as_told(placed, wanted);
    }
    if (options_.update)
      if (const auto own = own_node_called(placed)) return take(*own);
    if (is_foreign_) {
      if (const auto stored = writer_.node_of_file_id(node.id)) return take(*stored);
      return std::nullopt;
    }
    if (!others_) return node.id;
    if (const auto same = writer_.node_of_others(node.id); same && fold(same->id) == fold(node.id)) {
      if (same->type == node.type) return take(same->id);
      return refuse(placed, fmt::format("another dataset has {} as a {}, here it is a {}; give one of them another id",
                                        same->id, same->type, node.type));
    }
    if (!options_.merge) return std::nullopt;
    if (const auto earlier = writer_.earlier_merge(node.id)) {
      report_.merged.push_back({node.id, *earlier, "as before"});
      return take(*earlier);
    }
    return std::nullopt;
  }

  /// Says which `--merge` named no node of the dataset.
  void refuse_unused() {
    for (const auto& [incoming, stored] : told_)
      problems_.add({"--merge", 0, "", fmt::format("{}={}: this dataset has no node {}", incoming, stored, incoming)});
  }

  [[nodiscard]] const std::set<std::string>& taken() const { return taken_; }

 private:
  /// The node of this dataset that an update means: by the id of its file, by id, or, in files of other programs, by a
  /// name that only one has.
  std::optional<std::string> own_node_called(const PlacedNode& placed) {
    const std::string& id = placed.node.id;
    if (is_foreign_)
      if (auto stored = writer_.node_of_file_id(id)) return stored;
    const auto known = is_valid_id(id) ? writer_.find_node(id) : std::nullopt;
    const auto own = known ? writer_.own_node(known->id) : std::nullopt;
    // An id that was made from a name may be of one of several that have it.
    if (own && (!is_foreign_ || !own->codes.contains(report_.dataset.id))) return known->id;
    const auto named = is_foreign_ ? writer_.own_nodes_named(fold(id), 4) : std::vector<std::string>();
    if (named.size() > 1)
      return refuse(placed,
                    fmt::format("several nodes of the dataset have this name: {}; use an id", fmt::join(named, ", ")));
    if (named.size() == 1) return named.front();
    return own ? std::optional(known->id) : std::nullopt;
  }

  std::string settle_as_told(const PlacedNode& placed, const std::string& wanted) {
    const Node& node = placed.node;
    const auto target = writer_.node_of_others(wanted);
    if (!target)
      return refuse(placed, fmt::format("--merge {}={}: no other dataset has the node {}", node.id, wanted, wanted));
    if (target->type != node.type)
      return refuse(placed, fmt::format("--merge {}={}: a {} cannot be one with a {}", node.id, target->id, node.type,
                                        target->type));
    report_.merged.push_back({node.id, target->id, "as told"});
    return take(target->id);
  }

  std::string take(const std::string& id) {
    taken_.insert(id);
    return id;
  }

  std::string refuse(const PlacedNode& placed, std::string message) {
    problems_.add(placed.place, describe(placed.node), std::move(message));
    return placed.node.id;
  }

  Writer& writer_;
  const ImportOptions& options_;
  bool is_foreign_;
  ImportReport& report_;
  Problems& problems_;
  std::map<std::string, std::string> told_;
  std::set<std::string> taken_;
  bool others_ = false;
};

/// Whether a made node is a node of another dataset; then it is not made.
/// @param keep_old  what this dataset holds already stays, and is looked at, too
std::optional<std::string> known_elsewhere(const Node& made, Writer& writer, bool keep_old) {
  if (keep_old)
    if (const auto own = writer.node_of_file_id(made.id)) return *own;
  if (is_valid_id(made.id)) {
    if (is_named_by_id(made))
      if (const auto same = writer.node_of_others(made.id)) return same->id;
    if (const auto own = writer.find_node(made.id); own && keep_old) return own->id;
  }
  for (const std::string& name : names_of(made, true)) {
    if (keep_old) {
      const auto any = writer.nodes_named(fold(name), 2);
      if (any.size() == 1) return any.front();
    }
    const auto found = writer.namesakes(fold(name), 2);
    if (found.total == 1) return found.nodes.front().id;
  }
  return std::nullopt;
}

}  // namespace

std::unordered_map<std::string, std::string> decide_identity(const std::vector<PlacedNode>& nodes, Writer& writer,
                                                             const Ontology& ontology, const ImportOptions& options,
                                                             bool is_foreign, std::unordered_set<std::string>& found,
                                                             std::unordered_set<std::string>& settled,
                                                             ImportReport& report, Problems& problems) {
  std::unordered_map<std::string, std::string> stored_id;
  std::vector<const Node*> open;
  SettledById by_id(writer, options, is_foreign, report, problems);
  const bool has_others = writer.has_other_datasets();
  for (const PlacedNode& placed : nodes) {
    if (placed.is_made && (has_others || options.keeps_rest())) {
      if (const auto known = known_elsewhere(placed.node, writer, options.keeps_rest())) {
        found.insert(*known);
        settled.insert(placed.node.id);
        stored_id[placed.node.id] = *known;
        continue;
      }
    }
    const auto by_that = by_id.settle(placed);
    stored_id[placed.node.id] = by_that.value_or(placed.node.id);
    if (by_that)
      settled.insert(placed.node.id);
    else
      open.push_back(&placed.node);
  }
  by_id.refuse_unused();
  if (!has_others) return stored_id;
  Namesakes namesakes(writer, ontology, by_id.taken(), is_foreign);
  namesakes.find(open);
  namesakes.settle(options.merge, stored_id, settled, report);
  if (is_foreign) namesakes.tell_equal_ids(open, settled, report);
  return stored_id;
}

}  // namespace chokepoint::detail
