"""What clients of the feed ask for, and the refusals that they get, in plain sentences."""

from dataclasses import dataclass
from hmac import compare_digest
from urllib.parse import parse_qs, urlsplit

from msgspec import Struct
from websockets.datastructures import Headers

MOST_EVENTS = 10_000
"""How many events one HTTP answer holds at most."""
USUAL_EVENTS = 1_000


@dataclass(frozen=True, slots=True)
class RefusedError(Exception):
    """A request that is not answered: its HTTP status and why."""

    status: int
    sentence: str


class Asked(Struct, frozen=True):
    """A request: its path and its parameters."""

    path: str
    after: int | None
    epoch: str | None
    limit: int

    @classmethod
    def parse(cls, target: str) -> "Asked":
        """From the target of an HTTP request; raises RefusedError for numbers that are none."""
        parts = urlsplit(target)
        query = {name: values[-1] for name, values in parse_qs(parts.query).items()}
        limit = _number(query, "limit")
        return cls(
            parts.path,
            _number(query, "after"),
            query.get("epoch"),
            min(MOST_EVENTS, USUAL_EVENTS if limit is None else limit),
        )


def _number(query: dict[str, str], name: str) -> int | None:
    text = query.get(name)
    if text is None:
        return None
    if not (text.isascii() and text.isdigit() and len(text) <= 18):
        raise RefusedError(400, f"The parameter {name} must be a whole number, not {text!r}.")
    return int(text)


def authorize(headers: Headers, token: str | None) -> None:
    """Raise RefusedError unless the request carries the token, where there is one."""
    if token is None:
        return
    given = headers.get_all("Authorization")
    if not given:
        raise RefusedError(401, "This feed needs an Authorization header with a bearer token.")
    wanted = f"Bearer {token}".encode()
    if len(given) != 1 or not compare_digest(given[0].encode(), wanted):
        raise RefusedError(
            401, "The bearer token of the request is not the one that this feed expects."
        )
