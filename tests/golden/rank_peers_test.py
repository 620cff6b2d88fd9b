#!/usr/bin/env python3
"""Holds every measure of `rank` against NetworkX and igraph, or against a slow calculation from the exported JSON; but
not `stops`, which rank_stops_check.py holds against `whatif`.

usage: rank_peers_test.py --program build/dev/bin/chokepoint --ontology data/ontology.json

Small random supply chains are imported, exported as JSON and read again here: what the program ranks and what is
calculated from its export must agree, node by node. Exits with 77 when NetworkX is not installed.
"""
import argparse
import json
import math
import random
import subprocess
import sys
import tempfile
from pathlib import Path

try:
    import networkx as nx
except ImportError:
    sys.exit(77)
try:
    import igraph as ig
except ImportError:
    ig = None

PLACE, FIRM = "country", "firm"


def random_dataset(rng):
    """Places, firms with a seat, things with suppliers and needs, holdings; no two edges of one type on one pair."""
    places = [f"p{i}" for i in range(rng.randint(2, 4))]
    firms = [f"f{i}" for i in range(rng.randint(4, 9))]
    things = [f"t{i}" for i in range(rng.randint(6, 14))]
    edges = {}

    def add(kind, source, target, share=None):
        edge = {"type": kind, "from": source, "to": target, "sources": [{"source": "s"}]}
        if share is not None:
            edge["share"] = round(share, 3)
        edges.setdefault((kind, source, target), edge)

    for firm in firms:
        add("located-in", firm, rng.choice(places))
        for other in rng.sample(firms, rng.randint(0, 2)):
            if other != firm:
                add("owns", firm, other, rng.choice([None, 0.2, 0.5, 0.6]))
    for thing in things:
        for hands in (firms, places):
            if rng.random() < 0.35:
                continue
            chosen = rng.sample(hands, rng.randint(1, min(4, len(hands))))
            weights = [rng.random() + 0.05 for _ in chosen]
            total = rng.choice([1.0, 1.0, 0.7, 1.03, 1.2])
            for hand, weight in zip(chosen, weights):
                share = weight / sum(weights) * total
                add("produces", hand, thing, None if share > 1 or rng.random() < 0.15 else share)
        for need in rng.sample(things, rng.randint(0, 2)):
            if need != thing:
                add("requires", thing, need)
    nodes = [{"id": name, "type": kind, "labels": {"en": name}, "sources": [{"source": "s"}]}
             for kind, names in ((PLACE, places), (FIRM, firms), ("product", things)) for name in names]
    return {"dataset": {"id": "random"}, "sources": [{"id": "s", "title": "S"}], "nodes": nodes,
            "edges": list(edges.values())}


class Data:
    """What the export says, by itself."""

    def __init__(self, exported, ontology):
        self.type = {node["id"]: node["type"] for node in exported["nodes"]}
        self.edges = exported["edges"]
        rules = {kind["id"]: kind.get("dependency") for kind in ontology["edge_types"]}
        self.walks = nx.DiGraph()  # dependent -> what it depends on
        self.walks.add_nodes_from(sorted(self.type))
        for edge in self.edges:
            rule = rules[edge["type"]]
            if rule and rule["strength"] in ("hard", "soft"):
                self.walks.add_edge(edge[rule["dependent"]], edge[rule["on"]])
        self.seat = {edge["from"]: edge["to"] for edge in self.edges if edge["type"] == "located-in"}

    def supplies(self):
        """(thing, layer, {owner: least share}, {owners}) of every supply at every layer."""
        for thing in sorted(self.type):
            rows = [edge for edge in self.edges if edge["type"] == "produces" and edge["to"] == thing]
            by_place = [edge for edge in rows if self.type[edge["from"]] == PLACE]
            by_firm = [edge for edge in rows if self.type[edge["from"]] != PLACE]
            for layer, some in ((PLACE, by_place or by_firm), (FIRM, by_firm)):
                if some:
                    yield thing, layer, *self.hands(some, layer == PLACE)

    def hands(self, rows, by_seat):
        total = math.fsum(edge.get("share", 0) for edge in rows)
        scale = 1 / total if total >= 0.985 - 1e-9 else 1
        shares, owners = {}, set()
        for edge in rows:
            owner = self.seat.get(edge["from"], edge["from"]) if by_seat else edge["from"]
            owners.add(owner)
            shares[owner] = shares.get(owner, 0) + edge.get("share", 0) * scale
        return shares, owners

    def controlled_by(self, owner):
        """The fixed point: whoever is held by half together with what is controlled joins."""
        reached = {owner}
        while True:
            held = {}
            for edge in self.edges:
                if edge["type"] == "owns" and edge["from"] in reached and edge["to"] not in reached:
                    held[edge["to"]] = held.get(edge["to"], 0) + edge.get("share", 0)
            joining = {node for node, share in held.items() if share >= 0.5 - 1e-9}
            if not joining:
                return len(reached) - 1
            reached |= joining


def counts(nodes):
    values = {}
    for node in nodes:
        values[node] = values.get(node, 0) + 1
    return values


def dominated(graph):
    """How many nodes each node dominates, from a node above all on which nothing rests."""
    above = nx.DiGraph(graph)
    for node in graph:
        if graph.in_degree(node) == 0 and graph.out_degree(node) > 0:
            above.add_edge("<start>", node)
    if "<start>" not in above:
        return {}
    immediate = nx.immediate_dominators(above, "<start>")
    values = {}
    for node in immediate:
        while node != "<start>" and immediate[node] not in ("<start>", node):
            node = immediate[node]
            values[node] = values.get(node, 0) + 1
    return values


def hhi(data, layer):
    values = {}
    for thing, of_layer, shares, _ in data.supplies():
        if of_layer == layer:
            index = min(1.0, math.fsum(share * share for share in shares.values())) * 10000
            values[thing] = max(values.get(thing, 0), index)
    return values


def lost_share(data):
    values = {}
    for _, layer, shares, _ in data.supplies():
        for owner, share in shares.items():
            if (data.type[owner] == PLACE) == (layer == PLACE):
                values[owner] = values.get(owner, 0) + share
    return values


def sole_supplies(data):
    return counts(owner for _, layer, _, owners in data.supplies() if len(owners) == 1 for owner in owners
                  if (data.type[owner] == PLACE) == (layer == PLACE))


def page_rank(graph):
    try:
        return [nx.pagerank(graph, tol=1e-13, max_iter=10000)]
    except ImportError:
        return []  # NetworkX wants SciPy for this one; igraph does not


def measures(data):
    graph, either = data.walks, nx.Graph(data.walks)
    values = {
        "betweenness": [nx.betweenness_centrality(graph, normalized=False)],
        "page-rank": page_rank(graph),
        "k-core": [nx.core_number(either)],
        "dominated": [dominated(graph)],
        "dependents": [{node: len(nx.ancestors(graph, node)) for node in graph}],
        "dependencies": [{node: len(nx.descendants(graph, node)) for node in graph}],
        "component": [{node: len(part) for part in nx.strongly_connected_components(graph) for node in part}],
        "articulation": [dict.fromkeys(nx.articulation_points(either), 1)],
        "bridges": [counts(end for bridge in nx.bridges(either) for end in bridge)],
        "suppliers": [counts(edge["to"] for edge in data.edges if edge["type"] == "produces")],
        "sole-supplies": [sole_supplies(data)],
        "lost-share": [lost_share(data)],
        "hhi-country": [hhi(data, PLACE)],
        "hhi-firm": [hhi(data, FIRM)],
        "controlled": [{node: data.controlled_by(node) for node in data.type}],
    }
    if ig is not None:
        names = sorted(graph)
        number = {name: i for i, name in enumerate(names)}
        peer = ig.Graph(n=len(names), edges=[(number[a], number[b]) for a, b in graph.edges], directed=True)
        undirected = peer.as_undirected(mode="collapse")

        def named(numbers):
            return dict(zip(names, numbers))

        values["betweenness"].append(named(peer.betweenness()))
        values["page-rank"].append(named(peer.pagerank()))
        values["k-core"].append(named(undirected.coreness()))
        values["articulation"].append({names[v]: 1 for v in undirected.articulation_points()})
        ends = [end for e in undirected.bridges() for end in undirected.es[e].tuple]
        values["bridges"].append(counts(names[v] for v in ends))
        sizes = {}
        for part in peer.connected_components(mode="strong"):
            sizes.update({names[v]: len(part) for v in part})
        values["component"].append(sizes)
    return values


def call(program, *words):
    done = subprocess.run([program, *words], capture_output=True, text=True, timeout=120, check=False)
    if done.returncode != 0:
        sys.exit(f"{words}: exit {done.returncode}: {done.stderr}")
    return done.stdout


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", required=True)
    parser.add_argument("--ontology", required=True)
    parser.add_argument("--rounds", type=int, default=8)
    arguments = parser.parse_args()
    program = str(Path(arguments.program).resolve())
    ontology = json.loads(Path(arguments.ontology).read_text(encoding="utf-8"))
    compared, wrong, telling = 0, [], set()
    for seed in range(arguments.rounds):
        with tempfile.TemporaryDirectory() as folder:
            database, file = f"{folder}/r.db", Path(folder, "r.json")
            file.write_text(json.dumps(random_dataset(random.Random(seed))), encoding="utf-8")
            call(program, "--quiet", "init", database)
            call(program, "--quiet", "--db", database, "import", str(file))
            data = Data(json.loads(call(program, "--db", database, "export")), ontology)
            for measure, peers in measures(data).items():
                answer = json.loads(call(program, "--db", database, "rank", "--by", measure, "--limit", "0", "--json"))
                ours = {row["id"]: row["value"] for row in answer["result"]}
                if len(set(ours.values())) > 1 or 0 < len(ours) < len(data.type):
                    telling.add(measure)
                for peer, theirs in enumerate(peers):
                    for node in data.type:
                        compared += 1
                        a, b = ours.get(node, 0), theirs.get(node, 0)
                        if not math.isclose(a, b, rel_tol=1e-6, abs_tol=1e-6):
                            wrong.append(f"seed {seed}: {measure} of {node}: {a}, but peer {peer} says {b}")
    wrong += [f"{measure}: every value was the same, so nothing was shown" for measure in
              set(measures(data)) - telling]
    print("\n".join(wrong[:40]))
    print(f"{compared} values compared, {len(wrong)} differ")
    sys.exit(1 if wrong or compared == 0 else 0)


if __name__ == "__main__":
    main()
