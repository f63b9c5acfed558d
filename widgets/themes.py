"""Themes of ours beside Textual's: high contrast, and colours that no kind of eye confuses.

All text has a contrast of 4.5 at least on every ground, 7 in the themes of high contrast. The
colour-blind-safe ones use the palette of Okabe and Ito (Color Universal Design, 2008), on a light
ground darkened until they can be read, vermillion most, or it would turn into the same brown as the
yellow does.
"""

from typing import Final

from textual.theme import Theme


def _theme(
    name: str,
    *,
    dark: bool,
    grounds: tuple[str, str, str],
    texts: tuple[str, str, str],
    primary: str,
    secondary: str,
    success: str,
    warning: str,
    error: str,
    accent: str,
) -> Theme:
    """`grounds` are background, surface and panel; `texts` usual, muted and disabled ones.

    Textual would mix each colour with black or white for text; here the colour itself is it.
    """
    background, surface, panel = grounds
    text, muted, disabled = texts
    return Theme(
        name=name,
        dark=dark,
        primary=primary,
        secondary=secondary,
        success=success,
        warning=warning,
        error=error,
        accent=accent,
        foreground=text,
        background=background,
        surface=surface,
        panel=panel,
        variables={
            "text": text,
            "text-muted": muted,
            "text-disabled": disabled,
            "text-primary": primary,
            "text-secondary": secondary,
            "text-success": success,
            "text-warning": warning,
            "text-error": error,
            "text-accent": accent,
        },
    )


THEMES: Final = (
    _theme(
        "high-contrast-dark", dark=True,
        grounds=("#000000", "#0a0a0a", "#1c1c1c"), texts=("#ffffff", "#d0d0d0", "#b4b4b4"),
        primary="#5cc8ff", secondary="#d7b0ff", success="#5dff8f", warning="#ffd83d",
        error="#ff9a94", accent="#ffa8e8",
    ),
    _theme(
        "high-contrast-light", dark=False,
        grounds=("#ffffff", "#f8f8f8", "#ececec"), texts=("#000000", "#333333", "#474747"),
        primary="#003f87", secondary="#52207e", success="#00491a", warning="#5e3a00",
        error="#8c0014", accent="#7a0060",
    ),
    _theme(
        "colour-blind-dark", dark=True,
        grounds=("#0e0e0e", "#141414", "#1f1f1f"), texts=("#f2f2f2", "#b8b8b8", "#989898"),
        primary="#56b4e9", secondary="#cc79a7", success="#00b383", warning="#f0e442",
        error="#f27a2c", accent="#e69f00",
    ),
    _theme(
        "colour-blind-light", dark=False,
        grounds=("#ffffff", "#fafafa", "#efefef"), texts=("#111111", "#505050", "#646464"),
        primary="#005f96", secondary="#93386b", success="#007050", warning="#866200",
        error="#700c00", accent="#7d5600",
    ),
)  # fmt: skip
