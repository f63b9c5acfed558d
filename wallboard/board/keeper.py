"""What a board asks of whoever sees to it that somebody collects."""

from typing import Protocol


class Keeper(Protocol):
    """Sees to it that a collector runs; wallboard.collector.keeper has one."""

    trouble: str
    """Why no collector runs, in words; empty while one does."""

    def look(self) -> None:
        """Start a collector if none runs. Called every second; never waits."""
        ...
