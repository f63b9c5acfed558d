"""The thread that looks whether the configuration's file has changed."""

import threading
from collections.abc import Callable
from typing import Final

from wallboard.config import Configuration, ConfigurationError, ConfigurationWatch, load

WATCH_SECONDS: Final = 2.0


class SettingsWatch:
    """Publishes what the file of a configuration holds whenever it has changed.

    In a thread of its own: a file on a slow disk costs neither a frame nor a reading of the cache.
    `publish` is called on that thread. A configuration without a file is never read again.
    """

    def __init__(
        self,
        configuration: Configuration,
        publish: Callable[[Configuration | ConfigurationError], object],
    ) -> None:
        self._loaded = configuration
        self._publish = publish
        self._watch = ConfigurationWatch(configuration.path)
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, name="settings", daemon=True)

    def start(self) -> None:
        """Begin to look."""
        if self._loaded.path is not None:
            self._thread.start()

    def stop(self) -> None:
        """Look no more; returns when that is so, or soon if the disk does not answer."""
        self._stopped.set()
        if self._thread.is_alive():
            self._thread.join(timeout=1)

    def _run(self) -> None:
        look = self._since_loaded
        while not self._stopped.wait(WATCH_SECONDS):
            found = look()
            look = self._watch.changed
            if found is not None and not self._stopped.is_set():
                self._publish(found)

    def _since_loaded(self) -> Configuration | ConfigurationError | None:
        """What the file holds, if it changed between being loaded and being watched, else None."""
        try:
            found = load(self._loaded.path)
        except ConfigurationError as error:
            return error
        return None if found == self._loaded else found
