"""Caches for the tests of the collector."""

from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from tests.collector.books import Books, make
from wallboard.cache.writing import open_for_writing

NewBooks = Callable[..., Books]


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty cache."""
    path = tmp_path_factory.mktemp("template") / "empty.db"
    open_for_writing(path).close()
    return path


@pytest.fixture
def books(template: Path, tmp_path: Path) -> Iterator[NewBooks]:
    """Makes caches, as many as a test asks for; each is closed at the end."""
    made: list[Books] = []
    numbers = count()

    def new(**rest: Any) -> Books:
        made.append(make(template, tmp_path / f"{next(numbers)}.db", **rest))
        return made[-1]

    yield new
    for one in made:
        one.close()
