#!/usr/bin/env python3
"""Our algorithms beside igraph's C core and graph-tool's, and beside Boost's on the mapped graph itself; kernels alone
and with the load, in turns.

  compare_kernels.py --program build/release/bin/chokepoint --bin build/release/bin [--sizes small,medium,large]
                     [--runs 3] [--clock wall|cpu] [--data FOLDER] [-o TABLE.md]

Wants bench_kernels, igraph_peer and make_graph in --bin (cmake -DCHOKEPOINT_BENCH=ON; igraph_peer needs libigraph-dev), and
python3-graph-tool for its row. Graphs and databases are those of compare.py and are made where --data lacks them. Each
figure is the least of the runs: what the machine does besides only adds. Results that both print must be equal to 1e-9,
else it is an error. A peer that is missing is named and is no win. --clock cpu counts processor time instead, for a machine
that others use, too; rows with two threads always count the clock on the wall.
"""
import argparse
import array
import json
import math
import os
import platform
import subprocess
import sys
import tempfile
import types

import compare

GRAPH_TOOL = """
import sys, time
import numpy, graph_tool, graph_tool.centrality
graph_tool.openmp_set_num_threads(2)
arcs = numpy.fromfile(sys.argv[1], dtype=numpy.int64).reshape(-1, 2)
graph = graph_tool.Graph(directed=True)
graph.add_vertex(int(sys.argv[2]))
graph.add_edge_list(arcs)
wall, cpu = time.perf_counter(), time.process_time()
values = graph_tool.centrality.betweenness(graph, norm=False)[0].a
wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
weights = (numpy.arange(len(values)) * 7919 % 1009) / 1009
print("betweenness_2_threads", wall, cpu, repr(float(values.sum())), repr(float((values * weights).sum())))
"""

# Name, how it is called in the table, what the load is added to, and up to how many nodes it ends in minutes.
KERNELS = [("load", "load", False, None), ("closure", "closure of the hub", False, None),
           ("dominators", "dominators from the hub", True, None), ("strong_components", "strong components", True, None),
           ("articulation_points", "articulation points", True, None),
           ("vertex_cut", "minimum vertex cut between the hub and a far node", False, None),
           ("page_rank", "PageRank", False, None),
           ("betweenness", "betweenness, all sources, one thread", False, 50_000),
           ("betweenness_2_threads", "betweenness, all sources, two threads", False, 50_000),
           ("sampled_betweenness", "betweenness from 64 sources", False, None),
           ("cut_sets", "minimal cut sets to order 2 among 200 nodes", False, 500_000)]
ALONE = {"sampled_betweenness", "cut_sets"}
# What bench_kernels also does by Boost's algorithms on the mapped graph itself.
BOOST = {"closure", "dominators", "strong_components", "articulation_points", "betweenness"}


class Run:
    """Least wall and processor seconds of a kernel on one side, and its result."""

    def __init__(self):
        self.wall = self.cpu = math.inf
        self.result, self.note = None, ""

    def add(self, wall, cpu, result):
        self.wall, self.cpu = min(self.wall, wall), min(self.cpu, cpu)
        if self.result is not None and not same(self.result, result):
            raise SystemExit(f"two runs differ: {self.result}, {result}")
        self.result = result


def same(a, b):
    return all(math.isclose(x, y, rel_tol=1e-9, abs_tol=1e-12) for x, y in zip(a, b))


def arcs_of(graph):
    """The edges as pairs of 64-bit numbers."""
    path = graph.path("arcs.bin")
    if not os.path.exists(path):
        ends = array.array("q")
        with open(graph.path("edges.csv"), encoding="utf-8") as lines:
            next(lines)
            for line in lines:
                _, source, target, _ = line.split(",", 3)
                ends.append(int(source))
                ends.append(int(target))
        with open(path, "wb") as out:
            ends.tofile(out)
    return path


def ours(options, graph, kernels, found, boost):
    """@return the far end of the vertex cut, which peers are asked about"""
    names = "|".join([*kernels, *(f"boost_{name}" for name in boost)])
    _, text = compare.run([os.path.join(options.bin, "bench_kernels"), graph.path("ours.db"), graph.facts["hub"],
                           f"--benchmark_filter=^({names})/", "--benchmark_format=json", "--benchmark_min_time=0.2"])
    far_end = None
    for row in json.loads(text)["benchmarks"]:
        name = row["name"].split("/")[0]
        if name.startswith("boost_"):
            boost[name.removeprefix("boost_")].add(row["real_time"] / 1e3, row["cpu_time"] / 1e3, (row["sum"], row["weighted"]))
            continue
        if row.get("error_occurred"):
            found[name].note = row["error_message"]
            continue
        result = (row["sum"], row["weighted"]) if "sum" in row else (row.get("sets", row.get("error_bound")),)
        found[name].add(row["real_time"] / 1e3, row["cpu_time"] / 1e3, result)
        if name == "vertex_cut":
            far_end = row["label"]
        if name == "cut_sets":
            found[name].note = f"{row['sets']:.0f} sets, {row['pairs']:.0f} of them pairs"
    return far_end


def peer_lines(text, found):
    for line in text.splitlines():
        name, wall, cpu, *result = line.split()
        found[name].add(float(wall), float(cpu), tuple(map(float, result)))


def measure(options, graph):
    nodes = int(graph.facts["nodes"])
    kernels = [name for name, _, _, most in KERNELS if most is None or nodes <= most]
    mine, theirs = ({name: Run() for name in kernels} for _ in range(2))
    boost = {name: Run() for name in kernels if name in BOOST}
    problems = []

    def try_peer(command):
        try:
            peer_lines(compare.run(command)[1], theirs)
        except compare.Failed as why:
            problems.append(str(why))

    far_end = None
    for _ in range(options.runs):
        far_end = ours(options, graph, kernels, mine, boost) or far_end
        asked = [name for name in kernels if name not in ALONE | {"load", "betweenness_2_threads"}]
        try_peer([os.path.join(options.bin, "igraph_peer"), arcs_of(graph), str(nodes), graph.facts["hub"], far_end, "1", *asked])
        if "betweenness_2_threads" in kernels:
            try_peer(["/usr/bin/python3", "-c", GRAPH_TOOL, arcs_of(graph), str(nodes)])
    return mine, boost, theirs, sorted(set(problems))


def seconds_of(run, name, clock):
    return run.wall if clock == "wall" or name.endswith("threads") else run.cpu


def shown(seconds):
    if not math.isfinite(seconds):
        return "–"
    return f"{seconds * 1e3:.3g} ms" if seconds < 1 else f"{seconds:.3g} s"


def rows_for(options, graph, growth):
    mine, boost, theirs, problems = measure(options, graph)
    size = f"{graph.size} ({graph.facts['nodes']}/{graph.facts['edges']})"
    for name, what, with_load, _ in KERNELS:
        if name not in mine:
            continue
        a, b = seconds_of(mine[name], name, options.clock), seconds_of(theirs[name], name, options.clock)
        growth.setdefault(what, []).append((int(graph.facts["edges"]), a))
        if math.isfinite(b) and name != "load" and not same(mine[name].result, theirs[name].result):
            raise SystemExit(f"{name} on {graph.size}: {mine[name].result} here, {theirs[name].result} there")
        peer = "graph-tool" if name.endswith("threads") else "igraph"
        note = f" ({mine[name].note})" if mine[name].note else ""
        if name == "vertex_cut":
            note = f" ({mine[name].result[0]:.0f} nodes)"
        if name in boost and not same(mine[name].result, boost[name].result):
            raise SystemExit(f"{name} on {graph.size}: {mine[name].result} here, {boost[name].result} by Boost on the view")
        bare = shown(seconds_of(boost[name], name, options.clock)) if name in boost else "–"
        ratio = f"**{b / a:.1f}×**" if math.isfinite(b) else "–"
        yield f"| {size} | {what}{note} | {shown(a)} | {bare} | {shown(b)}{' ' + peer if math.isfinite(b) else ''} | {ratio} |"
        if with_load:
            a += seconds_of(mine["load"], "load", options.clock)
            b += seconds_of(theirs["load"], "load", options.clock)
            ratio = f"**{b / a:.1f}×**" if math.isfinite(b) else "–"
            yield f"| {size} | {what}, with the load | {shown(a)} | – | {shown(b)} | {ratio} |"
    for problem in problems:
        yield f"| {size} | a peer failed | | | {problem} | |"


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--program", required=True, help="chokepoint, which imports what --data lacks")
    parser.add_argument("--bin", required=True, help="folder of bench_kernels, igraph_peer and make_graph")
    parser.add_argument("--sizes", default="small,medium")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--clock", choices=("wall", "cpu"), default="wall")
    parser.add_argument("--data", help="keeps the graphs here; default: a temporary folder")
    parser.add_argument("-o", "--output")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        data = types.SimpleNamespace(program=options.program, generator=os.path.join(options.bin, "make_graph"),
                                     data=options.data or scratch)
        lines = [f"Machine: {os.cpu_count()} cores, {platform.system()} {platform.machine()}; {options.clock} time, the least of "
                 f"{options.runs} runs in turns.", "",
                 "| size (nodes/edges) | kernel | ours | Boost on the mapped graph | peer | theirs / ours |", "|---|---|---|---|---|---|"]
        growth = {}
        for size in options.sizes.split(","):
            graph = compare.Graph(data, size)
            if not os.path.exists(graph.path("ours.db")):
                graph.import_ours()
            for row in rows_for(options, graph, growth):
                lines.append(row)
                print(row, file=sys.stderr, flush=True)
    compare.report(lines, growth, options.output)


if __name__ == "__main__":
    try:
        main()
    except (compare.Failed, subprocess.SubprocessError) as why:
        sys.exit(f"compare_kernels.py: {why}")
