#!/usr/bin/env python3
"""The page says what the program says: tiers, softness, forecasts and gates of any node on any day, of random graphs
and of the curated one. The page's own script answers (`ask_page.mjs`), the program is asked the same.

  tiers     what the page lists upstream and downstream   = `depends --nodes`, `dependents --nodes`, with their tiers
  soft      the same with soft dependencies               = with --soft, what is soft there and what is not
  plans     the same with forecasts and plans             = with --include forecast,planned,recommended
  gates     the requirement groups beside a node          = `groups` of `depends`: rule, k, n, item, edges
  edges     what is drawn on a day                        = what an export of the day holds, plans apart
  measures  what a page opens with                        = `rank --by stops`, `concentration`, `timeline`

usage: page_answers_test.py --program PROGRAM --explorer DIR --node NODE [--worlds 40] [--first SEED]
"""
import argparse
import collections
import json
import os
import pathlib
import random
import re
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "program"))
from random_worlds import FIRST_DAY, SECOND_DAY, World  # noqa: E402

PLANS = ("forecast", "planned", "recommended")
UNBUILT = "without the explorer"


class Skipped(Exception):
    pass


class Asker:
    def __init__(self, arguments, folder):
        self.arguments, self.folder = arguments, folder
        self.env = {key: value for key, value in os.environ.items() if not key.startswith("CHOKEPOINT_")}
        self.env.update(HOME=folder, XDG_CACHE_HOME=folder)
        self.asked, self.wrong = collections.Counter(), []

    def run(self, *words):
        done = subprocess.run([self.arguments.program, "--quiet", *words], cwd=self.folder, env=self.env, capture_output=True,
                              text=True, timeout=120, stdin=subprocess.DEVNULL, check=False)
        if UNBUILT in done.stderr:
            raise Skipped(done.stderr.strip())
        if done.returncode not in (0, 1) or (done.returncode == 1 and not done.stdout):
            raise RuntimeError(f"{' '.join(words)}: exit {done.returncode}: {done.stderr.strip()}")
        return done.stdout

    def ask_page(self, page, questions):
        done = subprocess.run([self.arguments.node, str(HERE / "ask_page.mjs"), self.arguments.explorer, page], cwd=self.folder,
                              input=json.dumps(questions), capture_output=True, text=True, timeout=120, check=True)
        return json.loads(done.stdout)

    def expect(self, kind, holds, text):
        self.asked[kind] += 1
        if not holds:
            self.wrong.append(f"{kind}: {text}")


def statuses(dataset, dice):
    """A random graph's facts are all reported: makes some of them plans, and adds what is only listed."""
    for edge in dataset["edges"]:
        if dice.randrange(100) < 15:
            edge["status"] = dice.choice([*PLANS, "estimated"])
    things = [node["id"] for node in dataset["nodes"] if node["type"] in ("product", "process")]
    firms = [node["id"] for node in dataset["nodes"] if node["type"] == "firm"]
    for i in range(dice.randint(0, 4)):
        dataset["edges"].append({"id": f"s{i}", "from": dice.choice(firms), "type": "uses", "to": dice.choice(things),
                                 "sources": [{"source": "s"}]})
    return dataset


def compare_walks(asker, where, words, page, ids, days):
    """All questions about the nodes in both directions; asked of the page at once."""
    cases = [(kind, node, day, soft, plans) for node in ids for day in days for kind in ("upstream", "downstream")
             for soft, plans in ((False, False), (True, False), (False, True))]
    cases += [("gates", node, day, True, plans) for node in ids for day in days for plans in (False, True)]
    keys = ("kind", "id", "day", "soft", "plans")
    for case, said in zip(cases, asker.ask_page(page, [dict(zip(keys, case)) for case in cases])):
        kind, node, day, soft, plans = case
        command = "dependents" if kind == "downstream" else "depends"
        options = [*words, "--as-of", day, command, node]
        options += (["--soft"] if soft else []) + (["--include", ",".join(PLANS)] if plans else [])
        if kind == "gates":
            result = json.loads(asker.run(*options, "--depth", "1", "--json"))["result"]
            known = sorted([group["rule"], group["k"], group["n"], group.get("item", ""), sorted(group["edges"])]
                           for group in result["groups"] if group["of"] == node)
            listed = {edge for group in known for edge in group[4]}
            # What a generic needs its variants need: `depends` lists it there, the page at the generic, too.
            said = sorted(gate for gate in said if listed & set(gate[4]))
            asker.expect("gates", said == known, f"{where}: {node} on {day}, plans {plans}: page {said}, program {known}")
            continue
        result = json.loads(asker.run(*options, "--nodes", "--json"))["result"]
        known = {each["id"]: [each["tier"], each["soft"]] for each in result["nodes"]}
        asker.expect("soft" if soft else "plans" if plans else "tiers", said == known,
                     f"{where}: {' '.join(options)}: page {said}, program {known}")


def compare_edges(asker, where, words, page, day):
    lines = [json.loads(line) for line in asker.run(*words, "--as-of", day, "export", "--to", "jsonl").splitlines()]
    exported = {line["edge"]["id"]: line["edge"] for line in lines if "edge" in line}
    for plans in (False, True):
        drawn = set(asker.ask_page(page, [{"kind": "edges", "day": day, "plans": plans}])[0])
        known = {name for name, edge in exported.items() if plans or edge.get("status") not in PLANS}
        # An export of a day leaves out claims that measure later than another; a page draws every claim that holds.
        asker.expect("edges", known <= drawn, f"{where}: on {day} the page lacks {sorted(known - drawn)}")


def data_of(folder, page):
    text = pathlib.Path(folder, page).read_text(encoding="utf-8")
    start = text.index(">", text.index('id="data"')) + 1
    return json.loads(text[start:text.index("</script", start)])


def check_world(asker, seed):
    dice = random.Random(seed)
    dataset = statuses(World(seed).dataset(), dice)
    name = f"w{seed}"
    pathlib.Path(asker.folder, name + ".json").write_text(json.dumps(dataset), encoding="utf-8")
    asker.run("init", name + ".db")
    words = ("--db", name + ".db")
    asker.run(*words, "import", name + ".json")
    asker.run(*words, "view", "-o", name + ".html")
    ids = [node["id"] for node in dataset["nodes"]]
    days = [dice.choice(["2020-12-31", "2021-01-01", FIRST_DAY, "2023-01-01", "2023-05-01"]), SECOND_DAY]
    compare_walks(asker, f"seed {seed}", words, name + ".html", dice.sample(ids, min(2, len(ids))), days)
    compare_edges(asker, f"seed {seed}", words, name + ".html", days[0])


def check_opening(asker, words, page):
    """What the page opens with is what the three commands say."""
    data = data_of(asker.folder, page)
    actors, supplies, things, measures = data["opening"]["lists"]
    ranked = {row["id"]: row["value"] for row in json.loads(asker.run(*words, "rank", "--by", "stops", "--limit", "0", "--json"))["result"]}
    for line in actors["lines"] + things["lines"]:
        count = ranked[line["nodes"][0]]
        asker.expect("opening", f" {count:g} " in f" {line['reason']['en']} ", f"{line['nodes'][0]}: {line['reason']['en']}, rank says {count:g}")
    most = max(ranked.values())
    asker.expect("opening", f" {most:g} " in data["opening"]["headline"]["en"], f"the headline lacks the worst loss, {most:g}")
    supplied = {(row["node"]["id"], (row["top"] or {}).get("id")): row["top_share"] for row in
                json.loads(asker.run(*words, "concentration", "--limit", "0", "--json"))["result"] if "customer" not in row}
    for line in supplies["lines"]:
        share = supplied[tuple(line["nodes"][:2])]
        asker.expect("opening", line["reason"]["en"].startswith(f"{100 * share:.3g} %"), f"{line['nodes']}: {line['reason']['en']}, concentration says {share}")
    entries = [row for row in json.loads(asker.run(*words, "timeline", "--limit", "0", "--json"))["result"] if row["kind"] == "measure" and row["date"]]
    told = [line["nodes"][0] for line in measures["lines"]]
    latest = [row["node"]["id"] for row in reversed(entries)][:len(told)]
    asker.expect("opening", told == latest, f"the page opens with the measures {told}, the latest are {latest}")
    for each in data["opening"]["lists"]:
        for texts in (each["title"], *(line["reason"] for line in each["lines"])):
            asker.expect("languages", set(texts) == {"en", "zh"} and texts["en"] != texts["zh"] or not texts["en"], f"not in both languages: {texts}")


def check_curated(asker):
    asker.run("view", "-o", "curated.html")
    data = data_of(asker.folder, "curated.html")
    dice = random.Random(7)
    ids = [node["id"] for node in data["nodes"] if any(node["id"] in (edge["from"], edge["to"]) for edge in data["edges"][:2000])]
    days = [data["as_of"], "2023-10-17"]
    compare_walks(asker, "curated", (), "curated.html", dice.sample(ids, 6) + ["cn", "nvidia-h100"], days)
    compare_edges(asker, "curated", (), "curated.html", "2023-10-17")
    check_opening(asker, (), "curated.html")


def check_words(asker):
    """What the page and the program both have a Chinese word for is called alike."""
    root = pathlib.Path(__file__).resolve().parents[2]
    program = json.loads((root / "data" / "words" / "zh.json").read_text(encoding="utf-8"))["words"]
    script = (root / "tools" / "explorer" / "1_words.js").read_text(encoding="utf-8")
    values = re.search(r"const VALUES = \{\s*zh: \{(.*?)\}", script, re.DOTALL)[1]
    for key, chinese in re.findall(r"['\"]?([\w-]+)['\"]?: '([^']*)'", values):
        if key in program:
            asker.asked["words"] += 1
            if program[key] != chinese:
                asker.wrong.append(f"{key}: the page says {chinese}, the program {program[key]}")
    if not asker.asked["words"]:
        asker.wrong.append("no word of the page was found among the program's")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", required=True)
    parser.add_argument("--explorer", required=True)
    parser.add_argument("--node", default="node")
    parser.add_argument("--worlds", type=int, default=40)
    parser.add_argument("--first", type=int, default=1)
    arguments = parser.parse_args()
    arguments.program, arguments.explorer = (str(pathlib.Path(each).resolve()) for each in (arguments.program, arguments.explorer))
    with tempfile.TemporaryDirectory() as folder:
        asker = Asker(arguments, folder)
        try:
            check_words(asker)
            check_curated(asker)
            for seed in range(arguments.first, arguments.first + arguments.worlds):
                check_world(asker, seed)
        except Skipped as why:
            print("skipped:", why)
            return 77
    for text in asker.wrong[:20]:
        print("WRONG", text[:1500])
    print(", ".join(f"{kind} {count}" for kind, count in sorted(asker.asked.items())), f"asked; {len(asker.wrong)} wrong")
    return 1 if asker.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
