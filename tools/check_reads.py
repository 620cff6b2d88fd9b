#!/usr/bin/env python3
"""Compares what each citation read with what its record says, and lists what does not fit.

usage: check_reads.py [--self-test] [SOURCE_FOLDER]

A citation's `read` holds the figure, the date or a few key words as the source prints them, then "; " and the day of
reading. Three rules:

  figure  of the citations of a record with a share, an amount or a number, one at least reads that number: as percent,
          with a scale word (million, 億, kW), as a fraction in words, or, for a division of ours, as "PART / WHOLE"
  other   a citation of such a record that reads a percentage or an amount reads the record's
  date    a citation that reads nothing but a date reads one of the record's dates
  day     nothing was read in the future of the dataset or before the project began

Words without a figure (a name, "sole supplier") are for people to judge and pass. Records whose `note` or
locator says that the figure is ours ("Our division", "our count", "Rounded") are exempt from the rules on figures.
"""
import datetime
import json
import pathlib
import re
import sys

FORM = re.compile(r"(?P<figure>.+); (?P<day>\d{4}-\d\d-\d\d)\Z", re.DOTALL)
FIRST_DAY = datetime.date(2026, 11, 1)
NUMBER = re.compile(r"\d[\d,.\u00a0\u202f'’]*(?:e\+?\d+)?")
# What a number may be multiplied by when this follows (or, for a currency mark, precedes) it.
SCALES = {
    "thousand": 1e3, "k": 1e3, "kw": 1e3, "千": 1e3, "man": 1e4, "万": 1e4, "萬": 1e4, "만": 1e4,
    "million": 1e6, "m": 1e6, "mn": 1e6, "mio": 1e6, "millionen": 1e6, "mw": 1e6, "mva": 1e6, "百万": 1e6, "百萬": 1e6,
    "億": 1e8, "亿": 1e8, "억": 1e8, "billion": 1e9, "bn": 1e9, "b": 1e9, "milliarden": 1e9, "gb": 1e9, "gw": 1e9,
    "10億": 1e9, "trillion": 1e12, "t": 1e12, "tb": 1e12, "tflops": 1e12, "兆": 1e12, "조": 1e12, "petaflops": 1e15, "milliard": 1e9,
    "pflops": 1e15, "exaflops": 1e18, "割": 10, "成": 10, "할": 10, "dozen": 12,
}
SCALE_AFTER = re.compile(r"[\s\-\u00a0+]*(?:(?:us|nt|a|c)?[$€¥£]|usd|eur)?\s*("
                         + "|".join(sorted((re.escape(word) for word in SCALES), key=len, reverse=True)) + r")",
                         re.IGNORECASE)
IN_WORDS = [
    (r"three[- ]quarters|四分の三|4分の3", 75), (r"two[- ]thirds|3分の2|三分之二", 200 / 3), (r"one[- ]third|a third|3分の1|三分之一", 100 / 3),
    (r"a quarter|one[- ]quarter|4分の1|四分之一", 25), (r"four[- ]fifths", 80), (r"one[- ]fifth|a fifth", 20),
    (r"\bhalf\b|半分|半数|一半|過半|절반", 50), (r"nine in ten|九成", 90), (r"八成", 80), (r"七成", 70), (r"六成", 60), (r"五成", 50),
    (r"四成", 40), (r"三成", 30), (r"二成|兩成|两成", 20), (r"一成", 10),
]
SOLE = re.compile(r"\bsole|\bonly\b|monopol|exclusive|\ball\b|\bnone\b|\bno other\b|\ballein|\bnur\b|唯一|のみ|しか|独占|獨佔|独家|獨家|独り|全部|전량|유일",
                  re.IGNORECASE)
SMALL_NUMBERS = {word: value for value, word in enumerate(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen".split())}
SMALL_NUMBERS.update({"a": 1, "half a": 0.5, "acht": 8, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "hundred": 100,
                      "hundreds": 100, "一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10})
# Scales that a column heading may hide: the file prints thousands, the record has units.
HIDDEN = (1, 1e-3, 1e3, 1e6, 1e9)
UNIT_SCALES = {"GW": 1e9, "MW": 1e6, "TWh": 1e12, "GB/s": 1e9}
PERIODS = {"year": {"days": 365, "weeks": 52, "months": 12}, "month": {"days": 30, "weeks": 52 / 12, "months": 1},
           "week": {"weeks": 1, "days": 7}}
GROWTH = re.compile(r"doubl|twofold|2倍|翻倍|倍増", re.I)
OURS = re.compile(r"\b(our|own)\b|rounded|(days|months) from|sum of|difference|median|the lower end|\d - \d|of \d", re.I)
MONTHS = {name: number for number, names in enumerate(
    ("january jan januar", "february feb februar", "march mar märz", "april apr", "may mai", "june jun juni",
     "july jul juli", "august aug", "september sep sept", "october oct oktober", "november nov", "december dec dezember"), 1)
    for name in names.split()}
MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
DATES = [
    (re.compile(r"(?P<y>\d{4})-(?P<m>\d\d)(?:-(?P<d>\d\d))?\Z"), None),
    (re.compile(r"(?P<y>\d{4})\s*年\s*(?P<m>\d{1,2})\s*月(?:\s*(?P<d>\d{1,2})\s*日)?\Z"), None),
    (re.compile(rf"(?P<n>{MONTH})\.?,?\s+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y>\d{{4}})\Z", re.I), None),
    (re.compile(rf"(?P<d>\d{{1,2}})(?:st|nd|rd|th|\.)?\s+(?P<n>{MONTH})\.?,?\s+(?P<y>\d{{4}})\Z", re.I), None),
    (re.compile(rf"(?P<n>{MONTH})\.?,?\s+(?P<y>\d{{4}})\Z", re.I), None),
    (re.compile(r"(?P<y>(?:19|20)\d\d)\Z"), None),
]


def plain(text):
    """A printed number as a float, by every reading of its separators; thousands stand in threes."""
    text = text.rstrip(".,'’\u00a0\u202f")
    found = set()
    for thousands, point in ((",", "."), (".", ","), ("['’]", "."), ("[\u00a0\u202f]", ",")):
        group = thousands if thousands.startswith("[") else re.escape(thousands)
        if re.fullmatch(rf"(?:\d+|\d{{1,3}}(?:{group}\d{{3}})+)(?:{re.escape(point)}\d+)?(?:e\+?\d+)?", text):
            found.add(float(re.sub(group, "", text).replace(point, ".")))
    return found


def numbers_in(figure, unit=""):
    """Every number that a text may mean: (value, it is a percentage, it has a scale of its own)."""
    found = [(0, False, False)] if figure == "—" else []  # a table's word for none
    for match in NUMBER.finditer(figure):
        after = figure[match.end():]
        percent = re.match(r"\s*[+]?\s*(%|％|percent|per cent|prozent|pct)", after, re.I) is not None
        scale = SCALE_AFTER.match(after)
        word = scale.group(1).lower() if scale else ""
        tenths = word in ("割", "成", "할")
        for value in plain(match.group()):
            if len(word) < 2 or word == unit.lower():  # "t" may be tonnes
                found.append((value, percent, bool(word)))
            if scale:
                found.append((value * SCALES[word], percent or tenths, True))
    compound = re.findall(r"([\d,.]+)\s*(兆|億|亿|억|조|万|만|)", figure)
    if len(compound) > 1 and compound[0][1]:
        found.append((sum(max(plain(value), default=0) * SCALES.get(word, 1) for value, word in compound), False, True))
    if "+" in figure:
        found.append((sum(max(plain(text), default=0) for text in NUMBER.findall(figure.split("/")[0])), False, False))
    for pattern, value in IN_WORDS:
        if re.search(pattern, figure, re.I):
            found.append((value, True, False))
    for words in re.findall(r"[a-z]+(?:[\s-]+(?:and[\s-]+)?[a-z]+)*|[一二三四五六七八九十]", figure.lower()):
        words = re.sub(r"\bone hundred\b", "hundred", words)
        parts = [SMALL_NUMBERS[word] for word in re.split(r"[\s-]+", words) if word in SMALL_NUMBERS and word != "a"]
        found += [(value, False, False) for value in {*parts, sum(parts)} if parts]
    scaled = re.search(r"\b(" + "|".join(sorted((word for word in SMALL_NUMBERS if word.isascii()), key=len, reverse=True))
                       + r")[\s-]+(thousand|million|milliarden|billion|trillion)", figure.lower())
    if scaled:
        found.append((SMALL_NUMBERS[scaled.group(1)] * SCALES[scaled.group(2)], False, True))
    return found


def near(left, right):
    """Equal but for rounding to three figures."""
    return abs(left - right) <= max(abs(left), abs(right)) * 0.006 + 1e-12


def dates_in(figure):
    """The partial date that a text is, as (year, month, day); None where it is more or less than a date."""
    for pattern, _ in DATES:
        match = pattern.match(figure.strip())
        if match:
            parts = match.groupdict()
            month = MONTHS[parts["n"].lower()] if parts.get("n") else parts.get("m")
            return tuple(int(part) for part in (parts["y"], month, parts.get("d")) if part)
    return None


def dates_of(record, nodes):
    """Every date of a record, its attributes and the nodes that it joins, as tuples."""
    texts = []
    for row in (record, *(nodes.get(record.get(key), {}) for key in ("from", "to", "subject"))):
        texts += [row.get(key) for key in ("since", "until", "as_of", "value")] + list(row.get("attributes", {}).values())
    found = []
    for text in texts:
        for match in re.finditer(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?", str(text or "")):
            found.append(tuple(int(part) for part in match.groups() if part))
    return found


def figures_of(record):
    """(kind, number) of the numbers that a record states."""
    found = [("share", record["share"])] if "share" in record else []
    found += [("amount", record["amount"])] if "amount" in record else []
    found += [("performance", record["performance"])] if "performance" in record else []
    for key in ("value", "value_high"):
        if isinstance(record.get(key), (int, float)) and not isinstance(record[key], bool):
            found.append(("percent" if record.get("unit") in ("percent", "percentage-points") else "value", record[key]))
    return found


def reads(kind, number, figure, unit=""):
    """Whether a text reads this number."""
    numbers = numbers_in(figure, unit)
    for word, lengths in PERIODS.items():
        if unit in lengths and re.search(word, figure, re.I):
            if any(near(value * lengths[unit], number) for value, _, _ in numbers + [(1, False, False)]):
                return True
    if kind == "percent" and near(number, 100) and GROWTH.search(figure):
        return True
    if kind in ("share", "percent", "performance"):
        percent = number if kind == "percent" else number * 100
        if any(near(value, abs(percent)) for value, _, _ in numbers):
            return True
        if kind == "performance" and any(near(value, number) for value, _, _ in numbers):
            return True
        if near(percent, 100) and (SOLE.search(figure) or re.search(r"wholly[- ]owned", figure)):
            return True
        ratio = re.search(r"(.+?)\s*/\s*(.+)", figure)
        if ratio:
            part = sum(min(plain(text) or {0}, default=0) for text in NUMBER.findall(ratio.group(1)))
            return any(abs(part / whole - abs(percent) / 100) <= 0.00051 for text in NUMBER.findall(ratio.group(2))
                       for whole in plain(text) if whole)
        return False
    factor = 1e-3 if unit == "tonnes" and re.search(r"\bkg\b", figure) else 1
    factor = 1e15 if unit == "FLOP/s" and "petaflops" in figure else factor  # "100 double-precision petaflops"
    for value, _, scaled in numbers:
        value *= factor
        if any(near(value * scale, abs(number)) for scale in ((1, 1 / UNIT_SCALES.get(unit, 1)) if scaled else HIDDEN)):
            return True
    return False


def problems_in(name, record, today, nodes={}):
    """Every rule that a record's citations break, as lines."""
    found = []
    figures = figures_of(record)
    note = " ".join([str(record.get("attributes", {}).get("note", "")),
                     *(str(citation.get("locator")) for citation in record.get("sources", []))])
    texts = []
    for citation in record.get("sources", []):
        if "read" not in citation:
            continue
        match = FORM.match(citation["read"])
        if not match:
            continue  # data.curated names it
        day = match.group("day")
        try:
            if not FIRST_DAY <= datetime.date.fromisoformat(day) <= today:
                found.append(f"day: {name}: read on {day}")
        except ValueError:
            found.append(f"day: {name}: {day} is no date")
        texts.append((citation["source"], match.group("figure")))
    for source, figure in texts:
        date = dates_in(figure)
        known = dates_of(record, nodes)
        if date and known and not figures and not any(date[:len(day)] == day[:len(date)] for day in known):
            found.append(f"date: {name}: {source} reads {figure!r}, the record {sorted(set(known))}")
    if not figures or not texts:
        return found
    fits = {figure for _, figure in texts if any(reads(kind, number, figure, record.get("unit", ""))
                                              for kind, number in figures)}
    if record.get("unit") == "rank" and not any(numbers_in(figure) for _, figure in texts):
        return found  # a place in a list, or "the largest"
    if not fits and not OURS.search(note):
        found.append(f"figure: {name}: reads {[figure for _, figure in texts]}, the record {figures}")
    elif fits:
        for source, figure in texts:
            told = [value for value, percent, scaled in numbers_in(figure) if percent or scaled]
            if figure not in fits and told and not OURS.search(note) and dates_in(figure) is None:
                found.append(f"other: {name}: {source} reads {figure!r}, the record {figures}")
    return found


def name_of(record):
    keys = ("id",) if "id" in record else ("type", "from", "to", "item") if "type" in record else ("subject", "indicator", "item")
    return " ".join(str(record[key]) for key in (*keys, "as_of", "since") if key in record)


def check(root, today):
    files = {path: json.loads(path.read_text(encoding="utf-8")) for path in sorted((root / "data" / "curated").glob("*/*.json"))}
    nodes = {}
    for path, content in files.items():
        for node in content.get("nodes", []):
            known = nodes.setdefault(node["id"], {"attributes": {}})
            known["attributes"].update({f"{path.parent.name} {key}": value for key, value in node.get("attributes", {}).items()})
    lines = []
    for path, content in files.items():
        for kind in ("nodes", "edges", "observations"):
            for record in content.get(kind, []):
                lines += [f"{path.parent.name}/{path.name}: {line}" for line in problems_in(name_of(record), record, today, nodes)]
    return lines


def self_test():
    """Each pair must fit, each of the others must not."""
    fitting = [
        ("share", 0.62, "62%"), ("share", 0.4, "約4割"), ("share", 0.9, "九成"), ("share", 0.333, "one-third of supply"),
        ("share", 1.0, "our sole supplier"), ("share", 1.0, "のみが供給"), ("share", 0.0182, "18 / 990"),
        ("share", 0.4647, "60 + 19 / 170"), ("share", 0, "—"), ("amount", 6165000000, "$6.165 billion"), ("amount", 92900000000, "¥92.9 billion"),
        ("amount", 300000000, "3億ドル"), ("value", 1200000000000, "1兆2000億円"), ("value", 35000000, "35,000"),
        ("value", 33000, "up to 33kW"), ("value", 8000000000, "eight billion"), ("percent", -15.8, "15.8 percent"),
        ("percent", 25, "just under a quarter"), ("value", 68000000, "68"), ("value", 30239000000, "30,239"),
        ("performance", 0.8, "80%"), ("value", 1050, "1.050 Mitarbeiter"),
        ("value", 1.4e16, "1.4e+16"), ("value", 1700, "1’700"), ("value", 500000, "nearly half a million"),
        ("value", 28, "twenty-eight entities"), ("value", 114, "one hundred and fourteen"), ("value", 13500, "1만 3500톤"),
        ("percent", 100, "doubled"), ("value", 260, "five years", "weeks"), ("value", 498, "498 MW", "MW"), ("value", 202000, "202 million kg", "tonnes"), ("value", 1e17, "100 or more petaflops", "FLOP/s"),
    ]
    wrong = [
        ("share", 0.62, "26%"), ("share", 0.62, "6.2%"), ("share", 1.0, "leads the market"), ("share", 0.0182, "81 / 990"), ("share", 0.5, "—"),
        ("amount", 6165000000, "$6.615 billion"), ("amount", 300000000, "$300 billion"), ("value", 33000, "up to 34kW"),
        ("percent", 25, "one-third"), ("value", 7, "fourteen"), ("value", 260, "four years", "weeks"), ("value", 498, "498 GW", "MW"),
    ]
    failed = [pair for pair in fitting if not reads(*pair)] + [pair for pair in wrong if reads(*pair)]
    today = datetime.date(2026, 11, 29)

    def record(read, **keys):
        return {"type": "restricts", "from": "a", "to": "b", **keys, "sources": [{"source": "s", "locator": "p", "read": read}]}
    records = [
        (0, record("October 7, 2022; 2026-11-29", since="2022-10-07")), (1, record("October 8, 2022; 2026-11-29", since="2022-10-07")),
        (0, record("2022年10月; 2026-11-29", since="2022-10-07")), (1, record("7 November 2022; 2026-11-29", since="2022-10-07")),
        (1, record("62%; 2025-11-29", share=0.62)), (1, record("62%; 2026-12-24", share=0.62)), (1, record("63%; 2026-11-29", share=0.62)),
        (0, record("63%; 2026-11-29", share=0.62, attributes={"note": "Our division: half of 124."})),
    ]
    failed += [row for wanted, row in records if len(problems_in("x", row, today)) != wanted]
    two = record("62%; 2026-11-29", share=0.62)
    two["sources"].append({"source": "t", "locator": "q", "read": "26%; 2026-11-29"})
    failed += [] if len(problems_in("x", two, today)) == 1 else [two]
    for row in failed:
        print(f"check_reads.py does not see: {row}", file=sys.stderr)
    return 1 if failed else 0


def main(arguments):
    if "--self-test" in arguments:
        return self_test()
    root = pathlib.Path(arguments[0]) if arguments else pathlib.Path(__file__).resolve().parents[1]
    version = root / "data" / "curated" / "ai-supply-chain" / "dataset.json"
    today = datetime.date.fromisoformat(json.loads(version.read_text(encoding="utf-8"))["dataset"]["version"])
    lines = check(root, today)
    print(*lines, sep="\n", end="\n" if lines else "")
    return 1 if lines else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
