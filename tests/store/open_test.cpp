#include "chokepoint/store/database.hpp"
#include "chokepoint/store/reader.hpp"
#include "store/connection/schema_sql.hpp"
#include "tests/support/database_dump.hpp"
#include "tests/support/scratch_folder.hpp"

#include <SQLiteCpp/SQLiteCpp.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <functional>
#include <string>

namespace chokepoint {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr const char* small =
    R"({"sources":[{"id":"s","title":"T"}],"nodes":[{"id":"asml","type":"firm","labels":{"en":"ASML"},
    "sources":[{"source":"s"}]},{"id":"scanner","type":"equipment","sources":[{"source":"s"}]}],
    "edges":[{"type":"produces","from":"asml","to":"scanner","sources":[{"source":"s"}]}]})";

/// What opening a file says, and of which kind the refusal is; empty when it opens.
struct Refusal {
  std::string message;
  ErrorKind kind = ErrorKind::usage;
};

Refusal refusal(const std::filesystem::path& path, OpenMode mode = OpenMode::read) {
  try {
    const Database database = Database::open(path, mode);
    return {};
  } catch (const Error& error) {
    return {error.what(), error.kind()};
  }
}

class Open : public testing::Test {
 protected:
  std::filesystem::path made(const char* name = "graph.db") {
    const auto path = folder_ / name;
    Database database = Database::create(path, Ontology::standard());
    test::import_lines(database, small);
    return path;
  }
  void edit(const std::filesystem::path& path, const std::string& sql) {
    SQLite::Database connection(path.string(), SQLite::OPEN_READWRITE);
    connection.exec(sql);
  }
  test::ScratchFolder folder_;
};

TEST_F(Open, ReadsWhatWasWrittenInEveryMode) {
  const auto path = made();
  for (const auto mode : {OpenMode::read, OpenMode::immutable, OpenMode::write}) {
    const Database database = Database::open(path, mode);
    EXPECT_EQ(database.mode(), mode);
    EXPECT_EQ(database.info().path, path.string());
    EXPECT_EQ(database.info().uuid.size(), 32U);
    EXPECT_EQ(database.info().schema_version, detail::schema_version());
    EXPECT_EQ(database.info().revision, 1);
    EXPECT_EQ(Reader(database).resolve("ASML").id, "asml");
    EXPECT_EQ(database.ontology().canonical_text(), Ontology::standard().canonical_text());
  }
}

TEST_F(Open, KeepsAnOntologyOfItsOwn) {
  std::string text(Ontology::standard().canonical_text());
  const auto at = text.find("\"firm\"");
  ASSERT_NE(at, std::string::npos);
  for (auto found = at; found != std::string::npos; found = text.find("\"firm\"", found))
    text.replace(found, 6, "\"maker\"");
  const Ontology other = Ontology::parse(text);
  const auto path = folder_ / "own.db";
  { const Database database = Database::create(path, other); }
  const Database database = Database::open(path, OpenMode::read);
  EXPECT_EQ(database.ontology().canonical_text(), other.canonical_text());
  EXPECT_TRUE(database.ontology().node_type("maker"));
  EXPECT_FALSE(database.ontology().node_type("firm"));
  EXPECT_FALSE(Reader(database).sql("SELECT id FROM node_type WHERE id = 'maker'").rows.empty());
}

TEST_F(Open, TwoDatabasesHaveDifferentIdentities) {
  const Database a = Database::in_memory(Ontology::standard()), b = Database::in_memory(Ontology::standard());
  EXPECT_NE(a.info().uuid, b.info().uuid);
}

TEST_F(Open, AMissingFileIsNotFoundAndNotMade) {
  for (const auto mode : {OpenMode::read, OpenMode::immutable, OpenMode::write}) {
    EXPECT_EQ(refusal(folder_ / "none.db", mode).kind, ErrorKind::not_found);
    EXPECT_FALSE(std::filesystem::exists(folder_ / "none.db"));
  }
}

TEST_F(Open, WhatIsNoDatabaseIsBadData) {
  const std::vector<std::pair<const char*, std::string>> files = {
      {"empty", ""},
      {"text",
       "hello, this is a text file of some length, longer than a hundred bytes so that it might be a header. "
       "And so on and so forth."},
      {"short", "SQLite format 3"},
      {"magic", std::string("SQLite format 3\0", 16) + std::string(5000, '\0')},
      {"magic and dirt", std::string("SQLite format 3\0", 16) + std::string(5000, '\xAA')},
      {"json", small}};
  for (const auto& [name, bytes] : files)
    for (const auto mode : {OpenMode::read, OpenMode::immutable, OpenMode::write}) {
      const auto path = folder_.write(name, bytes);
      const Refusal refused = refusal(path, mode);
      EXPECT_EQ(refused.kind, ErrorKind::bad_data) << name << ": " << refused.message;
      EXPECT_EQ(test::read_file(path), bytes) << name;
    }
}

TEST_F(Open, RefusesADatabaseOfAnotherProgram) {
  const auto path = folder_ / "other.db";
  SQLite::Database(path.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE).exec("CREATE TABLE node (id TEXT)");
  const std::string before = test::read_file(path);
  EXPECT_THAT(refusal(path).message, HasSubstr("not a chokepoint database"));
  EXPECT_EQ(refusal(path, OpenMode::write).kind, ErrorKind::bad_data);
  EXPECT_EQ(test::read_file(path), before);
}

TEST_F(Open, RefusesAnEmptySqliteFileWithAHint) {
  const auto path = folder_ / "empty.db";
  SQLite::Database(path.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE).exec("PRAGMA user_version=1");
  EXPECT_THAT(refusal(path).message, HasSubstr("init"));
  EXPECT_EQ(refusal(path).kind, ErrorKind::bad_data);
}

TEST_F(Open, RefusesADatabaseOfTheFuture) {
  const auto path = made();
  edit(path, "PRAGMA user_version = " + std::to_string(detail::schema_version() + 1));
  EXPECT_THAT(refusal(path).message, HasSubstr("newer"));
  EXPECT_EQ(refusal(path).kind, ErrorKind::bad_data);
  edit(path, "PRAGMA user_version=0");
  EXPECT_EQ(refusal(path).kind, ErrorKind::bad_data);
  edit(path, "PRAGMA user_version=-1");
  EXPECT_EQ(refusal(path).kind, ErrorKind::bad_data);
}

TEST_F(Open, ReadingNeverChangesTheFileOrItsFolder) {
  const auto path = made();
  const std::string before = test::read_file(path);
  struct stat was {};
  ASSERT_EQ(stat(path.c_str(), &was), 0);
  for (const auto mode : {OpenMode::read, OpenMode::immutable}) {
    const Database database = Database::open(path, mode);
    const Reader reader(database);
    test::rows_of(database);
    static_cast<void>(reader.search("asml", 10));
    static_cast<void>(reader.load_snapshot());
    EXPECT_THROW(static_cast<void>(reader.resolve("nobody")), NotFoundError);
    EXPECT_THROW(static_cast<void>(reader.sql("DELETE FROM node")), UsageError);
    Database writing = Database::open(path, mode);
    EXPECT_THROW(test::import_lines(writing, small), UsageError);
  }
  struct stat is {};
  ASSERT_EQ(stat(path.c_str(), &is), 0);
  EXPECT_EQ(test::read_file(path), before);
  EXPECT_EQ(was.st_mtim.tv_nsec, is.st_mtim.tv_nsec);
  EXPECT_EQ(was.st_mtim.tv_sec, is.st_mtim.tv_sec);
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder_.path()), {}), 1);
}

TEST_F(Open, EveryByteMayStandInAPath) {
  for (const char* name :
       {"a b.db", "a?b.db", "a#b.db", "a%20b.db", "华为.db", "a'b\".db", "mode=ro&x.db", "\x01.db", "-x.db"}) {
    const auto path = made(name);
    EXPECT_TRUE(std::filesystem::exists(path)) << name;
    for (const auto mode : {OpenMode::read, OpenMode::immutable, OpenMode::write})
      EXPECT_EQ(refusal(path, mode).message, "") << name;
  }
}

TEST_F(Open, CreateRefusesWhateverExists) {
  const auto path = made();
  const std::string before = test::read_file(path);
  EXPECT_THROW(Database::create(path, Ontology::standard()), UsageError);
  EXPECT_EQ(test::read_file(path), before);
  std::filesystem::create_symlink(folder_ / "nowhere", folder_ / "link.db");
  EXPECT_THROW(Database::create(folder_ / "link.db", Ontology::standard()), UsageError);
  EXPECT_THROW(Database::create(folder_.path(), Ontology::standard()), UsageError);
}

TEST_F(Open, CreateInAFolderThatIsNotThereLeavesNothing) {
  EXPECT_THROW(Database::create(folder_ / "no/such/graph.db", Ontology::standard()), Error);
  EXPECT_FALSE(std::filesystem::exists(folder_ / "no"));
}

TEST_F(Open, RefusesFoldersAndDevicesAtOnce) {
  EXPECT_EQ(refusal(folder_.path()).kind, ErrorKind::usage);
  EXPECT_EQ(refusal("/dev/null").kind, ErrorKind::usage);
  ASSERT_EQ(mkfifo((folder_ / "fifo").c_str(), 0600), 0);
  EXPECT_EQ(refusal(folder_ / "fifo").kind, ErrorKind::usage);
}

TEST_F(Open, ALockedDatabaseIsAnIoErrorThatSaysSo) {
  const auto path = made();
  Database database = Database::open(path, OpenMode::write);
  SQLite::Database other(path.string(), SQLite::OPEN_READWRITE);
  other.exec("BEGIN EXCLUSIVE");
  try {
    test::import_lines(database, small);
    FAIL() << "imported into a locked database";
  } catch (const StoreError& error) {
    EXPECT_EQ(error.kind(), ErrorKind::io);
    EXPECT_THAT(error.what(), HasSubstr("another program"));
  }
  EXPECT_EQ(refusal(path).kind, ErrorKind::io) << "a reader beside an exclusive writer";
  other.exec("ROLLBACK");
  EXPECT_NO_THROW(test::import_lines(database, small));
}

TEST_F(Open, ReadersWorkBesideAnOpenWriter) {
  const auto path = made();
  SQLite::Database other(path.string(), SQLite::OPEN_READWRITE);
  other.exec("BEGIN IMMEDIATE; DELETE FROM edge");
  const Database database = Database::open(path, OpenMode::read);
  EXPECT_EQ(Reader(database).load_snapshot()->edge_count(), 1U);
}

/// Runs `action` in a child without root's rights. @return its exit status; 77 when that cannot be done
int as_nobody(const std::function<int()>& action) {
  const pid_t child = fork();
  if (child == 0) {
    constexpr uid_t nobody = 65534;
    if (geteuid() == 0 && (setgid(nobody) != 0 || setuid(nobody) != 0)) _exit(77);
    _exit(action());
  }
  int status = 0;
  waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

TEST_F(Open, AFileOrFolderWithoutPermissionIsAnIoError) {
  const auto path = made();
  std::filesystem::permissions(folder_.path(), std::filesystem::perms(0755));
  std::filesystem::permissions(path, std::filesystem::perms(0));
  const auto kind_of = [&](OpenMode mode) { return [=] { return static_cast<int>(refusal(path, mode).kind); }; };
  EXPECT_EQ(as_nobody(kind_of(OpenMode::read)), static_cast<int>(ErrorKind::io));
  EXPECT_EQ(as_nobody(kind_of(OpenMode::write)), static_cast<int>(ErrorKind::io));
  std::filesystem::permissions(path, std::filesystem::perms(0444));
  EXPECT_EQ(as_nobody([&] { return refusal(path, OpenMode::read).message.empty() ? 0 : 1; }), 0);
  EXPECT_EQ(as_nobody([&] {
              try {
                Database database = Database::open(path, OpenMode::write);
                test::import_lines(database, small);
                return 100;
              } catch (const Error& error) {
                return static_cast<int>(error.kind());
              }
            }),
            static_cast<int>(ErrorKind::io));
  EXPECT_EQ(as_nobody([&] {
              try {
                Database::create(path.parent_path() / "new.db", Ontology::standard());
                return 100;
              } catch (const Error& error) {
                return static_cast<int>(error.kind());
              }
            }),
            static_cast<int>(ErrorKind::io));
  EXPECT_FALSE(std::filesystem::exists(folder_ / "new.db"));
}

TEST_F(Open, AJournalLeftByACrashIsRolledBackByTheNextReader) {
  const auto path = made();
  const std::string before = test::rows_of(Database::open(path, OpenMode::read));
  const pid_t child = fork();
  if (child == 0) {
    SQLite::Database other(path.string(), SQLite::OPEN_READWRITE);
    other.exec("PRAGMA cache_size=1; BEGIN; DELETE FROM edge; UPDATE node SET description = hex(zeroblob(20000))");
    _exit(0);  // as a crash: what was spilled stays in the file, the journal beside it
  }
  int status = 0;
  waitpid(child, &status, 0);
  ASSERT_TRUE(std::filesystem::exists(path.string() + "-journal"));
  EXPECT_EQ(refusal(path).message, "");
  EXPECT_EQ(test::rows_of(Database::open(path, OpenMode::read)), before);
}

}  // namespace
}  // namespace chokepoint
