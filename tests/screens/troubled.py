"""A cache whose feeds had gaps, repeated events, unknown types and events that fit nowhere."""

import json
import sqlite3
from pathlib import Path

from tests.screens.center import NOW, event, fill, simulated, sized
from tests.screens.hostile import NAMES
from wallboard.feeds.intake import Condition, Stage

NUMBER = "+14155550171"


def wrong_events(now: int) -> list[bytes]:
    """Text that is no event, names that try to be more than text, and types nobody knows."""
    contradiction = json.loads(event("call.started", now - 5_000, {}, 900_001))
    contradiction["data"] = {"call": "x", "direction": f"up {NUMBER}", "caller_id": "Jane Doe"}
    broken = f'{{"type": "call.started", "name": "Jane Doe", "from": "{NUMBER}", \x1b[2J [red]'
    return [
        json.dumps(contradiction).encode(),
        json.dumps({"type": NAMES[2], "data": {"name": "Jane Doe", "number": NUMBER}}).encode(),
        broken.encode(),
        b"\xff\xfe not even text",
        *(event(kind, now - 4_000, {"call": "x"}, 900_010 + at) for at, kind in enumerate(
            ("call.hummed", "call.hummed", f"agent.{NAMES[0]}")
        )),
    ]  # fmt: skip


def troubled(cache: Path, condition: Condition | None = None) -> Path:
    """A simulated morning, then what was wrong, one gap lost and one recovered."""
    usual = condition or Condition(Stage.LIVE, NOW - 3_600_000, heard=NOW - 300, skew=0.4)
    fill(cache, simulated(NOW - 28_000_000, agents=8), condition=usual)
    for wrong in wrong_events(NOW):
        # One at a time: what is no JSON would make a whole message of others none.
        fill(cache, [wrong], condition=usual)
    fill(cache, [], condition=usual, lost="The feed had forgotten them.")
    connection = sqlite3.connect(cache)
    with connection:
        connection.execute(
            "INSERT INTO gaps"
            " (feed, epoch, first, last, missing, started, ended, reason, recovered)"
            " VALUES ('main', 'e', 100, 141, 42, ?, ?, 'The connection was lost.', 1)",
            (NOW - 90_000_000, NOW - 89_990_000),
        )
    connection.close()
    sized(cache)
    return cache
