"""call-legs: every connection that the calls are made of, read from the events of each call."""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from itertools import groupby
from typing import Any, Final

from wallboard.events.calls import CallRecording
from wallboard.facts.call import Leg
from wallboard.facts.derive import derive
from wallboard.facts.entry import Entry, unpack
from wallboard.reports.conditions import CALL_FILTERS, calls_within, values_of
from wallboard.reports.report import Asked, Column, Generated, Person, Report, Row
from wallboard.reports.streaming import stream

_PARTS: Final = """
SELECT c.call, c.source, c.id, e.entries FROM calls AS c
CROSS JOIN call_events AS e ON e.call = c.call
WHERE {within} AND c.legs > 0 ORDER BY c.started, c.source, c.id, e.part
"""
_OF_AGENTS: Final = frozenset({"A", "M"})


def _rows(connection: sqlite3.Connection, asked: Asked) -> Generated:
    names = {
        (source, agent): name or agent
        for source, agent, name in connection.execute("SELECT source, agent, name FROM agents")
    }
    sql = _PARTS.format(within=calls_within(asked))
    parts = stream(connection, sql, values_of(asked))
    for (_, source, call), of_call in groupby(parts, key=lambda part: part[:3]):
        entries = [entry for part in of_call for entry in unpack(part[3])]
        entries.sort(key=lambda entry: entry.stamp)
        yield from _legs(call, entries, partial(_name_of, names, source))


def _name_of(names: Mapping[tuple[int, str], str], source: int, agent: str) -> str:
    return names.get((source, agent), agent)


def _legs(call: str, entries: list[Entry], name_of: Callable[[str], str]) -> Iterator[Row]:
    recordings = _recordings(entries)
    for leg in derive(call, entries).legs:
        talked = leg.answered is not None and leg.ended is not None
        yield (
            call,
            leg.leg,
            leg.kind,
            _party(leg, name_of),
            leg.number,
            leg.started,
            leg.answered,
            leg.ended,
            leg.ring_ms,
            leg.talk_ms if talked else None,
            leg.hold_ms if talked else None,
            leg.cause,
            leg.billable_seconds,
            leg.cost,
            recordings.get(leg.leg) or leg.recording_url,
            leg.agent,
        )


def _party(leg: Leg, name_of: Callable[[str], str]) -> str | None:
    """Who is at the end of the leg: an agent or manager by name, else the other party's name."""
    if leg.kind in _OF_AGENTS:
        return None if leg.agent is None else name_of(leg.agent)
    return None if leg.name is None else Person(leg.name)


def _recordings(entries: Iterable[Entry]) -> dict[str, str]:
    """Where the recording of each leg is, where one was told of by itself."""
    found = {}
    for entry in entries:
        data: Any = entry.data
        if type(data) is CallRecording and isinstance(data.leg, str) and isinstance(data.url, str):
            found[data.leg] = data.url
    return found


CALL_LEGS: Final = Report(
    name="call-legs",
    question="Which connections was each call made of, and what did each of them cost?",
    per="leg of a call, in order of the calls",
    columns=(
        Column("call", "text", "the id of the call"),
        Column("leg", "text", "the id of the leg"),
        Column("kind", "text", "A: agent, B: contact, S: patched through, M: manager listening"),
        Column("party", "party", "who is at its end: the agent's name, or the other party's"),
        Column("number", "phone", "the number it went to or came from"),
        Column("started_at", "time", "when it began"),
        Column("answered_at", "time", "when it was answered; empty where it was not"),
        Column("ended_at", "time", "when it ended; at the latest with its call"),
        Column("ring_seconds", "seconds", "from start to answer, else to the end"),
        Column("talk_seconds", "seconds", "from answer to end, less hold"),
        Column("hold_seconds", "seconds", "on hold"),
        Column("cause", "state", "why it ended; empty where only its call did"),
        Column("billable_seconds", "number", "what it is billed for", totalled=True),
        Column("cost", "money", "what it cost", totalled=True),
        Column("recording_url", "url", "where its recording is"),
        Column("agent", "text", "the id of the agent at its end"),
    ),
    filters=CALL_FILTERS,
    rows=_rows,
)
