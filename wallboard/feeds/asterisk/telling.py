"""Events of ours on their way out, each with an id that is the same whenever it is told again."""

from datetime import UTC, datetime
from typing import Any, Final, NamedTuple

import msgspec

from wallboard.events.envelope import EARLIEST, LATEST
from wallboard.events.kinds import Data
from wallboard.events.vocabulary import NAMES

_ENCODE: Final = msgspec.json.Encoder().encode


class Told(NamedTuple):
    """One event: when it happened (UTC ms), its id, the entity it is about, and what it says."""

    time: int
    id: str
    subject: str
    data: Data
    extra: dict[str, str] | None = None
    """Fields beside those of the vocabulary, which are kept with the raw text of the event."""


class Telling:
    """Collects what is told until it is taken."""

    def __init__(self) -> None:
        self._told: list[Told] = []

    def tell(
        self, time: int, key: str, subject: str, data: Data, extra: dict[str, str] | None = None
    ) -> None:
        """Tell an event; `key` makes it the same event whenever it is told again.

        The id is the type and the key. So a recording imported twice, or a snapshot after a lost
        connection, repeats what is known and doubles nothing.
        """
        kind = NAMES[type(data)]
        # Of one instant what ends comes before what begins: equal times are in the order of ids.
        name = "queue.end" if kind == "queue.left" else kind
        self._told.append(Told(time, f"{name}:{key}", subject, data, extra))

    def taken(self) -> list[Told]:
        """What was told since this was last called."""
        told, self._told = self._told, []
        return told


def encoded(told: Told, source: str) -> bytes:
    """An event as a CloudEvent in JSON."""
    moment = datetime.fromtimestamp(min(max(told.time, EARLIEST), LATEST - 1) / 1_000, UTC)
    data: Any = told.data
    if told.extra:
        data = msgspec.to_builtins(told.data) | told.extra
    return _ENCODE(
        {
            "specversion": "1.0",
            "id": told.id,
            "source": source,
            "type": NAMES[type(told.data)],
            "time": moment.isoformat(timespec="milliseconds"),
            "subject": told.subject,
            "data": data,
        }
    )
