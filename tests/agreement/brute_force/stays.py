"""The stays of a call in queues."""

from collections.abc import Sequence
from dataclasses import dataclass

from tests.agreement.brute_force.valid import Told


@dataclass
class Stay:
    """From entering a queue to leaving it, in milliseconds; left None: it is still there."""

    queue: str
    entered: int
    left: int | None = None
    reason: str | None = None

    @property
    def length(self) -> int:
        return 0 if self.left is None else max(0, self.left - self.entered)


def in_order(events: Sequence[Told]) -> list[Told]:
    """By time, sequence and id.

    But an entry before the leaving that, at the same instant, nothing else explains: it was only
    sent late.
    """
    waiting = sorted(events, key=lambda each: each.order)
    result: list[Told] = []
    within: set[str] = set()
    while waiting:
        event = waiting[0]
        queue = event.data["queue"]
        if event.type == "queue.left" and queue not in within:
            event = next((each for each in waiting if enters(each, event)), event)
        waiting.remove(event)
        result.append(event)
        if event.type == "queue.entered":
            within.add(queue)
        else:
            within.discard(queue)
    return result


def enters(entry: Told, leaving: Told) -> bool:
    """Whether one enters the queue at the very time at which the other leaves it."""
    same = entry.time == leaving.time and entry.data["queue"] == leaving.data["queue"]
    return same and entry.type == "queue.entered"


def stays_of(events: Sequence[Told], call_end: int | None) -> list[Stay]:
    """Stays in the order of their entries; one still open at the call's end closes with it."""
    result: list[Stay] = []
    within: dict[str, Stay] = {}
    for event in in_order(events):
        queue = event.data["queue"]
        if event.type == "queue.entered" and queue not in within:
            within[queue] = Stay(queue, event.time)
            result.append(within[queue])
        elif event.type == "queue.left" and queue in within:
            stay = within.pop(queue)
            stay.left, stay.reason = event.time, event.data["reason"]
    for stay in within.values():
        stay.left = call_end
    return result
