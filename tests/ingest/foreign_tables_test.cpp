#include "chokepoint/ingest/import.hpp"
#include "chokepoint/store/reader.hpp"
#include "chokepoint/support/error.hpp"
#include "tests/support/foreign_import.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

namespace chokepoint {
namespace {

using testing::HasSubstr;
using testing::Not;

class ForeignTables : public test::ForeignImport {};

TEST_F(ForeignTables, AListOfNamesBecomesNodesAndEdges) {
  const ImportReport report =
      take("deals.csv", "Supplier,Customer,Share %\nAcme Corp,Gamma & Sons,60\nBeta,Gamma & Sons,40\n");
  EXPECT_EQ(report.made_nodes, 3);
  EXPECT_EQ(report.dataset.id, "deals");
  EXPECT_EQ(report.taken_source, "deals-csv");
  const Node made = Reader(database_).node("gamma-sons").value();
  EXPECT_EQ(made.labels.at("en"), "Gamma & Sons");
  EXPECT_EQ(made.codes.at("deals"), "Gamma & Sons");
  EXPECT_EQ(made.type, "firm");
  ASSERT_EQ(edges().size(), 2U);
  EXPECT_EQ(edges()[0].type, "supplies");
  EXPECT_EQ(edges()[0].share.value() + edges()[1].share.value(), 1);
  EXPECT_THAT(joined(report.remarks), HasSubstr("taken as supplies"));
}

TEST_F(ForeignTables, ImportingTheSameFileAgainFindsItsNodesAgain) {
  const std::string rows = "supplier,customer\nn0,17\n华为,n0\n";
  tables_.node_type = "firm";
  take("d.csv", rows);
  const std::string before = dump();
  EXPECT_FALSE(take("d.csv", rows).changed);
  EXPECT_EQ(dump(), before);
  EXPECT_THAT(before, Not(HasSubstr(R"("id":"n0")")));
  EXPECT_THAT(before, HasSubstr(R"("codes":{"d":"17"})"));
}

TEST_F(ForeignTables, CountersOfTwoFilesAreNotTheSameNodes) {
  tables_.node_type = "firm";
  take("a.csv", "id,name\n1,Copper mine\n2,Smelter\n");
  take("b.csv", "id,name\n1,Penicillin plant\n2,Hospital\n");
  EXPECT_TRUE(Reader(database_).node("copper-mine"));
  EXPECT_TRUE(Reader(database_).node("penicillin-plant"));
}

TEST_F(ForeignTables, EndsGivenByNameAreTheNodesOfThatName) {
  take("n.csv", "id,label,type\njp,Japan,country\ntw,Taiwan,country\n");
  tables_.edge_type = "supplies";
  const ImportReport report = take("e.csv", "source,target\nJapan,taiwan\n");
  EXPECT_EQ(report.found_nodes, 2);
  EXPECT_EQ(only_edge().from, "jp");
  EXPECT_EQ(only_edge().to, "tw");
}

TEST_F(ForeignTables, EndsGivenByNameAreFoundInTheTableOfNodesBesideThem) {
  tables_.node_type = "firm";
  tables_.edge_type = "owns";
  import_files(
      database_,
      {folder_.write("n.csv", "id,name\nf1,Acme\nf2,Beta\n"), folder_.write("e.csv", "parent,child\nAcme,Beta\n")}, "",
      tables_, options_);
  EXPECT_EQ(only_edge().from, "f1");
  EXPECT_EQ(only_edge().to, "f2");
}

TEST_F(ForeignTables, ANameOfSeveralNodesIsNoEnd) {
  tables_.node_type = "firm";
  tables_.edge_type = "owns";
  folder_.write("n.csv", "id,name\nf1,Acme\nf2,Acme\nf3,Beta\n");
  try {
    import_files(database_, {folder_.path() / "n.csv", folder_.write("e.csv", "parent,child\nAcme,Beta\n")}, "",
                 tables_, options_);
    FAIL() << "accepted";
  } catch (const IngestError& error) {
    EXPECT_THAT(error.problems.front().message, HasSubstr("several nodes of the input have this name"));
  }
}

struct LogicCase {
  const char* header;
  const char* value;
};

TEST_F(ForeignTables, NoForeignColumnBecomesLogicUnasked) {
  constexpr LogicCase cases[] = {{"group", "1"},   {"k", "3"},           {"status", "Active"}, {"item", "wafers"},
                                 {"market", "EU"}, {"origin", "DE"},     {"bound", "x"},       {"significance", "low"},
                                 {"role", "boss"}, {"confidence", "hi"}, {"performance", "2"}};
  for (const LogicCase& each : cases) {
    Database database = Database::in_memory(Ontology::standard());
    tables_.node_type = "firm";
    tables_.edge_type = "supplies";
    const auto file =
        folder_.write("e.csv", std::string("source,target,") + each.header + "\nAa,Bb," + each.value + "\n");
    import_files(database, {file}, "", tables_, options_);
    Reader(database).for_each_edge("", [&](const Edge& edge) {
      EXPECT_THAT(edge.attributes, HasSubstr(std::string("\"") + each.header + "\":")) << each.header;
      EXPECT_EQ(edge.group + edge.item + edge.market + edge.origin, "") << each.header;
      EXPECT_FALSE(edge.k || edge.performance || edge.confidence) << each.header;
      EXPECT_EQ(edge.status, Status::reported) << each.header;
    });
  }
}

TEST_F(ForeignTables, OurOwnHeaderMeansWhatItSays) {
  tables_.node_type = "product";
  take("n.csv", "id,label\nalpha,A\nbeta,B\ngamma,C\n");
  options_.default_source = "n-csv";
  take("e.csv", "from,to,type,group,k\nalpha,beta,requires,g,1\nalpha,gamma,requires,g,1\n");
  for (const Edge& edge : edges()) EXPECT_EQ(edge.group, "g");
}

TEST_F(ForeignTables, ColumnsOfLooksAreKeptFromTables) {
  tables_.node_type = "firm";
  take("n.csv", "id,name,size,color,x,interval\nacme,Acme,51-200,red,12,weekly\n");
  const std::string attributes = Reader(database_).node("acme").value().attributes;
  for (const char* part : {R"("size":"51-200")", R"("color":"red")", R"("x":"12")", R"("interval":"weekly")"})
    EXPECT_THAT(attributes, HasSubstr(part));
}

TEST_F(ForeignTables, PercentIsJudgedByTheColumn) {
  tables_.node_type = "firm";
  tables_.edge_type = "owns";
  const ImportReport report = take("e.csv", "owner,owned,stake\nAa,Bb,0.5\nAa,Cc,15\nAa,Dd,60\n");
  std::vector<double> shares;
  for (const Edge& edge : edges()) shares.push_back(edge.share.value_or(-1));
  std::sort(shares.begin(), shares.end());
  EXPECT_EQ(shares, (std::vector<double>{0.005, 0.15, 0.6}));
  EXPECT_THAT(joined(report.remarks), HasSubstr("so it holds percent"));
}

struct BoundCase {
  const char* value;
  double share;
  Bound bound;
};

TEST_F(ForeignTables, SharesSayHowTheyAreBounded) {
  constexpr BoundCase cases[] = {
      {">80%", 0.8, Bound::at_least},      {"≥ 80 %", 0.8, Bound::at_least},      {"over 80 %", 0.8, Bound::at_least},
      {"80%+", 0.8, Bound::at_least},      {"80% or more", 0.8, Bound::at_least}, {"超过80%", 0.8, Bound::at_least},
      {"80%以上", 0.8, Bound::at_least},   {"<5%", 0.05, Bound::at_most},         {"≤ 5 %", 0.05, Bound::at_most},
      {"up to 5%", 0.05, Bound::at_most},  {"~60%", 0.6, Bound::about},           {"about 90%", 0.9, Bound::about},
      {"ca. 12,5 %", 0.125, Bound::about}, {"约60%", 0.6, Bound::about},          {"70-80%", 0.7, Bound::at_least},
      {"70%–80%", 0.7, Bound::at_least},   {"70 to 80 %", 0.7, Bound::at_least},  {"0.7-0.8", 0.7, Bound::at_least}};
  for (const BoundCase& each : cases) {
    Database database = Database::in_memory(Ontology::standard());
    const auto file = folder_.write("s.csv", std::string("supplier;customer;share\nAa;Bb;") + each.value + "\n");
    const ImportReport report = import_files(database, {file}, "", tables_, options_).front();
    std::size_t count = 0;
    Reader(database).for_each_edge("", [&](const Edge& edge) {
      ++count;
      EXPECT_DOUBLE_EQ(edge.share.value_or(-1), each.share) << each.value;
      EXPECT_EQ(edge.bound, each.bound) << each.value;
      EXPECT_EQ(edge.sources.front().read, each.value);
    });
    EXPECT_EQ(count, 1U) << each.value;
    EXPECT_THAT(joined(report.remarks), HasSubstr(std::string("such as \"") + each.value)) << each.value;
  }
}

TEST_F(ForeignTables, WhatIsNoBoundedNumberStaysAnAttribute) {
  for (const char* value :
       {"80-70%", ">", "> high", "1-2-3", "over the top", "2019-05", "cap 5", "a-b", "~", "5-", "-5-5"}) {
    Database database = Database::in_memory(Ontology::standard());
    const auto file = folder_.write("s.csv", std::string("supplier,customer,share\nAa,Bb,") + value + "\n");
    import_files(database, {file}, "", tables_, options_);
    Reader(database).for_each_edge("", [&](const Edge& edge) {
      EXPECT_FALSE(edge.share) << value;
      EXPECT_THAT(edge.attributes, HasSubstr(std::string("\"share\":\"") + value)) << value;
    });
  }
}

TEST_F(ForeignTables, BoundsOfARowAgreeOrRefuseIt) {
  tables_.edge_type = "supplies";
  tables_.node_type = "firm";
  EXPECT_THAT(refusal("s.csv", "supplier,customer,share,amount (USD)\nAa,Bb,>80%,<5\n"),
              HasSubstr("column amount (USD): \"<5\" is at-most where another column of the row says at-least"));
  EXPECT_THAT(refusal("t.csv", "from,to,type,share,bound,sources\nAa,Bb,supplies,>0.8,,s\n"), HasSubstr("share"));
  take("u.csv", "supplier,customer,share,amount (USD m)\nAa,Bb,~50%,1.5\nCc,Bb,20%,>2\nDd,Bb,10%,5-7\n");
  for (const Edge& edge : edges()) {
    EXPECT_EQ(edge.bound, edge.from == "Aa" ? Bound::about : Bound::at_least) << edge.from;
    EXPECT_EQ(edge.amount, edge.from == "Aa" ? 1'500'000 : edge.from == "Cc" ? 2'000'000 : 5'000'000) << edge.from;
  }
}

TEST_F(ForeignTables, UnitsInHeadersAreRead) {
  tables_.node_type = "firm";
  tables_.edge_type = "supplies";
  take("e.csv", "source,target,amount (USD m)\nAa,Bb,1.5\n");
  EXPECT_EQ(only_edge().amount, 1500000);
  EXPECT_EQ(only_edge().unit, "USD");
}

TEST_F(ForeignTables, AnAmbiguousNumberIsRefusedWithTheOption) {
  tables_.node_type = "firm";
  tables_.edge_type = "supplies";
  EXPECT_THAT(refusal("e.csv", "source,target,amount\nAa,Bb,\"1,234\"\n"), HasSubstr("--decimal point"));
  tables_.decimal = '.';
  take("e.csv", "source,target,amount\nAa,Bb,\"1,234\"\n");
  EXPECT_EQ(only_edge().amount, 1234);
}

TEST_F(ForeignTables, AnAmbiguousDateIsRefusedWithBothReadings) {
  tables_.node_type = "firm";
  tables_.edge_type = "supplies";
  const std::string rows = "source,target,start date\nAa,Bb,03/04/2023\n";
  const std::string why = refusal("e.csv", rows);
  EXPECT_THAT(why, HasSubstr("2023-04-03 with the day first and 2023-03-04 with the month first"));
  EXPECT_THAT(why, HasSubstr("--dates day-first"));
  tables_.dates = DateOrder::month_first;
  take("e.csv", rows);
  EXPECT_EQ(only_edge().since, "2023-03-04");
}

TEST_F(ForeignTables, OneClearDateSettlesTheOrderOfItsColumn) {
  tables_.node_type = "firm";
  tables_.edge_type = "supplies";
  take("e.csv", "source,target,since\nAa,Bb,03/04/2023\nAa,Cc,25/12/2023\n");
  std::vector<std::string> days;
  for (const Edge& edge : edges()) days.push_back(edge.since);
  std::sort(days.begin(), days.end());
  EXPECT_EQ(days, (std::vector<std::string>{"2023-04-03", "2023-12-25"}));
}

TEST_F(ForeignTables, AColumnCalledTypeThatHoldsNoneIsAnAttribute) {
  tables_.node_type = "firm";
  const ImportReport report = take("n.csv", "id,label,category\nacme,Acme,Semiconductors\n");
  EXPECT_EQ(Reader(database_).node("acme").value().type, "firm");
  EXPECT_THAT(Reader(database_).node("acme").value().attributes, HasSubstr(R"("category":"Semiconductors")"));
  EXPECT_THAT(joined(report.remarks), HasSubstr("kept as an attribute"));
}

TEST_F(ForeignTables, TypesAreFoundByTheirLabelsToo) {
  take("n.csv", "name,type\nAcme,Firm\n华为,企业\nJapan,COUNTRY\n");
  std::vector<std::string> types;
  Reader(database_).for_each_node("", [&](const Node& node) { types.push_back(node.type); });
  std::sort(types.begin(), types.end());
  EXPECT_EQ(types, (std::vector<std::string>{"country", "firm", "firm"}));
}

TEST_F(ForeignTables, WhatFlowsIsMadeToWhereTheUserSaysWhichColumnHoldsIt) {
  const std::string rows = "supplier,customer,product\nZeiss,ASML,Optics\n";
  EXPECT_THAT(joined(take("a.csv", rows).remarks), HasSubstr("--map \"product=item\""));
  tables_.columns = {{"product", "item"}};
  take("b.csv", rows);
  EXPECT_EQ(Reader(database_).node("Optics").value().type, "product");
}

TEST_F(ForeignTables, ChineseHeadersAreKnown) {
  const ImportReport report = take("s.csv", "供应商,客户,份额\n甲,乙,60%\n");
  EXPECT_EQ(report.made_nodes, 2);
  EXPECT_EQ(only_edge().share, 0.6);
}

TEST_F(ForeignTables, BadRecordsAreLeftOutAndCountedWhereThatIsWanted) {
  tables_.node_type = "firm";
  tables_.edge_type = "supplies";
  const std::string rows = "source,target,share\nAa,Bb,0.5\nBb,,0.1\nAa,Aa,0.2\nBb,Aa,x\n\"Aa\",Cc\n";
  EXPECT_THAT(refusal("e.csv", rows), HasSubstr("--skip-bad"));
  options_.skip_bad = true;
  const ImportReport report = take("e.csv", rows);
  EXPECT_EQ(report.edges.added, 1);
  EXPECT_EQ(report.skipped_total, 4U);
  EXPECT_EQ(report.all_skipped.size(), 4U);
}

TEST_F(ForeignTables, RowsOfOneRelationAreAddedUpWhereThatIsWanted) {
  tables_.node_type = "firm";
  tables_.edge_type = "supplies";
  const std::string rows = "source,target,amount,unit\nAa,Bb,100,USD\nAa,Bb,100,USD\nAa,Bb,250,USD\n";
  EXPECT_EQ(take("e.csv", rows).repeated, 1);
  tables_.parallel = Parallel::sum;
  take("e.csv", rows);
  EXPECT_EQ(only_edge().amount, 450);
  tables_.parallel = Parallel::keep;
  take("e.csv", rows);
  EXPECT_EQ(edges().size(), 3U);
}

TEST_F(ForeignTables, LabelsAndTypesOfEndsStandInTheRow) {
  tables_.edge_type = "owns";
  take("e.csv",
       "parent,parentLabel,company,companyLabel,parentType,companyType\n"
       "http://w.org/Q1,Acme Holding,http://w.org/Q2,Acme Chips,firm,firm\n");
  EXPECT_TRUE(Reader(database_).node("http://w.org/Q1"));
  EXPECT_EQ(Reader(database_).node("http://w.org/Q2").value().labels.at("en"), "Acme Chips");
}

TEST_F(ForeignTables, NodesAndEdgesMayStandInOneTable) {
  tables_.types = {{"SUPPLIES", "supplies"}};
  const ImportReport report =
      take("all.csv", "_id,_labels,name,_start,_end,_type\n0,:Firm,Acme,,,\n1,:Firm,Beta,,,\n,,,0,1,SUPPLIES\n");
  EXPECT_EQ(report.nodes.added, 2);
  EXPECT_EQ(only_edge().from, "acme");
}

TEST_F(ForeignTables, NodesTodayAndEdgesTomorrow) {
  tables_.node_type = "firm";
  options_.dataset = "d";
  take("n.csv", "id,label\nacme,Acme Inc\nbeta,Beta\n");
  tables_.edge_type = "supplies";
  EXPECT_THAT(refusal("e.csv", "source,target\nacme,beta\n"), HasSubstr("--keep-old"));
  options_.keep_old = true;
  take("e.csv", "source,target\nacme,beta\n");
  EXPECT_EQ(Reader(database_).node("acme").value().labels.at("en"), "Acme Inc");
  EXPECT_EQ(only_edge().to, "beta");
}

TEST_F(ForeignTables, EndsThatNoTableListsAreMadeWhereThatIsWanted) {
  tables_.node_type = "firm";
  tables_.edge_type = "supplies";
  const auto nodes = folder_.write("n.csv", "id,label\nacme,Acme\n");
  const auto edges_file = folder_.write("e.csv", "source,target\nacme,Beta GmbH\n");
  EXPECT_THROW(import_files(database_, {nodes, edges_file}, "", tables_, options_), IngestError);
  tables_.make_nodes = true;
  const auto report = import_files(database_, {nodes, edges_file}, "", tables_, options_).front();
  EXPECT_EQ(report.made_nodes, 1);
  EXPECT_EQ(Reader(database_).node("acme").value().labels.at("en"), "Acme");
}

TEST_F(ForeignTables, SourcesNamedByTitleOrAddressAreMade) {
  tables_.node_type = "firm";
  tables_.edge_type = "supplies";
  take("e.csv", "from,to,reference\nAa,Bb,https://example.org/a?b=1\nAa,Cc,Annual report 2023\n");
  std::vector<std::string> urls, titles;
  Reader(database_).for_each_source("", [&](const Source& source) {
    urls.push_back(source.url);
    titles.push_back(source.title);
  });
  EXPECT_THAT(urls, testing::Contains("https://example.org/a?b=1"));
  EXPECT_THAT(titles, testing::Contains("Annual report 2023"));
}

TEST_F(ForeignTables, EdgesWithoutDirectionAreToldAndMayBecomeTwo) {
  tables_.node_type = "firm";
  tables_.edge_type = "supplies";
  const std::string rows = "Source,Target,Type\nAa,Bb,Undirected\nAa,Cc,Directed\n";
  EXPECT_THAT(joined(take("e.csv", rows).remarks), HasSubstr("1 edge has no direction"));
  tables_.undirected = Undirected::both;
  take("e.csv", rows);
  EXPECT_EQ(edges().size(), 3U);
  tables_.undirected = Undirected::refuse;
  EXPECT_THAT(refusal("e.csv", rows), HasSubstr("it has no direction"));
}

TEST_F(ForeignTables, FilesOfSeveralFormatsGoInTogether) {
  tables_.node_type = "firm";
  tables_.edge_type = "supplies";
  const auto own = folder_.write("own.json", R"({"dataset":{"id":"own"},"sources":[{"id":"s","title":"S"}],
    "nodes":[{"id":"jp","type":"country","labels":{"en":"Japan"},"sources":[{"source":"s"}]}]})");
  const auto links = folder_.write("links.json", R"({"nodes":[{"id":"x","name":"Xa"},{"id":"y","name":"Ya"}],
    "links":[{"source":"x","target":"y"}]})");
  const auto table = folder_.write("e.csv", "source,target\nJapan,Xa\n");
  const auto reports = import_files(database_, {table, links, own}, "", tables_, options_);
  ASSERT_EQ(reports.size(), 3U);
  EXPECT_EQ(reports[0].dataset.id, "own");
  EXPECT_EQ(reports[1].dataset.id, "links");
  EXPECT_EQ(reports[2].found_nodes, 2);
  EXPECT_EQ(edges().size(), 2U);
}

TEST_F(ForeignTables, AMixtureGoesInWholeOrNotAtAll) {
  tables_.node_type = "firm";
  tables_.edge_type = "supplies";
  const auto links = folder_.write("links.json", R"({"nodes":[{"id":"x"}],"links":[]})");
  const auto table = folder_.write("e.csv", "source,target,share\nAa,Bb,word\nAa,,1\n");
  EXPECT_THROW(import_files(database_, {links, table}, "", tables_, options_), IngestError);
  EXPECT_EQ(dump(), "");
}

TEST_F(ForeignTables, WhatAnImportWouldMakeIsShownBefore) {
  const auto files =
      explain_files(Ontology::standard(), {folder_.write("e.csv", "supplier,customer,share %,mood\nAa,Bb,60,good\n")},
                    "", tables_, options_);
  ASSERT_EQ(files.size(), 1U);
  EXPECT_EQ(files[0].format, "csv");
  ASSERT_EQ(files[0].tables.size(), 1U);
  const FileExplanation::Table& table = files[0].tables[0];
  EXPECT_EQ(table.holds, "edges");
  EXPECT_EQ(table.columns[0].field, "from");
  EXPECT_EQ(table.columns[2].field, "share");
  EXPECT_EQ(table.columns[2].reading, "percent");
  EXPECT_EQ(table.columns[3].field, "attribute mood");
  ASSERT_EQ(table.records.size(), 1U);
  EXPECT_THAT(table.records[0], HasSubstr(R"("share":0.6)"));
}

TEST_F(ForeignTables, KeepingWhatIsOldKeepsNodesOfNumberedIds) {
  tables_.node_type = "firm";
  options_.dataset = "d";
  take("n.csv", "id,label,country\n1,Acme,DE\n2,Beta,FR\n");
  options_.keep_old = true;
  tables_.edge_type = "supplies";
  take("e.csv", "source,target\n1,2\n");
  EXPECT_THAT(Reader(database_).node("acme").value().attributes, HasSubstr("DE"));
  EXPECT_EQ(only_edge().from, "acme");
}

TEST_F(ForeignTables, FilesOfOneNameAreNotOneDatasetWhereTheirNodesDiffer) {
  tables_.node_type = "firm";
  const auto nodes_in = [&](const char* folder, const char* text) {
    std::filesystem::create_directories(folder_ / folder);
    return folder_.write(std::string(folder) + "/nodes.csv", text);
  };
  import_files(database_, {nodes_in("a", "id,label\n1,Mine\n2,Smelter\n")}, "", tables_, options_);
  const auto other = nodes_in("b", "id,label\n1,Plant\n2,Hospital\n");
  try {
    import_files(database_, {other}, "", tables_, options_);
    FAIL() << "accepted";
  } catch (const IngestError& error) {
    EXPECT_THAT(error.problems.front().message, HasSubstr("came from another file"));
  }
  options_.dataset = "b";
  import_files(database_, {other}, "", tables_, options_);
  EXPECT_TRUE(Reader(database_).node("mine"));
  EXPECT_TRUE(Reader(database_).node("plant"));
}

TEST_F(ForeignTables, EdgesAloneComeInAgainWithAnotherSource) {
  tables_.node_type = "firm";
  tables_.edge_type = "supplies";
  take("e.csv", "source,target\nAa,Bb\n");
  options_.default_source = "list";
  options_.default_source_title = "The list";
  EXPECT_EQ(take("e.csv", "source,target\nAa,Bb\nBb,Cc\n").nodes.added, 1);
}

TEST_F(ForeignTables, WhoReportsAnImportIsWhereItGoes) {
  take("t.csv", "reporter,partner,flow,amount,unit\nJapan,China,Import,5,USD\nJapan,Korea,Export,6,USD\n");
  std::vector<std::string> flows;
  for (const Edge& edge : edges()) flows.push_back(edge.from + ">" + edge.to);
  std::sort(flows.begin(), flows.end());
  EXPECT_EQ(flows, (std::vector<std::string>{"China>Japan", "Japan>Korea"}));
}

TEST_F(ForeignTables, NamesOfOneWordJoinOverFiles) {
  tables_.node_type = "firm";
  tables_.edge_type = "supplies";
  take("e1.csv", "source,target\nAcme,Beta\n");
  take("e2.csv", "source,target\nBeta,Gamma\n");
  std::size_t nodes = 0;
  Reader(database_).for_each_node("", [&](const Node&) { ++nodes; });
  EXPECT_EQ(nodes, 3U);
}

TEST_F(ForeignTables, WhatIsSaidToBeMergedIsMerged) {
  tables_.node_type = "firm";
  take("n1.csv", "id,label\nAcme,Acme\nBeta,Beta\n");
  const ImportReport report = take("n2.csv", "id,label\nGamma,Gamma\nBeta,Beta\n");
  EXPECT_EQ(report.merged.size(), 1U);
  std::size_t nodes = 0;
  Reader(database_).for_each_node("", [&](const Node&) { ++nodes; });
  EXPECT_EQ(nodes, 3U);
}

TEST_F(ForeignTables, AWordForNothingIsNoEnd) {
  tables_.node_type = "firm";
  tables_.edge_type = "supplies";
  EXPECT_THAT(refusal("e.csv", "source,target\nAa,NULL\nBb,Aa\n"), HasSubstr("is missing"));
  options_.skip_bad = true;
  const ImportReport report = take("e.csv", "source,target\nAa,NULL\nTotal,\nBb,Aa\n");
  EXPECT_EQ(report.skipped_total, 2U);
  EXPECT_EQ(report.made_nodes, 2);
}

TEST_F(ForeignTables, CurrenciesAndScalesAreUnits) {
  tables_.node_type = "firm";
  tables_.edge_type = "supplies";
  take("a.csv", "source,target,amount\nAa,Bb,USD 12.5\n");
  EXPECT_EQ(only_edge().unit, "USD");
  take("a.csv", "source,target,Amount (US$'000)\nAa,Bb,5\n");
  EXPECT_EQ(only_edge().amount, 5000);
  EXPECT_EQ(only_edge().unit, "USD");
  take("a.csv", "source,target,金额（亿元）\nAa,Bb,5\n");
  EXPECT_EQ(only_edge().amount, 5e8);
  EXPECT_EQ(only_edge().unit, "CNY");
}

TEST_F(ForeignTables, FurtherLabelsOfAnEndAreAliases) {
  tables_.edge_type = "owns";
  tables_.node_type = "firm";
  take("e.csv", "Source,Source Label,Target,Target Label\nx1,Acme,x2,Beta\nx1,Acme Corp,x3,Gamma\n");
  EXPECT_EQ(Reader(database_).node("x1").value().aliases, std::vector<std::string>{"Acme Corp"});
}

TEST_F(ForeignTables, TextAtArrowsIsATypeOrAnAttribute) {
  tables_.node_type = "firm";
  tables_.edge_type = "supplies";
  take("g.gml",
       "graph [ directed 1 node [ id 0 label \"Acme\" ] node [ id 1 label \"Beta\" ] "
       "edge [ source 0 target 1 label \"60 % of it\" ] ]");
  EXPECT_THAT(only_edge().attributes, HasSubstr("60 % of it"));
  EXPECT_EQ(only_edge().type, "supplies");
}

TEST_F(ForeignTables, ListsStayLists) {
  tables_.node_type = "firm";
  take("g.json", R"({"nodes":[{"id":"acme","tags":["x","y"]}],"links":[]})");
  EXPECT_THAT(Reader(database_).node("acme").value().attributes, HasSubstr(R"("tags":["x","y"])"));
}

struct RemedyCase {
  std::string text, remedy;
};

TEST_F(ForeignTables, AFileOfNoKnownFormatSaysWhatThereIs) {
  EXPECT_THAT(refusal("a.bin", "nothing of any form"), HasSubstr("--from FORMAT says which: chokepoint, csv"));
  EXPECT_THAT(refusal("a.html", "<!doctype html><html><body></body></html>"), HasSubstr("it is a web page"));
  const RemedyCase cases[] = {
      {"CREATE TABLE edges (a);\nINSERT INTO \"edges\" VALUES('x');\n",
       "sqlite3 -csv -header :memory: \".read a.sql\" \"SELECT * FROM edges\" > edges.csv"},
      {"-- PostgreSQL database dump\nCOPY public.links (a, b) FROM stdin;\nx\ty\n\\.\n",
       "psql --csv -c \"SELECT * FROM links\" DATABASE > links.csv"},
      {"-- MySQL dump 10.13\nINSERT INTO `links` VALUES (1,2);\n",
       "mysql --batch -e \"SELECT * FROM links\" DATABASE > links.tsv"},
      {"LEDA.GRAPH\nstring\nint\n-1\n", "networkx.write_graphml(networkx.read_leda('"},
      {"<html><body><table><tr><td>x</td></tr></table></body></html>", "pandas.read_html('"},
      {"<?xml version=\"1.0\"?><sparql xmlns=\"x\"><head/></sparql>", "curl -H \"Accept: text/csv\""},
      {"source  target  share\n------  ------  -----\nZeiss   ASML    0.9\nSchott  Zeiss\n", "pandas.read_fwf('"},
      {"-[ RECORD 1 ]--\nsource | Zeiss\ntarget | ASML\n",
       "rows one below the other; have them written as CSV: psql --csv"},
      {">>sparse6<<:An\n", "networkx.read_sparse6('"},
      {"\\begin{tabular}{ll}\nSupplier & Customer \\\\\n\\end{tabular}\n", "pandoc a.sql -t gfm"},
      {"{| class=\"wikitable\"\n! A !! B\n|}\n", "pandoc -f mediawiki a.sql"},
      {"@article{a, title={x}}\n", "a list of literature"},
      {"ASML [3] TSMC\nTSMC [5] Apple\n// made by hand\n", "sed '1i from,weight,to' > a.csv"},
      {"ASML: TSMC, Intel\nTSMC: Apple\n", "a node a line with those that it is tied to; this makes CSV of them: awk"},
      {"ASML TSMC\nTSMC Apple\n", "--from edge-list reads them so"},
      {"com.x:app:jar:1\n+- org.a:b:jar:1:compile\n|  \\- org.c:d:jar:2:compile\n\\- org.e:f:jar:1:test\n",
       "makeAggregateBom"},
      {"<mxfile><diagram/></mxfile>", "a drawing of draw.io"},
      {"<graph xmlns=\"http://www.cs.rpi.edu/XGMML\"/>", "export it as GraphML or .cyjs"},
      {R"({"data":[{"type":"sankey","node":{"label":["A","B"]},"link":{"source":[0],"target":[1],"value":[3]}}]})",
       "jq '.data[0] | .node.label as $n"},
      {R"({"series":[{"type":"graph","data":[{"name":"A"}],"links":[{"source":"A","target":"A"}]}]})",
       "jq '.series[0] | {nodes: (.nodes // .data)"},
      {R"({"id":"r","children":[{"id":"a"}],"edges":[{"id":"e","sources":["a"],"targets":["b"]}]})",
       "jq '{nodes: [.children[] | .. | objects"},
      {R"({"type":"bundle","id":"b","objects":[{"type":"identity","id":"i"}]})", "source: .source_ref"},
      {"n,r,m\n\"(:Firm {name: \"\"A\"\"})\",\"[:OWNS]\",\"(:Firm {name: \"\"B\"\"})\"\n", "RETURN n.name AS from"},
      {"Level,Part Number,Qty\n0,PHONE,1\n1,SOC,1\n2,WAFER,2\n1,CASE,1\n", "parts by levels, each below"},
      {R"({"ASML":["TSMC","Intel"],"TSMC":["Apple"]})", "nodes with their neighbours, as networkx has them"},
      {R"({"nodes":["A","B"],"matrix":[[0,1],[0,0]]})", "jq '.nodes as $n | [.matrix | to_entries[]"},
      {"Level;Component;Vendor\n.1;100;X\n..2;110;\n.1;200;\n", "delimiter=';'"},
      {R"([{"CXVersion":"2.0"},{"nodes":[{"id":1,"v":{"name":"A"}}]}])", "CX2 of Cytoscape"},
      {R"({"A":{"B":0.6},"B":{"C":1}})", "weight: .value}]'"},
      {R"([{"n":{"identity":0,"labels":["Firm"],"properties":{}}}])", "an answer of Neo4j's browser"},
  };
  for (const RemedyCase& one : cases) {
    std::string told = refusal("a.sql", one.text);
    for (auto at = told.find(folder_.path().string()); at != std::string::npos; at = told.find(folder_.path().string()))
      told.erase(at, folder_.path().string().size() + 1);
    EXPECT_THAT(told, HasSubstr(one.remedy)) << one.text;
  }
  // What a shell understands does not come into a command with a file's name.
  const std::string told = refusal("a'; rm b; '.sql", "LEDA.GRAPH\nstring\nint\n-1\n");
  EXPECT_THAT(told, HasSubstr("networkx.read_leda('FILE.sql'), 'FILE.graphml')"));
  try {
    import_files(database_, {folder_.write("a.csv", "a,b\n")}, "exel", tables_, options_);
    FAIL();
  } catch (const UsageError& error) {
    EXPECT_THAT(error.what(), HasSubstr("no such format"));
  }
}

TEST_F(ForeignTables, ABrokenLineOfJsonLinesIsLeftOutAndListed) {
  const std::string text =
      "{\"supplier\":\"Acme\",\"customer\":\"Beta\"}\n{\"supplier\":\"Broken\",\n\n{\"supplier\":\"Gamma\","
      "\"customer\":\"Beta\"} "
      "x\n{\"supplier\":\"Delta\",\"customer\":\"Beta\"}";
  EXPECT_THAT(refusal("a.ndjson", text), HasSubstr("--skip-bad leaves such lines out and lists them"));
  options_.skip_bad = true;
  const ImportReport report = take("a.ndjson", text);
  EXPECT_EQ(edges().size(), 2U);
  ASSERT_EQ(report.all_skipped.size(), 2U);
  EXPECT_EQ(report.all_skipped[0].line, 2U);
  EXPECT_EQ(report.all_skipped[1].line, 4U);
}

TEST_F(ForeignTables, ValuesOverSeveralLinesAreNoBrokenLines) {
  options_.skip_bad = true;
  take("a.jsonl",
       "{\n\"supplier\":\"Acme\",\n\"customer\":\"Beta\"}\n{\"supplier\":\n\"Gamma\",\"customer\":\"Beta\"}\n");
  EXPECT_EQ(edges().size(), 2U);
}

TEST_F(ForeignTables, RowsBelowDescribedColumnsAreRead) {
  const ImportReport report =
      take("s.json", R"({"meta":{"view":{"id":"x","owner":{"columns":[{"name":"no"}]},"columns":[
      {"name":"sid","dataTypeName":"meta_data"},{"name":"Supplier","dataTypeName":"text"},
      {"name":"Customer","dataTypeName":"text"},{"name":"Share","dataTypeName":"number","cachedContents":{"top":[{"item":"1"}]}}]}},
      "data":[["row-1","Acme","Beta","0.4"],["row-2","Gamma","Beta",null]]})");
  EXPECT_EQ(edges().size(), 2U);
  EXPECT_THAT(joined(report.remarks), HasSubstr("left out: 1 columns that only number and date the rows"));
}

TEST_F(ForeignTables, TriplesAreRefusedWithWhatToDo) {
  for (const char* text :
       {"@prefix ex: <http://e.org/> .\nex:a ex:b ex:c .\n", "<http://e.org/a> <http://e.org/b> \"c\" .\n",
        "_:a <http://e.org/b> _:c .\n", "<?xml version=\"1.0\"?>\n<rdf:RDF xmlns:rdf=\"x\"/>"})
    EXPECT_THAT(refusal("a.nt", text), HasSubstr("SELECT ?from ?type ?to")) << text;
}

TEST_F(ForeignTables, HeadersOfOtherLanguagesSayUnits) {
  take("a.csv", "Lieferant;Kunde;Anteil in %;Seit\nMüller;Zeiß;62,5;1.3.2019\nAcme;Zeiß;37,5;15.11.2020\n");
  EXPECT_EQ(edges()[1].share, 0.625);
  begin_anew();
  take("b.csv", "Lieferant;Kunde;Betrag in Mio. EUR\nMüller;Zeiß;1,5\n");
  EXPECT_EQ(only_edge().amount, 1500000);
  EXPECT_EQ(only_edge().unit, "EUR");
  begin_anew();
  take("c.csv", "supplier,customer,amount (CHF),stake in company\nAcme,Beta,5,yes\n");
  EXPECT_EQ(only_edge().unit, "CHF");
  EXPECT_EQ(only_edge().attributes, R"({"stake in company":"yes"})");
}

TEST_F(ForeignTables, TitlesAboveATableAndColumnsOfOneNameAreTold) {
  const ImportReport report =
      take("a.csv", "List of deals, May 2024,,,\n,,,\nVendor,Client,Note,Note\nAcme,Beta,x,y\nGamma,Beta,x,\n");
  EXPECT_EQ(edges().size(), 2U);
  EXPECT_THAT(joined(report.remarks), HasSubstr("passed over as titles above the header: \"List of deals\""));
  EXPECT_THAT(joined(report.remarks), HasSubstr("columns of one name were told apart: Note (column 4)"));
}

TEST_F(ForeignTables, PointsMayPartThousandsBetweenSemicolons) {
  const std::string text = "Lieferant;Kunde;Menge (t)\nMüller;Zeiß;1.200\nAcme;Zeiß;3.400\n";
  EXPECT_THAT(refusal("a.csv", text), HasSubstr("\"1.200\" is read in two ways"));
  tables_.decimal = ',';
  take("a.csv", text);
  EXPECT_EQ(edges()[0].amount.value() + edges()[1].amount.value(), 4600);
  begin_anew();
  tables_.decimal = '.';
  take("a.csv", text);
  EXPECT_EQ(edges()[0].amount.value() + edges()[1].amount.value(), 4.6);
  begin_anew();
  tables_.decimal = '\0';
  take("b.csv", "Lieferant;Kunde;Menge (t)\nMüller;Zeiß;1.200\nAcme;Zeiß;3,5\n");
  EXPECT_EQ(edges()[0].amount.value() + edges()[1].amount.value(), 1203.5);
  begin_anew();
  take("c.csv", "Lieferant;Kunde;Menge (t)\nMüller;Zeiß;1.200\nAcme;Zeiß;3.5\n");
  EXPECT_EQ(edges()[0].amount.value() + edges()[1].amount.value(), 4.7);
}

TEST_F(ForeignTables, CommasAndPointsInOneColumnAreReadAsEachShows) {
  tables_.node_type = "firm";
  tables_.edge_type = "supplies";
  const ImportReport report =
      take("a.csv", "from;to;amount;unit\nA;B;1.234,5;t\nC;B;1,234.5;t\nD;B;2.5;t\nE;B;3,25;t\n");
  std::vector<double> amounts;
  for (const Edge& edge : edges()) amounts.push_back(edge.amount.value());
  EXPECT_THAT(amounts, testing::UnorderedElementsAre(1234.5, 1234.5, 2.5, 3.25));
  EXPECT_THAT(joined(report.remarks),
              HasSubstr("column amount: some values have a decimal comma (\"1.234,5\") and some a point (\"1,234.5\"); "
                        "each is read as its marks show"));
  begin_anew();
  take("b.csv", "from;to;share\nA;B;0,6\nC;B;0.3\n");
  EXPECT_NEAR(edges()[0].share.value() + edges()[1].share.value(), 0.9, 1e-12);
  begin_anew();
  take("c.csv", "from;to;weight\nA;B;1,5\nC;B;2.5\n");
  EXPECT_THAT(dump(), HasSubstr("\"weight\":1.5"));
  EXPECT_THAT(dump(), HasSubstr("\"weight\":2.5"));
  begin_anew();
  tables_.columns = {{"Country", "label"}};
  tables_.years = "ai-patents";
  take("d.csv", "Country;2020;2021\nPeru;4,5;3.5\nChile;2.5;3\n");
  EXPECT_THAT(dump(), HasSubstr("\"value\":4.5"));
  EXPECT_THAT(dump(), HasSubstr("\"value\":3.5"));
}

TEST_F(ForeignTables, AMarkThatAMixedColumnLeavesInDoubtIsRefusedWithBothReadings) {
  tables_.node_type = "firm";
  tables_.edge_type = "supplies";
  const std::string rows = "from;to;amount;unit\nA;B;1,5;t\nC;B;2.5;t\nD;B;1,234;t\n";
  EXPECT_THAT(refusal("a.csv", rows), HasSubstr("\"1,234\" is read in two ways: --decimal comma takes it for 1.234, "
                                                "--decimal point for 1234"));
  for (const auto& [mark, value] : {std::pair(',', 1.234), std::pair('.', 1234.0)}) {
    begin_anew();
    tables_.decimal = mark;
    take("a.csv", rows);
    double sum = 0;
    for (const Edge& edge : edges()) sum += edge.amount.value();
    EXPECT_DOUBLE_EQ(sum, 4 + value);
  }
}

TEST_F(ForeignTables, APercentSignInSomeCellsIsJudgedByTheColumn) {
  tables_.node_type = "firm";
  tables_.edge_type = "supplies";
  const std::string rows = "from;to;share\nA;B;45%\nC;B;0.3\n";
  EXPECT_THAT(refusal("a.csv", rows), HasSubstr("--map \"share=share\" takes it for a fraction of 1, --map "
                                                "\"share=share %\" for per cent"));
  for (const auto& [field, sum] : {std::pair("share", 0.75), std::pair("share %", 0.453)}) {
    begin_anew();
    tables_.columns = {{"share", field}};
    take("a.csv", rows);
    EXPECT_NEAR(edges()[0].share.value() + edges()[1].share.value(), sum, 1e-12) << field;
  }
  tables_.columns.clear();
  begin_anew();
  take("b.csv", "from;to;share\nA;B;45%\nC;B;30\nD;B;0.5\n");
  EXPECT_THAT(dump(), HasSubstr("\"share\":0.005"));
  EXPECT_EQ(refusal("c.csv", "from;to;share\nA;B;45%\nC;B;0\n"), "accepted");
  tables_.columns = {{"Wert", "amount (USD m)"}};
  begin_anew();
  take("d.csv", "from;to;Wert\nA;B;2.5\n");
  EXPECT_EQ(only_edge().amount, 2500000);
  EXPECT_EQ(only_edge().unit, "USD");
}

}  // namespace
}  // namespace chokepoint
