"""Reports asked of a cache, in every format."""

import csv
import io
import json
from typing import Any

from tests.questions.conftest import NOON, Cache
from wallboard.config import Metrics
from wallboard.reporting_time import Calendar
from wallboard.reports.catalogue import BY_NAME
from wallboard.reports.giving import Format, Manner, write_report
from wallboard.reports.report import Asked

JsonRow = dict[str, Any]


def written(
    cache: Cache,
    name: str,
    form: Format = "json",
    *,
    days: tuple[str, str] = ("2024-06-12", "2024-06-12"),
    zone: str = "UTC",
    by: str | None = None,
    sort: str | None = None,
    is_masked: bool = False,
    is_file: bool = False,
    settings: Metrics | None = None,
    now: int = NOON + 86_400_000,
    **filters: str,
) -> bytes:
    """What the report is as a file."""
    calendar = Calendar(zone)
    period = calendar.period(*days, now)
    asked = Asked(period, calendar, settings or Metrics(), now, filters, by)
    out = io.BytesIO()
    manner = Manner(form, is_masked, sort, is_file)
    write_report(cache.read(), BY_NAME[name], asked, manner, out, lambda _: None)
    return out.getvalue()


def rows_of(cache: Cache, name: str, **asked: Any) -> list[JsonRow]:
    """The rows by the names of their columns."""
    rows: list[JsonRow] = json.loads(written(cache, name, "json", **asked))
    return rows


def csv_of(cache: Cache, name: str, **asked: Any) -> list[dict[str, str]]:
    """The rows as they stand in the csv, read back."""
    text = written(cache, name, "csv", **asked).decode("utf-8")
    return list(csv.DictReader(io.StringIO(text, newline="")))
