"""How much attention a figure needs: a level with its glyph, its word and the role that colours it.

The glyph and the word stand wherever the colour does, so nothing is lost in monochrome. A level's
value is also the name of its role: a stylesheet sets its colour as `.panel--critical` and so on.
"""

from enum import StrEnum


class Level(StrEnum):
    """How much attention something needs, in rising order but for the last."""

    GOOD = "good"
    NOTICE = "notice"
    WARNING = "warning"
    CRITICAL = "critical"
    UNKNOWN = "unknown"


_GLYPHS = {
    Level.GOOD: "✓",
    Level.NOTICE: "•",
    Level.WARNING: "!",
    Level.CRITICAL: "✖",
    Level.UNKNOWN: "?",
}


def glyph(level: Level) -> str:
    """Return the one-cell glyph of `level`."""
    return _GLYPHS[level]


def word(level: Level) -> str:
    """Return the word for `level` as a reader sees it."""
    return level.value


def needs_attention(level: Level) -> bool:
    """Tell whether `level` should stand out: warning or critical."""
    return level in {Level.WARNING, Level.CRITICAL}


def mark(level: Level) -> str:
    """Return the glyph of a level worth a mark beside a figure, and a space for the quiet ones."""
    return _GLYPHS[level] if level in {Level.NOTICE, Level.WARNING, Level.CRITICAL} else " "


def role(level: Level, quiet: str = "value") -> str:
    """Return the role that draws a figure of `level`; good figures keep the `quiet` role."""
    return quiet if level is Level.GOOD else level.value
