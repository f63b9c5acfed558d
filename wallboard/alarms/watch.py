"""The thread that evaluates alarms beside the collecting, and never holds it up."""

import logging
import sqlite3
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

from wallboard.alarms.aside import Aside
from wallboard.alarms.book import FLAP_MS, AlarmBook
from wallboard.alarms.connecting import connect
from wallboard.alarms.evaluation import Evaluation
from wallboard.alarms.failures import reason_of
from wallboard.alarms.posting import Posting
from wallboard.alarms.retention import forget_alarms
from wallboard.alarms.thresholds import Measured
from wallboard.alarms.troubles import write_general_trouble
from wallboard.attempt import attempt
from wallboard.cache.errors import CacheError
from wallboard.cache.opening import open_for_reading
from wallboard.config import Configuration
from wallboard.now import now_ms

log = logging.getLogger(__name__)

ROUND_SECONDS: Final = 2.0
COST_SHARE: Final = 0.1
"""Rounds take no more of the time than this."""
REST_SECONDS: Final = 15.0
"""But one that took long, or in which the machine stood still, puts the next off by no more."""
RETRY_SECONDS: Final = 5.0
FORGET_SECONDS: Final = 3_600.0


class AlarmWatch:
    """Evaluates the alarms of a cache from `start` to `stop`, and has them posted.

    It reads by a connection of its own, and writes in short transactions. For one process only:
    the one that holds the cache.
    """

    def __init__(
        self,
        configuration: Configuration,
        cache: Path,
        *,
        clock: Callable[[], int] = now_ms,
        round_seconds: float = ROUND_SECONDS,
        flap_ms: int = FLAP_MS,
    ) -> None:
        self._configuration = configuration
        self._begun_with = configuration
        self._cache = cache
        self._clock = clock
        self._round_seconds = round_seconds
        self._flap_ms = flap_ms
        self._woken = threading.Event()
        self._is_stopped = False
        self._posting = Posting(cache, clock)
        self._thread = threading.Thread(target=self._run, name="alarms", daemon=True)
        self._trouble = ""
        self._reading: sqlite3.Connection | None = None
        self._aside: Aside[Measured | None] = Aside(cache)

    def start(self) -> None:
        """Begin to evaluate and to post."""
        self._posting.start()
        self._thread.start()

    def become(self, configuration: Configuration) -> None:
        """Evaluate these alarms from now on; what figures rest on stays as it was at the start."""
        self._configuration = configuration
        self._woken.set()

    def stop(self) -> None:
        """Stop evaluating and posting; returns within seconds."""
        self._is_stopped = True
        self._woken.set()
        if (reading := self._reading) is not None:
            reading.interrupt()
        self._aside.stop()
        self._thread.join(RETRY_SECONDS)
        self._posting.stop()

    def _run(self) -> None:
        while not self._is_stopped:
            # Whatever the cache holds, the collecting goes on, and so does the looking.
            error = attempt(self._evaluate).error
            if isinstance(error, (sqlite3.Error, CacheError)):
                self._say(f"Alarms are evaluated later: the cache cannot be used ({error}).")
                self._write_trouble(f"The cache cannot be used ({error}).")
            elif error is not None:
                why = reason_of(error)
                self._say(f"No alarm is evaluated, which is tried again: {why}", error)
                self._write_trouble(why)
            if not self._is_stopped:
                self._woken.wait(RETRY_SECONDS)

    def _evaluate(self) -> None:
        """Round after round, until stopped or until the cache cannot be used."""
        reading = self._reading = open_for_reading(self._cache)
        try:
            writing = connect(self._cache)
            try:
                book = AlarmBook(writing, self._flap_ms)
                evaluation = Evaluation(
                    reading, writing, book, self._begun_with, aside=self._aside_anew()
                )
                evaluation.become(self._configuration)
                self._rounds(evaluation, writing)
            finally:
                self._aside.stop()
                writing.close()
        finally:
            self._reading = None
            reading.close()

    def _aside_anew(self) -> Aside[Measured | None]:
        self._aside = Aside(self._cache)
        return self._aside

    def _rounds(self, evaluation: Evaluation, writing: sqlite3.Connection) -> None:
        evaluated = self._configuration
        forgotten = -FORGET_SECONDS
        while not self._is_stopped:
            self._woken.clear()
            began = time.monotonic()
            if self._configuration is not evaluated:
                evaluated = self._configuration
                evaluation.become(evaluated)
            now = self._clock()
            try:
                if evaluation.round(now):
                    self._posting.wake()
                if began - forgotten >= FORGET_SECONDS:
                    forget_alarms(writing, now, evaluated.cache.keep_days)
                    forgotten = began
            except sqlite3.OperationalError as error:
                if "locked" not in str(error):
                    raise
                # What was seen is remembered, and written with the next round.
                self._say("Alarms are written later: the cache is being written to all the time.")
            else:
                self._say("")
            took = time.monotonic() - began
            rest = min(took / COST_SHARE, REST_SECONDS)
            self._woken.wait(max(self._round_seconds, rest))

    def _write_trouble(self, why: str) -> None:
        """Tell whoever looks, where the cache can be written at all."""
        if self._is_stopped:
            return
        try:
            write_general_trouble(self._cache, why, self._clock())
        except sqlite3.Error as error:
            log.debug("That no alarm is evaluated cannot be written: %s", error)

    def _say(self, trouble: str, error: Exception | None = None) -> None:
        """Log what is wrong once, and that it no longer is."""
        if self._is_stopped:
            return
        if trouble and trouble != self._trouble:
            log.warning("%s", trouble, exc_info=error)
        elif self._trouble and not trouble:
            log.info("Alarms are evaluated again.")
        self._trouble = trouble
