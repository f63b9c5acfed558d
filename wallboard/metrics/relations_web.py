"""The relations of web campaigns: pairs of a campaign and a visit that started in the period.

A sum over pairs is a sum over campaigns (readings 55). Each pair is a row once, however often it
was shown something.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from wallboard.metrics.relation import Relation


def _of_visits(table: str, on: str = "", *, once: bool = False) -> Relation:
    """Rows of a table with a visit and a campaign; only the first of each such pair if `once`."""
    # From the visits on: a campaign's index would be gone through for all time.
    base = (
        f"visits\n  CROSS JOIN {table} ON {table}.source = visits.source"
        f" AND {table}.visit = visits.visit"
    )
    if once:
        base += (
            f"\n    AND NOT EXISTS (SELECT 1 FROM {table} other WHERE other.source = {table}.source"
            f" AND other.visit = {table}.visit AND other.campaign = {table}.campaign"
            f" AND other.id < {table}.id)"
        )
    return Relation(
        base=base + on,
        made_of="visits to web pages",
        within="visits.at >= :from AND visits.at < :until",
        at="visits.at",
        dimensions=MappingProxyType({"campaign": f"{table}.campaign"}),
        joins=MappingProxyType(
            {
                "campaigns": (
                    f"LEFT JOIN campaigns ON campaigns.source = {table}.source"
                    f" AND campaigns.campaign = {table}.campaign"
                ),
                # Visits that did so much as reach a goal, or take up something: looked up once for
                # each row, and so for no visit outside the period.
                **{
                    name: (
                        f"LEFT JOIN (SELECT 1 AS visit) {name} ON EXISTS (SELECT 1 FROM {of} done"
                        f" WHERE done.source = {table}.source AND done.visit = {table}.visit)"
                    )
                    for name, of in (("reaching", "goals"), ("acting", "engagements"))
                },
            }
        ),
    )


_ELIGIBLE: Final = (
    "\n    AND (visit_campaigns.arm = 'control' OR NOT EXISTS (SELECT 1 FROM visit_campaigns other"
    " WHERE other.source = visit_campaigns.source AND other.visit = visit_campaigns.visit"
    " AND other.campaign = visit_campaigns.campaign AND other.arm = 'control'))"
)
"""Who is held back is of the control group, though called eligible as well (readings 56)."""

_EXPOSED: Final = _of_visits("exposures", once=True)

WEB: Final[Mapping[str, Relation]] = MappingProxyType(
    {
        "prospects": _of_visits("visit_campaigns", _ELIGIBLE),
        "exposures": _of_visits("exposures"),
        "engagements": _of_visits("engagements"),
        "exposed": _EXPOSED,
        "engaged": _of_visits("engagements", once=True),
        # Of a campaign that is asked for, what campaigns with the same type of goal did.
        "goal_peers": _EXPOSED._replace(
            dimensions=MappingProxyType({"campaign": "peers.campaign"}),
            # Campaigns of calls may have goals of the same type; they are shown to no visit.
            when_split=MappingProxyType(
                {"campaign": "(peers.channel = 'web' OR peers.campaign = exposures.campaign)"}
            ),
            joins=MappingProxyType(
                {
                    **_EXPOSED.joins,
                    "peers": "JOIN campaigns peers ON peers.goal_type = campaigns.goal_type",
                }
            ),
        ),
        # Of goals it is asked which were reached by visits that a campaign was shown to.
        "exposed_goals": _of_visits(
            "exposures",
            "\n  JOIN goals ON goals.source = visits.source AND goals.visit = visits.visit",
        ),
    }
)
"""By name."""
