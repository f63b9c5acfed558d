"""`[cache]`: where what was collected is kept, for how long, and who may read it."""

import re
from pathlib import Path
from typing import Annotated

from wallboard.config.kinds import LONGEST_DAYS, FilePath, Number, Text
from wallboard.config.section import Section

GROUP_NAME = re.compile(r"[A-Za-z0-9_.][A-Za-z0-9_.@ -]*\$?")


class Cache(Section, frozen=True, kw_only=True):
    """Settings of the cache."""

    path: Annotated[Path | None, FilePath()] = None
    """The cache's file; None: in the user's state folder."""
    keep_days: Annotated[
        int, Number("a whole number of days from 1 to 100,000", 1, LONGEST_DAYS, whole=True)
    ] = 400
    """Days for which calls and everything about them are kept."""
    keep_event_days: Annotated[
        int, Number("a whole number of days from 0 to 100,000", 0, LONGEST_DAYS, whole=True)
    ] = 7
    """Days for which the text of raw events is kept."""
    group: Annotated[
        str, Text("the name of a system group", lambda name: not name or GROUP_NAME.fullmatch(name))
    ] = ""
    """A system group whose members may read the cache; empty: its owner only."""
