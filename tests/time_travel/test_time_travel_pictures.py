"""Pictures of the past, compared with those that were looked at and found good."""

import pytest
from textual.pilot import Pilot

from tests.screens.piloting import Compare, press, settle
from wallboard.app import Board


@pytest.mark.parametrize("size", [(80, 24), (160, 45)], ids=["80x24", "160x45"])
def test_pictures_of_the_past(snap_compare: Compare, board: Board, size: tuple[int, int]) -> None:
    """The floor ten minutes before now, within a gap, while it plays."""

    async def back(pilot: Pilot[None]) -> None:
        await settle(board)
        await press(pilot, "left_square_bracket", *["comma"] * 13, "space", "plus")

    assert snap_compare(board, terminal_size=size, run_before=back)
