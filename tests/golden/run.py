#!/usr/bin/env python3
"""Runs the golden cases: tests/golden/<command>/<case>/.

A case is a folder with
  args           one command line a line (without the program's name); the last one is judged, the others prepare
  expected       its standard output
  expected_err   its standard error; absent: not compared, but it must be empty when the exit code is 0
  exit           its exit code; absent: 0
  input.json     the dataset the case's database holds; absent: inputs/supply.json. Imported in order: input*.json
  no-database    (empty) no database is made and CHOKEPOINT_DB is not set
  files/NAME     what the file NAME must hold afterwards
Other files are copied beside the database. Every line runs in a fresh folder with test.db in it, with
--as-of 2025-06-30 unless it says otherwise (an export is of every day), and with no terminal. Identities and times of
the database are masked.

  run.py --program build/dev/bin/chokepoint [COMMAND...]     judge
  run.py --program build/dev/bin/chokepoint --regenerate     write expected, expected_err, exit and files anew;
                                                             read the difference like code before committing it
"""
import argparse
import difflib
import hashlib
import json
import os
import pathlib
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
import warnings

HERE = pathlib.Path(__file__).resolve().parent
SCHEMAS = HERE.parent.parent / "data" / "schema"
AS_OF = "2025-06-30"
OWN_FILES = {"args", "expected", "expected_err", "exit", "no-database", "files"}


def mask(text):
    text = re.sub(r'("uuid": ?)"[^"]*"', r'\1"' + "0" * 32 + '"', text)
    return re.sub(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", "1970-01-01T00:00:00Z", text)


def run(program, words, folder, with_database):
    env = {"PATH": os.environ.get("PATH", ""), "LC_ALL": "C", "HOME": str(folder)}
    for name in ("ASAN_OPTIONS", "UBSAN_OPTIONS", "LLVM_PROFILE_FILE"):
        if name in os.environ:
            env[name] = os.environ[name]
    if with_database:
        env["CHOKEPOINT_DB"] = "test.db"
    done = subprocess.run([program, *words], cwd=folder, env=env, stdin=subprocess.DEVNULL, capture_output=True,
                          timeout=120, check=False)
    return done.returncode, done.stdout.decode("utf-8", "surrogateescape"), done.stderr.decode("utf-8", "surrogateescape")


def prepare(program, case, folder, cache):
    for path in case.iterdir():
        if path.name not in OWN_FILES and path.is_file():
            shutil.copy(path, folder / path.name)
    if (case / "no-database").exists():
        return
    inputs = sorted(case.glob("input*.json")) or [HERE / "inputs" / "supply.json"]
    made = cache / hashlib.sha256(b"".join(path.read_bytes() for path in inputs)).hexdigest()
    if not made.exists():
        for words in (["init", "test.db"], *(["import", str(path)] for path in inputs)):
            code, _, err = run(program, ["--quiet", *words], folder, True)
            if code != 0:
                raise RuntimeError(f"{case}: cannot prepare the database: {err}")
        shutil.copy(folder / "test.db", made)
    shutil.copy(made, folder / "test.db")


def outcome(program, case, cache):
    """What the case's last line gave: {"expected": …, "expected_err": …, "exit": …, "files/NAME": …}."""
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        prepare(program, case, folder, cache)
        with_database = not (case / "no-database").exists()
        lines = [line for line in (case / "args").read_text().splitlines() if line.strip()]
        for line in lines:
            words = shlex.split(line)
            if "--as-of" not in line and "export" not in words:
                words = ["--as-of", AS_OF, *words]
            code, out, err = run(program, words, folder, with_database)
        result = {"expected": mask(out), "expected_err": mask(err), "exit": f"{code}\n"}
        for path in sorted(folder.iterdir()):
            if (case / "files" / path.name).exists():
                result[f"files/{path.name}"] = mask(path.read_text(errors="surrogateescape"))
        result["left"] = "".join(f"{path.name}\n" for path in sorted(folder.iterdir()) if path.name.startswith("."))
        return result


def schema_problem(text):
    """Why a JSON answer does not fit its schema; None when it does, or when nothing can be said."""
    try:
        answer = json.loads(text)
        name = answer["schema"]
    except (ValueError, KeyError, TypeError):
        return None
    path = SCHEMAS / (name.replace("chokepoint.", "answer-").removesuffix("/1") + ".schema.json")
    if not path.exists():
        return None
    try:
        import jsonschema
    except ImportError:
        return None
    warnings.simplefilter("ignore", DeprecationWarning)  # newer versions name a successor that older ones lack
    resolver = jsonschema.RefResolver(SCHEMAS.as_uri() + "/", json.loads(path.read_text()))
    errors = list(jsonschema.Draft4Validator(resolver.referrer, resolver=resolver).iter_errors(answer))
    return f"{path.name}: {errors[0].message[:300]} at {list(errors[0].absolute_path)}" if errors else None


def read(path):
    return path.read_text(errors="surrogateescape") if path.exists() else None


def judge(program, case, cache):
    got = outcome(program, case, cache)
    problems = []
    wanted_exit = read(case / "exit") or "0\n"
    if got["exit"] != wanted_exit:
        problems.append(f"exit code {got['exit'].strip()}, expected {wanted_exit.strip()}; stderr: {got['expected_err']}")
    compared = ["expected", *(key for key in got if key.startswith("files/"))]
    if (case / "expected_err").exists():
        compared.append("expected_err")
    elif wanted_exit == "0\n" and got["expected_err"]:
        problems.append(f"unexpected standard error: {got['expected_err']}")
    for path in sorted((case / "files").iterdir()) if (case / "files").exists() else []:
        if f"files/{path.name}" not in got:
            problems.append(f"{path.name} was not written")
    for key in compared:
        wanted = read(case / key) or ""
        if got[key] != wanted:
            diff = difflib.unified_diff(wanted.splitlines(True), got[key].splitlines(True), f"{key} (expected)", "got")
            problems.append("".join(diff))
    if got["left"]:
        problems.append(f"unfinished files were left: {got['left']}")
    if problem := schema_problem(got["expected"]):
        problems.append(problem)
    return problems


def regenerate(program, case, cache):
    got = outcome(program, case, cache)
    (case / "expected").write_text(got["expected"], errors="surrogateescape")
    for key in ("expected_err", "exit"):
        if got[key] and got[key] != "0\n":
            (case / key).write_text(got[key], errors="surrogateescape")
        else:
            (case / key).unlink(missing_ok=True)
    for key in got:
        if key.startswith("files/"):
            (case / key).write_text(got[key], errors="surrogateescape")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", required=True)
    parser.add_argument("--regenerate", action="store_true")
    parser.add_argument("commands", nargs="*", help="folders under tests/golden; all when none is named")
    arguments = parser.parse_args()
    program = str(pathlib.Path(arguments.program).resolve())
    cases = sorted(path.parent for path in HERE.glob("*/*/args")
                   if not arguments.commands or path.parent.parent.name in arguments.commands)
    if not cases:
        sys.exit("no golden case found")
    failed = 0
    with tempfile.TemporaryDirectory() as cache:
        for case in cases:
            if arguments.regenerate:
                regenerate(program, case, pathlib.Path(cache))
            elif problems := judge(program, case, pathlib.Path(cache)):
                failed += 1
                print(f"FAILED {case.relative_to(HERE)}\n" + "\n".join(problems))
    print(f"{len(cases)} cases, {failed} failed" if not arguments.regenerate else f"{len(cases)} cases written anew")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
