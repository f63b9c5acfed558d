"""Visits of the web site: eligible, held back, exposed, engaged, converting; or several at once."""

from tests.agreement.generation.places import Place
from tests.agreement.generation.teller import ABSENT, Teller

KINDS = ("invitation", "button", "content", "content")
REVENUES = (ABSENT, None, 0, 49.9, 100, 150)


def visited(teller: Teller, place: Place, visit: str, at: int) -> None:
    """One visit and all that it did."""
    eligible = [name for name in place.web if teller.chance(0.6)]
    control = [name for name in place.web if teller.chance(0.2)]
    marked = teller.maybe(0.4, {"source": "source-x", "campaign": f"campaign-{teller.pick('xy')}"})
    if teller.chance(0.97):
        teller.tell(
            "visit.started",
            at,
            visit=visit,
            visitor=f"visitor-{teller.pick(range(9))}",
            campaigns=eligible,
            control=control,
            attribution=marked,
        )
    if teller.chance(0.1):
        held = [*control, teller.pick(place.web)]
        teller.tell(
            "visit.started", at + 900, visit=visit, visitor="v", campaigns=eligible, control=held
        )
    times = [at + each * 5_000 for each in range(8)]
    for campaign in place.web:
        for _ in range(teller.pick((0, 0, 1, 2))):
            teller.tell(
                "exposure.shown",
                teller.pick(times),
                visit=visit,
                campaign=campaign,
                engagement=f"{campaign}-{teller.pick('112')}",
                kind=teller.pick(KINDS),
            )
        for _ in range(teller.pick((0, 1, 1, 2, 3))):
            teller.tell(
                "engagement.made",
                teller.pick(times),
                visit=visit,
                campaign=campaign,
                engagement=teller.maybe(0.8, f"{campaign}-{teller.pick('112')}"),
                kind=teller.pick(("click", "click", "chat")),
                interactive=teller.maybe(0.7, teller.chance(0.7)),
            )
    for number in range(teller.pick((0, 1, 1, 2, 3))):
        campaign = teller.pick(place.web)
        name, kind = place.goals[campaign]
        if teller.chance(0.2):
            name, kind = "elsewhere", teller.pick(("sale", "lead", "page_views", "other"))
        teller.tell(
            "goal.reached",
            teller.pick(times),
            visit=visit,
            goal=name,
            goal_type=kind,
            campaign=teller.maybe(0.4, campaign) if name != "elsewhere" else ABSENT,
            order=teller.maybe(0.5, f"order-{visit}-{number}"),
            revenue=teller.pick(REVENUES) if kind == "sale" else ABSENT,
        )
