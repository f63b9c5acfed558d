"""What is logged of hostile text: one line a message, and nothing that steers who reads it."""

import logging

import pytest

from tests.reliability.hostile import PAYLOADS, controls_in
from wallboard.commands.log_lines import JournalFormatter
from wallboard.commands.terminal_text import HarmlessFormatter


@pytest.mark.parametrize("poison", PAYLOADS.values(), ids=PAYLOADS)
@pytest.mark.parametrize(
    "formatter", [HarmlessFormatter("%(levelname)s %(message)s"), JournalFormatter()]
)
def test_hostile_text_is_one_line(formatter: logging.Formatter, poison: str) -> None:
    """As the reason that a server gives for closing, in a message and in a fault."""
    words = "Feed %s is disconnected: %s"
    record = logging.LogRecord("w", logging.WARNING, "", 1, words, ("main", poison), None)
    written = formatter.format(record)
    assert controls_in(written) == []
    assert "\n" not in written
    found = (ValueError, ValueError(poison), None)
    fault = logging.LogRecord("w", logging.ERROR, "", 1, words, ("main", ""), found)
    assert controls_in(formatter.format(fault)) == []
