"""Figures in words: durations, ages, shares, counts, money and changes, each `–` when unknown."""

from decimal import Decimal
from math import isfinite

UNKNOWN = "–"


def duration(seconds: float | None) -> str:
    """Return a length of time as `0:42`, `12:05` or `1:02:03`; less than nothing is `0:00`."""
    if seconds is None or not isfinite(seconds):
        return UNKNOWN
    whole = max(0, int(seconds))
    minutes, rest = divmod(whole, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def clock(seconds: float | None) -> str:
    """Return a length of time in at most five cells: `0:42`, `41:02`, `2h01`, `27h05` or `4 d`."""
    if seconds is None or not isfinite(seconds):
        return UNKNOWN
    minutes, rest = divmod(max(0, int(seconds)), 60)
    if minutes < 60:
        return f"{minutes}:{rest:02}"
    hours = minutes // 60
    return f"{hours}h{minutes % 60:02}" if hours < 100 else f"{min(999, hours // 24)} d"


def age(seconds: float | None) -> str:
    """Return how old something is: `0.3 s`, `12 s`, `4 min`, `5 h` or `3 d`."""
    if seconds is None or not isfinite(seconds):
        return UNKNOWN
    seconds = max(0.0, seconds)
    if seconds < 9.95:
        return f"{seconds:.1f} s"
    for size, unit, limit in ((1, "s", 60), (60, "min", 3600), (3600, "h", 172_800)):
        if seconds < limit:
            return f"{int(seconds // size)} {unit}"
    return f"{int(seconds // 86_400)} d"


def share(part: float | None, digits: int = 1) -> str:
    """Return a share (0 to 1) as per cent: 0.921 is `92.1 %`."""
    if part is None or not isfinite(part):
        return UNKNOWN
    return f"{_rounded(part * 100, digits)} %"


def share_beside(part: float | None, target: float, digits: int = 0) -> str:
    """Return a share as per cent, never rounded to the other side of the `target` beside it.

    0.796 beside 0.8 is `79.6 %`, though without digits it would be `80 %`; what one digit more
    does not tell apart is rounded away from the target.
    """
    if part is None or not isfinite(part):
        return UNKNOWN
    for more in (digits, digits + 1):
        shown = float(_rounded(part * 100, more))
        if _side(part, target) == _side(shown, round(target * 100, 9)):
            return share(part, more)
    step = 10**-more
    return share((target * 100 + (step if part > target else -step)) / 100, more)


def _side(number: float, target: float) -> int:
    return (number > target) - (number < target)


def count(number: float | None, grouping: str = ",") -> str:
    """Return a whole number with its thousands grouped: `1,204`; `grouping` may be a thin space."""
    if number is None or not isfinite(number):
        return UNKNOWN
    return f"{round(number):,}".replace(",", grouping)


def money(amount: float | Decimal | None, currency: str, digits: int = 2) -> str:
    """Return an amount with its currency code: `1,204.50 USD`."""
    if amount is None or not isfinite(amount):
        return UNKNOWN
    return f"{_rounded(amount, digits, grouped=True)} {currency}"


def change(difference: float | None, digits: int = 1) -> str:
    """Return a change with its direction, `▲ 1.2`, `▼ 6.0` or `=`, in the unit of the figure."""
    if difference is None or not isfinite(difference):
        return UNKNOWN
    size = _rounded(abs(difference), digits)
    if float(size) == 0:
        return "="
    return f"{'▲' if difference > 0 else '▼'} {size}"


def _rounded(number: float | Decimal, digits: int, grouped: bool = False) -> str:
    text = f"{number:,.{digits}f}" if grouped else f"{number:.{digits}f}"
    # A figure that rounds to nothing has no sign.
    return text.removeprefix("-") if not text.strip("-0.,") else text
