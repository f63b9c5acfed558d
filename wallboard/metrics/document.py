"""The catalogue in words: docs/metrics.md, made from its entries.

python -m wallboard.metrics.document > docs/metrics.md
"""

import sys
from collections.abc import Iterator
from itertools import groupby
from typing import Final

from wallboard.metrics.catalogue import CATALOGUE
from wallboard.metrics.metric import Better, Category, Direction, Metric, Unit

_CATEGORIES: Final[dict[Category, str]] = {
    "demand": "Demand",
    "attribution": "Attribution",
    "lead_quality": "Lead quality",
    "handling": "Handling",
    "conversation": "Conversation",
    "revenue": "Revenue",
    "integrity": "Integrity",
    "outbound": "Outbound",
    "live": "Live",
    "campaign": "Web campaigns",
}
_SCOPES: Final[dict[Direction, str]] = {
    "inbound": "inbound calls",
    "outbound": "outbound calls",
    "all": "both directions",
    "web": "visits",
}
_UNITS: Final[dict[Unit, str]] = {
    "count": "count",
    "ratio": "share from 0 to 1",
    "number": "number",
    "seconds": "seconds",
    "money": "money",
    "score": "score",
    "breakdown": "rows by a key, no value",
}
_BETTER: Final[dict[Better, str]] = {
    "up": "more is better",
    "down": "less is better",
    "none": "neither is better",
}

_HEAD: Final = """\
<!-- Made by `python -m wallboard.metrics.document`; a test holds it equal to the code. -->

# Metrics

Every metric of the catalogue: what it is reckoned from, what it tells, when not to believe it, and
which events it needs. Where the formulas leave room, [Decisions](decisions.md#metrics) says what
was made of it.

```
wallboard metrics --list
wallboard metrics answer_rate service_level --from 2026-11-01 --to 2026-11-30
wallboard metrics answer_rate --by hour --campaign spring
wallboard metrics abandonment_rate --compare --format json
wallboard metrics missed_calls --calls
wallboard metrics --explain drop_rate
```

**Values.** Shares are 0 to 1, durations seconds, money is in the configured currency. Ratios and
means have a numerator and a denominator. Nothing is ever 0 in place of unknown: a ratio over
nothing is null, and so is a metric whose events the feed has never sent; a note names the type.

**Period.** A call, and all that became of it, belongs to the local day on which it started. Where
the feed has lost events of the period, or has not brought all of them yet, the answer is marked as
not complete.

**`--explain`** prints an entry with its figures and the SQL they come from. **`--calls`** lists the
calls behind numerator and denominator: of a sum those whose value enters it, of callers and
customers their calls that are counted, of touches the calls that they are credited with. Where a
figure is made of something else, such as visits or users, it says so.
"""


def document() -> str:
    """The text of docs/metrics.md."""
    return "\n".join([_HEAD, *_sections()])


def _sections() -> Iterator[str]:
    for category, metrics in groupby(CATALOGUE, key=lambda metric: metric.category):
        yield f"## {_CATEGORIES[category]}"
        yield ""
        for metric in metrics:
            yield from _entry(metric)


def _entry(metric: Metric) -> Iterator[str]:
    also = ", an estimate" if metric.estimate else ""
    yield f"### {metric.number}. {metric.title}"
    yield ""
    yield (
        f"`{metric.slug}` · {_UNITS[metric.unit]}{also} · {_SCOPES[metric.scope]}"
        f" · {_BETTER[metric.better]}"
    )
    yield ""
    yield f"- **Formula:** {_escaped(metric.formula)}"
    yield f"- **Tells:** {_escaped(metric.tells)}"
    yield f"- **Misleads:** {_escaped(metric.misleads)}"
    yield f"- **Needs:** {', '.join(_need(need) for need in metric.needs)}"
    yield ""


def _need(need: str) -> str:
    return " or ".join(f"`{kind}`" for kind in need.split("|"))


def _escaped(text: str) -> str:
    """What Markdown would read as a tag is a comparison here."""
    return text.replace("<", "\\<")


if __name__ == "__main__":
    sys.stdout.write(document())
