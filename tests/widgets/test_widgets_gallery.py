"""The gallery: every panel at work at every size, in every palette a terminal may have."""

import pytest
from textual.color import Color

from tests.widgets.gallery import Gallery

SIZES = [(80, 24), (160, 45), (20, 8), (3, 2), (400, 120)]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("screen", ["floor", "call", "wall"])
async def test_the_gallery_works_at_any_size(screen: str, size: tuple[int, int]) -> None:
    """From a few cells to a television, keys included."""
    app = Gallery(screen)
    async with app.run_test(size=size) as pilot:
        await pilot.press("down", "right", "tab", "down", "end", "pageup", "enter")
        assert app.export_screenshot()


@pytest.mark.parametrize(
    "theme", ["textual-dark", "textual-light", "ansi-dark", "ansi-light", "nord"]
)
async def test_what_needs_attention_stands_out_from_its_ground(theme: str) -> None:
    """In a dark, a light and a terminal's own palette, attention differs from the ground."""
    app = Gallery("floor", theme)
    async with app.run_test(size=(160, 45)) as pilot:
        await pilot.pause()
        headline = app.screen.query_one("#headline")
        segments = {seg.text.strip(): seg.style for seg in headline.render_line(1)}
        warning, critical, calm = segments["74 % !"], segments["4 ✖"], segments["92.1 %"]
        assert warning is not None
        assert critical is not None
        assert calm is not None
        assert warning.bold
        assert critical.bold
        assert critical.reverse
        assert calm.color != warning.color
        for style in (warning, critical, calm):
            assert style.color is not None
            assert style.bgcolor is not None
            if not theme.startswith("ansi"):
                text = Color.from_rich_color(style.color)
                ground = Color.from_rich_color(style.bgcolor)
                assert abs(text.brightness - ground.brightness) > 0.2
