"""The campaigns, and one campaign: every key, every tab, and how they look."""

from pathlib import Path

import pytest
from textual.pilot import Pilot

from tests.screens.center import CALENDAR, CONFIGURATION, NOW, fill, simulated, two_days_before
from tests.screens.piloting import Compare, after, page_of, press, running
from wallboard.app import Board
from wallboard.questions.scope import Scope
from wallboard.screens.calls import CallsScreen
from wallboard.screens.campaign import CampaignScreen
from wallboard.screens.campaigns import CampaignsScreen
from wallboard.screens.picker import Picker
from wallboard.screens.picture import as_text
from widgets.rows import Rows

SIZES = [(80, 24), (120, 40), (160, 45), (300, 80)]
NAMES = ["80x24", "120x40", "160x45", "300x80"]


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A simulated day and the one before."""
    return two_days_before(NOW, tmp_path_factory.mktemp("campaigns"), agents=8)


@pytest.fixture
def two_days(cache: Path) -> Board:
    """A board on them."""
    return Board(cache, CONFIGURATION, clock=lambda: NOW)


ORDERED = ("Travel club", "Welcome offer", "Winback")


def opened(name: str) -> tuple[str, ...]:
    """The keys that open one of the last campaigns by name."""
    return ("4", "s", "end", *["up"] * (len(ORDERED) - 1 - ORDERED.index(name)), "enter")


def showing(board: Board) -> type[object]:
    """What kind of screen is on top."""
    return type(board.screen)


async def test_the_campaigns_stand_in_order_of_attention(two_days: Board) -> None:
    """What is over its limit is first, with its reason; what is idle is last."""
    async with running(two_days) as pilot:
        text = await press(pilot, "4")
        assert isinstance(two_days.screen, CampaignsScreen)
        lines = text.splitlines()
        names = [line[3:].split("  ")[0] for line in lines[3:13]]
        assert set(names[-3:]) == {"Appointment reminders", "Newsletter", "Renewals"}
        assert "1 of 10 campaigns needs attention · + 2 sub-campaigns in them" in lines[1]
        assert "DROP RATE OVER 30 DAYS, AGAINST THE LIMIT" in text
        marks = [line[1] for line in lines[3:13]]
        assert marks == sorted(marks, key="✖!• ".index)


async def test_they_are_sorted_by_name_calls_and_drop_rate(two_days: Board) -> None:
    """s goes through the orders and marks the column."""
    async with running(two_days) as pilot:
        await press(pilot, "4")
        for column in ("campaign ▾", "calls ▾", "drop rate ▾", "needs attention ▾"):
            assert column in await press(pilot, "s")


async def test_enter_opens_a_campaign_and_escape_leaves_it(two_days: Board) -> None:
    """The header names it, whatever filter is on."""
    async with running(two_days) as pilot:
        text = await press(pilot, *opened("Winback"))
        assert showing(two_days) is CampaignScreen
        assert "Winback · all queues · today" in text.splitlines()[0]
        for words in ("DROP COMPLIANCE", "30 days  ", "BY HOUR OF DAY", "DISPOSITIONS"):
            assert words in text
        await press(pilot, "escape")
        assert showing(two_days) is CampaignsScreen
        assert two_days.scope.campaign is None


@pytest.mark.parametrize(
    ("name", "own", "other", "begins"),
    [("Winback", "#voice", "#web", "made"), ("Welcome offer", "#web", "#voice", "funnel")],
)
async def test_a_campaign_has_the_panels_of_its_kind_alone(
    two_days: Board, name: str, own: str, other: str, begins: str
) -> None:
    """By voice or on the web; the cursor begins on them."""
    async with running(two_days) as pilot:
        for key in opened(name):
            await press(pilot, key)
        assert name in as_text(two_days)
        assert two_days.screen.query(own)
        assert not two_days.screen.query(other)
        assert two_days.focused is not None
        assert two_days.focused.id == begins


async def test_every_tab_of_a_campaign_of_calls(two_days: Board) -> None:
    """By its letter, and by the arrows."""
    async with running(two_days) as pilot:
        await press(pilot, *opened("Winback"))
        assert "08 Jun to 14:05" in await press(pilot, "v")
        assert "each once with its latest call" in await press(pilot, "r")
        text = await press(pilot, "w")
        for words in ("BY PART OF THE CAMPAIGN", "BY HOUR OF THE DAY", "BY QUEUE", "carrier-a"):
            assert words in text
        assert "DISPOSITIONS" in await press(pilot, "right")
        assert "BY TRUNK" in await press(pilot, "left")
        assert "DISPOSITIONS" in await press(pilot, "o")


async def test_another_campaign_can_stand_beside(two_days: Board) -> None:
    """b chooses it; all campaigns is the period before again; escape leaves things as they are."""
    async with running(two_days) as pilot:
        await press(pilot, *opened("Winback"))
        await press(pilot, "b")
        assert isinstance(two_days.screen, Picker)
        text = await press(pilot, *"spring d", "enter")
        heading = next(line for line in text.splitlines() if "figure" in line)
        assert heading.split() == ["figure", "Winback", "Spring", "drive", "change"]
        await press(pilot, "b", "escape")
        assert "Spring drive" in as_text(two_days)
        assert "08 Jun to 14:05" in await press(pilot, "b", "enter")


async def test_a_web_campaign_has_its_own_tabs(two_days: Board) -> None:
    """The data bar, rates against control, goals; no calls to reconcile, none that drop."""
    async with running(two_days) as pilot:
        text = await press(pilot, *opened("Welcome offer"))
        for words in (
            "DATA BAR", "prospects", "incremental conv.", "CONVERSION RATE BY CHANNEL",
            "after a chat", "view-through", "click-through", "control group",
            "AGAINST ITS GOAL TYPE", "OVER TIME", "CONTRIBUTION TO GOALS",
            "goals after chats and clicks", "incremental revenue",
        ):  # fmt: skip
            assert words in text
        assert "by exposed visits" in await press(pilot, "r")
        assert await press(pilot, "w") == as_text(two_days)
        assert "Exposures" in await press(pilot, "v")


async def test_a_figure_opens(two_days: Board) -> None:
    """Enter on a stage of the funnel, or on a figure of two sides, asks what it is."""
    async with running(two_days) as pilot:
        await press(pilot, *opened("Welcome offer"))
        here = two_days.screen
        await press(pilot, "enter")
        assert two_days.screen is not here
        await press(pilot, "escape", "v")
        await press(pilot, "enter")
        assert two_days.screen is not here


@pytest.mark.parametrize(("steps", "words"), [(0, "no disposition"), (1, "disposition ")])
async def test_a_disposition_opens_its_calls(two_days: Board, steps: int, words: str) -> None:
    """As many as the table says, also those that nobody gave one; they say what they are."""
    async with running(two_days) as pilot:
        await press(pilot, *opened("Winback"), *["down"] * steps)
        table = two_days.screen.query_one("#made", Rows)
        key = table.cursor_key or ""
        line = next(line for line in as_text(two_days).splitlines() if f"›  {key} " in line)
        text = await press(pilot, "enter")
        assert isinstance(two_days.screen, CallsScreen)
        assert words in text.splitlines()[1]
        shown = page_of(two_days)
        assert {call.disposition or "(none)" for call in shown.lines} == {key}
        assert f"{shown.total:,}" in line.partition(key)[2].split()


async def test_an_hour_opens_its_calls(two_days: Board) -> None:
    """As many as the table says, all of them begun in it; the list says which hour it is."""
    async with running(two_days) as pilot:
        await press(pilot, *opened("Winback"))
        two_days.screen.query_one("#hour-rows", Rows).focus()
        text = await press(pilot, "home")
        line = next(line for line in text.splitlines() if "›  " in line and ":00 " in line)
        hour, count = line.partition("›")[2].split()[:2]
        text = await press(pilot, "enter")
        assert isinstance(two_days.screen, CallsScreen)
        assert f"{hour} to {hour[:2]}:59" in text.splitlines()[1]
        shown = page_of(two_days)
        assert f"{shown.total:,}" == count
        started = [CALENDAR.local(call.started or 0) for call in shown.lines]
        assert started
        assert {f"{at:%H}:00" for at in started} == {hour}


async def result_lines(pilot: Pilot[None], rows: int) -> list[str]:
    """The rows of campaign results as the cursor stands on each."""
    text, lines = await press(pilot, "home"), []
    for _ in range(rows):
        table = pilot.app.screen.query_one("#reconciled", Rows)
        title = table.cursor_key or ""
        lines.append(next(line for line in text.splitlines() if f"  {title}  " in line))
        text = await press(pilot, "down")
    return lines


@pytest.mark.parametrize("campaign", ["Winback", "Help line", None])
async def test_rows_of_call_reports_open_their_calls(two_days: Board, campaign: str | None) -> None:
    """As many as each says, of the campaign and of the day; other rows look as if they do not."""
    async with running(two_days) as pilot:
        await open_results(pilot, campaign)
        table = two_days.screen.query_one("#reconciled", Rows)
        lines = await result_lines(pilot, 9)
        opening = [at for at, line in enumerate(lines) if line.startswith("›")]
        assert [lines[at][1:].split("  ")[1] for at in opening] == ["rows in all", ""]
        assert "of them in progress" in lines[opening[1]]
        for at, line in enumerate(lines):
            table = two_days.screen.query_one("#reconciled", Rows)
            table.focus()
            table.move_cursor(at)
            text = await press(pilot, "enter")
            assert isinstance(two_days.screen, CallsScreen) is (at in opening)
            if at in opening:
                assert "09 Jun" in text.splitlines()[1]
                assert line.split()[-1] == f"{page_of(two_days).total:,}"
                await press(pilot, "x")
                await open_results(pilot, campaign)


async def open_results(pilot: Pilot[None], campaign: str | None) -> None:
    """Show the results of a campaign, or of all."""
    board = pilot.app
    assert isinstance(board, Board)
    await press(pilot, "4")
    if campaign is None:
        await press(pilot, "w", "r")
        return
    names = board.snapshot.names.campaigns if board.snapshot is not None else ()
    board.open_campaign(next(known for known, name in names if name == campaign))
    await press(pilot, "r")


async def test_results_open_nothing_that_would_be_fewer(two_days: Board) -> None:
    """Under a filter that reports do not know; in the past calls in progress are none of it."""
    async with running(two_days) as pilot:
        await open_results(pilot, "Help line")
        two_days.look_at(Scope(queue="billing"))
        await press(pilot, "home")
        assert not any(line.startswith("›") for line in await result_lines(pilot, 9))
        assert "Neither report knows queues or teams" in as_text(two_days)
        await press(pilot, "down", "enter")
        assert showing(two_days) is CampaignScreen
        two_days.look_at(Scope())
        await press(pilot, "less_than_sign")
        lines = [line for line in await result_lines(pilot, 9) if line.startswith("›")]
        assert [line.split("  ")[1].strip() for line in lines] == ["rows in all"]
        two_days.screen.query_one("#reconciled", Rows).move_cursor(3)
        await press(pilot, "enter")
        assert showing(two_days) is CallsScreen
        assert lines[0].split()[-1] == f"{page_of(two_days).total:,}"


async def test_a_web_campaign_opens_its_own_figures(two_days: Board) -> None:
    """Those that its widgets show, by name."""
    async with running(two_days) as pilot:
        text = await press(pilot, *opened("Welcome offer"), "f", *"control")
        assert "Control group conversion rate" in text
        assert "Drop rate" not in text


async def test_why_all_of_them_together_drop(two_days: Board) -> None:
    """w on the list: by campaign too, and no overview of everything."""
    async with running(two_days) as pilot:
        text = await press(pilot, "4", "w")
        assert "BY CAMPAIGN" in text
        assert "o overview" not in text
        assert await press(pilot, "o") == text
        assert "all campaigns" in await press(pilot, "v")


async def test_the_period_is_chosen_and_holds(two_days: Board) -> None:
    """Over a period that is past there is no last hour; before the first day nothing is known."""
    async with running(two_days) as pilot:
        text = await press(pilot, "4", "p", *"yester", "enter")
        assert "yesterday" in text.splitlines()[0]
        text = await press(pilot, "s", "end", "enter", "w")
        assert "Nothing is known of the period before" in text


async def test_filters_narrow_the_campaigns(two_days: Board) -> None:
    """A chosen campaign is the only one; x brings all back."""
    async with running(two_days) as pilot:
        text = await press(pilot, "4", "c", *"winback", "enter")
        assert "Spring drive" not in text
        assert "Spring drive" in await press(pilot, "x")


async def test_names_that_no_terminal_should_obey(hostile_cache: Path) -> None:
    """They are shown, on the list and on a campaign's own screen."""
    board = Board(hostile_cache, CONFIGURATION, clock=lambda: NOW)
    async with running(board) as pilot:
        for keys in (("4",), ("enter",), ("v",), ("r",), ("w",)):
            text = await press(pilot, *keys)
            assert not any(letter < " " for letter in text if letter != "\n")


@pytest.mark.parametrize("size", SIZES, ids=NAMES)
@pytest.mark.parametrize(
    "keys",
    [("4",), opened("Winback"), opened("Welcome offer"), ("4", "w")],
    ids=["campaigns", "calls", "web", "why"],
)
def test_pictures(
    snap_compare: Compare, two_days: Board, size: tuple[int, int], keys: tuple[str, ...]
) -> None:
    """As they were looked at and found good."""
    assert snap_compare(two_days, terminal_size=size, run_before=after(*keys))


@pytest.mark.parametrize("size", [(80, 24), (160, 45)], ids=["80x24", "160x45"])
@pytest.mark.parametrize("tab", ["v", "r"], ids=["sides", "results"])
def test_tabs(snap_compare: Compare, two_days: Board, size: tuple[int, int], tab: str) -> None:
    """The tabs that are tables only."""
    assert snap_compare(two_days, terminal_size=size, run_before=after(*opened("Winback"), tab))


@pytest.mark.parametrize("size", [(80, 24), (160, 45)], ids=["80x24", "160x45"])
@pytest.mark.parametrize("state", ["first start", "gap"])
def test_states(snap_compare: Compare, tmp_path: Path, state: str, size: tuple[int, int]) -> None:
    """Where there is nothing yet, or not all."""
    cache = tmp_path / "cache.sqlite"
    if state == "gap":
        fill(cache, simulated(NOW, agents=8), lost="The feed had forgotten them.")
    board = Board(cache, CONFIGURATION, clock=lambda: NOW)
    run = after("4") if state != "first start" else _press_only
    assert snap_compare(board, terminal_size=size, run_before=run)


async def _press_only(pilot: Pilot[None]) -> None:
    """Where there is no cache, nothing is ever read."""
    await pilot.press("4")
    await pilot.pause()
