#!/usr/bin/env python3
"""How the program behaves towards pipes, terminals, full disks, signals and the folders around it.

  surroundings.py --program build/dev/bin/chokepoint
"""
import argparse
import json
import os
import pathlib
import pty
import re
import select
import shutil
import signal
import subprocess
import sys
import tempfile
import unicodedata
import unittest

HERE = pathlib.Path(__file__).resolve().parent
PROGRAM = ""


def environment(**more):
    env = {key: value for key, value in os.environ.items() if not key.startswith("CHOKEPOINT_") and key not in ("NO_COLOR", "COLUMNS")}
    return {**env, "LC_ALL": "C", "TERM": "xterm", **more}


def call(*words, folder=None, **options):
    options.setdefault("env", environment())
    return subprocess.run([PROGRAM, *words], cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, text=True, timeout=120, check=False, **options)


def columns_of(line):
    """What a terminal needs for a line: two columns for a wide (East Asian) character."""
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in line)


class Held:
    """The program, held at a place (tools/chokepoint/test_hold.hpp) until `resume`, or until Ctrl-C is noticed there: what
    happens during work does not depend on how long the work takes."""

    def __init__(self, place, *words, folder, **options):
        reached, told = os.pipe()
        waits, self.release = os.pipe()
        options.setdefault("stderr", subprocess.PIPE)
        self.process = subprocess.Popen([PROGRAM, *words], cwd=folder, stdin=subprocess.DEVNULL, pass_fds=(told, waits),
                                        env=environment(CHOKEPOINT_TEST_HOLD=f"{place} {told} {waits}"), **options)
        os.close(told)
        os.close(waits)
        self.came = os.read(reached, 1) == b"!"  # the end of the file where the program ended without coming there
        os.close(reached)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        os.close(self.release)
        self.process.kill()
        self.process.communicate(timeout=60)

    def interrupt(self):
        """Sends Ctrl-C; what the program wrote afterwards."""
        self.process.send_signal(signal.SIGINT)
        return self.process.communicate(timeout=60)

    def resume(self):
        os.write(self.release, b"!")


def read_screen(parent, until=None):
    """What comes from a terminal, to its end or until a pattern has come."""
    text = b""
    while until is None or not re.search(until, text):
        ready, _, _ = select.select([parent], [], [], 60)
        if not ready:
            break
        try:
            piece = os.read(parent, 65536)
        except OSError:
            break
        if not piece:
            break
        text += piece
    return text.decode()


def on_terminal(*words, folder, **more):
    """What the program writes to a terminal that is both its standard output and its standard error."""
    parent, child = pty.openpty()
    with subprocess.Popen([PROGRAM, *words], cwd=folder, stdin=subprocess.DEVNULL, stdout=child, stderr=child,
                          env=environment(**more)) as process:
        os.close(child)
        text = read_screen(parent)
        process.wait(60)
    os.close(parent)
    return text


def many_nodes(count):
    nodes = ",\n".join(json.dumps({"id": f"n{i}", "type": "firm", "labels": {"en": f"Firm {i}"},
                                   "sources": [{"source": "s"}]}) for i in range(count))
    return '{"dataset":{"id":"many"},"sources":[{"id":"s","title":"S"}],"nodes":[\n' + nodes + "]}"


class Surroundings(unittest.TestCase):
    def setUp(self):
        self.temporary = tempfile.TemporaryDirectory()
        self.folder = pathlib.Path(self.temporary.name)
        self.assertEqual(call("--quiet", "init", "t.db", folder=self.folder).returncode, 0)
        source = HERE / "inputs" / "supply.json"
        self.assertEqual(call("--quiet", "--db", "t.db", "import", str(source), folder=self.folder).returncode, 0)

    def tearDown(self):
        self.temporary.cleanup()

    def left(self):
        """What lies in the folder, but for the derived snapshot, which comes and goes with questions."""
        return sorted(path.name for path in self.folder.iterdir() if path.name != "t.db.snapshot")

    def test_a_closed_pipe_is_a_silent_zero(self):
        read, write = os.pipe()
        os.close(read)
        done = subprocess.run([PROGRAM, "--db", "t.db", "export"], cwd=self.folder, stdout=write,
                              stderr=subprocess.PIPE, env=environment(), timeout=60, check=False)
        os.close(write)
        self.assertEqual((done.returncode, done.stderr), (0, b""))

    def test_a_closed_pipe_of_help_is_a_silent_zero(self):
        read, write = os.pipe()
        os.close(read)
        done = subprocess.run([PROGRAM, "--help"], stdout=write, stderr=subprocess.PIPE, env=environment(), timeout=60,
                              check=False)
        os.close(write)
        self.assertEqual((done.returncode, done.stderr), (0, b""))

    def test_work_that_goes_on_says_on_a_terminal_for_how_long(self):
        parent, child = pty.openpty()
        with Held("work", "--db", "t.db", "rank", folder=self.folder, stdout=child, stderr=child) as held:
            os.close(child)
            self.assertTrue(held.came)
            shown = read_screen(parent, until=rb"\d+ s; Ctrl-C ends it\x1b\[K")
            held.resume()
            shown += read_screen(parent)
            self.assertEqual(held.process.wait(60), 0)
        os.close(parent)
        self.assertRegex(shown, r"^(\rranking: \d+ s; Ctrl-C ends it\x1b\[K)+\r\x1b\[K")
        self.assertIn("Betweenness", shown)

    def test_quiet_work_says_nothing_however_long_it_goes_on(self):
        parent, child = pty.openpty()
        with Held("work", "--db", "t.db", "--quiet", "rank", folder=self.folder, stdout=child, stderr=child) as held:
            os.close(child)
            self.assertTrue(held.came)
            self.assertEqual(select.select([parent], [], [], 2.5)[0], [])
            held.resume()
            self.assertNotIn("Ctrl-C", read_screen(parent))
        os.close(parent)

    def test_a_full_disk_is_exit_five_with_one_line(self):
        with open("/dev/full", "w") as full:
            done = subprocess.run([PROGRAM, "--db", "t.db", "stats"], cwd=self.folder, stdout=full,
                                  stderr=subprocess.PIPE, env=environment(), timeout=60, check=False)
        self.assertEqual(done.returncode, 5)
        self.assertEqual(done.stderr.count(b"\n"), 1)

    def test_a_closed_standard_output_is_exit_five(self):
        done = subprocess.run(["/bin/sh", "-c", f'exec "{PROGRAM}" --db t.db stats >&-'], cwd=self.folder,
                              stderr=subprocess.PIPE, env=environment(), timeout=60, check=False)
        self.assertEqual(done.returncode, 5)

    def test_an_output_folder_that_is_not_there_is_exit_five_and_leaves_nothing(self):
        done = call("--db", "t.db", "stats", "-o", "nowhere/x.csv", folder=self.folder)
        self.assertEqual((done.returncode, done.stderr.count("\n")), (5, 1))
        self.assertEqual(self.left(), ["t.db"])

    def test_a_device_is_no_output_file(self):
        self.assertEqual(call("--db", "t.db", "stats", "--format", "csv", "--force", "-o", "/dev/null",
                              folder=self.folder).returncode, 2)

    def test_an_output_file_has_the_rights_that_the_mask_gives(self):
        done = subprocess.run(["/bin/sh", "-c", f'umask 027; exec "{PROGRAM}" --db t.db stats -o x.csv'],
                              cwd=self.folder, env=environment(), timeout=60, check=False)
        self.assertEqual(done.returncode, 0)
        self.assertEqual(os.stat(self.folder / "x.csv").st_mode & 0o777, 0o640)

    def test_writing_through_a_link_keeps_the_link(self):
        (self.folder / "real.csv").write_text("old\n")
        (self.folder / "link.csv").symlink_to("real.csv")
        self.assertEqual(call("--db", "t.db", "stats", "--force", "-o", "link.csv", folder=self.folder).returncode, 0)
        self.assertTrue((self.folder / "link.csv").is_symlink())
        self.assertIn("total,nodes", (self.folder / "real.csv").read_text())

    def test_reading_never_changes_or_adds_a_file(self):
        before = (self.folder / "t.db").read_bytes()
        os.chmod(self.folder, 0o555)
        try:
            self.assertEqual(call("--db", "t.db", "depends", "chip", folder=self.folder).returncode, 0)
        finally:
            os.chmod(self.folder, 0o755)
        self.assertEqual((self.folder / "t.db").read_bytes(), before)
        self.assertEqual(self.left(), ["t.db"])

    def test_the_environment_names_the_database(self):
        done = call("stats", "--csv", folder=self.folder, env=environment(CHOKEPOINT_DB="t.db"))
        self.assertIn("total,nodes,19", done.stdout)
        done = call("--db", "other.db", "stats", folder=self.folder, env=environment(CHOKEPOINT_DB="t.db"))
        self.assertEqual(done.returncode, 4)

    def test_the_environment_says_where_the_curated_database_is(self):
        (self.folder / "curated.db").write_bytes((self.folder / "t.db").read_bytes())
        for place in (".", "curated.db"):
            done = call("stats", "--csv", folder=self.folder, env=environment(CHOKEPOINT_DATA=place))
            self.assertIn("total,nodes,19", done.stdout, place)
        done = call("import", "x.json", folder=self.folder, env=environment(CHOKEPOINT_DATA="."))
        self.assertEqual(done.returncode, 2)
        self.assertIn("init", done.stderr)

    def test_a_pipe_gets_no_colour_and_a_terminal_does(self):
        self.assertNotIn("\x1b", call("--db", "t.db", "stats", folder=self.folder).stdout)
        self.assertIn("\x1b[1m", call("--db", "t.db", "--color", "always", "stats", folder=self.folder).stdout)
        self.assertIn("\x1b[1m", on_terminal("--db", "t.db", "stats", folder=self.folder))
        self.assertNotIn("\x1b", on_terminal("--db", "t.db", "stats", "--color", "never", folder=self.folder))

    # Every command that prints tables, trees or pages, on data with long names, ids and dates.
    WIDE = ["rank --by stops --type country", "rank --by lost-share --limit 5", "timeline us --limit 20", "show nvidia",
            "show nvidia --sources", "sources --limit 30", "search nvidia", "stats", "check --notes", "schema", "datasets",
            "history", "diff 2022 2025 --node tw --target nvidia-a800", "figures cn", "compare us cn", "depends nvidia-h100",
            "depends nvidia-h100 --tiers", "dependents tw --type chip", "paths nvidia-h100 tw --sources",
            "chokepoints nvidia-h100", "chokepoints nvidia-h100 --why --limit 3", "whatif --remove tw --why",
            "whatif --enforce bis-rule-2022-10 --as-of 2023-01", "cut nvidia-h100 tw", "concentration --limit 40",
            "ownership nvidia --sources", "brief nvidia-h100", "restrictions cn --sources"]

    def test_no_line_is_wider_than_columns_says(self):
        for width in (80, 100, 120):
            for question in self.WIDE:
                for language in ("en", "zh"):
                    done = call(*question.split(), "--lang", language, env=environment(COLUMNS=str(width)))
                    self.assertEqual(done.stderr, "", question)
                    too_wide = [line for line in done.stdout.splitlines() if columns_of(line) > width]
                    self.assertEqual(too_wide, [], f"{question} --lang {language} at {width}")
            for command in re.findall(r"^  ([a-z]+) ", call("--help").stdout, re.MULTILINE):
                done = call(command, "--help", env=environment(COLUMNS=str(width)))
                self.assertEqual([line for line in done.stdout.splitlines() if columns_of(line) > width], [], command)

    def test_columns_is_no_width_where_it_is_no_number(self):
        plain = call("rank", "--by", "stops", "--type", "country")
        for width in ("", "wide", "3", "-80", "80 ", "99999999999999999999"):
            told = call("rank", "--by", "stops", "--type", "country", env=environment(COLUMNS=width))
            self.assertEqual((told.returncode, told.stdout), (plain.returncode, plain.stdout), width)

    def test_no_color_and_a_dumb_terminal_are_heeded(self):
        self.assertNotIn("\x1b", on_terminal("--db", "t.db", "stats", folder=self.folder, NO_COLOR="1"))
        self.assertNotIn("\x1b", on_terminal("--db", "t.db", "stats", folder=self.folder, TERM="dumb"))
        self.assertIn("\x1b", on_terminal("--db", "t.db", "stats", folder=self.folder, NO_COLOR=""))

    def test_nothing_from_data_reaches_a_terminal_unescaped(self):
        hostile = {"dataset": {"id": "h"}, "sources": [{"id": "s", "title": "\u202eS"}],
                   "nodes": [{"id": "x", "type": "firm", "labels": {"en": "\u009b31m\u202ered\U000e0001", "zh": "\x1b[31m"},
                              "sources": [{"source": "s"}]}]}
        (self.folder / "h.json").write_text(json.dumps(hostile))
        self.assertEqual(call("--db", "t.db", "--quiet", "import", "h.json", folder=self.folder).returncode, 0)
        for words in (["show", "x"], ["show", "x", "--json"], ["search", "red", "--csv"],
                      ["search", "red", "--format", "jsonl"], ["search", "red", "--format", "markdown"], ["export"],
                      ["export", "--to", "graphml"], ["show", "\x1b[2J\u202e"]):
            text = on_terminal("--db", "t.db", "--color", "never", *words, folder=self.folder)
            self.assertIsNone(re.search("[\x00-\x08\x0b-\x0c\x0e-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069"
                                        "\U000e0000-\U000e007f]", text), words)
        exact = json.loads(call("--db", "t.db", "show", "x", "--json", folder=self.folder).stdout)
        shown = json.loads(on_terminal("--db", "t.db", "show", "x", "--json", folder=self.folder))
        self.assertEqual(shown, exact)

    def test_ctrl_c_during_an_import_is_130_and_changes_nothing(self):
        before = call("--db", "t.db", "export", folder=self.folder).stdout
        (self.folder / "many.json").write_text(many_nodes(60_000))
        with Held("import", "--db", "t.db", "import", "many.json", folder=self.folder, stdout=subprocess.PIPE) as held:
            self.assertTrue(held.came)
            self.assertEqual(held.interrupt(), (b"", b""))
            self.assertEqual(held.process.returncode, 130)
        self.assertEqual(call("--db", "t.db", "export", folder=self.folder).stdout, before)
        self.assertEqual(self.left(), ["many.json", "t.db"])

    def test_ctrl_c_during_a_first_import_leaves_nothing(self):
        (self.folder / "many.json").write_text(many_nodes(60_000))
        temporary = self.folder / "tmp"
        temporary.mkdir()
        call("--quiet", "init", "empty.db", folder=self.folder)
        before = self.left()
        with Held("import", "--db", "empty.db", "import", "many.json", folder=self.folder, stdout=subprocess.PIPE) as held:
            self.assertTrue(held.came)
            self.assertEqual(held.interrupt(), (b"", b""))
            self.assertEqual(held.process.returncode, 130)
        self.assertEqual(self.left(), before)

    def test_ctrl_c_while_writing_is_130_and_leaves_no_file(self):
        with Held("output", "--db", "t.db", "export", "-o", "out.json", folder=self.folder) as held:
            self.assertTrue(held.came)
            self.assertEqual(held.interrupt(), (None, b""))
            self.assertEqual(held.process.returncode, 130)
        self.assertEqual(self.left(), ["t.db"])

    def test_ctrl_c_during_a_search_is_130_with_what_was_found_so_far(self):
        # Any assembly will do, each needs all its parts, and parts are shared: sets of four are a long search.
        rows = [("requires", "car", "engine", {})]
        rows += [("requires", "car", f"a{i}", {"group": "way"}) for i in range(300)]
        rows += [("requires", f"a{i}", f"p{(i * 37 + j * j + 7 * j) % 3989}", {})
                 for i in range(300) for j in range(400)]
        data = {"dataset": {"id": "hard"}, "sources": [{"id": "s", "title": "S"}],
                "nodes": [{"id": name, "type": "product", "sources": [{"source": "s"}]}
                          for name in sorted({end for row in rows for end in row[1:3]})],
                "edges": [{"type": kind, "from": source, "to": target, **more, "sources": [{"source": "s"}]}
                          for kind, source, target, more in {(*row[:3], tuple(row[3].items())): row
                                                             for row in rows}.values()]}
        (self.folder / "hard.json").write_text(json.dumps(data))
        self.assertEqual(call("--db", "t.db", "--quiet", "import", "hard.json", folder=self.folder).returncode, 0)
        call("--db", "t.db", "stats", folder=self.folder)
        with Held("search", "--db", "t.db", "chokepoints", "car", "--order", "4", "--json", folder=self.folder,
                  stdout=subprocess.PIPE) as held:
            self.assertTrue(held.came)
            answer, errors = held.interrupt()
            self.assertEqual((held.process.returncode, errors), (130, b""))
        result = json.loads(answer)["result"]
        self.assertEqual([bound["cut_sets"] for bound in result["bounds"]], [[["engine"]]] * 2)
        self.assertFalse(result["complete"])
        self.assertLess(result["order_done"], 4)
        self.assertEqual(self.left(), ["hard.json", "t.db"])

    def import_dot_with(self, gvpr):
        """Imports a graph in DOT while `gvpr` is what the shell makes of a text; None: it is not there."""
        programs = self.folder / "programs"
        programs.mkdir()
        if gvpr is not None:
            (programs / "gvpr").write_text(f"#!/bin/sh\n{gvpr}\n", encoding="utf-8")
            (programs / "gvpr").chmod(0o755)
        (self.folder / "graph.gv").write_text("digraph { a -> b }\n", encoding="utf-8")
        result = call("import", "graph.gv", "--node-type", "firm", "--edge-type", "supplies", folder=self.folder,
                      env=environment(PATH=str(programs), CHOKEPOINT_DB="graph.db"))
        self.assertFalse((self.folder / "graph.db").exists())
        return result

    def test_graphviz_that_gets_no_more_memory_is_told_with_another_way(self):
        result = self.import_dot_with("x=aaaaaaaa; while :; do x=$x$x; done")
        self.assertEqual((result.returncode, result.stdout), (3, ""), result.stderr)
        self.assertIn("ended for want of memory (it may take 1024 MiB)", result.stderr)
        self.assertIn("GraphML, GML or CSV", result.stderr)

    def test_graphviz_that_is_killed_is_told_as_want_of_memory(self):
        result = self.import_dot_with("kill -9 $$")
        self.assertEqual(result.returncode, 3, result.stderr)
        self.assertIn("ended for want of memory", result.stderr)

    def test_graphviz_that_is_not_there_is_told_with_what_to_install(self):
        result = self.import_dot_with(None)
        self.assertEqual(result.returncode, 5, result.stderr)
        self.assertIn("apt install graphviz", result.stderr)

    def test_standard_input_is_read_where_a_dash_stands(self):
        with open(HERE / "inputs" / "supply.json", "rb") as text:
            done = subprocess.run([PROGRAM, "--db", "t.db", "import", "-"], cwd=self.folder, stdin=text,
                                  capture_output=True, env=environment(), timeout=60, check=False)
        self.assertEqual((done.returncode, done.stderr), (0, b""))
        self.assertIn(b"nothing had to change", done.stdout)

    def complete(self, *words):
        script = ('source <("$0" completion bash); COMP_WORDS=("${@}"); COMP_CWORD=$(($# - 1)); _chokepoint; '
                  'printf "%s\\n" "${COMPREPLY[@]}"')
        done = subprocess.run(["bash", "-c", script, PROGRAM, "chokepoint", *words], cwd=self.folder,
                              capture_output=True, text=True, env=environment(), timeout=60, check=False)
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        return done.stdout.split()

    def test_bash_completes_commands_options_choices_and_files(self):
        self.assertEqual(self.complete("sear"), ["search"])
        self.assertEqual(self.complete("--json", "search", "--lim"), ["--limit"])
        self.assertEqual(self.complete("search", "--lang", ""), ["en", "zh"])
        self.assertEqual(self.complete("paths", "--along", "depende"), ["dependents"])
        self.assertEqual(self.complete("import", "t."), ["t.db"])
        self.assertEqual(self.complete("completion", "f"), ["fish"])

    def test_completion_scripts_are_valid_where_the_shell_is_there(self):
        for shell in ("bash", "zsh", "fish"):
            done = call("completion", shell, "--force", "-o", "c.txt", folder=self.folder)
            self.assertEqual((done.returncode, done.stderr), (0, ""))
            if shutil.which(shell):
                check = subprocess.run([shell, "-n", "c.txt"], cwd=self.folder, capture_output=True, check=False)
                self.assertEqual((check.returncode, check.stderr), (0, b""), shell)

    def test_help_of_every_command_is_for_standard_output(self):
        overview = call("--help", folder=self.folder)
        self.assertEqual((overview.returncode, overview.stderr), (0, ""))
        self.assertEqual(call("--version").stdout.split()[0], "chokepoint")

    def test_a_command_without_arguments_says_so_on_standard_error(self):
        done = call(folder=self.folder)
        self.assertEqual((done.returncode, done.stdout, done.stderr.count("\n")), (2, "", 1))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", required=True)
    arguments, rest = parser.parse_known_args()
    PROGRAM = str(pathlib.Path(arguments.program).resolve())
    unittest.main(argv=[sys.argv[0], *rest])
