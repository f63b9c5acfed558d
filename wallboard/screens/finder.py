"""The command palette: screens, campaigns, queues, agents and calls by name."""

from collections.abc import Callable, Sequence
from itertools import islice
from typing import Final, NamedTuple, Protocol, cast

from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content

from widgets.text import visible


class Place(NamedTuple):
    """Something the board can show: its kind and name, and how to get there."""

    kind: str
    name: str
    go: Callable[[], None]


MANY: Final = 2_000
"""Among so many places a name that is like the query is looked for, letter by letter."""
FOUND: Final = 200
"""Of more places so many that have the query within their names: to weigh 10,000 at every key
would hold up the board."""


class HasPlaces(Protocol):
    """An application that can be asked what it can show."""

    def places(self) -> Sequence[Place]:
        """Everything with a name."""
        ...

    def open_by_id(self, text: str) -> None:
        """Look for a call by its id or number."""
        ...


class Finder(Provider):
    """Finds places by name, and calls by anything that is typed."""

    async def discover(self) -> Hits:
        """What is offered before anything is typed: the screens."""
        for place in self._app.places():
            if place.kind == "screen":
                yield DiscoveryHit(place.name, place.go, help=place.kind)

    async def search(self, query: str) -> Hits:
        """Places whose name is like `query`; and calls, which are looked for."""
        matcher = self.matcher(query)
        for place in _candidates(self._app.places(), query):
            words = visible(f"{place.kind} {place.name}"[:200])
            score = matcher.match(words)
            if score > 0:
                # Content, not text: a name is never markup.
                yield Hit(score, Content(words), place.go, text=words)
        yield Hit(
            0.1,
            Content(f"calls with “{visible(query[:60])}”"),
            lambda: self._app.open_by_id(query),
            text=query,
        )

    @property
    def _app(self) -> HasPlaces:
        return cast("HasPlaces", self.app)


def _candidates(places: Sequence[Place], query: str) -> Sequence[Place]:
    """The places that may be meant."""
    if len(places) <= MANY:
        return places
    wanted = query.casefold()
    within = (place for place in places if wanted in f"{place.kind} {place.name}".casefold())
    return tuple(islice(within, FOUND))
