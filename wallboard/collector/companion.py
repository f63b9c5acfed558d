"""What runs beside the collecting."""

from collections.abc import Callable
from pathlib import Path
from typing import Protocol, TypeAlias

from wallboard.config import Configuration


class Companion(Protocol):
    """What runs beside the collecting in threads of its own, such as the watch over alarms."""

    def start(self) -> None:
        """Begin; the cache is there and up to date."""
        ...

    def become(self, configuration: Configuration) -> None:
        """The configuration is another now."""
        ...

    def stop(self) -> None:
        """End; returns within seconds."""
        ...


Beside: TypeAlias = Callable[[Configuration, Path], Companion]
"""Makes the companion of a collector, of its configuration and cache."""
