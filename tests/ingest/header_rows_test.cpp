#include "ingest/tables/header_rows.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

namespace chokepoint::detail {
namespace {

using testing::ElementsAre;

/// Rows of a text: cells apart by `|`, rows by line breaks.
std::vector<RowCells> rows_of(std::string_view text) {
  std::vector<RowCells> rows(1);
  rows.back().emplace_back();
  for (const char c : text) {
    if (c == '|') {
      rows.back().emplace_back();
    } else if (c == '\n') {
      rows.emplace_back();
      rows.back().emplace_back();
    } else {
      rows.back().back().push_back(c);
    }
  }
  rows.pop_back();
  return rows;
}

TEST(HeaderRows, OfGroupsAndTheirColumnsAreTwo) {
  const std::vector<RowCells> rows = rows_of("Supplier||Customer||Share\nName|Country|Name|Country|\nA|DE|B|FR|60\n");
  EXPECT_EQ(header_rows(rows), 2U);
  EXPECT_THAT(joined_names(std::span(rows).first(2)),
              ElementsAre("Supplier Name", "Supplier Country", "Customer Name", "Customer Country", "Share"));
}

TEST(HeaderRows, HaveNamesOfColumnsAloneInFrontOfTheFirstGroup) {
  const std::vector<RowCells> rows =
      rows_of("||2021||2022|\nSupplier|Customer|Share|Amount|Share|Amount\nA|B|1|2|3|4\n");
  EXPECT_EQ(header_rows(rows), 2U);
  EXPECT_THAT(joined_names(std::span(rows).first(2)),
              ElementsAre("Supplier", "Customer", "2021 Share", "2021 Amount", "2022 Share", "2022 Amount"));
}

TEST(HeaderRows, OfPandasRepeatTheGroupAndNameTheIndexBelow) {
  const std::vector<RowCells> rows = rows_of("|share|share|amount\n|mean|max|sum\nfirm|||\nAcme|0.5|0.6|10\n");
  EXPECT_EQ(header_rows(rows), 3U);
  EXPECT_THAT(joined_names(std::span(rows).first(3)), ElementsAre("firm", "share mean", "share max", "amount sum"));
}

TEST(HeaderRows, NameSeveralLevelsOfPandasIndexBelow) {
  const std::vector<RowCells> rows = rows_of("||tons|tons\n|year|2020|2021\nsupplier|customer||\nA|X|1.5|\nB|X||3\n");
  EXPECT_EQ(header_rows(rows), 3U);
  EXPECT_THAT(joined_names(std::span(rows).first(3)), ElementsAre("supplier", "customer", "tons 2020", "tons 2021"));
}

TEST(HeaderRows, LeaveNamesAloneThatSayEnough) {
  const std::vector<GroupedName> trade{{"Supplier", "Name"}, {"Customer", "Name"}, {"Trade", "Share"},
                                       {"Trade", "Year"},    {"Trade", "Mode"},    {"2021", "Amount"},
                                       {"Product", "Type"}};
  EXPECT_THAT(names_in_groups(trade), ElementsAre("Supplier Name", "Customer Name", "Share", "Year", "Trade Mode",
                                                  "2021 Amount", "Product Type"));
  const std::vector<GroupedName> twice{{"Supply", "Share"}, {"Demand", "Share"}};
  EXPECT_THAT(names_in_groups(twice), ElementsAre("Supply Share", "Demand Share"));
  const std::vector<GroupedName> nodes{{"meta", "name"}, {"meta", "country"}, {"2021", "output"}};
  EXPECT_THAT(names_in_groups(nodes), ElementsAre("name", "meta country", "2021 output"));
}

TEST(HeaderRows, MayBeYearsBelowTheirGroup) {
  const std::vector<RowCells> rows = rows_of("Country|Output||\n|2021|2022|2023\nChile|1|2|3\n");
  EXPECT_EQ(header_rows(rows), 2U);
  EXPECT_THAT(joined_names(std::span(rows).first(2)),
              ElementsAre("Country", "Output 2021", "Output 2022", "Output 2023"));
}

TEST(HeaderRows, AreOneWhereTheSecondRowMayBeData) {
  for (const std::string_view text :
       {"from|to|note|note\nA|B|x|y\nC|D|z|w\n", "from|to|note|note\na|b|1|2\nc|d|3|4\n",
        "Supplier|Customer|\nAcme|Beta|remark\nGamma|Beta|other\n", "from|to|share|share\nA|B|n/a|50\nC|D|10|20\n",
        "name|tag|tag|note|note\nA|x|y|x|z\nB|x|q|u|z\n", "|from|to\n1|a|b\n2|c|d\n", "a||b|\n1|2|3|4\n5|6|7|8\n",
        "from|to||\nA|B||\nC|D|x|\n", "from|to\nname|country\nA|B\n"})
    EXPECT_EQ(header_rows(rows_of(text)), 1U) << text;
}

}  // namespace
}  // namespace chokepoint::detail
