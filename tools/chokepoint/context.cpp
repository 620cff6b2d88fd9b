#include "context.hpp"

#include "chokepoint/model/text.hpp"
#include "chokepoint/support/error.hpp"
#include "elapsed_time_line.hpp"
#include "language.hpp"
#include "out_file.hpp"
#include "print.hpp"
#include "terminal.hpp"
#include "test_hold.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>

namespace chokepoint::cli {

namespace {

/// Room is left for the program's name, the ellipsis and the line end.
constexpr std::size_t longest_message = 1980;

std::string environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? std::string() : std::string(value);
}

Date day_of(const Globals& globals, const Clock& clock) {
  if (globals.as_of.empty()) return clock.today();
  if (const auto day = parse_as_of(globals.as_of)) return *day;
  throw UsageError(fmt::format("--as-of: \"{}\" is no date; write YYYY, YYYY-MM or YYYY-MM-DD", globals.as_of));
}

/// Where the user's caches lie, as the XDG Base Directory Specification has it; relative paths count as unset.
std::filesystem::path cache_home() {
  const std::filesystem::path named = environment("XDG_CACHE_HOME");
  if (named.is_absolute()) return named;
  const std::filesystem::path home = environment("HOME");
  return home.is_absolute() ? home / ".cache" : std::filesystem::path();
}

}  // namespace

Context::Context(Globals globals, const CLI::App& app, const Clock& clock)
    : globals_(std::move(globals)), app_(&app), clock_(&clock) {}

std::filesystem::path Context::named_database() const {
  return globals_.database.empty() ? environment("CHOKEPOINT_DB") : globals_.database;
}

Session& Context::session() {
  if (session_) return *session_;
  const Date day = day_of(globals_, *clock_);
  if (!database_) {
    const auto named = named_database();
    database_ = named.empty() ? Database::open_later(curated_database(), OpenMode::immutable)
                              : Database::open_later(named, OpenMode::read);
    if (keeps_state_) database_->keep_state();
  }
  session_.emplace(*database_, day, globals_.language);
  session_->keep_snapshots(cache_home(), clock_->today());
  // Tests have small graphs.
  if (const char* edges = std::getenv("CHOKEPOINT_TEST_DELTAS_FROM"))
    session_->take_deltas_from(std::strtoull(edges, nullptr, 10));
  return *session_;
}

void Context::without_missing_database() {
  std::error_code failed;
  const auto named = named_database();
  if (!database_ && !named.empty() && !std::filesystem::exists(named, failed))
    database_ = Database::in_memory(Ontology::standard());
}

void Context::ask_again() {
  session_.reset();
  database_.reset();
  keeps_state_ = true;
}

Database& Context::writable() {
  const auto named = named_database();
  if (named.empty())
    throw UsageError(
        "the curated database is read-only; make one of your own with `chokepoint init my.db` and name it with --db "
        "my.db or CHOKEPOINT_DB");
  if (!database_) database_ = Database::open(named, OpenMode::write);
  return *database_;
}

std::string Context::now() {
  const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
  const auto today = std::chrono::floor<std::chrono::days>(now);
  const std::chrono::year_month_day day(today);
  const std::chrono::hh_mm_ss time(now - today);
  return fmt::format("{}-{:02}-{:02}T{:02}:{:02}:{:02}Z", static_cast<int>(day.year()),
                     static_cast<unsigned>(day.month()), static_cast<unsigned>(day.day()), time.hours().count(),
                     time.minutes().count(), time.seconds().count());
}

int Context::ask(std::string_view doing, const std::function<Answer(Session&)>& question) {
  return print([&] {
    const ElapsedTimeLine waiting{std::string(doing), globals_.quiet};
    hold_for_test("work");
    return question(session());
  }());
}

int Context::print(const Answer& answer) {
  Form form = choose_form(globals_);
  const bool to_terminal = prints_to_terminal();
  form.style = {.width = prints() ? terminal_width() : 0, .colour = prints() && wants_colour(globals_.colour)};
  // Tables are escaped cell by cell and may hold our colours; everything else is made safe on its way to a screen.
  const bool is_json = form.format == Format::json || form.format == Format::jsonl;
  const Screen screen = !to_terminal || form.format == Format::table ? Screen::none
                        : is_json                                    ? Screen::json
                                                                     : Screen::text;
  // Whoever reads the answer may take long over it.
  session().database().let_go();
  OutFile file(globals_.output, globals_.force, screen);
  for (const std::string& warning : write_answer(session(), answer, form, file.stream())) remark(warning);
  file.finish_last();
  for (const std::string& text : session().remarks()) remark(text);
  return answer.negative ? 1 : 0;
}

bool Context::prints() const { return globals_.output.empty() || globals_.output == "-"; }

bool Context::prints_to_terminal() const { return prints() && is_terminal(STDOUT_FILENO); }

int Context::report(const Answer& answer) {
  if (globals_.quiet && globals_.format.empty() && globals_.output.empty()) return answer.negative ? 1 : 0;
  if (!is_for_people(globals_)) return print(answer);
  Answer told = answer;
  translate(told);
  return print(told);
}

int Context::print_text(std::string_view text) {
  OutFile file(globals_.output, globals_.force);
  file.stream() << text;
  file.finish_last();
  return 0;
}

void Context::remark(std::string_view text) const {
  if (!globals_.quiet) print_error(text);
}

std::filesystem::path curated_database() {
  const std::filesystem::path named = environment("CHOKEPOINT_DATA");
  if (!named.empty()) return std::filesystem::is_directory(named) ? named / "curated.db" : named;
  std::error_code error;
  const auto program = std::filesystem::read_symlink("/proc/self/exe", error);
  if (error) throw NotFoundError("cannot tell where the program is; name a database with --db or CHOKEPOINT_DATA");
  return program.parent_path().parent_path() / "share" / "chokepoint" / "curated.db";
}

std::string message_line(std::string_view message) {
  std::string line = escape_for_terminal(message);
  if (line.size() > longest_message) {
    line.resize(longest_message);
    // Never half a character.
    while (!is_valid_utf8(line)) line.pop_back();
    line += "…";
  }
  return line;
}

void print_error(std::string_view message) {
  write_message("chokepoint: " + message_line(in_language(message)) + "\n");
}

}  // namespace chokepoint::cli
