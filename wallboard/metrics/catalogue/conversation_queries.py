"""The SQL about lengths, moods and phrases, for itself or from what another pass has gathered.

Each rests on a few aggregates over all calls that are asked about. Where there is a pass over the
same calls anyway, these are gathered on the way, and the rest is worked out from them.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, NamedTuple

from wallboard.metrics.metric import CALLS, Derived


class Gathered(NamedTuple):
    """SQL that names what each aggregate gave as :gathered_0 and so on, 0 over nothing."""

    sql: str
    parts: tuple[Derived, ...]


def _of(sql: str) -> Derived:
    return Derived(sql, "1", CALLS)


_LENGTHS: Final = """WITH lengths AS MATERIALIZED (
  SELECT {given}
)
SELECT 'value' AS part, key, (ranks ->> 'p50') / 1000.0 AS value FROM lengths
WHERE ranks IS NOT NULL
UNION ALL
SELECT 'mark', mark.key, mark.value / 1000.0
FROM lengths CROSS JOIN json_each(lengths.ranks) mark"""

_RANKS: Final = "nearest_ranks(calls.ended - calls.started)"

LENGTHS: Final = _LENGTHS.replace(
    "{given}",
    f"{{key}} AS key, {_RANKS} AS ranks\n  {{source}} AND calls.ended IS NOT NULL {{group}}",
)
"""The lengths of ended calls at their ranks, in seconds; see wallboard.metrics.nearest_ranks."""

_MOODS: Final = """WITH counted AS MATERIALIZED (
  SELECT {given}
),
moods AS (
  SELECT 1 AS number, 'positive' AS key, positive AS calls, scored FROM counted
  UNION ALL SELECT 2, 'neutral', neutral, scored FROM counted
  UNION ALL SELECT 3, 'negative', negative, scored FROM counted
)
SELECT key, calls AS value, calls AS numerator, NULL AS denominator,
  1.0 * calls / nullif(scored, 0) AS share
FROM moods ORDER BY number"""

_COUNTED: Final = {
    "positive": "count(CASE WHEN quality.sentiment > 0.25 THEN 1 END)",
    "neutral": "count(CASE WHEN quality.sentiment BETWEEN -0.25 AND 0.25 THEN 1 END)",
    "negative": "count(CASE WHEN quality.sentiment < -0.25 THEN 1 END)",
    "scored": "count(quality.sentiment)",
}

MOODS: Final = _MOODS.replace(
    "{given}",
    ",\n    ".join(f"{sql} AS {name}" for name, sql in _COUNTED.items())
    + "\n  {source} AND quality.sentiment IS NOT NULL",
)
"""Calls by what was heard in them, each a row."""

_PHRASES: Final = """WITH analysed AS MATERIALIZED (
  SELECT value ->> 1 AS phrases, value ->> 0 AS calls FROM json_each({given})
),
mentions AS (
  SELECT DISTINCT analysed.phrases, analysed.calls AS calls, said.value AS phrase
  FROM analysed CROSS JOIN json_each(analysed.phrases) said
),
wanted AS (
  SELECT value AS phrase FROM json_each(:target_phrases)
  UNION SELECT phrase FROM mentions WHERE :target_phrases = '[]'
),
counted AS (
  SELECT wanted.phrase AS key, coalesce(sum(mentions.calls), 0) AS calls
  FROM wanted LEFT JOIN mentions ON mentions.phrase = wanted.phrase GROUP BY wanted.phrase
),
known AS (SELECT coalesce(sum(calls), 0) AS calls FROM analysed)
SELECT key, 1.0 * counted.calls / nullif(known.calls, 0) AS value,
  counted.calls AS numerator, known.calls AS denominator
FROM counted CROSS JOIN known ORDER BY counted.calls DESC, key"""

_TALLY: Final = "tally(quality.phrases)"

BY_PHRASE: Final = _PHRASES.replace(
    "{given}", f"(\n    SELECT {_TALLY} {{source}} AND quality.analysed = 1)"
)
"""Analysed calls by the phrases that they mention."""

GATHERED: Final[Mapping[str, Gathered]] = MappingProxyType(
    {
        LENGTHS: Gathered(
            _LENGTHS.replace("{given}", "'' AS key, nullif(:gathered_0, 0) AS ranks"),
            (_of(_RANKS),),
        ),
        MOODS: Gathered(
            _MOODS.replace(
                "{given}",
                ", ".join(f":gathered_{place} AS {name}" for place, name in enumerate(_COUNTED)),
            ),
            tuple(map(_of, _COUNTED.values())),
        ),
        BY_PHRASE: Gathered(
            _PHRASES.replace("{given}", "nullif(:gathered_0, 0)"),
            (_of(f"{_TALLY} FILTER (WHERE quality.analysed = 1)"),),
        ),
    }
)
"""By the SQL that they stand for."""
