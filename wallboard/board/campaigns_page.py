"""What the screen of the campaigns shows: a line for each, all by the catalogue and the reports."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from msgspec import Struct, field
from msgspec.structs import replace

from wallboard.board.asked import asked_of
from wallboard.board.drop_budget import DropBudget, drop_budgets
from wallboard.board.pages import Question
from wallboard.board.sample import UNKNOWN, Sample, samples_by_key
from wallboard.metrics.answers import Answer
from wallboard.metrics.asked import NONE
from wallboard.metrics.catalogue import BY_SLUG
from wallboard.metrics.engine import answers
from wallboard.metrics.metric import Metric
from wallboard.metrics.spans import DATED_HOUR
from wallboard.questions.campaigns import CampaignFacts, campaigns
from wallboard.questions.crowd import are_crowds_defined, is_crowded, too_many
from wallboard.reporting_time import Period

HOUR_MS: Final = 3_600_000

CALLS: Final = ("total_calls", "dials")
VOLUME: Final = (*CALLS, "exposures")
"""What a campaign's pace is counted in: calls in, dials, and what the web showed."""
RATES: Final = ("answer_rate", "dial_answer_rate", "contact_rate", "drop_rate")
WEB: Final = ("conversions", "control_rate", "incremental_conversions")
CONVERTED: Final = ("call_conversion_rate", "conversion_rate")


class CampaignLine(Struct, frozen=True):
    """A campaign over the period. `figures` are by slug; what is not known yet is not in it.

    `last_hour` counts the hour up to now, None when the period is over; `mean_hour` is over the
    clock hours before this one in which the campaign did anything.
    """

    facts: CampaignFacts
    figures: Mapping[str, Sample] = field(default_factory=dict)
    last_hour: int | None = None
    mean_hour: float | None = None
    budget: DropBudget | None = None

    def figure(self, slug: str) -> Sample:
        """A figure of the campaign."""
        return self.figures.get(slug, UNKNOWN)

    @property
    def volume(self) -> int | None:
        """Calls of both directions, or exposures; None where nothing is known of them."""
        counted = [self.figure(slug).value for slug in VOLUME]
        known = [int(value) for value in counted if value is not None]
        return sum(known) if known else None


class Campaigns(Struct, frozen=True):
    """The campaigns by id; `complete` and `note` as in answers of the catalogue.

    `is_crowd`: they are too many to be reckoned one by one, and none is in it.
    """

    lines: tuple[CampaignLine, ...]
    complete: bool = True
    note: str = ""
    is_crowd: bool = False


class CampaignsWanted(Struct, frozen=True):
    """The campaigns within the scope."""

    fresh_seconds: float = 5.0

    def read(self, question: Question) -> Iterator[Campaigns]:
        """The lines: rates first, then budgets, pace, the web, and what converted."""
        period = question.period
        connection = question.connection
        if is_crowded(connection, "campaign", period.start_ms, period.end_ms) or (
            are_crowds_defined(connection)
        ):
            yield Campaigns((), complete=False, note=too_many("campaign"), is_crowd=True)
            return
        known = campaigns(question.connection)
        chosen = question.scope.campaign
        lines = {
            name: CampaignLine(facts) for name, facts in known.items() if chosen in {None, name}
        }
        found = _by_campaign(question, (*CALLS, *RATES))
        some = found["total_calls"]
        note = "" if some.complete else some.note
        _add(lines, found)
        yield Campaigns(tuple(lines.values()), some.complete, note)
        for campaign, budget in drop_budgets(question).items():
            if campaign in lines:
                lines[campaign] = replace(lines[campaign], budget=budget)
        yield Campaigns(tuple(lines.values()), some.complete, note)
        _add(lines, _by_campaign(question, VOLUME[-1:]))
        for _ in _pace(question, lines):
            yield Campaigns(tuple(lines.values()), some.complete, note)
        # One by one: over a month each takes a while, and the rest of the board goes on between.
        for slug in (*WEB, *CONVERTED):
            _add(lines, _by_campaign(question, (slug,)))
            yield Campaigns(tuple(lines.values()), some.complete, note)


def _metrics(slugs: Iterable[str]) -> list[Metric]:
    return [BY_SLUG[slug] for slug in slugs]


def _by_campaign(
    question: Question, slugs: Iterable[str], period: Period | None = None
) -> dict[str, Answer]:
    asked = replace(asked_of(question, by="campaign", period=period), is_split_alone=True)
    return answers(question.connection, _metrics(slugs), asked)


def _add(lines: dict[str, CampaignLine], found: Mapping[str, Answer]) -> None:
    """Put what was answered by campaign into the lines; whoever has calls has a line."""
    for slug, answer in found.items():
        for campaign, sample in samples_by_key(answer).items():
            line = lines.get(campaign)
            if line is None:
                name = "calls without a campaign" if campaign == NONE else campaign
                line = CampaignLine(CampaignFacts(campaign, name))
            lines[campaign] = replace(line, figures={**line.figures, slug: sample})


def _pace(question: Question, lines: dict[str, CampaignLine]) -> Iterator[None]:
    """The last hour beside the mean one, a campaign at a time."""
    period, now = question.period, question.now
    goes_on = period.start_ms <= now < period.end_ms
    if goes_on:
        hour = Period(now - HOUR_MS, now, ())
        found = {
            slug: samples_by_key(answer)
            for slug, answer in _by_campaign(question, VOLUME, hour).items()
        }
        for campaign, line in lines.items():
            if line.volume is not None:
                counted = [by_key.get(campaign, UNKNOWN).value or 0 for by_key in found.values()]
                lines[campaign] = replace(line, last_hour=int(sum(counted)))
        yield
    local = question.calendar.local(now)
    this_hour = f"{local:%Y-%m-%dT%H}:00" if goes_on else ""
    for campaign, line in lines.items():
        slugs = [slug for slug in VOLUME if line.figure(slug).value]
        if not slugs or campaign == NONE:
            continue
        scope = replace(question.scope, campaign=campaign)
        asked = asked_of(replace(question, scope=scope), by=DATED_HOUR)
        asked = replace(asked, is_split_alone=True)
        hours: dict[str, float] = {}
        for answer in answers(question.connection, _metrics(slugs), asked).values():
            for key, sample in samples_by_key(answer).items():
                hours[key] = hours.get(key, 0) + (sample.value or 0)
        counts = [count for key, count in hours.items() if count and key != this_hour]
        mean = sum(counts) / len(counts) if counts else None
        lines[campaign] = replace(line, mean_hour=mean)
        yield
