"""all-attempts and all-contacts: everything known of every attempt, and who was held back."""

import sqlite3
from typing import Final

from wallboard.reports.call_reports import ATTEMPT
from wallboard.reports.conditions import values_of, within
from wallboard.reports.report import Asked, Column, Generated, Report
from wallboard.reports.streaming import stream
from wallboard.reports.tags import both_tags

_OF_CALLS: Final = {
    "campaign": "c.campaign = :campaign",
    "sub_campaign": "c.sub_campaign = :sub_campaign",
    "list": "coalesce(c.list, k.list) = :list",
    "account": "c.account = :account",
}
_OF_OTHERS: Final = {
    "campaign": "t.campaign = :campaign",
    "sub_campaign": "t.sub_campaign = :sub_campaign",
    "list": "coalesce(nullif(t.list, ''), k.list) = :list",
    "account": (
        "EXISTS (SELECT 1 FROM campaigns AS m WHERE m.source = t.source"
        " AND m.campaign = t.campaign AND m.account = :account)"
    ),
}
_CONTACT: Final = "LEFT JOIN contacts AS k ON k.source = {0}.source AND k.contact = {0}.contact"
_CONNECT: Final = """
(SELECT d.result FROM direct_connects AS d WHERE d.source = c.source AND d.call = c.id
    ORDER BY d.started DESC, d.connect DESC LIMIT 1)
"""
_RING: Final = "(SELECT min(l.started) FROM legs AS l WHERE l.call = c.call AND l.kind = 'B')"

_CALLS: Final = f"""
SELECT c.started AS at, c.source AS source, c.id AS id, c.contact, k.name,
    coalesce(c.list, k.list), c.campaign, c.sub_campaign, 'voice', {ATTEMPT}, c.id, NULL,
    c.started, c.answered, c.ended,
    coalesce(c.answered, c.ended) - {_RING},
    c.ended - c.started, c.talk_ms, c.hold_ms, c.wrap_ms, c.billable_seconds,
    coalesce(c.to_number, k.phone), c.caller_id, c.result, NULL, c.amd, c.agent, c.disposition,
    c.outcome, {_CONNECT}, c.cost, k.tags, o.tags, o.notes
FROM calls AS c {_CONTACT.format("c")} LEFT JOIN call_outcomes AS o ON o.call = c.call
WHERE c.direction = 'outbound' AND {{calls}}
"""
_MESSAGES: Final = f"""
SELECT t.at, t.source, t.message, t.contact, k.name, coalesce(t.list, k.list), t.campaign,
    t.sub_campaign, t.channel, ifnull(t.attempt, 1), NULL, t.message, t.at, NULL,
    CASE t.status WHEN 'delivered' THEN t.delivered_at WHEN 'failed' THEN t.failed_at END,
    NULL, NULL, NULL, NULL, NULL, NULL, coalesce(t."to", k.phone), NULL, t.status, t.failure,
    NULL, NULL, NULL, NULL, NULL, (SELECT sum(u.amount) FROM service_uses AS u
        WHERE u.source = t.source AND u.message = t.message),
    k.tags, t.tags, NULL
FROM outbound_messages AS t {_CONTACT.format("t")} WHERE {{others}}
"""
_FILTERED: Final = f"""
SELECT t.at, t.source, t.contact, t.contact, k.name, coalesce(nullif(t.list, ''), k.list),
    nullif(t.campaign, ''), nullif(t.sub_campaign, ''),
    (SELECT m.channel FROM campaigns AS m
        WHERE m.source = t.source AND m.campaign = t.campaign),
    NULL, NULL, NULL, t.at, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, k.phone, NULL,
    'filtered', t.reason, NULL, NULL, NULL, NULL, NULL, NULL, k.tags, NULL, NULL
FROM filtered_contacts AS t {_CONTACT.format("t")} WHERE {{others}}
"""
_HIDDEN: Final = 3
"""The first values of a row only order it."""


def _rows(connection: sqlite3.Connection, asked: Asked, *parts: str) -> Generated:
    sql = "UNION ALL".join(parts).format(
        calls=within("c.started", asked, _OF_CALLS), others=within("t.at", asked, _OF_OTHERS)
    )
    for row in stream(connection, f"{sql} ORDER BY 1, 2, 3", values_of(asked)):
        *known, of_contact, of_attempt, notes = row[_HIDDEN:]
        yield (*known, both_tags(of_contact, of_attempt), notes)


def _attempts(connection: sqlite3.Connection, asked: Asked) -> Generated:
    return _rows(connection, asked, _CALLS, _MESSAGES)


def _contacts(connection: sqlite3.Connection, asked: Asked) -> Generated:
    return _rows(connection, asked, _CALLS, _MESSAGES, _FILTERED)


_COLUMNS: Final = (
    Column("contact", "contact", "the id of the contact"),
    Column("name", "name", "the contact's name"),
    Column("list", "text", "the id of the list: the attempt's, else the contact's"),
    Column("campaign", "text", "the id of the campaign"),
    Column("sub_campaign", "text", "the id of the sub-campaign"),
    Column("channel", "text", "voice, sms, email or push"),
    Column("attempt", "count", "which attempt it was; one that does not say is the first"),
    Column("call", "text", "the id of the call"),
    Column("message", "text", "or that of the message"),
    Column("started_at", "time", "when it began, was sent, or was held back"),
    Column("answered_at", "time", "when the contact's leg was answered"),
    Column("ended_at", "time", "when it ended, or the message was delivered or failed"),
    Column("ring_seconds", "seconds", "from dialling to the answer, else to the end"),
    Column("duration_seconds", "seconds", "from start to end of the call"),
    Column("talk_seconds", "seconds", "talk of agents, less hold"),
    Column("hold_seconds", "seconds", "on hold"),
    Column("wrap_seconds", "seconds", "after-call work"),
    Column("billable_seconds", "number", "what all legs are billed for", totalled=True),
    Column("number", "address", "the number or address it went to"),
    Column("caller_id", "caller", "the number or name it was made under"),
    Column("result", "state", "what the call came to; sent, delivered or failed; filtered"),
    Column("reason", "text", "why a message failed, or a contact was filtered"),
    Column("amd", "text", "who answered: human, machine, fax or unknown"),
    Column("agent", "text", "the id of the agent whose leg was answered last"),
    Column("disposition", "text", "what the agent made of it"),
    Column("outcome", "state", "what came of it"),
    Column("connect_result", "state", "the result of the last Direct Connect attempt"),
    Column("cost", "money", "what it cost: all legs, or the message's services", totalled=True),
    Column("tags", "list", "the tags of the contact and of the attempt"),
    Column("notes", "note", "what the agent noted"),
)

ALL_ATTEMPTS: Final = Report(
    name="all-attempts",
    question="What is known of every single attempt, by call or message?",
    per="outbound call or message",
    columns=_COLUMNS,
    filters=tuple(_OF_CALLS),
    rows=_attempts,
    in_account_zone=True,
)
ALL_CONTACTS: Final = Report(
    name="all-contacts",
    question="What is known of every attempt, and who was held back for what reason?",
    per="outbound call, message or filtered contact",
    columns=_COLUMNS,
    filters=tuple(_OF_CALLS),
    rows=_contacts,
    in_account_zone=True,
)
