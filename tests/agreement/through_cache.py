"""The catalogue's answers to generated events that went through the collector into a cache."""

import asyncio
import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from random import Random
from sqlite3 import Connection
from typing import Any

from tests.agreement.brute_force.asked import Asked as Question
from tests.agreement.brute_force.asked import Event, Settings
from wallboard.cache.opening import open_for_reading
from wallboard.cache.writing import open_for_writing
from wallboard.collector.collector import Collector
from wallboard.collector.ledger import Ledger
from wallboard.collector.reckoning import rebuild_if_needed, settings_of
from wallboard.config import Configuration, load
from wallboard.metrics.answers import Answer
from wallboard.metrics.asked import Asked
from wallboard.metrics.catalogue import CATALOGUE
from wallboard.metrics.engine import answers
from wallboard.reporting_time import Calendar

REPORTING = ("time_zone", "day_starts", "holidays")


def configuration_of(settings: Settings, folder: Path) -> Configuration:
    """The settings as a configuration file says them."""
    values = asdict(settings)
    hours = values.pop("business_hours")
    lines = ["[reporting]"]
    lines += [f"{name} = {json.dumps(values.pop(name))}" for name in REPORTING]
    if hours:
        lines.append("[reporting.business_hours]")
        lines += [
            f"{day} = {json.dumps([f'{since}-{until}' for since, until in ranges])}"
            for day, ranges in hours.items()
        ]
    lines.append("[metrics]")
    lines += [f"{name} = {json.dumps(value)}" for name, value in values.items()]
    file = folder / "config.toml"
    file.write_text("\n".join(lines))
    return load(file)


def collect(
    path: Path, configuration: Configuration, events: Sequence[Event], random: Random
) -> None:
    """Take events into a cache: in batches of any size, some of them twice."""
    db = open_for_writing(path)
    try:
        ledger = Ledger(db, Calendar.of(configuration.reporting), settings_of(configuration))
        rebuild_if_needed(ledger, db, configuration)
        lines = [json.dumps(event).encode() for event in events]
        asyncio.run(_take(Collector(ledger), lines, random))
    finally:
        db.close()


async def _take(collector: Collector, lines: list[bytes], random: Random) -> None:
    at = 0
    while at < len(lines):
        size = random.choice((1, 7, 60, 400))
        await collector.take_lines("main", lines[max(0, at - random.choice((0, 3))) : at + size])
        at += size
        if random.random() < 0.5:
            await collector.flush()
    await collector.flush()


@contextmanager
def reading(path: Path) -> Iterator[Connection]:
    """The cache, opened as a reader does."""
    connection = open_for_reading(path)
    try:
        yield connection
    finally:
        connection.close()


def answered(
    connection: Connection, configuration: Configuration, question: Question, now: int
) -> dict[str, Answer]:
    """Every metric that is not live, by the engine."""
    calendar = Calendar.of(configuration.reporting)
    given: Mapping[str, Any] = asdict(question)
    filters = {
        name.replace("attribution_campaign", "attribution.campaign"): value
        for name, value in given.items()
        if name not in {"from_ms", "until_ms"} and value is not None
    }
    since, until = (
        calendar.format_time(at, seconds=False) if at % 60_000 == 0 else _exact(calendar, at)
        for at in (question.from_ms, question.until_ms)
    )
    period = calendar.period(since, until, now)
    period = type(period)(question.from_ms, question.until_ms, period.days)
    asked = Asked(period, calendar, configuration.metrics, now, filters)
    return answers(connection, CATALOGUE, asked)


def _exact(calendar: Calendar, at: int) -> str:
    return calendar.format_time(at, seconds=True)
