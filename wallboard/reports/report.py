"""What a report is: a name, the question it answers, its columns, and what generates its rows.

Rows are plain tuples in the order of the columns; how a value is written is for writing/ to say.
"""

import sqlite3
from collections.abc import Callable, Generator, Mapping
from datetime import timedelta
from typing import Any, Final, Literal, NamedTuple, TypeAlias

from msgspec import Struct, field
from msgspec.structs import replace

from wallboard.config import Metrics
from wallboard.reporting_time import Calendar, Period

Kind: TypeAlias = Literal[
    "text",
    "state",
    "note",
    "list",
    "contact",
    "name",
    "party",
    "phone",
    "caller",
    "address",
    "url",
    "day",
    "time",
    "seconds",
    "count",
    "number",
    "money",
    "share",
    "flag",
]
"""What a column holds, and in what form its rows hold it.

text; state: a word of a closed list, as `no_answer`, or a person's own word; note: what a person
wrote or said; list: JSON text of an array; contact: the id of one; name: of a contact; party: text,
or a Person where it names one; phone; caller: a number or a name; address: a number, or a mail
address; url; day: ISO; time: UTC ms; seconds: milliseconds; count; number; money; share 0 to 1;
flag: true or false. None is unknown in all of them.
"""

Row: TypeAlias = tuple[Any, ...]

FIGURES: Final[frozenset[Kind]] = frozenset({"seconds", "count", "number", "money", "share"})
"""The kinds that are numbers: set right, and sorted highest first."""


class Person(str):
    """The name of a person who is no agent, in a column of kind `party`."""

    __slots__ = ()


class Column(NamedTuple):
    """One column. `totalled`: the table on the screen ends with the sum of it."""

    name: str
    kind: Kind
    describes: str
    totalled: bool = False


class Asked(Struct, frozen=True):
    """What a report is asked for.

    `filters` are ids by dimension. `calendar` is that of the reporting zone, or of the account's.
    `now` is UTC milliseconds. `by` is a further dimension of the rows, None for none. `keys` are
    what the report has further columns for.
    """

    period: Period
    calendar: Calendar
    settings: Metrics
    now: int
    filters: Mapping[str, str] = field(default_factory=dict)
    by: str | None = None
    keys: tuple[str, ...] = ()


Generated: TypeAlias = Generator[Row, None, None]
Rows: TypeAlias = Callable[[sqlite3.Connection, Asked], Generated]
Keys: TypeAlias = Callable[[sqlite3.Connection, Asked], tuple[str, ...]]


class More(NamedTuple):
    """Columns that depend on what the cache holds: one per question, per reason.

    `keys` finds them; `column` makes the column of a key, in the place after `after`. `describes`
    says what they are.
    """

    keys: Keys
    column: Callable[[str], Column]
    after: str
    describes: str


class Report(Struct, frozen=True, kw_only=True):
    """One report of the catalogue.

    `per` is what a row stands for. Rows hold the values of further columns in their place.
    """

    name: str
    question: str
    per: str
    columns: tuple[Column, ...]
    filters: tuple[str, ...]
    rows: Rows
    more: More | None = None
    by: tuple[str, ...] = ()
    default_format: Literal["table", "csv"] = "table"
    in_account_zone: bool = False
    """Days and times are those of the account's time zone where one account is asked for."""
    longest_days: int | None = None
    is_ranked: bool = False
    """The first column is the rank, by whatever the rows are sorted by."""
    narrowed: str = ""
    """What its filters narrow, where that is not plain; a sentence or two."""

    @property
    def title(self) -> str:
        """The name as people read it."""
        return self.name.replace("-", " ").capitalize()

    def with_keys(self, connection: sqlite3.Connection, asked: Asked) -> Asked:
        """The question with the keys of its further columns. Raises sqlite3.Error."""
        return (
            asked if self.more is None else replace(asked, keys=self.more.keys(connection, asked))
        )

    def covers_too_much(self, asked: Asked) -> bool:
        """Whether the period has more local days than the report may cover."""
        if self.longest_days is None:
            return False
        calendar, period = asked.calendar, asked.period
        began = calendar.local(period.start_ms).replace(tzinfo=None)
        return period.end_ms > calendar.instant(began + timedelta(days=self.longest_days))

    def columns_for(self, asked: Asked) -> tuple[Column, ...]:
        """The columns of the answer to a question that has its keys."""
        columns = tuple(
            column
            for column in self.columns
            if column.name not in self.by or column.name == asked.by
        )
        if self.more is None:
            return columns
        at = [column.name for column in columns].index(self.more.after) + 1
        return (*columns[:at], *map(self.more.column, asked.keys), *columns[at:])
