"""Measures as expressions over calls, for where rollups do not hold what is asked."""

import re
from typing import Final

from wallboard.cache.call_measures import EXPRESSIONS

_MEASURE: Final = re.compile(r"\bmeasures\.([a-z_]+)\b")
_TABLE: Final = re.compile(r"\b([coa])\.(?=[a-z_])")
_TABLES: Final = {"c": "calls", "o": "outcomes", "a": "attributions"}


def measured(sql: str) -> str:
    """The SQL with each measure said over a row of calls, its outcome and its attribution.

    The view of measures says the same, at the price of looking every call up once more.
    """
    return _MEASURE.sub(lambda found: _OVER_CALLS[found[1]], sql)


def _over_calls(expression: str) -> str:
    named = _TABLE.sub(lambda found: f"{_TABLES[found[1]]}.", expression)
    return named if named.isdigit() else f"({named})"


_OVER_CALLS: Final = {name: _over_calls(said) for name, said in EXPRESSIONS.items()}
