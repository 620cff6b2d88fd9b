// The importer against the schemas: what a schema refuses, the importer refuses, and it takes what they accept.
#include "tests/support/bad_records.hpp"

#include "chokepoint/ingest/import.hpp"
#include "chokepoint/store/reader.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>

namespace chokepoint {
namespace {

/// A file that is gone after the test.
class TemporaryFile {
 public:
  TemporaryFile(const std::string& name, const std::string& text)
      : path_(std::filesystem::path(testing::TempDir()) /
              ("chokepoint-bad-" + std::to_string(::getpid()) + "-" + name)) {
    std::ofstream(path_, std::ios::binary) << text;
  }
  ~TemporaryFile() { std::filesystem::remove(path_); }
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

/// The problems of importing a text into an empty database, one a line; empty when it was accepted.
std::string problems_of(const std::string& file_name, const std::string& text) {
  const TemporaryFile file(file_name, text);
  Database database = Database::in_memory(Ontology::standard());
  const auto before = database.info().revision;
  ImportOptions options;
  options.at = "2026-01-01T00:00:00Z";
  try {
    import_dataset(database, {file.path()}, options);
    return {};
  } catch (const IngestError& error) {
    EXPECT_EQ(database.info().revision, before);
    EXPECT_TRUE(Reader(database).sources().empty());
    std::string all;
    for (const Problem& problem : error.problems) all += problem.record + ": " + problem.message + "\n";
    return all;
  }
}

TEST(BadRecords, ImporterTakesTheValidSamples) {
  std::string lines;
  for (const auto& sample : test::valid_samples()) {
    if (sample.schema == "dataset.schema.json") {
      EXPECT_EQ(problems_of("sample.json", sample.text), "");
    }
    if (sample.schema == "record.schema.json") lines += sample.text + "\n";
  }
  EXPECT_EQ(problems_of("sample.jsonl", lines), "");
}

TEST(BadRecords, ImporterRefusesWhatTheDatasetSchemaRefuses) {
  int tried = 0;
  for (const auto& record : test::bad_records()) {
    if (record.schema != "dataset.schema.json") continue;
    ++tried;
    EXPECT_NE(problems_of("bad.json", record.text), "") << record.at << " breaks " << record.keyword;
  }
  EXPECT_GE(tried, 40);
}

TEST(BadRecords, ImporterRefusesLinesThatTheRecordSchemaRefuses) {
  std::string lines;
  for (const auto& sample : test::valid_samples())
    if (sample.schema == "record.schema.json") lines += sample.text + "\n";
  int tried = 0;
  for (const auto& record : test::bad_records()) {
    if (record.schema != "record.schema.json") continue;
    ++tried;
    EXPECT_NE(problems_of("bad.jsonl", lines + record.text + "\n"), "") << record.at << " breaks " << record.keyword;
  }
  EXPECT_GE(tried, 4);
}

TEST(BadRecords, OntologyReaderRefusesWhatItsSchemaRefuses) {
  int tried = 0;
  for (const auto& record : test::bad_records()) {
    if (record.schema != "ontology.schema.json") continue;
    ++tried;
    EXPECT_THROW(Ontology::parse(record.text), SchemaError) << record.at << " breaks " << record.keyword;
  }
  EXPECT_GE(tried, 30);
}

}  // namespace
}  // namespace chokepoint
