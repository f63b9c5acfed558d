"""The formulas against the check figures of the metric catalogue, and over nothing."""

import msgspec
import pytest
from msgspec.structs import replace

from tests.questions.conftest import NOON, Cache
from wallboard.config import Metrics
from wallboard.questions import rates
from wallboard.questions.floor_answers import Ratio
from wallboard.questions.headline import headline
from wallboard.questions.queues import queues
from wallboard.questions.scope import Scope
from wallboard.questions.sums import NOTHING, Sums

CHECKED = Sums(
    calls=1_060,
    answered=1_000,
    missed=60,
    within_target=860,
    abandoned=60,
    abandoned_within_target=20,
)


@pytest.mark.parametrize(
    ("formula", "per_cent"),
    [("offered", 81.1), ("answered", 86.0), ("within", 83.0), ("late_abandons", 82.7)],
)
def test_service_level_has_the_check_figures(formula: str, per_cent: float) -> None:
    """1000 answered, 860 in time; 60 abandoned, 20 in time."""
    metrics = msgspec.structs.replace(Metrics(), service_level_formula=formula)
    value = rates.service_level(CHECKED, metrics).value
    assert value is not None
    assert round(value * 100, 1) == per_cent


def test_short_abandons_are_offered_to_nobody() -> None:
    """They count in the answer rate, and leave abandonment and the offered service level."""
    sums = CHECKED._replace(short_abandoned=10, abandoned=50)
    assert rates.answer_rate(sums) == Ratio(1_000, 1_060)
    assert rates.abandonment_rate(sums) == Ratio(50, 1_050)
    assert rates.service_level(sums, Metrics()) == Ratio(860, 1_050)


def test_drop_rate_has_the_check_figure_of_ofcom() -> None:
    """29 drops, 9 live calls handled, 7 machines found by agents: 64.44 %."""
    sums = NOTHING._replace(dropped=29, live_with_agent=9, machine_with_agent=7)
    value = rates.drop_rate(sums, msgspec.structs.replace(Metrics(), drop_formula="ofcom")).value
    assert value is not None
    assert round(value * 100, 2) == 64.44


def test_drop_rate_of_ofcom_is_that_of_its_own_words() -> None:
    """D' / (H + D') with D' = D - D x A / (H + A), for many counts."""
    metrics = msgspec.structs.replace(Metrics(), drop_formula="ofcom")
    for drops in range(6):
        for handled in range(1, 6):
            for machines in range(6):
                less = drops - drops * machines / (handled + machines)
                sums = NOTHING._replace(
                    dropped=drops, live_with_agent=handled, machine_with_agent=machines
                )
                assert rates.drop_rate(sums, metrics).value == pytest.approx(
                    less / (handled + less)
                )


def test_drop_rate_by_the_other_formulas() -> None:
    """Of live answers, or of all answered dials."""
    sums = NOTHING._replace(dropped=3, live_answers=100, dial_answered=150)
    metrics = Metrics()
    assert rates.drop_rate(sums, metrics) == Ratio(3, 100)
    answered = msgspec.structs.replace(metrics, drop_formula="answered")
    assert rates.drop_rate(sums, answered) == Ratio(3, 150)


@pytest.mark.parametrize(
    ("allowance", "dropped", "left"),
    [(2_999_999, 1, 1), (3_000_000, 1, 2), (3_000_000, 4, -1), (0, 0, 0)],
)
def test_drops_left_is_exact(allowance: int, dropped: int, left: int) -> None:
    """The floor of the allowance in whole numbers, less the drops; negative when over."""
    sums = NOTHING._replace(decided=10, drop_allowance_millionths=allowance, dropped=dropped)
    assert rates.drops_left(sums) == left


def test_over_nothing_all_is_unknown() -> None:
    """Nothing measured is never 0."""
    metrics = Metrics()
    for formula in ("ftc", "ofcom", "answered"):
        drop = msgspec.structs.replace(metrics, drop_formula=formula)
        assert rates.drop_rate(NOTHING, drop).value is None
    for formula in ("offered", "answered", "within", "late_abandons"):
        level = msgspec.structs.replace(metrics, service_level_formula=formula)
        assert rates.service_level(NOTHING, level).value is None
    assert rates.answer_rate(NOTHING).value is None
    assert rates.handle_seconds(NOTHING) is None
    assert rates.drops_left(NOTHING) is None
    assert replace(rates.answer_rate(NOTHING), denominator=2).value == 0


def test_what_a_feed_never_tells_is_unknown(cache: Cache) -> None:
    """Without a single leg nobody knows who was answered; from the first on no answer is 0."""
    cache.say("call.started", -600, call="c1", direction="inbound")
    cache.say("queue.entered", -599, call="c1", queue="sales")
    cache.say("call.ended", -500, call="c1", reason="abandoned")
    cache.feed()

    def seen() -> tuple[float | None, ...]:
        connection, calendar, now = cache.read(), cache.calendar, NOON
        head = headline(connection, calendar, Metrics(), Scope(), now)
        (sales,) = queues(connection, calendar, Metrics(), Scope(), now)
        levels = (head.service_level.value, sales.service_level.value)
        return head.answer_rate.value, head.abandonment.value, *levels

    assert seen() == (None, 1, None, None)
    cache.say("leg.started", -600, leg="b1", call="c1", kind="B")
    cache.feed()
    assert seen() == (0, 1, 0, 0)
