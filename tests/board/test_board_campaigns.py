"""What the campaign screens show equals what the metrics and the reports say."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.screens.center import CALENDAR, CONFIGURATION, NOW, two_days_before
from wallboard.board.asked import asked_of, period_before
from wallboard.board.campaign_page import Campaign, CampaignWanted
from wallboard.board.campaigns_page import Campaigns, CampaignsWanted
from wallboard.board.comparison_page import Comparison, ComparisonWanted
from wallboard.board.drop_budget import drop_budgets
from wallboard.board.drop_change_page import DropChange, DropChangeWanted
from wallboard.board.metric_steps import has_course
from wallboard.board.pages import PageWanted, Question
from wallboard.board.periods import period_named
from wallboard.board.results_page import Results, ResultsWanted
from wallboard.board.sample import sample_of, samples_by_key
from wallboard.cache.opening import open_for_reading
from wallboard.metrics.catalogue import BY_SLUG
from wallboard.metrics.engine import answers
from wallboard.questions.campaigns import campaigns
from wallboard.questions.scope import Scope
from wallboard.questions.trunks import answered_by_trunk


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A simulated day and the one before."""
    return two_days_before(NOW, tmp_path_factory.mktemp("campaigns"), agents=10)


@pytest.fixture
def connection(cache: Path) -> Iterator[sqlite3.Connection]:
    """The cache, to be read only."""
    opened = sqlite3.connect(f"{cache.as_uri()}?mode=ro", uri=True)
    yield opened
    opened.close()


def question(
    connection: sqlite3.Connection, period: str = "today", scope: Scope | None = None
) -> Question:
    """What a page is asked with at the fixed moment."""
    span = period_named(CALENDAR, period, NOW)
    return Question(connection, CALENDAR, CONFIGURATION, scope or Scope(), span, NOW)


def whole(wanted: PageWanted, asked: Question) -> object:
    """The page once all of it was read; no step leaves a statement open."""
    contents: list[object] = []
    for content in wanted.read(asked):
        assert not asked.connection.in_transaction
        contents.append(content)
    return contents[-1]


def test_the_lines_equal_the_metrics(connection: sqlite3.Connection) -> None:
    """Every figure of every line is that of `wallboard metrics --by campaign`."""
    asked = question(connection)
    page = whole(CampaignsWanted(), asked)
    assert isinstance(page, Campaigns)
    slugs = {slug for line in page.lines for slug in line.figures}
    assert {"dials", "answer_rate", "drop_rate", "conversions", "conversion_rate"} <= slugs
    split = asked_of(asked, by="campaign")
    found = answers(connection, [BY_SLUG[slug] for slug in slugs], split)
    by_key = {slug: samples_by_key(found[slug]) for slug in slugs}
    for line in page.lines:
        for slug, sample in line.figures.items():
            assert sample == by_key[slug][line.facts.campaign]
    one = asked_of(question(connection, scope=Scope(campaign="winback")))
    alone = answers(connection, [BY_SLUG["drop_rate"]], one)["drop_rate"]
    winback = next(line for line in page.lines if line.facts.campaign == "winback")
    assert winback.figure("drop_rate") == sample_of(alone)


def test_pace_is_the_last_hour_beside_the_mean_of_those_before(
    connection: sqlite3.Connection,
) -> None:
    """Counted anew from the calls; a period that is over has no last hour."""
    page = whole(CampaignsWanted(), question(connection))
    assert isinstance(page, Campaigns)
    spring = next(line for line in page.lines if line.facts.campaign == "spring")
    start, _ = CALENDAR.day_bounds(CALENDAR.day_of(NOW))
    started = [
        at
        for (at,) in connection.execute(
            "SELECT started FROM calls WHERE campaign = 'spring' AND started >= ?", (start,)
        )
    ]
    assert spring.last_hour == sum(NOW - 3_600_000 <= at < NOW for at in started)
    this_hour = CALENDAR.hour_start(NOW)
    hours = [CALENDAR.hour_start(at) for at in started if at < this_hour]
    assert spring.mean_hour == pytest.approx(len(hours) / len(set(hours)))
    past = whole(CampaignsWanted(), question(connection, "yesterday"))
    assert isinstance(past, Campaigns)
    assert all(line.last_hour is None for line in past.lines)


def test_budgets_are_those_of_the_report(connection: sqlite3.Connection) -> None:
    """Of the day and of 30 days; whoever is not dialled has none."""
    page = whole(CampaignsWanted(), question(connection))
    assert isinstance(page, Campaigns)
    for line in page.lines:
        if line.budget is None:
            assert not line.figure("drop_rate").denominator
            continue
        live, dropped = connection.execute(
            "SELECT sum(live), sum(dropped) FROM calls WHERE campaign = ?", (line.facts.campaign,)
        ).fetchone()
        assert line.budget.rolling == pytest.approx(dropped / live)
        assert line.budget.left == int(0.03 * live + 1e-9) - dropped
        assert line.budget.is_over == (dropped > 0.03 * live + 1e-9)


@pytest.mark.parametrize("limit", ["queue", "team"])
def test_budgets_are_of_whole_campaigns(connection: sqlite3.Connection, limit: str) -> None:
    """The day's too: a queue or a team that is looked at changes nothing of what binds."""
    name = {"queue": "sales", "team": "Sales"}[limit]
    narrowed = replace(question(connection), scope=replace(Scope(), **{limit: name}))
    assert drop_budgets(narrowed) == drop_budgets(question(connection))
    assert any(budget.left_today is not None for budget in drop_budgets(narrowed).values())


def test_a_web_campaign_has_its_data_bar_and_its_widgets(connection: sqlite3.Connection) -> None:
    """Each by the metric with the filter; its own rate is its part of the goal type's average."""
    scope = Scope(campaign="quote-box")
    asked = question(connection, "7 days", scope)
    page = whole(CampaignWanted(), asked)
    assert isinstance(page, Campaign)
    known = [slug for slug in page.figures if slug in BY_SLUG]
    found = answers(connection, [BY_SLUG[slug] for slug in known], asked_of(asked))
    assert {slug: page.figures[slug] for slug in known} == {
        slug: sample_of(answer) for slug, answer in found.items()
    }
    # It is the only campaign with leads for its goal on the web, so its rate is the average.
    assert page.figure("own_rate").value == pytest.approx(page.figure("goal_type_average").value)
    assert page.goals
    assert sum(value or 0 for value in page.course["exposures"]) == found["exposures"].value
    assert len({len(values) for values in page.course.values()}) == 1


def test_a_campaign_of_calls_has_hours_and_dispositions(connection: sqlite3.Connection) -> None:
    """They add up to the figures above them."""
    page = whole(CampaignWanted(), question(connection, scope=Scope(campaign="winback")))
    assert isinstance(page, Campaign)
    decided = page.figure("dial_answer_rate").denominator
    assert sum(hour.decided for hour in page.hours) == decided
    assert page.dispositions is not None
    assert sum(line.calls for line in page.dispositions) == page.figure("dials").value
    drops = sum(hour.drops.numerator or 0 for hour in page.hours)
    assert drops == page.figure("drop_rate").numerator


@pytest.mark.parametrize("campaign", [None, "spring", "winback"])
def test_why_the_drop_rate_moved_adds_up(
    connection: sqlite3.Connection, campaign: str | None
) -> None:
    """By each dimension, trunks among them, which only the events of the calls know."""
    asked = question(connection, scope=Scope(campaign=campaign))
    page = whole(DropChangeWanted(), asked)
    assert isinstance(page, DropChange)
    metric = BY_SLUG["drop_rate"]
    earlier = period_before(asked_of(asked))
    assert earlier is not None
    assert CALENDAR.format_clock(earlier.end_ms) == "14:05:32"
    for period, drops in ((asked.period, page.now), (earlier, page.before)):
        answer = answers(connection, [metric], asked_of(asked, period=period))[metric.slug]
        assert (drops.dropped, drops.of) == (answer.numerator, answer.denominator)
    assert page.now.rate is not None
    assert page.before.rate is not None
    assert [split.dimension for split in page.splits][1:] == ["hour", "queue", "trunk"]
    for split in page.splits:
        assert split.is_read
        assert split.parts
        change = page.now.rate - page.before.rate
        assert sum(part.explains for part in split.parts) == pytest.approx(change, abs=1e-12)
    assert {part.key for part in page.splits[-1].parts} == {"carrier-a", "carrier-b", "carrier-c"}


def test_a_period_with_nothing_before_it_says_so(connection: sqlite3.Connection) -> None:
    """No parts are made up."""
    page = whole(DropChangeWanted(), question(connection, "7 days"))
    assert isinstance(page, DropChange)
    assert page.before.rate is None
    assert not any(split.parts for split in page.splits)


def test_trunks_are_those_of_the_answered_dials(connection: sqlite3.Connection) -> None:
    """Every answered dial of the scope once, in batches, none of another team or campaign."""
    period = period_named(CALENDAR, "7 days", NOW)
    span = (period.start_ms, period.end_ms)
    found = [one for batch in answered_by_trunk(connection, Scope(), *span) for one in batch]
    (answered, live) = connection.execute(
        "SELECT count(*), sum(live) FROM calls WHERE direction = 'outbound'"
        " AND answered IS NOT NULL AND started >= ? AND started < ?",
        span,
    ).fetchone()
    assert (len(found), sum(one.live for one in found)) == (answered, live)
    scope = Scope(campaign="winback", team="nobody's")
    assert not list(answered_by_trunk(connection, scope, *span))


def test_two_sides_are_two_campaigns_or_two_periods(connection: sqlite3.Connection) -> None:
    """Each side as the metrics have it."""
    asked = question(connection, scope=Scope(campaign="spring"))
    both = whole(ComparisonWanted("winback"), asked)
    alone = whole(ComparisonWanted(), question(connection, scope=Scope(campaign="winback")))
    assert isinstance(both, Comparison)
    assert isinstance(alone, Comparison)
    assert both.other == alone.mine
    assert both.mine["dials"] != both.other["dials"]
    earlier = period_before(asked_of(asked))
    assert alone.other_period == earlier


def test_results_add_up(connection: sqlite3.Connection) -> None:
    """First calls, further ones and those without a contact make all calls."""
    page = whole(ResultsWanted(), question(connection, scope=Scope(campaign="winback")))
    assert isinstance(page, Results)
    (line,) = page.lines
    assert line.first_attempts + line.retries == line.calls
    assert line.in_words.startswith("Winback: campaign-results has ")


def test_facts_are_as_defined(connection: sqlite3.Connection) -> None:
    """What a campaign is, by its id."""
    found = campaigns(connection)
    assert found["welcome"].is_web
    assert found["welcome"].control_share == 0.1
    assert (found["spring"].direction, found["spring"].drop_limit) == ("outbound", 0.03)
    assert found["spring-north"].parent == "spring"


def test_a_split_alone_is_the_split_of_the_whole(cache: Path) -> None:
    """What is not read with it changes none of its rows, of any metric."""
    connection = open_for_reading(cache)
    whole_day = asked_of(question(connection), by="hour")
    metrics = [metric for metric in BY_SLUG.values() if has_course(metric, whole_day)]
    assert len(metrics) > 80
    alone = answers(connection, metrics, replace(whole_day, is_split_alone=True))
    for slug, answer in answers(connection, metrics, whole_day).items():
        assert alone[slug] == replace(answer, value=None, numerator=None, denominator=None)
    connection.close()
