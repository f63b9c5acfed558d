"""What a picture is limited to."""

from msgspec import Struct


class Scope(Struct, frozen=True):
    """What a picture is limited to; None for all. Ids, not names."""

    campaign: str | None = None
    queue: str | None = None
    team: str | None = None

    @property
    def filters(self) -> dict[str, str]:
        """The ids of what it is limited to, by dimension."""
        limits = {"campaign": self.campaign, "queue": self.queue, "team": self.team}
        return {dimension: limit for dimension, limit in limits.items() if limit}
