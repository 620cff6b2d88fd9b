#include "chokepoint/ingest/import.hpp"

#include "ingest/identity.hpp"
#include "ingest/input_file.hpp"
#include "ingest/problems.hpp"
#include "ingest/record_reader.hpp"
#include "ingest/record_stream.hpp"

#include "chokepoint/model/text.hpp"
#include "chokepoint/store/reader.hpp"
#include "chokepoint/store/writer.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <unordered_map>
#include <unordered_set>

namespace chokepoint {

namespace detail {
/// @throws StoreError naming records of other datasets whose nodes are gone
void refuse_dangling(Writer& writer);
}  // namespace detail

namespace {

using detail::InputFile;
using detail::Place;
using detail::PlacedNode;
using detail::Problems;
using detail::RawRecord;
using detail::RecordReader;
using detail::Section;

/// What the first pass found.
struct Catalogue {
  std::optional<DatasetInfo> dataset;
  std::vector<std::pair<Source, Place>> sources;
  std::vector<PlacedNode> nodes;
  std::unordered_set<std::string> named;  ///< folded ids of nodes, those of refused records too
  std::uint64_t records = 0;
};

/// Unites a node that a dataset defines in several places; ids alone are identity inside a dataset.
void unite_repeated(PlacedNode& first, const Node& again, const Place& place, Problems& problems) {
  Node& node = first.node;
  const auto clash = [&](std::string_view field) {
    problems.add({place.file, place.line, describe(again),
                  fmt::format("defined before ({}:{}) with another {}", first.place.file, first.place.line, field)});
  };
  const auto scalar = [&](std::string& mine, const std::string& theirs, std::string_view field) {
    if (mine.empty()) mine = theirs;
    if (!theirs.empty() && theirs != mine) clash(field);
  };
  if (node.type != again.type) clash("type");
  scalar(node.description, again.description, "description");
  scalar(node.since, again.since, "since");
  scalar(node.until, again.until, "until");
  scalar(node.attributes, again.attributes, "attributes");
  for (const auto& [language, label] : again.labels)
    if (!node.labels.emplace(language, label).second && node.labels[language] != label) clash("label");
  for (const auto& [scheme, code] : again.codes)
    if (!node.codes.emplace(scheme, code).second && node.codes[scheme] != code) clash("code");
  node.aliases.insert(node.aliases.end(), again.aliases.begin(), again.aliases.end());
  std::sort(node.aliases.begin(), node.aliases.end());
  node.aliases.erase(std::unique(node.aliases.begin(), node.aliases.end()), node.aliases.end());
  node.sources.insert(node.sources.end(), again.sources.begin(), again.sources.end());
}

void count(Counts& counts, PutOutcome outcome) {
  switch (outcome) {
    case PutOutcome::added: ++counts.added; break;
    case PutOutcome::changed: ++counts.changed; break;
    case PutOutcome::unchanged: ++counts.unchanged; break;
    case PutOutcome::united: break;
  }
}

/// One import: the two passes and what they share.
class Import {
 public:
  Import(Database& database, const std::vector<std::filesystem::path>& inputs, const ImportOptions& options)
      : database_(database), options_(options), reader_(database.ontology(), problems_, options.default_source) {
    for (const auto& path : detail::expand_inputs(inputs)) files_.emplace_back(path);
    for (const InputFile& file : files_) total_bytes_ += 2 * file.size();
  }
  Import(Database& database, const std::string& name, std::string_view text, const ImportOptions& options)
      : Import(database, {}, options) {
    files_.emplace_back(name, text);
    total_bytes_ = 2 * text.size();
  }

  ImportReport run() {
    const auto first = pass([](Section s) { return s == Section::dataset || s == Section::source || s == Section::node; },
                            [&](RawRecord&& record, const std::string& file) { catalogue_record(record, file); });
    name_dataset();
    Writer writer(database_, report_.dataset);
    writer_ = &writer;
    if (!options_.default_source.empty() && !writer.has_source(options_.default_source) && !defines_source(options_.default_source))
      throw UsageError(fmt::format("--source {}: no such source; `chokepoint sources` lists them", options_.default_source));
    put_sources_and_nodes();
    const auto second = pass([](Section s) { return s == Section::edge || s == Section::observation; },
                             [&](RawRecord&& record, const std::string& file) { put_fact(record, file); });
    if (first != second) throw IoError("the input changed while it was read; nothing was imported");
    if (catalogue_.records + facts_ == 0 && !problems_.any())
      problems_.add({files_.front().name(), 0, "", "there is no record in it"});
    check_groups();
    refuse_problems();
    finish(writer);
    return std::move(report_);
  }

 private:
  template <typename Record>
  std::vector<std::uint64_t> pass(bool (*wanted)(Section), Record&& on_record) {
    std::vector<std::uint64_t> hashes;
    const std::uint64_t before = bytes_done_;
    std::uint64_t done = 0;
    for (InputFile& file : files_) {
      detail::StreamOptions stream;
      stream.wanted = wanted;
      stream.on_record = [&](RawRecord&& record) { on_record(std::move(record), file.name()); };
      if (options_.progress)
        stream.on_bytes = [&](std::uint64_t bytes) { options_.progress(before + done + bytes, total_bytes_); };
      hashes.push_back(detail::stream_records(file, stream, passes_ == 0 ? problems_ : second_pass_));
      done += file.size();
    }
    bytes_done_ = before + done;
    ++passes_;
    return hashes;
  }

  void catalogue_record(const RawRecord& record, const std::string& file) {
    const Place place{file, record.line};
    if (record.section == Section::dataset) {
      const auto info = reader_.dataset(record.value, place);
      if (!info) return;
      if (catalogue_.dataset && !(*catalogue_.dataset == *info))
        problems_.add({file, record.line, "dataset",
                       fmt::format("another file of this dataset calls it {}; one import is one dataset", catalogue_.dataset->id)});
      catalogue_.dataset = info;
      return;
    }
    ++catalogue_.records;
    if (record.section == Section::source) {
      if (auto source = reader_.source(record.value, place)) add_source(*std::move(source), place);
      return;
    }
    if (const Json* id = record.value.find("id"); id != nullptr && id->is_string())
      catalogue_.named.insert(fold(id->as_string()));
    if (auto node = reader_.node(record.value, place)) add_node(*std::move(node), place);
  }

  void add_source(Source source, const Place& place) {
    const auto [at, fresh] = source_at_.emplace(source.id, catalogue_.sources.size());
    if (fresh) {
      catalogue_.sources.emplace_back(std::move(source), place);
      return;
    }
    const auto& [first, where] = catalogue_.sources[at->second];
    if (!(first == source))
      problems_.add({place.file, place.line, "source " + source.id,
                     fmt::format("defined before ({}:{}) with other words", where.file, where.line)});
  }

  void add_node(Node node, const Place& place) {
    const auto [at, fresh] = node_at_.emplace(fold(node.id), catalogue_.nodes.size());
    if (fresh)
      catalogue_.nodes.push_back({std::move(node), place});
    else
      unite_repeated(catalogue_.nodes[at->second], node, place, problems_);
  }

  [[nodiscard]] bool defines_source(const std::string& id) const { return source_at_.contains(id); }

  void name_dataset() {
    if (catalogue_.dataset) {
      report_.dataset = *catalogue_.dataset;
      return;
    }
    std::string id = options_.dataset;
    if (id.empty()) id = std::filesystem::path(files_.front().name()).stem().string();
    if (!is_valid_id(id) || id == "-")
      throw UsageError(fmt::format("{}: the input does not name its dataset; say which with --dataset ID", files_.front().name()));
    report_.dataset.id = std::move(id);
  }

  /// Problems for every cited source that nobody defines.
  bool sources_known(const std::vector<Citation>& citations, const Place& place, const std::string& record) {
    bool known = true;
    for (const Citation& citation : citations) {
      if (defines_source(citation.source) || writer_->has_source(citation.source)) continue;
      known = false;
      std::vector<std::string> ids;
      for (const auto& [source, where] : catalogue_.sources) ids.push_back(source.id);
      const auto near = suggest(citation.source, ids, 1);
      problems_.add({place.file, place.line, record,
                     fmt::format("cites the source {}, which is not defined{}", citation.source,
                                 near.empty() ? "" : fmt::format("; did you mean {}?", near.front()))});
    }
    return known;
  }

  void put_sources_and_nodes() {
    for (const auto& [source, place] : catalogue_.sources) count(report_.sources, writer_->put(source));
    stored_id_ = detail::decide_identity(catalogue_.nodes, *writer_, options_, report_, problems_);
    for (const PlacedNode& placed : catalogue_.nodes) {
      if (!sources_known(placed.node.sources, placed.place, describe(placed.node))) continue;
      if (problems_.any()) continue;  // nothing will be kept; only further problems matter now
      count(report_.nodes, writer_->put(placed.node, stored_id_.at(placed.node.id)));
    }
  }

  /// The stored node behind an id that a record names.
  /// @return nullopt when there is none, after a problem; also without one when its own record was refused
  std::optional<KnownNode> end(const std::string& id, std::string_view field, const Place& place, const std::string& record) {
    const std::string folded = fold(id);
    if (const auto at = node_at_.find(folded); at != node_at_.end()) {
      const Node& node = catalogue_.nodes[at->second].node;
      if (const auto known = writer_->find_node(stored_id_.at(node.id))) return known;
      return KnownNode{0, node.id, *database_.ontology().node_type(node.type)};
    }
    if (catalogue_.named.contains(folded)) return std::nullopt;
    if (const auto known = writer_->find_node(id)) return known;
    constexpr std::size_t compared = 50000;  // a suggestion is not worth more
    std::vector<std::string> near;
    if (problems_.total() < 100 && catalogue_.nodes.size() < compared) {
      std::vector<std::string> ids;
      for (const PlacedNode& placed : catalogue_.nodes) ids.push_back(placed.node.id);
      near = suggest(id, ids, 1);
    }
    problems_.add({place.file, place.line, record,
                   fmt::format("\"{}\" names {}, which is no node{}", field, id,
                               near.empty() ? "" : fmt::format("; did you mean {}?", near.front()))});
    return std::nullopt;
  }

  bool rewrite(std::string& id, std::string_view field, const Place& place, const std::string& record, std::string* type) {
    if (id.empty()) return true;
    const auto known = end(id, field, place, record);
    if (!known) return false;
    id = known->id;
    if (type != nullptr) *type = database_.ontology().node_types()[known->type].id;
    return true;
  }

  void put_fact(const RawRecord& record, const std::string& file) {
    ++facts_;
    const Place place{file, record.line};
    if (record.section == Section::edge) {
      if (auto edge = reader_.edge(record.value, place)) put_edge(*std::move(edge), place);
    } else if (auto observation = reader_.observation(record.value, place)) {
      put_observation(*std::move(observation), place);
    }
  }

  void put_edge(Edge edge, const Place& place) {
    const Ontology& ontology = database_.ontology();
    const std::string name = describe(edge);
    std::string from_type, to_type, item_type;
    bool fine = rewrite(edge.from, "from", place, name, &from_type);
    fine = rewrite(edge.to, "to", place, name, &to_type) && fine;
    fine = rewrite(edge.item, "item", place, name, &item_type) && fine;
    fine = rewrite(edge.market, "market", place, name, nullptr) && fine;
    fine = rewrite(edge.origin, "origin", place, name, nullptr) && fine;
    fine = sources_known(edge.sources, place, name) && fine;
    if (!fine) return;
    const std::uint16_t type_number = *ontology.edge_type(edge.type);
    const EdgeType& type = ontology.edge_types()[type_number];
    const auto refuse = [&](std::string message) { problems_.add({place.file, place.line, name, std::move(message)}); };
    if (auto why = ontology.refuse_ends(type, from_type, to_type, item_type)) return refuse(*std::move(why));
    if (edge.from == edge.to) return refuse("it starts and ends at one node");
    if (type.symmetric && edge.to < edge.from) std::swap(edge.from, edge.to);
    if (problems_.any()) return;
    if (auto why = writer_->id_conflict(edge)) return refuse(*std::move(why));
    count(report_.edges, writer_->put(edge));
    if ((edge.group.empty() && !edge.k) || !type.dependency) return;
    if (edge.group.empty()) return refuse("\"k\" needs a \"group\": it says how many members of the group are needed");
    const bool from_depends = type.dependency->from_depends;
    const auto dependent = writer_->find_node(from_depends ? edge.from : edge.to);
    groups_.emplace(GroupKey{dependent->key, type_number, edge.group}, GroupPlace{place, name, from_depends});
  }

  void put_observation(Observation observation, const Place& place) {
    const std::string name = describe(observation);
    bool fine = rewrite(observation.subject, "subject", place, name, nullptr);
    fine = rewrite(observation.item, "item", place, name, nullptr) && fine;
    fine = rewrite(observation.market, "market", place, name, nullptr) && fine;
    fine = rewrite(observation.relative_to, "relative_to", place, name, nullptr) && fine;
    fine = sources_known(observation.sources, place, name) && fine;
    if (!fine || problems_.any()) return;
    if (auto why = writer_->id_conflict(observation)) {
      problems_.add({place.file, place.line, name, *std::move(why)});
      return;
    }
    count(report_.observations, writer_->put(observation));
  }

  void check_groups() {
    if (problems_.any()) return;
    for (const auto& [key, where] : groups_) {
      const auto state = writer_->group_state(key.type, where.from_depends, key.dependent, key.name);
      const auto refuse = [this, &found = where](std::string message) {
        problems_.add({found.place.file, found.place.line, found.record, std::move(message)});
      };
      if (state.smallest_k != state.largest_k)
        refuse(fmt::format("the edges of the group \"{}\" carry different k ({} and {})", key.name, state.smallest_k,
                           state.largest_k));
      else if (state.largest_k > state.members)
        refuse(fmt::format("the group \"{}\" needs {} members but has {}", key.name, state.largest_k, state.members));
    }
  }

  void refuse_problems() {
    // What breaks reading, breaks it in both passes.
    auto all = problems_.sorted();
    std::uint64_t total = problems_.total();
    for (const Problem& problem : second_pass_.sorted()) {
      const bool told = std::any_of(all.begin(), all.end(), [&](const Problem& p) {
        return p.file == problem.file && p.line == problem.line && p.message == problem.message;
      });
      if (told) continue;
      ++total;
      if (all.size() < Problems::kept) all.push_back(problem);
    }
    if (total == 0) return;
    throw IngestError(fmt::format("{}: {} problem{}; nothing was imported", report_.dataset.id, total, total == 1 ? "" : "s"),
                      std::move(all), total);
  }

  void finish(Writer& writer) {
    if (!options_.keep_old) {
      const auto removed = writer.remove_rest();
      report_.nodes.removed = removed[static_cast<std::size_t>(RecordKind::node)];
      report_.edges.removed = removed[static_cast<std::size_t>(RecordKind::edge)];
      report_.observations.removed = removed[static_cast<std::size_t>(RecordKind::observation)];
      if (report_.nodes.removed > 0) detail::refuse_dangling(writer);
      report_.sources.removed = writer.remove_rest_of_sources();
    }
    report_.conflicts = writer.conflicts();
    std::sort(report_.conflicts.begin(), report_.conflicts.end());
    report_.conflicts.erase(std::unique(report_.conflicts.begin(), report_.conflicts.end()), report_.conflicts.end());
    const auto sum = [&](std::int64_t Counts::*member) {
      return report_.sources.*member + report_.nodes.*member + report_.edges.*member + report_.observations.*member;
    };
    if (options_.dry_run) {
      report_.changed = sum(&Counts::added) + sum(&Counts::changed) + sum(&Counts::removed) > 0;
      return;
    }
    report_.changed = writer.commit(options_.at, "import", sum(&Counts::added), sum(&Counts::changed), sum(&Counts::removed),
                                    report_.dataset.id);
  }

  struct GroupKey {
    std::int64_t dependent;
    std::uint16_t type;
    std::string name;
    auto operator<=>(const GroupKey&) const = default;
  };
  struct GroupPlace {
    Place place;
    std::string record;
    bool from_depends;
  };

  Database& database_;
  const ImportOptions& options_;
  Problems problems_, second_pass_;
  RecordReader reader_;
  std::vector<InputFile> files_;
  std::uint64_t total_bytes_ = 0, bytes_done_ = 0, facts_ = 0;
  int passes_ = 0;
  Catalogue catalogue_;
  std::unordered_map<std::string, std::size_t> source_at_, node_at_;
  std::unordered_map<std::string, std::string> stored_id_;
  std::map<GroupKey, GroupPlace> groups_;
  Writer* writer_ = nullptr;
  ImportReport report_;
};

}  // namespace

namespace detail {

void refuse_dangling(Writer& writer) {
  const auto list = writer.dangling();
  if (list.empty()) return;
  std::string message = fmt::format("{} record{} of other datasets would lose a node they name: ", list.size(),
                                    list.size() == 1 ? "" : "s");
  constexpr std::size_t shown = 5;
  message += fmt::format("{}", fmt::join(list.begin(), list.begin() + static_cast<std::ptrdiff_t>(std::min(shown, list.size())), "; "));
  if (list.size() > shown) message += fmt::format(" and {} more", list.size() - shown);
  throw StoreError(ErrorKind::bad_data, message + "; remove or change those datasets first");
}

}  // namespace detail

ImportReport import_dataset(Database& database, const std::vector<std::filesystem::path>& inputs,
                            const ImportOptions& options) {
  if (inputs.empty()) throw UsageError("import needs a file, a folder or - for standard input");
  return Import(database, inputs, options).run();
}

ImportReport import_text(Database& database, const std::string& name, std::string_view text, const ImportOptions& options) {
  return Import(database, name, text, options).run();
}

ImportReport remove_dataset(Database& database, const std::string& id, const std::string& at) {
  ImportReport report;
  const auto datasets = Reader(database).datasets();
  const auto found = std::find_if(datasets.begin(), datasets.end(), [&](const auto& d) { return d.info.id == id; });
  if (found == datasets.end()) {
    std::vector<std::string> ids;
    for (const auto& dataset : datasets) ids.push_back(dataset.info.id);
    throw NotFoundError(ids.empty() ? fmt::format("no dataset {}; the database is empty", id)
                                    : fmt::format("no dataset {}; there are: {}", id, fmt::join(ids, ", ")),
                        ids);
  }
  report.dataset = found->info;
  Writer writer(database, report.dataset);
  const auto removed = writer.remove_rest();
  report.nodes.removed = removed[static_cast<std::size_t>(RecordKind::node)];
  report.edges.removed = removed[static_cast<std::size_t>(RecordKind::edge)];
  report.observations.removed = removed[static_cast<std::size_t>(RecordKind::observation)];
  if (report.nodes.removed > 0) detail::refuse_dangling(writer);
  report.sources.removed = writer.remove_rest_of_sources();
  writer.remove_dataset();
  report.changed = writer.commit(at, "remove", 0, 0,
                                 report.nodes.removed + report.edges.removed + report.observations.removed + report.sources.removed,
                                 id);
  return report;
}

}  // namespace chokepoint
