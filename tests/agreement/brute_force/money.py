"""Sales, opportunities and touches, as last known."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from tests.agreement.brute_force.merge import merged
from tests.agreement.brute_force.valid import Told


@dataclass
class Sale:
    """A sale: placed by its first event, read by its latest."""

    source: str
    time: int
    order: tuple[int, int, str]
    fields: dict[str, Any]

    @property
    def amount(self) -> Decimal:
        return Decimal(str(self.fields["amount"]))


@dataclass
class Opportunity:
    """An opportunity and the moves it made."""

    source: str
    fields: dict[str, Any]
    events: list[Told]

    def standing(self, until: int) -> dict[str, Any]:
        """Its stage and value as they stood before an instant."""
        return merged([event for event in self.events if event.time < until])

    def won(self) -> int | None:
        """The time of its last move to won."""
        stage, result = None, None
        for event in sorted(self.events, key=lambda each: each.order):
            if event.data["stage"] == "won" and stage != "won":
                result = event.time
            stage = event.data["stage"]
        return result


@dataclass
class Touch:
    """A contact's meeting with marketing."""

    source: str
    time: int
    order: tuple[int, int, str]
    fields: dict[str, Any]


def grouped(events: Iterable[Told], kind: str, name: str) -> list[list[Told]]:
    """The events of one type, by entity, each in order."""
    groups: dict[tuple[str, str], list[Told]] = defaultdict(list)
    for event in events:
        if event.type == kind:
            groups[event.source, event.data[name]].append(event)
    return [sorted(group, key=lambda each: each.order) for group in groups.values()]


def sales_of(events: Sequence[Told]) -> list[Sale]:
    return [
        Sale(group[0].source, group[0].time, group[0].order, merged(group))
        for group in grouped(events, "sale.recorded", "sale")
    ]


def opportunities_of(events: Sequence[Told]) -> list[Opportunity]:
    return [
        Opportunity(group[0].source, merged(group), group)
        for group in grouped(events, "opportunity.changed", "opportunity")
    ]


def touches_of(events: Sequence[Told]) -> list[Touch]:
    """Touches in their order."""
    found = [
        Touch(group[0].source, group[0].time, group[0].order, merged(group))
        for group in grouped(events, "touch.recorded", "touch")
    ]
    return sorted(found, key=lambda touch: touch.order)
