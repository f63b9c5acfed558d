"""Events of every type in which each text that may be anything steers a terminal."""

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from wallboard.events import decode_message
from wallboard.events.examples import example
from wallboard.events.vocabulary import TYPES

MARK: Final = 6_666
"""A number in every control sequence of ours, which no program would send by itself."""

PAYLOADS: Final = {
    "clipboard": f"\x1b]52;c;{MARK}\x07",
    "title": f"\x1b]0;{MARK}\x1b\\",
    "paste": f"\x1b[200~{MARK}\r\n\x1b[201~",
    "colour": f"\x1b[{MARK}m",
    "question": f"\x1b[{MARK}n\x1b[c\x05",
    "device": f"\x1bP{MARK}q\x1b\\",
    "application": f"\x1b_G{MARK}\x1b\\\x1b^{MARK}\x1b\\\x1bX{MARK}\x1b\\",
    "eight bits": f"\x9b{MARK}m\x9d52;c;{MARK}\x9c\x90{MARK}\x9c\x85\x84",
    "old controls": "\x07\x08\x0b\x0c\x0e\x0f\x7f\0",
    "right to left": "\u202eabc\u202c\u2066def\u2069\u200f\u061c",
    "no width": "\u200b\u2060\ufeff\u00ad\u034f\U000e0041",
    "lines": "one\rtwo\nthree\u2028four\u2029five\x85six",
    "markup": f"[bold red link=file:///etc/passwd]{MARK}[/] [@click=app.quit]x[/] \\[",
    "formula": f'=HYPERLINK("http://example.org/{MARK}")',
}

ESCAPE: Final = re.compile(
    r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[P_^X][^\x1b]*\x1b\\|[ -/]*[0-~])"
)
OURS: Final = re.compile(
    r"\x1b(?:\[[<>=?]?[0-9;:]*\$?[mHABCDGJKhlupqstcn]|[78=>]|\([B0]|\]22;[a-z-]*\x07)"
)
"""What Textual itself sends: colours, places, modes, questions, the shape of the pointer."""
STEERING: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u034f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff"
    "\U000e0000-\U000e007f]"
)


def poisoned(value: Any, poison: str) -> Any:
    """The value with the poison in each of its texts; a formula has to come first."""
    if isinstance(value, str):
        return f"{poison}{value}" if poison[0] == "=" else f"{value}{poison}"
    if isinstance(value, list):
        return [poisoned(one, poison) for one in value]
    if isinstance(value, dict):
        return {key: poisoned(one, poison) for key, one in value.items()}
    return value


def _worst(kind: str, poison: str) -> dict[str, Any]:
    """The example of a type with the poison in each field of its data that takes it."""
    event: dict[str, Any] = dict(example(kind))
    for field, value in event["data"].items():
        spoilt = event | {"data": event["data"] | {field: poisoned(value, poison)}}
        if decode_message(json.dumps(spoilt)).events:
            event = spoilt
    return event


def hostile_events(end: datetime | None = None) -> Iterator[dict[str, Any]]:
    """One event of every type with every payload, and an alarm of what is stuck; up to `end`."""
    end = end or datetime.now(UTC)
    number = 0
    for name, poison in PAYLOADS.items():
        for kind in TYPES:
            event = _worst(kind, poison)
            number += 1
            moment = end - timedelta(seconds=900 - number / 2)
            yield event | {
                "id": f"{number} {poison}",
                "source": f"floor {name}{poison}",
                "time": moment.isoformat(),
                "sequence": str(number),
            }
        number += 1
        yield {
            "specversion": "1.0", "id": f"{number}", "source": f"x{poison}",
            "sequence": f"{number}",
            "type": f"unheard.of{poison}", "time": end.isoformat(), "data": {f"a{poison}": poison},
        }  # fmt: skip
        number += 1
        yield {
            "specversion": "1.0", "id": f"{number}{poison}", "source": "y", "sequence": f"{number}",
            "type": "call.started", "time": "never" + poison, "data": {"call": poison},
        }  # fmt: skip


def controls_in(text: str) -> list[str]:
    """What of a text would steer a terminal, but for ends of lines and tabs."""
    return STEERING.findall(text)


def foreign_in(written: str) -> list[str]:
    """What of all that a board wrote to its terminal is none of its own doing."""
    sent = ESCAPE.findall(written)
    found = [one for one in sent if not OURS.fullmatch(one) or str(MARK) in one]
    rest = ESCAPE.sub("", written)
    return found + [one for one in controls_in(rest) if one != "\r"]
