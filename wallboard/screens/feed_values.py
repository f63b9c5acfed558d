"""From the feeds' condition and what was odd about them to rows, pairs and words. Pure."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Final

from wallboard.board.feed_page import FeedPage, OpenedText
from wallboard.board.trust import SILENT_MS
from wallboard.counted import counted
from wallboard.questions.feed_answers import FeedHealth
from wallboard.screens.masked_text import mask_event, mask_reason
from widgets import figures
from widgets.status import Level
from widgets.table import Column, Row

Clock = Callable[[int], str]
Pair = tuple[str, str, Level]

FEEDS: Final = (
    Column("feed", 10, grow=1, priority=10),
    Column("state", 13, priority=9),
    Column("lag", 13, "right", priority=8),
    Column("events/s", 8, "right", priority=7),
    Column("last event", 11, "right", priority=6),
    Column("gaps", 5, "right", priority=5),
    Column("quarantined", 11, "right", priority=4),
    Column("unknown", 8, "right", priority=3),
    Column("repeated", 9, "right", priority=2),
    Column("events", 11, "right", priority=1),
    Column("address", 24, grow=3, priority=0),
)
QUARANTINE: Final = (
    Column("received", 12, priority=9),
    Column("feed", 8, grow=1, priority=2),
    Column("times", 5, "right", priority=3),
    Column("reason", 50, grow=12, priority=10),
)
GAPS: Final = (
    Column("from", 12, priority=10),
    Column("to", 12, priority=9),
    Column("missed", 6, "right", priority=8),
    Column("recovered", 9, priority=7),
    Column("feed", 8, grow=1, priority=4),
    Column("reason", 20, grow=6, priority=3),
)
TYPES: Final = (
    Column("type", 14, grow=1, priority=10),
    Column("events", 7, "right", priority=9),
    Column("last", 12, priority=8),
)

STAGES: Final[Mapping[str, tuple[str, Level]]] = {
    "live": ("● live", Level.GOOD),
    "finished": ("■ finished", Level.GOOD),
    "connecting": ("connecting", Level.NOTICE),
    "catching_up": ("catching up", Level.NOTICE),
    "stale": ("stale", Level.WARNING),
    "disconnected": ("disconnected", Level.CRITICAL),
    "refused": ("refused", Level.CRITICAL),
}
SILENT: Final = ("not collected", Level.CRITICAL)
SKEW_SECONDS: Final = 2.0
"""A clock that is further off than this makes waits and times wrong."""
SIZES: Final = ("bytes", "KiB", "MiB", "GiB", "TiB")


def feed_row(feed: FeedHealth, address: str, rate: float | None, now: int) -> Row:
    """One feed as a row."""
    words, level = STAGES.get(feed.stage, (feed.stage, Level.NOTICE))
    if feed.stage != "finished" and now - (feed.updated or 0) > SILENT_MS:
        words, level = SILENT
    state_level = level
    odd = Level.WARNING
    cells = (
        feed.feed, words, lag(feed, now), _per_second(rate), ago(feed.last_event, now),
        figures.count(feed.gaps), figures.count(feed.quarantined), figures.count(feed.unknown),
        figures.count(feed.repeated), figures.count(feed.events), address,
    )  # fmt: skip
    levels = [Level.GOOD] * len(cells)
    levels[1] = state_level
    levels[5] = odd if feed.gaps else Level.GOOD
    levels[6] = odd if feed.quarantined else Level.GOOD
    return Row(feed.feed, cells, level, tuple(levels))


def lag(feed: FeedHealth, now: int) -> str:
    """How far what is known is behind the feed: in events where that is known, else in time."""
    if feed.stage == "finished":
        return figures.UNKNOWN
    if feed.behind:
        return f"{figures.count(feed.behind)} events"
    return figures.UNKNOWN if feed.heard is None else figures.age((now - feed.heard) / 1000)


def _per_second(rate: float | None) -> str:
    """A rate of events."""
    if rate is None:
        return figures.UNKNOWN
    return f"{rate:.1f}" if rate < 100 else figures.count(rate)


def ago(at: int | None, now: int) -> str:
    """How long ago something was."""
    return figures.UNKNOWN if at is None else f"{figures.age((now - at) / 1000)} ago"


def feed_pairs(feed: FeedHealth, rate: float | None, now: int, moment: Clock) -> list[Pair]:
    """What there is to know of one feed: names, values and how bad they are."""
    skew = feed.skew_seconds
    is_skewed = skew is not None and abs(skew) > SKEW_SECONDS
    retry = None
    if feed.retry_at is not None and feed.retry_at > now:
        retry = f"in {max(1, round((feed.retry_at - now) / 1000))} s"
    bad, good = Level.WARNING, Level.GOOD
    pairs = [
        ("state since", moment(feed.since) if feed.since is not None else figures.UNKNOWN, good),
        ("lag", lag(feed, now), bad if feed.behind else good),
        *([("heard", ago(feed.heard, now), good)] if feed.behind else []),
        ("last event", ago(feed.last_event, now), good),
        ("clock skew", skew_words(skew), bad if is_skewed else good),
        ("events per second", _per_second(rate), good),
        ("events taken in", figures.count(feed.events), good),
        ("older to fetch", figures.count(feed.backlog), good),
        ("repeated", figures.count(feed.repeated), good),
        ("of unknown type", figures.count(feed.unknown), Level.NOTICE if feed.unknown else good),
        ("quarantined", figures.count(feed.quarantined), bad if feed.quarantined else good),
        ("gaps not filled", figures.count(feed.gaps), bad if feed.gaps else good),
    ]
    return [*pairs, ("next attempt", retry, bad)] if retry else pairs


def skew_words(skew: float | None) -> str:
    """How the feed's clock stands against this machine's."""
    if skew is None:
        return figures.UNKNOWN
    if abs(skew) < 0.05:
        return "none"
    return f"{abs(skew):.1f} s {'ahead' if skew > 0 else 'behind'}"


def collector_words(page: FeedPage | None, feeds: Sequence[FeedHealth], trouble: str) -> str:
    """Who collects, and the cache it collects into."""
    if page is None:
        return "reading …"
    size = f"cache {size_words(page.cache_bytes)}"
    if page.log_bytes:
        size += f" and {size_words(page.log_bytes)} of log"
    where = f"{size} · {_short(page.cache)}"
    if page.anew:
        where += f" · {page.anew}"
    if trouble:
        return f"! {trouble} · {where}"
    if page.collector is None:
        # Files that are through need nobody.
        is_over = all(feed.stage == "finished" for feed in feeds)
        return f"{'' if is_over else '! '}nobody collects · {where}"
    who = f"process {page.collector}" if page.collector else "another process"
    return f"collector: {who} · {where}"


def _short(path: Path) -> str:
    """A path, from the home folder on where it is in there."""
    home = Path.home()
    return f"~/{path.relative_to(home)}" if path.is_relative_to(home) else str(path)


def size_words(size: int) -> str:
    """A size in bytes as it is read: `12.4 MiB`."""
    amount, unit = float(size), 0
    while amount >= 1024 and unit < len(SIZES) - 1:
        amount, unit = amount / 1024, unit + 1
    return f"{amount:.0f} {SIZES[unit]}" if not unit else f"{amount:.1f} {SIZES[unit]}"


def quarantine_rows(page: FeedPage, masked: bool, moment: Clock) -> list[Row]:
    """What is in quarantine; numbers in a reason, which may quote the event, are masked."""
    return [
        Row(
            str(line.number),
            (
                moment(line.received), line.feed, figures.count(line.times),
                mask_reason(line.sentence) if masked else line.sentence,
            ),
        )
        for line in page.quarantine
    ]  # fmt: skip


def gap_rows(page: FeedPage, moment: Clock) -> list[Row]:
    """The gaps, those that were not filled marked."""
    return [
        Row(
            str(at),
            (
                moment(gap.started), moment(gap.ended), figures.count(gap.missed),
                "yes" if gap.is_recovered else "no", gap.feed, gap.reason,
            ),
            Level.GOOD if gap.is_recovered else Level.WARNING,
            faint=gap.is_recovered,
        )
        for at, gap in enumerate(page.gaps)
    ]  # fmt: skip


def type_rows(page: FeedPage, moment: Clock) -> list[Row]:
    """The types that are not known."""
    return [
        Row(known.type, (known.type, figures.count(known.events), moment(known.last)))
        for known in page.types
    ]


def raw_words(page: FeedPage, opened: OpenedText, masked: bool) -> str:
    """The whole reason over the raw text."""
    reasons = [line.sentence for line in page.quarantine if line.number == opened.number]
    reason = "".join(f"{mask_reason(one) if masked else one}\n\n" for one in reasons)
    if opened.text is None:
        return f"{reason}The text of this event is no longer kept ([cache] keep_event_days)."
    text = mask_event(opened.text) if masked else opened.text
    if opened.left_out:
        text += f"\n… {counted(opened.left_out, 'byte')} more"
    return reason + text


def title(name: str, page: FeedPage) -> str:
    """What stands over a list."""
    match name:
        case "quarantine":
            many = figures.count(len(page.quarantine))
            return f"QUARANTINED  {many}, newest first" if page.quarantine else "QUARANTINED"
        case "gaps":
            lost = sum(not gap.is_recovered for gap in page.gaps)
            return f"GAPS  {lost} not filled, of {len(page.gaps)}" if page.gaps else "GAPS"
        case _:
            return f"UNKNOWN TYPES  {len(page.types)}" if page.types else "UNKNOWN TYPES"
