"""One call as plain values for JSON: times in RFC 3339, durations in seconds."""

from typing import Any, Final

from msgspec.structs import asdict

from wallboard.commands.moments import written
from wallboard.questions.call_answers import CallLine, WholeCall
from wallboard.reporting_time import Calendar

TIMES: Final = frozenset(
    {"at", "started", "first_event", "answered", "ended", "entered", "left", "time"}
)
INTERNAL: Final = frozenset({"number", "source"})
"""What the cache alone goes by; of a leg, `number` is a phone number."""

Values = dict[str, Any]


def call_values(call: WholeCall, calendar: Calendar) -> Values:
    """The call as one object: its line first, then what it is made of."""
    whole = asdict(call)
    values: Values = {"at": written(calendar, call.at)}
    values |= line_values(call.line, calendar)
    for name in ("line", "at", "started"):
        whole.pop(name, None)
    whole["attempts"] = [line_values(line, calendar) for line in call.attempts]
    details = dict(whole.pop("details"))
    whole["survey"] = details.pop("survey")
    whole["facts"] = details
    whole["legs"] = [_leg(asdict(leg), calendar) for leg in call.legs]
    for name in ("stays", "transfers", "events"):
        whole[name] = [_timed(asdict(item), calendar) for item in whole[name]]
    whole["ended"] = written(calendar, call.ended)
    return values | whole


def line_values(line: CallLine, calendar: Calendar) -> Values:
    """A call of a list as one object."""
    plain = {name: value for name, value in asdict(line).items() if name not in INTERNAL}
    return _timed(plain, calendar)


def _leg(leg: Values, calendar: Calendar) -> Values:
    values = _timed(leg, calendar)
    values["holds"] = [
        {"held": written(calendar, held), "resumed": written(calendar, resumed)}
        for held, resumed in leg["holds"]
    ]
    return values


def _timed(values: Values, calendar: Calendar) -> Values:
    return {
        name: written(calendar, value) if name in TIMES else value for name, value in values.items()
    }
