"""What is defined of the campaigns: what they are, not how they go."""

import sqlite3
from typing import Final

from msgspec import Struct

from wallboard.questions.crowd import MOST_CAMPAIGNS
from wallboard.questions.names import name_or_id

_SQL: Final = f"""
SELECT campaign, {name_or_id("max(name)", "campaign")}, max(direction), max(channel), max(account),
    max(parent), max(goal_name), max(goal_type), max(control_share), max(starts), max(ends),
    max(drop_limit), max(drop_seconds)
FROM campaigns GROUP BY campaign ORDER BY campaign LIMIT {MOST_CAMPAIGNS}
"""


class CampaignFacts(Struct, frozen=True):
    """A campaign as the feed defined it last; None where it did not say.

    `direction`: inbound, outbound or blended; `channel`: voice, web, sms, email. `control_share`
    and `drop_limit` are shares 0 to 1, `starts` and `ends` UTC ms.
    """

    campaign: str
    name: str
    direction: str | None = None
    channel: str | None = None
    account: str | None = None
    parent: str | None = None
    goal_name: str | None = None
    goal_type: str | None = None
    control_share: float | None = None
    starts: int | None = None
    ends: int | None = None
    drop_limit: float | None = None
    drop_seconds: float | None = None

    @property
    def is_web(self) -> bool:
        """Whether it is shown on web pages."""
        return self.channel == "web"


def campaigns(connection: sqlite3.Connection) -> dict[str, CampaignFacts]:
    """The campaigns by id; of an id in two sources what either says. Raises sqlite3.Error."""
    return {row[0]: CampaignFacts(*row) for row in connection.execute(_SQL)}
