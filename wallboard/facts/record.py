"""One record as its events tell it: merged field by field, whatever order they come in."""

from typing import Any, Final

import msgspec
from msgspec import UNSET, Struct

from wallboard.events.envelope import Event, Stamp
from wallboard.facts.records import RecordTable, RecordType

Row = tuple[Any, ...]
_Stored = list[tuple[int, int, str, int]]
_ENCODE: Final = msgspec.msgpack.Encoder().encode
_STAMPS: Final = msgspec.msgpack.Decoder(_Stored)


class Record(Struct):
    """What is known of a record: the stamp of its first event, and who said each field last.

    `said` holds for each column the stamp and the value, None where nothing was said of it.
    """

    table: RecordTable
    first: Stamp | None
    said: list[tuple[Stamp, Any] | None]

    @classmethod
    def of(cls, told: list[tuple[RecordType, Event]]) -> "Record":
        """The record that these events tell of."""
        table = told[0][0].table
        record = cls(table, None, [None] * len(table.columns))
        for kind, event in told:
            record.tell(kind, event)
        return record

    @classmethod
    def stored(cls, table: RecordTable, row: Row) -> "Record":
        """The record of a row of its table, without source and key."""
        at, sequence, identity, *values, stamps = row
        first = None if at is None else (at, sequence, identity)
        said: list[tuple[Stamp, Any] | None] = [None] * len(values)
        if stamps is not None:
            for time, number, by, columns in _STAMPS.decode(stamps):
                for place, value in enumerate(values):
                    if columns >> place & 1:
                        said[place] = ((time, number, by), value)
        elif first is not None:
            said = [None if value is None else (first, value) for value in values]
        for place, column in enumerate(table.columns):
            if column.earliest and values[place] is not None:
                said[place] = (_NOBODY, values[place])
        return cls(table, first, said)

    def tell(self, kind: RecordType, event: Event) -> None:
        """Add what an event says; the caller has made sure that it is new."""
        stamp = event.stamp
        if kind.places and (self.first is None or stamp < self.first):
            self.first = stamp
        said = self.said
        for place, (column, value) in enumerate(
            zip(self.table.columns, kind.values(event), strict=True)
        ):
            if value is UNSET:
                continue
            known = said[place]
            if column.earliest:
                earlier = known is None or value < known[1]
                said[place] = (_NOBODY, value) if earlier else known
            elif known is None or known[0] < stamp:
                said[place] = (stamp, value)

    def row(self) -> Row:
        """The record as a row of its table, without source and key."""
        columns: dict[Stamp, int] = {}
        for place, known in enumerate(self.said):
            if known is not None and known[0] is not _NOBODY:
                columns[known[0]] = columns.get(known[0], 0) | 1 << place
        stamps = _ENCODE([(*stamp, mask) for stamp, mask in sorted(columns.items())])
        values = [None if known is None else known[1] for known in self.said]
        return (*(self.first or (None, None, None)), *values, stamps)


_NOBODY: Final[Stamp] = (0, 0, "")
"""Stands where the stamp plays no part."""


def first_row(kind: RecordType, event: Event) -> Row:
    """The row of a record of which one event tells."""
    values = kind.values(event)
    if not kind.places or None in values:
        return Record.of([(kind, event)]).row()
    if UNSET in values:
        values = tuple([None if value is UNSET else value for value in values])
    return (*event.stamp, *values, None)
