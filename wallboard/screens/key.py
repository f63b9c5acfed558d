"""A key of a screen, and what Textual makes of it."""

from collections.abc import Sequence

from msgspec import Struct
from textual.binding import Binding, BindingType


class Key(Struct, frozen=True):
    """A key: what Textual calls it, what is shown of it, one word for it, and what it does.

    `help` is the sentence in the help of the screen; without `word` the foot does not name it.
    """

    key: str
    shown: str
    word: str
    action: str
    help: str


def bindings(keys: Sequence[Key]) -> list[BindingType]:
    """The bindings of `keys`."""
    return [Binding(key.key, key.action, key.word or key.help, show=False) for key in keys]
