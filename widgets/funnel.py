"""A funnel: stages under each other, each with its count, its bar and its share."""

from collections.abc import Sequence

from msgspec import Struct
from rich.cells import cell_len
from textual.geometry import Region, Size

from widgets import figures
from widgets.choice import ChoicePanel
from widgets.items import ItemPanel
from widgets.paint import Line, Picture, Span, cell, fit, page, sentence, styled

EIGHTHS = " ▏▎▍▌▋▊▉█"
TITLE_MOST = 28


class Stage(Struct, frozen=True):
    """One stage. `share` (0 to 1) is of whatever `of` says, such as `of exposures`."""

    key: str
    title: str
    count: int | None
    share: float | None = None
    of: str = ""


class Funnel(ItemPanel[Stage]):
    """Stages from the widest to the narrowest; each can be opened."""

    EMPTY = "Nothing has come in yet."

    class Selected(ChoicePanel.Selected):
        """The reader opened the stage `key`."""

    def capacity(self, size: Size) -> tuple[int, int]:
        """Return how many stages fit, one in a row."""
        return min(len(self._items), size.height), 1

    def draw(self, width: int, height: int) -> Picture:
        """Draw the stages in sight."""
        return draw_funnel(self._items, width, height, self._empty, self.marked_key, self.first)


def draw_funnel(
    stages: Sequence[Stage],
    width: int,
    height: int,
    empty: str = "",
    cursor: str | None = None,
    first: int = 0,
) -> Picture:
    """Draw `stages`; the bar goes first when there is no room for it, then the share."""
    if not stages:
        return sentence(empty, width, height)
    seen = stages[first : first + height]
    title = min(TITLE_MOST, max(cell_len(stage.title[:64]) for stage in stages), width // 2)
    count = max(len(figures.count(stage.count)) for stage in stages)
    words = [f"{figures.share(s.share)} {s.of}".strip() if s.of or s.share else "" for s in stages]
    share = min(24, max(cell_len(text[:64]) for text in words))
    most = max((stage.count or 0) for stage in stages) or 1
    room = width - title - count - share - 9
    lines: list[Line] = []
    spots: dict[str, Region] = {}
    for stage, text in zip(seen, words[first:], strict=False):
        is_marked = stage.key == cursor
        spans = [Span("› " if is_marked else "  ", "strong"), cell(stage.title, title, "value")]
        spans += [Span("  "), cell(figures.count(stage.count), count, "strong", "right")]
        if room >= 5:
            spans += [Span("  "), cell(_bar((stage.count or 0) / most, room), room, "bar")]
        if width >= title + count + share + 7:
            spans += [Span("  "), cell(text, share, "label")]
        spots[stage.key] = Region(0, len(lines), width, 1)
        line = fit(spans, width)
        lines.append(styled(line, "cursor") if is_marked else line)
    return Picture(page(lines, width, height), spots)


def _bar(share: float, cells: int) -> str:
    eighths = round(max(0.0, min(1.0, share)) * cells * 8) or (1 if share > 0 else 0)
    return "█" * (eighths // 8) + (EIGHTHS[eighths % 8] if eighths % 8 else "")
