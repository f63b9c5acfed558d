"""Which page a wall shows at which moment. Pure."""

from typing import Final, Self

from msgspec import Struct
from msgspec.structs import replace

WALL_PAGES: Final = ("floor", "calls", "agents", "campaigns", "metrics", "feed")
"""The screens of `[board] screens` that have a page on a wall: reports are read at a desk."""


def wall_pages(screens: tuple[str, ...]) -> tuple[str, ...]:
    """The pages of a wall, in their order and each once; the floor where none of them has one."""
    return tuple(dict.fromkeys(name for name in screens if name in WALL_PAGES)) or ("floor",)


def without_page(screens: tuple[str, ...]) -> str:
    """A sentence on those of `[board] screens` that a wall passes over; empty where it has all."""
    missing = list(dict.fromkeys(name for name in screens if name not in WALL_PAGES))
    if not missing:
        return ""
    shown = ", ".join(wall_pages(screens))
    return (
        f"[board] screens names {', '.join(missing)}, which has no page on a wall and is passed "
        f"over there: a wall shows {shown}."
    )


class Rotation(Struct, frozen=True):
    """A page of `pages`, in sight since `since` (UTC ms); each stays `seconds`, 0: the first stays.

    It has no timer: `at` gives the rotation at a moment, to be asked as often as the wall is drawn.
    """

    pages: tuple[str, ...]
    seconds: float = 0.0
    index: int = 0
    since: int = 0

    @property
    def page(self) -> str:
        """The page in sight."""
        return self.pages[self.index]

    @property
    def is_turning(self) -> bool:
        """Whether another page comes by itself."""
        return self.seconds > 0 and len(self.pages) > 1

    def at(self, now: int, *, halted: bool = False) -> Self:
        """The rotation at `now` (UTC ms); while it is halted the page stays, and then begins anew.

        A clock that was set back begins the page anew as well, and one that was set on turns only
        one page: what matters is that pages turn, not when.
        """
        if not self.is_turning or halted or now < self.since:
            return replace(self, index=self.index if self.is_turning else 0, since=now)
        if now - self.since < self.seconds * 1000:
            return self
        return replace(self, index=(self.index + 1) % len(self.pages), since=now)

    def by(self, pages: tuple[str, ...], seconds: float) -> Self:
        """The rotation by other settings; the page in sight stays where they have it."""
        if (pages, seconds) == (self.pages, self.seconds):
            return self
        index = pages.index(self.page) if self.page in pages else 0
        return replace(self, pages=pages, seconds=seconds, index=index)
