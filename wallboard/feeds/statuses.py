"""What an HTTP status means in the place of a stream of events or of an answer."""

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import NamedTuple

from wallboard.feeds.address import shown


class StatusSentence(NamedTuple):
    """Whether waiting may help, the sentence, and how long the server asks to wait in seconds."""

    mends: bool
    sentence: str
    retry_after: float | None = None


def status_sentence(
    status: int, where: str, *, retry_after: str = "", location: str = ""
) -> StatusSentence:
    """Say what a status means; `retry_after` and `location` are the headers as they came."""
    answered = f"{where} answered with HTTP status {status}"
    if status in (401, 403):
        return StatusSentence(
            False,
            f"{where} does not accept the token (HTTP status {status}): check token_env or "
            "token_file of the feed, and that the token is still valid.",
        )
    if status == 404:
        return StatusSentence(
            False,
            f"{where} is not there (HTTP status 404): check the path of the feed's url, which "
            "commonly ends in /events.",
        )
    if status == 429:
        return StatusSentence(
            True,
            f"{where} receives too many requests (HTTP status 429): fewer boards should connect, "
            "or the server's limit be raised.",
            _seconds(retry_after),
        )
    if status == 407:
        return StatusSentence(False, f"A proxy before {where} asks for a password (status 407).")
    if 300 <= status < 400:
        to = f" to {shown(location)}" if location else ""
        return StatusSentence(
            False,
            f"{where} sends elsewhere{to} (HTTP status {status}), which is not followed, since "
            "the token would go there: put the right address in the feed's url.",
        )
    if status >= 500:
        return StatusSentence(
            True,
            f"{answered}: the server, or a proxy before it, is in trouble.",
            _seconds(retry_after),
        )
    if status == 408:
        return StatusSentence(True, f"{answered}: it took too long.", _seconds(retry_after))
    if 200 <= status < 300 or status == 426:
        return StatusSentence(
            False,
            f"{answered} in place of a websocket: the url must lead to the stream of events.",
        )
    return StatusSentence(
        False, f"{answered}: it does not accept the request; check the feed's url."
    )


def _seconds(retry_after: str) -> float | None:
    """Read Retry-After: a number of seconds, or a date (RFC 9110, 10.2.3)."""
    text = retry_after.strip()
    if not text:
        return None
    if text.isascii() and text.isdigit():
        return float(text[:9])
    try:
        until = parsedate_to_datetime(text)
    except ValueError:
        return None
    until = until if until.tzinfo else until.replace(tzinfo=UTC)
    return max(0.0, (until - datetime.now(UTC)).total_seconds())
