"""Events of messages, of services used, and of the reporting itself."""

from typing import Literal

from wallboard.events.kinds import (
    UNSET,
    Data,
    Identifier,
    Moment,
    Money,
    Number,
    Optional,
    Ordinal,
)


class MessageSent(Data, frozen=True):
    """A text, email or push message left."""

    message: Identifier
    campaign: Identifier
    channel: Literal["sms", "email", "push"]
    sub_campaign: Optional[str] = UNSET
    contact: Optional[str] = UNSET
    list: Optional[str] = UNSET
    to: Optional[str] = UNSET
    attempt: Optional[Ordinal] = UNSET
    # Quoted: inside this class the name `list` is the field above.
    tags: "Optional[Tags]" = UNSET
    service: Optional[str] = UNSET


class MessageDelivered(Data, frozen=True):
    """A message reached its recipient."""

    message: Identifier
    reason: Optional[str] = UNSET


class MessageFailed(Data, frozen=True):
    """A message did not reach its recipient, and why."""

    message: Identifier
    reason: Optional[str] = UNSET


class ServiceUsed(Data, frozen=True):
    """A billable service was used: `quantity` units at `price` each."""

    use: Identifier
    service: Identifier
    quantity: Number
    unit: str
    price: Money
    amount: Money
    account: Optional[str] = UNSET
    campaign: Optional[str] = UNSET
    call: Optional[str] = UNSET
    message: Optional[str] = UNSET


class ReportDelivered(Data, frozen=True):
    """A report that was due, and when it was delivered, if it was."""

    delivery: Identifier
    report: str
    account: str
    due: Moment
    white_label: bool
    delivered: Optional[Moment] = UNSET
    right_recipients: Optional[bool] = UNSET
    right_data: Optional[bool] = UNSET


class ReportAudited(Data, frozen=True):
    """Someone compared a report with the truth."""

    audit: Identifier
    account: str
    report: str
    correct: bool


class DashboardViewed(Data, frozen=True):
    """A person opened a dashboard."""

    view: Identifier
    user: str
    account: str
    dashboard: str


Tags = list[str]
