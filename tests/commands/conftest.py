"""A stage for each test, and one day of a small simulated center as a file."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.endtoend.stage import Stage

START = "2026-06-02T00:00+00:00"


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
