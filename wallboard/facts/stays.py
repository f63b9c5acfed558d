"""The stays of a call in queues, from who entered and who left."""

from typing import Any

from msgspec import UNSET

from wallboard.events.calls import QueueEntered
from wallboard.events.kinds import Data
from wallboard.facts.call import Stay
from wallboard.facts.entry import Entry, merged
from wallboard.facts.evidence import CLOCK_TOLERANCE_MS
from wallboard.facts.said import given


def stays_of(entries: list[Entry], lefts: list[Entry] | None, ended: int | None) -> list[Stay]:
    """The queue stays in order of entry; each left closes the open stay of its queue.

    A further left corrects why the stay ended, not when (readings 5). `ended`: when the call did
    (UTC ms), and with it every stay that nobody left.
    """
    moves = entries if not lefts else sorted(entries + lefts, key=lambda entry: entry.stamp)
    stays: list[Stay] = []
    open_stays: dict[str, Stay] = {}
    closed: dict[str, tuple[Stay, Data]] = {}
    early: dict[str, Entry] = {}
    for entry in moves:
        data: Any = entry.data
        queue = data.queue
        if type(data) is QueueEntered:
            stay = open_stays.get(queue)
            if stay is None:
                stay = Stay(queue, entry.time)
                stays.append(stay)
                left = early.pop(queue, None)
                if left is not None and left.time >= entry.time - CLOCK_TOLERANCE_MS:
                    stay.left = stay.entered
                    closed[queue] = (stay, _leave(stay, left.data))
                else:
                    open_stays[queue] = stay
            if data.position is not UNSET:
                stay.position = data.position
        elif queue in open_stays:
            stay = open_stays.pop(queue)
            stay.left = max(entry.time, stay.entered)
            closed[queue] = (stay, _leave(stay, data))
        elif queue in closed:
            stay, before = closed[queue]
            closed[queue] = (stay, _leave(stay, merged((before, data))))
        else:
            early[queue] = entry
    if ended is not None:
        for stay in open_stays.values():
            stay.left = max(ended, stay.entered)
            stay.closed_with_call = True
    return stays


def _leave(stay: Stay, said: Data) -> Data:
    """Note how the stay ended; returns what said so."""
    data: Any = said
    stay.reason = data.reason
    stay.agent = given(data.agent)
    stay.destination = given(data.destination)
    return said
