#!/usr/bin/env python3
"""Two commands that must agree: of what `chokepoints` names, `whatif --remove` says that it stops the target, and that
no part of it does, in both readings. Asked of the curated database.

usage: cut_sets_check.py --program build/dev/bin/chokepoint [--targets 12]
"""
import argparse
import json
import os
import random
import subprocess
import sys
from pathlib import Path


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", required=True)
    parser.add_argument("--targets", type=int, default=12)
    parser.add_argument("--seed", type=int, default=5)
    arguments = parser.parse_args()
    program = str(Path(arguments.program).resolve())
    env = {key: value for key, value in os.environ.items() if not key.startswith("CHOKEPOINT_")}

    def ask(*words):
        done = subprocess.run([program, "--as-of", "2025-12", *words, "--json"], capture_output=True, text=True,
                              timeout=120, env=env, check=False)
        if done.returncode not in (0, 1):
            sys.exit(f"{words}: exit {done.returncode}: {done.stderr}")
        return json.loads(done.stdout)["result"]

    def stops(members, target, reading):
        removals = [word for member in members for word in ("--remove", member)]
        return target in ask("whatif", *removals)["bounds"][reading]["impossible"]

    rng = random.Random(arguments.seed)
    nodes = [row["id"] for row in ask("rank", "--by", "dependencies", "--limit", "0")]
    checked, wrong = 0, []
    for target in rng.sample(nodes, min(arguments.targets, len(nodes))):
        for reading, bound in enumerate(ask("chokepoints", target)["bounds"]):
            for members in rng.sample(bound["cut_sets"], min(4, len(bound["cut_sets"]))):
                checked += 1
                if not stops(members, target, reading):
                    wrong.append(f"{members} does not stop {target} (variants {bound['variants']})")
                for member in members if len(members) > 1 else []:
                    if stops([other for other in members if other != member], target, reading):
                        wrong.append(f"{members} stops {target} without {member}, too (variants {bound['variants']})")
    print("\n".join(wrong))
    print(f"{checked} sets checked, {len(wrong)} wrong")
    sys.exit(1 if wrong or checked == 0 else 0)


if __name__ == "__main__":
    main()
