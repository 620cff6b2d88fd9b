#include "chokepoint/ingest/doubt.hpp"
#include "chokepoint/ingest/eto.hpp"
#include "chokepoint/ingest/import.hpp"
#include "chokepoint/model/json_reader.hpp"
#include "chokepoint/support/error.hpp"
#include "command.hpp"
#include "context.hpp"
#include "import_answer.hpp"
#include "make_database.hpp"
#include "options.hpp"
#include "out_file.hpp"
#include "progress.hpp"
#include "signals.hpp"
#include "test_hold.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <chrono>
#include <filesystem>
#include <memory>
#include <string>
#include <tuple>
#include <vector>

namespace chokepoint::cli {

namespace {

struct ImportParams {
  std::vector<std::string> files;
  std::vector<std::string> merges;
  bool no_merge = false;
  std::string from;
  std::string ids = "file";
  std::string save_profile;
  std::string dates, decimal, undirected = "as-is", parallel = "claims", problems;
  bool explain = false;
  EtoOptions eto;
  std::vector<std::string> columns, types;
  bool timings = false;
  TableOptions tables;
  ImportOptions options;
};

/// The two sides of `A=B`. @param form  what the option is called and what it takes
std::pair<std::string, std::string> require_pair(const std::string& text, const char* option, const char* form) {
  const auto middle = text.rfind('=');
  if (middle == 0 || middle == std::string::npos || middle + 1 == text.size())
    throw UsageError(fmt::format("{}: \"{}\" is not {}", option, text, form));
  return {text.substr(0, middle), text.substr(middle + 1)};
}

TableOptions tables_of(const ImportParams& params) {
  TableOptions tables = params.tables;
  tables.global_ids = params.ids == "global";
  if (!params.dates.empty())
    tables.dates = params.dates == "month-first" ? DateOrder::month_first : DateOrder::day_first;
  if (!params.decimal.empty()) tables.decimal = params.decimal == "comma" ? ',' : '.';
  tables.undirected = params.undirected == "both"     ? Undirected::both
                      : params.undirected == "refuse" ? Undirected::refuse
                                                      : Undirected::as_is;
  tables.parallel = params.parallel == "sum"    ? Parallel::sum
                    : params.parallel == "keep" ? Parallel::keep
                                                : Parallel::claims;
  tables.makes_profile = !params.save_profile.empty();
  for (const std::string& column : params.columns) tables.columns.insert(require_pair(column, "--map", "COLUMN=FIELD"));
  for (const std::string& type : params.types) tables.types.insert(require_pair(type, "--map-type", "THEIRS=OURS"));
  return tables;
}

/// Refuses options that contradict one another.
void require_one_meaning(const ImportParams& params) {
  if (!params.options.update) return;
  if (params.options.keep_old)
    throw UsageError(
        "--keep-old puts a record that is named again whole in place of the old one, --update changes the "
        "fields that it states; give one of them");
  if (params.parallel == "keep")
    throw UsageError(
        "--parallel keep tells edges apart by their rows, which mean nothing in another file; --update "
        "needs --parallel claims or sum");
}

/// Says how long each part of an import took, as it ends.
class Timings {
 public:
  void begin(const Context& context, std::string_view part) {
    const auto now = std::chrono::steady_clock::now();
    if (!part_.empty())
      context.remark(fmt::format("{}: {:.3f} s", part_, std::chrono::duration<double>(now - since_).count()));
    part_ = part;
    since_ = now;
  }

 private:
  std::string part_;
  std::chrono::steady_clock::time_point since_;
};

/// One line for every source that the file only names.
void tell_of_made_sources(const Context& context, const ImportReport& report) {
  constexpr std::size_t shown = 5;
  for (std::size_t i = 0; i < std::min(shown, report.made_sources.size()); ++i) {
    const auto& [id, cited_by] = report.made_sources[i];
    context.remark(
        fmt::format("the source {}, cited by {} record{}, is defined nowhere; it was made with nothing but its id: "
                    "--source {} --source-title TEXT would define it",
                    id, cited_by, cited_by == 1 ? "" : "s", id));
  }
  if (report.made_sources.size() > shown)
    context.remark(
        fmt::format("and {} more sources; --format json lists them all", report.made_sources.size() - shown));
}

/// Says that importing a dataset again replaces it, and what would not.
void tell_of_removed(const Context& context, const ImportParams& params, const ImportReport& report) {
  std::vector<std::string> gone;
  for (const auto& [counts, one, many] :
       {std::tuple(&report.nodes, "node", "nodes"), std::tuple(&report.edges, "edge", "edges"),
        std::tuple(&report.observations, "figure", "figures")})
    if (counts->removed > 0) gone.push_back(fmt::format("{} {}", counts->removed, counts->removed == 1 ? one : many));
  if (gone.empty()) return;
  context.remark(
      fmt::format("the dataset {} was there, and {} of it that the input lacks {} removed; --keep-old keeps "
                  "what the input lacks, --update changes only what it states",
                  report.dataset.id, fmt::join(gone, " and "), params.options.dry_run ? "would be" : "were"));
}

/// What a reader of foreign files must be told.
void tell_of_report(const Context& context, const ImportParams& params, const ImportReport& report) {
  tell_of_made_sources(context, report);
  if (!report.taken_source.empty())
    context.remark(fmt::format("no --source was given: records that cite none cite the file, as the source {}",
                               report.taken_source));
  if (report.made_nodes > 0)
    context.remark(fmt::format("{} node{} made of the ends of edges, since no table lists them", report.made_nodes,
                               report.made_nodes == 1 ? " was" : "s were"));
  if (report.found_nodes > 0)
    context.remark(fmt::format("{} end{} of edges {} by id or name among the nodes that are known already",
                               report.found_nodes, report.found_nodes == 1 ? "" : "s",
                               report.found_nodes == 1 ? "was found" : "were found"));
  if (report.repeated > 0)
    context.remark(fmt::format(
        "{} row{} an earlier one and {} one with it; if each is a shipment, --parallel sum adds "
        "them up, and --parallel keep keeps each",
        report.repeated, report.repeated == 1 ? " repeats" : "s repeat", report.repeated == 1 ? "is" : "are"));
  for (const std::string& remark : report.remarks) context.remark(remark);
  tell_of_removed(context, params, report);
  if (report.skipped_total == 0) return;
  context.remark(fmt::format("{} record{} wrong and left out{}", report.skipped_total,
                             report.skipped_total == 1 ? " was" : "s were",
                             params.problems.empty() ? "; --problems FILE.csv lists them all" : ""));
  print_problems(report.skipped, report.skipped_total);
}

/// The database that the import goes into; one that does not exist is made, and taken away again where the import is
/// refused.
class Target {
 public:
  explicit Target(Context& context) : named_(context.named_database()) {
    std::error_code failed;
    if (!named_.empty() && !std::filesystem::exists(std::filesystem::symlink_status(named_, failed))) {
      make_database(named_, Ontology::standard(), false);
      is_made_ = true;
    }
    database_ = &context.writable();
  }
  ~Target() {
    std::error_code failed;
    if (is_made_ && !is_kept_) std::filesystem::remove(named_, failed);
  }
  Target(const Target&) = delete;
  Target& operator=(const Target&) = delete;

  [[nodiscard]] Database& database() const { return *database_; }
  void keep(const Context& context) {
    is_kept_ = true;
    if (is_made_) context.remark(fmt::format("{} did not exist and was made", named_.string()));
  }

 private:
  std::filesystem::path named_;
  Database* database_ = nullptr;
  bool is_made_ = false, is_kept_ = false;
};

/// Three questions that fit what came in, below the answer.
void suggest_questions(const Context& context, const std::vector<ImportReport>& reports, Answer& answer) {
  const auto found =
      std::find_if(reports.begin(), reports.end(), [](const ImportReport& r) { return !r.leaned_on.empty(); });
  if (found == reports.end() || !found->changed) return;
  const std::string head = fmt::format("  chokepoint --db {} ", context.named_database().string());
  answer.remarks.emplace_back("Questions to begin with:");
  if (!found->leaning.empty())
    answer.remarks.push_back(head + "depends " + found->leaning + (found->leans_hard ? "" : " --soft"));
  if (found->leans_hard) answer.remarks.push_back(head + "chokepoints " + found->leaning);
  answer.remarks.push_back(head + "whatif --remove " + found->leaned_on);
  if (!found->leans_hard) answer.remarks.push_back(head + "rank --by dependents");
}

/// What was recognised, for the next table of the kind.
void write_profile(const Context& context, const ImportParams& params, const std::vector<ImportReport>& reports) {
  if (params.save_profile.empty()) return;
  const auto made =
      std::find_if(reports.begin(), reports.end(), [](const ImportReport& r) { return !r.profile.empty(); });
  if (made == reports.end())
    return context.remark(
        fmt::format("{} was not written: no table of another program was imported", params.save_profile));
  OutFile out(params.save_profile, context.globals().force);
  out.stream() << made->profile;
  out.finish();
  context.remark(fmt::format("{} was written; --profile {} reads further tables of the kind", params.save_profile,
                             params.save_profile));
}

Answer explanation_answer(const std::vector<FileExplanation>& files) {
  Answer answer{.command = "import-explain", .result = Json::array(), .coverage = Json::object()};
  const auto texts = [](const std::vector<std::string>& lines) {
    Json list = Json::array();
    for (const std::string& line : lines) list.push(line);
    return list;
  };
  for (const FileExplanation& file : files) {
    Json entry = Json::object(), tables = Json::array();
    entry.set("file", file.file);
    entry.set("format", file.format);
    entry.set("why", file.why);
    answer.heading.push_back(fmt::format("{}: {}, because {}", file.file, file.format, file.why));
    for (const FileExplanation::Table& table : file.tables) {
      Json one = Json::object(), columns = Json::array(), records = Json::array();
      Table shown;
      shown.title =
          fmt::format("{}{} as {}", file.file, table.name.empty() ? "" : " [" + table.name + "]", table.holds);
      shown.columns = {{"column", "Column"}, {"field", "Is read as"}, {"reading", "Written as", true}};
      for (const FileExplanation::Column& column : table.columns) {
        Json each = Json::object();
        each.set("name", column.name);
        each.set("field", column.field);
        each.set("reading", column.reading);
        columns.push(std::move(each));
        shown.rows.push_back({column.name, column.field, column.reading});
      }
      for (const std::string& record : table.records) records.push(parse_json(record));
      one.set("name", table.name);
      one.set("holds", table.holds);
      one.set("columns", std::move(columns));
      one.set("records", std::move(records));
      one.set("missing", texts(table.missing));
      tables.push(std::move(one));
      answer.tables.push_back(std::move(shown));
      if (!table.records.empty()) {
        Table first;
        first.title = "The first records as they would be";
        first.columns = {{"record", "Record", true}};
        for (const std::string& record : table.records) first.rows.push_back({record});
        answer.tables.push_back(std::move(first));
      }
      for (const std::string& missing : table.missing) answer.remarks.push_back("Missing: " + missing);
    }
    entry.set("tables", std::move(tables));
    entry.set("remarks", texts(file.remarks));
    answer.remarks.insert(answer.remarks.end(), file.remarks.begin(), file.remarks.end());
    answer.result.push(std::move(entry));
  }
  return answer;
}

/// A word as a shell takes it.
std::string shell_word(const std::string& word) {
  const bool is_plain = !word.empty() && std::all_of(word.begin(), word.end(), [](unsigned char c) {
    return std::isalnum(c) != 0 || c >= 0x80U ||
           std::string_view("-_./=:,+@%").find(static_cast<char>(c)) != std::string_view::npos;
  });
  if (is_plain) return word;
  std::string quoted = "'";
  for (const char c : word) quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return quoted + "'";
}

/// The command as it was given, and what it lacks.
std::string command_for(const Context& context, const ImportParams& params, const std::vector<std::string>& needs) {
  const std::string database = context.named_database().string();
  std::string line = "chokepoint --db " + shell_word(database.empty() ? "my.db" : database) + " import";
  for (const std::string& file : params.files) line += " " + shell_word(file);
  const auto value = [&](const char* option, const std::string& given, const char* usual = "") {
    if (given != usual) line += std::string(" ") + option + " " + shell_word(given);
  };
  const auto flag = [&](const char* option, bool given) { line += given ? std::string(" ") + option : ""; };
  value("--from", params.from);
  value("--encoding", params.tables.encoding);
  value("--profile", params.tables.profile);
  value("--decimal", params.decimal);
  value("--dates", params.dates);
  value("--node-type", params.tables.node_type);
  value("--edge-type", params.tables.edge_type);
  for (const std::string& column : params.columns) value("--map", column);
  for (const std::string& type : params.types) value("--map-type", type);
  value("--undirected", params.undirected, "as-is");
  value("--parallel", params.parallel, "claims");
  value("--ids", params.ids, "file");
  value("--dataset", params.options.dataset);
  value("--source", params.options.default_source);
  value("--source-title", params.options.default_source_title);
  flag("--make-nodes", params.tables.make_nodes);
  flag("--update", params.options.update);
  flag("--keep-old", params.options.keep_old);
  flag("--skip-bad", params.options.skip_bad);
  flag("--no-merge", params.no_merge);
  for (const std::string& need : needs) line += " " + need;
  return line;
}

/// What the tables do not say, by option.
std::vector<std::string> missing_options(const std::vector<FileExplanation>& files) {
  std::vector<std::string> needs;
  for (const std::string option : {"--node-type", "--edge-type"})
    for (const FileExplanation& file : files)
      for (const auto& table : file.tables)
        for (const std::string& missing : table.missing)
          if (missing.find(option) != std::string::npos && (needs.empty() || needs.back() != option + " TYPE"))
            needs.push_back(option + " TYPE");
  return needs;
}

/// Behind the refusal of a doubt: whatever else must be said, in one command.
std::string with_needs(const Context& context, const ImportParams& params,
                       const std::vector<std::filesystem::path>& inputs, const Ontology& ontology,
                       const char* message) {
  const auto needs = import_needs(ontology, inputs, params.from, tables_of(params), params.options);
  if (needs.size() < 2) return message;
  return fmt::format("{}\nall that it needs, with values that may be right: {}", message,
                     command_for(context, params, needs));
}

std::vector<ImportReport> import_or_say_all(const Context& context, const ImportParams& params, Database& database,
                                            const std::vector<std::filesystem::path>& inputs,
                                            const ImportOptions& options) {
  try {
    return import_files(database, inputs, params.from, tables_of(params), options);
  } catch (const DoubtfulValue& error) {
    throw UsageError(with_needs(context, params, inputs, database.ontology(), error.what()));
  } catch (const DoubtfulText& error) {
    throw IngestError(with_needs(context, params, inputs, database.ontology(), error.what()), error.problems,
                      error.total);
  }
}

int run(Context& context, ImportParams& params) {
  ImportOptions options = params.options;
  options.merge = !params.no_merge;
  for (const std::string& merge : params.merges)
    options.merges.push_back(require_pair(merge, "--merge", "INCOMING=STORED"));
  options.at = Context::now();
  require_one_meaning(params);
  if (!params.problems.empty()) check_output(params.problems, context.globals().force);
  if (!params.save_profile.empty()) check_output(params.save_profile, context.globals().force);
  const std::vector<std::filesystem::path> inputs(params.files.begin(), params.files.end());
  if (params.explain) {
    context.without_missing_database();
    const Ontology& ontology = context.named_database().empty() ? Ontology::standard() : context.session().ontology();
    const auto files = explain_files(ontology, inputs, params.from, tables_of(params), options);
    Answer answer = explanation_answer(files);
    answer.remarks.push_back("The import itself: " + command_for(context, params, missing_options(files)));
    return context.print(answer);
  }
  Target target(context);
  Database& database = target.database();
  const HoldInterrupts hold;
  Progress progress("importing", context.globals().quiet);
  options.progress = [&](std::uint64_t done, std::uint64_t total) {
    hold_for_test("import");
    throw_if_interrupted();
    progress.update(done, total);
  };
  options.tick = [] { throw_if_interrupted(); };
  Timings timings;
  if (params.timings) options.phase = [&](std::string_view part) { timings.begin(context, part); };
  const bool is_eto_told = params.from == "eto";
  if (is_eto_told) {
    if (inputs.size() != 1) throw UsageError("--from eto takes the one folder that holds the five tables");
    std::vector<std::string> quirks;
    const ImportReport report = import_eto(database, inputs.front(), params.eto, options, quirks);
    forget_interrupt();
    target.keep(context);
    for (const std::string& quirk : quirks) context.remark(quirk);
    return context.report(import_answer("import", report, options.dry_run));
  }
  options.make_sources = true;
  if (params.from == "chokepoint") options.make_sources = false;
  const std::vector<ImportReport> reports = import_or_say_all(context, params, database, inputs, options);
  forget_interrupt();
  if (!options.dry_run) target.keep(context);
  for (const ImportReport& report : reports) tell_of_report(context, params, report);
  write_problems(params.problems, context.globals().force, reports);
  write_profile(context, params, reports);
  Answer answer = import_answer(reports, options.dry_run);
  suggest_questions(context, reports, answer);
  return context.report(answer);
}

}  // namespace

Command import_command() {
  return {
      "import",
      data_group,
      "Take files of any mixture of formats in, whole or not at all.",
      {{"--db my.db import race.json", "datasets, as `export --to json -o race.json` writes them"},
       {"--db my.db import suppliers.csv --explain", "how a file of another program would be read"},
       {"--db my.db import race.json --dry-run", "only say what would change"}},
      [](Options& options) -> Run {
        auto params = std::make_shared<ImportParams>();
        options.arguments("FILE", params->files, "Files or folders in any mixture of formats; - reads standard input");
        options.flag("--dry-run", params->options.dry_run, "Check and report, change nothing");
        options.flag("--no-merge", params->no_merge, "Keep nodes apart that share a label or alias");
        options.list("--merge", params->merges, "Store the incoming node A as the node B", "A=B");
        options.flag("--keep-old", params->options.keep_old, "Keep records of the dataset that the input lacks");
        options.flag("--update", params->options.update,
                     "Change what the input states of records that the dataset has, add new ones, remove nothing");
        options.value("--dataset", params->options.dataset, "Id of the dataset where the input names none", "ID");
        std::string names;
        for (const ImportFormat& format : import_formats()) names += (names.empty() ? "" : "|") + format.name;
        options.value("--from", params->from, "What all files are, where that is not to be recognised", names.c_str());
        options.flag("--explain", params->explain, "Show what would be made of the files, and change nothing");
        options.list("--map", params->columns, "What a column of another program holds; - for nothing", "COLUMN=FIELD");
        options.list("--map-type", params->types, "What a type of another program is called here", "THEIRS=OURS");
        options.value("--node-type", params->tables.node_type, "Type of nodes whose file names none", "TYPE");
        options.value("--edge-type", params->tables.edge_type, "Type of edges whose file names none", "TYPE");
        options.flag("--make-nodes", params->tables.make_nodes,
                     "Make nodes of ends that no table lists, beside a table of nodes, too");
        options.value("--ids", params->ids,
                      "Whether ids of other programs are the file's own (default) or mean the same everywhere",
                      "file|global");
        options.value("--undirected", params->undirected, "What becomes of edges without direction",
                      "as-is|both|refuse");
        options.value("--parallel", params->parallel,
                      "What rows of one relation are: rival claims (default), amounts to add up, or facts of their own",
                      "claims|sum|keep");
        options.value("--dates", params->dates, "How dates such as 03/04/2023 are read", "day-first|month-first");
        options.value("--decimal", params->decimal, "How a number such as 1,234 is read", "point|comma");
        options.value("--encoding", params->tables.encoding,
                      "Of text that is not UTF-8 or UTF-16, such as windows-1252", "NAME");
        options.value("--profile", params->tables.profile, "Read tables by this profile: one of ours, a file, or none",
                      "NAME");
        options.value("--save-profile", params->save_profile,
                      "Write what was recognised of the table and said by --map and others as a profile", "FILE.json");
        options.flag("--skip-bad", params->options.skip_bad, "Leave records out that are wrong; count and list them");
        options.value("--problems", params->problems, "With --skip-bad: list all that was left out", "FILE.csv");
        options.flag("--lenient", params->eto.lenient, "With --from eto: skip rows that name unknown ids");
        options.flag("--timings", params->timings, "Say on standard error how long each part took");
        options.value("--source", params->options.default_source, "Source of records that cite none", "ID");
        options.value("--source-title", params->options.default_source_title,
                      "Makes the source of --source, with this title, where there is none", "TEXT");
        return [params](Context& context) { return run(context, *params); };
      }};
}

}  // namespace chokepoint::cli
