"""A stage for each test, and one day of a small simulated center as a file."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.endtoend.stage import Stage

YESTERDAY = datetime.now(UTC).date() - timedelta(days=1)
TUESDAY = YESTERDAY - timedelta(days=(YESTERDAY.weekday() - 1) % 7)
"""A day like any other, and none that a collector deletes for its age."""

START = f"{TUESDAY}T00:00+00:00"


@pytest.fixture
def stage() -> Iterator[Stage]:
    """A folder with a configuration, a cache and processes of its own."""
    stage = Stage()
    yield stage
    stage.close()


@pytest.fixture(scope="session")
def day(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A Tuesday of five agents, as `wallboard simulate` writes it."""
    path = tmp_path_factory.mktemp("day") / "day.jsonl"
    stage = Stage()
    try:
        words = ("--start", START, "--agents", "5", "--output", str(path))
        done = stage.run("simulate", *words, plain=True)
        assert done.returncode == 0, done.stderr
    finally:
        stage.close()
    return path
