"""The relations of calls, and of the sales, opportunities and wins that are theirs."""

from types import MappingProxyType
from typing import Final

from wallboard.metrics.relation import Relation
from wallboard.metrics.wins import WINS

ATTRIBUTION: Final = (
    "source",
    "channel",
    "medium",
    "campaign",
    "ad_group",
    "ad",
    "creative",
    "keyword",
    "landing_page",
    "referring_url",
    "referral_source",
)
LOCATION: Final = ("country", "region", "city", "market")
AREA_CODE: Final = "area_code"
"""The dimension of the area code of the caller's number; calls can be split by it, not filtered."""

OF_A_CALL: Final = {
    "campaign": "calls.campaign",
    "queue": "calls.first_queue",
    "agent": "calls.agent",
    "team": "agents.team",
    "account": "calls.account",
    "sub_campaign": "calls.sub_campaign",
    "direction": "calls.direction",
    "list": "calls.list",
    "call_type": "calls.call_type",
    "outcome": "calls.outcome",
    "disposition": "calls.disposition",
    "end_reason": "calls.end_reason",
    **{f"attribution.{name}": f"attributions.{name}" for name in ATTRIBUTION},
    **{f"location.{name}": f"locations.{name}" for name in LOCATION},
}
JOINED_TO_CALLS: Final = {
    "measures": "JOIN call_measures measures ON measures.call = calls.call",
    "outcomes": "LEFT JOIN call_outcomes outcomes ON outcomes.call = calls.call",
    "quality": "LEFT JOIN call_quality quality ON quality.call = calls.call",
    "attributions": ("LEFT JOIN attributions ON attributions.attribution = calls.attribution"),
    "locations": "LEFT JOIN locations ON locations.location = calls.location",
    "agents": "LEFT JOIN agents ON agents.source = calls.source AND agents.agent = calls.agent",
    "tied_sales": (
        "LEFT JOIN (SELECT source, call, count(*) AS sales, sum(amount) AS amount FROM sales"
        " WHERE call IS NOT NULL GROUP BY source, call) tied_sales"
        " ON tied_sales.source = calls.source AND tied_sales.call = calls.id"
    ),
}

CALLS: Final = Relation(
    base="calls",
    within="calls.started >= :from AND calls.started < :until",
    at="calls.started",
    dimensions=MappingProxyType(OF_A_CALL),
    joins=MappingProxyType(JOINED_TO_CALLS),
    direction="calls.direction",
    call="calls.call",
)

WON: Final = Relation(
    base=f"{WINS}\n  JOIN opportunities ON opportunities.source = wins.source"
    " AND opportunities.opportunity = wins.opportunity",
    within="wins.won >= :from AND wins.won < :until",
    at="wins.won",
    dimensions=MappingProxyType(OF_A_CALL),
    joins=MappingProxyType(
        {
            "calls": (
                "LEFT JOIN calls ON calls.source = opportunities.source"
                " AND calls.id = opportunities.call AND calls.started IS NOT NULL"
            ),
            **{name: JOINED_TO_CALLS[name] for name in ("attributions", "locations", "agents")},
        }
    ),
    call="calls.call",
)
"""Won opportunities by the time of the win, with the calls that they are of."""

ACCOUNT_CALLS: Final = CALLS._replace(only=("calls.account IS NOT NULL",))
"""Calls of which is known whose they are."""

SALES: Final = CALLS._replace(
    base="calls\n  JOIN sales ON sales.source = calls.source AND sales.call = calls.id"
)
"""Sales that are tied to calls, whenever recorded (readings 38), by the calls."""

SALES_ALONG: Final = CALLS._replace(
    base="sales\n  CROSS JOIN calls ON calls.source = sales.source AND calls.id = sales.call"
)
"""The same from the sales on: of a long period these are far fewer than the calls."""

OPPORTUNITIES: Final = CALLS._replace(
    base="calls\n  JOIN opportunities ON opportunities.source = calls.source"
    " AND opportunities.call = calls.id"
)
"""Opportunities of calls, by the calls."""

OPPORTUNITIES_ALONG: Final = CALLS._replace(
    base="opportunities\n  CROSS JOIN calls ON calls.source = opportunities.source"
    " AND calls.id = opportunities.call"
)
"""The same from the opportunities on."""
