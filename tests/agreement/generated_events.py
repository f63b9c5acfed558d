"""Raw events of small, nasty and valid worlds."""

from collections.abc import Collection
from random import Random
from typing import Any

from tests.agreement.generation.aftermath import aftermath
from tests.agreement.generation.beside import floor, marketing, messages, met, reporting
from tests.agreement.generation.definitions import define
from tests.agreement.generation.inbound import inbound
from tests.agreement.generation.noise import noise
from tests.agreement.generation.outbound import outbound
from tests.agreement.generation.places import BRANCH, CENTER, LINES, PHONES, Place
from tests.agreement.generation.teller import Teller, instant
from tests.agreement.generation.web import visited

HOUR, DAY = 3_600_000, 86_400_000
START, ZONE = "2026-10-31", "America/New_York"
"""The second day of these is the one on which clocks go back."""


def moments(teller: Teller, start: int, days: int, count: int) -> list[int]:
    """When calls start: spread out, at midnight, about clock changes, far before, far ahead."""
    result = []
    for _ in range(count):
        day = start + teller.pick(range(days)) * DAY
        result.append(
            teller.pick(
                (
                    *(day + teller.random.randrange(DAY) for _ in range(6)),
                    day + 9 * HOUR + teller.random.randrange(3 * HOUR),
                    day + teller.pick((-1, 0, 1)),
                    start + DAY + teller.random.randrange(4 * HOUR),
                    start - teller.random.randrange(3 * DAY),
                )
            )
        )
    return [*result, start + 9_000 * DAY]


def repeated(teller: Teller, call: str, at: int) -> None:
    """Records of one call more than once: at once, at exactly 2 s, just beyond."""
    direction = teller.pick(("inbound", "outbound"))
    numbers: dict[str, Any] = {"from_number": PHONES[0], "to_number": LINES[0]}
    for number, later in enumerate((0, 0, 2_000, 2_001, 4_001)):
        if teller.chance(0.7):
            name = f"{call}-again-{number}"
            teller.tell("call.started", at + later, call=name, direction=direction, **numbers)


def number_of(teller: Teller, call: str) -> str | None:
    """The number that a call came from, as it was told."""
    for _, event in teller.told:
        if event["type"] == "call.started" and event["data"]["call"] == call:
            number: str | None = event["data"].get("from_number")
            return number
    return None


def told(teller: Teller, place: Place, start: int, days: int, calls: int) -> None:
    """Everything that one feed tells."""
    define(teller, place, start)
    names = [f"call-{number}" for number in range(calls)]
    for name, at in zip(names, moments(teller, start, days, calls), strict=False):
        if teller.chance(0.6):
            over = inbound(teller, place, name, at)
            if teller.chance(0.2):
                back = over + teller.pick((-1, 0, 1, HOUR, HOUR + 1, DAY - 1, DAY, DAY + 1))
                outbound(teller, place, f"{name}-back", back, number_of(teller, name))
        else:
            over = outbound(teller, place, name, at)
        if teller.chance(0.25):
            met(teller, f"met-{name}", number_of(teller, name), at)
        aftermath(teller, place, name, over, names)
    for number, at in enumerate(moments(teller, start, days, calls // 3)):
        visited(teller, place, f"visit-{number}", at)
        marketing(teller, place, at, number)
        floor(teller, place, at)
        if number % 2 == 0:
            reporting(teller, place, at, number)
            messages(teller, place, at, number)
        if number % 10 == 0:
            repeated(teller, f"call-{number}", at)
    noise(teller, start + DAY)


def generated(
    seed: int,
    *,
    days: int = 3,
    calls: int = 120,
    start: str = START,
    zone: str = ZONE,
    without: Collection[str] = (),
) -> list[dict[str, Any]]:
    """Raw CloudEvents of two feeds, in the order of sending; the same for the same arguments.

    The first feed numbers its events, the second does not. `start`: the local day of the first
    event in `zone`; `without`: event types that are never sent.
    """
    random, begin = Random(seed), instant(start, zone)
    center = Teller("center", random, zone, sequenced=True)
    branch = Teller("branch", random, zone, sequenced=False)
    told(center, CENTER, begin, days, calls - calls // 5)
    told(branch, BRANCH, begin, days, calls // 5)
    for teller in (center, branch):
        teller.told = [pair for pair in teller.told if pair[1]["type"] not in without]
    return [*center.sent(), *branch.sent()]
