"""The stylesheet that parses a source once gives the rules that Textual's own gives."""

from typing import ClassVar

import pytest
from textual.app import App, ComposeResult
from textual.css.stylesheet import Stylesheet, StylesheetParseError
from textual.screen import Screen
from textual.widgets import Label

from widgets.parsed_once import ParsedOnce


class First(Screen[None]):
    """A screen with rules of its own, by variables of the theme."""

    CSS: ClassVar[str] = "First Label { color: $primary; }"

    def compose(self) -> ComposeResult:
        """One line."""
        yield Label("first")


class Second(First):
    """Another."""

    CSS: ClassVar[str] = "Second Label { background: $surface; }"


class Two(App[None]):
    """Opens one screen after another."""

    CSS: ClassVar[str] = "Label { width: 3; }"

    def __init__(self) -> None:
        super().__init__()
        self.stylesheet = ParsedOnce(variables=self.get_css_variables())

    def on_mount(self) -> None:
        """Begin with the first."""
        self.push_screen(First())


def rules(sheet: Stylesheet) -> list[tuple[str, str]]:
    """What a stylesheet says: selectors, and what holds for them."""
    return [(rule.selectors, repr(rule.styles.get_rules())) for rule in sheet.rules]


def as_textual_has_it(app: App[None]) -> list[tuple[str, str]]:
    """The rules of all that the application's stylesheet holds, parsed anew by its theme."""
    fresh = Stylesheet(variables=app.get_css_variables())
    for read_from, (css, is_default, tie_breaker, scope) in app.stylesheet.source.items():
        fresh.add_source(css, read_from, is_default, tie_breaker, scope)
    return rules(fresh)


async def test_screens_and_themes_have_the_rules_of_a_stylesheet_that_is_parsed_anew() -> None:
    app = Two()
    async with app.run_test() as pilot:
        assert rules(app.stylesheet) == as_textual_has_it(app)
        (before,) = [rule for rule in app.stylesheet.rules if rule.selectors == "First Label"]
        app.push_screen(Second())
        await pilot.pause()
        assert rules(app.stylesheet) == as_textual_has_it(app)
        assert "Second Label" in dict(rules(app.stylesheet))
        assert any(rule is before for rule in app.stylesheet.rules), "parsed again"
        label = app.screen.query_one(Label)
        dark = label.styles.background, label.styles.color
        app.theme = "textual-light"
        await pilot.pause()
        assert rules(app.stylesheet) == as_textual_has_it(app)
        assert label.styles.background == app.screen.query_one(Label).styles.background
        assert (label.styles.background, label.styles.color) != dark
        app.theme = "textual-dark"
        await pilot.pause()
        assert (label.styles.background, label.styles.color) == dark


def test_what_cannot_be_parsed_leaves_the_rules_as_they_were() -> None:
    sheet = ParsedOnce(variables={"red": "#ff0000"})
    sheet.add_source("Label { color: $red; }", ("", "good"))
    good = sheet.css
    sheet.add_source("Label { colour: $red; }", ("", "bad"))
    with pytest.raises(StylesheetParseError):
        sheet.reparse()
    del sheet.source["", "bad"]
    sheet.reparse()
    assert sheet.css == good
    sheet.set_variables({"red": "#ee0000"})
    sheet.reparse()
    assert sheet.css == good.replace("#FF0000", "#EE0000") != good
