#!/usr/bin/env python3
"""However the program is ended, it leaves nothing behind; and it says of a change what became of it.

usage: endings.py --program BIN
"""
import argparse
import contextlib
import json
import os
import pathlib
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time

PENDING = 1073741824  # the byte that SQLite locks while it waits for readers to go


class Place:
    """A folder with a database and one for temporary files."""

    def __init__(self, program, root):
        self.program, self.folder = program, pathlib.Path(root)
        for name in ("data", "tmp", "home"):
            (self.folder / name).mkdir()
        self.env = {"PATH": os.environ.get("PATH", ""), "LC_ALL": "C", "HOME": str(self.folder / "home"),
                    "TMPDIR": str(self.folder / "tmp"), "CHOKEPOINT_DB": "t.db"}
        self.env.update({name: os.environ[name] for name in ("ASAN_OPTIONS", "UBSAN_OPTIONS") if name in os.environ})

    def start(self, *words):
        return subprocess.Popen([self.program, "--quiet", *words], cwd=self.folder / "data", env=self.env,
                                stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE)

    def run(self, *words):
        process = self.start(*words)
        out, err = process.communicate(timeout=300)
        return process.returncode, out.decode(), err.decode()

    def write(self, name, text):
        (self.folder / "data" / name).write_text(text)

    def left(self):
        """Files that nobody asked for, and an output that is not whole."""
        asked = {"t.db", "t.db-journal", "t.db.snapshot", "facts.json", "edges.csv", "nodes.csv"}
        left = [str(path.relative_to(self.folder)) for path in self.folder.rglob("*")
                if path.is_file() and path.name not in asked]
        with contextlib.suppress(OSError, ValueError):
            json.loads((self.folder / "data" / "out.json").read_text())
            left.remove("data/out.json")
        return left


def open_files(pid):
    with contextlib.suppress(OSError):
        for link in os.scandir(f"/proc/{pid}/fd"):
            with contextlib.suppress(OSError):
                yield os.readlink(link.path)


def wait_until(process, is_so):
    """@return whether it was so before the process ended"""
    while process.poll() is None:
        if is_so():
            return True
        time.sleep(0.0005)
    return False


def end(process, signals):
    for each in signals:
        with contextlib.suppress(ProcessLookupError):
            process.send_signal(each)
        # The second must come as a second one.
        time.sleep(0.02)
    process.communicate(timeout=300)
    return process.returncode


def small_facts(firms, dataset="d"):
    cite = [{"source": dataset}]
    return json.dumps({"dataset": {"id": dataset}, "sources": [{"id": dataset}], "nodes": [
        {"id": f"{dataset}{i}", "type": "firm", "sources": cite} for i in range(firms)]})


def tables(place, edges):
    nodes = max(10, edges // 10)
    place.write("nodes.csv", "id,type\n" + "".join(f"n{i},firm\n" for i in range(nodes)))
    place.write("edges.csv", "from,to,type\n" +
                "".join(f"n{i % nodes},n{(i * 7 + i // nodes + 1) % nodes},supplies\n" for i in range(edges)))


IMPORT = ("import", "--from", "csv", "--source", "s", "--source-title", "S", "nodes.csv", "edges.csv")
ENDINGS = {"SIGTERM": [signal.SIGTERM], "SIGHUP": [signal.SIGHUP], "Ctrl-C twice": [signal.SIGINT, signal.SIGINT],
           "SIGKILL": [signal.SIGKILL]}


def ended_in(program, prepare, words, is_in, signals):
    """Ends a command while `is_in` holds of it; larger and larger ones until that could be done. @return what is left"""
    for edges in (20_000, 80_000, 320_000, 1_280_000):
        with tempfile.TemporaryDirectory() as root:
            place = Place(program, root)
            tables(place, edges)
            place.run("init")
            prepare(place)
            process = place.start(*words)
            caught = wait_until(process, lambda: any(is_in(name) for name in open_files(process.pid)))
            code = end(process, signals)
            if caught and code != 0:
                left = place.left()
                answers, _, err = place.run("stats")
                return left + ([] if answers == 0 and "snapshot" not in err else [f"stats: {answers}: {err}"])
    return ["it always ended before it could be ended"]


def leaves_nothing(program):
    """A first import in its temporary database, and a snapshot that is being written."""
    for name, signals in ENDINGS.items():
        left = ended_in(program, lambda place: None, IMPORT, lambda file: "chokepoint-staged" in file and "(deleted)" in file,
                        signals)
        yield f"{name} during a first import", left == [], left
        left = ended_in(program, lambda place: place.run(*IMPORT), ("depends", "n1", "--count"),
                        lambda file: "/data/#" in file or ".snapshot" in file, signals)
        yield f"{name} while a snapshot is written", left == [], left
        left = ended_in(program, lambda place: place.run(*IMPORT), ("export", "--to", "json", "-o", "out.json"),
                        lambda file: "/data/#" in file or "/data/.out" in file, signals)
        yield f"{name} while an export is written", left == [], left


def waits_for_readers(pid):
    with open("/proc/locks", encoding="ascii") as locks:
        return any(f" {pid} " in line and f" {PENDING} " in line and " WRITE " in line for line in locks)


def too_late(program, words, expected):
    """Ctrl-C while a commit waits for a reader: it is too late to stop it, and the exit code says what became of it."""
    with tempfile.TemporaryDirectory() as root:
        place = Place(program, root)
        place.write("facts.json", small_facts(300))
        place.run("init")
        place.run("import", "facts.json")
        place.write("facts.json", small_facts(200))
        reader = sqlite3.connect(place.folder / "data" / "t.db", isolation_level=None)
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM node").fetchone()
        process = place.start(*words)
        caught = wait_until(process, lambda: waits_for_readers(process.pid))
        with contextlib.suppress(ProcessLookupError):
            process.send_signal(signal.SIGINT)
        time.sleep(0.02)
        reader.execute("COMMIT")
        reader.close()
        process.communicate(timeout=60)
        count = sqlite3.connect(place.folder / "data" / "t.db").execute("SELECT count(*) FROM node").fetchone()[0]
        done = count == expected
        right = caught and (process.returncode == 0) == done and process.returncode in (0, 130)
        return right and done, f"caught: {caught}, exit {process.returncode}, nodes: {count}"


def says_what_became(program):
    yield "Ctrl-C during the commit of an import", *too_late(program, ("import", "facts.json"), 200)
    yield "Ctrl-C during the commit of a removal", *too_late(program, ("remove", "--dataset", "d"), 0)


def keeps_links(program):
    with tempfile.TemporaryDirectory() as root:
        place = Place(program, root)
        link = place.folder / "data" / "x.db"
        link.symlink_to("nowhere.db")
        code, _, err = place.run("init", "x.db")
        yield "init refuses a dangling link", code == 2 and link.is_symlink() and "--force" in err, (code, err)
        place.run("init", "real.db")
        link.unlink()
        link.symlink_to("real.db")
        code, _, err = place.run("init", "x.db", "--force")
        yield "init --force writes through a link", code == 0 and link.is_symlink(), (code, err)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", required=True)
    program = str(pathlib.Path(parser.parse_args().program).resolve())
    failed = 0
    for checks in (leaves_nothing, says_what_became, keeps_links):
        for name, right, what in checks(program):
            failed += not right
            print(f"{'right' if right else 'WRONG'}: {name}{'' if right else f': {what}'}", flush=True)
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
