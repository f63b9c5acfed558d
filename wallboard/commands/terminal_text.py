r"""What commands write to a terminal, with nothing in it that a terminal would obey.

Data goes to pipes and files as it is. On a terminal what steers (escape sequences, controls of
seven and eight bits, characters of direction and of no width) is written as `\u001b`, which in
JSON means the same.
"""

import json
import logging
import re
import sys
from typing import Any, BinaryIO, Final, TextIO, cast

STEERING: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u034f\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    "\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)
LINES: Final = re.compile("[\t\n]")


def harmless(text: str) -> str:
    """The text with what would steer a terminal written out; ends of lines and tabs stay."""
    return STEERING.sub(lambda found: json.dumps(found[0])[1:-1], text)


class _Guarded:
    """A text stream that is written to through `harmless`; all else is the stream's own."""

    def __init__(self, stream: TextIO) -> None:
        self.unguarded = stream

    def write(self, text: str) -> int:
        self.unguarded.write(harmless(text))
        return len(text)

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever the stream has
        return getattr(self.unguarded, name)


class _GuardedBytes:
    """The same for what writes whole lines of UTF-8."""

    def write(self, data: bytes) -> int:
        sys.stdout.write(data.decode("utf-8", "replace"))
        return len(data)

    def flush(self) -> None:
        sys.stdout.flush()


def guard_terminals() -> None:
    """From now on standard output and standard error are guarded where they are terminals."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream.isatty() and not isinstance(stream, _Guarded):
            setattr(sys, name, _Guarded(stream))


def output_of_lines() -> BinaryIO:
    """Standard output for who writes whole lines of UTF-8; guarded where it is a terminal."""
    return cast(BinaryIO, _GuardedBytes()) if sys.stdout.isatty() else sys.stdout.buffer


def own_terminal(stream: TextIO) -> TextIO:
    """A stream as it was before, for words of this program's own that do move a cursor."""
    return stream.unguarded if isinstance(stream, _Guarded) else stream


class HarmlessFormatter(logging.Formatter):
    """Lines of a log, which is read in a terminal: one line a message, whatever was in it."""

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - logging's name
        """Write out what would end the line or steer who reads it."""
        written = harmless(super().formatMessage(record))
        return LINES.sub(lambda found: json.dumps(found[0])[1:-1], written)

    def formatException(self, ei: Any) -> str:  # noqa: ANN401, N802 - logging's own signature
        """The same for a traceback, whose lines stay."""
        return harmless(super().formatException(ei))
