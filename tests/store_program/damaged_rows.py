#!/usr/bin/env python3
"""Every command over every damage of one field of a small database.

A field is set to what no row of ours holds there: a key that is nobody's, a negative or huge number, a text that is no
date, no word, no JSON, no UTF-8. Whatever is asked then, no process may end by a signal, hang or say something that is
not text; a record may not go missing without a word; and a refusal (exit 3) is one sentence that names the table, the
row and the column.

usage: damaged_rows.py --program BIN [--share 1/50]
"""
import argparse
import collections
import concurrent.futures
import fractions
import json
import os
import pathlib
import random
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile

CITE = [{"source": "s", "locator": "p. 1", "read": "5; 2026-01-05"}, {"source": "t"}]
FACTS = {
    "dataset": {"id": "d", "title": "D", "version": "1"},
    "sources": [{"id": "s", "title": "S", "date": "2024", "attributes": {"pages": 3}}, {"id": "t", "title": "T"}],
    "nodes": [{"id": "a", "type": "firm", "labels": {"en": "Acme", "zh": "甲"}, "aliases": ["Ac"],
               "codes": {"lei": "L1"}, "description": "x", "since": "2001", "until": "2040", "sources": CITE},
              {"id": "b", "type": "firm", "sources": CITE[:1]},
              {"id": "c", "type": "chip", "attributes": {"variants": "any"}, "sources": CITE[1:]},
              {"id": "v", "type": "chip", "sources": CITE[1:]},
              {"id": "p", "type": "policy", "attributes": {"effective": "2022"}, "sources": CITE[1:]},
              {"id": "x", "type": "country", "sources": CITE[1:]}, {"id": "y", "type": "country", "sources": CITE[1:]}],
    "edges": [{"id": "e1", "type": "produces", "from": "a", "to": "c", "share": 0.5, "as_of": "2024", "bound": "about",
               "status": "estimated", "significance": "minor", "confidence": 0.5, "attributes": {"n": 1},
               "sources": CITE},
              {"type": "produces", "from": "b", "to": "c", "since": "2010", "until": "2041", "sources": CITE[:1]},
              {"type": "supplies", "from": "a", "to": "y", "item": "c", "market": "y", "origin": "x", "amount": 5,
               "unit": "USD", "sources": CITE[:1]},
              {"type": "requires", "from": "a", "to": "v", "group": "g", "k": 1, "sources": CITE[:1]},
              {"type": "variant-of", "from": "v", "to": "c", "sources": CITE[:1]},
              {"type": "substitutes", "from": "v", "to": "c", "performance": 0.8, "sources": CITE[:1]},
              {"type": "located-in", "from": "a", "to": "x", "sources": CITE[:1]},
              {"type": "owns", "from": "a", "to": "b", "share": 0.6, "sources": CITE[:1]},
              {"type": "issues", "from": "x", "to": "p", "sources": CITE[:1]},
              {"type": "restricts", "from": "p", "to": "c", "market": "y", "since": "2022", "sources": CITE[:1]}],
    "observations": [{"id": "o1", "subject": "a", "indicator": "revenue", "value": 5, "value_high": 6, "unit": "USD",
                      "item": "c", "market": "x", "relative_to": "b", "as_of": "2024", "bound": "about",
                      "status": "forecast", "confidence": 1, "attributes": {"n": 1}, "sources": CITE},
                     {"subject": "b", "indicator": "strategy", "value": "grow", "since": "2024", "until": "2025",
                      "sources": CITE[:1]}]}
# Shares two records with the first, so that what each says of them is kept.
MORE = {"dataset": {"id": "m"}, "sources": [{"id": "s", "title": "S"}],
        "nodes": [{"id": "a", "type": "firm", "sources": CITE[:1]}, {"id": "w", "type": "firm", "sources": CITE[:1]}],
        "edges": [{"type": "owns", "from": "a", "to": "b", "share": 0.6, "sources": [{"source": "s"}]}]}

QUESTIONS = [line.split() for line in """
stats --json
show a --json
show b --sources
show c
show Acme
export --to json
export --to jsonl
export --to json --dataset d
export --to graphml
export --to graphml --lean
export --to gexf
export --to neo4j-nodes
export --to neo4j-edges
export --to html
export --to dot --around a --depth 2
depends c --json
depends c --sources
dependents v --json
chokepoints c --json --order 2
whatif --remove a --json
whatif --enforce p --json
whatif --remove x --target c --why
figures a --json
figures --indicator revenue --sources
compare a b --json
paths a c --json
rank --by dependents --json
rank --by stops
rank --by hhi-country
cut a c --json
ownership a --json
diff 2001 2020 --json
timeline --json
check --json
search acme --json
search L1
datasets --json
sources s --json
sources --json
concentration --json
history --json
schema --json
sql SELECT+*+FROM+nodes
sql SELECT+*+FROM+edges
sql SELECT+*+FROM+figures
sql SELECT+*+FROM+facts
sql SELECT+*+FROM+citations
import same.json
import more.json
import other.json
remove --dataset m
""".strip().splitlines()]
PROGRESS = 500  # damages between two lines on standard error
COUNTS = {("export", "--to", "json"), ("export", "--to", "jsonl")}
WRITES = {"import", "remove"}

REFUSAL = (r"chokepoint: the database is damaged: table \w+, row -?\d+, column \w+: .*|"
           # One row each, and pages of SQLite's.
           r"chokepoint: .*(the table \w+ is empty|malformed).*")
NUMBERS = ["-1", "0", "77", "4000000000", "9223372036854775807", "-9223372036854775808"]
REALS = ["-1.0", "1e308", "9e999", "2.5"]
TEXTS = ["''", "'zz-9'", "'2025-13-45'", "'{'", "'[1]'", "'{\"en\":5}'", "'{\"a\":{\"a\":[]}}'", "CAST(x'ff41' AS TEXT)",
         "'a' || char(0) || 'b'", "printf('%.70000c', 'x')"]


def damages(database):
    """(table, column, row, SQL value) of every damage."""
    with sqlite3.connect(database) as connection:
        tables = [name for (name,) in connection.execute(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%' AND name NOT LIKE "
            "'name_index%' ORDER BY name")]
        for table in tables:
            columns = connection.execute(f"PRAGMA table_info({table})").fetchall()
            keys = [column[1] for column in sorted(columns, key=lambda c: c[5]) if column[5]]
            rows = connection.execute(f"SELECT {', '.join(keys)} FROM {table}").fetchall()
            if table.endswith("_type"):
                rows = rows[::12]  # one is like another
            for _, column, kind, not_null, _, _ in columns:
                values = {"INTEGER": NUMBERS, "REAL": REALS + ["NULL"], "TEXT": TEXTS,
                          "ANY": NUMBERS + REALS + TEXTS + ["x'ff'"]}[kind]
                values = values + ([] if not_null or kind == "REAL" else ["NULL"])
                for row in rows:
                    where = " AND ".join(f"{key} = {literal(value)}" for key, value in zip(keys, row))
                    for value in values:
                        yield table, column, where, value


def literal(value):
    return "'" + value.replace("'", "''") + "'" if isinstance(value, str) else str(value)


def damage(path, table, column, where, value):
    """@return whether the database lets itself be damaged so"""
    connection = sqlite3.connect(path)
    try:
        connection.execute("PRAGMA ignore_check_constraints=ON")
        connection.execute(f"UPDATE OR FAIL {table} SET {column} = {value} WHERE {where}")
        connection.commit()
        return True
    except sqlite3.Error:
        return False  # a second row of one key, a number where a text must be
    finally:
        connection.close()


def counts_of(question, text):
    """How many records an export holds."""
    if question[2] == "json":
        whole = json.loads(text)
        counts = collections.Counter()
        for part in whole.get("datasets", [whole]):
            for kind in ("nodes", "edges", "observations", "sources"):
                counts[kind] += len(part.get(kind, []))
        return counts
    return collections.Counter(next(iter(json.loads(line))) + "s" for line in text.splitlines() if line.strip())


class Harness:
    def __init__(self, program, root):
        self.program, self.root = program, pathlib.Path(root)
        for name, facts in (("same", FACTS), ("more", MORE), ("other", {**MORE, "dataset": {"id": "n"}})):
            (self.root / f"{name}.json").write_text(json.dumps(facts))
        self.base = self.root / "base.db"
        for words in (["init", "base.db"], ["--db", "base.db", "import", "same.json"],
                      ["--db", "base.db", "import", "more.json"]):
            code, _, err = self.run(self.root, words)
            assert code == 0, err
        self.whole = {}
        for question in QUESTIONS:
            (self.root / "whole").mkdir(exist_ok=True)
            shutil.copy(self.base, self.root / "whole" / "t.db")
            code, out, err = self.ask(self.root / "whole", question)
            assert code in (0, 1), (question, code, err)
            if tuple(question) in COUNTS:
                self.whole[tuple(question)] = counts_of(question, out)

    def run(self, folder, words):
        env = {"PATH": os.environ.get("PATH", ""), "LC_ALL": "C", "HOME": str(folder), "TMPDIR": str(folder)}
        env.update({name: os.environ[name] for name in ("ASAN_OPTIONS", "UBSAN_OPTIONS") if name in os.environ})
        try:
            done = subprocess.run([self.program, "--quiet", "--as-of", "2025", *words], cwd=folder, env=env,
                                  stdin=subprocess.DEVNULL, capture_output=True, timeout=60, check=False)
        except subprocess.TimeoutExpired:
            return None, "", "hangs"
        try:
            return done.returncode, done.stdout.decode(), done.stderr.decode()
        except UnicodeDecodeError:
            return done.returncode, None, done.stderr.decode(errors="replace")

    def ask(self, folder, question):
        words = [word.replace("+", " ") for word in question]
        if question[0] == "import":
            words = ["import", str(self.root / question[1])]
        return self.run(folder, ["--db", "t.db", *words])

    def verdict(self, question, answer):
        code, out, err = answer
        if code is None:
            return "hangs"
        if code < 0 or code > 128:
            return f"signal {-code if code < 0 else code - 128}"
        if code not in (0, 1, 2, 3, 4):
            return f"exit {code}"
        if out is None:
            return "not UTF-8"
        if code in (0, 1):
            if "--json" in question or tuple(question) in COUNTS:
                try:
                    counts = counts_of(question, out) if tuple(question) in COUNTS else json.loads(out)
                except ValueError:
                    return "not JSON"
                if tuple(question) in COUNTS and counts != self.whole[tuple(question)]:
                    return "record missing"
            return "answered"
        # Where a key is damaged, those that named its row are the ones that can tell.
        if code == 3 and not re.fullmatch(REFUSAL, err.strip()):
            return "refusal names no row"
        return "refused"

    def judge(self, number, which):
        """Tally and examples of one damage."""
        table, column, where, value = which
        folder = self.root / f"case{number}"
        folder.mkdir()
        path, tally, bad = folder / "t.db", collections.Counter(), []
        shutil.copy(self.base, path)
        if damage(path, *which):
            damaged = path.read_bytes()
            for question in QUESTIONS:
                path.write_bytes(damaged)
                answer = self.ask(folder, question)
                verdict = self.verdict(question, answer)
                tally[verdict] += 1
                if verdict not in ("answered", "refused"):
                    bad.append((verdict, f"{table}.{column} = {value[:30]} where {where}: {' '.join(question)}: exit "
                                         f"{answer[0]}: {answer[2].strip()[:160]}"))
        shutil.rmtree(folder)
        return tally, bad


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", required=True)
    parser.add_argument("--share", type=fractions.Fraction, default=fractions.Fraction(1, 50))
    parser.add_argument("--examples", type=int, default=10)
    parser.add_argument("--table", default="", help="only this one")
    arguments = parser.parse_args()
    tally, examples = collections.Counter(), collections.defaultdict(list)
    with tempfile.TemporaryDirectory() as root:
        harness = Harness(str(pathlib.Path(arguments.program).resolve()), root)
        cases = [case for case in damages(harness.base) if not arguments.table or case[0] == arguments.table]
        every = len(cases)
        if arguments.share < 1:
            cases = random.Random(5).sample(cases, max(1, int(every * arguments.share)))
        with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
            for done, (one, bad) in enumerate(pool.map(harness.judge, range(len(cases)), cases), 1):
                tally += one
                if done % PROGRESS == 0:
                    print(f"{done} of {len(cases)} damages: {dict(tally)}", file=sys.stderr, flush=True)
                for verdict, text in bad:
                    examples[verdict].append(text)
    print(f"{sum(tally.values())} runs over {len(cases)} of {every} damages: {dict(tally)}")
    for verdict, texts in examples.items():
        print("\n".join(f"{verdict}: {text}" for text in texts[:arguments.examples]))
    sys.exit(1 if examples else 0)


if __name__ == "__main__":
    main()
