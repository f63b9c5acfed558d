"""The facts of one call are those of its sorted events, however they came."""

from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from hypothesis import given
from hypothesis import strategies as st

from tests.collector.books import make
from tests.facts.stories import Json, entries
from tests.facts.strange import facts, told
from wallboard.cache.entries import entries_of
from wallboard.facts.derive import derive


@given(told(), st.randoms(use_true_random=False))
def test_permutation_repetition_and_batches_make_no_difference(
    template: Path, events: list[Json], random: Random
) -> None:
    mixed = [*events, *random.choices(events, k=3)]
    random.shuffle(mixed)
    with TemporaryDirectory() as folder:
        books = make(template, Path(folder) / "cache.db")
        try:
            while mixed:
                size = random.randint(1, 5)
                books.feed(mixed[:size])
                del mixed[:size]
                if random.random() < 0.2:
                    books.restart()
            ((number, ended, legs),) = books.rows("SELECT call, ended, legs FROM calls")
            known = entries_of(books.connection, number)
        finally:
            books.close()
    call = derive("c", known)
    assert facts(call) == facts(derive("c", entries(events)))
    assert (ended, legs) == (call.ended, len(call.legs))
