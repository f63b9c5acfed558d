"""A board with no cache yet goes wherever one wants; a cache that is being made is told as such."""

import asyncio
from pathlib import Path

import pytest

from tests.screens.center import CONFIGURATION, NOW
from tests.screens.piloting import press, running
from wallboard.app import Board
from wallboard.cache.errors import CacheError
from wallboard.cache.opening import open_for_reading
from wallboard.cache.writing import open_for_writing
from wallboard.screens.campaign import CampaignScreen
from wallboard.screens.picture import as_text


async def test_every_screen_settles_before_there_is_a_cache(tmp_path: Path) -> None:
    """Each says what is missing, at once, however one goes to and fro."""
    board = Board(tmp_path / "none.sqlite", CONFIGURATION, clock=lambda: NOW)
    async with asyncio.timeout(20), running(board) as pilot:
        for key in ("2", "3", "4", "5", "7", "1", "2"):
            text = await press(pilot, key)
            words = "No feed has been collected yet" if key == "7" else "Waiting for the first"
            assert words in text


def test_a_cache_that_is_being_made_is_no_foreign_file(tmp_path: Path) -> None:
    """Whoever looks between its first byte and its last table is told so."""
    path = tmp_path / "cache.sqlite"
    db = open_for_writing(path)
    (newest,) = db.execute(
        "SELECT name FROM _sqlite_migrations ORDER BY id DESC LIMIT 1"
    ).fetchone()
    db.execute("DELETE FROM _sqlite_migrations WHERE name = ?", (newest,))
    with pytest.raises(CacheError, match="is being made"):
        open_for_reading(path)
    db.conn.close()


async def test_the_palette_opens_a_campaign(board: Board) -> None:
    """By its name; another in its place; and limits every screen to one."""
    async with running(board) as pilot:
        assert board.snapshot is not None
        first, second = board.snapshot.names.campaigns[:2]
        for campaign in (first, second):
            place = next(
                place
                for place in board.places()
                if (place.kind, place.name) == ("campaign", campaign.name)
            )
            place.go()
            await pilot.pause()
            await board.settled()
            assert isinstance(board.screen, CampaignScreen)
            assert campaign.name in as_text(board)
        await press(pilot, "escape")
        assert not isinstance(board.screen, CampaignScreen)
        only = next(place for place in board.places() if place.kind == "only campaign")
        only.go()
        await board.settled()
        assert board.scope.campaign == first.id
