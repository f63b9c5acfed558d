"""The catalogue over a month of 1,000,000 calls, and what its rollups serve beside DuckDB.

    python -m tests.benchmarks.metrics [calls] [folder]

Makes the cache in a folder that is removed afterwards, or in the one that is named, where a second
run finds it (making it takes some minutes). Every metric is asked alone, then all at once. DuckDB,
where it is installed, holds one row a call with the same measures and gives the same sums.
"""

import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from sqlite3 import Connection
from typing import Any

from tests.benchmarks.large_cache import DAY_MS, write_full
from wallboard.cache.opening import open_for_reading
from wallboard.config import Configuration
from wallboard.facts.measures import MEASURES
from wallboard.metrics.asked import Asked
from wallboard.metrics.catalogue import CATALOGUE
from wallboard.metrics.engine import answers
from wallboard.metrics.metric import MEASURES as SUMS
from wallboard.metrics.metric import Count, Metric, Ratio, Split
from wallboard.metrics.reckoned import aggregates, figure_of
from wallboard.metrics.two_views import two_views
from wallboard.now import now_ms
from wallboard.reporting_time import Calendar

AGENTS = 320
"""A center of so many has about 33,000 calls a day: a million in a month."""

ROUNDS = 5


def seconds(of: Callable[[], object], rounds: int = ROUNDS) -> float:
    """The median time that a call takes."""
    found = []
    for _ in range(rounds):
        began = time.perf_counter()
        of()
        found.append(time.perf_counter() - began)
    return statistics.median(found)


def is_rolled_up(metric: Metric, asked: Asked) -> bool:
    """Whether all of a metric is served by the rollups."""
    figure = figure_of(metric, asked)
    if isinstance(figure, Split):
        parts = [part for one in figure.figures.values() for part in aggregates(one)]
        return figure.by in {"day", "hour", "weekday"} and all(p.over == SUMS for p in parts)
    if not isinstance(figure, Count | Ratio) or metric.breakdown is not None:
        return False
    return all(part.over == SUMS for part in aggregates(figure))


def measure(connection: Connection, asked: Asked, cache: Path) -> None:
    """Time the catalogue."""
    metrics = [metric for metric in CATALOGUE if metric.reckoning is not None]
    rolled_up = [metric for metric in metrics if is_rolled_up(metric, asked)]
    alone = {
        metric.slug: seconds(partial(answers, connection, [metric], asked), 3) for metric in metrics
    }
    slowest = max(rolled_up, key=lambda metric: alone[metric.slug])
    print(
        f"{len(rolled_up)} metrics that rollups serve: the slowest, {slowest.slug}, "
        f"{alone[slowest.slug] * 1000:.0f} ms (target: 50); all together "
        f"{seconds(partial(answers, connection, rolled_up, asked)):.2f} s (target: 1)"
    )
    for slug, taken in sorted(alone.items(), key=lambda item: -item[1])[:8]:
        print(f"  {slug:40} {taken * 1000:8,.0f} ms")
    whole = seconds(partial(answers, connection, metrics, asked), 3)
    print(f"the whole catalogue of {len(metrics)}, one thread: {whole:.1f} s")
    whole = seconds(partial(_by_two, connection, cache, metrics, asked), 3)
    print(f"the same as the command reads it, two threads: {whole:.1f} s (target: 15)")


def _by_two(connection: Connection, cache: Path, metrics: list[Metric], asked: Asked) -> None:
    with two_views(connection, cache) as beside:
        answers(connection, metrics, asked, beside)


def beside_duckdb(connection: Connection, asked: Asked, folder: Path) -> None:
    """The same sums by DuckDB, from one row a call."""
    try:
        import duckdb  # noqa: PLC0415 - only where it is installed
    except ImportError:
        print("DuckDB is not installed: pip install duckdb")
        return
    file = folder / "calls.csv"
    names = ("started", "direction", "campaign", "queue", *MEASURES)
    with file.open("w") as out:
        for row in connection.execute(f"SELECT {', '.join(names)} FROM call_measures"):
            out.write(",".join(map(str, row)) + "\n")
    peer = duckdb.connect(str(folder / "calls.duckdb"))
    columns = ", ".join(
        f"{name} {'TEXT' if name in {'direction', 'campaign', 'queue'} else 'BIGINT'}"
        for name in names
    )
    peer.execute(f"CREATE OR REPLACE TABLE calls ({columns})")
    peer.execute(f"COPY calls FROM '{file}' (HEADER false, NULLSTR '')")
    file.unlink()
    sums = ", ".join(f"sum({name})" for name in MEASURES)
    for text, group in (("in all", ""), ("by campaign", "campaign")):
        key, by = (f"{group}, ", f" GROUP BY {group}") if group else ("", "")
        span = f"started >= {asked.period.start_ms} AND started < {asked.period.end_ms}"
        theirs_sql = f"SELECT {key}{sums} FROM calls WHERE {span} AND direction = 'inbound'{by}"
        ours_sql = theirs_sql.replace("FROM calls", "FROM hour_rollup").replace("started", "bucket")
        theirs = sorted(peer.execute(theirs_sql).fetchall(), key=str)
        ours = sorted(connection.execute(ours_sql).fetchall(), key=str)
        agree = [row[-len(MEASURES) :] for row in theirs] == [row[-len(MEASURES) :] for row in ours]
        their_time = seconds(partial(_all, peer, theirs_sql))
        our_time = seconds(partial(_all, connection, ours_sql))
        print(
            f"all sums {text}: rollups {our_time * 1000:.1f} ms, "
            f"DuckDB {their_time * 1000:.1f} ms, "
            f"ratio {our_time / their_time:.2f} (target: at most 3), equal: {agree}"
        )


def _all(database: Any, sql: str) -> object:
    return database.execute(sql).fetchall()


def main() -> None:
    """Measure and print."""
    calls = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    with tempfile.TemporaryDirectory() as name:
        folder = Path(sys.argv[2] if len(sys.argv) > 2 else name)
        cache = folder / "month.sqlite"
        if not cache.exists():
            folder.mkdir(parents=True, exist_ok=True)
            print(f"a cache of {write_full(cache, calls, now_ms(), AGENTS):,} calls was made")
        connection = open_for_reading(cache)
        calendar = Calendar("UTC")
        first, last = connection.execute("SELECT min(started), max(started) FROM calls").fetchone()
        since, until = (calendar.day_of(at).isoformat() for at in (first, last))
        period = calendar.period(since, until, last)
        print(f"{len(period.days)} days, {(last - first) // DAY_MS} whole ones")
        asked = Asked(period, calendar, Configuration().metrics, last)
        measure(connection, asked, cache)
        beside_duckdb(connection, asked, folder)
        connection.close()


if __name__ == "__main__":
    main()
