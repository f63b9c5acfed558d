"""What is over its time is deleted by a clock that can be believed, and by no other."""

from pathlib import Path

import pytest

from tests.endtoend.stage import Stage
from wallboard.collector.clock import why_doubted

DAY_MS = 86_400_000
NOW = 20_000 * DAY_MS
YEAR = 365.0 * 86_400


@pytest.mark.parametrize(
    ("newest", "offs", "running", "is_believed"),
    [
        (NOW - 60_000, [], 0, True),
        (None, [], 0, True),
        (NOW - 20 * DAY_MS, [0.3], 0, True),
        (NOW - 20 * DAY_MS, [-YEAR, 0.3], 0, True),
        (NOW - 60_000, [-YEAR], 0, False),
        (NOW - 60_000, [-YEAR], 90_000, False),
        (NOW - 365 * DAY_MS, [], 0, False),
        (NOW - 365 * DAY_MS, [], 90_000, True),
    ],
)
def test_which_clock_is_believed(
    newest: int | None, offs: list[float], running: float, *, is_believed: bool
) -> None:
    assert (why_doubted(NOW, newest, offs, running) == "") is is_believed


OLD = (
    '{"specversion": "1.0", "id": "1", "source": "s", "sequence": "1", "type": "call.started",'
    ' "time": "2020-01-01T10:00:00Z", "data": {"call": "c", "direction": "inbound"}}\n'
)


def test_a_collector_whose_clock_is_years_ahead_of_all_events_deletes_nothing_and_says_so(
    tmp_path: Path,
) -> None:
    """Or whose events are years old: which of the two it is, it cannot know."""
    stage = Stage()
    try:
        events = tmp_path / "old.jsonl"
        events.write_text(OLD, encoding="utf-8")
        assert " applied 1 " in stage.run("import", events).stdout
        collector = stage.start("collect")
        collector.says("Nothing is deleted that is over its time: the newest event is")
        collector.end()
        assert stage.number("SELECT count(*) FROM calls") == 1
    finally:
        stage.close()
