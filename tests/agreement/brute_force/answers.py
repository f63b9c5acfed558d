"""The shapes of answers: a count, a sum, a ratio or mean, rows by key."""

from collections import Counter
from collections.abc import Iterable, Mapping
from decimal import Decimal

from tests.agreement.brute_force.asked import Answer, Figure, Row

NONE = "(none)"


def divided(over: Figure, under: Figure) -> Figure:
    """over / under, None over nothing; exact decimals when either is one."""
    if over is None or under is None or under == 0:
        return None
    if isinstance(over, Decimal) or isinstance(under, Decimal):
        return Decimal(str(over)) / Decimal(str(under))
    return over / under


def total(value: Figure) -> Answer:
    """A count or a sum: its own numerator."""
    return Answer(value, value)


def ratio(over: Figure, under: Figure, rows: list[Row] | None = None) -> Answer:
    """A ratio or a mean, null over nothing."""
    return Answer(divided(over, under), over, under, rows)


def seconds(milliseconds: int) -> Decimal:
    return Decimal(milliseconds) / 1000


def money(value: object) -> Decimal:
    """An amount of an event as the exact decimal that was written."""
    return Decimal(str(value or 0))


def key_of(value: object) -> str:
    return NONE if value in {None, ""} else str(value)


def shared(sums: Mapping[str, Figure]) -> list[Row]:
    """Rows of counts or sums, each with its share of them all."""
    everything = sum((value for value in sums.values() if value is not None), start=0)
    return [
        {"key": key, "value": value, "share": divided(value, everything)}
        for key, value in sums.items()
    ]


def counted(keys: Iterable[object]) -> list[Row]:
    """How often each key occurs; missing ones under (none)."""
    return shared(Counter(key_of(key) for key in keys))


def table(rows: list[Row]) -> Answer:
    """A metric of unit breakdown: no value of its own."""
    return Answer(breakdown=rows)
