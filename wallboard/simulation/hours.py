"""How busy the center is at every hour of the day and every day of the week."""

from wallboard.simulation.blocks import Block

# Arrivals of each local hour from midnight, as a share of those of the busiest.
ARRIVALS = (
    0.22, 0.20, 0.19, 0.19, 0.20, 0.21, 0.24, 0.36, 0.62, 0.86, 0.98, 1.00,
    0.88, 0.90, 0.92, 0.84, 0.68, 0.50, 0.38, 0.34, 0.31, 0.29, 0.26, 0.24,
)  # fmt: skip
WEEKDAYS = (1.06, 1.0, 0.98, 0.97, 0.95, 0.68, 0.58)
"""Arrivals of each weekday from Monday, against the mean working day."""
STAFFED = (1.0, 1.0, 1.0, 1.0, 1.0, 0.75, 0.65)
"""The share of the rostered agents who come on each weekday."""
DIALLING = (8, 21)
"""The local hours between which contacts may be called."""
SLOT = 300
"""Seconds over which the rates are taken as constant."""


class Hours:
    """The rates of one block, worked out beforehand in slots of five minutes."""

    def __init__(self, block: Block, week_shift: int = 0) -> None:
        slots = int(block.seconds // SLOT) + 1
        moments = [block.local(n * SLOT) for n in range(slots)]
        self.begins = moments[0]
        self.staffed = STAFFED[(self.begins.weekday() + week_shift) % 7]
        self._arrivals = [
            self._between(moment.hour, moment.minute)
            * WEEKDAYS[(moment.weekday() + week_shift) % 7]
            for moment in moments
        ]
        self._dialling = [DIALLING[0] <= m.hour < DIALLING[1] for m in moments]

    @staticmethod
    def _between(hour: int, minute: int) -> float:
        # Half past is the hour's own figure; between, the two neighbours are mixed.
        shifted = hour * 60 + minute - 30
        part = shifted % 60 / 60
        return ARRIVALS[shifted // 60 % 24] * (1 - part) + ARRIVALS[(shifted // 60 + 1) % 24] * part

    def arrivals(self, seconds: float) -> float:
        """The rate of arrivals so far into the block, 1 at the busiest time of a usual day."""
        return self._arrivals[int(seconds // SLOT)]

    def may_dial(self, seconds: float) -> bool:
        """Whether contacts may be called so far into the block."""
        return self._dialling[int(seconds // SLOT)]
