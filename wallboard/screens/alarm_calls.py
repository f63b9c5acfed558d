"""Calling for attention: which alarms are new to this board, and what to do of each. Pure."""

from collections.abc import Iterable

from msgspec import Struct

from wallboard.questions.alarms import AlarmLine

BELL = "bell"
NOTIFY = "notify"


class Call(Struct, frozen=True):
    """Whether to ring, and of which alarms the desktop is to be told."""

    is_rung: bool = False
    told: tuple[AlarmLine, ...] = ()


SILENT = Call()


class AlarmCalls:
    """Remembers what this board has called for already: each alarm once, and when it is worse.

    What stood before the board was opened is on the screen, and is not called for.
    """

    def __init__(self) -> None:
        self._known: dict[int, bool] | None = None

    def take(self, alarms: Iterable[AlarmLine]) -> Call:
        """Look at the alarms that stand now; what is to be done of those that are new."""
        before = self._known
        known = dict(before or {})
        fresh = []
        for alarm in alarms:
            if alarm.number not in known or (alarm.is_critical and not known[alarm.number]):
                fresh.append(alarm)
            known[alarm.number] = alarm.is_critical or known.get(alarm.number, False)
        self._known = known
        if before is None:
            return SILENT
        loud = [alarm for alarm in fresh if not alarm.is_acknowledged]
        return Call(
            any(BELL in alarm.actions for alarm in loud),
            tuple(alarm for alarm in loud if NOTIFY in alarm.actions),
        )
