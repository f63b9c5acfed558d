"""When an alarm is raised and when it ends: a pure step from what stood to what stands.

A level is raised once its threshold has been passed for the whole duration, and ends when the value
is back by more than the hysteresis. What is not known, or measured over too few, neither raises
nor ends anything.
"""

from enum import IntEnum
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

NEARLY: Final = 1 - 1e-9
"""So that a value which is back exactly is not held to be short of it by a rounding."""


class Level(IntEnum):
    """How bad it is."""

    NONE = 0
    WARNING = 1
    CRITICAL = 2


class Limits(Struct, frozen=True):
    """The thresholds of an alarm; None where there is none of that level.

    `upward`: more is worse. `for_ms`: how long a threshold has to be passed. `hysteresis`: by which
    part of the threshold the value has to be back. `lapse_ms`: after so long without a value an
    alarm that stands is over, None for never.
    """

    warning: float | None = None
    critical: float | None = None
    upward: bool = True
    for_ms: int = 30_000
    minimum_sample: float = 0
    hysteresis: float = 0.1
    lapse_ms: int | None = None

    def of(self, level: Level) -> float | None:
        """The threshold of a level."""
        return {Level.WARNING: self.warning, Level.CRITICAL: self.critical}.get(level)

    def is_past(self, level: Level, value: float) -> bool:
        """Whether the value is worse than the threshold; one that equals it is not."""
        limit = self.of(level)
        return limit is not None and (value > limit if self.upward else value < limit)

    def is_back(self, level: Level, value: float) -> bool:
        """Whether the value is better than the threshold by the hysteresis, or equals that."""
        limit = self.of(level)
        if limit is None:
            return True
        margin = abs(limit) * self.hysteresis * NEARLY
        return value <= limit - margin if self.upward else value >= limit + margin


class Reading(Struct, frozen=True):
    """A value, None where nothing was measured, and over how many, None where that is no matter."""

    value: float | None
    sample: float | None = None


class Latch(Struct, frozen=True):
    """One level: whether it stands, since when it is passed (UTC ms), and for how long it was.

    Only time between two values that both passed counts as passed.
    """

    is_on: bool = False
    since: int | None = None
    held_ms: int = 0


OFF: Final = Latch()


class Standing(Struct, frozen=True):
    """What an evaluation leaves to the next; `at` is when it was, UTC ms."""

    warning: Latch = OFF
    critical: Latch = OFF
    at: int | None = None
    is_known: bool = False
    unknown_since: int | None = None

    @property
    def level(self) -> Level:
        """The worst level that stands."""
        if self.critical.is_on:
            return Level.CRITICAL
        return Level.WARNING if self.warning.is_on else Level.NONE

    @property
    def since(self) -> int | None:
        """When what stands began (UTC ms)."""
        begun = [latch.since for latch in (self.warning, self.critical) if latch.is_on]
        return min((at for at in begun if at is not None), default=None)


NOTHING: Final = Standing()


def step(limits: Limits, before: Standing, reading: Reading, now: int) -> Standing:
    """What stands at `now` (UTC ms) after this reading. A clock that goes back stands still."""
    value = reading.value
    is_too_few = reading.sample is not None and reading.sample < limits.minimum_sample
    passed = 0 if before.at is None else max(0, now - before.at)
    if value is None or value != value or is_too_few:  # noqa: PLR0124 - not a number
        return _unknown(limits, before, now)
    held = passed if before.is_known else 0
    return Standing(
        _latched(limits, Level.WARNING, before.warning, value, now, held),
        _latched(limits, Level.CRITICAL, before.critical, value, now, held),
        now,
        is_known=True,
    )


def _latched(
    limits: Limits, level: Level, latch: Latch, value: float, now: int, held_ms: int
) -> Latch:
    if latch.is_on:
        return OFF if limits.is_back(level, value) else latch
    if not limits.is_past(level, value):
        return OFF
    held = latch.held_ms + held_ms if latch.since is not None else 0
    since = now if latch.since is None else latch.since
    return Latch(held >= limits.for_ms, since, held)


def _unknown(limits: Limits, before: Standing, now: int) -> Standing:
    since = now if before.unknown_since is None else before.unknown_since
    if limits.lapse_ms is not None and now - since >= limits.lapse_ms:
        return Standing(at=now, unknown_since=since)
    return replace(before, at=now, is_known=False, unknown_since=since)
