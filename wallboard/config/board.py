"""`[board]`: what the screen shows, how, and how long an agent may stay in a state."""

from collections.abc import Iterator, Mapping
from typing import Annotated

import msgspec

from wallboard.config.kinds import SECONDS, Choice, Flag, ListOf, MapOf, Text
from wallboard.config.layout import Layout
from wallboard.config.place import shown
from wallboard.config.section import Section, Table

SCREENS = ("floor", "calls", "agents", "campaigns", "metrics", "reports", "feed")


class Limits(Section, frozen=True, kw_only=True):
    """Seconds in one state after which an agent stands out; 0 for a state without a limit."""

    available: Annotated[float, SECONDS] = 0.0
    ringing: Annotated[float, SECONDS] = 30.0
    dialling: Annotated[float, SECONDS] = 60.0
    on_call: Annotated[float, SECONDS] = 1800.0
    on_hold: Annotated[float, SECONDS] = 180.0
    wrap_up: Annotated[float, SECONDS] = 120.0
    paused: Annotated[float, SECONDS] = 1800.0
    fault: Annotated[float, SECONDS] = 60.0
    pauses: Annotated[Mapping[str, float], MapOf(SECONDS)] = msgspec.field(
        default_factory=lambda: {"break": 900.0, "lunch": 3600.0}
    )
    """Limits by the reason of a pause; a reason not named here has that of `paused`."""

    def conflicts(self) -> Iterator[tuple[str, str]]:
        """A reason written twice in different case would have two limits."""
        seen: set[str] = set()
        for reason in self.pauses:
            if (name := _plain(reason)) in seen:
                yield "pauses", f"names {shown(reason)} twice where each reason is expected once"
            seen.add(name)

    def limit(self, state: str, reason: str | None = None) -> float | None:
        """Return the seconds allowed in a state (of a pause, for that reason), None if no limit.

        Reasons are compared without regard to case; a state without a limit of its own, such as
        offline, has none.
        """
        seconds = {
            "available": self.available,
            "ringing": self.ringing,
            "dialling": self.dialling,
            "on_call": self.on_call,
            "on_hold": self.on_hold,
            "wrap_up": self.wrap_up,
            "paused": self.paused,
            "fault": self.fault,
        }.get(state, 0.0)
        if state == "paused" and reason:
            named = {_plain(name): of_reason for name, of_reason in self.pauses.items()}
            seconds = named.get(_plain(reason), seconds)
        return seconds or None


def _plain(reason: str) -> str:
    return reason.strip().casefold()


class Board(Section, frozen=True, kw_only=True):
    """Settings of the screen."""

    title: Annotated[str, Text("a title of one line")] = "Wallboard"
    screens: Annotated[
        tuple[str, ...], ListOf(Choice(SCREENS), "a list of one screen or more", least=1)
    ] = ("floor", "campaigns", "agents")
    """What a wall rotates through."""
    rotate_seconds: Annotated[float, SECONDS] = 0.0
    """Seconds each screen stays on a wall; 0: the first stays."""
    mask_numbers: Annotated[bool, Flag()] = True
    """Phone numbers and names of contacts are masked."""
    theme: Annotated[str, Text("the name of a theme", lambda name: name.strip())] = "textual-dark"
    layout: Annotated[Layout, Table(Layout)] = Layout()
    limits: Annotated[Limits, Table(Limits)] = Limits()
