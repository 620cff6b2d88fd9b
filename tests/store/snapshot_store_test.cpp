#include "chokepoint/store/snapshot_store.hpp"

#include "chokepoint/store/reader.hpp"
#include "chokepoint/support/error.hpp"
#include "store/writer.hpp"
#include "tests/support/scratch_folder.hpp"

#include <gtest/gtest.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fstream>
#include <string>
#include <thread>
#include <vector>

namespace chokepoint {
namespace {

using test::ScratchFolder;
namespace fs = std::filesystem;

const Date snapshot_day = Date::from_ymd(2026, 1, 1);

/// A database with two firms, a chip, and who makes it.
fs::path make_database(const fs::path& path) {
  Database database = Database::create(path, Ontology::standard());
  Writer writer(database, DatasetInfo{"d", "D", "1", "CC0-1.0"});
  Source source;
  source.id = "s";
  source.title = "S";
  source.date = "2025";
  writer.put(source);
  for (const char* id : {"acme", "bolt", "chip"}) {
    Node node;
    node.id = id;
    node.type = std::string(id) == "chip" ? "chip" : "firm";
    node.labels = {{"en", std::string("The ") + id}, {"zh", std::string("中") + id}};
    node.sources = {{"s", ""}};
    writer.put(node, id);
  }
  for (const char* maker : {"acme", "bolt"}) {
    Edge edge;
    edge.id = std::string("made-by-") + maker;
    edge.type = "produces";
    edge.from = maker;
    edge.to = "chip";
    edge.sources = {{"s", ""}};
    writer.put(edge);
  }
  writer.commit("2026-01-01T00:00:00Z", "import", 5, 0, 0, "d");
  return path;
}

/// What somebody does with another program.
void sql_answer(const fs::path& path, const char* sql) {
  sqlite3* connection = nullptr;
  ASSERT_EQ(sqlite3_open(path.c_str(), &connection), SQLITE_OK);
  char* message = nullptr;
  EXPECT_EQ(sqlite3_exec(connection, sql, nullptr, nullptr, &message), SQLITE_OK) << message;
  sqlite3_free(message);
  sqlite3_close(connection);
}

FoundSnapshot find(const fs::path& path, const fs::path& cache = {}) {
  const Database database = Database::open_later(path, OpenMode::read);
  return find_snapshot(database, snapshot_day, cache);
}

TEST(SnapshotStore, KeepsAFileBesideTheDatabaseAndUsesIt) {
  const ScratchFolder folder;
  const auto path = make_database(folder / "a.db");
  const auto first = find(path);
  EXPECT_EQ(first.file, nullptr);
  EXPECT_EQ(first.remark, "");
  EXPECT_TRUE(fs::exists(folder / "a.db.snapshot"));
  const auto second = find(path);
  ASSERT_NE(second.file, nullptr);
  EXPECT_EQ(second.remark, "");
  EXPECT_EQ(second.snapshot->edge_count(), 2U);
  EXPECT_EQ(second.snapshot->label(*second.snapshot->find("chip"), "zh"), "中chip");
}

TEST(SnapshotStore, IsMadeAnewWithoutAWordWhenTheYearThatItWasSettledForIsOver) {
  const ScratchFolder folder;
  const auto path = make_database(folder / "a.db");
  EXPECT_EQ(find(path).file, nullptr);
  const Database database = Database::open_later(path, OpenMode::read);
  const auto last_day = find_snapshot(database, Date{snapshot_day.days + 365}, {});
  ASSERT_NE(last_day.file, nullptr);
  EXPECT_EQ(last_day.snapshot->columns().settled_from, snapshot_day.days);
  const auto after = find_snapshot(database, Date{snapshot_day.days + 366}, {});
  EXPECT_EQ(after.file, nullptr);
  EXPECT_EQ(after.remark, "");
  EXPECT_EQ(after.snapshot->columns().settled_from, snapshot_day.days + 366);
  EXPECT_NE(find_snapshot(database, Date{snapshot_day.days + 367}, {}).file, nullptr);
}

TEST(SnapshotStore, TellsWhatTheAnswerStandsOnWithoutOpeningTheDatabase) {
  const ScratchFolder folder;
  const auto path = make_database(folder / "a.db");
  (void)find(path);
  const Database opened = Database::open(path, OpenMode::read);
  const Database unopened = Database::open_later(path, OpenMode::read);
  ASSERT_NE(find_snapshot(unopened, snapshot_day, {}).file, nullptr);
  // Whoever took the file away now would not be noticed.
  fs::rename(path, folder / "away.db");
  EXPECT_EQ(unopened.info().revision, opened.info().revision);
  EXPECT_EQ(unopened.info().uuid, opened.info().uuid);
  EXPECT_EQ(unopened.ontology().canonical_text(), Ontology::standard().canonical_text());
  EXPECT_EQ(Reader(unopened).dataset_versions(), (std::vector<std::pair<std::string, std::string>>{{"d", "1"}}));
}

TEST(SnapshotStore, NoticesEveryEditMadeWithAnotherProgram) {
  const ScratchFolder folder;
  const auto path = make_database(folder / "a.db");
  (void)find(path);
  for (const char* sql : {"UPDATE edge SET share = 0.25 WHERE key = 1", "DELETE FROM edge WHERE key = 2",
                          "UPDATE alias SET name = 'Other' WHERE kind = 'label' AND name = 'The acme'",
                          "UPDATE source SET date = '2020'", "UPDATE node SET since = '2001' WHERE id = 'bolt'"}) {
    sql_answer(path, sql);
    const auto stale = find(path);
    EXPECT_EQ(stale.file, nullptr) << sql;
    EXPECT_NE(stale.remark.find("older than the database"), std::string::npos) << stale.remark;
    const auto fresh = find(path);
    EXPECT_NE(fresh.file, nullptr) << sql;
    EXPECT_EQ(fresh.snapshot->edge_count(), stale.snapshot->edge_count());
  }
  EXPECT_EQ(find(path).snapshot->edge_count(), 1U);
  EXPECT_EQ(find(path).snapshot->columns().share[0], 0.25F);
}

TEST(SnapshotStore, NoticesEditsInWriteAheadMode) {
  const ScratchFolder folder;
  const auto path = make_database(folder / "a.db");
  sql_answer(path, "PRAGMA journal_mode=WAL");
  (void)find(path);
  EXPECT_NE(find(path).file, nullptr);
  sql_answer(path, "DELETE FROM edge WHERE key = 2");
  const auto stale = find(path);
  EXPECT_EQ(stale.file, nullptr);
  EXPECT_EQ(stale.snapshot->edge_count(), 1U);
}

TEST(SnapshotStore, IsNotMadeAnewForACopyOrATouchedFile) {
  const ScratchFolder folder;
  const auto path = make_database(folder / "a.db");
  (void)find(path);
  fs::copy_file(path, folder / "b.db");
  fs::copy_file(folder / "a.db.snapshot", folder / "b.db.snapshot");
  EXPECT_NE(find(folder / "b.db").file, nullptr);
  fs::last_write_time(path, fs::file_time_type::clock::now());
  EXPECT_NE(find(path).file, nullptr);
}

TEST(SnapshotStore, DoesNotBelieveTheSnapshotOfAnotherDatabase) {
  const ScratchFolder folder;
  const auto a = make_database(folder / "a.db");
  const auto b = make_database(folder / "b.db");
  (void)find(a);
  fs::copy_file(folder / "a.db.snapshot", folder / "b.db.snapshot");
  const auto found = find(b);
  EXPECT_EQ(found.file, nullptr);
  EXPECT_NE(found.remark, "");
}

/// An edit that changes the share of an edge and no size.
std::string edit_to(const char* share) { return std::string("UPDATE edge SET share = ") + share + " WHERE key = 1"; }

TEST(SnapshotStore, OfADiscardedPastIsNotTakenForAnotherPresent) {
  const ScratchFolder folder;
  const ScratchFolder cache;
  const auto path = make_database(folder / "a.db");
  for (const bool in_cache : {false, true}) {
    // Where nothing can be written beside the database, the snapshot lies in the cache folder.
    if (in_cache) fs::create_directories(folder / "a.db.snapshot" / "full");
    sql_answer(path, edit_to("0.125").c_str());
    const std::string backup = test::read_file(path);
    sql_answer(path, edit_to("0.25").c_str());
    (void)find(path, cache.path());
    EXPECT_NE(find(path, cache.path()).file, nullptr);
    const auto discarded = Database::open(path, OpenMode::read).info();
    std::ofstream(path, std::ios::binary | std::ios::in) << backup;  // over the same file, of the same size
    sql_answer(path, edit_to("0.75").c_str());
    const auto present = Database::open(path, OpenMode::read).info();
    EXPECT_EQ(present.uuid, discarded.uuid);
    EXPECT_EQ(present.revision, discarded.revision);
    EXPECT_NE(present.token, discarded.token);
    EXPECT_EQ(find(path, cache.path()).snapshot->columns().share[0], 0.75F) << in_cache;
    EXPECT_EQ(find(path, cache.path()).snapshot->columns().share[0], 0.75F) << in_cache;
    if (!in_cache) fs::remove(folder / "a.db.snapshot");
  }
}

TEST(SnapshotStore, OfAStateThatWasRestoredIsGoodAgain) {
  const ScratchFolder folder;
  const auto path = make_database(folder / "a.db");
  (void)find(path);
  fs::copy_file(path, folder / "backup");
  fs::copy_file(folder / "a.db.snapshot", folder / "backup.snapshot");
  sql_answer(path, edit_to("0.25").c_str());
  (void)find(path);
  fs::copy_file(folder / "backup", path, fs::copy_options::overwrite_existing);
  EXPECT_EQ(find(path).file, nullptr);
  fs::copy_file(folder / "backup.snapshot", folder / "a.db.snapshot", fs::copy_options::overwrite_existing);
  EXPECT_NE(find(path).file, nullptr);
}

TEST(SnapshotStore, AnswersOfOneStateOrNotAtAll) {
  const ScratchFolder folder;
  const auto path = make_database(folder / "a.db");
  (void)find(path);
  Database early = Database::open_later(path, OpenMode::read);
  ASSERT_NE(find_snapshot(early, snapshot_day, {}).file, nullptr);
  Database reading = Database::open(path, OpenMode::read);
  static_cast<void>(reading.info());
  reading.let_go();
  sql_answer(path, "DELETE FROM edge WHERE key = 2");
  EXPECT_THROW(static_cast<void>(Reader(early).edges_about("chip")), StateChanged)
      << "the snapshot was of another state";
  EXPECT_THROW(static_cast<void>(Reader(reading).edges_about("chip")), StateChanged);
  Database again = Database::open_later(path, OpenMode::read);
  again.keep_state();
  EXPECT_EQ(find_snapshot(again, snapshot_day, {}).snapshot->edge_count(), 1U);
  again.let_go();
  EXPECT_EQ(Reader(again).edges_about("chip").size(), 1U);
}

TEST(SnapshotStore, ReplacesADamagedFileAndSaysSo) {
  const ScratchFolder folder;
  const auto path = make_database(folder / "a.db");
  for (const char* bytes : {"", "ChkPSnap", "something else altogether, and longer than a header could be"}) {
    std::ofstream(folder / "a.db.snapshot", std::ios::trunc) << bytes;
    const auto found = find(path);
    EXPECT_EQ(found.snapshot->edge_count(), 2U);
    EXPECT_NE(found.remark.find("made anew"), std::string::npos) << found.remark;
    EXPECT_NE(find(path).file, nullptr);
  }
}

TEST(SnapshotStore, AnswersWhereNothingCanBeWrittenAndSaysSo) {
  const ScratchFolder folder;
  const auto path = make_database(folder / "a.db");
  // A folder in its place can be neither read as a file nor replaced by one, whoever asks.
  fs::create_directories(folder / "a.db.snapshot" / "full");
  const auto found = find(path);
  EXPECT_EQ(found.snapshot->edge_count(), 2U);
  EXPECT_NE(found.remark, "");
  EXPECT_EQ(find(path).snapshot->edge_count(), 2U);
}

TEST(SnapshotStore, TurnsToTheCacheFolderWhereItCannotWriteBesideTheDatabase) {
  const ScratchFolder folder;
  const ScratchFolder cache;
  const auto path = make_database(folder / "a.db");
  fs::create_directories(folder / "a.db.snapshot" / "full");
  const auto places = snapshot_places(path, cache.path());
  ASSERT_EQ(places.size(), 2U);
  (void)find(path, cache.path());
  EXPECT_TRUE(fs::exists(places[1]));
  EXPECT_EQ(places[1].parent_path(), cache.path() / "chokepoint");
  EXPECT_NE(find(path, cache.path()).file, nullptr);
  EXPECT_NE(snapshot_places(folder / "b.db", cache.path())[1], places[1]);
}

TEST(SnapshotStore, NeverWritesBesideAnImmutableDatabase) {
  const ScratchFolder folder;
  const auto path = make_database(folder / "a.db");
  const Database database = Database::open_later(path, OpenMode::immutable);
  EXPECT_EQ(find_snapshot(database, snapshot_day, {}).snapshot->edge_count(), 2U);
  EXPECT_FALSE(fs::exists(folder / "a.db.snapshot"));
}

TEST(SnapshotStore, MayBeMadeByManyAtOnce) {
  const ScratchFolder folder;
  const auto path = make_database(folder / "a.db");
  std::vector<std::thread> threads;
  std::vector<int> edges(8, 0);
  for (std::size_t i = 0; i < edges.size(); ++i)
    threads.emplace_back([&, i] {
      for (int round = 0; round < 5; ++round) {
        const Database database = Database::open_later(path, OpenMode::read);
        edges[i] += static_cast<int>(renew_snapshot(database, snapshot_day, {}, "is tested").snapshot->edge_count());
        edges[i] += static_cast<int>(find(path).snapshot->edge_count());
      }
    });
  for (std::thread& thread : threads) thread.join();
  for (const int count : edges) EXPECT_EQ(count, 20);
  EXPECT_NE(find(path).file, nullptr);
  int files = 0;
  for (const auto& entry : fs::directory_iterator(folder.path())) files += entry.is_regular_file() ? 1 : 0;
  EXPECT_EQ(files, 2) << "something was left behind";
}

}  // namespace
}  // namespace chokepoint
