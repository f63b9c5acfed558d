"""What the screen of one campaign shows first: calls by hour and what they came to, or the web."""

from collections.abc import Iterator, Mapping
from typing import Final

from msgspec import Struct, field
from msgspec.structs import replace

from wallboard.board.asked import asked_of, time_dimension
from wallboard.board.drop_budget import DropBudget, drop_budgets
from wallboard.board.metric_steps import by_reading
from wallboard.board.pages import Question
from wallboard.board.sample import UNKNOWN, Sample, report_asked, sample_of, samples_by_key
from wallboard.metrics.answers import Answer, Row
from wallboard.metrics.catalogue import BY_SLUG
from wallboard.metrics.catalogue.web_queries import converted
from wallboard.metrics.engine import answers
from wallboard.metrics.metric import Ratio, Total
from wallboard.questions.campaigns import CampaignFacts, campaigns
from wallboard.reports.dispositions import DISPOSITIONS

HEADLINES: Final = (
    "total_calls", "answer_rate", "dials", "dial_answer_rate", "contact_rate", "drop_rate",
)  # fmt: skip
BY_HOUR: Final = ("answer_rate", "dial_answer_rate", "contact_rate", "drop_rate")
DATA_BAR: Final = ("prospects", "exposures", "engagements", "conversions", "goals_reached")
WIDGETS: Final = (
    "chat_conversion_rate", "view_through_rate", "click_through_rate", "control_rate",
    "goal_type_average", "goals_after_engagement", "contribution", "revenue_after_engagement",
    "aov_exposed", "aov_control", "incremental_conversions", "incremental_revenue",
)  # fmt: skip
OVER_TIME: Final = ("exposures", "engagements", "conversions", "revenue_after_engagement")

OWN_RATE: Final = "own_rate"
"""The name of a campaign's own conversion rate: the part of the exposed visits that reached its own
goal, of which metric W10 is the mean over the campaigns with that type of goal (readings 60)."""
_OWN_RATE: Final = replace(
    BY_SLUG["view_through_rate"],
    slug=OWN_RATE,
    reckoning=Ratio(Total(converted("exposures"), "exposed"), Total("1", "exposed")),
)


class HourOfCalls(Struct, frozen=True):
    """An hour of the day over the period, `00` to `23`.

    `answered` of the `decided` calls, in and out, were answered by anything: `decided` are callers
    who were answered or missed, and dials that ended or were answered. Rates are those of dials.
    """

    label: str
    answered: int
    decided: int
    contacts: Sample
    drops: Sample


class Disposition(Struct, frozen=True):
    """A line of the report dispositions; `share` 0 to 1, `talk_seconds` in all."""

    disposition: str
    calls: int
    share: float
    talk_seconds: float
    sales: int


class Goal(Struct, frozen=True):
    """How often a goal was reached by visits that the campaign was shown to, and in all."""

    goal: str
    reached: int
    of: int


class Campaign(Struct, frozen=True, eq=False):
    """One campaign over the period, as far as it was read.

    `figures` are by slug. `course` has the figures of OVER_TIME by hour or by day, under the
    labels of `times`; None where nothing is known. `budget` is None for who was not dialled.
    """

    facts: CampaignFacts
    parts: tuple[str, ...] = ()
    figures: Mapping[str, Sample] = field(default_factory=dict)
    budget: DropBudget | None = None
    hours: tuple[HourOfCalls, ...] = ()
    dispositions: tuple[Disposition, ...] | None = None
    goals: tuple[Goal, ...] | None = None
    times: tuple[str, ...] = ()
    course: Mapping[str, tuple[float | None, ...]] = field(default_factory=dict)
    complete: bool = True
    note: str = ""

    def figure(self, slug: str) -> Sample:
        """A figure of the campaign, unknown until it was read."""
        return self.figures.get(slug, UNKNOWN)


class CampaignWanted(Struct, frozen=True):
    """The campaign that the scope is limited to."""

    fresh_seconds: float = 5.0

    def read(self, question: Question) -> Iterator[Campaign]:
        """What the campaign is, then its figures, the slow ones last."""
        known = campaigns(question.connection)
        campaign = question.scope.campaign or ""
        facts = known.get(campaign, CampaignFacts(campaign, campaign))
        parts = tuple(one.name for one in known.values() if one.parent == campaign)
        page = Campaign(facts, parts)
        yield from _web(question, page) if facts.is_web else _voice(question, page)


def _voice(question: Question, page: Campaign) -> Iterator[Campaign]:
    page = _with(page, _answers(question, HEADLINES))
    yield page
    page = replace(page, budget=drop_budgets(question).get(page.facts.campaign))
    yield page
    page = replace(page, hours=_hours(question))
    yield page
    asked = report_asked(question, DISPOSITIONS.filters)
    page = replace(
        page,
        dispositions=tuple(
            Disposition(name, calls, share, talk / 1000, sales)
            for name, calls, share, talk, sales in DISPOSITIONS.rows(question.connection, asked)
        ),
    )
    yield page


def _web(question: Question, page: Campaign) -> Iterator[Campaign]:
    # What shares a reading is had for the price of one. The rest of the board goes on between.
    asked = asked_of(question)
    shown = (*(BY_SLUG[slug] for slug in (*DATA_BAR, *WIDGETS)), _OWN_RATE)
    for metrics in by_reading(shown, asked).values():
        found = answers(question.connection, metrics, asked)
        page = _with(page, found)
        if "contribution" in found:
            page = replace(page, goals=_goals(found["contribution"].breakdown))
        yield page
    page = _over_time(question, page)
    yield page


def _answers(
    question: Question, slugs: tuple[str, ...], *, by: str | None = None
) -> dict[str, Answer]:
    metrics = [BY_SLUG[slug] for slug in slugs]
    asked = asked_of(question, by=by)
    return answers(question.connection, metrics, replace(asked, is_split_alone=by is not None))


def _with(page: Campaign, found: Mapping[str, Answer]) -> Campaign:
    samples = {slug: sample_of(answer) for slug, answer in found.items()}
    page = replace(page, figures={**page.figures, **samples})
    lacking = next((answer for answer in found.values() if not answer.complete), None)
    return page if lacking is None else replace(page, complete=False, note=lacking.note)


def _hours(question: Question) -> tuple[HourOfCalls, ...]:
    """From the first hour in which anything was decided to the last."""
    found = {
        slug: samples_by_key(answer)
        for slug, answer in _answers(question, BY_HOUR, by="hour").items()
    }
    hours: list[HourOfCalls] = []
    for hour in range(24):
        key = f"{hour:02}"
        called, dialled, contacts, dropped = (found[slug].get(key, UNKNOWN) for slug in BY_HOUR)
        answered = (called.numerator or 0) + (dialled.numerator or 0)
        decided = (called.denominator or 0) + (dialled.denominator or 0)
        hours.append(HourOfCalls(key, int(answered), int(decided), contacts, dropped))
    busy = [at for at, hour in enumerate(hours) if hour.decided]
    return tuple(hours[busy[0] : busy[-1] + 1]) if busy else ()


def _goals(rows: tuple[Row, ...] | None) -> tuple[Goal, ...] | None:
    if rows is None:
        return None
    return tuple(
        Goal(str(row["key"]), int(row["value"] or 0), int(row["denominator"] or 0)) for row in rows
    )


def _over_time(question: Question, page: Campaign) -> Campaign:
    found = {
        slug: samples_by_key(answer)
        for slug, answer in _answers(
            question, OVER_TIME, by=time_dimension(question.period)
        ).items()
    }
    times = tuple(sorted({key for samples in found.values() for key in samples}))
    course = {
        slug: tuple(samples.get(key, UNKNOWN).value for key in times)
        for slug, samples in found.items()
    }
    return replace(page, times=times, course=course)
