"""The relations of what accounts pay, get and use: spend, numbers, reports, users."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from wallboard.metrics.relation import Relation


def _by(**dimensions: str) -> Mapping[str, str]:
    return MappingProxyType(dimensions)


def _at(column: str) -> str:
    return f"{column} >= :from AND {column} < :until"


_VIEWS: Final = Relation(
    base="dashboard_views views\n  JOIN users ON users.source = views.source"
    ' AND users."user" = views."user"',
    made_of="views of dashboards",
    within=_at("views.at"),
    at="views.at",
    # A look at another account counts for all accounts together, and for none of them.
    dimensions=_by(account="CASE WHEN views.account = users.account THEN users.account END"),
)

ACCOUNTS: Final[Mapping[str, Relation]] = MappingProxyType(
    {
        "spends": Relation(
            base="spends",
            made_of="spend",
            within="spends.day >= :first_day AND spends.day <= :last_day",
            at=None,
            day="spends.day",
            dimensions=MappingProxyType(
                {
                    "account": "spends.account",
                    "attribution.campaign": "spends.campaign",
                    "attribution.channel": "spends.channel",
                    "attribution.keyword": "spends.keyword",
                }
            ),
            # Filters of spend are those two alone (readings 42a).
            split_only=frozenset({"attribution.channel", "attribution.keyword"}),
        ),
        "number_displays": Relation(
            base="number_displays",
            made_of="number displays on web pages",
            within=_at("number_displays.at"),
            at="number_displays.at",
            dimensions=_by(),
        ),
        "pool_samples": Relation(
            base="pool_samples",
            made_of="samples of number pools",
            within=_at("pool_samples.at"),
            at="pool_samples.at",
            dimensions=_by(),
        ),
        "report_deliveries": Relation(
            base="report_deliveries",
            made_of="deliveries of reports",
            within=_at("report_deliveries.due"),
            at="report_deliveries.due",
            dimensions=_by(account="report_deliveries.account"),
        ),
        "report_audits": Relation(
            base="report_audits",
            made_of="audits of reports",
            within=_at("report_audits.at"),
            at="report_audits.at",
            dimensions=_by(account="report_audits.account"),
        ),
        "users": Relation(
            base="users",
            made_of="users",
            within="1 = 1",
            at=None,
            dimensions=_by(account="users.account"),
        ),
        "views": _VIEWS,
        "accounts": Relation(
            base="accounts",
            made_of="accounts",
            within="1 = 1",
            at=None,
            dimensions=_by(account="accounts.account"),
        ),
        "active_campaigns": Relation(
            base="campaigns",
            made_of="campaigns",
            within=(
                "campaigns.defined_at < :until"
                " AND (campaigns.starts IS NULL OR campaigns.starts < :until)"
                " AND (campaigns.ends IS NULL OR campaigns.ends > :from)"
            ),
            at=None,
            dimensions=_by(campaign="campaigns.campaign", account="campaigns.account"),
        ),
    }
)
"""By name. Users and accounts are those of today, whenever they were defined."""
