#pragma once

#include "chokepoint/export/graph_document.hpp"
#include "tests/support/hostile_labels.hpp"

#include <algorithm>
#include <random>
#include <tuple>

namespace chokepoint::test {

inline Node make_node(const std::string& id, const std::string& type, Labels labels = {}) {
  Node node;
  node.id = id;
  node.type = type;
  node.labels = std::move(labels);
  node.sources = {{"report-2025", "p. 3"}};
  return node;
}

inline Edge make_edge(const std::string& type, const std::string& from, const std::string& to,
                      const std::string& item = {}) {
  Edge edge;
  edge.type = type;
  edge.from = from;
  edge.to = to;
  edge.item = item;
  edge.sources = {{"report-2025", "table 1"}};
  edge.id = record_id(edge);
  return edge;
}

inline void sort_document(GraphDocument& document) {
  std::sort(document.nodes.begin(), document.nodes.end(), [](const Node& a, const Node& b) { return a.id < b.id; });
  std::sort(document.edges.begin(), document.edges.end(), [](const Edge& a, const Edge& b) {
    return std::tie(a.type, a.from, a.to, a.id) < std::tie(b.type, b.from, b.to, b.id);
  });
}

/// Every key of the data model is in use:
///
///   asml --produces(0.9)--> euv <--requires-- tsmc-5nm     rival --competes-with--> asml
///   tsmc --supplies(gpu, 0.62, 2024..)--> cn               tsmc --supplies(asic)--> cn
///   rule/2022 --restricts--> euv in cn
inline GraphDocument sample_document() {
  GraphDocument document;
  document.ontology = &Ontology::standard();
  document.title = "Sample <&> 样本";
  Node asml = make_node("asml", "firm", {{"en", "ASML"}, {"zh", "阿斯麦"}});
  asml.aliases = {"ASM Lithography", "艾司摩爾"};
  asml.codes = {{"lei", "724500Y6DUVHQD6OXN27"}, {"ticker", "ASML"}};
  asml.description = "Makes \"scanners\"; <only> EUV.";
  asml.since = "1984";
  asml.attributes = R"({"employees":42000,"listed":true,"plants":["Veldhoven","Wilton"],"x":"left"})";
  Node rule = make_node("rule/2022", "policy", {{"en", "Rule of 2022"}});
  rule.since = "2022-10-07";
  rule.until = "2024-12-01";
  rule.attributes = R"({"effective":"2022-10","listed":"no"})";
  document.nodes = {asml,
                    rule,
                    make_node("cn", "country", {{"en", "China"}, {"zh", "中国"}}),
                    make_node("euv", "equipment", {{"en", "EUV scanner"}, {"zh", "极紫外光刻机"}}),
                    make_node("gpu", "chip", {{"en", "GPU"}}),
                    make_node("asic", "chip"),
                    make_node("rival", "firm", {{"zh", "对手"}}),
                    make_node("tsmc", "firm", {{"en", "TSMC"}, {"zh", "台积电"}}),
                    make_node("tsmc-5nm", "process", {{"en", "5 nm"}})};
  Edge produces = make_edge("produces", "asml", "euv");
  produces.share = 0.9;
  produces.as_of = "2024";
  produces.bound = Bound::at_least;
  produces.confidence = 0.8;
  produces.sources = {{"report-2025", ""}, {"survey", "fig. 2; left"}};
  Edge supplies = make_edge("supplies", "tsmc", "cn", "gpu");
  supplies.share = 0.62;
  supplies.amount = 2500000000.0;
  supplies.unit = "USD";
  supplies.since = "2024-03";
  supplies.until = "2025";
  supplies.status = Status::estimated;
  supplies.significance = Significance::major;
  supplies.market = "cn";
  supplies.origin = "rival";
  Edge again = make_edge("supplies", "tsmc", "cn", "asic");
  Edge requires_ = make_edge("requires", "tsmc-5nm", "euv");
  requires_.group = "scanner";
  requires_.k = 1;
  Edge restricts = make_edge("restricts", "rule/2022", "euv");
  restricts.attributes = R"({"mode":"ban","threshold":4800.5})";
  restricts.performance = 0.5;
  document.edges = {produces, supplies, again, requires_, restricts, make_edge("competes-with", "asml", "rival")};
  sort_document(document);
  document.node_columns.by_name["betweenness"] = {0.5, 1.5, Cell{}, 0.0, 2.25, 0.0, 0.0, 0.0, 1e-9};
  document.node_columns.by_name["size"] = std::vector<Cell>(document.nodes.size(), std::int64_t{7});
  document.node_columns.by_name["type"] = std::vector<Cell>(document.nodes.size(), std::string("metric"));
  document.edge_columns.by_name["weight"] = std::vector<Cell>(document.edges.size(), 0.25);
  document.edge_columns.by_name["critical"] = std::vector<Cell>(document.edges.size(), true);
  return document;
}

/// One node a hostile label, in a ring; labels, aliases, descriptions and locators all carry it.
inline GraphDocument hostile_document() {
  GraphDocument document;
  document.ontology = &Ontology::standard();
  const std::vector<std::string> labels = hostile_labels();
  const auto id = [](std::size_t i) { return std::string(i < 10 ? "n0" : "n") + std::to_string(i); };
  for (std::size_t i = 0; i < labels.size(); ++i) {
    Node node = make_node(id(i), "firm", {{"en", labels[i]}, {"zh", labels[i]}});
    node.description = labels[i];
    document.nodes.push_back(node);
    Edge edge = make_edge("owns", id(i), id((i + 1) % labels.size()));
    edge.unit = labels[i];
    edge.sources = {{"s", labels[i]}};
    document.edges.push_back(edge);
  }
  document.title = labels[9];
  sort_document(document);
  return document;
}

/// `nodes` firms and `edges` random edges between them, with shares, dates and sources.
inline GraphDocument random_document(std::size_t nodes, std::size_t edges, std::uint32_t seed) {
  GraphDocument document;
  document.ontology = &Ontology::standard();
  std::mt19937 random(seed);
  for (std::size_t i = 0; i < nodes; ++i)
    document.nodes.push_back(make_node("firm-" + std::to_string(i), "firm", {{"en", "Firm " + std::to_string(i)}}));
  for (std::size_t i = 0; nodes > 0 && i < edges; ++i) {
    Edge edge;
    edge.type = random() % 2 == 0 ? "owns" : "supplies";
    edge.from = "firm-" + std::to_string(random() % nodes);
    edge.to = "firm-" + std::to_string(random() % nodes);
    edge.id = "e" + std::to_string(i);
    edge.share = static_cast<double>(random() % 1000) / 1000;
    edge.since = "2024";
    edge.sources = {{"s1", "table 1"}};
    document.edges.push_back(std::move(edge));
  }
  sort_document(document);
  return document;
}

}  // namespace chokepoint::test
