#!/usr/bin/env python3
"""Whole processes of chokepoint beside what one would use instead, run in turns, as medians and ratios.

  compare.py --program build/release/bin/chokepoint --generator build/release/bin/make_graph [--sizes small,medium,large]
             [--runs 5] [--rows TEXT] [--data FOLDER] [-o TABLE.md]

Peers: the sqlite3 shell (.import with indexes, recursive queries), python-igraph, and kuzu and DuckDB where node finds them
(`npm install --prefix FOLDER kuzu @duckdb/node-api`, then PEERS=FOLDER; see kuzu_peer.mjs, duckdb_peer.mjs). A peer that is not installed or fails is named with the reason
and is no win. Each row gives the median of our runs, of the peer's, and the peer's divided by ours (above 1: we are
faster), and our highest memory. Counts that both print are compared; a difference is an error.
"""
import argparse
import json
import math
import os
import platform
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
SIZES = {"tiny": (500, 2500, 7), "small": (20_000, 100_000, 1), "medium": (200_000, 1_000_000, 2),
         "large": (2_000_000, 10_000_000, 3)}

SCHEMA = """CREATE TABLE nodes(id INTEGER PRIMARY KEY, kind TEXT, name TEXT, since TEXT);
CREATE TABLE edges(id INTEGER PRIMARY KEY, src INTEGER, dst INTEGER, kind TEXT, share REAL, since TEXT, until TEXT);"""
INDEXES = """CREATE INDEX forward ON edges(src, dst); CREATE INDEX backward ON edges(dst, src);
CREATE UNIQUE INDEX named ON nodes(name);"""
REACH = """WITH RECURSIVE reach(id, hops) AS (VALUES({node}, 0) UNION SELECT dst, hops + 1 FROM reach JOIN edges ON src = reach.id
WHERE hops < {depth}) SELECT count(DISTINCT id) - 1 FROM reach;"""
CLOSURE = """WITH RECURSIVE reach(id) AS (VALUES({node}) UNION SELECT dst FROM reach JOIN edges ON src = reach.id)
SELECT count(*) - 1 FROM reach;"""

LISTED = """WITH RECURSIVE reach(id, hops) AS (VALUES({node}, 0) UNION SELECT dst, hops + 1 FROM reach JOIN edges ON src = reach.id
WHERE hops < {depth}) SELECT nodes.id, kind, name, min(hops) AS tier FROM reach JOIN nodes USING (id) GROUP BY nodes.id
HAVING tier > 0;"""

# What the peers walk: every dependency, whether needed or not.
EVERY_EDGE = ("--soft", "--through-places")


class Failed(Exception):
    pass


def run(command, stdin=None, with_errors=False):
    """Seconds and standard output of one process, and its standard error where that is wanted."""
    start = time.perf_counter()
    try:
        done = subprocess.run(command, input=stdin, capture_output=True, text=True, check=False)
    except FileNotFoundError as missing:
        raise Failed(f"{missing.filename} is not installed") from missing
    seconds = time.perf_counter() - start
    if done.returncode != 0:
        lines = (done.stderr.strip() or done.stdout.strip() or f"exit {done.returncode}").splitlines()
        said = [line for line in lines if line.startswith("Error")]  # Node.js ends with its version
        raise Failed((said or lines)[-1][:200])
    return (seconds, done.stdout, done.stderr) if with_errors else (seconds, done.stdout)


class Graph:
    """One generated graph and the files that the programs keep of it."""

    def __init__(self, options, size):
        self.size, self.options = size, options
        self.folder = os.path.join(options.data, size)
        os.makedirs(self.folder, exist_ok=True)
        if not os.path.exists(self.path("queries.txt")):
            nodes, edges, seed = SIZES[size]
            run([options.generator, str(nodes), str(edges), str(seed), self.folder])
        with open(self.path("queries.txt"), encoding="utf-8") as lines:
            self.facts = dict(line.strip().split("=") for line in lines)

    def path(self, name):
        return os.path.join(self.folder, name)

    def ours(self, *arguments):
        return run([self.options.program, "--db", self.path("ours.db"), *arguments])

    def import_ours(self, without_search_index=False):
        for name in ("ours.db", "ours.db-journal"):
            if os.path.exists(self.path(name)):
                os.remove(self.path(name))
        run([self.options.program, "--quiet", "init", self.path("ours.db"), "--ontology", os.path.join(HERE, "ontology.json")])
        seconds, _, parts = run([self.options.program, "--db", self.path("ours.db"), "import", self.path("nodes.csv"),
                                 self.path("edges.csv"), "--from", "csv", "--ids", "global", "--dataset", "generated", "--source", "generator",
                                 "--source-title", "make_graph", "--timings"], with_errors=True)
        return seconds - (seconds_of("search index", parts) if without_search_index else 0), None

    def import_lines(self):
        """The same graph as JSON Lines, written by our own export."""
        lines = self.path("ours.jsonl")
        if not os.path.exists(lines):
            self.ours("export", "--to", "jsonl", "-o", lines)
        return self.fresh_import(lines), None

    def fresh_import(self, *arguments):
        database = self.path("again.db")
        if os.path.exists(database):
            os.remove(database)
        run([self.options.program, "--quiet", "init", database, "--ontology", os.path.join(HERE, "ontology.json")])
        return run([self.options.program, "--db", database, "--quiet", "import", *arguments])[0]

    def first_question(self):
        """What the first question costs more than the second: the snapshot is built."""
        for name in os.listdir(self.folder):
            if name.startswith("ours.db.snapshot"):
                os.remove(self.path(name))
        first = self.reach_ours("middle", 1)[0]
        return first - self.reach_ours("middle", 1)[0], None

    def sqlite(self, script):
        return run(["sqlite3", "-batch", self.path("peer.sqlite")], script)

    def import_sqlite(self):
        if os.path.exists(self.path("peer.sqlite")):
            os.remove(self.path("peer.sqlite"))
        return self.sqlite("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-262144;\n" + SCHEMA + "\n.mode csv\n"
                           f".import --skip 1 {self.path('nodes.csv')} nodes\n"
                           f".import --skip 1 {self.path('edges.csv')} edges\n" + INDEXES)[0], None

    def reach_ours(self, node, depth):
        how = [*EVERY_EDGE, *(["--depth", str(depth)] if depth else [])]
        seconds, text = self.ours("depends", self.facts[node], "--count", "--format", "json", *how)
        return seconds, count_in(text)

    def cold_ours(self, node, depth):
        """The walk alone: the snapshot mapped, no name looked up, no database looked at, a number printed."""
        program = os.path.join(os.path.dirname(self.options.program), "bench_cold")
        if not os.path.exists(self.path("ours.db.snapshot")):
            self.reach_ours(node, 1)
        seconds, text = run([program, self.path("ours.db.snapshot"), self.facts[node], str(depth), time.strftime("%Y-%m-%d")])
        return seconds, int(text)

    def reach_sqlite(self, node, depth):
        query = (REACH if depth else CLOSURE).format(node=self.facts[node], depth=depth)
        seconds, text = self.sqlite("PRAGMA mmap_size=8000000000;\n" + query)
        return seconds, int(text.split()[-1])

    def reach_kuzu(self, node, depth):
        how = [self.path("nodes.csv"), self.path("edges.csv"), self.path("peer.kuzu")]
        script = os.path.join(HERE, "kuzu_peer.mjs")
        if not os.path.exists(how[2]):
            run(["node", script, "import", *how])
        seconds, text = run(["node", script, "reach", *how, self.facts[node], str(depth or 255)])
        return seconds, int(text.split()[-1])

    def import_duckdb(self):
        if os.path.exists(self.path("peer.duckdb")):
            os.remove(self.path("peer.duckdb"))
        return run(["node", os.path.join(HERE, "duckdb_peer.mjs"), "import", self.path("nodes.csv"), self.path("edges.csv"),
                    self.path("peer.duckdb")])[0], None

    def reach_duckdb(self, node, depth):
        if not os.path.exists(self.path("peer.duckdb")):
            self.import_duckdb()
        seconds, text = run(["node", os.path.join(HERE, "duckdb_peer.mjs"), "reach", self.path("peer.duckdb"), self.facts[node],
                             str(depth)])
        return seconds, int(text.split()[-1])

    def listed_ours(self, node):
        """Every node within three hops, with its label, tier and type, as JSON in a file."""
        name = self.path("ours.json")
        seconds, _ = self.ours("depends", self.facts[node], *EVERY_EDGE, "--depth", "3", "--nodes", "--format", "json", "--force", "-o", name)
        with open(name, encoding="utf-8") as text:
            return seconds, len(json.load(text)["result"]["nodes"])

    def listed_sqlite(self, node):
        name = self.path("peer.json")
        seconds, _ = self.sqlite(f"PRAGMA mmap_size=8000000000;\n.mode json\n.output {name}\n"
                                 + LISTED.format(node=self.facts[node], depth=3))
        with open(name, encoding="utf-8") as text:
            return seconds, len(json.load(text))

    def memory(self, *arguments):
        """The most memory, in MiB, that one of our processes held."""
        script = ("import resource, subprocess, sys; subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, check=True); "
                  "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024)")
        _, text = run([sys.executable, "-c", script, self.options.program, "--db", self.path("ours.db"), *arguments])
        return float(text)

    def graphml_ours(self, *how):
        name = "lean.graphml" if how else "ours.graphml"
        return self.ours("export", "--to", "graphml", "-o", self.path(name), "--force", *how)[0], None

    def igraph(self, what, name):
        code = IGRAPH[what].format(file=repr(self.path(name)), nodes=repr(self.path("nodes.csv")),
                                   edges=repr(self.path("edges.csv")))
        _, text = run(["/usr/bin/python3", "-c", code])
        return float(text.split()[-1]), None

    def bench_ingest(self):
        """The benchmark of the readers, None where it is not built."""
        program = os.path.join(os.path.dirname(self.options.program), "bench_ingest")
        return program if os.path.exists(program) else None

    def graphml_records(self, name):
        """A GraphML file as checked records in memory, as the benchmark of the readers has it."""
        program = self.bench_ingest()
        _, text = run(["env", "CHOKEPOINT_GRAPHML=" + self.path(name), program, "--benchmark_filter=^read_graphml_file$",
                       "--benchmark_min_time=0.01", "--benchmark_format=json"])
        return json.loads(text)["benchmarks"][0]["real_time"] / 1e3, None

    def read_graphml_ours(self, name, *arguments):
        return self.fresh_import("--from", "graphml", "--dataset", "generated", self.path(name), *arguments), None


IGRAPH = {
    "write": """
import csv, igraph, time
nodes = list(csv.DictReader(open({nodes}))); edges = list(csv.DictReader(open({edges})))
graph = igraph.Graph(n=len(nodes), edges=[(int(e['src']), int(e['dst'])) for e in edges], directed=True)
graph.vs['kind'] = [n['kind'] for n in nodes]; graph.vs['name'] = [n['name'] for n in nodes]
graph.es['kind'] = [e['kind'] for e in edges]; graph.es['share'] = [float(e['share']) for e in edges]
start = time.perf_counter(); graph.write_graphml({file}); print(time.perf_counter() - start)""",
    "read": """
import igraph, time
start = time.perf_counter(); igraph.Graph.Read_GraphML({file}); print(time.perf_counter() - start)""",
}


def seconds_of(part, text):
    """How long `import --timings` says that a part took."""
    found = re.search(re.escape(part) + r": ([\d.]+) s", text)
    if not found:
        raise Failed(f"no time of the {part}: " + text[:100])
    return float(found.group(1))


def count_in(text):
    """How many nodes a `depends --count` found."""
    found = re.search(r'"(?:nodes|count)":\s*(\d+)', text)
    if not found:
        raise Failed("the answer names no count: " + text[:100])
    return int(found.group(1))


def rows_for(graph):
    yield "import CSV, checked, both directions, search index", "sqlite3 .import + indexes", graph.import_ours, graph.import_sqlite
    yield "import CSV, checked, both directions (search index taken off)", "sqlite3 .import + indexes", \
        lambda: graph.import_ours(without_search_index=True), graph.import_sqlite
    yield "import of the same as JSON Lines", "our own import of CSV", graph.import_lines, graph.import_ours
    yield "import CSV, checked, both directions, search index (a column store, nothing indexed)", "DuckDB", graph.import_ours, \
        graph.import_duckdb
    yield "building the snapshot", "our own import of CSV", graph.first_question, graph.import_ours
    yield "everything the hub depends on, counted", "sqlite3 recursive query", \
        lambda: graph.reach_ours("hub", 0), lambda: graph.reach_sqlite("hub", 0)
    yield "everything the hub depends on, counted (a graph database)", "kuzu", lambda: graph.reach_ours("hub", 0), lambda: graph.reach_kuzu("hub", 0)
    yield "everything the hub depends on, counted (a column store)", "DuckDB recursive query", \
        lambda: graph.reach_ours("hub", 0), lambda: graph.reach_duckdb("hub", 0)
    yield "three hops from the hub, counted (a column store)", "DuckDB recursive query", \
        lambda: graph.reach_ours("hub", 3), lambda: graph.reach_duckdb("hub", 3)
    for node in ("hub", "middle"):
        yield f"three hops from the {node}, counted", "sqlite3 recursive query", \
            lambda node=node: graph.reach_ours(node, 3), lambda node=node: graph.reach_sqlite(node, 3)
    for node in ("hub", "middle"):
        yield f"three hops from the {node}, counted, the walk alone (bench_cold)", "sqlite3 recursive query", \
            lambda node=node: graph.cold_ours(node, 3), lambda node=node: graph.reach_sqlite(node, 3)
    yield "everything the hub depends on, counted, the walk alone (bench_cold)", "sqlite3 recursive query", \
        lambda: graph.cold_ours("hub", 0), lambda: graph.reach_sqlite("hub", 0)
    yield "three hops from the hub, every label to a JSON file", "sqlite3 recursive query", \
        lambda: graph.listed_ours("hub"), lambda: graph.listed_sqlite("hub")
    yield "GraphML with every column (whole process; igraph: two columns, the call alone)", "python-igraph", graph.graphml_ours, \
        lambda: graph.igraph("write", "igraph.graphml")
    yield "GraphML with two columns, --lean (whole process; igraph: the call alone)", "python-igraph", \
        lambda: graph.graphml_ours("--lean"), lambda: graph.igraph("write", "igraph.graphml")
    if graph.bench_ingest():
        yield "GraphML as checked records (bench_ingest), igraph's own file (igraph: the call alone)", "python-igraph", \
            lambda: graph.graphml_records("igraph.graphml"), lambda: graph.igraph("read", "igraph.graphml")
    else:
        print("GraphML as checked records: left out, bench_ingest is built with -DCHOKEPOINT_BENCH=ON", file=sys.stderr)
    yield "GraphML import into a database, every column (igraph: its own file, into memory)", "python-igraph", \
        lambda: graph.read_graphml_ours("ours.graphml"), lambda: graph.igraph("read", "igraph.graphml")
    yield "GraphML import into a database, igraph's own file (igraph: into memory)", "python-igraph", \
        lambda: graph.read_graphml_ours("igraph.graphml", "--source", "generator", "--source-title", "make_graph"), \
        lambda: graph.igraph("read", "igraph.graphml")


def measure(runs, ours, theirs):
    """Medians of both, run in turns; a side that fails is a text instead."""
    seconds, counts, failed = ([], []), [None, None], [None, None]
    for _ in range(runs):
        for side, job in enumerate((ours, theirs)):
            if failed[side]:
                continue
            try:
                took, count = job()
                seconds[side].append(took)
                counts[side] = count
            except Failed as why:
                failed[side] = str(why)
    if not any(failed) and counts[0] != counts[1]:
        raise SystemExit(f"the counts differ: {counts[0]} here, {counts[1]} there")
    return [failed[side] or statistics.median(seconds[side]) for side in (0, 1)]


def shown(value):
    return f"{value:.3g} s" if isinstance(value, float) else f"failed: {value}"


def version(command):
    try:
        return run(command)[1].split("\n")[0].strip()[:60]
    except Failed as why:
        return str(why)


def report(lines, growth, output):
    """Adds how each time grows from the smallest to the largest graph, and writes all to the file or to the screen."""
    for what, points in growth.items():
        (low, fast), (high, slow) = points[0], points[-1]
        if high > low and math.isfinite(fast) and math.isfinite(slow):
            lines.append(f"\nGrowth of “{what}”: time ~ edges^{math.log(slow / fast) / math.log(high / low):.2f}")
    text = "\n".join(lines) + "\n"
    if output:
        with open(output, "w", encoding="utf-8") as out:
            out.write(text)
    else:
        print(text, end="")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--program", required=True)
    parser.add_argument("--generator", required=True)
    parser.add_argument("--sizes", default="small,medium")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--rows", default="", help="only rows whose name has this text")
    parser.add_argument("--data", help="keeps the graphs here; default: a temporary folder")
    parser.add_argument("-o", "--output")
    options = parser.parse_args()
    temporary = None if options.data else tempfile.mkdtemp()
    options.data = options.data or temporary
    lines = [f"Machine: {os.cpu_count()} cores, {platform.system()} {platform.machine()}; medians of {options.runs} runs in turns.",
             f"sqlite3 {version(['sqlite3', '--version'])[:7]}; python-igraph "
             + version(["/usr/bin/python3", "-c", "import igraph; print(igraph.__version__)"]) + ".", "",
             "| size (nodes/edges, seed) | what | ours | peer | theirs / ours |", "|---|---|---|---|---|"]
    growth, failures = {}, 0
    try:
        for size in options.sizes.split(","):
            graph = Graph(options, size)
            if not os.path.exists(graph.path("ours.db")):
                graph.import_ours()
            if not os.path.exists(graph.path("peer.sqlite")):
                graph.import_sqlite()
            for what, peer, ours, theirs in rows_for(graph):
                if options.rows not in what:
                    continue
                mine, other = measure(options.runs, ours, theirs)
                ratio = f"{other / mine:.2f}" if isinstance(mine, float) and isinstance(other, float) else "–"
                lines.append(f"| {size} ({graph.facts['nodes']}/{graph.facts['edges']}, {SIZES[size][2]}) | {what} | {shown(mine)} | "
                             f"{shown(other)} ({peer}) | {ratio} |")
                print(lines[-1], file=sys.stderr, flush=True)
                failures += not isinstance(mine, float)
                if isinstance(mine, float):
                    growth.setdefault(what, []).append((int(graph.facts["edges"]), mine))
            for way in ("depends", "dependents"):
                for node in ("hub", "middle"):
                    held = graph.memory(way, graph.facts[node], *EVERY_EDGE, "--depth", "3", "--count")
                    lines.append(f"\n{size}: {way} of the {node}, three hops, holds {held:.0f} MiB at most")
    finally:
        if temporary:
            shutil.rmtree(temporary)
    report(lines, growth, options.output)
    # What we fail at is an error; what a peer fails at is said.
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
