#!/usr/bin/env python3
"""Adding a field to edges touches few files, and the field then goes wherever records go.

usage: add_edge_field_test.py --program PROGRAM [--jobs N] [--keep FOLDER] [--lose MUTATION]

The tree is copied, an invented field (`reliability`, a number in [0, 1]) is added to the copy, the program is built there,
and one record is taken round all ways: JSON, CSV, both ways into a database, updates, `show`, `sql`, GraphML, CSV, the
dataset format, a database of the schema before. PROGRAM is the one without the field, which makes that database.

--lose plants a mistake: the field is left out of one step. The test must then fail; `--lose all` tries each mistake.
"""
import argparse
import csv
import io
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
MOST_FILES = 8
FIELD = "reliability"
VERSION = 1 + len(list((ROOT / "data/schema").glob("[0-9]*.sql")))

# What a contributor writes: (file, what stands there, what is put in its place).
EDITS = [
    ("include/chokepoint/model/record.hpp",
     "  std::optional<double> performance;  ///< ratio to what is replaced, >= 0\n",
     "  std::optional<double> performance;  ///< ratio to what is replaced, >= 0\n"
     "  std::optional<double> reliability;  ///< fraction of what is promised that arrives, in [0, 1]\n"),
    ("include/chokepoint/model/record_fields.hpp",
     '    DateField<Edge>{.name = "as_of", .member = &Edge::as_of},\n',
     '    NumberField<Edge>{.name = "reliability",\n'
     "                      .member = &Edge::reliability,\n"
     "                      .least = 0,\n"
     "                      .most = 1,\n"
     "                      .is_measure = true,\n"
     '                      .label = "reliability",\n'
     f"                      .schema = {VERSION}}},\n"
     '    DateField<Edge>{.name = "as_of", .member = &Edge::as_of},\n'),
    ("data/schema/dataset.schema.json",
     '        "as_of": {"description": "Dates the measure.", "$ref": "#/definitions/date"},\n',
     '        "reliability": {"description": "Fraction of what is promised that arrives.", "$ref": "#/definitions/fraction"},\n'
     '        "as_of": {"description": "Dates the measure.", "$ref": "#/definitions/date"},\n'),
    ("tests/data/samples/dataset.json", '"unit": "USD", "as_of": "2025-12"', '"unit": "USD", "reliability": 0.9, "as_of": "2025-12"'),
    ("data/FORMATS.md", "`performance` (a ratio), `as_of`", "`performance` (a ratio), `reliability` 0..1, `as_of`"),
    ("data/words/zh.json", '  "performance": "性能比",\n', '  "performance": "性能比",\n  "reliability": "可靠性",\n'),
]
SCHEMA_FILE = f"data/schema/{VERSION:03}_reliability.sql"

# Mistakes: a step of one kind forgets the fields of the newest schema. (file, what stands there, what stands there then)
MISTAKES = {
    "json-out": ("graph/model/record.cpp", "const Value& value = record.*field.member;\n  if constexpr (Kind == FieldKind::word)",
                 "const Value& value = record.*field.member;\n  if (field.schema > 1) return;\n  if constexpr (Kind == FieldKind::word)"),
    "json-in": ("graph/model/record_from_json.cpp", "if (found == nullptr) return;", "if (found == nullptr || field.schema > 1) return;"),
    "bulk": ("graph/store/bulk/staged_edge.cpp", "if (is_there(field, edge)) there |= bit;",
             "if (field.schema == 1 && is_there(field, edge)) there |= bit;"),
    "rows": ("graph/store/rows/row_writer.cpp", "value ? row.bind(index, *value) : row.bind(index);",
             "value && field.schema == 1 ? row.bind(index, *value) : row.bind(index);"),
    "flat": ("graph/ingest/tables/plain_fields.hpp", "return take_plain_number(text, field.least, field.most, value);",
             "return field.schema > 1 || take_plain_number(text, field.least, field.most, value);"),
    "update": ("graph/ingest/checking/record_update.cpp", "if (is_stated) take(", "if (is_stated && field.schema == 1) take("),
    "export": ("graph/export/formats/fields.cpp", "    if (value) return *value;", "    if (value && field.schema == 1) return *value;"),
}


class Failure(Exception):
    pass


def run(*command, fails=False, **options):
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, **options)
    if (done.returncode != 0) != fails:
        raise Failure(f"{' '.join(map(str, command))} ended with {done.returncode}:\n{done.stdout[-3000:]}{done.stderr[-3000:]}")
    return done.stderr if fails else done.stdout


def expect(condition, what):
    if not condition:
        raise Failure(what)


def copy_tree(target):
    """What belongs to the project: no build, nothing that was fetched."""
    left_out = shutil.ignore_patterns("build", ".git", "node_modules", "__pycache__")
    shutil.copytree(ROOT, target, ignore=left_out, symlinks=True)


def edit(tree, file, before, after):
    path = tree / file
    text = path.read_text(encoding="utf-8")
    if text.count(before) != 1:
        raise Failure(f"{file}: the text to change stands there {text.count(before)} times:\n{before}")
    path.write_text(text.replace(before, after), encoding="utf-8")


def view_of_edges(tree):
    """The newest statement that makes the view `edges`, with the new column beside the one it follows."""
    statements = []
    for path in sorted((tree / "data/schema").glob("[0-9]*.sql")):
        statements += re.findall(r"^CREATE VIEW edges AS.*?;$", path.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    expect("edge.performance, " in statements[-1], "the view `edges` has no column performance")
    return statements[-1].replace("edge.performance, ", f"edge.performance, edge.{FIELD}, ")


def add_field(tree):
    for file, before, after in EDITS:
        edit(tree, file, before, after)
    (tree / SCHEMA_FILE).write_text(
        f"-- Schema version {VERSION}: what arrives of what is promised.\n\n"
        f"ALTER TABLE edge ADD COLUMN {FIELD} REAL CHECK ({FIELD} BETWEEN 0 AND 1);\n\n{view_of_edges(tree)}\n", encoding="utf-8")
    run(sys.executable, "-B", tree / "tests/data/bad_records.py", "--write")


def contents(tree):
    """Every file of the copy by its name."""
    return {str(path.relative_to(tree)): path.read_bytes() for path in sorted(tree.rglob("*")) if path.is_file()}


def build(tree, jobs):
    launcher = ["-DCMAKE_CXX_COMPILER_LAUNCHER=ccache"] if shutil.which("ccache") else []
    quick = ["-DCMAKE_BUILD_TYPE=Debug", "-DCMAKE_CXX_FLAGS_DEBUG=-O0", "-DCHOKEPOINT_TESTS=OFF"]
    run("cmake", "-S", tree, "-B", tree / "build", "-G", "Ninja", *quick, *launcher)
    run("cmake", "--build", tree / "build", "--target", "chokepoint_cli", "-j", str(jobs))
    return tree / "build/bin/chokepoint"


EDGE = {"type": "supplies", "from": "maker", "to": "xa", "item": "lens", "share": 0.5, FIELD: 0.9, "as_of": "2025",
        "sources": [{"source": "yearbook", "locator": "table 2"}]}
HEAD = {"dataset": {"id": "sample"},
        "sources": [{"id": "yearbook", "title": "Yearbook"}],
        "nodes": [{"id": node, "type": kind, "sources": [{"source": "yearbook"}]}
                  for node, kind in (("maker", "firm"), ("xa", "country"), ("lens", "material"))]}


class World:
    """Databases of one program in one folder."""

    def __init__(self, program, folder):
        self.program, self.folder, self.databases = program, folder, 0
        folder.mkdir()

    def write(self, name, text):
        path = self.folder / name
        path.write_text(text, encoding="utf-8")
        return path

    def database(self, *inputs):
        self.databases += 1
        path = self.folder / f"{self.databases}.db"
        run(self.program, "--quiet", "init", path)
        for given in inputs:
            self.ask(path, "import", given)
        return path

    def ask(self, database, *arguments, fails=False):
        return run(self.program, "--db", database, *arguments, fails=fails)

    def edge(self, database):
        """The one edge of a database as JSON."""
        lines = self.ask(database, "export", "--to", "jsonl").splitlines()
        edges = [json.loads(line)["edge"] for line in lines if line.startswith('{"edge"')]
        expect(len(edges) == 1, f"{database} holds {len(edges)} edges")
        return edges[0]


def check_value(world, database, way, value=0.9):
    edge = world.edge(database)
    expect(edge.get(FIELD) == value, f"{way}: the field is {edge.get(FIELD)} and not {value}")
    return edge


def round_trip(program, older_program, folder):
    world = World(program, folder)
    dataset = world.write("dataset.json", json.dumps({**HEAD, "edges": [EDGE]}))
    database = world.database(dataset)
    edge = check_value(world, database, "a first import of JSON")
    # It belongs to the claim, so that its id follows it; without the field the id is what it was.
    other = world.write("other.json", json.dumps({**HEAD, "edges": [{**EDGE, FIELD: 0.8}]}))
    expect(world.edge(world.database(other))["id"] != edge["id"], "the id of the claim does not depend on the field")
    # Into a database that is not empty, row by row.
    head = world.write("head.json", json.dumps(HEAD))
    rest = world.write("rest.jsonl", json.dumps({"dataset": {"id": "second"}}) + "\n" + json.dumps({"edge": EDGE}) + "\n")
    check_value(world, world.database(head, rest), "a second import of JSON")
    # What people and programs are shown.
    shown = world.ask(database, "show", "maker")
    expect(f"{FIELD} 0.9" in shown, f"show does not tell the field:\n{shown}")
    answer = json.loads(world.ask(database, "show", "maker", "--format", "json"))
    expect(f'"{FIELD}": 0.9' in json.dumps(answer), "the JSON of show lacks the field")
    rows = list(csv.DictReader(io.StringIO(world.ask(database, "show", "maker", "--format", "csv"))))
    expect([row.get(FIELD) for row in rows if row["type"] == "supplies"] == ["0.9"], f"the CSV of show has {rows}")
    selected = json.loads(world.ask(database, "sql", f"SELECT {FIELD} FROM edges", "--format", "json"))
    expect("0.9" in json.dumps(selected), "the view `edges` lacks the field")
    # Out to other programs and back.
    ways = {"json": ["again.json"], "graphml": ["graph.graphml"], "gexf": ["graph.gexf"], "xlsx": ["graph.xlsx"],
            "gephi": ["gephi-nodes.csv", "gephi-edges.csv"]}
    for to, names in ways.items():
        paths = [world.folder / name for name in names]
        for path in paths:
            world.ask(database, "export", "--to", to if len(paths) == 1 else path.stem, "-o", path)
        back = world.database(head)
        world.ask(back, "import", *paths, *([] if to == "json" else ["--ids", "global", "--dataset", "copy"]))
        again = check_value(world, back, f"{to} and back")
        expect(again["id"] == edge["id"] or to != "json", f"{to} and back: another claim: {again}")
    expect(f"{FIELD}:double" in world.ask(database, "export", "--to", "neo4j-edges"), "tables for Neo4j lack the field")
    # Tables of others: a header word is enough; what is out of range is refused.
    table = "source,from,to,type,item,reliability\nyearbook,maker,xa,supplies,lens,{}\n"
    tables = world.database(head)
    world.ask(tables, "import", world.write("edges.csv", table.format("0.9")), "--ids", "global", "--dataset", "copy")
    check_value(world, tables, "a table")
    bad = world.write("bad.json", json.dumps({**HEAD, "edges": [{**EDGE, FIELD: 1.5}]}))
    refusal = world.ask(world.database(), "import", bad, fails=True)
    expect("lies between 0 and 1" in refusal, f"1.5 is not refused: {refusal}")
    # An update of nothing else, and one of something else, which leaves it.
    change = world.write("change.json", json.dumps({"dataset": HEAD["dataset"], "edges": [{**EDGE, FIELD: 0.7}]}))
    world.ask(database, "import", change, "--update")
    check_value(world, database, "an update", 0.7)
    change = world.write("share.json", json.dumps({"dataset": HEAD["dataset"], "edges": [{k: v for k, v in {**EDGE, "share": 0.6}.items() if k != FIELD}]}))
    world.ask(database, "import", change, "--update")
    check_value(world, database, "an update of another field", 0.7)
    # A database that the program without the field made.
    older = world.folder / "older.db"
    run(older_program, "--quiet", "init", older)
    without = world.write("without.json", json.dumps({**HEAD, "edges": [{k: v for k, v in EDGE.items() if k != FIELD}]}))
    run(older_program, "--db", older, "import", without)
    expect(FIELD not in world.edge(older), "an older database has the field")
    world.ask(older, "import", change := world.write("new.json", json.dumps({"dataset": HEAD["dataset"], "edges": [EDGE]})), "--update")
    check_value(world, older, "an update of an older database")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--program", required=True)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--keep", help="empty folder for the copy, which stays")
    parser.add_argument("--lose", choices=[*MISTAKES, "all"])
    options = parser.parse_args()
    older_program = Path(options.program).resolve()
    with tempfile.TemporaryDirectory(prefix="edge-field-") as scratch:
        folder = Path(options.keep or scratch)
        tree = folder / "tree"
        copy_tree(tree)
        before = contents(tree)
        add_field(tree)
        touched = [name for name, text in contents(tree).items() if before.get(name) != text]
        print(f"{len(touched)} files: {', '.join(touched)}", flush=True)
        if not 1 < len(touched) <= MOST_FILES:
            print(f"FAIL: an edge field may touch {MOST_FILES} files")
            return 1
        mistakes = {None: None} if options.lose is None else {
            name: place for name, place in MISTAKES.items() if options.lose in ("all", name)}
        failed = 0
        for name, mistake in mistakes.items():
            worlds = Path(tempfile.mkdtemp(dir=scratch)) / "worlds"
            if mistake:
                edit(tree, *mistake)
            try:
                round_trip(build(tree, options.jobs), older_program, worlds)
                found = None
            except Failure as failure:
                found = str(failure)
            if mistake:
                file, before, after = mistake
                edit(tree, file, after, before)
            wanted = mistake is not None
            print(f"{'lost in ' + name if name else 'the field'}: {found or 'comes round'}", flush=True)
            failed += (found is not None) != wanted
        return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
