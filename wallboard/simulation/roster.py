"""Who works in the center: agents with teams, skills and shifts."""

from random import Random

from msgspec import Struct

from wallboard.simulation.lines import QUEUES
from wallboard.simulation.names import FAMILY, GIVEN, WHOLE

ALL_QUEUES = tuple(queue.id for queue in QUEUES)


class Shift(Struct, frozen=True):
    """Hours of work, in hours after the block's own 04:00, and the share of agents on it."""

    name: str
    begins: float
    ends: float
    share: float


SHIFTS = (
    Shift("dawn", 0, 8, 0.17),
    Shift("day", 4.5, 13, 0.23),
    Shift("early", 3, 11.5, 0.17),
    Shift("night", 15.5, 24, 0.17),
    Shift("mid", 6.5, 15, 0.13),
    Shift("late", 9, 17.5, 0.13),
)


class Team(Struct, frozen=True):
    """Agents with the same skills: the queues they answer, the campaign they dial for."""

    name: str
    share: float
    queues: tuple[str, ...]
    campaigns: tuple[str, ...] = ()


TEAMS = (
    Team("Support Alpha", 0.20, ("support", "orders", "billing")),
    Team("Outbound North", 0.16, (), ("spring",)),
    Team("Sales", 0.16, ("sales", "vip", "orders", "travel")),
    Team("Outbound South", 0.14, (), ("winback",)),
    Team("Billing & Orders", 0.15, ("billing", "orders", "support")),
    Team("Renewals", 0.07, ("billing",), ("renewals",)),
    Team("Travel 桜", 0.12, ("travel", "sales", "vip", "support"), ("travel",)),
)
SMALL = 32
"""A roster of fewer agents cannot afford that somebody answers only some of the queues."""
NIGHT_TEAMS = {"dawn": "Dawn crew", "night": "Night owls"}


class Worker(Struct, frozen=True):
    """One agent of the roster."""

    id: str
    name: str
    team: str
    queues: tuple[str, ...]
    campaigns: tuple[str, ...]
    shift: Shift
    pace: float
    """How long this agent's calls are, against the mean."""


def _spread(shares: list[float], position: float) -> int:
    """The index in whose share a position from 0 to 1 falls."""
    for index, share in enumerate(shares):
        position -= share
        if position < 0:
            return index
    return len(shares) - 1


def build_roster(agents: int, seed: int) -> list[Worker]:
    """The same agents for the same seed, with every shift and team filled in proportion."""
    random = Random(f"{seed}/roster")
    names = [f"{family} {given}" for family in FAMILY for given in GIVEN]
    random.shuffle(names)
    roster: list[Worker] = []
    for index in range(agents):
        # Multiples of the golden ratio fill every share evenly however many agents there are.
        shift = SHIFTS[_spread([s.share for s in SHIFTS], (0.17 + index * 0.6180339887) % 1)]
        team = TEAMS[_spread([t.share for t in TEAMS], (index * 0.7548776662) % 1)]
        queues, campaigns, name = team.queues, team.campaigns, team.name
        if queues and agents < SMALL:
            queues = ALL_QUEUES
        if shift.name in NIGHT_TEAMS:
            queues, campaigns, name = ALL_QUEUES, (), NIGHT_TEAMS[shift.name]
        roster.append(
            Worker(
                id=f"a{index + 1:03d}",
                name=WHOLE[index // 19 % len(WHOLE)] if index % 19 == 11 else names[index % 2500],
                team=name,
                queues=queues,
                campaigns=campaigns,
                shift=shift,
                pace=random.uniform(0.82, 1.2),
            )
        )
    return roster
