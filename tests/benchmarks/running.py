"""The processes of a wallboard, as a user starts them."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.benchmarks.terminal import COLUMNS, LINES, Terminal, terminal

WALLBOARD = (sys.executable, "-m", "wallboard")


def configure(folder: Path, url: str | None) -> Path:
    """Write a configuration with one feed, or with none."""
    path = folder / "config.toml"
    feed = f'[[feed]]\nname = "busy"\nurl = "{url}"\n\n' if url else ""
    path.write_text(f'{feed}[reporting]\ntime_zone = "UTC"\n', encoding="utf-8")
    return path


@contextmanager
def collector(folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    """`wallboard collect` into the folder's cache; what it says goes into a file there."""
    with (folder / "collector.log").open("wb") as log:
        process = subprocess.Popen([*_on(folder), "collect"], stderr=log, start_new_session=True)
        try:
            yield process
        finally:
            process.terminate()
            process.wait()


@contextmanager
def board(folder: Path, size: tuple[int, int] = (COLUMNS, LINES)) -> Iterator[Terminal]:
    """`wallboard` on the folder's cache, on a terminal of so many columns and lines."""
    with terminal(_on(folder), size) as shown:
        yield shown


def _on(folder: Path) -> list[str]:
    config, cache = str(folder / "config.toml"), str(folder / "cache.sqlite")
    return [*WALLBOARD, "--config", config, "--cache", cache]
