"""call-reports: every call, each attempt by itself."""

import sqlite3
from typing import Final

from wallboard.reports.conditions import CALL_FILTERS, calls_within, values_of
from wallboard.reports.report import Asked, Column, Generated, Report
from wallboard.reports.streaming import stream

OTHER_PARTY: Final = "CASE c.direction WHEN 'outbound' THEN c.to_number ELSE c.from_number END"
ATTEMPT: Final = "CASE c.direction WHEN 'outbound' THEN ifnull(c.attempt, 1) ELSE c.attempt END"
AGENT_JOIN: Final = "LEFT JOIN agents AS a ON a.source = c.source AND a.agent = c.agent"
CAMPAIGN_JOIN: Final = "LEFT JOIN campaigns AS m ON m.source = c.source AND m.campaign = c.campaign"

_ROWS: Final = f"""
SELECT c.started, c.agent, {OTHER_PARTY}, c.caller_id, c.campaign, {ATTEMPT},
    c.ended - c.started, c.billable_seconds, c.cost, q.recording_url, c.id, c.disposition, c.amd,
    c.end_reason, c.legs, c.direction, a.name, m.name
FROM calls AS c LEFT JOIN call_quality AS q ON q.call = c.call {AGENT_JOIN} {CAMPAIGN_JOIN}
WHERE {{within}} ORDER BY c.started, c.source, c.id
"""


def _rows(connection: sqlite3.Connection, asked: Asked) -> Generated:
    return stream(connection, _ROWS.format(within=calls_within(asked)), values_of(asked))


CALL_REPORTS: Final = Report(
    name="call-reports",
    question="What exactly happened: every call, retries among them, with its length and cost?",
    per="call, every attempt, of both directions",
    columns=(
        Column("started_at", "time", "when the call began"),
        Column(
            "agent", "text", "the id of the agent whose leg was answered last; empty where none was"
        ),
        Column("phone", "phone", "the number of the other party; empty where it was withheld"),
        Column("caller_id", "caller", "the number or name that the call was made under"),
        Column("campaign", "text", "the id of the call's campaign"),
        Column("attempt", "count", "which attempt it was; a dial that does not say is the first"),
        Column("duration_seconds", "seconds", "from start to end; empty while it goes on"),
        Column("billable_seconds", "number", "what all legs are billed for", totalled=True),
        Column("cost", "money", "what all legs cost", totalled=True),
        Column("recording_url", "url", "where the recording is"),
        Column("call", "text", "the id of the call"),
        Column("disposition", "text", "what the agent made of it"),
        Column("amd", "text", "who answered a dial: human, machine, fax or unknown"),
        Column("end_reason", "state", "why it ended; empty while it goes on"),
        Column("legs", "count", "of how many legs it is made; call-legs lists them"),
        Column("direction", "text", "inbound or outbound"),
        Column("agent_name", "text", "the name of that agent"),
        Column("campaign_name", "text", "the name of that campaign"),
    ),
    filters=CALL_FILTERS,
    rows=_rows,
)
