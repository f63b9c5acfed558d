"""What commands say to people: always on standard error, so that data can be piped."""

import os
import sys

from wallboard.commands.terminal_text import harmless, own_terminal


def say(sentence: str) -> None:
    """Print a sentence for the person who runs the command."""
    print(sentence, file=sys.stderr, flush=True)  # noqa: T201 - what a command is for


def give(data: str, end: str = "\n") -> None:
    """Print data to standard output; the command ends with status 1 where it takes no more."""
    try:
        print(data, end=end, flush=True)  # noqa: T201 - what a command is for
    except BrokenPipeError:
        raise
    except OSError as error:
        say(f"Standard output could not be written: {error.strerror}.")
        drop_output()
        raise SystemExit(1) from error


def drop_output() -> None:
    """Let what is still to be written to standard output go nowhere: nobody takes it."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)


class Progress:
    """One line of progress on standard error, shown only on a terminal and redrawn in place."""

    def __init__(self) -> None:
        self._shown = sys.stderr.isatty()
        self._width = 0

    def show(self, text: str) -> None:
        """Replace the line by `text`."""
        if self._shown:
            own_terminal(sys.stderr).write("\r" + harmless(text).ljust(self._width))
            sys.stderr.flush()
            self._width = len(text)

    def clear(self) -> None:
        """Take the line away."""
        if self._shown and self._width:
            own_terminal(sys.stderr).write("\r" + " " * self._width + "\r")
            sys.stderr.flush()
            self._width = 0
