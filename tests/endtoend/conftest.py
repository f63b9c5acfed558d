"""A stage for each test; whatever was started on it ends with it."""

from collections.abc import Iterator

import pytest

from tests.endtoend.stage import Stage


@pytest.fixture
def stage() -> Iterator[Stage]:
    """A folder with a configuration, a cache and processes of its own."""
    stage = Stage()
    yield stage
    stage.close()
