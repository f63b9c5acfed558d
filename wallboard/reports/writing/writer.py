"""What writes one format: opened with the columns, given rows batch by batch, closed."""

from collections.abc import Sequence
from typing import Protocol

from wallboard.reports.report import Row


class RowsWriter(Protocol):
    """Writes rows to the file it was made for; raises OSError when that takes no more."""

    def add(self, batch: Sequence[Row]) -> None:
        """Write rows as a report gives them."""
        ...

    def close(self) -> None:
        """Write what comes last. The file is for its owner to close."""
        ...


class TooManyRowsError(Exception):
    """The format cannot hold so much; the text is a sentence that says so."""
