"""Files of events: whatever their compression, line ends and faults."""

import gzip
import io
import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wallboard.feeds import file
from wallboard.feeds.file import FileError, read_lines


def written(folder: Path, content: bytes, name: str = "events.jsonl") -> Path:
    """A file with this content."""
    path = folder / name
    path.write_bytes(content)
    return path


def lines(path: Path | str) -> list[bytes]:
    """All the lines of a file."""
    return [line for chunk in read_lines(path) for line in chunk.lines]


@pytest.mark.parametrize("compressed", [True, False])
@pytest.mark.parametrize(
    "content",
    [
        b'{"a":1}\n{"b":2}\n',
        b'{"a":1}\n{"b":2}',
        b'{"a":1}\r\n{"b":2}\r\n',
        b'\n\n{"a":1}\n  \n\r\n{"b":2}\n\n',
        b'\xef\xbb\xbf{"a":1}\n{"b":2}\n',
    ],
)
def test_lines_however_they_are_written(
    tmp_path: Path, content: bytes, *, compressed: bool
) -> None:
    """Line ends, blank lines, a byte order mark and a missing last newline; gzip by content."""
    path = written(tmp_path, gzip.compress(content) if compressed else content, "events.txt")
    assert lines(path) == [b'{"a":1}', b'{"b":2}']
    whole = content.split(b"\n")
    numbers = [number for chunk in read_lines(path) for number in chunk.numbers]
    assert [whole[number - 1].strip()[-7:] for number in numbers] == lines(path)


def test_chunks_of_a_thousand_with_progress(tmp_path: Path) -> None:
    """Chunks, and how much of the file was read."""
    path = written(tmp_path, b"".join(b'{"n":%d}\n' % n for n in range(2_500)))
    chunks = list(read_lines(str(path)))
    assert [len(chunk.lines) for chunk in chunks] == [1_000, 1_000, 500]
    assert chunks[-1].read_bytes == chunks[-1].total_bytes == path.stat().st_size
    assert chunks[2].lines[-1] == b'{"n":2499}'


def test_an_empty_file_has_no_lines(tmp_path: Path) -> None:
    """Nothing, or nothing but blank lines."""
    assert lines(written(tmp_path, b"")) == []
    assert lines(written(tmp_path, gzip.compress(b"\n\n"))) == []


def test_a_line_without_end_is_cut(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A line that would fill the memory is passed on as a beginning, and the rest goes on."""
    monkeypatch.setattr(file, "LONGEST_LINE", 1_000)
    monkeypatch.setattr(file, "BLOCK_BYTES", 300)
    long = b"x" * 5_000
    path = written(tmp_path, b'{"a":1}\n' + long + b'\n{"b":2}\n' + long)
    found = lines(path)
    assert found[0] == b'{"a":1}'
    assert found[2] == b'{"b":2}'
    assert all(1_000 <= len(line) <= 1_400 for line in (found[1], found[3]))
    assert len(found) == 4


@settings(max_examples=30)
@given(
    st.lists(st.binary(min_size=1, max_size=40).filter(lambda b: b.strip() and b"\n" not in b)),
    st.integers(1, 50),
)
def test_any_bytes_in_blocks_of_any_size(found: list[bytes], block: int) -> None:
    """Where a block ends never shows."""
    text = b"x\n" + b"\n".join(found)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(file, "BLOCK_BYTES", block)
        reader, writer = os.pipe()
        os.write(writer, text)
        os.close(writer)
        with os.fdopen(reader, "rb") as pipe:
            patch.setattr("sys.stdin", io.TextIOWrapper(pipe))
            assert lines("-") == [b"x", *(line.strip() for line in found)]


def test_what_cannot_be_read_is_told_in_words(tmp_path: Path) -> None:
    """No such file, a folder, another compression, another encoding."""
    with pytest.raises(FileError, match=r"nothing\.jsonl cannot be read: No such file"):
        lines(tmp_path / "nothing.jsonl")
    with pytest.raises(FileError, match="is a folder"):
        lines(tmp_path)
    with pytest.raises(FileError, match="bzip2: unpack it first"):
        lines(written(tmp_path, b"BZh91AY&SY"))
    with pytest.raises(FileError, match="UTF-16"):
        lines(written(tmp_path, '{"a":1}'.encode("utf-16")))


def test_a_torn_archive_gives_what_it_has(tmp_path: Path) -> None:
    """What was read before the fault is passed on; then the fault is told."""
    whole = gzip.compress(b"".join(b'{"n":%d}\n' % n for n in range(50_000)), 1)
    found: list[bytes] = []
    torn = written(tmp_path, whole[: len(whole) // 2])
    with pytest.raises(FileError, match="in the middle of its compressed data"):
        found.extend(line for chunk in read_lines(torn) for line in chunk.lines)
    assert found[:2] == [b'{"n":0}', b'{"n":1}']
    damaged = bytearray(whole)
    damaged[len(whole) // 2] ^= 0xFF
    damaged[len(whole) // 2 + 1] ^= 0xFF
    with pytest.raises(FileError, match=r"is damaged|in the middle"):
        lines(written(tmp_path, bytes(damaged)))
