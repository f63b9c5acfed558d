"""How the state of the data is shown."""

from typing import Final

from wallboard.board.trust import State
from widgets.banner import Freshness

FRESHNESS: Final = {
    State.LIVE: Freshness.LIVE,
    State.FINISHED: Freshness.AS_OF,
    State.CATCHING_UP: Freshness.CATCHING_UP,
    State.WAITING: Freshness.WAITING,
    State.STALE: Freshness.STALE,
    State.DISCONNECTED: Freshness.DISCONNECTED,
    State.NOT_COLLECTING: Freshness.NOT_COLLECTING,
    State.NO_FEED: Freshness.NO_FEED,
    State.UNREADABLE: Freshness.UNREADABLE,
    State.NOT_READING: Freshness.NOT_READING,
    State.PAST: Freshness.PAST,
}
