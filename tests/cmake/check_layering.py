#!/usr/bin/env python3
"""Compares every #include under graph/, include/ and tools/ with the module lines of graph/CMakeLists.txt.

usage: check_layering.py SOURCE_DIR    exit code 1 and one line a violation
       check_layering.py --self-test   plants violations in a small tree and expects each to be refused

A module may include its own headers, the public ones of the modules it USES, and headers of the libraries that it
LINKS, as far as these are at home there. Public headers see the standard library and the project only; the one that
shows the graph to Boost sees Boost, too, and no other public header includes it.

A private header is a door of its own module only, but for all of `support` and for those that graph/doors.txt names with
their reason; a line there that nobody needs any more is refused, and there are never more of them. Inside a module, a
header in graph/<module>/<room>/ may be included by that room and by those that stand behind it in the module's ROOMS.
"""
import re
import sys
import tempfile
from pathlib import Path

# Library: (its headers, the targets that bring it, the places where it is at home; None is any module that links it).
LIBRARIES = {
    "SQLiteCpp": (r"SQLiteCpp/", {"SQLiteCpp"}, {"store"}),
    "SQLite": (r"sqlite3\.h$", {"SQLite::SQLite3"}, {"store"}),
    "Boost": (r"boost/", {"chokepoint_boost_graph"}, {"snapshot", "algorithms"}),
    "RapidJSON": (r"rapidjson/", {"chokepoint_rapidjson"}, {"model", "ingest"}),
    "CLI11": (r"CLI/", {"chokepoint_cli11"}, {"tools"}),
    "fmt": (r"fmt/", {"fmt::fmt"}, None),
    "utf8proc": (r"utf8proc\.h$", {"PkgConfig::UTF8PROC"}, {"model"}),
    "xxHash": (r"xxhash\.h$", {"PkgConfig::XXHASH"}, None),
    "expat": (r"expat\.h$", {"EXPAT::EXPAT"}, {"ingest"}),
    "minizip": (r"(minizip/)?(unzip|zip|ioapi)\.h$", {"PkgConfig::MINIZIP"}, {"ingest", "export"}),
    "zlib": (r"zlib\.h$", {"ZLIB::ZLIB"}, {"ingest"}),
}
# Headers of the system that the C++ library has no word for; never in a public header.
SYSTEM = re.compile(r"(sys/\w+|unistd|fcntl|malloc|signal|termios|poll|spawn)\.h$")
# The public header that users of Boost.Graph include, and what else it may see.
BOOST_HEADER = "chokepoint/snapshot/boost.hpp"
# What a module must not see although it uses the module that has it: results are plain structs, and whoever presents
# them has the words.
CLOSED = {"query": re.compile(r"chokepoint/model/(words|table)\.hpp$|model/json_(builder|writer)\.hpp$")}
CLOSED_IN_PUBLIC = {"query": re.compile(r"chokepoint/model/json(_reader)?\.hpp$")}
STANDARD = re.compile(r"[a-z_0-9]+$")
INCLUDE = re.compile(r'^\s*#\s*include\s*(?:"([^"]+)"|<([^>]+)>)', re.MULTILINE)
MODULE = re.compile(r"^chokepoint_module\(\s*(\w+)([^)]*)\)", re.MULTILINE)
# The module whose headers serve every other one; it stands above them all.
SUPPORT = "support"
DOORS = "graph/doors.txt"
MOST_DOORS = 24  # shrinks with the file


class Layering:
    def __init__(self, root):
        self.root = Path(root)
        text = (self.root / "graph/CMakeLists.txt").read_text(encoding="utf-8")
        self.uses, self.links, self.rooms = {}, {}, {}
        self.violations = []
        for name, arguments in MODULE.findall(text):
            words = {"USES": [], "LINKS": [], "ROOMS": []}
            for word in arguments.split():
                if word in words:
                    current = words[word]
                else:
                    current.append(word)
            self.uses[name], self.links[name], self.rooms[name] = words["USES"], words["LINKS"], words["ROOMS"]
            for used in words["USES"]:
                if used not in self.uses or used == name:
                    self.refuse(f"graph/CMakeLists.txt: {name} uses {used}, which does not stand above it")
        if not self.uses:
            self.refuse("graph/CMakeLists.txt: no chokepoint_module(name USES ... LINKS ...) lines found")
        self.doors, self.doors_used = self.read_doors(), set()

    def read_doors(self):
        path, doors = self.root / DOORS, set()
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines() if path.is_file() else [], 1):
            header, _, reason = line.partition(":")
            if line.startswith("#") or not line.strip():
                continue
            if not reason.strip():
                self.refuse(f"{DOORS}:{number}: {header} has no reason behind a colon")
            doors.add(header)
        if len(doors) > MOST_DOORS:
            self.refuse(f"{DOORS}: {len(doors)} doors; there were {MOST_DOORS}. Make the header public, or move what "
                        "both modules need to the one that both use")
        return doors

    def refuse(self, sentence):
        self.violations.append(sentence)

    def check(self):
        for folder in ("graph", "include/chokepoint"):
            for path in sorted((self.root / folder).iterdir()):
                if path.is_dir() and path.name not in self.uses:
                    self.refuse(f"{folder}/{path.name}: no chokepoint_module line in graph/CMakeLists.txt")
        for module in self.uses:
            self.check_rooms(module)
        for folder in ("graph", "include/chokepoint", "tools"):
            for path in sorted((self.root / folder).rglob("*")):
                if path.suffix in (".cpp", ".hpp", ".def"):
                    self.check_file(path)
        for header in sorted(self.doors - self.doors_used):
            self.refuse(f"{DOORS}: no other module includes {header}; take its line out")
        return self.violations

    def check_rooms(self, module):
        """Rooms and folders are the same; a module with rooms has nothing before their doors but its own doors."""
        folder, rooms = self.root / "graph" / module, self.rooms[module]
        inside = sorted(path.name for path in folder.iterdir() if path.is_dir()) if folder.is_dir() else []
        for name in sorted(set(inside) ^ set(rooms)):
            self.refuse(f"graph/{module}/{name}: a folder in a module is one of its ROOMS (graph/CMakeLists.txt)")
        for path in sorted(folder.glob("*.[ch]pp")) if rooms else []:
            if f"{module}/{path.name}" not in self.doors:
                self.refuse(f"graph/{module}/{path.name}: what is no door ({DOORS}) stands in one of the rooms inside")

    def check_file(self, path):
        relative = path.relative_to(self.root)
        public = relative.parts[0] == "include"
        module = "tools" if relative.parts[0] == "tools" else relative.parts[2 if public else 1]
        for match in INCLUDE.finditer(path.read_text(encoding="utf-8")):
            if public and match[2] and str(relative) == f"include/{BOOST_HEADER}" and match[2].startswith("boost/"):
                continue
            why = (self.judge_quoted(match[1], module, public, path) if match[1]
                   else self.judge_angled(match[2], module, public))
            if why:
                line = path.read_text(encoding="utf-8").count("\n", 0, match.start(1 if match[1] else 2)) + 1
                self.refuse(f"{relative}:{line}: {match[1] or match[2]}: {why}")

    def judge_quoted(self, header, module, public, path):
        parts = header.split("/")
        for closed in [CLOSED] + [CLOSED_IN_PUBLIC] * public:
            if module in closed and closed[module].match(header):
                return f"{module} knows plain results only, neither JSON nor words"
        if public and header == BOOST_HEADER:
            return "no public header needs Boost but that one"
        if parts[0] == "chokepoint" and (self.root / "include" / header).is_file():
            return self.judge_module(parts[1], module)
        if public:
            return "a public header includes public headers of the project only, as chokepoint/<module>/<name>.hpp"
        if (self.root / "graph" / header).is_file():
            if module == "tools":
                return "tools see the public headers only"
            if parts[0] == module:
                return self.judge_room(parts, path)
            return self.judge_module(parts[0], module) or self.judge_door(header)
        if module == "tools" and any((base / header).is_file() for base in (path.parent, self.root / "tools")):
            return None
        if (path.parent / header).is_file():
            return "private headers are included as <module>/<name>.hpp"
        return "no such header of the project (third-party headers stand in angle brackets)"

    def judge_module(self, included, module):
        if module in ("tools", included) or included in self.uses.get(module, []):
            return None
        return f"{module} does not use {included} (graph/CMakeLists.txt)"

    def judge_door(self, header):
        if header in self.doors:
            self.doors_used.add(header)
        elif not header.startswith(SUPPORT + "/"):
            return f"a private header is a door of its own module only ({DOORS} has the exceptions)"
        return None

    def judge_room(self, parts, path):
        module, own = parts[0], path.relative_to(self.root / "graph" / parts[0]).parts
        rooms = self.rooms.get(module, [])
        if len(parts) < 3 or len(own) < 2 or parts[1] == own[0]:
            return None if len(own) > 1 or len(parts) < 3 else f"a door of {module} does not look into its rooms"
        if parts[1] in rooms and own[0] in rooms and rooms.index(parts[1]) < rooms.index(own[0]):
            return None
        return f"{module}/{own[0]} does not stand behind {module}/{parts[1]} in ROOMS (graph/CMakeLists.txt)"

    def judge_angled(self, header, module, public):
        if STANDARD.match(header):
            return None
        if public:
            return "a public header sees the standard library and the project only"
        if SYSTEM.match(header):
            return None
        for name, (pattern, targets, homes) in LIBRARIES.items():
            if not re.match(pattern, header):
                continue
            if homes is not None and module not in homes:
                return f"{name} is at home in {', '.join(sorted(homes))} only"
            if module != "tools" and not targets & set(self.links.get(module, [])):
                return f"{module} does not link {name} (graph/CMakeLists.txt)"
            return None
        return "a library that the layering test does not know"


SMALL_TREE = {
    "graph/CMakeLists.txt": "chokepoint_module(support)\n"
                            "chokepoint_module(model USES support LINKS chokepoint_rapidjson fmt::fmt)\n"
                            "chokepoint_module(snapshot USES model LINKS chokepoint_boost_graph)\n"
                            "chokepoint_module(store USES support model snapshot\n  LINKS SQLiteCpp\n"
                            "  ROOMS rows reading)\n"
                            "chokepoint_module(query USES support model snapshot store LINKS fmt::fmt)\n",
    "graph/doors.txt": "# header: who and why\nmodel/reader.hpp: the store reads JSON\n",
    "graph/support/packed.hpp": "#include <string>\n",
    "graph/store/rows/rows.hpp": '#include "model/reader.hpp"\n#include "support/packed.hpp"\n',
    "graph/store/reading/names.hpp": '#include "store/rows/rows.hpp"\n',
    "include/chokepoint/model/date.hpp": "#include <string>\n",
    "include/chokepoint/snapshot/view.hpp": '#include "chokepoint/model/date.hpp"\n#include <vector>\n',
    "include/chokepoint/snapshot/boost.hpp": '#include "chokepoint/snapshot/view.hpp"\n'
                                             "#include <boost/graph/graph_traits.hpp>\n",
    "include/chokepoint/store/database.hpp": '#include "chokepoint/snapshot/view.hpp"\n',
    "graph/model/reader.hpp": "#include <rapidjson/reader.h>\n",
    "graph/model/date.cpp": '#include "chokepoint/model/date.hpp"\n#include "model/reader.hpp"\n'
                            "#include <fmt/format.h>\n",
    "graph/snapshot/view.cpp": '#include "chokepoint/snapshot/view.hpp"\n#include <boost/graph/graph_traits.hpp>\n',
    "graph/query/show.cpp": '#include "chokepoint/model/json_reader.hpp"\n',
    "include/chokepoint/model/json_reader.hpp": "#include <string>\n",
    "include/chokepoint/model/json.hpp": "#include <string>\n",
    "include/chokepoint/model/words.hpp": "#include <string>\n",
    "graph/model/json_builder.hpp": "#include <string>\n",
    "graph/store/reading/open.cpp": '#include "chokepoint/model/date.hpp"\n'
                            "#include <SQLiteCpp/SQLiteCpp.h>\n#include <unistd.h>\n",
    "tools/chokepoint/command.hpp": '#include "chokepoint/store/database.hpp"\n',
    "tools/chokepoint/main.cpp": '#include "command.hpp"\n#include <CLI/CLI.hpp>\n',
}
# One planted file a row, and a part of the sentence that must refuse it.
PLANTED = [
    ("include/chokepoint/model/bad.hpp", '#include "chokepoint/snapshot/view.hpp"', "model does not use snapshot"),
    ("include/chokepoint/model/bad.hpp", "#include <fmt/format.h>", "standard library and the project only"),
    ("include/chokepoint/snapshot/bad.hpp", "#include <boost/graph/graph_traits.hpp>",
     "standard library and the project only"),
    ("include/chokepoint/snapshot/boost.hpp", "#include <fmt/format.h>", "standard library and the project only"),
    ("include/chokepoint/store/bad.hpp", '#include "chokepoint/snapshot/boost.hpp"', "no public header needs Boost"),
    ("include/chokepoint/model/bad.hpp", "#include <unistd.h>", "standard library and the project only"),
    ("include/chokepoint/model/bad.hpp", '#include "model/reader.hpp"', "public headers of the project only"),
    ("include/chokepoint/ghost/bad.hpp", "", "no chokepoint_module line"),
    ("graph/ghost/bad.cpp", "", "no chokepoint_module line"),
    ("graph/model/bad.cpp", '#include "chokepoint/store/database.hpp"', "model does not use store"),
    ("graph/snapshot/bad.cpp", "#include <rapidjson/reader.h>", "at home in ingest, model only"),
    ("graph/model/bad.cpp", "  #  include <SQLiteCpp/SQLiteCpp.h>", "at home in store only"),
    ("graph/store/rows/bad.cpp", "#include <boost/graph/graph_traits.hpp>", "at home in algorithms, snapshot only"),
    ("graph/store/rows/bad.cpp", "#include <fmt/format.h>", "store does not link fmt"),
    ("graph/store/rows/bad.cpp", "#include <CLI/CLI.hpp>", "at home in tools only"),
    ("graph/store/rows/bad.cpp", "#include <igraph/igraph.h>", "does not know"),
    ("graph/model/bad.cpp", '#include "reader.hpp"', "included as <module>/<name>.hpp"),
    ("graph/model/bad.cpp", '#include "fmt/format.h"', "no such header of the project"),
    ("graph/model/bad.cpp", '#include "store/rows/rows.hpp"', "model does not use store"),
    ("graph/support/bad.cpp", '#include "chokepoint/model/date.hpp"', "support does not use model"),
    ("graph/store/rows/bad.cpp", '#include "store/reading/names.hpp"', "does not stand behind store/reading"),
    ("graph/store/other/bad.cpp", "", "one of its ROOMS"),
    ("graph/store/bad.hpp", "", "stands in one of the rooms inside"),
    ("graph/doors.txt", "model/reader.hpp", "has no reason"),
    ("graph/doors.txt", "model/reader.hpp: JSON\nmodel/date.hpp: nobody", "no other module includes model/date.hpp"),
    ("graph/doors.txt", "# none", "a door of its own module only"),
    ("graph/doors.txt", "\n".join(f"model/{i}.hpp: one of many" for i in range(MOST_DOORS + 1)), "there were"),
    ("graph/query/bad.cpp", '#include "chokepoint/model/words.hpp"', "neither JSON nor words"),
    ("graph/query/bad.cpp", '#include "model/json_builder.hpp"', "neither JSON nor words"),
    ("include/chokepoint/query/bad.hpp", '#include "chokepoint/model/json.hpp"', "neither JSON nor words"),
    ("tools/chokepoint/bad.cpp", '#include "model/reader.hpp"', "public headers only"),
    ("tools/bad.cpp", "#include <sqlite3.h>", "at home in store only"),
    ("graph/CMakeLists.txt", "chokepoint_module(model USES store LINKS)\n", "does not stand above it"),
    ("graph/CMakeLists.txt", "# nothing\n", "lines found"),
]


def violations_of(tree):
    with tempfile.TemporaryDirectory() as folder:
        for name, text in tree.items():
            path = Path(folder) / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return Layering(folder).check()


def self_test():
    failures = [f"the clean tree was refused: {sentence}" for sentence in violations_of(SMALL_TREE)]
    for name, text, wanted in PLANTED:
        found = violations_of({**SMALL_TREE, name: text + "\n"})
        if not any(wanted in sentence for sentence in found):
            failures.append(f"planted in {name}: {text!r}: wanted `{wanted}`, got {found or 'no violation'}")
    return failures


def main(arguments):
    if len(arguments) != 1:
        print(__doc__, file=sys.stderr)
        return 2
    problems = self_test() if arguments[0] == "--self-test" else Layering(arguments[0]).check()
    for problem in problems:
        print(problem)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
