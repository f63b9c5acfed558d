"""Every metric of a period, by brute force from the raw events."""

from collections.abc import Sequence

from tests.agreement.brute_force.accounts import accounts
from tests.agreement.brute_force.asked import UNKNOWN, Answer, Asked, Event, Settings
from tests.agreement.brute_force.attribution import attribution
from tests.agreement.brute_force.chosen import Chosen
from tests.agreement.brute_force.conversation import conversation
from tests.agreement.brute_force.demand import demand
from tests.agreement.brute_force.handling import handling
from tests.agreement.brute_force.integrity import integrity
from tests.agreement.brute_force.lead_quality import lead_quality
from tests.agreement.brute_force.outbound import outbound
from tests.agreement.brute_force.rests import resting_on_nothing
from tests.agreement.brute_force.revenue import revenue
from tests.agreement.brute_force.web import web
from tests.agreement.brute_force.world import World, world_of

CATEGORIES = (
    demand,
    attribution,
    lead_quality,
    handling,
    conversation,
    revenue,
    integrity,
    accounts,
    outbound,
    web,
)


def measured(world: World, asked: Asked) -> dict[str, Answer]:
    """Every metric that is not live, by slug, of a world already built."""
    chosen, result = Chosen(world, asked), dict[str, Answer]()
    for category in CATEGORIES:
        result |= category(chosen)
    return result | dict.fromkeys(resting_on_nothing(world.sent), UNKNOWN)


def measure(events: Sequence[Event], settings: Settings, asked: Asked) -> dict[str, Answer]:
    """Every metric that is not live, by slug: metrics.csv as readings.md reads it.

    Events in any order, with repetitions; unknown and invalid ones are ignored.
    """
    return measured(world_of(events, settings), asked)
