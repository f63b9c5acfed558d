"""When a question is put again: what is dear is asked less often, what fails soon again."""

from typing import Final

from wallboard.alarms.thresholds import STILL_TO_COME, Group, Measured

OFTEN_SECONDS: Final = 5.0
SELDOM_SECONDS: Final = 60.0
"""How often a threshold is looked at, at most: thirty days move little in a minute."""
COST_SHARE: Final = 0.05
"""No question may take more of the time than this: what is dear is asked less often."""
SLOW_SECONDS: Final = 0.25
"""What takes longer is answered aside from then on, as what is over 30 days is from the first."""
SLOW_SHARE: Final = 0.01
"""And takes no more of the time than this: 6 s every 10 minutes."""
GIVEN_UP_SECONDS: Final = 600.0
"""After so long a question that took too long is asked again."""
FAILED_SECONDS: Final = 30.0
"""After so long what could not be looked at is tried again."""


class Pace:
    """When the question of each group is due. All times are seconds by one stopwatch."""

    def __init__(self) -> None:
        self._due: dict[Group, float] = {}
        self._slow: set[Group] = set()

    def begin_anew(self) -> None:
        """Every question is due at once; which are slow stays known."""
        self._due = {}

    def is_due(self, group: Group, at: float) -> bool:
        """Whether it is to be asked at `at`."""
        return at >= self._due.get(group, 0.0)

    def is_slow(self, group: Group) -> bool:
        """Whether the quick ones had better not wait for it."""
        return group.window == "30d" or group in self._slow

    def answered(self, group: Group, began: float, took: float, measured: Measured | None) -> None:
        """Note what a question took, and gave, None where it took too long."""
        is_slow = took > SLOW_SECONDS
        if is_slow:
            self._slow.add(group)
        least = SELDOM_SECONDS if group.window == "30d" else OFTEN_SECONDS
        rest = max(0.0 if group.is_live else least, took / (SLOW_SHARE if is_slow else COST_SHARE))
        if measured is None:
            rest = GIVEN_UP_SECONDS
        elif STILL_TO_COME in measured.troubles.values():
            rest = OFTEN_SECONDS
        self._due[group] = began + rest

    def failed(self, group: Group, began: float) -> None:
        """Note that a question could not be answered."""
        self._due[group] = began + FAILED_SECONDS
