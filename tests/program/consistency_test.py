#!/usr/bin/env python3
"""What one command says, no other may deny. On seeded random graphs with policies, layers, variants, shares, seats and
dates the same fact is asked of `whatif`, `chokepoints`, `rank --by stops`, `diff`, `depends`, `dependents`, the page and
the exports. What must hold:

  stops       x stops t alone says whatif            <=> {x} is a cut set of t says chokepoints
  pairs       a pair that stops t, neither of it alone, in its own layer or that of the pair   <=> it is a cut set
  remainders  the same of sets with a remainder ("others"), which chokepoints tells apart, rank leaves out, and depends,
              brief and diff count
  already     a target that chokepoints calls impossible for some policies comes back in whatif --without them
  causes      whatever whatif --remove x loses or reduces is counted by one cause
  rank        what rank --by stops counts for x       = what whatif --remove x lists
  depends     whatever stops t is among what t depends on
  dependents  x is among what t depends on            <=> t is among what depends on x
  soft        what is needed is found with --soft, too, and is not soft there
  diff        the sets that came and went             = those of chokepoints on either day
  order       bounds <= adapted <= baseline for --enforce; baseline <= bounds <= adapted for --without
  without     the baseline of --enforce P             = the state without P
  pruned      an answer as of a day                   = the answer of a database that never heard of facts which hold
              on other days, nor of claims that count for nothing
  page        the marks of a page of an answer, and where its walks lead   = what the commands say
  export      an export as of a day                   = the facts that hold on it

usage: consistency_test.py --program build/dev/bin/chokepoint [--worlds 300] [--first SEED] [--jobs 2] [--report FILE]
"""
import argparse
import collections
import concurrent.futures
import itertools
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from random_worlds import FIRST_DAY, SECOND_DAY, World, begins_by, first_day, holds_on  # noqa: E402

READINGS = ("any", "all")
TOLERANCE = 1e-9


class Program:
    """The program on one database."""

    def __init__(self, path, folder, day):
        self.path, self.folder, self.day = path, folder, day
        self.env = {key: value for key, value in os.environ.items() if not key.startswith("CHOKEPOINT_")}
        self.env.update(HOME=folder, XDG_CACHE_HOME=folder)
        self.calls = 0

    def run(self, *words, day=None, database="w.db"):
        self.calls += 1
        command = [self.path, "--quiet", "--db", database, "--as-of", day or self.day, *words]
        done = subprocess.run(command, cwd=self.folder, env=self.env, capture_output=True, text=True, timeout=60,
                              stdin=subprocess.DEVNULL, check=False)
        if done.returncode not in (0, 1) or (done.returncode == 1 and not done.stdout):
            raise RuntimeError(f"{' '.join(words)}: exit {done.returncode}: {done.stderr.strip()}")
        return done.stdout

    def ask(self, *words, **more):
        return json.loads(self.run(*words, "--json", **more))["result"]

    def store(self, dataset, database="w.db"):
        name = database + ".json"
        pathlib.Path(self.folder, name).write_text(json.dumps(dataset), encoding="utf-8")
        self.run("init", database, database="none.db")
        self.run("import", name, database=database)


def removal(members):
    return [word for member in members for word in ("--remove", member)]


def subject(entry):
    return entry["id"] + ("@" + entry["customer"] if entry.get("customer") else "")


def capacities(bound):
    return {subject(entry): (entry["low"], entry["high"]) for entry in bound["capacity"]}


def more_than(less, more):
    """Subjects of which `less` leaves more than `more`; a delivery that only one of them has is not compared."""
    few, many = capacities(less), capacities(more)
    for name, (low, high) in many.items():
        own = few.get(name)
        if own is None and "@" in name:
            continue
        own = own or (1, 1)
        if own[0] > low + TOLERANCE or own[1] > high + TOLERANCE:
            yield f"{name}: {list(own)} above {[low, high]}"


class Check:
    """All questions about one world."""

    def __init__(self, program, world):
        self.program, self.world = program, world
        self.asked, self.wrong = collections.Counter(), []
        self.dice = world.dice
        self.types = {node["id"]: node["type"] for node in world.nodes}
        self.known = {}

    def expect(self, kind, holds, text):
        self.asked[kind] += 1
        if not holds:
            self.wrong.append((kind, f"seed {self.world.seed}, {self.program.day}: {text}"))

    def layer(self, node):
        kind = self.types[node]
        return "place" if kind in ("country", "bloc") else "actor" if kind in ("firm", "group") else "thing"

    def is_there(self, node):
        return begins_by(next(each for each in self.world.nodes if each["id"] == node), self.program.day)

    def lost(self, members):
        """What whatif says becomes impossible, by reading; what was removed left out."""
        key = tuple(sorted(members))
        if key not in self.known:
            answer = self.program.ask("whatif", *removal(key))
            self.known[key] = {bound["variants"]: set(bound["impossible"]) - set(key) for bound in answer["bounds"]}, \
                {bound["variants"]: set(bound["flows"]) for bound in answer["bounds"]}
        return self.known[key]

    def run(self):
        there = [node["id"] for node in self.world.nodes if self.is_there(node["id"]) and node["type"] != "policy"]
        singles = self.dice.sample(there, min(6, len(there)))
        self.check_rank(singles)
        for single in singles[:3]:
            self.check_causes([single])
        hit = sorted({node for single in singles for reading in READINGS for node in self.lost([single])[0][reading]})
        things = [node for node in there if self.layer(node) == "thing"]
        targets = list(dict.fromkeys(hit[:2] + [self.dice.choice(things)]))
        for target in targets:
            self.check_target(target, there, singles)
        self.check_diff(targets[0])
        if self.world.policies:
            self.check_policies(there)
        self.check_pruned(targets[0], singles[0])
        self.check_page(singles[0])
        self.check_export()

    def check_rank(self, singles):
        rows = {row["id"]: row for row in self.program.ask("rank", "--by", "stops", "--limit", "0")}
        for single in singles:
            nodes, flows = self.lost([single])
            says = [len(nodes[reading]) for reading in READINGS] + [len(flows[reading]) for reading in READINGS]
            if single in self.world.remainders:
                self.expect("remainders", single not in rows, f"rank --by stops counts the remainder {single}")
                continue
            row = rows.get(single, {})
            counted = [row.get(field, 0) for field in ("value", "value_all", "flows", "flows_all")]
            self.expect("rank", counted == says, f"rank --by stops counts {counted} for {single}, whatif {says}")

    def cut_sets(self, target, day=None):
        """Sets by reading, those with a remainder among them; None where the target is impossible anyway."""
        answer = self.program.ask("chokepoints", target, "--order", "2", "--limit", "0", day=day)
        sets = {}
        for i, bound in enumerate(answer["bounds"]):
            gone = bound.get("already_impossible", answer.get("already_impossible"))
            named = {tuple(sorted(each)) for each in bound["cut_sets"]}
            others = {tuple(sorted(each)) for each in bound.get("remainder_sets", [])}
            sets[bound["variants"]] = None if gone else named | others
            self.expect("remainders", not self.with_remainder(named) and self.with_remainder(others) == others,
                        f"of {target} {sorted(named)} are chokepoints and {sorted(others)} have a remainder")
            if isinstance(gone, dict) and day is None:
                self.check_already(target, i, gone.get("policies", []))
        return sets

    def with_remainder(self, sets):
        return {members for members in sets if self.world.remainders & set(members)}

    def check_left_out(self, target, sets):
        """What depends, brief and their like say of sets with and without remainders."""
        if None in sets.values():
            return
        whole = sets["any"] | sets["all"]
        left_out, named = self.with_remainder(whole), whole - self.with_remainder(whole)
        stops = self.program.ask("brief", target).get("stops") or {"alone": [], "pairs": [], "remainder_sets": 0}
        said = {tuple(sorted(each["members"])) for kind in ("alone", "pairs") for each in stops[kind]}
        self.expect("remainders", stops["remainder_sets"] == len(left_out) and said == named,
                    f"brief says that {sorted(said)} stop {target} and leaves out {stops['remainder_sets']}, chokepoints "
                    f"{sorted(named)} and {len(left_out)}")
        text = self.program.run("depends", target, "--format", "table")
        counts = re.search(r"cut sets of one: (\d+), of two: (\d+)", text)
        counted = [len([each for each in sets["any"] - left_out if len(each) == size]) for size in (1, 2)]
        left = re.search(r"sets left out: (\d+)", text)
        if counts:
            self.expect("remainders", [int(each) for each in counts.groups()] == counted and
                        int(left.group(1) if left else 0) == len(left_out),
                        f"depends {target} closes with {counts.group()} and {left and left.group()}, chokepoints lists "
                        f"{counted} and leaves out {len(left_out)}")

    def check_already(self, target, reading, policies):
        """A target that policies make impossible comes back without them."""
        if not policies:
            return
        answer = self.program.ask("whatif", *[word for policy in policies for word in ("--without", policy)])
        back = {again if isinstance(again, str) else again["id"] for again in answer["bounds"][reading]["possible_again"]}
        self.expect("already", target in back,
                    f"chokepoints says that {target} is possible without {policies}, whatif brings back {sorted(back)}")

    def check_target(self, target, there, singles):
        sets = self.cut_sets(target)
        for reading in READINGS:
            if sets[reading] is None:
                continue
            for single in singles:
                if single == target:
                    continue
                stops = target in self.lost([single])[0][reading]
                self.expect("stops", stops == ((single,) in sets[reading]),
                            f"whatif says that {single} {'stops' if stops else 'does not stop'} {target} (variants "
                            f"{reading}), chokepoints the contrary")
            for members in self.dice.sample(sorted(sets[reading]), min(3, len(sets[reading]))):
                self.expect("stops" if len(members) == 1 else "pairs", target in self.lost(members)[0][reading],
                            f"chokepoints says that {members} stops {target} (variants {reading}), whatif not")
        self.check_pairs(target, there, sets)
        self.check_depends(target, sets)
        self.check_left_out(target, sets)

    def check_pairs(self, target, there, sets):
        pairs = [pair for pair in itertools.combinations(sorted(there), 2)
                 if target not in pair and {self.layer(node) for node in pair} != {"place", "actor"}]
        for pair in self.dice.sample(pairs, min(3, len(pairs))):
            for reading in READINGS:
                if sets[reading] is None or any((single,) in sets[reading] for single in pair):
                    continue
                stops = target in self.lost(pair)[0][reading] and not self.thing_stops_by_place(pair, target, reading)
                self.expect("pairs", stops == (pair in sets[reading]),
                            f"whatif says that {pair} {'stops' if stops else 'does not stop'} {target} (variants "
                            f"{reading}), chokepoints the contrary")

    def thing_stops_by_place(self, pair, target, reading):
        """Whether a thing beside a place stops the target without it, as places are read."""
        if "place" not in {self.layer(node) for node in pair}:
            return False
        return any(self.layer(node) == "thing" and target in self.lost_by_place(node)[reading] for node in pair)

    def lost_by_place(self, node):
        bounds = self.program.ask("whatif", "--remove", node, "--layer", "place")["bounds"]
        return {bound["variants"]: set(bound["impossible"]) for bound in bounds}

    def check_depends(self, target, sets):
        rests_on = {node["id"] for node in self.program.ask("depends", target, "--nodes")["nodes"]}
        for reading in READINGS:
            for members in sets[reading] or ():
                missing = set(members) - rests_on - {target}
                self.expect("depends", not missing,
                            f"{members} stops {target} (variants {reading}), but depends does not list {missing}")
        with_soft = {node["id"]: node["soft"] for node in self.program.ask("depends", target, "--nodes", "--soft")["nodes"]}
        needed = {node for node, soft in with_soft.items() if not soft}
        self.expect("soft", needed == rests_on,
                    f"depends {target} lists {sorted(rests_on)}, with --soft as needed {sorted(needed)}")
        others = [node["id"] for node in self.world.nodes if node["id"] != target and self.is_there(node["id"])]
        for other in self.dice.sample(others, min(2, len(others))):
            users = {node["id"] for node in self.program.ask("dependents", other, "--nodes")["nodes"]}
            self.expect("dependents", (target in users) == (other in rests_on),
                        f"depends {target} {'lists' if other in rests_on else 'does not list'} {other}, dependents the "
                        "contrary")

    def check_diff(self, target):
        then, now = sorted((FIRST_DAY, SECOND_DAY))
        answer = self.program.ask("diff", then, now, "--target", target)
        self.check_all_targets(then, now)
        before, after = self.cut_sets(target, day=then), self.cut_sets(target, day=now)
        if None in before.values() or None in after.values():
            return
        said = {"appeared": set(), "vanished": set()}
        for entry in answer["chokepoints"]:
            for change in said:
                said[change] |= {(tuple(sorted(each["members"])), reading) for each in entry[change]
                                 for reading in each["variants"]}
        order = max([1] + [len(members) for change in said.values() for members, _ in change])
        for change, old, new in (("appeared", before, after), ("vanished", after, before)):
            true = {(members, reading) for reading in READINGS for members in new[reading] - old[reading]
                    if len(members) <= order and not self.with_remainder({members})}
            self.expect("diff", said[change] == true,
                        f"diff says that of {target} {change} {sorted(said[change])}, chokepoints on both days "
                        f"{sorted(true)}")

        others = {members for reading in READINGS for members in self.with_remainder(before[reading] ^ after[reading])}
        self.expect("remainders", answer["remainder_sets"] == len(others),
                    f"diff leaves out {answer['remainder_sets']} sets of {target} that came or went, of chokepoints' "
                    f"{sorted(others)} have a remainder")

    def check_all_targets(self, then, now):
        """Who asks about all at once hears of each that changed what who asks about it alone hears."""
        def sets(entries):
            return {(change, tuple(each["members"]), tuple(each["variants"])) for entry in entries
                    for change in ("appeared", "vanished") for each in entry[change]}

        everything = collections.defaultdict(list)
        for entry in self.program.ask("diff", then, now, "--chokepoints")["chokepoints"]:
            everything[entry["target"]["id"]].append(entry)
        for thing in self.dice.sample([node["id"] for node in self.world.nodes if self.layer(node["id"]) == "thing"], 3):
            alone = sets(self.program.ask("diff", then, now, "--target", thing, "--order", "1")["chokepoints"])
            told = sets(everything[thing])
            # Where all are asked about, what nothing rests on is none of them.
            self.expect("diff", told == alone or (not told and not self.takes_along(thing, then, now)),
                        f"diff --chokepoints says of {thing} {sorted(told)}, diff --target {sorted(alone)}")

    def takes_along(self, thing, *days):
        """Whether anything else is lost with a thing on one of the days."""
        return any({each for each in [*bound["impossible"], *bound["flows"]] if each.split("@")[0] != thing} for day in days
                   if begins_by(next(each for each in self.world.nodes if each["id"] == thing), day)
                   for bound in self.program.ask("whatif", "--remove", thing, day=day)["bounds"])

    def check_causes(self, members):
        """Whatever is lost or reduced has one cause."""
        answer = self.program.ask("whatif", *removal(members))
        for i, reading in enumerate(READINGS):
            bound = answer["bounds"][i]
            lost = set(bound["impossible"]) - set(members) | set(bound["flows"])
            counted = sum(cause[reading] for cause in answer["lost_by_cause"])
            self.expect("causes", counted == len(lost),
                        f"whatif --remove {members} loses {len(lost)} (variants {reading}), by cause {counted}")
        told = collections.Counter(node for cause in answer["lost_by_cause"] for node in cause["nodes"])
        told.update(cause["cause"] for cause in answer["lost_by_cause"])
        reduced = collections.Counter(node for cause in answer["reduced_by_cause"] for node in cause["nodes"])
        certain = {node["id"] for node in answer["bounds"][0]["capacity"]
                   if node["less_than_baseline"] and 0 < node["high"] < node.get("before_high", 1) - TOLERANCE}
        twice = [node for counts in (told, reduced) for node, count in counts.items() if count > 1]
        self.expect("causes", not twice, f"whatif --remove {members} counts {twice} twice")
        self.expect("causes", set(reduced) == certain,
                    f"whatif --remove {members} reduces {sorted(certain)}, by cause {sorted(reduced)}")

    def check_policies(self, there):
        policy = self.dice.choice(self.world.policies)
        removed = removal(self.dice.sample(there, 1)) if self.dice.random() < 0.5 else []
        enforced = self.program.ask("whatif", "--enforce", policy, *removed)
        for less, more in (("bounds", "adapted"), ("adapted", "baseline")):
            for i, reading in enumerate(READINGS):
                wrong = list(more_than(enforced[less][i], enforced[more][i]))
                self.expect("order", not wrong,
                            f"--enforce {policy} {' '.join(removed)}: {less} above {more} (variants {reading}): {wrong}")
        freed = self.program.ask("whatif", "--without", policy, *removed)
        for less, more in (("baseline", "bounds"), ("bounds", "adapted")):
            for i, reading in enumerate(READINGS):
                wrong = list(more_than(freed[less][i], freed[more][i]))
                self.expect("order", not wrong,
                            f"--without {policy} {' '.join(removed)}: {less} above {more} (variants {reading}): {wrong}")
        if removed:
            self.check_same_state(policy, removed, enforced, freed)

    def check_same_state(self, policy, removed, enforced, freed):
        """What stands without the policy is told by either question; nothing is taken off what was lost before."""
        acts = policy in freed.get("in_force", [])
        plain, unharmed = self.program.ask("whatif", *removed), self.program.ask("whatif", "--enforce", policy)
        for i, reading in enumerate(READINGS):
            base, free = capacities(enforced["baseline"][i]), capacities(freed["bounds"][i])
            # Leaving a policy out takes nothing away: what had more while it was in force is held at that.
            held = capacities(freed["baseline"][i])
            nodes = {name for name in {*base, *free, *held} if "@" not in name}
            wrong = []
            for name in sorted(nodes):
                left, before = base.get(name, (1, 1)), held.get(name, (1, 1))
                expected = (max(left[0], before[0]), max(left[1], before[1]))
                if free.get(name, (1, 1)) != expected:
                    wrong.append(f"{name}: {expected} and {free.get(name, (1, 1))}")
            self.expect("without", not wrong or len(self.world.policies) > 1,
                        f"{' '.join(removed)}: the baseline of --enforce {policy} is not --without {policy} (variants "
                        f"{reading}): {wrong}")
            if acts:
                continue
            # The plain answer lists what the removal takes; all else is as with nothing removed.
            told, whole = capacities(plain["bounds"][i]), capacities(unharmed["baseline"][i])
            same = all(base.get(name, (1, 1)) == told.get(name, whole.get(name, (1, 1)))
                       for name in {*base, *told, *whole})
            self.expect("without", same or policy in plain.get("in_force", []),
                        f"{' '.join(removed)}: the baseline of --enforce {policy} is not the plain answer (variants "
                        f"{reading})")

    def check_pruned(self, target, single):
        day = self.program.day
        nodes = {node["id"]: node for node in self.world.nodes}

        def counts(edge):
            ends = [nodes[edge["from"]], nodes[edge["to"]]]
            return holds_on(edge, day) and all(holds_on(end, day) for end in ends)

        kept = [edge for edge in self.world.edges if counts(edge)]
        figures = [figure for figure in self.world.figures if first_day(figure["as_of"]) <= day]
        self.program.store(self.world.dataset(kept, figures), "pruned.db")
        for words in (("whatif", *removal([single])), ("rank", "--by", "stops", "--limit", "0"),
                      ("chokepoints", target, "--order", "2", "--limit", "0"), ("depends", target), ("depends", target, "--soft"),
                      ("show", self.dice.choice(self.world.firms)), ("figures",), ("concentration", "--limit", "0")):
            whole, pruned = self.program.ask(*words), self.program.ask(*words, database="pruned.db")
            self.expect("pruned", whole == pruned,
                        f"{' '.join(words)}: another answer where the facts of other days are not there at all")

    def check_page(self, single):
        folder = pathlib.Path(self.program.folder)
        (folder / "answer.json").write_text(self.program.run("whatif", *removal([single]), "--json"), encoding="utf-8")
        self.program.run("view", "answer.json", "-o", "page.html", "--force")
        page = (folder / "page.html").read_text(encoding="utf-8")
        data = json.loads(re.search(r'<script[^>]*id="data"[^>]*>(.*?)</script>', page, re.DOTALL).group(1))
        self.check_walk(data)
        marks = {node["id"]: node.get("mark") for node in data["nodes"]}
        lost = self.lost([single])[0]
        stopped, perhaps = lost["any"] & lost["all"], lost["any"] ^ lost["all"]
        for mark, expected in (("removed", {single}), ("fails", stopped), ("may-fail", perhaps)):
            found = {node for node, each in marks.items() if each == mark}
            self.expect("page", found == expected,
                        f"a page of whatif --remove {single} marks as {mark} {sorted(found)}, not {sorted(expected)}")

        def is_shown(record):
            first, last = record.get("spell", ("", ""))
            return (not first or first <= self.program.day) and (not last or last >= self.program.day)

        nodes = {node["id"] for node in data["nodes"] if is_shown(node)}
        shown = {edge["id"] for edge in data["edges"] if is_shown(edge) and {edge["from"], edge["to"]} <= nodes}
        there = {node["id"] for node in self.world.nodes if holds_on(node, self.program.day)}
        holding = {edge["id"] for edge in self.world.edges
                   if holds_on(edge, self.program.day) and {edge["from"], edge["to"]} <= there}
        self.expect("page", shown == holding - self.later_measures(holding - shown),
                    f"the page shows {sorted(shown ^ holding)} on another day than the data say")

    def check_walk(self, data):
        """The page walks upstream and downstream as its script does; `page_answers_test.py` asks the script itself."""
        walk, names = data["walk"], [node["id"] for node in data["nodes"]]
        period = sum(day <= self.program.day for day in walk["changes"])
        states = [(names[row], flags & 1, flags & 2) for row, flags in walk["states"]]
        steps = [(origin, to) for origin, to, _, kind, worlds, first, last in walk["steps"]
                 if kind == 0 and worlds & 1 and first <= period <= last]
        start = self.dice.choice([node for node, _, _ in states])
        for command, upstream in (("depends", True), ("dependents", False)):
            near = {i for i, (node, delivery, _) in enumerate(states) if node == start and not (upstream and delivery)}
            seen = set(near)
            while near:
                go_on = {i for i in near if not states[i][2] or states[i][0] == start}
                near = {(to if upstream else origin) for origin, to in steps if (origin if upstream else to) in go_on} - seen
                seen |= near
            walked = {states[i][0] for i in seen if upstream or not states[i][1]} - {start}
            listed = {node["id"] for node in self.program.ask(command, start, "--nodes")["nodes"]}
            self.expect("page", walked == listed,
                        f"the page walks from {start} to {sorted(walked)}, {command} lists {sorted(listed)}")

    def later_measures(self, edges):
        """Of several measures of one fact the later ones are out where another counts."""
        return {edge["id"] for edge in self.world.edges
                if edge["id"] in edges and first_day(edge.get("as_of", "")) > self.program.day}

    def check_export(self):
        day = self.program.day
        nodes = {node["id"] for node in self.world.nodes if holds_on(node, day)}
        lines = [json.loads(line) for line in self.program.run("export", "--to", "jsonl").splitlines()]
        found = {line["edge"]["id"] for line in lines if "edge" in line}
        holding = {edge["id"] for edge in self.world.edges
                   if holds_on(edge, day) and edge["from"] in nodes and edge["to"] in nodes}
        holding -= self.later_measures(holding - found)
        self.expect("export", found == holding,
                    f"an export as of the day differs from the facts that hold on it by {sorted(found ^ holding)}")
        figures = {line["observation"]["id"] for line in lines if "observation" in line}
        begun = {figure["id"] for figure in self.world.figures
                 if first_day(figure["as_of"]) <= day and figure["subject"] in nodes}
        self.expect("export", figures == begun, f"an export as of the day has the figures {sorted(figures)}, not {sorted(begun)}")


def check_world(program, seed):
    world = World(seed)
    with tempfile.TemporaryDirectory() as folder:
        asker = Program(program, folder, FIRST_DAY if seed % 2 else SECOND_DAY)
        check = Check(asker, world)
        try:
            asker.store(world.dataset())
            check.run()
        except (RuntimeError, subprocess.TimeoutExpired) as error:
            check.wrong.append(("failed", f"seed {seed}, {asker.day}: {error}"))
        return check.asked, check.wrong, asker.calls


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", required=True)
    parser.add_argument("--worlds", type=int, default=300)
    parser.add_argument("--first", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--report", help="write every disagreement there, not only the first of each kind")
    arguments = parser.parse_args()
    program = str(pathlib.Path(arguments.program).resolve())
    asked, wrong, calls = collections.Counter(), [], 0
    with concurrent.futures.ThreadPoolExecutor(arguments.jobs) as pool:
        seeds = range(arguments.first, arguments.first + arguments.worlds)
        for counts, found, some in pool.map(lambda seed: check_world(program, seed), seeds):
            asked += counts
            wrong += found
            calls += some
    by_kind = collections.defaultdict(list)
    for kind, text in wrong:
        by_kind[kind].append(text)
    if arguments.report:
        lines = [f"{kind}: {text}" for kind in sorted(by_kind) for text in by_kind[kind]]
        pathlib.Path(arguments.report).write_text("\n".join(lines) + "\n", encoding="utf-8")
    for kind in sorted(by_kind):
        print("\n".join(f"{kind}: {text}" for text in by_kind[kind][:3]))
    for kind in sorted({*asked, *by_kind}):
        print(f"{kind}: asked {asked[kind]}, disagreements {len(by_kind[kind])}")
    print(f"{arguments.worlds} worlds, {calls} questions")
    sys.exit(1 if wrong or not asked else 0)


if __name__ == "__main__":
    main()
