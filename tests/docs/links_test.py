#!/usr/bin/env python3
"""Follows what the pages of the tree point to, and holds what they promise.

  links_test.py --root CHECKOUT    exit code 1 and one line a problem

Checked: every relative link and its heading; every file named after "see" in a page; sections of graph/SEMANTICS.md
that pages and sources name; a manual page for every command, and a command for every page; the sections and the version
of a snapshot in FORMAT.md; the README's size.
"""
import argparse
import pathlib
import re
import subprocess
import sys

LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)(?:\s+\"[^\"]*\")?\)")
TREE_PATH = re.compile(r"`((?:graph|include|tools|data|tests|exports)/[\w./-]+)`")
SEE = re.compile(r"\bsee (?:also )?`?([\w./-]+/[\w.-]+|[\w-]+\.(?:md|hpp|cpp|json|py|sh|def|sql))`?", re.IGNORECASE)
SECTION = re.compile(r"SEMANTICS\.md(?:\]\([^)]*\))? ?,? ?(?:§ ?)?((?:\d+(?:\.\d+)?(?:, | and | to )?)+)")
SOURCES = {".md", ".hpp", ".cpp", ".py", ".cmake", ".js", ".mjs", ".sql", ".def"}
OTHER_PAGES = {"common", "examples"}
README_LIMIT = 9000


def tracked(root):
    """Files of the checkout; outside of git all but build folders."""
    try:
        listed = subprocess.run(["git", "-C", root, "ls-files", "-co", "--exclude-standard"], capture_output=True, text=True,
                                check=True).stdout.splitlines()
        names = [name for name in listed if (root / name).is_file()]
    except (OSError, subprocess.CalledProcessError):
        names = [str(path.relative_to(root)) for path in root.rglob("*")
                 if path.is_file() and not {"build", "node_modules", ".git"} & set(path.relative_to(root).parts)]
    return [root / name for name in sorted(names) if pathlib.Path(name).suffix in SOURCES]


def prose_of(text):
    """The page without its fenced blocks, lines kept."""
    out, fenced = [], False
    for line in text.splitlines():
        if line.lstrip().startswith("```"):
            fenced = not fenced
            line = ""
        out.append("" if fenced else line)
    return "\n".join(out)


def anchors_of(text):
    found = set()
    for line in prose_of(text).splitlines():
        if match := re.match(r"#+\s+(.*)", line):
            title = re.sub(r"[`*_]|\[([^\]]*)\]\([^)]*\)", r"\1", match[1]).strip().lower()
            found.add(re.sub(r" ", "-", re.sub(r"[^\w\- ]", "", title)))
    return found


def line_of(text, at):
    return text.count("\n", 0, at) + 1


def check_page(path, root, problems):
    text = path.read_text(encoding="utf-8")
    prose = prose_of(text)
    where = path.relative_to(root)
    for match in LINK.finditer(re.sub(r"`[^`\n]*`", lambda m: " " * len(m[0]), prose)):
        target = match[1]
        if re.match(r"[a-z]+:", target):
            continue
        name, _, anchor = target.partition("#")
        goal = (path.parent / name).resolve() if name else path
        if not goal.exists():
            problems.append(f"{where}:{line_of(prose, match.start())}: the link to {target} leads nowhere")
        elif anchor and goal.suffix == ".md" and anchor not in anchors_of(goal.read_text(encoding="utf-8")):
            problems.append(f"{where}:{line_of(prose, match.start())}: {name or where} has no heading #{anchor}")
    for match in SEE.finditer(prose):
        name = match[1].rstrip(".")
        if not any((base / name).exists() for base in (path.parent, root)):
            problems.append(f"{where}:{line_of(prose, match.start())}: see {name}, which is not there")
    for match in TREE_PATH.finditer(prose):
        name = match[1].rstrip(".")
        # A stem stands for its files: `graph/query/session` is a room, `tests/docs/links_test` a program.
        if not any((base / name).exists() or any(base.glob(name + ".*")) for base in (path.parent, root)):
            problems.append(f"{where}:{line_of(prose, match.start())}: {name} is not there")


def check_sections(path, root, sections, problems):
    text = path.read_text(encoding="utf-8", errors="replace")
    for match in SECTION.finditer(text):
        for number in re.findall(r"\d+(?:\.\d+)?", match[1]):
            if number not in sections:
                problems.append(f"{path.relative_to(root)}:{line_of(text, match.start())}: "
                                f"graph/SEMANTICS.md has no section {number}")


def check_manual(root, problems):
    listed = re.findall(r"^CHOKEPOINT_COMMAND\((\w+)\)", (root / "tools/chokepoint/commands.def").read_text(), re.MULTILINE)
    pages = {path.stem for path in (root / "tools/chokepoint/manual").glob("*.md")}
    problems += [f"tools/chokepoint/manual/{name}.md is missing" for name in listed if name not in pages]
    problems += [f"tools/chokepoint/manual/{name}.md is about no command"
                 for name in sorted(pages - set(listed) - OTHER_PAGES)]
    for file in [f"{folder}{name}.md" for name in listed for folder in ("", "zh/")]:
        page = root / "tools/chokepoint/manual" / file
        if page.exists() and not page.read_text(encoding="utf-8").startswith(f"# {page.stem}"):
            problems.append(f"tools/chokepoint/manual/{file} does not begin with its command")


def check_format(root, problems):
    code = (root / "graph/snapshot/snapshot_format.hpp").read_text()
    page = (root / "graph/snapshot/FORMAT.md").read_text(encoding="utf-8")
    extents = {"nodes": "n", "nodes_and_one": "n+1", "edges": "m"}
    told = {int(number): (name.strip(), extent.strip()) for number, name, extent in
            re.findall(r"^\| (\d+) \| ([^|]+) \| [^|]+ \| ([^|]+) \|", page[page.index("## Sections"):], re.MULTILINE)}
    known = set()
    for number, name, extent in re.findall(r"visit\((\d+)U, c\.(\w+), Extent::(\w+)\)", code):
        known.add(int(number))
        page_name, page_extent = told.get(int(number), ("", ""))
        if not page_name.startswith(name):
            problems.append(f"graph/snapshot/FORMAT.md: section {number} is {name}")
        elif extent in extents and not page_extent.startswith(extents[extent]):
            problems.append(f"graph/snapshot/FORMAT.md: section {number}, {name}, has the extent {extents[extent]}")
    texts = 4
    known |= set(range(1, texts + 1)) | {int(re.search(r"claim_numbers = (\d+)", code)[1])}
    problems += [f"graph/snapshot/FORMAT.md: there is no section {number}" for number in sorted(set(told) - known)]
    version = re.search(r"file_version = (\d+)", code)[1]
    if f"Version {version}." not in page:
        problems.append(f"graph/snapshot/FORMAT.md: the version is {version}; describe what changed")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--root", required=True, type=pathlib.Path)
    root = parser.parse_args().root.resolve()
    problems = []
    files = tracked(root)
    semantics = (root / "graph/SEMANTICS.md").read_text(encoding="utf-8")
    sections = set(re.findall(r"^#+ (\d+(?:\.\d+)?) ", semantics, re.MULTILINE))
    for path in files:
        if path.suffix == ".md":
            check_page(path, root, problems)
        check_sections(path, root, sections, problems)
    check_manual(root, problems)
    check_format(root, problems)
    size = (root / "README.md").stat().st_size
    if size > README_LIMIT:
        problems.append(f"README.md has {size} bytes; what is more than {README_LIMIT} belongs on another page")
    print("\n".join(problems))
    print(f"{len(files)} files, {len(problems)} problems")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
