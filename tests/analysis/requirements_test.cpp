#include "chokepoint/analysis/requirements.hpp"

#include "tests/support/situations.hpp"

#include <gtest/gtest.h>

namespace chokepoint {
namespace {

using test::Case;
using test::GraphFixture;

TEST(Requirements, ChipNeedsAllInputsAndAnySupplierOfEach) {
  // chip needs scanner AND resist; scanner comes from asml, resist from jsr or tok
  GraphFixture g = test::scanner_and_resist();
  Case c(g);
  EXPECT_EQ(c.groups("chip"), "need 2/2: resist scanner");
  EXPECT_EQ(c.groups("resist"), "supplier 1/2: jsr tok");
  EXPECT_EQ(c.remove({"asml"}).impossible(), "asml chip scanner");
  EXPECT_EQ(c.remove({"jsr"}).impossible(), "jsr");
  EXPECT_EQ(c.remove({"jsr", "tok"}).impossible(), "chip jsr resist tok");
}

TEST(Requirements, NamedGroupsAreAlternativesOfWhichKAreNeeded) {
  GraphFixture g;
  for (const std::string input : {"gas", "coal", "sun"}) {
    SnapshotEdge& edge = g.edge("plant", "requires", input);
    edge.group = "fuel";
    edge.k = 2;
  }
  g.edge("plant", "requires", "water");
  Case c(g);
  EXPECT_EQ(c.groups("plant"), "need 1/1: water\nneed 2/3: coal gas sun");
  EXPECT_EQ(c.remove({"gas"}).impossible(), "gas");
  EXPECT_EQ(c.remove({"gas", "sun"}).impossible(), "gas plant sun");
}

TEST(Requirements, GroupOfWhichTooFewMembersCountOnADayFailsAndSaysSo) {
  GraphFixture g;
  g.edge("plant", "requires", "gas").group = "fuel";
  SnapshotEdge& later = g.edge("plant", "requires", "coal");
  later.group = "fuel";
  later.k = 2;
  g.edge("plant", "requires", "sun").since = "2030";
  const Case c(g);
  EXPECT_EQ(c.impossible(), "");
  GraphFixture h;
  SnapshotEdge& only = h.edge("plant", "requires", "gas");
  only.group = "fuel";
  only.k = 2;
  const Case d(h);
  EXPECT_EQ(d.impossible(), "plant");
  ASSERT_EQ(d.requirements().notes().short_groups.size(), 1U);
}

TEST(Requirements, SupplierGroupsAreReadInOneLayerAtATime) {
  GraphFixture g;
  g.nodes("country", {"nl", "us"}).nodes("firm", {"asml", "cymer"});
  g.edge("asml", "located-in", "nl");
  g.edge("cymer", "located-in", "us");
  g.edge("nl", "produces", "scanner").share = 0.9;
  g.edge("us", "produces", "scanner").share = 0.1;
  g.edge("asml", "produces", "scanner");
  g.edge("cymer", "produces", "laser");
  g.edge("us", "produces", "software");
  const Case place(g, {Layer::place, false, {}, {}, {}});
  EXPECT_EQ(place.groups("scanner"), "supplier 1/2: nl 0.9 us 0.1");
  EXPECT_EQ(place.groups("laser"), "supplier 1/1: cymer");
  const Case actor(g, {Layer::actor, false, {}, {}, {}});
  EXPECT_EQ(actor.groups("scanner"), "supplier 1/1: asml");
  EXPECT_EQ(actor.groups("software"), "supplier 1/1: us");
}

TEST(Requirements, LayerWithOnlyMinorRowsIsEmpty) {
  GraphFixture g;
  g.nodes("country", {"jp"}).nodes("firm", {"late"});
  g.edge("jp", "produces", "resist");
  g.edge("late", "produces", "resist").significance = Significance::minor;
  g.edge("late", "produces", "mask").significance = Significance::minor;
  const Case c(g);
  EXPECT_EQ(c.groups("resist"), "supplier 1/1: jp");
  EXPECT_EQ(c.groups("mask"), "");
  ASSERT_EQ(c.requirements().notes().without_supplier.size(), 1U);
  EXPECT_EQ(c.id(c.requirements().notes().without_supplier[0]), "mask");
  const Case kept(g, {Layer::actor, true, {}, {}, {}});
  EXPECT_EQ(kept.groups("resist"), "supplier 1/1: late");
}

TEST(Requirements, SeatsAreAllNeededAndOneSiteIsEnough) {
  GraphFixture g;
  g.nodes("country", {"tw", "us", "jp"}).nodes("firm", {"tsmc"});
  g.edge("tsmc", "located-in", "tw");
  g.edge("tsmc", "located-in", "us").mode = 1;
  g.edge("tsmc", "located-in", "jp").mode = 1;
  Case c(g);
  EXPECT_EQ(c.groups("tsmc"), "seat 1/1: tw\nseat 1/2: jp us");
  EXPECT_EQ(c.remove({"tw"}).impossible(), "tsmc tw");
  EXPECT_EQ(c.remove({"us"}).impossible(), "us");
  EXPECT_EQ(c.remove({"us", "jp"}).impossible(), "jp tsmc us");
}

TEST(Requirements, ReleasedThingsNoLongerNeedTheirMaker) {
  GraphFixture g;
  g.nodes("firm", {"lab"});
  g.node("open", "model").released = true;
  g.nodes("model", {"closed"});
  g.edge("lab", "develops", "open");
  g.edge("lab", "develops", "closed");
  Case c(g);
  EXPECT_EQ(c.groups("closed"), "maker 1/1: lab");
  EXPECT_EQ(c.remove({"lab"}).impossible(), "closed lab");
}

TEST(Requirements, GenericThingReadsItsVariantsWhereTheyHaveItsSuppliers) {
  GraphFixture g;
  g.nodes("firm", {"asml", "nikon"});
  g.node("scanner", "equipment");
  g.edge("euv", "variant-of", "scanner");
  g.edge("duv", "variant-of", "scanner");
  g.edge("asml", "produces", "euv");
  g.edge("nikon", "produces", "duv");
  g.edge("asml", "produces", "scanner").share = 1;
  Case c(g);
  EXPECT_EQ(c.groups("scanner"), "variant 1/2: duv euv");
  EXPECT_EQ(c.remove({"asml"}).impossible(), "asml euv");
  EXPECT_EQ(c.read_variants(Variants::all).impossible(), "asml euv scanner");
}

TEST(Requirements, VariantsNeedWhatTheirGenericsNeed) {
  // lithography <- chip <- gpu <- h100: the generics keep no need of it
  GraphFixture g;
  g.edge("chip", "requires", "lithography");
  g.edge("gpu", "variant-of", "chip");
  g.edge("h100", "variant-of", "gpu");
  g.edge("tpu", "variant-of", "chip");
  g.edge("etch", "step-of", "gpu");
  Case c(g);
  EXPECT_EQ(c.groups("chip"), "variant 1/2: gpu tpu");
  EXPECT_EQ(c.groups("gpu"), "variant 1/1: h100");
  EXPECT_EQ(c.groups("h100"), "need 1/1: lithography\nstep 1/1: etch");
  EXPECT_EQ(c.groups("tpu"), "need 1/1: lithography");
  EXPECT_EQ(c.remove({"lithography"}).impossible(), "chip gpu h100 lithography tpu");
}

TEST(Requirements, OwnNeedReplacesTheInheritedOneForTheItemOrAGenericOfIt) {
  GraphFixture g;
  g.edge("euv", "variant-of", "scanner");
  for (const std::string need : {"scanner", "resist", "mask"}) g.edge("chip", "requires", need);
  for (const std::string chip : {"old", "new"}) g.edge(chip, "variant-of", "chip");
  g.edge("new", "requires", "euv");
  g.edge("new", "requires", "pellicle").replaces = {"mask"};
  Case c(g);
  EXPECT_EQ(c.groups("old"), "need 3/3: mask resist scanner");
  EXPECT_EQ(c.groups("new"), "need 2/2: euv pellicle\nneed 1/1: resist");
}

TEST(Requirements, OwnNeedReplacesAWholeGroupOfAlternatives) {
  GraphFixture g;
  for (const std::string fuel : {"gas", "coal"}) g.edge("plant", "requires", fuel).group = "fuel";
  g.edge("plant", "requires", "water");
  for (const std::string plant : {"solar", "steam"}) g.edge(plant, "variant-of", "plant");
  g.edge("solar", "requires", "sun").replaces = {"gas"};
  Case c(g);
  EXPECT_EQ(c.groups("steam"), "need 1/1: water\nneed 1/2: coal gas");
  EXPECT_EQ(c.groups("solar"), "need 1/1: sun\nneed 1/1: water");
}

TEST(Requirements, NeedIsInheritedUnlessEveryWayReplacesIt) {
  GraphFixture g;
  g.edge("chip", "requires", "copper");
  for (const std::string kind : {"logic", "memory"}) g.edge(kind, "variant-of", "chip");
  g.edge("logic", "requires", "cobalt").replaces = {"copper"};
  g.edge("cpu", "variant-of", "logic");
  g.edge("apu", "variant-of", "logic");
  g.edge("apu", "variant-of", "memory");
  Case c(g);
  EXPECT_EQ(c.groups("cpu"), "need 1/1: cobalt");
  EXPECT_EQ(c.groups("apu"), "need 1/1: copper\nneed 1/1: cobalt");
}

TEST(Requirements, VariantNeedsNeitherItselfNorItsGenericsByInheritance) {
  GraphFixture g;
  for (const std::string part : {"gpu", "npu", "fpga"}) {
    SnapshotEdge& edge = g.edge("board", "requires", part);
    edge.group = "parts";
    edge.k = 2;
  }
  g.edge("board", "requires", "socket");
  g.edge("socket", "variant-of", "board");
  g.edge("fpga", "variant-of", "board");
  Case c(g);
  EXPECT_EQ(c.groups("socket"), "need 2/3: fpga gpu npu");
  EXPECT_EQ(c.groups("fpga"), "need 1/1: socket\nneed 1/2: gpu npu");
}

TEST(Requirements, InheritedNeedsDrawOnTheFlowsWhereTheVariantIs) {
  GraphFixture g;
  g.nodes("country", {"cn", "us"}).nodes("firm", {"smic", "intel", "dealer"});
  g.edge("smic", "located-in", "cn");
  g.edge("intel", "located-in", "us");
  g.edge("chip", "requires", "resist");
  for (const std::string chip : {"kirin", "xeon"}) g.edge(chip, "variant-of", "chip");
  g.edge("smic", "produces", "kirin");
  g.edge("intel", "produces", "xeon");
  for (const std::string item : {"resist", "chip"}) g.edge("dealer", "supplies", "cn").item = g.key(item);
  Case c(g);
  EXPECT_EQ(c.groups("kirin"), "supplier 1/1: smic\nneed 1/1: resist@cn");
  EXPECT_EQ(c.groups("xeon"), "supplier 1/1: intel\nneed 1/1: resist");
  EXPECT_EQ(c.groups("chip@cn"), "need 1/1: resist\nsupplier 1/1: dealer");
}

TEST(Requirements, VariantWithoutSuppliersTakesOverThoseOfItsGenerics) {
  GraphFixture g;
  g.nodes("firm", {"asml", "nikon", "zeiss", "late"});
  g.edge("asml", "produces", "scanner").share = 0.8;
  g.edge("nikon", "produces", "scanner").share = 0.2;
  g.edge("zeiss", "develops", "optics");
  g.edge("euv", "variant-of", "scanner");
  g.edge("euv", "variant-of", "optics");
  g.edge("late", "produces", "euv").significance = Significance::minor;
  g.edge("duv", "variant-of", "scanner");
  g.edge("nikon", "develops", "duv");
  Case c(g);
  EXPECT_EQ(c.groups("euv"), "maker 1/1: zeiss\nsupplier 1/2: asml 0.8 nikon 0.2");
  EXPECT_EQ(c.groups("duv"), "maker 1/1: nikon");
  EXPECT_EQ(c.remove({"asml"}).capacity("euv"), (Interval{0.2, 0.2}));
  const auto& taken = c.requirements().notes().taken_over;
  ASSERT_EQ(taken.size(), 1U);
  EXPECT_EQ(c.id(taken[0]), "euv");
}

TEST(Requirements, SuppliersOfNoVariantAreOneMoreVariantOfTheirGeneric) {
  // Intel makes logic chips, Nvidia makes the one recorded kind
  GraphFixture g;
  g.nodes("firm", {"intel", "nvidia", "amd"});
  for (const std::string maker : {"intel", "nvidia", "amd"}) g.edge(maker, "produces", "logic");
  g.edge("nvidia", "develops", "h100");
  g.edge("h100", "variant-of", "logic");
  g.edge("logic", "requires", "silicon");
  g.edge("computer", "requires", "logic");
  Case c(g);
  EXPECT_EQ(c.groups("logic"), "variant 1/2: h100 (unnamed) logic\nvariant 0/1: h100");
  EXPECT_EQ(c.groups("(unnamed) logic"), "need 1/1: silicon\nsupplier 1/2: amd intel");
  EXPECT_EQ(c.remove({"nvidia"}).impossible(), "h100 nvidia");
  EXPECT_EQ(c.remove({"nvidia", "intel", "amd"}).impossible(), "amd computer h100 intel logic nvidia (unnamed) logic");
  EXPECT_EQ(c.remove({"silicon"}).impossible(), "computer h100 logic silicon (unnamed) logic");
  EXPECT_EQ(c.read_variants(Variants::all).remove({"nvidia"}).impossible(), "computer h100 logic nvidia");
  EXPECT_EQ(c.remove({"intel"}).impossible(), "intel");
}

TEST(Requirements, CountrySuppliesWhatTheMakersSeatedInItSupply) {
  GraphFixture g;
  g.nodes("country", {"us", "kr"}).nodes("firm", {"nvidia"});
  g.edge("nvidia", "located-in", "us");
  g.edge("nvidia", "develops", "h100");
  g.edge("h100", "variant-of", "logic");
  g.edge("us", "produces", "logic");
  Case c(g, {Layer::place, false, {}, {}, {}});
  EXPECT_EQ(c.groups("logic"), "variant 1/1: h100");
  ASSERT_EQ(c.requirements().notes().unread.size(), 1U);
  g.edge("kr", "produces", "logic");
  Case d(g, {Layer::place, false, {}, {}, {}});
  EXPECT_EQ(d.groups("(unnamed) logic"), "supplier 1/1: kr");
  EXPECT_EQ(d.remove({"us"}).impossible(), "h100 nvidia us");
}

TEST(Requirements, SuppliersOfAGenericAreUnreadWhereItsVariantsAreComplete) {
  for (const bool is_complete : {false, true}) {
    GraphFixture g;
    g.nodes("firm", {"asml", "nikon"});
    g.node("scanner", "equipment").variants_complete = is_complete;
    for (const std::string scanner : {"euv", "duv"}) g.edge(scanner, "variant-of", "scanner");
    g.edge("asml", "produces", "euv");
    g.edge("nikon", "produces", "scanner");
    Case c(g);
    EXPECT_EQ(c.groups("duv"), is_complete ? "" : "supplier 1/1: nikon");
    EXPECT_EQ(c.remove({"euv", "duv"}).impossible(), is_complete ? "duv euv scanner" : "duv euv");
    EXPECT_EQ(c.requirements().notes().unread.size(), is_complete ? 1U : 0U);
  }
}

TEST(Requirements, SettledVariantsReadTheSameAtBothBounds) {
  for (const Variants settled : {Variants::any, Variants::all}) {
    GraphFixture g;
    g.node("scanner", "equipment").variants = settled;
    g.edge("euv", "variant-of", "scanner");
    g.edge("duv", "variant-of", "scanner");
    Case c(g);
    c.remove({"euv"});
    const std::string expected = settled == Variants::any ? "euv" : "euv scanner";
    EXPECT_EQ(c.read_variants(Variants::any).impossible(), expected);
    EXPECT_EQ(c.read_variants(Variants::all).impossible(), expected);
  }
}

TEST(Requirements, StepsAreNeededByTheirWholeAndNeedItsSuppliers) {
  GraphFixture g;
  g.nodes("firm", {"foundry"}).nodes("segment", {"fabrication"}).nodes("process", {"etch", "print"});
  g.edge("etch", "step-of", "fabrication");
  g.edge("print", "step-of", "fabrication");
  g.edge("foundry", "produces", "fabrication");
  Case c(g);
  EXPECT_EQ(c.groups("fabrication"), "supplier 1/1: foundry\nstep 2/2: etch print");
  EXPECT_EQ(c.groups("etch"), "supplier 1/1: foundry");
  EXPECT_EQ(c.remove({"etch"}).impossible(), "etch fabrication");
  EXPECT_EQ(c.remove({"foundry"}).impossible(), "etch fabrication foundry print");
}

TEST(Requirements, ActorsStopOnlyForWhatTheyRequire) {
  GraphFixture g;
  g.nodes("firm", {"fab", "toolmaker"}).nodes("country", {"cn"});
  SnapshotEdge& delivery = g.edge("toolmaker", "supplies", "fab");
  delivery.item = g.key("tool");
  Case c(g);
  EXPECT_EQ(c.remove({"toolmaker"}).impossible(), "toolmaker tool@fab");
  g.edge("fab", "requires", "tool");
  Case d(g);
  EXPECT_EQ(d.groups("fab"), "need 1/1: tool@fab");
  EXPECT_EQ(d.remove({"toolmaker"}).impossible(), "fab toolmaker tool@fab");
}

TEST(Requirements, PlacesLackWhatTheyRequireButDoNotFail) {
  GraphFixture g;
  g.nodes("country", {"cn"}).nodes("region", {"shenzhen"}).nodes("firm", {"asml"});
  g.edge("cn", "requires", "scanner");
  g.edge("asml", "produces", "scanner");
  g.edge("shenzhen", "located-in", "cn");
  Case c(g);
  EXPECT_EQ(c.groups("cn"), "");
  ASSERT_EQ(c.requirements().unmet_groups().size(), 1U);
  EXPECT_EQ(c.remove({"asml"}).impossible(), "asml scanner");
  EXPECT_EQ(c.remove({"cn"}).impossible(), "cn shenzhen");
}

TEST(Requirements, NodesDrawOnTheNarrowestRecordedFlow) {
  GraphFixture g;
  g.nodes("country", {"cn", "de"}).nodes("bloc", {"brics"}).nodes("firm", {"fab", "other", "works", "maker"});
  g.edge("fab", "located-in", "cn");
  g.edge("other", "located-in", "cn");
  g.edge("works", "located-in", "de");
  g.edge("cn", "part-of", "brics");
  for (const std::string customer : {"fab", "cn", "brics"}) {
    g.edge("maker", "supplies", customer).item = g.key("tool");
  }
  for (const std::string needy : {"fab", "other", "works", "cn"}) g.edge(needy, "requires", "tool");
  const Case c(g);
  EXPECT_EQ(c.groups("fab"), "need 1/1: tool@fab\nseat 1/1: cn");
  EXPECT_EQ(c.groups("other"), "need 1/1: tool@cn\nseat 1/1: cn");
  EXPECT_EQ(c.groups("works"), "need 1/1: tool\nseat 1/1: de");
}

TEST(Requirements, ThingsAreWhereAllTheirMakersAre) {
  GraphFixture g;
  g.nodes("country", {"cn", "us"}).nodes("firm", {"huawei", "smic", "nvidia", "hynix"});
  g.edge("huawei", "located-in", "cn");
  g.edge("smic", "located-in", "cn");
  g.edge("nvidia", "located-in", "us");
  g.edge("hynix", "supplies", "cn").item = g.key("hbm");
  g.edge("huawei", "develops", "ascend");
  g.edge("smic", "produces", "ascend");
  g.edge("nvidia", "develops", "h20");
  g.edge("smic", "produces", "h20");
  g.edge("ascend", "requires", "hbm");
  g.edge("h20", "requires", "hbm");
  const Case c(g);
  EXPECT_EQ(c.groups("ascend"), "supplier 1/1: smic\nmaker 1/1: huawei\nneed 1/1: hbm@cn");
  EXPECT_EQ(c.groups("h20"), "supplier 1/1: smic\nmaker 1/1: nvidia\nneed 1/1: hbm");
}

TEST(Requirements, FlowNeedsItsItemAndWhatThatRequiresButNotItsSuppliers) {
  GraphFixture g;
  g.nodes("country", {"cn"}).nodes("firm", {"nvidia", "dealer"});
  g.edge("dealer", "supplies", "cn").item = g.key("h20");
  g.edge("nvidia", "produces", "h20");
  g.edge("h20", "requires", "hbm");
  Case c(g);
  EXPECT_EQ(c.groups("h20@cn"), "need 1/1: hbm\nsupplier 1/1: dealer");
  EXPECT_EQ(c.remove({"nvidia"}).impossible(), "h20 nvidia");
  EXPECT_EQ(c.remove({"h20"}).impossible(), "h20 h20@cn");
  EXPECT_EQ(c.remove({"hbm"}).impossible(), "h20 hbm h20@cn");
}

TEST(Requirements, GenericOfWhichOnlyVariantsFlowIsAChoiceOverThoseFlows) {
  GraphFixture g;
  g.nodes("country", {"cn"}).nodes("firm", {"nvidia", "huawei", "lab"});
  g.edge("lab", "located-in", "cn");
  g.edge("h20", "variant-of", "gpu");
  g.edge("ascend", "variant-of", "gpu");
  g.edge("gpu", "variant-of", "chip");
  g.edge("mi300", "variant-of", "gpu");
  g.edge("nvidia", "supplies", "cn").item = g.key("h20");
  g.edge("huawei", "supplies", "cn").item = g.key("ascend");
  g.edge("lab", "requires", "chip");
  Case c(g);
  EXPECT_EQ(c.groups("lab"), "need 1/1: chip@cn\nseat 1/1: cn");
  EXPECT_EQ(c.groups("chip@cn"), "variant 1/1: gpu@cn");
  EXPECT_EQ(c.groups("gpu@cn"), "variant 1/2: ascend@cn h20@cn");
  EXPECT_EQ(c.remove({"nvidia"}).read_variants(Variants::all).impossible(), "lab nvidia chip@cn gpu@cn h20@cn");
}

TEST(Requirements, SoftEdgesAndFlowsWithoutItemAreNotNeeded) {
  GraphFixture g;
  g.nodes("firm", {"bank", "lab", "maker"});
  g.edge("bank", "funds", "lab");
  g.edge("lab", "uses", "tool");
  g.edge("maker", "supplies", "lab");
  g.edge("other-tool", "substitutes", "tool");
  Case c(g);
  EXPECT_EQ(c.requirements().group_count(), 0U);
  EXPECT_EQ(c.remove({"bank", "maker", "tool"}).impossible(), "bank maker tool");
}

TEST(Requirements, CyclesHoldThemselvesUpUnlessSupportIsAskedFor) {
  GraphFixture g;
  g.edge("power", "requires", "chips");
  g.edge("chips", "requires", "power");
  g.edge("chips", "requires", "sand");
  Case c(g);
  EXPECT_EQ(c.impossible(), "");
  EXPECT_EQ(c.support(Cycles::unsupported).impossible(), "chips power");
  EXPECT_EQ(c.support(Cycles::hold).remove({"sand"}).impossible(), "chips power sand");
}

TEST(Requirements, EdgeTypesOfAnotherFieldCountByTheirRoles) {
  const auto ontology = std::make_shared<const Ontology>(Ontology::parse(R"({
    "ontology": {"id": "pills", "title": "Medicines", "version": "1", "license": "CC0"},
    "languages": ["en"],
    "classes": [{"id": "thing", "labels": {"en": "Thing"}}, {"id": "who", "labels": {"en": "Who"}}],
    "node_types": [
      {"id": "plant", "class": "who", "layer": "actor", "labels": {"en": "Plant"}, "colour": "#000000", "description": "x"},
      {"id": "drug", "class": "thing", "labels": {"en": "Drug"}, "colour": "#000000", "description": "x"}],
    "edge_types": [
      {"id": "brews", "role": "supply", "labels": {"en": "b"}, "inverse_labels": {"en": "b"}, "from": ["plant"],
       "to": ["drug"], "dependency": {"dependent": "to", "on": "from", "group": "any", "strength": "hard"},
       "colour": "#000000", "description": "x"},
      {"id": "goes-into", "role": "need", "labels": {"en": "g"}, "inverse_labels": {"en": "g"}, "from": ["drug"],
       "to": ["drug"], "dependency": {"dependent": "to", "on": "from", "group": "all", "strength": "hard"},
       "colour": "#000000", "description": "x"},
      {"id": "blesses", "role": "none", "labels": {"en": "b"}, "inverse_labels": {"en": "b"}, "from": ["plant"],
       "to": ["plant"], "dependency": {"dependent": "to", "on": "from", "group": "any", "strength": "hard"},
       "colour": "#000000", "description": "x"}],
    "units": [], "indicators": []})"));
  GraphFixture g(ontology);
  g.default_type = "drug";
  g.nodes("plant", {"basel", "mumbai"});
  g.edge("basel", "brews", "base");
  g.edge("mumbai", "brews", "base");
  g.edge("base", "goes-into", "pill");
  g.edge("basel", "blesses", "mumbai");
  Case c(g);
  EXPECT_EQ(c.groups("pill"), "need 1/1: base");
  EXPECT_EQ(c.groups("mumbai"), "other 1/1: basel");
  EXPECT_EQ(c.remove({"basel"}).impossible(), "base basel mumbai pill");
  EXPECT_EQ(c.remove({"mumbai"}).impossible(), "mumbai");
}

TEST(Requirements, ScenarioWithPlacesAndNoActorsIsReadInThePlaceLayer) {
  GraphFixture g;
  g.nodes("country", {"a"}).nodes("firm", {"f"}).nodes("product", {"x"});
  const auto snapshot = g.build();
  const auto layer = [&](const std::vector<std::string>& ids) {
    std::vector<Vertex> removed;
    for (const auto& id : ids) removed.push_back(test::vertex(*snapshot, id));
    return default_layer(*snapshot, removed);
  };
  EXPECT_EQ(layer({"a"}), Layer::place);
  EXPECT_EQ(layer({"a", "f"}), Layer::actor);
  EXPECT_EQ(layer({"a", "x"}), Layer::place);
  EXPECT_EQ(layer({"x"}), Layer::actor);
  EXPECT_EQ(layer({}), Layer::actor);
}

}  // namespace
}  // namespace chokepoint
