"""What a definition costs that comes after its calls: steps of SQLite, the same each time.

Of many that come late each has but its own calls looked through, however many came since.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

from tests.collector.books import Books, Json
from tests.collector.test_ledger_definitions import defined, event, results

NewBooks = Callable[..., Books]

STEP: Final = 100
"""So many steps of SQLite are counted as one."""


class Steps:
    """How many steps SQLite made."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self) -> int:
        """Some more were made."""
        self.count += 1
        return 0


@contextmanager
def counted(books: Books) -> Iterator[Steps]:
    """Count what SQLite does within."""
    steps = Steps()
    books.connection.set_progress_handler(steps, STEP)
    yield steps
    books.connection.set_progress_handler(None, 0)


def abandoned(call: str, second: float, queue: str) -> list[Json]:
    """A call that waited ten seconds in a queue."""
    return [
        event(f"{call}1", "call.started", second, call=call, direction="inbound"),
        event(f"{call}2", "queue.entered", second, call=call, queue=queue),
        event(f"{call}3", "call.ended", second + 10, call=call, reason="abandoned"),
    ]


def of_queue(queue: str) -> Json:
    """A definition that makes ten seconds a short wait."""
    one = defined(f"defines {queue}", 0, 15)
    one["data"]["queue"] = queue
    return one


def with_others(books: Books, others: int) -> int:
    """Steps of a late definition of a queue with ten calls, so many calls of others after them."""
    books.feed([told for n in range(10) for told in abandoned(f"own {n}", n, "q")])
    for at in range(0, others, 500):
        calls = range(at, at + 500)
        books.feed([told for n in calls for told in abandoned(f"other {n}", n, f"r{n % 50}")])
    # As a collector that starts: nothing is in memory.
    books.restart()
    with counted(books) as steps:
        books.feed([of_queue("q")])
    short = {call for call, result in results(books).items() if result == "short_abandoned"}
    assert short == {f"own {n}" for n in range(10)}
    return steps.count


def of_many(books: Books, queues: int) -> int:
    """Steps of the late definitions of so many queues with a call each, five a transaction."""
    for at in range(0, queues, 500):
        numbers = range(at, at + 500)
        books.feed([told for n in numbers for told in abandoned(f"{n}", n, f"q{n}")])
    books.restart()
    with counted(books) as steps:
        for at in range(0, queues, 5):
            books.feed([of_queue(f"q{n}") for n in range(at, at + 5)])
    assert set(results(books).values()) == {"short_abandoned"}
    return steps.count


def test_the_calls_of_others_cost_nothing(books: NewBooks) -> None:
    """Eight times as many calls that came since: a look through them would be 8 times as much."""
    few, many = with_others(books(), 500), with_others(books(), 4_000)
    assert many < few * 1.5


def test_many_cost_each_what_one_costs(books: NewBooks) -> None:
    """Four times as many: eight times as much, were all calls looked through for them."""
    few, many = of_many(books(), 500), of_many(books(), 2_000)
    assert many < few * 4 * 1.3
