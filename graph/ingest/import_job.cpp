#include "ingest/import_job.hpp"

#include "chokepoint/model/text.hpp"
#include "ingest/counter_id.hpp"
#include "ingest/identity.hpp"
#include "ingest/slug.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

namespace chokepoint::detail {

namespace {

void count(Counts& counts, PutOutcome outcome) {
  switch (outcome) {
    case PutOutcome::added: ++counts.added; break;
    case PutOutcome::changed: ++counts.changed; break;
    case PutOutcome::unchanged: ++counts.unchanged; break;
    case PutOutcome::united: break;
    case PutOutcome::restored: --counts.changed, ++counts.unchanged; break;
    case PutOutcome::changed_later: ++counts.changed, --counts.unchanged; break;
  }
}

/// So many edges are looked at for nodes that a first question may be about.
constexpr std::int64_t edges_looked_at = 10000;

/// So many of the records that were left out are listed one by one.
constexpr std::size_t most_skipped_kept = 100000;

/// A place as one number, for the store to give back.
constexpr unsigned line_bits = 40;
std::uint64_t number_of(const Place& place) {
  return static_cast<std::uint64_t>(place.file_number) << line_bits | place.line;
}

/// Whether folding leaves a text as it is, told without doing it: lower-case ASCII letters, digits and marks.
bool is_folded(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < 0x7F && !(c >= 'A' && c <= 'Z'); });
}

/// The id of a dataset that only its file names.
std::string dataset_of(const std::string& file) {
  std::filesystem::path path(file);
  if (path.extension() == ".gz") path.replace_extension();
  const std::string stem = path.stem().string();
  return is_valid_id(stem) ? stem : slug_of(stem);
}

}  // namespace

ImportJob::ImportJob(Database& database, const ImportOptions& options, bool keep_names)
    : database_(database), options_(options), keep_names_(keep_names) {
  stage_ = std::make_unique<NodeStage>(problems());
  if (options.skip_bad)
    skipped_.set_listener([this](const Problem& problem) {
      if (report_.all_skipped.size() < most_skipped_kept) report_.all_skipped.push_back(problem);
    });
}

ImportReport ImportJob::run(RecordInput& input) {
  const auto begin = [&](std::string_view part) {
    if (options_.phase) options_.phase(part);
  };
  begin("reading nodes");
  input_ = &input;
  input.read_nodes(*this);
  is_foreign_ = options_.foreign_ids && !input.ids_are_ours();
  name_dataset(input);
  writer_.emplace(database_, report_.dataset);
  if (options_.tick) writer_->set_tick(options_.tick);
  begin("writing nodes");
  require_default_source();
  put_sources();
  if (writer_->is_fresh() && options_.merges.empty()) {
    if (is_foreign_ && needs_ids_) name_foreign_nodes();
    load_nodes();
  } else {
    merge_nodes();
  }
  begin("reading edges and figures");
  input.read_facts(*this);
  if (records_ == 0 && !problems_.any()) problems_.add({input.name(), 0, "", "there is no record in it"});
  report_.remarks = input.remarks();
  begin("writing edges");
  write_edges();
  check_groups();
  refuse_problems(input);
  begin("removing what is gone");
  remove_rest();
  begin("search index");
  if (!options_.dry_run) writer_->write_search_index();
  begin("saving");
  finish();
  begin({});
  return std::move(report_);
}

void ImportJob::dataset(const DatasetInfo& info, const Place& place) {
  if (info_ && info_->id != info.id) throw SeveralDatasets();
  if (info_ && !(*info_ == info))
    problems_.add(place, "dataset", fmt::format("described otherwise before: {}", canonical(to_json(*info_))));
  info_ = info;
}

void ImportJob::source(Source&& source, const Place& place) {
  ++records_;
  const auto [at, fresh] = source_at_.emplace(source.id, sources_.size());
  if (fresh) {
    sources_.emplace_back(std::move(source), place);
    return;
  }
  const auto& [first, where] = sources_[at->second];
  if (!(first == source))
    problems_.add(place, "source " + source.id,
                  fmt::format("defined before ({}:{}) with other words", where.file, where.line));
}

void ImportJob::node(const Node& node, const Place& place) {
  ++records_;
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
  id_hashes_.push_back(hash_bytes(folded));
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
  MadeIds made(*writer_, report_.dataset.id, id_hashes_);
  auto named = std::make_unique<NodeStage>(problems());
  while (const PlacedNode* placed = stage_->next()) {
    if (!made.needs_one(placed->node.id)) {
      named->add(placed->node, placed->place, placed->is_made);
      continue;
    }
    Node node = placed->node;
    node.id = made.make(placed->node);
    node.codes[report_.dataset.id] = placed->node.id;
    made_ids_.emplace(fold(placed->node.id), KnownNode{0, node.id, 0});
    made_from_names_.insert(node.id);
    named->add(node, placed->place, placed->is_made);
  }
  stage_ = std::move(named);
}

void ImportJob::refused_node(std::string_view id) {
  ++records_;
  refused_nodes_.insert(fold(id));
}

void ImportJob::name_dataset(const RecordInput& input) {
  if (info_) {
    report_.dataset = *info_;
    return;
  }
  std::string id = options_.dataset;
  if (id.empty()) id = dataset_of(input.name());
  if (!is_valid_id(id) || id == "-")
    throw UsageError(fmt::format("{}: the input does not name its dataset; say which with --dataset ID", input.name()));
  report_.dataset.id = std::move(id);
}

void ImportJob::require_default_source() {
  const std::string& id = options_.default_source;
  if (id.empty() || options_.source_on_demand || source_at_.contains(id) || writer_->has_source(id)) return;
  if (!is_valid_id(id))
    throw UsageError(fmt::format("--source {}: an id is 1 to 200 of the characters A-Z a-z 0-9 . _ : / -", id));
  if (options_.default_source_title.empty())
    throw UsageError(fmt::format(
        "--source {}: no such source; `chokepoint sources` lists them, --source-title TEXT makes a new one", id));
  Source made;
  made.id = id;
  made.title = options_.default_source_title;
  source_at_.emplace(id, sources_.size());
  sources_.emplace_back(std::move(made), Place{"--source", 0, 0});
}

void ImportJob::put_sources() {
  for (const auto& [source, place] : sources_) count(report_.sources, writer_->put(source));
}

/// Problems for every cited source that nobody defines.
bool ImportJob::sources_known(const std::vector<Citation>& citations, const Place& place, const auto& record) {
  bool known = true;
  for (const Citation& citation : citations) {
    if (citation.source == known_source_) continue;
    if (source_at_.contains(citation.source)) {
      known_source_ = citation.source;
      continue;
    }
    if (const auto made = made_sources_.find(citation.source); made != made_sources_.end()) {
      ++made->second;
      continue;
    }
    if (writer_->has_source(citation.source)) {
      known_source_ = citation.source;
      continue;
    }
    if (options_.source_on_demand && citation.source == options_.default_source) {
      Source file;
      file.id = citation.source;
      file.title = options_.default_source_title;
      count(report_.sources, writer_->put(file));
      known_source_ = file.id;
      report_.taken_source = file.id;
      continue;
    }
    if (options_.make_sources) {
      Source made;
      made.id = citation.source;
      input_->describe_source(made);
      count(report_.sources, writer_->put(made));
      if (made.title.empty()) made_sources_.emplace(citation.source, 1);  // one that has a title is said well enough
      continue;
    }
    known = false;
    std::vector<std::string> ids;
    for (const auto& [source, where] : sources_) ids.push_back(source.id);
    const auto near = suggest(citation.source, ids, 1);
    problems().add(place, describe(record),
                  fmt::format("cites the source {}, which is not defined{}", citation.source,
                              near.empty() ? "" : fmt::format("; did you mean {}?", near.front())));
  }
  return known;
}

/// A table of edges alone would replace nodes that an earlier import of the dataset described.
std::string ImportJob::replaces_nodes(const std::string& id) const {
  return fmt::format(
      "the dataset {} describes {} already, and importing it again replaces what it holds; --keep-old keeps that, or give "
      "the table of nodes in the same command, or another --dataset",
      report_.dataset.id, id);
}

/// What is wrong with a made node that nothing gives a type.
std::string ImportJob::without_type(const PlacedNode& placed) {
  if (!writer_->is_fresh() && is_valid_id(placed.node.id) && writer_->find_node(placed.node.id))
    return replaces_nodes(placed.node.id);
  return fmt::format("nothing says what {} is; --node-type TYPE does, for all ends that no table lists",
                     label_of(placed.node.labels, "en", placed.node.id));
}

/// Whether a node can be written, after a problem where not.
bool ImportJob::is_fine(const PlacedNode& placed) {
  if (placed.is_made && placed.node.type.empty()) {
    problems_.add(placed.place, describe(placed.node), without_type(placed));
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

/// Refuses to put the nodes of one file in the place of another's, where only equal names of files make them one dataset.
void ImportJob::refuse_other_nodes() {
  if (!options_.dataset.empty() || !writer_->dataset_was_known()) return;
  std::size_t known = 0, others = 0;
  std::string example;
  for (const PlacedNode& placed : nodes_) {
    if (placed.node.labels.empty()) continue;
    const auto own = writer_->node_of_file_id(placed.node.id);
    const auto stored = own ? writer_->node_labels(*own)
                            : is_valid_id(placed.node.id) ? writer_->node_labels(placed.node.id) : std::nullopt;
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
  problems_.add({std::string(input_->name()), 0, "",
                 fmt::format("the dataset {} came from another file: {}; --dataset ID names this one, --dataset {} "
                             "replaces that one",
                             report_.dataset.id, example, report_.dataset.id),
                 0});
}

/// Into a database that holds other datasets, or this one already: each node finds its equal first.
void ImportJob::merge_nodes() {
  while (const PlacedNode* placed = stage_->next()) {
    node_at_.emplace(fold(placed->node.id), nodes_.size());
    nodes_.push_back(*placed);
  }
  std::unordered_set<std::string> settled;
  stored_id_ = decide_identity(nodes_, *writer_, database_.ontology(), options_, is_foreign_, found_, settled,
                               report_, problems_);
  if (is_foreign_) {
    refuse_other_nodes();
    rename_foreign(nodes_, stored_id_, settled, *writer_, report_.dataset.id);
    for (const auto& [file_id, stored] : stored_id_)
      if (file_id != stored && !settled.contains(file_id)) made_from_names_.insert(stored);
  }
  for (const PlacedNode& placed : nodes_) {
    if (placed.is_made && found_.contains(stored_id_.at(placed.node.id))) {
      ++report_.found_nodes;
      continue;
    }
    if (!is_fine(placed)) continue;
    if (problems_.any()) continue;  // nothing will be kept; only further problems matter now
    const bool loses_labels = placed.is_made && !options_.keep_old && has_other_labels(placed.node);
    const PutOutcome outcome = writer_->put(placed.node, stored_id_.at(placed.node.id));
    if (placed.is_made && outcome == PutOutcome::added) ++report_.made_nodes;
    if (loses_labels && outcome == PutOutcome::changed) problems_.add(placed.place, describe(placed.node), replaces_nodes(placed.node.id));
    count(report_.nodes, outcome);
  }
}

std::vector<std::string> ImportJob::near_node_ids(const std::string& id) const {
  constexpr std::size_t compared = 50000, suggested = 100;  // a suggestion is not worth more
  if (problems_.total() >= suggested || nodes_.size() + stage_->size() > compared) return {};
  std::vector<std::string> ids = writer_->staged_ids();
  for (const PlacedNode& placed : nodes_) ids.push_back(placed.node.id);
  return suggest(id, ids, 1);
}

/// The stored node of an id of the input, or of a known id.
std::optional<KnownNode> ImportJob::known_end(const std::string& id) {
  if (!nodes_.empty()) {
    if (const auto at = node_at_.find(fold(id)); at != node_at_.end()) {
      const Node& node = nodes_[at->second].node;
      if (auto known = writer_->find_node(stored_id_.at(node.id))) return known;
      return KnownNode{0, node.id, database_.ontology().node_type(node.type).value_or(0)};
    }
  }
  if (!made_ids_.empty()) {
    const auto made = is_folded(id) ? made_ids_.find(std::string_view(id)) : made_ids_.find(std::string_view(fold(id)));
    if (made != made_ids_.end()) {
      if (made->second.key == 0)
        if (auto stored = writer_->find_node(made->second.id)) made->second = *std::move(stored);
      return made->second;
    }
  }
  auto known = writer_->find_node(id);
  // An id that was made from a name is none that a file can mean; the name is looked at, and may be of several nodes.
  if (known && !made_from_names_.empty() && made_from_names_.contains(known->id)) return std::nullopt;
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
  if (refused_nodes_.contains(fold(id))) {
    if (options_.skip_bad) problems().add(place, describe(record), fmt::format("\"{}\" names {}, which was left out", field, id));
    return std::nullopt;
  }
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

bool ImportJob::rewrite(std::string& id, std::string_view field, const Place& place, const auto& record,
                        std::int64_t& key, std::string_view* type) {
  if (id.empty()) return true;
  const auto known = end(id, field, place, record);
  if (!known) return false;
  if (id != known->id) {
    id = known->id;
    rewritten_ = true;
  }
  key = known->key;
  if (type != nullptr) *type = database_.ontology().node_types()[known->type].id;
  return true;
}

void ImportJob::edge(Edge& edge, const Place& place, std::optional<std::uint64_t> claim) {
  ++records_;
  rewritten_ = false;
  const Ontology& ontology = database_.ontology();
  std::string_view from_type, to_type, item_type;
  EndKeys keys;
  bool fine = rewrite(edge.from, "from", place, edge, keys.from, &from_type);
  fine = rewrite(edge.to, "to", place, edge, keys.to, &to_type) && fine;
  fine = rewrite(edge.item, "item", place, edge, keys.item, &item_type) && fine;
  fine = rewrite(edge.market, "market", place, edge, keys.market) && fine;
  fine = rewrite(edge.origin, "origin", place, edge, keys.origin) && fine;
  fine = sources_known(edge.sources, place, edge) && fine;
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
  fine = rewrite(observation.item, "item", place, observation, key) && fine;
  fine = rewrite(observation.market, "market", place, observation, key) && fine;
  fine = rewrite(observation.relative_to, "relative_to", place, observation, key) && fine;
  fine = sources_known(observation.sources, place, observation) && fine;
  if (!fine || problems_.any()) return;
  if (auto why = writer_->id_conflict(observation)) {
    problems().add(place, describe(observation), *std::move(why));
    return;
  }
  count(report_.observations, writer_->put(observation));
}

void ImportJob::write_edges() {
  const auto place_of = [&](std::uint64_t number) {
    return Place{files_[number >> line_bits], number & ((std::uint64_t{1} << line_bits) - 1), 0};
  };
  writer_->refuse_repeated_names([&](std::uint64_t place, const std::string& name, const std::string& earlier) {
    problems_.add(place_of(place), "edge " + name,
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
    if (auto why = writer_->id_conflict(edge))
      problems_.add(place_of(place), describe(edge), *std::move(why));
    else
      count(report_.edges, writer_->put(edge));
  });
}

void ImportJob::check_groups() {
  if (problems_.any()) return;
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

/// What to try, for problems that an option mends.
std::string ImportJob::remedies(const std::vector<Problem>& problems) const {
  const auto any = [&](std::string_view text) {
    return std::any_of(problems.begin(), problems.end(),
                       [&](const Problem& p) { return p.message.find(text) != std::string::npos; });
  };
  std::string out;
  if (!options_.foreign_ids) return options_.skip_bad || !any("one node") ? "" : "\n--skip-bad leaves such records out";
  if (any("\"type\" is missing"))
    out += "\n--node-type TYPE and --edge-type TYPE say what nodes and edges are that name no type; --map "
           "COLUMN=type names the column that has it";
  if (any("unknown node type") || any("unknown edge type"))
    out += "\n--map-type THEIRS=OURS says what a type of theirs is here; --map COLUMN=attributes.NAME keeps a column "
           "that holds no types as an attribute";
  if (any("\"sources\" is missing") || any("\"type\" is missing"))
    out += "\n--source ID --source-title TEXT name the source of records that cite none";
  if (!options_.skip_bad)
    out += "\n--skip-bad imports the others, counts and lists what it leaves out (--problems FILE.csv: all of it)";
  return out;
}

void ImportJob::refuse_problems(const RecordInput& input) {
  // What breaks reading, breaks it in both passes.
  auto all = problems_.sorted();
  std::uint64_t total = problems_.total();
  for (const Problem& problem : input.seen_twice().sorted()) {
    if (problems_.knows(problem)) continue;
    ++total;
    if (all.size() < Problems::kept) all.push_back(problem);
  }
  if (total == 0) return;
  const std::string what = fmt::format("{}: {} problem{}; nothing was imported{}", report_.dataset.id, total,
                                       total == 1 ? "" : "s", remedies(all));
  throw IngestError(what, std::move(all), total);
}

void ImportJob::remove_rest() {
  if (!options_.keep_old && !writer_->is_fresh()) {
    const auto removed = writer_->remove_rest();
    report_.nodes.removed = removed[static_cast<std::size_t>(RecordKind::node)];
    report_.edges.removed = removed[static_cast<std::size_t>(RecordKind::edge)];
    report_.observations.removed = removed[static_cast<std::size_t>(RecordKind::observation)];
    if (report_.nodes.removed > 0) refuse_dangling(*writer_);
    report_.sources.removed = writer_->remove_rest_of_sources();
  }
}

void ImportJob::finish() {
  suggest_nodes();
  for (const auto& [id, cited_by] : made_sources_) report_.made_sources.push_back({id, cited_by});
  report_.skipped = skipped_.sorted();
  report_.skipped_total = skipped_.total();
  report_.conflicts = writer_->conflicts();
  std::sort(report_.conflicts.begin(), report_.conflicts.end());
  report_.conflicts.erase(std::unique(report_.conflicts.begin(), report_.conflicts.end()), report_.conflicts.end());
  const auto sum = [&](std::int64_t Counts::*member) {
    return report_.sources.*member + report_.nodes.*member + report_.edges.*member + report_.observations.*member;
  };
  if (options_.dry_run) {
    report_.changed = sum(&Counts::added) + sum(&Counts::changed) + sum(&Counts::removed) > 0;
    return;
  }
  report_.changed = writer_->commit(options_.at, "import", sum(&Counts::added), sum(&Counts::changed),
                                    sum(&Counts::removed), report_.dataset.id);
}

void refuse_dangling(Writer& writer) {
  const auto list = writer.dangling();
  if (list.empty()) return;
  std::string message = fmt::format("{} record{} of other datasets would lose a node they name: ", list.size(),
                                    list.size() == 1 ? "" : "s");
  constexpr std::size_t shown = 5;
  message += fmt::format(
      "{}", fmt::join(list.begin(), list.begin() + static_cast<std::ptrdiff_t>(std::min(shown, list.size())), "; "));
  if (list.size() > shown) message += fmt::format(" and {} more", list.size() - shown);
  throw StoreError(ErrorKind::bad_data, message + "; remove or change those datasets first");
}

}  // namespace chokepoint::detail
