#!/usr/bin/env python3
"""Writes dataset files in the one order and form that reviews well: one record a line, sorted.

usage: sort_dataset.py [--check] FILE...

Sources and nodes are sorted by id, edges by (type, from, to), observations by (subject, indicator); what is then still
equal by the text of the whole record. Keys keep the order of the data model. With --check nothing is written: files
that would change are named and the exit code is 1.
"""
import json
import sys
from pathlib import Path

# The order of the data model; keys it does not know come last, in their own order, for the importer to refuse. Fields of
# the schema that have no place here stand before the attributes.
KEY_ORDER = [
    "id", "type", "from", "to", "subject", "indicator", "value", "value_high", "item", "market", "origin",
    "relative_to", "share", "amount", "unit", "performance", "as_of", "labels", "aliases", "codes", "description", "title",
    "publisher", "date", "language", "url", "version", "license", "bound", "status", "significance", "confidence",
    "since", "until", "group", "k", "attributes", "sources",
]
SCHEMA = Path(__file__).resolve().parents[1] / "data/schema/dataset.schema.json"
SORT_BY = {
    "sources": ("id",),
    "nodes": ("id",),
    "edges": ("type", "from", "to"),
    "observations": ("subject", "indicator"),
}


def refuse_duplicates(pairs):
    keys = [key for key, _ in pairs]
    if len(set(keys)) != len(keys):
        raise ValueError(f"a key occurs twice among {keys}")
    return dict(pairs)


def key_order():
    definitions = json.loads(SCHEMA.read_text(encoding="utf-8"))["definitions"]
    others = [key for kind in ("node", "edge", "observation") for key in definitions[kind]["properties"]
              if key not in KEY_ORDER]
    at = KEY_ORDER.index("attributes")
    return KEY_ORDER[:at] + list(dict.fromkeys(others)) + KEY_ORDER[at:]


RANK = {key: number for number, key in enumerate(key_order())}


def ordered(record):
    return {key: record[key] for key in sorted(record, key=lambda key: RANK.get(key, len(RANK)))}


def line(record):
    return json.dumps(record, ensure_ascii=False)


def formatted(dataset):
    """The file's text. Numbers pass through Python's shortest round-trip form."""
    parts = []
    if "dataset" in dataset:
        parts.append(f'  "dataset": {line(ordered(dataset["dataset"]))}')
    for name, keys in SORT_BY.items():
        if name not in dataset:
            continue
        records = sorted((ordered(record) for record in dataset[name]),
                         key=lambda record: ([record.get(key, "") for key in keys], line(record)))
        body = ",\n".join(f"    {line(record)}" for record in records)
        parts.append(f'  "{name}": [\n{body}\n  ]' if records else f'  "{name}": []')
    unknown = set(dataset) - set(SORT_BY) - {"dataset"}
    if unknown:
        raise ValueError(f"unknown keys: {', '.join(sorted(unknown))}")
    return "{\n" + ",\n".join(parts) + "\n}\n"


def main(arguments):
    check = "--check" in arguments
    failed = False
    for path in (argument for argument in arguments if argument != "--check"):
        with open(path, encoding="utf-8") as file:
            text = file.read()
        try:
            wanted = formatted(json.loads(text, object_pairs_hook=refuse_duplicates))
        except (ValueError, TypeError, AttributeError) as error:
            print(f"{path}: {error}", file=sys.stderr)
            failed = True
            continue
        if wanted == text:
            continue
        if check:
            print(f"{path}: not in order; run tools/sort_dataset.py {path}", file=sys.stderr)
            failed = True
        else:
            with open(path, "w", encoding="utf-8") as file:
                file.write(wanted)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
