"""Why the drop rate moved against the period before: by campaign, hour, queue and trunk."""

from collections.abc import Iterator
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from wallboard.board.asked import asked_of, period_before
from wallboard.board.drop_change import Dials, Drops, Part, decomposed, drops_by_part
from wallboard.board.pages import Question
from wallboard.board.sample import number
from wallboard.metrics.asked import NONE
from wallboard.metrics.catalogue import BY_SLUG
from wallboard.metrics.engine import answers
from wallboard.metrics.metric import Count, Metric, Split, Total
from wallboard.questions.trunks import answered_by_trunk
from wallboard.reporting_time import Period

MOST_DIALS: Final = 40_000
"""Trunks are found in the events of each call: of more answered dials that takes too long."""

_COUNTED: Final = {
    "value": Count(Total("measures.dropped")),
    "live": Count(Total("measures.live_answers")),
    "answered": Count(Total("measures.dial_answered")),
    "live_with_agent": Count(Total("measures.live_with_agent")),
    "machine_with_agent": Count(Total("measures.machine_with_agent")),
}
_DROP_RATE: Final = BY_SLUG["drop_rate"]


class ChangeBy(Struct, frozen=True):
    """The change split by one dimension; `note` says why there are no parts."""

    dimension: str
    parts: tuple[Part, ...] = ()
    note: str = ""
    is_read: bool = True


class DropChange(Struct, frozen=True, eq=False):
    """The drop rate, the one before, and what explains the difference.

    `before` and `now` are numerator and denominator by the formula in force; `earlier` is the
    period that is held against, None where there is none.
    """

    earlier: Period | None
    before: Drops
    now: Drops
    splits: tuple[ChangeBy, ...]
    complete: bool = True
    note: str = ""


class DropChangeWanted(Struct, frozen=True):
    """The change of the drop rate within the scope."""

    fresh_seconds: float = 30.0

    def read(self, question: Question) -> Iterator[DropChange]:
        """Ever more splits; trunks, which are dear, come last."""
        asked = asked_of(question)
        rate = answers(question.connection, [_DROP_RATE], asked)[_DROP_RATE.slug]
        now = Drops(rate.numerator or 0, rate.denominator or 0)
        earlier = period_before(asked)
        if earlier is None:
            yield DropChange(None, Drops(), now, (), rate.complete, rate.note)
            return
        past = answers(question.connection, [_DROP_RATE], replace(asked, period=earlier))
        was = past[_DROP_RATE.slug]
        before = Drops(was.numerator or 0, was.denominator or 0)
        by = "sub_campaign" if question.scope.campaign is not None else "campaign"
        splits = [ChangeBy(name, is_read=False) for name in (by, "hour", "queue", "trunk")]
        lacking = next((answer for answer in (rate, was) if not answer.complete), None)
        note = "" if lacking is None else lacking.note
        page = DropChange(earlier, before, now, tuple(splits), lacking is None, note)
        yield page
        if not before.of or not now.of:
            return
        for at, split in enumerate(splits[:-1]):
            splits[at] = _by_dimension(question, split.dimension, earlier)
            yield replace(page, splits=tuple(splits))
        for splits[-1] in _by_trunk(question, earlier):
            yield replace(page, splits=tuple(splits))


def _counting(dimension: str) -> Metric:
    return replace(_DROP_RATE, unit="breakdown", reckoning=Split(dimension, _COUNTED, shares=False))


def _by_dimension(question: Question, dimension: str, earlier: Period) -> ChangeBy:
    metric = _counting(dimension)
    formula = question.configuration.metrics.drop_formula
    found: list[dict[str, Drops]] = []
    for period in (earlier, question.period):
        asked = asked_of(question, period=period)
        answer = answers(question.connection, [metric], asked)[metric.slug]
        if answer.breakdown is None:
            return ChangeBy(dimension, note=answer.note)
        dials = {
            str(row["key"]): Dials(
                *(number(row, name) or 0 for name in ("value", *list(_COUNTED)[1:]))
            )
            for row in answer.breakdown
        }
        found.append(drops_by_part(dials, formula))
    return ChangeBy(dimension, decomposed(*found))


def _by_trunk(question: Question, earlier: Period) -> Iterator[ChangeBy]:
    formula = question.configuration.metrics.drop_formula
    found: list[dict[str, Drops]] = []
    for period in (earlier, question.period):
        by_trunk: dict[str, Dials] = {}
        read = 0
        batches = answered_by_trunk(
            question.connection, question.scope, period.start_ms, period.end_ms
        )
        for batch in batches:
            for trunk, dropped, with_agent, machine, live in batch:
                key = trunk or NONE
                counted = Dials(dropped, live, 1, with_agent, machine)
                by_trunk[key] = by_trunk.get(key, Dials()).plus(counted)
            read += len(batch)
            if read > MOST_DIALS:
                note = f"more than {MOST_DIALS:,} dials were answered: choose a shorter period"
                yield ChangeBy("trunk", note=note)
                return
            yield ChangeBy("trunk", is_read=False)
        found.append(drops_by_part(by_trunk, formula))
    yield ChangeBy("trunk", decomposed(*found))
