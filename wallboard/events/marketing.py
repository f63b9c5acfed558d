"""Events of the web, of marketing and of money."""

from typing import Literal

from wallboard.events.calls import Attribution
from wallboard.events.kinds import UNSET, Count, Data, Day, Identifier, Money, Optional


class VisitStarted(Data, frozen=True):
    """A visitor came to the site; `control` campaigns are held back from this visit."""

    visit: Identifier
    visitor: Identifier
    campaigns: list[str]
    control: list[str]
    page: Optional[str] = UNSET
    attribution: Optional[Attribution] = UNSET


class ExposureShown(Data, frozen=True):
    """A campaign displayed something to a visit."""

    visit: Identifier
    campaign: Identifier
    engagement: Identifier
    kind: Literal["invitation", "button", "content"]


class EngagementMade(Data, frozen=True):
    """A visitor clicked or chatted; a chat is interactive when both sides wrote."""

    visit: Identifier
    campaign: Identifier
    kind: Literal["click", "chat"]
    engagement: Optional[str] = UNSET
    interactive: Optional[bool] = UNSET


class GoalReached(Data, frozen=True):
    """A visit reached a goal; `campaign` is the one whose goal it is."""

    visit: Identifier
    goal: Identifier
    goal_type: Literal["sale", "lead", "page_views", "other"]
    campaign: Optional[str] = UNSET
    order: Optional[str] = UNSET
    revenue: Optional[Money] = UNSET


class TouchRecorded(Data, frozen=True):
    """A contact with marketing that came before a call."""

    touch: Identifier
    source: str
    contact: Optional[str] = UNSET
    phone: Optional[str] = UNSET
    channel: Optional[str] = UNSET
    medium: Optional[str] = UNSET
    campaign: Optional[str] = UNSET
    keyword: Optional[str] = UNSET
    page: Optional[str] = UNSET


class SpendRecorded(Data, frozen=True):
    """Money spent on advertising on one local day."""

    spend: Identifier
    amount: Money
    day: Day
    account: Optional[str] = UNSET
    campaign: Optional[str] = UNSET
    channel: Optional[str] = UNSET
    keyword: Optional[str] = UNSET


class OpportunityChanged(Data, frozen=True):
    """A sales opportunity was opened, won or lost, or its value changed."""

    opportunity: Identifier
    stage: Literal["open", "won", "lost"]
    value: Money
    call: Optional[str] = UNSET
    contact: Optional[str] = UNSET
    phone: Optional[str] = UNSET


class SaleRecorded(Data, frozen=True):
    """A sale; tied to a call only by `call` (readings 38)."""

    sale: Identifier
    amount: Money
    call: Optional[str] = UNSET
    visit: Optional[str] = UNSET
    contact: Optional[str] = UNSET
    phone: Optional[str] = UNSET
    agent: Optional[str] = UNSET
    opportunity: Optional[str] = UNSET


class NumberShown(Data, frozen=True):
    """A tracking number was, or should have been, inserted in a page."""

    shown: Identifier
    correct: bool
    visit: Optional[str] = UNSET
    pool: Optional[str] = UNSET
    number: Optional[str] = UNSET


class PoolSampled(Data, frozen=True):
    """How many numbers of a pool are in use."""

    pool: Identifier
    size: Count
    in_use: Count
