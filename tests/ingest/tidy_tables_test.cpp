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

}  // namespace
}  // namespace chokepoint
