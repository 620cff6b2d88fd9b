// What programs put into tables beside the data: numbers of rows, links, blanks that repeat, years as columns.
#include "chokepoint/ingest/import.hpp"
#include "chokepoint/store/reader.hpp"
#include "tests/support/foreign_import.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace chokepoint {
namespace {

using testing::HasSubstr;
using testing::Not;

class TidyTables : public test::ForeignImport {};

TEST_F(TidyTables, AColumnThatOnlyCountsTheRowsIsLeftOutAndTold) {
  for (const char* text :
       {"\"\",\"supplier\",\"customer\"\n\"1\",\"Acme\",\"Beta\"\n\"2\",\"Gamma\",\"Beta\"\n",
        ",supplier,customer\n0,Acme,Beta\n1,Gamma,Beta\n", "Unnamed: 0,supplier,customer\n0,Acme,Beta\n1,Gamma,Beta\n",
        "supplier,customer\n1,Acme,Beta\n2,Gamma,Beta\n"}) {
    begin_anew();
    const ImportReport report = take("r.csv", text);
    ASSERT_EQ(edges().size(), 2U) << text;
    for (const Edge& edge : edges()) EXPECT_EQ(edge.attributes, "") << text;
    EXPECT_THAT(joined(report.remarks), HasSubstr("only counts the rows")) << text;
  }
}

TEST_F(TidyTables, ANamelessColumnIsWhatTheUserSays) {
  tables_.columns["(column 1)"] = "attributes.row";
  take("r.csv", ",supplier,customer\n0,Acme,Beta\n");
  EXPECT_EQ(only_edge().attributes, R"({"row":"0"})");
}

TEST_F(TidyTables, ANamelessColumnThatDoesNotCountStaysAndIsTold) {
  const ImportReport report = take("r.csv", ",supplier,customer\n5,Acme,Beta\n9,Gamma,Beta\n");
  EXPECT_THAT(joined(report.remarks), HasSubstr("the first column has no name"));
  EXPECT_THAT(edges().front().attributes, HasSubstr("column 1"));
}

TEST_F(TidyTables, NamesWithLinksOfNotionAreTakenWithoutThem) {
  const ImportReport report =
      take("r.csv",
           "Supplier,Customer\n"
           "Acme (https://www.notion.so/Acme-1f2e?pvs=21),\"Beta (https://www.notion.so/Beta-3a), "
           "Gamma (https://acme.notion.site/Gamma-4b)\"\n");
  EXPECT_EQ(edges().size(), 2U);
  EXPECT_TRUE(Reader(database_).node("Acme"));
  EXPECT_TRUE(Reader(database_).node("Gamma"));
  EXPECT_THAT(dump(), Not(HasSubstr("notion.s")));
  EXPECT_THAT(joined(report.remarks), HasSubstr("taken without the addresses"));
}

TEST_F(TidyTables, OtherTextsInBracketsStayInNames) {
  take("r.csv", "Supplier,Customer\nAcme (https://acme.example),Beta (Jena)\n");
  EXPECT_THAT(dump(), HasSubstr("Acme (https://acme.example)"));
  EXPECT_THAT(dump(), HasSubstr("Beta (Jena)"));
}

TEST_F(TidyTables, ApostrophesAroundEveryValueAreQuotes) {
  const ImportReport report = take("r.tsv", "supplier\tcustomer\n'Acme'\t'Beta'\n'Gamma'\t'Beta'\n");
  EXPECT_TRUE(Reader(database_).node("Acme"));
  EXPECT_THAT(joined(report.remarks), HasSubstr("stands in apostrophes"));
}

TEST_F(TidyTables, BlanksRepeatTheCellAboveOnlyWhereTheUserSaysSo) {
  const char* text = "Supplier,Customer,Share %\nAcme,Beta,10\n,Gamma,20\n,Delta,30\nZeta,Beta,90\n";
  EXPECT_THAT(refusal("r.csv", text), HasSubstr("--fill-down \"Supplier\" says so"));
  tables_.fill_down = {"Supplier"};
  const ImportReport report = take("r.csv", text);
  EXPECT_EQ(edges().size(), 4U);
  EXPECT_THAT(dump(), HasSubstr(R"("from":"Acme","to":"Delta")"));
  EXPECT_THAT(joined(report.remarks), HasSubstr("as --fill-down says"));
  tables_.fill_down = {"Suplier"};
  EXPECT_THAT(refusal("r.csv", text), HasSubstr("did you mean Supplier?"));
}

TEST_F(TidyTables, TwoRowsOfHeadingsAreReadAsOneAndTold) {
  const ImportReport report = take(
      "r.csv", "Supplier,,Customer,,Share %\nName,Country,Name,Country,\nAcme,DE,Beta,FR,60\nGamma,IT,Beta,FR,40\n");
  ASSERT_EQ(edges().size(), 2U);
  EXPECT_EQ(edges().front().share.value() + edges().back().share.value(), 1);
  EXPECT_THAT(joined(report.remarks), HasSubstr("2 rows were read as one header"));
  EXPECT_THAT(dump(), Not(HasSubstr("\"Name\"")));
}

TEST_F(TidyTables, CommentsAndStrayQuotesAreTold) {
  const ImportReport report = take("r.tsv", "supplier\tcustomer\tnote\n# a guess\nAcme\tBeta\t5\" pipe\n");
  EXPECT_THAT(only_edge().attributes, HasSubstr(R"(5\" pipe)"));
  EXPECT_THAT(joined(report.remarks), HasSubstr("1 line passed over as comments, the first of them line 2"));
  EXPECT_THAT(joined(report.remarks), HasSubstr("1 field with quotes that enclose nothing"));
}

TEST_F(TidyTables, ColumnsOfYearsAreToldAndBecomeFiguresWhereTheUserSaysOf) {
  const char* text = "Country,2021,2022,2023\nChile,\"1,234,567\",2,..\nPeru,3,,5\n";
  tables_.node_type = "country";
  tables_.columns["Country"] = "label";
  EXPECT_THAT(joined(take("r.csv", text).remarks),
              HasSubstr("the 3 columns from 2021 to 2023 are called like years and are kept as attributes; --years "
                        "INDICATOR makes a figure of each cell"));
  begin_anew();
  tables_.years = "ai-patents";
  const ImportReport report = take("r.csv", text);
  EXPECT_EQ(report.nodes.added, 2);
  EXPECT_EQ(report.observations.added, 4);
  EXPECT_THAT(dump(), HasSubstr(R"("subject":"Chile","indicator":"ai-patents","value":1234567,"unit":"patents")"));
  EXPECT_THAT(joined(report.remarks),
              HasSubstr("each cell of the 3 columns from 2021 to 2023 with a digit in it is a figure ai-patents in "
                        "patents, as --years says"));
  tables_.years = "ai-patent";
  EXPECT_THAT(refusal("r.csv", text), HasSubstr("did you mean ai-patents?"));
}

/// One cell tells how the others are written: 1.234 beside 1.234.567 is no small number.
TEST_F(TidyTables, NumbersOfYearsAreAllWrittenInOneWay) {
  tables_.node_type = "country";
  tables_.columns["Country"] = "label";
  tables_.years = "ai-patents";
  EXPECT_EQ(take("r.csv", "Country;2022;2023\nChile;1.234;1.234.567\nPeru;2.450;..\n").observations.added, 3);
  EXPECT_THAT(dump(), HasSubstr(R"("subject":"Chile","indicator":"ai-patents","value":1234,)"));
  EXPECT_THAT(dump(), HasSubstr(R"("subject":"Peru","indicator":"ai-patents","value":2450,)"));
  EXPECT_THAT(refusal("s.csv", "Country;2022;2023\nChile;12,5;1.5\nPeru;1.234;2\n"),
              HasSubstr("so that \"1.234\" is read in two ways"));
}

TEST_F(TidyTables, ColumnsOfYearsBecomeEdgesOfTheYear) {
  tables_.years = "share";
  const ImportReport report = take("r.csv", "Supplier,Customer,2021,2022\nAcme,Beta,60%,55%\nGamma,Beta,,45%\n");
  EXPECT_EQ(report.edges.added, 3);
  EXPECT_THAT(dump(), HasSubstr(R"("share":0.45,"as_of":"2022")"));
  tables_.years = "colour";
  EXPECT_THAT(refusal("r.csv", "Supplier,Customer,2021,2022\nAcme,Beta,60%,55%\n"), HasSubstr("--years colour"));
  EXPECT_THAT(refusal("s.csv", "Supplier,Customer\nAcme,Beta\n"), HasSubstr("called like years"));
}

TEST_F(TidyTables, TimesThatGephiWritesAreToldAndBecomeSinceAndUntil) {
  tables_.node_type = "firm";
  tables_.edge_type = "supplies";
  const std::string rows =
      "Source,Target,Type,Id,Label,timeset,Weight\nA,B,Directed,0,,\"<[2018.0, 2020.0]>\",1.0\n"
      "B,C,Directed,1,,\"<[2018-01-01, 2019-06-30]; (2021.0, Infinity]>\",1.0\nC,D,Directed,2,,,2.0\n";
  EXPECT_THAT(joined(take("e.csv", rows).remarks), HasSubstr("--map \"timeset=spell\" makes since and until of them"));
  begin_anew();
  tables_.columns["timeset"] = "spell";
  const ImportReport report = take("e.csv", rows);
  EXPECT_EQ(report.edges.added, 4);
  EXPECT_THAT(joined(report.remarks), HasSubstr("a spell says since when and until when; an edge for each"));
  const std::string all = dump();
  EXPECT_THAT(all, HasSubstr(R"("since":"2018","until":"2020")"));
  EXPECT_THAT(all, HasSubstr(R"("since":"2018-01-01","until":"2019-07-01")"));
  EXPECT_THAT(all, HasSubstr(R"("since":"2022-01-01")"));
  EXPECT_THAT(refusal("f.csv", "Source,Target,timeset\nA,B,2018\n"), HasSubstr("\"2018\" is no list of spells"));
  EXPECT_THAT(refusal("g.csv", "Source,Target,timeset\nA,B,\"<[0.0, 5.0]>\"\n"), HasSubstr("are numbers and no years"));
  tables_.columns = {{"Interval", "spell"}};
  begin_anew();
  take("n.csv", "Id,Label,Interval\nA,Acme,\"<[2018.0, 2019.0]; [2021.0, 2022.0]>\"\n");
  EXPECT_THAT(dump(), HasSubstr(R"("since":"2018","until":"2022")"));
}

TEST_F(TidyTables, SeveralValuesInACellAreToldAndSplit) {
  const std::string rows = "Supplier,Customer,Product\nAcme,Beta,gallium; germanium\nZeiss,ASML,optics\n";
  const std::string told = joined(take("e.csv", rows).remarks);
  EXPECT_THAT(told,
              HasSubstr("--split \"Product=;\" takes each by itself, with --map \"Product=item\" an edge of each"));
  EXPECT_THAT(told, testing::Not(HasSubstr("makes it what flows")));
  tables_.columns["Product"] = "item";
  EXPECT_THAT(refusal("f.csv", rows), HasSubstr("--split \"Product=;\" makes an edge of each"));
  tables_.splits["Product"] = ";";
  begin_anew();
  take("e.csv", rows);
  EXPECT_EQ(edges().size(), 3U);
  EXPECT_THAT(dump(), HasSubstr(R"("item":"germanium")"));
  tables_.columns.clear();
  tables_.splits.clear();
  tables_.node_type = "firm";
  begin_anew();
  EXPECT_THAT(joined(take("n.csv", "Name,Markets\nAcme,Peru; Chile\n").remarks), HasSubstr("--split \"Markets=;\""));
  begin_anew();
  EXPECT_THAT(joined(take("p.csv",
                          "Name,Remark\nAcme,\"They left in 2019; nobody has said since then where they went\"\n"
                          "Beta,one; two\n")
                         .remarks),
              testing::Not(HasSubstr("--split")));
}

}  // namespace
}  // namespace chokepoint
