#!/usr/bin/env python3
"""The README counts the built-in data as they are, in whole hundreds.

usage: readme_counts_test.py --program build/dev/bin/chokepoint
"""
import argparse
import json
import pathlib
import re
import subprocess
import sys

SENTENCE = re.compile(r"some (?P<nodes>[\d,]+) nodes, (?P<edges>[\d,]+) edges and (?P<observations>[\d,]+) figures from\s+"
                      r"over (?P<sources>[\d,]+) sources")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", required=True)
    arguments = parser.parse_args()
    readme = pathlib.Path(__file__).resolve().parents[2] / "README.md"
    told = SENTENCE.search(readme.read_text(encoding="utf-8"))
    if told is None:
        print("README.md: no sentence `some N nodes, N edges and N figures from over N sources`")
        return 1
    answer = subprocess.run([arguments.program, "stats", "--json"], capture_output=True, text=True, timeout=60, check=True)
    counts = json.loads(answer.stdout)["result"]
    wrong = 0
    for name, text in told.groupdict().items():
        hundreds = counts[name] // 100 * 100
        if int(text.replace(",", "")) != hundreds:
            print(f"README.md tells {text} {name}; there are {counts[name]}: write {hundreds:,}")
            wrong += 1
    print(f"{len(told.groupdict())} counts, {wrong} wrong")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
