"""Figures without the noise of adding floats."""

from wallboard.metrics.answers import Value


def tidy(value: Value) -> Value:
    """A figure without the noise of adding floats: whole where whole, else 9 digits at most."""
    if not isinstance(value, float):
        return value
    return round(value, 9)


def scaled(value: float, scale: int) -> float:
    """A sum in the unit that it is given in."""
    return tidy(value if scale == 1 else value / scale) or 0


def number(value: object) -> float:
    """A cell as a number to sort and to add by: 0 where it is none."""
    return value if isinstance(value, int | float) else 0
