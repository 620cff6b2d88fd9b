#!/usr/bin/env python3
"""Workbooks hold what the answers and the database say: read by openpyxl, and by our own importer.

usage: workbook_test.py --program build/dev/bin/chokepoint        (exit 77 without openpyxl)
"""
import argparse
import csv
import datetime
import io
import json
import pathlib
import subprocess
import sys
import tempfile

try:
    import openpyxl
except ImportError:
    print("openpyxl is not installed")
    sys.exit(77)

problems = []


def check(holds, *what):
    if not holds:
        problems.append(" ".join(str(each) for each in what))


def call(program, words, folder, database=None):
    done = subprocess.run([program, *(["--db", str(database)] if database else []), *words], cwd=folder,
                          env={"PATH": "/usr/bin:/bin", "HOME": str(folder)}, capture_output=True, text=True,
                          stdin=subprocess.DEVNULL, timeout=300, check=False)
    check(done.returncode == 0, words, done.stderr)
    return done.stdout


def as_text(value):
    """A cell as CSV has it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime.datetime):
        return value.strftime("%Y-%m-%d")
    if isinstance(value, float) and value == int(value) and abs(value) < 1e15:
        return str(int(value))
    return repr(value) if isinstance(value, float) else str(value)


def rows_of(sheet):
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    return rows[0], rows[1:]


def judge_answer(program, folder):
    """The sheet `data` is the CSV of the answer, with types."""
    words = ["--as-of", "2025-06-30", "figures", "cn"]
    call(program, [*words, "-o", "figures.xlsx"], folder)
    table = list(csv.reader(io.StringIO(call(program, [*words, "--csv", "--exact-csv"], folder))))
    book = openpyxl.load_workbook(pathlib.Path(folder) / "figures.xlsx")
    check(book.sheetnames[-1] == "about" and "data" in book.sheetnames, "sheets", book.sheetnames)
    sheet = book["data"]
    header, rows = rows_of(sheet)
    check(header == table[0], "header", header, table[0])
    check([[as_text(value) for value in row] for row in rows] == table[1:], "the workbook differs from the CSV")
    check(any(isinstance(row[header.index("value")], (int, float)) for row in rows), "no number is typed")
    check(sheet.freeze_panes == "A2" and sheet.auto_filter.ref, "the header is not frozen")
    again = pathlib.Path(folder) / "again.xlsx"
    call(program, [*words, "-o", str(again)], folder)
    check(again.read_bytes() == (pathlib.Path(folder) / "figures.xlsx").read_bytes(), "two runs differ")


def judge_days_and_links(program, folder):
    call(program, ["export", "--to", "xlsx", "--dataset", "ai-race", "-o", "race.xlsx"], folder)
    book = openpyxl.load_workbook(pathlib.Path(folder) / "race.xlsx")
    check(book.sheetnames == ["nodes", "edges", "figures", "sources"], "sheets", book.sheetnames)
    header, rows = rows_of(book["edges"])
    since = header.index("since")
    whole = [row[since] for row in rows if isinstance(row[since], datetime.datetime)]
    check(whole, "no day of an edge is a date")
    check(all(not isinstance(row[since], str) or len(row[since]) < 10 for row in rows), "a whole day is text")
    links = [cell for row in book["sources"].iter_rows() for cell in row if cell.hyperlink]
    call(program, ["sources", "-o", "sources.xlsx"], folder)
    check(all(link.hyperlink.target == link.value for link in links), "a link leads elsewhere")


def records(program, folder, database=None):
    """Records by kind and id as the exporter writes them, without what no table has: how a source was read."""
    found = {"node": {}, "edge": {}, "observation": {}, "source": {}}
    for line in call(program, ["export", "--to", "jsonl"], folder, database).splitlines():
        (kind, record), = json.loads(line).items()
        if kind == "dataset":
            continue
        for citation in record.get("sources", []):
            citation.pop("read", None)
        record["sources"] = sorted(record.get("sources", []), key=lambda c: (c["source"], c.get("locator", "")))
        found[kind][record.get("id") or json.dumps(record, sort_keys=True)] = record
    return found


def judge_round_trip(program, folder):
    """Nodes, edges and figures come back through our own importer as they were."""
    source = pathlib.Path(folder) / "own.db"
    back = pathlib.Path(folder) / "back.db"
    data = pathlib.Path(__file__).resolve().parent / "questions" / "medicines.json"
    call(program, ["import", str(data)], folder, source)
    call(program, ["export", "--to", "xlsx", "-o", "own.xlsx"], folder, source)
    call(program, ["import", "own.xlsx", "--dataset", "medicines", "--ids", "global"], folder, back)
    before, after = records(program, folder, source), records(program, folder, back)
    for kind in before:
        check(sorted(before[kind]) == sorted(after[kind]), kind, "ids", sorted(before[kind]), sorted(after[kind]))
        for key, record in before[kind].items():
            check(record == after[kind].get(key), kind, "differs:", record, after[kind].get(key))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", required=True)
    program = str(pathlib.Path(parser.parse_args().program).resolve())
    for judge in (judge_answer, judge_days_and_links, judge_round_trip):
        with tempfile.TemporaryDirectory() as folder:
            judge(program, folder)
    print("\n".join(problems + [f"{len(problems)} problems"]))
    sys.exit(1 if problems else 0)


if __name__ == "__main__":
    main()
