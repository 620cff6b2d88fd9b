#include "chokepoint/ingest/import.hpp"
#include "chokepoint/store/reader.hpp"
#include "tests/support/foreign_import.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

namespace chokepoint {
namespace {

using testing::HasSubstr;
using testing::Not;

/// What tables say in a place or a writing where a hasty reader would lose or turn it.
class BentTables : public test::ForeignImport {};

TEST_F(BentTables, AHeaderBehindAMarkNamesTheColumns) {
  for (const auto& [name, text] :
       {std::pair("a.tsv", "#customer\tsupplier\tshare\nApple\tTSMC\t0.3\nTSMC\tASML\t0.4\n"),
        std::pair("b.tsv", "# made by x\n#customer\tsupplier\tshare\nApple\tTSMC\t0.3\nTSMC\tASML\t0.4\n"),
        std::pair("c.txt", "# made by x\n# customer supplier share\nApple TSMC 0.3\nTSMC ASML 0.4\n"),
        std::pair("d.txt", "customer supplier share\nApple TSMC 0.3\nTSMC ASML 0.4\n"),
        std::pair("e.txt", "# made by x\n#customer\tsupplier\tshare\nApple\tTSMC\t0.3\nTSMC\tASML\t0.4\n"),
        std::pair("f.csv", "#customer,supplier,share\nApple,TSMC,0.3\nTSMC,ASML,0.4\n")}) {
    begin_anew();
    take(name, text);
    ASSERT_EQ(edges().size(), 2U) << name;
    const std::string all = dump();
    EXPECT_THAT(all, HasSubstr(R"("from":"TSMC","to":"Apple","share":0.3)")) << name;
  }
}

TEST_F(BentTables, AHeaderOfUnknownWordsNamesWhatTheFirstTwoCarry) {
  tables_.node_type = "firm";
  tables_.edge_type = "supplies";
  take("snap.txt", "# Directed graph\n# FromNodeId\tToNodeId\tprice\n0\t1\t5\n1\t2\t7\n");
  EXPECT_EQ(edges().size(), 2U);
  EXPECT_THAT(dump(), HasSubstr(R"("price":5)"));
}

TEST_F(BentTables, TwoTablesInOneTextAreReadWhereTheirColumnsTellThemApart) {
  const ImportReport report = take("c.csv",
                                   "Name,Country,Type\nASML,Netherlands,firm\nTSMC,Taiwan,firm\n\n"
                                   "From,To,Relation,Share\nASML,TSMC,supplies,100%\n");
  EXPECT_EQ(report.nodes.added, 2);
  EXPECT_EQ(only_edge().share, 1);
  EXPECT_THAT(joined(report.remarks), HasSubstr("a second table begins in row 5, behind an empty one"));
  begin_anew();
  take("d.csv", "Id,Label,Type,Country\n1,ASML,firm,NL\n2,TSMC,firm,TW\n,,,\nSource,Target,Type,\n1,2,supplies,\n");
  EXPECT_EQ(only_edge().from, "asml");
}

TEST_F(BentTables, ASecondTableThatCouldBeRowsIsRefused) {
  tables_.node_type = "firm";
  const std::string rows = "Company,Country\nASML,Netherlands\nTSMC,Taiwan\n\nName,Sector\nScanner,ASML Holding\n";
  EXPECT_THAT(refusal("e.csv", rows), HasSubstr("a second table seems to begin in row 5"));
  std::string many = "Company,Country\n";
  for (int i = 0; i < 10000; ++i) many += "Firm " + std::to_string(i) + ",Netherlands\n";
  EXPECT_THAT(refusal("f.csv", many + "\nName,Sector\nScanner,ASML\n"), HasSubstr("a second table seems to begin"));
  EXPECT_EQ(refusal("g.csv", many + "\nScanner,Japan\n"), "accepted");
}

TEST_F(BentTables, AHeaderThatComesAgainIsNoRow) {
  tables_.node_type = "firm";
  const ImportReport report =
      take("c.csv", "Company,Country\nASML,NL\nCompany,Country\nTSMC,TW\n\nCompany,Country\nUMC,TW\n");
  EXPECT_EQ(report.nodes.added, 3);
  EXPECT_THAT(joined(report.remarks), HasSubstr("2 rows passed over that repeat the header"));
}

TEST_F(BentTables, ShipmentsOfOtherAmountsAreToldAndAddedUp) {
  const std::string rows =
      "Supplier,Customer,amount (tonnes),Ship date\nBASF,Umicore,100,2023-01-01\nBASF,Umicore,150,2023-02-01\n"
      "Vale,Umicore,200,2023-02-01\n";
  EXPECT_THAT(joined(take("a.csv", rows).remarks),
              HasSubstr("1 row states with an amount a relation that an earlier row states otherwise"));
  begin_anew();
  tables_.parallel = Parallel::sum;
  const ImportReport report = take("a.csv", rows);
  ASSERT_EQ(edges().size(), 2U);
  EXPECT_EQ(edges()[0].amount.value() + edges()[1].amount.value(), 450);
  EXPECT_THAT(joined(report.remarks), HasSubstr("1 row was added"));
  EXPECT_THAT(joined(report.remarks), HasSubstr("since they differ in it: Ship date"));
  begin_anew();
  EXPECT_THAT(joined(take("a.csv", "Supplier,Customer,amount (tonnes),date\nA,B,1,2023\nA,B,2,2024\n").remarks),
              HasSubstr("1 amount was not added to another one"));
}

TEST_F(BentTables, TotalsOfAMatrixAreNoNodes) {
  const std::string matrix =
      "exporter/importer,USA,China,Japan,Total\nUSA,-,100,50,150\nChina,400,-,120,520\nJapan,90,80,-,170\n"
      "Total,490,180,170,";
  tables_.node_type = "country";
  tables_.edge_type = "supplies";
  for (const char* corner : {"840\n", "\n"}) {
    begin_anew();
    const ImportReport report = take("m.csv", matrix + corner);
    EXPECT_EQ(report.made_nodes + report.nodes.added, 3);
    EXPECT_EQ(edges().size(), 6U);
    EXPECT_THAT(joined(report.remarks), HasSubstr("totals are no nodes and were left out: Total"));
  }
  begin_anew();
  take("w.csv", ",USA,China,World\nUSA,0,100,100\nChina,400,0,400\n");
  EXPECT_EQ(edges().size(), 2U);
}

TEST_F(BentTables, TheCornerOfAMatrixSaysWhereItsEdgesBegin) {
  tables_.node_type = "country";
  tables_.edge_type = "supplies";
  take("m.csv", "importer\\exporter,China,Peru\nChina,,10\nPeru,,\n");
  EXPECT_EQ(only_edge().from, "Peru");
  begin_anew();
  take("p.csv", ",A,B\nA,,10%\nB,5%,\n");
  EXPECT_NEAR(edges()[0].share.value() + edges()[1].share.value(), 0.15, 1e-9);
}

TEST_F(BentTables, ARowThatAddsUpThoseAboveIsLeftOut) {
  const std::string rows = "Supplier,Customer,Amount (tonnes)\nA,B,10\nC,B,20\n";
  for (const char* last : {"Total,B,30\n", "Total,,30\n", "合计,合计,30\n", "World,B,30\n"}) {
    begin_anew();
    const ImportReport report = take("t.csv", rows + last);
    EXPECT_EQ(edges().size(), 2U) << last;
    EXPECT_THAT(joined(report.remarks), HasSubstr("1 row left out that adds up those above"));
  }
  begin_anew();
  const ImportReport report = take("t.csv", rows + "Total,B,300\n");
  EXPECT_EQ(edges().size(), 3U) << "an oil firm may be called so";
  EXPECT_THAT(joined(report.remarks), HasSubstr("row 4 is called as a total is, but adds up nothing"));
  EXPECT_THAT(refusal("n.csv", rows + "Engines,,\n"), HasSubstr("as a note or a heading has, and --skip-bad"));
  EXPECT_THAT(refusal("o.csv", rows + "Total,,300\n"), HasSubstr("the row is called as a total is, and --skip-bad"));
  EXPECT_THAT(refusal("p.csv", "Supplier,Customer,Share,Amount (t)\n,,%,t\nA,B,40,1\n"),
              HasSubstr("the row names no end, as one of units does, and --skip-bad"));
}

TEST_F(BentTables, NotesBelowATableAreNoRows) {
  const std::string rows = "Supplier,Customer,Share\nA,B,10%\nC,B,20%\n";
  for (const char* note : {"Source: us,,\n", ",,* estimated\n", "注：估计,,\n", "Quelle: VDA; eigene Rechnung,,\n"}) {
    begin_anew();
    const ImportReport report = take("t.csv", rows + note);
    EXPECT_EQ(edges().size(), 2U) << note;
    EXPECT_THAT(joined(report.remarks), HasSubstr("1 row passed over as notes, the first of them row 4")) << note;
  }
  begin_anew();
  EXPECT_EQ(take("t.csv", "Supplier,Customer\nSource: A,B\n").made_nodes, 2) << "it has two cells";
}

TEST_F(BentTables, AYearInTheNameOfAMeasureIsItsDay) {
  ImportReport report = take("y.csv",
                             "Supplier,Customer,Share 2021 (%),Volume 2021 (t),2022 share %,Note\n"
                             "A,B,40,1,45,x\nC,B,..,,55,\nD,B,,,,\n");
  ASSERT_EQ(edges().size(), 4U);
  const std::string all = dump();
  EXPECT_THAT(all, HasSubstr(R"("share":0.4,"amount":1,"unit":"tonnes","as_of":"2021","attributes":{"Note":"x"})"));
  EXPECT_THAT(all, HasSubstr(R"("share":0.45,"as_of":"2022")"));
  EXPECT_THAT(all, HasSubstr(R"("share":0.55,"as_of":"2022")"));
  EXPECT_THAT(all, HasSubstr(R"("from":"D","to":"B")")) << "a relation without any number is one all the same";
  EXPECT_THAT(joined(report.remarks), HasSubstr("named with a year, 2021 to 2022: an edge for each year"));
  begin_anew();
  take("d.csv", "Hersteller;Produkt;Marktanteil 2022 in %\nBosch;ABS;35,5\n");
  EXPECT_EQ(only_edge().as_of, "2022");
  EXPECT_NEAR(*only_edge().share, 0.355, 1e-9);
  for (const char* kept :
       {"Supplier,Customer,Share,Share 2021\nA,B,1%,2%\n", "Supplier,Customer,Staff 2021,Staff 2022\nA,B,1,2\n"}) {
    begin_anew();
    tables_.edge_type = "supplies";
    take("k.csv", kept);
    EXPECT_THAT(only_edge().attributes, HasSubstr("2021")) << kept;
  }
}

TEST_F(BentTables, GroupsOfYearsAndOfOneMeaningAreRead) {
  take("g.csv", "Supplier,,Customer,,Trade,\nName,Country,Name,Country,Share,Year\nCATL,CN,Tesla,US,50%,2022\n");
  EXPECT_EQ(only_edge().share, 0.5);
  EXPECT_EQ(only_edge().as_of, "2022");
  begin_anew();
  take("y.csv", ",,2021,,2022,\nSupplier,Customer,Volume (t),Share,Volume (t),Share\nYara,BASF,10,10%,20,20%\n");
  EXPECT_EQ(edges().size(), 2U);
  EXPECT_THAT(dump(), HasSubstr(R"("share":0.2,"amount":20,"unit":"tonnes","as_of":"2022")"));
  begin_anew();
  tables_.edge_type = "supplies";
  take("p.csv", ",,tons,tons\n,,sum,mean\nsupplier,customer,,\nA,X,1.5,1.5\n");
  EXPECT_EQ(only_edge().from, "A");
}

TEST_F(BentTables, ThePartThatIsANumberIsAShare) {
  take("f.csv", "Fournisseur;Client;Part;Année\nValeo;Renault;0,25;2022\n");
  EXPECT_EQ(only_edge().share, 0.25);
  EXPECT_EQ(only_edge().as_of, "2022");
  begin_anew();
  EXPECT_THAT(joined(take("e.csv", "Supplier,Customer,Part\nValeo,Renault,lamp\n").remarks),
              HasSubstr("--map \"Part=item\" makes it what flows"));
  begin_anew();
  take("p.csv", "Supplier,Customer,% of supply\nA,B,25\n");
  EXPECT_EQ(only_edge().share, 0.25);
}

TEST_F(BentTables, EndsAreKnownInManyLanguagesAndWithWhatStandsThere) {
  for (const auto& [text, from] : {std::pair("供給元,供給先,割合\nTEL,TSMC,30%\n", "TEL"),
                                   std::pair("Поставщик;Клиент;Доля\nTEL;TSMC;30%\n", "TEL"),
                                   std::pair("공급업체,고객사,비중\nTEL,TSMC,30%\n", "TEL"),
                                   std::pair("Fornecedor;Cliente;Participação\nTEL;TSMC;30%\n", "TEL"),
                                   std::pair("股东名称,企业名称,持股比例(%)\nTEL,TSMC,30\n", "TEL"),
                                   std::pair("控股股东,公司,持股比例\nTEL,TSMC,30%\n", "TEL"),
                                   std::pair("Acquiree Name,Acquirer Name,Stake\nTSMC,TEL,30%\n", "TEL")}) {
    begin_anew();
    take("l.csv", text);
    EXPECT_EQ(only_edge().from, from) << text;
    EXPECT_NEAR(only_edge().share.value_or(0), 0.3, 1e-9) << text;
  }
  begin_anew();
  tables_.node_type = "firm";
  tables_.edge_type = "supplies";
  take("s.csv", "Source Company,Source Ticker,Target Company\nTEL,8035,TSMC\n");
  EXPECT_EQ(only_edge().to, "TSMC");
  tables_.node_type = tables_.edge_type = "";
  EXPECT_THAT(refusal("b.csv", "Parent Part,Child Part,Qty\nPHONE,SOC,1\n"), HasSubstr("\"type\" is missing"))
      << "a part owns nothing";
}

TEST_F(BentTables, MarksOfNotesBehindNumbersAreNoPartOfThem) {
  const ImportReport report = take("n.csv", "Supplier,Customer,Share\nA,X,12.5%[1]\nB,X,45% (e)\nC,X,12%*\nD,X,>5%\n");
  double sum = 0;
  for (const Edge& edge : edges()) sum += edge.share.value_or(0);
  EXPECT_NEAR(sum, 0.745, 1e-9);
  EXPECT_THAT(joined(report.remarks),
              HasSubstr("3 values such as \"12.5%[1]\" are words for a number or have the mark of a note behind them"));
  EXPECT_THAT(dump(), HasSubstr("\"read\":\"45% (e)\""));
  EXPECT_THAT(dump(), HasSubstr(R"("bound":"at-least")"));
}

TEST_F(BentTables, UnitsOfAColumnAreOursAsThoseOfHeaders) {
  take("u.csv", "Supplier,Customer,Volume,Unit\nA,X,10,kg\nB,X,20,t\nC,X,30,t\n");
  std::vector<std::string> units;
  for (const Edge& edge : edges()) units.push_back(edge.unit);
  EXPECT_THAT(units, testing::UnorderedElementsAre("kg", "tonnes", "tonnes"));
}

TEST_F(BentTables, DottedRecordsOfOthersAreNotOurHeader) {
  tables_.columns = {
      {"attributes.element type", "type"}, {"attributes.label", "label"}, {"attributes.connection type", "type"}};
  take("k.json", R"({"elements": [{"_id": "e1", "attributes": {"label": "ASML", "element type": "firm"}},)"
                 R"({"_id": "e2", "attributes": {"label": "TSMC", "element type": "firm"}}], "connections": [)"
                 R"({"_id": "c", "from": "e1", "to": "e2", "attributes": {"connection type": "supplies"}}]})");
  EXPECT_EQ(only_edge().type, "supplies");
}

TEST_F(BentTables, WeightsHaveDecimalCommasToo) {
  tables_.edge_type = "supplies";
  tables_.node_type = "firm";
  take("w.csv", "source;target;weight\nA;B;2,72\nA;C;7\n");
  EXPECT_THAT(dump(), HasSubstr(R"("weight":2.72)"));
  begin_anew();
  take("w.tsv", "source\ttarget\tweight\nA\tB\t2,72\n");
  EXPECT_THAT(dump(), HasSubstr(R"("weight":2.72)"));
}

TEST_F(BentTables, GephisTypeIsTheDirectionAndTheLabelTheType) {
  tables_.node_type = "firm";
  const ImportReport report = take(
      "g.csv", "Source,Target,Type,Id,Label,Weight\n1,2,Directed,0,supplies,1\n2,3,Undirected,1,competes-with,2\n");
  ASSERT_EQ(edges().size(), 2U);
  EXPECT_THAT(joined(report.remarks), HasSubstr("1 edge has no direction"));
  EXPECT_THAT(dump(), HasSubstr(R"("type":"supplies")"));
  tables_.undirected = Undirected::refuse;
  EXPECT_THAT(refusal("h.csv", "Source,Target,Type,Label\n1,2,Undirected,supplies\n"), HasSubstr("no direction"));
}

TEST_F(BentTables, AFormulaThatProtectsDigitsIsTheirText) {
  take("p.csv", "id,name,type\n=\"0012\",Alpha,firm\n=\"0013\",\"Beta, Inc\",firm\n");
  EXPECT_THAT(dump(), HasSubstr(R"("codes":{"p":"0012"})"));
  EXPECT_THAT(refusal("q.csv", "id,name\n=\"0012,Alpha\n"), HasSubstr("a quote stands inside"));
}

TEST_F(BentTables, NamesThatDifferInCaseOrAccentsAreOneAndTold) {
  const ImportReport report =
      take("h.csv", "Supplier,Customer,Share\nMüller AG,Kern,0.1\nMuller AG,Kern,0.2\nMULLER AG,Kern,0.3\n");
  EXPECT_EQ(report.made_nodes, 2);
  EXPECT_THAT(joined(report.remarks), HasSubstr("2 names differ in case, width or accents alone"));
  EXPECT_THAT(joined(report.remarks), HasSubstr("Muller AG = Müller AG"));
  EXPECT_THAT(dump(), HasSubstr(R"("aliases":["MULLER AG","Muller AG"])"));
}

TEST_F(BentTables, BlanksAroundCellsAreNoPartOfNames) {
  const ImportReport report = take("n.csv", "id,label,type\nA1 ,Alpha Co ,firm\n B2,\xC2\xA0 Beta,firm\n");
  EXPECT_EQ(Reader(database_).node("A1")->labels.at("en"), "Alpha Co");
  EXPECT_EQ(Reader(database_).node("B2")->labels.at("en"), "Beta");
  EXPECT_THAT(joined(report.remarks), HasSubstr("blanks around the text of 4 cells were left out"));
}

TEST_F(BentTables, AHeaderOfFromToAndTypeIsOneOfAnyList) {
  tables_.node_type = "firm";
  take("e.csv", "from,to,type,share,tons\nIntel,Microsoft,supplies,40%,7\n");
  EXPECT_EQ(only_edge().from, "Intel");
  EXPECT_EQ(only_edge().share, 0.4);
}

TEST_F(BentTables, OneColumnThatIsCalledLikeOursIsTheFilesOwn) {
  tables_.node_type = "product";
  for (const std::string name : {"group", "k", "status", "market", "item", "confidence"}) {
    begin_anew();
    take("e.csv", "from,to,type," + name + "\nphone,chip,requires,x\n");
    const Edge edge = only_edge();
    EXPECT_EQ(edge.group + edge.item + edge.market, "") << name;
    EXPECT_FALSE(edge.k || edge.confidence) << name;
    EXPECT_EQ(edge.status, Status::reported) << name;
    EXPECT_EQ(edge.attributes, "{\"" + name + "\":\"x\"}");
  }
}

TEST_F(BentTables, EndsBelowOurHeaderBecomeNodesWhereThatIsAskedFor) {
  tables_.node_type = "product";
  take("e.csv", "from,to,type,group,k\nMy phone,chip A,requires,g,1\nMy phone,chip B,requires,g,1\n");
  EXPECT_THAT(dump(), HasSubstr(R"("labels":{"en":"My phone"})"));
  EXPECT_THAT(dump(), HasSubstr(R"("group":"g","k":1)"));
}

TEST_F(BentTables, EndsOfTwoKindsHaveTypesOfTheirOwn) {
  take("p.csv", "producer,product,share\nTSMC,logic chips,62%\n");
  EXPECT_EQ(only_edge().type, "produces");
  EXPECT_THAT(dump(), HasSubstr(R"("type":"product","labels":{"en":"logic chips"})"));
  begin_anew();
  tables_.edge_type = "produces";
  EXPECT_THAT(refusal("q.csv", "from,to,share\nTSMC,logic,62%\n"), HasSubstr("--node-type TYPE"));
  tables_.node_type = "firm";
  tables_.to_type = "chip";
  take("q.csv", "from,to,share\nTSMC,logic,62%\n");
  EXPECT_THAT(dump(), HasSubstr(R"({"id":"logic","type":"chip")"));
}

TEST_F(BentTables, AMapMayNameTheTablesItMeans) {
  tables_.columns["edges.Label"] = "type";
  take({folder_.write("n.csv", "Id,Label,Type\n1,Acme,firm\n2,Beta,firm\n"),
        folder_.write("e.csv", "Source,Target,Type,Label\n1,2,Undirected,supplies\n")});
  EXPECT_EQ(only_edge().type, "supplies");
  EXPECT_EQ(only_edge().attributes, "");
  EXPECT_EQ(Reader(database_).node("acme")->labels.at("en"), "Acme");
  tables_.undirected = Undirected::refuse;
  tables_.columns = {{"Label", "type"}};
  begin_anew();
  tables_.node_type = "firm";
  EXPECT_THAT(refusal("u.csv", "Source,Target,Type,Label\nA,B,Undirected,supplies\n"), HasSubstr("no direction"));
}

TEST_F(BentTables, PercentInAHeaderAndSmallValuesAreADoubt) {
  const std::string rows = "Supplier,Customer,percentage\nA,B,1\nC,B,0.5\n";
  EXPECT_THAT(refusal("h.csv", rows), HasSubstr("no value is above 1, so that \"1\" is read in two ways"));
  tables_.columns["percentage"] = "share (fraction)";
  take("h.csv", rows);
  EXPECT_THAT(dump(), HasSubstr(R"("share":0.5)"));
}

TEST_F(BentTables, NamesInSeveralLanguagesAreLabels) {
  for (const char* header : {"id,name_en,name_zh,type\n", "id,label@en,label@zh,type\n"}) {
    begin_anew();
    take("z.csv", header + std::string("tsmc,TSMC,台积电,firm\n"));
    EXPECT_EQ(Reader(database_).node("tsmc")->labels.at("en"), "TSMC") << header;
    EXPECT_EQ(Reader(database_).node("tsmc")->labels.at("zh"), "台积电") << header;
  }
}

TEST_F(BentTables, QuotesInsideTextsOfGraphFilesAreToldOrRefused) {
  tables_.node_type = "firm";
  tables_.edge_type = "supplies";
  for (const auto& [name, text] : {std::pair("q.net", "*Vertices 2\n1 \"A\"\n2 \"Quote \"X\" Ltd\"\n*Arcs\n1 2\n"),
                                   std::pair("q.gml", "graph [ node [ id 1 label \"Quote \"X\" Ltd\" ] ]")}) {
    begin_anew();
    EXPECT_THAT(joined(take(name, text).remarks), HasSubstr("1 text holds quotes that nothing marks as part of it"));
    EXPECT_THAT(dump(), HasSubstr(R"(Quote \"X\" Ltd)"));
  }
  begin_anew();
  EXPECT_THAT(refusal("r.net", "*Vertices 1\n1 \"Quote \"X\" Ltd\n"), HasSubstr("a quote is opened and never closed"));
  EXPECT_THAT(refusal("r.gml", "graph [ node [ id 1\nlabel \"Quote \"X\" of\n] ]"), HasSubstr("1 problem"));
}

TEST_F(BentTables, ArrowsOfVisSayWhereEdgesGo) {
  tables_.node_type = "firm";
  tables_.edge_type = "supplies";
  take("v.json",
       R"({"nodes":[{"id":"a","label":"A"},{"id":"b","label":"B"}],"edges":[{"from":"a","to":"b","arrows":"from"}]})");
  EXPECT_EQ(only_edge().from, "b");
  begin_anew();
  take("n.json", R"({"nodes":[{"id":"a"},{"id":"b"}],"links":[{"fromId":"a","toId":"b","data":{"w":1}}]})");
  EXPECT_EQ(only_edge().to, "b");
}

TEST_F(BentTables, KindsAndSpellsOfGexfAreKept) {
  const std::string head =
      R"(<gexf version="1.3"><graph defaultedgetype="directed" timeformat="date"><attributes class="node"><attribute id="0" title="type" type="string"/></attributes><attributes class="edge" mode="dynamic"><attribute id="share" title="share" type="double"/></attributes><nodes><node id="a" label="Acme"><attvalues><attvalue for="0" value="firm"/></attvalues></node><node id="b" label="Beta"><attvalues><attvalue for="0" value="firm"/></attvalues></node></nodes><edges>)";
  take("k.gexf", head + R"(<edge id="0" source="a" target="b" type="owns"/></edges></graph></gexf>)");
  EXPECT_EQ(only_edge().type, "owns");
  begin_anew();
  tables_.edge_type = "owns";
  take(
      "s.gexf",
      head +
          R"(<edge id="0" source="a" target="b"><spells><spell start="2016-01-04" end="2016-11-02"/><spell start="2018-01-01"/></spells><attvalues><attvalue for="share" value="0.7" start="2016-01-04" end="2016-06-30"/><attvalue for="share" value="1.0" start="2016-07-01"/></attvalues></edge></edges></graph></gexf>)");
  ASSERT_EQ(edges().size(), 3U);
  EXPECT_THAT(dump(), HasSubstr(R"("since":"2016-07-01","until":"2016-11-03")"));
  EXPECT_THAT(dump(), HasSubstr(R"("since":"2018-01-01")"));
}

TEST_F(BentTables, AMatrixOfNumbersAloneIsToldApartFromEdges) {
  tables_.node_type = "firm";
  tables_.edge_type = "supplies";
  EXPECT_THAT(joined(take("m.txt", "0 1 0\n1 0 1\n2 1 0\n").remarks), HasSubstr("may be a matrix of nodes by nodes"));
}

TEST_F(BentTables, WhatIsNotReadIsToldWithTheWayOut) {
  const std::vector<std::pair<std::string, std::string>> cases[] = {
      {{"a.txt", "A Corp -> B Corp\n# c\nB Corp -> C\n"}, {"", "| sed '1i from,to' > a.csv"}},
      {{"r.csv", "\"source\" \"target\" \"w\"\n\"1\" \"A\" \"B\" 0.5\n"}, {"", "read.table("}},
      {{"d.dl", "dl\nn=4\nformat=edgelist1\n"}, {"", "UCINET's DL"}},
      {{"s.spdx", "SPDXVersion: SPDX-2.3\n"}, {"", "pyspdxtools"}},
      {{"b.xml", "<bom xmlns=\"http://cyclonedx.org/schema/bom/1.5\"></bom>"}, {"", "cyclonedx convert"}},
      {{"f.fods", "<office:document xmlns:office=\"x\"><table:table/></office:document>"}, {"", "soffice"}},
      {{"l.json", R"({"@context":"https://schema.org","@graph":[{"@id":"a"}]})"}, {"", "RDF"}},
      {{"n.json", R"({"ASML":{"TSMC":{"weight":0.9}},"TSMC":{"Apple":{"weight":0.4}}})"}, {"", "networkx.DiGraph"}}};
  for (const auto& one : cases) EXPECT_THAT(refusal(one[0].first, one[0].second), HasSubstr(one[1].second));
}

TEST_F(BentTables, CardsOfACanvasAreCalledByTheirText) {
  tables_.node_type = "firm";
  take(
      "c.canvas",
      R"({"nodes":[{"id":"a1","type":"text","text":"ASML"},{"id":"b1","type":"text","text":"TSMC"}],"edges":[{"id":"e1","fromNode":"a1","toNode":"b1","label":"supplies"}]})");
  EXPECT_EQ(only_edge().type, "supplies");
  EXPECT_THAT(dump(), HasSubstr(R"("en":"ASML")"));
}

TEST_F(BentTables, AMatrixOfRHasOneNameLess) {
  tables_.node_type = "firm";
  tables_.edge_type = "supplies";
  take("m.csv", "\"A\",\"B\"\n\"A\",0,0.5\n\"B\",0,0\n");
  EXPECT_EQ(only_edge().to, "B");
}

}  // namespace
}  // namespace chokepoint
