"""Figures that stand in a row or a sentence, opened by their names: of what the cursor is on."""

from abc import abstractmethod
from typing import ClassVar, Final

from wallboard.metrics.catalogue import BY_SLUG
from wallboard.metrics.metric import Metric
from wallboard.questions.names import Name
from wallboard.screens.figure import FigureScreen
from wallboard.screens.figure_limits import Limits
from wallboard.screens.frame import BoardScreen
from wallboard.screens.key import Key
from wallboard.screens.picker import Picker

FIGURES: Final = Key(
    "f", "f", "figures", "figures", "open a figure: what it is made of, and the calls behind it"
)
OF_QUEUE: Final = (
    "service_level", "average_speed_of_answer", "abandonment_rate", "calls_waiting", "longest_wait",
    "estimated_wait", "total_calls", "answered_calls", "average_handle_time",
)  # fmt: skip
OF_AGENT: Final = (
    "average_handle_time", "connected_calls", "talk_time", "hold_time", "after_call_work_time",
    "call_conversion_rate", "conversion_rate", "sales_value",
)  # fmt: skip
OF_CAMPAIGN: Final = (
    "drop_rate", "drop_headroom", "dials", "dial_answer_rate", "contact_rate", "conversion_rate",
    "total_calls", "answer_rate", "call_conversion_rate", "average_handle_time", "exposures",
    "engagements", "conversions", "incremental_conversions", "incremental_revenue",
)  # fmt: skip
OF_WEB_CAMPAIGN: Final = (
    "conversions", "incremental_conversions", "incremental_revenue", "prospects", "exposures",
    "engagements", "chat_conversion_rate", "view_through_rate", "click_through_rate",
    "control_rate", "goal_type_average", "goals_after_engagement", "revenue_after_engagement",
    "contribution", "goals_reached", "aov_exposed", "aov_control",
)  # fmt: skip


def titled(metric: Metric) -> str:
    """The title of a metric, with the calls it counts where these are not all."""
    is_told = metric.scope not in {"inbound", "outbound"} or metric.scope in metric.title
    return metric.title if is_told else f"{metric.title} · {metric.scope}"


class Figures(BoardScreen):
    """A screen whose figures can be chosen by name, and opened."""

    OPENS: ClassVar[tuple[str, ...]] = ()
    """The metrics that are figures of the screen, most important first."""

    @abstractmethod
    def limits(self) -> Limits | None:
        """Whose figures are opened; None where the cursor is on nothing."""

    def opens(self) -> tuple[str, ...]:
        """The metrics that are figures of what is shown now."""
        return self.OPENS

    def action_figures(self) -> None:
        """Let a figure be chosen, and open it."""
        within = self.limits()
        if within is None:
            return

        def chosen(slug: str | None) -> None:
            if slug is not None:
                self.app.push_screen(FigureScreen(slug, within=within))

        names = tuple(Name(slug, titled(BY_SLUG[slug])) for slug in self.opens())
        self.app.push_screen(Picker("figure", names, is_limit=False), chosen)
