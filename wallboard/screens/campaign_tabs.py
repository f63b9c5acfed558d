"""The tabs of one campaign: their keys, their panels, and what each needs read."""

from typing import Final, Literal, TypeAlias, get_args

from textual.containers import Container

from wallboard.board.campaign_page import CampaignWanted
from wallboard.board.drop_change_page import DropChangeWanted
from wallboard.board.pages import PageWanted
from wallboard.board.results_page import ResultsWanted
from wallboard.screens.campaign_panels import Goals, Overview, ResultsPanel, SideBySide, Why
from wallboard.screens.key import Key

Tab: TypeAlias = Literal["overview", "sides", "results", "why", "goals"]
TABS: Final = (
    Key("o", "o", "overview", "tab('overview')", "how the campaign goes"),
    Key("v", "v", "side by side", "tab('sides')", "this period against the one before"),
    Key("r", "r", "results", "tab('results')", "campaign results beside call reports"),
    Key("w", "w", "why it drops", "tab('why')", "why the drop rate moved"),
)
WEB_TABS: Final = (
    *TABS[:2],
    Key("r", "r", "goals", "tab('goals')", "what the campaign did for all goals"),
)
FOCUSED: Final[dict[Tab, str]] = {
    "overview": "#made",
    "sides": "#both",
    "results": "#reconciled",
    "why": "#parts",
    "goals": "#all-goals",
}
PANELS: Final[dict[Tab, type[Container]]] = {
    "overview": Overview,
    "sides": SideBySide,
    "results": ResultsPanel,
    "why": Why,
    "goals": Goals,
}
WANTED: Final[dict[Tab, PageWanted]] = {
    "overview": CampaignWanted(),
    "goals": CampaignWanted(),
    "results": ResultsWanted(),
    "why": DropChangeWanted(),
}


def tabs_of(campaign: str | None, *, is_web: bool) -> tuple[Key, ...]:
    """Together, campaigns (None) have no overview; one on the web has no calls to reconcile."""
    if is_web:
        return WEB_TABS
    return TABS if campaign is not None else TABS[1:]


def names_of(tabs: tuple[Key, ...]) -> list[Tab]:
    """The names of tabs by their keys, in the order of all."""
    actions = {key.action for key in tabs}
    return [name for name in get_args(Tab) if f"tab('{name}')" in actions]
