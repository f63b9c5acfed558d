"""The events of a busy center of 500 agents, for benchmarks that send them faster than life."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import islice

from wallboard.simulation.blocks import block_at
from wallboard.simulation.center import Center
from wallboard.simulation.outbox import rfc3339
from wallboard.simulation.plan import Plan

AGENTS = 500
DAY = int(datetime(2026, 11, 16, tzinfo=UTC).timestamp() * 1000)
"""The Monday that is simulated."""
OPENS = 8 * 3_600_000
"""By then the shifts have begun; what was before is only known by its definitions."""
STEP = 60_000
_TIME = re.compile(rb'"time":"[^"]+"')
_MOMENT = re.compile(rb"T\d\d:\d\d:\d\d")


def definitions_and_events(events: int) -> tuple[list[bytes], list[bytes]]:
    """The definitions of the center, and so many events of its Monday from eight o'clock on.

    Events that name a second moment in their data are left out, since only `time` is moved later.
    """
    block = block_at(DAY + OPENS, "UTC")
    center = Center(Plan(agents=AGENTS, time_zone="UTC"), block)
    defined = [event for event in center.advance(DAY + OPENS) if b".defined" in event]
    return defined, list(islice(_busy(center), events))


def _busy(center: Center) -> Iterator[bytes]:
    moment = DAY + OPENS
    while not center.over:
        moment += STEP
        for event in center.advance(moment):
            if len(_MOMENT.findall(event)) == 1:
                yield event


def dated(event: bytes, moment: int) -> bytes:
    """The event as if it had happened at `moment` (UTC ms)."""
    return _TIME.sub(b'"time":"%b"' % rfc3339(moment).encode(), event, count=1)
