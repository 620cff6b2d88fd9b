// Rows read from the pages of a file are those that SQLite reads, or none.
#include "store/sqlite_pages/page_reader.hpp"

#include "chokepoint/snapshot/snapshot_file.hpp"
#include "chokepoint/store/reader.hpp"
#include "store/connection/raw_statement.hpp"
#include "store/sqlite_pages/row_reader.hpp"
#include "tests/support/database_dump.hpp"
#include "tests/support/scratch_folder.hpp"
#include "tests/support/seeds.hpp"

#include <gtest/gtest.h>
#include <sqlite3.h>

#include <algorithm>
#include <limits>
#include <random>
#include <string>
#include <vector>

namespace chokepoint {
namespace {

using detail::PageReader;
using detail::PageRowReader;
using detail::RawStatement;
using detail::TreeReader;
using test::ScratchFolder;
namespace fs = std::filesystem;

constexpr std::size_t columns = 5;

/// What both readers have, as text. Column 4 holds numbers, column 3 anything that is text.
template <class Rows>
std::string describe_rows(Rows&& rows) {
  std::string text;
  while (rows.step()) {
    for (const int column : {0, 1, 2}) text += std::to_string(rows.integer(column)) + ' ';
    text.append(rows.text(3)).append(rows.is_null(3) ? " null " : " ");
    const auto real = rows.real(4);
    text += (real ? std::to_string(*real) : "none") + '\n';
  }
  return text;
}

/// A database with a table t of rows and a table w of keys, both (a, b, c, text, real), filled and thinned out again.
class RandomTables {
 public:
  RandomTables(const fs::path& path, unsigned seed)
      : random_(seed), connection_(path.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE) {
    connection_.exec("PRAGMA page_size=" + std::to_string(512U << random_() % 8));
    int reserved = static_cast<int>(random_() % 3) * 8;
    sqlite3_file_control(connection_.getHandle(), "main", SQLITE_FCNTL_RESERVE_BYTES, &reserved);
    if (random_() % 2 == 0) connection_.exec("PRAGMA auto_vacuum=FULL");
    connection_.exec(
        "CREATE TABLE t (a INTEGER PRIMARY KEY, b INTEGER, c INTEGER, text TEXT, real REAL) STRICT;"
        "CREATE TABLE w (a INTEGER, b INTEGER, c INTEGER, text TEXT, real REAL, PRIMARY KEY (a, b, c)) STRICT, "
        "WITHOUT ROWID");
    const SQLite::Transaction all(connection_);
    const std::size_t rows = random_() % 4 == 0 ? random_() % 3 : random_() % 800;
    for (const char* table : {"t", "w"}) {
      RawStatement row(connection_, std::string("INSERT OR IGNORE INTO ") + table + " VALUES (?, ?, ?, ?, ?)");
      for (std::size_t i = 0; i < rows; ++i) insert(row, i);
    }
    const std::string thin = " WHERE a % " + std::to_string(2 + random_() % 9) + " = 0";
    connection_.exec("DELETE FROM t" + thin + "; DELETE FROM w" + thin);
    connection_.exec("COMMIT");
  }

 private:
  /// A number of any length.
  std::int64_t number() {
    const auto bits = static_cast<std::int64_t>(std::uint64_t{random_()} << 32U | random_());
    return bits >> random_() % 64;
  }
  void insert(RawStatement& row, std::size_t i) {
    row.bind(1, random_() % 2 == 0 ? static_cast<std::int64_t>(i) : number());
    row.bind(2, number());
    row.bind(3, number());
    // Some are longer than a page.
    const std::string text(random_() % 20 == 0 ? random_() % 5000 : random_() % 40,
                           static_cast<char>('a' + random_() % 26));
    row.bind_null(4);
    if (random_() % 3 != 0) row.bind(4, text);
    const auto kind = random_() % 4;
    row.bind(5, kind == 0   ? std::nullopt
                : kind == 1 ? std::optional(static_cast<double>(number() % 100000))
                : kind == 2 ? std::optional(std::numeric_limits<double>::infinity())
                            : std::optional(static_cast<double>(random_()) / 1e4));
    row.run();
  }
  std::mt19937 random_;
  SQLite::Database connection_;
};

std::uint32_t root_of(SQLite::Database& connection, const std::string& name) {
  return static_cast<std::uint32_t>(
      detail::single_integer(connection, "SELECT rootpage FROM sqlite_schema WHERE name = '" + name + "'").value());
}

TEST(PageRowReader, AreThoseThatSqliteReads) {
  const ScratchFolder folder;
  std::size_t compared = 0;
  for (unsigned seed = 0; seed < 80; ++seed) {
    const auto path = folder / (std::to_string(seed) + ".db");
    const RandomTables tables(path, seed);
    SQLite::Database connection(path.string(), SQLite::OPEN_READONLY);
    const SQLite::Transaction reading(connection);
    const auto of_rows = describe_rows(RawStatement(connection, "SELECT * FROM t ORDER BY a"));
    const auto of_keys = describe_rows(RawStatement(connection, "SELECT * FROM w ORDER BY a, b, c"));
    auto pages = PageReader::of(connection.getHandle());
    ASSERT_TRUE(pages) << seed;
    EXPECT_EQ(describe_rows(PageRowReader(*pages, root_of(connection, "t"), TreeReader::Kind::rows, columns)), of_rows)
        << seed;
    EXPECT_EQ(describe_rows(PageRowReader(*pages, root_of(connection, "w"), TreeReader::Kind::keys, columns)), of_keys)
        << seed;
    compared += of_rows.size();
    fs::remove(path);
  }
  EXPECT_GT(compared, 300'000U);
}

TEST(PageRowReader, OfDamagedPagesAreRefusedOrRead) {
  const ScratchFolder folder;
  std::mt19937 random = test::seeded(3);
  int refused = 0;
  for (unsigned seed = 0; seed < 20; ++seed) {
    const auto path = folder / (std::to_string(seed) + ".db");
    std::uint32_t rows = 0, keys = 0;
    {
      const RandomTables tables(path, seed);
      SQLite::Database connection(path.string(), SQLite::OPEN_READONLY);
      rows = root_of(connection, "t");
      keys = root_of(connection, "w");
    }
    const std::string whole = test::read_file(path);
    for (int i = 0; i < 20; ++i) {
      std::string damaged = whole;
      for (unsigned n = 0; n < 30; ++n) damaged[100 + random() % (damaged.size() - 100)] = static_cast<char>(random());
      SQLite::Database connection(folder.write("damaged.db", damaged).string(), SQLite::OPEN_READONLY);
      try {
        const SQLite::Transaction reading(connection);
        (void)detail::single_integer(connection, "SELECT 1 FROM sqlite_schema");
        auto pages = PageReader::of(connection.getHandle());
        if (!pages) continue;
        (void)describe_rows(PageRowReader(*pages, rows, TreeReader::Kind::rows, columns));
        (void)describe_rows(PageRowReader(*pages, keys, TreeReader::Kind::keys, columns));
      } catch (const detail::UnreadablePages&) {
        ++refused;
      } catch (const SQLite::Exception&) {
        // SQLite itself would not even begin.
      }
    }
    fs::remove(path);
  }
  EXPECT_GT(refused, 50);
}

/// Whether pages are read where a statement has run in a transaction that `begin` opens.
bool reads_pages(SQLite::Database& connection, const std::string& begin) {
  if (!begin.empty()) connection.exec(begin);
  (void)detail::single_integer(connection, "SELECT 1 FROM sqlite_schema");
  const bool reads = PageReader::of(connection.getHandle()).has_value();
  if (!begin.empty()) connection.exec("ROLLBACK");
  return reads;
}

TEST(PageReader, AreReadOnlyWhereTheFileTellsAllAndIsLocked) {
  const ScratchFolder folder;
  const auto make = [&](const std::string& name, const std::string& setting) {
    SQLite::Database connection((folder / name).string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    connection.exec(setting + "; CREATE TABLE t (a)");
    return SQLite::Database((folder / name).string(), SQLite::OPEN_READWRITE);
  };
  auto plain = make("plain", "PRAGMA journal_mode=DELETE");
  EXPECT_TRUE(reads_pages(plain, "BEGIN"));
  EXPECT_FALSE(reads_pages(plain, ""));
  EXPECT_FALSE(reads_pages(plain, "BEGIN; INSERT INTO t VALUES (1)"));
  auto ahead = make("ahead", "PRAGMA journal_mode=WAL");
  EXPECT_FALSE(reads_pages(ahead, "BEGIN"));
  auto wide = make("wide", "PRAGMA encoding='UTF-16'");
  EXPECT_FALSE(reads_pages(wide, "BEGIN"));
  SQLite::Database memory(":memory:", SQLite::OPEN_READWRITE);
  memory.exec("CREATE TABLE t (a)");
  EXPECT_FALSE(reads_pages(memory, "BEGIN"));
}

/// A graph in which some facts have all that a fact may have and most have little, some parallel ones have given ids
/// and some have none, and later records get earlier ids, so that keys are not in order of the ids.
std::string random_dataset(std::mt19937& random) {
  const auto below = [&](std::size_t end) { return random() % end; };
  const auto text = [&](std::size_t i) { return std::to_string(i); };
  const auto quoted = [](const std::string& name, const std::string& value) {
    return ",\"" + name + "\":\"" + value + "\"";
  };
  std::string lines = R"({"source":{"id":"s","title":"T","date":"2024"}})"
                      "\n"
                      R"({"source":{"id":"r","title":"T"}})"
                      "\n";
  const std::size_t nodes = 3 + below(40);
  for (std::size_t i = 0; i < nodes; ++i) {
    lines += R"({"node":{"id":"n)" + text(i) + R"(","type":"firm")";
    if (below(2) == 0)
      lines += R"(,"labels":{"en":"Name )" + text(i) + R"(","zh":"名)" + text(below(4)) + R"("},"aliases":["A b"])";
    if (below(4) == 0)
      lines += R"(,"since":"1999","attributes":{"variants":"any","layer":"place","note":")" +
               std::string(below(9000), 'x') + "\"}";
    lines += R"(,"sources":[{"source":"s"}]}})"
             "\n";
  }
  for (std::size_t i = 0; i < 4; ++i)
    lines += R"({"node":{"id":"c)" + text(i) +
             R"(","type":"chip","sources":[{"source":"s"}]}})"
             "\n";
  const std::size_t edges = below(200);
  for (std::size_t i = 0; i < edges; ++i) {
    const std::size_t from = below(nodes), to = (from + 1 + below(std::min<std::size_t>(2, nodes - 1))) % nodes;
    lines += R"({"edge":{"type":")" + std::string(below(2) == 0 ? "supplies" : "owns") + "\"" +
             quoted("from", "n" + text(from)) + quoted("to", "n" + text(to));
    if (below(3) == 0) lines += quoted("id", "given-" + text(i));
    lines += R"(,"share":0.)" + text(1 + below(900)) + quoted("since", text(1990 + below(30)));
    if (below(3) == 0) lines += quoted("until", "2022-0" + text(1 + below(9)));
    if (below(4) == 0)
      lines += R"(,"amount":)" + text(below(99)) +
               R"(,"unit":"usd","bound":"about","status":"estimated","confidence":0.5)" + quoted("as_of", "2023") +
               quoted("item", "c" + text(below(4))) + quoted("market", "n" + text(below(nodes)));
    lines += R"(,"sources":[{"source":")" + std::string(below(2) == 0 ? "s" : "r") + R"(","locator":")" + text(i) +
             "\"}]}}\n";
  }
  return lines;
}

/// The bytes of the snapshot file of a database.
std::string snapshot_bytes(const fs::path& path) {
  const Database database = Database::open(path, OpenMode::read);
  const auto snapshot = Reader(database).load_snapshot(Date::from_ymd(2021, 1, 1));
  snapshot->validate();
  SnapshotFile::write(path.string() + ".snapshot", *snapshot, SnapshotStamp{}, "");
  return test::read_file(path.string() + ".snapshot");
}

void edit(const fs::path& path, const std::string& sql) {
  SQLite::Database(path.string(), SQLite::OPEN_READWRITE).exec(sql);
}

TEST(SnapshotLoader, ReadsFromPagesWhatItReadsThroughSqlite) {
  const ScratchFolder folder;
  const auto path = folder / "a.db", copy = folder / "b.db";
  std::mt19937 random = test::seeded(11);
  for (int round = 0; round < 30; ++round) {
    for (const auto& file : {path, copy}) fs::remove(file);
    {
      Database database = Database::create(path, Ontology::standard());
      ASSERT_EQ(test::problems_of(database, random_dataset(random)), "") << round;
    }
    if (round % 3 == 1)
      edit(path,
           "DELETE FROM edge WHERE key % 3 = 0; UPDATE edge SET from_node = to_node, to_node = from_node WHERE key % 5 "
           "= 0");
    if (round % 3 == 2)
      edit(path,
           "PRAGMA foreign_keys=0; UPDATE node SET id = 'x' || (1000 - key), id_folded = 'x' || (1000 - key); VACUUM");
    fs::copy_file(path, copy);
    edit(copy, "PRAGMA journal_mode=WAL");
    EXPECT_EQ(snapshot_bytes(path), snapshot_bytes(copy)) << round;
  }
}

TEST(SnapshotLoader, SeesWhatItsOwnConnectionHasCommitted) {
  const ScratchFolder folder;
  Database database = Database::create(folder / "a.db", Ontology::standard());
  for (int i = 1; i <= 3; ++i) {
    const std::string line = R"({"source":{"id":"s","title":"T"}})"
                             "\n"
                             R"({"node":{"id":"n)" +
                             std::to_string(i) +
                             R"(","type":"firm","sources":[{"source":"s"}]}})"
                             "\n";
    ImportOptions options;
    options.dataset = "d" + std::to_string(i);
    ASSERT_EQ(test::problems_of(database, line, options), "");
    EXPECT_EQ(Reader(database).load_snapshot()->vertex_count(), static_cast<Vertex>(i));
  }
}

}  // namespace
}  // namespace chokepoint
