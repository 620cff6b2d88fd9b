#!/usr/bin/env python3
"""No two headers define a class of one name in one namespace: the linker would join their members without a word.

usage: class_names.py SOURCE_DIR
"""
import collections
import pathlib
import re
import sys

DEFINITION = re.compile(r"^\s*(?:class|struct|enum class)\s+(\w+)(?:\s+final)?\s*(?::(?!:)[^;{]*)?\{")
NAMESPACE = re.compile(r"^namespace\s+([\w:]+)\s*\{")


def definitions(path):
    """Classes that are defined at the level of a namespace, with its name."""
    spaces, depth = [], 0
    for line in path.read_text(encoding="utf-8").splitlines():
        code = line.split("//")[0]
        if found := NAMESPACE.match(code):
            spaces.append((found.group(1), depth))
        elif (found := DEFINITION.match(code)) and spaces and depth == spaces[-1][1] + 1:
            yield "::".join(name for name, _ in spaces) + "::" + found.group(1)
        depth += code.count("{") - code.count("}")
        while spaces and depth <= spaces[-1][1]:
            spaces.pop()


def main(arguments):
    root = pathlib.Path(arguments[0])
    places = collections.defaultdict(set)
    for folder in ("graph", "include", "tools"):
        for path in sorted((root / folder).rglob("*.hpp")):
            for name in definitions(path):
                places[name].add(path.relative_to(root).as_posix())
    if len(places) < 200:
        print(f"only {len(places)} classes found; is {root} the source?")
        return 1
    twice = {name: files for name, files in places.items() if len(files) > 1}
    for name, files in sorted(twice.items()):
        print(f"{name} is defined in {', '.join(sorted(files))}")
    return 1 if twice else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
