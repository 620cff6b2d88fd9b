#include "ingest/formats/formats.hpp"
#include "tests/support/table_text.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace chokepoint::test {
namespace {

using testing::HasSubstr;

struct ReadCase {
  std::string_view what, text, expected;
};

void expect_all(std::string_view name, std::initializer_list<ReadCase> cases) {
  for (const ReadCase& one : cases)
    EXPECT_EQ(read_without_lines(std::string(name), one.text), one.expected) << one.what;
}

TEST(NodeLinkJson, IsReadAsTheProgramsWriteIt) {
  expect_all(
      "g.json",
      {
          {"networkx, a directed multigraph",
           R"({"directed": true, "multigraph": true, "graph": {"name": "t"}, "nodes": [{"size": 1, "id": "a"}, {"id": "b"}],
         "links": [{"weight": 1.5, "since": 2020, "source": "a", "target": "b", "key": 0}]})",
           "node-link\nnodes (nodes)\n  size:number id=id\n : size=1 id=a\n : id=b\nedges (edges)\n"
           "  source=from target=to weight:number since:number key:number (direction)=direction\n"
           " : source=a target=b weight=1.5 since=2020 key=0 (direction)=directed\n! left out: graph\n"},
          {"networkx, undirected, said behind the links",
           R"({"nodes": [{"id": 1}, {"id": 2}], "edges": [{"source": 1, "target": 2}], "directed": false})",
           "node-link\nnodes (nodes)\n  id=id:number\n : id=1\n : id=2\nedges (edges)\n  source=from target=to "
           "(direction)=direction\n"
           " : source=1 target=2 (direction)=undirected\n"},
          {"networkx's adjacency lists of an undirected graph",
           R"({"directed": false, "nodes": [{"id": "a"}, {"id": "b"}], "adjacency": [[{"w": 2, "id": "b"}], [{"w": 2, "id": "a"}]]})",
           "node-link\nnodes (nodes)\n  id=id\n : id=a\n : id=b\nedges (edges)\n  (list)=from w:number id=to "
           "(direction)=direction\n"
           " : (list)=a w=2 id=b (direction)=undirected\n"},
          {"d3 version 3: ends are places",
           R"({"nodes": [{"name": "Myriel", "group": 1}, {"name": "Napoleon", "group": 2}], "links": [{"source": 1, "target": 0, "value": 3}]})",
           "node-link\nnodes (nodes)\n  name=id group:number\n : name=Myriel group=1\n : name=Napoleon group=2\nedges "
           "(edges)\n"
           "  source=from target=to value:number\n : source=Napoleon target=Myriel value=3\n"
           "! the ends of links are places in the list of nodes, counted from 0\n"},
          {"d3 version 3: several nodes of one name",
           R"({"nodes": [{"name": "x"}, {"name": "x"}], "links": [{"source": 0, "target": 1}]})",
           "node-link\nnodes (nodes)\n  name=label (place)=id:number\n : name=x (place)=0\n : name=x (place)=1\nedges "
           "(edges)\n"
           "  source=from target=to\n : source=0 target=1\n"
           "! several nodes have one name; their places in the list, counted from 0, are their ids\n"},
          {"d3 after its simulation: ends are nodes",
           R"({"nodes": [{"id": "a", "x": 1, "y": 2, "vx": 0}], "links": [{"source": {"id": "a", "x": 1}, "target": {"id": "a"}, "index": 0}]})",
           "node-link\nnodes (nodes)\n  id=id x=ignored:number y=ignored:number vx=ignored:number\n : id=a x=1 y=2 "
           "vx=0\n"
           "edges (edges)\n  source=from target=to index=ignored:number\n : source=a target=a index=0\n"},
          {"vis.js",
           R"({"nodes": [{"id": 1, "label": "A", "shape": "box"}], "edges": [{"id": "e", "from": 1, "to": 1, "width": 3, "label": "l"}]})",
           "node-link\nnodes (nodes)\n  id=id:number label shape=ignored\n : id=1 label=A shape=box\nedges (edges)\n"
           "  from=from to=to id=id width=ignored:number label\n : from=1 to=1 id=e width=3 label=l\n"},
          {"graphology",
           R"({"options": {"type": "mixed", "multi": true}, "attributes": {"name": "g"},
         "nodes": [{"key": "a", "attributes": {"label": "A", "x": 1, "y": 2, "size": 3}}, {"key": "b"}],
         "edges": [{"key": "e1", "source": "a", "target": "b", "attributes": {"weight": 0.5}},
                   {"key": "e2", "source": "a", "target": "b", "attributes": {}, "undirected": true}]})",
           "node-link\nnodes (nodes)\n  key=id label x=ignored:number y=ignored:number size=ignored:number\n"
           " : key=a label=A x=1 y=2 size=3\n : key=b\nedges (edges)\n  source=from target=to key=id weight:number "
           "(direction)=direction\n"
           " : source=a target=b key=e1 weight=0.5 (direction)=directed\n : source=a target=b key=e2 "
           "(direction)=undirected\n"
           "! left out: attributes\n"},
          {"Graphviz: objects with numbers, of which some are subgraphs",
           R"({"name": "g", "directed": true, "strict": false, "_subgraph_cnt": 1, "objects": [
         {"name": "cluster_eu", "_gvid": 0, "nodes": [1], "label": "Europe"},
         {"_gvid": 1, "name": "ASML", "label": "ASML Holding", "pos": "27,18"}, {"_gvid": 2, "name": "TSMC", "label": "\\N"}],
         "edges": [{"_gvid": 0, "tail": 1, "head": 2, "label": "EUV", "pos": "e,1,2"}]})",
           "node-link\nnodes (nodes)\n  name=id label=label pos=ignored\n"
           " : name=ASML label=ASML Holding pos=27,18\n : name=TSMC\nedges (edges)\n  tail=from "
           "head=to label "
           "pos=ignored (direction)=direction\n"
           " : tail=ASML head=TSMC label=EUV pos=e,1,2 (direction)=directed\n! left out: subgraphs\n"},
          {"a canvas",
           R"({"nodes": [{"id": "a", "type": "text", "text": "ASML"}], "edges": [{"id": "e1", "fromNode": "a", "fromSide": "right", "toNode": "a"}]})",
           "node-link\nnodes (nodes)\n  id=id type=ignored text=label\n : id=a type=text text=ASML\nedges (edges)\n  "
           "fromNode=from "
           "toNode=to "
           "id=id fromSide\n"
           " : fromNode=a toNode=a id=e1 fromSide=right\n"},
          {"names and pairs", R"({"nodes": ["a", "b"], "edges": [["a", "b", {"w": 1}]]})",
           "node-link\nnodes (nodes)\n  id=id\n : id=a\n : id=b\nedges (edges)\n  source=from target=to w:number\n : "
           "source=a target=b w=1\n"},
      });
}

TEST(NodeLinkJson, TakesWhatObjectsInsideHold) {
  // ngraph, graphlib, React Flow: what the node says itself goes first.
  EXPECT_EQ(read_without_lines("n.json", R"({"nodes":[{"id":"a","label":"A","data":{"label":"x","type":"firm"}}],)"
                                         R"("links":[{"fromId":"a","toId":"b","data":{"type":"owns"}}]})"),
            "node-link\nnodes (nodes)\n  id=id label data.label type\n : id=a label=A data.label=x type=firm\n"
            "edges (edges)\n  fromId=from toId=to type\n : fromId=a toId=b type=owns\n");
  EXPECT_EQ(read_without_lines("g.json", R"({"nodes":[{"v":"a","value":{"type":"firm"}}],)"
                                         R"("edges":[{"v":"a","w":"b","value":{"n":1}}]})"),
            "node-link\nnodes (nodes)\n  v=id type\n : v=a type=firm\n"
            "edges (edges)\n  v=from w=to n:number\n : v=a w=b n=1\n");
  EXPECT_EQ(read_without_lines("r.json",
                               R"({"nodes":[{"id":"1","type":"input","data":{"label":"A"},"position":{"x":0,"y":0}}],)"
                               R"("edges":[{"id":"e","source":"1","target":"2","label":"supplies","type":"step"}]})"),
            "node-link\nnodes (nodes)\n  id=id drawn as=attribute label position.x=ignored:number "
            "position.y=ignored:number\n : id=1 drawn as=input label=A position.x=0 position.y=0\n"
            "edges (edges)\n  source=from target=to id=id label drawn as=attribute\n"
            " : source=1 target=2 id=e label=supplies drawn as=step\n");
}

TEST(NodeLinkJson, SaysWhenEndsCouldBePlaces) {
  EXPECT_THAT(read_as_text("g.json", R"({"nodes": [{"id": 1}, {"id": 0}], "links": [{"source": 0, "target": 1}]})"),
              HasSubstr("as places in the list, which networkx before 2 wrote, they would be other nodes"));
}

TEST(NodeLinkJson, IsRefusedWithItsLine) {
  const ReadCase cases[] = {
      {"no target", "{\"nodes\": [],\n\"links\": [{\"source\": 1, \"target\": 2},\n{\"source\": 1}]}",
       "refused, line 3: link 2 of the list has no target"},
      {"a list as an end", R"({"links": [{"source": [1], "target": 2}]})",
       "refused, line 1: source of link 1 is no name of a node"},
      {"a node without id", "{\"directed\": true, \"nodes\": [{\"id\": 1},\n{\"x\": 1}], \"links\": []}",
       "refused, line 2: node 2 of the list has no id"},
      {"a number among nodes and objects", R"({"nodes": [{"id": 1}, [2]], "links": []})",
       "refused, line 1: a node is an object, not a list"},
      {"cut short", R"({"links": [{"source": 1, "target": 2})",
       "refused, line 1: a comma or a closing ] is missing (byte 37)"},
      {"a key twice", R"({"links": [{"source": 1, "target": 2}], "links": []})",
       "refused, line 1: the key \"links\" occurs twice in one object (byte 47)"},
  };
  for (const ReadCase& one : cases) EXPECT_EQ(read_as_text("g.json", one.text), one.expected) << one.what;
}

TEST(GephiLiteJson, IsReadByItsTopologyAndItsFields) {
  expect_all(
      "g.json",
      {
          {"data before the topology, fields that say what they are, an edge and a node without data",
           R"({"type": "gephi-lite", "version": "1.0.0", "graphDataset": {
         "nodeData": {"0": {"label": "Myriel", "size": 28.7, "tags": "a, b", "tint": "#fff", "group": 1}, "1": {"label": null}},
         "edgeData": {"e0": {"weight": 8}, "gone": {"weight": 1}}, "layout": {"0": {"x": 1, "y": 2}}, "metadata": {"title": "t"},
         "nodeFields": [{"id": "label", "itemType": "nodes", "type": "text"}, {"id": "tint", "itemType": "nodes", "type": "color"},
                        {"id": "tags", "itemType": "nodes", "type": "keywords", "separator": ", "}],
         "edgeFields": [{"id": "weight", "itemType": "edges", "type": "number"}],
         "fullGraph": {"options": {"type": "mixed", "multi": true}, "attributes": {},
                       "nodes": [{"key": "0"}, {"key": "1"}, {"key": "2"}],
                       "edges": [{"key": "e0", "source": "0", "target": "1", "undirected": true}, {"key": "e1", "source": "1", "target": "2"}]}},
         "filters": {"filters": [{"type": "range"}]}, "appearance": {"showEdges": {"value": true}}})",
           "gephi-lite\nnodes (nodes)\n  (key)=id label size=ignored:number tags tint=ignored group:number\n"
           " : (key)=0 label=Myriel size=28.7 tags=a|b tint=#fff group=1\n : (key)=1\n : (key)=2\nedges (edges)\n"
           "  (source)=from (target)=to (key)=id (direction)=direction weight:number\n"
           " : (source)=0 (target)=1 (key)=e0 (direction)=undirected weight=8\n"
           " : (source)=1 (target)=2 (key)=e1 (direction)=directed\n"
           "! its filters are not applied: what they hide came in, too\n"
           "! left out: 1 entries of edgeData that fullGraph lists no edge for\n"
           "! left out: layout, metadata, appearance\n"},
          {"the topology first, an undirected graph without data",
           R"({"graphDataset": {"fullGraph": {"options": {"type": "undirected"}, "nodes": [{"key": "a"}], "edges": [{"key": "e", "source": "a", "target": "a"}]}}})",
           "gephi-lite\nnodes (nodes)\n  (key)=id\n : (key)=a\nedges (edges)\n  (source)=from (target)=to (key)=id "
           "(direction)=direction\n : (source)=a (target)=a (key)=e (direction)=undirected\n"},
      });
}

TEST(GephiLiteJson, IsRefusedWithItsLine) {
  const ReadCase cases[] = {
      {"an edge without target",
       "{\"type\": \"gephi-lite\", \"graphDataset\": {\"fullGraph\": {\"edges\": [\n{\"source\": \"a\"}]}}}",
       "refused, line 2: an edge of fullGraph has no target"},
      {"a node that is no object", R"({"type": "gephi-lite", "graphDataset": {"fullGraph": {"nodes": [3]}}})",
       "refused, line 1: a node of fullGraph has no key"},
      {"data that is no object",
       R"({"type": "gephi-lite", "graphDataset": {"nodeData": {"a": 1}, "fullGraph": {"nodes": [{"key": "a"}]}}})",
       "refused, line 1: what nodes and edges say is an object, not a number"},
      {"no topology", R"({"type": "gephi-lite", "graphDataset": {"nodeData": {"a": {}}}})",
       "refused, line 0: its graphDataset has no fullGraph with nodes and edges, which says who is linked with whom; "
       "save "
       "the workspace again, or export it as GEXF"},
  };
  for (const ReadCase& one : cases) EXPECT_EQ(read_as_text("g.json", one.text), one.expected) << one.what;
}

TEST(CytoscapeJson, IsReadInBothLayouts) {
  expect_all(
      "g.cyjs",
      {
          {"two lists",
           R"({"data": {"name": "net"}, "elements": {"nodes": [{"data": {"id": "1", "shared_name": "A", "weight": 2}, "position": {"x": 1, "y": 2}, "selected": false}],
         "edges": [{"data": {"id": "9", "source": "1", "target": "1", "interaction": "pp"}}]}, "style": []})",
           "cytoscape\nnodes (nodes)\n  id=id shared_name weight:number (position).x=ignored:number "
           "(position).y=ignored:number\n"
           " : id=1 shared_name=A weight=2 (position).x=1 (position).y=2\nedges (edges)\n  "
           "source=from target=to id=id interaction\n"
           " : source=1 target=1 id=9 interaction=pp\n! left out: data (of the network itself)\n"},
          {"one list",
           R"([{"group": "nodes", "data": {"id": "a"}, "classes": ["x", "y"]}, {"data": {"id": "e", "source": "a", "target": "a"}}])",
           "cytoscape\nnodes (nodes)\n  id=id (classes)\n : id=a (classes)=x|y\nedges (edges)\n  source=from target=to "
           "id=id\n : source=a target=a id=e\n"},
          {"elements alone",
           R"({"nodes": [{"data": {"id": "a"}}], "edges": [{"data": {"source": "a", "target": "a"}}]})",
           "cytoscape\nnodes (nodes)\n  id=id\n : id=a\nedges (edges)\n  source=from target=to\n : source=a "
           "target=a\n"},
          {"networkx",
           R"({"data": [], "directed": true, "multigraph": false, "elements": {"nodes": [{"data": {"id": "a", "value": "a", "name": "a"}}],
         "edges": [{"data": {"source": "a", "target": "a"}}]}})",
           "cytoscape\nnodes (nodes)\n  id=id value name\n : id=a value=a name=a\nedges (edges)\n  source=from "
           "target=to (direction)=direction\n"
           " : source=a target=a (direction)=directed\n"},
      });
}

TEST(JsonGraphFormat, IsReadInBothVersions) {
  expect_all(
      "g.json",
      {
          {"version 1",
           R"({"graph": {"directed": false, "nodes": [{"id": "a", "label": "A", "metadata": {"k": 1}}], "edges": [{"source": "a", "relation": "owns", "target": "a", "directed": true}]}})",
           "jgf\nnodes (nodes)\n  id=id label=label k:number\n : id=a label=A k=1\nedges (edges)\n  source=from "
           "target=to relation=type (direction)=direction\n"
           " : source=a target=a relation=owns (direction)=directed\n"},
          {"version 2, several graphs",
           R"({"graphs": [{"id": "g", "nodes": {"a": {"label": "A"}, "b": {}}, "edges": [{"source": "a", "target": "b", "metadata": {"id": 3}}], "hyperedges": [{"nodes": ["a"]}]}, {"nodes": {"a": {"label": "A"}}}]})",
           "jgf\nnodes (nodes)\n  id=id label=label\n : id=a label=A\n : id=b\n : id=a label=A\nedges (edges)\n  "
           "source=from target=to metadata.id:number (direction)=direction\n"
           " : source=a target=b metadata.id=3 (direction)=directed\n! 2 graphs became one: nodes of one id are one "
           "node\n! left out: 1 hyperedges\n"},
      });
}

TEST(Neo4jJson, IsReadAsApocWritesIt) {
  constexpr std::string_view expected =
      "neo4j-json\nnodes (nodes)\n  id=id labels=type name properties.id:number\n : id=0 labels=Firm|Org name=Acme "
      "properties.id=7\nedges (edges)\n"
      "  start.id=from start.labels=from_type end.id=to end.labels=to_type id=id label=type since:number "
      "(direction)=direction\n"
      " : start.id=0 start.labels=Firm end.id=0 end.labels=Firm id=5 label=SUPPLIES since=2020 (direction)=directed\n";
  const std::string node = R"({"type":"node","id":"0","labels":["Firm","Org"],"properties":{"name":"Acme","id":7}})";
  const std::string edge =
      R"({"id":"5","type":"relationship","label":"SUPPLIES","properties":{"since":2020},"start":{"id":"0","labels":["Firm"]},"end":{"id":"0","labels":["Firm"]}})";
  EXPECT_EQ(read_without_lines("all.json", node + "\n" + edge + "\n"), expected);
  EXPECT_EQ(read_without_lines("all.json", "[" + node + ",\n" + edge + "]"), expected);
  EXPECT_EQ(read_without_lines("all.json", "{\"nodes\":[" + node + "],\"rels\":[" + edge + "]}"), expected);
  EXPECT_EQ(read_without_lines("all.json", "{\"nodes\":{\"0\":" + node + "},\"rels\":{\"5\":" + edge + "}}"), expected);
}

TEST(CycloneDxJson, GivesComponentsAndWhatTheyRequire) {
  expect_all(
      "bom.json",
      {{"1.5",
        R"({"bomFormat": "CycloneDX", "specVersion": "1.5", "version": 1, "metadata": {"timestamp": "2024-01-01T00:00:00Z", "component": {"bom-ref": "app", "type": "application", "name": "App", "version": "1.0"}},
        "components": [{"bom-ref": "lib", "type": "library", "name": "lib", "version": "2", "purl": "pkg:npm/lib@2", "licenses": [{"license": {"id": "MIT"}}, {"expression": "A OR B"}],
          "components": [{"type": "file", "name": "part"}]}],
        "services": [{"bom-ref": "s", "name": "Service"}], "vulnerabilities": [{"id": "CVE-1"}],
        "dependencies": [{"ref": "app", "dependsOn": ["lib", "s"]}, {"ref": "lib"}]})",
        "cyclonedx\nnodes (nodes)\n  bom-ref=id type name=label version purl licenses\n"
        " : bom-ref=app type=application name=App version=1.0\n"
        " : bom-ref=lib type=library name=lib version=2 purl=pkg:npm/lib@2 licenses=MIT|A OR B\n : bom-ref=part "
        "type=file name=part\n : bom-ref=s name=Service\n"
        "edges (edges)\n  from=from type=type to=to (direction)=direction\n"
        " : from=lib type=contains to=part (direction)=directed\n : from=app type=requires to=lib "
        "(direction)=directed\n : from=app type=requires to=s (direction)=directed\n"
        "! left out: vulnerabilities\n"}});
}

TEST(SpdxJson, GivesPackagesAndTheirRelationships) {
  constexpr std::string_view text =
      R"({"spdxVersion": "SPDX-2.3", "SPDXID": "SPDXRef-DOCUMENT", "creationInfo": {"created": "2024-01-01T00:00:00Z"},
        "packages": [{"SPDXID": "SPDXRef-a", "name": "a", "versionInfo": "1", "downloadLocation": "NOASSERTION", "licenseConcluded": "MIT",
          "externalRefs": [{"referenceCategory": "PACKAGE-MANAGER", "referenceType": "purl", "referenceLocator": "pkg:pypi/a@1"}]}, {"SPDXID": "SPDXRef-b", "name": "b"}],
        "relationships": [{"spdxElementId": "SPDXRef-DOCUMENT", "relationshipType": "DESCRIBES", "relatedSpdxElement": "SPDXRef-a"},
          {"spdxElementId": "SPDXRef-a", "relationshipType": "DEPENDS_ON", "relatedSpdxElement": "SPDXRef-b"},
          {"spdxElementId": "SPDXRef-a", "relationshipType": "DEPENDENCY_OF", "relatedSpdxElement": "SPDXRef-b"},
          {"spdxElementId": "SPDXRef-a", "relationshipType": "CONTAINS", "relatedSpdxElement": "NOASSERTION"},
          {"spdxElementId": "SPDXRef-a", "relationshipType": "CONTAINS", "relatedSpdxElement": "SPDXRef-b"}]})";
  const std::string read = read_without_lines("s.spdx.json", text);
  EXPECT_THAT(read, HasSubstr(" : SPDXID=SPDXRef-a name=a versionInfo=1 licenseConcluded=MIT externalRefs=[{"));
  EXPECT_THAT(read, HasSubstr("purl=pkg:pypi/a@1\n"));
  EXPECT_THAT(
      read,
      HasSubstr(" : from=SPDXRef-a type=requires to=SPDXRef-b (direction)=directed relationshipType=DEPENDS_ON\n"
                " : from=SPDXRef-b type=requires to=SPDXRef-a (direction)=directed relationshipType=DEPENDENCY_OF\n"
                " : from=SPDXRef-a type=CONTAINS to=SPDXRef-b (direction)=directed\n"));
  EXPECT_THAT(read, HasSubstr("! left out: 1 relationships of the document itself\n! left out: 1 relationships with "
                              "NONE or NOASSERTION\n"));
  EXPECT_THAT(read_as_text("s.json", "{\"sbom\": " + std::string(text) + "}"), HasSubstr("spdx\n"));
}

TEST(JsonTree, HasAnEdgeToEachChild) {
  expect_all(
      "t.json",
      {
          {"networkx", R"({"id": 1, "children": [{"id": 2, "w": 5}, {"id": 3}]})",
           "json-tree\nnodes (nodes)\n  id=id w:number\n : id=2 w=5\n : id=3\n : id=1\nedges (edges)\n  (parent)=from "
           "(child)=to (direction)=direction\n"
           " : (parent)=1 (child)=2 (direction)=directed\n : (parent)=1 (child)=3 (direction)=directed\n"
           "! a tree: an edge leads from each node to each of its children\n"},
          {"d3",
           R"({"name": "phone", "children": [{"name": "chip", "children": [{"name": "die", "size": 1}]}, {"name": "glass"}]})",
           "json-tree\nnodes (nodes)\n  id=id name size:number\n : id=1::1::1 name=die size=1\n : id=1::1 name=chip\n "
           ": "
           "id=1::2 name=glass\n : id=1 name=phone\n"
           "edges (edges)\n  (parent)=from (child)=to (direction)=direction\n : (parent)=1::1 (child)=1::1::1 "
           "(direction)=directed\n"
           " : (parent)=1 (child)=1::1 (direction)=directed\n : (parent)=1 (child)=1::2 (direction)=directed\n"
           "! a tree: an edge leads from each node to each of its children\n"},
      });
  EXPECT_EQ(read_as_text("t.json", R"({"name": "a", "children": [{"name": "b"}, 3]})"),
            "refused, line 1: a child in a tree is an object, not a number");
}

TEST(SparqlJson, HasARowASolution) {
  EXPECT_EQ(read_without_lines("q.json",
                               R"({"head": {"vars": ["from", "fromLabel", "n"]}, "results": {"bindings": [
      {"from": {"type": "uri", "value": "http://e/Q1"}, "fromLabel": {"xml:lang": "en", "type": "literal", "value": "A"},
       "n": {"datatype": "http://www.w3.org/2001/XMLSchema#integer", "type": "literal", "value": "3"}},
      {"from": {"type": "bnode", "value": "b0"}, "fromLabel": {"xml:lang": "de", "type": "literal", "value": "B"},
       "n": {"datatype": "http://www.w3.org/2001/XMLSchema#decimal", "type": "literal", "value": "0.5"}}]}})"),
            "sparql-json\n\n  from fromLabel n:number\n : from=http://e/Q1 fromLabel=A n=3\n : from=_:b0 "
            "fromLabel=B n=0.5\n! texts in de, en: the languages themselves are left out\n! 1 blank nodes are named as "
            "this answer "
            "numbers them\n");
  EXPECT_THAT(read_as_text("q.json", R"({"head": {}, "boolean": true})"), HasSubstr("the answer to an ASK"));
  EXPECT_THAT(read_as_text("q.srj", R"({"head": {"vars": ["a"]}, "results": {"bindings": []}})"),
              HasSubstr("the query found nothing"));
  EXPECT_THAT(
      read_as_text("q.srj", R"({"head": {"vars": ["a"]}, "results": {"bindings": [{"a": {"value": "x"}}, 3]}})"),
      HasSubstr("a solution is an object, not a number"));
  EXPECT_THAT(read_as_text("q.srj",
                           R"({"head": {"vars": ["a"]}, "results": {"bindings": [{"a": {"value": "x"}}, {"a": {}}]}})"),
              HasSubstr("a has no value that is a text"));
}

TEST(ColumnJson, IsReadAsPandasWritesDataFrames) {
  expect_all("d.json",
             {
                 {"counted rows", R"({"source":{"0":"a","1":"b"},"share":{"0":0.5,"1":null},"l":{"0":[1],"1":{}}})",
                  "json-columns\n\n  source share:number l:json\n : source=a share=0.5 l=[1]\n : "
                  "source=b l={}\n"},
                 {"named rows", R"({"source":{"x":"a","y":"b"},"target":{"x":"b","y":"c"}})",
                  "json-columns\n\n  (row) source target\n : (row)=x source=a target=b\n : (row)=y "
                  "source=b target=c\n"},
             });
  // Records by key, and a matrix by numbers, are none.
  EXPECT_EQ(recognised_as("d.json", R"({"acme": {"name": "A", "kind": "x"}, "beta": {"name": "B", "kind": "y"}})"),
            "json");
  EXPECT_NE(recognised_as("d.json", R"({"0": {"0": 1, "1": 2}, "1": {"0": 3, "1": 4}})"), "json-columns");
}

TEST(JsonRecords, KeepNamesOfRowsAsPandasSplitsThem) {
  EXPECT_EQ(read_without_lines(
                "d.json", R"({"columns":["target","n"],"index":["Zeiss","Schott"],"data":[["ASML",1],["Zeiss",2]]})"),
            "json\ndata\n  (row) target n:number\n : (row)=Zeiss target=ASML n=1\n : (row)=Schott "
            "target=Zeiss n=2\n");
  EXPECT_EQ(read_without_lines("d.json", R"({"columns":["a","n"],"index":[0,1],"data":[["x",1],["y",2]]})"),
            "json\ndata\n  a n:number\n : a=x n=1\n : a=y n=2\n");
}

TEST(ColumnJson, IsRefusedWithItsLine) {
  EXPECT_THAT(read_as_text("d.json", R"({"source":{"0":"a","1":"b"},"target":{"0":"b"}})"),
              HasSubstr("column target has 1 rows and column source 2; pandas writes a row a line"));
  EXPECT_THAT(read_as_text("d.json", R"({"source":{"0":"a","1":"b"},"target":{"1":"b","0":"c"}})"),
              HasSubstr("column target has other rows than column source"));
  EXPECT_THAT(read_as_text("d.json", R"({"source":{"0":"a"},"target":{"0":"b"},"n":[1]})"),
              HasSubstr("column n is a list, where others are objects"));
  EXPECT_THAT(read_as_text("d.json", R"({"source":{"0":"a"},"target":{"0":"b"},"n":1})"),
              HasSubstr("column n holds no rows but a number"));
  EXPECT_THAT(read_as_text("d.json", "{\"source\":{\"0\":\"a\"},\"target\":{\"0\":\"b\"}}\n3\n"),
              HasSubstr("is an object of columns, not a number"));
}

TEST(PackageTrees, HaveEachPackageAndDependencyOnce) {
  expect_all(
      "p.json",
      {
          {"npm ls",
           R"({"name": "app", "version": "1.0", "problems": ["x"], "dependencies": {
      "a": {"version": "2.0", "overridden": false, "dependencies": {"dependencies": {"version": "3.0"}}},
      "dependencies": {"version": "3.0"}, "b": {"required": "^1", "missing": true}}})",
           "npm-ls\nnodes (nodes)\n  (package)=id (name)=label version=attribute required=attribute "
           "missing=attribute:truth name=attribute\n"
           " : (package)=dependencies@3.0 (name)=dependencies version=3.0\n : (package)=a@2.0 (name)=a version=2.0\n"
           " : (package)=b (name)=b required=^1 missing=true\n : (package)=app@1.0 (name)=app version=1.0 name=app\n"
           "edges (edges)\n  from=from to=to (type)=type (direction)=direction\n"
           " : from=a@2.0 to=dependencies@3.0 (type)=requires (direction)=directed\n"
           " : from=app@1.0 to=a@2.0 (type)=requires (direction)=directed\n"
           " : from=app@1.0 to=dependencies@3.0 (type)=requires (direction)=directed\n"
           " : from=app@1.0 to=b (type)=requires (direction)=directed\n"
           "! 1 packages are required and not installed\n! left out: 1 problems that npm tells\n"},
          {"pipdeptree --json",
           R"([{"package": {"key": "a", "package_name": "A", "installed_version": "1"},
      "dependencies": [{"key": "b", "package_name": "B", "installed_version": "2", "required_version": ">=1"}]},
      {"package": {"key": "b", "package_name": "B", "installed_version": "2"}, "dependencies": []}])",
           "pipdeptree\nnodes (nodes)\n  (package)=id (name)=label installed_version=attribute\n"
           " : (package)=b (name)=B installed_version=2\n : (package)=a (name)=A installed_version=1\nedges (edges)\n"
           "  from=from to=to (type)=type required_version (direction)=direction\n"
           " : from=a to=b (type)=requires required_version=>=1 (direction)=directed\n"},
          {"pipdeptree --json-tree",
           R"([{"key": "a", "package_name": "A", "installed_version": "1", "required_version": "1", "dependencies": [
      {"key": "b", "package_name": "B", "installed_version": "2", "required_version": ">=1", "dependencies": []}]}])",
           "pipdeptree\nnodes (nodes)\n  (package)=id (name)=label installed_version=attribute\n"
           " : (package)=b (name)=B installed_version=2\n : (package)=a (name)=A installed_version=1\nedges (edges)\n"
           "  from=from to=to (type)=type required_version (direction)=direction\n"
           " : from=a to=b (type)=requires required_version=>=1 (direction)=directed\n"},
      });
}

TEST(PackageTrees, AreRefusedWithTheirLine) {
  EXPECT_THAT(read_as_text("p.json", R"({"dependencies": {"a": {"version": "1"}, "b": 3}})"),
              HasSubstr("a package is an object, not a number"));
  EXPECT_THAT(read_as_text("p.json", R"({"dependencies": {"a": {"version": "1"}, "b": []}})"),
              HasSubstr("a package is an object, not a list"));
  EXPECT_THAT(
      read_as_text("p.json", R"([{"package_name": "a", "installed_version": "1"}, {"installed_version": "2"}])"),
      HasSubstr("a package has neither key nor package_name"));
  EXPECT_THAT(read_as_text("p.json", R"([{"package_name": "a", "installed_version": "1"}, 7])"),
              HasSubstr("a package is an object, not a number"));
  // A lock file has another remedy.
  EXPECT_NE(recognised_as("p.json", R"({"lockfileVersion": 1, "dependencies": {"a": {"version": "1"}}})"), "npm-ls");
  EXPECT_NE(recognised_as("p.json", R"({"dependencies": {"a": "^1"}})"), "npm-ls");
}

TEST(DbtManifest, GivesModelsAndWhatTheyAreMadeOf) {
  EXPECT_EQ(read_without_lines(
                "manifest.json",
                R"({"metadata": {"dbt_schema_version": "https://schemas.getdbt.com/dbt/manifest/v12.json"}, "nodes": {
      "model.p.a": {"name": "a", "resource_type": "model", "raw_code": "select", "depends_on": {"macros": [], "nodes": ["source.p.s.t"]}}},
      "sources": {"source.p.s.t": {"name": "t", "resource_type": "source", "description": "raw"}}, "macros": {"m": {}},
      "parent_map": {"model.p.a": ["source.p.s.t"]}})"),
            "dbt-manifest\nnodes (nodes)\n  unique_id=id name=label resource_type=attribute description=other\n"
            " : unique_id=model.p.a name=a resource_type=model\n : unique_id=source.p.s.t name=t resource_type=source "
            "description=raw\nedges (edges)\n  from=from to=to (type)=type (direction)=direction\n"
            " : from=model.p.a to=source.p.s.t (type)=requires (direction)=directed\n"
            "! code, columns and settings of models are left out\n! left out: macros\n");
  EXPECT_THAT(
      read_as_text(
          "manifest.json",
          R"({"metadata": {"dbt_schema_version": "manifest/v1"}, "nodes": {"a": {"depends_on": {"nodes": [1]}}}})"),
      HasSubstr("depends_on.nodes is a list of ids"));
}

TEST(JsonRecords, BecomeRowsWithDottedColumns) {
  expect_all(
      "r.json",
      {
          {"a list",
           R"([{"id": "a", "n": 1.50, "ok": true, "tags": ["x", 2], "p": {"q": {"r": "s"}}, "o": [{"z": 1}], "none": null}, {"id": "b", "n": "?"}])",
           "json\n\n  id n ok:truth tags p.q.r o:json\n : id=a n=1.5 ok=true tags=x|2 p.q.r=s o=[{\"z\":1}]\n : id=b "
           "n=?\n! o: lists of records in 1 records are kept as attributes; this makes a row of each, for --map "
           "of=from "
           "or --map of=to: jq '[.. | objects | select(.o? | type == \"array\") | . as $of | .o[] | {of: ($of.id // "
           "$of.name // $of.label // $of.company // $of.title // $of.key)} + .]' r.json > r-o.json\n"},
          {"an answer of a service",
           R"({"meta": {"total": 1}, "results": [{"id": 12345678901234567890, "v": 0.1}], "next": null})",
           "json\nresults\n  id:number v:number\n : id=12345678901234567890 v=0.1\n! left out, since they stand in no "
           "list of records: meta, next\n"},
          {"several lists", R"({"firms": [{"n": "A"}], "deals": [{"a": "A"}], "x": {"rows": [{"b": 1}]}})",
           "json\nfirms\n  n\n : n=A\ndeals\n  a\n : a=A\nx.rows\n  b:number\n : b=1\n"},
          {"lines", "{\"a\": 1}\n\n{\"a\": 2, \"b\": \"x\"}\n", "json\n\n  a:number b\n : a=1\n : a=2 b=x\n"},
          {"records by key", R"({"0": {"ticker": "A"}, "1": {"ticker": "B"}})",
           "json\n\n  (key) ticker\n : (key)=0 ticker=A\n : (key)=1 ticker=B\n"},
          {"rows below names", R"([["name", "n"], ["A", 1], ["B", null]])",
           "json\n\n  name n:number\n : name=A n=1\n : name=B\n! the first list is taken as the names of the columns: "
           "name, n\n"},
          {"pandas, split", R"({"columns": ["a", "b"], "index": [0, 1], "data": [[1, "x"], [2, "y"]]})",
           "json\ndata\n  a:number b\n : a=1 b=x\n : a=2 b=y\n"},
          {"what was asked, and records", R"([{"page": 1}, [{"v": 1}, {"v": 2}]])",
           "json\n\n  page:number\n : page=1\n[]\n  v:number\n : v=1\n : v=2\n"},
          {"one record", R"({"name": "A", "address": {"city": "B"}})",
           "json\n\n  name address.city\n : name=A address.city=B\n"},
          {"control characters", R"([{"a": "x\u0000y\u001fz"}])",
           "json\n\n  a\n : a=x\uFFFDy\uFFFDz\n! 1 texts hold control characters that cannot be kept; they became "
           "U+FFFD\n"},
      });
}

TEST(JsonRecords, TakeEntitiesOutOfEntities) {
  EXPECT_EQ(
      read_without_lines(
          "e.json",
          R"({"id": "p", "schema": "Person", "properties": {"name": ["Ann", "A."], "ownershipOwner": [{"id": "o", "schema": "Ownership", "properties": {"owner": ["p"], "asset": [{"id": "c", "schema": "Company", "properties": {"name": ["C"]}}], "percentage": ["50"]}}]}})"),
      "json\n\n  id schema properties.name properties.owner properties.asset properties.percentage "
      "properties.ownershipOwner\n"
      " : id=c schema=Company properties.name=C\n : id=o schema=Ownership properties.owner=p properties.asset=c "
      "properties.percentage=50\n"
      " : id=p schema=Person properties.name=Ann|A. properties.ownershipOwner=o\n! 2 entities that stood in others "
      "became rows of their own\n");
}

TEST(JsonFormats, LeaveOurOwnDatasetsAlone) {
  for (const std::string_view text :
       {R"({"dataset": {"id": "d"}, "nodes": []})", R"({"sources": [{"id": "s", "title": "S"}], "nodes": []})",
        R"({"nodes": [{"id": "a", "type": "firm"}], "edges": []})",
        R"({"edges": [{"type": "supplies", "from": "a", "to": "b"}]})", R"({"node": {"id": "a", "type": "firm"}})",
        R"({"datasets": [{"dataset": {"id": "d"}}]})", R"({"observations": [{"subject": "a", "indicator": "i"}]})"})
    EXPECT_EQ(recognised_as("d.json", text), "") << text;
}

TEST(JsonFormats, RefuseWhatIsTooDeepOrBroken) {
  std::string deep = "[{\"a\":";
  for (int i = 0; i < 100000; ++i) deep += "[";
  EXPECT_THAT(read_as_text("d.json", deep), HasSubstr("nested more than 64 levels deep"));
  EXPECT_THAT(read_as_text("d.json", "[{\"a\": 1},\n{\"a\": 1, \"a\": 2}]"),
              HasSubstr("refused, line 2: the key \"a\" occurs twice"));
  EXPECT_THAT(read_as_text("d.json", "[{\"a\": \"\xE9\"}]"), HasSubstr("--encoding windows-1252"));
  EXPECT_THAT(read_as_text("d.json", R"({"a": [1, 2], "b": [3, 4]})"), HasSubstr("lists of values without names"));
  EXPECT_THAT(read_as_text("d.json", "[[\"a\"],\n[1, 2]]"), HasSubstr("line 2: 2 values where there are 1 names"));
  EXPECT_EQ(recognised_as("d.json", "a,b\n1,2\n"), "");
  EXPECT_EQ(recognised_as("d.json", ""), "");
  EXPECT_EQ(recognised_as("d.json", "[1, 2]"), "");
}

TEST(Formats, HaveNamesOfTheirOwn) {
  for (const detail::Format& format : detail::formats()) EXPECT_EQ(detail::find_format(format.name), &format);
  EXPECT_EQ(detail::find_format("nothing"), nullptr);
}

}  // namespace
}  // namespace chokepoint::test
