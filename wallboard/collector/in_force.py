"""The configuration in force while a collector runs, and what becomes of it when it changes."""

import asyncio
import logging
from pathlib import Path
from typing import Final

from wallboard.collector.companion import Companion
from wallboard.collector.following import Following
from wallboard.config import Cache, Configuration, ConfigurationError, ConfigurationWatch

log = logging.getLogger(__name__)

WATCH_SECONDS: Final = 2.0
"""How often the configuration's file is looked at."""


class InForce:
    """The configuration in force, and what becomes of it when another is read."""

    def __init__(
        self, configuration: Configuration, following: Following, companion: Companion | None
    ) -> None:
        self._configuration = configuration
        self._following = following
        self._companion = companion

    def cache(self) -> Cache:
        """How long what is kept, now."""
        return self._configuration.cache

    async def become(self, new: Configuration) -> None:
        """Follow the feeds that are configured now, and keep things as long as is said now.

        What the figures rest on stays as it is until the next start, for the boards that are open
        reckon by it too; so does the place of the cache, which is held.
        """
        old, self._configuration = self._configuration, new
        later = [
            name
            for name, is_same in (
                ("[reporting]", old.reporting == new.reporting),
                ("[metrics]", old.metrics == new.metrics),
                ("[cache] path", old.cache.path == new.cache.path),
                ("[cache] group", old.cache.group == new.cache.group),
            )
            if not is_same
        ]
        log.info("The configuration changed: its feeds are followed from now on.")
        if later:
            log.warning(
                "What changed in %s takes effect when the collector is started the next time.",
                " and ".join(later),
            )
        if self._companion is not None:
            self._companion.become(new)
        await self._following.become(new.feeds, new.asterisk)


async def watch_configuration(path: Path | None, in_force: InForce) -> None:
    """Put a changed configuration into force; of a wrong one only the mistakes are told."""
    watch = ConfigurationWatch(path)
    while True:
        await asyncio.sleep(WATCH_SECONDS)
        found = watch.changed()
        if isinstance(found, ConfigurationError):
            log.error("The configuration stays as it was: %s", found)
        elif found is not None:
            await in_force.become(found)
