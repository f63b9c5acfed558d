"""The reports in words: docs/reports.md, made from their definitions.

python -m wallboard.reports.document > docs/reports.md
"""

import sys
from collections.abc import Iterator
from typing import Final

from wallboard.reports.catalogue import REPORTS
from wallboard.reports.report import Column, Kind, Report

_KINDS: Final[dict[Kind, str]] = {
    "text": "text",
    "state": "text",
    "note": "text",
    "list": "list",
    "contact": "id of a contact",
    "name": "name of a contact",
    "party": "name",
    "phone": "phone number",
    "caller": "phone number or name",
    "address": "phone number or mail address",
    "url": "web address",
    "day": "day",
    "time": "time",
    "seconds": "seconds",
    "count": "count",
    "number": "number",
    "money": "money",
    "share": "share",
    "flag": "yes or no",
}
_OPTIONS: Final = {"sub_campaign": "sub-campaign", "list": "contact-list"}

_HEAD: Final = """\
<!-- Made by `python -m wallboard.reports.document`; a test holds it equal to the code. -->

# Reports

```
wallboard report --list
wallboard report campaign-results --explain
wallboard report campaign-results --from 2026-11-01 --to 2026-11-30 --campaign spring
wallboard report call-reports --from 2026-11-22T14:00 --format csv --output calls.csv
wallboard report agent-performance --sort talk_seconds
wallboard report campaign-dashboard --by day --format xlsx --output dashboard.xlsx
```

**Period.** `--from` and `--to` are local days of the reporting time zone, both included, or times;
today by default. Days begin at `day_starts`. A call, and everything on it, belongs to the day on
which it started. Reports of an account use the account's time zone where `--account` names one.

**Filters** take an id, or a name that only one thing has. A report that knows nothing of a filter
refuses it. Of calls, `--agent` and `--team` mean the agent whose leg was answered last, `--queue`
the first queue that the call entered, `--contact-list` the call's list, else its contact's, and
`--campaign` the call's own campaign. They narrow the calls that a report counts, so that a row may
be of fewer calls than without them.

**Values.** Times have seconds and the local offset, as `2026-11-22T14:05:32-05:00`. Durations are
seconds, shares 0 to 1, money is in the configured currency and rounded to six decimals; there are
no thousands separators. An empty cell, in JSON null, is what is not known or does not apply; it is
never 0. Where the feed has lost events of the period, a sentence on standard error says so.

**Order.** `--sort COLUMN` puts figures highest first, times and texts ascending, empty cells last.

**Formats.** `--format`, else the ending of `--output`, else a table.

- `table`: aligned text. The widths are those of the first 500 rows. A last line totals the columns
  that are marked so below, `–` where no row has a value; exports have none, for a sum over the
  column would count it twice.
- `csv`: a header row, RFC 4180, UTF-8. Files begin with a byte order mark, without which Excel
  takes UTF-8 for an older code page (LibreOffice reads both); standard output, for programs, does
  not.
- `json`: an array of objects, one to a line.
- `xlsx`: one sheet, its header row kept in view, into a file only. Texts are stored as texts,
  numbers as numbers. More than 1,048,575 rows are refused; a text is cut at 32,767 characters.

**Formulas.** In csv a text that begins with `=`, `+`, `-`, `@`, a tab or a line break gets an
apostrophe in front, or a spreadsheet might run it; phone numbers such as `+14155550171` are among
them. Numbers stay numbers. JSON and xlsx need no such thing and have the text as it is.

**Files.** A report appears under its name whole or not at all: it is written beside it, brought to
the disk and renamed. A file that is there already is replaced with `--force` only. However many
rows there are, memory stays flat.

**Masking.** Phone numbers, mail addresses and names of contacts are masked where `[board]
mask_numbers` says so: also an id of a contact that is its number, what looks like a number in web
addresses (the ids of the row's own call and leg stay), and numbers, mail addresses and the
contact's own name in notes and answers. `--reveal` shows all of it in full; who did so, when and
for what is recorded in the cache first, and nothing is shown where that fails.

**Words.** States are written as in the feed (`in_progress`, `no_answer`) in csv, JSON and xlsx, and
with blanks in a table.

"""


def document() -> str:
    """The text of docs/reports.md."""
    return _HEAD + "\n".join(line for report in REPORTS for line in _report(report))


def _report(report: Report) -> Iterator[str]:
    yield f"## {report.title}"
    yield ""
    yield f"`{report.name}` · {report.question}"
    yield ""
    yield rows_in_words(report)
    yield ""
    yield "| column | holds | is |"
    yield "|---|---|---|"
    for name, holds, describes in columns_in_words(report):
        shown = name if name == "…" else f"`{name}`"
        yield f"| {shown} | {holds} | {describes} |".replace("|  |", "| |")
    yield ""


def rows_in_words(report: Report) -> str:
    """What a row stands for, and what the filters are and narrow."""
    return f"One row per {report.per}. {' '.join(_notes(report))}".rstrip()


def columns_in_words(report: Report) -> list[tuple[str, str, str]]:
    """The name of each column, what it holds and what it is; `…` for those that may be further."""
    found = []
    for column in report.columns:
        found.append(_in_words(column, report))
        if report.more is not None and report.more.after == column.name:
            found.append(("…", "", report.more.describes))
    return found


def _notes(report: Report) -> Iterator[str]:
    if report.filters:
        options = [f"`--{_OPTIONS.get(one, one)}`" for one in report.filters]
        yield f"Filters: {', '.join(options)}."
    else:
        yield "No filters."
    if report.narrowed:
        yield report.narrowed
    if report.in_account_zone:
        yield "In the account's time zone where one is asked for."
    if report.longest_days is not None:
        yield f"A span of more than {report.longest_days} days is refused."
    if report.default_format != "table":
        yield f"As {report.default_format} by default."


def _in_words(column: Column, report: Report) -> tuple[str, str, str]:
    holds = _KINDS[column.kind]
    also = [", totalled"] if column.totalled else []
    if column.name in report.by:
        also.append(f", only with `--by {column.name}`")
    return column.name, f"{holds}{''.join(also)}", column.describes


if __name__ == "__main__":
    sys.stdout.write(document())
