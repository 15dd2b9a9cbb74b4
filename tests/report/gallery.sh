#!/usr/bin/env bash
# The gallery of charts: each file is as it was (with --update: from now on), well-formed, and keeps
# to itself on a page with others.
set -u
gallery=$(realpath "$1")
golden=$(realpath "$(dirname "$0")")/golden
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

page=$work/index.html
mkdir "$work/new"
"$gallery" "$work/new" && mv "$work/new/index.html" "$page" || exit 1
if [ "${2-}" = --update ]; then
    rm -rf "$golden"
    mkdir "$golden"
    cp "$work"/new/* "$golden"
fi
diff -ru "$golden" "$work/new" || exit 1

python3 - "$page" "$work"/new/*.svg <<'END'
import re
import sys
import xml.etree.ElementTree as tree

WIDTH = 720
failures = 0


def complain(*words):
    global failures
    failures += 1
    print(*words)


def name(element):
    return element.tag.rpartition('}')[2]


def check_number(path, key, text):
    if re.fullmatch(r'-?\d+(\.\d)?', text) is None:
        complain(path, key, 'is not a number of one decimal:', text)


def check_element(path, element, height):
    for key in ('x', 'y', 'x1', 'y1', 'x2', 'y2', 'cx', 'cy', 'r', 'width', 'height'):
        if key in element.attrib:
            check_number(path, key, element.get(key))
    for x in ('x', 'x1', 'x2', 'cx'):
        if not -1 <= float(element.get(x, 0)) <= WIDTH + 1:
            complain(path, name(element), 'lies beside the picture:', element.attrib)
    for y in ('y', 'y1', 'y2', 'cy'):
        if not -1 <= float(element.get(y, 0)) <= height + 1:
            complain(path, name(element), 'lies above or below the picture:', element.attrib)
    for pair in re.findall(r'[ML](\S+) ([^MLZ]+)', element.get('d', '')):
        if not (0 <= float(pair[0]) <= WIDTH and 0 <= float(pair[1]) <= height):
            complain(path, 'has a path that leaves the picture at', *pair)


def check_picture(path):
    text = open(path, encoding='utf-8').read()
    root = tree.fromstring(text)
    if root.get('role') != 'img' or root.get('viewBox').split()[2] != str(WIDTH):
        complain(path, 'is no image of the usual width')
    labels = root.get('aria-labelledby').split()
    if [e.get('id') for e in root[:2]] != labels or not all(e.text for e in root[:2]):
        complain(path, 'has no title and description')
    height = float(root.get('height'))
    for element in root.iter():
        if name(element) in ('script', 'foreignObject', 'image', 'a'):
            complain(path, 'has an element', element.tag)
        if name(element) != 'svg':
            check_element(path, element, height)
    for line in text.splitlines():
        if line.count('<text') + line.count('<rect') + line.count('<path') > 1:
            complain(path, 'has several elements on a line:', line)
    style = root.find('{*}style').text
    for rule in re.findall(r'([^{}\n]+)\{', style):
        if not rule.startswith(('#chart', '@media')):
            complain(path, 'has a rule for all of a page:', rule)
    used = {c for e in root.iter() for c in e.get('class', '').split()}
    styled = set(re.findall(r'\.([a-z]+\d*)', style))
    for missing in used - styled - {'label', 'plain'}:
        complain(path, 'has no style for', missing)


page, *pictures = sys.argv[1:]
for picture in pictures:
    check_picture(picture)
ids = re.findall(r' id="([^"]*)"', open(page, encoding='utf-8').read())
if len(ids) != len(set(ids)) or len(ids) != 3 * len(pictures):
    complain('the identifiers on a page are not unique')
sys.exit(failures > 0)
END
