"""What is said of one campaign: its facts, and how many drops are left. Pure."""

from collections.abc import Callable

from wallboard.board.campaign_page import Campaign
from wallboard.board.drop_budget import DropBudget
from wallboard.screens.campaigns_values import rate
from wallboard.screens.drop_budget_words import drops, out_words, percent
from widgets import figures
from widgets.status import Level


def facts(page: Campaign, currency: str) -> tuple[str, str]:
    """The campaign in two lines: what it is, then its figures that count most."""
    about = page.facts
    said = [about.name]
    if about.is_web or about.channel not in {None, "voice"}:
        said.append(about.channel or "")
    else:
        said.append(about.direction or "direction not known")
    if about.goal_name:
        said.append(
            f"goal {about.goal_name}" + (f" ({about.goal_type})" if about.goal_type else "")
        )
    if about.account:
        said.append(f"account {about.account}")
    if about.control_share is not None:
        said.append(f"control group {percent(about.control_share)}")
    if about.drop_limit is not None and about.direction != "inbound":
        within = "" if about.drop_seconds is None else f" within {about.drop_seconds:g} s"
        said.append(f"drops at most {percent(about.drop_limit)}{within}")
    if page.parts:
        said.append(f"parts: {', '.join(page.parts)}")
    return " · ".join(said), " · ".join(_headlines(page, currency))


def _headlines(page: Campaign, currency: str) -> list[str]:
    if page.facts.is_web:
        after = page.figure("goals_after_engagement").value
        revenue = page.figure("revenue_after_engagement").value
        gained = page.figure("incremental_revenue").value
        smaller = page.figure("goals_reached").value
        return [
            f"{figures.count(after)} goal{'s' * (after != 1)} after chats and clicks",
            f"{figures.money(revenue, currency)} revenue after them",
            f"{figures.money(gained, currency)} incremental revenue",
            f"{figures.count(smaller)} smaller goal{'s' * (smaller != 1)} reached",
        ]
    said: list[str] = []
    if page.figure("total_calls").value:
        said.append(_counted(page, "total_calls", "call", " in"))
        said.append(f"answered {rate(page.figure('answer_rate'))}")
    if page.figure("dials").value:
        said.append(_counted(page, "dials", "dial"))
        answered, contacts = page.figure("dial_answer_rate"), page.figure("contact_rate")
        if answered.denominator == contacts.denominator:
            of_both = f"answered {figures.share(answered.value)}, contacts {rate(contacts)}"
            said.append(of_both)
        else:
            said += [f"answered {rate(answered)}", f"contacts {rate(contacts)}"]
        said.append(f"drop rate {rate(page.figure('drop_rate'))}")
    return said or ["no call in the period"]


def _counted(page: Campaign, slug: str, what: str, more: str = "") -> str:
    value = page.figure(slug).value
    return f"{figures.count(value)} {what}{'s' * (value != 1)}{more}"


def budget_lines(
    budget: DropBudget | None, today: bool, clock: Callable[[int], str]
) -> tuple[tuple[str, Level], ...]:
    """Drop compliance in two lines: the day, then the 30 days that end with it."""
    if budget is None:
        return (("Nobody who was called has answered in these 30 days.", Level.GOOD),)
    day = "today" if today else f"{budget.day:%d %b}"
    said = f"{day}  {figures.share(budget.rate)} of {figures.count(budget.live)} live answers"
    said += f" · {drops(budget.dropped)}"
    level = Level.GOOD
    if budget.left_today is not None:
        level = Level.WARNING if budget.is_day_over else Level.GOOD
        side = "over" if budget.left_today < 0 else "left"
        said += f" · {figures.count(abs(budget.left_today))} {side} by this day alone"
        said += out_words(budget.runs_out_today, clock)
    rolling = f"30 days  {figures.share(budget.rolling)} against {percent(budget.limit)}"
    if not budget.is_telling:
        return ((said, level), (f"{rolling} · too few answers to tell", Level.GOOD))
    if budget.is_over:
        rolling += f" · {_left(budget.left)} · OVER THE LIMIT"
    else:
        rolling += f", within the limit · {_left(budget.left)}{out_words(budget.runs_out, clock)}"
    return ((said, level), (rolling, Level.CRITICAL if budget.is_over else Level.GOOD))


def _left(left: int) -> str:
    return f"{drops(-left)} over" if left < 0 else f"{drops(left)} left"
