#!/usr/bin/env python3
"""Questions about a generic thing with very many variants, suppliers or needs take time in proportion to these: ten times
as many take at most 25 times as long on the processor, which leaves room for sorting and slower memory. A quadratic
step takes a hundred times as long.

usage: linear_variants.py --program BIN [--count 100000]
"""
import argparse
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

PROGRAM, COUNT = None, 100_000
TIMES, MOST_TIMES = 10, 25
LEAST_SECONDS = 0.1  # what the smaller graph counts at least: below, starting the program is a part of it


class Graph:
    """A target that needs the generic `g`, which needs `m`."""

    def __init__(self):
        self.nodes = ["t,product", "g,equipment", "m,material", "f0,firm", "f1,firm"]
        self.edges = ["t,g,requires", "g,m,requires", "f0,m,produces"]

    def add(self, nodes=(), edges=()):
        self.nodes += nodes
        self.edges += edges
        return self


def many_variants(count):
    return Graph().add((f"v{i},equipment" for i in range(count)),
                       (edge for i in range(count) for edge in (f"v{i},g,variant-of", f"f{i % 2},v{i},produces")))


def many_variants_that_take_over(count):
    return Graph().add((f"v{i},equipment" for i in range(count)),
                       ["f0,g,produces", *(f"v{i},g,variant-of" for i in range(count))])


def many_variants_with_needs(count):
    """Each variant needs a variant of what the generic needs."""
    return Graph().add((node for i in range(count) for node in (f"v{i},equipment", f"n{i},material")),
                       (edge for i in range(count) for edge in (f"v{i},g,variant-of", f"f1,v{i},produces", f"n{i},m,variant-of",
                                                                f"v{i},n{i},requires")))


def many_suppliers(count):
    return Graph().add(["v,equipment", *(f"s{i},firm" for i in range(count))],
                       ["v,g,variant-of", "f0,v,produces", *(f"s{i},g,produces" for i in range(count))])


def many_needs(count):
    return Graph().add(["v,equipment", *(f"n{i},material" for i in range(count))],
                       ["v,g,variant-of", "f0,v,produces",
                        *(edge for i in range(count) for edge in (f"g,n{i},requires", f"f1,n{i},produces"))])


def long_line_of_generics(count):
    """Each is a variant of the one before."""
    return Graph().add((f"v{i},equipment" for i in range(count)),
                       (f"v{i},{f'v{i - 1}' if i else 'g'},variant-of" for i in range(count))).add(
                           edges=[f"f0,v{count - 1},produces"])


QUESTIONS = (("chokepoints", "t"), ("whatif", "--remove", "f0"), ("depends", "t", "--count"), ("rank", "--by", "stops"))


class LinearVariants(unittest.TestCase):
    def seconds(self, make, count):
        """By question, the time on the processor."""
        graph = make(count)
        with tempfile.TemporaryDirectory() as name:
            folder = pathlib.Path(name)
            (folder / "nodes.csv").write_text("id,type\n" + "\n".join(graph.nodes) + "\n", encoding="utf-8")
            (folder / "edges.csv").write_text("source,target,type\n" + "\n".join(graph.edges) + "\n", encoding="utf-8")
            environment = {"PATH": os.environ.get("PATH", ""), "LC_ALL": "C", "HOME": name, "CHOKEPOINT_DB": "t.db"}

            def ask(*words):
                with subprocess.Popen([PROGRAM, "--quiet", *words], cwd=folder, env=environment, stdin=subprocess.DEVNULL,
                                      stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) as process:
                    said = process.stderr.read().decode()
                    _, status, used = os.wait4(process.pid, 0)
                    process.returncode = os.waitstatus_to_exitcode(status)
                self.assertEqual(process.returncode, 0, f"{words}: {said[:500]}")
                return used.ru_utime + used.ru_stime

            ask("init", "t.db")
            ask("import", "--from", "csv", "--dataset", "d", "--source", "s", "--source-title", "S", "nodes.csv", "edges.csv")
            ask("stats")  # leaves the snapshot
            return {question: ask(*question) for question in QUESTIONS}

    def check(self, make):
        few, many = self.seconds(make, COUNT), self.seconds(make, TIMES * COUNT)
        for question in QUESTIONS:
            print(f"{make.__name__}, {' '.join(question)}: {few[question]:.2f} s, {many[question]:.2f} s", flush=True)
        for question in QUESTIONS:
            with self.subTest(question=question):
                self.assertLessEqual(many[question], MOST_TIMES * max(few[question], LEAST_SECONDS))

    def test_many_variants(self):
        self.check(many_variants)

    def test_many_variants_that_take_over_a_supplier(self):
        self.check(many_variants_that_take_over)

    def test_many_variants_with_needs_of_their_own(self):
        self.check(many_variants_with_needs)

    def test_many_suppliers_of_the_generic(self):
        self.check(many_suppliers)

    def test_many_needs_of_the_generic(self):
        self.check(many_needs)

    def test_a_long_line_of_generics(self):
        self.check(long_line_of_generics)


def main():
    global PROGRAM, COUNT
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--program", required=True)
    parser.add_argument("--count", type=int, default=COUNT, help="how many the smaller graph has")
    options, others = parser.parse_known_args()
    PROGRAM, COUNT = os.path.abspath(options.program), options.count
    unittest.main(argv=[sys.argv[0], *others], verbosity=2)


if __name__ == "__main__":
    main()
