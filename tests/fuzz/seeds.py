#!/usr/bin/env python3
"""Writes the inputs that fuzzing begins with, TARGET/NUMBER in a folder: the examples of the
documentation, the literals and units in them and in the tests, and the data of the examples.

    seeds.py FOLDER
"""
import pathlib
import re
import sys

root = pathlib.Path(__file__).resolve().parents[2]


def blocks(language):
    for page in [root / "README.md", *sorted((root / "docs").rglob("*.md"))]:
        yield from re.findall(rf"^```{language}\n(.*?)^```", page.read_text(), re.M | re.S)


def strings(text):
    return [match.replace('\\"', '"') for match in re.findall(r'"((?:[^"\\\n]|\\.)*)"', text)]


def in_tests(name):
    return strings((root / "tests/core" / name).read_text())


scripts = list(blocks("lua"))
examples = [text for script in scripts for text in strings(script)]
literals = [text for text in examples + in_tests("test_literal.c") if re.match(r"[-+.\d]|\w+\(", text)]
units = [re.sub(r"^[-+.,\d e]*(to [-+.,\d ]*)?(@[ \d.]*%)?", "", text) for text in literals]
seeds = {
    "script": scripts,
    "literal": literals,
    "unit": units + in_tests("test_unit.c"),
    "csv": [path.read_text() for path in sorted((root / "scripts").rglob("*.csv"))]
    + [text for text in blocks("text") if "," in text]
    + strings((root / "tests/host/test_data.c").read_text()),
}

for target, texts in seeds.items():
    folder = pathlib.Path(sys.argv[1]) / target
    folder.mkdir(parents=True, exist_ok=True)
    for number, text in enumerate(sorted(set(texts))):
        text = text.encode().decode("unicode_escape").encode("latin-1") if target == "csv" and "\\n" in text else text.encode()
        (folder / f"{number:04}").write_bytes(text)
