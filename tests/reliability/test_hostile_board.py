"""The real board in a terminal over a hostile feed: every byte that it writes is its own."""

import json
import signal

from tests.endtoend.conftest import Open
from tests.endtoend.stage import Stage
from tests.reliability.hostile import MARK, foreign_in, hostile_events

ALARMS = """
[board]
mask_numbers = false
title = "Board"
[[alarm]]
metric = "calls_in_progress"
by = "campaign"
critical = 0.5
for_seconds = 1
actions = ["bell", "notify"]
"""
SCREENS = ("1", "2", "3", "4", "5", "6", "7", "8")


def test_board_over_a_hostile_feed(stage: Stage, terminal: Open) -> None:
    """Every screen, details, choices and help, with numbers and names unmasked."""
    lines = "\n".join(map(json.dumps, hostile_events()))
    assert stage.run("import", "-", given=lines.encode()).returncode == 0
    stage.configure(ALARMS)
    board = terminal()
    board.shows("AGENTS")
    for screen in SCREENS:
        # Down, open, back; the last screens of all have something to choose from and help open.
        for keys in (screen, "\x1b[B\r", "\x1b"):
            board.type(keys)
            board.draws(0.4)
    for keys in ("1c", "\x1b", "?"):
        board.type(keys)
        board.draws(0.4)
    board.end(signal.SIGTERM)
    board.finish()
    assert str(MARK) in board.text
    assert "Traceback" not in board.text
    assert foreign_in(board.raw) == []
