#include "chokepoint/snapshot/record_counts.hpp"

#include "chokepoint/snapshot/snapshot_file.hpp"
#include "chokepoint/snapshot/view.hpp"
#include "tests/support/fact_graph.hpp"
#include "tests/support/scratch_folder.hpp"
#include "tests/support/seeds.hpp"

#include <gtest/gtest.h>

#include <memory>
#include <random>
#include <string>

namespace chokepoint {
namespace {

std::shared_ptr<const Snapshot> random_snapshot(unsigned seed) {
  std::mt19937 random = test::seeded(seed);
  return test::random_facts(random, 12, 60).build();
}

std::uint64_t edges_of_day(const Snapshot& snapshot, const View& view) {
  std::uint64_t count = 0;
  for (Arc e = 0; e < snapshot.edge_count(); ++e) count += view.has_edge(e) ? 1U : 0U;
  return count;
}

TEST(RecordCounts, TellWhatCountsOnADayAsAViewDoes) {
  for (unsigned seed = 1; seed <= 60; ++seed) {
    const auto snapshot = random_snapshot(seed);
    const RecordCounts counts = counts_of(*snapshot);
    for (const int year : {1990, 2019, 2021, 2023, 2025, 2060}) {
      ViewOptions options;
      options.as_of = parse_as_of(std::to_string(year)).value();
      options.include_derived = true;
      const View view(snapshot, options), local = View::local(snapshot, options);
      std::int64_t nodes = 0, edges = 0, rivals = 0;
      for (const RecordCounts::Change& change : counts.changes) {
        if (change.day > options.as_of.days) break;
        nodes += change.nodes;
        edges += change.edges;
      }
      for (const Arc e : snapshot->columns().claim.contested()) {
        edges += local.fate(e) == Fate::counts ? 1 : 0;
        rivals += local.fate(e) == Fate::rival ? 1 : 0;
      }
      std::int64_t nodes_of_view = 0;
      for (Vertex v = 0; v < snapshot->vertex_count(); ++v) nodes_of_view += view.has_node(v) ? 1 : 0;
      EXPECT_EQ(nodes, nodes_of_view) << "seed " << seed << ", " << year;
      EXPECT_EQ(static_cast<std::uint64_t>(edges), edges_of_day(*snapshot, view)) << "seed " << seed << ", " << year;
      EXPECT_EQ(static_cast<std::size_t>(rivals), view.coverage().rivals.size()) << "seed " << seed << ", " << year;
    }
  }
}

TEST(RecordCounts, AreReadAsTheyWereWrittenAndNothingElseIs) {
  const auto snapshot = random_snapshot(5);
  RecordCounts counts = counts_of(*snapshot);
  counts.observations = 7;
  counts.sources = 8;
  counts.datasets = 9;
  const std::string bytes = packed(counts);
  const std::size_t nodes = counts.node_types.size(), edges = counts.edge_types.size();
  EXPECT_EQ(unpacked_counts(bytes, nodes, edges), counts);
  RecordCounts without_days = counts;
  without_days.changes.clear();
  EXPECT_EQ(unpacked_counts(bytes, nodes, edges, false), without_days);
  EXPECT_THROW(static_cast<void>(unpacked_counts(bytes, nodes + 1, edges)), DamagedSnapshot);
  for (std::size_t size = 0; size < bytes.size(); ++size)
    EXPECT_THROW(static_cast<void>(unpacked_counts(bytes.substr(0, size), nodes, edges)), DamagedSnapshot) << size;
  EXPECT_THROW(static_cast<void>(unpacked_counts(bytes + "12345678", nodes, edges)), DamagedSnapshot);
}

TEST(RecordCounts, StandInTheFile) {
  const test::ScratchFolder folder;
  const auto snapshot = random_snapshot(6);
  SnapshotFile::write(folder / "a.snapshot", *snapshot, {}, {});
  EXPECT_EQ(SnapshotFile::open(folder / "a.snapshot")->counts(), counts_of(*snapshot));
}

}  // namespace
}  // namespace chokepoint
