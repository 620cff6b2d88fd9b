#!/usr/bin/env python3
"""Two commands that must agree: what `rank --by stops` counts for a node, `whatif --remove` of that node alone lists,
in both readings of unsettled variants. Asked of the curated database, for some nodes that it lists and some that it does
not, and of a small dataset with unsettled variants.

usage: rank_stops_check.py --program build/dev/bin/chokepoint [--ranked 150] [--others 40]
"""
import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
from pathlib import Path

FIELDS = ("value", "value_all", "flows", "flows_all")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", required=True)
    parser.add_argument("--ranked", type=int, default=150, help="of the nodes it lists, drawn at random")
    parser.add_argument("--others", type=int, default=40, help="of those that it does not list")
    arguments = parser.parse_args()
    program = str(Path(arguments.program).resolve())
    env = {key: value for key, value in os.environ.items() if not key.startswith("CHOKEPOINT_")}

    def call(*words):
        done = subprocess.run([program, *words], capture_output=True, text=True, timeout=120, env=env, check=False)
        if done.returncode != 0:
            sys.exit(f"{words}: exit {done.returncode}: {done.stderr}")
        return done.stdout

    def ask(*words):
        return json.loads(call(*words, "--json"))["result"]

    rng = random.Random(11)
    checked, differing, wrong = 0, 0, []

    def check(where, *options):
        nonlocal checked, differing
        ranked = {row["id"]: row for row in ask(*where, "rank", "--by", "stops", "--limit", "0", *options)}
        known = [row["id"] for measure in ("dependents", "dependencies")
                 for row in ask(*where, "rank", "--by", measure, "--limit", "0", *options)]
        others = sorted(set(known) - set(ranked))
        some = sorted(rng.sample(sorted(ranked), min(arguments.ranked, len(ranked))))
        for node in [*some, *rng.sample(others, min(arguments.others, len(others)))]:
            bounds = ask(*where, "whatif", "--remove", node, *options)["bounds"]
            expected = [len(bound["impossible"]) - 1 for bound in bounds] + [len(bound["flows"]) for bound in bounds]
            row = ranked.get(node, {})
            found = [row.get(field, 0) for field in FIELDS]
            checked += 1
            differing += expected[0] != expected[1]
            if found != expected:
                wrong.append(f"{' '.join(options)} {node}: {found}, but whatif says {expected}")

    check(("--as-of", "2025-12"))
    check(("--as-of", "2023-01"), "--include", "planned", "--min-confidence", "0.5")
    with tempfile.TemporaryDirectory() as folder:
        database = f"{folder}/r.db"
        call("--quiet", "init", database)
        call("--quiet", "--db", database, "import", str(Path(__file__).parent / "rank/stops-variants/input.json"))
        check(("--db", database))
    if differing == 0:
        wrong.append("both readings were always the same, so nothing was shown of the second")
    print("\n".join(wrong))
    print(f"{checked} nodes checked, {len(wrong)} wrong")
    sys.exit(1 if wrong or checked == 0 else 0)


if __name__ == "__main__":
    main()
