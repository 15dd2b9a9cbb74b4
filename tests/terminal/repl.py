"""moat repl at a terminal: typing, completion, history, Ctrl-C, Ctrl-D, widths, locales."""

import os
import re
import stat
import sys
import tempfile
import time

from terminal import Terminal

MOAT = sys.argv[1]
SCRIPT = """
local a = assume { price = "10 to 14 $bn/GW/yr", capacity = "2 to 3 GW" }
local profit = ("44 $bn/yr" - a.price * a.capacity):as "$bn/yr"
output("profit", profit)
"""

failures = 0


def check(condition, *what):
    global failures
    if not condition:
        failures += 1
        print(*what)


def says(text, part, what):
    check(part in text, f"{what}: {part!r} is not in {text!r}")


class Session(Terminal):
    """A session of the script in a folder of its own, which has the history too."""

    def __init__(self, folder, columns=80, **environment):
        path = os.path.join(folder, "scenario.lua")
        with open(path, "w", encoding="utf-8") as file:
            file.write(SCRIPT)
        own = {"PATH": os.environ["PATH"], "HOME": folder, "XDG_STATE_HOME": folder,
               "TERM": "xterm", "LC_ALL": "C.UTF-8"}
        kept = {k: v for k, v in os.environ.items() if k.endswith("SAN_OPTIONS")}
        super().__init__([MOAT, "repl", path], {**own, **kept, **environment}, columns)
        self.wait_for(r"\n> $")


def leave(session):
    status = session.leave()
    check(status == 0, f"Ctrl-D leaves with {status}: {session.text()!r}")


def give_up(session):
    """Ctrl-D inside an entry; typed before the terminal is read key by key it has no effect but to
    be shown."""
    for _ in range(4):
        session.type(b"\x04")
        try:
            session.wait_for(r"\n> $", 5)
            return
        except AssertionError:
            pass
    check(False, f"Ctrl-D gives no entry up: {session.text()!r}")


def edits(folder):
    s = Session(folder)
    says(s.line("1 + 1"), "\n2", "an expression")
    says(s.line("prof\t * 0"), "0 $bn/yr", "Tab")
    s.type("a.\t\t")
    s.wait_for(r"capacity +price")
    s.type(b"\x15")
    says(s.line(":set cap\t 2\x7f3 \t"), "capacity: 2 to 3 GW → 3 GW", "Tab gives the unit")
    s.type("given up\x03")
    says(s.wait_for(r"\n> $"), "^C", "Ctrl-C clears a line")
    says(s.line("a.capacity"), "3 GW", "after Ctrl-C")
    s.type("{ 1,\r")
    s.wait_for(r"\n>> $")
    give_up(s)
    says(s.line("#out"), "\n3", "Ctrl-D gives an entry up")
    leave(s)


def interrupts(folder):
    s = Session(folder)
    s.line("kept = 1")
    for text in "kept = 2; while true do end", ":samples 4e9", "kept = 3; profit * kept":
        s.type(text + "\r")
        if text.startswith(":"):
            s.wait_for(r"\n> $")
            continue
        check(s.interrupt_after(0.3) < 5, f"Ctrl-C is not heard by {text}")
        says(s.text(), "interrupted", text)
    says(s.line("kept"), "\n1", "what was interrupted has not happened")
    leave(s)


def stops_searches(folder):
    """The search for a pattern that has no end is stopped like all else."""
    s = Session(folder)
    s.type('("a"):rep(3e4):find((".-"):rep(20) .. "b")\r')
    time.sleep(0.5)
    s.type(b"\x03")
    s.wait_for("interrupted")
    s.type("1 + 1\r")
    s.wait_for(r"\n2\s+> $")
    leave(s)


def pastes(folder):
    """Tabs and empty lines of a text that is pasted are its own."""
    s = Session(folder)
    s.type("function f(n)\r\tlocal s = n\r\r\treturn s\rend\rf(12)\r")
    s.wait_for(r"\n12\s+> $")
    s.type("g = {\r")
    s.wait_for(r"\n>> $")
    says(s.line(""), "has been dropped", "an empty line")
    leave(s)


def recall(session, part):
    """Goes up through the history until an entry is shown."""
    for _ in range(8):
        session.type(b"\x1b[A")
        session.wait_for(r"\S")
        session.read(0.5)
        if part in session.text():
            return
    check(False, f"{part!r} is not in the history")


def remembers(folder):
    s = Session(folder)
    for line in "for i = 1, 2 do", "print('line', i)", "end":
        s.type(line + "\r")
        s.wait_for(r"\n>+ $")
    other = Session(folder)
    other.line("print('another')")
    s.line("print('third')")
    leave(other)
    leave(s)
    path = os.path.join(folder, "moat", "history")
    check(stat.S_IMODE(os.stat(path).st_mode) == 0o600, "others can read the history")
    s = Session(folder)
    says(s.line(b"\x1b[A".decode()), "third", "the last entry")
    says(s.line(b"\x12another".decode() + "\r"), "another", "Ctrl-R")
    recall(s, "for i = 1, 2 do")
    says(re.sub(r"\s+", " ", s.line("")), "line 2", "an entry of several lines")
    leave(s)


def shows(folder):
    s = Session(folder, 40)
    for line in "profit", ":set price 20", ":vary capacity 1..2", ":why profit", ":help", ":outputs":
        text = s.line(line)
        widest = max(len(row) for row in text.split("\r\n")[1:])
        check(widest <= 40, f"{line} takes {widest} columns of 40")
    s.resize(120)
    s.line(":unset price")
    check(max(len(row) for row in s.line("profit").split("\r\n")) > 60, "a wide window is not used")
    leave(s)
    s = Session(folder, LC_ALL="C")
    says(s.line("print(('é'):byte(1, -1))"), "195", "bytes typed where there is no UTF-8")
    check(s.line("profit").isascii(), "other characters than ASCII's under LC_ALL=C")
    leave(s)
    s = Session(folder, TERM="dumb")
    says(s.line("1 + 1"), "\n2", "a dumb terminal")
    check(b"\x1b" not in s.seen, "sequences of control on a dumb terminal")
    leave(s)


for test in edits, interrupts, stops_searches, pastes, remembers, shows:
    with tempfile.TemporaryDirectory() as place:
        try:
            test(place)
        except AssertionError as reason:
            check(False, f"{test.__name__}: {reason}")
sys.exit(failures > 0)
