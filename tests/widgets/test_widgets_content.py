"""What the panels say: what is shown, what is dropped first, and that the rest is counted."""

import re

import pytest
from rich.cells import cell_len

from widgets.agents import draw_agents
from widgets.axis import Axis, draw_axis
from widgets.banner import Freshness, Trust, draw_banner, words
from widgets.counts import draw_counts
from widgets.funnel import Stage, draw_funnel
from widgets.headline import Rate, draw_headline
from widgets.histogram import Hour, draw_histogram
from widgets.lanes import Lane, LaneMark, Phase, Stretch, draw_lanes
from widgets.paint import Picture, Span, text_of
from widgets.queue_columns import DROP_ORDER, columns_that_fit
from widgets.queues import QueueRow, draw_queues
from widgets.status import Level, glyph, mark, role, word
from widgets.table import Column, layout
from widgets.tiles import AgentState, AgentTile, draw_tile
from widgets.waits import draw_waits

RATES = (
    Rate("answer", "ANSWER RATE", "92.1 %", "ANS", "", "of 1,204", "▲ 1.2 vs Mon"),
    Rate("sl", "SERVICE LEVEL", "74 %", "SL", "", "80 % in 20 s", "▼ 6 vs Mon", Level.WARNING),
    Rate("abandon", "ABANDONED", "3.4 %", "ABD", gap=True),
    Rate("wait", "WAITING", "4", "WAIT", "4 0:42", level=Level.CRITICAL),
)
QUEUE = QueueRow(
    "support", "support", 4, 42, (42, 35, 12), 20, 0.74, 19, 22, 2, 31, 6,
    Level.CRITICAL, Level.WARNING, gap=True,
)  # fmt: skip


def texts(picture: Picture) -> list[str]:
    """Return the lines of a picture without roles, without the blanks at their ends."""
    return [text_of(line).rstrip() for line in picture.lines]


def roles_of(picture: Picture, text: str) -> set[str]:
    """Return the roles in which `text` is drawn."""
    return {span.role for line in picture.lines for span in line if text in span.text}


def test_levels_differ_in_glyph_and_word() -> None:
    """No level depends on its colour."""
    assert len({glyph(level) for level in Level}) == len(Level)
    assert len({word(level) for level in Level}) == len(Level)
    assert all(cell_len(glyph(level)) == 1 for level in Level)
    assert mark(Level.GOOD) == " "
    assert role(Level.GOOD, "strong") == "strong"
    assert role(Level.CRITICAL, "strong") == "critical"


def test_headline_on_one_line() -> None:
    """The compact form: short titles, values, marks of gaps and levels."""
    line = texts(draw_headline(RATES, 80, 1))[0]
    assert line == " ANS 92.1 % · SL 74 % ! · ABD 3.4 %* · WAIT 4 0:42 ✖"


@pytest.mark.parametrize("width", range(1, 120))
def test_headline_counts_what_it_drops(width: int) -> None:
    """Every value is whole or absent, from the last one on, and the absent are counted."""
    line = texts(draw_headline(RATES, width, 1))[0]
    values = [value for value in ("92.1 %", "74 % !", "3.4 %*", "4 0:42 ✖") if value in line]
    assert values == ["92.1 %", "74 % !", "3.4 %*", "4 0:42 ✖"][: len(values)]
    if width >= 5:
        missing = len(RATES) - len(values)
        assert (f"+ {missing}" in line) == bool(missing)


def test_headline_in_four_lines() -> None:
    """The wide form: title, value, sample and trend stand under each other."""
    lines = texts(draw_headline(RATES, 120, 4))
    column = lines[0].index("SERVICE LEVEL")
    assert [line[column:].split("  ")[0] for line in lines] == [
        "SERVICE LEVEL", "74 % !", "80 % in 20 s", "▼ 6 vs Mon",
    ]  # fmt: skip


def test_headline_prefers_the_form_that_shows_more() -> None:
    """Four lines too narrow for all the cells become lines of compact rates."""
    lines = texts(draw_headline(RATES, 40, 4))
    assert lines[0].startswith(" ANS 92.1 %")
    assert "WAIT 4 0:42 ✖" in " ".join(lines)


def test_queue_columns_go_in_the_stated_order() -> None:
    """As the panel narrows columns only go, each no sooner than those before it in the order."""
    before = columns_that_fit(200)
    assert set(before) == set(DROP_ORDER)
    for width in range(200, 0, -1):
        shown = columns_that_fit(width)
        assert set(shown) <= set(before)
        dropped = len(DROP_ORDER) - len(shown)
        assert set(shown) == set(DROP_ORDER[dropped:])
        before = shown


def test_queue_row_says_it_all() -> None:
    """The figures, the bar across its target, the marks, on a wide panel."""
    picture = draw_queues([QUEUE], 120, 4, "")
    heading, row = texts(picture)[:2]
    for part in ("support", "0:42 !", "74 %*", "0:19*", "22*", "│", "✖"):
        assert part in row
    assert heading.index("SL") < heading.index("ASA") < heading.index("ready")
    assert roles_of(picture, "0:42") == {"warning"}


def test_unknown_is_a_dash() -> None:
    """A queue of which nothing is known shows no nought."""
    row = texts(draw_queues([QueueRow("q", "new")], 120, 3))[1]
    assert "0" not in row
    assert row.count("–") == 8


def test_queues_out_of_sight_are_counted() -> None:
    """The last line counts what does not fit, and a single one is singular."""
    rows = [QueueRow(str(n), f"queue {n}") for n in range(9)]
    assert texts(draw_queues(rows, 60, 6))[-1].strip() == "+ 5 queues"
    assert texts(draw_queues(rows[:6], 60, 6))[-1].strip() == "+ 2 queues"
    assert "+" not in texts(draw_queues(rows[:5], 60, 6))[-1]
    assert texts(draw_queues(rows, 60, 6, first=4))[1].strip().startswith("queue 4")


def bar(waits: tuple[float, ...], target: float | None) -> tuple[str, list[Span]]:
    """Return a bar of twelve cells for waits, and its spans."""
    spans = draw_waits(waits, target, 14)
    return "".join(span.text for span in spans)[2:], spans


def test_waits_cross_their_target() -> None:
    """Height is how many of three wait so long; the mark stands at the target; the rest is over."""
    assert bar((10, 5, 5), 20)[0] == "▇▇▃▃    │   "
    assert bar((20, 20, 20), 20)[0] == "▇▇▇▇▇▇▇▇│   "
    text, spans = bar((100, 1, 1), 20)
    assert text == "▇▃▃▃▃▃▃▃│▃▃▸"
    assert spans[1].role == "bar-over"
    assert bar((10,), 20)[1][1].role == "bar"


def tile(
    state: AgentState = AgentState.ON_CALL,
    *,
    reason: str = "",
    limit: float | None = None,
    stuck: bool = False,
) -> AgentTile:
    """Return the tile of an agent 1,330 seconds into a state at second 5,000."""
    return AgentTile("a", "Ames A", state, 3670, reason, limit, stuck=stuck)


def test_tiles_tell_state_time_and_trouble() -> None:
    """The glyph, the reason or the word, the clock, and a mark for the over-long and the stuck."""
    assert text_of(draw_tile(tile(), 5000, 30)) == "☎ Ames A     on call   22:10  "
    assert text_of(draw_tile(tile(limit=900), 5000, 30)).endswith("22:10 !")
    assert text_of(draw_tile(tile(limit=1330), 5000, 30)).endswith("22:10  ")
    stuck = text_of(draw_tile(tile(limit=9e9, stuck=True), 5000, 30))
    assert "stuck" in stuck
    assert stuck.endswith("✖")
    paused = tile(AgentState.PAUSED, reason="lunch")
    assert "lunch" in text_of(draw_tile(paused, 5000, 30))
    unknown = AgentTile("b", "Bo", AgentState.AVAILABLE)
    assert not re.search(r"\d", text_of(draw_tile(unknown, 5000, 30)))


def test_states_differ_in_glyph_and_word() -> None:
    """No state depends on its colour."""
    tiles = [AgentTile("", "", state) for state in AgentState]
    assert len({text_of(draw_tile(each, 0, 12))[0] for each in tiles}) == len(AgentState)


TEAM = [AgentTile(str(n), f"Agent {n}", AgentState.AVAILABLE) for n in range(61)]


def test_agents_are_counted_in_every_form() -> None:
    """Every width has all states or the number of agents, never some of the states."""
    line = text_of(draw_counts(TEAM, 120, "by name"))
    assert "61 ready" in line
    assert "0 on call" in line
    assert line.rstrip().endswith("by name")
    for width in range(1, 120):
        numbers = re.findall(r"\d+", text_of(draw_counts(TEAM, width)))
        assert len(numbers) in {0, 1, 5}


def test_rare_states_lose_their_words_first() -> None:
    """On 80 columns the usual states have words and the others a glyph; all are there."""
    states = [*AgentState] * 11
    tiles = [AgentTile(str(n), "", state) for n, state in enumerate(states)]
    line = text_of(draw_counts(tiles, 80))
    assert line.rstrip() == (
        " 11 ready  11 on call  11 wrap-up  11 paused  11 off  ◌ 11  ◍ 11  ◫ 11  ✖ 11"
    )


def test_agents_out_of_sight_are_counted() -> None:
    """Tiles fill the rows between the counts and the number of the others."""
    lines = texts(draw_agents(TEAM, 0, 80, 5))
    seen = sum(line.count("Agent ") for line in lines)
    assert lines[-1].strip() == f"+ {61 - seen} agents"
    assert "+ 59 agents" in texts(draw_agents(TEAM, 0, 80, 2))[0]
    assert "61" in texts(draw_agents(TEAM, 0, 80, 1))[0]


HOURS = [
    Hour("00", 40, 10, 50), Hour("01", 8, 1), Hour("02", 0, 0, 20, gap=True),
    Hour("03", 20, 0, 40, current=True), Hour("04", None, None, 60),
]  # fmt: skip


def column(picture: Picture, index: int, rows: int) -> str:
    """Return one bar of a histogram from the bottom up, without legend and labels."""
    lines = [text_of(line) for line in picture.lines][1 : 1 + rows]
    return "".join(line[3 + index * 3] for line in reversed(lines))


def test_bars_are_stacked_to_scale() -> None:
    """Sixty calls on six rows: four answered, one missed; the typical hour; nothing where none."""
    picture = draw_histogram(HOURS, 20, 8, "CALLS", "")
    assert texts(picture)[1].startswith("60 ")
    assert column(picture, 0, 6) == "████▒─"
    assert column(picture, 1, 6) == "▆.    "
    assert column(picture, 2, 6) == "╱╱─╱╱╱"
    assert column(picture, 3, 6) == "██┆┆─ "
    assert column(picture, 4, 6) == "     ─"
    assert texts(picture)[-1] == "   00 01 02 03 04"
    assert roles_of(picture, "03") == {"strong"}


def test_labels_never_overlap() -> None:
    """However narrow, labels are whole and apart; a day of 25 hours has 25."""
    names = [f"{n:02}" for n in range(2)] + ["01b"] + [f"{n:02}" for n in range(2, 24)]
    hours = [Hour(name, 5, 1) for name in names]
    for width in range(1, 200):
        labels = texts(draw_histogram(hours, width, 5))[-1].split()
        if width >= 8:
            assert labels
            assert set(labels) <= set(names)
    assert texts(draw_histogram(hours, 130, 5))[-1].split() == names


def test_hours_out_of_sight_are_counted() -> None:
    """Too narrow for every hour, the panel keeps the current one."""
    hours = [Hour(f"{n:02}", 5, 1, current=n == 14) for n in range(24)]
    lines = texts(draw_histogram(hours, 20, 6))
    assert "+ 4 hours" in lines[0]


LANES = (
    Lane("b", "B contact", (Stretch(Phase.RINGING, 0, 10), Stretch(Phase.TALKING, 10, 60)), 60,
         "hung up by contact", (LaneMark(30),)),
    Lane("a", "A Ames A", (Stretch(Phase.HOLD, 20, 40), Stretch(Phase.TALKING, 40))),
)  # fmt: skip


def test_lanes_share_their_axis() -> None:
    """What happens at one time stands in one column; the end has its reason; the open goes on."""
    axis, contact, agent = texts(draw_lanes(LANES, 60, 100, 3))
    assert contact.endswith("■ hung up by contact")
    assert agent.endswith("▸")
    assert contact.index("⇄") - contact.index("░") == pytest.approx(agent.index("▓") * 0.55, abs=3)
    assert "hold" in agent
    assert axis.split()[0] == "0:00"
    assert contact.index("░") == axis.index("0:00")


def test_open_lanes_run_to_now() -> None:
    """A second later an open lane is still at the right end, and the ended one is shorter."""
    before, after = (texts(draw_lanes(LANES, now, 100, 3)) for now in (60, 90))
    assert before[2].index("▸") == after[2].index("▸")
    assert after[1].index("■") < before[1].index("■")


def test_lanes_that_do_not_fit_are_counted() -> None:
    """Four lines: the axis, two lanes, and the number of the rest."""
    lanes = [Lane(str(n), f"leg {n}", (Stretch(Phase.TALKING, 0, 5),), 5) for n in range(6)]
    assert texts(draw_lanes(lanes, 5, 80, 4))[-1].strip() == "+ 4 lanes"


@pytest.mark.parametrize("seconds", [1, 7, 60, 271, 3600, 86_400, 10**7])
@pytest.mark.parametrize("cells", [1, 10, 45, 200])
def test_ticks_are_apart_and_whole(seconds: int, cells: int) -> None:
    """Labels of an axis are whole times of day with a space between them."""

    def clock(at: float) -> str:
        return f"{int(at) // 3600 % 24:02}:{int(at) // 60 % 60:02}:{int(at) % 60:02}"

    line = text_of(draw_axis(Axis(50_000, 50_000 + seconds, cells), clock))
    assert cell_len(line) == cells
    assert all(re.fullmatch(r"\d\d:\d\d(:\d\d)?", label) for label in line.split())


def test_banner_words_and_looks() -> None:
    """Each state has its glyph and its word, and what must not be overlooked fills the line."""
    assert words(Trust(Freshness.LIVE, 0.31)) == "● live 0.3 s"
    assert words(Trust(Freshness.CATCHING_UP, detail="40 %")) == "◌ catching up: 40 %"
    assert words(Trust(Freshness.STALE, 42)) == "▲ stale 42 s"
    assert words(Trust(Freshness.DISCONNECTED, None, "refused")) == "✖ disconnected: refused"
    assert words(Trust(Freshness.AS_OF, None, "14:05")) == "◀ as of 14:05"
    looks = {}
    for freshness in Freshness:
        line = draw_banner(Trust(freshness, 1, "", "Acme"), 80)
        looks[freshness] = {span.role for span in line}
    assert looks[Freshness.STALE] == {"alert-soft"}
    assert looks[Freshness.DISCONNECTED] == {"alert"}
    assert looks[Freshness.AS_OF] == {"past"}
    assert "good" in looks[Freshness.LIVE]


def test_table_columns_go_by_priority() -> None:
    """The least important column goes first, and what is left is shared by those that grow."""
    columns = [Column("a", 8, priority=9), Column("b", 8, grow=1), Column("c", 8, priority=5)]
    assert layout(columns, 31) == ((0, 8), (1, 8), (2, 8))
    assert layout(columns, 41) == ((0, 8), (1, 18), (2, 8))
    assert layout(columns, 30) == ((0, 8), (2, 8))
    assert layout(columns, 12) == ((0, 9),)
    assert layout((), 12) == ()


def test_empty_panels_say_why() -> None:
    """A panel without values says the sentence its owner gave it."""
    why = "No queue has been defined yet."
    assert texts(draw_queues([], 60, 3, why))[0].strip() == why
    assert texts(draw_agents([], 0, 60, 3, empty=why))[0].strip() == why
    assert texts(draw_histogram([], 60, 3, "", why))[0].strip() == why
    assert texts(draw_lanes([], 0, 60, 3, None, why))[0].strip() == why
    assert texts(draw_headline([], 60, 3, why))[0].strip() == why


def test_funnel_bars_are_to_scale() -> None:
    """The widest stage fills the room, the others in proportion; the share says of what."""
    stages = [Stage("p", "prospects", 1200), Stage("e", "exposures", 600, 0.5, "of prospects")]
    first, second = texts(draw_funnel(stages, 80, 2))
    assert first.count("█") // 2 == second.count("█")
    assert "1,200" in first
    assert second.endswith("50.0 % of prospects")


def test_who_is_offline_is_folded_into_a_count_where_room_is_short() -> None:
    """Those signed in keep their tiles; whoever chooses with the cursor gets at all of them."""
    here = [AgentTile(f"h{n}", f"Here {n}", AgentState.AVAILABLE, 0.0) for n in range(3)]
    off = [AgentTile(f"o{n}", f"Off {n}", AgentState.OFFLINE, 0.0) for n in range(12)]
    lines = texts(draw_agents([*here, *off], 0, 80, 5))
    assert sum(line.count("Here") for line in lines) == 3
    assert not any("Off" in line for line in lines)
    assert lines[3].strip() == "12 offline"
    assert "12 off + 1 agent" in " ".join(texts(draw_agents([*here, *off], 0, 80, 2))[0].split())
    assert any("Off 0" in line for line in texts(draw_agents([*here, *off[:2]], 0, 80, 5)))
    chosen = texts(draw_agents([*here, *off], 0, 80, 5, cursor="h0"))
    assert any("Off 0" in line for line in chosen)
    assert texts(draw_agents(off, 0, 80, 3))[1].strip() == "12 offline"


def test_an_agents_day_is_a_lane() -> None:
    """The states of a day each have their stroke."""
    states = (
        Stretch(Phase.READY, 0, 20),
        Stretch(Phase.TALKING, 20, 40),
        Stretch(Phase.WRAP_UP, 40, 50),
        Stretch(Phase.PAUSED, 50, word="lunch"),
    )
    day = Lane("a", "Ames A", states)
    line = texts(draw_lanes([day], 90, 90, 2))[1]
    assert re.search("▁+▓+▒+╌+lunch╌+▸$", line)
