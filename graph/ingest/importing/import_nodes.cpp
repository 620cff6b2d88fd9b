#include "chokepoint/model/text.hpp"
#include "ingest/identity/counter_id.hpp"
#include "ingest/identity/identity.hpp"
#include "ingest/importing/import_job.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>

namespace chokepoint::detail {

void ImportJob::node(const Node& node, const Place& place) {
  ++records_;
  ++sound_records_;
  if (options_.foreign_ids) note_name(node);
  stage_->add(node, place);
}

void ImportJob::made_node(const Node& node, const Place& place) {
  ++records_;
  note_name(node);
  stage_->add(node, place, true);
}

/// Keeps what is needed to store a node of a foreign file under another id, and to find it by name.
void ImportJob::note_name(const Node& node) {
  const std::string folded = fold(node.id);
  id_hashes_.insert(hash_bytes(folded));
  needs_ids_ = needs_ids_ || !is_valid_id(node.id) || is_counter(node.id);
  if (!keep_names_) return;
  const auto note = [&](const std::string& name) {
    const auto [at, fresh] = named_.try_emplace(fold(name), node.id);
    if (!fresh && fold(at->second) != folded) at->second.clear();
  };
  for (const auto& [language, label] : node.labels) note(label);
  for (const std::string& alias : node.aliases) note(alias);
}

/// Stores the nodes of a foreign file whose ids are counters or no ids of ours under ids made from their names.
void ImportJob::name_foreign_nodes() {
  made_ids_.expect(id_hashes_.size());
  MadeIds made(*writer_, report_.dataset.id, std::move(id_hashes_));
  auto named = std::make_unique<NodeStage>(problems());
  named->limit_memory(sorting_memory_);
  while (const PlacedNode* placed = stage_->next()) {
    if (!made.needs_one(placed->node.id)) {
      named->add(placed->node, placed->place, placed->is_made);
      continue;
    }
    Node node = placed->node;
    node.id = made.make(placed->node);
    node.codes[report_.dataset.id] = placed->node.id;
    made_ids_.add(placed->node.id, KnownNode{0, node.id, 0});
    made_from_names_.add(node.id);
    named->add(node, placed->place, placed->is_made);
  }
  stage_ = std::move(named);
}

void ImportJob::refused_node(std::string_view id) {
  ++records_;
  refused_nodes_.insert(fold(id));
}

/// A table of edges alone would replace nodes that an earlier import of the dataset described.
std::string ImportJob::replaces_nodes(const std::string& id) const {
  return fmt::format(
      "the dataset {} describes {} already, and importing it again replaces what it holds; --update adds what is new "
      "and "
      "changes what is stated, --keep-old keeps what is old; or give the table of nodes in the same command, or "
      "another "
      "--dataset",
      report_.dataset.id, id);
}

/// What is wrong with a node that nothing gives a type.
std::string ImportJob::without_type(const PlacedNode& placed) {
  if (!placed.is_made)
    return fmt::format("the dataset {} has no such node, and nothing says what a new one is; --node-type TYPE does",
                       report_.dataset.id);
  if (!writer_->is_fresh() && is_valid_id(placed.node.id) && writer_->find_node(placed.node.id))
    return replaces_nodes(placed.node.id);
  return fmt::format("nothing says what {} is; --node-type TYPE does, for all ends that no table lists",
                     label_of(placed.node.labels, "en", placed.node.id));
}

/// Whether a node can be written, after a problem where not.
bool ImportJob::is_fine(const PlacedNode& placed) {
  if (placed.node.type.empty()) {
    constexpr std::size_t most = 100'000;
    refuse_whole(placed.place, describe(placed.node), without_type(placed));
    // That its edges name what is no node follows from it.
    if (placed.is_made && refused_nodes_.size() < most) refused_nodes_.insert(fold(placed.node.id));
    return false;
  }
  if (placed.node.sources.empty()) {
    refuse_whole(placed.place, describe(placed.node), "it is new, and cites no source: \"sources\", or --source ID");
    return false;
  }
  return sources_known(placed.node.sources, placed.place, placed.node);
}

/// Into a fresh database: sorted, in bulk.
void ImportJob::load_nodes() {
  report_.nodes.added = writer_->load_nodes([&]() -> NextNode {
    const PlacedNode* placed = stage_->next();
    while (placed != nullptr && placed->is_made && placed->node.type.empty()) {
      static_cast<void>(is_fine(*placed));
      placed = stage_->next();
    }
    if (placed == nullptr) return {};
    const bool known = is_fine(*placed);
    if (placed->is_made) ++report_.made_nodes;
    return {&placed->node, known && !problems_.any()};  // otherwise only further problems matter
  });
}

/// Whether the stored node has labels that a node made of an end would take away.
bool ImportJob::has_other_labels(const Node& made) {
  const auto stored = writer_->node_labels(stored_id_.at(made.id));
  return stored && !stored->empty() && *stored != made.labels;
}

/// Refuses to put the nodes of one file in the place of another's, where only equal names of files make them one
/// dataset.
void ImportJob::refuse_other_nodes() {
  if (!options_.dataset.empty() || !writer_->dataset_was_known()) return;
  std::size_t known = 0, others = 0;
  std::string example;
  for (const PlacedNode& placed : nodes_) {
    if (placed.node.labels.empty()) continue;
    const auto own = writer_->node_of_file_id(placed.node.id);
    const auto stored = own                           ? writer_->node_labels(*own)
                        : is_valid_id(placed.node.id) ? writer_->node_labels(placed.node.id)
                                                      : std::nullopt;
    if (!stored || stored->empty()) continue;
    ++known;
    const auto same = std::any_of(placed.node.labels.begin(), placed.node.labels.end(), [&](const auto& label) {
      return std::any_of(stored->begin(), stored->end(),
                         [&](const auto& other) { return fold(other.second) == fold(label.second); });
    });
    if (same) continue;
    ++others;
    if (example.empty())
      example = fmt::format("{} is {} there and {} here", placed.node.id, label_of(*stored, "en", ""),
                            label_of(placed.node.labels, "en", ""));
  }
  if (others * 2 <= known) return;
  refuse_whole({input_->name(), 0, 0}, "",
               fmt::format("the dataset {} came from another file: {}; --dataset ID names this one, --dataset {} "
                           "replaces that one",
                           report_.dataset.id, example, report_.dataset.id));
}

/// Refuses to make nodes of ends that only number the nodes of another dataset, whose edges these seem to be.
void ImportJob::refuse_ids_of_others() {
  constexpr std::size_t looked_at = 1000;
  if (!options_.dataset.empty() || writer_->dataset_was_known()) return;
  if (std::ranges::any_of(nodes_, [](const PlacedNode& placed) { return !placed.is_made; })) return;
  std::map<std::string, std::size_t> of_dataset;
  const std::size_t count = std::min(looked_at, nodes_.size());
  for (std::size_t i = 0; i < count; ++i)
    if (is_counter(nodes_[i].node.id))
      if (const auto other = writer_->dataset_of_file_id(nodes_[i].node.id)) ++of_dataset[*other];
  const auto most = std::ranges::max_element(of_dataset, {}, [](const auto& each) { return each.second; });
  if (most == of_dataset.end() || most->second < count) return;
  refuse_whole({input_->name(), 0, 0}, "",
               fmt::format("its ends, such as {}, are ids of the file that the dataset {} came from: --dataset {} "
                           "--keep-old takes the edges into that, --dataset ID makes nodes of their own",
                           nodes_.front().node.id, most->first, most->first));
}

/// Into a database that holds other datasets, or this one already: each node finds its equal first.
void ImportJob::merge_nodes() {
  while (const PlacedNode* placed = stage_->next()) {
    node_at_.emplace(fold(placed->node.id), nodes_.size());
    nodes_.push_back(*placed);
  }
  known_ends_.resize(nodes_.size());
  if (options_.update) take_default_types();
  std::unordered_set<std::string> settled;
  stored_id_ = decide_identity(nodes_, *writer_, database_.ontology(), options_, is_foreign_, found_, settled, report_,
                               problems_);
  if (is_foreign_) {
    if (!options_.update) refuse_other_nodes();
    if (!options_.update) refuse_ids_of_others();
    rename_foreign(nodes_, stored_id_, settled, *writer_, report_.dataset.id);
    for (const auto& [file_id, stored] : stored_id_)
      if (file_id != stored && !settled.contains(file_id)) made_from_names_.add(stored);
  }
  for (const PlacedNode& placed : nodes_) {
    if (placed.is_made && found_.contains(stored_id_.at(placed.node.id))) {
      ++report_.found_nodes;
      continue;
    }
    options_.update ? update_node(placed) : put_node(placed);
  }
}

void ImportJob::put_node(const PlacedNode& placed) {
  if (!is_fine(placed)) return;
  if (problems_.any()) return;  // nothing will be kept; only further problems matter now
  const bool loses_labels = placed.is_made && !options_.keeps_rest() && has_other_labels(placed.node);
  const PutOutcome outcome = writer_->put(placed.node, stored_id_.at(placed.node.id));
  if (placed.is_made && outcome == PutOutcome::added) ++report_.made_nodes;
  if (loses_labels && outcome == PutOutcome::changed)
    refuse_whole(placed.place, describe(placed.node), replaces_nodes(placed.node.id));
  add_outcome(report_.nodes, outcome);
}

}  // namespace chokepoint::detail
