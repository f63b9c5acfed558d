"""The board takes every theme by its name; without colour every status still has glyph and word."""

import re
from pathlib import Path

import msgspec
import pytest
from textual.theme import BUILTIN_THEMES

from tests.screens.center import CONFIGURATION, NOW
from tests.screens.piloting import running
from wallboard.app import Board
from wallboard.screens.picture import as_text
from widgets.themes import THEMES
from widgets.tiles import AgentState, glyph, word

OURS = [theme.name for theme in THEMES]
PICTURE_TEXT = ("c5", "c8", "c6")
"""What a picture gives to text without a colour."""
FILL = re.compile(r"-r\d+ \{ fill: #([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})")


@pytest.mark.parametrize("name", OURS)
async def test_a_theme_of_ours_is_taken_from_the_file(busy_cache: Path, name: str) -> None:
    """And nothing is said about it; all others are there to choose as well."""
    settings = msgspec.structs.replace(CONFIGURATION.board, theme=name)
    configuration = msgspec.structs.replace(CONFIGURATION, board=settings)
    board = Board(busy_cache, configuration, clock=lambda: NOW)
    async with running(board, (80, 24)):
        assert board.theme == name
        assert "There is no theme" not in as_text(board)
        assert set(board.available_themes) >= {*BUILTIN_THEMES, *OURS}


async def test_without_colour_status_is_read_by_glyph_and_word(
    busy_cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """NO_COLOR makes all grey; what the colours say stands there in signs and words."""
    monkeypatch.setenv("NO_COLOR", "1")
    board = Board(busy_cache, CONFIGURATION, clock=lambda: NOW)
    async with running(board, (160, 45)):
        text = as_text(board)
        fills = FILL.findall(board.export_screenshot())
        assert fills
        assert {fill for fill in fills if len({*fill}) > 1} <= {PICTURE_TEXT}
        assert "● live" in text
        for state in (AgentState.ON_CALL, AgentState.AVAILABLE, AgentState.WRAP_UP):
            assert glyph(state) in text
            assert word(state) in text
        # A share below its target has its mark.
        assert re.search(r"\d % !", text)
