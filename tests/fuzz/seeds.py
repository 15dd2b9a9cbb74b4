#!/usr/bin/env python3
"""Writes the inputs that fuzzing begins with, TARGET/NUMBER in a folder: the examples of the
documentation, the literals and units in them and in the tests, the data of the examples, all memos,
the journals of small scripts, which RECORD writes, and, for graphs, of which there are no examples,
bytes that look random.

    seeds.py FOLDER RECORD
"""
import pathlib
import random
import re
import subprocess
import sys

root = pathlib.Path(__file__).resolve().parents[2]


def blocks(language):
    for page in [root / "README.md", *sorted((root / "docs").rglob("*.md"))]:
        yield from re.findall(rf"^```{language}\n(.*?)^```", page.read_text(), re.M | re.S)


def strings(text):
    """The texts in quotes of a C file or a script."""
    return [
        match.encode().decode("unicode_escape").encode("latin-1").decode(errors="replace")
        for match in re.findall(r'"((?:[^"\\\n]|\\.)*)"', text)
    ]


def in_tests(name):
    return strings((root / "tests" / name).read_text())


def without_number(literal):
    return re.sub(r"^[-+.,\d e]*(to [-+.,\d ]*)?(@[ \d.]*%)?", "", literal)


def is_memo(path):
    return "build" not in path.relative_to(root).parts and "{{" in path.read_text()


scripts = list(blocks("lua"))
examples = [text for script in scripts for text in strings(script)]
literals = [
    text
    for text in examples + in_tests("core/test_literal.c")
    if re.match(r"[-+.\d]|\w+\(", text)
]
generator = random.Random(2026)
seeds = {
    "script": scripts,
    "literal": literals,
    "unit": [without_number(text) for text in literals] + in_tests("core/test_unit.c"),
    "csv": [path.read_text() for path in sorted((root / "scripts").rglob("*.csv"))]
    + [text for text in blocks("text") if "," in text]
    + in_tests("host/test_data.c"),
    "memo": [path.read_text() for path in sorted(root.glob("[a-z]*/**/*.md")) if is_memo(path)]
    + in_tests("report/test_memo.c"),
    "graph": [generator.randbytes(10 + 3 * i) for i in range(200)],
}

for target, inputs in seeds.items():
    folder = pathlib.Path(sys.argv[1]) / target
    folder.mkdir(parents=True, exist_ok=True)
    data = {text if isinstance(text, bytes) else text.encode() for text in inputs}
    for number, content in enumerate(sorted(data)):
        (folder / f"{number:04}").write_bytes(content)

journals = pathlib.Path(sys.argv[1]) / "journal"
journals.mkdir(parents=True, exist_ok=True)
recorded = [root / "tests/stdlib/journal.lua", *sorted(root.glob("scripts/examples/*.lua"))]
subprocess.run([sys.argv[2], journals, *recorded], check=True)
