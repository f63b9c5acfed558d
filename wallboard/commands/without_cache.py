"""What can be told before anything was collected."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from wallboard.cache.writing import open_for_writing
from wallboard.commands.words import say

_NAME: Final = "nothing.sqlite"


@contextmanager
def cache_or_nothing(cache: Path, *, is_definition: bool) -> Iterator[Path]:
    """The cache; for a definition where there is none yet, one that knows nothing, which is said.

    Raises CacheError when not even that can be made.
    """
    if cache.exists() or not is_definition:
        yield cache
        return
    say(f"There is no cache at {cache} yet: this is the definition, and no figure is known.")
    with tempfile.TemporaryDirectory() as folder:
        nothing = Path(folder) / _NAME
        open_for_writing(nothing).close()
        yield nothing
