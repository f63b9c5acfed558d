"""What is known of a call's caller from earlier calls, as conditions on a row of calls.

Callers are their numbers; a withheld number is null and fulfils none of these. Retention leaves a
keyed hash of a number whose calls it deleted, so that the first call ever stays the first.
"""

from typing import Final

_EARLIER: Final = (
    "earlier.direction = 'inbound' AND earlier.from_number = calls.from_number"
    " AND earlier.started <= calls.started"
    " AND (earlier.started < calls.started OR earlier.id < calls.id)"
)

EARLIER_CALL: Final = f"EXISTS (SELECT 1 FROM calls earlier WHERE {_EARLIER})"
"""That the caller called before."""

EARLIER_LEAD: Final = (
    "EXISTS (SELECT 1 FROM calls earlier JOIN call_outcomes said ON said.call = earlier.call"
    f" WHERE {_EARLIER} AND said.lead)"
)
"""That a call of the caller was a lead before."""


def _forgotten(first: str) -> str:
    # The hash of every number is work: it is not asked for while nothing was forgotten.
    return (
        "(calls.from_number IS NOT NULL AND EXISTS (SELECT 1 FROM forgotten_callers)"
        " AND EXISTS (SELECT 1 FROM forgotten_callers"
        f" WHERE digest = caller_digest(calls.from_number) AND {first} IS NOT NULL))"
    )


FORGOTTEN_CALL: Final = _forgotten("first_call")
"""That the caller called before, in a call that retention has deleted."""

FORGOTTEN_LEAD: Final = _forgotten("first_lead")
"""That a call of the caller that retention has deleted was a lead."""
