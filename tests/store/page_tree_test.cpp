// Trees that are written page by page must be what SQLite itself would read and write.
#include "store/sqlite_pages/page_tree.hpp"

#include "store/sqlite_pages/row_bytes.hpp"
#include "tests/support/scratch_folder.hpp"

#include <SQLiteCpp/SQLiteCpp.h>
#include <fcntl.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <limits>
#include <random>
#include <string>
#include <vector>

namespace chokepoint::detail {
namespace {

struct Row {
  std::int64_t number = 0;
  std::string text;
  double real = 0;
  bool has_real = false;
};

/// Numbers of every width that SQLite tells apart, texts from none to several pages.
std::vector<Row> random_rows(unsigned seed, std::size_t count) {
  std::mt19937_64 random(seed);
  std::vector<Row> rows;
  for (std::size_t i = 0; i < count; ++i) {
    Row row;
    const auto bits = random() % 64;
    row.number = static_cast<std::int64_t>(random() >> bits) * (random() % 2 == 0 ? 1 : -1);
    if (random() % 50 == 0) row.number = random() % 2 == 0 ? 0 : std::numeric_limits<std::int64_t>::min();
    const std::size_t longest = random() % 20 == 0 ? 30'000 : random() % 5 == 0 ? 2'000 : 40;
    row.text = std::string(random() % (longest + 1), static_cast<char>('a' + random() % 26)) + std::to_string(i);
    row.has_real = random() % 2 == 0;
    row.real = static_cast<double>(random()) / 7;
    rows.push_back(std::move(row));
  }
  return rows;
}

std::uint32_t root_of(SQLite::Database& database, const std::string& name) {
  SQLite::Statement statement(database, "SELECT rootpage FROM sqlite_schema WHERE name = ?");
  statement.bind(1, name);
  EXPECT_TRUE(statement.executeStep());
  return static_cast<std::uint32_t>(statement.getColumn(0).getInt64());
}

Cell real_of(const Row& row) { return row.has_real ? Cell(row.real) : Cell(); }

/// Writes the rows into `k` (WITHOUT ROWID, by number and text) and `r` (by row number) and into the index of `r`.
void write_trees(const std::string& path, const std::vector<Row>& rows) {
  std::uint32_t keys = 0, numbered = 0, index = 0;
  {
    SQLite::Database database(path, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    database.exec("CREATE TABLE k(n INTEGER, t TEXT, x REAL, PRIMARY KEY (n, t)) STRICT, WITHOUT ROWID");
    database.exec("CREATE TABLE r(id INTEGER PRIMARY KEY, t TEXT, x REAL) STRICT");
    database.exec("CREATE UNIQUE INDEX by_text ON r(t)");
    keys = root_of(database, "k");
    numbered = root_of(database, "r");
    index = root_of(database, "by_text");
  }
  PageFile file(::open(path.c_str(), O_RDWR | O_CLOEXEC));
  RowBytes bytes;
  PageTree table(file, keys, PageTree::Kind::keys), other(file, numbered, PageTree::Kind::rows);
  std::int64_t number = 0;
  std::vector<std::pair<std::string, std::int64_t>> texts;
  for (const Row& row : rows) {
    table.add(bytes.of(std::array<Cell, 3>{row.number, std::string_view(row.text), real_of(row)}));
    number += static_cast<std::int64_t>(row.text.size() % 3);  // row numbers may leave gaps
    other.add(bytes.of(std::array<Cell, 3>{Cell(), std::string_view(row.text), real_of(row)}), ++number);
    texts.emplace_back(row.text, number);
  }
  table.finish();
  other.finish();
  std::sort(texts.begin(), texts.end());
  PageTree by_text(file, index, PageTree::Kind::keys);
  for (const auto& [text, id] : texts) by_text.add(bytes.of(std::array<Cell, 2>{std::string_view(text), id}));
  by_text.finish();
  file.finish();
}

TEST(PageTree, IsReadAndAcceptedBySqlite) {
  for (const std::size_t count : {0U, 1U, 2U, 30U, 500U, 5'000U, 40'000U}) {
    const test::ScratchFolder folder;
    const std::string path = (folder / "t.db").string();
    auto rows = random_rows(static_cast<unsigned>(count), count);
    std::sort(rows.begin(), rows.end(),
              [](const Row& a, const Row& b) { return a.number != b.number ? a.number < b.number : a.text < b.text; });
    write_trees(path, rows);
    SQLite::Database database(path, SQLite::OPEN_READWRITE);
    EXPECT_EQ(database.execAndGet("PRAGMA integrity_check").getString(), "ok") << count;
    SQLite::Statement all(database,
                          "SELECT k.n, k.t, k.x, r.x FROM k JOIN r INDEXED BY by_text ON r.t = k.t ORDER BY k.n, k.t");
    std::size_t at = 0;
    for (; all.executeStep(); ++at) {
      ASSERT_LT(at, rows.size());
      ASSERT_EQ(all.getColumn(0).getInt64(), rows[at].number);
      ASSERT_EQ(all.getColumn(1).getString(), rows[at].text);
      ASSERT_EQ(all.getColumn(2).isNull(), !rows[at].has_real);
      if (rows[at].has_real) {
        ASSERT_EQ(all.getColumn(2).getDouble(), rows[at].real);
      }
      ASSERT_EQ(all.getColumn(3).isNull(), !rows[at].has_real);
    }
    EXPECT_EQ(at, rows.size());
  }
}

TEST(PageTree, TakesFurtherRowsFromSqlite) {
  const test::ScratchFolder folder;
  const std::string path = (folder / "t.db").string();
  std::vector<Row> rows;
  for (int i = 0; i < 3'000; ++i) rows.push_back({2 * i, std::to_string(i), 0, false});
  write_trees(path, rows);
  SQLite::Database database(path, SQLite::OPEN_READWRITE);
  database.exec("BEGIN");
  for (int i = 0; i < 3'000; ++i)
    database.exec("INSERT INTO k VALUES (" + std::to_string(2 * i + 1) + ", 'between', 1.5)");
  database.exec("DELETE FROM k WHERE n % 3 = 0");
  database.exec("DELETE FROM r WHERE id % 2 = 0");
  database.exec("COMMIT");
  EXPECT_EQ(database.execAndGet("PRAGMA integrity_check").getString(), "ok");
}

}  // namespace
}  // namespace chokepoint::detail
