"""Reports as JSON: one array of objects, a line each, written row by row."""

from collections.abc import Sequence
from typing import BinaryIO, Final

import msgspec

from wallboard.reports.report import Column, Row
from wallboard.reports.writing.changing import Changes, changed

_ENCODE: Final = msgspec.json.Encoder().encode


class JsonWriter:
    """Writes JSON; unknown values are null. Nothing runs it, so texts stay as they are."""

    def __init__(self, out: BinaryIO, columns: Sequence[Column], values: Changes) -> None:
        self._out = out
        self._values = values
        self._names = [column.name for column in columns]
        self._lead = b"[\n"

    def add(self, batch: Sequence[Row]) -> None:
        """Write rows."""
        names = self._names
        rows = changed(batch, self._values)
        if not rows:
            return
        lines = [_ENCODE(dict(zip(names, row, strict=True))) for row in rows]
        self._out.write(self._lead + b",\n".join(lines))
        self._lead = b",\n"

    def close(self) -> None:
        """End the array."""
        self._out.write(b"[]\n" if self._lead == b"[\n" else b"\n]\n")
