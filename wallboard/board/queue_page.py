"""What the screen of a queue shows: who waits, who serves them, and the day so far."""

from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from wallboard.board.agents_page import note_on
from wallboard.board.pages import Question
from wallboard.questions.queue_callers import WholeQueue, whole_queue


class QueueContent(Struct, frozen=True, eq=False):
    """The queue at `at` (UTC ms); `note` says what is not known of the day, empty where all is."""

    at: int
    whole: WholeQueue
    note: str


class QueueWanted(Struct, frozen=True):
    """One queue of one source, live; of the first that has it where `source` is None."""

    source: int | None
    queue: str
    fresh_seconds: float = 0.1
    is_of_moment: bool = True

    def read(self, question: Question) -> Iterator[QueueContent]:
        """All of it at once: what is live is of one moment."""
        whole = whole_queue(
            question.connection,
            question.calendar,
            question.configuration,
            replace(question.scope, queue=self.queue),
            self.source,
            question.now,
        )
        yield QueueContent(question.now, whole, note_on(question, question.period))
