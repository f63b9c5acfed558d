"""What a place in an event must hold, in words for a person: taken from the types themselves."""

import re
from functools import lru_cache
from typing import Any, Final

from msgspec import inspect

from wallboard.events.envelope import Envelope, envelope_types
from wallboard.events.vocabulary import CONTROL_TYPES, TYPES

Place = tuple[str | int, ...]
"""The way from an event to one of its values: names of fields, and indexes of lists."""

ANY_KEY: Final = "..."
"""In a place: one of the values of an object whose names may be any."""

LONGEST_QUOTED: Final = 40
LARGEST_SAID: Final = 1_000_000
"""A bound beyond this is there to keep sums exact: it is said only of a number that broke it."""

_STEP: Final = re.compile(r"\.(\w+)|\[(\d+|\.\.\.)\]")
_LIMITED: Final = (inspect.IntType, inspect.FloatType)


def place_of(path: str) -> Place:
    """The place that a decoder writes as `$.data.survey[0].question`."""
    steps = _STEP.findall(path)
    return tuple(name or (int(at) if at.isdecimal() else at) for name, at in steps)


def shown(place: Place) -> str:
    """The place as a person writes it: `data.survey[0].question`."""
    words = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in place)
    return words.removeprefix(".").replace(f".{ANY_KEY}", "[…]")


def value_at(event: object, place: Place) -> Any:  # noqa: ANN401 - any JSON
    """What an event holds there. Raises LookupError where that cannot be told."""
    found: Any = event
    step: Any
    for step in place:
        if isinstance(found, dict if isinstance(step, str) else list) and step != ANY_KEY:
            found = found[step]
        else:
            raise LookupError(step)
    return found


def expected_at(kind: str, place: Place, value: object = None) -> str:
    """What belongs there in an event of this type, as `inbound or outbound`; "" when unknown.

    `value` is what is there instead: bounds that are far away are said only when it broke them.
    """
    found: inspect.Type | None = _event(kind)
    for step in place:
        found = None if found is None else _inner(found, step)
    if found is None:
        return "text" if place == ("type",) else ""
    return _words(found, value)


@lru_cache(maxsize=256)
def _event(kind: str) -> inspect.Type:
    known = TYPES | CONTROL_TYPES
    types = envelope_types({kind: known[kind]}) if kind in known else {}
    return inspect.type_info(types.get(kind, Envelope))


def _choices(found: inspect.Type) -> list[inspect.Type]:
    """The types that may be there, without what only says that nothing is."""
    while isinstance(found, inspect.Metadata):
        found = found.type
    if isinstance(found, inspect.UnionType):
        return [choice for each in found.types for choice in _choices(each)]
    return [] if isinstance(found, inspect.NoneType) else [found]


def _inner(found: inspect.Type, step: str | int) -> inspect.Type | None:
    for choice in _choices(found):
        if isinstance(choice, inspect.StructType):
            return next((each.type for each in choice.fields if each.encode_name == step), None)
        if isinstance(choice, inspect.ListType) and isinstance(step, int):
            return choice.item_type
        if isinstance(choice, inspect.DictType):
            return choice.value_type
    return None


def _words(found: inspect.Type, value: object) -> str:
    choices = [_word(choice, value) for choice in _choices(found)]
    return " or ".join(dict.fromkeys(choices))


def _word(found: inspect.Type, value: object) -> str:
    if isinstance(found, inspect.LiteralType):
        *others, last = map(str, found.values)
        return f"{', '.join(others)} or {last}" if others else last
    if isinstance(found, inspect.StrType):
        if found.pattern:
            return "text of at most 18 decimal digits"
        return "text that is not empty" if found.min_length else "text"
    if isinstance(found, _LIMITED):
        what = "a whole number" if isinstance(found, inspect.IntType) else "a number"
        return what + _bounds(found.ge, found.le, value)
    if isinstance(found, inspect.DateTimeType):
        return "a time with its offset, such as 2026-11-22T04:00:00Z,"
    for kind, word in (
        (inspect.BoolType, "true or false"),
        (inspect.DateType, "a day such as 2026-11-22"),
        (inspect.ListType, "a list"),
        (inspect.DictType, "an object"),
        (inspect.StructType, "an object"),
    ):
        if isinstance(found, kind):
            return word
    return "another value"


def _bounds(lowest: float | None, highest: float | None, value: object) -> str:
    number = value if isinstance(value, int | float) else 0
    if lowest is not None and lowest < -LARGEST_SAID and number >= lowest:
        lowest = None
    if highest is not None and highest > LARGEST_SAID and number <= highest:
        highest = None
    if lowest is not None and highest is not None:
        return f" from {lowest:,g} to {highest:,g}"
    if lowest is not None:
        return f" of at least {lowest:,g}"
    return "" if highest is None else f" of at most {highest:,g}"
