#include "chokepoint/model/record_fields.hpp"
#include "chokepoint/model/text.hpp"
#include "ingest/identity/counter_id.hpp"
#include "ingest/importing/import_job.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace chokepoint::detail {

namespace {

/// So many edges are looked at for nodes that a first question may be about.
constexpr std::int64_t edges_looked_at = 10000;

/// A place as one number, for the store to give back.
constexpr unsigned line_bits = 40;
std::uint64_t number_of(const Place& place) {
  return static_cast<std::uint64_t>(place.file_number) << line_bits | place.line;
}

}  // namespace

std::vector<std::string> ImportJob::near_node_ids(const std::string& id) const {
  constexpr std::size_t compared = 50000, suggested = 100;  // a suggestion is not worth more
  if (problems_.total() >= suggested || nodes_.size() + stage_->size() > compared) return {};
  std::vector<std::string> ids = writer_->staged_ids();
  for (const PlacedNode& placed : nodes_) ids.push_back(placed.node.id);
  return suggest(id, ids, 1);
}

/// The node that an earlier file of the dataset, which stays, gave this id.
std::optional<KnownNode> ImportJob::end_of_earlier_file(const std::string& id) {
  if (!is_foreign_ || !options_.keeps_rest() || !writer_->dataset_was_known()) return std::nullopt;
  const auto [at, fresh] = earlier_ids_.try_emplace(id);
  if (fresh)
    if (const auto stored = writer_->node_of_file_id(id)) at->second = writer_->find_node(*stored);
  return at->second;
}

/// The node that is stored under another id than the file's, in a fresh database.
const KnownNode* ImportJob::made_end(std::string_view id) {
  if (made_ids_.empty()) return nullptr;
  KnownNode* const made = made_ids_.find(id);
  if (made != nullptr && made->key == 0)
    if (auto stored = writer_->find_node(made->id)) *made = *std::move(stored);
  return made;
}

/// Whether the record of a node was refused, by the id that the file has or the one that was made for it.
bool ImportJob::is_refused(const std::string& id) const {
  if (refused_nodes_.empty()) return false;
  const std::string folded = fold(id);
  const auto at = node_at_.find(folded);
  return refused_nodes_.contains(folded) ||
         (at != node_at_.end() && refused_nodes_.contains(fold(nodes_[at->second].node.id)));
}

/// The stored node of an id of the input, or of a known id.
std::optional<KnownNode> ImportJob::known_end(const std::string& id) {
  if (!nodes_.empty()) {
    if (const auto at = node_at_.find(fold(id)); at != node_at_.end()) {
      const Node& node = nodes_[at->second].node;
      auto& known = known_ends_[at->second];
      if (!known) known = writer_->find_node(stored_id_.at(node.id));
      if (known) return known;
      if (is_refused(id)) return std::nullopt;
      return KnownNode{0, node.id, database_.ontology().node_type(node.type).value_or(0)};
    }
  }
  if (auto earlier = end_of_earlier_file(id)) return earlier;
  if (const KnownNode* made = made_end(id)) return *made;
  auto known = writer_->find_node(id);
  // An id that was made from a name is none that a file can mean; the name is looked at, and may be of several nodes.
  if (known && made_from_names_.find(known->id)) return std::nullopt;
  return known;
}

/// The node that alone has a name, of the input or else of what is stored.
/// @param why_not  filled in where several have it
std::optional<KnownNode> ImportJob::end_by_name(const std::string& name, std::string& why_not) {
  if (!keep_names_) throw WantsNames();
  const std::string folded = fold(name);
  if (const auto at = named_.find(folded); at != named_.end()) {
    if (!at->second.empty()) return known_end(at->second);
    why_not = "several nodes of the input have this name; use an id";
    return std::nullopt;
  }
  if (writer_->loads()) return std::nullopt;
  const auto found = writer_->nodes_named(folded, 4);
  if (found.size() == 1) return writer_->find_node(found.front());
  if (!found.empty()) why_not = fmt::format("several nodes have this name: {}", fmt::join(found, ", "));
  return std::nullopt;
}

/// The stored node behind an id that a record names; in files of other programs also behind a name.
/// @return nullopt when there is none, after a problem; also without one when its own record was refused
std::optional<KnownNode> ImportJob::end(const std::string& id, std::string_view field, const Place& place,
                                        const auto& record) {
  if (auto known = known_end(id)) return known;
  if (is_refused(id)) {
    if (options_.skip_bad)
      problems().add(place, describe(record), fmt::format("\"{}\" names {}, which was left out", field, id));
    return std::nullopt;
  }
  // pandas writes whole numbers so, as soon as a column has an empty cell.
  if (is_foreign_ && id.ends_with(".0") && is_counter(id))
    if (auto known = known_end(id.substr(0, id.size() - 2))) return known;
  std::string why_not;
  if (is_foreign_)
    if (auto named = end_by_name(id, why_not)) return named;
  const auto near = near_node_ids(id);
  std::string hint = near.empty() ? "" : fmt::format("; did you mean {}?", near.front());
  if (is_foreign_ && near.empty()) hint = "; --make-nodes makes nodes of ends that no table lists";
  if (!why_not.empty()) hint = "; " + why_not;
  problems().add(place, describe(record), fmt::format("\"{}\" names {}, which is no node{}", field, id, hint));
  return std::nullopt;
}

void ImportJob::take_end(const KnownNode& node, std::string& id, std::int64_t& key, std::string_view* type) {
  if (id != node.id) {
    id = node.id;
    rewritten_ = true;
  }
  key = node.key;
  if (type != nullptr) *type = database_.ontology().node_types()[node.type].id;
}

bool ImportJob::rewrite(std::string& id, std::string_view field, const Place& place, const auto& record,
                        std::int64_t& key, std::string_view* type) {
  if (id.empty()) return true;
  if (const KnownNode* made = made_end(id)) {
    take_end(*made, id, key, type);
    return true;
  }
  const auto known = end(id, field, place, record);
  if (known) take_end(*known, id, key, type);
  return known.has_value();
}

void ImportJob::edge(Edge& edge, const Place& place, std::optional<std::uint64_t> claim) {
  ++records_;
  rewritten_ = false;
  const Ontology& ontology = database_.ontology();
  std::string_view from_type, to_type, item_type;
  EndKeys keys;
  bool fine = rewrite(edge.from, "from", place, edge, keys.from, &from_type);
  fine = rewrite(edge.to, "to", place, edge, keys.to, &to_type) && fine;
  auto key = keys.named.begin();
  for_each_field<Edge>([&](const auto& field) {
    if constexpr (field_kind<decltype(field)> == FieldKind::node) {
      std::string_view* const its_type = field.member == &Edge::item ? &item_type : nullptr;
      fine = rewrite(edge.*field.member, field.name, place, edge, *key++, its_type) && fine;
    }
  });
  // What an update leaves unchanged cites nothing new.
  if (options_.update) std::erase(edge.sources, Citation{options_.default_source});
  fine = sources_known(edge.sources, place, edge) && fine;
  lost_fact_ = lost_fact_ || !fine;
  if (!fine) return;
  const std::uint16_t type_number = *ontology.edge_type(edge.type);
  const EdgeType& type = ontology.edge_types()[type_number];
  const auto refuse = [&](std::string message) { problems().add(place, describe(edge), std::move(message)); };
  if (auto why = ontology.refuse_ends(type, from_type, to_type, item_type)) return refuse(*std::move(why));
  if (edge.from == edge.to) return refuse("it starts and ends at one node");
  if (type.symmetric && edge.to < edge.from) {
    std::swap(edge.from, edge.to);
    std::swap(keys.from, keys.to);
    rewritten_ = true;
  }
  if (!edge.group.empty() && type.dependency) tally_.note(edge, type.dependency->from_depends, place);
  ++sound_records_;
  if (problems_.any()) return;
  if (files_.size() <= place.file_number) files_.resize(place.file_number + 1);
  files_[place.file_number] = place.file;
  if (staged_edges_++ < edges_looked_at && options_.foreign_ids) note_dependency(edge, type);
  writer_->stage(edge, number_of(place), keys, claim && !rewritten_ ? *claim : claim_hash(edge));
  if ((edge.group.empty() && !edge.k) || !type.dependency) return;
  if (edge.group.empty()) return refuse("\"k\" needs a \"group\": it says how many members of the group are needed");
  note_group(edge, type_number, place);
}

void ImportJob::note_dependency(const Edge& edge, const EdgeType& type) {
  if (!type.dependency) return;
  const bool from_depends = type.dependency->from_depends;
  const bool is_hard = type.dependency->strength == Strength::hard && !(type.role == Role::flow && edge.item.empty());
  ++dependencies_[from_depends ? edge.from : edge.to][is_hard ? 0 : 1];
  ++dependencies_[from_depends ? edge.to : edge.from][2];
}

/// The nodes that a first question may be about.
void ImportJob::suggest_nodes() {
  std::array<std::int64_t, 3> most{};
  std::array<std::string, 3> ids;
  for (const auto& [id, counts] : dependencies_)
    for (std::size_t i = 0; i < most.size(); ++i)
      if (counts[i] > most[i]) {
        most[i] = counts[i];
        ids[i] = id;
      }
  report_.leans_hard = most[0] > 0;
  report_.leaning = report_.leans_hard ? ids[0] : ids[1];
  report_.leaned_on = ids[2];
}

void ImportJob::note_group(const Edge& edge, std::uint16_t type, const Place& place) {
  const bool from_depends = database_.ontology().edge_types()[type].dependency->from_depends;
  const auto dependent = writer_->find_node(from_depends ? edge.from : edge.to);
  groups_.emplace(GroupKey{dependent->key, type, edge.group}, GroupPlace{place, describe(edge), from_depends});
}

void ImportJob::observation(Observation& observation, const Place& place) {
  ++records_;
  std::int64_t key = 0;
  bool fine = rewrite(observation.subject, "subject", place, observation, key);
  for_each_field<Observation>([&](const auto& field) {
    if constexpr (field_kind<decltype(field)> == FieldKind::node)
      fine = rewrite(observation.*field.member, field.name, place, observation, key) && fine;
  });
  if (options_.update) std::erase(observation.sources, Citation{options_.default_source});
  fine = sources_known(observation.sources, place, observation) && fine;
  sound_records_ += fine ? 1U : 0U;
  if (!fine || problems_.any()) return;
  if (options_.update)
    update_figure(std::move(observation), place);
  else
    put_fact(observation, place);
}

void ImportJob::put_fact(const Observation& observation, const Place& place) {
  if (auto why = writer_->id_conflict(observation)) {
    problems().add(place, describe(observation), *std::move(why));
    return;
  }
  add_outcome(report_.observations, writer_->put(observation));
}

void ImportJob::put_fact(const Edge& edge, const Place& place) {
  if (auto why = writer_->id_conflict(edge))
    refuse_whole(place, describe(edge), *std::move(why));
  else
    add_outcome(report_.edges, writer_->put(edge));
}

void ImportJob::write_edges() {
  const auto place_of = [&](std::uint64_t number) {
    return Place{files_[number >> line_bits], number & ((std::uint64_t{1} << line_bits) - 1), 0};
  };
  writer_->refuse_repeated_names([&](std::uint64_t place, const std::string& name, const std::string& earlier) {
    refuse_whole(place_of(place), "edge " + name,
                 fmt::format("the id {} was given to another record before: {}", name, earlier));
  });
  if (problems_.any()) return;
  if (writer_->loads()) {
    report_.edges.added = writer_->write_staged();
    report_.repeated = staged_edges_ - report_.edges.added;
    return;
  }
  report_.repeated = staged_edges_;
  writer_->for_each_staged([&](const Edge& edge, std::uint64_t place) {
    --report_.repeated;
    if (options_.update)
      update_edge(edge, place_of(place));
    else
      put_fact(edge, place_of(place));
  });
}

void ImportJob::check_groups() {
  if (problems_.any()) {
    tally_.tell(writer_->is_fresh() && facts_are_whole_, problems_);
    return;
  }
  for (const auto& [key, where] : groups_) {
    const auto state = writer_->group_state(key.type, where.from_depends, key.dependent, key.name);
    const auto refuse = [this, &found = where](std::string message) {
      problems_.add(found.place, found.record, std::move(message));
    };
    if (state.smallest_k != state.largest_k)
      refuse(fmt::format("the edges of the group \"{}\" carry different k ({} and {})", key.name, state.smallest_k,
                         state.largest_k));
    else if (state.largest_k > state.members)
      refuse(fmt::format("the group \"{}\" needs {} members but has {}", key.name, state.largest_k, state.members));
  }
}

}  // namespace chokepoint::detail
