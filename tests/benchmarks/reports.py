"""The two great reports to csv: rows a second and peak memory, against a floor.

    python -m tests.benchmarks.reports [calls]

A cache of a simulated center's days, repeated until there are as many calls as wanted (by default
300,000), each dialled contact of a day a contact of its own. The floor runs the same SQL and hands
its rows to csv.writer as they are: no local times, no masking, no shields against formulas. Each
measurement is a process of its own; the period is all of the cache, and a quarter of it, for memory
that is flat must not follow the number of rows.
"""

import csv
import multiprocessing
import os
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from tests.benchmarks.large_cache import write_full
from wallboard.cache.opening import open_for_reading
from wallboard.config import Metrics
from wallboard.now import now_ms
from wallboard.reporting_time import Calendar, Period
from wallboard.reports.catalogue import BY_NAME
from wallboard.reports.conditions import values_of
from wallboard.reports.giving import Manner, write_report
from wallboard.reports.report import Asked

REPORTS = ("call-reports", "campaign-results")
ROUNDS = 3
TARGET = 50_000
Measured = tuple[int, float, float]
"""Rows, seconds, and the peak of the process in MiB."""


def _asked(path: Path, share: float) -> tuple[sqlite3.Connection, Asked]:
    connection = open_for_reading(path)
    first, last = connection.execute("SELECT min(started), max(started) FROM calls").fetchone()
    start = round(last + 1 - (last + 1 - first) * share)
    calendar = Calendar("America/New_York")
    return connection, Asked(Period(start, last + 1, ()), calendar, Metrics(), last)


def ours(path: Path, out: Path, name: str, share: float) -> int:
    """The report as the command writes it, masked."""
    connection, asked = _asked(path, share)
    with out.open("wb") as file:
        manner = Manner("csv", is_masked=True, is_file=True)
        return write_report(connection, BY_NAME[name], asked, manner, file, lambda _: None)


def floor(path: Path, out: Path, name: str, share: float) -> int:
    """The rows of the same query, written as they come."""
    connection, asked = _asked(path, share)
    traced: list[str] = []
    connection.set_trace_callback(traced.append)
    next(iter(BY_NAME[name].rows(connection, asked)), None)
    connection.set_trace_callback(None)
    count = 0
    # Beside the rows a report asks for names and the like, in far shorter statements.
    sql = max(traced, key=len)
    cursor = connection.execute(sql, values_of(asked) if ":from" in sql else {})
    with out.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        while rows := cursor.fetchmany(256):
            writer.writerows(rows)
            count += len(rows)
    return count


def measured(
    run: Callable[[Path, Path, str, float], int], path: Path, name: str, share: float
) -> Measured:
    """What one run takes, in a process of its own."""
    here, there = multiprocessing.Pipe()
    context = multiprocessing.get_context("spawn")
    process = context.Process(target=_measure, args=(there, run, path, name, share))
    process.start()
    found: Measured = here.recv()
    process.join()
    return found


def _measure(
    there: "multiprocessing.connection.Connection",
    run: Callable[[Path, Path, str, float], int],
    path: Path,
    name: str,
    share: float,
) -> None:
    began = time.perf_counter()
    rows = run(path, path.with_suffix(".csv"), name, share)
    took = time.perf_counter() - began
    there.send((rows, took, _peak()))


def _peak() -> float:
    """The most memory this process ever had; what getrusage says is its parent's as well."""
    words = Path("/proc/self/status").read_text(encoding="ascii").split()
    return int(words[words.index("VmHWM:") + 1]) / 1_024


def each_day_its_own_contacts(path: Path) -> None:
    """Make the contacts of each repeated day others than those of the first."""
    db = sqlite3.connect(path)
    (days,) = db.execute("SELECT count(DISTINCT started / 86400000) FROM calls").fetchone()
    db.execute(
        "UPDATE calls SET contact = contact || '-' || (started / 86400000) WHERE contact != ''"
    )
    names = [f'"{name}"' for _, name, *_ in db.execute("PRAGMA table_info(contacts)")]
    values = ["k.contact || '-' || d.day" if name == '"contact"' else f"k.{name}" for name in names]
    db.execute(
        f"INSERT OR IGNORE INTO contacts ({', '.join(names)}) SELECT {', '.join(values)} FROM "
        "contacts AS k, (SELECT DISTINCT started / 86400000 AS day FROM calls) AS d LIMIT ?",
        (days * 20_000,),
    )
    db.commit()
    db.close()


def main() -> None:
    """Print a line a report."""
    wanted = int(sys.argv[1]) if len(sys.argv) > 1 else 300_000
    with tempfile.TemporaryDirectory(prefix="wallboard-bench-") as folder:
        path = Path(folder) / "cache.sqlite"
        calls = write_full(path, wanted, now_ms())
        each_day_its_own_contacts(path)
        print(f"{calls:,} calls; load {os.getloadavg()[0]:.1f}")
        print(
            f"{'report':18}{'rows':>10}{'rows/s':>10}{'floor':>10}{'ratio':>7}{'MiB':>6}{'1/4':>6}"
        )
        for name in REPORTS:
            rounds = [
                (measured(ours, path, name, 1), measured(floor, path, name, 1))
                for _ in range(ROUNDS)
            ]
            rows = rounds[0][0][0]
            rate = statistics.median(one[0] / one[1] for one, _ in rounds)
            least = statistics.median(one[0] / one[1] for _, one in rounds)
            peak = max(one[2] for one, _ in rounds)
            quarter = measured(ours, path, name, 0.25)[2]
            print(
                f"{name:18}{rows:>10,}{rate:>10,.0f}{least:>10,.0f}{rate / least:>7.2f}"
                f"{peak:>6.0f}{quarter:>6.0f}  {'ok' if rate >= TARGET else 'below the target'}"
            )


if __name__ == "__main__":
    main()
