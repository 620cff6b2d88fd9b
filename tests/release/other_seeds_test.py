"""Random tests hold for whatever numbers: each is run with others than its own.

A program of tests first says which of its tests draw numbers (tests/support/seeds.hpp); those are run once for each
further seed. A failure names the seed: CHOKEPOINT_SEED=7 test_analysis --gtest_filter=... shows it again.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile


def run(program, filter_, seed):
    """The report of a run: {test: (whether it failed, its properties)}."""
    with tempfile.TemporaryDirectory() as folder:
        report = os.path.join(folder, "report.json")
        environment = {name: value for name, value in os.environ.items() if name != "CHOKEPOINT_SEED"}
        if seed is not None:
            environment["CHOKEPOINT_SEED"] = str(seed)
        done = subprocess.run([program, f"--gtest_filter={filter_}", f"--gtest_output=json:{report}"],
                              env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
        if not os.path.exists(report):
            return {"(the program)": (f"ended with {done.returncode}\n{done.stdout[-2000:]}", {})}
        with open(report, encoding="utf-8") as file:
            suites = json.load(file)["testsuites"]
    tests = {}
    for suite in suites:
        for test in suite["testsuite"]:
            failures = "\n".join(each["failure"] for each in test.get("failures", []))
            tests[f"{suite['name']}.{test['name']}"] = (failures, test)
    return tests


def random_tests(program):
    tests = run(program, "*", None)
    return sorted(name for name, (_, test) in tests.items() if "seed" in test)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("programs", nargs="+", help="of tests")
    parser.add_argument("--first", type=int, default=1, help="seed")
    parser.add_argument("--seeds", type=int, default=50, help="how many")
    args = parser.parse_args()
    runs = bad = 0
    for program in args.programs:
        names = random_tests(program)
        print(f"{os.path.basename(program)}: {len(names)} random tests", flush=True)
        if not names:
            continue
        for seed in range(args.first, args.first + args.seeds):
            for name, (failure, _) in sorted(run(program, ":".join(names), seed).items()):
                runs += 1
                if failure:
                    bad += 1
                    print(f"CHOKEPOINT_SEED={seed} {os.path.basename(program)} --gtest_filter={name}\n{failure}", flush=True)
    print(f"{runs} runs, {bad} bad")
    if runs == 0:
        sys.exit("no random test was found")
    sys.exit(1 if bad else 0)


if __name__ == "__main__":
    main()
