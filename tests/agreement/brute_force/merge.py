"""Corrections: the same entity told again is merged field by field (reading 5)."""

from collections.abc import Iterable, Mapping
from typing import Any

from tests.agreement.brute_force.valid import Told


def overlaid(known: Mapping[str, Any], news: Mapping[str, Any]) -> dict[str, Any]:
    """What is known after the news: absent says nothing, null clears, lists go whole."""
    result = dict(known)
    for name, value in news.items():
        if isinstance(value, Mapping):
            older = result.get(name)
            result[name] = overlaid(older if isinstance(older, Mapping) else {}, value)
        else:
            result[name] = value
    return result


def merged(events: Iterable[Told]) -> dict[str, Any]:
    """The fields of one entity, the later event winning each."""
    result: dict[str, Any] = {}
    for event in sorted(events, key=lambda each: each.order):
        result = overlaid(result, event.data)
    return result


def in_force(events: Iterable[Told], at: int) -> dict[str, Any]:
    """A definition as it stood at an instant, else as it was first known (reading 4)."""
    ordered = sorted(events, key=lambda each: each.order)
    return merged([each for each in ordered if each.time <= at] or ordered[:1])


def first(events: Iterable[Told]) -> Told | None:
    """The event that places the entity in time."""
    return min(events, key=lambda each: each.order, default=None)
