"""From the queues of the floor to their rows, those that call for somebody first. Pure."""

from collections.abc import Sequence

from wallboard.masking import show_number
from wallboard.questions.floor_answers import Floor, QueueNow
from wallboard.screens.row_keys import row_key
from widgets import figures
from widgets.callers import CallerRow
from widgets.queues import QueueRow
from widgets.status import Level


def _queue_key(queue: QueueNow) -> str:
    """The key of a queue's row."""
    return row_key(queue.source, queue.queue)


def queue_rows(queues: Sequence[QueueNow], now: int, gap: bool) -> list[QueueRow]:
    """The queues, those that need attention first; `now` UTC ms.

    First those with callers and nobody ready, then those whose longest wait is over the target,
    then those below their service level, then the others; of each the most callers first.
    """
    rows = [_queue_row(queue, now, gap) for queue in queues]
    return sorted(rows, key=_queue_order)


def caller_rows(floor: Floor, now: int, masked: bool) -> list[CallerRow]:
    """Those who wait longest; `now` UTC ms. Over the target of their queue they stand out."""
    known = {(queue.source, queue.queue): queue for queue in floor.queues}
    rows = []
    for caller in floor.callers:
        queue = known.get((caller.source, caller.queue))
        wait = max(0.0, (now - caller.entered) / 1000)
        is_over = queue is not None and wait > queue.target_seconds
        rows.append(
            CallerRow(
                str(caller.call),
                wait,
                caller.queue if queue is None else queue.name,
                show_number(caller.number, masked),
                Level.WARNING if is_over else Level.GOOD,
            )
        )
    return rows


def _queue_row(queue: QueueNow, now: int, gap: bool) -> QueueRow:
    waits = tuple(max(0.0, (now - at) / 1000) for at in sorted(queue.entered))
    longest = waits[0] if waits else None
    target, level = queue.target_seconds, queue.service_level
    is_over = longest is not None and longest > target
    is_below = level.value is not None and level.value < queue.target_share
    return QueueRow(
        _queue_key(queue), queue.name, len(waits), longest, waits[:3], target,
        level.value, queue.speed, queue.abandoned, queue.ready, queue.busy, queue.paused,
        _level(is_unserved=bool(waits) and not queue.ready, is_over=is_over, is_below=is_below),
        Level.WARNING if is_over else Level.GOOD,
        Level.WARNING if is_below else Level.GOOD,
        gap=gap, share=figures.share_beside(level.value, queue.target_share),
        sample=level.denominator,
    )  # fmt: skip


def _level(*, is_unserved: bool, is_over: bool, is_below: bool) -> Level:
    if is_unserved and is_over:
        return Level.CRITICAL
    if is_unserved or is_over:
        return Level.WARNING
    return Level.NOTICE if is_below else Level.GOOD


def _queue_order(row: QueueRow) -> tuple[object, ...]:
    # The order holds still while waits grow: it turns only when a level or a number changes.
    is_over = row.longest_level is not Level.GOOD
    is_below = row.service_level_level is not Level.GOOD
    rank = 0 if row.waiting and not row.ready else 1 if is_over else 2 if is_below else 3
    return (rank, not is_over, -(row.waiting or 0), row.name.casefold(), row.key)
