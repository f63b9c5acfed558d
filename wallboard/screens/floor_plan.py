"""Where the panels of the floor stand, for any layout and any size of terminal. Pure.

A wide terminal has the histogram and the alarms beside the queues (beside the agents where there
are no queues): on the left when the layout names one of them before, else on the right. Where the
queues leave many lines free the histogram stands under them, as wide as both where the alarms are
no more than the queues. A narrow one has all panels one below another. How many lines each has is
said by wallboard.screens.floor_lines.
"""

from typing import Final

from textual.geometry import Region

from wallboard.config.layout import PANELS
from wallboard.screens.floor_lines import (
    HOURS_LEAST,
    HOURS_MOST,
    Filled,
    Floor,
    alarm_lines,
    lines_of,
    queue_lines,
)
from wallboard.screens.planned_panels import Plan

TALL: Final = 30
"""From so many lines on there is room for rules between panels and for whole headlines."""
COLUMN_MOST: Final = 112
"""The queues take no more columns than they have something to say in."""
UNDER_LEAST: Final = 8
"""So many free lines under the queues are the histogram's."""

CALLERS: Final = "callers"
"""The widget of those who wait longest, which stands where lines are left free."""
CALLERS_LEAST: Final = 2

IDS: Final = {
    "rates": "headline",
    "queues": "queues",
    "agents": "agents",
    "histogram": "hours",
    "alarms": "alarms",
}
"""The widget of each panel."""

EMPTY: Final = Filled()


def plan(width: int, height: int, filled: Filled = EMPTY, panels: tuple[str, ...] = PANELS) -> Plan:
    """Return the region of each panel, by its widget's id; none overlap.

    A panel without a region is not shown: it is not among `panels`, or there is no room for it.
    """
    kept = tuple(name for name in panels if name != "alarms" or filled.alarms is not None)
    floor = Floor(width, filled, kept, is_tall=height >= TALL)
    lines = lines_of(floor, height)
    if floor.is_tall and floor.is_cut(lines):
        floor = Floor(width, filled, kept, is_tall=False)
        lines = lines_of(floor, height)
    regions: Plan = {}
    top = 0
    for name in floor.rows:
        if not lines[name]:
            continue
        if floor.has_rule(name):
            regions[f"rule-{name}"] = Region(0, top, width, 1)
            top += 1
        row = Region(0, top, width, lines[name])
        if name == floor.host and floor.beside:
            placed = _side_by_side(floor, name, row)
            regions.update(_with_callers(floor, placed) if name == "queues" else placed)
        else:
            regions[IDS[name]] = row
        top += lines[name]
    return regions


def _side_by_side(floor: Floor, host: str, band: Region) -> Plan:
    """A panel with the small ones beside it; the histogram where lines are left free."""
    used, alarms = floor.own_lines(host, band.height), alarm_lines(floor.filled)
    free = band.height - used
    other = band.height - (min(alarms, band.height) if "alarms" in floor.beside else 0)
    if floor.beside == ["histogram"] and other >= HOURS_LEAST:
        own, column = _columns(floor, host, band)
        return {IDS[host]: own, IDS["histogram"]: column}
    if "histogram" not in floor.beside or max(free, other) < HOURS_LEAST:
        own, column = _columns(floor, host, band)
        return (
            {IDS[host]: own, IDS["alarms"]: column}
            if "alarms" in floor.beside
            else {IDS[host]: band}
        )
    if free < UNDER_LEAST and other >= HOURS_LEAST:
        own, column = _columns(floor, host, band)
        small = {"histogram": other, "alarms": column.height - other}
        return {IDS[host]: own} | _stacked(column, {name: small[name] for name in floor.beside})
    used = max(used, band.height - HOURS_MOST)
    lines = {host: used, "histogram": band.height - used}
    order = [name for name in floor.panels if name in lines]
    if alarms <= used:
        # Below both, as wide as the band.
        rows = _stacked(band, {name: lines[name] for name in order})
        own, column = _columns(floor, host, rows[IDS[host]])
        return {IDS[host]: own, IDS["alarms"]: column, IDS["histogram"]: rows[IDS["histogram"]]}
    own, column = _columns(floor, host, band)
    return _stacked(own, {name: lines[name] for name in order}) | {IDS["alarms"]: column}


def _with_callers(floor: Floor, placed: Plan) -> Plan:
    """The panels beside the queues, and the callers where one of them leaves lines free."""
    wanted = {"alarms": alarm_lines(floor.filled), "queues": queue_lines(floor.filled)}
    for name, lines in wanted.items():
        region = placed.get(IDS[name])
        if region is not None and region.height - lines >= CALLERS_LEAST:
            used, rest = region.split_horizontal(lines)
            return placed | {IDS[name]: used, CALLERS: rest}
    return placed


def _columns(floor: Floor, host: str, band: Region) -> tuple[Region, Region]:
    """The column of the host, and the one beside it on the side that the layout names."""
    wide = min(COLUMN_MOST, band.width * 3 // 5)
    narrow = band.width - wide - 1
    is_right = floor.panels.index(host) < floor.panels.index(floor.beside[0])
    return (
        Region(band.x if is_right else band.x + narrow + 1, band.y, wide, band.height),
        Region(band.x + wide + 1 if is_right else band.x, band.y, narrow, band.height),
    )


def _stacked(column: Region, lines: dict[str, int]) -> Plan:
    """Panels one below another in a column."""
    regions: Plan = {}
    top = column.y
    for name, high in lines.items():
        regions[IDS[name]] = Region(column.x, top, column.width, high)
        top += high
    return regions
