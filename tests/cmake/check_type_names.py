#!/usr/bin/env python3
"""Refuses string literals in C++ that name a node or edge type of the ontology: analyses ask for roles.

usage: check_type_names.py SOURCE_DIR    exit code 1 and one line a violation
       check_type_names.py --self-test   plants violations and expects each to be refused

A literal counts when it equals a type id, or when it holds one in single quotes (as SQL would). Words that are type ids
by chance and mean something else stand in type_name_allowances.txt beside this script, each with its reason: for one
file, or for all (`*`), which covers neither comparisons nor look-ups of a type. An allowance that nothing needs any
more is refused too.
"""
import json
import re
import sys
import tempfile
from pathlib import Path

ALLOWANCES = "tests/cmake/type_name_allowances.txt"
# Comments, character literals, raw strings and strings, whichever begins first.
TOKEN = re.compile(r"""//[^\n]*|/\*.*?\*/|(?<!\w)'(?:[^'\\\n]|\\.)+'"""
                   r"""|R"([^(\s]*)\((.*?)\)\1"|"((?:[^"\\\n]|\\.)*)\"""", re.DOTALL)


ASKED_BEFORE = re.compile(r"(==|!=|\b(node|edge)_type\()\s*$")
ASKED_AFTER = re.compile(r"s?v?\s*(==|!=)")


def literals(text):
    """(start, end, content) of every string literal; adjacent ones are one literal, as for the compiler."""
    last = None
    for match in TOKEN.finditer(text):
        content = match[2] if match[2] is not None else match[3]
        if content is None:
            continue
        if last and not text[last[1]:match.start()].strip():
            last = (last[0], match.end(), last[2] + content)
        else:
            if last:
                yield last
            last = (match.start(), match.end(), content)
    if last:
        yield last


def read_allowances(path):
    """(file, word) -> reason"""
    allowances = {}
    if path.is_file():
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.strip() and not line.startswith("#"):
                file, word, reason = line.split(None, 2)
                allowances[file, word] = reason
    return allowances


def violations(root):
    root = Path(root)
    ontology = json.loads((root / "data/ontology.json").read_text(encoding="utf-8"))
    types = {record["id"] for kind in ("node_types", "edge_types") for record in ontology[kind]}
    allowances = read_allowances(root / ALLOWANCES)
    needed = set()
    for folder in ("graph", "include"):
        for path in sorted((root / folder).rglob("*.[ch]pp")):
            name = str(path.relative_to(root))
            text = path.read_text(encoding="utf-8")
            for start, end, content in literals(text):
                asked = ASKED_BEFORE.search(text[max(0, start - 40):start]) or ASKED_AFTER.match(text, end)
                for word in sorted({content} & types | set(re.findall(r"'([^']+)'", content)) & types):
                    if (name, word) in allowances:
                        needed.add((name, word))
                    elif ("*", word) in allowances and not asked:
                        needed.add(("*", word))
                    else:
                        line = text.count("\n", 0, start) + 1
                        yield (f"{name}:{line}: names the type {word!r}; "
                               f"ask for a role, or give a reason in {ALLOWANCES}")
    for file, word in sorted(set(allowances) - needed):
        yield f"{ALLOWANCES}: {file} no longer needs {word!r}"


SMALL_TREE = {
    "data/ontology.json": '{"node_types": [{"id": "firm"}, {"id": "group"}], "edge_types": [{"id": "located-in"}]}',
    "graph/model/a.cpp": '// "firm" in a comment\nconst char* a = "firms"; char q = \'"\';\n'
                         'auto b = "located" + x + "-in";\n'
                         '/* "located-in" */ auto k = R"(a "firm" b)";\n',
    "include/chokepoint/model/a.hpp": "#pragma once\n",
    "graph/model/key.cpp": 'auto n = 1\'000; object.set("group", n); f(x == y, "group");\n',
    ALLOWANCES: "# file word reason\n* group a key of the format\n",
}
PLANTED = [
    ("graph/model/b.cpp", 'if (type == "located-in") return;', "'located-in'"),
    ("graph/model/b.cpp", 'auto x = "located-"\n  "in";', "'located-in'"),
    ("graph/model/b.cpp", 'auto x = R"sql(firm)sql";', "'firm'"),
    ("graph/model/b.cpp", 'run("SELECT * FROM edge WHERE type = \'located-in\'");', "'located-in'"),
    ("include/chokepoint/model/b.hpp", 'constexpr auto x{"firm"};', "'firm'"),
    ("graph/model/b.cpp", 'if (type == "group") return;', "'group'"),
    ("graph/model/b.cpp", 'return "group"sv != type;', "'group'"),
    ("graph/model/b.cpp", 'ontology.node_type("group");', "'group'"),
    (ALLOWANCES, "graph/model/a.cpp firm a reason\n* group a key of the format", "no longer needs 'firm'"),
]


def violations_of(tree):
    with tempfile.TemporaryDirectory() as folder:
        for name, text in tree.items():
            path = Path(folder) / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text + "\n", encoding="utf-8")
        return list(violations(folder))


def self_test():
    failures = [f"the clean tree was refused: {sentence}" for sentence in violations_of(SMALL_TREE)]
    for name, text, wanted in PLANTED:
        found = violations_of({**SMALL_TREE, name: text})
        if not any(wanted in sentence for sentence in found):
            failures.append(f"planted in {name}: {text!r}: wanted {wanted}, got {found or 'no violation'}")
    return failures


def main(arguments):
    if len(arguments) != 1:
        print(__doc__, file=sys.stderr)
        return 2
    problems = self_test() if arguments[0] == "--self-test" else list(violations(arguments[0]))
    for problem in problems:
        print(problem)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
