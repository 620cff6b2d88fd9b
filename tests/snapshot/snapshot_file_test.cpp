#include "chokepoint/snapshot/snapshot_file.hpp"

#include "chokepoint/model/text.hpp"
#include "chokepoint/snapshot/arc_graph.hpp"
#include "algorithms/tiers.hpp"
#include "snapshot/snapshot_format.hpp"
#include "tests/support/fact_graph.hpp"
#include "tests/support/scratch_folder.hpp"
#include "tests/support/seeds.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cstring>
#include <fstream>
#include <functional>
#include <iterator>
#include <map>
#include <random>
#include <string>

namespace chokepoint {
namespace {

using test::random_facts;
using test::ScratchFolder;

std::string read_all(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

void write_all(const std::filesystem::path& path, const std::string& bytes) {
  std::ofstream(path, std::ios::binary | std::ios::trunc) << bytes;
}

/// Every value of every column as text, with NaN and offsets told apart; and names.
std::string describe(const Snapshot& snapshot) {
  std::string text;
  const auto add = [&](const auto& value) {
    if constexpr (std::is_same_v<std::decay_t<decltype(value)>, char>)
      text.push_back(value);
    else
      text.append(std::to_string(value)).push_back(' ');
  };
  detail::for_each_column(snapshot.columns(), [&](std::uint32_t id, const auto& column, auto) {
    text.append("\n" + std::to_string(id) + ": ");
    if constexpr (std::is_same_v<std::decay_t<decltype(column)>, ClaimColumn>) {
      for (Arc e = 0; e < snapshot.edge_count(); ++e) add(column[e]);
    } else {
      for (std::size_t i = 0; i < column.size(); ++i) add(column[i]);
    }
  });
  for (const std::string& name : snapshot.group_names()) text.append(name).push_back('\n');
  add(snapshot.columns().settled_from);
  add(snapshot.columns().settled_until);
  return text + snapshot.ontology().canonical_text();
}

ViewOptions on(int year) {
  ViewOptions options;
  options.as_of = Date::from_ymd(year, 1, 1);
  return options;
}

SnapshotStamp a_stamp() {
  SnapshotStamp stamp;
  stamp.uuid = "0123456789abcdef0123456789abcdef";
  stamp.revision = 41;
  stamp.inode = 7;
  stamp.change_counter = 9;
  return stamp;
}

/// A snapshot with names of every kind.
std::shared_ptr<const Snapshot> with_names(std::mt19937& random, int max_nodes, int max_edges, std::int32_t day) {
  const auto plain = random_facts(random, max_nodes, max_edges).build();
  SnapshotBuilder builder(plain->shared_ontology());
  const SnapshotColumns& c = plain->columns();
  for (Vertex v = 0; v < plain->vertex_count(); ++v) {
    const std::string id(plain->id(v));
    builder.add(SnapshotNode{.id = id, .key = c.node_key[v], .type = c.node_type[v], .since = {}, .until = {}});
    const std::string label = "Label " + id;
    builder.add_name(c.node_key[v], {NodeName::Kind::label, "en", label}, fold(label));
    if (v % 2 == 0) builder.add_name(c.node_key[v], {NodeName::Kind::label, "zh", "标签" + id}, fold("标签" + id));
    if (v % 3 == 0) builder.add_name(c.node_key[v], {NodeName::Kind::alias, "", "shared"}, "shared");
  }
  for (Arc e = 0; e < plain->edge_count(); ++e) {
    SnapshotEdge edge;
    edge.id = std::to_string(e);
    edge.key = c.edge_key[e];
    edge.type = c.edge_type[e];
    edge.from = c.node_key[c.from[e]];
    edge.to = c.node_key[c.to[e]];
    if (c.item[e] != no_vertex) edge.item = c.node_key[c.item[e]];
    edge.status = static_cast<Status>(c.status[e]);
    edge.group = plain->group_name(e);
    edge.share = e % 3 == 0 ? std::optional(0.25) : std::nullopt;
    edge.since = e % 4 == 0 ? "2020" : "";
    edge.until = e % 5 == 0 ? "2023" : "";
    builder.add(std::move(edge));
  }
  return std::move(builder).build(day);
}

TEST(SnapshotFile, GivesBackEveryColumn) {
  std::mt19937 random = test::seeded(1);
  const ScratchFolder folder;
  const auto path = folder.path() / "a.snapshot";
  for (int round = 0; round < 200; ++round) {
    const auto day = round % 2 == 0 ? day_open_from : Date::from_ymd(2024, 1, 1).days;
    const auto built = with_names(random, 4 + round % 9, 1 + round % 40, day);
    SnapshotFile::write(path, *built, a_stamp(), "datasets");
    const auto file = SnapshotFile::open(path);
    ASSERT_NE(file, nullptr);
    EXPECT_EQ(file->stamp(), a_stamp());
    EXPECT_EQ(file->datasets(), "datasets");
    EXPECT_EQ(describe(*file->snapshot()), describe(*built)) << round;
    for (Vertex v = 0; v < built->vertex_count(); ++v) {
      EXPECT_EQ(file->snapshot()->find(built->id(v)), v);
      EXPECT_EQ(file->snapshot()->label(v, "zh"), built->label(v, "zh"));
    }
    file->verify();
  }
}

TEST(SnapshotFile, FindsNodesByAnyNameTheyFoldTo) {
  std::mt19937 random = test::seeded(2);
  const ScratchFolder folder;
  for (int round = 0; round < 50; ++round) {
    const auto built = with_names(random, 4 + round, 10, day_open_from);
    SnapshotFile::write(folder.path() / "a", *built, a_stamp(), "");
    const auto snapshot = SnapshotFile::open(folder.path() / "a")->snapshot();
    std::map<std::string, std::vector<Vertex>> by_name;
    for (Vertex v = 0; v < snapshot->vertex_count(); ++v) {
      by_name[fold(snapshot->id(v))].push_back(v);
      for (const NodeName& name : snapshot->names(v)) by_name[fold(name.text)].push_back(v);
    }
    for (const auto& [name, nodes] : by_name) EXPECT_EQ(snapshot->named(name), nodes) << name;
    EXPECT_TRUE(snapshot->named("no such name").empty());
  }
}

TEST(SnapshotFile, LeavesOutColumnsOfOneValue) {
  test::GraphFixture g;
  for (int i = 0; i < 1000; ++i) g.edge("a" + std::to_string(i), "requires", "b");
  const ScratchFolder folder;
  const auto built = g.build();
  SnapshotFile::write(folder.path() / "a", *built, a_stamp(), "");
  const auto file = SnapshotFile::open(folder.path() / "a");
  EXPECT_TRUE(file->snapshot()->columns().amount.is_constant());
  EXPECT_TRUE(file->snapshot()->columns().market.is_constant());
  EXPECT_LT(file->size() - built->ontology().canonical_text().size(), 1000U * 70);
}

TEST(SnapshotFile, IsNotThereWhenThereIsNone) {
  const ScratchFolder folder;
  EXPECT_EQ(SnapshotFile::open(folder.path() / "none"), nullptr);
  std::filesystem::create_directory(folder.path() / "folder");
  EXPECT_THROW((void)SnapshotFile::open(folder.path() / "folder"), Error);
}

TEST(SnapshotFile, LeavesNothingBehindWhereItCannotBeWritten) {
  std::mt19937 random = test::seeded(3);
  const auto built = with_names(random, 5, 9, day_open_from);
  EXPECT_THROW(SnapshotFile::write("/no/such/folder/a", *built, a_stamp(), ""), IoError);
}

/// Opens and, where that is allowed, walks everywhere; only refusals may come of it.
/// @return whether it was refused
bool is_refused(const std::filesystem::path& path) {
  try {
    const auto file = SnapshotFile::open(path);
    const auto snapshot = file->snapshot();
    const View view = View::local(snapshot, on(2025));
    for (const Walk walk : {Walk::forward, Walk::backward, Walk::either}) {
      const ArcGraph graph(view, {.dependencies = false}, walk);
      for (Vertex v = 0; v < snapshot->vertex_count(); ++v) {
        (void)find_tiers(graph, std::array{v});
        for (const ArcStep step : graph.out(v)) (void)snapshot->id(step.target);
        (void)snapshot->label(v, "en");
        (void)snapshot->type(v);
        (void)snapshot->named(fold(snapshot->id(v)));
      }
    }
    for (Arc e = 0; e < snapshot->edge_count(); ++e) (void)snapshot->group_name(e);
    return false;
  } catch (const DamagedSnapshot&) {
    return true;
  }
}

struct Sample {
  ScratchFolder folder;
  std::filesystem::path path = folder.path() / "a.snapshot";
  std::string bytes;
  explicit Sample(unsigned seed) {
    std::mt19937 random = test::seeded(seed);
    SnapshotFile::write(path, *with_names(random, 9, 25, day_open_from), a_stamp(), "d");
    bytes = read_all(path);
  }
  bool refuses(std::string changed) {
    write_all(path, changed);
    return is_refused(path);
  }
  [[nodiscard]] detail::FileHeader header() const {
    detail::FileHeader header{};
    std::memcpy(&header, bytes.data(), sizeof header);
    return header;
  }
};

TEST(DamagedSnapshotFile, IsRefusedForEveryByteOfItsHead) {
  Sample sample(4);
  const std::size_t head = sizeof(detail::FileHeader) + sample.header().section_count * sizeof(detail::FileSection);
  for (std::size_t at = 0; at < head; ++at) {
    for (const unsigned flip : {0x01U, 0x80U, 0xFFU}) {
      std::string changed = sample.bytes;
      changed[at] = static_cast<char>(static_cast<unsigned char>(changed[at]) ^ flip);
      EXPECT_TRUE(sample.refuses(changed)) << at;
    }
  }
}

TEST(DamagedSnapshotFile, IsRefusedForEveryByteOfASmallBody) {
  Sample sample(5);
  const std::size_t head = sizeof(detail::FileHeader) + sample.header().section_count * sizeof(detail::FileSection);
  std::vector<bool> is_covered(sample.bytes.size(), false);
  for (std::size_t i = 0; i < sample.header().section_count; ++i) {
    detail::FileSection section{};
    std::memcpy(&section, sample.bytes.data() + sizeof(detail::FileHeader) + i * sizeof section, sizeof section);
    // Every hundredth byte of the long ontology is enough.
    for (std::size_t at = 0; section.offset != 0 && at < section.count * section.width; at += section.id == 1 ? 100 : 1)
      is_covered[section.offset + at] = true;
  }
  for (std::size_t at = head; at < sample.bytes.size(); ++at) {
    if (!is_covered[at]) continue;
    std::string changed = sample.bytes;
    changed[at] = static_cast<char>(static_cast<unsigned char>(changed[at]) ^ 0x10U);
    EXPECT_TRUE(sample.refuses(changed)) << at;
  }
}

TEST(DamagedSnapshotFile, IsRefusedWhereverItIsCutOff) {
  Sample sample(6);
  for (std::size_t size = 0; size < sample.bytes.size(); size += size < 4096 ? 1 : 37)
    EXPECT_TRUE(sample.refuses(sample.bytes.substr(0, size))) << size;
  EXPECT_TRUE(sample.refuses(sample.bytes + '\0'));
}

/// Signs a changed head, as one who means harm would.
void sign(std::string& bytes) {
  detail::FileHeader header{};
  std::memcpy(&header, bytes.data(), sizeof header);
  header.checksum = 0;
  std::memcpy(bytes.data(), &header, sizeof header);
  header.checksum =
      hash_bytes(std::string_view(bytes).substr(0, sizeof header + header.section_count * sizeof(detail::FileSection)));
  std::memcpy(bytes.data(), &header, sizeof header);
}

TEST(HostileSnapshotFile, IsRefusedForCountsAndPlacesThatDoNotFit) {
  Sample sample(7);
  const auto change_header = [&](const std::function<void(detail::FileHeader&)>& change) {
    std::string changed = sample.bytes;
    detail::FileHeader header = sample.header();
    change(header);
    std::memcpy(changed.data(), &header, sizeof header);
    sign(changed);
    return changed;
  };
  for (const std::uint64_t count : {0ULL, 1ULL, 1000ULL, 0xFFFFFFFEULL, 0xFFFFFFFFULL, ~0ULL}) {
    EXPECT_TRUE(sample.refuses(change_header([&](auto& header) { header.nodes = count; }))) << count;
    if (count == sample.header().edges) continue;  // a graph without edges
    EXPECT_TRUE(sample.refuses(change_header([&](auto& header) { header.edges = count; }))) << count;
  }
  for (std::size_t i = 0; i < sample.header().section_count; ++i) {
    for (const std::uint64_t value : {1ULL, 64ULL, 1ULL << 40U, ~0ULL, ~0ULL - 63, 1ULL << 63U}) {
      for (const bool is_offset : {true, false}) {
        std::string changed = sample.bytes;
        char* place = changed.data() + sizeof(detail::FileHeader) + i * sizeof(detail::FileSection);
        detail::FileSection section{};
        std::memcpy(&section, place, sizeof section);
        if (section.offset == 0) continue;
        std::uint64_t& number = is_offset ? section.offset : section.count;
        if (number == value) continue;
        number = value;
        std::memcpy(place, &section, sizeof section);
        sign(changed);
        EXPECT_TRUE(sample.refuses(changed)) << i << ' ' << value;
      }
    }
  }
}

/// The bodies of a large file are not looked at when it is opened: walks meet what is in them.
TEST(HostileSnapshotFile, IsNeverReadOutsideByWalks) {
  const ScratchFolder folder;
  const auto path = folder.path() / "a.snapshot";
  test::GraphFixture g;
  // Long group names take the file over the size up to which all is verified at once.
  for (int i = 0; i < 60; ++i) {
    auto& edge =
        g.edge("n" + std::to_string(i % 13), i % 2 == 0 ? "requires" : "supplies", "n" + std::to_string(i % 7));
    edge.group = std::string(100000, static_cast<char>('a' + i % 26)) + std::to_string(i);
  }
  SnapshotFile::write(path, *g.build(), a_stamp(), "");
  const std::string bytes = read_all(path);
  ASSERT_FALSE(SnapshotFile::open(path)->is_verified());
  detail::FileHeader header{};
  std::memcpy(&header, bytes.data(), sizeof header);
  int refused = 0;
  for (std::size_t i = 0; i < header.section_count; ++i) {
    detail::FileSection section{};
    std::memcpy(&section, bytes.data() + sizeof header + i * sizeof section, sizeof section);
    if (section.offset == 0 || section.id < 16) continue;
    for (const int fill : {0xFF, 0x7F, 0x80, 0x01, 0x00}) {
      for (const std::size_t step : {1U, 5U}) {
        std::string changed = bytes;
        for (std::size_t at = 0; at < section.count * section.width; at += step)
          changed[section.offset + at] = static_cast<char>(fill);
        write_all(path, changed);
        refused += is_refused(path) ? 1 : 0;
        const auto file = SnapshotFile::open(path);
        if (changed == bytes) continue;
        EXPECT_THROW(file->verify(), DamagedSnapshot) << section.id;
      }
    }
  }
  EXPECT_GT(refused, 20);
}

TEST(SnapshotFile, MayBeWrittenWhileAnotherReadsIt) {
  std::mt19937 random = test::seeded(8);
  const ScratchFolder folder;
  const auto path = folder.path() / "a.snapshot";
  const auto first = with_names(random, 9, 25, day_open_from);
  const auto second = with_names(random, 9, 25, day_open_from);
  SnapshotFile::write(path, *first, a_stamp(), "");
  const auto reader = SnapshotFile::open(path);
  SnapshotFile::write(path, *second, a_stamp(), "");
  EXPECT_EQ(describe(*reader->snapshot()), describe(*first));
  EXPECT_EQ(describe(*SnapshotFile::open(path)->snapshot()), describe(*second));
}

TEST(View, LooksAtEdgesOneByOneAsItLooksAtAll) {
  std::mt19937 random = test::seeded(9);
  for (int round = 0; round < 300; ++round) {
    const auto day = round % 3 == 0 ? day_open_from : Date::from_ymd(2019 + round % 7, 1, 1).days;
    const auto snapshot = with_names(random, 8, 30, day);
    ViewOptions options = on(2018 + round % 9);
    if (round % 2 == 0) options.include_derived = true;
    if (round % 5 == 0) options.min_confidence = 0.5;
    const View whole(snapshot, options);
    const View local = View::local(snapshot, options);
    for (Arc e = 0; e < snapshot->edge_count(); ++e) {
      EXPECT_EQ(local.has_edge(e), whole.has_edge(e)) << round << ' ' << e;
      EXPECT_EQ(local.fate(e) == Fate::counts, whole.has_edge(e));
    }
    for (Vertex v = 0; v < snapshot->vertex_count(); ++v) EXPECT_EQ(local.has_node(v), whole.has_node(v));
  }
}

}  // namespace
}  // namespace chokepoint
