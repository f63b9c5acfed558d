"""The catalogue's SQL over the cache agrees with the brute force over the raw events."""

from pathlib import Path
from random import Random

import pytest

from tests.agreement.brute_force.asked import Asked as Question
from tests.agreement.brute_force.measure import measured
from tests.agreement.brute_force.world import world_of
from tests.agreement.differences import differences
from tests.agreement.generated_events import generated
from tests.agreement.generated_questions import askings, settings_for
from tests.agreement.through_cache import answered, collect, configuration_of, reading

PLACES = (
    ("2026-11-02T00:00", "America/New_York"),
    ("2026-10-31T00:00", "America/New_York"),
    ("2026-03-28T00:00", "Europe/Berlin"),
    ("2026-10-03T00:00", "Australia/Lord_Howe"),
)
"""Where and when: an ordinary week, and changes of the clock of an hour and of half an hour."""


def told(folder: Path, seed: int, start: str, zone: str) -> list[str]:
    """Every difference between the two for one seed."""
    random = Random(seed)
    events = generated(seed, start=start, zone=zone)
    settings = settings_for(seed, zone)
    configuration = configuration_of(settings, folder)
    shuffled = list(events)
    random.shuffle(shuffled)
    path = folder / "cache.sqlite"
    collect(path, configuration, shuffled, random)
    world = world_of(events, settings)
    found: list[str] = []
    with reading(path) as connection:
        for question in askings(seed, start=start, zone=zone):
            expected = measured(world, question)
            now = question.until_ms + 400 * 86_400_000
            given = answered(connection, configuration, question, now)
            found += [
                f"{_named(question)} {words}"
                for slug, answer in expected.items()
                for words in differences(slug, answer, given[slug])
            ]
    return found


def _named(question: Question) -> str:
    filters = {name: getattr(question, name) for name in sorted(question.filters())}
    return f"{question.from_ms}..{question.until_ms} {filters or ''}"


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize(("start", "zone"), PLACES)
def test_the_catalogue_agrees_with_the_brute_force(
    tmp_path: Path, seed: int, start: str, zone: str
) -> None:
    assert told(tmp_path, seed, start, zone) == []
