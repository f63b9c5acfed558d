"""What the screens are drawn from: one frozen snapshot of what somebody is looking at."""

from collections.abc import Iterable, Mapping
from typing import Final, Literal, TypeAlias

from msgspec import Struct, field

from wallboard.board.pages import Page, PageWanted
from wallboard.board.periods import TODAY
from wallboard.questions.alarms import AlarmLine
from wallboard.questions.call_answers import CallLine, WholeCall
from wallboard.questions.call_filter import CallFilter
from wallboard.questions.calls import Count
from wallboard.questions.feed_answers import FeedHealth
from wallboard.questions.floor_answers import Floor
from wallboard.questions.longest_calls import Length
from wallboard.questions.names import Name, Names
from wallboard.questions.past_known import PastKnown
from wallboard.questions.scope import Scope

ALL_CALLS: Final = CallFilter()
EVERYTHING: Final = Scope()


Order: TypeAlias = Literal["newest", "oldest", "longest wait", "longest talk", "longest"]
"""By start, those that go on first; by start; or the longest first."""
LENGTHS: Final[dict[Order, Length]] = {
    "longest wait": "wait",
    "longest talk": "talk",
    "longest": "time",
}


class CallsWanted(Struct, frozen=True):
    """A stretch of a list of calls: `count` of them from `offset` on.

    `is_stopped`: no more is to be looked for than was found so far.
    """

    filter: CallFilter = ALL_CALLS
    offset: int = 0
    count: int = 64
    order: Order = "newest"
    is_stopped: bool = False


class Interest(Struct, frozen=True):
    """What somebody is looking at, so what is worth reading. `call` is a call's number.

    `page` is what a screen of a period wants of `period`, which goes by its name. `at` is an
    instant in the past (UTC ms) as of which it is wanted, None for now.
    """

    scope: Scope = EVERYTHING
    floor: bool = False
    calls: CallsWanted | None = None
    call: int | None = None
    page: PageWanted | None = None
    period: str = TODAY
    at: int | None = None


class CallsPage(Struct, frozen=True):
    """The calls that were wanted, as far as they were found.

    `total` is how many there are in all, at least so many unless `is_all`. `is_searching`: more is
    being looked for. `as_of` is the moment (UTC ms) at which the list stands still, None while it
    is live. `reached` is the start (UTC ms) to which it was looked, while there is more. `out_of`
    is how many calls there are where the list has only the first of them. `is_looking_again`:
    the whole is looked through once more behind what is shown.
    """

    wanted: CallsWanted
    lines: tuple[CallLine, ...]
    total: int
    is_all: bool = True
    is_searching: bool = False
    as_of: int | None = None
    reached: int | None = None
    out_of: Count | None = None
    is_looking_again: bool = False
    tries: Mapping[int, int] = field(default_factory=dict)
    """How often the caller of a call has tried, by its number; of those to be called back."""


NO_NAMES: Final = Names((), (), (), ())


def name_of(named: Iterable[Name], key: str | None) -> str:
    """The name of the id `key`; the id itself when it has none, empty for None."""
    if key is None:
        return ""
    return next((name for known, name in named if known == key), key)


class Snapshot(Struct, frozen=True, eq=False):
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
    """The call that was asked for, None where there is none of that number."""
    names: Names = NO_NAMES
    page: Page | None = None
    is_reading_on: bool = False
    """Whether a page has steps left."""
    past: PastKnown | None = None
    """What was not known of the moment in the past that is looked at, None where it is now."""
    alarms: tuple[AlarmLine, ...] = ()
    """The alarms that stood at the moment that is shown, in the order of attention."""

    @property
    def is_unfinished(self) -> bool:
        """Whether the next reading is to go on with what this one began."""
        calls = self.calls
        return self.is_reading_on or (
            calls is not None and (calls.is_searching or calls.is_looking_again)
        )
