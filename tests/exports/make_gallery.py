#!/usr/bin/env python3
"""Makes the gallery of exports/, or says which of its files are out of date.

usage: make_gallery.py --program PROGRAM [--exports DIR] [--check]

The commands stand once, in GALLERY; exports/README.md shows them. --check makes everything anew in a scratch folder and
compares: byte by byte, except what Graphviz draws, where fonts decide on places: there the texts must agree.
Exit code 1 names what differs, 77 says that something is missing (Graphviz).
"""

import argparse
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
DAY = "2025-12-01"  # the reports' own time, so that the answers do not move with the clock

# file -> words of the command; every file is written with -o
GALLERY = {
    "curated.gexf": ["export"],
    "curated.graphml": ["export"],
    "curated.svg": ["export"],
    "timeline.svg": ["timeline", "--as-of", DAY],
    "concentration.svg": ["concentration", "--as-of", DAY],
    "compare-us-cn.svg": ["compare", "us", "cn", "--as-of", DAY],
    "chokepoints-h100.json": ["chokepoints", "nvidia-h100", "--as-of", DAY],
    "chokepoints-h100.gexf": ["chokepoints", "nvidia-h100", "--as-of", DAY],
    "chokepoints-h100.svg": ["chokepoints", "nvidia-h100", "--as-of", DAY],
    "chokepoints-h100-graph.svg": ["chokepoints", "nvidia-h100", "--picture", "graph", "--as-of", DAY],
    "chokepoints-h100-matrix.svg": ["chokepoints", "nvidia-h100", "ascend-910b", "deepseek-r1", "--as-of", DAY],
    "whatif-without-tw.json": ["whatif", "--remove", "tw", "--as-of", DAY],
    "whatif-without-tw.gexf": ["whatif", "--remove", "tw", "--as-of", DAY],
    "whatif-without-tw.svg": ["whatif", "--remove", "tw", "--as-of", DAY],
}
# Drawn by Graphviz.
DRAWN = {"chokepoints-h100-graph.svg"}


def command_line(name):
    return "chokepoint " + " ".join(GALLERY[name]) + " -o " + name


def reports(program, folder):
    """The two reports' datasets: the pictures do not move with what is added beside them."""
    database = folder / "curated.db"
    for words in (["init", str(database)],
                  *(["--db", str(database), "import", str(ROOT / "data" / "curated" / name)] for name in ("ai-hardware", "ai-race"))):
        subprocess.run([program, "--quiet", *words], stdout=subprocess.DEVNULL, check=True)
    return {**os.environ, "CHOKEPOINT_DATA": str(folder)}


def make(program, env, folder, name):
    words = [program, "--quiet", "--force", *GALLERY[name], "-o", str(folder / name)]
    done = subprocess.run(words, capture_output=True, text=True, env=env, check=False)
    if done.returncode not in (0, 1):
        sys.exit(f"{command_line(name)}: exit code {done.returncode}: {done.stderr.strip()}")
    if name.endswith(".json"):
        # An answer names the file and the identity of the database it was asked of; those are this machine's.
        text = (folder / name).read_text(encoding="utf-8")
        text = re.sub(r'("path": )"[^"]*"', r'\1"curated.db"', text)
        text = re.sub(r'("uuid": )"[^"]*"', r'\1"00000000-0000-0000-0000-000000000000"', text)
        (folder / name).write_text(text, encoding="utf-8")


def essence(path):
    """What must agree: all bytes, or the texts and colours of what Graphviz drew."""
    data = path.read_bytes()
    if path.name not in DRAWN:
        return data
    text = data.decode("utf-8")
    return sorted(re.findall(r"<title>.*?</title>|<text[^>]*>.*?</text>", re.sub(r' (x|y)="[^"]*"', "", text), re.DOTALL))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--program", required=True)
    parser.add_argument("--exports", default=str(ROOT / "exports"))
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args()
    program = str(pathlib.Path(options.program).resolve())
    exports = pathlib.Path(options.exports)
    if not shutil.which("dot"):
        print("skipped: Graphviz's dot is not on PATH")
        sys.exit(77)
    wrong = []
    with tempfile.TemporaryDirectory() as scratch, tempfile.TemporaryDirectory() as data:
        env = reports(program, pathlib.Path(data))
        if not options.check:
            for name in GALLERY:
                make(program, env, exports, name)
            return
        for name in GALLERY:
            make(program, env, pathlib.Path(scratch), name)
            if not (exports / name).exists() or essence(exports / name) != essence(pathlib.Path(scratch) / name):
                wrong.append(name)
    known = {path.name for path in exports.iterdir()} - {"README.md"}
    wrong += sorted(known - set(GALLERY))
    readme = (exports / "README.md").read_text(encoding="utf-8")
    wrong += [f"README.md lacks `{command_line(name)}`" for name in GALLERY if command_line(name) not in readme]
    if wrong:
        print("out of date: " + ", ".join(wrong))
        print("remake with: cmake --build build/release --target gallery")
        sys.exit(1)
    print(f"{len(GALLERY)} files are up to date")


if __name__ == "__main__":
    main()
