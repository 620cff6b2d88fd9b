#!/usr/bin/env python3
"""What an import keeps of one small graph that other programs wrote: the table "Measured on files of real tools" of
data/FORMATS.md.

usage: real_tools_test.py --program build/release/bin/chokepoint [--npm FOLDER] [--write data/FORMATS.md] [--keep FOLDER]

Each tool that is here writes the graph in each of its formats; tools that are not are said and passed over: networkx,
igraph, pandas and openpyxl of Debian's python3, igraph of R, Graphviz, LibreOffice, sqlite3, and graphology, cytoscape,
d3-hierarchy and d3-dsv in FOLDER/node_modules (npm install). A file is imported with nothing but --node-type and
--edge-type, and the options that the program itself names. What comes out is compared with what went in, field by field.
Without --write a difference from the table fails.
"""
import argparse
import csv
import dataclasses
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
NODES = [
    {"key": "n0", "label": 'Acme "North" & Sons', "type": "firm", "founded": 1990, "ratio": 0.5, "listed": True, "note": "a; b, c"},
    {"key": "n1", "label": "Müller Optik", "type": "firm", "founded": 1846, "ratio": 0.25, "listed": False, "note": "<x>"},
    {"key": "n2", "label": "晶圆厂", "type": "firm", "founded": 1987, "ratio": 2.5, "listed": True, "note": "line"},
    {"key": "n3", "label": "Scanner Z\\9", "type": "firm", "founded": 2001, "ratio": 0.125, "listed": False, "note": "it's"},
    {"key": "n4", "label": "Alone", "type": "equipment", "founded": 2020, "ratio": 1.5, "listed": True, "note": "no ties"}]
EDGES = [
    {"from": "n0", "to": "n1", "type": "supplies", "share": 0.6, "since": "2019-05-01", "until": "2024-12-31", "weight": 2.5},
    {"from": "n0", "to": "n1", "type": "owns", "share": 0.3, "since": "2018", "until": "2030", "weight": 1.5},
    {"from": "n1", "to": "n3", "type": "supplies", "share": 0.9, "since": "2020-02", "until": "2031", "weight": 0.5},
    {"from": "n2", "to": "n3", "type": "owns", "share": 0.1, "since": "2021-01-01", "until": "2032", "weight": 4.25},
    {"from": "n2", "to": "n0", "type": "supplies", "share": 0.75, "since": "2022", "until": "2033", "weight": 8.5}]
ATTRIBUTES = ["founded", "ratio", "listed", "note"]
LABEL = {node["key"]: node["label"] for node in NODES}
COLUMNS = ["nodes", "edges", "labels", "dates", "types", "attributes"]
BEGIN, END = "<!-- measured: begin -->", "<!-- measured: end -->"


@dataclasses.dataclass
class Case:
    """A file that a tool writes."""
    tool: str
    format: str
    files: list
    left_out: str = ""  # by the tool or its format
    writes: str = " ".join(COLUMNS)  # what the tool puts into the file
    options: tuple = ()
    edges: int = len(EDGES)  # in the file
    keys: bool = False  # nodes are known by n0 … alone


def run(words, **options):
    done = subprocess.run(words, capture_output=True, text=True, check=False, timeout=300, **options)
    if done.returncode != 0:
        raise RuntimeError(f"{' '.join(map(str, words))}: {done.stderr[-800:]}")
    return done.stdout


def attributes_of(node):
    return {name: node[name] for name in ["type", *ATTRIBUTES]}


def networkx_cases(folder):
    try:
        import networkx as nx
    except ImportError:
        return None
    def graph(kind, with_notes=True):
        made = kind()
        for node in NODES:
            made.add_node(node["label"], **{k: v for k, v in attributes_of(node).items() if with_notes or not isinstance(v, bool)})
        for edge in EDGES:
            if made.is_multigraph() or edge is not EDGES[1]:
                made.add_edge(LABEL[edge["from"]], LABEL[edge["to"]], **{k: v for k, v in edge.items() if k not in ("from", "to")})
        return made
    multi, simple = graph(nx.MultiDiGraph), graph(nx.DiGraph)
    nx.write_graphml(multi, folder / "nx.graphml")
    nx.write_gexf(multi, folder / "nx.gexf")
    nx.write_gml(multi, folder / "nx.gml")
    texts = graph(nx.MultiDiGraph)
    for data in [*(d for _, d in texts.nodes(data=True)), *(d for *_, d in texts.edges(data=True))]:
        data.update({key: str(value) for key, value in data.items()})
    nx.write_pajek(texts, folder / "nx.net")
    for name, data in (("node-link", nx.node_link_data(multi)), ("adjacency", nx.adjacency_data(multi)),
                       ("cytoscape", nx.cytoscape_data(multi))):
        (folder / f"nx-{name}.json").write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    # Lists of edges are apart by blanks, which names must not hold.
    bare = nx.relabel_nodes(simple, {node["label"]: node["key"] for node in NODES})
    nx.write_edgelist(bare, folder / "nx.edgelist")
    nx.write_adjlist(bare, folder / "nx.adjlist")
    nx.write_multiline_adjlist(bare, folder / "nx-long.adjlist")
    tool = f"networkx {nx.__version__}"
    single = "one of two parallel edges"
    return [Case(tool, "GraphML", ["nx.graphml"]), Case(tool, "GEXF", ["nx.gexf"]), Case(tool, "GML", ["nx.gml"], "truth: 0 and 1 are numbers"),
            Case(tool, "Pajek", ["nx.net"], "types of values: all are texts", "nodes edges labels dates types attributes"),
            Case(tool, "JSON, node-link", ["nx-node-link.json"]), Case(tool, "JSON, adjacency", ["nx-adjacency.json"]),
            Case(tool, "JSON, Cytoscape", ["nx-cytoscape.json"]),
            Case(tool, "edge list", ["nx.edgelist"], f"nodes without edges, data of nodes; {single}", "nodes edges dates types attributes", edges=4, keys=True),
            Case(tool, "adjacency list", ["nx.adjlist"], f"all data; {single}", "nodes edges", edges=4, keys=True),
            Case(tool, "multiline adjacency list", ["nx-long.adjlist"], f"data of nodes; {single}", "nodes edges dates types attributes", edges=4, keys=True)]


def igraph_cases(folder):
    try:
        import igraph
    except ImportError:
        return None
    made = igraph.Graph(directed=True)
    made.add_vertices(len(NODES))
    for name in ["label", "type", *ATTRIBUTES]:
        made.vs[name] = [node[name] for node in NODES]
    made.vs["name"] = [node["label"] for node in NODES]
    made.add_edges([(int(edge["from"][1]), int(edge["to"][1])) for edge in EDGES])
    for name in ("type", "share", "since", "until", "weight"):
        made.es[name] = [edge[name] for edge in EDGES]
    made.write_graphml(str(folder / "ig.graphml"))
    made.write_gml(str(folder / "ig.gml"))
    made.write_dot(str(folder / "ig.dot"))
    made.vs["id"] = made.vs["name"]
    made.write_pajek(str(folder / "ig.net"))
    made.vs["name"] = [node["key"] for node in NODES]
    made.write_ncol(str(folder / "ig.ncol"), names="name", weights="weight")
    made.simplify(combine_edges="first")
    made.write_lgl(str(folder / "ig.lgl"), names="name", weights="weight", isolates=True)
    tool = f"igraph {igraph.__version__}, Python"
    return [Case(tool, "GraphML", ["ig.graphml"]), Case(tool, "GML", ["ig.gml"], "truth: 0 and 1 are numbers"),
            Case(tool, "DOT", ["ig.dot"], "types of values: all are texts"),
            Case(tool, "Pajek", ["ig.net"], "all but labels and weights", "nodes edges labels attributes"),
            Case(tool, "NCOL", ["ig.ncol"], "nodes without edges, all but weights", "nodes edges attributes", keys=True),
            Case(tool, "LGL", ["ig.lgl"], "all but weights; one of two parallel edges", "nodes edges attributes", edges=4, keys=True)]


R_SCRIPT = r"""
library(igraph, quietly = TRUE, warn.conflicts = FALSE)
n <- read.csv("r-nodes-in.csv", encoding = "UTF-8"); e <- read.csv("r-edges-in.csv", colClasses = c(since = "character", until = "character"))
n$listed <- n$listed == "True"
g <- graph_from_data_frame(e, directed = TRUE, vertices = n)
write_graph(g, "r.graphml", format = "graphml"); write_graph(g, "r.gml", format = "gml")
write.csv(n, "r-nodes.csv"); write.csv(e, "r-edges.csv", row.names = FALSE)
cat(as.character(packageVersion("igraph")))
"""


def r_cases(folder):
    if shutil.which("Rscript") is None:
        return None
    write_csv(folder, "r", "key", "-in")
    try:
        version = run(["Rscript", "-e", R_SCRIPT], cwd=folder, env={**os.environ, "LC_ALL": "C.UTF-8"})
    except RuntimeError as error:
        print(error, file=sys.stderr)
        return None
    tool = f"igraph {version.splitlines()[-1]}, R"
    return [Case(tool, "GraphML", ["r.graphml"]), Case(tool, "GML", ["r.gml"], "truth: 0 and 1 are numbers"),
            Case("R", "CSV, write.csv", ["r-nodes.csv", "r-edges.csv"], "types of values: all are texts")]


def write_csv(folder, name, key="key", suffix=""):
    with open(folder / f"{name}-nodes{suffix}.csv", "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["id" if key == "key" else key, "label", "type", *ATTRIBUTES])
        for node in NODES:
            writer.writerow([node["key"], node["label"], node["type"], *(node[each] for each in ATTRIBUTES)])
    with open(folder / f"{name}-edges{suffix}.csv", "w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, ["from", "to", "type", "share", "since", "until", "weight"])
        writer.writeheader()
        writer.writerows(EDGES)


def pandas_cases(folder):
    try:
        import openpyxl
        import pandas
    except ImportError:
        return None
    nodes = pandas.DataFrame([{"id": node["key"], **{k: v for k, v in node.items() if k != "key"}} for node in NODES])
    edges = pandas.DataFrame(EDGES)
    nodes.to_csv(folder / "pd-nodes.csv")
    edges.to_csv(folder / "pd-edges.csv")
    nodes.to_json(folder / "pd-nodes.json", orient="records", force_ascii=False)
    edges.to_json(folder / "pd-edges.jsonl", orient="records", lines=True)
    nodes.to_json(folder / "pd-column-nodes.json", force_ascii=False)
    edges.to_json(folder / "pd-column-edges.json")
    with pandas.ExcelWriter(folder / "pd.xlsx", engine="openpyxl") as book:
        nodes.to_excel(book, sheet_name="nodes", index=False)
        edges.to_excel(book, sheet_name="edges", index=False)
    tool = f"pandas {pandas.__version__}"
    texts = "types of values: all are texts"
    return [Case(tool, "CSV", ["pd-nodes.csv", "pd-edges.csv"], texts),
            Case(tool, "JSON, records and lines", ["pd-nodes.json", "pd-edges.jsonl"]),
            Case(tool, "JSON, columns", ["pd-column-nodes.json", "pd-column-edges.json"]),
            Case(f"{tool}, openpyxl {openpyxl.__version__}", "xlsx", ["pd.xlsx"])]


def libreoffice_cases(folder):
    if shutil.which("soffice") is None:
        return None
    write_csv(folder, "lo")
    home = folder / "lo-home"
    for kind in ("xlsx", "ods"):
        for part in ("nodes", "edges"):
            run(["soffice", f"-env:UserInstallation=file://{home}", "--headless", "--convert-to", kind, "--infilter=CSV:44,34,76",
                 "--outdir", str(folder), str(folder / f"lo-{part}.csv")])
    tool = "LibreOffice " + run(["soffice", f"-env:UserInstallation=file://{home}", "--version"]).split()[1]
    return [Case(tool, kind, [f"lo-nodes.{kind}", f"lo-edges.{kind}"]) for kind in ("xlsx", "ods")]


def graphviz_cases(folder):
    if shutil.which("dot") is None:
        return None
    def quoted(value):
        return '"' + str(value).replace("\\", "\\\\").replace('"', '\\"') + '"'
    lines = ["digraph {"]
    for node in NODES:
        lines.append(f"  {node['key']} [" + ", ".join(f"{name}={quoted(node[name])}" for name in ["label", "type", *ATTRIBUTES]) + "];")
    for edge in EDGES:
        lines.append(f"  {edge['from']} -> {edge['to']} [" + ", ".join(f"{k}={quoted(v)}" for k, v in edge.items() if k not in ("from", "to")) + "];")
    (folder / "in.gv").write_text("\n".join([*lines, "}"]), encoding="utf-8")
    for name, words in (("gv.dot", ["dot", "-Tdot"]), ("gv-dot.json", ["dot", "-Tdot_json"]), ("gv.json", ["dot", "-Tjson"]), ("gv.gml", ["gv2gml"])):
        (folder / name).write_text(run([*words, str(folder / "in.gv")]), encoding="utf-8")
    tool = "Graphviz " + subprocess.run(["dot", "-V"], capture_output=True, text=True, check=True).stderr.split()[4]
    texts = "types of values: all are texts"
    return [Case(tool, "DOT", ["gv.dot"], texts), Case(tool, "JSON, dot_json", ["gv-dot.json"], texts), Case(tool, "JSON, with a layout", ["gv.json"], texts),
            Case(tool, "GML, gv2gml", ["gv.gml"], "truth is a text; a backslash is written twice")]


def sqlite_cases(folder):
    if shutil.which("sqlite3") is None:
        return None
    write_csv(folder, "sq")
    base = ["sqlite3", "-cmd", f".import --csv {folder / 'sq-nodes.csv'} nodes", "-cmd", f".import --csv {folder / 'sq-edges.csv'} edges"]
    for mode, ending in (("csv", "csv"), ("markdown", "md"), ("box", "txt")):
        for part in ("nodes", "edges"):
            (folder / f"sq-{mode}-{part}.{ending}").write_text(run([*base, "-header", f"-{mode}", ":memory:", f"SELECT * FROM {part}"]), encoding="utf-8")
    tool = "sqlite3 " + run(["sqlite3", "--version"]).split()[0]
    texts = "types of values: all are texts"
    return [Case(tool, mode, [f"sq-{mode}-nodes.{ending}", f"sq-{mode}-edges.{ending}"], texts)
            for mode, ending in (("csv", "csv"), ("markdown", "md"), ("box", "txt"))]


NODE_SCRIPT = r"""
const fs = require('fs'), { nodes, edges } = JSON.parse(fs.readFileSync('graph.json'));
const version = name => JSON.parse(fs.readFileSync(process.env.NPM + '/node_modules/' + name + '/package.json')).version;
const Graph = require('graphology'), gexf = require('graphology-gexf');
const g = new Graph.MultiDirectedGraph();
for (const { key, ...rest } of nodes) g.addNode(key, rest);
for (const { from, to, ...rest } of edges) g.addEdge(from, to, rest);
fs.writeFileSync('graphology.json', JSON.stringify(g.export()));
fs.writeFileSync('graphology.gexf', gexf.write(g, {
  formatNode: (key, a) => ({ label: a.label, attributes: a }), formatEdge: (key, a) => ({ attributes: a }) }));
const cytoscape = require('cytoscape');
const cy = cytoscape({ headless: true, elements: [
  ...nodes.map(({ key, ...rest }) => ({ data: { id: key, ...rest } })),
  ...edges.map(({ from, to, ...rest }) => ({ data: { source: from, target: to, ...rest } }))] });
fs.writeFileSync('cytoscape.json', JSON.stringify(cy.json()));
const main = name => process.env.NPM + '/node_modules/' + name + '/' +
  JSON.parse(fs.readFileSync(process.env.NPM + '/node_modules/' + name + '/package.json')).module;
(async () => {
  const dsv = await import(main('d3-dsv')), force = await import(main('d3-force'));
  fs.writeFileSync('d3-nodes.csv', dsv.csvFormat(nodes.map(({ key, ...rest }) => ({ id: key, ...rest }))));
  fs.writeFileSync('d3-edges.csv', dsv.csvFormat(edges));
  const links = edges.map(({ from, to, ...rest }) => ({ source: from, target: to, ...rest }));
  const own = nodes.map(({ key, ...rest }) => ({ id: key, ...rest }));
  force.forceSimulation(own).force('link', force.forceLink(links).id(d => d.id)).stop();
  fs.writeFileSync('d3-force.json', JSON.stringify({ nodes: own, links }));
  console.log(JSON.stringify(Object.fromEntries(
    ['graphology', 'graphology-gexf', 'cytoscape', 'd3-dsv', 'd3-force'].map(n => [n, version(n)]))));
})();
"""


def npm_cases(folder, npm):
    if npm is None or shutil.which("node") is None or not (npm / "node_modules" / "graphology").is_dir():
        return None
    (folder / "graph.json").write_text(json.dumps({"nodes": NODES, "edges": EDGES}), encoding="utf-8")
    version = json.loads(run(["node", "-e", NODE_SCRIPT], cwd=folder,
                             env={**os.environ, "NODE_PATH": str(npm / "node_modules"), "NPM": str(npm)}))
    return [Case(f"graphology {version['graphology']}", "JSON", ["graphology.json"]),
            Case(f"graphology-gexf {version['graphology-gexf']}", "GEXF", ["graphology.gexf"]),
            Case(f"Cytoscape.js {version['cytoscape']}", "JSON", ["cytoscape.json"]),
            Case(f"d3-dsv {version['d3-dsv']}", "CSV", ["d3-nodes.csv", "d3-edges.csv"], "types of values: all are texts"),
            Case(f"d3-force {version['d3-force']}", "JSON, nodes and links", ["d3-force.json"])]


def imported(program, folder, case):
    database = folder / "x.db"
    database.unlink(missing_ok=True)
    words = [program, "--db", str(database), "import", *case.files, "--node-type", "firm", "--edge-type", "supplies", *case.options]
    done = subprocess.run(words, cwd=folder, capture_output=True, text=True, check=False, timeout=300)
    if done.returncode != 0:
        return None, done.stderr
    text = run([program, "--db", str(database), "export", "--to", "jsonl"])
    return [json.loads(line) for line in text.splitlines()], done.stderr


def same(wanted, got):
    """Equal, whatever type a format without types gives it; and whether the type is right, too."""
    if wanted == got and isinstance(wanted, bool) == isinstance(got, bool):
        return True, True
    if isinstance(wanted, bool):
        return str(got).lower() in ((str(wanted)).lower(), str(int(wanted)), f"{int(wanted)}.0"), False
    try:
        return float(got) == float(wanted) and not isinstance(got, bool), False
    except (TypeError, ValueError):
        return str(got) == str(wanted), False


def weight_of(edge):
    value = edge.get("attributes", {}).get("weight", edge.get("attributes", {}).get("Weight"))
    try:
        return float(value)
    except (TypeError, ValueError):
        return None


def measure(records, case):
    nodes = [record["node"] for record in records if "node" in record]
    edges = [record["edge"] for record in records if "edge" in record]
    def name_of(node):
        names = {*(label.replace("\\\\", "\\") for label in node.get("labels", {}).values()), node["id"], *node.get("codes", {}).values(), *node.get("aliases", [])}
        return next((one["key"] for one in NODES if ({one["key"]} if case.keys else {one["label"]}) & names), None)
    key_of = {node["id"]: name_of(node) for node in nodes}
    by_key = {key_of[node["id"]]: node for node in nodes if key_of[node["id"]]}
    counts = {column: [0, 0] for column in COLUMNS}
    typed = True
    def count(column, is_right):
        counts[column][0] += bool(is_right)
        counts[column][1] += 1
    isolated = 4 if "nodes without edges" in case.left_out else 5
    for wanted in NODES[:isolated]:
        node = by_key.get(wanted["key"])
        count("nodes", node and sum(key == wanted["key"] for key in key_of.values()) == 1)
        count("labels", node and wanted["label"] in [node["id"], *node.get("labels", {}).values()])
        has_data = "data of nodes" not in case.left_out and "all but" not in case.left_out and "all data" not in case.left_out
        if not has_data:
            continue
        count("types", node and node["type"] == wanted["type"])
        for name in ATTRIBUTES:
            is_same, is_typed = same(wanted[name], (node or {}).get("attributes", {}).get(name))
            typed = typed and is_typed
            count("attributes", is_same)
    left = list(edges)
    for wanted in [edge for edge in EDGES if case.edges == len(EDGES) or edge is not EDGES[1]]:
        fits = [edge for edge in left if key_of.get(edge["from"]) == wanted["from"] and key_of.get(edge["to"]) == wanted["to"]]
        fits.sort(key=lambda edge: (edge["type"] != wanted["type"], weight_of(edge) != wanted["weight"]))
        edge = fits[0] if fits else None
        if edge:
            left.remove(edge)
        count("edges", edge)
        count("types", edge and edge["type"] == wanted["type"])
        for name in ("since", "until"):
            count("dates", edge and edge.get(name) == wanted[name])
        values = {**(edge or {}).get("attributes", {}), "share": (edge or {}).get("share")}
        for name in ("weight", "share"):
            if name == "share" and "weights" in case.left_out:
                continue
            is_same, is_typed = same(wanted[name], values.get(name, values.get(name.capitalize())))
            typed = typed and is_typed
            count("attributes", is_same)
    counts["nodes"][1] += max(0, len(nodes) - isolated)
    counts["edges"][1] += len(left)
    cells = []
    for column in COLUMNS:
        right, all_ = counts[column]
        cell = "all" if right == all_ else f"{right} of {all_}"
        if column not in case.writes.split():
            cell = "–"
        elif column == "attributes" and not typed and right == all_:
            cell = "all, as texts" if "all are texts" in case.left_out else "all, truth untyped"
        cells.append(cell)
    return cells


def table_of(rows):
    lines = ["| written by | format | " + " | ".join(COLUMNS) + " | the file leaves out |", "|---" * (len(COLUMNS) + 3) + "|"]
    return "\n".join([*lines, *("| " + " | ".join(row) + " |" for row in rows)]) + "\n"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--program", required=True)
    parser.add_argument("--npm", type=pathlib.Path)
    parser.add_argument("--write", type=pathlib.Path)
    parser.add_argument("--keep", type=pathlib.Path)
    arguments = parser.parse_args()
    program = str(pathlib.Path(arguments.program).resolve())
    with tempfile.TemporaryDirectory() as temporary:
        folder = pathlib.Path(temporary)
        found = {"networkx": networkx_cases(folder), "igraph": igraph_cases(folder), "R with igraph": r_cases(folder),
                 "pandas with openpyxl": pandas_cases(folder), "LibreOffice": libreoffice_cases(folder),
                 "Graphviz": graphviz_cases(folder), "sqlite3": sqlite_cases(folder),
                 "graphology, cytoscape, d3 (--npm)": npm_cases(folder, arguments.npm and arguments.npm.resolve())}
        for tool, cases in found.items():
            if cases is None:
                print(f"not here, passed over: {tool}")
        rows = []
        for case in (case for cases in found.values() for case in cases or []):
            records, told = imported(program, folder, case)
            if records is None:
                rows.append([case.tool, case.format, *["refused"] * len(COLUMNS), case.left_out])
                print(f"{case.tool}, {case.format}: refused\n{told}")
            else:
                rows.append([case.tool, case.format, *measure(records, case), case.left_out])
        if arguments.keep:
            shutil.copytree(folder, arguments.keep, dirs_exist_ok=True)
    page = arguments.write or ROOT / "data" / "FORMATS.md"
    text = page.read_text(encoding="utf-8")
    begin, end = text.index(BEGIN) + len(BEGIN), text.index(END)
    if arguments.write:
        page.write_text(text[:begin] + "\n" + table_of(rows) + text[end:], encoding="utf-8")
        print(f"{len(rows)} rows written")
        return 0
    # A row of another version of a tool is compared with that of the one in the table.
    def kept(row):
        return " ".join(word for word in row[0].split() if not word.rstrip(",")[0].isdigit()) + "|" + "|".join(row[1:])
    known = {kept([cell.strip() for cell in line.strip("|").split("|")]) for line in text[begin:end].splitlines() if line.startswith("| ")}
    wrong = [row for row in rows if kept(row) not in known]
    for row in wrong:
        print("not in the table: " + " | ".join(row))
    print(f"{len(rows)} files of real tools, {len(wrong)} kept otherwise than the table says")
    return 1 if wrong or not rows else 0


if __name__ == "__main__":
    sys.exit(main())
