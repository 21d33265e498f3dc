#!/usr/bin/env python3
"""What other ways of carrying the same changes cost: git bundle (a file a site), rsync of the database file.

python3 benches/exchange_peers.py target/release/chantier
833 sites of 12 months, the same for one new entry and for some 10,000 corrected figures.
"""

import csv
import io
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time

TODAY = "2026-04-06"


def run(*command, **options):
    return subprocess.run(command, check=True, capture_output=True, text=True, **options).stdout


def entries(chantier, database):
    return list(csv.DictReader(io.StringIO(run(chantier, "--db", database, "export", "entries", "--today", TODAY))))


def write_sites(rows, folder):
    sites = {}
    for row in rows:
        sites.setdefault(row["project"] + "-" + row["site_code"] + "-" + row["lot"], []).append(row)
    for name, lines in sites.items():
        path = os.path.join(folder, re.sub(r"[^A-Za-z0-9-]", "_", name) + ".csv")
        with open(path, "w", newline="") as file:
            writer = csv.DictWriter(file, lines[0].keys())
            writer.writeheader()
            writer.writerows(lines)


def commit(folder, message):
    run("git", "-C", folder, "add", "-A")
    run("git", "-C", folder, "-c", "user.name=awa", "-c", "user.email=awa@exemple.org", "commit", "-qm", message)


def bundle(folder, since):
    start = time.perf_counter()
    path = os.path.join(folder, "..", "change.bundle")
    run("git", "-C", folder, "bundle", "create", "-q", path, since + "..HEAD")
    return os.path.getsize(path), time.perf_counter() - start


def rsync(source, target):
    said = run("rsync", "-zI", "--no-whole-file", "--stats", source, target)
    sent = re.search(r"Total bytes sent: ([\d,.]+)", said).group(1)
    received = re.search(r"Total bytes received: ([\d,.]+)", said).group(1)
    return int(re.sub(r"\D", "", sent)) + int(re.sub(r"\D", "", received))


def whole_file(chantier, database, copy):
    """A copy of the database as one file, without a log beside it."""
    if os.path.exists(copy):
        os.remove(copy)
    run(chantier, "--db", database, "backup", copy)


def correct(rows, path):
    changed = []
    for at, row in enumerate(rows):
        if row["cumulative"]:
            value = float(row["cumulative"])
            changed.append(dict(row, cumulative="%.2f" % (value + 0.01 * (at % 7 + 1) if value < 99 else value - 0.5)))
    with open(path, "w", newline="") as file:
        writer = csv.DictWriter(file, changed[0].keys())
        writer.writeheader()
        writer.writerows(changed)
    return len(changed)


def main():
    chantier = os.path.abspath(sys.argv[1])
    with tempfile.TemporaryDirectory() as folder:
        database, before = os.path.join(folder, "a.db"), os.path.join(folder, "before.db")
        after, there = os.path.join(folder, "after.db"), os.path.join(folder, "there.db")
        repository = os.path.join(folder, "git")
        os.mkdir(repository)
        run(chantier, "demo", "--sites", "833", "--months", "12", "--into", database, "--today", TODAY)
        run("git", "-C", folder, "init", "-q", repository)
        rows = entries(chantier, database)
        write_sites(rows, repository)
        commit(repository, "base")
        run("git", "-C", repository, "tag", "base")
        whole_file(chantier, database, before)

        codes = [row["project"] + "/" + row["site_code"] for row in rows if row["cumulative"] and row["lot"] == "Ensemble"]
        run(chantier, "--db", database, "entry", codes[0], "2026-04", "99", "--today", TODAY)
        write_sites(entries(chantier, database), repository)
        commit(repository, "one entry")
        print("git bundle, one new entry: %d B, %.2f s" % bundle(repository, "base"))
        whole_file(chantier, database, after)
        shutil.copy(before, there)
        print("rsync -z of the file, one new entry: %d B" % rsync(after, there))

        run("git", "-C", repository, "tag", "one")
        shutil.copy(after, before)
        path = os.path.join(folder, "corrected.csv")
        count = correct(entries(chantier, database), path)
        subprocess.run([chantier, "--db", database, "import", path, "--yes", "--today", TODAY], capture_output=True)
        write_sites(entries(chantier, database), repository)
        start = time.perf_counter()
        commit(repository, "corrections")
        committed = time.perf_counter() - start
        size, seconds = bundle(repository, "one")
        print("git bundle, %d corrected figures: %d B, %.2f s" % (count, size, seconds + committed))
        whole_file(chantier, database, after)
        shutil.copy(before, there)
        print("rsync -z of the file, %d corrected figures: %d B" % (count, rsync(after, there)))


main()
