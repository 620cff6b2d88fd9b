#!/usr/bin/env python3
"""Runs every command of the program with --json and holds its answer against the command's schema.

usage: answer_schemas_test.py PROGRAM SOURCE_DIR

Asked of the curated database and of a fresh one made from tests/data/samples/. A command or a schema without a
row in QUESTIONS fails.
"""
import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import jsonschema

# Exit code 1 is a negative answer, which has a schema, too. {db} and {sample} are filled in.
QUESTIONS = {
    "import": [(0, "--db {db} import {sample} --dry-run"), (0, "--db {db} import {sample}"),
               (0, "--db {db} import {sample}")],
    "import-explain": [(0, "import {sample} --explain"), (0, "import {table} --explain")],
    "check": [(0, "check"), (0, "check --notes"), (1, "--db {db} check --strict --notes")],
    "stats": [(0, "stats"), (0, "--db {db} stats")],
    "schema": [(0, "schema")],
    "datasets": [(0, "datasets"), (0, "--db {db} datasets")],
    "history": [(0, "history"), (0, "--db {db} history")],
    "sql": [(0, ["sql", "SELECT id, type, key FROM node LIMIT 3"])],
    "diff": [(0, "diff 2022 2025"), (0, "diff 1990 1991"),
             (0, "diff --from 2022 --to 2025 --target nvidia-a800 --chokepoints")],
    "search": [(0, "search 光刻"), (1, "search no-such-thing-anywhere")],
    "show": [(0, "show nvidia"), (0, "--db {db} show lens"), (0, "--lang zh show cn")],
    "figures": [(0, "figures"), (0, "figures cn"), (0, "--db {db} figures")],
    "sources": [(0, "sources"), (0, "sources yuekai-2026")],
    "timeline": [(0, "timeline"), (0, "timeline nvidia")],
    "restrictions": [(0, "restrictions"), (0, "restrictions cn --as-of 2025-05-01 --type chip"),
                     (1, "--db {db} restrictions --as-of 1990")],
    "brief": [(0, "brief nvidia-h100"), (0, "brief tw"), (0, "brief nvidia"), (0, "brief bis-rule-2022-10"),
              (0, "--db {db} brief lens")],
    "compare": [(0, "compare us cn")],
    "depends": [(0, "depends nvidia-h100"), (0, "--as-of 2024 depends cn")],
    "dependents": [(0, "dependents tw"), (0, "dependents asml")],
    "paths": [(0, "paths nvidia-h100 tw"), (1, "paths tw nvidia-h100")],
    "chokepoints": [(0, "chokepoints nvidia-h100"), (0, "chokepoints nvidia-h100 deepseek-r1"), (1, "--db {db} chokepoints maker")],
    "cut": [(0, "cut nvidia-h100 tw")],
    "rank": [(0, "rank --by betweenness"), (0, "rank --by betweenness --sample 5"), (0, "rank --by dependents"),
             (0, "rank --by lost-share"), (0, "rank --by sole-supplies"), (0, "rank --by bridges"),
             (0, "rank --by stops"), (0, "rank --by stops --type country --limit 0")],
    "ownership": [(0, "ownership nvidia")],
    "concentration": [(0, "concentration"), (0, "concentration ai-chip")],
    "whatif": [(0, "whatif --remove tw"),
               (0, "whatif --remove nvidia --target ai-chip"),
               (0, "whatif --enforce bis-rule-2022-10 --as-of 2023-01 --why"),
               (0, "whatif --remove tw --enforce bis-rule-2025-04 --without bis-rule-2022-10")],
    "remove": [(0, "--db {db} remove --dataset sample")],
}
# Commands whose answer is not an envelope.
NO_ENVELOPE = {
    "init": "makes a file and says so",
    "export": "writes a dataset or a graph",
    "completion": "writes a shell script",
    "help": "prints a page of the manual",
    "view": "writes a page",
    "mcp": "speaks JSON-RPC",
}


def commands_of(source):
    text = (source / "tools/chokepoint/commands.def").read_text(encoding="utf-8")
    return re.findall(r"^CHOKEPOINT_COMMAND\((\w+)\)", text, re.MULTILINE)


def validators(source):
    schemas = {path.name: json.loads(path.read_text(encoding="utf-8"))
               for path in (source / "data/schema").glob("*.schema.json")}
    store = {f"https://schemas.invalid/{name}": schema for name, schema in schemas.items()}
    return {name: jsonschema.Draft4Validator(
        schema, resolver=jsonschema.RefResolver(f"https://schemas.invalid/{name}", schema, store=store))
        for name, schema in schemas.items()}


def problems(program, source):
    by_schema = validators(source)
    known = commands_of(source)
    for command in known:
        if command not in QUESTIONS and command not in NO_ENVELOPE:
            yield f"{command}: no question in {Path(__file__).name}"
    for name in by_schema:
        if name.startswith("answer-") and name.removeprefix("answer-").removesuffix(".schema.json") not in QUESTIONS:
            yield f"{name}: no question in {Path(__file__).name}"
    with tempfile.TemporaryDirectory() as folder:
        words = {"db": f"{folder}/graph.db", "sample": str(source / "tests/data/samples/dataset.json"),
                 "table": f"{folder}/table.csv"}
        Path(words["table"]).write_text("supplier,customer,share %\nA,B,60\nC,B,40\n", encoding="utf-8")
        subprocess.run([program, "init", words["db"]], check=True, stderr=subprocess.DEVNULL)
        for command, questions in QUESTIONS.items():
            if command.split("-")[0] not in known:
                continue
            for code, question in questions:
                arguments = question if isinstance(question, list) else question.format(**words).split()
                run = subprocess.run([program, *arguments, "--json"], capture_output=True, text=True, timeout=60)
                asked = " ".join(arguments).replace(folder, "")
                if run.returncode != code:
                    yield f"{asked}: exit code {run.returncode} instead of {code}: {run.stderr.strip()[:300]}"
                    continue
                name = f"answer-{command}.schema.json"
                if name not in by_schema:
                    yield f"{asked}: data/schema/{name} is missing"
                    continue
                for error in by_schema[name].iter_errors(json.loads(run.stdout)):
                    where = "/".join(str(step) for step in error.absolute_path)
                    yield f"{asked}: {where}: {error.message[:300]}"


def main(arguments):
    if len(arguments) != 2:
        print(__doc__, file=sys.stderr)
        return 2
    found = list(problems(arguments[0], Path(arguments[1])))
    print(*found, sep="\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
