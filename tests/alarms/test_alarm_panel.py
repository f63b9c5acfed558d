"""The panel of alarms at any size, whatever the names are."""

from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from widgets.alarms import AlarmRow, draw_alarms
from widgets.paint import text_of
from widgets.status import Level

ROWS = st.lists(
    st.builds(
        AlarmRow,
        key=st.uuids().map(str),
        time=st.just("14:03"),
        level=st.sampled_from([Level.WARNING, Level.CRITICAL]),
        about=st.text(max_size=40),
        what=st.text(max_size=40),
        figure=st.sampled_from(["", "74 % < 80 %", "41:02 > 30:00", "1,204,000 > 1,000,000"]),
        lasts=st.sampled_from(["", "0:42", "27h05"]),
        sample=st.sampled_from(["", "of 1,204"]),
        note=st.text(max_size=20),
        is_quiet=st.booleans(),
        times=st.integers(0, 12),
    ),
    max_size=8,
    unique_by=lambda row: row.key,
)


@settings(max_examples=60, deadline=None)
@given(ROWS, st.integers(40, 200), st.integers(1, 10))
def test_nothing_is_cut_and_nothing_is_lost(rows: list[AlarmRow], width: int, height: int) -> None:
    """Every line fills the width; each alarm is either seen, with its glyph, or counted."""
    picture = draw_alarms(rows, width, height, "no alarm stands")
    lines = [text_of(line) for line in picture.lines]
    assert len(lines) == height
    assert all(cell_len(line) == width for line in lines)
    assert all(line.isprintable() for line in lines)
    seen = [row for row in rows if row.key in picture.spots]
    for row in seen:
        line = lines[picture.spots[row.key].y]
        assert ("✖" if row.level is Level.CRITICAL else "!") in line
        assert "14:03" in line
    left = len(rows) - len(seen)
    if left and height == 1:
        assert lines[0].rstrip().endswith(f"+ {left}")
    elif left and height == 2:
        # No room for a line of those left out: the heading counts them all.
        assert _counted(lines[0]) == len(rows)
    elif left:
        assert _counted(lines[-1]) == left


def _counted(line: str) -> int:
    """The sum of the numbers in a line."""
    return sum(int(word) for word in line.split() if word.isdigit())


def test_the_figure_stands_whole_where_there_is_room() -> None:
    """In 62 cells the words are cut, not the figure nor how long it lasts."""
    row = AlarmRow(
        "1", "14:03", Level.CRITICAL, "Orders & returns of all countries", "Service level, today",
        "64.6 % < 95 %", "25:00",
    )  # fmt: skip
    line = text_of(draw_alarms([row], 62, 2).lines[1])
    assert line.startswith(" ✖ 14:03 critical Orders & returns")
    assert line.endswith("64.6 % < 95 %  25:00")


def test_counts_are_whole_or_not_there() -> None:
    """A sample or a count that is cut would be another number: it is all there or nothing."""
    row = AlarmRow(
        "1", "14:03", Level.CRITICAL, "Orders & returns of all countries", "Service level, today",
        "64.6 % < 95 %", "25:00", "of 1,204,577", "✓ mara: calls the provider", times=11,
    )  # fmt: skip
    for width in range(40, 161):
        line = text_of(draw_alarms([row], width, 2).lines[1])
        assert ("of 1,204,577 " in line) or "of 1" not in line
        assert ("×12 " in line) or "×" not in line
        assert "of 1,204,577 " in line or width < 120


def test_none() -> None:
    """That no alarm stands is said."""
    assert text_of(draw_alarms([], 40, 3, "no alarm stands").lines[0]).strip() == (
        "ALARMS  no alarm stands"
    )


def test_words_are_whole_before_all_that_is_told_elsewhere() -> None:
    """How long it lasts, the window and the word of the level go, the same in every line."""
    rows = [
        AlarmRow(
            name, "14:03", Level.WARNING, name, "Service level, today", "64.6 % < 95 %", "25:00",
            brief="Service level",
        )
        for name in ("VIP", "Orders & returns")
    ]  # fmt: skip

    def last(width: int) -> str:
        first, second = (text_of(line).rstrip() for line in draw_alarms(rows, width, 3).lines[1:])
        assert first.replace("VIP", "").split() == second.replace("Orders & returns", "").split()
        return second

    assert last(76) == (
        " ! 14:03 warning  Orders & returns Service level, today 64.6 % < 95 %  25:00"
    )
    assert last(69) == " ! 14:03 warning  Orders & returns Service level, today 64.6 % < 95 %"
    assert last(62) == " ! 14:03 warning  Orders & returns Service level 64.6 % < 95 %"
    assert last(53) == " ! 14:03 Orders & returns Service level 64.6 % < 95 %"
