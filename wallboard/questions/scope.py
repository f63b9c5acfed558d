"""What a picture is limited to."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Scope:
    """What a picture is limited to; None for all. Ids, not names."""

    campaign: str | None = None
    queue: str | None = None
    team: str | None = None
