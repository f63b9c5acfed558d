"""A thread for the questions that take long, so that no other threshold waits for them."""

import sqlite3
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Generic, NamedTuple, TypeVar

from wallboard.cache.opening import open_for_reading

T = TypeVar("T")


class Done(NamedTuple, Generic[T]):
    """What came of a question: its answer or, where it failed, why."""

    answer: T | None
    error: Exception | None


class Aside(Generic[T]):
    """Answers one question at a time by a connection of its own; for one asking thread."""

    def __init__(self, cache: Path) -> None:
        self._cache = cache
        self._thread: threading.Thread | None = None
        self._done: Done[T] | None = None
        self._reading: sqlite3.Connection | None = None
        self._is_stopped = False

    @property
    def is_free(self) -> bool:
        """Whether a question may be asked: none is being answered, and no answer waits."""
        return self._thread is None

    def ask(self, question: Callable[[sqlite3.Connection], T]) -> None:
        """Have it answered; only while `is_free`."""
        self._thread = threading.Thread(
            target=self._answer, args=(question,), name="slow alarms", daemon=True
        )
        self._thread.start()

    def take(self) -> Done[T] | None:
        """The answer, once; None while there is none."""
        if self._thread is None or self._thread.is_alive():
            return None
        self._thread.join()
        self._thread, done = None, self._done
        self._done = None
        return done

    def stop(self) -> None:
        """Give up what is being answered; returns within a second."""
        self._is_stopped = True
        if (reading := self._reading) is not None:
            reading.interrupt()
        if self._thread is not None:
            self._thread.join(1.0)

    def _answer(self, question: Callable[[sqlite3.Connection], T]) -> None:
        try:
            reading = open_for_reading(self._cache)
            try:
                self._reading = reading
                if not self._is_stopped:
                    self._done = Done(question(reading), None)
            finally:
                self._reading = None
                reading.close()
        except Exception as error:  # noqa: BLE001 - handed to who asked, and told there
            self._done = Done(None, error)
