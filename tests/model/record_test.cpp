#include "chokepoint/model/record.hpp"

#include "chokepoint/model/json_reader.hpp"
#include "chokepoint/model/text.hpp"

#include <gtest/gtest.h>

#include <random>
#include <set>
#include <string>

namespace chokepoint {
namespace {

TEST(Id, IsOneToTwoHundredPlainCharacters) {
  for (const char* id : {"a", "us", "A-Z.a_z:0/9-", "X"}) EXPECT_TRUE(is_valid_id(id)) << id;
  EXPECT_TRUE(is_valid_id(std::string(200, 'x')));
  EXPECT_FALSE(is_valid_id(std::string(201, 'x')));
  for (const char* id :
       {"", " ", "a b", "a\n", "é", "华为", "a,b", "a;b", "a'b", "a\"b", "a\\b", "a*", "a#", "a%20", "<a>"})
    EXPECT_FALSE(is_valid_id(id)) << id;
  EXPECT_FALSE(is_valid_id(std::string("a\0b", 3)));
}

TEST(TextIn, IsTheAttributeOfTheLanguageWhereThereIsOne) {
  const std::string attributes = R"({"note":"a doubt","note:zh":"存疑","value:zh":7})";
  EXPECT_EQ(text_in("zh", attributes, "note", "a doubt"), "存疑");
  EXPECT_EQ(text_in("en", attributes, "note", "a doubt"), "a doubt");
  EXPECT_EQ(text_in("zh", attributes, "description", "A maker."), "A maker.");
  EXPECT_EQ(text_in("zh", attributes, "value", "first profit"), "first profit") << "no text";
  EXPECT_EQ(text_in("zh", "", "note", ""), "");
}

TEST(IsTranslation, SaysOfWhichTextThereIsAnother) {
  const Json attributes = parse_json(R"({"a:b":1,"note":"a doubt","note:zh":"存疑","rate:per year":2,"rate":1})");
  EXPECT_TRUE(is_translation(attributes, "note:zh", {}));
  EXPECT_TRUE(is_translation(attributes, "description:zh", {"description"}));
  for (const char* name : {"note", "a:b", "description:zh", "rate:per year"})
    EXPECT_FALSE(is_translation(attributes, name, {})) << name;
}

TEST(Words, AreReadBack) {
  for (const auto bound : {Bound::exact, Bound::about, Bound::at_least, Bound::at_most})
    EXPECT_EQ(parse_bound(to_string(bound)), bound);
  for (const auto status :
       {Status::reported, Status::estimated, Status::forecast, Status::planned, Status::recommended, Status::derived})
    EXPECT_EQ(parse_status(to_string(status)), status);
  for (const auto significance : {Significance::major, Significance::minor})
    EXPECT_EQ(parse_significance(to_string(significance)), significance);
  EXPECT_EQ(parse_bound("Exact"), std::nullopt);
  EXPECT_EQ(parse_bound(""), std::nullopt);
  EXPECT_EQ(parse_status("done"), std::nullopt);
  EXPECT_EQ(parse_significance(""), std::nullopt);
}

std::string pick(std::mt19937_64& random, std::initializer_list<const char*> texts) {
  return *(texts.begin() + static_cast<std::ptrdiff_t>(random() % texts.size()));
}

std::optional<double> maybe(std::mt19937_64& random) {
  if (random() % 2 == 0) return std::nullopt;
  return static_cast<double>(random() % 1000) / 1000;
}

Edge random_edge(std::mt19937_64& random) {
  Edge edge;
  edge.type = pick(random, {"supplies", "produces", "\"quoted\\type\""});
  edge.from = pick(random, {"a", "b"});
  edge.to = pick(random, {"x", "y"});
  edge.item = pick(random, {"", "chip"});
  edge.market = pick(random, {"", "us"});
  edge.origin = pick(random, {"", "cn"});
  edge.share = maybe(random);
  edge.amount = maybe(random);
  if (edge.amount) *edge.amount *= 1e15;
  edge.unit = pick(random, {"", "t", "USD\n\t"});
  edge.performance = maybe(random);
  edge.as_of = pick(random, {"", "2024"});
  edge.bound = static_cast<Bound>(random() % 4);
  edge.status = static_cast<Status>(random() % 6);
  edge.significance = static_cast<Significance>(random() % 3);
  edge.confidence = maybe(random);
  edge.since = pick(random, {"", "2020"});
  edge.until = pick(random, {"", "2030-01-01"});
  edge.group = pick(random, {"", "g", "组\x01"});
  if (random() % 2 == 0) edge.k = static_cast<std::uint32_t>(random());
  edge.attributes = pick(random, {"", R"({"a":[1,2.5,{"b":null}],"z":"é\"\\"})"});
  edge.sources = {{pick(random, {"s1", "s2"}), pick(random, {"", "p. 1", "\"p\""})}};
  return edge;
}

Observation random_observation(std::mt19937_64& random) {
  Observation observation;
  observation.subject = pick(random, {"a", "b"});
  observation.indicator = pick(random, {"power", "price"});
  observation.value =
      random() % 2 == 0 ? Json(pick(random, {"text", "\"", "华"})) : Json(static_cast<double>(random() % 99) / 7);
  observation.value_high = maybe(random);
  observation.unit = pick(random, {"", "W"});
  observation.item = pick(random, {"", "chip"});
  observation.market = pick(random, {"", "us"});
  observation.relative_to = pick(random, {"", "b"});
  observation.as_of = pick(random, {"", "2024"});
  observation.since = pick(random, {"", "2020"});
  observation.until = pick(random, {"", "2030-01-01"});
  observation.bound = static_cast<Bound>(random() % 4);
  observation.status = static_cast<Status>(random() % 6);
  observation.confidence = maybe(random);
  observation.attributes = pick(random, {"", R"({"note":"x"})"});
  observation.sources = {{pick(random, {"s1", "s2"}), pick(random, {"", "p. 1"})}};
  return observation;
}

template <typename Record>
std::string id_by_definition(const Record& record) {
  const Json object = to_json(record, false);
  Json claim = Json::object();
  for (const auto& [key, value] : object.as_object())
    if (key != "sources" && key != "confidence") claim.set(key, value);
  return hash_hex(canonical(claim));
}

TEST(RecordId, IsTheHashOfTheCanonicalClaim) {
  std::mt19937_64 random(5);
  for (int i = 0; i < 2000; ++i) {
    const Edge edge = random_edge(random);
    EXPECT_EQ(record_id(edge), id_by_definition(edge)) << to_text(to_json(edge));
    const Observation observation = random_observation(random);
    EXPECT_EQ(record_id(observation), id_by_definition(observation)) << to_text(to_json(observation));
  }
}

TEST(RecordId, IsFixedForAllTime) {
  Edge edge;
  edge.type = "supplies";
  edge.from = "asml";
  edge.to = "tsmc";
  edge.item = "euv-scanner";
  edge.share = 1;
  EXPECT_EQ(record_id(edge),
            hash_hex(R"({"from":"asml","item":"euv-scanner","share":1,"to":"tsmc","type":"supplies"})"));
  EXPECT_EQ(record_id(edge), "d73168ffdd5bdd83");
}

TEST(RecordId, DoesNotSeeIdSourcesAndConfidence) {
  std::mt19937_64 random(6);
  for (int i = 0; i < 100; ++i) {
    Edge edge = random_edge(random);
    const std::string id = record_id(edge);
    edge.id = "given";
    edge.sources.push_back({"s3", "else"});
    edge.confidence = 0.123;
    EXPECT_EQ(record_id(edge), id);
    edge.from = "c";
    EXPECT_NE(record_id(edge), id);
  }
}

TEST(Record, IsReadBackFromItsJson) {
  std::mt19937_64 random(8);
  for (int i = 0; i < 500; ++i) {
    Edge edge = random_edge(random);
    edge.id = record_id(edge);
    EXPECT_EQ(edge_from_json(parse_json(to_text(to_json(edge)))), edge);
    Observation observation = random_observation(random);
    observation.id = record_id(observation);
    EXPECT_EQ(observation_from_json(parse_json(to_text(to_json(observation)))), observation);
  }
  Node node;
  node.id = "n";
  node.type = "firm";
  node.labels = {{"en", "Name"}, {"zh", "名"}};
  node.aliases = {"A", "B"};
  node.codes = {{"lei", "1"}};
  node.description = "d";
  node.since = "2020";
  node.until = "2021";
  node.attributes = R"({"a":1})";
  node.sources = {{"s", "p"}, {"t", ""}};
  EXPECT_EQ(node_from_json(to_json(node)), node);
  const Source source{"s", "t", "p", "2024", "en", "https://example.org", "CC0", R"({"a":1})"};
  EXPECT_EQ(source_from_json(to_json(source)), source);
}

TEST(Observation, NumbersBecomeWhatADatabaseCanHold) {
  // A figure is an integer of 64 bits or a double; equal figures have equal ids whichever way they were written.
  std::set<std::string> ids;
  for (const char* value : {"1e15", "1000000000000000", "1000000000000000.0", "1E+15"}) {
    const Json object = parse_json(std::string(R"({"subject":"a","indicator":"i","value":)") + value + "}");
    ids.insert(record_id(observation_from_json(object)));
  }
  EXPECT_EQ(ids.size(), 1U);
  const Json wide = parse_json(R"({"subject":"a","indicator":"i","value":9007199254740993})");
  EXPECT_EQ(observation_from_json(wide).value, Json(std::int64_t{9007199254740993}));
  const Json huge = parse_json(R"({"subject":"a","indicator":"i","value":123456789012345678901234567890})");
  EXPECT_EQ(observation_from_json(huge).value, Json(1.2345678901234568e29));
}

TEST(Describe, NamesTheRecord) {
  Edge edge;
  edge.type = "supplies";
  edge.from = "a";
  edge.to = "b";
  EXPECT_EQ(describe(edge), "edge a -supplies-> b");
  edge.item = "c";
  edge.market = "us";
  EXPECT_EQ(describe(edge), "edge a -supplies-> b of c in us");
  Observation observation;
  observation.subject = "us";
  observation.indicator = "power";
  EXPECT_EQ(describe(observation), "observation us power");
  observation.since = "2020";
  EXPECT_EQ(describe(observation), "observation us power (2020)");
}

}  // namespace
}  // namespace chokepoint
