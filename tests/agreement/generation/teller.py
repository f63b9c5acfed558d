"""Tells events as a feed would: envelopes, sequence numbers, lateness, repetitions."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def instant(local: str, zone: str) -> int:
    """UTC milliseconds of a local time."""
    moment = datetime.fromisoformat(local).replace(tzinfo=ZoneInfo(zone))
    return (moment.astimezone(UTC) - EPOCH) // timedelta(milliseconds=1)


def written(at: int, zone: str, style: int) -> str:
    """RFC 3339 text of an instant: in UTC or with the zone's offset, as `style` says."""
    moment = EPOCH + timedelta(milliseconds=at)
    if style % 3 == 2:
        moment = moment.astimezone(ZoneInfo(zone))
    exact = "seconds" if at % 1000 == 0 and style % 2 else "milliseconds"
    text = moment.isoformat(timespec=exact)
    return text.replace("+00:00", "Z") if style % 3 == 0 else text


class Teller:
    """One feed: keeps what is told, and at last writes it in the order of sending."""

    def __init__(self, source: str, random: Random, zone: str, *, sequenced: bool) -> None:
        self.source, self.random, self.zone, self.sequenced = source, random, zone, sequenced
        self.told: list[tuple[int, dict[str, Any]]] = []

    def chance(self, share: float) -> bool:
        return self.random.random() < share

    def pick(self, choices: Sequence[Any]) -> Any:
        return self.random.choice(choices)

    def time(self, at: int) -> str:
        return written(at, self.zone, self.random.randrange(6))

    def tell(self, kind: str, at: int, /, *, late: int = 0, **data: Any) -> dict[str, Any]:
        """An event at an instant; late: milliseconds by which it is sent after it happened.

        The first field names the entity; fields of the value ABSENT are left out.
        """
        kept = {name: value for name, value in data.items() if value is not ABSENT}
        subject = next(iter(kept.values()))
        event = {
            "specversion": "1.0",
            "id": f"{self.source[0]}{len(self.told):06d}",
            "source": self.source,
            "type": kind,
            "time": self.time(at),
            "data": kept,
        }
        if isinstance(subject, str):
            event["subject"] = subject
        if self.chance(0.05):
            late += self.random.randrange(3_600_000)
        self.told.append((at + late, event))
        return event

    def maybe(self, share: float, value: Any) -> Any:
        """A value, or nothing said, or (rarely) null."""
        if self.chance(share):
            return value
        return None if self.chance(0.1) else ABSENT

    def sent(self) -> list[dict[str, Any]]:
        """Everything in the order of sending, numbered, some of it twice."""
        result = []
        ordered = [event for _, event in sorted(self.told, key=lambda pair: pair[0])]
        for number, event in enumerate(ordered, start=1):
            if self.sequenced:
                event["sequence"] = f"{number:09d}" if number % 7 else f"{number}"
            result.append(event)
            if self.chance(0.03):
                result.append(dict(event))
        return result


ABSENT = object()
"""A field that is not told at all."""
