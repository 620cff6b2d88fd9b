"""Computes the plain-graph lenses with NetworkX and igraph, as oracles for ours.

usage: peers.py GRAPH
GRAPH: the number of vertices on the first line, then `from to` a line; no loops, no parallel arcs.
Prints one line a result: `<peer>.<lens> <value> …`. Exits with 77 when neither library is installed.
"""

import sys

try:
    import networkx as nx
except ImportError:
    nx = None
try:
    import igraph as ig
except ImportError:
    ig = None


def show(name, values):
    print(name, *(repr(float(value)) for value in values))


def cut_pairs(count, arcs):
    """Some pairs of vertices that no arc joins either way, the same as in the test.

    NetworkX calls the cut empty where an arc leads back.
    """
    pairs = [(v, count - 1 - v) for v in range(0, count // 2, 3)]
    return [(a, b) for a, b in pairs if (a, b) not in arcs and (b, a) not in arcs]


def first_in_component(components, count):
    """For each vertex the smallest vertex of its component."""
    smallest = [0] * count
    for component in components:
        for v in component:
            smallest[v] = min(component)
    return smallest


def with_networkx(count, arcs):
    graph = nx.DiGraph()
    graph.add_nodes_from(range(count))
    graph.add_edges_from(arcs)
    either = nx.Graph(graph)
    tiers = nx.single_source_shortest_path_length(graph, 0)
    show("nx.tiers", [tiers.get(v, -1) for v in range(count)])
    dominators = nx.immediate_dominators(graph, 0)
    show("nx.dominators", [dominators.get(v, -1) if v else -1 for v in range(count)])
    show("nx.strong", first_in_component(nx.strongly_connected_components(graph), count))
    show("nx.articulation", sorted(nx.articulation_points(either)))
    show("nx.bridges", [len(list(nx.bridges(either)))])
    show("nx.biconnected", [len(list(nx.biconnected_components(either)))])
    directed = nx.betweenness_centrality(graph, normalized=False)
    show("nx.betweenness", [directed[v] for v in range(count)])
    undirected = nx.betweenness_centrality(either, normalized=False)
    show("nx.betweenness-either", [undirected[v] for v in range(count)])
    try:
        rank = nx.pagerank(graph, tol=1e-14, max_iter=10000)
        show("nx.page-rank", [rank[v] for v in range(count)])
    except ImportError:
        pass  # NetworkX wants NumPy for this one
    core = nx.core_number(either)
    show("nx.cores", [core[v] for v in range(count)])
    show("nx.cuts", [len(nx.minimum_node_cut(graph, a, b)) for a, b in cut_pairs(count, arcs)])
    lengths = []
    if nx.has_path(graph, 0, count - 1):
        for path in nx.shortest_simple_paths(graph, 0, count - 1):
            lengths.append(len(path) - 1)
            if len(lengths) == 25:
                break
    show("nx.paths", lengths)


def with_igraph(count, arcs):
    graph = ig.Graph(n=count, edges=sorted(arcs), directed=True)
    either = graph.as_undirected(mode="collapse")
    dominators = graph.dominator(0, mode="out")
    show("ig.dominators", [-1 if v is None or v < 0 or v != v else v for v in dominators])  # unreached: NaN
    show("ig.strong", first_in_component(graph.connected_components(mode="strong"), count))
    show("ig.articulation", sorted(either.articulation_points()))
    show("ig.bridges", [len(either.bridges())])
    show("ig.biconnected", [len(either.biconnected_components())])
    show("ig.betweenness", graph.betweenness())
    show("ig.betweenness-either", either.betweenness())
    show("ig.page-rank", graph.pagerank())
    show("ig.cores", either.coreness())
    show("ig.cuts", [graph.vertex_connectivity(a, b, checks=False) for a, b in cut_pairs(count, arcs)])


def main():
    if nx is None and ig is None:
        sys.exit(77)
    with open(sys.argv[1], encoding="ascii") as file:
        count = int(file.readline())
        arcs = {tuple(map(int, line.split())) for line in file}
    if nx is not None:
        with_networkx(count, arcs)
    if ig is not None:
        with_igraph(count, arcs)


main()
