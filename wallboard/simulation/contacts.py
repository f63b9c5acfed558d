"""The contacts that a campaign dials: loaded from lists, filtered, tried again."""

from dataclasses import dataclass
from heapq import heappop, heappush
from typing import TYPE_CHECKING

from wallboard.simulation.lines import Campaign
from wallboard.simulation.population import Person, draw_person
from wallboard.simulation.stage import Stage

if TYPE_CHECKING:
    from wallboard.simulation.outbox import Data

FILTERS = ("do_not_call", "duplicate", "invalid_number", "time_window")
MOST_ATTEMPTS = 3
SHARE_TRIED_AGAIN = 0.6
PORTION = 40
"""Contacts that are put in front of the dialler at a time."""


@dataclass(slots=True)
class Contact:
    """Somebody to be called, and how often that was tried."""

    id: str
    list: str
    part: str | None
    person: Person
    attempts: int = 0


class Contacts:
    """The supply of one campaign in one block."""

    def __init__(self, stage: Stage, campaign: Campaign) -> None:
        self.stage = stage
        self.campaign = campaign
        self._lists = [
            f"{stage.block.tag}-{campaign.id}-{n + 1}" for n in range(len(campaign.lists))
        ]
        self._fresh: list[Contact] = []
        self._again: list[tuple[float, int, Contact]] = []
        self._retries = 0

    def load(self) -> None:
        """The lists of the day arrive."""
        stage = self.stage
        for name, identity in zip(self.campaign.lists, self._lists, strict=True):
            records = stage.random.randint(2_000, 9_000)
            reasons: dict[str, int] = {
                reason: stage.random.randint(0, records // 60) for reason in FILTERS[1:3]
            }
            data: Data = {
                "list": identity,
                "name": f"{name} {stage.block.local(0):%Y-%m-%d}",
                "original_name": f"{name.lower().replace(' ', '_')}.csv",
                "campaign": self.campaign.id,
                "account": self.campaign.account,
                "started": stage.time(),
                "finished": stage.time(),
                "records": records,
                "rejected": sum(reasons.values()),
                "rejects": reasons,
            }
            stage.emit("list.loaded", identity, data)

    def next(self) -> Contact:
        """The next to be dialled: one whose retry is due, else a new one."""
        if self._again and self._again[0][0] <= self.stage.now:
            return heappop(self._again)[2]
        if not self._fresh:
            self._fill()
        return self._fresh.pop()

    def again(self, contact: Contact) -> None:
        """Try somebody who was not reached later once more, but not for ever."""
        if contact.attempts < MOST_ATTEMPTS and self.stage.chance(SHARE_TRIED_AGAIN):
            self._retries += 1
            due = self.stage.now + self.stage.random.uniform(2_400, 9_000)
            heappush(self._again, (due, self._retries, contact))

    def _fill(self) -> None:
        stage = self.stage
        random = stage.random
        while len(self._fresh) < PORTION:
            person = draw_person(random)
            contact = Contact(
                stage.identify("k"),
                random.choice(self._lists),
                random.choice(self.campaign.parts) if self.campaign.parts else None,
                person,
            )
            data: Data = {
                "contact": contact.id,
                "list": contact.list,
                "campaign": self.campaign.id,
                "name": person.name,
                "phone": person.number,
                "tags": [random.choice(("new", "lapsed", "loyal"))],
            }
            stage.emit("contact.added", contact.id, data)
            if random.random() < 0.04:
                reason = random.choice(FILTERS)
                filtered: Data = {"contact": contact.id, "list": contact.list, "reason": reason}
                stage.emit("contact.filtered", contact.id, filtered)
                continue
            self._fresh.append(contact)
