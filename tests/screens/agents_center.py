"""A day small enough to be added up by hand: an agent's states and calls, a queue with waits."""

from collections.abc import Iterator
from typing import Any

from tests.screens.center import CALENDAR, NOW, event

MINUTE = 60_000
HOUR = 60 * MINUTE
START = CALENDAR.day_bounds(CALENDAR.day_of(NOW))[0]
NINE = START + 9 * HOUR
WAITS = (95, 42, 18, 7)
"""Seconds that callers have waited by now; the target is 20."""


def small_center() -> Iterator[bytes]:
    """Ann's day, and the one before: ready at 9:00, two calls, a break, lunch; and who waits."""
    number = 0

    def said(type_: str, at: int, /, **data: Any) -> bytes:
        nonlocal number
        number += 1
        return event(type_, at, data, number)

    yield said("campaign.defined", START - 48 * HOUR, campaign="spring", name="Spring drive",
               direction="inbound", channel="voice")  # fmt: skip
    yield said("queue.defined", START - 48 * HOUR, queue="help", name="Help",
               service_level={"seconds": 20, "share": 0.8})  # fmt: skip
    for agent, name in (("ann", "Ann"), ("bob", "Bob [/]"), ("cy", "Cy")):
        yield said("agent.defined", START - 48 * HOUR, agent=agent, name=name, team="Red")
    for day in (START - 24 * HOUR, START):
        nine = day + 9 * HOUR
        for minute, presence, reason in (
            (0, "available", None), (60, "paused", "break"), (70, "available", None),
            (180, "paused", "lunch"), (210, "available", None),
        ):  # fmt: skip
            yield said("agent.changed", nine + minute * MINUTE, agent="ann", presence=presence,
                       reason=reason, activity="idle", queues=["help"])  # fmt: skip
        if day != START:
            yield said("agent.changed", nine + 480 * MINUTE, agent="ann", presence="offline")
        for call, begun in ((f"one-{day}", 10), (f"two-{day}", 100)):
            at = nine + begun * MINUTE
            yield said("call.started", at, call=call, direction="inbound", campaign="spring",
                       from_number="+14155550171", to_number="+18005550000")  # fmt: skip
            yield said("queue.entered", at, call=call, queue="help")
            yield said("queue.left", at + 5_000, call=call, queue="help", reason="answered",
                       agent="ann")  # fmt: skip
            yield said("leg.started", at + 5_000, leg=f"{call}-a", call=call, kind="A", agent="ann")
            yield said("leg.answered", at + 6_000, leg=f"{call}-a", call=call)
            yield said("agent.changed", at + 6_000, agent="ann", activity="on_call", call=call)
            yield said("call.ended", at + 126_000, call=call, reason="completed", by="caller")
            yield said("agent.changed", at + 126_000, agent="ann", activity="wrap_up", call=call)
            yield said("call.wrapped", at + 156_000, call=call, agent="ann", seconds=30)
            yield said("agent.changed", at + 156_000, agent="ann", activity="idle")
    yield said("agent.changed", NOW - 45 * MINUTE, agent="bob", presence="paused", reason="break",
               queues=["help"])  # fmt: skip
    for position, waited in enumerate(WAITS, 1):
        at = NOW - waited * 1_000
        yield said("call.started", at, call=f"w{position}", direction="inbound", campaign="spring",
                   from_number=f"+1415555020{position}", to_number="+18005550000")  # fmt: skip
        yield said("queue.entered", at, call=f"w{position}", queue="help", position=position)
