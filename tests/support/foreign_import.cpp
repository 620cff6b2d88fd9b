#include "tests/support/foreign_import.hpp"

#include "chokepoint/store/reader.hpp"
#include "chokepoint/support/error.hpp"
#include "tests/support/database_dump.hpp"

namespace chokepoint::test {

ForeignImport::ForeignImport() {
  options_.at = "2026-01-01T00:00:00Z";
  options_.make_sources = true;
}

ImportReport ForeignImport::take(const std::string& name, std::string_view text) {
  return take(std::vector<std::filesystem::path>{folder_.write(name, text)});
}

ImportReport ForeignImport::take(const std::vector<std::filesystem::path>& files) {
  return import_files(database_, files, "", tables_, options_).front();
}

std::string ForeignImport::refusal(const std::string& name, std::string_view text) {
  try {
    take(name, text);
  } catch (const IngestError& error) {
    std::string all = error.what();
    for (const Problem& problem : error.problems) all += "\n" + problem.record + ": " + problem.message;
    return all;
  } catch (const Error& error) {
    return error.what();
  }
  return "accepted";
}

std::vector<Edge> ForeignImport::edges() const {
  std::vector<Edge> all;
  Reader(database_).for_each_edge("", [&](const Edge& edge) { all.push_back(edge); });
  return all;
}

Edge ForeignImport::only_edge() const {
  const auto all = edges();
  EXPECT_EQ(all.size(), 1U);
  return all.empty() ? Edge() : all.front();
}

std::string ForeignImport::dump() { return records_of(database_); }

std::string ForeignImport::joined(const std::vector<std::string>& lines) {
  std::string all;
  for (const std::string& line : lines) all += line + "\n";
  return all;
}

}  // namespace chokepoint::test
