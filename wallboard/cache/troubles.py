"""What SQLite says of a cache in trouble, in words for the person who can end it. Pure."""

import sqlite3
from pathlib import Path
from typing import Final

DAMAGED: Final = (
    "The cache {path} is damaged ({text}). The next collector (`wallboard collect`, or a board) "
    "sets it aside, deleting nothing, and fetches anew what the feeds still hold."
)
_DAMAGE: Final = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})
_REFUSED: Final = frozenset({sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM})
_LOCKED: Final = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})
_WAITS: Final = "Nothing is lost: what the feeds send waits, and is written when that is possible."


def _primary_code(error: sqlite3.Error) -> int | None:
    """SQLite's primary result code of an error; None of one that Python's module raised itself."""
    code = getattr(error, "sqlite_errorcode", None)
    return None if code is None else code & 0xFF


def is_damage(error: BaseException | None) -> bool:
    """Whether the error says that the file is no longer what was written."""
    return isinstance(error, sqlite3.Error) and _primary_code(error) in _DAMAGE


def why_unusable(error: sqlite3.Error, path: Path, purpose: str) -> str:
    """Why the cache cannot be opened or used at all, and what to do."""
    text, code = str(error), _primary_code(error)
    if code in _DAMAGE:
        return DAMAGED.format(path=path, text=text)
    if code in _REFUSED:
        return f"The cache {path} cannot be opened for {purpose} ({text}). Check who may do that."
    if code in _LOCKED:
        return f"The cache {path} is locked by another program. Try again in a moment."
    if code == sqlite3.SQLITE_FULL:
        return f"The disk of the cache {path} is full. Make room; nothing that was kept is lost."
    if code == sqlite3.SQLITE_IOERR:
        return (
            f"The disk of the cache {path} failed ({text}): it may be full, gone or broken. Look "
            "at it (`df`, `dmesg`); nothing that was kept is deleted."
        )
    return f"The cache {path} cannot be used: {text}."


def why_unwritten(error: sqlite3.Error) -> str:
    """Why the collector cannot write for now, and what to do; it tries again and again."""
    text, code = str(error), _primary_code(error)
    if code == sqlite3.SQLITE_FULL:
        why = "its disk is full. Make room"
    elif code == sqlite3.SQLITE_IOERR:
        why = f"its disk does not take it ({text}). Look whether it is full, or fails"
    elif code in _LOCKED:
        why = f"another program holds it ({text}). Close that program"
    elif code in _REFUSED:
        why = f"that is no longer allowed ({text}). Look at the file's rights and its disk"
    else:
        why = f"{text}"
    return f"The cache cannot be written: {why}. {_WAITS}"
