"""The whole configuration, as one value that never changes."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import msgspec

from wallboard.config.alarms import Alarm
from wallboard.config.asterisk import Asterisk
from wallboard.config.board import Board
from wallboard.config.cache import Cache
from wallboard.config.feeds import Feed
from wallboard.config.kinds import ListOf
from wallboard.config.metrics import Metrics
from wallboard.config.reporting import Reporting
from wallboard.config.section import Section, Table


class Configuration(Section, frozen=True, kw_only=True):
    """All settings; `Configuration()` is what holds with no file at all."""

    path: Path | None = None
    """The file it was read from; None: there was none."""
    feeds: Annotated[
        tuple[Feed, ...], ListOf(Table(Feed), "a list of tables, each headed [[feed]],")
    ] = msgspec.field(default=(), name="feed")
    cache: Annotated[Cache, Table(Cache)] = Cache()
    reporting: Annotated[Reporting, Table(Reporting)] = Reporting()
    metrics: Annotated[Metrics, Table(Metrics)] = Metrics()
    board: Annotated[Board, Table(Board)] = Board()
    asterisk: Annotated[Asterisk, Table(Asterisk)] = Asterisk()
    alarms: Annotated[
        tuple[Alarm, ...], ListOf(Table(Alarm), "a list of tables, each headed [[alarm]],")
    ] = msgspec.field(default=(), name="alarm")

    def conflicts(self) -> Iterator[tuple[str, str]]:
        """The name of a feed is what the cache and the screens know it by."""
        names = [feed.name for feed in self.feeds]
        for n, name in enumerate(names):
            if name in names[:n]:
                yield f"feed[{n + 1}].name", f'is "{name}", the name of an earlier feed'
