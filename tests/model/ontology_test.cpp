#include "chokepoint/model/ontology.hpp"

#include "chokepoint/model/json_reader.hpp"
#include "chokepoint/support/error.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <utility>

namespace chokepoint {
namespace {

std::string minimal(const std::string& node_types, const std::string& edge_types) {
  return R"({"ontology":{"id":"t","title":"T","version":"1"},"languages":["en"],)"
         R"("classes":[{"id":"thing","labels":{"en":"Thing"}}],"node_types":[)" +
         node_types + R"(],"edge_types":[)" + edge_types + "]}";
}

const std::string part = R"({"id":"part","class":"thing","labels":{"en":"Part"},"colour":"#000000"})";

std::string ontology_refusal(const std::string& text) {
  try {
    Ontology::parse(text);
  } catch (const Error& error) {
    return error.what();
  }
  return "accepted";
}

TEST(Ontology, StandardOneHasEveryTypeOfTheDesign) {
  const Ontology& ontology = Ontology::standard();
  EXPECT_EQ(ontology.node_types().size(), 22U);
  EXPECT_EQ(ontology.edge_types().size(), 24U);
  for (const auto& type : ontology.node_types()) {
    EXPECT_EQ(type.labels.size(), 2U) << type.id;
    EXPECT_FALSE(type.colour.empty()) << type.id;
  }
}

TEST(Ontology, ResolvesClassesToTypes) {
  const Ontology& ontology = Ontology::standard();
  const auto& located = ontology.edge_types()[*ontology.edge_type("located-in")];
  EXPECT_EQ(located.to, (std::vector<std::string>{"bloc", "country", "region"}));
  EXPECT_EQ(located.role, Role::seat);
  EXPECT_TRUE(located.dependency->from_depends);
}

TEST(Ontology, RefusesEndsThatTheEdgeTypeDoesNotAllow) {
  const Ontology& ontology = Ontology::standard();
  const auto& located = ontology.edge_types()[*ontology.edge_type("located-in")];
  EXPECT_FALSE(ontology.refuse_ends(located, "firm", "country", ""));
  EXPECT_THAT(*ontology.refuse_ends(located, "firm", "chip", ""), testing::HasSubstr("may not end at a chip"));
  const auto& part_of = ontology.edge_types()[*ontology.edge_type("part-of")];
  EXPECT_FALSE(ontology.refuse_ends(part_of, "chip", "material", ""));
  EXPECT_TRUE(ontology.refuse_ends(part_of, "chip", "country", ""));
}

TEST(Ontology, ReadsBackItsCanonicalText) {
  const std::string& text = Ontology::standard().canonical_text();
  EXPECT_EQ(Ontology::parse(text).canonical_text(), text);
}

TEST(Ontology, ReadsACanonicalTextWithoutAskingTheSchema) {
  const Ontology read = Ontology::parse_canonical(Ontology::standard().canonical_text());
  EXPECT_EQ(read.canonical_text(), Ontology::standard().canonical_text());
  ASSERT_EQ(read.edge_types().size(), Ontology::standard().edge_types().size());
  for (std::size_t i = 0; i < read.edge_types().size(); ++i) {
    EXPECT_EQ(read.edge_types()[i].from, Ontology::standard().edge_types()[i].from);
    EXPECT_EQ(read.edge_types()[i].role, Ontology::standard().edge_types()[i].role);
  }
}

/// Whoever can write a snapshot can sign it too: a text that is wrong everywhere in turn is refused or read, and
/// nothing else.
TEST(Ontology, RefusesACanonicalTextThatWasChanged) {
  const std::string whole =
      minimal(part, R"({"id":"e","labels":{"en":"E"},"inverse_labels":{"en":"E"},"role":"supply",)"
                    R"("from":["part"],"to":["part"],"colour":"#000000",)"
                    R"("dependency":{"dependent":"from","on":"to","group":"all","strength":"hard"}})");
  EXPECT_EQ(Ontology::parse_canonical(whole).edge_types().size(), 1U);
  for (const char* word : {"supply", "hard", "\"all\"", "thing\",\"labels", "node_types", "\"ontology\""}) {
    std::string changed = whole;
    changed.replace(changed.find(word) + 1, 2, "qq");
    EXPECT_THROW(Ontology::parse_canonical(changed), SchemaError) << changed;
  }
  for (const auto& [value, wrong] : {std::pair{R"("from":["part"])", R"("from":"part")"},
                                     {R"(["en"])", R"([{}])"},
                                     {R"({"en":"E"})", R"({"en":[]})"},
                                     {R"("dependency":{)", R"("dependency":1,"x":{)"}}) {
    std::string changed = whole;
    changed.replace(changed.find(value), std::string_view(value).size(), wrong);
    EXPECT_THROW(Ontology::parse_canonical(changed), SchemaError) << changed;
  }
  EXPECT_THROW(Ontology::parse_canonical("[]"), SchemaError);
  EXPECT_THROW(Ontology::parse_canonical("{"), JsonError);
}

TEST(Ontology, NamesWhatIsWrong) {
  EXPECT_EQ(ontology_refusal(minimal(part, "")), "accepted");
  EXPECT_THAT(ontology_refusal(minimal(part + "," + part, "")), testing::HasSubstr("two node types are called part"));
  EXPECT_THAT(ontology_refusal(minimal(R"({"id":"x","class":"ghost","labels":{"en":"X"},"colour":"#000000"})", "")),
              testing::HasSubstr("class ghost"));
  EXPECT_THAT(
      ontology_refusal(minimal(part, R"({"id":"e","labels":{"en":"e"},"inverse_labels":{"en":"e"},"from":["ghost"],)"
                                     R"("to":["part"],"colour":"#000000"})")),
      testing::HasSubstr("node type ghost"));
  EXPECT_THAT(ontology_refusal(minimal(R"({"id":"x","class":"thing","labels":{"en":"X"},"colour":"red"})", "")),
              testing::HasSubstr("#/node_types/0/colour"));
  EXPECT_THAT(ontology_refusal("{}"), testing::HasSubstr("required"));
}

}  // namespace
}  // namespace chokepoint
