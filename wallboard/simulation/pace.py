"""How simulated time becomes the time on the events when it runs faster than the clock."""

from msgspec import Struct


class Pace(Struct, frozen=True):
    """From ``anchor`` (UTC milliseconds) on, ``speed`` simulated seconds pass in each second.

    Events must never be dated in the future, so what happens after the anchor is squeezed
    towards it: one second of simulated talk is 1 / speed seconds on the wall.
    """

    anchor: int = 0
    speed: float = 1.0

    def __post_init__(self) -> None:
        if not 0 < self.speed <= 10_000:
            raise ValueError(
                f"The speed of a simulation must be above 0 and at most 10,000, not {self.speed}."
            )

    def stamp(self, simulated: int) -> int:
        """The time that an event of this simulated time carries, in UTC milliseconds."""
        if self.speed == 1.0 or simulated <= self.anchor:
            return simulated
        return self.anchor + int((simulated - self.anchor) / self.speed)

    def simulated(self, clock: int) -> int:
        """How far the simulation has come when the clock shows this, in UTC milliseconds."""
        if self.speed == 1.0 or clock <= self.anchor:
            return clock
        return self.anchor + int((clock - self.anchor) * self.speed)
