"""One web campaign's visits of a period: what they saw, did and reached."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from tests.agreement.brute_force.answers import money
from tests.agreement.brute_force.chosen import Chosen
from tests.agreement.brute_force.merge import merged
from tests.agreement.brute_force.valid import Told
from tests.agreement.brute_force.visits import Visit


@dataclass
class WebCampaign:
    """A campaign, its definition as last known, and its feed's visits of the period."""

    name: str
    fields: dict[str, Any]
    visits: list[Visit]

    @property
    def goal_type(self) -> str | None:
        kind: str | None = (self.fields.get("goal") or {}).get("type")
        return kind

    def owns(self, goal: Told) -> bool:
        """Whether a goal is the campaign's own (reading 57)."""
        whose = goal.data.get("campaign")
        if whose is not None:
            return bool(whose == self.name)
        mine = (self.fields.get("goal") or {}).get("name")
        return mine is not None and mine == goal.data["goal"]

    def own(self, visit: Visit) -> list[Told]:
        return [goal for goal in visit.goals if self.owns(goal)]

    def orders(self, visits: Sequence[Visit]) -> list[Decimal]:
        """The revenue of each order: of each sale goal of its own (reading 62)."""
        return [
            money(goal.data.get("revenue"))
            for visit in visits
            for goal in self.own(visit)
            if goal.data["goal_type"] == "sale"
        ]

    def converting(self, visits: Sequence[Visit]) -> int:
        """Visits that reached the campaign's own goal."""
        return sum(bool(self.own(visit)) for visit in visits)

    @property
    def prospects(self) -> list[Visit]:
        return [visit for visit in self.visits if visit.prospect(self.name)]

    @property
    def exposed(self) -> list[Visit]:
        return [visit for visit in self.visits if visit.exposed(self.name)]

    @property
    def control(self) -> list[Visit]:
        return [visit for visit in self.visits if visit.control(self.name)]

    @property
    def chatted(self) -> list[Visit]:
        """Exposed visits with an interactive chat."""
        return [visit for visit in self.exposed if visit.chats(self.name)]

    @property
    def clicked(self) -> list[Visit]:
        """Visits that clicked content."""
        return [visit for visit in self.visits if visit.clicks(self.name)]

    @property
    def passive(self) -> list[Visit]:
        """Visits exposed to content without any click or chat (reading 59)."""
        return [
            visit
            for visit in self.visits
            if visit.shown_content(self.name) and not visit.engaged_any(self.name)
        ]

    def engaged(self, visit: Visit) -> list[int]:
        """When a visit chatted interactively or clicked content."""
        return visit.chats(self.name) + visit.clicks(self.name)

    def after_engagement(self) -> list[Told]:
        """Own goals reached after an interactive chat or content click."""
        return [
            goal
            for visit in self.visits
            for goal in self.own(visit)
            if any(at < goal.time for at in self.engaged(visit))
        ]

    def expected(self) -> Decimal:
        """Conversions of all prospects at the control group's rate."""
        return Decimal(len(self.prospects) * self.converting(self.control)) / len(self.control)


def visits_of(chosen: Chosen) -> list[Visit]:
    return [visit for visit in chosen.world.visits if chosen.within(visit.start)]


def campaigns_of(chosen: Chosen) -> list[WebCampaign]:
    """Every campaign of every feed that a definition or a visit names."""
    visits, definitions = visits_of(chosen), {}
    for group in chosen.world.entities("campaign.defined", "campaign"):
        definitions[group[0].source, group[0].data["campaign"]] = merged(group)
    names = set(definitions)
    for visit in visits:
        named = [*visit.fields["campaigns"], *visit.fields["control"]]
        named += [each.data["campaign"] for each in visit.exposures + visit.engagements]
        names |= {(visit.source, name) for name in named}
    return [
        WebCampaign(
            name, definitions.get((source, name), {}), [v for v in visits if v.source == source]
        )
        for source, name in sorted(names)
    ]
