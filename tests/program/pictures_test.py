#!/usr/bin/env python3
"""Pictures that go into a report: on the curated data and on seeded random graphs, in both languages, every one

  xml       is well-formed, of one fixed namespace, without scripts and without references to other files
  frame     has a title, the day, a legend of what it shows, and a line that says where it comes from
  paper     fits a sheet of A4, upright or turned, with letters of at least 5 points
  boxes     has no text outside of its box, nor any text outside of the sheet (by the widths of a narrow font)
  contrast  has text that stands out from what is behind it, at least 4.5 to 1
  same      says what the JSON answer says: the same nodes, gates, members and single points of failure; what
            `chokepoints --near` says is left, `whatif` says, too

usage: pictures_test.py --program build/dev/bin/chokepoint [--worlds 40] [--first SEED] [--keep FOLDER]
"""
import argparse
import csv
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from random_worlds import SECOND_DAY, World  # noqa: E402

SVG = "{http://www.w3.org/2000/svg}"
SHEET = (718, 1047)  # pixels of the printable part of A4
LEAST_LETTERS = 5 * 96 / 72  # pixels

# What is drawn of the curated data: words of the command, and the kind that is named.
CURATED = [
    ("chokepoints nvidia-h100", "fault-tree"), ("depends nvidia-h100", "fault-tree"), ("depends nvidia-h100", "flow"),
    ("whatif --remove tw --target nvidia-h100", "fault-tree"), ("whatif --remove tw", "states"),
    ("whatif --enforce bis-rule-2022-10", "states"), ("timeline", "timeline"), ("timeline nvidia-h20", "timeline"),
    ("rank --by stops --type country", "bars"), ("figures cn --latest", "bars"), ("compare us cn", "bars"),
    ("compare asml zeiss-smt", "bars"), ("concentration", "bars"), ("concentration gallium", "map"),
    ("rank --by stops --type country", "map"), ("whatif --remove tw", "map"),
    ("chokepoints nvidia-h100 hbm3e euv-scanner --among country", "matrix"),
    ("cut nvidia-h100 tw", "graph"), ("cut nvidia-h100 cn", "graph"), ("restrictions cn", "graph"), ("dependents tw", "graph"),
    ("paths nvidia-h100 tw", "graph"), ("ownership samsung-electronics", "graph"), ("chokepoints nvidia-h100", "graph"),
    ("depends nvidia-h100", "graph"), ("whatif --remove tw", "graph"), ("rank --by stops --type country", "graph"),
]


class Problems(list):
    def check(self, holds, what, *details):
        if not holds:
            self.append(f"{what}: {' '.join(str(each) for each in details)}")


def run(program, folder, words, database=None):
    environment = {key: value for key, value in os.environ.items() if not key.startswith("CHOKEPOINT_")}
    environment.update(HOME=str(folder), XDG_CACHE_HOME=str(folder))
    command = [program, "--quiet", *(["--db", str(database)] if database else []), *words]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, timeout=300,
                          stdin=subprocess.DEVNULL, check=False)


def luminance(colour):
    parts = [int(colour[i:i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def narrow_width(text, size):
    """What a narrow font takes: what is wider than its box by this is wider in every font."""
    return sum(size if ord(c) > 0x2E7F else 0.26 * size if c in "iljtfI.,:;|'()[]- " else 0.5 * size for c in text)


def extent_of(text):
    size = float(text.get("font-size", 11))
    width = narrow_width("".join(text.itertext()), size)
    x, y = float(text.get("x")), float(text.get("y"))
    left = {"start": x, "middle": x - width / 2, "end": x - width}[text.get("text-anchor", "start")]
    return left, y - size, left + width, y


def box_of(group):
    """The first shape of a group: a rectangle, or a path of points."""
    rect = group.find(SVG + "rect")
    if rect is not None:
        x, y = float(rect.get("x")), float(rect.get("y"))
        return (x, y, x + float(rect.get("width")), y + float(rect.get("height"))), rect.get("fill")
    path = group.find(SVG + "path")
    points = [tuple(map(float, each.split(","))) for each in re.findall(r"[-\d.]+,[-\d.]+", path.get("d"))]
    xs, ys = zip(*points)
    return (min(xs), min(ys), max(xs), max(ys)), path.get("fill")


def own_texts(root):
    """Texts without those that Graphviz laid out, which stand in a drawing of their own."""
    nested = {text for drawing in root.iter(SVG + "svg") if drawing is not root for text in drawing.iter(SVG + "text")}
    return [text for text in root.iter(SVG + "text") if text not in nested], nested


def check_paper(root, problems):
    width, height = float(root.get("width")), float(root.get("height"))
    fits = (width <= SHEET[0] + 1 and height <= SHEET[1] + 1) or (width <= SHEET[1] + 1 and height <= SHEET[0] + 1)
    problems.check(fits, "does not fit A4", width, height)
    inner = float(root.get("viewBox").split()[2])
    sizes = [float(text.get("font-size", 11)) for text in (each for some in own_texts(root) for each in some)]
    problems.check(min(sizes) * width / inner >= LEAST_LETTERS * 0.9, "letters are too small",
                   round(min(sizes) * width / inner, 2))


def check_boxes(root, problems):
    _, _, width, height = map(float, root.get("viewBox").split())
    texts, _ = own_texts(root)
    for text in texts:
        left, top, right, bottom = extent_of(text)
        inside = left >= -0.5 and top >= -0.5 and right <= width + 0.5 and bottom <= height + 0.5
        problems.check(inside, "text beyond the sheet", "".join(text.itertext()))
    for group in root.iter(SVG + "g"):
        if "box" not in group.get("class", "").split():
            continue
        (x1, y1, x2, y2), fill = box_of(group)
        for text in group.findall(SVG + "text"):
            left, top, right, bottom = extent_of(text)
            inside = left >= x1 - 0.5 and right <= x2 + 0.5 and top >= y1 - 2 and bottom <= y2 + 0.5
            problems.check(inside, "text beyond its box", "".join(text.itertext()))
            if fill.startswith("#"):
                readable = contrast(text.get("fill"), fill) >= 4.5
                problems.check(readable, "text hardly stands out", text.get("fill"), fill)
    for text in texts:
        problems.check(contrast(text.get("fill"), "#ffffff") >= 4.5, "text hardly stands out", text.get("fill"))


def check_frame(root, language, problems):
    title, day = root.find(SVG + "title"), root.find(SVG + "desc")
    problems.check(title is not None and title.text, "no title")
    texts = ["".join(text.itertext()) for text in root.iter(SVG + "text")]
    problems.check(day is not None and ("截至" if language == "zh" else "as of") in day.text, "no day")
    problems.check(any(text.startswith(("Source", "来源")) for text in texts), "no source line")
    frames = [g for g in root.iter(SVG + "g") if g.get("class") == "frame"]
    problems.check(len(frames) == 1, "no frame")
    shapes = (SVG + "rect", SVG + "path", SVG + "line", SVG + "circle")
    signs = [e for frame in frames for e in frame if e.tag in shapes]
    problems.check(signs, "no legend")
    names = {element.tag for element in root.iter()}
    problems.check(not names & {SVG + "script", SVG + "image", SVG + "a", SVG + "foreignObject"}, "holds", names)


def check_svg(text, language, problems):
    try:
        root = ElementTree.fromstring(text)
    except ElementTree.ParseError as error:
        problems.check(False, "no XML", error)
        return None
    problems.check(root.tag == SVG + "svg", "no SVG", root.tag)
    check_frame(root, language, problems)
    check_paper(root, problems)
    check_boxes(root, problems)
    return root


def events_of(root):
    """id -> (drawn whole, bold) of the events of a fault tree."""
    found = {}
    for group in root.iter(SVG + "g"):
        classes = group.get("class", "").split()
        if "event" in classes:
            bold = any(text.get("font-weight") == "bold" for text in group.findall(SVG + "text"))
            found.setdefault(group.get("data-id"), set()).add(bold)
    return found


def gates_of(root):
    return {(group.get("data-id")) for group in root.iter(SVG + "g") if "gate" in group.get("class", "").split()}


def check_cut_tree(root, answer, problems):
    """A fault tree of cut sets: its events and gates are those of certificates, its bold ones stop alone."""
    result = answer["result"]
    bound = next((b for b in result["bounds"] if b["cut_sets"]), result["bounds"][0])
    alone = {members[0] for members in bound["cut_sets"] if len(members) == 1}
    proved, failing = {result["target"]["id"]}, set()
    for certificate in bound.get("certificates", []):
        for step in certificate:
            proved |= {step["node"], *(member["id"] for member in step["members"])}
            if step["group"] != "removed":
                failing.add(step["node"])
    events, gates = events_of(root), gates_of(root)
    problems.check(result["target"]["id"] in events, "the target is not drawn")
    problems.check(set(events) <= proved, "bystanders", set(events) - proved)
    problems.check(gates <= failing, "gates that do not fail", gates - failing)
    bold = {event for event, looks in events.items() if True in looks}
    problems.check(bold == alone & set(events), "single points", bold ^ (alone & set(events)))
    if bound["cut_sets"]:
        drawn = [members for members in bound["cut_sets"] if set(members) <= set(events)]
        problems.check(drawn, "no cut set is drawn")


def check_fate_tree(root, answer, problems):
    """A fault tree of a scenario's target: the links of the chain, no more and no fewer."""
    chains = [why for why in answer["result"].get("why", []) if why["state"] == "bounds" and why["steps"]]
    if not chains:
        return
    chain = chains[0]["steps"]
    wanted = {step["node"] for step in chain} | {member["id"] for step in chain for member in step["members"]}
    problems.check(set(events_of(root)) == wanted, "events differ", set(events_of(root)) ^ wanted)
    gates = {step["node"] for step in chain if step["group"] != "removed"}
    problems.check(gates_of(root) == gates, "gates differ", gates_of(root) ^ gates)


def check_requirement_tree(root, answer, cuts, problems):
    """What must hold: what `depends` lists, and bold what `chokepoints` says stops it alone."""
    if not root.find(SVG + "title").text.startswith("What must hold"):
        return
    result = answer["result"]
    listed = {node["id"] for node in result["nodes"]} | {result["node"]["id"]}
    items = {group["item"] for group in result["groups"] if "item" in group}
    events = events_of(root)
    problems.check(set(events) <= listed, "bystanders", set(events) - listed)
    problems.check(gates_of(root) <= listed | items, "gates of others", gates_of(root) - listed)
    bold = {event for event, looks in events.items() if True in looks}
    alone = {members[0] for members in cuts["result"]["bounds"][0]["cut_sets"] if len(members) == 1}
    problems.check(bold == alone & set(events), "single points", bold ^ (alone & set(events)))
    shares = {f"{round(edge['share'] * 100, 4):g} %" for edge in result["edges"] if "share" in edge}
    for text in ("".join(each.itertext()) for each in root.iter(SVG + "text")):
        if text.endswith("%") and "–" not in text and not text.startswith(("✗", "≥", "≤", "≈")):
            problems.check(text in shares, "a share that nobody states", text)


def check_graph(root, command, answer, names, problems):
    """What answers is labelled: the nodes that cut, that stop, that stand on the paths, the measures of restrictions."""
    result = answer["result"]
    problems.check(root.find(SVG + "title").text != command, "the title is the name of the command")
    wanted = []
    if command == "cut":
        wanted = result["members"]
    if command == "chokepoints":
        wanted = [members[0] for members in result["bounds"][0]["cut_sets"] if len(members) == 1]
    if command == "paths":
        wanted = [node["id"] for path in result["paths"] for node in path["nodes"]]
    shown = " ".join(" ".join("".join(text.itertext()).split()) for text in root.iter(SVG + "text"))
    missing = [id for id in wanted if names[id] not in shown]
    problems.check(not missing, "answers without a label", missing)
    if command == "restrictions":
        measures = {each["policy"]["id"] for each in result["restrictions"]}
        labelled = [id for id in measures if " ".join(names[id].split()[:2]) in shown]
        problems.check(len(labelled) >= 0.9 * len(measures), "measures without a label", set(measures) - set(labelled))


def names_of(program, folder):
    done = run(program, folder, ["sql", "SELECT id, coalesce(label_en, id) FROM nodes", "--format", "csv"])
    return dict(row for row in csv.reader(done.stdout.splitlines()) if len(row) == 2)


def check_states(root, answer, problems):
    """Every row that is drawn as impossible is impossible in both readings, and the other way round."""
    bounds = answer["result"]["bounds"]
    failing = set(bounds[0]["impossible"] + bounds[0]["flows"]) & set(bounds[1]["impossible"] + bounds[1]["flows"])
    count = 3 if "baseline" in answer["result"] else 2
    rows = {}
    for group in root.iter(SVG + "g"):
        if group.get("class", "").split()[:1] == ["left"]:
            rows.setdefault(group.get("data-id"), []).append("impossible" in group.get("class"))
    for node, states in rows.items():
        problems.check(len(states) == count, "states of", node, states)
        problems.check(states[1] == (node in failing), "impossible", node)


def check_map(root, command, answer, problems):
    """Tiles with a value are the places that the answer names: all that were ranked, and who holds the most."""
    tiles = {g.get("data-id") for g in root.iter(SVG + "g") if "value" in g.get("class", "").split()}
    if command == "rank":
        ranked = {row["id"] for row in answer["result"] if row["value"] > 0}
        problems.check(tiles <= ranked and (tiles or not ranked), "tiles differ", tiles ^ ranked)
    if command == "concentration":
        first = next(each for each in answer["result"] if each["layer"] == "place" and each["top"])
        problems.check(first["top"]["id"] in tiles, "who holds the most is not on the map", first["top"])


def picture(program, folder, words, kind, language, database, keep):
    """The text of an SVG file, and what is wrong with how it was made."""
    path = pathlib.Path(folder) / "picture.svg"
    path.unlink(missing_ok=True)
    done = run(program, folder, [*words, "--picture", kind, "-o", str(path), "--lang", language], database)
    if done.returncode not in (0, 1) or not path.exists():
        return None, done.stderr.strip()
    text = path.read_text(encoding="utf-8")
    if keep:
        name = re.sub(r"[^a-z0-9]+", "-", " ".join(words)) + f".{kind}.{language}.svg"
        (pathlib.Path(keep) / name).write_text(text, encoding="utf-8")
    return text, done.stderr.strip()


def ask(program, folder, words, database):
    done = run(program, folder, [*words, "--json"], database)
    return json.loads(done.stdout) if done.stdout else None


def check_same(root, words, kind, program, folder, database, problems):
    if kind == "fault-tree" and words[0] == "chokepoints":
        check_cut_tree(root, ask(program, folder, [*words, "--why"], database), problems)
    elif kind == "fault-tree" and words[0] == "whatif":
        check_fate_tree(root, ask(program, folder, [*words, "--why"], database), problems)
    elif kind == "fault-tree" and words[0] == "depends":
        check_requirement_tree(root, ask(program, folder, words, database),
                               ask(program, folder, ["chokepoints", *words[1:]], database), problems)
    elif kind == "map":
        check_map(root, words[0], ask(program, folder, words, database), problems)
    elif kind == "graph":
        check_graph(root, words[0], ask(program, folder, words, database), names_of(program, folder), problems)
    elif kind == "states":
        check_states(root, ask(program, folder, words, database), problems)


def check_curated(options, folder, problems):
    places = ("--near", "0.2", "--among", "place")
    check_near(options.program, folder, "nvidia-h100", None, problems, "2025-06-30", places)
    for line, kind in CURATED:
        words = [*line.split(), "--as-of", "2025-06-30"]
        for language in ("en", "zh"):
            found = Problems()
            text, complaint = picture(options.program, folder, words, kind, language, None, options.keep)
            found.check(text is not None, "was not made", complaint)
            root = check_svg(text, language, found) if text else None
            if root is not None and language == "en":
                check_same(root, words, kind, options.program, folder, None, found)
            problems.extend(f"{line} --picture {kind} --lang {language}: {each}" for each in found)


def check_near(program, folder, thing, database, problems, day=SECOND_DAY, more=("--near", "1")):
    """What `chokepoints --near` says is left, `whatif` says, too."""
    answer = ask(program, folder, ["chokepoints", thing, *more, "--as-of", day], database)
    if answer is None:
        return
    for reading, bound in enumerate(answer["result"]["bounds"]):
        for loss in bound.get("near", []):
            words = ["whatif", "--remove", loss["id"], "--target", thing, "--as-of", day]
            state = ask(program, folder, words, database)["result"]["bounds"][reading]
            left = next((each for each in state["capacity"] if each["id"] == thing), {"low": 1, "high": 1})
            same = abs(left["low"] - loss["low"]) < 1e-9 and abs(left["high"] - loss["high"]) < 1e-9
            problems.check(same, "what is left of", thing, "without", loss, "is for whatif", left)


def questions_of(world):
    for thing in world.things:
        yield ["chokepoints", thing], "fault-tree"
        yield ["depends", thing], "fault-tree"
        yield ["depends", thing], "flow"
    for country in world.countries:
        yield ["whatif", "--remove", country, "--target", world.things[0]], "fault-tree"
        yield ["whatif", "--remove", country], "states"
    for policy in world.policies:
        yield ["whatif", "--enforce", policy], "states"


def check_world(options, seed, problems):
    """@return how many pictures were looked at"""
    world = World(seed)
    count = 0
    with tempfile.TemporaryDirectory() as folder:
        (pathlib.Path(folder) / "w.json").write_text(json.dumps(world.dataset()), encoding="utf-8")
        database = pathlib.Path(folder) / "w.db"
        done = run(options.program, folder, ["import", "w.json"], database)
        if done.returncode != 0:
            problems.append(f"seed {seed}: {done.stderr}")
            return 0
        near = Problems()
        check_near(options.program, folder, world.things[0], database, near)
        problems.extend(f"seed {seed}: {each}" for each in near)
        for words, kind in questions_of(world):
            words = [*words, "--as-of", SECOND_DAY]
            text, complaint = picture(options.program, folder, words, kind, "en", database, None)
            if text is None and ("has no picture" in complaint or "not in the" in complaint or "does not" in complaint):
                continue  # nothing fails, or the node is not there on the day
            found = Problems()
            found.check(text is not None, "was not made", complaint)
            root = check_svg(text, "en", found) if text else None
            if root is not None:
                check_same(root, words, kind, options.program, folder, database, found)
                count += 1
            problems.extend(f"seed {seed}: {' '.join(words)}: {each}" for each in found)
    return count


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--program", required=True)
    parser.add_argument("--worlds", type=int, default=40)
    parser.add_argument("--first", type=int, default=1)
    parser.add_argument("--keep", help="a folder in which the pictures of the curated data stay")
    options = parser.parse_args()
    options.program = str(pathlib.Path(options.program).resolve())
    problems = Problems()
    with tempfile.TemporaryDirectory() as folder:
        check_curated(options, folder, problems)
    drawn = sum(check_world(options, seed, problems) for seed in range(options.first, options.first + options.worlds))
    if options.worlds and not drawn:
        problems.append("no picture of a random graph was looked at")
    for problem in problems[:40]:
        print(problem)
    print(f"{2 * len(CURATED)} pictures of the curated data, {drawn} of random graphs, {len(problems)} problems")
    sys.exit(1 if problems else 0)


if __name__ == "__main__":
    main()
