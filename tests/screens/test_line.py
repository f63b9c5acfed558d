"""On a line too slow for the frames, frames are dropped: what is seen is never old."""

import time
from pathlib import Path

from textual.app import App

from tests.screens.slow_line import SlowTerminal, restless
from wallboard.screens.line import ANSWER_SECONDS, Line

FRAMES_SEEN = 6
"""So many clocks, each of another frame, before it is judged."""
OLD_SECONDS = 8.0
MOST_WAITING = 60_000
"""A first frame and one that follows."""


def test_a_line_of_64_kbit_shows_what_is_true_now(tmp_path: Path) -> None:
    """With a terminal that answers behind a line of any room, and with one that does not answer.

    Without dropping, some 300 kB would wait behind the first within the time of this test.
    """
    config = tmp_path / "config.toml"
    config.write_text('[reporting]\ntime_zone = "UTC"\n')
    cache = tmp_path / "cache.sqlite"
    with restless(cache):
        ends = [SlowTerminal(cache, config, answers=answers) for answers in (True, False)]
        try:
            deadline = time.monotonic() + 60
            while min(len(end.ages) for end in ends) < FRAMES_SEEN:
                assert time.monotonic() < deadline, [end.ages for end in ends]
                time.sleep(0.1)
        finally:
            for end in ends:
                end.close()
    for end in ends:
        assert max(end.ages) < OLD_SECONDS, end.ages
        assert end.longest < OLD_SECONDS
        assert end.most_waiting < MOST_WAITING


def is_free(line: Line) -> bool:
    """What the line says, each time anew."""
    return line.is_free


async def test_a_line_is_free_once_the_far_end_has_answered() -> None:
    """Only terminals that have answered before are waited for, and not for ever."""
    hand = [100.0]
    app: App[None] = App()
    async with app.run_test():
        line = Line(app, lambda: hand[0])
        line.ask()
        assert is_free(line)
        line.answered()
        line.ask()
        assert not is_free(line)
        hand[0] += 0.1
        line.answered()
        assert is_free(line)
        line.ask()
        hand[0] += ANSWER_SECONDS - 0.1
        assert not is_free(line)
        hand[0] += 0.2
        assert is_free(line)
        line.ask()
        assert is_free(line)
        line.answered()
        line.ask()
        assert not is_free(line)


async def test_a_slow_line_rests_for_half_the_time_that_a_frame_took() -> None:
    """So that a key is not behind one frame after another; a fast line never rests."""
    hand = [100.0]
    app: App[None] = App()
    async with app.run_test():
        line = Line(app, lambda: hand[0])
        line.answered()
        line.ask()
        hand[0] += 1.0
        line.answered()
        assert not is_free(line)
        hand[0] += 0.49
        assert not is_free(line)
        hand[0] += 0.02
        assert is_free(line)
