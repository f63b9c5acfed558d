"""What was said of a call beside its course, as labels and values in reading order."""

from collections.abc import Iterable, Iterator
from typing import Any, Final

from msgspec import UNSET

from wallboard.events import calls
from wallboard.facts.call import Call
from wallboard.facts.entry import Entry

Fact = tuple[str, str]

PRIVATE: Final = frozenset({"Caller id"})
"""The labels of facts that hold a number or a name of a person: to be masked where those are."""

_STARTED: Final = (
    ("account", "Account"),
    ("sub_campaign", "Sub-campaign"),
    ("list", "List"),
    ("caller_id", "Caller id"),
    ("call_type", "Call type"),
    ("intended_queue", "Intended queue"),
    ("tracked", "Tracked"),
    ("recording_eligible", "May be recorded"),
)
_OUTCOME: Final = (
    ("disposition", "Disposition"),
    ("outcome", "Outcome"),
    ("call_type", "Call type by outcome"),
    ("qualified", "Qualified"),
    ("spam", "Spam"),
    ("wrong_number", "Wrong number"),
    ("appointment", "Appointment"),
    ("quote", "Quote"),
    ("lead", "Lead"),
    ("converted", "Converted"),
    ("quote_value", "Quote value"),
    ("lead_score", "Lead score"),
)
_ANALYSED: Final = (
    ("intent", "Intent"),
    ("sentiment", "Sentiment"),
    ("transcribed", "Transcribed"),
    ("silence_seconds", "Silence, seconds"),
    ("dead_air_count", "Dead air, times"),
    ("script_steps_required", "Script steps required"),
    ("script_steps_followed", "Script steps followed"),
    ("phrases", "Phrases"),
)
_REVIEWED: Final = (("spam", "Reviewed as spam"), ("outcome", "Reviewed outcome"))


def facts_of(call: Call, entries: Iterable[Entry], agent_names: dict[str, str]) -> tuple[Fact, ...]:
    """The facts: the start, attribution, location, outcome, analysis, review, and what followed.

    `entries` are the events of the call in order, `agent_names` the names of agents by id.
    """
    return tuple(_facts(call, entries, agent_names))


def _facts(call: Call, entries: Iterable[Entry], agent_names: dict[str, str]) -> Iterator[Fact]:
    if call.said is not None:
        yield from _fields(call.said, _STARTED)
        for group in (call.said.attribution, call.said.location):
            if group is not UNSET and group is not None:
                names = group.__struct_fields__
                label = "Attribution" if isinstance(group, calls.Attribution) else "Location"
                yield from _fields(group, [(n, f"{label}: {n.replace('_', ' ')}") for n in names])
    yield from _fields(call.outcome, _OUTCOME)
    yield from _fields(call.analysed, _ANALYSED)
    yield from _fields(call.reviewed, _REVIEWED)
    for wrap_up in call.wrap_ups:
        name = agent_names.get(wrap_up.agent, wrap_up.agent)
        yield f"Wrap-up by {name}", f"{wrap_up.length_ms / 1_000:g} s"
    yield from _followed(entries)


def _followed(entries: Iterable[Entry]) -> Iterator[Fact]:
    """Records, recordings, exports, checks and connections: of repeated ones the latest."""
    said: dict[Fact, str] = {}
    for entry in entries:
        data: Any = entry.data
        match data:
            case calls.CallMatched():
                said["1", "Customer record"] = data.record or "none found"
            case calls.CallRecording():
                leg = f" of leg {data.leg}" if data.leg else ""
                said["2", f"Recording{leg}"] = f"{data.status} {data.url or ''}".strip()
            case calls.CallExported():
                result = "sent" if data.ok else f"failed: {data.error or 'no reason given'}"
                said["3", f"Export to {data.platform}"] = result
            case calls.CallChecked():
                said["4", f"Check of {data.rule}"] = "passed" if data.passed else "not passed"
            case calls.ConnectAttempted():
                said["5", f"Connection {data.connect}"] = data.result
            case _:
                pass
    for (_, label), value in sorted(said.items()):
        yield label, value


def _fields(data: object, named: Iterable[tuple[str, str]]) -> Iterator[Fact]:
    for name, label in named:
        value = getattr(data, name, None)
        if value is not None and value is not UNSET and value != []:
            yield label, _in_words(value)


def _in_words(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:g}"
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return str(value)
