"""The records and occurrences: what events tell of things beside calls and agents.

Most events tell of something new, so a batch is inserted at once; only the records that were known
before are merged, with what is in memory of the latest, else with what is read back.
"""

from collections import OrderedDict, defaultdict
from functools import cache
from typing import Any, Final

import msgspec

from wallboard.cache.writer_connection import WriterConnection
from wallboard.events.envelope import Event
from wallboard.events.kinds import Data
from wallboard.events.marketing import OpportunityChanged
from wallboard.facts.record import Record, Row, first_row
from wallboard.facts.records import OCCURRENCES, RECORD_TABLES, RECORDS, RecordTable, RecordType

REMEMBERED: Final = 20_000
"""Records kept in memory as they were written; others are read back when they are told of."""

CHUNK: Final = 200
"""Records read back by one statement."""

KINDS: Final = frozenset({*RECORDS, *OCCURRENCES})
"""The types of event that this book keeps."""

Key = tuple[Any, ...]
Told = list[tuple[RecordType, Event]]
_TABLES: Final = {table.name: table for table in RECORD_TABLES}
_CAMPAIGNS: Final = msgspec.json.Decoder(list[str])
_WRITE_STAGE: Final = "INSERT OR IGNORE INTO opportunity_stages VALUES (?, ?, ?, ?, ?, ?, ?)"


class RecordBook:
    """What waits to be written, and the records written last."""

    def __init__(self, connection: WriterConnection) -> None:
        self._db = connection
        self._records: defaultdict[str, dict[Key, Told]] = defaultdict(dict)
        self._occurrences: defaultdict[type[Data], list[Row]] = defaultdict(list)
        self._stages: list[Row] = []
        self._latest: OrderedDict[tuple[str, Key], Row] = OrderedDict()

    def forget(self) -> None:
        """Drop all that waits, as after a failed write, and all memory: the cache alone counts."""
        self._latest.clear()
        self._records.clear()
        self._occurrences.clear()
        self._stages.clear()

    def add(self, source: int, event: Event) -> None:
        """Add an event of one of KINDS; the caller has made sure that it is new."""
        data: Any = event.data
        record = RECORDS.get(type(data))
        if record is None:
            time, sequence, identity = event.stamp
            values = [
                None if value is msgspec.UNSET else value
                for value in OCCURRENCES[type(data)].values(event)
            ]
            self._occurrences[type(data)].append((source, identity, time, sequence, *values))
            return
        waiting = self._records[record.table.name]
        key = (source, *record.key(event))
        told = waiting.get(key)
        if told is None:
            waiting[key] = [(record, event)]
        else:
            told.append((record, event))
        if type(data) is OpportunityChanged:
            self._stages.append(
                (source, data.opportunity, *event.stamp, data.stage, data.value),
            )

    def write(self) -> None:
        """Write what was added since the last time; part of the collector's transaction."""
        for name, waiting in self._records.items():
            if waiting:
                self._write_records(_TABLES[name], waiting)
        self._records.clear()
        for kind, rows in self._occurrences.items():
            marks = ", ".join("?" * len(rows[0]))
            self._db.executemany(
                f"INSERT OR IGNORE INTO {OCCURRENCES[kind].table} VALUES ({marks})", rows
            )
        self._occurrences.clear()
        if self._stages:
            self._db.executemany(_WRITE_STAGE, self._stages)
            self._stages.clear()

    def _write_records(self, table: RecordTable, waiting: dict[Key, Told]) -> None:
        again, new = [], []
        for key, told in waiting.items():
            stored = self._latest.get((table.name, key))
            if stored is None:
                new.append(key + (first_row(*told[0]) if len(told) == 1 else Record.of(told).row()))
            else:
                again.append(_told_more(table, stored, told))
        if new:
            new = self._write_new(table, new, waiting)
        if again:
            self._db.executemany(_insert("REPLACE", table), again)
        rows = again + new
        self._remember(table, rows)
        if table.name == "visits":
            self._write_arms(rows)

    def _write_new(
        self, table: RecordTable, rows: list[Row], waiting: dict[Key, Told]
    ) -> list[Row]:
        """Write what is most probably new; return it, merged with what the cache knew after all."""
        if self._db.presume(_insert("IGNORE", table), rows, len(rows)):
            return rows
        before = self._db.total_changes
        self._db.executemany(_insert("IGNORE", table), rows)
        if self._db.total_changes - before < len(rows):
            told, rows = rows, self._merged(table, rows, waiting)
            known = [now for now, row in zip(rows, told, strict=True) if now is not row]
            self._db.executemany(_insert("REPLACE", table), known)
        return rows

    def _remember(self, table: RecordTable, rows: list[Row]) -> None:
        width = len(table.key) + 1
        for row in rows:
            key = (table.name, row[:width])
            self._latest.pop(key, None)
            self._latest[key] = row
        while len(self._latest) > REMEMBERED:
            self._latest.popitem(last=False)

    def _merged(self, table: RecordTable, rows: list[Row], waiting: dict[Key, Told]) -> list[Row]:
        """All of these rows; of those records that were known, with what is told of them now."""
        width = len(table.key) + 1
        merged = []
        for row, stored in zip(rows, self._stored(table, rows), strict=True):
            if stored == row:
                merged.append(row)
                continue
            merged.append(_told_more(table, stored, waiting[row[:width]]))
        return merged

    def _stored(self, table: RecordTable, rows: list[Row]) -> list[Row]:
        """What the cache holds under the keys of these rows, in their order."""
        width = len(table.key) + 1
        names = ["source", *table.key]
        columns = [*names, "at", "sequence", "id", *(one.name for one in table.columns), "stamps"]
        found: dict[Key, Row] = {}
        for start in range(0, len(rows), CHUNK):
            keys = [row[:width] for row in rows[start : start + CHUNK]]
            marks = ", ".join([f"({', '.join('?' * width)})"] * len(keys))
            for row in self._db.execute(
                f"SELECT {_quoted(columns)} FROM {table.name} "
                f"WHERE ({_quoted(names)}) IN (VALUES {marks})",
                [part for key in keys for part in key],
            ):
                found[row[:width]] = row
        return [found[row[:width]] for row in rows]

    def _write_arms(self, rows: list[Row]) -> None:
        """The campaigns of these visits, and those that hold them back, one row each."""
        arms = []
        for row in rows:
            values = dict(zip(_VISIT_COLUMNS, row, strict=True))
            for arm, column in (("eligible", "campaigns"), ("control", "control")):
                arms += [
                    (values["source"], values["visit"], campaign, arm)
                    for campaign in _CAMPAIGNS.decode(values[column])
                ]
        self._db.executemany(
            "DELETE FROM visit_campaigns WHERE source = ? AND visit = ?", [row[:2] for row in rows]
        )
        self._db.executemany("INSERT OR IGNORE INTO visit_campaigns VALUES (?, ?, ?, ?)", arms)


def _told_more(table: RecordTable, stored: Row, told: Told) -> Row:
    """The row of a record that is known, with what is told of it now."""
    width = len(table.key) + 1
    record = Record.stored(table, stored[width:])
    for kind, event in told:
        record.tell(kind, event)
    return stored[:width] + record.row()


def _quoted(names: list[str]) -> str:
    return ", ".join([f'"{name}"' for name in names])


@cache
def _insert(otherwise: str, table: RecordTable) -> str:
    """The statement that writes whole rows; `otherwise`: what becomes of those that are known."""
    columns = [
        *("source", *table.key, "at", "sequence", "id"),
        *(one.name for one in table.columns),
        "stamps",
    ]
    marks = ", ".join("?" * len(columns))
    return f"INSERT OR {otherwise} INTO {table.name} ({_quoted(columns)}) VALUES ({marks})"


_VISIT_COLUMNS: Final = (
    *("source", "visit", "at", "sequence", "id"),
    *(column.name for column in _TABLES["visits"].columns),
    "stamps",
)
