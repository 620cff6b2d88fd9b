#!/usr/bin/env python3
"""Holds the curated datasets to their rules, and each rule to a mistake that it must see.

usage: curated_test.py [SOURCE_FOLDER] [unittest options]

A rule that never refused anything is no rule: `MISTAKES` plants one error at a time in a copy of the data and expects a
problem that names it.
"""
import copy
import datetime
import importlib.util
import json
import pathlib
import pickle
import re
import sys
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
if len(sys.argv) > 1 and pathlib.Path(sys.argv[1]).is_dir():
    ROOT = pathlib.Path(sys.argv.pop(1)).resolve()
LANGUAGES = ("en", "zh")
LISTS = ("sources", "nodes", "edges", "observations")
DEFINITION = {"sources": "source", "nodes": "node", "edges": "edge", "observations": "observation"}
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\Z")
DATE = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?\Z", re.ASCII)
READ = re.compile(r"\S.*; (\d{4}-\d\d-\d\d)\Z")
LONGEST_READ = 200  # bytes, as the schema has it
TEXT_OF_OTHERS = re.compile(r"[\u4e00-\u9fff]")
WORD = re.compile(r"[A-Za-z]{3}")
SOURCE_ATTRIBUTES = {"copy", "changes", "kind", "note", "note:zh"}


def load_module(path):
    spec = importlib.util.spec_from_file_location(path.stem, path)
    module = importlib.util.module_from_spec(spec)
    sys.dont_write_bytecode = True
    spec.loader.exec_module(module)
    return module


def read_json(path):
    return json.loads(path.read_text(encoding="utf-8"))


def read_curated():
    """Dataset folder name to file name to contents."""
    return {folder.name: {path.name: read_json(path) for path in sorted(folder.glob("*.json"))}
            for folder in sorted((ROOT / "data" / "curated").iterdir()) if folder.is_dir()}


def days(text):
    """First and last day of a partial date; None when there is no such date."""
    match = DATE.match(text) if isinstance(text, str) else None
    if not match:
        return None
    year, month, day = (int(part) if part else None for part in match.groups())
    try:
        first = datetime.date(year, month or 1, day or 1)
    except ValueError:
        return None
    if day:
        return first, first
    following = datetime.date(year + 1, 1, 1) if not month or month == 12 else datetime.date(year, month + 1, 1)
    return first, following - datetime.timedelta(days=1)


class Ontology:
    def __init__(self, content):
        self.class_of = {row["id"]: row["class"] for row in content["node_types"]}
        self.edge_types = {row["id"]: row for row in content["edge_types"]}
        self.units = {row["id"] for row in content["units"]}
        self.indicators = {row["id"]: row for row in content["indicators"]}

    def allows(self, node_type, ends):
        return node_type in ends or "@" + self.class_of.get(node_type, "") in ends


def name_of(record):
    if "subject" in record:
        return f"{record['subject']} {record.get('indicator')} {record.get('as_of', record.get('since', ''))}".strip()
    if "id" in record:
        return record["id"]
    return " ".join([record["type"], record.get("from", "?"), record.get("to", "?")])


def check_dates(record, problem):
    for key in ("since", "until", "as_of", "date"):
        if key in record and not days(record[key]):
            problem("date", f"{key} {record[key]!r} is no date")
    if days(record.get("since")) and days(record.get("until")):
        until = days(record["until"])[1] if len(record["until"]) < 10 else days(record["until"])[0]
        if days(record["since"])[0] > until:
            problem("date", f"ends {record['until']} before it begins {record['since']}")
    attributes = record.get("attributes", {})
    for key in ("announced", "effective", "expires", "published", "repealed", "released_on"):
        if key in attributes and not days(attributes[key]):
            problem("date", f"{key} {attributes[key]!r} is no date")
    if "suspended" in attributes and not is_interval(attributes["suspended"]):
        problem("date", f"suspended {attributes['suspended']!r} is neither a date nor an interval")


def is_interval(text):
    """A date (from then on) or `first/last`, where one end may be empty and the first day is the earlier one."""
    ends = str(text).split("/")
    if len(ends) == 1:
        return days(text) is not None
    known = [days(end) for end in ends if end]
    return len(ends) == 2 and bool(known) and all(known) and known[0][0] <= known[-1][1]


def check_translations(record, problem):
    """What is written for people stands in Chinese too: `note` in `note:zh`, `description` in `description:zh`."""
    attributes = record.get("attributes", {})
    texts = {**attributes, **{key: record[key] for key in ("description", "value") if key in record}}
    for key in ("description", "value", "note"):
        if isinstance(texts.get(key), str) and WORD.search(texts[key]) and f"{key}:zh" not in attributes:
            problem("translation", f"{key} is not there in Chinese: {texts[key]!r}")
    for key, text in attributes.items():
        name, colon, language = key.rpartition(":")
        if not colon:
            continue
        if language != "zh" or name not in texts:
            problem("translation", f"{key} translates nothing")
        elif not TEXT_OF_OTHERS.search(str(text)):
            problem("translation", f"{key} is not in Chinese: {text!r}")


def check_sources(record, sources, problem):
    if not record.get("sources"):
        problem("source", "cites no source")
    seen = set()
    for citation in record.get("sources", []):
        if citation.get("source") not in sources:
            problem("source", f"unknown source {citation.get('source')!r}")
        if not str(citation.get("locator") or "").strip():
            problem("locator", f"no locator in {citation.get('source')!r}")
        if set(citation) - {"source", "locator", "read"}:
            problem("key", f"a citation has source, locator and read: {sorted(citation)}")
        if "read" in citation:
            read = citation["read"]
            match = READ.match(read) if isinstance(read, str) else None
            if not match or not days(match.group(1)):
                problem("read", f"{read!r} is no figure with '; ' and the day of reading")
            elif len(read.encode()) > LONGEST_READ:
                problem("read", f"{read!r} is longer than {LONGEST_READ} bytes")
        pair = (citation.get("source"), citation.get("locator"))
        if pair in seen:
            problem("source", f"cites {pair} twice")
        seen.add(pair)


def check_node(node, ontology, problem):
    if not SLUG.match(node["id"]):
        problem("id", "is no lower-case slug")
    if node.get("type") not in ontology.class_of:
        problem("type", f"unknown node type {node.get('type')!r}")
    for language in LANGUAGES:
        if not str(node.get("labels", {}).get(language) or "").strip():
            problem("label", f"no label in {language}")
    if not node.get("description"):
        problem("description", "no description")
    elif TEXT_OF_OTHERS.search(node["description"]):
        problem("description", "the description is not in English")
    names = node.get("aliases", [])
    if names != sorted(set(names)) or set(names) & set(node.get("labels", {}).values()):
        problem("alias", "aliases are unsorted, double or repeat a label")
    if node.get("type") == "country" and node.get("codes", {}).get("iso3166") != node["id"].upper():
        problem("code", "iso3166 is not the id in capitals")
    if node.get("attributes", {}).get("variants", "any") not in ("any", "all"):
        problem("variants", "variants is neither any nor all")
    if node.get("attributes", {}).get("released", True) is not True:
        problem("released", "released is true or absent")
    is_other = re.match(r"others?\b", node.get("labels", {}).get("en", ""), re.IGNORECASE) is not None
    says_so = node.get("attributes", {}).get("remainder", False)
    if says_so is not True and (is_other or says_so is not False):
        problem("remainder", "whoever is not named says remainder: true")


def check_known(record, keys, nodes, problem):
    known = True
    for key in keys:
        if key in record and record[key] not in nodes:
            problem("unknown", f"{key} {record[key]!r} is no node")
            known = False
    return known


def check_edge(edge, nodes, ontology, problem):
    rule = ontology.edge_types.get(edge["type"])
    if not rule:
        problem("type", f"unknown edge type {edge['type']!r}")
        return
    if check_known(edge, ("from", "to", "item", "market", "origin"), nodes, problem):
        start, end = (nodes[edge[key]]["type"] for key in ("from", "to"))
        for key, node_type in (("from", start), ("to", end)):
            if not ontology.allows(node_type, rule[key]):
                problem("end point", f"{key} may not be of type {node_type}")
        same = {"class": lambda t: ontology.class_of[t], "type": lambda t: t}.get(rule.get("same"))
        if same and same(start) != same(end):
            problem("end point", f"the ends differ in {rule['same']}")
        if edge["from"] == edge["to"]:
            problem("end point", "goes from a node to itself")
        if rule.get("symmetric") and edge["from"] > edge["to"]:
            problem("end point", "the smaller id stands first")
        if "item" in edge and "item" in rule and not ontology.allows(nodes[edge["item"]]["type"], rule["item"]):
            problem("item", f"item may not be of type {nodes[edge['item']]['type']}")
        for key in ("market", "origin"):
            if key in edge and ontology.class_of[nodes[edge[key]]["type"]] != "place":
                problem("place", f"{key} is no place")
    for key in ("share", "confidence"):
        if key in edge and not (is_number(edge[key]) and 0 <= edge[key] <= 1):
            problem("range", f"{key} {edge[key]!r} is not within 0 and 1")
    if "performance" in edge and not (is_number(edge["performance"]) and edge["performance"] >= 0):
        problem("range", "performance is negative or no number")
    if ("amount" in edge) != ("unit" in edge):
        problem("unit", "amount and unit go together")
    if "unit" in edge and edge["unit"] not in rule.get("units", ontology.units):
        problem("unit", f"unit {edge['unit']!r} is not allowed")
    attributes = edge.get("attributes", {})
    for key in ("mode", "role"):
        if key in attributes and attributes[key] not in rule.get(key + "s", []):
            problem(key, f"{key} {attributes[key]!r} is not allowed")
    if rule.get("role") == "restrict" and "mode" not in attributes:
        problem("mode", "a restriction says its mode")


def is_number(value):
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def check_observation(row, nodes, ontology, problem):
    check_known(row, ("subject", "item", "market", "relative_to"), nodes, problem)
    if row.get("indicator") not in ontology.indicators:
        problem("indicator", f"unknown indicator {row.get('indicator')!r}")
    if is_number(row.get("value")) != ("unit" in row):
        problem("unit", "a number has a unit and a text has none")
    if "unit" in row and row["unit"] not in ontology.units:
        problem("unit", f"unknown unit {row['unit']!r}")
    if "value_high" in row and not (is_number(row["value"]) and is_number(row["value_high"])
                                    and row["value"] < row["value_high"]):
        problem("range", "value_high is not above value")
    if "as_of" in row and ("since" in row or "until" in row):
        problem("date", "as_of and since/until exclude each other")
    if ("since" in row) != ("until" in row) and "until" in row:
        problem("date", "a period that ends also begins")


def fact(record):
    """What a record says, without where it was read."""
    return json.dumps({key: value for key, value in record.items() if key != "sources"}, sort_keys=True)


def problems_in(curated, ontology_content, schema):
    """Every broken rule as (rule, place, text)."""
    found = []
    ontology = Ontology(ontology_content)
    # A dataset stands alone: what its records name, it holds.
    for dataset, files in curated.items():
        gather = {name: [(file, row) for file, content in files.items() for row in content.get(name, [])]
                  for name in LISTS}
        header = [file for file, content in files.items() if "dataset" in content]
        if header != ["dataset.json"]:
            found.append(("dataset", dataset, f"the dataset is described in {header}"))
        elif set(files["dataset.json"]["dataset"]) != {"id", "title", "version", "license"}:
            found.append(("dataset", dataset, "id, title, version and license are needed"))
        elif files["dataset.json"]["dataset"]["id"] != dataset:
            found.append(("dataset", dataset, "the folder has another name"))
        for file, content in files.items():
            for name in LISTS:
                ids = [row["id"] for row in content.get(name, [])] if name in ("sources", "nodes") else []
                if ids != sorted(ids):
                    found.append(("order", f"{dataset}/{file}", f"{name} are not sorted by id"))
        sources = {row["id"]: row for _, row in gather["sources"]}
        nodes = {row["id"]: row for _, row in gather["nodes"]}
        seen = {}
        for name in LISTS:
            allowed = schema["definitions"][DEFINITION[name]]["properties"]
            for file, row in gather[name]:
                def problem(rule, text):
                    found.append((rule, f"{dataset}/{file}: {name_of(row)}", text))
                for key in row:
                    if key not in allowed:
                        problem("key", f"unknown key {key!r}")
                for key in ("bound", "status", "significance"):
                    values = allowed.get(key, {})
                    values = schema["definitions"].get(key, values).get("enum", [])
                    if key in row and row[key] not in values:
                        problem(key, f"unknown {key} {row[key]!r}")
                attributes = row.get("attributes", {})
                if list(attributes) != sorted(attributes):
                    problem("order", "attributes are not sorted")
                check_dates(row, problem)
                check_translations(row, problem)
                if name == "sources":
                    if not row.get("title") or not row.get("publisher") or not row.get("license"):
                        problem("source", "title, publisher and license are needed")
                    if "attributes" in row and set(row["attributes"]) - SOURCE_ATTRIBUTES:
                        problem("key", f"attributes of a source are {', '.join(sorted(SOURCE_ATTRIBUTES))}")
                else:
                    check_sources(row, sources, problem)
                if name == "nodes":
                    check_node(row, ontology, problem)
                elif name == "edges":
                    check_edge(row, nodes, ontology, problem)
                elif name == "observations":
                    check_observation(row, nodes, ontology, problem)
                key = (name, row["id"] if name in ("sources", "nodes") else fact(row))
                if key in seen:
                    problem("double", f"stands in {seen[key]} already")
                seen[key] = file
        cited = {citation.get("source") for name in LISTS[1:] for _, row in gather[name]
                 for citation in row.get("sources", [])}
        named = {row.get(key) for name in ("edges", "observations") for _, row in gather[name]
                 for key in ("from", "to", "subject", "item", "market", "origin", "relative_to")}
        found += [("unused", f"{dataset}: {key}", "no record cites it") for key in sorted(set(sources) - cited)]
        found += [("unused", f"{dataset}: {key}", "no edge or figure names it") for key in sorted(set(nodes) - named)]
        names = {}
        for node in nodes.values():
            own = [node["id"], *node.get("labels", {}).values(), *node.get("aliases", [])]
            for text in {text.casefold() for text in own}:
                if names.setdefault(text, node["id"]) != node["id"]:
                    found.append(("name", f"{dataset}: {node['id']}", f"{text!r} also names {names[text]}"))
    # Datasets go into one database: equal ids are equal things.
    everywhere = {}
    for dataset, files in curated.items():
        for content in files.values():
            for name in ("sources", "nodes"):
                for row in content.get(name, []):
                    known = everywhere.setdefault((name, row["id"]), row)
                    equal = ("type", "labels", "codes", "description") if name == "nodes" else row.keys() | known.keys()
                    for key in equal:
                        if row.get(key) != known.get(key):
                            found.append(("across", f"{dataset}: {row['id']}", f"{key} differs between datasets"))
    names = {}
    for (name, node_id), node in everywhere.items():
        if name == "nodes":
            for label in node.get("labels", {}).values():
                if names.setdefault(label.casefold(), node_id) != node_id:
                    found.append(("name", node_id, f"{label!r} also names {names[label.casefold()]}"))
    for row in ontology_content["indicators"]:
        if not all(row["labels"].get(language) for language in LANGUAGES):
            found.append(("indicator", row["id"], "labels in both languages are needed"))
        if row.get("unit", "percent") not in ontology.units:
            found.append(("indicator", row["id"], f"unknown unit {row['unit']!r}"))
    used = {row["indicator"] for files in curated.values() for content in files.values()
            for row in content.get("observations", [])}
    found += [("indicator", key, "no figure uses it") for key in sorted(set(ontology.indicators) - used)]
    return found


def first(curated, name, **wanted):
    """The first record of ai-race that has these keys; None asks for a key that is absent."""
    for content in curated["ai-race"].values():
        for row in content.get(name, []):
            if all(row.get(key) == value for key, value in wanted.items()):
                return row
    raise LookupError(f"no record in {name} with {wanted}")


def edge_with(curated, key):
    for content in curated["ai-race"].values():
        for row in content.get("edges", []):
            if key in row:
                return row
    raise LookupError(key)


def citation_with_read(curated):
    """The first citation of the supply chain's edges that says what was read."""
    for content in curated["ai-supply-chain"].values():
        for row in content.get("edges", []):
            for citation in row["sources"]:
                if "read" in citation:
                    return citation
    raise LookupError("read")


def policy_with_interval(curated):
    """The attributes of the first policy that is suspended for a time."""
    for content in curated["ai-supply-chain"].values():
        for row in content.get("nodes", []):
            if "/" in row.get("attributes", {}).get("suspended", ""):
                return row["attributes"]
    raise LookupError("suspended")


def figure_with(curated, key):
    for content in curated["ai-race"].values():
        for row in content.get("observations", []):
            if key in row:
                return row
    raise LookupError(key)


def append_copy(rows):
    rows.append(copy.deepcopy(rows[-1]))


def swap_first_two(rows):
    rows[0], rows[1] = rows[1], rows[0]


# What the reports print, read again from them: what to look for, and what it must say. `undated` asks for a record
# without a date, where the report prints none.
EDGES_READ = [
    ("supplies nvidia cn ai-chip 2025-06", {"share": 0.62, "bound": "about"}),
    ("supplies chinese-ai-chip-makers cn ai-chip 2025-06", {"share": 0.35, "bound": "about"}),
    ("supplies cn us rare-earths", {"share": 0.7}),
    ("produces nvidia discrete-gpu 2025-09", {"share": 0.9, "bound": "at-least"}),
    ("produces cn rare-earth-ore 2024", {"share": 0.6}),
    ("produces cn refined-rare-earths 2024", {"share": 0.91}),
    ("produces cn refined-rare-earths 2040", {"share": 0.7, "bound": "at-least", "status": "forecast"}),
    ("produces cn open-source-models", {"share": 0.6, "bound": "at-least"}),
    ("produces us open-source-models", {"share": 0.3}),
    ("holds us ai-compute 2025-05", {"share": 0.75, "bound": "about"}),
    ("holds cn ai-compute 2025-05", {"share": 0.15, "bound": "about"}),
    ("holds us top-ai-researchers 2022", {"share": 0.57}),
    ("holds cn top-ai-researchers 2022", {"share": 0.12}),
    ("holds cn ai-patents 2024", {"share": 0.6}),
    ("holds cn ai-patents undated", {"share": 0.697}),
    ("holds cn industrial-robot 2024", {"share": 0.43}),
    ("funds chips-and-science-act segment-chips", {"amount": 52000000000, "unit": "USD"}),
    ("funds obbba american-science-cloud", {"amount": 150000000, "unit": "USD"}),
    ("funds stargate-investors stargate", {"amount": 500000000000, "unit": "USD", "status": "planned"}),
    ("restricts bis-rule-2022-10 nvidia-a100", {"market": "cn", "since": "2022-10-07", "mode": "ban"}),
    ("restricts bis-rule-2022-10 nvidia-h100", {"market": "cn", "since": "2022-10-07", "mode": "ban"}),
    ("restricts bis-rule-2022-10 advanced-ai-chip", {"market": "cn", "since": "2022-10-07", "mode": "threshold"}),
    ("restricts bis-rule-2023-10 nvidia-a800", {"market": "cn", "since": "2023-10-17", "mode": "ban"}),
    ("restricts bis-rule-2023-10 nvidia-h800", {"market": "cn", "since": "2023-10-17", "mode": "ban"}),
    ("restricts bis-rule-2025-04 nvidia-h20", {"market": "cn", "since": "2025-04-16", "mode": "ban"}),
    ("restricts bis-rule-2025-04 amd-mi308", {"market": "cn", "since": "2025-04-16", "mode": "ban"}),
    ("restricts foundry-rule-2025 tsmc advanced-ai-chip-foundry",
     {"market": "cn", "since": "2025-01-15", "mode": "ban"}),
    ("adapts-to nvidia-a800 bis-rule-2022-10", {"since": "2022-11"}),
    ("adapts-to nvidia-h800 bis-rule-2022-10", {}),
    ("amends bis-rule-2023-10 bis-rule-2022-10", {"since": "2023-10-17", "mode": "amends"}),
    ("amends eo-14179 biden-ai-regulatory-framework", {"since": "2025-01-23", "mode": "repeals"}),
    ("substitutes cambricon-siyuan-590 nvidia-a100", {"performance": 0.8, "market": "cn"}),
    ("substitutes ascend-910b nvidia-h20", {"performance": 1, "bound": "about", "market": "cn"}),
    ("declines us paris-ai-statement-2025", {"since": "2025"}),
    ("part-of luo-zhiheng yuekai-securities", {"since": "2020-11"}),
    ("requires deepseek-models ai-compute", {}),
    ("produces huawei ascend-910c", {"since": "2025", "status": "forecast"}),
    ("affects bis-rule-2025-04 nvidia undated", {"amount": 5500000000, "unit": "USD"}),
    ("restricts jp-chip-export-controls-2023 advanced-semiconductor-equipment undated", {"market": "cn", "origin": "jp"}),
    ("restricts nl-chip-export-controls-2023 advanced-semiconductor-equipment undated", {"market": "cn", "origin": "nl"}),
    ("requires us rare-earths", {}),
    ("requires segment-chips ai-chip", {}),
]
FIGURES_READ = [
    ("us model-performance-lead 2026-01", 7), ("us model-performance-lead 2025-06-11", 3),
    ("us model-performance-gap mmlu 2023-12", 17.5), ("us model-performance-gap mmlu 2024-12", 0.3),
    ("us model-performance-gap mmmu 2023-12", 13.5), ("us model-performance-gap mmmu 2024-12", 8.1),
    ("us model-performance-gap math-benchmark 2023-12", 24.3), ("us model-performance-gap math-benchmark 2024-12", 1.6),
    ("us model-performance-gap humaneval 2023-12", 31.6), ("us model-performance-gap humaneval 2024-12", 3.7),
    ("us model-performance-gap chatbot-arena undated", 30),
    ("us position agi 2026-03-25", "ahead, first-mover lead in research"),
    ("us notable-ai-models 2024", 40), ("cn notable-ai-models 2024", 15), ("eu notable-ai-models 2024", 3),
    ("us top100-ai-papers 2021", 64), ("us top100-ai-papers 2022", 59), ("us top100-ai-papers 2023", 50),
    ("cn top100-ai-papers 2021", 33), ("cn top100-ai-papers 2022", 34), ("cn top100-ai-papers 2023", 34),
    ("cn world-share ai-papers 2023", 23.2), ("cn world-share ai-citations 2023", 22.6),
    ("cn world-share ai-patents undated", 69.7), ("cn world-share ai-patents 2024", 60),
    ("cn market-size ai-chip 2025-01", 16000000000), ("cn shipments ai-chip 2025-01", 1900000),
    ("us data-centers 2025-11", 4000), ("cn data-centers 2025-11", 500),
    ("cn ai-researchers 2024", 52000), ("us ai-researchers 2024", 63000),
    ("cn rare-earth-production rare-earths 2024", 270000), ("us rare-earth-production rare-earths 2024", 45000),
    ("cn electricity-generation 2024", 2.3), ("cn electricity-generation-growth 2019", 34),
    ("us electricity-generation-growth 2019", 6), ("agibot shipments humanoid-robot 2025", 5168),
    ("unitree shipments humanoid-robot 2025", 4200), ("engineai shipments humanoid-robot 2024", 0),
    ("world shipments humanoid-robot 2024", 2300), ("world shipments humanoid-robot 2025", 13318),
    ("cambricon revenue 2025-01", 1111000000), ("cambricon revenue 2024", 1174000000),
    ("cambricon net-profit 2025-01", 355000000), ("cambricon net-profit 2024", -457000000),
    ("cambricon revenue-growth 2025-01", 4230.22), ("cambricon net-profit-growth 2025-01", 255.09),
    ("deepseek-app monthly-active-users 2025-02", 194000000), ("doubao monthly-active-users 2025-02", 116000000),
    ("yuanbao monthly-active-users 2025-02", 41640000), ("nvidia loss undated", 5500000000),
    ("us-ai-action-plan policy-recommendations", 90), ("paris-ai-statement-2025 signatories 2025", 61),
]


def words_of(record, keys):
    dated = {"as_of", "since", "until"} & record.keys()
    return {record[key] for key in keys if key in record} | (set() if dated else {"undated"})


def matches(curated, name, wanted, keys):
    """Records of ai-race that have each word of `wanted` in one of `keys`."""
    return [row for content in curated["ai-race"].values() for row in content.get(name, [])
            if set(wanted.split()) <= words_of(row, keys)]


# Releases of one dataset under CC BY-NC, and how many single facts (edges and figures) all datasets may cite from them.
NON_COMMERCIAL = "eto-chipexplorer-"
NON_COMMERCIAL_FACTS = 15

# Rival claims that are meant; any others are two spellings of one fact, or two facts that need telling apart.
RIVALS_MEANT = {
    "amends bis-rule-2023-10 bis-rule-2022-10",  # the report's day of issue and the day of effect
    "ascend-910c fp16-performance",  # the file's own value and that of its notes
    "cambricon profit-status",  # the report's text and its table
    "cn market-size",  # what one house expected of 2025 and what it counted
    "eda-software leading-makers-share",  # two pages that give no year
    "meta-mtia-v2 memory-bandwidth",  # the memory on the chip and the one beside it
    "meta-mtia-v2 memory-capacity",  # the same
    "nvidia-b200 memory-capacity",  # the file of Epoch AI and the laboratory that opened one
    "nvidia-h100 process-node",  # two boards of the family
    "produces cn gallium",  # two geological surveys, one with a lower bound
    "produces cn germanium",  # the same; one has no figure
    "produces cn humanoid-robot",  # a report and the press
    "produces cn natural-graphite",  # two geological surveys, one with a lower bound
    "produces cn titanium",  # a geological survey and a market researcher, with a lower bound
    "produces ge-vernova gas-turbine",  # the forecast of a decade, and that it makes them
    "produces mitsubishi-heavy gas-turbine",  # the forecast of a decade, and that it makes them
    "produces siemens-energy gas-turbine",  # the same
    "produces ua neon",  # all neon by one house, refined neon by a government's report
    "restricts bis-rule-2022-10 advanced-ai-chip",  # the report's day of issue and the day of effect
    "restricts bis-rule-2022-10 nvidia-a100",  # a ban by our reading of the report, a licence duty by the filings
    "restricts bis-rule-2022-10 nvidia-h100",  # the same
    "restricts bis-rule-2023-10 nvidia-a800",  # a ban by the report, a licence duty by the filing
    "restricts bis-rule-2023-10 nvidia-h800",  # the same
    "restricts bis-rule-2025-04 amd-mi308",  # a ban by the report, a licence duty by the filing
    "restricts bis-rule-2025-04 nvidia-h20",  # the same
    "supplies chinese-ai-chip-makers cn",  # a forecast and the outcome of 2025
    "supplies huawei cn",  # the same
    "supplies nvidia cn",  # the same
}


def rivals_in(curated):
    """Names of the facts on which several records make a claim (the same identity, overlapping periods)."""
    facts = {}
    for files in curated.values():
        for content in files.values():
            for row in content.get("edges", []):
                keys = ("type", "from", "to", "item", "market", "origin", "group", "unit", "as_of")
                role = row.get("attributes", {}).get("role", "seat")
                facts.setdefault((*(row.get(key) for key in keys), role), []).append(row)
            for row in content.get("observations", []):
                keys = ("subject", "indicator", "item", "market", "relative_to", "unit", "as_of", "since", "until")
                facts.setdefault(tuple(row.get(key) for key in keys), []).append(row)
    return {" ".join(key[:3] if "type" in rows[0] else key[:2]) for key, rows in facts.items()
            if len({fact({**row, "attributes": None}) for row in rows}) > 1}


# rule that must speak, and what is done to a copy of the data
MISTAKES = [
    ("source", lambda c: first(c, "nodes")["sources"].clear()),
    ("source", lambda c: edge_with(c, "share")["sources"][0].update(source="hearsay")),
    ("translation", lambda c: first(c, "nodes", id="bis-rule-2022-10")["attributes"].pop("description:zh")),
    ("translation", lambda c: first(c, "nodes", id="bis-rule-2022-10")["attributes"].update({"reach:zh": "范围"})),
    ("translation", lambda c: first(c, "nodes", id="bis-rule-2022-10")["attributes"].update({"description:zh": "A rule."})),
    ("source", lambda c: append_copy(figure_with(c, "unit")["sources"])),
    ("source", lambda c: c["ai-race"]["dataset.json"]["sources"][0].pop("publisher")),
    ("locator", lambda c: edge_with(c, "share")["sources"][0].update(locator=" ")),
    ("locator", lambda c: figure_with(c, "unit")["sources"][0].pop("locator")),
    ("read", lambda c: citation_with_read(c).update(read="62%")),
    ("read", lambda c: citation_with_read(c).update(read="62%; 2026-13-01")),
    ("read", lambda c: citation_with_read(c).update(read="; 2026-11-29")),
    ("read", lambda c: citation_with_read(c).update(read="六" * 63 + "; 2026-11-29")),
    ("read", lambda c: citation_with_read(c).update(read=62)),
    ("key", lambda c: citation_with_read(c).update(page=4)),
    ("date", lambda c: policy_with_interval(c).update(suspended="2025-11-07/soon")),
    ("date", lambda c: policy_with_interval(c).update(suspended="2026-11-10/2025-11-07")),
    ("date", lambda c: policy_with_interval(c).update(suspended="2025-01-01/2025-02-01/2025-03-01")),
    ("date", lambda c: policy_with_interval(c).update(suspended="/")),
    ("date", lambda c: policy_with_interval(c).update(expires="soon")),
    ("id", lambda c: first(c, "nodes").update(id="Not A Slug")),
    ("order", lambda c: swap_first_two(c["ai-race"]["policies.json"]["nodes"])),
    ("order", lambda c: first(c, "nodes", id="bis-rule-2022-10").update(attributes={"note": "x", "announced": "2022"})),
    ("double", lambda c: append_copy(c["ai-race"]["chips.json"]["nodes"])),
    ("double", lambda c: append_copy(c["ai-race"]["chips.json"]["edges"])),
    ("double", lambda c: append_copy(c["ai-race"]["chips.json"]["observations"])),
    ("unknown", lambda c: first(c, "edges", type="develops").update(to="nothing")),
    ("unknown", lambda c: edge_with(c, "item").update(item="nothing")),
    ("unknown", lambda c: edge_with(c, "market").update(market="nowhere")),
    ("unknown", lambda c: edge_with(c, "origin").update(origin="nowhere")),
    ("unknown", lambda c: figure_with(c, "relative_to").update(relative_to="nowhere")),
    ("unknown", lambda c: figure_with(c, "item").update(subject="nobody")),
    ("end point", lambda c: first(c, "edges", type="supplies").update(to="chips-and-science-act")),
    ("end point", lambda c: first(c, "edges", type="variant-of").update({"from": "us"})),
    ("end point", lambda c: first(c, "edges", type="part-of").update(to="nvidia-h20")),
    ("end point", lambda c: first(c, "edges", type="competes-with").update({"from": "us", "to": "cn"})),
    ("end point", lambda c: first(c, "edges", type="affects").update({"from": "us", "to": "us"})),
    ("item", lambda c: first(c, "edges", type="supplies", item="ai-chip").update(item="openai")),
    ("place", lambda c: edge_with(c, "market").update(market="nvidia")),
    ("type", lambda c: first(c, "edges", type="develops").update(type="invents")),
    ("type", lambda c: first(c, "nodes", id="ai-chip").update(type="gadget")),
    ("date", lambda c: first(c, "nodes", id="bis-rule-2022-10").update(since="2022-13")),
    ("date", lambda c: first(c, "nodes", id="bis-rule-2022-10").update(since="2023-02-29")),
    ("date", lambda c: first(c, "nodes", id="bis-rule-2022-10")["attributes"].update(announced="soon")),
    ("date", lambda c: edge_with(c, "as_of").update(as_of="2025-6")),
    ("date", lambda c: figure_with(c, "until").update(since="2031", until="2030")),
    ("date", lambda c: figure_with(c, "until").update(as_of="2025")),
    ("range", lambda c: edge_with(c, "share").update(share=62)),
    ("range", lambda c: edge_with(c, "confidence").update(confidence=-0.1)),
    ("range", lambda c: edge_with(c, "performance").update(performance=-1)),
    ("range", lambda c: figure_with(c, "value_high").update(value_high=0)),
    ("unit", lambda c: edge_with(c, "amount").update(unit="apples")),
    ("unit", lambda c: edge_with(c, "amount").pop("unit")),
    ("unit", lambda c: figure_with(c, "unit").update(unit="apples")),
    ("unit", lambda c: figure_with(c, "unit").pop("unit")),
    ("bound", lambda c: edge_with(c, "bound").update(bound="roughly")),
    ("status", lambda c: edge_with(c, "status").update(status="hoped")),
    ("status", lambda c: figure_with(c, "status").update(status="hoped")),
    ("significance", lambda c: edge_with(c, "significance").update(significance="huge")),
    ("indicator", lambda c: figure_with(c, "unit").update(indicator="happiness")),
    ("label", lambda c: first(c, "nodes", id="ai-chip")["labels"].pop("zh")),
    ("label", lambda c: first(c, "nodes", id="ai-chip")["labels"].update(en=" ")),
    ("description", lambda c: first(c, "nodes", id="ai-chip").pop("description")),
    ("description", lambda c: first(c, "nodes", id="ai-chip").update(description="人工智能芯片")),
    ("alias", lambda c: first(c, "nodes", id="nvidia").update(aliases=["Nvidia"])),
    ("code", lambda c: first(c, "nodes", id="cn")["codes"].update(iso3166="CHN")),
    ("mode", lambda c: first(c, "edges", type="restricts")["attributes"].update(mode="forbid")),
    ("mode", lambda c: first(c, "edges", type="restricts")["attributes"].pop("mode")),
    ("role", lambda c: first(c, "edges", type="located-in").update(attributes={"role": "summer house"})),
    ("variants", lambda c: first(c, "nodes", id="ai-chip")["attributes"].update(variants="some")),
    ("released", lambda c: first(c, "nodes", id="deepseek-r1")["attributes"].update(released="yes")),
    ("remainder", lambda c: first(c, "nodes", id="others-humanoid-robots").pop("attributes")),
    ("remainder", lambda c: first(c, "nodes", id="ai-chip")["attributes"].update(remainder="yes")),
    ("key", lambda c: first(c, "nodes", id="ai-chip").update(theme="chips")),
    ("key", lambda c: edge_with(c, "share").update(weight=1)),
    ("name", lambda c: first(c, "nodes", id="ai-chip").update(aliases=["Nvidia"])),
    ("unused", lambda c: c["ai-race"]["places.json"]["nodes"].append(
        {**copy.deepcopy(first(c, "nodes", id="world")), "id": "zz", "labels": {"en": "Zz", "zh": "Zz"}})),
    ("across", lambda c: next(row for row in c["ai-hardware"]["dataset.json"]["sources"]
                              if row["id"] == "cspengyuan-2025").update(title="Another title")),
    ("across", lambda c: next(row for row in c["ai-hardware"]["hardware.json"]["nodes"]
                              if row["id"] == "nvidia").update(type="institute")),
    ("dataset", lambda c: c["ai-race"]["dataset.json"]["dataset"].pop("license")),
    ("dataset", lambda c: c["ai-race"]["dataset.json"].pop("dataset")),
]


class CuratedData(unittest.TestCase):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        cls.curated = read_curated()
        cls.ontology = read_json(ROOT / "data" / "ontology.json")
        cls.schema = read_json(ROOT / "data" / "schema" / "dataset.schema.json")

    def problems(self, curated):
        return problems_in(curated, self.ontology, self.schema)

    def test_keeps_every_rule(self):
        lines = ["{}: {}: {}".format(*problem) for problem in self.problems(self.curated)]
        self.assertEqual(lines, [], "\n" + "\n".join(lines))

    def test_is_in_canonical_form(self):
        formatter = load_module(ROOT / "tools" / "sort_dataset.py")
        for path in sorted((ROOT / "data" / "curated").glob("*/*.json")):
            text = path.read_text(encoding="utf-8")
            self.assertEqual(formatter.formatted(json.loads(text)), text, f"{path}: run tools/sort_dataset.py")

    def test_sees_a_file_out_of_form(self):
        formatter = load_module(ROOT / "tools" / "sort_dataset.py")
        path = ROOT / "data" / "curated" / "ai-race" / "chips.json"
        text = path.read_text(encoding="utf-8")
        lines = text.splitlines(keepends=True)
        lines[2], lines[3] = lines[3], lines[2]
        for damaged in ("".join(lines), text.replace('", "', '","', 1), text.rstrip("\n")):
            self.assertNotEqual(formatter.formatted(json.loads(damaged)), damaged)

    def test_says_what_the_reports_print(self):
        for wanted, values in EDGES_READ:
            with self.subTest(edge=wanted):
                found = matches(self.curated, "edges", wanted, ("type", "from", "to", "item", "as_of"))
                self.assertEqual(len(found), 1, found)
                said = {**found[0], **found[0].get("attributes", {})}
                self.assertEqual({key: said.get(key) for key in values}, values)
        for wanted, value in FIGURES_READ:
            with self.subTest(figure=wanted):
                found = [row for row in matches(self.curated, "observations", wanted,
                                                ("subject", "indicator", "item", "as_of", "since"))
                         if row.get("unit") != "rank"]
                self.assertEqual([row["value"] for row in found], [value])

    def test_has_only_the_rival_claims_that_are_meant(self):
        self.assertEqual(rivals_in(self.curated), RIVALS_MEANT)
        damaged = copy.deepcopy(self.curated)
        twin = copy.deepcopy(first(damaged, "edges", type="supplies", item="rare-earths"))
        damaged["ai-race"]["chips.json"]["edges"].append({**twin, "share": 0.5})
        self.assertEqual(len(rivals_in(damaged)), len(RIVALS_MEANT) + 1)

    def test_cites_no_more_than_single_facts_of_what_may_not_be_sold(self):
        cited = sum(any(citation["source"].startswith(NON_COMMERCIAL) for citation in row["sources"])
                    for files in self.curated.values() for content in files.values()
                    for kind in ("edges", "observations") for row in content.get(kind, []))
        self.assertLessEqual(cited, NON_COMMERCIAL_FACTS, f"facts of {NON_COMMERCIAL}: see data/README.md, licences")

    def test_is_counted_in_the_readme(self):
        self.assertEqual(load_module(ROOT / "tools" / "count_curated.py").main(["--check"]), 0)

    def test_refuses_each_planted_mistake(self):
        self.assertEqual(self.problems(self.curated), [])
        kept = pickle.dumps(self.curated)  # several times as fast as deepcopy
        for number, (rule, plant) in enumerate(MISTAKES):
            with self.subTest(rule=rule, number=number):
                damaged = pickle.loads(kept)
                plant(damaged)
                self.assertIn(rule, {problem[0] for problem in self.problems(damaged)})


if __name__ == "__main__":
    unittest.main()
