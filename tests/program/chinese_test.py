#!/usr/bin/env python3
"""`--lang zh` is Chinese everywhere: the help of every command, the pages of the manual, and for every golden case and a
few questions to the curated data what the program says itself: headings, titles, sentences, messages. What stays is data: names and ids,
words that stand in the datasets or the ontology, options, commands, formats, what stands in quotes or backticks.

usage: chinese_test.py --program build/dev/bin/chokepoint [--show]
"""
import argparse
import json
import pathlib
import re
import shlex
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests" / "golden"))
import run as golden  # noqa: E402

# Names of formats, programs and notions that Chinese texts write as they are.
ALLOWED = set("""chokepoint csv tsv json jsonl lines markdown graphml gexf dot svg png html xlsx xls xlsb ods sql sqlite excel
utf bom gephi yed cytoscape js neo admin networkx igraph maltego graphviz librsvg epoch xml pdf zip gzip ndjson
mib gib mb nul dot docx pagerank k core db ctrl c bash zsh fish shell xdg eto iso table auto npm nodejs debian
ubuntu apt install xn libreoffice socrata openpyxl pandas cyclonedx spdx gml pajek dbt direction manifest ls pipdeptree dimacs metis psql
mysql sparql tree trivial graph format us cn txt md""".split())
# Values of options, which follow their option; filled from the help of all commands.
VALUES = set()
# What help texts name because users type it: views of `sql`, kinds of records, statuses.
TYPED = set("nodes edges figures facts node edge observation thing none "
            "reported estimated forecast planned recommended derived".split())
# Names of checks, which --only takes and the answer repeats.
CHECKS = set()
# Printed for programs: not judged.
MACHINE = {"json", "jsonl", "csv", "tsv", "graphml", "gexf", "dot", "svg", "html"}
MACHINE_COMMANDS = {"export", "view", "completion", "sql", "schema"}

CURATED = """depends nvidia-h100; dependents asml; chokepoints nvidia-h100 --why; whatif --remove tw; whatif --remove rare-earths
whatif --enforce bis-rule-2022-10 --why; rank --by stops --type country; rank --by betweenness; concentration gallium
brief nvidia-h100; brief cn; brief bis-rule-2022-10; brief stargate; restrictions cn; restrictions --item gallium; timeline gallium
timeline --by us --market cn --from 2023; show nvidia; show --type substitutes; figures cn --notes --limit 0; figures --rivals; show nvidia --notes; show gallium; show stargate; restrictions nvidia-h100; ownership nvidia; history; show bis-rule-2022-10
compare us cn; compare nvidia amd huawei; paths nvidia-h100 cn; cut nvidia-h100 tw; ownership softbank
diff 2024-12 2025-12 --node nvidia; check; stats; datasets; search nvidia; chokepoints nvidia-h100 hbm3e euv-scanner"""


def call(program, words, folder):
    return subprocess.run([program, *words], cwd=folder, capture_output=True, text=True, timeout=300,
                          stdin=subprocess.DEVNULL, env={"PATH": "/usr/bin:/bin", "HOME": str(folder), "COLUMNS": "0"}, check=False)


def own_words(text):
    """The text without what is not the program's to translate."""
    text = re.sub(r"\S+ -\S+-> \S+(?: of \S+)?", " ", text)  # how records are named
    text = re.sub(r"(?<![\w-])(" + "|".join(sorted(CHECKS) or ["(?!)"]) + r")(?![\w-])", " ", text)
    text = re.sub(r"`[^`]*`|“[^”]*”|\"[^\"\n]*\"|\[[^\]]*\]", " ", text)
    text = re.sub(r"(?<!\w)--?[\w-]+(=\S+| (?:" + "|".join(sorted(VALUES) or ["(?!)"]) + r")\b)?", " ", text)  # options
    text = re.sub(r"\S*[/\\@_|{}<>]\S*", " ", text)  # paths, lists of values, braces
    text = re.sub(r"\b[A-Za-z]*\d[\w.:-]*|\b\w+(-\w+)+\b|\b\w+\.\w+\b", " ", text)  # ids, dates, file names
    return re.sub(r"\b[A-Z][A-Z]+[a-z]?\b", " ", text)  # placeholders, short forms


def left_over(text, corpus, corpus_ids=()):
    """Runs of English words that neither the data nor the list has."""
    found = []
    ids = set(corpus_ids)
    for line in text.splitlines():
        # What speaks of an option may say its values by name.
        known = ids | VALUES if re.search(r"(?<!\w)--[a-z]", line) else ids
        for match in re.finditer(r"[A-Za-z][A-Za-z']*(?:(?:, | )[A-Za-z][A-Za-z']*)*", own_words(line)):
            words = re.findall(r"[a-z']+", match[0].lower())
            if all(word in ALLOWED or word in known or len(word) == 1 for word in words):
                continue
            if " ".join(words) in corpus or all(f" {word} " in corpus for word in words if word not in ALLOWED) and len(words) == 1:
                continue
            found.append((match[0], line))
    return found


def corpus_of(*texts):
    return " " + " ".join(re.findall(r"[a-z']+", " ".join(texts).lower())) + " "


def judge_help(program, folder, names, corpus):
    found = []
    for command in ["", *names]:
        text = call(program, [*([command] if command else []), "--help", "--lang", "zh"], folder).stdout
        lines = [line for line in text.splitlines() if not line.startswith(("  chokepoint ", "用法"))]
        # An option's values and the views of `sql` are said by name.
        typed = VALUES | TYPED
        found += [(f"{command} --help", *each) for each in left_over("\n".join(lines), corpus, typed)]
    return found


def printed_words(page):
    """A page of the manual as it is printed, without the commands of its examples and what one of them exports."""
    is_answer = False
    for line in page.splitlines():
        example = re.match(r" {6}\| ?(.*)", line)
        if example is None or example[1].startswith("$ "):
            is_answer = example is not None and "chokepoint export" not in line
        if example is None or is_answer and not re.match(r"[$>] |exit \d", example[1]):
            yield example[1] if example else line


def judge_manual(program, folder, ontology):
    """Examples ask an invented graph, whose names stay; so do words in backticks, which are not printed."""
    found = []
    supply = (golden.HERE / "inputs" / "supply.json").read_text(encoding="utf-8")
    pages = sorted((ROOT / "tools" / "chokepoint" / "manual").glob("*.md"))
    ids = [*re.findall(r'"([A-Za-z]+)"', supply.lower()), *(page.stem for page in pages)]
    for page in pages:
        translated = page.parent / "zh" / page.name
        prose = re.sub(r"^```.*?^```$", "", translated.read_text(encoding="utf-8") if translated.exists() else "",
                       flags=re.MULTILINE | re.DOTALL)
        text = call(program, ["help", page.stem, "--lang", "zh"], folder).stdout
        corpus = corpus_of(supply, ontology, *re.findall(r"`([^`]+)`", prose))
        found += [(f"help {page.stem}", *each) for each in left_over("\n".join(printed_words(text)), corpus, ids)]
    return found, len(pages)


def judge_golden(program, ontology):
    found, count = [], 0
    with tempfile.TemporaryDirectory() as name:
        cache = pathlib.Path(name)
        for case in sorted(path.parent for path in golden.HERE.glob("*/*/args")):
            lines = [line for line in (case / "args").read_text().splitlines() if line.strip()]
            if "--lang" in lines[-1]:
                continue
            with tempfile.TemporaryDirectory() as folder_name:
                folder = pathlib.Path(folder_name)
                golden.prepare(program, case, folder, cache)
                with_database = not (case / "no-database").exists()
                for line in lines:
                    words = shlex.split(line)
                    if "--as-of" not in line and "export" not in words:
                        words = ["--as-of", golden.AS_OF, *words]
                    if line is lines[-1]:
                        words = [*words, "--lang", "zh"]
                    _, out, err = golden.run(program, words, folder, with_database)
                data = [path.read_text(errors="replace") for path in folder.iterdir() if path.suffix not in (".db", ".snapshot") and path.is_file()]
                inputs = sorted(case.glob("input*.json")) or [golden.HERE / "inputs" / "supply.json"]
                corpus = corpus_of(ontology, lines[-1], *data, *(path.read_text(errors="replace") for path in inputs))
            count += 1
            said = err
            if not MACHINE & set(re.findall(r"\w+", lines[-1])) and not MACHINE_COMMANDS & set(words):
                said += out
            ids = re.findall(r'"([A-Za-z]+)"', " ".join(path.read_text(errors="replace") for path in inputs).lower())
            ids += TYPED if "help" in words or "--help" in words else ()
            found += [(f"{case.parent.name}/{case.name}", *each) for each in left_over(said, corpus, ids)]
    return found, count


def names_only(line):
    """A record without the texts that it has in Chinese, too: these are to be told in it."""
    record = next(iter(json.loads(line).values()))
    attributes = record.pop("attributes", {})
    for translated in [key for key in attributes if key.endswith(":zh")]:
        name = translated.removesuffix(":zh")
        record.pop(name, None)
        attributes.pop(name, None)
    return json.dumps([list(record.values()), list(attributes.values())], ensure_ascii=False)


def judge_curated(program, folder, ontology):
    everything = call(program, ["export", "--to", "jsonl"], folder).stdout
    corpus = corpus_of(*map(names_only, everything.splitlines()), ontology)
    found = []
    for question in re.split(r"[;\n]", CURATED):
        done = call(program, ["--as-of", "2026-11-30", *question.split(), "--lang", "zh"], folder)
        found += [(question.strip(), *each) for each in left_over(done.stdout + done.stderr, corpus)]
    return found


def judge_schema(program, folder, ontology):
    """What the ontology says in English, where the words of the program have it in Chinese; titles of built-in datasets."""
    types = json.loads(ontology)
    texts = [each["description"] for kind in ("node_types", "edge_types") for each in types[kind] if "description" in each]
    found = []
    shown = call(program, ["schema", "--lang", "zh"], folder).stdout
    for name in (each["id"] for each in types["edge_types"]):
        shown += call(program, ["schema", name, "--lang", "zh"], folder).stdout
    found += [("schema", text, text) for text in texts if text in shown]
    found += [("schema", line.split()[0], line) for line in shown.splitlines() if re.search(r"  (place|actor)(  |$)| on (from|to):", line)]
    titles = [json.loads(path.read_text(encoding="utf-8")) for path in (ROOT / "data/curated").glob("*/dataset.json")]
    shown = call(program, ["datasets", "--lang", "zh"], folder).stdout
    found += [("datasets", title, title) for title in (each.get("dataset", each)["title"] for each in titles) if title in shown]
    return found


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", required=True)
    parser.add_argument("--show", action="store_true")
    arguments = parser.parse_args()
    program = str(pathlib.Path(arguments.program).resolve())
    ontology = (ROOT / "data" / "ontology.json").read_text(encoding="utf-8")
    commands = re.findall(r"CHOKEPOINT_COMMAND\((\w+)\)", (ROOT / "tools/chokepoint/commands.def").read_text())
    ALLOWED.update(commands)
    # Values of options are said by name.
    for command in commands:
        text = call(program, [command, "--help"], ROOT).stdout
        CHECKS.update(name for names in re.findall(r"(?<=checks: )[\w, -]+", " ".join(text.split())) for name in names.split(", "))
        VALUES.update(word for values in re.findall(r"[\w-]+(?:\|[\w-]+)+|(?<=checks: )[\w, -]+", text)
                       for word in re.findall(r"[a-z]+", values))
    ALLOWED.update(["timeline", "matrix", "bars", "states", "flow", "map", "graph", "fault", "tree"])
    with tempfile.TemporaryDirectory() as folder:
        found = judge_help(program, folder, commands, corpus_of(" ".join(commands)))
        found += judge_curated(program, folder, ontology)
        found += judge_schema(program, folder, ontology)
        more, pages = judge_manual(program, folder, ontology)
        found += more
    more, count = judge_golden(program, ontology)
    found += more
    for where, words, line in found:
        print(f"{where}: {words!r} in: {line}")
    print(f"{len(commands)} commands, {pages} pages of the manual, {count} golden cases, {len(found)} English words left")
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
