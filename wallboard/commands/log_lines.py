"""The lines of the log on standard error: with the time for a person, with the level for journald.

journald keeps the time itself, and reads `<N>` at the start of a line as its priority
(sd-daemon(3)), by which `journalctl -p warning` finds it.
"""

import logging
import os
import sys
from typing import Final, TextIO

from wallboard.commands.terminal_text import HarmlessFormatter

LEVELS: Final = ("error", "warning", "info", "debug")
VARIABLE: Final = "LOG_LEVEL"
USUAL: Final = "info"
_PRIORITIES: Final = (
    (logging.CRITICAL, 2),
    (logging.ERROR, 3),
    (logging.WARNING, 4),
    (logging.INFO, 6),
    (logging.NOTSET, 7),
)


def level_of(option: str | None) -> tuple[str, str]:
    """The level to log at, and a sentence when $LOG_LEVEL names none that there is.

    It is the option's, else that of the variable, else info. Many programs read that variable, so
    a level that is theirs alone (`trace`) is no reason not to collect.
    """
    named = os.environ.get(VARIABLE, "").strip().lower()
    if option or not named:
        return option or USUAL, ""
    found = {"warn": "warning", "err": "error"}.get(named, named)
    if found in LEVELS:
        return found, ""
    return USUAL, (
        f"The environment variable {VARIABLE} is {named!r} where one of {', '.join(LEVELS)} is "
        f"expected: logging at {USUAL}."
    )


def begin_logging(level: str) -> None:
    """Log to standard error from now on: our own words of that level, warnings of libraries.

    What libraries say in detail is never logged: it has headers and messages in it.
    """
    written = logging.StreamHandler(sys.stderr)
    written.setFormatter(
        JournalFormatter()
        if _is_journal(sys.stderr)
        else HarmlessFormatter("%(asctime)s %(levelname)s %(message)s")
    )
    own = logging.getLevelNamesMapping()[level.upper()]
    logging.basicConfig(level=max(own, logging.WARNING), handlers=[written])
    logging.getLogger("wallboard").setLevel(own)


def _is_journal(stream: TextIO) -> bool:
    """Whether a stream leads straight to journald, as $JOURNAL_STREAM says (systemd.exec(5))."""
    try:
        found = os.fstat(stream.fileno())
    except (OSError, ValueError):
        return False
    return os.environ.get("JOURNAL_STREAM") == f"{found.st_dev}:{found.st_ino}"


def as_error(sentence: str) -> str:
    """A sentence that is said without the log, marked as an error for journald."""
    return f"<3>{sentence}" if _is_journal(sys.stderr) else sentence


class JournalFormatter(HarmlessFormatter):
    """Each line, those of a traceback too, with its priority before it."""

    def format(self, record: logging.LogRecord) -> str:
        """Write the record as lines for journald."""
        number = next(number for level, number in _PRIORITIES if record.levelno >= level)
        return "\n".join(f"<{number}>{line}" for line in super().format(record).split("\n"))
