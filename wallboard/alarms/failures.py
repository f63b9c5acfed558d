"""What cannot be evaluated, and why: a sentence for who looks, and once a line of the log."""

import logging
import sqlite3
from collections.abc import Container, Iterable

log = logging.getLogger(__name__)


class Failures:
    """Of each rule that cannot be evaluated the reason, as a sentence."""

    def __init__(self) -> None:
        self.sentences: dict[str, str] = {}
        self._logged: set[tuple[str, str]] = set()

    def keep(self, rules: Container[str]) -> None:
        """Forget the sentences of all others."""
        self.sentences = {rule: said for rule, said in self.sentences.items() if rule in rules}

    def failed(self, rules: Iterable[str], error: Exception) -> None:
        """These could not be evaluated, for something that went wrong."""
        why = reason_of(error)
        for rule in rules:
            self.sentences[rule] = f"{why} It is tried again."
            kind = (rule, type(error).__name__)
            if kind not in self._logged:
                self._logged.add(kind)
                log.error("The alarm %s cannot be evaluated: %s", rule, why, exc_info=error)

    def evaluated(self, rule: str, trouble: str | None = None) -> None:
        """Nothing went wrong with it; `trouble` is why there is nothing to judge all the same."""
        self.sentences.pop(rule, None)
        if trouble is not None:
            self.sentences[rule] = trouble
        logged = {one for one in self._logged if one[0] == rule}
        if logged:
            self._logged -= logged
            log.info("The alarm %s is evaluated again.", rule)


def reason_of(error: Exception) -> str:
    """Why something could not be looked at, as a sentence."""
    said = str(error) or type(error).__name__
    if isinstance(error, sqlite3.Error):
        return f"The cache cannot be read for it ({said})."
    return f"It cannot be reckoned ({type(error).__name__}: {said})."


def is_of_all(error: Exception) -> bool:
    """Whether it concerns all that is read or written, not one question alone."""
    passing = ("locked", "busy", "interrupted")
    return isinstance(error, sqlite3.OperationalError) and any(w in str(error) for w in passing)
