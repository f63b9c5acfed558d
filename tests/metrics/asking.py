"""Calls told event by event to a real cache, and the catalogue asked over it."""

from collections.abc import Mapping
from typing import Any

import pytest

from tests.questions.conftest import NOON, Cache
from wallboard.config import Metrics
from wallboard.metrics.answers import Answer, Value
from wallboard.metrics.asked import Asked
from wallboard.metrics.catalogue import BY_SLUG
from wallboard.metrics.engine import answers

CALLER = "+14155550171"
NIGHT = NOON + 11 * 3_600_000
"""When the catalogue is asked by default: the same day at 23:00."""


def asked(
    cache: Cache,
    *,
    filters: Mapping[str, str] | None = None,
    by: str | None = None,
    period: tuple[str, str] = ("2024-06-12", "2024-06-12"),
    now: int = NIGHT,
    **settings: Any,
) -> Asked:
    """The day of NOON, or another period."""
    span = cache.calendar.period(*period, now)
    return Asked(span, cache.calendar, Metrics(**settings), now, filters or {}, by)


def ask(cache: Cache, slug: str, **how: Any) -> Answer:
    """The answer of one metric."""
    return answers(cache.read(), [BY_SLUG[slug]], asked(cache, **how))[slug]


def figures(cache: Cache, slug: str, **how: Any) -> tuple[Value, Value, Value]:
    """Value, numerator and denominator of one metric."""
    answer = ask(cache, slug, **how)
    return answer.value, answer.numerator, answer.denominator


def shares(cache: Cache, slug: str, **how: Any) -> tuple[Value, Value]:
    """Numerator and denominator; that the value is their ratio is looked at here."""
    value, above, below = figures(cache, slug, **how)
    if not below:
        assert value is None
    else:
        assert value == pytest.approx((above or 0) / below)
    return above, below


def rows(cache: Cache, slug: str, **how: Any) -> dict[str, Value]:
    """The values of a breakdown by key, in its order."""
    found: dict[str, Value] = {}
    for row in ask(cache, slug, **how).breakdown or ():
        value = row["value"]
        assert not isinstance(value, str)
        found[str(row["key"])] = value
    return found


def arrive(cache: Cache, call: str, at: float, **data: Any) -> None:
    """An inbound call starts; of CALLER unless said otherwise."""
    fields = {"from_number": CALLER, "to_number": "+18005550100"} | data
    cache.say("call.started", at, call=call, direction="inbound", **fields)


def dial(cache: Cache, call: str, at: float, **data: Any) -> None:
    """An outbound call starts; to CALLER unless said otherwise."""
    fields = {"from_number": "+18005550100", "to_number": CALLER} | data
    cache.say("call.started", at, call=call, direction="outbound", **fields)


def end(cache: Cache, call: str, at: float, reason: str = "completed") -> None:
    """The call ends."""
    cache.say("call.ended", at, call=call, reason=reason)


def leg(
    cache: Cache,
    call: str,
    kind: str,
    start: float,
    answer: float | None = None,
    over: float | None = None,
    **answered: Any,
) -> str:
    """A leg of a call: by default neither answered nor ended. Returns its id."""
    name = f"{call}-{kind}-{start}"
    party = {"agent": "a1"} if kind == "A" else {}
    cache.say("leg.started", start, leg=name, call=call, kind=kind, **party)
    if answer is not None:
        cache.say("leg.answered", answer, leg=name, call=call, **answered)
    if over is not None:
        cache.say("leg.ended", over, leg=name, call=call, cause="completed")
    return name


def queue(
    cache: Cache, call: str, name: str, at: float, left: float | None = None, why: str = "answered"
) -> None:
    """A stay in a queue; open unless `left` is given."""
    cache.say("queue.entered", at, call=call, queue=name)
    if left is not None:
        cache.say("queue.left", left, call=call, queue=name, reason=why)


def answered(cache: Cache, call: str, at: float, wait: float, talk: float, **data: Any) -> None:
    """An inbound call that is answered after `wait` seconds and talks so long, in no queue."""
    arrive(cache, call, at, **data)
    leg(cache, call, "A", at, at + wait, at + wait + talk)
    end(cache, call, at + wait + talk)


def gave_up(cache: Cache, call: str, at: float, wait: float, **data: Any) -> None:
    """An inbound call that hangs up after `wait` seconds, in no queue."""
    arrive(cache, call, at, **data)
    end(cache, call, at + wait, "abandoned")
