#!/usr/bin/env python3
"""What a terminal says, every format has. Of each command, asked of the curated database:

  ids      every id that the tables name stands in the JSON and in the CSV, as in the workbook's sheet `data`
  numbers  every whole number of a sentence stands in the JSON, or is the length of a list there; sentences about what
           the terminal leaves out (--limit) count the terminal's rows and are passed over
  plurals  no sentence says "1 nodes": neither these answers, nor those that the golden cases and the manual hold

usage: whole_answers_test.py --program build/dev/bin/chokepoint
"""
import argparse
import collections
import json
import os
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]

QUESTIONS = """
stats
datasets
search nvidia
show nvidia-h100 --limit 0
show bis-rule-2023-10 --limit 0
figures cn --limit 0
sources
timeline us --limit 0
compare us cn
depends nvidia-h100
depends nvidia-h100 --tiers
depends nvidia-h100 --count
dependents tsmc
paths nvidia-h100 tw
cut nvidia-h100 tw
chokepoints nvidia-h100 --limit 0
chokepoints hbm3e --near 0.5 --limit 0
chokepoints nvidia-h100 ai-server
rank --by stops
rank --by dependents
concentration gallium
concentration ai-chip
ownership softbank
whatif --remove tw --limit 0
whatif --enforce bis-rule-2022-10 --limit 0
whatif --without bis-rule-2022-10 --limit 0
whatif --remove tw --target nvidia-h100 --why
restrictions cn --limit 0
restrictions huawei --limit 0
diff 2024 2025 --limit 0
diff 2024 2025 --chokepoints --limit 0
check
""".strip().splitlines()

ID = re.compile(r"\(([a-z0-9][a-z0-9-]*[a-z0-9])\)")
# `+3` counts the names that a line has no room for; a year is a part of a name.
NUMBER = re.compile(r"(?<![\w.,–+-])(?!(?:19|20)\d\d\b)(\d+)(?![\w.,–-]|\s?%)")
PLURALS = ("nodes edges relations rows sets sources suppliers supplies deliveries facts figures things actors measures "
           "datasets entries needs records groups members variants claims problems changes steps tiers pages files "
           "columns cells lines names ids types links policies requirements chokepoints").split()
PLURAL = re.compile(rf"(?<![\w.,–-])1 (?:(?:more|other|further) )?(?:{'|'.join(PLURALS)})\b")

problems = []


def ask(program, words, *more):
    env = {key: value for key, value in os.environ.items() if not key.startswith("CHOKEPOINT_")}
    done = subprocess.run([program, "--quiet", "--as-of", "2026-06-30", *words, *more], env={**env, "COLUMNS": "0"},
                          capture_output=True, text=True, timeout=120, stdin=subprocess.DEVNULL, check=False)
    if done.returncode not in (0, 1):
        problems.append(f"{' '.join(words)} {' '.join(more)}: exit {done.returncode}: {done.stderr.strip()}")
    return done.stdout


def numbers_of(value, found):
    """Every number of an answer, and how long its lists and objects are."""
    if isinstance(value, bool) or value is None:
        return found
    if isinstance(value, (int, float)):
        found.add(round(float(value)))
    elif isinstance(value, (list, dict)):
        found.add(len(value))
        if isinstance(value, list):  # of sets of each size, how many
            found.update(collections.Counter(len(each) for each in value if isinstance(each, list)).values())
        for each in value.values() if isinstance(value, dict) else value:
            numbers_of(each, found)
    return found


def sentences_of(markdown):
    """The lines that are no table, no drawing, and do not speak of what the terminal left out."""
    return [line for line in markdown.splitlines()
            if line and not line.startswith(("|", "    ", "HHI from 0")) and "--limit" not in line]


def names_id(text, node):
    return re.search(rf"(?<![\w-]){re.escape(node)}(?![\w-])", text) is not None


def judge(program, question, nodes):
    words = question.split()
    markdown = ask(program, words, "--format", "markdown")
    whole, rows = ask(program, words, "--json"), ask(program, words, "--csv", "--exact-csv")
    tables = "\n".join(line for line in markdown.splitlines() if line.startswith("|"))
    for node in sorted(set(ID.findall(tables)) & nodes):
        for name, text in (("JSON", whole), ("CSV", rows)):
            if not names_id(text, node):
                problems.append(f"{question}: a table names {node}, and the {name} does not")
    there = numbers_of(json.loads(whole), set())
    for line in sentences_of(markdown):
        for number in NUMBER.findall(re.sub(r"\d{4}-\d{2}(-\d{2})?|`[^`]*`|\([^)]*\)", "", line)):
            if int(number) not in there and not names_id(whole, number):
                problems.append(f"{question}: nothing in the JSON is {number}: {line}")
    judge_plurals(question, markdown)
    judge_plurals(question, ask(program, words))


def judge_plurals(where, text):
    for line in text.splitlines():
        for found in PLURAL.findall(line):
            problems.append(f"{where}: \"{found}\": {line.strip()}")


def judge_kept_answers():
    codes = re.compile(r"^.*exit code.*$|^0 no problems; 1 problems\.$", re.MULTILINE)
    files = [*ROOT.glob("tests/golden/*/*/expected*"), *ROOT.glob("tests/golden/*/*/files/*.svg"),
             *ROOT.glob("tools/chokepoint/manual/*.md"), ROOT / "README.md"]
    for file in files:
        judge_plurals(file.relative_to(ROOT), codes.sub("", file.read_text(encoding="utf-8", errors="replace")))
    return len(files)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", required=True)
    program = os.path.abspath(parser.parse_args().program)
    nodes = set(ask(program, ["sql", "SELECT id FROM node"], "--csv").split())
    for question in QUESTIONS:
        judge(program, question, nodes)
    kept = judge_kept_answers()
    for problem in problems:
        print(problem)
    print(f"{len(QUESTIONS)} questions, {kept} kept answers, {len(problems)} problems")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
