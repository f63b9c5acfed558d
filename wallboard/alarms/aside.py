"""A thread for the questions that take long, so that no other threshold waits for them."""

import sqlite3
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Generic, TypeVar

from wallboard.attempt import Outcome, attempt
from wallboard.cache.opening import open_for_reading

T = TypeVar("T")


class Aside(Generic[T]):
    """Answers one question at a time by a connection of its own; for one asking thread."""

    def __init__(self, cache: Path) -> None:
        self._cache = cache
        self._thread: threading.Thread | None = None
        self._answer: Outcome[T | None] | None = None
        self._reading: sqlite3.Connection | None = None
        self._is_stopped = False

    @property
    def is_free(self) -> bool:
        """Whether a question may be asked: none is being answered, and no answer waits."""
        return self._thread is None

    def ask(self, question: Callable[[sqlite3.Connection], T]) -> None:
        """Have it answered; only while `is_free`."""
        self._thread = threading.Thread(
            target=self._run, args=(question,), name="slow alarms", daemon=True
        )
        self._thread.start()

    def take(self) -> Outcome[T | None] | None:
        """What came of it, once; None while it is being answered."""
        if self._thread is None or self._thread.is_alive():
            return None
        self._thread.join()
        self._thread, answer = None, self._answer
        self._answer = None
        return answer

    def stop(self) -> None:
        """Give up what is being answered; returns within a second."""
        self._is_stopped = True
        if (reading := self._reading) is not None:
            reading.interrupt()
        if self._thread is not None:
            self._thread.join(1.0)

    def _run(self, question: Callable[[sqlite3.Connection], T]) -> None:
        self._answer = attempt(lambda: self._answered(question))

    def _answered(self, question: Callable[[sqlite3.Connection], T]) -> T | None:
        reading = open_for_reading(self._cache)
        try:
            self._reading = reading
            return None if self._is_stopped else question(reading)
        finally:
            self._reading = None
            reading.close()
