#!/usr/bin/env python3
"""Counts the curated records by theme and the sources by kind, and keeps both tables of data/README.md.

usage: count_curated.py [--check]

Without --check what stands between the marks in data/README.md is rewritten; with it nothing is written and the exit
code is 1 when it is not what the data gives. A source of ai-supply-chain says its kind in `attributes`.
"""
import collections
import json
import pathlib
import sys

DATA = pathlib.Path(__file__).resolve().parents[1] / "data"
BEGIN, END = "<!-- counts: tools/count_curated.py -->\n", "<!-- end of counts -->\n"
KINDS_BEGIN, KINDS_END = "<!-- sources: tools/count_curated.py -->\n", "<!-- end of sources -->\n"
# In the order of trust; `kind` of a source is one of these.
KINDS = {
    "government": "government, law, official statistics", "company": "companies, filings",
    "institute": "institutes, industry bodies", "market-researcher": "market researchers", "law-firm": "law firms",
    "press": "press",
}
LISTS = ("nodes", "edges", "observations", "sources")


def rows():
    """(dataset, theme, counts of LISTS), in the order of the files; the last row of a dataset is its sum."""
    for folder in sorted(path for path in (DATA / "curated").iterdir() if path.is_dir()):
        total = [0] * len(LISTS)
        for path in sorted(folder.glob("*.json")):
            content = json.loads(path.read_text(encoding="utf-8"))
            counts = [len(content.get(name, [])) for name in LISTS]
            total = [left + right for left, right in zip(total, counts)]
            if path.name != "dataset.json":
                yield folder.name, path.stem, counts
        yield folder.name, "**all**", total


def table():
    lines = ["| dataset | theme | nodes | edges | observations | sources |", "|---|---|--:|--:|--:|--:|"]
    for dataset, theme, (nodes, edges, observations, sources) in rows():
        lines.append(f"| {dataset} | {theme} | {nodes} | {edges} | {observations} | {sources or ''} |")
    return "\n".join(lines) + "\n"


def sources_by_kind(dataset):
    """(kind of each source, how often edges and figures cite each kind, sources) of a dataset."""
    kinds, cited, sources = {}, collections.Counter(), []
    contents = [json.loads(path.read_text(encoding="utf-8")) for path in sorted((DATA / "curated" / dataset).glob("*.json"))]
    for content in contents:
        for source in content.get("sources", []):
            kinds[source["id"]] = source.get("attributes", {}).get("kind")
            sources.append(source)
    unknown = sorted(source for source, kind in kinds.items() if kind not in KINDS)
    if unknown:
        raise SystemExit(f"count_curated.py: {dataset}: attributes.kind must be one of {', '.join(KINDS)}: {', '.join(unknown)}")
    for content in contents:
        for record in content.get("edges", []) + content.get("observations", []):
            cited.update(kinds[citation["source"]] for citation in record["sources"])
    return kinds, cited, sources


def kinds_table():
    kinds, cited, sources = sources_by_kind("ai-supply-chain")
    count = collections.Counter(kinds.values())
    lines = ["| kind | sources | cited by edges and figures | of all citations |", "|---|--:|--:|--:|"]
    for kind, label in KINDS.items():
        lines.append(f"| {label} | {count[kind]} | {cited[kind]} | {100 * cited[kind] / cited.total():.1f} % |")
    reserved = sum(source["license"].startswith("All rights reserved") for source in sources)
    public = sum(source["license"].startswith("Public domain") for source in sources)
    undated = sum("date" not in source for source in sources)
    lines.append("")
    lines.append(f"Of {len(sources)} sources {reserved} are all rights reserved (facts cited, no text and no table) and {public} "
                 f"public domain;")
    lines.append(f"{undated} carry no date.")
    return "\n".join(lines) + "\n"


def between(text, begin, end, content):
    """`text` with `content` between the marks, or nothing when the marks are missing."""
    before, _, rest = text.partition(begin)
    _, found, after = rest.partition(end)
    return before + begin + content + end + after if found else None


def main(arguments):
    path = DATA / "README.md"
    text = path.read_text(encoding="utf-8")
    wanted = between(text, BEGIN, END, table())
    wanted = wanted and between(wanted, KINDS_BEGIN, KINDS_END, kinds_table())
    if not wanted:
        print(f"{path}: the marks of a table are missing", file=sys.stderr)
        return 1
    if wanted == text:
        return 0
    if "--check" in arguments:
        print(f"{path}: the counts are old; run tools/count_curated.py", file=sys.stderr)
        return 1
    path.write_text(wanted, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
