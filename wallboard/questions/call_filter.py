"""Which calls a list is of."""

from msgspec import Struct


class CallPart(Struct, frozen=True):
    """The answered dials of one campaign, sub_campaign, queue or trunk (`dimension`), or of any.

    `key` is its id, None for those that have none; `live`: only those that a person answered.
    """

    dimension: str
    key: str | None
    live: bool = True


class CallFilter(Struct, frozen=True):
    """Which calls are listed; None for all. `text` is looked for in numbers, names, ids and more.

    `state`: open, answered, missed, abandoned, short_abandoned, dropped, voicemail, ... or
    not_called_back (abandoned or missed, and no outbound call to the number since). `masked`: the
    text may find a number only by the digits that masking shows, or by the number typed whole.
    `team`: of whose agents the one who answered last is, as metrics count; teams as last known.
    `disposition`: as the agent chose it, empty for the calls of which none was chosen.
    `times`: started within one of these, from and up to (UTC ms). `source`: whose the calls are,
    where the same ids of another are not meant.
    """

    text: str = ""
    campaign: str | None = None
    queue: str | None = None
    agent: str | None = None
    team: str | None = None
    number: str | None = None
    direction: str | None = None
    state: str | None = None
    disposition: str | None = None
    start: int | None = None
    end: int | None = None
    masked: bool = False
    part: CallPart | None = None
    times: tuple[tuple[int, int], ...] = ()
    source: int | None = None
