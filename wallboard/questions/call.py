"""One call, down to its legs, queue stays, transfers and events."""

import sqlite3
from typing import Any, Final

from msgspec import UNSET
from msgspec.structs import replace

from wallboard.cache.entries import entries_of
from wallboard.facts.call import Call, Leg, Stay, Transfer
from wallboard.facts.derive import derive
from wallboard.questions.call_answers import CallLine, LegLine, StayLine, TransferLine, WholeCall
from wallboard.questions.call_details import details_of
from wallboard.questions.call_events import events_of
from wallboard.questions.call_facts import facts_of
from wallboard.questions.call_lines import SELECTED, lines_of
from wallboard.questions.lookup import OTHER_PARTY
from wallboard.questions.names import name_or_id
from wallboard.questions.past_definitions import Then, defined_then, name_then
from wallboard.questions.view import one_view

MOST_ATTEMPTS: Final = 100


class _Names:
    """The names that the feed of one source gave to ids by then; the id where it gave none."""

    def __init__(self, connection: sqlite3.Connection, source: int, now: int) -> None:
        self._db = connection
        self._source = source
        self._now = now
        self._then: dict[tuple[str, str], Then] = {}

    def of(self, table: str, key: str, entity: str | None) -> str:
        """The name of an entity, empty for none."""
        if entity is None:
            return ""
        then = self._then.get((key, entity))
        if then is None:
            then = defined_then(self._db, key, self._now, {(self._source, entity)})
            self._then[key, entity] = then
        if (self._source, entity) in then:
            return name_then(then[self._source, entity], entity)
        row = self._db.execute(
            f"SELECT {name_or_id('name', key)} FROM {table} WHERE source = ? AND {key} = ?",
            (self._source, entity),
        ).fetchone()
        return row[0] if row is not None else entity

    def agent(self, agent: str | None) -> str:
        """The name of an agent."""
        return self.of("agents", "agent", agent)

    def queue(self, queue: str | None) -> str:
        """The name of a queue."""
        return self.of("queues", "queue", queue)


def whole_call(connection: sqlite3.Connection, number: int, now: int) -> WholeCall | None:
    """The call of this number as known at `now` (UTC ms); None where it had not begun by then."""
    with one_view(connection):
        row = connection.execute(f"{SELECTED} FROM calls WHERE call = ?", (number,)).fetchone()
        if row is None:
            return None
        entries = [entry for entry in entries_of(connection, number) if entry.time <= now]
        if not entries:
            return None
        (line,) = lines_of(connection, [row], now)
        call = derive(line.call, entries)
        names = _Names(connection, line.source, now)
        attempts, position, in_all = _attempts(connection, line, now)
        outcome: Any = call.outcome
        started: Any = call.said
        agent_names = {wrap_up.agent: names.agent(wrap_up.agent) for wrap_up in call.wrap_ups}
        return WholeCall(
            at=now,
            line=_as_known(line, call),
            campaign_name=names.of("campaigns", "campaign", line.campaign) or None,
            attempt=(_given(started.attempt) if started is not None else None) or position,
            attempts_in_all=in_all,
            ended=call.ended,
            end_reason=call.end_reason,
            ended_by=call.ended_by,
            cost=_total([leg.cost for leg in call.legs]),
            legs=tuple(_leg(leg, names, now) for leg in call.legs),
            stays=tuple(_stay(stay, names) for stay in call.stays),
            transfers=tuple(_transfer(transfer, names) for transfer in call.transfers),
            events=events_of(connection, entries, call.rejected),
            attempts=attempts,
            survey=tuple(
                (item.question, _answer(item.answer))
                for item in (_given(outcome.survey) if outcome is not None else None) or ()
            ),
            notes=_given(outcome.notes) if outcome is not None else None,
            tags=tuple((_given(outcome.tags) if outcome is not None else None) or ()),
            facts=facts_of(call, entries, agent_names),
            details=details_of(call, entries, agent_names),
            contact_name=_contact_name(connection, line),
        )


def _contact_name(connection: sqlite3.Connection, line: CallLine) -> str | None:
    row = connection.execute(
        "SELECT name FROM contacts WHERE source = ? AND contact = ?", (line.source, line.contact)
    ).fetchone()
    return None if row is None else row[0]


def _as_known(line: CallLine, call: Call) -> CallLine:
    """The line without what was said of the call only later."""
    disposition = _given(call.outcome.disposition) if call.outcome is not None else None
    return replace(line, disposition=disposition, legs=len(call.legs))


def _attempts(
    connection: sqlite3.Connection, line: CallLine, now: int
) -> tuple[tuple[CallLine, ...], int | None, int]:
    """The other calls to the same contact, else of the same number; this one's place among all."""
    theirs = line.from_number if line.direction == "inbound" else line.to_number
    if line.contact is not None:
        value: str = line.contact
        conditions: tuple[str, ...] = ("contact = ?",)
    elif theirs is not None and any(map(str.isdecimal, theirs)):
        conditions, value = OTHER_PARTY, theirs
    else:
        return (), None, 1
    rows = [
        row
        for condition in conditions
        for row in connection.execute(
            f"{SELECTED} FROM calls WHERE {condition} AND source = ? AND +started <= ?"
            " ORDER BY calls.call DESC LIMIT ?",
            (value, line.source, now, MOST_ATTEMPTS + 1),
        )
    ]
    rows.sort(key=lambda row: (row[3], row[2]))
    place = next((at for at, row in enumerate(rows, 1) if row[0] == line.number), None)
    others = [row for row in rows if row[0] != line.number][-MOST_ATTEMPTS:]
    return tuple(lines_of(connection, others, now)), place, max(len(rows), 1)


def _leg(leg: Leg, names: _Names, now: int) -> LegLine:
    """A leg; one that goes on has talked and been held until now."""
    so_far = _until(leg, now)
    return LegLine(
        leg=leg.leg,
        kind=leg.kind,
        party=names.agent(leg.agent) or leg.name or "",
        number=leg.number,
        started=leg.started,
        answered=leg.answered,
        ended=leg.ended,
        holds=leg.holds,
        ring_seconds=None if leg.ring_ms is None else leg.ring_ms / 1_000,
        talk_seconds=so_far.talk_ms / 1_000,
        hold_seconds=so_far.hold_ms / 1_000,
        by=leg.by,
        cause=leg.cause,
        code=leg.code,
        ended_by=leg.ended_by,
        billable_seconds=leg.billable_seconds,
        cost=leg.cost,
        recording_url=leg.recording_url,
        trunk=leg.trunk,
        ended_with_call=leg.closed_with_call,
    )


def _until(leg: Leg, now: int) -> Leg:
    """The leg as if it had ended now, where it goes on."""
    return (
        leg
        if leg.ended is not None
        else Leg(leg.leg, answered=leg.answered, ended=now, holds=leg.holds)
    )


def _stay(stay: Stay, names: _Names) -> StayLine:
    return StayLine(
        stay.queue, names.queue(stay.queue), stay.entered, stay.left, stay.reason, stay.position
    )


def _transfer(transfer: Transfer, names: _Names) -> TransferLine:
    receiver = (
        names.agent(transfer.to_agent) or names.queue(transfer.to_queue) or transfer.to_number
    )
    return TransferLine(
        transfer.time, transfer.method, names.agent(transfer.from_agent), receiver or ""
    )


def _given(value: Any) -> Any:  # noqa: ANN401 - any optional field
    return None if value is UNSET else value


def _total(costs: list[float | None]) -> float | None:
    known = [cost for cost in costs if cost is not None]
    return sum(known) if known else None


def _answer(answer: object) -> str:
    if answer is None:
        return "–"
    if isinstance(answer, bool):
        return "yes" if answer else "no"
    return f"{answer:g}" if isinstance(answer, float) else str(answer)
