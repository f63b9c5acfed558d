"""The terms that calls were judged by at an instant in the past."""

import sqlite3

from wallboard.config import Metrics
from wallboard.facts.call import Call
from wallboard.facts.definitions import Definitions, Settings
from wallboard.facts.judgement import Terms
from wallboard.questions.past_definitions import DECODERS


def definitions_then(connection: sqlite3.Connection, metrics: Metrics, now: int) -> Definitions:
    """The definitions of campaigns and queues as far as they were known at `now` (UTC ms)."""
    definitions = Definitions(
        Settings(
            metrics.service_level_seconds,
            metrics.short_abandon_seconds,
            metrics.drop_seconds,
            metrics.drop_limit,
        )
    )
    for kind, source, time, sequence, identity, said in connection.execute(
        "SELECT kind, source, time, sequence, id, said FROM definitions"
        " WHERE kind IN ('campaign', 'queue') AND time <= ? ORDER BY time, sequence, id",
        (now,),
    ):
        definitions.add(source, (time, sequence, identity), DECODERS[kind].decode(said))
    return definitions


def terms_of(definitions: Definitions, source: int, facts: Call) -> Terms:
    """The terms of a call."""
    said = facts.said
    return definitions.terms(
        source,
        said.campaign if said is not None and isinstance(said.campaign, str) else "",
        facts.stays[0].queue if facts.stays else "",
        facts.first_event if facts.started is None else facts.started,
    )
