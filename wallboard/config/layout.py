"""`[board.layout]`: which panels the floor has, in which order.

A floor is watched from across a room, so a layout that is wrong must not leave it dark: the usual
one is shown, with a sentence that says so. That sets it apart from every other key.
"""

import difflib
from typing import Annotated, Final

import msgspec
from msgspec import Struct

from wallboard.config.place import Place, shown
from wallboard.config.section import Section

PANELS: Final = ("rates", "queues", "agents", "histogram", "alarms")
"""The panels of the floor by name, in the usual order."""


class Panels(Struct, frozen=True):
    """Panels in an order; `wrong` is a sentence on the file's when these are not they."""

    names: tuple[str, ...] = PANELS
    wrong: str = ""


class PanelsKind(Struct, frozen=True):
    """A list of panels; anything else is the usual list, and said."""

    def read(self, value: object, place: Place) -> object:
        """Return the panels; nothing is refused."""
        problem = _problem(value)
        if problem is None:
            return Panels(tuple(map(str, value)) if isinstance(value, list) else PANELS)
        return Panels(wrong=f"{place.file}: {place.key} {problem}; the usual layout is shown.")


def _problem(value: object) -> str | None:
    """What is wrong with a list of panels, None when nothing is."""
    if not isinstance(value, list) or not value:
        return f"is {shown(value)} where a list of panels is expected ({', '.join(PANELS)})"
    for n, name in enumerate(value):
        if not isinstance(name, str) or name not in PANELS:
            near = difflib.get_close_matches(str(name), PANELS, n=1, cutoff=0.5)
            hint = f"did you mean {near[0]}?" if near else f"there are {', '.join(PANELS)}"
            return f"names {shown(name)}, which is no panel of the floor ({hint})"
        if name in value[:n]:
            return f"names {name} twice where each panel is expected once at most"
    return None


class Layout(Section, frozen=True, kw_only=True):
    """What stands where."""

    floor: Annotated[Panels, PanelsKind()] = msgspec.field(default=Panels())

    @property
    def notices(self) -> tuple[str, ...]:
        """Sentences on what of the file could not be used."""
        return (self.floor.wrong,) if self.floor.wrong else ()
