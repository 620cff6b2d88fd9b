// The quick way of reading an edge takes no edge that the full one refuses, and makes the same of it.
#include "ingest/checking/plain_edge.hpp"

#include "chokepoint/model/json_reader.hpp"
#include "chokepoint/model/record_fields.hpp"
#include "ingest/checking/record_reader.hpp"
#include "tests/support/graph_fixture.hpp"
#include "tests/support/seeds.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

namespace chokepoint {
namespace {

/// Values of which some suit a field and others only just do not.
const std::vector<std::string>& values_of(FieldKind kind) {
  static const std::vector<std::string> texts{R"("US")", R"("")", R"("a\u0000b")", "1", "null", R"(" percent ")"};
  static const std::vector<std::string> dates{R"("2024")",       R"("2024-02-30")", R"("2023-02")", R"("2023-02-28")",
                                              R"("2025-01-01")", R"("soon")",       R"("")",        "2024"};
  static const std::vector<std::string> nodes{R"("a")", R"("b")", R"("")", R"("A b")", R"("a/b")", "7"};
  static const std::vector<std::string> numbers{"0.25",
                                                "1",
                                                "0",
                                                "-1",
                                                "1.5",

                                                "-0.0",
                                                "0.1234567890123456789012",
                                                "12345678901234567890",
                                                "9007199254740993",
                                                "1e-400",
                                                R"("0.5")",
                                                "true",
                                                "123456789012345"};
  static const std::vector<std::string> counts{"1", "2", "0", "-3", "1.5", "4294967295", "4294967296", R"("2")"};
  static const std::vector<std::string> words{R"("estimated")", R"("planned")", R"("minor")", R"("at-least")",
                                              R"("about")",     R"("never")",   "1",          R"("")"};
  switch (kind) {
    case FieldKind::date: return dates;
    case FieldKind::node: return nodes;
    case FieldKind::number: return numbers;
    case FieldKind::count: return counts;
    case FieldKind::word: return words;
    default: return texts;
  }
}

class Edges {
 public:
  explicit Edges(std::mt19937& random) : random_(random) {}

  std::string draw() {
    members_.clear();
    add("type", {R"("produces")", R"("requires")", R"("restricts")", R"("located-in")", R"("no-type")"});
    add("from", {R"("a")", R"("b")", R"("a b")"});
    add("to", {R"("c")", R"("d")", R"("")"});
    if (chance(30)) add("id", {R"("e1")", R"("E 1")", "1"});
    if (chance(80))
      add("sources", {R"([{"source":"s"}])", R"([{"source":"s","locator":"p. 3"}])", R"([{"source":"s","locator":""}])",
                      R"([{"source":"s","read":"40%; 2026-01-01"}])", R"([{"source":"s","page":"1"}])", R"([])",
                      R"({"source":"s"})", R"([{"source":"s"},{"source":"s"}])", R"([{"locator":"p"}])",
                      R"([{"source":"s","read":"2026-01-01; x"}])"});
    for_each_field<Edge>([&](const auto& field) {
      if (chance(12)) add(std::string(field.name), values_of(field_kind<decltype(field)>));
    });
    if (chance(3)) members_.emplace_back(R"("colour":"red")");
    std::shuffle(members_.begin(), members_.end(), random_);
    return fmt::format("{{{}}}", fmt::join(members_, ","));
  }

 private:
  bool chance(unsigned percent) { return random_() % 100 < percent; }
  /// The first value is the likeliest.
  void add(const std::string& name, const std::vector<std::string>& values) {
    const std::size_t at = chance(70) ? 0 : random_() % values.size();
    members_.push_back(fmt::format("\"{}\":{}", name, values[at]));
  }

  std::mt19937& random_;
  std::vector<std::string> members_;
};

TEST(PlainEdge, IsWhatTheFullReaderMakesOfIt) {
  std::mt19937 random = test::seeded(171);
  const auto ontology = test::standard_ontology();
  Edges edges(random);
  unsigned plain = 0, refused = 0;
  for (int round = 0; round < 20'000; ++round) {
    const std::string text = edges.draw();
    const Json value = parse_json(text);
    const std::string source = random() % 2 == 0 ? "file" : "";
    const auto quick = detail::plain_edge(value, *ontology, source);
    // No attributes are the same as none written, but what has any is read in full.
    Json in_full = value;
    in_full.set("attributes", Json::object());
    detail::Problems problems;
    const auto full = detail::RecordReader(*ontology, problems, source).edge(in_full, {});
    refused += full ? 0U : 1U;
    if (!quick) continue;
    ++plain;
    ASSERT_TRUE(full) << text << ": " << problems.sorted().front().message;
    ASSERT_EQ(full->attributes, "");
    ASSERT_TRUE(*quick == *full) << text << '\n'
                                 << to_text(to_json(*quick, true)) << '\n'
                                 << to_text(to_json(*full, true));
  }
  EXPECT_GT(plain, 3000U);
  EXPECT_GT(refused, 3000U);
}

}  // namespace
}  // namespace chokepoint
