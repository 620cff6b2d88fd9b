#!/usr/bin/env python3
"""What a database answers does not depend on how it came to hold what it holds: after random imports, additions, updates,
removals and edits by SQL behind the program's back, questions have the answers of a database that is built from nothing.

Questions about some nodes are answered from an old snapshot and what changed since (graph/snapshot/FORMAT.md, "Deltas"):
small graphs too, here. That they were is seen by the snapshot, which is then still of an earlier state. Six worlds in ten
have what hands things on sideways: generics, steps, deliveries, policies.

usage: second_day.py --program BIN [--sequences 6] [--steps 6] [--seed 1]
"""
import argparse
import copy
import json
import os
import pathlib
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile

SOURCE = [{"source": "s"}]
FIRMS, THINGS, COUNTRIES, POLICIES = 6, 8, 3, 3
PROCESSES = 3  # the last of the things
SETS = ["d0", "d1", "d2"]
ENDS = ["from", "to", "item"]
# Answered from a delta.
LOCAL = ["depends", "dependents", "chokepoints", "whatif", "stats", "timeline", "restrictions", "concentration"]
TOKEN_AT, TOKEN_BYTES = 80, 32  # in a snapshot's header


def policies():
    """Measures, some of which begin or rest by their own dates."""
    dates = [{}, {"announced": "2023-05", "effective": "2024-02"}, {"effective": "2020", "suspended": "2025-06/2025-08"}]
    nodes = [{"id": f"policy-{i}", "type": "policy", "sources": SOURCE, "attributes": dates[i]} for i in range(POLICIES)]
    edges = [{"id": f"issue-{i}", "from": f"country-{i % 2}", "type": "issues", "to": f"policy-{i}", "sources": SOURCE}
             for i in range(POLICIES)]
    return nodes, edges


def base(has_rules):
    nodes = [{"id": f"firm-{i}", "type": "firm", "sources": SOURCE} for i in range(FIRMS)]
    nodes += [{"id": f"thing-{i}", "type": "product", "sources": SOURCE} for i in range(THINGS)]
    nodes += [{"id": f"country-{i}", "type": "country", "sources": SOURCE} for i in range(COUNTRIES)]
    edges = [{"id": f"seat-{i}", "from": f"firm-{i}", "type": "located-in", "to": f"country-{i % COUNTRIES}",
              "sources": SOURCE} for i in range(FIRMS)]
    if has_rules:
        for i, reads in enumerate(["any", "all", None, None]):
            if reads:
                nodes[FIRMS + i]["attributes"] = {"variants": reads}
        for node in nodes[FIRMS + THINGS - PROCESSES:FIRMS + THINGS]:
            node["type"] = "process"
        more_nodes, more_edges = policies()
        nodes, edges = nodes + more_nodes, edges + more_edges
    return {"dataset": {"id": "base"}, "sources": [{"id": "s"}], "nodes": nodes, "edges": edges}


class Sequence:
    """A database that lives, and what it should hold."""

    def __init__(self, program, folder, seed):
        self.program, self.folder, self.random = program, pathlib.Path(folder), random.Random(seed)
        self.has_rules = self.random.random() < 0.6  # generics, steps, deliveries, policies
        self.held = {"base": base(self.has_rules)}
        self.count = 0
        self.backup = None
        self.from_delta = {}  # questions that were answered without a new snapshot
        self.is_other_field = False
        self.run("old.db", "init", "old.db")
        connection = sqlite3.connect(self.folder / "old.db")
        self.standard = json.loads(connection.execute("SELECT ontology FROM state").fetchone()[0])
        connection.close()
        self.bring("old.db", self.held["base"])

    def run(self, database, *words, code=0):
        environment = {"PATH": os.environ.get("PATH", ""), "LC_ALL": "C", "HOME": str(self.folder), "COLUMNS": "100",
                       "CHOKEPOINT_TEST_DELTAS_FROM": "0"}
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
        thing = lambda: self.random.choice([f"thing-{self.random.randrange(THINGS)}"] * 3 + [f"{name}-thing"])
        edge = {"id": f"{name}-{self.count:04}", "sources": SOURCE}
        draw = self.random.random()
        if self.has_rules and self.random.random() < 0.45:
            edge |= self.rule(thing)
        elif draw < 0.5:
            edge |= {"from": f"firm-{self.random.randrange(FIRMS)}", "type": "produces", "to": thing(),
                     "share": self.random.choice([0.1, 0.3, 0.5])}
        elif draw < 0.6:
            edge |= {"from": f"firm-{self.random.randrange(FIRMS)}", "type": "located-in",
                     "to": f"country-{self.random.randrange(COUNTRIES)}"}
        elif draw < 0.65:
            edge |= {"from": f"firm-{self.random.randrange(FIRMS)}", "type": "uses", "to": thing()}
        else:
            edge |= {"from": thing(), "type": "requires", "to": thing()}
            while edge["to"] == edge["from"]:
                edge["to"] = thing()
            if self.random.random() < 0.3:
                edge |= {"group": self.random.choice(["or", "either"])}
        if self.random.random() < 0.25:
            edge |= self.random.choice([{"since": "2019"}, {"since": "2024-05"}, {"since": "2031"}, {"until": "2020"},
                                        {"since": "2018", "until": "2033"}])
        if self.random.random() < 0.1:
            edge["status"] = self.random.choice(["estimated", "planned", "derived"])
        if self.random.random() < 0.1:
            edge["confidence"] = self.random.choice([0.2, 0.9])
        return edge

    def rule(self, thing):
        """What hands things on sideways."""
        firm, country = f"firm-{self.random.randrange(FIRMS)}", f"country-{self.random.randrange(COUNTRIES)}"
        one, other = thing(), thing()
        while other == one:
            other = thing()
        kind = self.random.choice(["variant-of", "variant-of", "step-of", "supplies", "supplies", "restricts", "restricts",
                                   "develops", "adapts-to", "substitutes", "minor"])
        policy = f"policy-{self.random.randrange(POLICIES)}"
        if kind == "supplies":
            customer = self.random.choice([country, f"firm-{self.random.randrange(FIRMS)}"])
            edge = {"from": firm, "type": kind, "to": customer, "item": one, "share": self.random.choice([0.3, 0.6])}
            if customer == firm:
                edge["to"] = country
            return edge
        if kind == "restricts":
            edge = {"from": policy, "type": kind, "to": self.random.choice([one, one, one, firm])}
            if self.random.random() < 0.6:
                edge["market"] = country
            if self.random.random() < 0.3:
                edge["attributes"] = {"mode": "licence"}
            return edge
        if kind == "adapts-to":
            return {"from": one, "type": kind, "to": policy}
        if kind == "step-of":
            one, other = self.random.sample(range(THINGS - PROCESSES, THINGS), 2)
            return {"from": f"thing-{one}", "type": kind, "to": f"thing-{other}"}
        if kind == "develops":
            return {"from": firm, "type": kind, "to": one}
        if kind == "minor":
            return {"from": country, "type": "produces", "to": one, "significance": "minor"}
        return {"from": one, "type": kind, "to": other}

    def edges(self, name):
        """Some new ones; now and then two that say two things of one fact."""
        edges = [self.edge(name) for _ in range(self.random.randrange(1, 9))]
        if self.random.random() < 0.3:
            self.count += 1
            rival = copy.deepcopy(edges[0]) | {"id": f"{name}-{self.count:04}"}
            if "share" in rival:
                rival["share"] = 0.7
            edges.append(rival | {"confidence": 0.5})
        return edges

    def contents(self, name, edges):
        nodes = [{"id": f"{name}-thing", "type": "product", "sources": SOURCE}]
        return {"dataset": {"id": name}, "sources": [{"id": "s"}], "nodes": nodes, "edges": edges}

    def unite(self, name, more):
        """What is held after something came to a dataset."""
        held = self.held.setdefault(name, self.contents(name, []))
        told = {node["id"] for node in more["nodes"]}
        held["nodes"] = [node for node in held["nodes"] if node["id"] not in told] + copy.deepcopy(more["nodes"])
        held["edges"] += [edge for edge in more["edges"] if edge["id"] not in {each["id"] for each in held["edges"]}]

    def some_edge(self, is_moved=False):
        """A dataset and one of its edges that has a share, where there is one; one that may end at any thing."""
        found = [(name, edge) for name in SETS for edge in self.held.get(name, {"edges": []})["edges"]
                 if "share" in edge and (edge["type"] == "produces" or not is_moved)]
        return self.random.choice(found) if found else (None, None)

    def step(self):
        """Does one thing, and writes down what is held then. @return what, for a message"""
        name = self.random.choice(SETS)
        draw = self.random.random()
        if draw < 0.2:
            self.held[name] = self.contents(name, self.edges(name))
            self.bring("old.db", self.held[name])
            return f"import of {name}"
        if draw < 0.32:
            more = self.contents(name, [self.edge(name)])
            self.bring("old.db", more, "--keep-old")
            self.unite(name, more)
            return f"addition to {name}"
        if draw < 0.38 and len(self.held) > 1:
            name = self.random.choice([held for held in SETS if held in self.held])
            self.run("old.db", "remove", "--dataset", name)
            del self.held[name]
            return f"removal of {name}"
        if draw < 0.48:
            name, edge = self.some_edge()
            if edge is None:
                return "nothing"
            edge["share"] = self.random.choice([0.2, 0.4, 0.6])
            self.bring("old.db", copy.deepcopy(self.contents(name, [edge])) | {"nodes": []}, "--update")
            return f"update of {edge['id']}"
        if draw < 0.54:
            return self.backup_or_restore()
        steps = [self.edit_share, self.edit_away, self.edit_end, self.edit_by_replacing, self.edit_rename,
                 self.edit_type, self.edit_life, self.edit_node_away, self.edit_new_node, self.rollback, self.cut_log,
                 self.edit_log, self.other_field]
        return self.random.choice(steps)()

    def backup_or_restore(self):
        """A copy of the file that is put back goes another way from there, and its snapshot knows nothing of it."""
        if self.backup is None or self.random.random() < 0.4:
            self.backup = (copy.deepcopy(self.held), self.is_other_field)
            shutil.copyfile(self.folder / "old.db", self.folder / "backup")
            return "backup"
        shutil.copyfile(self.folder / "backup", self.folder / "old.db")
        self.held, self.is_other_field = copy.deepcopy(self.backup[0]), self.backup[1]
        return "restore"

    def sql(self, *statements, commits=True):
        connection = sqlite3.connect(self.folder / "old.db", isolation_level=None)
        connection.execute("BEGIN")
        for statement, values in statements:
            connection.execute(statement, values)
        connection.execute("COMMIT" if commits else "ROLLBACK")
        connection.close()

    def edit_share(self, commits=True):
        _, edge = self.some_edge()
        if edge is None:
            return "nothing"
        share = self.random.choice([0.2, 0.4, 0.6])
        self.sql(("UPDATE edge SET share = ? WHERE name = ?", (share, edge["id"])), commits=commits)
        if commits:
            edge["share"] = share
        return f"edit of {edge['id']} by SQL"

    def edit_away(self):
        name, edge = self.some_edge()
        if edge is None:
            return "nothing"
        self.held[name]["edges"].remove(edge)
        self.sql(("DELETE FROM edge WHERE name = ?", (edge["id"],)))
        return f"edit of {edge['id']} by SQL"

    def edit_end(self):
        _, edge = self.some_edge(is_moved=True)
        if edge is None:
            return "nothing"
        edge["to"] = f"thing-{self.random.randrange(THINGS)}"
        self.sql(("UPDATE edge SET to_node = (SELECT key FROM node WHERE id = ?) WHERE name = ?",
                  (edge["to"], edge["id"])))
        return f"move of {edge['id']}"

    def edit_by_replacing(self):
        """The row that is replaced goes without a trigger."""
        _, edge = self.some_edge(is_moved=True)
        if edge is None:
            return "nothing"
        edge["to"] = f"thing-{self.random.randrange(THINGS)}"
        database = sqlite3.connect(self.folder / "old.db")
        columns = [row[1] for row in database.execute("PRAGMA table_info(edge)")]
        key = self.random.choice(["key", "key + 100000"])  # told by its key or by its name
        database.close()
        values = {"to_node": "(SELECT key FROM node WHERE id = ?)", "key": key}
        self.sql((f"INSERT OR REPLACE INTO edge SELECT {', '.join(values.get(each, each) for each in columns)} "
                  "FROM edge WHERE name = ?", (edge["to"], edge["id"])))
        return f"replacement of {edge['id']}"

    def own_node(self):
        """A node that a dataset brought itself, and the dataset."""
        found = [(name, node) for name in SETS for node in self.held.get(name, {"nodes": []})["nodes"]]
        return self.random.choice(found) if found else (None, None)

    def edit_rename(self):
        name, node = self.own_node()
        if node is None:
            return "nothing"
        self.count += 1
        old, new = node["id"], self.random.choice(["aa", "thing-3", "zz"]) + f"-{self.count}"
        self.sql(("UPDATE alias SET name = ?1, folded = ?1 WHERE kind = 'id' AND name = ?2", (new, old)),
                 ("UPDATE node SET id = ?1, id_folded = ?1 WHERE id = ?2", (new, old)))
        node["id"] = new
        for edge in self.held[name]["edges"]:
            edge |= {end: new for end in ENDS if edge.get(end) == old}
        return f"renaming of {old} as {new}"

    def edit_type(self):
        _, node = self.own_node()
        if node is None:
            return "nothing"
        node["type"] = self.random.choice(["chip", "material", "product"])
        self.sql(("UPDATE node SET type = (SELECT key FROM node_type WHERE id = ?) WHERE id = ?",
                  (node["type"], node["id"])))
        return f"retyping of {node['id']}"

    def edit_life(self):
        _, node = self.own_node()
        if node is None:
            return "nothing"
        life = dict(zip(("since", "until"), self.random.choice([("2030", ""), ("", "2020"), ("2001", "2040"), ("", "")])))
        self.sql(("UPDATE node SET since = ?, until = ? WHERE id = ?", (life["since"], life["until"], node["id"])))
        for key, date in life.items():
            node.pop(key, None)
            if date:
                node[key] = date
        return f"life of {node['id']}"

    def edit_node_away(self):
        name, node = self.own_node()
        if node is None:
            return "nothing"
        key = "(SELECT key FROM node WHERE id = ?1)"
        self.sql((f"DELETE FROM edge WHERE from_node = {key} OR to_node = {key} OR item = {key}", (node["id"],)),
                 (f"DELETE FROM alias WHERE node = {key}", (node["id"],)),
                 ("DELETE FROM node WHERE id = ?1", (node["id"],)))
        held = self.held[name]
        held["nodes"].remove(node)
        held["edges"] = [edge for edge in held["edges"] if node["id"] not in [edge.get(end) for end in ENDS]]
        return f"deletion of {node['id']}"

    def edit_new_node(self):
        name = self.random.choice([held for held in SETS if held in self.held] or [None])
        if name is None:
            return "nothing"
        self.count += 1
        node = {"id": self.random.choice(["a", "firm-3", "thing-4", "z"]) + f"-new-{self.count}", "type": "product",
                "sources": SOURCE}
        edge = {"id": f"{name}-{self.count:04}", "sources": SOURCE, "from": node["id"], "type": "requires",
                "to": f"thing-{self.random.randrange(THINGS)}"}
        if self.random.random() < 0.5:
            edge["from"], edge["to"] = edge["to"], edge["from"]
        dataset, source = "(SELECT key FROM dataset WHERE id = ?1)", "(SELECT key FROM source WHERE id = 's')"
        self.sql((f"INSERT INTO node (id, id_folded, type, labels, codes, description, since, until, attributes, source, "
                  f"locator, dataset) SELECT ?2, ?2, key, '{{}}', '{{}}', '', '', '', '', {source}, '', {dataset} FROM "
                  "node_type WHERE id = 'product'", (name, node["id"])),
                 ("INSERT INTO alias SELECT id, key, 'id', '', id FROM node WHERE id = ?", (node["id"],)),
                 (f"INSERT INTO edge (from_node, type, to_node, key, hash, name, source, dataset) SELECT f.key, t.key, "
                  f"n.key, (SELECT max(key) + 1 FROM edge), 5, ?2, {source}, {dataset} FROM node f, node n, edge_type t "
                  "WHERE f.id = ?3 AND n.id = ?4 AND t.id = 'requires'", (name, edge["id"], edge["from"], edge["to"])))
        self.held[name]["nodes"].append(node)
        self.held[name]["edges"].append(edge)
        return f"new node {node['id']}"

    def rollback(self):
        self.edit_share(commits=False)
        return "rollback"

    def cut_log(self):
        self.sql(("DELETE FROM change_log WHERE entry IN (SELECT entry FROM change_log ORDER BY random() LIMIT 1)", ()))
        return "cut in the log"

    def edit_log(self):
        self.edit_share()
        self.sql(("UPDATE change_log SET from_node = 1, to_node = 2 WHERE kind = 'edge'", ()))
        return "forged log"

    def other_field(self):
        """Another ontology: one in which what is used is needed, or as it was."""
        self.is_other_field = not self.is_other_field
        self.sql(("UPDATE state SET ontology = ?", (self.ontology(),)))
        return "ontology"

    def ontology(self):
        words = copy.deepcopy(self.standard)
        if self.is_other_field:
            kind = next(each for each in words["edge_types"] if each["id"] == "uses")
            kind["dependency"] |= {"group": "any", "strength": "hard"}
        return json.dumps(words, sort_keys=True, separators=(",", ":"), ensure_ascii=False)

    def questions(self):
        any_thing = [f"thing-{i}" for i in range(THINGS)]
        any_thing += [node["id"] for name in SETS for node in self.held.get(name, {"nodes": []})["nodes"]] * 2
        thing, other = (self.random.choice(any_thing) for _ in range(2))
        firm, country = f"firm-{self.random.randrange(FIRMS)}", f"country-{self.random.randrange(COUNTRIES)}"
        some = lambda: self.random.choice([thing, other, firm, country])
        options = self.random.choice([[], ["--soft"], ["--depth", "1"], ["--bridge"], ["--include", "planned"],
                                      ["--min-confidence", "0.4"], ["--depth", "2", "--soft"], ["--nodes"]])
        filters = self.random.choice([[], [], ["--include", "planned"], ["--min-confidence", "0.4"]])
        policy = f"policy-{self.random.randrange(POLICIES)}"
        ruled = [["restrictions", country], ["restrictions", "--item", thing], ["restrictions"], ["timeline", policy],
                 ["timeline", country], ["timeline", thing], ["brief", policy], ["brief", firm],
                 ["whatif", "--enforce", policy], ["whatif", "--without", policy], ["concentration"],
                 ["whatif", "--remove", other], ["chokepoints", other, "--order", "1"], ["dependents", other],
                 ["depends", country], ["dependents", policy]]
        return (ruled if self.has_rules else []) + [
                ["depends", thing, *options], ["depends", other], ["dependents", firm], ["dependents", thing, "--tiers"],
                ["dependents", some(), *options], ["chokepoints", thing], ["chokepoints", some(), "--order", "1", *filters],
                ["whatif", "--remove", country], ["whatif", "--remove", firm, *filters], ["whatif", "--remove", thing, other],
                ["stats"], ["concentration", thing], ["show", thing], ["search", "thing"], ["sources"], ["datasets"],
                ["brief", thing], ["paths", thing, other], ["timeline", firm], ["timeline"],
                ["rank", "--by", "stops"], ["check"], ["ownership", firm]]

    def states(self):
        """The token of the snapshot, if there is one, and that of the database."""
        snapshot = self.folder / "old.db.snapshot"
        connection = sqlite3.connect(self.folder / "old.db")
        now = connection.execute("SELECT value FROM token").fetchone()[0]
        connection.close()
        head = snapshot.read_bytes()[TOKEN_AT:TOKEN_AT + TOKEN_BYTES] if snapshot.exists() else b""
        return head.decode(), now

    def ask(self, database, question):
        text = self.run(database, *question, "--as-of", "2025-06-30", "--json", code=None)
        if not text:
            return text
        answer = json.loads(text)
        answer.pop("database", None)
        return answer

    def ask_old(self, question):
        told = self.ask("old.db", question)
        kept, now = self.states()
        if kept and kept != now:
            self.from_delta[question[0]] = self.from_delta.get(question[0], 0) + 1
        return told

    def compare(self, asked):
        """@return the first question of which the answers differ, with them; nothing where all agree"""
        for name in ("new.db", "new.db.snapshot"):
            (self.folder / name).unlink(missing_ok=True)
        (self.folder / "ontology.json").write_text(self.ontology(), encoding="utf-8")
        self.run("new.db", "init", "new.db", "--ontology", "ontology.json")
        for name in ["base", *SETS]:
            if name in self.held:
                self.bring("new.db", self.held[name])
        chosen = self.random.sample(self.questions(), asked)
        if self.random.random() < 0.7:
            chosen.sort(key=lambda question: question[0] not in LOCAL)  # the others make a new snapshot
        for question in chosen:
            told, expected = self.ask_old(question), self.ask("new.db", question)
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
    compared, kinds, from_delta = 0, set(), dict.fromkeys(LOCAL, 0)
    for number in range(options.sequences):
        with tempfile.TemporaryDirectory() as folder:
            sequence = Sequence(os.path.abspath(options.program), folder, options.seed * 100_000 + number)
            done = []
            for _ in range(options.steps):
                done.append(sequence.step())
                kinds.add(done[-1].split(" ")[0])
                if sequence.random.random() < 0.3:  # several changes in turn
                    continue
                difference = sequence.compare(12)
                if difference:
                    question, told, expected = difference
                    print(f"seed {options.seed}, sequence {number}: after {'; '.join(done)}: {' '.join(question)}\n"
                          f" told     {json.dumps(told)[:3000]}\n expected {json.dumps(expected)[:3000]}")
                    return 1
                compared += 12
            for command, count in sequence.from_delta.items():
                from_delta[command] = from_delta.get(command, 0) + count
    print(f"{options.sequences} sequences, {compared} answers, all as of a database built from nothing; "
          f"steps: {', '.join(sorted(kinds))}; without a new snapshot: "
          f"{', '.join(f'{command} {count}' for command, count in sorted(from_delta.items()))}")
    if options.sequences < 6:
        return 0
    return 0 if {"import", "addition", "removal", "update", "edit"} <= kinds and min(
        from_delta[command] for command in LOCAL) > 0 else 1


if __name__ == "__main__":
    sys.exit(main())
