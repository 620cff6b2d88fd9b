"""Reads a graph file with an independent library and prints it as JSON: the other half of a write-read test.

usage: read_graph.py LIBRARY FORMAT FILE
LIBRARY is networkx, igraph or lxml, FORMAT is graphml or gexf. The exit code is 77 when the library is missing.
Output: {"nodes": {id: {attribute: value}}, "edges": [{"source", "target", "id", attributes}]}.
"""

import json
import math
import sys
import warnings


def need(name):
    try:
        return __import__(name)
    except ImportError:
        print(f"{name} is not installed")
        sys.exit(77)


def clean(values):
    """igraph fills gaps with None, NaN or an empty text; they are left out as in the file."""
    return {
        key: value
        for key, value in values.items()
        if value is not None and value != "" and not (isinstance(value, float) and math.isnan(value))
    }


def with_networkx(kind, path):
    networkx = need("networkx")
    if kind == "gexf":
        graph = networkx.read_gexf(path)
    else:
        graph = networkx.read_graphml(path, force_multigraph=True)
    nodes = {node: dict(data) for node, data in graph.nodes(data=True)}
    edges = []
    if graph.is_multigraph():
        for source, target, key, data in graph.edges(keys=True, data=True):
            edges.append({"source": source, "target": target, "id": str(data.get("id", key)), **data})
    else:
        for source, target, data in graph.edges(data=True):
            edges.append({"source": source, "target": target, **data})
    return {"nodes": nodes, "edges": edges}


def with_igraph(kind, path):
    igraph = need("igraph")
    if kind != "graphml":
        print("igraph reads GraphML only")
        sys.exit(2)
    graph = igraph.Graph.Read_GraphML(path)
    names = [vertex["id"] for vertex in graph.vs]
    nodes = {vertex["id"]: clean(vertex.attributes()) for vertex in graph.vs}
    edges = [
        {"source": names[edge.source], "target": names[edge.target], **clean(edge.attributes())} for edge in graph.es
    ]
    return {"nodes": nodes, "edges": edges}


def with_lxml(kind, path):
    """No graph library at all: what the XML says, by key name."""
    need("lxml")
    from lxml import etree

    root = etree.parse(path, etree.XMLParser(resolve_entities=False, no_network=True)).getroot()
    if kind == "graphml":
        space = "{http://graphml.graphdrawing.org/xmlns}"
        keys = {key.get("id"): key.get("attr.name") for key in root.iter(space + "key")}

        def data(element):
            return {keys[item.get("key")]: item.text or "" for item in element.findall(space + "data")}

    else:
        space = "{" + etree.QName(root).namespace + "}"
        names = {
            (group.get("class"), item.get("id")): item.get("title")
            for group in root.iter(space + "attributes")
            for item in group
        }

        def data(element):
            kind_of = etree.QName(element).localname
            values = {names[kind_of, item.get("for")]: item.get("value") for item in element.iter(space + "attvalue")}
            spells = [dict(spell.attrib) for spell in element.iter(space + "spell")]
            if spells:
                values["spells"] = spells
            for item in element:
                if etree.QName(item).namespace != space[1:-1]:
                    values["viz:" + etree.QName(item).localname] = dict(item.attrib)
            return values

    nodes = {node.get("id"): {**dict(node.attrib), **data(node)} for node in root.iter(space + "node")}
    edges = [{**dict(edge.attrib), **data(edge)} for edge in root.iter(space + "edge")]
    return {"nodes": nodes, "edges": edges}


def main():
    warnings.simplefilter("ignore")  # igraph prefers a key named "id" to the XML id, and says so
    library, kind, path = sys.argv[1:]
    graph = {"networkx": with_networkx, "igraph": with_igraph, "lxml": with_lxml}[library](kind, path)
    json.dump(graph, sys.stdout, ensure_ascii=True, default=str)


if __name__ == "__main__":
    main()
