#include "chokepoint/store/database.hpp"
#include "chokepoint/store/reader.hpp"
#include "tests/support/database_dump.hpp"
#include "tests/support/scratch_folder.hpp"
#include "tests/support/seeds.hpp"

#include <SQLiteCpp/SQLiteCpp.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>

namespace chokepoint {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Not;

constexpr const char* search_graph = R"({"sources":[{"id":"s"}],"nodes":[
{"id":"huawei","type":"firm","labels":{"en":"Huawei","zh":"华为"},"aliases":["Huawei Technologies","华为技术有限公司"],"sources":[{"source":"s"}]},
{"id":"ascend-910b","type":"chip","labels":{"en":"Huawei Ascend 910B","zh":"昇腾910B"},"sources":[{"source":"s"}]},
{"id":"rare-earths","type":"material","labels":{"en":"Rare earths","zh":"稀土"},"sources":[{"source":"s"}]},
{"id":"rare-earth-magnet","type":"material","labels":{"en":"Rare-earth magnets","zh":"稀土永磁"},"sources":[{"source":"s"}]},
{"id":"nvidia","type":"firm","labels":{"en":"Nvidia","zh":"英伟达"},"aliases":["NVDA"],"codes":{"lei":"549300S4KLFTLO7GSQ80"},"sources":[{"source":"s"}]},
{"id":"nvidia-h100","type":"chip","labels":{"en":"Nvidia H100"},"sources":[{"source":"s"}]},
{"id":"h-200","type":"chip","labels":{"en":"H 200"},"sources":[{"source":"s"}]},
{"id":"gpt-4","type":"model","labels":{"en":"GPT-4"},"sources":[{"source":"s"}]},
{"id":"ecole","type":"institute","labels":{"en":"École Polytechnique","fr":"École polytechnique"},"sources":[{"source":"s"}]},
{"id":"us","type":"country","labels":{"en":"United States","zh":"美国"},"aliases":["USA","US"],"codes":{"iso3166":"US"},"sources":[{"source":"s"}]},
{"id":"usb","type":"technology","labels":{"en":"USB"},"sources":[{"source":"s"}]},
{"id":"apple-fruit","type":"product","labels":{"en":"Apple"},"sources":[{"source":"s"}]},
{"id":"apple","type":"firm","labels":{"en":"Apple Inc."},"aliases":["Apple"],"sources":[{"source":"s"}]},
{"id":"pear-1","type":"product","labels":{"en":"Pear"},"sources":[{"source":"s"}]},
{"id":"pear-2","type":"product","labels":{"en":"PEAR"},"sources":[{"source":"s"}]},
{"id":"odd","type":"product","labels":{"en":"a\"b AND (c* OR d) NEAR:^x -y {z} 100%_'"},"sources":[{"source":"s"}]},
{"id":"extension-g","type":"product","labels":{"zh":"𰀀𰀁"},"sources":[{"source":"s"}]},
{"id":"emoji","type":"product","labels":{"en":"Factory 🏭"},"sources":[{"source":"s"}]},
{"id":"Mixed.Case:1","type":"product","sources":[{"source":"s"}]}]})";

class Search : public testing::Test {
 protected:
  void SetUp() override { ASSERT_EQ(test::problems_of(database_, search_graph), ""); }
  std::vector<std::string> found(std::string_view text, std::size_t limit = 100) {
    std::vector<std::string> ids;
    for (const SearchHit& hit : Reader(database_).search(text, limit)) ids.push_back(hit.node.id);
    return ids;
  }
  std::string resolved(std::string_view name) {
    try {
      return Reader(database_).resolve(name).id;
    } catch (const NotFoundError& error) {
      std::string text = "?";
      for (const auto& id : error.candidates) text += " " + id;
      return text;
    } catch (const UsageError& error) {
      return error.what();
    }
  }
  Database database_ = Database::in_memory(Ontology::standard());
};

TEST_F(Search, FindsTwoCharacterChineseInsideLongerNames) {
  EXPECT_EQ(found("华为").front(), "huawei");
  EXPECT_THAT(found("稀土"), ElementsAre("rare-earths", "rare-earth-magnet"));
  EXPECT_THAT(found("技术"), ElementsAre("huawei"));
  EXPECT_THAT(found("为技"), ElementsAre("huawei"));
  EXPECT_THAT(found("腾910"), ElementsAre("ascend-910b"));
}

TEST_F(Search, SeesNoCaseWidthOrAccent) {
  for (const char* text : {"Nvidia", "nvidia", "NVIDIA", "ｎｖｉｄｉａ", " nvidia "})
    EXPECT_THAT(found(text), ElementsAre("nvidia", "nvidia-h100")) << text;
  for (const char* text : {"école", "ecole", "ÉCOLE",
                           "E\xCC\x81"
                           "cole"})
    EXPECT_THAT(found(text), ElementsAre("ecole")) << text;
}

TEST_F(Search, ASpaceOrHyphenBetweenLettersAndDigitsMakesNoDifference) {
  for (const char* text : {"h100", "H 100", "h-100", "Ｈ１００", "nvidia h100", "H100 Nvidia"})
    EXPECT_THAT(found(text), Contains("nvidia-h100")) << text;
  EXPECT_EQ(found("h100").front(), "nvidia-h100");
  for (const char* text : {"h200", "h 200", "H-200"}) EXPECT_EQ(found(text).front(), "h-200") << text;
  for (const char* text : {"gpt4", "gpt 4", "GPT-4"}) EXPECT_EQ(found(text).front(), "gpt-4") << text;
}

TEST_F(Search, OneCharacterFindsEveryPlaceItStandsIn) {
  EXPECT_THAT(found("华"), ElementsAre("huawei"));
  EXPECT_THAT(found("土"), testing::UnorderedElementsAre("rare-earths", "rare-earth-magnet"));
  EXPECT_THAT(found("永"), ElementsAre("rare-earth-magnet"));
  EXPECT_THAT(found("b"), Contains("ascend-910b"));
}

TEST_F(Search, EveryWordMustOccurAndTheyMayStandInDifferentNames) {
  EXPECT_THAT(found("rare magnets"), ElementsAre("rare-earth-magnet"));
  EXPECT_THAT(found("magnets rare"), ElementsAre("rare-earth-magnet"));
  EXPECT_THAT(found("huawei 昇腾"), ElementsAre("ascend-910b"));
  EXPECT_THAT(found("rare plutonium"), IsEmpty());
}

TEST_F(Search, FindsIdsAliasesAndCodes) {
  EXPECT_THAT(found("NVDA"), ElementsAre("nvidia"));
  EXPECT_THAT(found("549300S4KLFTLO7GSQ80"), ElementsAre("nvidia"));
  EXPECT_THAT(found("mixed.case:1"), ElementsAre("Mixed.Case:1"));
  EXPECT_THAT(found("hua"), testing::UnorderedElementsAre("huawei", "ascend-910b"));
}

TEST_F(Search, ExactNamesComeFirstAndTheMatchIsNamed) {
  EXPECT_EQ(found("us").front(), "us");
  EXPECT_EQ(found("apple", 1).size(), 1U);
  const auto hits = Reader(database_).search("华为", 10);
  ASSERT_FALSE(hits.empty());
  EXPECT_EQ(hits.front().matched, "华为");
  EXPECT_EQ(hits.front().node.labels.at("en"), "Huawei");
}

TEST_F(Search, SyntaxOfTheIndexIsPlainText) {
  for (const char* text :
       {"a\"b", "AND", "c*", "(c", "NEAR:^x", "-y", "{z}", "100%", "_'", "\"", "''", "*", "a\"b AND (c* OR d)"})
    EXPECT_NO_THROW(found(text)) << text;
  EXPECT_THAT(found("a\"b"), Contains("odd"));
  EXPECT_THAT(found("NEAR:^x"), ElementsAre("odd"));
  EXPECT_THAT(found("name_index : huawei"), IsEmpty());
  EXPECT_THAT(found("huawei OR nvidia"), IsEmpty());
  EXPECT_THAT(found("%"), IsEmpty());
  EXPECT_THAT(found(""), IsEmpty());
  EXPECT_THAT(found("   "), IsEmpty());
  EXPECT_THAT(found(std::string("nvi\0dia", 7)), Not(Contains("huawei")));
  EXPECT_NO_THROW(found("\xFF\xFE"));
}

TEST_F(Search, CharactersThatTheTokenizerDoesNotKnowAreFound) {
  EXPECT_THAT(found("𰀀𰀁"), ElementsAre("extension-g"));
  EXPECT_THAT(found("𰀁"), ElementsAre("extension-g"));
}

TEST_F(Search, LongTextsAreNoTrouble) {
  EXPECT_THAT(found(std::string(100000, 'x')), IsEmpty());
  std::string many;
  for (int i = 0; i < 5000; ++i) many += "word" + std::to_string(i) + " ";
  EXPECT_THAT(found(many), IsEmpty());
}

TEST_F(Search, AgreesWithLookingAtEveryName) {
  std::mt19937 random = test::seeded(4);
  const std::string letters = "ab1华为 -";
  const std::vector<std::string> characters = {"a", "b", "1", "华", "为", " ", "-"};
  std::string text = R"({"source":{"id":"s"}})"
                     "\n";
  std::vector<std::string> names;
  for (int i = 0; i < 300; ++i) {
    std::string name;
    for (auto n = 1 + random() % 5; n > 0; --n) name += characters[random() % characters.size()];
    names.push_back(name);
    text += R"({"node":{"id":"n)" + std::to_string(1000 + i) + R"(","type":"product","labels":{"en":")" + name +
            R"("},"sources":[{"source":"s"}]}})"
            "\n";
  }
  Database database = Database::in_memory(Ontology::standard());
  ASSERT_EQ(test::problems_of(database, text), "");
  const auto squeezed = [](const std::string& name) {
    std::string plain;
    for (const char c : name)
      if (c != ' ' && c != '-') plain += c;
    return plain;
  };
  for (int i = 0; i < 200; ++i) {
    std::string wanted;
    for (auto n = 1 + random() % 3; n > 0; --n) wanted += characters[random() % 5];
    std::vector<std::string> expected, got;
    for (std::size_t n = 0; n < names.size(); ++n)
      if (squeezed(names[n]).find(wanted) != std::string::npos ||
          ("n" + std::to_string(1000 + n)).find(wanted) != std::string::npos)
        expected.push_back("n" + std::to_string(1000 + n));
    for (const SearchHit& hit : Reader(database).search(wanted, 1000)) got.push_back(hit.node.id);
    std::sort(got.begin(), got.end());
    EXPECT_EQ(got, expected) << wanted;
  }
}

TEST_F(Search, ResolvesIdsLabelsAliasesAndCodes) {
  EXPECT_EQ(resolved("nvidia"), "nvidia");
  EXPECT_EQ(resolved("NVIDIA"), "nvidia");
  EXPECT_EQ(resolved("英伟达"), "nvidia");
  EXPECT_EQ(resolved("ＮＶＤＡ"), "nvidia");
  EXPECT_EQ(resolved("549300s4klftlo7gsq80"), "nvidia");
  EXPECT_EQ(resolved("united states"), "us");
  EXPECT_EQ(resolved("USA"), "us");
  EXPECT_EQ(resolved("mixed.case:1"), "Mixed.Case:1");
  EXPECT_EQ(resolved("ecole polytechnique"), "ecole");
}

TEST_F(Search, AnIdWinsOverTheNamesOfOthers) { EXPECT_EQ(resolved("apple"), "apple"); }

TEST_F(Search, AnAmbiguousNameListsItsCandidates) {
  EXPECT_THAT(resolved("Pear"), testing::HasSubstr("names 2 nodes: pear-1 (product), pear-2 (product)"));
}

TEST_F(Search, AnUnknownNameGetsSuggestions) {
  EXPECT_THAT(resolved("nvidai"), testing::StartsWith("? nvidia"));
  EXPECT_THAT(resolved("huwaei"), testing::StartsWith("? huawei"));
  EXPECT_THAT(resolved("化为"), testing::HasSubstr("huawei"));
  EXPECT_THAT(resolved("rare earth"), testing::HasSubstr("rare-earths"));
  EXPECT_EQ(resolved("qqqqqqqqqq"), "?");
  EXPECT_EQ(resolved(""), "?");
  EXPECT_EQ(resolved("\""), "?");
}

TEST(SearchBesideOtherTools, IsRightAfterEditsMadeWithSqlite) {
  const test::ScratchFolder folder;
  const auto path = folder / "graph.db";
  {
    Database database = Database::create(path, Ontology::standard());
    ASSERT_EQ(test::problems_of(database, search_graph), "");
  }
  const auto found = [&](std::string_view text) {
    const Database database = Database::open(path, OpenMode::read);
    std::vector<std::string> ids;
    for (const SearchHit& hit : Reader(database).search(text, 10)) ids.push_back(hit.node.id);
    return ids;
  };
  const auto revision = Database::open(path, OpenMode::read).info().revision;
  {
    SQLite::Database other(path.string(), SQLite::OPEN_READWRITE);
    other.exec("UPDATE alias SET folded = 'renamed', name = 'Renamed' WHERE name = 'Nvidia'");
  }
  EXPECT_GT(Database::open(path, OpenMode::read).info().revision, revision);
  EXPECT_THAT(found("renamed"), ElementsAre("nvidia"));
  EXPECT_THAT(found("稀土永磁"), ElementsAre("rare-earth-magnet"));
  const auto revisions = Reader(Database::open(path, OpenMode::read)).revisions();
  EXPECT_EQ(revisions.back().command, "outside edit");
  // The next import writes the index anew.
  Database database = Database::open(path, OpenMode::write);
  test::import_lines(database, R"({"dataset":{"id":"e"},"sources":[{"id":"t"}]})");
  EXPECT_THAT(Reader(database).sql("SELECT revision = search_revision FROM state").rows.front().front(), Json(1));
}

TEST(SearchBesideOtherTools, EveryTableRaisesTheRevision) {
  const test::ScratchFolder folder;
  const auto path = folder / "graph.db";
  {
    Database database = Database::create(path, Ontology::standard());
    ASSERT_EQ(test::problems_of(database, R"({"sources":[{"id":"s"},{"id":"t"}],"nodes":[
      {"id":"a","type":"firm","sources":[{"source":"s"},{"source":"t"}]},{"id":"b","type":"chip","sources":[{"source":"s"}]}],
      "edges":[{"type":"produces","from":"a","to":"b","sources":[{"source":"s"}]}],
      "observations":[{"subject":"a","indicator":"x","value":1,"sources":[{"source":"s"}]}]})"),
              "");
  }
  const auto revision = [&] { return Database::open(path, OpenMode::read).info().revision; };
  for (const char* sql :
       {"UPDATE node SET description = 'x'", "UPDATE edge SET share = 0.5", "UPDATE observation SET value = 2",
        "UPDATE source SET title = 'x'", "UPDATE alias SET name = 'x' WHERE kind = 'label'",
        "UPDATE alias SET tag = 'x'", "UPDATE citation SET locator = 'x'", "DELETE FROM citation", "DELETE FROM edge",
        "DELETE FROM observation", "DELETE FROM alias", "DELETE FROM source WHERE id = 't'",
        "UPDATE membership SET contribution = '{}'", "INSERT INTO dataset VALUES (9, 'x', '', '', '')",
        "UPDATE node_type SET colour = '#000000'", "UPDATE edge_type SET colour = '#000000'"}) {
    const auto before = revision();
    SQLite::Database other(path.string(), SQLite::OPEN_READWRITE);
    const int rows = other.exec(sql);
    EXPECT_TRUE(rows == 0 || revision() > before) << sql;
  }
}

TEST(SearchOfManyNames, TakesNoWordFromTheEndOfOneNameAndTheBeginningOfTheNext) {
  Database database = Database::in_memory(Ontology::standard());
  ASSERT_EQ(test::problems_of(database, R"({"sources":[{"id":"s"}],"nodes":[
{"id":"2345","type":"firm","labels":{"en":"works 12"},"sources":[{"source":"s"}]}]})"),
            "");
  EXPECT_TRUE(Reader(database).search("works 12", 10).size() == 1);
  EXPECT_TRUE(Reader(database).search("works 122345", 10).empty());
  EXPECT_TRUE(Reader(database).search("122345", 10).empty());
}

/// Where there are many names, the index is asked for the rarest pairs of a text alone.
TEST(SearchOfManyNames, FindsWhatALookAtAllNamesFinds) {
  constexpr int nodes = 21000;
  std::string text = R"({"source":{"id":"s"}})"
                     "\n";
  for (int i = 0; i < nodes; ++i)
    text += R"({"node":{"id":"n)" + std::to_string(i) + R"(","type":"firm","labels":{"en":"Works no. )" +
            std::to_string(i * 37 % nodes) + (i % 1000 == 0 ? " Zürich" : "") +
            R"("},"sources":[{"source":"s"}]}})"
            "\n";
  const test::ScratchFolder folder;
  Database database = Database::create(folder / "many.db", Ontology::standard());
  test::import_lines(database, text);
  const auto found = [&](std::string_view words) {
    std::vector<std::string> ids;
    for (const SearchHit& hit : Reader(database).search(words, 30000)) ids.push_back(hit.node.id);
    return ids;
  };
  const std::vector<std::string> asked{
      "Works no. 777", "777",          "works 20", "zurich", "zurich works no 1", "n 5", "no such name",
      "works",         "no. 12 works", "n20999",   "0"};
  std::vector<std::vector<std::string>> by_index;
  for (const std::string& words : asked) by_index.push_back(found(words));
  {
    // An edit behind the program's back, after which the index is not believed.
    SQLite::Database connection((folder / "many.db").string(), SQLite::OPEN_READWRITE);
    connection.exec("UPDATE node SET description = 'x' WHERE key = 1");
  }
  for (std::size_t i = 0; i < asked.size(); ++i) EXPECT_EQ(by_index[i], found(asked[i])) << asked[i];
  EXPECT_FALSE(by_index[0].empty());
  EXPECT_EQ(by_index[3].size(), 21U);
}

}  // namespace
}  // namespace chokepoint
