#!/usr/bin/env python3
"""Whatever an importer accepts can be read again: shown, exported, imported from the export, and is then the same.

usage: import_round_trip_test.py --program build/dev/bin/chokepoint [--cases 60] [--seed 1]

Makes tables, GraphML, GEXF and JSON files at random, most of them odd: columns twice and in other spellings, names of
fields that belong elsewhere, numbers that no machine holds, texts of every script. Refusing is fine, with an exit code
that says so; accepting a record that no command can read, or that comes back otherwise, is not.
"""
import argparse
import collections
import csv
import io
import json
import os
import pathlib
import random
import re
import subprocess
import sys
import tempfile
from xml.sax.saxutils import escape, quoteattr

PROGRAM = ""
NODE_COLUMNS = ["id", "ID", ":ID", "type", "kind", "label", "Label", "label_en", "label.zh", "label_xx yy", "name", "aliases",
                "codes.lei", "codes_lei", "description", "since", "until", "start", "end", "sources", "source", "locator",
                "attributes.n", "n", "N", "attributes.n:double", "size", "x:long", "x", "metric_a", "", " ", "品", "class", "é"]
EDGE_COLUMNS = ["id", "from", "to", "source", "target", "src", "dst", "type", "kind", "share", "Share", "share:double",
                "amount", "unit", "performance", "as_of", "bound", "status", "significance", "confidence", "since", "until",
                "group", "k", "item", "market", "origin", "locator", "sources", "weight", "attributes.role", "attributes.w",
                "w", "w:long", "weight:double", "mode", "role", "", "Interval"]
VALUES = ["", "", "", "1", "2", "0.2", "0.30000000000000004", "9007199254740993", "12345678901234567890123", "1e400", "NaN",
          "-0", "1e-320", "0x10", "007", ".5", "inf", "true", "False", "2024", "2024-02", "2024-02-30", "2024-02-29", "reported",
          "planned", "about", "minor", "a", "b", "s", "s: here; s", "é", "中文", "\u202e", "a;b", "a,b", 'say "hi"', "line\nbreak",
          "tab\there", "\x7f", "x" * 300, "supplies", "firm", "all", "{}", "[1]", "null"]
# What a field can hold; most values are drawn from here, so that most files are taken in.
PLAUSIBLE = {"since": ["2024", "2024-02"], "until": ["2025", "2025-03-01"], "start": ["2024"], "end": ["2025"], "as_of": ["2024"],
             "share": ["0.2", "0.30000000000000004", "1", ">0.2", "~20%", "0.1-0.2"], "amount": ["1", ">5", "1–2", "9007199254740993", "1e-320", "-0"],
             "performance": ["0.5"], "confidence": ["0.7"], "status": ["reported", "planned"], "bound": ["about"],
             "significance": ["minor"], "type": ["", "Directed"], "kind": [""], ":label": [""], "item": [""], "market": [""],
             "origin": [""], "group": ["g"], "k": [""], "sources": ["s", "s: here; s", ""], "source": ["s"], "id": ["", "7"],
             "codes.lei": ["L1"], "attributes.role": ["", "seat"], "label.zh": ["中文"]}
TYPES = ["string", "string", "double", "long", "int", "float", "boolean"]


def call(folder, *words):
    env = {key: value for key, value in os.environ.items() if not key.startswith("CHOKEPOINT_")}
    return subprocess.run([PROGRAM, *words], cwd=folder, stdin=subprocess.DEVNULL, capture_output=True, timeout=120,
                          env={**env, "LC_ALL": "C"}, check=False)


def value_for(rng, column):
    field = column.lower().removeprefix("attributes.") if column.lower() not in PLAUSIBLE else column.lower()
    field = field.rsplit(":", 1)[0] if ":" in field[1:] else field
    return rng.choice(PLAUSIBLE[field]) if field in PLAUSIBLE and rng.random() < 0.95 else rng.choice(VALUES)


def table(rng, columns, needed, rows):
    names = needed + rng.sample(columns, rng.randrange(0, 5))
    rng.shuffle(names)
    out = io.StringIO()
    writer = csv.writer(out, delimiter=rng.choice(",;\t"), lineterminator=rng.choice(["\n", "\r\n"]))
    writer.writerow(names)
    for row in rows:
        writer.writerow([row[name] if name in row else value_for(rng, name) for name in names])
    return out.getvalue()


def make_csv(rng, folder):
    (folder / "n.csv").write_text(table(rng, NODE_COLUMNS, ["id"], [{"id": id} for id in "abc"]), encoding="utf-8")
    (folder / "e.csv").write_text(table(rng, EDGE_COLUMNS, ["from", "to"], [{"from": "a", "to": "b"}, {"from": "b", "to": "c"}]),
                                  encoding="utf-8")
    return ["n.csv", "e.csv", "--from", "csv", "--node-type", "firm", "--edge-type", "supplies", "--source", "s",
            "--source-title", "S"]


def xml_text(text):
    return escape("".join(c for c in text if c in "\t\n" or c >= " "))


def xml_attribute(text):
    return quoteattr("".join(c for c in text if c >= " "))


def make_graphml(rng, folder):
    keys = [(f"k{i}", rng.choice(["node", "edge", "all", "node", "edge"]),
             rng.choice(NODE_COLUMNS if rng.random() < 0.5 else GRAPH_EDGE_KEYS), rng.choice(TYPES),
             rng.choice(VALUES) if rng.random() < 0.2 else None) for i in range(rng.randrange(0, 6))]
    text = '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">'
    for key, domain, name, kind, default in keys:
        text += f'<key id="{key}" for="{domain}" attr.name={xml_attribute(name)} attr.type="{kind}">'
        text += "" if default is None else f"<default>{xml_text(default)}</default>"
        text += "</key>"

    def data(domain):
        chosen = [key for key in keys if key[1] in (domain, "all") and rng.random() < 0.7]
        if chosen and rng.random() < 0.1:
            chosen.append(chosen[0])
        return "".join(f'<data key="{key[0]}">{xml_text(value_for(rng, key[2]))}</data>' for key in chosen)

    text += '<graph edgedefault="directed">'
    text += "".join(f'<node id="{id}">{data("node")}</node>' for id in "abc")
    text += "".join(f'<edge source="{a}" target="{b}">{data("edge")}</edge>' for a, b in ("ab", "bc"))
    (folder / "g.graphml").write_text(text + "</graph></graphml>", encoding="utf-8")
    return ["g.graphml", "--from", "graphml", "--node-type", "firm", "--edge-type", "supplies", "--source", "s", "--source-title",
            "S"]


def make_gexf(rng, folder):
    declared = {kind: [(str(i), rng.choice(NODE_COLUMNS if kind == "node" else GRAPH_EDGE_KEYS), rng.choice(TYPES))
                       for i in range(rng.randrange(0, 5))] for kind in ("node", "edge")}
    text = '<gexf xmlns="http://gexf.net/1.3" version="1.3"><graph defaultedgetype="directed">'
    for kind, attributes in declared.items():
        text += f'<attributes class="{kind}">' + "".join(
            f'<attribute id="{id}" title={xml_attribute(name)} type="{type_}"/>' for id, name, type_ in attributes) + "</attributes>"

    def values(kind):
        return "<attvalues>" + "".join(f'<attvalue for="{id}" value={xml_attribute(value_for(rng, name))}/>'
                                       for id, name, _ in declared[kind] if rng.random() < 0.7) + "</attvalues>"

    text += "<nodes>" + "".join(f'<node id="{id}" label={xml_attribute(rng.choice(VALUES))}>{values("node")}</node>' for id in "abc")
    text += "</nodes><edges>" + "".join(f'<edge id="{i}" source="{a}" target="{b}">{values("edge")}</edge>'
                                        for i, (a, b) in enumerate(("ab", "bc")))
    (folder / "g.gexf").write_text(text + "</edges></graph></gexf>", encoding="utf-8")
    return ["g.gexf", "--from", "gexf", "--node-type", "firm", "--edge-type", "supplies", "--source", "s", "--source-title", "S"]


def raw_number(text):
    """Written into JSON as it stands."""
    return f"@raw {text}@"


def json_value(rng):
    return rng.choice([raw_number("9007199254740993"), raw_number("12345678901234567890123"), raw_number("0.2"),
                       raw_number("0.1000000000000000055511151231257827"), raw_number("1e-320"), raw_number("-0.0"), raw_number("1.50"),
                       True, None, [1, "a"], {"b": 1, "a": {}}, "text", "中文", "", "\u202e\u0007"])


def make_json(rng, folder):
    def record(fixed, optional):
        out = dict(fixed)
        for key in rng.sample(sorted(optional), rng.randrange(0, 4)):
            out[key] = optional[key]()
        out["sources"] = [{"source": "s", **({"locator": word()} if rng.random() < 0.4 else {})}]
        return out

    def attributes():
        return {rng.choice(["n", "role", "note", "中", "", "replaces", "a.b"]): json_value(rng) for _ in range(3)}

    def word():
        return rng.choice(VALUES[3:])

    def date():
        return rng.choice(["2024", "2024-02", "2024-02-29"])

    nodes = [record({"id": id, "type": "firm"},
                    {"labels": lambda: {rng.choice(["en", "zh", "de-AT"]): word()}, "aliases": lambda: [word(), word()],
                     "codes": lambda: {word(): word()}, "description": word, "since": date,
                     "attributes": attributes}) for id in "abc"]
    edges = [record({"type": rng.choice(["supplies", "owns"]), "from": a, "to": b},
                    {"id": lambda: rng.choice(["e1", "17", word()]), "share": lambda: raw_number(rng.choice(["0.2", "0.1000000000000000055"])),
                     "amount": lambda: raw_number(rng.choice(["9007199254740993", "1e-320", "12345678901234567890123"])),
                     "unit": word, "as_of": date,
                     "performance": lambda: raw_number("0.2"), "confidence": lambda: raw_number("0.7"), "group": word,
                     "since": date, "status": lambda: rng.choice(["planned", "reported", word()]),
                     "attributes": attributes}) for a, b in ("ab", "bc")]
    figures = [record({"subject": "a", "indicator": rng.choice(["investment", "rank", "odd"]), "value": rng.choice([raw_number("9007199254740993"), raw_number("0.2"), raw_number("-0.0"), word()])},
                      {"unit": word, "as_of": date, "bound": lambda: rng.choice(["about", word()]), "attributes": attributes})]
    data = {"dataset": {"id": "d"}, "sources": [{"id": "s", "title": "S", "attributes": attributes()}], "nodes": nodes,
            "edges": edges, "observations": figures if rng.random() < 0.5 else []}
    text = re.sub('"@raw ([^"@]*)@"', r"\1", json.dumps(data, ensure_ascii=False))
    (folder / "d.json").write_text(text, encoding="utf-8")
    return ["d.json"]


def make_gephi_lite(rng, folder):
    fields = {kind: rng.sample(names, rng.randrange(0, 5)) for kind, names in (("node", NODE_COLUMNS), ("edge", GRAPH_EDGE_KEYS))}

    def data(kind):
        return {name: json_value(rng) if rng.random() < 0.2 else value_for(rng, name) for name in fields[kind] if rng.random() < 0.8}

    def models(kind):
        return [{"id": name, "itemType": kind + "s", **rng.choice([{"type": "text"}, {"type": "color"}, {"type": "number"},
                                                                   {"type": "keywords", "separator": rng.choice([",", " ", ";"])}])}
                for name in fields[kind] if rng.random() < 0.8]

    edges = [{"key": f"e{i}", "source": a, "target": b, **({"undirected": True} if rng.random() < 0.2 else {})}
             for i, (a, b) in enumerate(("ab", "bc"))]
    graph = {"nodeData": {id: data("node") for id in "abc" if rng.random() < 0.9},
             "edgeData": {edge["key"]: data("edge") for edge in edges if rng.random() < 0.9},
             "layout": {id: {"x": 1, "y": rng.random()} for id in "abc"}, "metadata": {"title": "t"},
             "nodeFields": models("node"), "edgeFields": models("edge"),
             "fullGraph": {"options": {"type": rng.choice(["mixed", "directed", "undirected"]), "multi": True},
                           "attributes": {}, "nodes": [{"key": id} for id in "abc"], "edges": edges}}
    workspace = {"type": "gephi-lite", "version": "1.0.0", "graphDataset": graph, "filters": {"filters": []}, "appearance": {}}
    text = re.sub('"@raw ([^"@]*)@"', r"\1", json.dumps(workspace, ensure_ascii=False))
    (folder / "g.json").write_text(text, encoding="utf-8")
    return ["g.json", "--node-type", "firm", "--edge-type", "supplies", "--source", "s", "--source-title", "S"]


def make_text_table(rng, folder):
    """Markdown, or as psql, mysql and sqlite3 draw a table."""
    names = ["from", "to"] + rng.sample(EDGE_COLUMNS[7:], rng.randrange(0, 5))
    rows = [names] + [["ab"[i], "bc"[i]] + [value_for(rng, name) for name in names[2:]] for i in range(2)]
    style = rng.choice(["markdown", "psql", "box"])
    rows = [[" ".join(cell.split("\n")).replace("|", "\\|") for cell in row] for row in rows]
    if style == "box":
        edge = "+" + "+".join("-" * 8 for _ in names) + "+\n"
        text = edge + "".join(f"| {' | '.join(row)} |\n" + (edge if i == 0 else "") for i, row in enumerate(rows)) + edge
    elif style == "psql":
        text = "".join(f" {' | '.join(row)}\n" + ("+".join("-" * 8 for _ in names) + "\n" if i == 0 else "")
                       for i, row in enumerate(rows)) + "(2 rows)\n"
    else:
        text = "# Edges\n\n" + "".join(f"| {' | '.join(row)} |\n" + ("|" + "---|" * len(names) + "\n" if i == 0 else "")
                                       for i, row in enumerate(rows))
    (folder / "t.md").write_text(text, encoding="utf-8")
    return ["t.md", "--from", "text-table", "--node-type", "firm", "--edge-type", "supplies", "--source", "s", "--source-title", "S"]


def make_column_json(rng, folder):
    names = ["source", "target"] + rng.sample(EDGE_COLUMNS[7:], rng.randrange(0, 5))
    rows = [["ab"[i], "bc"[i]] + [json_value(rng) if rng.random() < 0.2 else value_for(rng, name) for name in names[2:]] for i in range(2)]
    index = rng.choice([["0", "1"], ["x", "y"]])
    if rng.random() < 0.5:
        data = {name: {index[i]: rows[i][column] for i in range(2)} for column, name in enumerate(names)}
    else:
        data = {"columns": names, "index": [0, 1] if index[0] == "0" else index, "data": rows}
    text = re.sub('"@raw ([^"@]*)@"', r"\1", json.dumps(data, ensure_ascii=False))
    (folder / "d.json").write_text(text, encoding="utf-8")
    return ["d.json", "--node-type", "firm", "--edge-type", "supplies", "--source", "s", "--source-title", "S"]


def make_sparql(rng, folder):
    names = ["from", "to"] + [name.replace(":", "") for name in rng.sample(EDGE_COLUMNS[7:], rng.randrange(0, 4)) if name]
    bindings = [{name: {"type": "literal", "value": "abbc"[2 * i + column] if column < 2 else value_for(rng, name)}
                 for column, name in enumerate(names)} for i in range(2)]
    (folder / "q.json").write_text(json.dumps({"head": {"vars": names}, "results": {"bindings": bindings}}, ensure_ascii=False),
                                   encoding="utf-8")
    return ["q.json", "--node-type", "firm", "--edge-type", "supplies", "--source", "s", "--source-title", "S"]


def make_packages(rng, folder):
    def word():
        return rng.choice(VALUES[3:])
    if rng.random() < 0.5:
        data = {"name": word(), "version": "1", "dependencies": {
            name: {"version": word(), "resolved": word(), "dependencies": {"c": {"version": word()}}} for name in "ab"}}
    else:
        data = [{"package": {"key": name, "package_name": word(), "installed_version": word()},
                 "dependencies": [{"key": "c", "package_name": "c", "installed_version": "1", "required_version": word()}]} for name in "ab"]
    (folder / "p.json").write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    return ["p.json", "--node-type", "product", "--source", "s", "--source-title", "S"]


def make_lines(rng, folder):
    """TGF, SIF, DIMACS, METIS, rows of neighbours or Maltego's CSV."""
    def word():
        return re.sub(r"\s+", "_", rng.choice(VALUES[3:])) or "x"
    name, text = rng.choice([
        ("g.tgf", f"a {word()}\nb\nc {word()}\n#\na b {word()}\nb c\n"),
        ("g.sif", f"a\t{word()}\tb\t{word()}\n{word()}\n"),
        ("g.dimacs", f"c {word()}\np sp 3 2\na 1 2 {rng.choice(['1', '0.5', '1e400', word()])}\na 2 3 4\n"),
        ("n.csv", f"a,{word()},c\n{word()},a\nc\nd,a,c,{word()}\n"),
        ("m.csv", "maltego.Company,Name,Kind\nEntityID,title,kind\n1,a," + word() + "\n2," + word() + ",\n\nMaltego Link,From,To,Label\n"
                  "LinkID,SourceEntityID,TargetEntityID,maltego.link.manual.type\n7,1,2," + word() + "\n"),
        ("g.graph", f"3 2 011\n{rng.randrange(9)} 2 7\n4 1 7 3 2\n{rng.choice(['5', '1e-320', word()])} 2 2\n")])
    (folder / name).write_text(text, encoding="utf-8")
    return [name, "--node-type", "firm", "--edge-type", "supplies", "--source", "s", "--source-title", "S"]


def make_bods(rng, folder):
    """Statements of the Beneficial Ownership Data Standard, as versions 0.1 to 0.3 and 0.4 have them."""
    def word():
        return rng.choice(VALUES[3:])

    def share():
        return rng.choice([{"exact": rng.choice([25, 0.5, 101])}, {"minimum": 25, "maximum": 50}, {"exclusiveMinimum": 75}, {}, word()])
    interests = [{"type": rng.choice(["shareholding", "voting-rights", word()]), "share": share(),
                  **({"startDate": word(), "endDate": word()} if rng.random() < 0.4 else {})} for _ in range(rng.randrange(3))]
    if rng.random() < 0.5:
        data = [{"statementID": "e", "statementType": "entityStatement", "name": word(), "foundingDate": word()},
                {"statementID": "p", "statementType": "personStatement", "names": [{"fullName": word()}]},
                {"statementID": "o", "statementType": "ownershipOrControlStatement", "interests": interests,
                 "subject": {"describedByEntityStatement": "e"}, "interestedParty": {"describedByPersonStatement": "p"}}]
    else:
        data = [{"statementId": "1", "recordId": "e", "recordType": "entity", "recordDetails": {"name": word()}},
                {"statementId": "2", "recordId": "p", "recordType": "person", "recordDetails": {"names": [{"fullName": word()}]}},
                {"statementId": "3", "recordId": "r", "recordType": "relationship",
                 "recordDetails": {"subject": "e", "interestedParty": "p", "interests": interests}}]
    (folder / "b.json").write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    return ["b.json", "--from", "bods", "--source", "s", "--source-title", "S"]


def make_drawio(rng, folder):
    out = io.StringIO()
    label = rng.choice(["", ', "label": "owned"', ', "invert": true'])
    out.write(f'# label: %name%\n# connect: {{"from": "supplies", "to": "id"{label}}}\n')
    writer = csv.writer(out)
    writer.writerow(["id", "name", "supplies", "note"])
    for id, to in (("a", "b,c"), ("b", rng.choice(["c", "", "nobody"])), ("c", "")):
        writer.writerow([id, rng.choice(VALUES[3:]), to, rng.choice(VALUES)])
    (folder / "d.csv").write_text(out.getvalue(), encoding="utf-8")
    return ["d.csv", "--from", "drawio-csv", "--node-type", "firm", "--edge-type", "supplies", "--source", "s", "--source-title", "S"]


# What an element of a graph file says of its ends itself.
ENDS = {"from", "to", "source", "target", "src", "dst"}
GRAPH_EDGE_KEYS = [name for name in EDGE_COLUMNS if name not in ENDS] + ["src"]
MAKERS = {"csv": make_csv, "graphml": make_graphml, "gexf": make_gexf, "json": make_json,
          "gephi-lite": make_gephi_lite, "text-table": make_text_table, "json-columns": make_column_json,
          "sparql-json": make_sparql, "packages": make_packages, "lines": make_lines, "bods": make_bods,
          "drawio-csv": make_drawio}


def why_wrong(folder, words):
    """None where the file was refused properly; else what went wrong, "" for nothing."""
    call(folder, "--quiet", "init", "x.db")
    done = call(folder, "--db", "x.db", "import", *words)
    if done.returncode in (2, 3):
        lines = done.stderr.decode().splitlines()
        return None if lines and all(len(line) <= 2000 for line in lines) else f"refused without a clean word: {lines[:3]}"
    if done.returncode != 0:
        return f"import: exit {done.returncode}: {done.stderr[:300]}"
    first = call(folder, "--db", "x.db", "export", "--to", "json")
    if first.returncode != 0:
        return f"export: exit {first.returncode}: {first.stderr[:300]}"
    for node in [node["id"] for node in json.loads(first.stdout)["nodes"]][:2]:
        shown = call(folder, "--db", "x.db", "show", node, "--json")
        if shown.returncode != 0:
            return f"show {node}: exit {shown.returncode}: {shown.stderr[:300]}"
        json.loads(shown.stdout)
    (folder / "again.json").write_bytes(first.stdout)
    call(folder, "--quiet", "init", "y.db")
    again = call(folder, "--db", "y.db", "import", "again.json")
    if again.returncode != 0:
        return f"import of the export: exit {again.returncode}: {again.stderr[:300]}"
    second = call(folder, "--db", "y.db", "export", "--to", "json")
    return "" if second.stdout == first.stdout else "the export of its own import differs"


def main():
    global PROGRAM
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", required=True)
    parser.add_argument("--cases", type=int, default=60, help="of each kind")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", help="a folder for the files of cases that went wrong")
    arguments = parser.parse_args()
    PROGRAM = str(pathlib.Path(arguments.program).resolve())
    tally = collections.Counter()
    for kind, make in MAKERS.items():
        for number in range(arguments.cases):
            rng = random.Random(f"{arguments.seed} {kind} {number}")
            with tempfile.TemporaryDirectory() as name:
                folder = pathlib.Path(name)
                wrong = why_wrong(folder, make(rng, folder))
                tally[kind, "refused" if wrong is None else "kept" if wrong == "" else "WRONG"] += 1
                if wrong:
                    print(f"{kind} {number}: {wrong}")
                    if arguments.keep:
                        target = pathlib.Path(arguments.keep) / f"{kind}{number}"
                        subprocess.run(["cp", "-r", name, str(target)], check=True)
    for (kind, what), count in sorted(tally.items()):
        print(f"{kind}: {what} {count}")
    # A test that refuses everything would prove nothing.
    for kind in MAKERS:
        if tally[kind, "kept"] * 10 < arguments.cases:
            sys.exit(f"{kind}: only {tally[kind, 'kept']} of {arguments.cases} were accepted")
    sys.exit(any(what == "WRONG" for _, what in tally))


if __name__ == "__main__":
    main()
