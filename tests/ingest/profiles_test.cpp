// Tables in layouts of the field, read by profiles that are data.
#include "chokepoint/ingest/import.hpp"
#include "chokepoint/store/reader.hpp"
#include "chokepoint/support/error.hpp"
#include "ingest/profiles/profiled_tables.hpp"
#include "ingest/profiles/table_profile.hpp"
#include "tests/support/database_dump.hpp"
#include "tests/support/foreign_import.hpp"
#include "tests/support/support.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

namespace chokepoint {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::UnorderedElementsAre;

/// Each import goes into a database of its own.
class ProfiledImport : public test::ForeignImport {
 protected:
  ImportReport take(const std::string& name, const std::string& text) {
    return take(std::vector<std::filesystem::path>{folder_.write(name, text)});
  }
  ImportReport take(const std::vector<std::filesystem::path>& files) {
    begin_anew();
    ImportReport report = ForeignImport::take(files);
    told_ = joined(report.remarks);
    return report;
  }
  /// `from type to`, and what else it says.
  std::vector<std::string> edges() const {
    std::vector<std::string> lines;
    Reader(database_).for_each_edge("", [&](const Edge& edge) {
      std::string line = edge.from + " " + edge.type + " " + edge.to;
      if (!edge.item.empty()) line += " item " + edge.item;
      if (edge.share) line += " share " + format_number(*edge.share);
      if (edge.amount) line += " amount " + format_number(*edge.amount);
      if (!edge.unit.empty()) line += " " + edge.unit;
      if (!edge.as_of.empty()) line += " of " + edge.as_of;
      if (edge.status == Status::estimated) line += " estimated";
      if (!edge.since.empty()) line += " since " + edge.since;
      if (!edge.until.empty()) line += " until " + edge.until;
      if (!edge.attributes.empty()) line += " " + edge.attributes;
      lines.push_back(line);
    });
    return lines;
  }
  std::vector<std::string> figures() const {
    std::vector<std::string> lines;
    Reader(database_).for_each_observation("", [&](const Observation& figure) {
      lines.push_back(figure.subject + " " + figure.indicator + " of " + figure.item + " " + to_text(figure.value) +
                      " " + figure.unit + " " + figure.as_of);
    });
    return lines;
  }
  Node node(const std::string& id) const { return Reader(database_).node(id).value_or(Node()); }
  std::vector<std::string> nodes() const {
    std::vector<std::string> lines;
    Reader(database_).for_each_node("", [&](const Node& node) { lines.push_back(node.type + " " + node.id); });
    return lines;
  }
  static std::int64_t count(const std::vector<std::pair<std::string, std::int64_t>>& counts, const std::string& type) {
    for (const auto& [id, number] : counts)
      if (id == type) return number;
    return 0;
  }
  /// Files of a folder of real data whose names end so; empty where the data are not there.
  static std::vector<std::filesystem::path> real(const std::string& folder, const std::string& end) {
    std::vector<std::filesystem::path> files;
    std::error_code failed;
    for (const auto& entry : std::filesystem::directory_iterator(test::shared_dir() / "real" / folder, failed))
      if (entry.path().string().ends_with(end)) files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    return files;
  }

  std::string told_;
};

const std::string gallium =
    "\xEF\xBB\xBFSource,Country,Type,Prod_kg_2022,Prod_kg_est_2023,Prod_notes,Cap_kg_2023,Cap_notes,Reserves_t\n"
    "MCS2024,United States,Primary production,0,0,,NA,,W\n"
    "MCS2024,China,Primary production,600000,\"600,000\",estimated in 2022 also,1000000,,\n"
    "MCS2024,Japane,Primary production,W,3000,,10000,,20\n"
    "MCS2024,\"Korea, Republic ofe\",Primary production,NA,2000,,16000,,60\n"
    "MCS2024,Other countries4,Primary production,0,5000,,,,\n"
    "MCS2024,World total (rounded),Primary production,610000,610000,,,,100\n"
    ",,,,,,,,\n";

TEST_F(ProfiledImport, TablesOfTheGeologicalSurveyTellProductionReservesAndCapacity) {
  take("mcs2024-galli_world.csv", gallium);
  EXPECT_THAT(told_, HasSubstr("read by the profile usgs-world"));
  const std::string thing = "usgs:gallium-primary-production";
  EXPECT_THAT(edges(),
              Contains("cn produces " + thing +
                       " share 0.9836 amount 600 tonnes of 2022 estimated {\"note\":\"estimated in 2022 also\"}"));
  EXPECT_THAT(edges(), Contains("kr produces " + thing + " share 0.0033 amount 2 tonnes of 2023 estimated"));
  EXPECT_THAT(edges(),
              Contains("kr holds " + thing + " share 0.6 amount 60 tonnes of 2024 estimated {\"holds\":\"reserves\"}"));
  EXPECT_THAT(edges(),
              Contains("usgs:other-countries produces " + thing + " share 0.0082 amount 5 tonnes of 2023 estimated"));
  EXPECT_EQ(node("usgs:other-countries").type, "group");
  EXPECT_EQ(node("kr").labels.at("zh"), "韩国");
  EXPECT_EQ(node("jp").codes.at("iso3166"), "JP");
  EXPECT_EQ(node(thing).labels.at("en"), "gallium, primary production");
  EXPECT_THAT(figures(), Contains("cn production-capacity of " + thing + " 1000 tonnes 2023"));
}

TEST_F(ProfiledImport, WithheldNotAvailableAndZeroStayApart) {
  take("mcs2024-galli_world.csv", gallium);
  const std::string thing = "usgs:gallium-primary-production";
  EXPECT_THAT(edges(), Contains(HasSubstr("jp produces " + thing + " of 2022 {\"amount_as_written\":\"W: withheld")));
  EXPECT_THAT(figures(), Contains("us production of " + thing + " 0 tonnes 2022"));
  EXPECT_THAT(figures(), Contains("kr production of " + thing + " \"not available\"  2022"));
  EXPECT_THAT(edges(), Not(Contains(HasSubstr("us produces"))));
}

TEST_F(ProfiledImport, ACommodityThatTheNameOfTheFileHidesIsAskedFor) {
  EXPECT_THAT(refusal("world.csv", gallium), HasSubstr("--profile-value commodity=NAME does"));
  tables_.profile_values["commodity"] = "gallium";
  take("world.csv", gallium);
  EXPECT_EQ(node("usgs:gallium-primary-production").labels.at("en"), "gallium, primary production");
  EXPECT_THAT(refusal("mcs2024-galli_world.csv", gallium), HasSubstr("no table of the import lacks it"));
}

TEST_F(ProfiledImport, AllRealTablesOfTheGeologicalSurveyComeIn) {
  std::vector<std::filesystem::path> files = real("usgs-mcs-2023", "_world.csv");
  const auto later = real("usgs-mcs-2024/world", "_world.csv");
  files.insert(files.end(), later.begin(), later.end());
  if (files.empty()) GTEST_SKIP() << "the real data are not beside the checkout";
  EXPECT_EQ(files.size(), 154U);
  take(files);
  EXPECT_THAT(told_, HasSubstr("154 tables were read by the profile usgs-world"));
  EXPECT_THAT(edges(), Contains(HasSubstr("cn produces usgs:gallium-primary-production share 0.9747 amount 423 ")));
  EXPECT_THAT(edges(), Contains(HasSubstr("cn produces usgs:gallium-primary-production share 0.9836")));
  // No footnote made a country or a group of its own.
  for (const std::string& line : nodes()) EXPECT_THAT(line, Not(testing::EndsWith("japane")));
  // Counted cell by cell: 4040 that say production, of which 14 say what the other release says, too.
  EXPECT_EQ(count(Reader(database_).edge_counts(), "produces"), 4026);
  EXPECT_EQ(count(Reader(database_).edge_counts(), "holds"), 932);
  EXPECT_EQ(count(Reader(database_).node_counts(), "group"), 2);
}

const std::string entities =
    R"({"id": "a", "schema": "Company", "properties": {"name": ["Acme", "Acme AG"], "country": ["de"], "leiCode": ["529900T8BM49AURSDO55"], "registrationNumber": ["HRB 1"]}})"
    "\n"
    R"({"id": "p", "schema": "Person", "properties": {"name": ["Eva Muster"], "birthDate": ["1970"]}})"
    "\n"
    R"({"id": "o1", "schema": "Ownership", "properties": {"owner": ["p"], "asset": ["a"], "percentage": ["51.5 %"], "startDate": ["2019"], "sourceUrl": ["https://register.example/1"]}})"
    "\n"
    R"({"id": "d1", "schema": "Directorship", "properties": {"director": ["p"], "organization": ["a"], "role": ["CEO"]}})"
    "\n"
    R"({"id": "s1", "schema": "Sanction", "properties": {"entity": ["a"], "authority": ["OFAC"], "program": ["Ukraine"], "startDate": ["2022-02-24"]}})"
    "\n"
    R"({"id": "g", "schema": "Organization", "properties": {"name": ["Party"]}})"
    "\n"
    R"({"id": "pay", "schema": "Payment", "properties": {"payer": ["a"], "beneficiary": ["g"], "amountEur": ["50000"], "date": ["2011-12-22"]}})"
    "\n"
    R"({"id": "f", "schema": "Family", "properties": {"person": ["p"], "relative": ["q"]}})"
    "\n";

TEST_F(ProfiledImport, EntitiesOfFollowTheMoneyBecomeNodesAndLinks) {
  take("e.ndjson", entities);
  EXPECT_THAT(nodes(), UnorderedElementsAre("firm a", "institute g", "person p", "policy sanction:ukraine"));
  EXPECT_THAT(edges(), UnorderedElementsAre("p owns a share 0.515 since 2019 {\"ftm_id\":\"o1\"}",
                                            "p leads a {\"ftm_id\":\"d1\",\"role\":\"CEO\"}",
                                            "a funds g amount 50000 EUR of 2011-12-22 {\"ftm_id\":\"pay\"}",
                                            "sanction:ukraine restricts a since 2022-02-24 "
                                            "{\"authority\":\"OFAC\",\"ftm_id\":\"s1\",\"program\":\"Ukraine\"}"));
  EXPECT_EQ(node("a").codes.at("lei"), "529900T8BM49AURSDO55");
  EXPECT_THAT(node("a").aliases, ElementsAre("Acme AG"));
  EXPECT_THAT(node("a").attributes, HasSubstr(R"("country":"DE")"));
  EXPECT_THAT(told_, HasSubstr("Family 1"));
}

TEST_F(ProfiledImport, NestedEntitiesOfOpenSanctionsComeInToo) {
  take(
      "nested.json",
      R"({"id": "NK-1", "caption": "Acme Trading", "schema": "Company", "datasets": ["us_ofac_sdn"], "first_seen": "2023-01-01T00:00:00", "target": true, "properties": {"name": ["Acme Trading"], "sanctions": [{"id": "s-1", "schema": "Sanction", "datasets": ["us_ofac_sdn"], "properties": {"entity": ["NK-1"], "authority": ["Office of Foreign Assets Control"], "program": ["SDGT"]}}], "ownershipAsset": [{"id": "o-1", "schema": "Ownership", "datasets": ["us_ofac_sdn"], "properties": {"asset": [{"id": "NK-2", "caption": "Beta", "schema": "Company", "datasets": ["us_ofac_sdn"], "properties": {"name": ["Beta"]}}], "owner": ["NK-1"]}}]}})"
      "\n");
  EXPECT_THAT(nodes(), UnorderedElementsAre("firm NK-1", "firm NK-2", "policy sanction:sdgt"));
  EXPECT_THAT(edges(), Contains(HasSubstr("NK-1 owns NK-2")));
  EXPECT_THAT(edges(), Contains(HasSubstr("sanction:sdgt restricts NK-1")));
}

TEST_F(ProfiledImport, RealDonationsAreAllFunded) {
  const auto files = real("ftm-donations", ".ndjson");
  if (files.empty()) GTEST_SKIP() << "the real data are not beside the checkout";
  take(files);
  EXPECT_EQ(count(Reader(database_).node_counts(), "firm"), 56);
  EXPECT_EQ(count(Reader(database_).node_counts(), "institute"), 17);
  double sum = 0;
  std::size_t funds = 0;
  Reader(database_).for_each_edge("", [&](const Edge& edge) {
    funds += edge.type == "funds" ? 1U : 0U;
    sum += edge.amount.value_or(0);
  });
  EXPECT_EQ(funds, 242U);
  EXPECT_NEAR(sum, 32119919, 1);
}

TEST_F(ProfiledImport, SimpleTablesOfOpenSanctionsRestrictTheirTargets) {
  take("targets.simple.csv",
       "id,schema,name,aliases,birth_date,countries,addresses,identifiers,sanctions,phones,emails,dataset,first_seen,"
       "last_seen\n"
       "NK-1,Company,Acme,Acme Ltd;ACME,,ir;ae,Dubai,123,Block - 2020,,,US OFAC SDN;EU FSF,2021-01-01,2024-01-01\n"
       "NK-2,Person,Eva,,1970-01-02,ir,,,,,,Wikidata,2021-01-01,2024-01-01\n");
  EXPECT_THAT(nodes(), UnorderedElementsAre("firm NK-1", "person NK-2", "policy opensanctions:eu-fsf",
                                            "policy opensanctions:us-ofac-sdn"));
  EXPECT_EQ(edges().size(), 2U);
  EXPECT_THAT(node("NK-1").attributes, HasSubstr(R"("country":["IR","AE"])"));
  EXPECT_THAT(node("NK-1").aliases, UnorderedElementsAre("ACME", "Acme Ltd"));
}

TEST_F(ProfiledImport, TheConsolidatedScreeningListIsReadAsTable) {
  take("consolidated.csv",
       "_id,source,entity_number,type,programs,name,title,addresses,federal_register_notice,start_date,end_date,"
       "standard_order,license_requirement,license_policy,call_sign,vessel_type,gross_tonnage,source_list_url,"
       "source_information_url,alt_names,citizenships,dates_of_birth,nationalities,ids\n"
       "x-1,Entity List (EL) - Bureau of Industry and Security,,,,Acme,,\"1 Road, Dubai, AE\",76 FR 71867,2011-11-21,,,"
       "For all items,Presumption of denial,,,,http://bis.gov/el,http://bis.gov/info,Acme LLC; Akme,,,,\n"
       "x-2,Specially Designated Nationals (SDN) - Treasury Department,42,Individual,SDGT; IRAN,\"KHAN, "
       "Ali\",,,,,,,,,,,,"
       "http://treas.gov/sdn,http://treas.gov,,IR,1970-01-01,IR,\n");
  EXPECT_THAT(told_, HasSubstr("profile us-screening-list:"));
  EXPECT_THAT(nodes(), UnorderedElementsAre("firm x-1", "person x-2", "policy csl:iran", "policy csl:sdgt",
                                            "policy csl:entity-list-el-bureau-of-industry-and-security"));
  EXPECT_THAT(edges(), Contains(HasSubstr("csl:entity-list-el-bureau-of-industry-and-security restricts x-1 since "
                                          "2011-11-21 {\"license_policy\":\"Presumption of denial\"")));
  EXPECT_THAT(edges(), Contains("csl:sdgt restricts x-2"));
}

TEST_F(ProfiledImport, TheConsolidatedScreeningListIsReadAsJson) {
  take(
      "csl.json",
      R"json({"total": 1, "results": [{"id": "x1", "source": "Denied Persons List (DPL)", "name": "Acme", "alt_names": ["A", "B"], "programs": ["P1", "P2"], "type": "Entity", "addresses": [{"city": "Dubai", "country": "AE"}], "start_date": "2020-01-01", "source_list_url": "http://a", "source_information_url": "http://b"}]})json");
  EXPECT_THAT(nodes(), UnorderedElementsAre("firm x1", "policy csl:p1", "policy csl:p2"));
  EXPECT_THAT(edges(),
              UnorderedElementsAre("csl:p1 restricts x1 since 2020-01-01", "csl:p2 restricts x1 since 2020-01-01"));
}

TEST_F(ProfiledImport, RowsThatRepeatSomebodyForEachAliasAreOne) {
  const auto files = real("us-screening-lists-2018", "el_extract.csv");
  if (files.empty()) GTEST_SKIP() << "the real data are not beside the checkout";
  take(files);
  const Node found = node(Reader(database_).resolve("Fazal Rahim Farid").id);
  EXPECT_THAT(found.aliases, Contains("Engineer Idris"));
  EXPECT_THAT(found.attributes, HasSubstr("Microrayan"));
  EXPECT_THAT(edges(), Contains(HasSubstr("since 2011-11-21")));
}

TEST_F(ProfiledImport, RealSanctionsOfNonproliferationComeIn) {
  const auto files = real("us-screening-lists-2018", "isn.csv");
  if (files.empty()) GTEST_SKIP() << "the real data are not beside the checkout";
  take(files);
  EXPECT_EQ(count(Reader(database_).edge_counts(), "restricts"), 213);
}

TEST_F(ProfiledImport, ATableOfNamesAndAddressesIsAListOfRestrictionsOnlyWhereThatIsSaid) {
  const std::string rows = "COUNTRY,NAME,ADDRESS\nChina,Acme,1 Road\nChina,Acme,2 Road\n";
  tables_.node_type = "firm";
  take("uvl.csv", "COUNTRY,NAME,ADDRESS\nChina,Acme,1 Road\n");
  EXPECT_THAT(told_, Not(HasSubstr("read by the profile")));
  EXPECT_THAT(told_, HasSubstr("--profile us-unverified-list reads it so"));
  tables_.profile = "us-unverified-list";
  take("uvl.csv", rows);
  ASSERT_EQ(edges().size(), 1U);
  EXPECT_THAT(edges().front(), HasSubstr("us:unverified-list restricts acme"));
}

TEST_F(ProfiledImport, WhoIsConsolidatedByWhomIsOwnedByHim) {
  take("rr.csv",
       "Relationship.StartNode.NodeID,Relationship.StartNode.NodeIDType,Relationship.EndNode.NodeID,"
       "Relationship.EndNode.NodeIDType,Relationship.RelationshipType,Relationship.RelationshipStatus,"
       "Relationship.Period.1.startDate,Relationship.Period.1.endDate,Relationship.Period.1.periodType,"
       "Registration.LastUpdateDate\n"
       "CHILD,LEI,PARENT,LEI,IS_DIRECTLY_CONSOLIDATED_BY,ACTIVE,2015-01-01T00:00:00Z,,RELATIONSHIP_PERIOD,2024-01-01\n"
       "OTHER,LEI,PARENT,LEI,IS_DIRECTLY_CONSOLIDATED_BY,INACTIVE,2016-01-01,2016-12-31,ACCOUNTING_PERIOD,2020-05-05\n"
       "FEEDER,LEI,MASTER,LEI,IS_FEEDER_TO,ACTIVE,,,,2024-01-01\n");
  EXPECT_THAT(edges(), Contains(HasSubstr("PARENT owns CHILD since 2015-01-01")));
  EXPECT_THAT(edges(), Contains(HasSubstr("PARENT owns OTHER until 2020-05-05")));
  EXPECT_EQ(edges().size(), 2U);
  EXPECT_THAT(told_, HasSubstr("IS_FEEDER_TO 1"));
  EXPECT_EQ(node("PARENT").type, "firm");
}

TEST_F(ProfiledImport, LegalEntitiesHaveTheirIdentifiersAsCodes) {
  take("lei.csv",
       "LEI,Entity.LegalName,Entity.LegalAddress.Country,Entity.EntityStatus,Entity.EntityCategory,"
       "Entity.OtherEntityNames.OtherEntityName.1,Entity.EntityCreationDate,Entity.LegalForm.EntityLegalFormCode\n"
       "529900T8BM49AURSDO55,Acme AG,DE,ACTIVE,GENERAL,Acme,1990-05-01T00:00:00Z,8Z6G\n");
  const Node found = node("529900T8BM49AURSDO55");
  EXPECT_EQ(found.codes.at("lei"), "529900T8BM49AURSDO55");
  EXPECT_EQ(found.since, "1990-05-01");
  EXPECT_THAT(found.attributes, HasSubstr("8Z6G"));
  EXPECT_THAT(edges(), ElementsAre("529900T8BM49AURSDO55 located-in de"));
}

TEST_F(ProfiledImport, TradeOfBaciIsInDollarsAndBetweenCountries) {
  take("BACI_HS17.csv", "t,i,j,k,v,q\n2022,156,842,381800,12.345,1.5\n2022,156,490,381800,1,NA\n");
  EXPECT_THAT(edges(), UnorderedElementsAre("cn supplies us item hs-381800 amount 12345 USD of 2022 {\"tonnes\":1.5}",
                                            "cn supplies tw item hs-381800 amount 1000 USD of 2022"));
}

TEST_F(ProfiledImport, ImportsOfComtradeComeFromThePartner) {
  const std::string header =
      "refYear,reporterCode,reporterISO,reporterDesc,flowCode,partnerCode,partnerISO,partnerDesc,cmdCode,cmdDesc,"
      "primaryValue,netWgt\n";
  take("trade.csv", header +
                        "2022,156,CHN,China,X,842,USA,USA,381800,Chemical elements doped,1000,2000\n"
                        "2022,842,USA,USA,M,156,CHN,China,381800,Chemical elements doped,1100,\n"
                        "2022,842,USA,USA,M,0,W00,World,381800,Chemical elements doped,9000,\n");
  EXPECT_EQ(edges().size(), 2U);
  for (const std::string& line : edges()) EXPECT_THAT(line, HasSubstr("cn supplies us item hs-381800"));
  EXPECT_EQ(node("hs-381800").labels.at("en"), "Chemical elements doped");
  take(
      "trade.json",
      R"({"data": [{"refYear": 2022, "reporterCode": 156, "reporterISO": "CHN", "flowCode": "X", "partnerCode": 842, "partnerISO": "USA", "cmdCode": "381800", "primaryValue": 1000.5}]})");
  EXPECT_THAT(edges(), ElementsAre(HasSubstr("cn supplies us item hs-381800 amount 1000.5 USD of 2022")));
}

TEST_F(ProfiledImport, RealHardwareOfEpochHasItsFoundries) {
  const auto files = real("epoch-ai-hardware", "ml_hardware.csv");
  if (files.empty()) GTEST_SKIP() << "the real data are not beside the checkout";
  take(files);
  EXPECT_EQ(count(Reader(database_).node_counts(), "chip"), 170);
  EXPECT_EQ(count(Reader(database_).edge_counts(), "develops"), 169);  // one chip has no maker
}

const std::string stakes_profile = R"({
  "profile": "stakes", "title": "stakes",
  "recognise": {"columns": ["Holder", "Held"]},
  "parts": [{"records": "edges", "make_ends": true, "fields": {"type": "owns", "from": "{Holder}", "to": "{Held}",
    "from_type": "firm", "to_type": "firm", "share": {"value": "{Stake}", "number": {"percent": true}}}}]})";

TEST_F(ProfiledImport, AProfileOfOnesOwnIsAFile) {
  tables_.profile = folder_.write("stakes.json", stakes_profile).string();
  take("r.csv", "Holder,Held,Stake,Note\nalpha,beta,60,x\n");
  EXPECT_THAT(edges(), ElementsAre("alpha owns beta share 0.6"));
  EXPECT_THAT(told_, HasSubstr("no use for 1 column, left out: Note"));
  EXPECT_THAT(refusal("s.csv", "id,name\na,b\n"), HasSubstr("it lacks the column Held"));
  tables_.profile = "usgs-word";
  EXPECT_THAT(refusal("s.csv", "id,name\na,b\n"), HasSubstr("did you mean usgs-world?"));
  tables_.profile = "none";
  EXPECT_THAT(refusal("mcs2024-galli_world.csv", gallium), HasSubstr("say what they hold: --map"));
}

TEST_F(ProfiledImport, WhatTheUserMapsGoesBeforeAProfile) {
  tables_.columns = {{"Country", "from"}, {"Type", "to"}};
  tables_.node_type = "firm";
  tables_.edge_type = "affects";
  take("mcs2024-galli_world.csv", gallium.substr(0, gallium.find("\n,,") + 1));
  EXPECT_THAT(told_, HasSubstr("read as --map says and not by the profile usgs-world"));
}

TEST_F(ProfiledImport, TypesThatTheOntologyLacksAreNamed) {
  std::string text = stakes_profile;
  text.replace(text.find("owns"), 4, "controls");
  tables_.profile = folder_.write("stakes.json", text).string();
  EXPECT_THAT(refusal("r.csv", "Holder,Held,Stake\nalpha,beta,60\n"), HasSubstr("--map-type controls=OURS"));
  tables_.types = {{"controls", "owns"}};
  take("r.csv", "Holder,Held,Stake\nalpha,beta,60\n");
  EXPECT_THAT(edges(), ElementsAre("alpha owns beta share 0.6"));
}

TEST_F(ProfiledImport, WhatWasRecognisedAndSaidIsAProfileThatReadsTheSame) {
  const std::string rows =
      "Parent,Subsidiary,Stake %,Amount (USD m),Signed,Kind,Colour\n"
      "Alpha,Beta,60,\"1,5\",13/05/2020,HOLDS,red\n"
      "Beta,Gamma,7.5,,14/06/2021,HOLDS,\n";
  tables_.columns = {{"Signed", "since"}, {"Colour", "-"}, {"Kind", "type"}};
  tables_.types = {{"HOLDS", "owns"}};
  tables_.decimal = ',';
  tables_.makes_profile = true;
  const ImportReport first = take("deals.csv", rows);
  const std::string records = test::records_of(database_);
  EXPECT_THAT(first.profile, HasSubstr("\"HOLDS\": \"owns\""));
  tables_ = TableOptions();
  tables_.profile = folder_.write("deals.json", first.profile).string();
  take("deals.csv", rows);
  EXPECT_EQ(test::records_of(database_), records);
}

struct BadProfile {
  const char* text;
  const char* said;
};

TEST(TableProfiles, WhatIsWrongWithOneIsSaidWhereItStands) {
  const BadProfile cases[] = {
      {"[]", "an object is meant here"},
      {"{", "x.json:"},
      {R"({"profile": "x", "title": "x"})", "\"parts\", a list"},
      {R"({"profile": "x", "titel": "x", "parts": []})", "did you mean \"title\"?"},
      {R"({"profile": "x", "title": "x", "parts": [{"records": "rows", "fields": {}}]})", "not \"rows\""},
      {R"({"profile": "x", "title": "x", "parts": [{"records": "nodes", "fields": {"lable": "{a}"}}]})",
       "parts[0].fields: no field \"lable\"; did you mean \"label\"?"},
      {R"({"profile": "x", "title": "x", "parts": [{"records": "edges", "fields": {"from": "{a}"}}]})",
       "parts[0]: the field \"to\" is missing"},
      {R"({"profile": "x", "title": "x", "parts": [{"records": "nodes", "fields": {"id": {"value": "{a}", "words": "contries"}}}]})",
       "did you mean \"countries\"?"},
      {R"({"profile": "x", "title": "x", "parts": [{"records": "nodes", "when": {"a": "@full"}, "fields": {"id": "{a}"}}]})",
       "no test \"@full\""}};
  for (const BadProfile& each : cases) {
    try {
      detail::read_profile(each.text, "x.json");
      ADD_FAILURE() << each.text;
    } catch (const UsageError& error) {
      EXPECT_THAT(error.what(), HasSubstr(each.said)) << each.text;
    }
  }
}

TEST(TableProfiles, AllOfOursAreSoundAndOfDifferentNames) {
  std::vector<std::string> ids;
  for (const auto& profile : detail::standard_profiles()) {
    ids.push_back(profile->id);
    EXPECT_NO_THROW(static_cast<void>(detail::load_profile(profile->id))) << profile->id;
  }
  EXPECT_GE(ids.size(), 14U);
  std::sort(ids.begin(), ids.end());
  EXPECT_EQ(std::adjacent_find(ids.begin(), ids.end()), ids.end());
}

TEST(Globs, TakeAsLittleAsTheyCan) {
  std::vector<std::string_view> kept;
  const detail::Glob columns("Prod_{unit}_est_{year#}");
  ASSERT_TRUE(columns.matches("prod_kt_Est_2023", kept));
  EXPECT_THAT(kept, ElementsAre("kt", "2023"));
  EXPECT_FALSE(columns.matches("Prod_kt_est_notes"));
  EXPECT_TRUE(detail::Glob("World total*").matches("World total (rounded)"));
  EXPECT_FALSE(detail::Glob("{a}b").matches("b"));
  // A pattern that could be tried for ever is given up.
  EXPECT_FALSE(detail::Glob("*a*a*a*a*a*b").matches(std::string(4000, 'a')));
}

TEST(SharedWords, KnowCountriesInManySpellings) {
  const detail::WordMap& countries = detail::shared_words().at("countries");
  for (const char* spelling : {"CN", "CHN", "156", "China", "中国", "Chinae", "China6", "China (mainland)"})
    EXPECT_EQ(countries.meaning_of(spelling), "cn") << spelling;
  for (const char* spelling : {"Korea, Republic of", "Korea, Republic ofe", "Korea (Republic of)", "韩国"})
    EXPECT_EQ(countries.meaning_of(spelling), "kr") << spelling;
  EXPECT_EQ(countries.meaning_of("Congo (Kinshasa)"), "cd");
  EXPECT_EQ(countries.meaning_of("Niger"), "ne");
  for (const char* other : {"Other countries", "World total", "42e", "4999", "Atlantis", "Korea"})
    EXPECT_EQ(countries.meaning_of(other), std::nullopt) << other;
}

TEST_F(ProfiledImport, PersonsWithSignificantControlOwnAtLeastTheirBand) {
  take(
      "psc.jsonl",
      R"({"company_number":"01234567","data":{"etag":"a","identification":{"place_registered":"Companies House","registration_number":"09145694"},"kind":"corporate-entity-person-with-significant-control","links":{"self":"/company/01234567/persons-with-significant-control/corporate-entity/c1"},"name":"Holdings Ltd","natures_of_control":["ownership-of-shares-75-to-100-percent"],"notified_on":"2017-01-01"}}
{"company_number":"09145694","data":{"ceased_on":"2018-05-14","date_of_birth":{"month":2,"year":1977},"kind":"individual-person-with-significant-control","links":{"self":"/company/09145694/persons-with-significant-control/individual/p1"},"name":"Mrs Ann Example","nationality":"British","natures_of_control":["ownership-of-shares-50-to-75-percent","voting-rights-50-to-75-percent"],"notified_on":"2016-04-06"}}
{"company_number":"09145694","data":{"kind":"individual-person-with-significant-control","links":{"self":"/company/09145694/persons-with-significant-control/individual/p2"},"name":"Mr Jean","natures_of_control":["significant-influence-or-control"],"notified_on":"2019-03-01"}}
{"company_number":"09145694","data":{"kind":"persons-with-significant-control-statement","links":{"self":"x"},"notified_on":"2017-01-01","statement":"none"}}
{"data":{"kind":"totals#persons-of-significant-control-snapshot","statements_count":1}}
)");
  EXPECT_THAT(told_, HasSubstr("read by the profile uk-psc"));
  EXPECT_THAT(told_, HasSubstr("2 of 5 rows are nothing that the profile uk-psc takes"));
  std::vector<std::string> seen;
  Reader(database_).for_each_edge("", [&](const Edge& edge) {
    seen.push_back(edge.from + " " + edge.to + " " + format_number(edge.share.value_or(-1)) + " " +
                   std::string(to_string(edge.bound)) + " " + edge.since + " " + edge.until);
  });
  EXPECT_THAT(seen, UnorderedElementsAre("GB-COH-09145694 GB-COH-01234567 0.75 at-least 2017-01-01 ",
                                         "GB-COH-PSC-p1 GB-COH-09145694 0.5 at-least 2016-04-06 2018-05-14",
                                         "GB-COH-PSC-p2 GB-COH-09145694 -1 exact 2019-03-01 "));
  EXPECT_THAT(nodes(), UnorderedElementsAre("firm GB-COH-01234567", "firm GB-COH-09145694", "person GB-COH-PSC-p1",
                                            "person GB-COH-PSC-p2"));
  EXPECT_EQ(node("GB-COH-09145694").labels.at("en"), "Holdings Ltd");
  EXPECT_THAT(node("GB-COH-PSC-p1").attributes, HasSubstr(R"("birth_date":"1977-02")"));
}

TEST_F(ProfiledImport, NumbersOfAProfileKeepTheirBounds) {
  const std::string profile = R"({"profile": "shares", "title": "t", "recognise": {"columns": ["Who", "What", "Part"]},
    "parts": [{"records": "edges", "make_ends": true, "fields": {"type": "produces", "from": "{Who}", "to": "{What}",
      "from_type": "firm", "to_type": "product", "share": {"value": "{Part}", "number": {"percent": true}}}},
      {"records": "figures", "fields": {"subject": "{Who}", "indicator": "investment", "value": {"value": "{Part}", "number": true}, "as_of": "2024"}}]})";
  tables_.profile = folder_.write("p.json", profile).string();
  take("t.csv", "Who,What,Part\nAa,Bb,>80\nCc,Bb,10-15\nDd,Bb,5\n");
  std::vector<std::string> seen;
  Reader(database_).for_each_edge("", [&](const Edge& edge) {
    seen.push_back(format_number(edge.share.value_or(-1)) + " " + std::string(to_string(edge.bound)));
  });
  Reader(database_).for_each_observation("", [&](const Observation& figure) {
    seen.push_back(to_text(figure.value) + " " + format_number(figure.value_high.value_or(-1)) + " " +
                   std::string(to_string(figure.bound)));
  });
  EXPECT_THAT(seen, UnorderedElementsAre("0.8 at-least", "0.1 at-least", "0.05 exact", "80 -1 at-least", "10 15 exact",
                                         "5 -1 exact"));
}

}  // namespace
}  // namespace chokepoint
