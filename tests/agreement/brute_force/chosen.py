"""The calls of a period under filters."""

from dataclasses import dataclass
from functools import cached_property

from tests.agreement.brute_force.asked import Asked, Settings
from tests.agreement.brute_force.calls import Call
from tests.agreement.brute_force.world import World


def matches(world: World, call: Call, asked: Asked) -> bool:
    """Whether a call passes the filters."""
    wanted = {
        "campaign": call.fields.get("campaign"),
        "queue": call.queue,
        "agent": call.agent,
        "account": call.fields.get("account"),
        "team": world.team_of(call) if asked.team is not None else None,
        "attribution_campaign": call.attribution.get("campaign"),
    }
    return all(wanted[name] == getattr(asked, name) for name in asked.filters())


@dataclass
class Chosen:
    """The world, and what of it is asked for."""

    world: World
    asked: Asked

    @property
    def settings(self) -> Settings:
        return self.world.settings

    def within(self, at: int | None) -> bool:
        """Whether an instant lies in the period."""
        return at is not None and self.asked.from_ms <= at < self.asked.until_ms

    def lacks(self, *dimensions: str) -> bool:
        """Whether a filter asks for more than these dimensions, all that the facts have."""
        return bool(self.asked.filters() - set(dimensions))

    @cached_property
    def calls(self) -> list[Call]:
        """Calls that started in the period, of both directions."""
        return [
            call
            for call in self.world.calls
            if self.within(call.start) and matches(self.world, call, self.asked)
        ]

    @cached_property
    def inbound(self) -> list[Call]:
        return [call for call in self.calls if call.inbound]

    @cached_property
    def outbound(self) -> list[Call]:
        return [call for call in self.calls if not call.inbound]
