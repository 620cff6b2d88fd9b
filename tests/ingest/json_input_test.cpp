// Large JSON Lines are read in pieces; what comes out is what one pass over the file tells.
#include "ingest/records/json_input.hpp"

#include "chokepoint/model/ontology.hpp"

#include <gtest/gtest.h>

#include <deque>
#include <random>
#include <string>
#include <vector>

namespace chokepoint::detail {
namespace {

/// Writes down what it is given.
struct Diary : RecordSink {
  std::string text;
  void note(const Place& place, const std::string& what) { text += std::to_string(place.line) + ' ' + what + '\n'; }
  void dataset(const DatasetInfo& info, const Place& place) override { note(place, "dataset " + info.id); }
  void source(Source&& source, const Place& place) override { note(place, "source " + source.id); }
  void node(const Node& node, const Place& place) override { note(place, "node " + node.id); }
  void made_node(const Node& made, const Place& place) override { node(made, place); }
  void refused_node(std::string_view id) override { text += "refused " + std::string(id) + '\n'; }
  void edge(Edge& edge, const Place& place, std::optional<std::uint64_t> claim) override {
    EXPECT_EQ(claim.value_or(claim_hash(edge)), claim_hash(edge));
    note(place, "edge " + edge.type + ' ' + edge.from + ' ' + edge.to);
  }
  void observation(Observation& observation, const Place& place) override {
    note(place, "observation " + observation.subject + ' ' + observation.indicator);
  }
};

constexpr std::size_t at_once = std::size_t{1} << 30U;

/// What an input hands over, the problems it tells, and how it ends.
std::string told(const std::string& text, std::size_t piece_bytes) {
  std::deque<InputFile> files;
  files.emplace_back("facts.jsonl", text);
  Problems problems;
  const std::string default_source = "s";
  const ReadProgress progress;
  const Ontology ontology = Ontology::standard();
  JsonInput input(ontology, problems, default_source, progress, files, nullptr, false, piece_bytes);
  Diary diary;
  input.read_nodes(diary);
  input.read_facts(diary);
  for (const Problems* list : {&static_cast<const Problems&>(problems), &input.seen_twice()})
    for (const Problem& problem : list->sorted())
      diary.text += std::to_string(problem.line) + ' ' + problem.record + ": " + problem.message + '\n';
  return diary.text;
}

class OddLines {
 public:
  explicit OddLines(unsigned seed) : random_(seed) {}
  std::string text(bool is_plain) {
    std::string all = pick({"", "\xEF\xBB\xBF", "\n\n"}) + pick({"{\"dataset\":{\"id\":\"d\"}}\n", ""}) +
                      "{\"source\":{\"id\":\"s\",\"title\":\"S\"}}\n";
    for (std::size_t i = random_() % 60; i > 0; --i) all += is_plain || random_() % 12 > 0 ? record() : oddity();
    return random_() % 4 > 0 ? all : all.substr(0, all.size() - random_() % 8);
  }

 private:
  std::string pick(const std::vector<std::string>& some) { return some[random_() % some.size()]; }
  std::string record() {
    const std::string id = std::to_string(random_() % 100);
    return pick({"{\"node\":{\"id\":\"n" + id + "\",\"type\":\"firm\"}}",
                 "{\"edge\":{\"type\":\"owns\",\"from\":\"n" + id + "\",\"to\":\"m\",\"share\":0.5}}",
                 "{ \"edge\" : {\"type\":\"owns\",\"from\":\"a\",\"to\":\"n" + id +
                     "\",\"attributes\":{\"note\":\"{\\n\"}} }",
                 "{\"observation\":{\"subject\":\"n" + id +
                     "\",\"indicator\":\"size\",\"as_of\":\"2020\",\"value\":" + id + ",\"unit\":\"USD\"}}"}) +
           pick({"\n", "\n", "\r\n", "\n\n", " \n"});
  }
  std::string oddity() {
    return pick(
        {"{\"edge\":\n{\"type\":\"owns\",\n\"from\":\"spread\",\"to\":\"b\"}\n}\n",
         "{\"edge\":{\"type\":\"ows\",\"from\":\"a\",\"to\":\"b\"}}\n",
         "{\"edge\":{\"type\":\"owns\",\"from\":\"a\"}}\n", "not JSON\n", "{\"edge\":{\"type\":\"owns\"\n",
         "{\"nodes\":[]}\n",
         "{\"edge\":{\"type\":\"owns\",\"from\":\"a\",\"to\":\"b\"}}{\"node\":{\"id\":\"x\",\"type\":\"firm\"}}\n",
         "{\"edge\":{\"type\":\"owns\",\"from\":\"a\",\"to\":\"b\",\"share\":7}}\n", "{\"observation\":{}}\n",
         "{\"edge\":[]}\n", "{\"edges\":[{\"type\":\"owns\",\"from\":\"a\",\"to\":\"b\"}]}\n"});
  }
  std::mt19937 random_;
};

TEST(JsonInput, TellsTheSameInPiecesAsAtOnce) {
  std::size_t with_problems = 0, with_edges = 0;
  for (unsigned seed = 0; seed < 300; ++seed) {
    const std::string text = OddLines(seed).text(seed % 3 == 0);
    const std::string expected = told(text, at_once);
    with_problems += expected.find(": ") != std::string::npos ? 1U : 0U;
    with_edges += expected.find(" edge ") != std::string::npos ? 1U : 0U;
    for (const std::size_t bytes : {std::size_t{1}, std::size_t{150}, std::size_t{1000}})
      ASSERT_EQ(told(text, bytes), expected) << "seed " << seed << ", " << bytes << " bytes, text\n" << text;
  }
  EXPECT_GT(with_problems, 80U);
  EXPECT_LT(with_problems, 220U);
  EXPECT_GT(with_edges, 250U);
}

}  // namespace
}  // namespace chokepoint::detail
