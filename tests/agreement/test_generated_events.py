"""Generated worlds hold everything they promise, and the brute force reads them steadily."""

import json
from random import Random

import pytest

from tests.agreement.brute_force.answers import divided
from tests.agreement.brute_force.asked import UNKNOWN
from tests.agreement.brute_force.measure import measure, measured
from tests.agreement.brute_force.shapes import SHAPES
from tests.agreement.brute_force.valid import told
from tests.agreement.brute_force.world import world_of
from tests.agreement.generated_events import generated
from tests.agreement.generated_questions import askings, settings_for

SEEDS = range(4)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_same_seed_tells_the_same(seed: int) -> None:
    assert json.dumps(generated(seed)) == json.dumps(generated(seed))
    assert generated(seed) != generated(seed + 1)


@pytest.mark.parametrize("seed", SEEDS)
def test_every_type_is_told_and_some_are_not_valid(seed: int) -> None:
    events = generated(seed)
    assert {event["type"] for event in events} >= set(SHAPES)
    refused = [event for event in events if told(event) is None]
    assert {"call.hummed", "call.started", "queue.left"} <= {each["type"] for each in refused}


@pytest.mark.parametrize("seed", SEEDS)
def test_neither_order_nor_repetition_nor_noise_matters(seed: int) -> None:
    events, settings = generated(seed), settings_for(seed)
    shuffled = [event for event in events if told(event) is not None]
    shuffled += shuffled[::3]
    Random(seed).shuffle(shuffled)
    for asked in askings(seed, count=4, day_starts=settings.day_starts):
        assert measure(shuffled, settings, asked) == measure(events, settings, asked)


@pytest.mark.parametrize("seed", SEEDS)
def test_days_add_up_to_the_whole(seed: int) -> None:
    world = world_of(generated(seed), settings_for(seed))
    whole = measured(world, askings(seed)[0])
    assert whole["total_calls"].value
    for slug in ("calls_by_day", "calls_by_hour", "call_source", "area_code_attribution"):
        rows = whole[slug].breakdown or []
        assert sum(row["value"] for row in rows) == whole["total_calls"].value
        assert sum(row["share"] for row in rows) == pytest.approx(1)
    for answer in whole.values():
        if answer.denominator is not None:
            assert answer.value == divided(answer.numerator, answer.denominator)


@pytest.mark.parametrize("seed", SEEDS)
def test_shares_stay_between_nothing_and_one(seed: int) -> None:
    world = world_of(generated(seed), settings_for(seed))
    whole = measured(world, askings(seed)[0])
    shares = ("answer_rate", "callback_rate", "service_level", "call_recording_rate", "drop_rate")
    for slug in shares:
        value = whole[slug].value
        assert value is not None
        assert 0 <= value <= 1


def test_what_was_never_sent_is_unknown() -> None:
    events = generated(1, without=("call.outcome", "spend.recorded"))
    answers = measure(events, settings_for(1), askings(1)[0])
    assert answers["qualified_calls"] == UNKNOWN
    assert answers["cost_per_call"] == UNKNOWN
    assert answers["call_conversion_rate"].value is not None
    assert answers["total_calls"].value


def test_few_metrics_stay_empty_over_some_seeds() -> None:
    """Every metric has something to count in one of the worlds at least."""
    filled: set[str] = set()
    for seed in SEEDS:
        answers = measured(world_of(generated(seed), settings_for(seed)), askings(seed)[0])
        filled |= {slug for slug, each in answers.items() if each.value or each.breakdown}
    assert len(answers) == 151
    assert filled == set(answers)
