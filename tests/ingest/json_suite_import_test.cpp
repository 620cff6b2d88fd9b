// The JSON test suite inside a dataset, where a value of any kind is allowed: as an attribute.
#include "chokepoint/ingest/import.hpp"
#include "tests/support/support.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

namespace chokepoint {
namespace {

class JsonSuiteImport : public testing::Test {
 protected:
  void SetUp() override {
    if (!std::filesystem::is_directory(folder()))
      GTEST_SKIP() << "the JSON test suite does not lie in " << test::shared_dir();
  }
  void TearDown() override { std::filesystem::remove(path_); }

  static std::filesystem::path folder() { return test::shared_dir() / "json_test_suite/test_parsing"; }

  static std::vector<std::filesystem::path> files(const std::string& prefix) {
    std::vector<std::filesystem::path> found;
    for (const auto& entry : std::filesystem::directory_iterator(folder()))
      if (entry.path().filename().string().starts_with(prefix)) found.push_back(entry.path());
    std::sort(found.begin(), found.end());
    return found;
  }

  /// Whether a dataset is taken whose node has the file's text as an attribute.
  bool accepts(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    const std::string value{std::istreambuf_iterator<char>(in), {}};
    std::ofstream(path_, std::ios::binary)
        << R"({"dataset":{"id":"d"},"sources":[{"id":"s"}],"nodes":[{"id":"n","type":"firm","attributes":{"x":)"
        << value << R"(},"sources":[{"source":"s"}]}]})";
    ImportOptions options;
    options.dry_run = true;
    try {
      import_dataset(database_, {path_}, options);
      return true;
    } catch (const IngestError& error) {
      EXPECT_FALSE(error.problems.empty());
      return false;
    }
  }

  Database database_ = Database::in_memory(Ontology::standard());
  std::filesystem::path path_ =
      std::filesystem::path(testing::TempDir()) /
      ("chokepoint-json-suite-" + std::to_string(::getpid()) + ".json");  // tests run side by side
};

TEST_F(JsonSuiteImport, RefusesEveryMalformedValue) {
  for (const auto& file : files("n_")) EXPECT_FALSE(accepts(file)) << file.filename();
}

TEST_F(JsonSuiteImport, AcceptsEveryWellFormedValueButDuplicateKeys) {
  for (const auto& file : files("y_"))
    EXPECT_EQ(accepts(file), !file.filename().string().starts_with("y_object_duplicated_key")) << file.filename();
}

TEST_F(JsonSuiteImport, SurvivesWhatTheStandardLeavesOpen) {
  for (const auto& file : files("i_")) accepts(file);
}

}  // namespace
}  // namespace chokepoint
