"""Visits of a web site: where they were eligible or held back, what they saw, did and reached."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from tests.agreement.brute_force.merge import merged
from tests.agreement.brute_force.money import grouped
from tests.agreement.brute_force.valid import Told


@dataclass
class Visit:
    """A visit that started, with its exposures, engagements and goals in their order."""

    source: str
    id: str
    start: int
    fields: dict[str, Any]
    exposures: list[Told]
    engagements: list[Told]
    goals: list[Told]

    def exposed(self, campaign: str) -> bool:
        return any(each.data["campaign"] == campaign for each in self.exposures)

    def control(self, campaign: str) -> bool:
        return campaign in self.fields["control"]

    def prospect(self, campaign: str) -> bool:
        return campaign in self.fields["campaigns"] or self.control(campaign)

    def shown_content(self, campaign: str) -> set[str]:
        """The campaign's engagements that this visit was shown as content."""
        return {
            each.data["engagement"]
            for each in self.exposures
            if each.data["campaign"] == campaign and each.data["kind"] == "content"
        }

    def chats(self, campaign: str) -> list[int]:
        """When it chatted interactively."""
        return [
            each.time
            for each in self.engagements
            if each.data["campaign"] == campaign
            and each.data["kind"] == "chat"
            and each.data.get("interactive") is True
        ]

    def clicks(self, campaign: str) -> list[int]:
        """When it clicked content."""
        content = self.shown_content(campaign)
        return [
            each.time
            for each in self.engagements
            if each.data["campaign"] == campaign
            and each.data["kind"] == "click"
            and each.data.get("engagement") in content
        ]

    def engaged_any(self, campaign: str) -> bool:
        return any(each.data["campaign"] == campaign for each in self.engagements)


def visits_of(events: Sequence[Told]) -> list[Visit]:
    mine: dict[tuple[str, str, str], list[Told]] = defaultdict(list)
    for event in events:
        if event.type in VISIT_TYPES:
            mine[event.source, event.data["visit"], event.type].append(event)
    result = []
    for group in grouped(events, "visit.started", "visit"):
        source, name = group[0].source, group[0].data["visit"]
        happened = [mine[source, name, kind] for kind in VISIT_TYPES]
        result.append(Visit(source, name, group[0].time, merged(group), *happened))
    return result


VISIT_TYPES = ("exposure.shown", "engagement.made", "goal.reached")
