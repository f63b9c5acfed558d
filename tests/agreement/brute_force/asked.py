"""What is asked of the brute force, under which settings, and what it answers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

Event = Mapping[str, Any]
"""A raw CloudEvent, as parsed from a line of JSON."""

Figure = int | float | Decimal | None
"""A number of an answer: None where nothing was measured."""

Row = dict[str, Any]
"""A line of a breakdown: its key and its figures."""


@dataclass(frozen=True)
class Settings:
    """The [reporting] and [metrics] keys of the configuration that metrics read."""

    time_zone: str = "UTC"
    day_starts: str = "00:00"
    holidays: tuple[str, ...] = ()
    business_hours: Mapping[str, list[tuple[str, str]]] = field(default_factory=dict)
    """Local opening hours by lower-case weekday; empty: always open."""
    service_level_seconds: float = 20
    service_level_formula: str = "offered"
    short_abandon_seconds: float = 5
    drop_limit: float = 0.03
    drop_seconds: float = 2
    drop_formula: str = "ftc"
    callback_hours: float = 24
    customer_years: float = 3
    margin: float = 1.0
    required_attribution: tuple[str, ...] = ("source", "campaign", "channel")
    target_phrases: tuple[str, ...] = ()


@dataclass(frozen=True)
class Asked:
    """A period, half-open in UTC milliseconds, and filters (ids; None: all)."""

    from_ms: int
    until_ms: int
    campaign: str | None = None
    queue: str | None = None
    agent: str | None = None
    account: str | None = None
    team: str | None = None
    attribution_campaign: str | None = None

    def filters(self) -> set[str]:
        """The names of the filters that are set."""
        names = ("campaign", "queue", "agent", "account", "team", "attribution_campaign")
        return {name for name in names if getattr(self, name) is not None}


@dataclass(frozen=True)
class Answer:
    """One metric: shares 0 to 1, seconds, money in currency units."""

    value: Figure = None
    numerator: Figure = None
    denominator: Figure = None
    breakdown: list[Row] | None = None


UNKNOWN = Answer()
"""Nothing was measured."""
