"""A feed server in a process of its own, for tests of one cache."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.endtoend.stage import PROJECT, Stage
from tests.reliability.served import reveal, write_stream

KEEP = "[cache]\nkeep_days = 36500\nkeep_event_days = 36500\n"


class Feeding:
    """What the server holds by now of its stream."""

    def __init__(self, stream: Path, total: int) -> None:
        self._stream = stream
        self.total = total
        self.url = ""
        self._revealed = 0
        self.reveal(total // 2)

    def reveal(self, events: int) -> None:
        """Have it send so many in all."""
        self._revealed = events
        reveal(self._stream, events)

    def reveal_some(self) -> None:
        """Have it send a few more."""
        self.reveal(min(self.total, self._revealed + 200))

    def reveal_all(self) -> None:
        """Have it send the rest."""
        self.reveal(self.total)

    @property
    def coverage(self) -> str:
        """What a cache that has everything holds."""
        return f"1-{self._revealed}"


@contextmanager
def feeding(
    stage: Stage, folder: Path, *, hours: int = 9, agents: int = 4, whole: bool = False
) -> Iterator[Feeding]:
    """Serve a morning, half of it at once or the whole, and have the stage follow it."""
    stream = folder / "stream.jsonl"
    fed = Feeding(stream, write_stream(stream, hours=hours, agents=agents))
    if whole:
        fed.reveal_all()
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.reliability.served", str(stream), "0"],
        stdout=subprocess.PIPE,
        cwd=PROJECT,
        env=stage.environment,
    )
    try:
        assert process.stdout is not None
        fed.url = f"ws://127.0.0.1:{int(process.stdout.readline())}/events"
        stage.follow(fed.url, KEEP)
        yield fed
    finally:
        process.kill()
        process.communicate()
