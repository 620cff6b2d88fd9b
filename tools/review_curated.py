#!/usr/bin/env python3
"""Lists what a curator should look at again in the curated data.

usage: review_curated.py [--as-of YYYY-MM-DD] [--dataset ID] [--only LIST[,LIST...]] [--self-test] [SOURCE_FOLDER]

Without --as-of the day is the version of the newest dataset, so that two runs print the same. The lists:

  old       things whose newest dated share is more than two years old, and undated shares
  single    sole makers and shares of 0.7 or more that one publisher alone states ("Reuters via A" and "B (Reuters)" are
            one); not those that a newer, lower share of the same maker contradicts
  sums      makers of one thing, one layer and one year whose shares add up to more than 1.05
  makerless things that others require and that nobody is recorded to make, directly or by a variant
  generics  generics with a single variant

Nothing here is wrong by itself, so the exit code is 0; --self-test says whether each list sees its case.
"""
import datetime
import json
import pathlib
import re
import sys

LISTS = ("old", "single", "sums", "makerless", "generics")
HIGH_SHARE = 0.7
ROUNDING = 1.05
NOT_FACTS = ("forecast", "planned", "recommended")
PLACES = ("country", "region", "bloc")


# Where a publisher's name says that the words are another's: "Reuters via The Business Times", "A, at B", "B, from A".
CARRIED = re.compile(r" via |, at |,? \(?(?:copy|abstract) at |, (?:reprinted|retold) (?:by|at) | / US SEC")
QUOTED = re.compile(r".*(?:, from |,? quoting |,? after |,? citing |\(citing )")
AGENCIES = re.compile(r".* \((Reuters|AFP|Bloomberg|Bernama|Jiji Press|Kyodo|Nikkei|Yonhap|Xinhua|TrendForce|DigiTimes|"
                      r"US Department of Commerce|International Energy Agency)\b.*\)")


def origin(publisher):
    """Who wrote what a publisher prints, as far as the publisher's name says it."""
    said_by = AGENCIES.fullmatch(publisher)
    name = said_by[1] if said_by else QUOTED.sub("", CARRIED.split(publisher)[0])
    return name.strip(" )").casefold()


def last_day(text):
    """Last day of a partial date."""
    year, month, day = ([int(part) for part in text.split("-")] + [0, 0])[:3]
    if day:
        return datetime.date(year, month, day)
    following = datetime.date(year + 1, 1, 1) if month in (0, 12) else datetime.date(year, month + 1, 1)
    return following - datetime.timedelta(days=1)


class Data:
    def __init__(self, datasets, only=None):
        """`datasets`: dataset id to a list of file contents; `only` restricts what is reported, not what is known."""
        self.nodes, self.edges, self.publisher = {}, [], {}
        self.reported = set()
        for dataset, files in datasets.items():
            for content in files:
                for source in content.get("sources", []):
                    self.publisher[source["id"]] = source["publisher"]
                for node in content.get("nodes", []):
                    self.nodes.setdefault(node["id"], node)
                    if only in (None, dataset):
                        self.reported.add(node["id"])
                self.edges += content.get("edges", [])
        self.facts = [edge for edge in self.edges if edge.get("status") not in NOT_FACTS]
        self.makers = {}
        for edge in self.facts:
            if edge["type"] in ("produces", "develops"):
                self.makers.setdefault(edge["to"], []).append(edge)
        self.variants = {}
        for edge in self.edges:
            if edge["type"] == "variant-of":
                self.variants.setdefault(edge["to"], set()).add(edge["from"])

    def is_place(self, node):
        return self.nodes.get(node, {}).get("type") in PLACES

    def shares(self):
        """(thing, maker) to its records with a share."""
        found = {}
        for thing, edges in self.makers.items():
            for edge in edges:
                if "share" in edge and thing in self.reported:
                    found.setdefault((thing, edge["from"]), []).append(edge)
        return found

    def publishers(self, edges):
        return {origin(self.publisher.get(citation["source"], citation["source"]))
                for edge in edges for citation in edge["sources"]}


def old(data, today):
    try:
        limit = today.replace(year=today.year - 2)
    except ValueError:
        limit = today.replace(year=today.year - 2, day=28)
    newest = {}
    for (thing, _), edges in data.shares().items():
        newest[thing] = max([newest.get(thing, ""), *(edge.get("as_of", edge.get("since", "")) for edge in edges)])
    for thing, date in sorted(newest.items()):
        if not date:
            yield f"{thing}: no share is dated"
        elif last_day(date) < limit:
            yield f"{thing}: newest share {date}"


def overtaken(rows, high):
    """Whether the newest dated share of a maker is a low one, so that the high ones are history."""
    dated = {edge["as_of"]: edge for edge in rows if "share" in edge and edge.get("as_of")}
    return bool(dated) and all(edge.get("as_of", "") < max(dated) for edge in high)


def claims(data, today):
    """(maker, thing, what is claimed, records): sole makers and high shares that last and no newer figure contradicts."""
    for thing, edges in sorted(data.makers.items()):
        if thing not in data.reported or data.nodes.get(thing, {}).get("type") in ("chip", "model"):
            continue  # a chip's one foundry is its design
        made = [edge for edge in edges if edge["type"] == "produces" and not data.is_place(edge["from"])]
        alone = len({edge["from"] for edge in made}) == 1 and not data.variants.get(thing) \
            and not any("share" in edge and edge["share"] < HIGH_SHARE for edge in made)
        by_maker = {}
        for edge in edges:
            if edge["type"] == "produces" and ("until" not in edge or last_day(edge["until"]) > today):
                by_maker.setdefault(edge["from"], []).append(edge)
        for maker, rows in sorted(by_maker.items()):
            high = [edge for edge in rows if edge.get("share", 0) >= HIGH_SHARE]
            if high and not overtaken(rows, high):
                yield maker, thing, f"share {max(edge['share'] for edge in high)}", high
            elif alone and not high and not data.is_place(maker):
                yield maker, thing, "sole recorded maker", rows


def single(data, today):
    for maker, thing, claim, rows in claims(data, today):
        if len(data.publishers(rows)) < 2:
            yield f"{maker} -> {thing}: {claim}, {', '.join(sorted({c['source'] for e in rows for c in e['sources']}))}"


def sums(data, today):
    totals = {}
    for (thing, maker), edges in data.shares().items():
        for edge in edges:
            if edge.get("significance") != "minor" and edge.get("bound") != "at-most":
                layer = "place" if data.is_place(maker) else "actor"
                best = totals.setdefault((thing, layer, edge.get("as_of", "")), {})
                best[maker] = min(best.get(maker, 2), edge["share"])
    for (thing, layer, date), makers in sorted(totals.items()):
        if sum(makers.values()) > ROUNDING:
            yield f"{thing} ({layer}, {date or 'undated'}): {sum(makers.values()):.3f} of {', '.join(sorted(makers))}"


def makerless(data, today):
    needed = {edge["to"] for edge in data.facts if edge["type"] == "requires"}
    made = set(data.makers) | {edge["item"] for edge in data.facts if edge["type"] == "supplies" and "item" in edge}

    def supplied(thing, seen=()):
        return thing in made or any(supplied(variant, (*seen, thing)) for variant in data.variants.get(thing, ()) if variant not in seen)
    for thing in sorted(needed & data.reported):
        if not supplied(thing):
            yield f"{thing}: required by {', '.join(sorted(e['from'] for e in data.facts if e['type'] == 'requires' and e['to'] == thing)[:4])}"


def generics(data, today):
    for thing, variants in sorted(data.variants.items()):
        if len(variants) == 1 and thing in data.reported:
            yield f"{thing}: {next(iter(variants))} only"


def self_test():
    def made(maker, thing, source="s", **keys):
        return {"type": "produces", "from": maker, "to": thing, **keys, "sources": [{"source": source}]}
    nodes = [{"id": key, "type": "firm"} for key in "abc"] + [{"id": key, "type": "product"} for key in "qstuvwxyz"]
    content = {
        "sources": [{"id": "s", "publisher": "S"}, {"id": "t", "publisher": "T"}, {"id": "t2", "publisher": "T"},
                    {"id": "r1", "publisher": "Reuters via T"}, {"id": "r2", "publisher": "S (Reuters)"}], "nodes": nodes,
        "edges": [
            made("a", "t", share=0.5, as_of="2023-12"), made("b", "t", share=0.6, as_of="2023-12"),  # old, sums
            made("a", "u", share=0.8, as_of="2026"), made("a", "u", "t", share=0.8, as_of="2025"),  # neither
            made("a", "v", "t", share=0.8, as_of="2026"), made("a", "v", "t2", share=0.8, as_of="2025"),  # single
            made("c", "w"),  # single: the only maker
            made("b", "q", "r1", share=0.9), made("b", "q", "r2", share=0.9),  # single: one agency, carried twice
            made("a", "s", share=0.9, as_of="2025"), made("a", "s", share=0.4, as_of="2025-06"),  # overtaken
            {"type": "requires", "from": "t", "to": "x"}, {"type": "requires", "from": "t", "to": "y"},
            {"type": "variant-of", "from": "u", "to": "y"},  # y is made by its one variant, x by nobody
            {"type": "variant-of", "from": "u", "to": "z"}, {"type": "variant-of", "from": "v", "to": "z"},
            made("b", "z", share=0.9, as_of="2030", status="forecast"),
        ]}
    data = Data({"d": [content]})
    today = datetime.date(2026, 1, 1)
    wanted = {"old": ["q", "t"], "single": ["b -> q", "a -> v", "c -> w"], "sums": ["t (actor, 2023-12)"], "makerless": ["x"], "generics": ["y"]}
    failed = {name: found for name in LISTS
              if (found := [line.split(":")[0] for line in globals()[name](data, today)]) != wanted[name]}
    for name, found in failed.items():
        print(f"review_curated.py {name}: {found} instead of {wanted[name]}", file=sys.stderr)
    return 1 if failed else 0


def main(arguments):
    options = {"--as-of": None, "--dataset": None, "--only": ",".join(LISTS)}
    folders = []
    words = iter(arguments)
    for word in words:
        if word == "--self-test":
            return self_test()
        if word in ("-h", "--help"):
            print(__doc__.strip())
            return 0
        if word in options:
            options[word] = next(words, None)
        elif word.startswith("-"):
            print(f"review_curated.py: no option {word!r}; see --help", file=sys.stderr)
            return 2
        else:
            folders.append(word)
    root = pathlib.Path(folders[0]) if folders else pathlib.Path(__file__).resolve().parents[1]
    datasets = {}
    versions = []
    for path in sorted((root / "data" / "curated").glob("*/*.json")):
        content = json.loads(path.read_text(encoding="utf-8"))
        datasets.setdefault(path.parent.name, []).append(content)
        versions.append(content.get("dataset", {}).get("version", ""))
    today = datetime.date.fromisoformat(options["--as-of"] or max(version for version in versions if len(version) == 10))
    data = Data(datasets, options["--dataset"])
    for name in options["--only"].split(","):
        if name not in LISTS:
            print(f"review_curated.py: no list {name!r}; there are {', '.join(LISTS)}", file=sys.stderr)
            return 2
        lines = list(globals()[name](data, today))
        of = f" of {sum(1 for _ in claims(data, today))} claims" if name == "single" else ""
        print(f"{name} ({len(lines)}{of})", *(f"  {line}" for line in lines), sep="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
