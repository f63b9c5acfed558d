"""The heading of a wall: in large letters how far what is seen can be trusted, and the time."""

from widgets import figures
from widgets.banner import Freshness, Trust, colour, glyph, ground
from widgets.lettering import cells_for, fitting, letter
from widgets.paint import Line, Span, cells_of, fit
from widgets.sheet import beside, grounded, lowered, placed


def draw_wall_heading(
    trust: Trust, title: str, clock: str, width: int, scale: int, role: str = "title"
) -> list[Line]:
    """Draw the heading: the state at the left, `title` in its role in the middle, then `clock`.

    The state is kept longest, without its age where that has no room; then the clock. A state that
    must not be overlooked is the whole heading, on a ground of its own. Its age is in whole
    minutes from one minute on: no second of it is sent down the line.
    """
    is_alert = ground(trust.freshness) is not None
    state = fitting(_forms(trust), width - 2, scale) or trust.freshness.value
    left = [(Span(" "), *line) for line in letter(state, scale, colour(trust.freshness))]
    used = cells_of(left[0])
    right: list[Line] = []
    cells = cells_for(clock, scale)
    if cells is not None and used + cells + 4 <= width:
        right = [(*line, Span(" ")) for line in letter(clock, scale, "strong")]
    rest = width - used - (cells_of(right[0]) if right else 0)
    middle = _title("" if is_alert else title, rest, scale, len(left), role)
    lines = [
        fit(line, width) for line in beside([left, middle, right] if right else [left, middle])
    ]
    return grounded(lines, ground(trust.freshness) or "") if is_alert else lines


def _forms(trust: Trust) -> list[str]:
    """The state, with its age or its moment where it has one, and without."""
    state = f"{glyph(trust.freshness)} {trust.freshness.value}"
    if trust.freshness is Freshness.AS_OF:
        return [f"{state} {trust.detail}", state]
    if trust.freshness in {Freshness.LIVE, Freshness.CATCHING_UP} or trust.age is None:
        return [state, trust.freshness.value]
    return [
        f"{state} {figures.age(int(trust.age)).replace('.0', '')}",
        state,
        trust.freshness.value,
    ]


def _title(title: str, room: int, scale: int, high: int, role: str) -> list[Line]:
    cells = cells_for(title, scale)
    if cells is None or cells + 4 > room:
        plain = title if len(title) + 4 <= room else ""
        return placed(lowered([(Span(plain, role),)], high), room, "center")
    return placed(letter(title, scale, role), room, "center")
