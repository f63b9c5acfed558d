"""Handing files to the collector that holds the cache: it alone writes.

A socket that only its owner can reach stands in a private folder; its name is made of the cache's
path. What comes over it: the lines of the file; then one line goes back with the counts.
"""

import asyncio
import os
import socket
import stat
import tempfile
import time
from collections.abc import Iterable
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from typing import Final

import msgspec

from wallboard.collector.collector import BATCH_EVENTS, Collector
from wallboard.collector.feed_book import Counts
from wallboard.feeds.intake import Condition, Stage
from wallboard.now import now_ms

IMPORT_FEED: Final = "import"
"""The feed under which imported events are counted."""

LONGEST_LINE: Final = 32 * 2**20

LONGEST_SOCKET_PATH: Final = 100
"""In bytes; the system refuses the address of a socket that is a little longer."""

YOUNG_SECONDS: Final = 60.0

USUAL_TEMPORARY: Final = Path("/tmp")  # noqa: S108 - the folder made in it is checked to be ours
"""Where the folder of sockets is when the configured temporary folder has too long a path."""


class HandoverError(Exception):
    """The collector could not be handed the file; the text says why."""


def socket_path(cache: Path) -> Path:
    """Where the holder of a cache listens: short, whatever the length of the cache's path."""
    name = blake2b(str(cache.resolve()).encode(), digest_size=12).hexdigest()
    path = Path(tempfile.gettempdir()) / f"wallboard-{os.getuid()}" / f"{name}.socket"
    if len(os.fsencode(path)) <= LONGEST_SOCKET_PATH:
        return path
    return USUAL_TEMPORARY / path.parent.name / path.name


def _refuse_shared(folder: Path) -> None:
    """Raise OSError where others can put a socket of theirs: its name can be known by everybody."""
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.getuid() or found.st_mode & 0o077:
        raise PermissionError(
            f"the folder {folder} is not this user's alone, so that anybody may listen there; "
            "remove it"
        )


def remove_left_over(folder: Path) -> None:
    """Remove the sockets of collectors that were killed: nobody listens on them any more.

    One that has just been made is let alone: its collector may be about to listen. Who listens is
    not disturbed, for a connection over which nothing comes changes nothing.
    """
    for path in folder.glob("*.socket"):
        with suppress(OSError):
            if time.time() - path.lstat().st_mtime < YOUNG_SECONDS:
                continue
            with socket.socket(socket.AF_UNIX) as connection:
                connection.setblocking(False)
                try:
                    connection.connect(str(path))
                except ConnectionRefusedError:
                    path.unlink(missing_ok=True)


class NobodyTakes(HandoverError):
    """Whoever holds the cache takes no files: it is another import, or a collector that starts."""


class Handover:
    """The collector's end: takes in files that others hand over, one at a time."""

    def __init__(self, cache: Path, collector: Collector) -> None:
        self._path = socket_path(cache)
        self._collector = collector
        self._one_at_a_time = asyncio.Lock()
        self._server: asyncio.Server | None = None

    async def start(self) -> None:
        """Listen. Raises OSError when the folder is not ours alone."""
        folder = self._path.parent
        folder.mkdir(mode=0o700, exist_ok=True)
        _refuse_shared(folder)
        self._path.unlink(missing_ok=True)
        remove_left_over(folder)
        self._server = await asyncio.start_unix_server(self._serve, self._path, limit=LONGEST_LINE)
        self._path.chmod(0o600)

    async def stop(self) -> None:
        """Stop listening; what is under way is cut off, and told so by the broken connection."""
        if self._server is not None:
            self._server.close()
            self._path.unlink(missing_ok=True)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            async with self._one_at_a_time:
                counts = await self._take_all(reader)
            writer.write(msgspec.json.encode(counts) + b"\n")
            await writer.drain()
        except (ConnectionError, ValueError):
            pass
        finally:
            writer.close()
            with suppress(ConnectionError):
                await writer.wait_closed()

    async def _take_all(self, reader: asyncio.StreamReader) -> Counts:
        before: Counts | None = None
        lines: list[bytes] = []
        # What does not end its line was cut off with its sender, who will send it again.
        while (line := await reader.readline()).endswith(b"\n"):
            # Only now: who connects to see whether somebody listens brings no feed.
            before = before or msgspec.structs.replace(self._collector.counts(IMPORT_FEED))
            lines.append(line.rstrip(b"\r\n"))
            if len(lines) >= BATCH_EVENTS:
                await self._collector.take_lines(IMPORT_FEED, lines)
                lines = []
        if before is None:
            return Counts()
        if lines:
            await self._collector.take_lines(IMPORT_FEED, lines)
        self._collector.report(IMPORT_FEED, finished())
        await self._collector.end_file(IMPORT_FEED)
        return difference(self._collector.counts(IMPORT_FEED), before)


def finished() -> Condition:
    """The condition of the feed of imports between two of them."""
    return Condition(Stage.FINISHED, now_ms(), "The import is through.")


def difference(after: Counts, before: Counts) -> Counts:
    """What was counted between two states of the counts."""
    return Counts(
        *(getattr(after, name) - getattr(before, name) for name in Counts.__struct_fields__)
    )


def added(one: Counts, other: Counts) -> Counts:
    """What was counted in two imports together."""
    return Counts(*(getattr(one, name) + getattr(other, name) for name in Counts.__struct_fields__))


def hand_over(cache: Path, chunks: Iterable[list[bytes]]) -> Counts:
    """Hand lines to the collector that holds the cache; what became of them comes back.

    Raises NobodyTakes, with no line used, when it does not listen, and HandoverError when it cannot
    be reached, may be somebody else's, or goes away meanwhile.
    """
    path = socket_path(cache)
    try:
        _refuse_shared(path.parent)
        with socket.socket(socket.AF_UNIX) as connection:
            connection.connect(str(path))
            for lines in chunks:
                connection.sendall(b"\n".join(lines) + b"\n")
            connection.shutdown(socket.SHUT_WR)
            with connection.makefile("rb") as answer:
                line = answer.readline()
    except (FileNotFoundError, ConnectionRefusedError) as error:
        raise NobodyTakes(
            f"The cache {cache} is held by a process that takes no files now. Nothing was "
            "imported; try again when it has ended."
        ) from error
    except OSError as error:
        raise HandoverError(
            f"The collector that holds the cache {cache} could not be handed the file: "
            f"{error.strerror or error}. What it had taken in stays; the import can be repeated."
        ) from error
    if not line:
        raise HandoverError(
            f"The collector that holds the cache {cache} ended before the file was through. What "
            "it had taken in stays; the import can be repeated."
        )
    return msgspec.json.decode(line, type=Counts)
