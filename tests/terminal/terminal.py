"""A program at a terminal of a given size: what is typed, and what the screen shows of it."""

import fcntl
import os
import pty
import re
import select
import signal
import struct
import termios
import time

PROMPT = b"> "
SEQUENCE = re.compile(rb"\x1b\[[0-9;?]*[A-Za-z]|\x1b[=>]|\x07")


def set_size(file, columns, rows):
    fcntl.ioctl(file, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))


class Terminal:
    def __init__(self, command, environment, columns=80, rows=24):
        self.process, self.file = pty.fork()
        if self.process == 0:
            set_size(0, columns, rows)
            os.execvpe(command[0], command, environment)
        self.seen = b""

    def resize(self, columns, rows=24):
        set_size(self.file, columns, rows)
        self.read(0.5)  # the prompt is drawn again

    def type(self, text):
        self.seen = b""
        os.write(self.file, text if isinstance(text, bytes) else text.encode())

    def read(self, seconds):
        """Adds what comes within a time; false at the end."""
        ready, _, _ = select.select([self.file], [], [], seconds)
        if not ready:
            return True
        try:
            part = os.read(self.file, 65536)
        except OSError:
            return False
        self.seen += part
        return part != b""

    def text(self):
        return SEQUENCE.sub(b"", self.seen).decode("utf-8", "replace")

    def is_read_by_key(self):
        return not termios.tcgetattr(self.file)[3] & termios.ICANON

    def wait_for(self, pattern, seconds=10):
        """The text since the last typing once a pattern is found in it. A prompt is shown a moment
        before keys are read one by one: what is typed in between would be the terminal's."""
        end = time.monotonic() + seconds
        while not re.search(pattern, self.text()):
            if time.monotonic() > end or not self.read(0.05):
                raise AssertionError(f"{pattern!r} is not in {self.text()!r}")
        while pattern.endswith(" $") and not self.is_read_by_key() and time.monotonic() < end:
            time.sleep(0.001)
        return self.text()

    def line(self, text, seconds=10):
        """Types a line; what it prints until the next prompt."""
        self.type(text + "\r")
        return self.wait_for(r"\n>+ $", seconds)

    def interrupt_after(self, seconds):
        """Ctrl-C; how long it takes until the prompt is back."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            self.read(end - time.monotonic())
        begin = time.monotonic()
        os.write(self.file, b"\x03")
        self.wait_for(r"\n> $")
        return time.monotonic() - begin

    def end(self, seconds=60):
        """What the process ends with, once it has: its exit status, or minus a signal; one that does
        not end is killed."""
        end = time.monotonic() + seconds
        while self.read(1):
            if time.monotonic() > end:
                os.kill(self.process, signal.SIGKILL)
        _, status = os.waitpid(self.process, 0)
        os.close(self.file)
        return os.waitstatus_to_exitcode(status)

    def leave(self):
        """Ctrl-D at the prompt, whose line is cleared; what the process ends with. What is typed before
        the terminal is read key by key has no effect, so that it is typed again."""
        for _ in range(5):
            self.type(b"\x15\x04")
            ends = time.monotonic() + 2
            while time.monotonic() < ends:
                if not self.read(0.1):
                    return self.end()
        return self.end(0)

    def kill(self):
        os.kill(self.process, signal.SIGKILL)
        self.end()
