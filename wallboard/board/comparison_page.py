"""Figures side by side: this period against the one before, or two campaigns over one period."""

from collections.abc import Iterator, Mapping
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from wallboard.board.asked import asked_of, period_before
from wallboard.board.pages import Question
from wallboard.board.sample import Sample, sample_of
from wallboard.metrics.answers import Answer
from wallboard.metrics.asked import Asked
from wallboard.metrics.catalogue import BY_SLUG
from wallboard.metrics.engine import answers
from wallboard.questions.campaigns import campaigns
from wallboard.reporting_time import Period

QUICK: Final = (
    "total_calls", "answer_rate", "service_level", "abandonment_rate", "average_speed_of_answer",
    "average_handle_time", "dials", "dial_answer_rate", "contact_rate", "drop_rate",
    "drop_headroom", "retry_share",
)  # fmt: skip
"""By the rollups."""
DEAR: Final = ("contacts_reached", "conversion_rate", "call_conversion_rate", "revenue_per_call")
"""By the calls."""
WEB: Final = (
    "prospects", "exposures", "engagements", "conversions", "goals_reached",
    "chat_conversion_rate", "view_through_rate", "click_through_rate", "control_rate",
    "goal_type_average", "goals_after_engagement", "revenue_after_engagement", "aov_exposed",
    "aov_control", "incremental_conversions", "incremental_revenue",
)  # fmt: skip


class Comparison(Struct, frozen=True, eq=False):
    """Figures by slug on both sides, in the order of `slugs`.

    `other_period` is the period on the other side, None where there is nothing to compare with.
    """

    slugs: tuple[str, ...]
    mine: Mapping[str, Sample]
    other: Mapping[str, Sample]
    other_period: Period | None
    complete: bool = True
    note: str = ""


class ComparisonWanted(Struct, frozen=True):
    """The scope against the campaign `other`, or against itself in the period before."""

    other: str | None = None
    fresh_seconds: float = 10.0

    def read(self, question: Question) -> Iterator[Comparison]:
        """Both sides, what is quick to read first."""
        mine = asked_of(question)
        theirs: Asked | None
        if self.other is not None:
            filters = {**mine.filters, "campaign": self.other}
            theirs = replace(mine, filters=filters)
        else:
            before = period_before(mine)
            theirs = None if before is None else replace(mine, period=before)
        groups = self._groups(question)
        slugs = tuple(slug for group in groups for slug in group)
        page = Comparison(slugs, {}, {}, None if theirs is None else theirs.period)
        for group in groups:
            metrics = [BY_SLUG[slug] for slug in group]
            found = answers(question.connection, metrics, mine)
            page = replace(page, mine={**page.mine, **_samples(found)})
            page = _marked(page, found)
            yield page
            if theirs is not None:
                others = answers(question.connection, metrics, theirs)
                page = replace(page, other={**page.other, **_samples(others)})
                page = _marked(page, others)
                yield page

    def _groups(self, question: Question) -> tuple[tuple[str, ...], ...]:
        known = campaigns(question.connection)
        chosen = known.get(question.scope.campaign or "")
        other = known.get(self.other or "")
        groups: list[tuple[str, ...]] = []
        if chosen is None or not chosen.is_web or (other is not None and not other.is_web):
            groups += [QUICK, *((slug,) for slug in DEAR)]
        if (chosen is not None and chosen.is_web) or (other is not None and other.is_web):
            groups += [(slug,) for slug in WEB]
        return tuple(groups)


def _marked(page: Comparison, found: Mapping[str, Answer]) -> Comparison:
    """The page with the note of whatever is not complete, of either side."""
    lacking = next((answer for answer in found.values() if not answer.complete), None)
    return page if lacking is None else replace(page, complete=False, note=lacking.note)


def _samples(found: Mapping[str, Answer]) -> dict[str, Sample]:
    return {slug: sample_of(answer) for slug, answer in found.items()}
