"""Noticing that the configuration's file has changed."""

from pathlib import Path
from typing import TypeAlias

from wallboard.config.configuration import Configuration
from wallboard.config.errors import ConfigurationError
from wallboard.config.loading import load

Signature: TypeAlias = tuple[int, int, int] | None


class ConfigurationWatch:
    """Watches one file by its time, size and identity; made before the file is read."""

    def __init__(self, path: Path | None) -> None:
        """Watch `path`; with None there is nothing to watch and nothing ever changes."""
        self._path = path
        self._seen = self._signature()

    def changed(self) -> Configuration | ConfigurationError | None:
        """Return None while the file is as it was, else what it holds now.

        An error is returned, not raised: whoever asks keeps the settings that it has. Each change
        is told once.
        """
        now = self._signature()
        if self._path is None or now == self._seen:
            return None
        # Noted before reading: a change while reading is told at the next call.
        self._seen = now
        try:
            return load(self._path)
        except ConfigurationError as error:
            return error

    def _signature(self) -> Signature:
        if self._path is None:
            return None
        try:
            found = self._path.stat()
        except OSError:
            return None
        return found.st_mtime_ns, found.st_size, found.st_ino
