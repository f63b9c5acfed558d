"""Kills the collector, the feed server and the board at random instants of a stream.

`python -m tests.reliability.kills 500` does it so often and prints what was killed how often.
"""

import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Final

from tests.collector.books import Tables
from tests.endtoend.stage import PROJECT, Running, Stage, until
from tests.endtoend.terminal import Terminal
from tests.reliability.rows import assert_equal, is_sound, rows
from tests.reliability.served import reveal, write_stream
from wallboard.cache.lock import holder_of

SOUND_EVERY: Final = 10
"""The file is looked through after each so many kills."""
KEEP: Final = "[cache]\nkeep_days = 36500\nkeep_event_days = 36500\n"
TAKEN: Final = "SELECT sum(events) FROM feeds"
WHOLE: Final = "SELECT 1 FROM feeds WHERE coverage = ?"


class Killing:
    """One stage on which things are killed and started again; `killed` counts them by kind."""

    def __init__(self, stage: Stage, stream: Path, kills: int, seed: int) -> None:
        self.stage = stage
        self._stream = stream
        self._total = stream.read_bytes().count(b"\n") + 1
        self.killed: Counter[str] = Counter()
        self._random = random.Random(seed)
        self._kills = kills
        reveal(stream, 0)
        self._server, self._port = self._serve(0)
        stage.follow(f"ws://127.0.0.1:{self._port}/events", KEEP)
        self._collector: Running | None = None
        self._board: Terminal | None = None

    def kill_one(self) -> None:
        """Start what is missing, wait for a random instant, kill something."""
        what = self._random.choices(("collector", "server", "board", "both"), (18, 4, 1, 2))[0]
        taken = self.stage.number(TAKEN)
        reveal(self._stream, self._total * (self.killed.total() + 1) // self._kills)
        self._start(with_board=what == "board")
        if self._random.random() < 0.75:
            # Beyond its start, when it writes.
            self._until_more(taken)
            time.sleep(self._random.uniform(0.0, 0.25))
        else:
            time.sleep(self._random.uniform(0.0, 0.7))
        if what in {"server", "both"}:
            self._end(self._server)
        if what in {"collector", "both"}:
            self._kill_collector()
        if what == "board" and self._board is not None:
            self._end(self._board.process)
            self._board.close()
            self._board = None
        self.killed[what] += 1
        if what in {"server", "both"}:
            self._server, _ = self._serve(self._port)
        if self.killed.total() % SOUND_EVERY == 0:
            assert is_sound(self.stage.cache)

    def finish(self) -> Tables:
        """Collect the rest without a kill and end; return the rows of the cache."""
        self._kill_collector()
        self._until_free()
        reveal(self._stream, self._total)
        collector = self.stage.start("collect")
        until(lambda: holder_of(self.stage.cache) == collector.pid, "collector")
        held = f"1-{self._total}"
        until(lambda: self.stage.ask(WHOLE, held), "whole stream")
        collector.end()
        assert collector.process.returncode == 0, collector.err
        assert is_sound(self.stage.cache)
        return rows(self.stage.cache)

    def close(self) -> None:
        """End the server and whatever else is left."""
        self._end(self._server)
        if self._board is not None:
            self._end(self._board.process)
            self._board.close()

    def _start(self, *, with_board: bool) -> None:
        if with_board:
            # It starts a collector of its own, which must end with it.
            self._kill_collector()
            self._board = Terminal(self.stage)
        elif self._collector is None:
            self._until_free()
            self._collector = self.stage.start("collect")

    def _until_more(self, taken: int) -> None:
        """Wait until something was committed, or for a time: the stream may be through."""
        deadline = time.monotonic() + 3
        while self.stage.number(TAKEN) <= taken and time.monotonic() < deadline:
            time.sleep(0.01)

    def _until_free(self) -> None:
        """The collector of a killed board ends by itself."""
        until(lambda: holder_of(self.stage.cache) is None, "end of the board's collector", 15)

    def _kill_collector(self) -> None:
        if self._collector is not None:
            assert self._collector.process.poll() is None, self._collector.err
            self._end(self._collector.process)
            self._collector = None

    def _serve(self, port: int) -> tuple[subprocess.Popen[bytes], int]:
        words = (str(self._stream), str(port))
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.reliability.served", *words],
            stdout=subprocess.PIPE,
            cwd=PROJECT,
            env=self.stage.environment,
        )
        assert process.stdout is not None
        bound = int(process.stdout.readline())
        return process, bound

    @staticmethod
    def _end(process: subprocess.Popen[bytes]) -> None:
        process.kill()
        process.wait()
        if process.stdout is not None:
            process.stdout.close()


def compared(kills: int, seed: int, folder: Path) -> tuple[Tables, Tables, Counter[str]]:
    """The rows after so many kills, those of an undisturbed run, and what was killed how often."""
    stream = folder / "stream.jsonl"
    write_stream(stream)
    expected, _ = _run(stream, 0, seed)
    found, counts = _run(stream, kills, seed)
    return found, expected, counts


def _run(stream: Path, kills: int, seed: int) -> tuple[Tables, Counter[str]]:
    stage = Stage()
    killing = Killing(stage, stream, kills, seed)
    try:
        for _ in range(kills):
            killing.kill_one()
        return killing.finish(), killing.killed
    finally:
        killing.close()
        stage.close()


def main() -> None:
    """Kill as often as was asked for, and say what came of it."""
    kills, seed = int(sys.argv[1]), int(sys.argv[2]) if sys.argv[2:] else time.time_ns()
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        found, expected, counts = compared(kills, seed, Path(folder))
    assert_equal(found, expected)
    many = sum(map(len, found.values()))
    took = time.monotonic() - began
    print(f"seed {seed}: {counts.total()} kills in {took:.0f} s: {dict(counts)}")
    print(f"{many:,} rows of {len(found)} tables equal those of an undisturbed run")


if __name__ == "__main__":
    main()
