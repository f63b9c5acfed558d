"""Every widget with sample values: run this file to see them, or with a folder to write SVG there.

python tests/widgets/gallery.py                # look
python tests/widgets/gallery.py pictures/      # write floor and call, narrow and wide, as SVG
"""

import asyncio
import sys
from pathlib import Path
from typing import ClassVar

from textual.app import App, ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.screen import Screen

from widgets.agents import Agents
from widgets.banner import Banner, Freshness, Trust
from widgets.big import BigValue, draw_bigs
from widgets.funnel import Funnel, Stage
from widgets.headline import Headline, Rate
from widgets.histogram import Histogram, Hour
from widgets.lanes import Lane, LaneMark, Lanes, Phase, Stretch
from widgets.paint import Picture
from widgets.panel import Panel
from widgets.queues import QueueRow, Queues
from widgets.rows import Rows
from widgets.sparkline import Sparkline
from widgets.status import Level
from widgets.table import Column, Row
from widgets.tiles import AgentState, AgentTile

NOW = 50_732.0

RATES = (
    Rate("answer", "ANSWER RATE", "92.1 %", "ANS", "", "of 1,204", "▲ 1.2 vs Mon"),
    Rate("sl", "SERVICE LEVEL", "74 %", "SL", "", "80 % in 20 s", "▼ 6 vs Mon", Level.WARNING),
    Rate("abandon", "ABANDONED", "3.4 %", "ABD", "", "41 of 1,204", "= vs Mon"),
    Rate("drop", "DROP RATE", "1.8 %", "DROP", "", "42 left before 3 %", "▲ 0.3 vs Mon"),
    Rate("wait", "WAITING", "4", "WAIT", "4 0:42", "longest 0:42", "est. 1:10", Level.CRITICAL),
    Rate("aht", "HANDLE TIME", "4:12", "AHT", "", "talk 3:10", "wrap 0:48", gap=True),
    Rate("occupancy", "OCCUPANCY", "83 %", "OCC", "", "64 agents", "▲ 4 vs Mon"),
)

QUEUES = (
    QueueRow(
        "support", "support", 4, 42, (42, 35, 12), 20, 0.74, 19, 22, 2, 31, 6,
        Level.CRITICAL, Level.WARNING, Level.WARNING,
    ),
    QueueRow("sales", "sales", 0, None, (), 20, 0.91, 8, 9, 12, 18, 2),
    QueueRow("billing", "billing and refunds", 2, 14, (14, 9), 20, 0.86, 11, 4, 3, 9, 1),
    QueueRow("fr", "réclamations", 1, 21, (21,), 20, 0.81, 15, 2, 0, 4, 0, Level.WARNING,
             Level.WARNING, gap=True),
    QueueRow("ar", "الدعم الفني", 0, None, (), 20, None, None, 0, 1, 0, 0),
    QueueRow("vip", "[bold]vip[/] \x1b]52;c;aGk=\x07", 0, None, (), 20, 1.0, 3, 0, 1, 2, 0),
    QueueRow("jp", "サポート窓口", 1, 4, (4,), 20, 0.95, 6, 0, 2, 3, 0),
)  # fmt: skip

_FIRST = (
    AgentTile("1", "Dunn D", AgentState.ON_CALL, NOW - 7260, stuck=True),
    AgentTile("2", "Ito I", AgentState.FAULT, NOW - 65, "no device", level=Level.WARNING),
    AgentTile("3", "Burke B", AgentState.PAUSED, NOW - 2462, "lunch", 1800),
    AgentTile("4", "Ames A", AgentState.ON_CALL, NOW - 1330, "support", 900),
    AgentTile("5", "Cho C", AgentState.WRAP_UP, NOW - 400, "", 120),
    AgentTile("6", "Ek E", AgentState.RINGING, NOW - 4),
    AgentTile("7", "Fox F", AgentState.ON_HOLD, NOW - 33, "sales"),
    AgentTile("8", "حسن", AgentState.DIALLING, NOW - 9),
)
_STATES = (
    AgentState.ON_CALL, AgentState.AVAILABLE, AgentState.ON_CALL, AgentState.WRAP_UP,
    AgentState.ON_CALL, AgentState.PAUSED, AgentState.AVAILABLE, AgentState.OFFLINE,
)  # fmt: skip
TILES = _FIRST + tuple(
    AgentTile(f"n{n}", f"Agent {n:02}", _STATES[n % 8], NOW - n * 37 % 800) for n in range(66)
)

_ANSWERED = (2, 1, 0, 1, 3, 8, 24, 61, 96, 118, 124, 109, 88, 101, 52)
_MISSED = (0, 0, 0, 0, 0, 1, 2, 9, 22, 8, 6, 4, 12, 9, 5)
_TYPICAL = (2, 1, 1, 1, 3, 9, 28, 66, 104, 120, 118, 104, 96, 110, 115, 104, 92, 70, 44, 30,
            22, 14, 8, 4)  # fmt: skip
HOURS = tuple(
    Hour(
        f"{n:02}",
        _ANSWERED[n] if n < 15 else None,
        _MISSED[n] if n < 15 else None,
        _TYPICAL[n],
        current=n == 14,
        gap=n in {3, 4},
    )
    for n in range(24)
)

_T = NOW - 271
LANES = (
    Lane("q", "Q support", (Stretch(Phase.QUEUED, _T + 4, _T + 18),), _T + 18),
    Lane(
        "b", "B contact",
        (Stretch(Phase.RINGING, _T, _T + 12), Stretch(Phase.TALKING, _T + 12, _T + 255)),
        _T + 255, "hung up by contact", (LaneMark(_T + 110),),
    ),
    Lane(
        "a", "A Ames A",
        (Stretch(Phase.RINGING, _T + 16, _T + 18), Stretch(Phase.TALKING, _T + 18, _T + 70),
         Stretch(Phase.HOLD, _T + 70, _T + 110), Stretch(Phase.TALKING, _T + 110, _T + 255)),
        _T + 255,
    ),
    Lane(
        "s", "S Rep. office",
        (Stretch(Phase.RINGING, _T + 100, _T + 108), Stretch(Phase.TALKING, _T + 108)),
    ),
    Lane("m", "M Ortiz", (Stretch(Phase.LISTENING, _T + 130, _T + 190),), _T + 190, "listened"),
)  # fmt: skip

FUNNEL = (
    Stage("prospects", "prospects", 12_040),
    Stage("exposures", "exposures", 8_004, 0.665, "of prospects"),
    Stage("engagements", "engagements", 3_120, 0.39, "of exposures"),
    Stage("conversions", "conversions", 214, 0.069, "of engagements"),
)
_NINE = 32_400.0
DAYS = (
    Lane(
        "ames", "Ames A",
        (Stretch(Phase.READY, _NINE, _NINE + 3000), Stretch(Phase.TALKING, _NINE + 3000, 39_000),
         Stretch(Phase.WRAP_UP, 39_000, 40_000), Stretch(Phase.PAUSED, 40_000, 43_000, "lunch"),
         Stretch(Phase.READY, 43_000, 46_000), Stretch(Phase.TALKING, 46_000)),
    ),
    Lane(
        "burke", "Burke B",
        (Stretch(Phase.READY, _NINE + 900, 36_000), Stretch(Phase.FAULT, 36_000, 38_000),
         Stretch(Phase.PAUSED, 38_000, 45_000)),
        45_000, "logged off",
    ),
)  # fmt: skip

COLUMNS = (
    Column("time", 8, priority=9),
    Column("number", 16, priority=8),
    Column("name", 12, grow=2, priority=5),
    Column("queue", 8, grow=1, priority=4),
    Column("agent", 8, grow=1, priority=6),
    Column("talk", 7, "right", priority=3),
    Column("outcome", 10, priority=7),
    Column("cost", 10, "right", priority=1),
)
MILLION = 1_000_000


def call(index: int) -> Row:
    """Return a sample call."""
    missed = index % 7 == 3
    return Row(
        f"call-{index}",
        (
            f"{14 - index % 14:02}:{index * 7 % 60:02}:{index * 13 % 60:02}",
            f"+1 415 *** **{index % 100:02}",
            ("J. Doe", "山田 太郎", "[/] Dupont", "שרה לוי", "👩‍💻 Ann")[index % 5],
            ("support", "sales")[index % 2],
            ("Ames A", "Burke B", "Cho C")[index % 3],
            "–" if missed else f"{index % 9}:{index % 60:02}",
            "abandoned" if missed else "answered",
            f"0.{index % 1000:03} USD",
        ),
        levels=() if not missed else (Level.GOOD,) * 6 + (Level.WARNING, Level.GOOD),
        faint=index % 11 == 5,
    )


def clock(at: float) -> str:
    """Return the time of day of a sample moment."""
    return f"{int(at) // 3600:02}:{int(at) // 60 % 60:02}:{int(at) % 60:02}"


class Floor(Screen[None]):
    """The floor."""

    CSS = """
    #middle { height: 1fr; }
    #right { width: 40%; }
    #queues { height: 9; }
    Floor.narrow #right { display: none; }
    Floor.narrow #headline { height: 1; }
    Floor.narrow #queues { height: 6; }
    Floor.narrow #agents { height: 8; }
    #low { height: 0; }
    Floor.narrow #low { height: 1fr; }
    Banner, Headline { margin-bottom: 1; }
    """

    def compose(self) -> ComposeResult:
        """Lay out the panels."""
        yield Banner(id="banner")
        yield Headline(id="headline")
        with Horizontal(id="middle"):
            with Vertical():
                yield Queues(id="queues")
                yield Agents(id="agents")
            with Vertical(id="right"):
                yield Histogram(id="histogram")
                yield Sparkline(id="sparkline")
        yield Histogram(id="low")

    def on_mount(self) -> None:
        """Show the sample values."""
        self.query_one(Banner).show(
            Trust(Freshness.LIVE, 0.3, "", "Acme   all campaigns · all queues · today", "14:05:32")
        )
        self.query_one(Headline).show(RATES)
        self.query_one(Queues).show(QUEUES)
        self.query_one(Agents).show(TILES, NOW, "sorted by attention")
        for histogram in self.query(Histogram):
            histogram.show(HOURS)
        self.query_one(Sparkline).show([1, 3, 2, 5, 8, 7, 9, None, 4, 2])
        self.query_one(Queues).focus()

    def on_resize(self) -> None:
        """Choose the narrow layout on a small terminal."""
        self.set_class(self.size.width < 120, "narrow")


class Call(Screen[None]):
    """One call, over the table of calls."""

    CSS = "Lanes { height: 8; margin-bottom: 1; }"

    def compose(self) -> ComposeResult:
        """Lay out the panels."""
        for freshness in Freshness:
            yield Banner(id=f"banner-{freshness.name}")
        yield Lanes(clock=clock)
        yield Rows(COLUMNS)

    def on_mount(self) -> None:
        """Show the sample values."""
        for freshness, banner in zip(Freshness, self.query(Banner), strict=True):
            detail = {Freshness.AS_OF: "14:05", Freshness.DISCONNECTED: "no route to host"}
            age = 42.0 if freshness is Freshness.STALE else None
            banner.show(Trust(freshness, age, detail.get(freshness, ""), "Acme", "14:05:32"))
        self.query_one(Lanes).show(LANES, NOW)
        self.query_one(Rows).show([], MILLION)
        self.query_one(Rows).focus()

    def on_rows_wanted(self, message: Rows.Wanted) -> None:
        """Give the rows the table asks for."""
        end = min(MILLION, message.offset + message.count)
        rows = [call(index) for index in range(message.offset, end)]
        message.rows.show(rows, MILLION, message.offset, sorted_by=0)


class BigFigures(Panel):
    """Figures to be read from far."""

    VALUES = (
        BigValue("SERVICE LEVEL", "74.3%", Level.WARNING, "below 80 %", ("of 1,204 in 20 s",)),
        BigValue("WAITING", "4", Level.CRITICAL, "nobody is ready", ("est. 1:10",)),
        BigValue("LONGEST WAIT", "0:42", Level.GOOD, "", ("support",), "LONGEST"),
    )

    def draw(self, width: int, height: int) -> Picture:
        """Draw them in one row."""
        return draw_bigs(self.VALUES, width, height, 1 if width > 120 else 0, 3)


class Wall(Screen[None]):
    """Figures to be read from far, and a funnel."""

    CSS = "BigFigures { height: 2fr; } Funnel { height: 1fr; }"

    def compose(self) -> ComposeResult:
        """Lay out the panels."""
        yield Banner()
        yield BigFigures()
        yield Funnel()
        yield Lanes(clock=clock)

    def on_mount(self) -> None:
        """Show the sample values."""
        self.query_one(Banner).show(Trust(Freshness.LIVE, 0.3, "", "Acme", "14:05:32"))
        self.query_one(Funnel).show(FUNNEL)
        self.query_one(Lanes).show(DAYS, NOW)
        self.query_one(Funnel).focus()


_SCREENS: dict[str, type[Screen[None]]] = {"floor": Floor, "call": Call, "wall": Wall}


class Gallery(App[None]):
    """The widgets with sample values."""

    BINDINGS: ClassVar[list[BindingType]] = [
        ("1", "show('floor')", "Floor"),
        ("2", "show('call')", "Call"),
        ("3", "show('wall')", "Wall"),
    ]

    def __init__(self, start: str = "floor", theme: str = "textual-dark") -> None:
        super().__init__()
        self._start = start
        self.theme = theme

    def on_mount(self) -> None:
        """Open the first screen."""
        self.push_screen(_SCREENS[self._start]())

    def action_show(self, screen: str) -> None:
        """Go to another screen."""
        self.switch_screen(_SCREENS[screen]())


async def write(folder: Path) -> None:
    """Write each screen as SVG, narrow and wide, dark and light."""
    for theme in ("textual-dark", "textual-light"):
        for screen in _SCREENS:
            for size in ((80, 24), (160, 45)):
                app = Gallery(screen, theme)
                async with app.run_test(size=size) as pilot:
                    await pilot.pause()
                    name = f"{screen}-{theme.removeprefix('textual-')}-{size[0]}.svg"
                    (folder / name).write_text(app.export_screenshot(), encoding="utf-8")


if __name__ == "__main__":
    if len(sys.argv) > 1:
        Path(sys.argv[1]).mkdir(parents=True, exist_ok=True)
        asyncio.run(write(Path(sys.argv[1])))
    else:
        Gallery().run()
