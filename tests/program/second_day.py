#!/usr/bin/env python3
"""What a database answers does not depend on how it came to hold what it holds: after random imports, additions, updates,
removals and edits by SQL behind the program's back, questions have the answers of a database that is built from nothing.

usage: second_day.py --program BIN [--sequences 6] [--steps 6] [--seed 1]
"""
import argparse
import copy
import json
import os
import pathlib
import random
import sqlite3
import subprocess
import sys
import tempfile

SOURCE = [{"source": "s"}]
FIRMS, THINGS, COUNTRIES = 6, 8, 3
SETS = ["d0", "d1", "d2"]


def base():
    nodes = [{"id": f"firm-{i}", "type": "firm", "sources": SOURCE} for i in range(FIRMS)]
    nodes += [{"id": f"thing-{i}", "type": "product", "sources": SOURCE} for i in range(THINGS)]
    nodes += [{"id": f"country-{i}", "type": "country", "sources": SOURCE} for i in range(COUNTRIES)]
    return {"dataset": {"id": "base"}, "sources": [{"id": "s"}], "nodes": nodes, "edges": [
        {"id": f"seat-{i}", "from": f"firm-{i}", "type": "located-in", "to": f"country-{i % COUNTRIES}",
         "sources": SOURCE} for i in range(FIRMS)]}


class Sequence:
    """A database that lives, and what it should hold."""

    def __init__(self, program, folder, seed):
        self.program, self.folder, self.random = program, pathlib.Path(folder), random.Random(seed)
        self.held = {"base": base()}
        self.count = 0
        self.run("old.db", "init", "old.db")
        self.bring("old.db", self.held["base"])

    def run(self, database, *words, code=0):
        environment = {"PATH": os.environ.get("PATH", ""), "LC_ALL": "C", "HOME": str(self.folder), "COLUMNS": "100"}
        prefix = [] if words[0] == "init" else ["--db", database]
        done = subprocess.run([self.program, "--quiet", *prefix, *words], cwd=self.folder, env=environment, text=True,
                              stdin=subprocess.DEVNULL, capture_output=True, check=False)
        if code is not None and done.returncode != code:
            raise AssertionError(f"{words}: exit {done.returncode}: {done.stderr}")
        return done.stdout

    def bring(self, database, records, *options):
        (self.folder / "in.json").write_text(json.dumps(records), encoding="utf-8")
        self.run(database, "import", *options, "in.json")

    def edge(self, name):
        """A new edge with an id that no other has."""
        self.count += 1
        thing = lambda: f"thing-{self.random.randrange(THINGS)}"
        edge = {"id": f"{name}-{self.count:04}", "sources": SOURCE}
        if self.random.random() < 0.5:
            edge |= {"from": f"firm-{self.random.randrange(FIRMS)}", "type": "produces", "to": thing(),
                     "share": self.random.choice([0.1, 0.3, 0.5])}
        else:
            edge |= {"from": thing(), "type": "requires", "to": thing()}
            while edge["to"] == edge["from"]:
                edge["to"] = thing()
        if self.random.random() < 0.2:
            edge["since"] = self.random.choice(["2019", "2024-05"])
        return edge

    def contents(self, name, edges):
        nodes = [{"id": f"{name}-thing", "type": "product", "sources": SOURCE}]
        return {"dataset": {"id": name}, "sources": [{"id": "s"}], "nodes": nodes, "edges": edges}

    def some_edge(self):
        """A dataset and one of its edges that has a share, where there is one."""
        found = [(name, edge) for name in SETS for edge in self.held.get(name, {"edges": []})["edges"]
                 if "share" in edge]
        return self.random.choice(found) if found else (None, None)

    def step(self):
        """Does one thing, and writes down what is held then. @return what, for a message"""
        name = self.random.choice(SETS)
        draw = self.random.random()
        if draw < 0.35:
            self.held[name] = self.contents(name, [self.edge(name) for _ in range(self.random.randrange(1, 9))])
            self.bring("old.db", self.held[name])
            return f"import of {name}"
        if draw < 0.5:
            more = self.contents(name, [self.edge(name)])
            self.bring("old.db", more, "--keep-old")
            self.held.setdefault(name, self.contents(name, []))["edges"] += more["edges"]
            return f"addition to {name}"
        if draw < 0.6 and len(self.held) > 1:
            name = self.random.choice([held for held in SETS if held in self.held])
            self.run("old.db", "remove", "--dataset", name)
            del self.held[name]
            return f"removal of {name}"
        name, edge = self.some_edge()
        if edge is None:
            return "nothing"
        share = self.random.choice([0.2, 0.4, 0.6])
        if draw < 0.75:
            edge["share"] = share
            changed = copy.deepcopy(self.contents(name, [edge]))
            self.bring("old.db", changed, "--update")
            return f"update of {edge['id']}"
        connection = sqlite3.connect(self.folder / "old.db")
        with connection:
            if draw < 0.9:
                edge["share"] = share
                connection.execute("UPDATE edge SET share = ? WHERE name = ?", (share, edge["id"]))
            else:
                self.held[name]["edges"].remove(edge)
                connection.execute("DELETE FROM edge WHERE name = ?", (edge["id"],))
        connection.close()
        return f"edit of {edge['id']} by SQL"

    def questions(self):
        thing, other = (f"thing-{self.random.randrange(THINGS)}" for _ in range(2))
        firm, country = f"firm-{self.random.randrange(FIRMS)}", f"country-{self.random.randrange(COUNTRIES)}"
        return [["depends", thing], ["dependents", firm], ["dependents", thing, "--tiers"], ["chokepoints", thing],
                ["whatif", "--remove", country], ["whatif", "--remove", firm], ["concentration", thing],
                ["show", thing], ["search", "thing"], ["stats"], ["sources"], ["datasets"], ["brief", thing],
                ["paths", thing, other], ["timeline", firm], ["rank", "--by", "stops"], ["check"],
                ["ownership", firm]]

    def ask(self, database, question):
        text = self.run(database, *question, "--as-of", "2025-06-30", "--json", code=None)
        if not text:
            return text
        answer = json.loads(text)
        answer.pop("database", None)
        return answer

    def compare(self, asked):
        """@return the first question of which the answers differ, with them; nothing where all agree"""
        for name in ("new.db", "new.db.snapshot"):
            (self.folder / name).unlink(missing_ok=True)
        self.run("new.db", "init", "new.db")
        for name in ["base", *SETS]:
            if name in self.held:
                self.bring("new.db", self.held[name])
        for question in self.random.sample(self.questions(), asked):
            told, expected = self.ask("old.db", question), self.ask("new.db", question)
            if told != expected:
                return question, told, expected
        return None


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--program", required=True)
    parser.add_argument("--sequences", type=int, default=6)
    parser.add_argument("--steps", type=int, default=6)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    compared, kinds = 0, set()
    for number in range(options.sequences):
        with tempfile.TemporaryDirectory() as folder:
            sequence = Sequence(os.path.abspath(options.program), folder, options.seed * 100_000 + number)
            done = []
            for _ in range(options.steps):
                done.append(sequence.step())
                kinds.add(done[-1].split(" ")[0])
                difference = sequence.compare(12)
                if difference:
                    question, told, expected = difference
                    print(f"seed {options.seed}, sequence {number}: after {'; '.join(done)}: {' '.join(question)}\n"
                          f" told     {json.dumps(told)[:3000]}\n expected {json.dumps(expected)[:3000]}")
                    return 1
                compared += 12
    print(f"{options.sequences} sequences, {compared} answers, all as of a database built from nothing; "
          f"steps: {', '.join(sorted(kinds))}")
    return 0 if {"import", "addition", "removal", "update", "edit"} <= kinds or options.sequences < 6 else 1


if __name__ == "__main__":
    sys.exit(main())
