"""What the center does: its accounts, queues and campaigns. All of it is invented."""

from msgspec import Struct, field


class Account(Struct, frozen=True):
    """An enterprise (no parent) or one of its clients."""

    id: str
    name: str
    parent: str | None = None
    setup: float = 1.0
    tracking_ready: bool = True


class QueueLine(Struct, frozen=True):
    """A queue of inbound callers and what becomes of those whom nobody answers."""

    id: str
    name: str
    account: str
    campaign: str
    number: str
    weight: float
    """Its share of the arrivals."""
    target_seconds: int
    target_share: float
    short_abandon_seconds: int
    talk_seconds: float
    """Mean conversation."""
    call_type: str
    overflow: str | None = None
    overflow_seconds: float = 75
    longest_seconds: float = 240
    at_longest: str = "voicemail"
    """What happens then: voicemail, timed_out or callback."""
    places: int = 30
    """How many may wait; more are refused."""
    ring_all: int = 1
    """How many agents ring at once."""


class Campaign(Struct, frozen=True):
    """A campaign of any channel; voice ones that dial have a mode."""

    id: str
    name: str
    account: str
    direction: str
    channel: str = "voice"
    mode: str | None = None
    """How it dials: predictive, progressive, or not at all."""
    parent: str | None = None
    parts: tuple[str, ...] = ()
    """Its sub-campaigns."""
    goal: tuple[str, str] | None = None
    control_share: float | None = None
    drop_limit: float | None = None
    drop_target: float = 0.02
    """The drop rate that the dialler's pacing aims at, sometimes above what is allowed."""
    service_level: tuple[int, float] | None = None
    number: str = "+12125550199"
    talk_seconds: float = 190
    lists: tuple[str, ...] = field(default=())


ACCOUNTS = (
    Account("halden", "Halden Contact Group"),
    Account("brightwater", "Brightwater Energy", "halden", 1.0),
    Account("oak", "Lantern & Oak", "halden", 0.85),
    Account("sakura", "Sakura Travel 桜の旅", "halden", 0.7, tracking_ready=False),
)

QUEUES = (
    QueueLine("support", "Support", "brightwater", "help", "+13125550101", 0.32, 20, 0.80, 5, 215,
              "support", overflow="orders"),
    QueueLine("sales", "Sales", "oak", "offers", "+13125550102", 0.22, 15, 0.80, 5, 230, "sales",
              overflow="support", overflow_seconds=60, at_longest="callback"),
    QueueLine("billing", "Billing", "brightwater", "help", "+13125550103", 0.18, 30, 0.80, 5, 200,
              "billing"),
    QueueLine("orders", "Orders & returns", "oak", "help", "+13125550104", 0.14, 20, 0.80, 5, 180,
              "support", at_longest="timed_out", longest_seconds=200, places=12),
    QueueLine("travel", "Travel desk 旅行", "sakura", "travel", "+442079460010", 0.10, 20, 0.75, 8,
              260, "sales", overflow="sales", overflow_seconds=90),
    QueueLine("vip", "VIP", "oak", "offers", "+13125550106", 0.04, 10, 0.90, 3, 240, "support",
              overflow="sales", overflow_seconds=40, places=6, ring_all=3),
)  # fmt: skip

CAMPAIGNS = (
    Campaign("help", "Help line", "brightwater", "inbound", service_level=(20, 0.8)),
    Campaign("offers", "Offer line", "oak", "inbound", goal=("Order", "sale")),
    Campaign("spring", "Spring drive", "oak", "outbound", mode="predictive", drop_limit=0.03,
             parts=("spring-north", "spring-south"), goal=("Order", "sale"), drop_target=0.016,
             number="+12125550110", talk_seconds=170, lists=("Customers 2023", "Web leads")),
    Campaign("spring-north", "Spring drive North", "oak", "outbound", parent="spring"),
    Campaign("spring-south", "Spring drive South", "oak", "outbound", parent="spring"),
    Campaign("winback", "Winback", "brightwater", "outbound", mode="predictive", drop_limit=0.03,
             goal=("Contract", "sale"), drop_target=0.029, number="+12125550120", talk_seconds=150,
             lists=("Left this year",)),
    Campaign("renewals", "Renewals", "brightwater", "outbound", mode="progressive",
             goal=("Renewal", "sale"), number="+12125550130", talk_seconds=210,
             lists=("Contracts ending",)),
    Campaign("travel", "Travel club", "sakura", "blended", mode="predictive", drop_limit=0.03,
             goal=("Booking", "lead"), drop_target=0.018, number="+442079460020", talk_seconds=200,
             lists=("Club members",)),
    Campaign("welcome", "Welcome offer", "oak", "inbound", "web", goal=("Order", "sale"),
             control_share=0.1),
    Campaign("quote-box", "Quote box", "brightwater", "inbound", "web", goal=("Quote", "lead"),
             control_share=0.15),
    Campaign("reminders", "Appointment reminders", "brightwater", "outbound", "sms"),
    Campaign("newsletter", "Newsletter", "sakura", "outbound", "email"),
)  # fmt: skip

QUEUES_BY_ID = {queue.id: queue for queue in QUEUES}
DIALLED = tuple(campaign for campaign in CAMPAIGNS if campaign.mode)
TRUNKS = ("carrier-a", "carrier-b", "carrier-c")
