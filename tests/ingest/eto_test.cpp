#include "chokepoint/ingest/eto.hpp"

#include "chokepoint/model/json_reader.hpp"
#include "chokepoint/store/reader.hpp"
#include "chokepoint/support/error.hpp"
#include "tests/support/support.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <functional>
#include <map>
#include <sstream>
#include <string>

namespace chokepoint {
namespace {

namespace fs = std::filesystem;
using testing::Contains;
using testing::HasSubstr;

class Eto : public testing::Test {
 protected:
  void SetUp() override {
    if (!fs::exists(folder_)) GTEST_SKIP() << "the ETO tables are not at " << folder_;
  }

  std::map<std::string, int> count(const Json& dataset, const char* list) {
    std::map<std::string, int> counts;
    for (const Json& record : dataset.find(list)->as_array()) {
      const Json* status = record.find("status");
      ++counts[status != nullptr ? status->as_string() : record.find("type")->as_string()];
    }
    return counts;
  }

  /// A copy of the tables in which `edit` changed the text of one.
  fs::path broken(const std::string& table, const std::function<void(std::string&)>& edit) {
    const fs::path copy = fs::temp_directory_path() / ("chokepoint_eto_" + std::to_string(::getpid()));
    fs::remove_all(copy);
    fs::create_directories(copy);
    for (const char* name : {"inputs.csv", "providers.csv", "provision.csv", "sequence.csv", "stages.csv"}) {
      std::ostringstream text;
      text << std::ifstream(folder_ / name, std::ios::binary).rdbuf();
      std::string content = text.str();
      if (name == table) edit(content);
      std::ofstream(copy / name, std::ios::binary) << content;
    }
    copy_ = copy;
    return copy;
  }

  Problem refusal(const fs::path& folder) {
    try {
      read_eto(folder, {});
    } catch (const IngestError& error) {
      return error.problems.at(0);
    }
    return {"", 0, "", "accepted"};
  }

  void TearDown() override {
    if (!copy_.empty()) fs::remove_all(copy_);
  }

  const fs::path folder_ = test::shared_dir() / "eto";
  fs::path copy_;
};

void replace_first(std::string& text, const std::string& from, const std::string& to) {
  const auto at = text.find(from);
  ASSERT_NE(at, std::string::npos) << from;
  text.replace(at, from.size(), to);
}

TEST_F(Eto, GivesTheCountsOfTheMapping) {
  const Json dataset = parse_json(read_eto(folder_, {}).text);
  EXPECT_EQ(count(dataset, "nodes"), (std::map<std::string, int>{{"country", 20},
                                                                 {"group", 1},
                                                                 {"firm", 274},
                                                                 {"equipment", 50},
                                                                 {"software", 1},
                                                                 {"material", 15},
                                                                 {"process", 12},
                                                                 {"product", 1},
                                                                 {"segment", 3}}));
  EXPECT_EQ(count(dataset, "edges"), (std::map<std::string, int>{{"produces", 659},
                                                                 {"located-in", 274},
                                                                 {"requires", 62},
                                                                 {"variant-of", 31},
                                                                 {"step-of", 12},
                                                                 {"derived", 6}}));
}

TEST_F(Eto, ImportsIntoAnEmptyDatabaseAndTwiceChangesNothing) {
  Database database = Database::in_memory(Ontology::standard());
  std::vector<std::string> quirks;
  ImportOptions options;
  options.at = "2026-11-22T00:00:00Z";
  const auto first = import_eto(database, folder_, {}, options, quirks);
  EXPECT_EQ(first.nodes.added, 377);
  EXPECT_EQ(first.edges.added, 1044);
  EXPECT_TRUE(first.merged.empty());
  const auto again = import_eto(database, folder_, {}, options, quirks);
  EXPECT_FALSE(again.changed);
  EXPECT_TRUE(Reader(database).node("country:MYS").has_value());
  EXPECT_TRUE(Reader(database).node("residual:P5").has_value());
}

TEST_F(Eto, SplitsSharesAsTheMappingSays) {
  int percent = 0, minor = 0, unknown = 0;
  const Json dataset = parse_json(read_eto(folder_, {}).text);
  for (const Json& edge : dataset.find("edges")->as_array()) {
    if (edge.find("type")->as_string() != "produces") continue;
    if (edge.find("share") != nullptr)
      ++percent;
    else if (edge.find("significance")->as_string() == "minor")
      ++minor;
    else
      ++unknown;
  }
  EXPECT_EQ(percent, 206);
  EXPECT_EQ(minor, 73);
  EXPECT_EQ(unknown, 380);
}

TEST_F(Eto, ReportsItsQuirks) {
  const auto quirks = read_eto(folder_, {}).quirks;
  EXPECT_THAT(quirks, Contains(HasSubstr("P57 -> S3 stands there twice")));
  EXPECT_THAT(quirks, Contains(HasSubstr("MAL is no ISO 3166 code; read as MYS")));
  EXPECT_THAT(quirks, Contains(HasSubstr("Various is no country")));
  EXPECT_THAT(quirks, Contains(HasSubstr("LUX occurs only as a seat")));
  EXPECT_THAT(quirks, Contains(HasSubstr("is also called")));
  // 16 firms and CAN; LUX, the 18th of the tables' own description, has no provider row.
  EXPECT_THAT(quirks, Contains(testing::AllOf(HasSubstr("17 providers provide nothing"), HasSubstr("CAN"))));
  EXPECT_THAT(quirks, Contains(HasSubstr("DISCO")));
  EXPECT_THAT(quirks, Contains(HasSubstr("6 inputs have no supplier row: N28, N36, N47, N48, N55, N72")));
  EXPECT_THAT(quirks, Contains(HasSubstr("ignored: N19, N61, N100")));
  EXPECT_THAT(quirks, Contains(HasSubstr("N77: the layers disagree: CHN has 98 %")));
}

TEST_F(Eto, RefusesBrokenCopiesWithFileAndRow) {
  const Problem unknown = refusal(
      broken("provision.csv", [](std::string& t) { replace_first(t, "USA,P1,Design,S1", "USA,P1,Design,S9"); }));
  EXPECT_THAT(unknown.file, HasSubstr("provision.csv"));
  EXPECT_EQ(unknown.record, "row 2, column provided_id");
  EXPECT_THAT(unknown.message, HasSubstr("S9"));
  const Problem both = refusal(
      broken("provision.csv", [](std::string& t) { replace_first(t, "Design,S1,61%,", "Design,S1,61%,negligible"); }));
  EXPECT_THAT(both.message, HasSubstr("both share columns"));
  const Problem share =
      refusal(broken("provision.csv", [](std::string& t) { replace_first(t, "S1,61%,", "S1,abc,"); }));
  EXPECT_THAT(share.message, HasSubstr("no percentage"));
  const Problem column =
      refusal(broken("providers.csv", [](std::string& t) { replace_first(t, "provider_type", "kind"); }));
  EXPECT_THAT(column.message, HasSubstr("the column provider_type is missing"));
}

TEST_F(Eto, SkipsUnknownIdsWhenLenient) {
  const auto folder =
      broken("provision.csv", [](std::string& t) { replace_first(t, "USA,P1,Design,S1", "USA,P1,Design,S9"); });
  const auto dataset = read_eto(folder, {true, "test"});
  EXPECT_THAT(dataset.quirks, Contains(HasSubstr("provision.csv row 2, column provided_id")));
  EXPECT_EQ(count(parse_json(dataset.text), "edges").at("produces"), 658);
}

}  // namespace
}  // namespace chokepoint
