#include "problem_lines.hpp"

#include "chokepoint/export/render.hpp"
#include "chokepoint/present/import.hpp"
#include "context.hpp"
#include "language.hpp"
#include "out_file.hpp"
#include "terminal.hpp"

#include <fmt/format.h>

#include <string>
#include <vector>

namespace chokepoint::cli {

void print_problems(const IngestError& error) { print_problems(error.problems, error.total); }

void print_problems(const std::vector<Problem>& problems, std::uint64_t total) {
  std::string text;
  std::uint64_t told = 0;
  for (const Problem& problem : problems) {
    std::string line = problem.file;
    if (problem.line > 0) line += fmt::format(":{}", problem.line);
    line += ": ";
    if (!problem.record.empty()) line += in_language(problem.record) + ": ";
    text += message_line(line + in_language(problem.message)) + "\n";
    if (problem.alike > 0) text += in_language(fmt::format("… and {} more like this one", problem.alike)) + "\n";
    told += 1 + problem.alike;
  }
  if (total > told) text += in_language(fmt::format("… and {} more", total - told)) + "\n";
  write_message(text);
}

void write_problems(const std::string& file, bool force, const std::vector<ImportReport>& reports) {
  if (file.empty()) return;
  OutFile out(file, force);
  write_csv(skipped_table(reports), ',', true, out.stream());
  out.finish();
}

}  // namespace chokepoint::cli
