"""Which raw events count, and as what: reading 1, and each (source, id) once."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from tests.agreement.brute_force import clock
from tests.agreement.brute_force.asked import Event
from tests.agreement.brute_force.shapes import SHAPES


@dataclass(frozen=True)
class Told:
    """A valid event of a known type."""

    source: str
    id: str
    type: str
    time: int
    sequence: int
    data: dict[str, Any]

    @property
    def order(self) -> tuple[int, int, str]:
        """Equal times are ordered by sequence, then id (reading 4)."""
        return self.time, self.sequence, self.id


def is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def is_date(value: object) -> bool:
    if not isinstance(value, str) or not re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        return False
    try:
        return bool(date.fromisoformat(value))
    except ValueError:
        return False


def is_a(what: str, value: object) -> bool:
    """Whether a value is what a shape asks for."""
    if what == "text":
        return isinstance(value, str)
    if what == "flag":
        return isinstance(value, bool)
    if what == "number":
        return is_number(value)
    if what == "share":
        return is_number(value) and isinstance(value, int | float) and 0 <= value <= 1
    if what == "count":
        return isinstance(value, int) and not isinstance(value, bool)
    if what == "time":
        return clock.milliseconds(value) is not None
    if what == "date":
        return is_date(value)
    if what == "list":
        return isinstance(value, list)
    if what == "texts":
        return isinstance(value, list) and all(isinstance(each, str) for each in value)
    if what in {"object", "words", "goal", "target"}:
        return isinstance(value, dict) and all(is_inner(what, *pair) for pair in value.items())
    return value in what.split("|")


def is_inner(what: str, name: str, value: object) -> bool:
    if value is None or what == "object":
        return True
    if what == "goal" and name == "type":
        return value in {"sale", "lead", "page_views", "other"}
    return is_number(value) if what == "target" else isinstance(value, str)


def fits(data: dict[str, Any], shape: str) -> bool:
    """Whether the data of an event has every field that it must, as it must be."""
    for part in shape.split():
        name, what = part.split(":")
        optional = name.endswith("?")
        name = name.removesuffix("?")
        nullable = optional or what.endswith("/null")
        if name not in data:
            if not optional:
                return False
        elif data[name] is None:
            if not nullable:
                return False
        elif not is_a(what.removesuffix("/null"), data[name]):
            return False
    return True


def told(event: Event) -> Told | None:
    """The event as it counts; None when it is unknown or not valid."""
    source, name, kind = event.get("source"), event.get("id"), event.get("type")
    time, data = clock.milliseconds(event.get("time")), event.get("data")
    sequence = event.get("sequence")
    if event.get("specversion") != "1.0" or kind not in SHAPES or time is None:
        return None
    if not isinstance(source, str) or not isinstance(name, str) or not source or not name:
        return None
    if sequence is not None and not (isinstance(sequence, str) and sequence.isdecimal()):
        return None
    if not isinstance(data, dict) or not fits(data, SHAPES[kind]):
        return None
    return Told(source, name, kind, time, int(sequence) if sequence else -1, data)


def every(events: Iterable[Event]) -> list[Told]:
    """All events that count, each once, in their order."""
    once: dict[tuple[str, str], Told] = {}
    for event in events:
        found = told(event)
        if found is not None:
            once.setdefault((found.source, found.id), found)
    return sorted(once.values(), key=lambda each: (each.order, each.source))
