"""The small worlds of names in which generated events meet."""

from dataclasses import dataclass

PHONES = (
    "+14155550100",
    "+14155550101",
    "+12125550102",
    "+12125550103",
    "+13105550104",
    "+442079460105",
    "+4930123456",
)
RARE = tuple(f"+1646555{number:04d}" for number in range(12))
"""Numbers that call seldom, so that some callers are new."""
WITHHELD = ("anonymous", "", None, "  ")
LINES = ("+18005550190", "+18005550191")
"""The center's own numbers."""


@dataclass(frozen=True)
class Place:
    """The ids that one feed uses."""

    accounts: tuple[str, ...]
    inbound: tuple[str, ...]
    outbound: tuple[str, ...]
    sub: str
    web: tuple[str, ...]
    queues: tuple[str, ...]
    agents: tuple[str, ...]
    contacts: tuple[str, ...]
    goals: dict[str, tuple[str, str]]
    """By web campaign: name and type of its goal."""


CENTER = Place(
    accounts=("acme", "birch", "cedar"),
    inbound=("hotline", "search", "blend"),
    outbound=("spring", "renewal", "blend"),
    sub="spring-east",
    web=("coats", "hats", "news", "boots"),
    queues=("support", "sales", "late", "undefined"),
    agents=("ames", "burke", "cho", "diaz", "unknown"),
    contacts=tuple(f"k{number}" for number in range(8)),
    goals={
        "coats": ("buy", "sale"),
        "hats": ("ask", "lead"),
        "news": ("read", "page_views"),
        "boots": ("buy", "sale"),
    },
)
BRANCH = Place(
    accounts=("dune",),
    inbound=("b-hotline",),
    outbound=("b-spring",),
    sub="b-east",
    web=("b-coats",),
    queues=("b-support",),
    agents=("b-evans", "b-ford"),
    contacts=("b-k0", "b-k1"),
    goals={"b-coats": ("b-buy", "sale")},
)
