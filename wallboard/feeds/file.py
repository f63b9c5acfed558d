"""Lines of a file of events: plain or compressed by gzip, or from standard input."""

import gzip
import io
import os
import stat
import sys
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

CHUNK_LINES: Final = 1_000
CHUNK_BYTES: Final = 16 * 2**20
BLOCK_BYTES: Final = 2**20
LONGEST_LINE: Final = 16 * 2**20
"""Of a longer line the beginning alone is passed on, which is no event and is kept as invalid."""
KEPT_OF_LONGER: Final = 4_096

GZIP: Final = b"\x1f\x8b"
UTF_8_MARK: Final = b"\xef\xbb\xbf"
UNREADABLE: Final = {
    b"\xff\xfe": "is text in UTF-16 where UTF-8 is expected",
    b"\xfe\xff": "is text in UTF-16 where UTF-8 is expected",
    b"PK\x03\x04": "is a zip archive: unpack it first",
    b"BZh": "is compressed by bzip2: unpack it first (gzip is read as it is)",
    b"\xfd7zXZ": "is compressed by xz: unpack it first (gzip is read as it is)",
    b"\x28\xb5\x2f\xfd": "is compressed by zstd: unpack it first (gzip is read as it is)",
    b"SQLite format 3\x00": "is a SQLite database where JSON Lines are expected",
}


class FileError(Exception):
    """A file of events cannot be read, or not further; the text is a sentence that says why."""


class Chunk(NamedTuple):
    """Lines without their ends, never blank; how much was read of how much, in bytes of the file.

    `total_bytes` is None where it is not known, as for standard input. `numbers` are those of the
    lines in the file, from 1; blank lines count.
    """

    lines: list[bytes]
    read_bytes: int
    total_bytes: int | None
    numbers: list[int]


def read_lines(path: Path | str) -> Iterator[Chunk]:
    """Read the lines of a file in chunks of up to 1,000; `-` is standard input.

    Compression is recognized by the content. Raises FileError after all that could be read.
    """
    name = "standard input" if str(path) == "-" else str(path)
    try:
        with _Counted(path) as raw:
            yield from _chunks(raw, name)
    except FileError:
        raise
    except EOFError as error:
        raise FileError(
            f"{name} ends in the middle of its compressed data: what came before was read."
        ) from error
    except (gzip.BadGzipFile, zlib.error) as error:
        raise FileError(
            f"{name} is damaged ({error}): its compressed data cannot be read any further."
        ) from error
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise FileError(f"{name} cannot be read: {reason}.") from error


class _Counted(io.RawIOBase):
    """The bytes of a file, counted as they are read."""

    def __init__(self, path: Path | str) -> None:
        standard = str(path) == "-"
        self._descriptor = sys.stdin.fileno() if standard else os.open(path, os.O_RDONLY)
        self._owned = not standard
        found = os.fstat(self._descriptor)
        self.total = found.st_size if stat.S_ISREG(found.st_mode) and not standard else None
        self.count = 0
        if stat.S_ISDIR(found.st_mode):
            self.close()
            raise FileError(f"{path} is a folder where a file is expected.")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "WriteableBuffer") -> int:
        view = memoryview(buffer).cast("B")
        data = os.read(self._descriptor, len(view))
        view[: len(data)] = data
        self.count += len(data)
        return len(data)

    def close(self) -> None:
        if self._owned and not self.closed:
            os.close(self._descriptor)
        super().close()


def _chunks(raw: _Counted, name: str) -> Iterator[Chunk]:
    plain = io.BufferedReader(raw, BLOCK_BYTES)
    start = plain.peek(16)[:16]
    for mark, what in UNREADABLE.items():
        if start.startswith(mark):
            raise FileError(f"{name} {what}.")
    compressed = start.startswith(GZIP)
    blocks = gzip.GzipFile(fileobj=plain, mode="rb") if compressed else plain
    lines: list[bytes] = []
    numbers: list[int] = []
    size = 0
    try:
        for number, line in _lines(blocks):
            lines.append(line)
            numbers.append(number)
            size += len(line)
            if len(lines) == CHUNK_LINES or size >= CHUNK_BYTES:
                yield Chunk(lines, raw.count, raw.total, numbers)
                lines, numbers, size = [], [], 0
    except (OSError, EOFError, zlib.error):
        # What was read before the fault is worth having.
        if lines:
            yield Chunk(lines, raw.count, raw.total, numbers)
        raise
    if lines:
        yield Chunk(lines, raw.count, raw.total, numbers)


def _lines(blocks: io.BufferedIOBase) -> Iterator[tuple[int, bytes]]:
    """The lines that are not blank, each after its number."""
    rest = b""
    skipping = False
    number = 0  # the lines that have ended so far
    while block := blocks.read1(BLOCK_BYTES):
        if not number and not rest and not skipping:
            block = block.removeprefix(UTF_8_MARK)
        *whole, rest_of_block = block.split(b"\n")
        if whole:
            whole[0] = rest + whole[0]
            rest = b""
            for at, line in enumerate(whole, number + 1):
                if (kept := line.strip()) and not (skipping and at == number + 1):
                    yield at, kept
            number += len(whole)
            skipping = False
        if skipping:
            continue
        rest += rest_of_block
        if len(rest) > LONGEST_LINE:
            yield number + 1, rest[:KEPT_OF_LONGER]
            rest, skipping = b"", True
    if kept := rest.strip():
        yield number + 1, kept
