#!/usr/bin/env python3
"""What a power cut leaves: images of the folder built from a log of everything that reached its files.

A program runs with power_log.so preloaded, which notes each write, sync, truncation, creation, renaming and removal. At
every point of that log the power may go. What was synced is then there; of what was not, any part may be: each write as
a whole, in part (by sectors of 512 bytes) or not at all, and of the folder's changes those up to any one. In every image
a command must answer as before the change or as after it, whole; and where the power goes after the program ended with
exit code 0, as after it.

usage: power_loss.py --program BIN --noted-program BIN --log-library power_log.so [--images 1000]
"""
import argparse
import collections
import json
import os
import pathlib
import random
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import urllib.parse

SECTOR = 512


class Operation:
    def __init__(self, kind, inode, offset, name, other, data):
        self.kind, self.inode, self.offset, self.name, self.other, self.data = kind, inode, offset, name, other, data


def read_log(path):
    operations, bytes_, at = [], path.read_bytes() if path.exists() else b"", 0
    decode = lambda text: "" if text == "-" else urllib.parse.unquote(text)
    while at < len(bytes_):
        end = bytes_.index(b"\n", at)
        kind, inode, offset, size, name, other = bytes_[at:end].decode().split(" ")
        data = bytes_[end + 1:end + 1 + int(size)]
        at = end + 1 + int(size)
        operations.append(Operation(kind, int(inode), int(offset), decode(name), decode(other), data))
    return operations


def apply(content, operation):
    """A file's bytes after one write or truncation."""
    if operation.kind == "T":
        return content[:operation.offset].ljust(operation.offset, b"\0")
    content = content.ljust(operation.offset, b"\0")
    return content[:operation.offset] + operation.data + content[operation.offset + len(operation.data):]


def torn(operation, rng):
    """What of a write arrived: some of its sectors."""
    if operation.kind == "T" or len(operation.data) <= SECTOR:
        return [operation]
    parts = []
    for begin in range(0, len(operation.data), SECTOR):
        if rng.random() < 0.5:
            parts.append(Operation("W", operation.inode, operation.offset + begin, "", "",
                                   operation.data[begin:begin + SECTOR]))
    return parts


class Folder:
    """What is on the disk for certain, and what is on its way there.

    The system gives the number of a file that is gone to another one, so files have numbers of our own."""

    def __init__(self, path):
        self.numbers, self.live, self.content, self.count = {}, {}, {}, 0
        for file in path.iterdir():
            number = self.number_of(file.stat().st_ino)
            self.live[file.name] = number
            self.content[number] = file.read_bytes()
        self.names = dict(self.live)  # for certain
        self.waiting = collections.defaultdict(list)  # writes by number
        self.changes = []  # of the folder: (name, number or None)

    def number_of(self, inode, is_new=False):
        if is_new or inode not in self.numbers:
            self.count += 1
            self.numbers[inode] = self.count
        return self.numbers[inode]

    def forget(self, number):
        """A file without a name is of no account, and its number may be given again."""
        if number not in self.live.values():
            self.numbers = {inode: known for inode, known in self.numbers.items() if known != number}

    def take(self, operation):
        if operation.kind in "WT":
            self.waiting[self.number_of(operation.inode)].append(operation)
        elif operation.kind == "S":
            number = self.number_of(operation.inode)
            for each in self.waiting.pop(number, []):
                self.content[number] = apply(self.content.get(number, b""), each)
        elif operation.kind == "D":
            for change in self.changes:
                settle(self.names, change)
            self.changes = []
        elif operation.kind in "CL":
            self.change([(operation.name, self.number_of(operation.inode, operation.kind == "C"))])
        elif operation.kind == "U":
            self.change([(operation.name, None)])
        else:
            self.change([(operation.other, self.live[operation.name]), (operation.name, None)])

    def change(self, entries):
        """Names change all at once: a renamed file has one of its names at every moment."""
        self.changes.append(entries)
        gone = [self.live.get(name) for name, _ in entries]
        settle(self.live, entries)
        for number in filter(None, gone):
            self.forget(number)

    def image(self, target, how, rng):
        """Writes what may be found after a cut. how: 'least', 'most' or 'random'."""
        names, content = dict(self.names), dict(self.content)
        kept = {"least": 0, "most": len(self.changes)}.get(how)
        for change in self.changes[:rng.randint(0, len(self.changes)) if kept is None else kept]:
            settle(names, change)
        for number, writes in self.waiting.items():
            for write in writes:
                if how == "least":
                    break
                parts = [write]
                if how == "random":
                    parts = rng.choice([[], [write], torn(write, rng)])
                for part in parts:
                    content[number] = apply(content.get(number, b""), part)
        for name, number in names.items():
            (target / name).write_bytes(content.get(number, b""))


def settle(names, entries):
    for name, number in entries:
        if number is None:
            names.pop(name, None)
        else:
            names[name] = number


def facts(version, firms):
    cite = [{"source": "s"}]
    return json.dumps({
        "dataset": {"id": "d", "version": version}, "sources": [{"id": "s", "title": version}],
        "nodes": [{"id": "hub", "type": "chip", "labels": {"en": version}, "sources": cite}] +
                 [{"id": f"{version}{i}", "type": "firm", "sources": cite} for i in range(firms)],
        "edges": [{"type": "produces", "from": f"{version}{i}", "to": "hub", "sources": cite} for i in range(firms)]})


class Scenario:
    """A change: what is there before, and the command that makes it."""

    def __init__(self, name, before, command, question=("export", "--to", "json")):
        self.name, self.before, self.command, self.question = name, before, command, question


FIRST, SECOND, THIRD = ("import", "../p.json"), ("import", "../q.json"), ("import", "../r.json")
INIT = ("init", "t.db")
SCENARIOS = [
    Scenario("first import", [INIT], FIRST),
    Scenario("import of another version", [INIT, FIRST], SECOND),
    Scenario("import of a small dataset beside it", [INIT, FIRST], THIRD),
    Scenario("removal", [INIT, FIRST], ("remove", "--dataset", "d")),
    Scenario("init --force", [INIT, FIRST], ("init", "t.db", "--force")),
    Scenario("snapshot", [INIT, FIRST, ("depends", "hub"), SECOND], ("depends", "hub"), ("depends", "hub", "--csv")),
    Scenario("output file", [INIT, FIRST], ("export", "--to", "json", "-o", "out.json")),
    Scenario("output file over another", [INIT, FIRST, ("stats", "--json", "-o", "out.json")],
             ("export", "--to", "json", "-o", "out.json", "--force")),
]


class Test:
    def __init__(self, program, noted, library, root):
        self.program, self.noted, self.library, self.root = program, noted, library, pathlib.Path(root)
        for name, version, firms in (("p", "p", 300), ("q", "q", 250)):
            (self.root / f"{name}.json").write_text(facts(version, firms))
        (self.root / "r.json").write_text('{"dataset":{"id":"e"},"sources":[{"id":"t"}],"nodes":[{"id":"z","type":'
                                          '"firm","sources":[{"source":"t"}]}]}')
        (self.root / "home").mkdir()
        (self.root / "tmp").mkdir()

    def run(self, folder, words, log=None):
        env = {"PATH": os.environ.get("PATH", ""), "LC_ALL": "C", "HOME": str(self.root / "home"),
               "XDG_CACHE_HOME": "", "TMPDIR": str(self.root / "tmp"), "CHOKEPOINT_DB": "t.db"}
        if log:
            env.update(LD_PRELOAD=self.library, POWER_LOG=str(log), POWER_ROOT=str(folder))
        program = self.noted if log else self.program
        return subprocess.run([program, "--as-of", "2025", "--quiet", *words], cwd=folder, env=env,
                              stdin=subprocess.DEVNULL, capture_output=True, timeout=120, check=False)

    def state(self, folder, question):
        """What a question says, and what else of the folder counts."""
        done = self.run(folder, question)
        out = folder / "out.json"
        return (done.returncode, re.sub(rb'"(uuid|token)": ?"[^"]*"', b"", done.stdout),
                out.read_bytes() if out.exists() else None)

    def record(self, scenario):
        """The folder before, the operations of the command, and the states before and after."""
        before, live = self.root / "before", self.root / "live"
        for folder in (before, live):
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
        for words in scenario.before:
            done = self.run(before, words)
            assert done.returncode == 0, (words, done.stderr)
        for file in before.iterdir():
            shutil.copy(file, live / file.name)
        start, log = Folder(live), self.root / "log"
        log.unlink(missing_ok=True)
        old = self.state_of_copy(before, scenario.question)
        done = self.run(live, scenario.command, log)
        assert done.returncode == 0, (scenario.name, done.stderr)
        new = self.state_of_copy(live, scenario.question)
        return start, read_log(log), old, new

    def state_of_copy(self, folder, question):
        """Asking makes snapshots, which the folder itself shall not have."""
        copy = self.root / "copy"
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(folder, copy)
        return self.state(copy, question)

    def judge(self, scenario, folder, how, rng, old, new, acknowledged):
        image = self.root / "image"
        shutil.rmtree(image, ignore_errors=True)
        image.mkdir()
        folder.image(image, how, rng)
        found = self.state(image, scenario.question)
        if acknowledged and found != new:
            return "acknowledged change lost" if found == old else "acknowledged change damaged"
        # Each of a database and an output file is old or new; both change in no scenario.
        if found not in (old, new):
            return f"partial: exit {found[0]}"
        with sqlite3.connect(image / "t.db") as connection:
            whole = connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        connection.close()
        if not whole:
            return "database damaged"
        if rng.random() < 0.1 and self.run(image, THIRD).returncode != 0:
            return "next import fails"
        return "right"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", required=True)
    parser.add_argument("--noted-program", required=True, help="the same, to be preloaded into")
    parser.add_argument("--log-library", required=True)
    parser.add_argument("--images", type=int, default=1000)
    arguments = parser.parse_args()
    rng, tally, at_end, examples = random.Random(12), collections.Counter(), collections.Counter(), []
    with tempfile.TemporaryDirectory() as root:
        whole = [str(pathlib.Path(path).resolve())
                 for path in (arguments.program, arguments.noted_program, arguments.log_library)]
        test = Test(*whole, os.path.realpath(root))
        for scenario in SCENARIOS:
            start, operations, old, new = test.record(scenario)
            if not operations:
                sys.exit(f"{scenario.name}: nothing was noted; is the library preloaded?")
            share = max(3, arguments.images // len(SCENARIOS))
            # A third of the cuts come after the end; the others anywhere, each point equally likely.
            cuts = sorted([len(operations)] * (share // 3) +
                          [rng.randint(0, len(operations)) for _ in range(share - share // 3)])
            folder, done = start, 0
            for number, cut in enumerate(cuts):
                while done < cut:
                    folder.take(operations[done])
                    done += 1
                how = ("least", "most", "random", "random")[number % 4]
                verdict = test.judge(scenario, folder, how, rng, old, new, cut == len(operations))
                tally[verdict] += 1
                at_end[verdict] += cut == len(operations)
                if verdict != "right" and len(examples) < 10:
                    examples.append(f"{scenario.name}, after {cut} of {len(operations)} operations, {how}: {verdict}")
            print(f"{scenario.name}: {len(operations)} operations, {len(cuts)} images", flush=True)
    print(f"{sum(tally.values())} images: {dict(tally)}; of the {sum(at_end.values())} after the end: {dict(at_end)}")
    print("\n".join(examples))
    sys.exit(0 if set(tally) == {"right"} else 1)


if __name__ == "__main__":
    main()
