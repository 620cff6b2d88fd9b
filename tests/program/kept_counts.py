#!/usr/bin/env python3
"""`stats` tells kept numbers and never wrong ones: after random imports, updates and removals, and after edits by SQL
behind the program's back, they equal what is counted row by row.

usage: kept_counts.py --program BIN [--steps 60] [--seed 1]
"""
import argparse
import collections
import json
import os
import pathlib
import random
import sqlite3
import subprocess
import sys
import tempfile

NODES = {"firm": 8, "product": 12, "country": 3}
EDGES = {"produces": ("firm", "product"), "requires": ("product", "product"), "located-in": ("firm", "country")}
STATUSES = ["reported", "estimated", "forecast", "planned", "recommended", "derived"]
COUNTING = {"reported", "estimated", "derived"}
SOURCE = [{"source": "s"}]


def node_ids(kind):
    return [f"{kind}-{i}" for i in range(NODES[kind])]


class World:
    def __init__(self, program, folder, seed):
        self.program, self.folder, self.random = program, pathlib.Path(folder), random.Random(seed)
        self.database = self.folder / "w.db"
        self.run("init", "w.db")

    def run(self, *words, code=0):
        environment = {"PATH": os.environ.get("PATH", ""), "LC_ALL": "C", "HOME": str(self.folder)}
        done = subprocess.run([self.program, "--quiet", "--db", "w.db", *words] if words[0] != "init" else
                              [self.program, "--quiet", *words], cwd=self.folder, env=environment, text=True,
                              stdin=subprocess.DEVNULL, capture_output=True, check=False)
        if code is not None and done.returncode != code:
            raise AssertionError(f"{words}: exit {done.returncode}: {done.stderr}")
        return done.stdout

    def period(self):
        record = {}
        if self.random.random() < 0.5:
            record["since"] = self.random.choice(["2001", "2010-05", "2019-02-28"])
        if self.random.random() < 0.4:
            record["until"] = self.random.choice(["2020", "2024-02", "2024-02-29", "2030"])
        return record

    def dataset(self, name):
        """Some nodes, all that its edges name among them; some edges say two things of one fact."""
        used, edges, seen = set(), [], set()
        for _ in range(self.random.randrange(30)):
            kind = self.random.choice(list(EDGES))
            start, end = (self.random.choice(node_ids(side)) for side in EDGES[kind])
            if start == end:
                continue
            edge = {"type": kind, "from": start, "to": end, "sources": SOURCE, **self.period()}
            if kind == "produces":
                edge["share"] = self.random.choice([0.1, 0.2, 0.3])
            status = self.random.choice(STATUSES)
            if status != "reported":
                edge["status"] = status
            if json.dumps(edge, sort_keys=True) in seen:
                continue
            seen.add(json.dumps(edge, sort_keys=True))
            used |= {start, end}
            edges.append(edge)
        nodes = [{"id": i, "type": i.rsplit("-", 1)[0], "sources": SOURCE, **self.period()}
                 for i in sorted(used | set(self.random.sample(node_ids("product"), 3)))]
        figures = [{"subject": self.random.choice(nodes)["id"], "indicator": "price", "value": i, "sources": SOURCE}
                   for i in range(self.random.randrange(5))]
        return {"dataset": {"id": name}, "sources": [{"id": "s"}], "nodes": nodes, "edges": edges,
                "observations": figures}

    def step(self):
        """Does one thing. @return what, for a message"""
        name = f"d{self.random.randrange(3)}"
        draw = self.random.random()
        if draw < 0.45:
            (self.folder / "in.json").write_text(json.dumps(self.dataset(name)), encoding="utf-8")
            keep = ["--keep-old"] if self.random.random() < 0.3 else []
            self.run("import", *keep, "in.json", code=None)  # one that would lose another's nodes is refused
            return f"import of {name} {keep}"
        if draw < 0.55:
            self.run("remove", "--dataset", name, code=None)
            return f"removal of {name}"
        statement = self.random.choice([
            "DELETE FROM edge WHERE key = (SELECT max(key) FROM edge)",
            "UPDATE edge SET until = '2021' WHERE key % 3 = 1",
            "UPDATE edge SET since = NULL, until = NULL WHERE key % 2 = 0",
            "UPDATE edge SET status = 'forecast' WHERE key % 4 = 0",
            "UPDATE edge SET status = NULL WHERE key % 5 = 0",
            "UPDATE node SET since = '2022-03', until = '' WHERE key % 3 = 0",
            "UPDATE node SET since = '', until = '2023' WHERE key % 4 = 0",
            "DELETE FROM observation WHERE key % 2 = 0",
            "INSERT INTO observation (hash, subject, indicator, value, source, dataset) SELECT abs(random()), n.key, "
            "'price', 1, n.source, n.dataset FROM node n LIMIT 1",
            "INSERT INTO edge (from_node, type, to_node, key, hash, source, dataset, share) SELECT from_node, type, "
            "to_node, (SELECT max(key) + 1 FROM edge), hash + 1, source, dataset, 0.9 FROM edge LIMIT 1",
            "INSERT INTO source VALUES ((SELECT coalesce(max(key), 0) + 1 FROM source), 'x' || hex(randomblob(4)), '', "
            "'', '', '', '', '', '', (SELECT min(key) FROM dataset))"])
        connection = sqlite3.connect(self.database)
        try:
            with connection:
                connection.execute(statement)
        except sqlite3.Error:
            pass  # there is nothing that it could be done to
        finally:
            connection.close()
        return statement

    def counted(self, day):
        """What stats should say, from the rows alone."""
        connection = sqlite3.connect(self.database)
        rows = lambda sql: connection.execute(sql).fetchall()
        single = lambda table: rows(f"SELECT count(*) FROM {table}")[0][0]
        result = {"observations": single("observation"), "sources": single("source"), "datasets": single("dataset"),
                  "nodes": single("node"), "edges": single("edge"),
                  "node_types": dict(rows("SELECT t.id, count(*) FROM node JOIN node_type t ON t.key = node.type "
                                          "GROUP BY 1")),
                  "edge_types": dict(rows("SELECT t.id, count(*) FROM edge JOIN edge_type t ON t.key = edge.type "
                                          "GROUP BY 1")),
                  "edge_statuses": dict(rows("SELECT coalesce(status, 'reported'), count(*) FROM edge GROUP BY 1"))}
        there = {key for key, since, until in rows("SELECT key, since, until FROM node")
                 if holds(since, until, day)}
        facts = collections.Counter()
        for start, kind, end, unit, group, since, until, status in rows(
                "SELECT from_node, type, to_node, unit, group_name, since, until, coalesce(status, 'reported') "
                "FROM edge"):
            if status in COUNTING and start in there and end in there and holds(since, until, day):
                facts[start, kind, end, unit, group] += 1
        connection.close()
        result["on_day"] = {"nodes": len(there), "edges": len(facts),
                            "rival_edges": sum(facts.values()) - len(facts)}
        return result

    def told(self, day):
        result = json.loads(self.run("stats", "--json", "--as-of", day))["result"]
        for key, name in (("node_types", "type"), ("edge_types", "type"), ("edge_statuses", "status")):
            result[key] = {entry[name]: entry["count"] for entry in result[key] if entry["count"]}
        return result


def first_day(text):
    return text + "-01-01"[len(text) - 4:] if len(text) < 10 else text


def holds(since, until, day):
    """Of partial dates: from the first day of the one on; a year or month of the other is in it, a day no more."""
    if since and day < first_day(since):
        return False
    return not until or (day < until if len(until) == 10 else day[:len(until)] <= until)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--program", required=True)
    parser.add_argument("--steps", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    days = ["2000-12-31", "2001-01-01", "2019-02-28", "2021-01-01", "2024-02-29", "2024-03-01", "2026-01-01",
            "2031-01-01"]
    edges = rivals = 0
    with tempfile.TemporaryDirectory() as folder:
        world = World(os.path.abspath(options.program), folder, options.seed)
        for step in range(options.steps):
            what = world.step()
            day = world.random.choice(days)
            told, counted = world.told(day), world.counted(day)
            if told != counted:
                print(f"seed {options.seed}, step {step}, {what}, on {day}:\n told {told}\n are  {counted}")
                return 1
            edges += counted["on_day"]["edges"]
            rivals += counted["on_day"]["rival_edges"]
    print(f"{options.steps} steps, all told as counted; {edges} edges of days, {rivals} rival claims")
    if options.steps >= 60 and (edges == 0 or rivals == 0):
        print("nothing was there to be counted")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
