"""The contacts that a campaign dials: loaded from lists, filtered, tried again."""

from heapq import heappop, heappush
from typing import TYPE_CHECKING

from msgspec import Struct

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
SECONDS_A_RECORD = 0.02
"""How long it takes to load one."""


class Contact(Struct):
    """Somebody to be called, and how often that was tried."""

    id: str
    list: str
    part: str | None
    person: Person
    attempts: int = 0


class _List(Struct):
    """A list that grows as its contacts arrive: since when, how many, and what is rejected of it.

    `rejects` are shares of the records by reason.
    """

    id: str
    name: str
    since: float
    rejects: dict[str, float]
    accepted: int = 0


class Contacts:
    """The supply of one campaign in one block."""

    def __init__(self, stage: Stage, campaign: Campaign) -> None:
        self.stage = stage
        self.campaign = campaign
        self._lists: list[_List] = []
        self._fresh: list[Contact] = []
        self._again: list[tuple[float, int, Contact]] = []
        self._retries = 0

    def load(self) -> None:
        """The lists of the day are opened; their contacts arrive as they are needed."""
        stage = self.stage
        for number, name in enumerate(self.campaign.lists, 1):
            records = stage.random.randint(2_000, 9_000)
            rejects = {
                reason: stage.random.randint(0, records // 60) / records for reason in FILTERS[1:3]
            }
            identity = f"{stage.block.tag}-{self.campaign.id}-{number}"
            self._lists.append(_List(identity, name, stage.now, rejects))

    def _tell(self, one: _List) -> None:
        """How much of a list was loaded so far."""
        stage = self.stage
        whole = one.accepted / (1 - sum(one.rejects.values()))
        rejects = {reason: round(whole * share) for reason, share in one.rejects.items()}
        rejected = sum(rejects.values())
        finished = one.since + one.accepted * SECONDS_A_RECORD
        data: Data = {
            "list": one.id,
            "name": f"{one.name} {stage.block.local(0):%Y-%m-%d}",
            "original_name": f"{one.name.lower().replace(' ', '_')}.csv",
            "campaign": self.campaign.id,
            "account": self.campaign.account,
            "started": stage.time(one.since - stage.now),
            "finished": stage.time(finished - stage.now),
            "records": one.accepted + rejected,
            "rejected": rejected,
            "rejects": rejects,
        }
        stage.emit("list.loaded", one.id, data)

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
        grown: dict[str, _List] = {}
        while len(self._fresh) < PORTION:
            person = draw_person(random)
            identity = stage.identify("k")
            of = random.choice(self._lists)
            of.accepted += 1
            grown[of.id] = of
            contact = Contact(
                identity,
                of.id,
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
        for one in grown.values():
            self._tell(one)
