"""Every quantity of the native feed client by its name: times in seconds, sizes, counts."""

from msgspec import Struct


class Tuning(Struct, frozen=True, kw_only=True):
    """How long things may take, and how much may come at once. Tests shorten the times."""

    open_seconds: float = 10.0
    """For the connection and the opening handshake together."""
    close_seconds: float = 2.0
    """For the peer to answer a close; then the socket is dropped."""
    stop_seconds: float = 0.4
    """The same when the program ends."""

    hello_seconds: float = 5.0
    """A feed that sends other messages for this long is taken to have no hello."""
    ping_after_seconds: float = 5.0
    """Without a byte from the server for this long, a ping asks whether it is there."""
    ping_seconds: float = 5.0
    """Without a byte for this long after a ping, the peer is gone."""
    stale_seconds: float = 13.0
    """Without a message for this long the feed is stale: heartbeats come every 10 s at least, and
    within 15 s a board has to say so."""
    dead_seconds: float = 30.0
    """Without a message for this long the connection is given up and made anew."""

    least_bytes: int = 1_024
    """A message may take longer than that on a thin line, while it brings so much in the time."""

    shortest_delay: float = 0.5
    longest_delay: float = 30.0
    settled_seconds: float = 20.0
    """A session that lasted this long was a good one: the next failure is the first again."""
    refused_seconds: float = 60.0
    """Between attempts while something stands in the way that waiting will not mend."""
    longest_retry_after: float = 3_600.0
    """What a server may ask for at most."""
    token_seconds: float = 2.0
    """How often the token is compared while a refusal is waited out."""

    tick_seconds: float = 0.5
    report_seconds: float = 1.0
    """The condition is reported when it changes, and this often while only its figures move."""

    behind: int = 500
    """A live stream further behind than this is catching up."""
    many_held: int = 20_000
    """A first connection to a server with more events than this begins with a snapshot."""

    grace_seconds: float = 2.0
    """A hole younger than this may be events that overtook one another."""
    chunk: int = 1_000
    """How many older events are asked for at once: one transaction of the collector, so that
    live events never wait for more than one."""
    http_seconds: float = 30.0
    """Without `least_bytes` more of an answer for this long, a request has failed."""
    oldest_soon_seconds: float = 1.0
    oldest_often_seconds: float = 10.0
    oldest_often_until: float = 300.0
    oldest_seldom_seconds: float = 60.0
    """How often a server is asked whether older events than held have come to be there: soon
    after it had some, then with doubling pauses, which stay short in a session's first minutes."""

    largest_message: int = 64 * 2**20
    """In bytes, decompressed."""
    largest_answer: int = 64 * 2**20
    """In bytes: a snapshot or a chunk of older events."""
