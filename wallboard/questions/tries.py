"""How often a caller has tried: the calls in a row with which they reached nobody. Pure SQL."""

import sqlite3
from collections.abc import Iterable, Mapping
from typing import Final

from wallboard.questions.call_answers import CallLine

MOST_TRIES: Final = 100
"""Of a number that calls more often than this it is said that it has so many tries."""
_LATEST: Final = f"""
SELECT result FROM calls WHERE direction = 'inbound' AND from_number = ? AND started <= ?
ORDER BY started DESC LIMIT {MOST_TRIES}
"""


def tries_of(
    connection: sqlite3.Connection, lines: Iterable[CallLine], now: int
) -> Mapping[int, int]:
    """Return for each of these calls, by its number, how often its caller has tried up to `now`.

    Counted are the inbound calls since the last that was answered, those after the call among
    them; a call whose number is withheld is left out. Raises sqlite3.Error.
    """
    known: dict[str, int] = {}
    found: dict[int, int] = {}
    for line in lines:
        number = line.from_number
        if number is None or line.direction != "inbound":
            continue
        if number not in known:
            known[number] = _tries(connection, number, now)
        found[line.number] = known[number]
    return found


def tries_in_words(tries: int) -> str:
    """`2 ×`, `100+ ×`, or, when a call of theirs was answered afterwards, `answered`."""
    if tries == 0:
        return "answered"
    return f"{tries}{'+' if tries >= MOST_TRIES else ''} ×"


def _tries(connection: sqlite3.Connection, number: str, now: int) -> int:
    tries = 0
    for (result,) in connection.execute(_LATEST, (number, now)):
        if result == "answered":
            break
        tries += 1
    return tries
