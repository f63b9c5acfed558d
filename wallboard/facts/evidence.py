"""What several entries of one type say together, and which of them can be believed."""

from typing import Any, Final

from wallboard.facts.call import Rejected
from wallboard.facts.entry import Entry, merged

CLOCK_TOLERANCE_MS: Final = 2_000
"""An end or an answer up to this much before its start counts as at the start (readings 2)."""


def together(entries: list[Entry]) -> Any:  # noqa: ANN401 - of whatever type the entries are
    """What several events of one type say; nearly always there is one."""
    return entries[0].data if len(entries) == 1 else merged([entry.data for entry in entries])


def not_before(
    entries: list[Entry], started: int | None, what: str, rejected: list[Rejected]
) -> list[Entry]:
    """The entries that are not more than the clock tolerance before the start."""
    if started is None or entries[0].time >= started - CLOCK_TOLERANCE_MS:
        return entries
    kept = []
    for entry in entries:
        if entry.time < started - CLOCK_TOLERANCE_MS:
            # To the millisecond: rounded, what is just too early would look as if it were not.
            early = f"{(started - entry.time) / 1_000:.3f}".rstrip("0").rstrip(".")
            rejected.append(
                Rejected(
                    entry,
                    f"The {what} is {early} s before the start: expected 2 s at the most.",
                )
            )
        else:
            kept.append(entry)
    return kept
