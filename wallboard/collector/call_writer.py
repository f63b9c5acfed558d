"""Writes the facts of calls: only rows that changed, all of one kind at once."""

from typing import Final

from wallboard.cache.writer_connection import WriterConnection
from wallboard.collector import call_rows
from wallboard.collector.call_log import CallLog, Row
from wallboard.collector.interned import attributions, locations
from wallboard.facts.call import Call
from wallboard.facts.judgement import Judgement
from wallboard.facts.lasting import lasts_until, outcome_until
from wallboard.facts.quality import quality_of

_STATEMENTS: Final = (
    call_rows.WRITE_CALL,
    call_rows.WRITE_COURSE,
    call_rows.WRITE_EVENTS,
    call_rows.WRITE_LEG,
    "DELETE FROM stays WHERE call = ? AND stay >= ?",
    call_rows.WRITE_STAY,
    "DELETE FROM wrap_ups WHERE call = ? AND wrap_up >= ?",
    call_rows.WRITE_WRAP_UP,
    call_rows.WRITE_OUTCOME,
    call_rows.FORGET_LASTING,
    call_rows.WRITE_LASTING,
    call_rows.WRITE_LATE_OUTCOME,
    call_rows.WRITE_QUALITY,
)
_EVENTS: Final = _STATEMENTS.index(call_rows.WRITE_EVENTS)
_SHORT: Final = _STATEMENTS.index(call_rows.FORGET_LASTING)
_LASTING: Final = _STATEMENTS.index(call_rows.WRITE_LASTING)
_LATE_OUTCOME: Final = _STATEMENTS.index(call_rows.WRITE_LATE_OUTCOME)


class CallWriter:
    """The rows of calls that wait to be written."""

    def __init__(self, connection: WriterConnection) -> None:
        self._db = connection
        self._attributions = attributions(connection)
        self._locations = locations(connection)
        self._rows: list[list[Row]] = [[] for _ in _STATEMENTS]

    def forget(self) -> None:
        """Drop all memory, as after a failed write."""
        self._attributions.forget()
        self._locations.forget()
        for rows in self._rows:
            rows.clear()

    def add_beside(self, log: CallLog) -> None:
        """Add the events of a call that change nothing of its course, and its quality."""
        self._rows[_EVENTS].append(call_rows.next_part(log))
        if log.beside:
            self._add_quality(log)

    def add(self, log: CallLog, call: Call, verdict: Judgement) -> None:
        """Add what changed of a call."""
        whole, courses, events, legs, shorter, stays, fewer, wrap_ups, outcomes, *_ = self._rows
        said, start = call.said, log.start
        if (
            not start
            or said is not log.said
            or start[2] != call.started
            or start[3] != call.first_event
        ):
            start = call_rows.start_row(
                log, call, verdict, self._attributions.number, self._locations.number
            )
            log.said = said
        course = call_rows.course_row(log, call, verdict)
        if not log.is_stored or start != log.start:
            whole.append((*start, *course, log.number))
        elif course != log.course:
            courses.append((*course, log.number))
        log.is_stored, log.start, log.course = True, start, course
        if log.fresh:
            events.append(call_rows.next_part(log))
        is_recorded = False
        for leg in call.legs:
            if leg.recording_url:
                is_recorded = True
            if log.legs.get(leg.leg) != leg:
                log.legs[leg.leg] = leg
                legs.append(call_rows.leg_row(log.number, leg))
        if call.stays != log.stays:
            if len(call.stays) < len(log.stays) or not (log.stays or log.is_whole):
                shorter.append((log.number, len(call.stays)))
            log.stays = call.stays
            stays.extend(call_rows.stay_rows(log))
        if call.wrap_ups and call.wrap_ups != log.wrap_ups:
            if len(call.wrap_ups) < len(log.wrap_ups) or not (log.wrap_ups or log.is_whole):
                fewer.append((log.number, len(call.wrap_ups)))
            log.wrap_ups = call.wrap_ups
            wrap_ups.extend(call_rows.wrap_up_rows(log))
        outcome = call.outcome
        if outcome is not None and outcome is not log.outcome:
            outcomes.append(call_rows.outcome_row(log.number, outcome))
            log.outcome = outcome
        if outcome is not None:
            told = outcome_until(call.first_event, log.entries)
            if told is not None:
                self._rows[_LATE_OUTCOME].append((log.number, told))
        until = lasts_until(call, log.entries)
        lasts = None if until is None else (call.first_event, until)
        if lasts != log.lasts:
            if lasts is None:
                self._rows[_SHORT].append((log.number,))
            else:
                self._rows[_LASTING].append((log.number, *lasts))
            log.lasts = lasts
        if log.beside or is_recorded:
            self._add_quality(log)

    def _add_quality(self, log: CallLog) -> None:
        log.beside = False
        quality = quality_of(log.entries)
        if quality is not None and quality != log.quality:
            self._rows[-1].append(call_rows.quality_row(log.number, quality))
            log.quality = quality

    def write(self) -> None:
        """Write what was added since the last time; part of the collector's transaction."""
        for statement, rows in zip(_STATEMENTS, self._rows, strict=True):
            if rows:
                self._db.executemany(statement, rows)
                rows.clear()
