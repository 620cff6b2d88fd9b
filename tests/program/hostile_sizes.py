#!/usr/bin/env python3
"""What is large in an unusual way is taken in, or refused, in memory that follows the size of the input: 20 times its
bytes and 64 MiB at most. What is wrong a thousand times alike is said once.

usage: hostile_sizes.py --program BIN
"""
import argparse
import contextlib
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time
import unittest

PROGRAM = None
TIMES, SPARE_BYTES = 20, 64 << 20
ETO = {
    "inputs.csv": "input_id,input_name,type,stage_id,description,market_share_chart_global_market_size_info,"
                  "market_share_chart_caption,market_share_chart_source",
    "stages.csv": "stage_id,stage_name,description,market_share_chart_global_market_size_info,"
                  "market_share_chart_caption,market_share_chart_source",
    "providers.csv": "provider_id,provider_name,provider_type,country",
    "provision.csv": "provider_id,provider_name,provided_id,provided_name,share_provided,negligible_market_share",
    "sequence.csv": "input_id,input_name,goes_into_id,goes_into_name,is_type_of_id,is_type_of_name",
}
SOURCE = ("--source", "s", "--source-title", "S")


class HostileSizes(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.run_program("init", "t.db")

    def run_program(self, *words):
        """The exit code, what is said, and the most memory it held, in bytes."""
        environment = {"PATH": os.environ.get("PATH", ""), "LC_ALL": "C", "HOME": str(self.folder), "CHOKEPOINT_DB": "t.db"}
        with open(self.folder / "said", "w+", encoding="utf-8") as said:
            process = subprocess.Popen([PROGRAM, "--quiet", *words], cwd=self.folder, env=environment,
                                       stdin=subprocess.DEVNULL, stdout=said, stderr=said)
            _, status, used = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
            said.seek(0)
            return process.returncode, said.read(), used.ru_maxrss << 10

    def own_memory(self, *words):
        """The same, without what programs hold that it runs: looked up in /proc while it runs, as it only grows."""
        environment = {"PATH": os.environ.get("PATH", ""), "LC_ALL": "C", "HOME": str(self.folder), "CHOKEPOINT_DB": "t.db"}
        held = 0
        with open(self.folder / "said", "w+", encoding="utf-8") as said:
            process = subprocess.Popen([PROGRAM, "--quiet", *words], cwd=self.folder, env=environment,
                                       stdin=subprocess.DEVNULL, stdout=said, stderr=said)
            while process.poll() is None:
                with contextlib.suppress(OSError, StopIteration):
                    status = pathlib.Path(f"/proc/{process.pid}/status").read_text(encoding="utf-8")
                    line = next(line for line in status.splitlines() if line.startswith("VmHWM"))
                    held = max(held, int(line.split()[1]) << 10)
                time.sleep(0.002)
            said.seek(0)
            return process.returncode, said.read(), held

    def imports(self, size, *words):
        code, said, held = self.run_program("import", *words)
        self.assertLessEqual(held, TIMES * size + SPARE_BYTES,
                             f"{held / 2**20:.0f} MiB for an input of {size / 2**20:.1f} MiB")
        return code, said

    def write(self, name, *parts):
        """Texts, or what yields them: never a large text at once, for a program begins with the memory of this one."""
        size = 0
        with open(self.folder / name, "w", encoding="utf-8") as file:
            for part in parts:
                for text in [part] if isinstance(part, str) else part:
                    size += file.write(text)
        return size

    def imports_providers(self, row, count=200_000):
        (self.folder / "eto").mkdir()
        rows = ("\n" + row.format(i) for i in range(count))
        size = sum(self.write("eto/" + name, text, rows if name == "providers.csv" else "", "\n")
                   for name, text in ETO.items())
        code, said = self.imports(size, "--from", "eto", "eto")
        self.assertEqual(code, 0, said)

    def test_eto_tables_of_many_providers_with_seats(self):
        self.imports_providers("P{0},provider number {0},organization,USA")

    def test_eto_tables_of_many_providers_in_few_bytes(self):
        self.imports_providers("P{0},n{0},organization,USA")

    def test_eto_tables_of_many_providers_without_seats(self):
        self.imports_providers("P{0},provider number {0},organization,")

    def test_eto_tables_of_a_million_providers_of_one_letter(self):
        self.imports_providers("P{0},n,organization,USA", 1_000_000)

    def imports_short_rows(self, name, head, row, *options):
        size = self.write(name, head, (row.format(i) for i in range(500_000)))
        code, said = self.imports(size, *options, name)
        self.assertEqual(code, 0, said)

    def test_csv_of_nodes_whose_ids_are_numbers(self):
        self.imports_short_rows("rows.csv", "id,type,label\n", "{0},firm,a\n")

    def test_csv_of_edges_whose_ends_no_table_lists(self):
        self.imports_short_rows("rows.csv", "from,to\n", "x{0:x},y{0:x}\n", "--edge-type", "supplies", "--node-type",
                                "firm")

    def test_json_lines_of_objects_with_an_id_alone(self):
        self.imports_short_rows("rows.jsonl", "", '{{"id":"x{0:x}"}}\n', "--node-type", "firm")

    def imports_dot(self, row, times=TIMES):
        if shutil.which("gvpr") is None:
            self.skipTest("gvpr of Graphviz is not here")
        size = self.write("graph.dot", "digraph {\n", (row.format(i) for i in range(100_000)), "}\n")
        code, said, held = self.own_memory("import", "graph.dot", "--node-type", "firm", "--edge-type", "supplies")
        self.assertEqual(code, 0, said)
        self.assertGreater(held, 0)
        self.assertLessEqual(held, times * size + SPARE_BYTES, f"{held / 2**20:.0f} MiB for {size / 2**20:.1f} MiB")

    def test_dot_of_nodes(self):
        self.imports_dot("n{0:x};\n")

    def test_dot_of_edges(self):
        # Fourteen bytes make two nodes and an edge; nothing else is so short, and this is over the bound of all others.
        self.imports_dot("x{0:x}->y{0:x};\n", times=30)

    def test_csv_of_very_many_columns(self):
        size = self.write("wide.csv", "id,type", (f",c{i}" for i in range(100_000)), "\n")
        self.imports(size, "--from", "csv", *SOURCE, "wide.csv")

    def test_csv_with_a_row_of_nothing_but_commas(self):
        size = self.write("commas.csv", "id,type\n", ("," * 1024 for _ in range(16 << 10)), "\n")
        code, said = self.imports(size, "--from", "csv", *SOURCE, "commas.csv")
        self.assertEqual(code, 3, said)
        self.assertLess(len(said), 1000)

    def test_nodes_of_one_name_in_two_datasets(self):
        for dataset in "ab":
            rows = "".join(f"{dataset}{i},firm,one name\n" for i in range(1000))
            size = self.write(dataset + ".csv", "id,type,label\n" + rows)
            code, said = self.imports(size, "--from", "csv", *SOURCE, dataset + ".csv")
            self.assertEqual(code, 0, said)
            self.assertLess(said.count("\n"), 10, said[:1000])


def main():
    global PROGRAM
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--program", required=True)
    options, others = parser.parse_known_args()
    PROGRAM = os.path.abspath(options.program)
    unittest.main(argv=[sys.argv[0], *others], verbosity=2)


if __name__ == "__main__":
    main()
