#include "ingest/importing/import_job.hpp"

#include "chokepoint/model/text.hpp"
#include "ingest/identity/slug.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

namespace chokepoint::detail {

namespace {

/// So many of the records that were left out are listed one by one.
constexpr std::size_t most_skipped_kept = 100000;

/// The id of a dataset that only its file names.
std::string dataset_of(const std::string& file) {
  std::filesystem::path path(file);
  if (path.extension() == ".gz") path.replace_extension();
  const std::string stem = path.stem().string();
  if (is_valid_id(stem)) return stem;
  // A name in another script has few letters or none of an id.
  const std::string slug = slug_of(stem);
  const bool says_little = slug.empty() || 3 * slug.size() < stem.size();
  return says_little && !stem.empty() && file != "-" ? made_source_id(path.filename().string()) : slug;
}

}  // namespace

void add_outcome(Counts& counts, PutOutcome outcome) {
  switch (outcome) {
    case PutOutcome::added: ++counts.added; break;
    case PutOutcome::changed: ++counts.changed; break;
    case PutOutcome::unchanged: ++counts.unchanged; break;
    case PutOutcome::united: break;
    case PutOutcome::restored: --counts.changed, ++counts.unchanged; break;
    case PutOutcome::changed_later: ++counts.changed, --counts.unchanged; break;
  }
}

ImportJob::ImportJob(Database& database, const ImportOptions& options, bool keep_names)
    : database_(database), options_(options), keep_names_(keep_names) {
  stage_ = std::make_unique<NodeStage>(problems());
  if (options.skip_bad)
    skipped_.set_listener([this](const Problem& problem) {
      if (report_.all_skipped.size() < most_skipped_kept) report_.all_skipped.push_back(problem);
    });
}

ImportReport ImportJob::run(RecordInput& input, const std::vector<std::string>& hints) {
  const auto begin = [&](std::string_view part) {
    if (options_.phase) options_.phase(part);
  };
  begin("reading nodes");
  input_ = &input;
  sorting_memory_ = sorting_memory(input.bytes());
  stage_->limit_memory(sorting_memory_);
  input.read_nodes(*this);
  is_foreign_ = options_.foreign_ids && !input.ids_are_ours();
  name_dataset(input);
  if (options_.update) require_known_dataset();
  if (options_.keeps_rest()) keep_what_is_said_of_it();
  writer_.emplace(database_, report_.dataset);
  if (options_.tick) writer_->set_tick(options_.tick);
  writer_->limit_memory(sorting_memory_);
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
  const std::uint64_t before_facts = problems_.total();
  input.read_facts(*this);
  facts_are_whole_ = !lost_fact_ && problems_.total() == before_facts;
  if (records_ == 0 && !problems_.any()) problems_.add({input.name(), 0, "", "there is no record in it"});
  report_.remarks = input.remarks();
  begin("writing edges");
  write_edges();
  check_groups();
  refuse_problems(input, hints);
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
  for (const auto& [source, place] : sources_) {
    const auto own = options_.update ? writer_->own_source(source.id) : std::nullopt;
    if (own)
      update_source(*own, source);
    else
      add_outcome(report_.sources, writer_->put(source));
  }
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
      add_outcome(report_.sources, writer_->put(file));
      known_source_ = file.id;
      report_.taken_source = file.id;
      continue;
    }
    if (options_.make_sources) {
      Source made;
      made.id = citation.source;
      input_->describe_source(made);
      add_outcome(report_.sources, writer_->put(made));
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

/// What to try, for problems that an option mends.
std::string ImportJob::remedies(const std::vector<Problem>& problems) const {
  const auto any = [&](std::string_view text) {
    return std::any_of(problems.begin(), problems.end(),
                       [&](const Problem& p) { return p.message.find(text) != std::string::npos; });
  };
  std::string out;
  const bool helps_to_skip = !options_.skip_bad && whole_problems_ == 0 && sound_records_ > 0;
  if (!options_.foreign_ids) return helps_to_skip && any("one node") ? "\n--skip-bad leaves such records out" : "";
  if (any("\"type\" is missing"))
    out +=
        "\n--node-type TYPE and --edge-type TYPE say what nodes and edges are that name no type; --map "
        "COLUMN=type names the column that has it";
  if (any("may not start at a") || any("may not end at a"))
    out +=
        "\n--from-type TYPE and --to-type TYPE say what the ends of edges are that no table lists; --node-type "
        "TYPE,TYPE gives "
        "each the first that its edge allows";
  if (any("unknown node type") || any("unknown edge type"))
    out +=
        "\n--map-type THEIRS=OURS says what a type of theirs is here; --map COLUMN=attributes.NAME keeps a column "
        "that holds no types as an attribute";
  if (any("\"sources\" is missing") || any("\"type\" is missing"))
    out += "\n--source ID --source-title TEXT name the source of records that cite none";
  if (helps_to_skip)
    out += "\n--skip-bad imports the others, counts and lists what it leaves out (--problems FILE.csv: all of it)";
  return out;
}

void ImportJob::refuse_problems(const RecordInput& input, const std::vector<std::string>& hints) {
  // What breaks reading, breaks it in both passes.
  auto all = problems_.sorted();
  std::uint64_t total = problems_.total();
  for (const Problem& problem : input.seen_twice().sorted()) {
    if (problems_.knows(problem)) continue;
    ++total;
    if (all.size() < Problems::kept) all.push_back(problem);
  }
  if (total == 0) return;
  std::string what =
      fmt::format("{}: {} problem{}; nothing was imported", report_.dataset.id, total, total == 1 ? "" : "s");
  for (const std::string& hint : input.hints()) what += "\n" + hint;
  for (const std::string& hint : hints) what += "\n" + hint;
  what += remedies(all);
  throw IngestError(what, std::move(all), total);
}

void ImportJob::remove_rest() {
  if (!options_.keeps_rest() && !writer_->is_fresh()) {
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
  const auto [own, others] = writer.dangling();
  const auto first_of = [](const std::vector<std::string>& list) {
    constexpr std::size_t shown = 5;
    const auto end = list.begin() + static_cast<std::ptrdiff_t>(std::min(shown, list.size()));
    std::string text = fmt::format("{}", fmt::join(list.begin(), end, "; "));
    if (list.size() > shown) text += fmt::format(" and {} more", list.size() - shown);
    return text;
  };
  if (!others.empty())
    throw StoreError(
        ErrorKind::bad_data,
        fmt::format("{} record{} of other datasets would lose a node they name: {}; remove or change those "
                    "datasets first",
                    others.size(), others.size() == 1 ? "" : "s", first_of(others)));
  if (!own.empty())
    throw StoreError(ErrorKind::bad_data,
                     fmt::format("{} record{} of this import name{} a node that only an earlier import of the dataset "
                                 "described: {}; list those nodes as well, or keep them with --keep-old",
                                 own.size(), own.size() == 1 ? "" : "s", own.size() == 1 ? "s" : "", first_of(own)));
}

template bool ImportJob::sources_known(const std::vector<Citation>&, const Place&, const Node&);
template bool ImportJob::sources_known(const std::vector<Citation>&, const Place&, const Edge&);
template bool ImportJob::sources_known(const std::vector<Citation>&, const Place&, const Observation&);

}  // namespace chokepoint::detail
