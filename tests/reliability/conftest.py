"""A stage for each test, and terminals; whatever was started on it ends with it."""

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.collector.books import Tables
from tests.endtoend.conftest import Open, stage, terminal
from tests.reliability.followed import QUICK, TOKEN, Followed, undisturbed
from wallboard.feeds.tuning import Tuning

__all__ = ["Open", "stage", "terminal"]

Follow = Callable[..., Followed]


@pytest.fixture(scope="session")
def expected(tmp_path_factory: pytest.TempPathFactory) -> Tables:
    """All rows of a cache that was fed without a fault."""
    folder = tmp_path_factory.mktemp("undisturbed")
    return asyncio.run(undisturbed(folder / "cache.sqlite", write_token(folder / "token")))


@pytest.fixture
def token_file(tmp_path: Path) -> Path:
    """A file with the right token."""
    return write_token(tmp_path / "token")


def write_token(path: Path, token: str = TOKEN) -> Path:
    """Write a token as its owner's alone."""
    path.touch(mode=0o600)
    path.write_text(token, encoding="utf-8")
    return path


@pytest.fixture
def follow_port(tmp_path: Path, token_file: Path) -> Follow:
    """Makes what follows a feed on a local port into the cache of this test."""

    def new(port: int, tuning: Tuning = QUICK, scheme: str = "ws") -> Followed:
        host = "localhost" if scheme == "wss" else "127.0.0.1"
        return Followed(
            tmp_path / "cache.sqlite", f"{scheme}://{host}:{port}/events", tuning, token_file
        )

    return new
