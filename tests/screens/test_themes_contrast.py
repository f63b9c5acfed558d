"""Every status can be told from its ground, in each theme, in 16 colours, by any kind of eye."""

from collections.abc import Iterator
from itertools import combinations, product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.color import Color, ColorSystem
from rich.color_triplet import ColorTriplet
from rich.style import Style
from textual.app import App, ComposeResult
from textual.pilot import Pilot
from textual.theme import BUILTIN_THEMES

from widgets.contrast import SIGN, TEXT, contrast, legible
from widgets.histogram import Histogram
from widgets.palette import Palette
from widgets.roles import CLASSES, DRAWN
from widgets.themes import THEMES

ROLES = sorted(name.removeprefix("panel--") for name in CLASSES)
GROUNDS = ("background", "surface", "panel", "boost")
OURS = {theme.name: theme for theme in THEMES}
MIXED = {
    "protanopia": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216),
                   (-0.003882, -0.048116, 1.051998)),
    "deuteranopia": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413),
                     (-0.011820, 0.042940, 0.968881)),
    "tritanopia": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602),
                   (0.004733, 0.691367, 0.303900)),
}  # fmt: skip
"""What an eye that lacks a pigment makes of linear red, green and blue: Machado et al., 2009."""

triplets = st.builds(ColorTriplet, *[st.integers(0, 255)] * 3)


class Grounds(App[None]):
    """A panel on each ground of a theme."""

    CSS = "\n".join(f"#{name} {{ background: ${name}; }}" for name in GROUNDS)

    def compose(self) -> ComposeResult:
        for theme in THEMES:
            self.register_theme(theme)
        yield from (Histogram(id=name) for name in GROUNDS)


async def themed(pilot: Pilot[None], name: str) -> Grounds:
    """The application, once it has taken the theme `name`."""
    app = pilot.app
    assert isinstance(app, Grounds)
    app.theme = name
    await pilot.pause()
    return app


def drawn(app: Grounds) -> Iterator[tuple[str, ColorTriplet, ColorTriplet]]:
    """Each role on each ground, plain and under the cursor, with its colour and its ground."""
    for name, role, over in product(GROUNDS, ROLES, ("", " cursor")):
        style = Palette(app.query_one(f"#{name}", Histogram)).style(role + over)
        assert style.color is not None
        assert style.bgcolor is not None
        if style.color.triplet is not None and style.bgcolor.triplet is not None:
            yield f"{role}{over} on {name}", style.color.triplet, style.bgcolor.triplet


def of_sixteen(colour: ColorTriplet) -> Color:
    """What a terminal of 16 colours shows for it."""
    return Color.from_triplet(colour).downgrade(ColorSystem.STANDARD)


async def test_every_status_is_seen_in_every_theme() -> None:
    """Textual's and ours, in all colours and in 16; what is read like text."""
    async with Grounds().run_test(size=(80, 40)) as pilot:
        for theme in [*BUILTIN_THEMES, *OURS]:
            for what, colour, ground in drawn(await themed(pilot, theme)):
                is_read = what.split()[0] not in DRAWN
                assert contrast(colour, ground) >= (TEXT if is_read else SIGN), f"{what} in {theme}"
                assert of_sixteen(colour).number != of_sixteen(ground).number, f"{what} in {theme}"


@pytest.mark.parametrize("name", OURS)
async def test_text_of_our_themes_reads_well(name: str) -> None:
    """4.5 as WCAG asks for text, 7 where contrast is what the theme is for."""
    least = 7.0 if name.startswith("high-contrast") else TEXT
    async with Grounds().run_test(size=(80, 40)) as pilot:
        for what, colour, ground in drawn(await themed(pilot, name)):
            # What lies under the cursor is marked by its ground, and need only be text.
            wanted = TEXT if "cursor" in what else least
            assert contrast(colour, ground) >= wanted, f"{what} in {name}"


def lab(linear: tuple[float, ...]) -> tuple[float, float, float]:
    """CIE L*a*b* of linear red, green and blue, by the white of D65."""
    red, green, blue = (max(0.0, min(1.0, part)) for part in linear)
    x = (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.9505
    y = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    z = (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.089
    a, b, c = (v ** (1 / 3) if v > 0.008856 else 7.787 * v + 16 / 116 for v in (x, y, z))
    return 116 * b - 16, 500 * (a - b), 200 * (b - c)


def seen_by(eye: str, colour: str) -> tuple[float, float, float]:
    """The colour as an eye sees it that lacks a pigment."""
    parts = [part / 255 for part in Color.parse(colour).get_truecolor()]
    linear = [v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in parts]
    mixed = (sum(f * v for f, v in zip(row, linear, strict=True)) for row in MIXED[eye])
    return lab(tuple(mixed))


@pytest.mark.parametrize("eye", MIXED)
@pytest.mark.parametrize("name", ["colour-blind-dark", "colour-blind-light"])
def test_no_eye_confuses_good_warning_and_critical(name: str, eye: str) -> None:
    """The three levels stay apart by 20 in CIE 1976, several times what can just be told."""
    theme = OURS[name]
    levels = [theme.success, theme.warning, theme.error]
    for one, other in combinations(levels, 2):
        assert one is not None
        assert other is not None
        pairs = zip(seen_by(eye, one), seen_by(eye, other), strict=True)
        apart = sum((mine - its) ** 2 for mine, its in pairs) ** 0.5
        assert apart >= 20, f"{one} and {other}"


@given(triplets, triplets)
def test_whatever_the_colours_a_sign_is_seen(colour: ColorTriplet, ground: ColorTriplet) -> None:
    """Also where both are the same; a colour that is seen already stays as it is."""
    style = Style(color=Color.from_triplet(colour), bgcolor=Color.from_triplet(ground), bold=True)
    shown = legible(style)
    assert shown.bgcolor == style.bgcolor
    assert shown.bold
    assert shown.color is not None
    assert shown.color.triplet is not None
    assert contrast(shown.color.triplet, ground) >= SIGN
    assert of_sixteen(shown.color.triplet).number != of_sixteen(ground).number
    assert legible(shown) == shown
