"""What is asked of the simulated center: everything else follows from it and the date."""

from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from msgspec import Struct

CALLS_PER_AGENT_HOUR = 4.55
"""Inbound calls an hour at the busiest time, for each agent of a very large roster: with the
outbound campaigns beside them this keeps the floor about four fifths busy."""


class Plan(Struct, frozen=True):
    """The size and the seed of a simulated center.

    ``agents`` is the whole roster, of which shifts bring in a part at a time;
    ``calls_per_hour`` the inbound calls of the busiest weekday hour (None: what suits the
    roster); ``time_zone`` an IANA name; ``week_shift`` by how many days the working week is
    moved (-3: a Saturday is as busy as a Wednesday). The same plan and date give the same
    events, byte for byte. Raises ValueError for a plan that no center could follow.
    """

    agents: int = 64
    calls_per_hour: float | None = None
    seed: int = 1
    time_zone: str = "UTC"
    source: str = "wallboard-demo"
    week_shift: int = 0

    def __post_init__(self) -> None:
        if self.agents < 1:
            raise ValueError(f"A simulated center needs at least one agent, not {self.agents}.")
        if self.calls_per_hour is not None and not 0 < self.calls_per_hour < 1_000_000:
            raise ValueError(
                "The simulated calls per hour must be above 0 and below 1,000,000,"
                f" not {self.calls_per_hour}."
            )
        try:
            ZoneInfo(self.time_zone)
        except (ZoneInfoNotFoundError, ValueError, OSError) as error:
            raise ValueError(
                f"The time zone {self.time_zone!r} is not known; an IANA name such as"
                " Europe/Paris was expected."
            ) from error

    @property
    def busiest_hour(self) -> float:
        """Inbound calls an hour at the busiest time of a weekday."""
        if self.calls_per_hour is not None:
            return self.calls_per_hour
        # A small group must be less busy than a large one to answer as fast (Erlang C).
        return CALLS_PER_AGENT_HOUR * self.agents * self.agents / (self.agents + 27)
