#!/usr/bin/env python3
"""A path of a million nodes, and the cycle it makes when it is closed, pass the commands: on a stack of 8 MiB, in
seconds, with answers of bounded length, and Ctrl-C ends each at once.

usage: deep_commands_test.py --program build/dev/bin/chokepoint [--nodes 1000000]

The database is filled through SQL: reading as many records as JSON would take longer than everything else.
"""
import argparse
import json
import os
import resource
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
import unittest
from pathlib import Path

PROGRAM = ""
NODES = 0
TIMEOUT = 280


def wait_until_caught(process, number):
    """Until the process, which a busy machine may be slow to start, has a handler for a signal, or has ended."""
    while process.poll() is None:
        with open(f"/proc/{process.pid}/status", encoding="ascii", errors="replace") as status:
            caught = [line.split()[1] for line in status if line.startswith("SigCgt:")]
        if caught and int(caught[0], 16) >> (number - 1) & 1:
            return
        time.sleep(0.002)


def fill(database, count):
    """Node i requires node i + 1."""
    with sqlite3.connect(database) as db:
        db.execute("PRAGMA synchronous = OFF")
        triggers = db.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _ in triggers:
            db.execute(f"DROP TRIGGER {name}")
        kind = db.execute("SELECT key FROM node_type WHERE id = 'product'").fetchone()[0]
        requires = db.execute("SELECT key FROM edge_type WHERE id = 'requires'").fetchone()[0]
        db.execute("INSERT INTO dataset VALUES (1, 'deep', '', '', '')")
        db.execute("INSERT INTO source VALUES (1, 's', 'S', '', '', '', '', '', '', 1)")
        numbers = f"WITH RECURSIVE number (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM number WHERE i < {count}) "
        db.execute(numbers + "INSERT INTO node (key, id, id_folded, type, labels, codes, "
                   "description, since, until, attributes, source, locator, dataset) SELECT i, printf('n%07d', i - 1), printf('n%07d', i - 1), ?, '{}', '{}', "
                   "'', '', '', '', 1, '', 1 FROM number", (kind,))
        db.execute(numbers + "INSERT INTO edge (from_node, type, to_node, key, hash, source, dataset) "
                   f"SELECT i, ?, i + 1, i, i, 1, 1 FROM number WHERE i < {count}", (requires,))
        for _, sql in triggers:
            db.execute(sql)
        db.execute("UPDATE state SET revision = revision + 1")
        db.execute("UPDATE token SET value = lower(hex(randomblob(16)))")
    db.close()


def close(database, count):
    """Makes the path a cycle."""
    with sqlite3.connect(database) as db:
        db.execute("INSERT INTO edge (from_node, type, to_node, key, hash, source, dataset) "
                   "SELECT ?, type, 1, ?, ?, 1, 1 FROM edge WHERE key = 1", (count, count, count))
    db.close()


def small_stack():
    resource.setrlimit(resource.RLIMIT_STACK, (8 << 20, 8 << 20))


def environment():
    env = {key: value for key, value in os.environ.items() if not key.startswith("CHOKEPOINT_")}
    return {**env, "LC_ALL": "C"}


def node(i):
    return f"n{i:07}"


class Deep(unittest.TestCase):
    is_cycle = False
    nodes = 0

    @classmethod
    def setUpClass(cls):
        if cls is Deep:
            raise unittest.SkipTest("the path and the cycle are the cases")
        # Every node of a cycle fails twice over, and the library's own tests close the longest path, too.
        cls.nodes = NODES // 4 if cls.is_cycle else NODES
        cls.temporary = tempfile.TemporaryDirectory()
        cls.folder = Path(cls.temporary.name)
        subprocess.run([PROGRAM, "--quiet", "init", "d.db"], cwd=cls.folder, env=environment(), check=True)
        fill(cls.folder / "d.db", cls.nodes)
        if cls.is_cycle:
            close(cls.folder / "d.db", cls.nodes)

    @classmethod
    def tearDownClass(cls):
        cls.temporary.cleanup()

    def ask(self, *words, code=0):
        done = subprocess.run([PROGRAM, "--db", "d.db", *words], cwd=self.folder, stdin=subprocess.DEVNULL,
                              capture_output=True, text=True, env=environment(), preexec_fn=small_stack,
                              timeout=TIMEOUT, check=False)
        self.assertEqual((done.returncode, done.stderr), (code, ""), words)
        return done.stdout

    def lost(self):
        """How many nodes fail with the one in the middle."""
        return self.nodes if self.is_cycle else self.nodes // 2 + 1

    def test_whatif_is_shown_in_a_screen_or_two_and_written_whole(self):
        shown = self.ask("whatif", "--remove", node(self.nodes // 2))
        self.assertLess(shown.count("\n"), 300)
        self.assertIn(f"{self.lost() - 20} more become impossible", shown)
        self.ask("whatif", "--remove", node(self.nodes // 2), "-o", "w.json")
        text = (self.folder / "w.json").read_bytes()
        (self.folder / "w.json").unlink()
        self.assertEqual(text.count(b'"less_than_baseline": true'), 2 * self.lost())
        self.assertTrue(text.endswith(b"}\n"))
        if len(text) > 200_000_000:  # reading it as JSON would take Python longer than all the rest
            return
        answer = json.loads(text)["result"]
        for bound in answer["bounds"]:
            self.assertEqual((len(bound["impossible"]), len(bound["capacity"])), (self.lost(), self.lost()))
            self.assertEqual(bound["capacity"][0], {"id": node(0), "low": 0, "high": 0, "binding": [node(self.nodes // 2)],
                                                    "binding_high": [node(self.nodes // 2)], "less_than_baseline": True})
            self.assertEqual(bound["impossible"][-1], node(self.nodes - 1 if self.is_cycle else self.nodes // 2))

    def test_whatif_tells_why_with_the_ends_of_a_long_chain(self):
        shown = self.ask("whatif", "--remove", node(self.nodes // 2), "--target", node(0), "--why")
        self.assertIn("steps not shown", shown)
        self.assertLess(shown.count("\n"), 300)

    def test_chokepoints_are_found_shown_and_proved_as_far_as_there_is_room(self):
        answer = json.loads(self.ask("chokepoints", node(0), "--order", "1", "--why", "--json"))["result"]
        most = min(100_000, self.nodes - 1)
        self.assertEqual(answer["complete"], self.nodes - 1 <= most)
        for bound in answer["bounds"]:
            self.assertEqual(len(bound["cut_sets"]), most)
            self.assertGreaterEqual(len(bound["certificates"]), 1)
            self.assertEqual(len(bound["certificates"]) + bound["certificates_left_out"], most)
            self.assertLess(sum(map(len, bound["certificates"])), 200_000)
            first = bound["certificates"][0]
            self.assertEqual((first[0]["node"], first[-1]["node"]), (bound["cut_sets"][0][0], node(0)))
        shown = self.ask("chokepoints", node(0), "--why")
        self.assertLess(shown.count("\n"), 3000)

    def test_the_plain_questions_end(self):
        self.assertIn(node(1), self.ask("cut", node(0), node(self.nodes // 2)))
        self.ask("concentration", code=1)
        self.ask("ownership", node(0), code=1)
        for measure in ("dominated", "articulation", "bridges", "k-core", "component", "page-rank", "lost-share",
                        "stops"):
            self.ask("rank", "--by", measure)
        answer = json.loads(self.ask("diff", "2020", "2025", "--target", node(self.nodes - 1000), "--json"))["result"]
        self.assertEqual((answer["began"], answer["ended"]), ([], []))
        for target in answer["chokepoints"]:
            self.assertEqual((target["appeared"], target["vanished"]), ([], []))

    def test_ctrl_c_ends_every_question_at_once_and_leaves_nothing(self):
        questions = (["chokepoints", node(0)], ["whatif", "--remove", node(self.nodes // 2), "-o", "out.json"],
                     ["rank", "--by", "betweenness"], ["rank", "--by", "dependents"],
                     ["diff", "2020", "2025", "--chokepoints"])
        self.ask("rank", "--by", "lost-share")  # makes the snapshot
        before = sorted(path.name for path in self.folder.iterdir())
        # Wherever it meets them: tests/golden/surroundings.py holds the program at chosen places.
        for question in questions:
            for delay in (0.05, 0.4):
                with subprocess.Popen([PROGRAM, "--db", "d.db", *question], cwd=self.folder,
                                      stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
                                      env=environment()) as process:
                    wait_until_caught(process, signal.SIGINT)
                    time.sleep(delay)
                    process.send_signal(signal.SIGINT)
                    code = process.wait(TIMEOUT)
                    self.assertIn(code, (0, 130), (question, delay))  # 0: done before the signal came
                    self.assertEqual(process.stderr.read(), b"", (question, delay))
                if code == 0:
                    (self.folder / "out.json").unlink(missing_ok=True)
                self.assertEqual(sorted(path.name for path in self.folder.iterdir()), before)


class OpenPath(Deep):
    is_cycle = False


class Cycle(Deep):
    is_cycle = True


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", required=True)
    parser.add_argument("--nodes", type=int, default=1_000_000)
    arguments, rest = parser.parse_known_args()
    PROGRAM, NODES = str(Path(arguments.program).resolve()), arguments.nodes
    unittest.main(argv=[sys.argv[0], *rest])
