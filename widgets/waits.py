"""The oldest waits of a queue as one bar that crosses its target."""

from collections.abc import Sequence

from widgets.paint import Span

HEIGHTS = " ▃▅▇"
TARGET_AT = 2 / 3
MARK = "│"


def draw_waits(waits: Sequence[float], target: float | None, cells: int) -> list[Span]:
    """Draw the three longest `waits` (seconds) in exactly `cells` cells.

    Time runs to the right; each cell is as high as the number of callers, of three, who have waited
    at least so long. The mark is the `target`, two thirds across; what passes it is drawn in the
    role `bar-over`, and `▸` at the end means that it goes on. Without a target the longest wait
    fills the bar.
    """
    inner = cells - 2
    if inner < 3 or not waits:
        return [Span(" " * max(0, cells))]
    oldest = sorted((wait for wait in waits if wait > 0), reverse=True)[:3]
    mark_at = round(inner * TARGET_AT) if target and target > 0 else inner
    span_of_cell = (target or max(oldest, default=1.0)) / mark_at
    text = "".join(
        HEIGHTS[sum(wait > index * span_of_cell for wait in oldest)] for index in range(inner)
    )
    if not target or target <= 0:
        return [Span("  "), Span(text, "bar")]
    over = text[mark_at + 1 :]
    if oldest and oldest[0] > inner * span_of_cell:
        over = over[:-1] + "▸"
    is_over = bool(oldest) and oldest[0] > target
    return [
        Span("  "),
        Span(text[:mark_at], "bar-over" if is_over else "bar"),
        Span(MARK, "strong" if is_over else "label"),
        Span(over, "bar-over"),
    ]
