"""A board that ends by a fault of its own says where, and nothing of what it held at the time."""

import os
import pty
import subprocess
import sys
from pathlib import Path
from typing import Final

from tests.endtoend.stage import PROJECT, SECONDS
from tests.reliability.hostile import PAYLOADS, foreign_in

NUMBER: Final = "+14155550171"
FAULTY: Final = '''
import sys, time
from pathlib import Path
from wallboard.app import Board
from wallboard.config import load

NUMBER, POISON = sys.argv[2:4]

def clock(times=[0]):
    """This machine's clock, which breaks when the board has been drawn."""
    caller = {"number": NUMBER, "token": "a-secret-mark", "sent": POISON}
    times[0] += 1
    if times[0] > 3:
        raise ValueError(f"No clock for {caller['number']} {POISON}")
    return time.time_ns() // 1_000_000

board = Board(Path(sys.argv[1]) / "none.sqlite", load(None), clock=clock)
board.run()
sys.exit(board.return_code)
'''


def last_words(folder: Path, poison: str) -> tuple[int, str]:
    """The exit status of a board that breaks, and all that it wrote to its terminal."""
    master, line = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-c", FAULTY, folder, NUMBER, poison],
        stdin=line,
        stdout=line,
        stderr=line,
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(PROJECT), "TERM": "xterm-256color", "COLUMNS": "160"},
        start_new_session=True,
    )
    os.close(line)
    written = bytearray()
    try:
        while chunk := os.read(master, 65_536):
            written += chunk
    except OSError:
        pass  # Linux's way of saying that nobody writes any more
    finally:
        os.close(master)
    return process.wait(SECONDS), written.decode("utf-8", "replace")


def test_what_it_held_is_not_shown(tmp_path: Path) -> None:
    """No local variable, no number, nothing that steers; but the fault and its place are named."""
    status, written = last_words(tmp_path, PAYLOADS["clipboard"])
    assert status == 1
    assert "ValueError" in written
    assert "No clock for" in written
    assert "in clock" in written
    assert "a-secret-mark" not in written
    assert "4155550171" not in written
    assert foreign_in(written) == []
