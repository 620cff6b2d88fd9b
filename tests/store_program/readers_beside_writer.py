#!/usr/bin/env python3
"""Readers beside a writer: every answer is of one state, and none is older than one before.

A writer imports version after version of one dataset, whose every text, id and figure holds the version's name (v0001,
v0002 …), so that an answer tells by itself of which states it is. One reader after the other asks every kind of
question. An answer is right when it holds one version's name alone, is the one that the reader before saw or a later
one, and is otherwise, letter for letter, what an untouched database answers.

usage: readers_beside_writer.py --program BIN [--answers 200] [--readers 3]
"""
import argparse
import collections
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import threading

FIRMS = 40
# Every kind of question; each answer says the version.
QUESTIONS = [line.split() for line in """
stats --json
show hub --json
show hub --sources
export --to json
export --to jsonl
export --to graphml
export --to graphml --lean
export --to gexf
export --to neo4j-nodes
export --to neo4j-edges
export --to html
export --to dot --around hub
depends hub --json
depends hub
depends hub --csv
depends hub --json --count
depends hub --sources
depends hub --nodes --json
depends hub --tree
dependents plant --json
chokepoints hub --json
chokepoints hub --order 2
whatif --remove plant --json
whatif --remove plant --target hub --why
figures hub --json
compare hub plant --json
paths hub plant --json
paths hub plant
rank --by dependents --json
rank --by stops
rank --by sole-supplies
cut hub plant --json
diff 2001 2020 --json
timeline --json
check --json
search name --limit 0 --json
search plant
datasets --json
datasets
sources s --json
sources --json
concentration --json
history --json
sql SELECT+*+FROM+edges+ORDER+BY+id
sql SELECT+source.title,dataset.version+FROM+source,dataset
""".strip().splitlines()]
VERSION = re.compile(r"v\d{4}")
PROGRESS = 500  # answers of one reader between two lines on standard error


def facts(version):
    """One version of the dataset: equal to every other but for its name."""
    cite = [{"source": "s", "locator": f"page {version}", "read": version}]
    label = {"en": f"Name {version}"}
    firms = [f"{version}-f{i:02}" for i in range(FIRMS)]
    nodes = [{"id": "hub", "type": "chip", "labels": label, "description": version, "sources": cite},
             {"id": "plant", "type": "infrastructure", "labels": {"en": f"Plant {version}"}, "sources": cite}]
    nodes += [{"id": firm, "type": "firm", "labels": {"en": f"Name {firm}"}, "sources": cite} for firm in firms]
    edges = [{"id": f"{version}-p{i:02}", "type": "produces", "from": firm, "to": "hub", "share": 0.02,
              "since": "2010", "sources": cite} for i, firm in enumerate(firms)]
    edges += [{"id": f"{version}-r{i:02}", "type": "requires", "from": firm, "to": "plant", "sources": cite}
              for i, firm in enumerate(firms)]
    edges += [{"id": f"{version}-o", "type": "owns", "from": firms[1], "to": firms[0], "share": 0.6, "sources": cite}]
    figures = [{"id": f"{version}-i{i:02}", "subject": "hub", "indicator": "revenue", "value": i, "unit": "USD",
                "as_of": str(1950 + i), "attributes": {"v": version}, "sources": cite} for i in range(30)]
    figures += [{"id": f"{version}-j", "subject": "plant", "indicator": "revenue", "value": 5, "unit": "USD",
                 "as_of": "1979", "attributes": {"v": version}, "sources": cite}]
    return {"dataset": {"id": "d", "version": version, "title": f"Facts {version}"},
            "sources": [{"id": "s", "title": f"Source {version}", "date": "2020"}],
            "nodes": nodes, "edges": edges, "observations": figures}


class Database:
    def __init__(self, program, folder):
        self.program, self.folder = program, pathlib.Path(folder)
        self.env = {"PATH": os.environ.get("PATH", ""), "LC_ALL": "C", "HOME": str(folder), "TMPDIR": str(folder),
                    "CHOKEPOINT_DB": str(self.folder / "t.db")}
        self.env.update({name: os.environ[name] for name in ("ASAN_OPTIONS", "UBSAN_OPTIONS") if name in os.environ})

    def run(self, *words):
        done = subprocess.run([self.program, "--as-of", "2025", *words], env=self.env, stdin=subprocess.DEVNULL,
                              capture_output=True, timeout=300, check=False)
        return done.returncode, done.stdout.decode(), done.stderr.decode()

    def ask(self, question):
        return self.run(*(word.replace("+", " ") for word in question))

    def write(self, number):
        version = f"v{number:04}"
        path = self.folder / f"{version}.json"
        path.write_text(json.dumps(facts(version)))
        code, _, err = self.run("--quiet", "import", str(path))
        path.unlink()
        return "" if code == 0 else f"import of {version}: exit {code}: {err[:200]}"


def plain(text):
    """An answer without what differs from state to state: its version, its identity and how often it was changed."""
    text = VERSION.sub("v", text)
    text = re.sub(r'"(uuid|at)": ?"[^"]*"|"revision": ?\d+|\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ', "", text)
    return re.sub(r"\b[0-9a-f]{16}\b", "id", text)


class Reader(threading.Thread):
    """Asks one question after the other until `answers` are judged."""

    def __init__(self, database, references, start, answers):
        super().__init__()
        self.database, self.references, self.start_at, self.answers = database, references, start, answers
        self.tally, self.first_bad = collections.Counter(), {}

    def run(self):
        newest = 0
        for i in range(self.answers):
            question = QUESTIONS[(self.start_at + i) % len(QUESTIONS)]
            code, out, err = self.database.ask(question)
            reference_code, reference = self.references[tuple(question)]
            versions = {int(found[1:]) for found in VERSION.findall(out)}
            if code != reference_code:
                verdict = "failed"
            elif len(versions) > 1:
                verdict = "of two states"
            elif question[0] != "history" and plain(out) != reference:
                verdict = "of no state"
            elif versions and min(versions) < newest:
                verdict = "older than one before"
            else:
                verdict = "right"
            newest = max(versions | {newest})
            self.tally[verdict] += 1
            if (i + 1) % PROGRESS == 0:
                print(f"a reader: {i + 1} of {self.answers}: {dict(self.tally)}", file=sys.stderr, flush=True)
            if verdict != "right":
                self.first_bad.setdefault(verdict, f"{' '.join(question)}: exit {code}: {err[:200]}{sorted(versions)}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", required=True)
    parser.add_argument("--answers", type=int, default=200)
    parser.add_argument("--readers", type=int, default=3)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        database = Database(str(pathlib.Path(arguments.program).resolve()), folder)
        database.run("init")
        for number in (1, 2):
            if problem := database.write(number):
                sys.exit(problem)
        references, silent = {}, []
        for question in QUESTIONS:
            code, out, err = database.ask(question)
            assert code in (0, 1), (question, code, err)
            references[tuple(question)] = code, plain(out)
            if not VERSION.search(out):
                silent.append(" ".join(question))
        each = -(-arguments.answers // arguments.readers)
        readers = [Reader(database, references, i * len(QUESTIONS) // arguments.readers, each)
                   for i in range(arguments.readers)]
        for reader in readers:
            reader.start()
        failures, commits = [], 0
        while any(reader.is_alive() for reader in readers):
            problem = database.write(3 + commits)
            commits += 1
            if problem:
                failures.append(problem)
        for reader in readers:
            reader.join()
        left = sorted(path.name for path in pathlib.Path(folder).iterdir()
                      if path.name not in ("t.db", "t.db.snapshot"))
    tally = sum((reader.tally for reader in readers), collections.Counter())
    print(f"{sum(tally.values())} answers of {len(QUESTIONS)} kinds beside {commits} imports: {dict(tally)}")
    print(f"imports that failed: {len(failures)} {failures[:2]}; left behind: {left}; silent about versions: {silent}")
    for reader in readers:
        for verdict, what in reader.first_bad.items():
            print(f"{verdict}: {what}")
    sys.exit(0 if set(tally) == {"right"} and not failures and not left and commits > 1 else 1)


if __name__ == "__main__":
    main()
