"""What is on the screen as a picture or as text."""

import re
from typing import Any, Final

from textual.app import App

FONT_FACE: Final = re.compile(r"@font-face\s*\{.*?\}\s*", re.DOTALL)
FONTS: Final = "'Fira Code', 'DejaVu Sans Mono', Menlo, Consolas, monospace"


def as_svg(app: App[Any], title: str) -> str:
    """The screen as SVG. It names fonts that are usual on a machine, and fetches none."""
    svg = FONT_FACE.sub("", app.export_screenshot(title=title, simplify=True))
    return re.sub(r"font-family:\s*Fira Code[^;]*;", f"font-family: {FONTS};", svg)


def as_text(app: App[Any]) -> str:
    """The screen as lines of text, without the spaces at their ends."""
    strips = app.screen._compositor.render_strips()  # noqa: SLF001 - as export_screenshot does
    return "\n".join(strip.text.rstrip() for strip in strips)
