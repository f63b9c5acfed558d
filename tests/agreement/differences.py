"""Where two answers to the same question differ, in words."""

from decimal import Decimal
from typing import Any

from tests.agreement.brute_force.asked import Answer as Expected
from wallboard.metrics.answers import Answer

TOLERANCE = 1e-7


def differences(slug: str, expected: Expected, found: Answer) -> list[str]:
    """What differs; empty where the answers agree."""
    told = [
        f"{slug}.{name}: expected {wanted!r}, found {given!r}"
        for name in ("value", "numerator", "denominator")
        if not same(wanted := getattr(expected, name), given := getattr(found, name))
        and not (name != "value" and wanted is None)
    ]
    if expected.breakdown is None:
        return told
    wanted_rows = {row["key"]: row for row in expected.breakdown}
    given_rows = {str(row["key"]): row for row in found.breakdown or ()}
    for key in dict.fromkeys([*wanted_rows, *given_rows]):
        wanted_row: dict[str, Any] = wanted_rows.get(key, {"key": key, "value": 0})
        given_row: dict[str, Any] = dict(given_rows.get(key, {"key": key, "value": 0}))
        told += [
            f"{slug}[{key}].{name}: expected {wanted!r}, found {given_row.get(name)!r}"
            for name, wanted in wanted_row.items()
            if not same(wanted, given_row.get(name))
        ]
    return told


def same(one: object, other: object) -> bool:
    """Whether two figures are equal but for the noise of floats."""
    if isinstance(one, int | float | Decimal) and isinstance(other, int | float | Decimal):
        return abs(float(one) - float(other)) <= TOLERANCE * max(1, abs(float(one)))
    return one == other
