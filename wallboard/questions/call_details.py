"""What was said of a call beside its course, as values that a program reads.

The same as `call_facts` has in words: numbers stay numbers, and what was not said is left out.
"""

from collections.abc import Iterable
from typing import Any, Final

import msgspec
from msgspec import UNSET

from wallboard.events import calls
from wallboard.facts.call import Call
from wallboard.facts.entry import Entry

Details = dict[str, Any]

_STARTED: Final = (
    *("account", "sub_campaign", "list", "caller_id", "call_type", "intended_queue", "tracked"),
    *("recording_eligible", "attribution", "location"),
)
_ELSEWHERE: Final = frozenset({"call", "notes", "tags", "survey"})
"""Fields of the parts below that stand beside the facts."""


def details_of(call: Call, entries: Iterable[Entry], agent_names: dict[str, str]) -> Details:
    """The facts by name: the start's fields, then outcome, analysis, review and what followed.

    `entries` are the events of the call in order, `agent_names` the names of agents by id. Seconds
    and shares are numbers, lists are empty where nothing came.
    """
    found = _fields(call.said, _STARTED)
    for name, said in (
        ("outcome", call.outcome),
        ("analysis", call.analysed),
        ("review", call.reviewed),
    ):
        fields = said.__struct_fields__ if isinstance(said, msgspec.Struct) else ()
        found[name] = _fields(said, [field for field in fields if field not in _ELSEWHERE])
    found["survey"] = _survey(call)
    found["wrap_ups"] = [
        {
            "agent": wrap_up.agent,
            "agent_name": agent_names.get(wrap_up.agent, wrap_up.agent),
            "seconds": wrap_up.length_ms / 1_000,
        }
        for wrap_up in call.wrap_ups
    ]
    return found | _followed(entries)


def _survey(call: Call) -> list[Details]:
    """The questions of the survey with the answers as they were given."""
    outcome: Any = call.outcome
    items = [] if outcome is None or outcome.survey is UNSET else outcome.survey or []
    return [{"question": item.question, "answer": item.answer} for item in items]


def _followed(entries: Iterable[Entry]) -> Details:
    """Records, recordings, exports, checks and connections: of repeated ones the latest."""
    record: Details = {}
    groups: dict[str, dict[object, Details]] = {
        name: {} for name in ("recordings", "exports", "checks", "connects")
    }
    for entry in entries:
        data: Any = entry.data
        match data:
            case calls.CallMatched():
                record = {"record": data.record}
            case calls.CallRecording():
                groups["recordings"][data.leg] = _fields(data, ("leg", "status", "url"))
            case calls.CallExported():
                groups["exports"][data.platform] = _fields(data, ("platform", "ok", "error"))
            case calls.CallChecked():
                groups["checks"][data.rule] = _fields(data, ("rule", "passed"))
            case calls.ConnectAttempted():
                told = _fields(data, ("connect", "number", "result", "talk_seconds"))
                groups["connects"][data.connect] = told
            case _:
                pass
    return record | {name: list(group.values()) for name, group in groups.items()}


def _fields(data: object, names: Iterable[str]) -> Details:
    """The fields that were given, as JSON has them."""
    given = {name: getattr(data, name, None) for name in names}
    return {
        name: msgspec.to_builtins(value)
        for name, value in given.items()
        if value is not None and value is not UNSET
    }
