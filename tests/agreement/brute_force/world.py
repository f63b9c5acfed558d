"""The world that raw events tell of: calls with everything tied to them, and all beside."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from tests.agreement.brute_force.asked import Event, Settings
from tests.agreement.brute_force.calls import Call, Key, call_of
from tests.agreement.brute_force.merge import in_force, merged
from tests.agreement.brute_force.money import (
    Opportunity,
    Sale,
    Touch,
    grouped,
    opportunities_of,
    sales_of,
    touches_of,
)
from tests.agreement.brute_force.numbers import known
from tests.agreement.brute_force.valid import Told, every
from tests.agreement.brute_force.visits import Visit, visits_of

DEFINED = {
    "campaign.defined": "campaign",
    "queue.defined": "queue",
    "agent.defined": "agent",
    "contact.added": "contact",
}
CALL_TYPES = ("call.", "leg.", "queue.entered", "queue.left")


@dataclass
class World:
    """Everything, as last known."""

    settings: Settings
    events: list[Told]
    sent: set[str]
    """The event types that were ever sent."""
    calls: list[Call]
    """Calls that started, by start."""
    sales: list[Sale]
    opportunities: list[Opportunity]
    touches: list[Touch]
    visits: list[Visit]
    by_key: dict[Key, Call]
    told_of: dict[tuple[str, str, str], list[Told]]
    """The events of each definition: by type, source and id."""

    def entities(self, kind: str, name: str) -> list[list[Told]]:
        """The events of a type, by entity."""
        return grouped(self.events, kind, name)

    def definition(self, kind: str, call: Call, name: str | None, at: int) -> dict[str, Any]:
        """A definition (campaign, queue) of the call's feed, in force at an instant."""
        told = self.told_of.get((f"{kind}.defined", call.source, str(name)), [])
        return in_force(told, at) if told else {}

    def queue_of(self, call: Call) -> dict[str, Any]:
        """The first queue's definition, as in force at the call's start."""
        return self.definition("queue", call, call.queue, call.start)

    def campaign_of(self, call: Call) -> dict[str, Any]:
        return self.definition("campaign", call, call.fields.get("campaign"), call.start)

    def team_of(self, call: Call) -> str | None:
        """The team of the call's agent, by the latest definition."""
        if call.agent is None:
            return None
        told = self.told_of.get(("agent.defined", call.source, call.agent), [])
        team: str | None = merged(told).get("team")
        return team

    def phone_of(self, source: str, contact: str | None) -> str | None:
        """The phone of a contact, as last known."""
        told = self.told_of.get(("contact.added", source, str(contact)), [])
        return known(merged(told).get("phone"))

    def call_for(self, source: str, name: str | None) -> Call | None:
        return None if name is None else self.by_key.get((source, name))

    def customer(self, sale: Sale) -> str | None:
        """Its phone, else its call's other party, else its contact's phone (reading 17)."""
        call = self.call_for(sale.source, sale.fields.get("call"))
        return (
            known(sale.fields.get("phone"))
            or (other_party(call) if call else None)
            or self.phone_of(sale.source, sale.fields.get("contact"))
        )

    def sale_value(self, call: Call) -> Decimal:
        return sum((sale.amount for sale in call.sales), start=Decimal(0))


def other_party(call: Call) -> str | None:
    """The number at the other end: who called, or was called."""
    return known(call.fields.get("from_number" if call.inbound else "to_number"))


def world_of(events: Sequence[Event], settings: Settings) -> World:
    """Build the world from raw events."""
    told = every(events)
    groups: dict[Key, list[Told]] = defaultdict(list)
    for event in told:
        if event.type.startswith(CALL_TYPES):
            groups[event.source, event.data["call"]].append(event)
    told_of: dict[tuple[str, str, str], list[Told]] = defaultdict(list)
    for event in told:
        if event.type in DEFINED:
            told_of[event.type, event.source, event.data[DEFINED[event.type]]].append(event)
    found = [call_of(key, group) for key, group in groups.items()]
    calls = sorted((call for call in found if call), key=lambda call: call.order)
    world = World(
        settings=settings,
        events=told,
        sent={event.type for event in told},
        calls=calls,
        sales=sales_of(told),
        opportunities=opportunities_of(told),
        touches=touches_of(told),
        visits=visits_of(told),
        by_key={(call.source, call.id): call for call in calls},
        told_of=told_of,
    )
    for sale in world.sales:
        tied = world.call_for(sale.source, sale.fields.get("call"))
        if tied:
            tied.sales.append(sale)
    for opportunity in world.opportunities:
        tied = world.call_for(opportunity.source, opportunity.fields.get("call"))
        if tied:
            tied.opportunities.append(opportunity)
    return world
