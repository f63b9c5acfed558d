"""A stage for each test, and terminals; whatever was started on it ends with it."""

from collections.abc import Callable, Iterator

import pytest

from tests.endtoend.stage import Stage
from tests.endtoend.terminal import Terminal

Open = Callable[..., Terminal]


@pytest.fixture
def stage() -> Iterator[Stage]:
    """A folder with a configuration, a cache and processes of its own."""
    stage = Stage()
    yield stage
    stage.close()


@pytest.fixture
def terminal(stage: Stage) -> Iterator[Open]:
    """Opens terminals with a board in each."""
    opened: list[Terminal] = []

    def open_one(*words: str, usual: bool = True) -> Terminal:
        opened.append(Terminal(stage, *words, usual=usual))
        return opened[-1]

    yield open_one
    for one in opened:
        one.process.kill()
        one.process.wait()
        one.close()
