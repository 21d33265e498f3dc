#!/usr/bin/env python3
"""Measures the application through a real pseudo-terminal: time, bytes, wake-ups, memory, a slow line.

    python3 benches/terminal.py PROGRAM DATABASE [--only NAME] [--json]

PROGRAM is the release binary, DATABASE the full-scale one:
`chantier demo --sites 10000 --months 120 --into big.db --today 2026-04-06`. The database is copied before it is
written. Standard library only. Times are of this machine: compare figures of one run only.
"""
import fcntl
import json
import os
import pty
import select
import shutil
import signal
import statistics
import struct
import subprocess
import sys
import tempfile
import termios
import time

TODAY = "2026-04-06"
QUIET = 0.03
DOWN = b"\x1b[B"
PAGE_DOWN = b"\x1b[6~"


class Screen:
    """A program on a pseudo-terminal of 80x24."""

    def __init__(self, arguments, home, size=(80, 24), env=None):
        self.begun = time.perf_counter()
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))
            environment = {"HOME": home, "TERM": "xterm-256color", "LANG": "fr_FR.UTF-8", "USER": "bench",
                           "PATH": "/usr/bin:/bin"}
            environment.update(env or {})
            os.execve(arguments[0], arguments, environment)
        os.set_blocking(self.fd, False)
        self.buffer = b""

    def settle(self, quiet=QUIET, longest=10.0):
        """Reads until nothing comes for `quiet` seconds. Returns (time of the last byte, bytes, first byte)."""
        begun, last, first, got = time.perf_counter(), None, None, b""
        while True:
            now = time.perf_counter()
            # Nothing yet: a program that just starts gets all the time that it takes.
            wait = quiet - (now - last) if last else (longest if not self.buffer else quiet)
            if wait <= 0 or now - begun > longest:
                break
            ready, _, _ = select.select([self.fd], [], [], wait)
            if not ready:
                break
            try:
                part = os.read(self.fd, 65536)
            except OSError:
                break
            if not part:
                break
            last = time.perf_counter()
            first = first or last
            got += part
            if b"\x1b[5n" in part:
                os.write(self.fd, b"\x1b[0n")
        self.buffer += got
        return last, len(got), first

    def press(self, keys, quiet=QUIET):
        """Presses keys; returns milliseconds to the last byte, and how many bytes came."""
        begun = time.perf_counter()
        os.write(self.fd, keys)
        last, count, _ = self.settle(quiet)
        return ((last or begun) - begun) * 1000, count

    def status(self, name):
        with open(f"/proc/{self.pid}/status") as lines:
            for line in lines:
                if line.startswith(name + ":"):
                    return int(line.split()[1])
        return 0

    def end(self):
        try:
            os.kill(self.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        os.waitpid(self.pid, 0)
        os.close(self.fd)


def spread(values):
    """Returns (median, 99th percentile)."""
    ordered = sorted(values)
    return round(statistics.median(ordered), 2), round(ordered[min(len(ordered) - 1, int(len(ordered) * 0.99))], 2)


def evict(path):
    """Drops a file from the page cache."""
    for name in (path, path + "-wal"):
        if os.path.exists(name):
            with open(name, "rb") as file:
                os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


class Bench:
    def __init__(self, program, database):
        self.program = os.path.abspath(program)
        self.folder = tempfile.mkdtemp(prefix="chantier-bench-")
        self.home = os.path.join(self.folder, "home")
        os.makedirs(self.home)
        self.db = os.path.join(self.folder, "big.db")
        shutil.copy(database, self.db)
        self.found = {}

    def open(self, *verb, **more):
        return Screen([self.program, *verb, "--db", self.db, "--today", TODAY], self.home, **more)

    def note(self, name, value):
        self.found[name] = value
        print(f"{name:<58} {value}", flush=True)

    def ready(self, *verb):
        screen = self.open(*verb)
        screen.settle(0.4)
        return screen

    def start(self):
        warm, cold, sizes = [], [], []
        # The first two starts leave the glance and the hint behind.
        for _ in range(2):
            screen = self.ready()
            screen.press(b"q", 0.3)
            screen.end()
        for kind, rounds in ((warm, 15), (cold, 7)):
            for _ in range(rounds):
                if kind is cold:
                    evict(self.db)
                    evict(self.program)
                screen = self.open()
                last, count, first = screen.settle(0.15)
                kind.append((last - screen.begun) * 1000)
                sizes.append(count)
                screen.press(b"q", 0.2)
                screen.end()
        self.note("start: exec to settled first frame, warm, ms (median, p99)", spread(warm))
        self.note("start: the same, cold page cache, ms", spread(cold))
        self.note("start: bytes of the first frame", int(statistics.median(sizes)))

    def list(self):
        screen = self.ready()
        screen.press(b"gs", 0.4)
        move, scroll, page = [], [], []
        for _ in range(15):
            move.append(screen.press(DOWN))
        for _ in range(10):
            screen.press(DOWN)
        for _ in range(150):
            scroll.append(screen.press(DOWN))
        for _ in range(40):
            page.append(screen.press(PAGE_DOWN))
        for _ in range(120):
            move.append(screen.press(b"\x1b[A"))
            move.append(screen.press(DOWN))
        self.note("list: key to settled, move, ms (median, p99)", spread(it[0] for it in move))
        self.note("list: key to settled, scroll, ms", spread(it[0] for it in scroll))
        self.note("list: key to settled, page, ms", spread(it[0] for it in page))
        for name, all in (("move", move), ("scroll", scroll), ("page", page)):
            self.note(f"list: bytes, {name} (median, p99)", spread(it[1] for it in all))
        screen.end()

    def filter(self):
        times, sizes = [], []
        for word in ("ecole", "hopital", "chateau", "lycee z", "aep-1"):
            screen = self.ready()
            screen.press(b"gs", 0.4)
            screen.press(b"/", 0.2)
            for letter in word.encode():
                took, count = screen.press(bytes([letter]))
                times.append(took)
                sizes.append(count)
            screen.end()
        self.note("filter of 10,000 sites: per key, ms (median, p99)", spread(times))
        self.note("filter of 10,000 sites: bytes per key (median, most)", (int(statistics.median(sizes)), max(sizes)))

    def entry(self):
        """Types the month that is due, of which no figure is there yet."""
        due = ["--db", self.db, "--today", "2026-05-06"]
        missing = json.loads(subprocess.run([self.program, "entry", "--json", *due], capture_output=True, check=True,
                                            env={"HOME": self.home, "USER": "bench"}).stdout)
        first = [it for it in missing if it["project"] == missing[0]["project"]]
        values = [min(float(it["last_cumulative"]) + 1.5, 100.0) for it in first]
        values = [f"{it:.1f}".replace(".", ",") for it in values]
        screen = Screen([self.program, "entry", *due], self.home)
        screen.settle(0.6)
        digits, commits, figures = [], [], []
        for value in values[:20]:
            size = 0
            for letter in value.encode():
                digits.append(screen.press(bytes([letter])))
                size += digits[-1][1]
            commits.append(screen.press(b"\r", 0.06))
            figures.append(size + commits[-1][1])
        self.note("entry: typed digit, ms (median, p99)", spread(it[0] for it in digits))
        sizes = [it[1] for it in digits]
        self.note("entry: bytes per typed digit (median, most)", (int(statistics.median(sizes)), max(sizes)))
        self.note("entry: Enter to saved and settled, ms (median, p99)", spread(it[0] for it in commits))
        sizes = [it[1] for it in commits]
        self.note("entry: bytes per Enter (median, most)", (int(statistics.median(sizes)), max(sizes)))
        self.note("entry: bytes per figure, digits and Enter (median, most)",
                  (int(statistics.median(figures)), max(figures)))
        screen.settle(1.0)
        self.note("memory: peak after the bench, MB", round(screen.status("VmHWM") / 1024, 1))
        screen.end()

    def idle(self):
        screen = self.ready()
        screen.press(b"gs", 0.6)
        screen.settle(1.0)
        wakes = screen.status("voluntary_ctxt_switches")
        ready, _, _ = select.select([screen.fd], [], [], 5.0)
        wakes = screen.status("voluntary_ctxt_switches") - wakes
        self.note("idle 5 s: bytes, wake-ups per second", (len(os.read(screen.fd, 65536)) if ready else 0, wakes / 5))
        self.note("memory: peak after start and list, MB", round(screen.status("VmHWM") / 1024, 1))
        screen.end()

    def slow(self):
        line = SlowLine(self.open())
        first = line.until_quiet()
        self.note("9,600 baud, 600 ms: first screen complete, s", round(first, 2))
        line.press(b"gs")
        line.until_quiet()
        moves = []
        for _ in range(4):
            moves.append(line.press_and_wait(DOWN))
        self.note("9,600 baud, 600 ms: move readable, ms", round(statistics.median(moves) * 1000))
        line.hold(DOWN, 60, 1 / 30)
        held = line.until_quiet()
        self.note("9,600 baud, 600 ms: 60 held keys settled after the last, s", round(held, 2))
        line.screen.end()
        line = SlowLine(self.open("entry"))
        line.until_quiet()
        line.press(b"<")
        line.until_quiet()
        line.press(b"\x1b[H")
        line.until_quiet()
        typed = [line.press_and_wait(bytes([it])) for it in b"61,"]
        self.note("9,600 baud, 600 ms: typed digit readable, ms", round(min(typed) * 1000))
        line.press(b"\x1b")
        line.until_quiet()
        for row in range(11):
            for letter in f"{70 + row},\r"[-4 if row < 8 else -4:].encode():
                line.press(bytes([letter]))
                line.run(0.125)
        settled = line.until_quiet()
        self.note("9,600 baud, 600 ms: 11 figures typed blind at 8 keys/s, settled after, s", round(settled, 2))
        line.screen.end()

    def peer(self):
        nano = shutil.which("nano")
        if not nano:
            return
        text = os.path.join(self.folder, "lines.txt")
        with open(text, "w") as out:
            out.writelines(f"line {it} of a text that is as long as a list\n" for it in range(10_000))
        screen = Screen([nano, text], self.home)
        screen.settle(0.4)
        move = [screen.press(DOWN) for _ in range(250)]
        self.note("nano in the same session: Down, ms (median, p99)", spread(it[0] for it in move))
        screen.end()


class SlowLine:
    """A line of 9,600 baud and 600 ms there and back between a program and its terminal."""

    BYTE = 1 / 960
    DELAY = 0.3

    def __init__(self, screen):
        self.screen = screen
        self.free = time.perf_counter() + self.DELAY
        self.upstream = []
        self.last_arrival = None
        self.pressed = screen.begun

    def run(self, seconds):
        until = time.perf_counter() + seconds
        while True:
            now = time.perf_counter()
            due = [it for it in self.upstream if it[0] <= now]
            self.upstream = [it for it in self.upstream if it[0] > now]
            for _, keys in sorted(due):
                os.write(self.screen.fd, keys)
            if now >= until:
                return
            next_up = min([it[0] for it in self.upstream], default=until)
            ready, _, _ = select.select([self.screen.fd], [], [], max(0, min(until, next_up) - now))
            if ready:
                try:
                    part = os.read(self.screen.fd, 4096)
                except OSError:
                    return
                now = time.perf_counter()
                at = 0
                while at < len(part):
                    end = part.find(b"\x1b[5n", at)
                    end = len(part) if end < 0 else end + 4
                    self.free = max(self.free, now + self.DELAY) + (end - at) * self.BYTE
                    if part[at:end].endswith(b"\x1b[5n"):
                        self.upstream.append((self.free + self.DELAY, b"\x1b[0n"))
                    at = end
                self.last_arrival = self.free

    def press(self, keys):
        self.pressed = time.perf_counter()
        self.upstream.append((self.pressed + self.DELAY, keys))

    def hold(self, keys, times, every):
        for _ in range(times):
            self.press(keys)
            self.run(every)

    def until_quiet(self, quiet=2.0):
        """Runs until nothing has arrived for `quiet` seconds; returns seconds from the last key to the last byte."""
        while True:
            before = self.last_arrival
            self.run(max(quiet, (self.last_arrival or 0) - time.perf_counter() + quiet))
            if self.last_arrival == before and not self.upstream:
                return (self.last_arrival or self.pressed) - self.pressed

    def press_and_wait(self, keys):
        """Returns seconds from the key to the last byte that it brought at once."""
        self.press(keys)
        self.run(self.DELAY + 0.02)
        self.run(0.06)
        arrived = self.last_arrival - self.pressed
        self.until_quiet()
        return arrived


def main():
    arguments = [it for it in sys.argv[1:] if not it.startswith("--")]
    if len(arguments) < 2:
        sys.exit(__doc__)
    bench = Bench(arguments[0], arguments[1])
    only = sys.argv[sys.argv.index("--only") + 1] if "--only" in sys.argv else None
    try:
        for name in ("start", "list", "filter", "entry", "idle", "slow", "peer"):
            if only in (None, name):
                getattr(bench, name)()
    finally:
        shutil.rmtree(bench.folder, ignore_errors=True)
    if "--json" in sys.argv:
        print(json.dumps(bench.found))


if __name__ == "__main__":
    main()
