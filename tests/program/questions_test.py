#!/usr/bin/env python3
"""Forty questions that analysts ask, each with the one command that a user would type: the facts that answer it must
stand in its first ten lines at 80 columns, and no line may be wider.

The list is questions/questions.json: {"question", "command", "facts": [texts or /regular expressions/], "data"}; `data`
names a dataset of this folder that is imported first (the others are asked of the curated data). `two` says why a
question still takes two commands; none may.

usage: questions_test.py --program build/dev/bin/chokepoint [--show] [--only NUMBER]
"""
import argparse
import json
import os
import pathlib
import re
import shlex
import subprocess
import sys
import tempfile
import unicodedata

LINES, COLUMNS, DAY = 10, 80, "2026-11-30"
MOST_OF_TWO = 0
FOLDER = pathlib.Path(__file__).resolve().parent / "questions"


def width(line):
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 0 if unicodedata.combining(c) else 1 for c in line)


def call(program, words, home):
    environment = {key: value for key, value in os.environ.items() if not key.startswith("CHOKEPOINT_")}
    environment.update(COLUMNS=str(COLUMNS), HOME=home, XDG_CACHE_HOME=home)
    return subprocess.run([program, *words], cwd=home, env=environment, capture_output=True, text=True, timeout=300,
                          stdin=subprocess.DEVNULL, check=False)


def is_in(fact, text):
    if fact.startswith("/") and fact.endswith("/"):
        return re.search(fact[1:-1], text) is not None
    return fact in text


def ask(program, entry, home, databases):
    """What is wrong with the answer, and its first lines."""
    words = shlex.split(entry["command"])
    if "--as-of" not in words and words[0] != "diff":
        words += ["--as-of", DAY]
    if "data" in entry:
        words = ["--db", databases[entry["data"]], *words]
    done = call(program, words, home)
    lines = done.stdout.splitlines()
    first = lines[:LINES]
    problems = [f"exit {done.returncode}: {done.stderr.strip()[:300]}"] if done.returncode != 0 else []
    # A fact may go over the end of a line; columns of tables do not matter.
    text = re.sub(r"\s+", " ", " ".join(first))
    problems += [f"not in the first {LINES} lines: {fact}" for fact in entry["facts"] if not is_in(fact, text)]
    problems += [f"wider than {COLUMNS}: {line}" for line in lines if width(line) > COLUMNS]
    return problems, first


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", required=True)
    parser.add_argument("--show", action="store_true", help="print the first lines of every answer")
    parser.add_argument("--only", type=int)
    arguments = parser.parse_args()
    program = str(pathlib.Path(arguments.program).resolve())
    entries = json.loads((FOLDER / "questions.json").read_text(encoding="utf-8"))
    failed = 0
    with tempfile.TemporaryDirectory() as home:
        databases = {}
        for name in sorted({entry["data"] for entry in entries if "data" in entry}):
            databases[name] = str(pathlib.Path(home) / f"{name}.db")
            done = call(program, ["--db", databases[name], "import", str(FOLDER / f"{name}.json")], home)
            if done.returncode != 0:
                sys.exit(f"{name}.json is not imported: {done.stderr}")
        for number, entry in enumerate(entries, 1):
            if arguments.only not in (None, number):
                continue
            problems, first = ask(program, entry, home, databases)
            if arguments.show:
                print(f"{number}. {entry['question']}\n$ chokepoint {entry['command']}\n" + "\n".join(first) + "\n")
            failed += bool(problems)
            for problem in problems:
                print(f"{number}. {entry['question']}\n   chokepoint {entry['command']}\n   {problem}")
    of_two = sum("two" in entry for entry in entries)
    if of_two > MOST_OF_TWO:
        print(f"{of_two} questions take two commands; at most {MOST_OF_TWO} may")
    print(f"{len(entries)} questions, {len(entries) - of_two} in one command, {failed} answered wrongly")
    sys.exit(1 if failed or of_two > MOST_OF_TWO else 0)


if __name__ == "__main__":
    main()
