#pragma once

#include "chokepoint/model/date.hpp"
#include "chokepoint/present/answer.hpp"
#include "chokepoint/query/session.hpp"
#include "chokepoint/store/database.hpp"
#include "chokepoint/support/error.hpp"
#include "globals.hpp"

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace CLI {
class App;
}

namespace chokepoint::cli {

/// What a running command works with: the global options, the database (opened at first use), the output.
class Context {
 public:
  /// @param app  the whole command line, for `completion`
  Context(Globals globals, const CLI::App& app, const Clock& clock);

  [[nodiscard]] const Globals& globals() const { return globals_; }
  [[nodiscard]] const CLI::App& app() const { return *app_; }

  /// The database for reading: --db, else CHOKEPOINT_DB, else the curated one.
  /// @throws UsageError for a bad --as-of; NotFoundError, StoreError
  Session& session();
  /// Lets a question that needs no facts be asked where the named database does not exist: of an empty one in memory.
  void without_missing_database();
  /// Begins anew with the database as it is now, which is held as it is until the command ends.
  void ask_again();
  /// The database for writing. @throws UsageError with a hint when none was named
  Database& writable();
  /// The file that --db or CHOKEPOINT_DB names; empty when neither does.
  [[nodiscard]] std::filesystem::path named_database() const;
  /// UTC time, ISO 8601 with seconds, for revisions.
  [[nodiscard]] static std::string now();

  /// Whether the output is standard output, and whether that is a terminal.
  [[nodiscard]] bool prints() const;
  [[nodiscard]] bool prints_to_terminal() const;

  /// Works out an answer and prints it; where that takes long, a terminal is told so. @param doing  `ranking`
  int ask(std::string_view doing, const std::function<Answer(Session&)>& question);
  /// Prints an answer in the format asked for. @return 1 when it is negative, else 0
  int print(const Answer& answer);
  /// Prints what a writing command did; nothing with --quiet, unless a format or an output was asked for.
  int report(const Answer& answer);
  /// Prints text of the program's own making as it is.
  int print_text(std::string_view text);
  /// A remark on stderr, unless --quiet; escaped.
  void remark(std::string_view text) const;

 private:
  Globals globals_;
  const CLI::App* app_;
  const Clock* clock_;
  bool keeps_state_ = false;
  std::optional<Database> database_;
  std::optional<Session> session_;
};

/// The curated database beside the program, or where CHOKEPOINT_DATA says (a folder or the file).
std::filesystem::path curated_database();

/// Text for one line of stderr: escaped for terminals, at most 2,000 bytes, `…` where it was cut.
std::string message_line(std::string_view message);

/// A usage error with a second line on stderr that says what helps.
class HelpedUsageError : public UsageError {
 public:
  HelpedUsageError(const std::string& message, std::string line) : UsageError(message), help(std::move(line)) {}
  std::string help;
};

/// One line on stderr: `chokepoint: message`, escaped for terminals and at most 2,000 bytes.
void print_error(std::string_view message);

}  // namespace chokepoint::cli
