// What a database logs of its changes, and an earlier snapshot with them.
#include "chokepoint/snapshot/delta_snapshot.hpp"
#include "chokepoint/store/reader.hpp"
#include "chokepoint/store/snapshot_store.hpp"
#include "tests/support/database_dump.hpp"
#include "tests/support/scratch_folder.hpp"

#include <SQLiteCpp/SQLiteCpp.h>
#include <gtest/gtest.h>

#include <numeric>
#include <string>
#include <vector>

namespace chokepoint {
namespace {

const Date delta_day = Date::from_ymd(2026, 1, 1);

constexpr const char* delta_records = R"({"dataset":{"id":"d"},"sources":[{"id":"s","date":"2024"}],"nodes":[
{"id":"acme","type":"firm","sources":[{"source":"s"}]},{"id":"bolt","type":"firm","sources":[{"source":"s"}]},
{"id":"chip","type":"chip","sources":[{"source":"s"}]},{"id":"wire","type":"product","sources":[{"source":"s"}]}],
"edges":[
{"id":"e1","from":"acme","type":"produces","to":"chip","share":0.5,"sources":[{"source":"s"}]},
{"id":"e2","from":"bolt","type":"produces","to":"chip","share":0.25,"sources":[{"source":"s"}]},
{"id":"e3","from":"chip","type":"requires","to":"wire","sources":[{"source":"s"}]},
{"id":"e4","from":"acme","type":"produces","to":"wire","sources":[{"source":"s"}]}]})";

class Delta : public testing::Test {
 protected:
  void SetUp() override {
    Database database = Database::create(path_, Ontology::standard());
    test::import_lines(database, delta_records);
    static_cast<void>(found());
  }
  void edit(const std::string& sql) const { SQLite::Database(path_.string(), SQLite::OPEN_READWRITE).exec(sql); }
  [[nodiscard]] FoundSnapshot found() const {
    const Database database = Database::open_later(path_, OpenMode::read);
    return find_snapshot(database, delta_day, {}, 0);
  }
  /// The whole graph, edge by edge with what is asked of them; of a delta the part that all nodes are.
  [[nodiscard]] std::string told() const {
    const FoundSnapshot all = found();
    std::shared_ptr<const Snapshot> graph = all.snapshot;
    if (all.delta) {
      std::vector<Vertex> nodes(all.delta->base()->vertex_count() + all.delta->rows().vertex_count());
      std::iota(nodes.begin(), nodes.end(), 0U);
      graph = all.delta->part(nodes, true);
    }
    const SnapshotColumns& columns = graph->columns();
    std::string text;
    for (Vertex v = 0; v < graph->vertex_count(); ++v)
      text.append(graph->id(v)) += ":" + graph->type(v).id + ":" + std::to_string(columns.node_from[v]) + " ";
    for (Arc e = 0; e < graph->edge_count(); ++e) {
      text.append(graph->id(columns.from[e])) += ">" + graph->type_of_edge(e).id + ">";
      text.append(graph->id(columns.to[e])) +=
          "=" + std::to_string(graph->share(e)) + "," + std::to_string(columns.claim[e]) + "," +
          std::string(graph->group_name(e)) + "," + std::to_string(columns.gate[e]) + " ";
    }
    return text;
  }
  [[nodiscard]] std::string told_anew() const {
    std::filesystem::remove(path_.string() + ".snapshot");
    return told();
  }
  /// Does something, and expects a delta that tells the graph as it is then.
  void expect_delta(const std::string& sql) const {
    edit(sql);
    const FoundSnapshot all = found();
    ASSERT_NE(all.delta, nullptr) << sql;
    const std::string of_delta = told();
    const RecordCounts counts = all.delta->counts(all.file->counts());
    const auto edges = all.delta->edge_count();
    EXPECT_EQ(of_delta, told_anew()) << sql;
    EXPECT_EQ(counts, found().file->counts()) << sql;
    EXPECT_EQ(edges, found().snapshot->edge_count()) << sql;
  }
  void expect_no_delta(const std::string& sql) const {
    edit(sql);
    EXPECT_EQ(found().delta, nullptr) << sql;
  }
  test::ScratchFolder folder_;
  std::filesystem::path path_ = folder_ / "a.db";
};

TEST_F(Delta, TellsTheGraphAsItIs) {
  expect_delta("UPDATE edge SET share = 0.75 WHERE name = 'e1'");
  expect_delta("DELETE FROM edge WHERE name = 'e2'");
  expect_delta("UPDATE edge SET to_node = (SELECT key FROM node WHERE id = 'wire') WHERE name = 'e1'");
  expect_delta("UPDATE node SET since = '2030' WHERE id = 'wire'");
  expect_delta("UPDATE node SET type = (SELECT key FROM node_type WHERE id = 'material') WHERE id = 'wire'");
  expect_delta("UPDATE node SET id = 'aaa', id_folded = 'aaa' WHERE id = 'wire'");
  expect_delta("UPDATE edge SET group_name = 'or' WHERE name = 'e3'; UPDATE edge SET share = 0.125 WHERE name = 'e1'");
  expect_delta(
      "DELETE FROM edge WHERE from_node = (SELECT key FROM node WHERE id = 'bolt'); "
      "DELETE FROM node WHERE id = 'bolt'");
  expect_delta("UPDATE alias SET name = 'Other' WHERE name = 'acme'");
}

TEST_F(Delta, HasRivalClaimsOfBaseAndDelta) {
  // One more claim on the fact of e1, which the snapshot has.
  expect_delta(
      "INSERT INTO edge (from_node, type, to_node, key, hash, name, share, source, dataset) SELECT from_node, "
      "type, to_node, 100, 7, 'a-rival', 0.125, source, dataset FROM edge WHERE name = 'e1'");
  expect_delta("UPDATE edge SET unit = 'kg' WHERE name = 'a-rival'");
}

TEST_F(Delta, NoticesWhatReplacingTakesAwayWithoutATrigger) {
  expect_delta(
      "INSERT OR REPLACE INTO edge (from_node, type, to_node, key, hash, name, source, dataset) SELECT "
      "o.from_node, o.type, o.to_node, e.key, 8, 'e9', e.source, e.dataset FROM edge e, edge o WHERE e.name = "
      "'e1' AND o.name = 'e3'");
  expect_delta(
      "INSERT OR REPLACE INTO edge (from_node, type, to_node, key, hash, name, source, dataset) SELECT "
      "from_node, type, to_node, 77, 8, 'e2', source, dataset FROM edge WHERE name = 'e3'");
  expect_delta("UPDATE OR REPLACE edge SET key = (SELECT key FROM edge WHERE name = 'e4') WHERE name = 'e3'");
  expect_delta("UPDATE OR REPLACE edge SET name = 'e9' WHERE name = 'e3'");
}

TEST_F(Delta, ReachesBackOverSeveralChangesOfOneSnapshot) {
  for (int i = 1; i < 200; ++i) edit("UPDATE edge SET share = 0.001 * " + std::to_string(i) + " WHERE name = 'e1'");
  expect_delta("DELETE FROM edge WHERE name = 'e2'");
}

TEST_F(Delta, IsNoneWhereTheLogDoesNotTell) {
  for (const char* sql : {"UPDATE source SET date = '2020'", "UPDATE edge_type SET description = 'other'",
                          "UPDATE state SET ontology = ontology || ' '",
                          "UPDATE token SET value = "
                          "'0123456789abcdef0123456789abcdef'",
                          "INSERT OR REPLACE INTO source SELECT * FROM source"}) {
    expect_no_delta(sql);
    static_cast<void>(found());
  }
}

TEST_F(Delta, IsNoneOfALogThatOthersTouched) {
  const std::string change = "UPDATE edge SET share = share / 2 WHERE name = 'e1'; ";
  for (const char* sql : {"DELETE FROM change_log WHERE kind = 'edge'",
                          "DELETE FROM change_log WHERE entry = (SELECT max(entry) FROM change_log)",
                          "UPDATE change_log SET to_node = 1 WHERE kind = 'edge'",
                          "UPDATE change_log SET before = after WHERE kind = 'state'", "DELETE FROM change_log"}) {
    expect_no_delta(change + change + sql);
    static_cast<void>(found());
    static_cast<void>(found());
    EXPECT_NE(found().file, nullptr);
  }
}

TEST_F(Delta, IsNoneOfAnotherPast) {
  std::filesystem::copy_file(path_, folder_ / "backup");
  edit("UPDATE edge SET share = 0.75 WHERE name = 'e1'");
  ASSERT_NE(found().delta, nullptr);
  std::filesystem::remove(path_.string() + ".snapshot");
  static_cast<void>(found());  // of the state that is thrown away
  std::filesystem::copy_file(folder_ / "backup", path_, std::filesystem::copy_options::overwrite_existing);
  expect_no_delta("UPDATE edge SET share = 0.875 WHERE name = 'e1'");
  EXPECT_NE(told_anew().find("0.875"), std::string::npos);
}

TEST_F(Delta, IsNoneWhereTooMuchChanged) {
  std::string sql = "BEGIN;";
  for (int i = 0; i < 6000; ++i)
    sql += "INSERT INTO edge (from_node, type, to_node, key, hash, source, dataset) SELECT from_node, type, to_node, " +
           std::to_string(1000 + i) + ", 1, source, dataset FROM edge WHERE name = 'e1';";
  expect_no_delta(sql + "COMMIT");
}

/// What is called so may come any day, and then an edge that nobody touched means something else.
TEST_F(Delta, IsNoneWhereAnEdgeReplacesWhatIsNotThereYet) {
  edit(R"(UPDATE edge SET attributes = '{"replaces":["later"]}' WHERE name = 'e3')");
  static_cast<void>(found());
  expect_no_delta("UPDATE node SET id = 'later', id_folded = 'later' WHERE id = 'bolt'");
}

TEST_F(Delta, FollowsImportsAndRemovals) {
  {
    Database database = Database::open(path_, OpenMode::write);
    test::import_lines(database, R"({"dataset":{"id":"more"},"sources":[{"id":"t"}],"nodes":[{"id":"bobbin",
"type":"product","sources":[{"source":"t"}]}],"edges":[{"id":"m1","from":"wire","type":"requires","to":"bobbin",
"sources":[{"source":"t"}]}]})",
                       [] {
                         ImportOptions more;
                         more.dataset = "more";
                         return more;
                       }());
  }
  const FoundSnapshot all = found();
  ASSERT_NE(all.delta, nullptr);
  EXPECT_TRUE(all.delta->find("bobbin"));
  EXPECT_EQ(all.delta->edge_count(), 5U);
  EXPECT_EQ(all.delta->rows().edge_count(), 1U);
  EXPECT_EQ(told(), told_anew());
}

}  // namespace
}  // namespace chokepoint
