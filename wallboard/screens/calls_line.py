"""What stands above the list of calls: which they are, how many, and how far it was looked."""

from rich.cells import cell_len

from wallboard.board.snapshot import CallsPage, name_of
from wallboard.questions.call_filter import CallFilter
from wallboard.screens.calls_order import list_words
from wallboard.screens.calls_values import words
from wallboard.screens.disposition_calls import disposition_words
from wallboard.screens.drop_change_calls import days_words, part_words
from wallboard.screens.hour_calls import hour_words
from wallboard.screens.sight import Sight


def calls_line(filtered: CallFilter, page: CallsPage | None, sight: Sight, width: int) -> str:
    """The list that was read, None while there is none, and what it is filtered by.

    Where `width` (cells, 0: not laid out yet) has no room, that nothing is filtered is not said.
    """
    said = _line(filtered, page, sight, ("all states", "in and out"))
    return said if not width or cell_len(said) <= width else _line(filtered, page, sight, ("", ""))


def _line(
    filtered: CallFilter, page: CallsPage | None, sight: Sight, unfiltered: tuple[str, str]
) -> str:
    names = sight.snapshot.names
    limits = (words(filtered.state), filtered.direction)
    chosen = [
        limit or none for limit, none in zip(limits, unfiltered, strict=True) if limit or none
    ]
    if filtered.agent is not None:
        chosen.append(f"agent {name_of(names.agents, filtered.agent)}")
    chosen += part_words(filtered, names)
    chosen += disposition_words(filtered)
    chosen += hour_words(filtered, sight.calendar)
    chosen += days_words(filtered, sight.calendar)
    if page is not None:
        chosen = [*list_words(page, lambda at: _start_words(sight, at)), *chosen]
        if page.as_of is not None:
            chosen.append(f"as of {sight.clock(page.as_of)}, home for now")
    return " · ".join(chosen)


def _start_words(sight: Sight, at: int) -> str:
    """How far back was looked: the day, today the time."""
    local = sight.calendar.local(at)
    if sight.calendar.day_of(at) == sight.calendar.day_of(sight.moment):
        return sight.clock(at, seconds=False)
    is_this_year = local.year == sight.calendar.local(sight.moment).year
    return f"{local:%d %b}" if is_this_year else f"{local:%d %b %Y}"
