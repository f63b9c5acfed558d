"""What is to be said of the settings, in as many lines above the keys as it takes."""

from collections.abc import Sequence

from rich.text import Text
from textual.widgets import Static

from widgets.text import visible


class SettingsWords(Static):
    """Sentences that may be anything: they quote the file. Not there while none is said."""

    DEFAULT_CSS = """
    SettingsWords {
        display: none; height: auto; max-height: 7; padding: 0 1; color: $text-warning;
        &.-said { display: block; }
    }
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__("", id=id, markup=False)
        self._said: tuple[str, ...] = ()

    def say(self, sentences: Sequence[str]) -> None:
        """Say `sentences`, each on a line of its own; none: take no room."""
        said = tuple(sentences)
        if said == self._said:
            return
        self._said = said
        self.update(Text("\n".join(f"▲ {visible(sentence)}" for sentence in said)))
        self.set_class(bool(said), "-said")
