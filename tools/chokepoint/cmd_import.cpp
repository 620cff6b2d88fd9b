#include "chokepoint/ingest/doubt.hpp"
#include "chokepoint/ingest/eto.hpp"
#include "chokepoint/ingest/import.hpp"
#include "chokepoint/present/import.hpp"
#include "chokepoint/support/error.hpp"
#include "command.hpp"
#include "context.hpp"
#include "make_database.hpp"
#include "options.hpp"
#include "out_file.hpp"
#include "problem_lines.hpp"
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
  std::string dates, decimal, quotes, undirected = "as-is", parallel = "claims", problems;
  bool explain = false;
  EtoOptions eto;
  std::vector<std::string> columns, types, profile_values, splits;
  bool timings = false;
  TableOptions tables;
  ImportOptions options;
};

/// Pairs `A=B`, each given by itself or with commas between them; a comma in a pair that stands alone is the name's.
std::vector<std::string> pairs_in(const std::vector<std::string>& given) {
  std::vector<std::string> pairs;
  for (const std::string& text : given) {
    std::vector<std::string> parts(1);
    for (const char c : text)
      if (c == ',')
        parts.emplace_back();
      else
        parts.back().push_back(c);
    const bool are_pairs = std::all_of(parts.begin(), parts.end(), [](const std::string& part) {
      const auto middle = part.rfind('=');
      return middle != std::string::npos && middle > 0 && middle + 1 < part.size();
    });
    if (are_pairs)
      pairs.insert(pairs.end(), parts.begin(), parts.end());
    else
      pairs.push_back(text);
  }
  return pairs;
}

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
  if (!params.quotes.empty()) tables.quotes = params.quotes == "text" ? Quotes::text : Quotes::csv;
  tables.undirected = params.undirected == "both"     ? Undirected::both
                      : params.undirected == "refuse" ? Undirected::refuse
                                                      : Undirected::as_is;
  tables.parallel = params.parallel == "sum"    ? Parallel::sum
                    : params.parallel == "keep" ? Parallel::keep
                                                : Parallel::claims;
  tables.makes_profile = !params.save_profile.empty();
  for (auto comma = tables.node_type.rfind(','); comma != std::string::npos; comma = tables.node_type.rfind(',')) {
    tables.end_types.insert(tables.end_types.begin(), tables.node_type.substr(comma + 1));
    tables.node_type.resize(comma);
  }
  for (const std::string& column : pairs_in(params.columns))
    tables.columns.insert(require_pair(column, "--map", "COLUMN=FIELD"));
  for (const std::string& column : pairs_in(params.splits))
    tables.splits.insert(require_pair(column, "--split", "COLUMN=MARK"));
  for (const std::string& value : pairs_in(params.profile_values))
    tables.profile_values.insert(require_pair(value, "--profile-value", "NAME=VALUE"));
  for (const std::string& type : pairs_in(params.types))
    tables.types.insert(require_pair(type, "--map-type", "THEIRS=OURS"));
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
  for (const std::string& given : params.profile_values) value("--profile-value", given);
  value("--decimal", params.decimal);
  value("--dates", params.dates);
  value("--quotes", params.quotes);
  value("--comments", params.tables.comments);
  value("--years", params.tables.years);
  for (const std::string& column : params.tables.fill_down) value("--fill-down", column);
  for (const std::string& word : params.tables.empty_words) value("--empty", word);
  for (const std::string& column : params.splits) value("--split", column);
  for (const std::string& table : params.tables.only_tables) value("--table", table);
  value("--node-type", params.tables.node_type);
  value("--edge-type", params.tables.edge_type);
  value("--from-type", params.tables.from_type);
  value("--to-type", params.tables.to_type);
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

/// Behind a refusal: whatever must be said, in one command; empty where no option would do.
std::string all_needs(const Context& context, const ImportParams& params,
                      const std::vector<std::filesystem::path>& inputs, const Ontology& ontology) {
  const auto needs = import_needs(ontology, inputs, params.from, tables_of(params), params.options);
  if (needs.empty()) return {};
  return fmt::format("all that it needs, with values that may be right: {}", command_for(context, params, needs));
}

std::vector<ImportReport> import_or_say_all(const Context& context, const ImportParams& params, Database& database,
                                            const std::vector<std::filesystem::path>& inputs,
                                            const ImportOptions& options) {
  try {
    return import_files(database, inputs, params.from, tables_of(params), options);
  } catch (const DoubtfulValue& error) {
    throw HelpedUsageError(error.what(), all_needs(context, params, inputs, database.ontology()));
  } catch (const IngestError& error) {
    const std::string needs = all_needs(context, params, inputs, database.ontology());
    if (needs.empty()) throw;
    throw IngestError(error.what() + ("\n" + needs), error.problems, error.total);
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
    return context.report(explanation_answer(files, command_for(context, params, missing_options(files))));
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
    return context.report(import_answer({report}, {.dry_run = options.dry_run}));
  }
  options.make_sources = true;
  if (params.from == "chokepoint") options.make_sources = false;
  const std::vector<ImportReport> reports = import_or_say_all(context, params, database, inputs, options);
  forget_interrupt();
  if (!options.dry_run) target.keep(context);
  const ImportStyle style{options.dry_run, !params.problems.empty(), context.named_database().string()};
  for (const ImportReport& report : reports) {
    for (const std::string& remark : import_remarks(report, style)) context.remark(remark);
    if (report.skipped_total > 0) print_problems(report.skipped, report.skipped_total);
  }
  write_problems(params.problems, context.globals().force, reports);
  write_profile(context, params, reports);
  return context.report(import_answer(reports, style));
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
        options.texts("--map", params->columns, "What a column of another program holds; - for nothing",
                      "COLUMN=FIELD");
        options.texts("--map-type", params->types, "What a type of another program is called here", "THEIRS=OURS");
        options.value("--node-type", params->tables.node_type,
                      "Type of nodes whose file names none; of several, ends have the first that their edge allows",
                      "TYPE[,TYPE]");
        options.value("--edge-type", params->tables.edge_type, "Type of edges whose file names none", "TYPE");
        options.value("--from-type", params->tables.from_type, "Type of nodes made of what edges begin at", "TYPE");
        options.value("--to-type", params->tables.to_type, "Type of nodes made of what edges end at", "TYPE");
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
        options.value("--quotes", params->quotes,
                      "What quotes in a table of text are: they enclose fields, or are text like any other",
                      "csv|text");
        options.value("--comments", params->tables.comments,
                      "What lines of a table of text begin with that are no rows; none: all lines are rows", "MARK");
        options.texts("--empty", params->tables.empty_words, "A cell that holds this word alone is empty", "WORD");
        options.texts("--fill-down", params->tables.fill_down, "In this column an empty cell repeats the one above it",
                      "COLUMN");
        options.texts("--table", params->tables.only_tables, "Read only this sheet or table of the files", "NAME");
        options.texts("--split", params->splits,
                      "In this column several values stand in a cell, with this mark between them; none: one does",
                      "COLUMN=MARK");
        options.value("--years", params->tables.years,
                      "What columns called like years hold: an indicator of nodes; share or amount of edges", "WHAT");
        options.value("--encoding", params->tables.encoding,
                      "Of text that is not UTF-8 or UTF-16, such as windows-1252", "NAME");
        options.value("--profile", params->tables.profile, "Read tables by this profile: one of ours, a file, or none",
                      "NAME");
        options.texts("--profile-value", params->profile_values, "What the profile asks for and the file does not say",
                      "NAME=VALUE");
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
