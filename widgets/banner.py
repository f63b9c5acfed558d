"""The banner: one line that says how far what is seen can be trusted."""

from enum import StrEnum

from msgspec import Struct
from rich.cells import cell_len

from widgets import figures
from widgets.paint import Line, Picture, Span, cell, fit, page
from widgets.panel import Panel
from widgets.text import plain


class Freshness(StrEnum):
    """Where what is seen comes from."""

    LIVE = "live"
    CATCHING_UP = "catching up"
    STALE = "stale"
    DISCONNECTED = "disconnected"
    AS_OF = "as of"
    WAITING = "waiting"
    NO_FEED = "no feed"
    NOT_COLLECTING = "not collecting"
    UNREADABLE = "unreadable"
    NOT_READING = "not reading"
    PAST = "PAST, NOT LIVE"


class Trust(Struct, frozen=True):
    """How fresh what is seen is. `age` in seconds; `detail` the reason, the progress or the time.

    `title` stands on the left (name and filters), `clock` on the right (the time of day in words).
    `shorter` says the same in fewer words, the shortest last, which is always seen whole.
    """

    freshness: Freshness
    age: float | None = None
    detail: str = ""
    title: str = ""
    clock: str = ""
    shorter: tuple[str, ...] = ()


_GLYPHS = {
    Freshness.LIVE: "●",
    Freshness.CATCHING_UP: "◌",
    Freshness.STALE: "▲",
    Freshness.DISCONNECTED: "✖",
    Freshness.AS_OF: "◀",
    Freshness.WAITING: "◌",
    Freshness.NO_FEED: "○",
    Freshness.NOT_COLLECTING: "✖",
    Freshness.UNREADABLE: "✖",
    Freshness.NOT_READING: "✖",
    Freshness.PAST: "◀◀",
}
_ROLES = {
    Freshness.LIVE: "good",
    Freshness.CATCHING_UP: "warning",
    Freshness.WAITING: "notice",
    Freshness.NO_FEED: "notice",
}
_WHOLE_LINE = {
    Freshness.STALE: "alert-soft",
    Freshness.DISCONNECTED: "alert",
    Freshness.AS_OF: "past",
    Freshness.NOT_COLLECTING: "alert",
    Freshness.UNREADABLE: "alert",
    Freshness.NOT_READING: "alert",
    Freshness.PAST: "past",
}


class Banner(Panel):
    """The one-line banner at the top of a screen."""

    DEFAULT_CSS = "Banner { height: 1; }"

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._trust = Trust(Freshness.CATCHING_UP)

    def show(self, trust: Trust) -> None:
        """Show `trust`."""
        self._trust = trust
        self.repaint()

    def draw(self, width: int, height: int) -> Picture:
        """Draw the line; what is left of the height stays blank."""
        return Picture(page([draw_banner(self._trust, width)], width, height))


def glyph(freshness: Freshness) -> str:
    """Return the one-cell glyph of `freshness`."""
    return _GLYPHS[freshness]


def ground(freshness: Freshness) -> str | None:
    """Return the role of the whole line when it must not be overlooked, None when it may be."""
    return _WHOLE_LINE.get(freshness)


def colour(freshness: Freshness) -> str:
    """Return the role of the state's own words."""
    return _ROLES.get(freshness, "strong")


def words(trust: Trust) -> str:
    """Return the state in words: `● live 0.3 s`, `✖ disconnected: no route to host`."""
    text = f"{_GLYPHS[trust.freshness]} {trust.freshness.value}"
    if trust.freshness is Freshness.AS_OF:
        return f"{text} {trust.detail or figures.UNKNOWN}"
    if trust.age is not None:
        text += f" {figures.age(trust.age)}"
    return f"{text}: {trust.detail}" if trust.detail else text


def draw_banner(trust: Trust, width: int) -> Line:
    """Draw the banner in `width` cells: the shortest title first, then state, clock, longer title.

    A state that must not be overlooked reverses the whole line.
    """
    least = cell_len(trust.shorter[-1]) + 3 if trust.shorter else 0
    state = words(trust)[: width * 4 + 16]
    state_cells = max(0, min(cell_len(state), width - 2 - least))
    clock_cells = cell_len(trust.clock[:32]) + 3 if trust.clock else 0
    if state_cells + clock_cells + least + 2 > width:
        clock_cells = 0
    title_cells = max(0, width - 2 - state_cells - clock_cells)
    whole = ground(trust.freshness)
    is_alert = whole is not None
    state_span = Span(plain(state, state_cells), colour(trust.freshness))
    title = plain(_fitting(trust, title_cells - 3), max(0, title_cells - 3))
    title_span = Span(f"   {title}" if is_alert else f"{title}   ", "label")
    clock_span = cell(trust.clock, clock_cells, "label", "right")
    parts = [state_span, title_span] if is_alert or title_cells < 4 else [title_span, state_span]
    line = fit([Span(" "), *parts, clock_span], width)
    if whole is None:
        return line
    return tuple(Span(span.text, whole) for span in line)


def _fitting(trust: Trust, room: int) -> str:
    """The longest form of the title for which there is room, else the shortest."""
    forms = (trust.title, *trust.shorter)
    return next((form for form in forms if cell_len(form[: room * 2 + 2]) <= room), forms[-1])
