#!/usr/bin/env python3
"""What `export` writes and `import` reads comes back as it was, in every format, or the export says what stays behind.

usage: export_round_trip_test.py --program build/dev/bin/chokepoint [--cases 6] [--seed 1]

The curated data, all of them at once, then small datasets at random whose texts hold whatever separates something in some
format, go out in each format and come back into a new database. The databases are compared table by table: nodes, labels,
aliases, codes, edges, attributes with their types, dates, citations with what was read; figures and sources where the format
says that it keeps them.
"""
import argparse
import json
import pathlib
import random
import sqlite3
import subprocess
import sys
import tempfile

PROGRAM = ""
# What to export and, for what is left behind, the words that standard error must have.
FORMATS = {
    "json": [("--to json", "x.json")],
    "jsonl": [("--to jsonl", "x.jsonl")],
    "xlsx": [("--to xlsx", "x.xlsx")],
    "gephi": [("--to gephi-nodes", "n.csv"), ("--to gephi-edges", "e.csv")],
    "neo4j": [("--to neo4j-nodes", "n.csv"), ("--to neo4j-edges", "e.csv")],
    "graphml": [("--to graphml", "x.graphml")],
    "graphml strict": [("--to graphml --dialect strict", "x.graphml")],
    "graphml yed": [("--to graphml --dialect yed", "x.graphml")],
    "graphml cytoscape": [("--to graphml --dialect cytoscape", "x.graphml")],
    "gexf": [("--to gexf", "x.gexf")],
    "gexf 1.2": [("--to gexf --gexf-version 1.2", "x.gexf")],
    "gexf figures": [("--to gexf --figures", "x.gexf")],
}
WHOLE = {"json", "jsonl"}
KEEPS_FIGURES = WHOLE | {"xlsx"}
CITATIONS = """SELECT c.kind, CASE c.kind WHEN 'node' THEN n.id WHEN 'edge' THEN coalesce(e.name, printf('%016x', e.hash))
ELSE coalesce(o.name, printf('%016x', o.hash)) END, s.id, c.locator, c.read FROM citations c JOIN source s ON s.key = c.source LEFT JOIN node n ON c.kind = 'node' AND n.key = c.record
LEFT JOIN edge e ON c.kind = 'edge' AND e.key = c.record
LEFT JOIN observation o ON c.kind = 'observation' AND o.key = c.record"""
TABLES = {
    "nodes": "SELECT id, type, description, since, until, attributes FROM nodes",
    "names": "SELECT n.id, a.kind, a.tag, a.name FROM alias a JOIN node n ON n.key = a.node",
    "edges": """SELECT id, "from", type, "to", item, market, origin, share, amount, unit, performance, as_of, bound, status,
                significance, confidence, since, until, "group", k, attributes FROM edges""",
    "citations": CITATIONS,
}
FIGURES = {
    "figures": """SELECT id, subject, indicator, value, typeof(value), value_high, unit, item, market, relative_to, as_of, since,
                  until, bound, status, confidence, attributes FROM figures""",
    "sources": "SELECT id, title, publisher, date, language, url, license, attributes FROM source WHERE key IN (SELECT source FROM citations)",
}
# Whatever separates, opens, closes or escapes something in some format.
ODD = ["§1; Figure 7: Wind", "a: b; FAQ: c", "back\\slash", "\\; x", "[read: no]", "x]", " blanks ", ";", "; ", ":", "\\", "true",
       "1.50", "2024", "null", "[1]", "{}", "=1+1", "'quoted'", "\"quoted\"", "line\nbreak", "tab\there", "<a&b>", "中文；顿号", "_x0041_",
       "plain", "cr\rhere", "-", "n/a", "x, y", "a|b", "#1"]


def call(folder, *words):
    done = subprocess.run([PROGRAM, *words], cwd=folder, stdin=subprocess.DEVNULL, capture_output=True, timeout=300,
                          env={"PATH": "/usr/bin:/bin", "HOME": str(folder), "LC_ALL": "C"}, check=False)
    return done.returncode, done.stderr.decode()


def contents(database, tables):
    connection = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
    found = {}
    for name, query in tables.items():
        found[name] = sorted(connection.execute(query), key=repr)
    connection.close()
    return found


def difference(before, after):
    """The first records that differ, a line each."""
    lines = []
    for name, rows in before.items():
        left, right = set(rows) - set(after[name]), set(after[name]) - set(rows)
        if left or right or len(rows) != len(after[name]):
            lines.append(f"{name}: {len(rows)} went out, {len(after[name])} came back, {len(left)} lost, {len(right)} invented")
            lines += [f"  - {row}" for row in sorted(left, key=repr)[:3]] + [f"  + {row}" for row in sorted(right, key=repr)[:3]]
    return lines


def export_and_import(folder, source, name, part=None):
    """What went wrong and what the export said, for the database `source`, or a part of it, in one format; what came back of a
    part is not compared."""
    said, files = [], []
    for options, file in FORMATS[name]:
        (folder / file).unlink(missing_ok=True)
        code, stderr = call(folder, "--db", source, "export", *options.split(), *(part or "").split(), "-o", file)
        said.append(stderr)
        files.append(file)
        if code != 0:
            return [f"export: exit {code}: {stderr[:400]}"], "".join(said)
    for old in folder.glob("back.db*"):
        old.unlink()
    call(folder, "--quiet", "init", "back.db")
    code, stderr = call(folder, "--db", "back.db", "import", *files)
    if code != 0:
        return [f"import: exit {code}: {stderr[:1000]}"], "".join(said)
    if part is not None:
        return [], "".join(said)
    tables = {**TABLES, **(FIGURES if name in KEEPS_FIGURES else {})}
    tables = {key: (query if name in KEEPS_FIGURES or key != "citations" else query + " WHERE c.kind <> 'observation'")
              for key, query in tables.items()}
    if name == "gexf figures":
        tables["citations"] = CITATIONS + " WHERE c.kind <> 'observation'"
    return difference(contents(folder / source, tables), contents(folder / "back.db", tables)), "".join(said)


def judge_curated(folder):
    problems = []
    call(folder, "export", "-o", "all.json")
    call(folder, "--quiet", "init", "all.db")
    code, stderr = call(folder, "--db", "all.db", "import", "all.json")
    if code != 0:
        return [f"curated: {stderr[:500]}"]
    for name in FORMATS:
        wrong, said = export_and_import(folder, "all.db", name)
        problems += [f"curated, {name}: {line}" for line in wrong]
        for words in left_words(name):
            if words not in said:
                problems.append(f"curated, {name}: standard error does not say \"{words}\": {said[:400]}")
    return problems


PARTS = ["--dataset ai-race", "--dataset ai-hardware", "--type chip --type country", "--around nvidia", "--around euv-scanner --depth 2",
         "--as-of 2024-06"]


def judge_parts(folder):
    """A part that was written can be read back, whatever its edges and figures name; its edges are those of the JSON file."""
    problems = []
    for part in PARTS:
        (folder / "part.json").unlink(missing_ok=True)
        code, stderr = call(folder, "--db", "all.db", "export", *part.split(), "-o", "part.json")
        call(folder, "--quiet", "init", "part.db")
        code, stderr = call(folder, "--db", "part.db", "import", "part.json") if code == 0 else (code, stderr)
        if code != 0:
            problems.append(f"{part}, json: {stderr[:500]}")
        before = contents(folder / "part.db", {**TABLES, **FIGURES})
        for name in ("xlsx", "gephi", "neo4j", "graphml", "gexf", "gexf figures"):
            wrong, _ = export_and_import(folder, "all.db", name, part)
            if not wrong:
                after = contents(folder / "back.db", {**TABLES, **FIGURES})
                whole = ["edges"] + (["figures"] if name == "xlsx" else [])
                wrong += difference({key: before[key] for key in whole}, after)
                invented = {row[0] for row in after["nodes"]} - {row[0] for row in before["nodes"]}
                wrong += [f"nodes invented: {sorted(invented)[:5]}"] if invented else []
            problems += [f"{part}, {name}: {line}" for line in wrong]
        for old in folder.glob("part.db*"):
            old.unlink()
    return problems


def said_of_names(folder):
    """Names that a format has no place for are told."""
    nodes = [{"id": "a", "type": "firm", "sources": [{"source": "s"}], "attributes": {"Note": 1, "note": "x"}}]
    data = {"dataset": {"id": "d"}, "sources": [{"id": "s", "title": "S"}, {"id": "t", "title": "T"}], "nodes": nodes}
    (folder / "d.json").write_text(json.dumps(data), encoding="utf-8")
    call(folder, "--quiet", "init", "names.db")
    call(folder, "--db", "names.db", "import", "d.json")
    problems = []
    for name in FORMATS:
        wrong, said = export_and_import(folder, "names.db", name)
        for words in () if name in WHOLE else ("attributes.note (attributes.note_)", "1 sources that nothing cites"):
            if words not in said and not name.startswith("neo4j"):
                problems.append(f"names, {name}: standard error does not say \"{words}\": {said[:300]}")
        if name in WHOLE and wrong:
            problems += [f"names, {name}: {line}" for line in wrong]
    code, stderr = call(folder, "--db", "names.db", "export", "-o", "x.dot")
    if code != 0 or "everything but ids, types and labels" not in stderr:
        problems.append(f"names, dot: exit {code}: {stderr[:300]}")
    return problems


def left_words(name):
    """What standard error must say of the curated data."""
    if name in WHOLE:
        return []
    if name == "xlsx":
        return ["3 datasets"]
    return [" figures" if name != "gexf figures" else "figures", "titles of ", "3 datasets"]


def odd_dataset(rng):
    def text():
        return rng.choice(ODD) if rng.random() < 0.8 else rng.choice(ODD) + rng.choice(ODD)

    def value():
        return rng.choice([text(), text(), True, False, 7, -3, 0.25, 12345678901234567890123, None, "", [1, "a"], {"b": [True]}])

    def attributes():
        names = ["note", "note:zh", "remainder:x", "n", "x:int", "x:json", "a.b", "a_b", "sources", "label", "中", "note:id", "x:label"]
        fixed = {"flag": rng.random() < 0.5, "count": rng.randrange(9), "ratio": rng.random()}
        return {**{name: value() for name in rng.sample(names, 4)}, **fixed}

    def cited(record):
        record["sources"] = [{"source": source, **({"locator": text()} if rng.random() < 0.8 else {}),
                              **({"read": text()} if rng.random() < 0.6 else {})}
                             for source in rng.sample(["s", "t", "FAQ", "a:b"], rng.randrange(1, 4))]
        return record

    nodes = [cited({"id": id, "type": "firm", "aliases": sorted({text() for _ in range(2)}), "description": text(),
                    "since": rng.choice(["2024", "2024-02", "2024-02-29"]), "attributes": attributes(),
                    **({"labels": {"en": f"{id} {text()}", "zh-Hans": text()}} if rng.random() < 0.8 else {}),
                    "codes": {"lei": f"L{id}", "x-y": f"{id}{text()}"}}) for id in "abc"]
    edges = [cited({"type": kind, "from": a, "to": b, "share": rng.random(), "bound": "about", "as_of": "2024", "attributes": attributes(),
                    **({"id": rng.choice(["e1", "17", "deal:1"])} if kind == "owns" else {}), "group": text().strip() or "g"})
             for kind, a, b in (("supplies", "a", "b"), ("owns", "b", "c"))]
    figures = [cited({"subject": "a", "indicator": "investment", "value": value_, "as_of": "2024", "attributes": attributes()})
               for value_ in (rng.choice([text() or "x", 7]), 0.2)]
    return {"dataset": {"id": "d", "title": "D"}, "sources": [{"id": id, "title": text(), "url": "https://example.org/" + id,
                                                               "attributes": attributes()} for id in ("s", "t", "FAQ", "a:b")],
            "nodes": nodes, "edges": edges, "observations": figures}


def judge_odd(folder, seed, number, tally):
    problems = []
    data = odd_dataset(random.Random(f"{seed} {number}"))
    (folder / "d.json").write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    call(folder, "--quiet", "init", "odd.db")
    code, stderr = call(folder, "--db", "odd.db", "import", "d.json")
    if code != 0:
        tally["refused"] += 1
        return [] if code == 3 else [f"odd {number}: exit {code}: {stderr[:300]}"]
    tally["kept"] += 1
    for name in FORMATS:
        wrong, said = export_and_import(folder, "odd.db", name)
        if wrong and "comes back" not in said:
            problems += [f"odd {number}, {name}: {line}" for line in wrong]
    return problems


def main():
    global PROGRAM
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", required=True)
    parser.add_argument("--cases", type=int, default=6)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    PROGRAM = str(pathlib.Path(arguments.program).resolve())
    with tempfile.TemporaryDirectory() as name:
        problems = judge_curated(pathlib.Path(name)) + judge_parts(pathlib.Path(name)) + said_of_names(pathlib.Path(name))
    tally = {"kept": 0, "refused": 0}
    for number in range(arguments.cases):
        with tempfile.TemporaryDirectory() as name:
            problems += judge_odd(pathlib.Path(name), arguments.seed, number, tally)
    if tally["kept"] * 2 < arguments.cases:  # a test that refuses everything would prove nothing
        problems.append(f"only {tally['kept']} of {arguments.cases} odd datasets were accepted")
    print("\n".join(problems + [f"{tally['kept']} odd datasets, {len(problems)} problems"]))
    sys.exit(1 if problems else 0)


if __name__ == "__main__":
    main()
