"""The settings in force on a board, and what is to be said of those in the file. Pure."""

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from wallboard.config import Configuration, ConfigurationError

MOST_SAID = 2
"""Mistakes told in full on the screen, when there are more than one."""


class Settings(Struct, frozen=True):
    """A configuration in force.

    `problems` are the sentences on a file that is wrong now, none while it is right. `waiting`
    names the parts of the file that take effect at the next start only.
    """

    in_force: Configuration
    problems: tuple[str, ...] = ()
    waiting: tuple[str, ...] = ()

    def after(self, found: Configuration | ConfigurationError) -> "Settings":
        """The settings once the file holds `found`; a wrong file changes none.

        What the figures rest on stays as it was: the collector has reckoned the cache by it, and
        takes up another at its own next start. So does the cache's place, which is open.
        """
        if isinstance(found, ConfigurationError):
            return replace(self, problems=found.problems)
        old = self.in_force
        cache = msgspec.structs.replace(found.cache, path=old.cache.path, group=old.cache.group)
        waiting = (
            ("[reporting]", old.reporting != found.reporting),
            ("[metrics]", old.metrics != found.metrics),
            ("[cache] path", old.cache.path != found.cache.path),
            ("[cache] group", old.cache.group != found.cache.group),
        )
        in_force = msgspec.structs.replace(
            found, reporting=old.reporting, metrics=old.metrics, cache=cache
        )
        return Settings(in_force, (), tuple(name for name, is_other in waiting if is_other))

    @property
    def notices(self) -> tuple[str, ...]:
        """Sentences that hold until the file is right, or until the next start."""
        unused = self.in_force.board.layout.notices
        if self.problems:
            count = len(self.problems)
            if count == 1:
                return (f"The settings stay as they were: {self.problems[0]}", *unused)
            return (
                f"The settings stay as they were: {count} mistakes, `wallboard check` names all.",
                *self.problems[:MOST_SAID],
                *unused,
            )
        if self.waiting:
            names = " and ".join(self.waiting)
            when = "when the collector and the board are started the next time"
            return (*unused, f"What changed in {names} takes effect {when}.")
        return unused
