#!/usr/bin/env python3
"""Counts the curated records by theme and keeps the table of data/README.md.

usage: count_curated.py [--check]

Without --check the table between the two marks in data/README.md is rewritten; with it nothing is written and the exit
code is 1 when the table is not the one that the data gives.
"""
import json
import pathlib
import sys

DATA = pathlib.Path(__file__).resolve().parents[1] / "data"
BEGIN, END = "<!-- counts: tools/count_curated.py -->\n", "<!-- end of counts -->\n"
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


def main(arguments):
    path = DATA / "README.md"
    text = path.read_text(encoding="utf-8")
    before, _, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not end:
        print(f"{path}: the marks of the table are missing", file=sys.stderr)
        return 1
    wanted = before + BEGIN + table() + END + after
    if wanted == text:
        return 0
    if "--check" in arguments:
        print(f"{path}: the counts are old; run tools/count_curated.py", file=sys.stderr)
        return 1
    path.write_text(wanted, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
