"""Events that define what the others refer to: accounts, campaigns, queues, agents, lists."""

from typing import Literal

from wallboard.events.kinds import (
    UNSET,
    Count,
    Data,
    Identifier,
    Moment,
    Optional,
    Seconds,
    Share,
)


class ServiceLevel(Data, frozen=True):
    """A service level target: `share` of calls answered within `seconds`."""

    seconds: Seconds
    share: Share


class Goal(Data, frozen=True):
    """What a campaign is meant to reach."""

    name: str
    type: Literal["sale", "lead", "page_views", "other"]


class AccountDefined(Data, frozen=True):
    """An account, or its new name, parent or state of setup."""

    account: Identifier
    name: str
    parent: Optional[str] = UNSET
    client: Optional[bool] = UNSET
    time_zone: Optional[str] = UNSET
    setup: Optional[Share] = UNSET
    tracking_ready: Optional[bool] = UNSET


class CampaignDefined(Data, frozen=True):
    """A campaign with its direction, channel, goal, limits and targets."""

    campaign: Identifier
    name: str
    direction: Literal["inbound", "outbound", "blended"]
    channel: Literal["voice", "sms", "email", "push", "web"]
    account: Optional[str] = UNSET
    parent: Optional[str] = UNSET
    goal: Optional[Goal] = UNSET
    control_share: Optional[Share] = UNSET
    drop_limit: Optional[Share] = UNSET
    drop_seconds: Optional[Seconds] = UNSET
    service_level: Optional[ServiceLevel] = UNSET
    starts: Optional[Moment] = UNSET
    ends: Optional[Moment] = UNSET


class QueueDefined(Data, frozen=True):
    """A queue with its service level target and the wait below which an abandon is short."""

    queue: Identifier
    name: str
    service_level: Optional[ServiceLevel] = UNSET
    short_abandon_seconds: Optional[Seconds] = UNSET


class AgentDefined(Data, frozen=True):
    """An agent's name, team and skills."""

    agent: Identifier
    name: str
    team: Optional[str] = UNSET
    skills: Optional[list[str]] = UNSET


class UserDefined(Data, frozen=True):
    """A person who reads dashboards; `intended` users are those expected to."""

    user: Identifier
    account: str
    role: str
    client: bool
    intended: Optional[bool] = UNSET
    active: Optional[bool] = UNSET


class ListLoaded(Data, frozen=True):
    """A contact list was loaded; `records` includes the rejected ones (readings 69)."""

    list: Identifier
    name: str
    started: Moment
    finished: Moment
    records: Count
    rejected: Count
    original_name: Optional[str] = UNSET
    campaign: Optional[str] = UNSET
    account: Optional[str] = UNSET
    rejects: Optional[dict[str, Count]] = UNSET


class ContactAdded(Data, frozen=True):
    """A contact that may be called."""

    contact: Identifier
    list: Optional[str] = UNSET
    campaign: Optional[str] = UNSET
    name: Optional[str] = UNSET
    phone: Optional[str] = UNSET
    # Quoted: inside this class the name `list` is the field above.
    tags: "Optional[Tags]" = UNSET


class ContactFiltered(Data, frozen=True):
    """A contact that was held back before it was called, and why."""

    contact: Identifier
    reason: str
    list: Optional[str] = UNSET
    campaign: Optional[str] = UNSET
    sub_campaign: Optional[str] = UNSET


Tags = list[str]
