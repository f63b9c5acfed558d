"""service-summary and service-detail: what the invoice rests on, in sums and use by use."""

import sqlite3
from typing import Final

from wallboard.reports.conditions import values_of, within
from wallboard.reports.report import Asked, Column, Generated, Report
from wallboard.reports.streaming import stream

_FILTERS: Final = {"account": "u.account = :account", "campaign": "u.campaign = :campaign"}

_SUMS: Final = """
SELECT u.service, u.unit, sum(u.quantity), u.price, sum(u.amount) FROM service_uses AS u
WHERE {within} GROUP BY u.service, u.unit, u.price ORDER BY u.service, u.unit, u.price
"""
_USES: Final = """
SELECT u.at, u.service, u.campaign, u.call, u.message, u.quantity, u.unit, u.price, u.amount
FROM service_uses AS u WHERE {within} ORDER BY u.at, u.source, u.use
"""


def _sums(connection: sqlite3.Connection, asked: Asked) -> Generated:
    return stream(
        connection, _SUMS.format(within=within("u.at", asked, _FILTERS)), values_of(asked)
    )


def _uses(connection: sqlite3.Connection, asked: Asked) -> Generated:
    return stream(
        connection, _USES.format(within=within("u.at", asked, _FILTERS)), values_of(asked)
    )


SERVICE_SUMMARY: Final = Report(
    name="service-summary",
    question="What does the invoice rest on?",
    per="service, unit and price",
    columns=(
        Column("service", "text", "what was used"),
        Column("unit", "text", "what it is counted in"),
        Column("quantity", "number", "how many of it"),
        Column("price", "money", "for each"),
        Column("amount", "money", "what it comes to", totalled=True),
    ),
    filters=tuple(_FILTERS),
    rows=_sums,
    in_account_zone=True,
)
SERVICE_DETAIL: Final = Report(
    name="service-detail",
    question="Which single uses is the invoice made of?",
    per="use of a service; 31 days at most",
    columns=(
        Column("time", "time", "when it was used"),
        Column("service", "text", "what was used"),
        Column("campaign", "text", "the id of the campaign it was used for"),
        Column("call", "text", "the id of the call it was used for"),
        Column("message", "text", "or that of the message"),
        Column("quantity", "number", "how many of the unit"),
        Column("unit", "text", "what it is counted in"),
        Column("price", "money", "for each"),
        Column("amount", "money", "what it comes to", totalled=True),
    ),
    filters=tuple(_FILTERS),
    rows=_uses,
    in_account_zone=True,
    longest_days=31,
)
