#!/usr/bin/env python3
"""Measures the exchange over SSH: bytes on the wire, time on a slow line, time for ten thousand changes.

Usage: python3 benches/exchange.py [PROGRAM]     (the default is target/release/chantier)

Runs a real sshd on loopback as the user who starts it, and a proxy in between that counts bytes and, for the slow
profile, delays and throttles them. Needs OpenSSH and Python's standard library; nothing outside a temporary folder is
touched.
"""

import getpass
import json
import os
import pathlib
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time

PROGRAM = os.path.abspath(sys.argv[1] if len(sys.argv) > 1 else "target/release/chantier")
PINNED = ["-o", "KexAlgorithms=curve25519-sha256", "-o", "HostKeyAlgorithms=ssh-ed25519",
          "-o", "Ciphers=chacha20-poly1305@openssh.com"]
SLOW_DELAY_S, SLOW_BYTES_S = 0.35, 5000


class Proxy:
    """A counting TCP proxy; one connection at a time, each direction delayed and throttled on its own."""

    def __init__(self, port, delay_s=0.0, bytes_s=None):
        self.target, self.delay_s, self.bytes_s = port, delay_s, bytes_s
        self.up = self.down = 0
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.port = self.socket.getsockname()[1]
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self):
        while True:
            try:
                near, _ = self.socket.accept()
            except OSError:
                return
            far = socket.create_connection(("127.0.0.1", self.target))
            for end in (near, far):
                end.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            for source, sink, name in ((near, far, "up"), (far, near, "down")):
                threading.Thread(target=self.carry, args=(source, sink, name), daemon=True).start()

    def carry(self, source, sink, name):
        """Hands bytes on: each piece leaves the line when the ones before have, and arrives a delay later."""
        waiting, ended = [], threading.Event()
        condition = threading.Condition()

        def deliver():
            while True:
                with condition:
                    while not waiting:
                        condition.wait()
                    due, piece = waiting.pop(0)
                time.sleep(max(0.0, due - time.monotonic()))
                try:
                    if piece is None:
                        sink.shutdown(socket.SHUT_WR)
                        return
                    sink.sendall(piece)
                except OSError:
                    return

        threading.Thread(target=deliver, daemon=True).start()
        free = time.monotonic()
        while not ended.is_set():
            try:
                piece = source.recv(1400 if self.bytes_s else 65536)
            except OSError:
                piece = b""
            now = time.monotonic()
            free = max(free, now) + (len(piece) / self.bytes_s if self.bytes_s else 0.0)
            setattr(self, name, getattr(self, name) + len(piece))
            with condition:
                waiting.append((free + self.delay_s, piece or None))
                condition.notify()
            if not piece:
                ended.set()


class Bench:
    """A hub behind sshd, and laptops."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.hub = self.home("hub")
        for key in ("host", "user"):
            subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", self.folder / key], check=True)
        with socket.create_server(("127.0.0.1", 0)) as probe:
            self.sshd_port = probe.getsockname()[1]
        forced = f"HOME={self.hub} USER=siege {PROGRAM} sync-serve --enrol"
        public = (self.folder / "user.pub").read_text()
        (self.folder / "authorized").write_text(f'command="{forced}",restrict {public}')
        (self.folder / "sshd_config").write_text(
            f"ListenAddress 127.0.0.1\nPort {self.sshd_port}\nHostKey {self.folder}/host\n"
            f"AuthorizedKeysFile {self.folder}/authorized\nUsePAM no\nStrictModes no\nPidFile none\n"
            "PasswordAuthentication no\nKbdInteractiveAuthentication no\nPermitRootLogin yes\n")
        self.sshd = subprocess.Popen(["/usr/sbin/sshd", "-D", "-e", "-f", self.folder / "sshd_config"],
                                     stderr=subprocess.DEVNULL)
        for _ in range(500):
            try:
                socket.create_connection(("127.0.0.1", self.sshd_port)).close()
                break
            except OSError:
                time.sleep(0.02)

    def home(self, name):
        home = self.folder / name
        home.mkdir()
        return home

    def run(self, home, *arguments, ssh=None, check=True):
        environment = {"HOME": str(home), "USER": "awa", "LANG": "fr_FR.UTF-8", "PATH": os.environ["PATH"]}
        if ssh:
            environment["CHANTIER_SSH"] = str(ssh)
        done = subprocess.run([PROGRAM, *arguments], env=environment, capture_output=True, text=True)
        if check and done.returncode not in (0, 1):
            sys.exit(f"{arguments}: {done.stderr}")
        return done.stdout

    def ssh(self, name, port, options=()):
        """Writes what stands for ssh and reaches a port, whatever port was asked for."""
        host = (self.folder / "host.pub").read_text().split()[:2]
        known = self.folder / f"known-{name}"
        known.write_text(f"siege {' '.join(host)}\n")
        path = self.folder / f"ssh-{name}"
        words = ["-F", "none", "-i", str(self.folder / "user"), "-o", "IdentitiesOnly=yes", "-o",
                 f"UserKnownHostsFile={known}", "-o", "GlobalKnownHostsFile=none", "-o", "HostKeyAlias=siege",
                 "-o", "HostName=127.0.0.1", "-o", f"Port={port}", "-l", getpass.getuser(), *options]
        path.write_text(f"#!/bin/sh\nexec ssh {' '.join(words)} \"$@\"\n")
        path.chmod(0o755)
        return path


def data(home):
    return str(home / ".local/share/chantier/chantier.db")


def one_entry(bench, laptop, at, ssh, proxy):
    """One new figure goes; returns bytes up, bytes down, seconds."""
    proxy.up = proxy.down = 0
    codes = [line.split(",")[1] for line in bench.run(laptop, "export", "sites").splitlines()[1:]]
    bench.run(laptop, "entry", codes[at % len(codes)], "2026-03", str(90 + at % 9), "--today", "2026-04-06")
    start = time.monotonic()
    bench.run(laptop, "sync", ssh=ssh)
    seconds = time.monotonic() - start
    return proxy.up, proxy.down, seconds


def main():
    if not shutil.which("ssh") or not os.path.exists("/usr/sbin/sshd"):
        sys.exit("OpenSSH is not installed")
    with tempfile.TemporaryDirectory(prefix="chantier-exchange-") as folder:
        bench = Bench(folder)
        try:
            measure(bench)
        finally:
            bench.sshd.terminate()
            bench.sshd.wait()


def measure(bench):
    bench.run(bench.hub, "demo", "--sites", "84", "--months", "12", "--seed", "1", "--into", data(bench.hub),
              "--today", "2026-04-06")
    laptop = bench.home("laptop")
    direct = Proxy(bench.sshd_port)
    plain = bench.ssh("plain", direct.port)
    start = time.monotonic()
    bench.run(laptop, "join", "siege", ssh=plain)
    print(f"join, 84 sites, 12 months       {direct.up + direct.down:9,} bytes  {time.monotonic() - start:6.2f} s")
    bench.run(laptop, "sync", ssh=plain)
    slow = Proxy(bench.sshd_port, SLOW_DELAY_S, SLOW_BYTES_S)
    rows = [("one entry, pinned", direct, PINNED), ("one entry, default algorithms", direct, []),
            ("one entry, pinned, 2G", slow, PINNED), ("one entry, default, 2G", slow, [])]
    for at, (title, proxy, options) in enumerate(rows):
        ssh = bench.ssh(f"row{at}", proxy.port, options)
        up, down, seconds = one_entry(bench, laptop, at, ssh, proxy)
        print(f"{title:<31} {up + down:9,} bytes  {seconds:6.2f} s   ({up:,} up, {down:,} down)")
    nothing = bench.ssh("nothing", direct.port, PINNED)
    direct.up = direct.down = 0
    bench.run(laptop, "sync", ssh=nothing)
    print(f"nothing to say, pinned          {direct.up + direct.down:9,} bytes")
    ten_thousand(bench)


def ten_thousand(bench):
    """A hub with much data, and a new laptop: seconds for every change, both databases on disk."""
    big = bench.home("big")
    bench.run(big, "demo", "--sites", "400", "--months", "24", "--seed", "1", "--into", data(big),
              "--today", "2026-04-06")
    forced = (bench.folder / "authorized").read_text().replace(str(bench.hub), str(big), 1)
    (bench.folder / "authorized").write_text(forced)
    proxy = Proxy(bench.sshd_port)
    ssh = bench.ssh("big", proxy.port)
    # The hub signs what it wrote once, before anybody calls: not part of an exchange.
    first = bench.home("first")
    start = time.monotonic()
    bench.run(first, "join", "siege", ssh=ssh)
    signed = time.monotonic() - start
    second = bench.home("second")
    proxy.up = proxy.down = 0
    start = time.monotonic()
    said = bench.run(second, "join", "siege", "--json", ssh=ssh)
    seconds = time.monotonic() - start
    changes = json.loads(said)["summary"]["received"]
    rate = changes / seconds
    print(f"{changes:,} changes to a new laptop  {proxy.up + proxy.down:9,} bytes  {seconds:6.2f} s"
          f"   ({rate:,.0f} changes a second; {10_000 / rate:.2f} s for 10,000; {signed:.2f} s with signing)")


if __name__ == "__main__":
    main()
