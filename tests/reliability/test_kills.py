"""Whatever is killed at whatever instant: in the end the cache is that of an undisturbed run."""

from pathlib import Path

from tests.reliability.kills import compared
from tests.reliability.rows import assert_equal

KILLS = 16


def test_killed_at_random_instants_equals_undisturbed(tmp_path: Path) -> None:
    """Collector, server and board; every table but those of bookkeeping, row for row."""
    found, expected, counts = compared(KILLS, 8, tmp_path)
    assert counts.total() == KILLS
    assert {"collector", "server", "board"} <= set(counts)
    assert len(found["calls"]) > 500
    assert len(found["minute_rollup"]) > 500
    assert found["gaps"] == []
    ((*_, repeated, _, _),) = found["feeds"]
    assert repeated == 0
    assert_equal(found, expected)
