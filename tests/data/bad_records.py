#!/usr/bin/env python3
"""One bad record for every keyword of every schema in data/schema/.

usage: bad_records.py --write   make tests/data/bad_records.json anew from the schemas and tests/data/samples/
       bad_records.py --check   test the schemas and that table

A row changes one place of a valid sample so that exactly one keyword refuses it:
  schema    file in data/schema/ that refuses
  keyword   file and pointer of the keyword, as in dataset.schema.json#/definitions/node/required/id
  sample    file in tests/data/samples/, with #n for line n of JSON Lines
  at        JSON pointer of the place in the sample
  value     what is put there; absent: the place is taken out
The keywords are found by walking the schemas, so a keyword that no row breaks fails the check. The C++ tests read the
same table: RapidJSON's validator and the importer must refuse what is refused here.
"""
import copy
import json
import sys
from pathlib import Path

import jsonschema

ROOT = Path(__file__).resolve().parents[2]
SCHEMAS = ROOT / "data/schema"
SAMPLES = ROOT / "tests/data/samples"
TABLE = ROOT / "tests/data/bad_records.json"

# Keywords that refuse by themselves, and those that only lead to other schemas. Draft 4 as RapidJSON implements it:
# it lets unknown keywords pass unseen, so any other word is an error of the schema.
REFUSING = {"type", "enum", "minLength", "maxLength", "pattern", "minimum", "maximum", "minItems", "maxItems",
            "uniqueItems", "minProperties", "maxProperties", "not", "anyOf", "oneOf", "required"}
SILENT = {"$schema", "title", "description", "definitions", "properties", "patternProperties", "items", "$ref", "allOf",
          "additionalProperties"}
CANDIDATES = [None, True, 0, -1, 2, 1.5, 4294967296, "", "!", "2025-13", "chokepoint.other/1", "x" * 201,
              "@" + "x" * 201, [], {}, [1], {"en": "x"}, {"?": "x"}]


def pointer(parts):
    return "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in parts)


def load_schemas():
    return {path.name: json.loads(path.read_text(encoding="utf-8")) for path in sorted(SCHEMAS.glob("*.schema.json"))}


def samples_of(name):
    """(sample, instance) of the valid samples of a schema."""
    stem = name.removesuffix(".schema.json")
    found = []
    for path in sorted([*SAMPLES.glob(f"{stem}.json"), *SAMPLES.glob(f"{stem}.*.json")]):
        found.append((path.name, json.loads(path.read_text(encoding="utf-8"))))
    for path in sorted(SAMPLES.glob(f"{stem}.jsonl")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            found.append((f"{path.name}#{number}", json.loads(line)))
    return found


def keywords(schema, where, refused):
    """Places of every refusing keyword at and below a schema; `refused` collects words that draft 4 lacks."""
    for word, value in schema.items():
        here = where + pointer([word])
        if word == "required":
            yield from (here + pointer([name]) for name in value)
        elif word in REFUSING or (word == "additionalProperties" and value is False):
            yield here
        elif word not in SILENT:
            refused.append(here)
        below = {"definitions": value, "properties": value, "patternProperties": value}.get(word)
        if below is not None:
            for name, inner in below.items():
                yield from keywords(inner, here + pointer([name]), refused)
        elif word in ("items", "additionalProperties") and isinstance(value, dict):
            yield from keywords(value, here, refused)
        elif word in ("allOf", "anyOf", "oneOf"):
            for number, inner in enumerate(value):
                yield from keywords(inner, here + pointer([number]), refused)


class Schemas:
    def __init__(self, by_name):
        self.by_name = by_name
        store = {f"https://schemas.invalid/{name}": schema for name, schema in self.by_name.items()}
        self.validators = {}
        for name, schema in self.by_name.items():
            resolver = jsonschema.RefResolver(f"https://schemas.invalid/{name}", schema, store=store)
            self.validators[name] = jsonschema.Draft4Validator(schema, resolver=resolver)

    def place(self, name, path):
        """File and pointer of a validator's error path, whose steps pass through references."""
        schema, place = self.by_name[name], f"{name}#"
        for step in path:
            while "$ref" in schema:
                file, _, fragment = schema["$ref"].partition("#")
                name = file or name
                schema, place = self.by_name[name], f"{name}#{fragment}"
                for part in filter(None, fragment.split("/")):
                    schema = schema[part]
            schema, place = schema[step] if not isinstance(schema, str) else schema, place + pointer([step])
        return place

    def broken(self, name, instance):
        """(number of errors, keywords that refuse the instance), the branches of anyOf and oneOf included."""
        errors = list(self.validators[name].iter_errors(instance))
        found, queue = set(), list(errors)
        while queue:
            error = queue.pop()
            place = self.place(name, error.absolute_schema_path)
            if error.validator == "required":
                place += pointer([word for word in error.validator_value if word not in error.instance][:1])
            found.add(place)
            queue.extend(error.context)
        return len(errors), found


def changes(instance):
    """(path, value or KeyError for removal) of every change that is tried on a sample."""
    def walk(value, path):
        yield from ((path, candidate) for candidate in CANDIDATES if path or isinstance(candidate, (dict, list)))
        if isinstance(value, dict):
            for key, inner in value.items():
                yield [*path, key], KeyError
                yield from walk(inner, [*path, key])
            yield [*path, "unheard_of"], 1
            yield [*path, "unheard-of"], "x"
        elif isinstance(value, list):
            if value:
                yield path, [*value, value[0]]
                yield path, [f"n{number}" for number in range(256)]
            # A record with the keys of another one breaks what forbids keys side by side.
            for number, inner in enumerate(value):
                yield from (([*path, number], {**other, **inner}) for other in value
                            if isinstance(inner, dict) and isinstance(other, dict) and other is not inner)
            for number, inner in enumerate(value):
                yield from walk(inner, [*path, number])
    return walk(instance, [])


def changed(instance, path, value):
    if not path:
        return value
    result = copy.deepcopy(instance)
    place = result
    for step in path[:-1]:
        place = place[step]
    if value is KeyError:
        del place[path[-1]]
    else:
        place[path[-1]] = value
    return result


def make_rows(schemas):
    """A row for each keyword that some change breaks alone; schemas without samples have none."""
    rows = {}
    for name in schemas.by_name:
        samples = samples_of(name)
        for sample, instance in samples:
            united = [([], {**instance, **other}) for _, other in samples]
            for path, value in [*changes(instance), *united]:
                count, found = schemas.broken(name, changed(instance, path, value))
                if count != 1:
                    continue
                row = {"schema": name, "sample": sample, "at": pointer(path)}
                if value is not KeyError:
                    row["value"] = value
                for keyword in found:
                    rows.setdefault(keyword, {"keyword": keyword, **row})
    return [rows[keyword] for keyword in sorted(rows)]


def check(schemas):
    every, unknown = set(), []
    for name, schema in schemas.by_name.items():
        jsonschema.Draft4Validator.check_schema(schema)
        every.update(keywords(schema, f"{name}#", unknown))
        if not samples_of(name):
            yield f"{name}: no valid sample in tests/data/samples/"
        for sample, instance in samples_of(name):
            for error in schemas.validators[name].iter_errors(instance):
                yield f"{sample}: a valid sample is refused: {error.message[:200]}"
    yield from (f"{place}: not a keyword of draft 4 that RapidJSON and this test know" for place in unknown)

    rows = json.loads(TABLE.read_text(encoding="utf-8"))
    samples = {sample: instance for name in schemas.by_name for sample, instance in samples_of(name)}
    tested = set()
    for row in rows:
        steps = [part.replace("~1", "/").replace("~0", "~") for part in row["at"].split("/")[1:]]
        instance = samples[row["sample"]]
        path, place = [], instance
        for step in steps:
            path.append(int(step) if isinstance(place, list) else step)
            place = place.get(step) if isinstance(place, dict) else place[int(step)]
        count, found = schemas.broken(row["schema"], changed(instance, path, row.get("value", KeyError)))
        if count != 1 or row["keyword"] not in found:
            yield f"{row['sample']}{row['at']}: does not break {row['keyword']} alone (run bad_records.py --write)"
        tested.add(row["keyword"])
    yield from (f"{place}: no bad record breaks it (run bad_records.py --write; perhaps the samples lack the key)"
                for place in sorted(every - tested))


# What the check must see: (place of a definition in dataset.schema.json, keyword, value, part of the complaint).
PLANTED = [
    ("text", "const", "x", "not a keyword of draft 4"),
    ("text", "maxLength", 5000, "/definitions/text/maxLength: no bad record breaks it"),
    ("text", "pattern", "^[a-z]*$", "a valid sample is refused"),
    ("node", "required", ["id", "type", "labels", "sources"], "/definitions/node/required/labels: no bad record"),
    ("status", "enum", ["reported", "estimated", "forecast", None], "does not break"),
]


def check_the_check():
    for definition, keyword, value, wanted in PLANTED:
        by_name = load_schemas()
        by_name["dataset.schema.json"]["definitions"][definition][keyword] = value
        if not any(wanted in problem for problem in check(Schemas(by_name))):
            yield f"planted {keyword} in {definition}: nobody complained that `{wanted}`"


def main(arguments):
    schemas = Schemas(load_schemas())
    if arguments == ["--write"]:
        body = ",\n".join(json.dumps(row, ensure_ascii=False) for row in make_rows(schemas))
        TABLE.write_text(f"[\n{body}\n]\n", encoding="utf-8")
        return 0
    if arguments == ["--check"]:
        problems = [*check(schemas), *check_the_check()]
        print(*problems, sep="\n")
        return 1 if problems else 0
    print(__doc__, file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
