#!/usr/bin/env python3
"""Runs the examples of Markdown pages with the program and compares what it says with what the page shows.

An example is
  ```json                 a dataset: makes a new database for the console blocks that follow (JSON, or JSON Lines)
  ```json NAME            a file NAME beside that database, for the commands that read it; so are csv, xml, jsonl …
  ```console              lines `$ chokepoint …`, each followed by what is shown of its answer

Pages without a dataset are asked of the curated data, or of --dataset FILE. Records that cite no source get one. A question is asked on
2025-06-30 unless it names a day. What is shown is a part of the answer:
  JSON    a part of the answer's `result` (or of the whole answer where it names `schema`, `result` or `coverage`):
          objects may have more keys; lists are whole unless they end in "…"; numbers agree to 1e-9
  text    lines that occur in this order, whatever the space between words; `…` stands for anything
  exit N  as the last line: the exit code; absent, it is 0

A page with the line `<!-- columns: 80 -->` shows whole answers, as they are printed on a screen of that width; --write
puts them there anew.

  semantics_examples_test.py --program build/release/bin/chokepoint graph/SEMANTICS.md [PAGE...]
  semantics_examples_test.py --program … --show PAGE         print what the program says instead
  semantics_examples_test.py --program … --write PAGE        renew a page of whole answers
"""
import argparse
import dataclasses
import json
import os
import pathlib
import re
import shlex
import subprocess
import sys
import tempfile

AS_OF = "2025-06-30"
WRITING = {"init", "import", "remove", "completion", "history", "export", "sql"}
ENVELOPE = {"schema", "result", "coverage", "as_of", "database"}


@dataclasses.dataclass
class Fence:
    words: list
    line: int
    text: str


@dataclasses.dataclass
class Question:
    command: str
    line: int
    shown: list


def fences_of(text):
    lines, at = text.splitlines(), 0
    while at < len(lines):
        match = re.match(r"( *)```(\w.*)$", lines[at])
        if match:
            first, indent = at + 1, len(match[1])
            at = first
            while not lines[at].strip() == "```":
                at += 1
            yield Fence(match[2].split(), first, "\n".join(line[indent:] for line in lines[first:at]) + "\n")
        at += 1


def questions_of(fence):
    found = []
    for number, line in enumerate(fence.text.splitlines(), fence.line + 1):
        if line.startswith("$ "):
            found.append(Question(line[2:], number, []))
        elif found and line.startswith("> "):
            found[-1].command += " " + line[2:]
        elif found:
            found[-1].shown.append(line)
    return [question for question in found if question.command.startswith("chokepoint ")]


class Example:
    """A folder with a database in it, or without one for the curated data."""

    def __init__(self, program, folder):
        self.program, self.folder, self.has_database = program, pathlib.Path(folder), False
        self.columns = None

    def call(self, words):
        env = {"PATH": os.environ.get("PATH", ""), "LC_ALL": "C", "HOME": str(self.folder)}
        if self.columns:
            env["COLUMNS"] = self.columns
        for name in ("ASAN_OPTIONS", "UBSAN_OPTIONS", "LLVM_PROFILE_FILE"):
            if name in os.environ:
                env[name] = os.environ[name]
        if self.has_database:
            env["CHOKEPOINT_DB"] = "example.db"
        return subprocess.run([self.program, *words], cwd=self.folder, env=env, stdin=subprocess.DEVNULL,
                              capture_output=True, text=True, timeout=300, check=False)

    def make_database(self, text, source=("--source", "example", "--source-title", "An invented example")):
        for name in ("example.db", "example.db.snapshot"):
            (self.folder / name).unlink(missing_ok=True)
        is_lines = not is_one_json(text)
        name = "example.jsonl" if is_lines else "example.json"
        (self.folder / name).write_text(text, encoding="utf-8")
        self.has_database = True
        for words in (["init", "example.db"],
                      ["import", name, *source]):
            done = self.call(["--quiet", *words])
            if done.returncode != 0:
                raise AssertionError(f"the dataset is refused:\n{done.stderr}")

    def answer(self, question):
        words = shlex.split(question.command, comments=True)[1:]
        if "--as-of" not in words and not WRITING & set(words):
            words = ["--as-of", AS_OF, *words]
        return self.call(words)


def is_one_json(text):
    try:
        json.loads(text)
        return True
    except json.JSONDecodeError:
        return False


def part_of(shown, found, place="answer"):
    """Why `shown` is no part of `found`; nothing when it is."""
    if isinstance(shown, dict):
        if not isinstance(found, dict):
            return f"{place} is {found!r}"
        for key, value in shown.items():
            if key not in found:
                return f"{place} has no {key}"
            if problem := part_of(value, found[key], f"{place}.{key}"):
                return problem
        return None
    if isinstance(shown, list):
        if not isinstance(found, list):
            return f"{place} is {found!r}"
        whole = not (shown and shown[-1] == "…")
        shown = shown if whole else shown[:-1]
        if len(found) < len(shown) or (whole and len(found) != len(shown)):
            return f"{place} has {len(found)} entries: {json.dumps(found, ensure_ascii=False)[:600]}"
        for number, (a, b) in enumerate(zip(shown, found)):
            if problem := part_of(a, b, f"{place}[{number}]"):
                return problem
        return None
    if isinstance(shown, (int, float)) and not isinstance(shown, bool):
        is_number = isinstance(found, (int, float)) and not isinstance(found, bool)
        return None if is_number and abs(found - shown) < 1e-9 else f"{place} is {found!r}, not {shown!r}"
    return None if shown == found else f"{place} is {found!r}, not {shown!r}"


def squeezed(line):
    return re.sub(r"[\s─]+", " ", line).strip()


def lines_occur(shown, found):
    left = [squeezed(line) for line in found.splitlines()]
    for line in map(squeezed, shown):
        if line in ("", "…"):
            continue
        pattern = re.compile(".*".join(re.escape(part) for part in re.split(r" ?… ?", line)))
        while left and not pattern.fullmatch(left[0]):
            left.pop(0)
        if not left:
            return f"no line (left) reads: {line}"
        left.pop(0)
    return None


def printed(done):
    return "\n".join(line.rstrip() for line in (done.stdout + done.stderr).splitlines())


def renewed(example, text):
    """The page's text with what the program says to each question."""
    def block(match):
        questions = questions_of(Fence(["console"], 0, match[1]))
        return "```console\n" + "".join(f"$ {each.command}\n{printed(example.answer(each))}\n" for each in questions) + "```"
    return re.sub(r"```console\n(.*?)```", block, text, flags=re.DOTALL)


def judge(example, question):
    shown, code = list(question.shown), 0
    while shown and not shown[-1].strip():
        shown.pop()
    if shown and re.fullmatch(r"exit \d+", shown[-1]):
        code = int(shown.pop().split()[1])
    done = example.answer(question)
    said = done.stdout + done.stderr
    if done.returncode != code:
        return f"exit {done.returncode}, not {code}\n{said[:1500]}"
    text = "\n".join(shown)
    if example.columns:
        return None if printed(done) == text else f"is printed otherwise:\n{printed(done)}"
    if text.startswith(("{", "[")) and is_one_json(text):
        wanted, found = json.loads(text), json.loads(done.stdout)
        if not (isinstance(wanted, dict) and ENVELOPE & set(wanted)) and isinstance(found, dict) and "result" in found:
            found = found["result"]
        problem = part_of(wanted, found)
        return problem and f"{problem}\n{json.dumps(found, ensure_ascii=False)[:1500]}"
    problem = lines_occur(shown, said)
    return problem and f"{problem}\n{said[:1500]}"


def run_page(program, page, dataset, show, write):
    problems, count = [], 0
    with tempfile.TemporaryDirectory() as folder:
        example = Example(program, folder)
        columns = re.search(r"^<!-- columns: (\d+) -->$", page.read_text(encoding="utf-8"), re.MULTILINE)
        example.columns = columns and columns[1]
        if dataset is not None:
            example.make_database(dataset.read_text(encoding="utf-8"), source=())
        if write and example.columns:
            page.write_text(renewed(example, page.read_text(encoding="utf-8")), encoding="utf-8")
        refused = False
        for fence in fences_of(page.read_text(encoding="utf-8")):
            if fence.words[0] != "console" and len(fence.words) > 1:
                (example.folder / fence.words[1]).write_text(fence.text, encoding="utf-8")
            elif fence.words[0] == "json":
                try:
                    example.make_database(fence.text)
                    refused = False
                except AssertionError as problem:
                    problems.append(f"{page}:{fence.line}: {problem}")
                    refused = True
            elif fence.words[0] == "console":
                for question in questions_of(fence):
                    count += 1
                    if show:
                        done = example.answer(question)
                        print(f"{page}:{question.line}: $ {question.command}\n{done.stdout}{done.stderr}"
                              f"exit {done.returncode}\n")
                    elif not refused and (problem := judge(example, question)):
                        problems.append(f"{page}:{question.line}: {question.command}\n  {problem}")
    return problems, count


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", required=True)
    parser.add_argument("--dataset", type=pathlib.Path, help="what pages without a dataset are asked of")
    parser.add_argument("--show", action="store_true", help="print the program's answers, judge nothing")
    parser.add_argument("--write", action="store_true", help="renew pages of whole answers")
    parser.add_argument("pages", nargs="+", type=pathlib.Path)
    arguments = parser.parse_args()
    program = str(pathlib.Path(arguments.program).resolve())
    problems, count = [], 0
    for page in arguments.pages:
        found, asked = run_page(program, page, arguments.dataset, arguments.show, arguments.write)
        problems += found
        count += asked
    print("\n".join(problems))
    print(f"{count} examples, {len(problems)} problems")
    return 1 if problems or count == 0 else 0


if __name__ == "__main__":
    sys.exit(main())
