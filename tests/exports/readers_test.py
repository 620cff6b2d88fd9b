#!/usr/bin/env python3
"""Exports the curated graph and has other libraries read it: networkx, igraph, graph-tool, Boost, graphology.

usage: readers_test.py --program PROGRAM --explorer tools/explorer [--boost boost_graphml_reader] [--db FILE]

Each must find as many nodes and edges as the dataset has, the same edges by (type, from, to) with parallel ones kept,
and the Chinese labels. A reader that is not installed is named and passed over; the last line counts both.
"""

import argparse
import collections
import json
import pathlib
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
READ_GRAPH = HERE.parent / "export" / "read_graph.py"
problems, told = [], []


def expect(condition, what):
    if not condition:
        problems.append(what)


def read(words):
    done = subprocess.run([str(word) for word in words], capture_output=True, text=True, check=False)
    if done.returncode == 77:
        return None
    if done.returncode != 0:
        problems.append(f"{words[:3]}: {done.stderr.strip()[-300:]}")
        return ""
    return done.stdout


def type_of(edge):
    """Where each reader keeps the type: the key, else the attribute that Gephi reads."""
    return edge.get("type") or edge.get("kind") or edge.get("label")


def compare(reader, graph, truth):
    nodes, edges = graph["nodes"], graph["edges"]
    expect(len(nodes) == len(truth["nodes"]), f"{reader}: {len(nodes)} nodes of {len(truth['nodes'])}")
    expect(len(edges) == len(truth["edges"]), f"{reader}: {len(edges)} edges of {len(truth['edges'])}")
    wanted = collections.Counter((edge["type"], edge["from"], edge["to"]) for edge in truth["edges"])
    found = collections.Counter((type_of(edge), edge["source"], edge["target"]) for edge in edges)
    expect(found == wanted, f"{reader}: edges differ: {list(((wanted - found) + (found - wanted)).items())[:3]}")
    labels = {node["id"]: node["labels"] for node in truth["nodes"]}
    for key, language in (("label", "en"), ("label_zh", "zh")):
        wrong = [n for n, text in labels.items() if language in text and nodes.get(n, {}).get(key) != text[language]]
        expect(not wrong, f"{reader}: {key} differs at {wrong[:3]}")
    told.append(f"{reader}: {len(nodes)} nodes, {len(edges)} edges, {len(set(found))} of them distinct by type and ends")


def with_graph_tool(path):
    import graph_tool

    graph = graph_tool.load_graph(str(path))
    keep = lambda properties, item: {name: properties[name][item] for name in properties}
    ids = graph.vertex_properties.get("_graphml_vertex_id")
    name = lambda v: ids[v] if ids is not None else str(int(v))
    nodes = {name(v): keep(graph.vertex_properties, v) for v in graph.vertices()}
    edges = [{**keep(graph.edge_properties, e), "source": name(e.source()), "target": name(e.target())} for e in graph.edges()]
    return {"nodes": nodes, "edges": edges}


def with_boost(program, path, truth):
    output = read([program, path])
    if not output:
        return
    lines = [line.split(" ", 1) for line in output.splitlines() if " " in line]
    count = {key: int(value) for key, value in lines[:2]}
    expect(count["nodes"] == len(truth["nodes"]), f"Boost: {count['nodes']} nodes")
    expect(count["edges"] == len(truth["edges"]), f"Boost: {count['edges']} edges")
    types = collections.Counter(value for key, value in lines[2:] if key == "edge")
    expect(types == collections.Counter(edge["type"] for edge in truth["edges"]), "Boost: edge types differ")
    labels = {value for key, value in lines[2:] if key == "node"}
    wanted = {node["labels"].get("zh", node["labels"].get("en", node["id"])) for node in truth["nodes"]}
    expect(labels == wanted, f"Boost: labels differ: {sorted(labels ^ wanted)[:3]}")
    told.append(f"Boost, strict graphml, Chinese: {count['nodes']} nodes, {count['edges']} edges")


def records_of(document):
    """The records of a whole export, once each: what several datasets tell of stands in every one of them."""
    kinds = ("sources", "nodes", "edges", "observations")
    parts = document.get("datasets", [document])
    return {kind: list({record["id"]: record for part in parts for record in part.get(kind, [])}.values()) for kind in kinds}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--program", required=True)
    parser.add_argument("--explorer", required=True)
    parser.add_argument("--boost")
    parser.add_argument("--db")
    options = parser.parse_args()
    database = ["--db", options.db] if options.db else []
    with tempfile.TemporaryDirectory() as scratch:
        folder = pathlib.Path(scratch)

        def export(name, *words):
            path = folder / name
            subprocess.run([options.program, *database, "--quiet", *words, "export", "-o", path], check=True)
            return path

        truth = records_of(json.loads(export("all.json").read_text(encoding="utf-8")))
        parallel = len(truth["edges"]) - len({(e["type"], e["from"], e["to"]) for e in truth["edges"]})
        expect(parallel > 0 or options.db, "the curated graph has parallel edges of one type")
        graphml, gexf = export("all.graphml"), export("all.gexf")
        # networkx knows GEXF up to 1.2.
        older = folder / "older.gexf"
        words = [options.program, *database, "--quiet", "export", "--gexf-version", "1.2", "-o", older]
        subprocess.run(words, check=True)
        strict = folder / "strict.graphml"
        words = [options.program, *database, "--quiet", "--lang", "zh", "export", "--dialect", "strict", "-o", strict]
        subprocess.run(words, check=True)
        missing = []
        tries = [
            ("networkx, graphml", [sys.executable, READ_GRAPH, "networkx", "graphml", graphml]),
            ("networkx, gexf 1.2", [sys.executable, READ_GRAPH, "networkx", "gexf", older]),
            ("igraph, graphml", [sys.executable, READ_GRAPH, "igraph", "graphml", graphml]),
            ("graphology, graphml", ["node", HERE / "read_with_graphology.mjs", options.explorer, "graphml", graphml]),
            ("graphology, gexf 1.3", ["node", HERE / "read_with_graphology.mjs", options.explorer, "gexf", gexf]),
        ]
        for reader, words in tries:
            try:
                output = read(words)
            except FileNotFoundError:
                output = None
            if output is None:
                missing.append(reader)
            elif output:
                compare(reader, json.loads(output), truth)
        try:
            compare("graph-tool, graphml", with_graph_tool(graphml), truth)
        except ImportError:
            missing.append("graph-tool (Debian: python3-graph-tool)")
        if options.boost:
            with_boost(options.boost, strict, truth)
        else:
            missing.append("Boost")
    for line in told:
        print(line)
    for reader in missing:
        print(f"not read by {reader}: it is not here")
    for line in problems:
        print("FAILED: " + line)
    print(f"{len(told)} passed, {len(problems)} failed, {len(missing)} skipped")
    sys.exit(1 if problems else 0)


if __name__ == "__main__":
    main()
