"""Where in the past somebody stands on the board, and how that moves. Pure; times are UTC ms."""

from typing import Final

from msgspec import Struct
from msgspec.structs import replace

SECOND_MS: Final = 1_000
MINUTE_MS: Final = 60_000
HOUR_MS: Final = 3_600_000
SPEEDS: Final = (1, 2, 5, 10, 30, 60)
"""How many times as fast as it happened the past can be played."""


class Journey(Struct, frozen=True):
    """A stand in the past at `instant`, or since `since` (the board's clock) a play from there.

    `speed` is that of the play, which goes on while `is_playing`.
    """

    instant: int
    speed: int = SPEEDS[0]
    is_playing: bool = False
    since: int = 0

    def at(self, now: int) -> int:
        """The instant that is looked at when the board's clock shows `now`."""
        if not self.is_playing:
            return self.instant
        return self.instant + self.speed * max(0, now - self.since)

    def halted(self, now: int) -> "Journey":
        """The same at its instant, standing."""
        return replace(self, instant=self.at(now), is_playing=False)

    def playing(self, now: int) -> "Journey":
        """The same from its instant on, playing."""
        return replace(self, instant=self.at(now), is_playing=True, since=now)

    def moved(self, by: int, now: int) -> "Journey":
        """The same so many milliseconds later or (negative) earlier; a play goes on from there."""
        return replace(self, instant=self.at(now) + by, since=now)

    def at_speed(self, step: int, now: int) -> "Journey":
        """The same at the speed `step` places further on in SPEEDS, as far as there are any."""
        place = SPEEDS.index(self.speed) + step
        speed = SPEEDS[min(max(place, 0), len(SPEEDS) - 1)]
        return replace(self, instant=self.at(now), since=now, speed=speed)


def begun(instant: int) -> Journey:
    """A stand at the second of `instant`."""
    return Journey(instant - instant % SECOND_MS)


def stepped(journey: Journey | None, by: int, now: int) -> Journey | None:
    """A step by so many milliseconds; None, which is live, once it leads to `now` or beyond."""
    if journey is None:
        return begun(now + by) if by < 0 else None
    moved = journey.moved(by, now)
    return moved if moved.at(now) < now else None
