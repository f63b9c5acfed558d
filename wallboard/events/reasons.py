"""Why text is no valid event, in a sentence: which event, where in it, and what was expected."""

import re
from typing import Any, Final

import msgspec

from wallboard.events.expected import (
    LARGEST_SAID,
    LONGEST_QUOTED,
    Place,
    expected_at,
    place_of,
    shown,
    value_at,
)
from wallboard.events.split import BYTE_ORDER_MARK

LONGEST_REASON: Final = 300
"""A reason may name what was sent, which may be of any length; the whole text is kept anyway."""

_ANYTHING: Final = msgspec.json.Decoder()
_MISSING: Final = re.compile(r"Object missing required field `(\w+)`")
_MALFORMED: Final = re.compile(r"JSON is malformed: (.+) \(byte (\d+)\)")
_OWN: Final = ("text", "a number", "a whole", "a list", "an object")
"""Where this is expected, text that stands there instead may be anything, and is not quoted."""
_EVERY: Final = frozenset({"specversion", "id", "source", "type", "time", "data"})


def subject_of(kind: object, event: object) -> str:
    """The event as a sentence begins with it: by its id and its type, as far as they are known."""
    named = f" {_cut(event)}" if isinstance(event, str) and event else ""
    of_type = f" ({_cut(kind)})" if isinstance(kind, str) and kind else ""
    return f"The event{named}{of_type}"


def reason_of(text: bytes, failure: BaseException) -> str:
    """The sentence about text that could not be decoded because of `failure`.

    Values are quoted only where one of a closed list, a time or a number is expected: a reason is
    shown on screens, and other fields may hold what is somebody's own.
    """
    said, _, path = str(failure).partition(" - at `")
    try:
        event = _ANYTHING.decode(text.removeprefix(BYTE_ORDER_MARK))
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as worse:
        return _no_json(worse)
    if not isinstance(event, dict):
        return f"The text is {_kind(event)} where an event, an object in JSON, is expected."
    place = place_of(path.rstrip("`"))
    subject = subject_of(event.get("type"), event.get("id"))
    if missing := _MISSING.fullmatch(said):
        return f"{subject} {_lacks(missing[1], place, event.get('type'))}."
    return _short(f"{subject} {_holds(event, place) if place else f'cannot be read: {said}'}") + "."


def _no_json(failure: BaseException) -> str:
    if isinstance(failure, RecursionError):
        return "The JSON is nested too deeply to be read."
    if isinstance(failure, UnicodeDecodeError):
        return "The text is not valid UTF-8."
    said = str(failure)
    if "truncated" in said:
        return "The text is not JSON: it breaks off before its end."
    if malformed := _MALFORMED.fullmatch(said):
        return f"The text is not JSON: {malformed[1]}, at byte {int(malformed[2]) + 1} of it."
    return f"The JSON cannot be read: {_short(said.partition(' - at')[0])}."


def _lacks(field: str, place: Place, kind: object) -> str:
    if not place and field in _EVERY:
        return f"has no `{field}`: every event needs one"
    if place == ("data",):
        return f"has no `{field}` in its data: every {_cut(kind)} needs one"
    return f"has no `{field}` in its {shown(place)}: one is needed there"


def _holds(event: dict[str, Any], place: Place) -> str:
    """What stands at the place, and what is expected there."""
    try:
        value = value_at(event, place)
    except LookupError:
        value, found = None, "something else"
    else:
        found = ""
    expected = expected_at(str(event.get("type")), place, value)
    found = found or _told(value, expected)
    if found == expected:
        return f"has more than one `{shown(place)}`, where one is expected"
    return f"has {found} as {shown(place)} where {expected or 'another value'} is expected"


def _told(value: object, expected: str) -> str:
    """A value in words: itself where that helps, else what kind of thing it is."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float) and "number" in expected:
        if isinstance(value, float) and value.is_integer() and abs(value) < LARGEST_SAID:
            return f"{value:.1f}"  # as it was sent: what was wrong with it is the point
        return f"{value:.15g}" if abs(value) < 1e300 else "an immense number"
    if isinstance(value, str) and not expected.startswith(_OWN):
        return f"“{_cut(value)}”" if value else "empty text"
    if value == "":
        return "empty text"
    return _kind(value)


def _kind(value: object) -> str:
    if value is None:
        return "null"
    for kind, word in (
        (bool, "true or false"),
        (str, "text"),
        (int | float, "a number"),
        (list, "a list"),
    ):
        if isinstance(value, kind):
            return word
    return "an object"


def _cut(text: object) -> str:
    words = str(text)
    return words if len(words) <= LONGEST_QUOTED else f"{words[:LONGEST_QUOTED]}…"


def _short(text: str) -> str:
    if len(text) <= LONGEST_REASON:
        return text
    return f"{text[: LONGEST_REASON // 2]} … {text[-LONGEST_REASON // 2 :]}"
