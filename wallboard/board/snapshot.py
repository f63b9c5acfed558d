"""What the screens are drawn from: one frozen snapshot of what somebody is looking at."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from wallboard.questions.answers import CallFilter, CallLine, FeedHealth, Floor, Scope, WholeCall
from wallboard.questions.names import Name, Names


@dataclass(frozen=True, slots=True)
class CallsWanted:
    """A stretch of a list of calls: `count` of them from `offset` on."""

    filter: CallFilter = CallFilter()
    offset: int = 0
    count: int = 64


@dataclass(frozen=True, slots=True)
class Interest:
    """What somebody is looking at, so what is worth reading. `call` is a call's number."""

    scope: Scope = Scope()
    floor: bool = False
    calls: CallsWanted | None = None
    call: int | None = None


@dataclass(frozen=True, slots=True)
class CallsPage:
    """The calls that were wanted, and how many there are in all."""

    wanted: CallsWanted
    lines: tuple[CallLine, ...]
    total: int


NO_NAMES: Final = Names((), (), (), ())


def name_of(named: Iterable[Name], key: str | None) -> str:
    """The name of the id `key`; the id itself when it has none, empty for None."""
    if key is None:
        return ""
    return next((name for known, name in named if known == key), key)


@dataclass(frozen=True, slots=True, eq=False)
class Snapshot:
    """What the cache held at `at` (UTC ms) of what `interest` asked for.

    `problem` is a sentence when the cache could not be read; the rest is then as it was read last,
    at `at`.
    """

    at: int
    interest: Interest
    problem: str = ""
    feeds: tuple[FeedHealth, ...] = ()
    floor: Floor | None = None
    calls: CallsPage | None = None
    call: WholeCall | None = None
    names: Names = NO_NAMES
