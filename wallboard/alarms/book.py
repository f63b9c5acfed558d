"""What stands of every alarm, from one evaluation to the next, and what of it is in the cache.

What is in memory runs ahead; each writing brings the cache up to it in one short transaction. So an
evaluation whose writing fails is made good by the next.
"""

import sqlite3
from collections.abc import Collection
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from wallboard.alarms import rows
from wallboard.alarms.machine import NOTHING, OFF, Latch, Level, Reading, Standing, step
from wallboard.alarms.payload import ENDED, ESCALATED, RAISED, message
from wallboard.alarms.rows import CRITICAL, Peak, Row
from wallboard.alarms.rules import THRESHOLD, Observation
from wallboard.cache.transaction import transaction
from wallboard.config import Webhook

FLAP_MS: Final = 5 * 60_000
"""What comes back within so long after its end is the same alarm, and is not told anew."""
WRITE_MS: Final = 5_000
"""The value of an alarm that stands is written no more often."""
AGAIN_MS: Final = 15_000
"""And no less often."""

LAPSED: Final = "nothing was measured any more"

Key = tuple[str, str]
"""Rule and key."""


class Watched(Struct, frozen=True):
    """One thing that is watched: where it stands, and what was last seen of it."""

    seen: Observation
    standing: Standing = NOTHING
    peak: Peak | None = None

    @property
    def is_idle(self) -> bool:
        """Whether no threshold is passed, and nothing stands."""
        return self.standing.warning.since is None and self.standing.critical.since is None


class AlarmBook:
    """The alarms of one cache, by its one writer of alarms. For one thread at a time."""

    def __init__(self, writing: sqlite3.Connection, flap_ms: int = FLAP_MS) -> None:
        self._db = writing
        self._flap_ms = flap_ms
        self._written: dict[Key, Row] = rows.open_rows(writing)
        self._reasons: dict[Key, str] = {}
        # What stood when the last collector ended stands until a value says otherwise.
        self._watched: dict[Key, Watched] = {
            key: Watched(row.seen(), _standing_of(row), row.worst)
            for key, row in self._written.items()
        }

    def keys(self, rule: str) -> set[str]:
        """The keys of a rule of which anything is watched."""
        return {key for of, key in self._watched if of == rule}

    def thresholds(self) -> set[str]:
        """The rules of the configuration of which anything is watched."""
        return {rule for (rule, _), one in self._watched.items() if one.seen.kind == THRESHOLD}

    def oldest_raised(self, rule: str) -> int | None:
        """When the first alarm of this rule that stands was raised (UTC ms)."""
        return min((r.raised for (of, _), r in self._written.items() if of == rule), default=None)

    def see(self, seen: Observation, now: int) -> None:
        """Take in what was seen of one thing now (UTC ms)."""
        key = (seen.rule, seen.key)
        before = self._watched.get(key)
        standing = step(seen.limits, before.standing if before else NOTHING, seen.reading, now)
        peak = before.peak if before else None
        watched = Watched(seen, standing, peak)
        value = seen.reading.value
        if value is None and before is not None and before.standing.level > standing.level:
            self._reasons[key] = LAPSED
        if watched.is_idle:
            watched = replace(watched, peak=None)
        elif value is not None and standing.is_known:
            upward = seen.limits.upward
            if peak is None or (value > peak.value if upward else value < peak.value):
                watched = replace(watched, peak=Peak(value, now, seen.reading.sample))
        if watched.is_idle and seen.kind != THRESHOLD:
            # What is stuck is found when it is: of what is not, nothing has to be remembered.
            self._watched.pop(key, None)
        else:
            self._watched[key] = watched

    def see_no_other(self, rule: str, seen: Collection[str], now: int, of: str = "") -> None:
        """Take in that of a rule only these keys are found, of those that begin with `of`."""
        for key in self.keys(rule) - set(seen):
            if key.startswith(of):
                self.see(replace(self._watched[rule, key].seen, reading=Reading(0.0)), now)

    def name_of(self, rule: str, key: str) -> str:
        """The name that a key of a rule was last seen by."""
        return self._watched[rule, key].seen.name

    def over(self, rule: str, reason: str) -> None:
        """End what stands of a rule, for a reason in words, and forget what was seen of it."""
        for key in self.keys(rule):
            del self._watched[rule, key]
            self._reasons[rule, key] = reason

    def write(self, now: int) -> bool:
        """Bring the cache up to what stands; tell whether there is anything to post.

        Raises sqlite3.Error; nothing is written then, and the next writing makes it good.
        """
        standing = {k: w for k, w in self._watched.items() if w.standing.level is not Level.NONE}
        over = [key for key in self._written if key not in standing]
        begun = [key for key in standing if key not in self._written]
        other = [key for key in standing if key in self._written and self._differs(key, now)]
        if not (over or begun or other):
            return False
        written, told = dict(self._written), False
        with transaction(self._db):
            for key in over:
                row = written.pop(key)
                rows.end(self._db, row, now, self._reasons.get(key, ""))
                told |= self._tell(rows.hooks_told(self._db, row.alarm), row, ENDED, now)
            for key in (*begun, *other):
                written[key], event = self._brought_up(written.get(key), standing[key], now)
                if event:
                    hooks = standing[key].seen.actions.hooks
                    told |= self._tell(hooks, written[key], event, now)
        self._written = written
        self._reasons.clear()
        return told

    def _differs(self, key: Key, now: int) -> bool:
        """Whether an alarm that stands is to be written anew."""
        row, watched = self._written[key], self._watched[key]
        if row.level != watched.standing.level.name.lower():
            return True
        passed = now - row.updated
        is_other = row.value != watched.seen.reading.value
        return passed >= AGAIN_MS or (passed >= WRITE_MS and is_other) or passed < 0

    def _brought_up(self, before: Row | None, watched: Watched, now: int) -> tuple[Row, str]:
        """Write one that stands: begun, come back, or other than it was; with what to tell."""
        seen, standing, peak = watched.seen, watched.standing, watched.peak
        if before is None:
            back = rows.ended_since(self._db, seen, now - self._flap_ms)
            if back is None:
                return rows.insert(self._db, Row.begun(seen, standing, peak, now)), RAISED
            before = replace(back, flaps=back.flaps + 1)
            # Nobody was told of an end that did not last.
            rows.withhold(self._db, before.alarm, ENDED)
        row = before.with_values(seen, standing, peak, now)
        rows.update(self._db, row)
        is_worse = row.critical_since is not None and before.critical_since is None
        return row, ESCALATED if is_worse else ""

    def _tell(self, hooks: tuple[Webhook, ...], row: Row, event: str, now: int) -> bool:
        """Have what happened posted: an end only once it has lasted."""
        due = now + self._flap_ms if event == ENDED else now
        for hook in hooks:
            rows.post(self._db, row.alarm, hook, event, message(event, row, now), due)
        return bool(hooks)


def _standing_of(row: Row) -> Standing:
    latch = Latch(is_on=True, since=row.started)
    critical = latch if row.level == CRITICAL else OFF
    return Standing(latch, critical, row.updated, is_known=True)
