"""When opportunities were won: the last move to won of each that is won still."""

from typing import Final

_SAME: Final = "other.source = stages.source AND other.opportunity = stages.opportunity"
_WHEN: Final = "(other.time, other.sequence, other.id)"
_THEN: Final = "(stages.time, stages.sequence, stages.id)"

WINS: Final = (
    "(SELECT stages.source, stages.opportunity, stages.time AS won"
    "\n  FROM opportunity_stages stages WHERE stages.stage = 'won'"
    "\n  AND coalesce((SELECT other.stage FROM opportunity_stages other"
    f" WHERE {_SAME} AND {_WHEN} < {_THEN}"
    " ORDER BY other.time DESC, other.sequence DESC, other.id DESC LIMIT 1), '') <> 'won'"
    "\n  AND NOT EXISTS (SELECT 1 FROM opportunity_stages other"
    f" WHERE {_SAME} AND {_WHEN} > {_THEN} AND other.stage <> 'won')) wins"
)
"""A table of `source`, `opportunity` and `won` (UTC ms). Said won twice, it was won the first."""
