"""How well a colour stands out from its ground, and how to make it stand out more. Pure.

The ratio is that of the Web Content Accessibility Guidelines (WCAG 2.2, 1.4.3 and 1.4.11): 1 for
equal colours, 21 for black on white; 4.5 is asked of text and 3 of signs and large text.
"""

from typing import Final

from rich.color import Color, ColorSystem
from rich.color_triplet import ColorTriplet
from rich.style import Style

SIGN: Final = 3.0
"""The least contrast of anything that is drawn."""
TEXT: Final = 4.5
"""The least contrast of what has to be read on a ground that its theme was not made for."""
STEPS: Final = 10

BLACK: Final = ColorTriplet(0, 0, 0)
WHITE: Final = ColorTriplet(255, 255, 255)


def contrast(one: ColorTriplet, other: ColorTriplet) -> float:
    """Return the ratio of two colours, 1 to 21, whichever is the lighter."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def legible(style: Style, least: float = SIGN) -> Style:
    """Return `style`, its colour moved away from its ground until the contrast is `least`.

    Themes are made for words in few colours; a sign in one of them may vanish on another ground,
    or where a terminal has only 16 colours. Colours of the terminal's own are left as they are: how
    they look is not known here.
    """
    if style.color is None or style.bgcolor is None:
        return style
    colour, ground = style.color.triplet, style.bgcolor.triplet
    if colour is None or ground is None or _is_seen(colour, ground, least):
        return style
    away = max((BLACK, WHITE), key=lambda end: contrast(end, ground))
    for step in range(1, STEPS + 1):
        moved = _between(colour, away, step / STEPS)
        if _is_seen(moved, ground, least):
            return style + Style(color=Color.from_triplet(moved))
    return style + Style(color=Color.from_triplet(away))


def _is_seen(colour: ColorTriplet, ground: ColorTriplet, least: float) -> bool:
    return contrast(colour, ground) >= least and _of_sixteen(colour) != _of_sixteen(ground)


def _of_sixteen(colour: ColorTriplet) -> int | None:
    """Return which of a terminal's 16 colours stands for `colour`, as rich picks it."""
    return Color.from_triplet(colour).downgrade(ColorSystem.STANDARD).number


def _between(one: ColorTriplet, other: ColorTriplet, share: float) -> ColorTriplet:
    mixed = (round(mine + (its - mine) * share) for mine, its in zip(one, other, strict=True))
    return ColorTriplet(*mixed)


def _luminance(colour: ColorTriplet) -> float:
    """Return the relative luminance of WCAG, 0 to 1."""
    red, green, blue = (_linear(part / 255) for part in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return float(part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4)
