#!/usr/bin/env python3
"""The manual says the same in English and in Chinese, and fits a screen of 80 columns.

Every page of tools/chokepoint/manual has one in manual/zh with as many headings of each level, items and rows of
tables, the same commands in its examples, and the same words in backticks; what the program itself says in Chinese
(`requires all of 4`) may be Chinese there. A line break in a Chinese paragraph would be printed as a space, so that
each paragraph is one line. `chokepoint help` prints the Chinese pages with --lang zh; no line begins with a mark that
closes a clause.

  manual_languages_test.py --program build/release/bin/chokepoint [--root CHECKOUT]
"""
import argparse
import pathlib
import re
import subprocess
import sys
import unicodedata

COLUMNS = 80
CLOSING = "，。；：、！？）］”》"
HAN = re.compile(r"[\u4e00-\u9fff]")
FENCE = re.compile(r"^```(\w*)[^\n]*\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def width_of(text):
    return sum(0 if unicodedata.combining(each) else 2 if unicodedata.east_asian_width(each) in "WF" else 1 for each in text)


def commands_of(text):
    """Command lines of the fenced blocks, without how they are broken into lines and without --lang zh."""
    found = []
    for kind, block in FENCE.findall(text):
        if kind == "console":
            lines = re.findall(r"^\$ (.*(?:\n> .*)*)", block, re.MULTILINE)
        else:
            lines = re.sub(r"\\\n", "", block).splitlines()
        found += [re.sub(r"\s+", " ", line.replace("\n>", "")).strip() for line in lines]
    return [re.sub(r" --lang zh\b", "", line) for line in found]


def shape_of(prose):
    """The levels of its headings, and how much there is of the rest."""
    kinds = {"items": r"^- ", "rows of tables": r"^\|"}
    counts = {kind: len(re.findall(pattern, prose, re.MULTILINE)) for kind, pattern in kinds.items()}
    counts["headings"] = re.findall(r"^#+", prose, re.MULTILINE)
    counts["paragraphs, lists and tables"] = len([block for block in re.split(r"\n\s*\n", prose) if block.strip()])
    return counts


def spans_of(prose):
    return list(dict.fromkeys(re.sub(r"\s+", " ", span) for span in re.findall(r"`([^`]+)`", prose)))


def compare(english, chinese):
    """Why the pages do not say the same, a line each."""
    prose = [FENCE.sub("", page) for page in (english, chinese)]
    shapes = [shape_of(page) for page in prose]
    for kind, count in shapes[0].items():
        if shapes[1][kind] != count:
            yield f"{kind}: {count} in English, {shapes[1][kind]} in Chinese"
    commands = [commands_of(page) for page in (english, chinese)]
    for ours, theirs in zip(*commands):
        if ours != theirs:
            yield f"an example differs: {ours} in English, {theirs} in Chinese"
    if len(commands[0]) != len(commands[1]):
        yield f"examples: {len(commands[0])} in English, {len(commands[1])} in Chinese"
    spans = [spans_of(page) for page in prose]
    translated = [span for span in spans[1] if HAN.search(span) and span not in spans[0]]
    missing = [span for span in spans[0] if span not in spans[1]]
    added = [span for span in spans[1] if span not in spans[0] and span not in translated]
    yield from (f"`{span}` is not in English" for span in added)
    if len(missing) != len(translated):
        yield f"only in English: {missing}; in their place in Chinese: {translated}"
    for number, (line, below) in enumerate(zip(prose[1].splitlines(), prose[1].splitlines()[1:]), 1):
        if line and re.match(r"[^\s#|`<-]", below) and not re.match(r"#|\|", line):
            yield f"the paragraph of `{line[:20]}…` has a line break"


def judge_print(text, where):
    for line in text.splitlines():
        if width_of(line) > COLUMNS:
            yield f"{where}: {width_of(line)} columns: {line}"
        if re.sub(r"^ *(\| )? *(· )?", "", line)[:1] in tuple(CLOSING):
            yield f"{where}: begins with a closing mark: {line}"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", required=True, type=pathlib.Path)
    parser.add_argument("--root", type=pathlib.Path, default=pathlib.Path(__file__).resolve().parents[2])
    arguments = parser.parse_args()
    folder = arguments.root / "tools" / "chokepoint" / "manual"
    names = sorted(path.stem for path in folder.glob("*.md"))
    problems = [f"zh/{path.name} translates no page" for path in sorted((folder / "zh").glob("*.md")) if path.stem not in names]
    for name in names:
        page = folder / "zh" / f"{name}.md"
        if not page.exists():
            problems.append(f"{name} has no Chinese page")
            continue
        problems += [f"{name}: {problem}" for problem in
                     compare((folder / f"{name}.md").read_text(encoding="utf-8"), page.read_text(encoding="utf-8"))]
        printed = [subprocess.run([arguments.program.resolve(), "help", name, *language], capture_output=True, text=True,
                                  timeout=60, check=True).stdout for language in ([], ["--lang", "zh"])]
        if HAN.search(printed[1]) is None or printed[0] == printed[1]:
            problems.append(f"{name}: is not printed in Chinese")
        problems += judge_print(printed[1], f"{name} in Chinese")
        problems += judge_print(printed[0], f"{name} in English")
    print("\n".join(problems))
    print(f"{len(names)} pages, {len(problems)} problems")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
