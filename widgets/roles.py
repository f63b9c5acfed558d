"""The roles a span can have, and their default colours; a screen's stylesheet may set them anew.

Each role is the component class `panel--<role>` on every panel. Colours come from the theme, so
they follow a light or dark ground; what matters is also bold or reversed, for terminals without.
"""

_RULES = {
    # text
    "title": "color: $text-muted; text-style: bold;",
    "label": "color: $text-muted;",
    "faint": "color: $text-disabled;",
    "value": "",
    "strong": "text-style: bold;",
    # levels of attention
    "good": "color: $text-success;",
    "notice": "color: $text-accent;",
    "warning": "color: $text-warning; text-style: bold;",
    "critical": "color: $text-error; text-style: bold reverse;",
    "unknown": "color: $text-muted;",
    # states of agents and of a leg
    "ready": "color: $text-success;",
    "ringing": "color: $text-accent;",
    "talking": "color: $text-primary;",
    "hold": "color: $text-warning;",
    "wrap": "color: $text-secondary;",
    "paused": "color: $text-muted;",
    "offline": "color: $text-disabled;",
    "queued": "color: $text-muted;",
    # bars
    "answered": "color: $primary;",
    "missed": "color: $warning;",
    "typical": "color: $text-muted;",
    "typical-over": "color: $primary; text-style: reverse;",
    "hatch": "color: $text-disabled;",
    "bar": "color: $primary;",
    "bar-over": "color: $warning; text-style: bold;",
    "alarm": "color: $text-error; text-style: bold;",
    # banner and selection
    "alert": "color: $text-error; text-style: bold reverse;",
    "alert-soft": "color: $text-warning; text-style: bold reverse;",
    "past": "color: $text-primary; text-style: bold reverse;",
    "cursor": "background: $primary 30%;",
}

DRAWN = frozenset(
    {
        "faint", "answered", "missed", "typical", "typical-over", "hatch", "bar", "bar-over",
    }
)  # fmt: skip
"""Roles of lines and bars, which need stand out less than what is read."""

CLASSES = {f"panel--{role}" for role in _RULES}

COMPONENTS = "\n".join(f"& > .panel--{role} {{ {rule} }}" for role, rule in _RULES.items())
"""Rules to nest in the default stylesheet of a widget that draws with roles."""
