#include "chokepoint/model/date.hpp"
#include "chokepoint/model/text.hpp"
#include "chokepoint/store/reader.hpp"
#include "ingest/checking/record_update.hpp"
#include "ingest/importing/import_job.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace chokepoint::detail {

namespace {

/// Counts a record that an update found.
template <typename Record>
void count_update(Counts& counts, const UpdatedRecord<Record>& update) {
  ++(update.fields.empty() ? counts.unchanged : counts.changed);
  for (const std::string& field : update.fields) ++counts.fields[field];
}

/// What is wrong with the days of a record once an update has changed some of them; empty where nothing is.
template <typename Record>
std::string wrong_days(const Record& record) {
  if (record.since.empty() || record.until.empty() || parse_validity(record.since, record.until)) return {};
  return fmt::format("it would begin on {} and end on {}", record.since, record.until);
}

/// What the file calls a node that is stored under another id.
std::string id_in_file(const Node& node, const std::string& dataset) {
  const auto code = node.codes.find(dataset);
  return code == node.codes.end() ? node.id : code->second;
}

}  // namespace

/// An update names what it changes; a dataset that is not there is a slip of the pen.
void ImportJob::require_known_dataset() const {
  std::vector<std::string> ids;
  for (const DatasetInfo& dataset : Reader(database_).dataset_infos()) ids.push_back(dataset.id);
  if (std::find(ids.begin(), ids.end(), report_.dataset.id) != ids.end()) return;
  const auto near = suggest(report_.dataset.id, ids, 1);
  throw UsageError(fmt::format("--update: there is no dataset {}; --dataset ID says which one is changed: {}",
                               report_.dataset.id,
                               ids.empty()     ? std::string("the database is empty, import without --update first")
                               : !near.empty() ? near.front()
                                               : fmt::format("{}", fmt::join(ids, ", "))));
}

/// The title, version and licence of a known dataset stay where the input says nothing of them.
void ImportJob::keep_what_is_said_of_it() {
  for (const DatasetInfo& dataset : Reader(database_).dataset_infos()) {
    if (dataset.id != report_.dataset.id) continue;
    const auto keep = [](std::string& given, const std::string& stored) {
      if (given.empty()) given = stored;
    };
    keep(report_.dataset.title, dataset.title);
    keep(report_.dataset.version, dataset.version);
    keep(report_.dataset.license, dataset.license);
  }
}

/// Nodes that state no type are of the one that the command names, should they be new.
void ImportJob::take_default_types() {
  for (PlacedNode& placed : nodes_) {
    if (placed.is_made || !placed.node.type.empty()) continue;
    typed_by_default_.insert(placed.node.id);
    placed.node.type = options_.node_type;
  }
}

void ImportJob::update_node(const PlacedNode& placed) {
  const std::string stored_id = stored_id_.at(placed.node.id);
  const auto own = writer_->own_node(stored_id);
  if (!own) return put_node(placed);
  Node stated = placed.node;
  const std::string file_id = id_in_file(stated, report_.dataset.id);
  const auto refuse = [&](std::string message) { refuse_whole(placed.place, describe(stated), std::move(message)); };
  if (!stated.type.empty() && stated.type != own->type && !placed.is_made && !typed_by_default_.contains(file_id))
    return refuse(
        fmt::format("it is a {} in the dataset {} and a {} here; an update changes no types, importing the whole "
                    "dataset anew does",
                    own->type, report_.dataset.id, stated.type));
  // What only says which node is meant changes nothing.
  stated.codes.erase(report_.dataset.id);
  std::erase_if(stated.labels, [&](const auto& label) { return fold(label.second) == fold(file_id); });
  const auto update = updated(*own, stated, options_.default_source);
  if (auto wrong = wrong_days(update.record); !wrong.empty()) return refuse(std::move(wrong));
  if (!update.fields.empty() && !sources_known(update.record.sources, placed.place, placed.node)) return;
  count_update(report_.nodes, update);
  if (!update.fields.empty() && !problems_.any()) static_cast<void>(writer_->put(update.record, stored_id));
}

/// The one stored record that a stated one changes; nullopt where it is new.
/// @param fine  false after a problem: several fit, or an earlier row of the update changed it already
template <typename Record>
std::optional<OwnRecord<Record>> ImportJob::one_that_fits(const std::vector<OwnRecord<Record>>& own,
                                                          const Record& stated, const Place& place, bool& fine) {
  const auto& updated_keys = std::is_same_v<Record, Edge> ? updated_edges_ : updated_figures_;
  std::vector<const OwnRecord<Record>*> fitting, exact;
  for (const OwnRecord<Record>& each : own) {
    if (each.was_put && !updated_keys.contains(each.key)) continue;  // a new one, of this update
    const Fit fit = stated.id.empty() ? fit_of(each.record, stated) : Fit::exact;
    if (fit != Fit::none) fitting.push_back(&each);
    if (fit == Fit::exact) exact.push_back(&each);
  }
  if (fitting.empty()) return std::nullopt;
  const auto refuse = [&](std::string message) {
    problems().add(place, describe(stated), std::move(message));
    fine = false;
  };
  if (fitting.size() > 1 && exact.size() != 1) {
    refuse(
        fmt::format("{} of this kind are in the dataset {}, and nothing says which one it changes; state what tells "
                    "them apart (item, market, origin, unit, as_of, days, role), or an id",
                    fitting.size(), report_.dataset.id));
    return std::nullopt;
  }
  const OwnRecord<Record>& found = fitting.size() == 1 ? *fitting.front() : *exact.front();
  if (found.was_put) refuse("another row of this update changes the same one already");
  return found;
}

namespace {

/// Whether nothing but what every record has is in the way of a new one.
template <typename Record>
std::string what_new_one_lacks(const Record& record) {
  return record.sources.empty() ? "it is new, and cites no source: \"sources\", or --source ID" : "";
}

}  // namespace

/// What cites nothing itself cites what the command names.
void ImportJob::cite_default(std::vector<Citation>& citations) const {
  if (citations.empty() && !options_.default_source.empty()) citations.push_back({options_.default_source});
}

void ImportJob::update_source(const Source& own, const Source& stated) {
  const auto update = updated(own, stated);
  count_update(report_.sources, update);
  static_cast<void>(writer_->put(update.record));
}

template <typename Record>
std::vector<OwnRecord<Record>> ImportJob::own_facts(const Record& like) {
  if constexpr (std::is_same_v<Record, Edge>)
    return writer_->own_edges(like);
  else
    return writer_->own_figures(like);
}

template <typename Record>
void ImportJob::update_fact(Record stated, const Place& place) {
  constexpr bool is_edge = std::is_same_v<Record, Edge>;
  cite_default(stated.sources);
  bool fine = true;
  const auto found = one_that_fits(own_facts(stated), stated, place, fine);
  if (!fine) return;
  const auto refuse = [&](std::string message) { problems().add(place, describe(stated), std::move(message)); };
  if (!found) {
    if (auto lacks = what_new_one_lacks(stated); !lacks.empty()) return refuse(std::move(lacks));
    settle_words(stated);
    if (sources_known(stated.sources, place, stated)) put_fact(stated, place);
    return;
  }
  const auto update = updated(found->record, stated, options_.default_source);
  const Record& fact = update.record;
  if (auto wrong = wrong_days(fact); !wrong.empty()) return refuse(std::move(wrong));
  if (!update.fields.empty() && !sources_known(fact.sources, place, stated)) return;
  if (is_edge && problems_.any()) return;
  if (auto why = writer_->id_conflict(fact)) return refuse(*std::move(why));
  count_update(is_edge ? report_.edges : report_.observations, update);
  if (!update.fields.empty()) is_edge ? writer_->retract_edge(found->key) : writer_->retract_figure(found->key);
  static_cast<void>(writer_->put(fact));
  for (const auto& own : own_facts(fact))
    if (own.was_put && record_id(own.record) == record_id(fact))
      (is_edge ? updated_edges_ : updated_figures_).insert(own.key);
}

void ImportJob::update_edge(Edge stated, const Place& place) {
  if (stated.id == hash_text(claim_hash(stated))) stated.id.clear();  // it was given none
  update_fact(std::move(stated), place);
}

void ImportJob::update_figure(Observation&& stated, const Place& place) { update_fact(std::move(stated), place); }

}  // namespace chokepoint::detail
