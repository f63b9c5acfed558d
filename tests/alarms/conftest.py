"""A cache that is told by hand, and rounds of evaluation at hand-made moments."""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.questions.conftest import NOON, Cache, make_cache
from wallboard.alarms.book import AlarmBook
from wallboard.alarms.connecting import connect
from wallboard.alarms.evaluation import Evaluation
from wallboard.config import Alarm, Configuration
from wallboard.feeds.intake import Condition, Stage
from wallboard.questions.alarms import AlarmLine, latest_alarms, open_alarms


@dataclass
class Watched:
    """A cache whose alarms are evaluated at moments given in seconds from noon."""

    cache: Cache
    configuration: Configuration
    writing: sqlite3.Connection
    seconds: float = 0.0

    def __post_init__(self) -> None:
        self.start_anew()

    def alarms(self, *alarms: Alarm) -> None:
        """Have these alarms from now on."""
        self.configuration = Configuration(alarms=alarms)
        self.evaluation.become(self.configuration)

    def start_anew(self) -> None:
        """As when the collector is started again: nothing is remembered but the cache."""
        self.evaluation = Evaluation(
            self.cache.read(), self.writing, AlarmBook(self.writing), self.configuration,
            lambda: self.seconds,
        )  # fmt: skip

    def feed_is(self, stage: Stage, **condition: Any) -> None:
        """The feed is in this stage."""
        at = NOON + round(self.seconds * 1_000)
        book = self.cache.ledger.feeds["main"]
        book.condition = Condition(stage, at, **{"heard": at} | condition)
        book.changed = True
        self.cache.ledger.write_feeds(at)

    def at(self, *moments: float) -> list[str]:
        """Evaluate at these moments; what stands after the last, in words."""
        for seconds in moments:
            self.seconds = seconds
            self.evaluation.round(NOON + round(seconds * 1_000))
        return [f"{one.level} {one.kind} {one.key}" for one in self.standing()]

    def standing(self) -> tuple[AlarmLine, ...]:
        """What stands now."""
        return open_alarms(self.cache.read(), NOON + round(self.seconds * 1_000))

    def all(self) -> tuple[AlarmLine, ...]:
        """Every alarm, the latest first."""
        return latest_alarms(self.cache.read(), NOON + round(self.seconds * 1_000), 100)


@pytest.fixture
def watched(tmp_path: Path) -> Iterator[Watched]:
    """A live feed into an empty cache, and no alarms configured."""
    cache = make_cache(tmp_path / "one")
    writing = connect(cache.path)
    found = Watched(cache, Configuration(), writing)
    cache.say("queue.defined", -3_600, queue="support", name="Support")
    cache.say("agent.defined", -3_600, agent="a1", name="Ames A", team="north")
    cache.say("agent.changed", -60, agent="a1", presence="available", queues=["support"])
    cache.feed()
    found.feed_is(Stage.LIVE)
    yield found
    writing.close()
    cache.close()
