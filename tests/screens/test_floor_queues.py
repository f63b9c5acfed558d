"""The order of the queues, how loud each is, and that no rounding hides a missed target."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wallboard.questions.floor_answers import QueueNow, Ratio
from wallboard.screens.floor_queues import queue_rows
from wallboard.screens.wall_rows import queue_rows as large_queue_rows
from widgets import figures
from widgets.queues import draw_queues
from widgets.status import Level

NOW = 1_000_000


def queue(name: str, **changed: Any) -> QueueNow:
    """A quiet queue of that name, but for what is changed; nobody may wait over 20 s."""
    values: dict[str, Any] = {
        "source": 1, "queue": name, "name": name, "entered": (), "target_seconds": 20.0,
        "target_share": 0.8, "service_level": Ratio(95, 100), "speed": 9.0, "abandoned": 0,
        "offered": 100, "ready": 3, "busy": 2, "paused": 0, "estimated_seconds": None,
    }  # fmt: skip
    return QueueNow(**(values | changed))


def test_queues_stand_in_the_order_in_which_somebody_should_act() -> None:
    """Callers and nobody ready, a wait over the target, a missed level, callers, then by name."""
    queues = [
        queue("a quiet"),
        queue("b callers", entered=(NOW - 1_000, NOW - 2_000)),
        queue("c below", service_level=Ratio(79, 100)),
        queue("d over", entered=(NOW - 30_000,)),
        queue("e nobody ready", entered=(NOW - 3_000,), ready=0),
        queue("f nobody ready and over", entered=(NOW - 30_000,), ready=0),
    ]
    rows = queue_rows(queues, NOW, gap=False)
    assert [row.name[0] for row in rows] == ["f", "e", "d", "c", "b", "a"]
    assert [row.level for row in rows] == [
        Level.CRITICAL, Level.WARNING, Level.WARNING, Level.NOTICE, Level.GOOD, Level.GOOD,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("level", "shown"),
    [
        (Ratio(398, 500), "79.6 %"), (Ratio(7_996, 10_000), "79.9 %"), (Ratio(400, 500), "80 %"),
        (Ratio(402, 500), "80.4 %"), (Ratio(390, 500), "78 %"), (Ratio(0, 0), "–"),
    ],
)  # fmt: skip
def test_a_level_shows_on_which_side_of_its_target_it_is(level: Ratio, shown: str) -> None:
    """On the floor and on a wall, with the calls it is of; a tenth only where it is needed."""
    named = [queue("q", service_level=level)]
    row = queue_rows(named, NOW, gap=False)[0]
    drawn = "".join(span.text for span in draw_queues([row], 96, 3).lines[1])
    assert f" {shown}" in drawn
    details = large_queue_rows(named, NOW, gap=False)[0].details
    assert details[0].startswith(f"level {shown}")
    if level.denominator:
        assert f" {level.denominator:,} " in drawn
        assert details[0].endswith(f" of {level.denominator:,}")


@given(st.integers(0, 10_000), st.integers(1, 100), st.integers(0, 2))
def test_no_share_is_rounded_across_its_target(part: int, target: int, digits: int) -> None:
    """What is below looks below, what is above above, and what meets it looks met."""
    shown = float(figures.share_beside(part / 10_000, target / 100, digits).removesuffix(" %"))
    assert (shown < target) is (part < target * 100)
    assert (shown > target) is (part > target * 100)
    assert abs(shown - part / 100) <= 1
