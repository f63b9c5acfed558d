"""Calls as rows of a list, as they were known at an instant in the past."""

import sqlite3
from collections.abc import Sequence
from typing import Final

from msgspec.structs import replace

from wallboard.cache.settings import settings_kept
from wallboard.facts.call import Call
from wallboard.facts.definitions import Settings
from wallboard.facts.derive import derive
from wallboard.facts.entry import Entry
from wallboard.facts.judgement import Terms, judge
from wallboard.facts.said import given, number_given
from wallboard.questions.call_answers import CallLine
from wallboard.questions.call_progress import Progress
from wallboard.questions.past_calls import entries_of_all
from wallboard.questions.past_terms import definitions_by, is_first_defined_later, terms_of

_ANY_TERMS: Final = Terms(0, 0, 0, 0)
"""How long it waited and talked depends on no terms."""


def past_lines(connection: sqlite3.Connection, lines: list[CallLine], now: int) -> list[CallLine]:
    """The lines, which tell what is known of calls by now, as they were at `now` (UTC ms)."""
    events = entries_of_all(connection, [line.number for line in lines])
    then: list[CallLine] = []
    for line in lines:
        entries = sorted(events.get(line.number, ()), key=lambda entry: entry.stamp)
        known = [entry for entry in entries if entry.time <= now]
        if not known:
            then.append(line)
            continue
        facts = derive(line.call, known)
        if facts.ended is None:
            then.append(_in_progress(line, facts, now))
        elif _is_judged_later(connection, line, now):
            then.append(_ended(connection, line, facts, (), now))
        elif len(known) == len(entries):
            then.append(line)
        else:
            then.append(_ended(connection, line, facts, entries, now))
    return then


def _is_judged_later(connection: sqlite3.Connection, line: CallLine, now: int) -> bool:
    """Whether the terms that the call is judged by were told only later."""
    outbound = line.direction == "outbound"
    kind, entity = ("campaign", line.campaign) if outbound else ("queue", line.queue)
    return entity is not None and is_first_defined_later(connection, kind, line.source, entity, now)


def _in_progress(line: CallLine, facts: Call, now: int) -> CallLine:
    progress = Progress(now)
    for stay in facts.stays:
        progress.add_stay(stay.entered, stay.left)
    for leg in facts.legs:
        if leg.started is not None:
            progress.add_leg(leg.kind, leg.agent, leg.answered, leg.ended, leg.hold_ms)
    begun = facts.first_event if facts.started is None else facts.started
    return progress(replace(_told(line, facts), duration_seconds=max(0, now - begun) / 1_000))


def _ended(
    connection: sqlite3.Connection, line: CallLine, facts: Call, entries: Sequence[Entry], now: int
) -> CallLine:
    """A call that had ended, of which more was told later; mostly what came of it alone.

    `entries` are all its events by now, none where it was judged by other terms.
    """
    verdict = judge(facts, _ANY_TERMS)
    state = line.state
    if not entries or judge(derive(line.call, list(entries)), _ANY_TERMS).result != verdict.result:
        # Judged otherwise since, or by terms that were not known then.
        settings = settings_kept(connection) or Settings()
        definitions = definitions_by(connection, settings, now)
        state = judge(facts, terms_of(definitions, line.source, facts)).result
    begun = facts.first_event if facts.started is None else facts.started
    return replace(
        _told(line, facts),
        state=state,
        agent=verdict.agent,
        duration_seconds=max(0, (facts.ended or now) - begun) / 1_000,
        wait_seconds=verdict.wait_ms / 1_000 if facts.stays else None,
        talk_seconds=verdict.talk_ms / 1_000,
        legs=len(facts.legs),
    )


def _told(line: CallLine, facts: Call) -> CallLine:
    """The line with what its events had said of the call by then."""
    said, outcome = facts.said, facts.outcome
    return replace(
        line,
        started=facts.started,
        first_event=facts.first_event,
        direction=said.direction if said is not None else None,
        campaign=given(said.campaign) if said is not None else None,
        queue=facts.stays[0].queue if facts.stays else None,
        from_number=number_given(said.from_number) if said is not None else None,
        to_number=number_given(said.to_number) if said is not None else None,
        contact=given(said.contact) if said is not None else None,
        disposition=given(outcome.disposition) if outcome is not None else None,
    )
