"""What a report is asked for, from the words of the command line, refused in words when wrong."""

import argparse
import sqlite3
from typing import Final
from zoneinfo import ZoneInfoNotFoundError

from wallboard.commands.asking import FILTERS, AskedWronglyError, filters_of
from wallboard.config import Configuration
from wallboard.metrics.asked import Asked as Measured
from wallboard.metrics.completeness import completeness
from wallboard.reporting_time import Calendar
from wallboard.reports.conditions import CALL_FILTERS
from wallboard.reports.report import Asked, Report

FILTERED: Final = CALL_FILTERS
"""The dimensions of which one report or another can be asked."""


def asked_of(
    report: Report,
    arguments: argparse.Namespace,
    configuration: Configuration,
    connection: sqlite3.Connection,
    now: int,
) -> Asked:
    """The question to the report. Raises AskedWronglyError, PeriodError, sqlite3.Error."""
    _refuse_filters(report, arguments)
    if arguments.by is not None and arguments.by not in report.by:
        one = f"by {' or '.join(report.by)} only" if report.by else "into no further rows"
        raise AskedWronglyError(f"{report.name} is split {one}, not by {arguments.by!r}.")
    filters = filters_of(arguments, connection, report.filters)
    calendar = Calendar.of(configuration.reporting)
    if report.in_account_zone and "account" in filters:
        calendar = _of_account(connection, filters["account"], calendar)
    period = calendar.period(arguments.since, arguments.until, now)
    asked = Asked(period, calendar, configuration.metrics, now, filters, arguments.by)
    _refuse_long(report, asked)
    return asked


def lacking_in(connection: sqlite3.Connection, asked: Asked) -> str:
    """What is not known of the period, as gaps in the feed, in words; empty when all is there."""
    question = Measured(asked.period, asked.calendar, asked.settings, asked.now)
    return completeness(connection, question).note


def _refuse_filters(report: Report, arguments: argparse.Namespace) -> None:
    for dimension in FILTERED:
        if getattr(arguments, f"filter_{dimension}", None) is None or dimension in report.filters:
            continue
        known = [f"--{FILTERS[one]}" for one in report.filters]
        can = f"it can be asked by {', '.join(known)}" if known else "it has no filters"
        raise AskedWronglyError(
            f"{report.name} knows nothing of --{FILTERS[dimension]}: {can}. Nothing was written."
        )


def _of_account(connection: sqlite3.Connection, account: str, calendar: Calendar) -> Calendar:
    """The calendar in the account's time zone where it has one that is known."""
    for (zone,) in connection.execute(
        "SELECT time_zone FROM accounts WHERE account = ? AND time_zone IS NOT NULL"
        " ORDER BY source",
        (account,),
    ):
        try:
            return calendar.in_zone(zone)
        except (ZoneInfoNotFoundError, ValueError):
            continue
    return calendar


def _refuse_long(report: Report, asked: Asked) -> None:
    """Refuse a span of more local days than the report may cover."""
    if report.covers_too_much(asked):
        calendar, period = asked.calendar, asked.period
        raise AskedWronglyError(
            f"{report.name} covers {report.longest_days} days at most, and from "
            f"{calendar.format_time(period.start_ms)} to {calendar.format_time(period.end_ms)} are "
            "more: ask for a shorter period. Nothing was written."
        )
