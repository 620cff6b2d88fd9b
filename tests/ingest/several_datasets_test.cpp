// Several datasets in one import stay several, in one transaction.
#include "chokepoint/export/dataset_writer.hpp"
#include "chokepoint/ingest/import.hpp"
#include "chokepoint/present/export_dataset.hpp"
#include "chokepoint/store/reader.hpp"
#include "chokepoint/support/error.hpp"
#include "tests/support/database_dump.hpp"
#include "tests/support/scratch_folder.hpp"

#include <SQLiteCpp/SQLiteCpp.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>
#include <string>

namespace chokepoint {
namespace {

using testing::HasSubstr;

constexpr std::string_view first = R"({"dataset":{"id":"one","title":"First"},"sources":[{"id":"s","title":"S"}],
"nodes":[{"id":"a","type":"firm","labels":{"en":"A"},"sources":[{"source":"s"}]},{"id":"b","type":"firm","sources":[{"source":"s"}]}],
"edges":[{"type":"owns","from":"a","to":"b","sources":[{"source":"s"}]}]})";
/// Names a node and a source of the first one, and holds one node as well as it.
constexpr std::string_view second = R"({"dataset":{"id":"another","title":"Second"},"sources":[{"id":"t","title":"T"}],
"nodes":[{"id":"b","type":"firm","labels":{"en":"B"},"sources":[{"source":"t"}]},{"id":"c","type":"firm","sources":[{"source":"s"}]}],
"edges":[{"type":"owns","from":"c","to":"a","sources":[{"source":"t"}]}],
"observations":[{"subject":"a","indicator":"revenue","value":7,"sources":[{"source":"t"}]}]})";

class SeveralDatasets : public testing::Test {
 protected:
  static ImportOptions options() {
    ImportOptions options;
    options.at = "2026-01-01T00:00:00Z";
    return options;
  }
  std::vector<ImportReport> take(std::vector<std::filesystem::path> files) {
    return import_datasets(database_, files, options());
  }
  std::string exported(Database& database, DatasetForm form, const std::string& dataset = {}) {
    std::ostringstream out;
    Session session(database, Date{}, "en");
    write_dataset(session, dataset, form, out);
    return out.str();
  }
  std::string ids() {
    std::string text;
    for (const auto& dataset : Reader(database_).datasets())
      text += dataset.info.id + " " + dataset.info.title + " " + std::to_string(dataset.nodes) + " " +
              std::to_string(dataset.edges) + "\n";
    return text;
  }

  test::ScratchFolder folder_;
  Database database_ = Database::in_memory(Ontology::standard());
};

TEST_F(SeveralDatasets, EachFileThatNamesItsDatasetBecomesIt) {
  const auto reports = take({folder_.write("1.json", first), folder_.write("2.json", second)});
  ASSERT_EQ(reports.size(), 2U);
  EXPECT_EQ(reports[0].dataset.id, "one");
  EXPECT_EQ(reports[1].dataset.id, "another");
  EXPECT_EQ(ids(), "another Second 2 1\none First 2 1\n");
  Database apart = Database::in_memory(Ontology::standard());
  import_dataset(apart, {folder_ / "1.json"}, options());
  import_dataset(apart, {folder_ / "2.json"}, options());
  EXPECT_EQ(test::records_of(database_), test::records_of(apart));
  EXPECT_EQ(test::records_of(database_, "another"), test::records_of(apart, "another"));
}

TEST_F(SeveralDatasets, ImportedAgainChangeNothing) {
  take({folder_.write("1.json", first), folder_.write("2.json", second)});
  const std::string before = test::rows_of(database_);
  for (const ImportReport& report : take({folder_ / "1.json", folder_ / "2.json"})) EXPECT_FALSE(report.changed);
  EXPECT_EQ(test::rows_of(database_), before);
}

TEST_F(SeveralDatasets, AreRefusedTogether) {
  const std::string before = test::rows_of(database_);
  std::string bad(second);
  bad.replace(bad.find("\"to\":\"a\""), 8, "\"to\":\"x\"");
  EXPECT_THROW(take({folder_.write("1.json", first), folder_.write("2.json", bad)}), IngestError);
  EXPECT_EQ(test::rows_of(database_), before);
}

TEST_F(SeveralDatasets, StayAwayInADryRun) {
  const std::string before = test::rows_of(database_);
  ImportOptions dry = options();
  dry.dry_run = true;
  const auto reports =
      import_datasets(database_, {folder_.write("1.json", first), folder_.write("2.json", second)}, dry);
  EXPECT_EQ(reports.at(1).nodes.added, 2);
  EXPECT_EQ(test::rows_of(database_), before);
}

TEST_F(SeveralDatasets, ComeBackOutOfAnExportOfTheWholeDatabase) {
  take({folder_.write("1.json", first), folder_.write("2.json", second)});
  for (const DatasetForm form : {DatasetForm::document, DatasetForm::lines}) {
    const bool lines = form == DatasetForm::lines;
    const std::string text = exported(database_, form);
    Database again = Database::in_memory(Ontology::standard());
    EXPECT_EQ(import_datasets(again, {folder_.write(lines ? "all.jsonl" : "all.json", text)}, options()).size(), 2U);
    EXPECT_EQ(exported(again, form), text);
    for (const char* id : {"one", "another", ""})
      EXPECT_EQ(test::records_of(again, id), test::records_of(database_, id)) << id;
  }
}

TEST_F(SeveralDatasets, TakeAFileWithoutANameIntoTheOneBesideIt) {
  std::filesystem::create_directories(folder_ / "x");
  std::filesystem::create_directories(folder_ / "y");
  const auto more = folder_.write("x/more.json", R"({"nodes":[{"id":"z","type":"firm","sources":[{"source":"s"}]}]})");
  take({more, folder_.write("x/1.json", first), folder_.write("y/2.json", second)});
  EXPECT_EQ(ids(), "another Second 2 1\none First 3 1\n");
}

TEST_F(SeveralDatasets, RefuseAFileThatCouldBelongToBoth) {
  const auto more = folder_.write("more.json", R"({"nodes":[{"id":"z","type":"firm","sources":[{"source":"s"}]}]})");
  try {
    take({folder_.write("1.json", first), more, folder_.write("2.json", second)});
    FAIL();
  } catch (const UsageError& error) {
    EXPECT_THAT(error.what(), HasSubstr("more.json: does not say which dataset it belongs to; there are one, another"));
  }
}

TEST_F(SeveralDatasets, OfOneDocumentSayTheirNamesFirst) {
  const auto problem = [&](const std::string& text) -> std::string {
    try {
      take({folder_.write("bad.json", text)});
      return "accepted";
    } catch (const IngestError& error) {
      return error.problems.at(0).message;
    }
  };
  EXPECT_THAT(problem(R"({"datasets":[{"nodes":[]}]})"), HasSubstr("begins with its \"dataset\""));
  EXPECT_THAT(problem(R"({"datasets":[{}]})"), HasSubstr("begins with its \"dataset\""));
  EXPECT_THAT(problem(R"({"datasets":{}})"), HasSubstr("must be a list"));
  EXPECT_THAT(problem(R"({"datasets":[1]})"), HasSubstr("must be a list"));
  EXPECT_THAT(problem(R"({"datasets":[],"nodes":[]})"), HasSubstr("stands alone"));
  EXPECT_THAT(problem(R"({"nodes":[],"datasets":[]})"), HasSubstr("stands alone"));
}

/// Taking one dataset out must not take away what another one says, of which the row is lost.
TEST(SharedRecord, OfWhichOneVersionIsLostIsRefused) {
  const test::ScratchFolder folder;
  const auto path = folder / "shared.db";
  {
    Database database = Database::create(path, Ontology::standard());
    ImportOptions options;
    options.at = "2026-01-01T00:00:00Z";
    import_datasets(database,
                    {folder.write("1.json", R"({"dataset":{"id":"one"},"sources":[{"id":"s"}],
"nodes":[{"id":"a","type":"firm","sources":[{"source":"s"}]}]})"),
                     folder.write("2.json", R"({"dataset":{"id":"two"},"sources":[{"id":"t"}],
"nodes":[{"id":"a","type":"firm","sources":[{"source":"t"}]}]})")},
                    options);
  }
  SQLite::Database(path.string(), SQLite::OPEN_READWRITE)
      .exec("DELETE FROM membership WHERE dataset = (SELECT key FROM dataset WHERE id = 'one')");
  Database database = Database::open(path, OpenMode::write);
  try {
    remove_dataset(database, "two", "2026-01-02T00:00:00Z");
    FAIL() << "the node is gone";
  } catch (const Error& error) {
    EXPECT_THAT(error.what(), HasSubstr("table membership"));
  }
  EXPECT_TRUE(Reader(database).node("a").has_value());
}

}  // namespace
}  // namespace chokepoint
