#!/usr/bin/env python3
"""Runs every example of every command's --help on the curated database and expects the exit code it promises.

  examples.py --program build/dev/bin/chokepoint --commands "init export …"
"""
import argparse
import os
import pathlib
import re
import shlex
import shutil
import subprocess
import sys
import tempfile

# What the examples of writing commands need to find beside them.
EXTRA_FILES = {"batteries.json": "data/ontology.json"}
EXTRA_TEXTS = {"suppliers.csv": "Supplier,Customer,Share %\nAcme,Beta,60\nGamma,Beta,40\n"}


def call(program, words, folder):
    env = {key: value for key, value in os.environ.items() if not key.startswith("CHOKEPOINT_")}
    return subprocess.run([program, *words], cwd=folder, env=env, stdin=subprocess.DEVNULL, capture_output=True,
                          text=True, timeout=300, check=False)


def examples_of(text):
    """(command line, expected exit code) of the examples in a help text."""
    lines = text.splitlines()
    for line, below in zip(lines, lines[1:] + [""]):
        if match := re.fullmatch(r"  chokepoint (.+)", line):
            code = re.search(r"\(exit (\d)\)$", below)
            yield match[1], int(code[1]) if code else 0


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", required=True)
    parser.add_argument("--commands", required=True, help="names in the order in which they are tried")
    arguments = parser.parse_args()
    program = str(pathlib.Path(arguments.program).resolve())
    root = pathlib.Path(__file__).resolve().parents[2]
    problems, count = [], 0
    with tempfile.TemporaryDirectory() as folder:
        for name, source in EXTRA_FILES.items():
            shutil.copy(root / source, pathlib.Path(folder) / name)
        for name, text in EXTRA_TEXTS.items():
            (pathlib.Path(folder) / name).write_text(text, encoding="utf-8")
        for command in arguments.commands.split():
            text = call(program, [command, "--help"], folder)
            examples = list(examples_of(text.stdout))
            purpose = text.stdout.splitlines()[0] if text.stdout else ""
            if text.returncode != 0 or text.stderr:
                problems.append(f"{command} --help: exit {text.returncode}, {text.stderr}")
            if not purpose.endswith(".") or len(purpose) > 120:
                problems.append(f"{command} --help does not begin with one short sentence: {purpose!r}")
            if len(examples) < 2:
                problems.append(f"{command} --help shows {len(examples)} examples")
            for line, code in examples:
                count += 1
                done = call(program, shlex.split(line), folder)
                if "without the explorer's page" in done.stderr:
                    continue  # no Cytoscape.js at build time; the message says what to do
                if done.returncode != code:
                    problems.append(f"chokepoint {line}: exit {done.returncode}, expected {code}: {done.stderr[:500]}")
                elif code == 0 and not done.stdout and " -o " not in line and command != "init":
                    problems.append(f"chokepoint {line}: printed nothing")
    print("\n".join(problems + [f"{count} examples, {len(problems)} problems"]))
    sys.exit(1 if problems else 0)


if __name__ == "__main__":
    main()
