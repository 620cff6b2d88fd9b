"""Prints the rows of a CSV file as JSON lists of texts, as Python's csv module reads them. usage: read_csv.py FILE"""

import csv
import json
import sys

csv.field_size_limit(1 << 24)
with open(sys.argv[1], encoding="utf-8", newline="") as file:
    json.dump(list(csv.reader(file, strict=True)), sys.stdout)
