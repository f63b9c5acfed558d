"""What the end of a websocket means, by its close code (RFC 6455, 7.4, and IANA's registry)."""

from typing import Final

from websockets.exceptions import ConnectionClosed

LONGEST_WORDS: Final = 120

WORDS: Final = {
    1000: "the server closed the connection",
    1001: "the server is going away",
    1002: "the server found a fault in the protocol",
    1003: "the server does not accept this kind of data",
    1005: "the server closed the connection without a reason",
    1007: "a message was not valid text",
    1008: "the server refuses by its policy, often because of the token",
    1009: "a message is larger than is accepted",
    1011: "the server failed inside",
    1012: "the server restarts",
    1013: "the server is overloaded and asks to come later",
    1014: "a gateway could not reach the server",
    3000: "the server does not accept the token",
    3003: "the token does not allow this",
    3008: "the server timed out",
}
OUR_WORDS: Final = {
    1002: "what came is no part of a websocket: something on the way changes what is sent",
}
"""Where it was this side that closed."""
NOT_MENDED: Final = frozenset((1003, 1007, 1008, 1009, 3000, 3003))


def closing_sentence(error: ConnectionClosed, where: str) -> tuple[bool, str]:
    """Whether waiting may help, and why the connection to `where` ended, in a sentence."""
    is_theirs = error.rcvd_then_sent or error.sent is None
    frame = error.rcvd if is_theirs else error.sent
    if frame is None:
        return True, f"The connection to {where} broke."
    words = WORDS.get(frame.code, f"the connection was closed with code {frame.code}")
    if not is_theirs:
        words = OUR_WORDS.get(frame.code, words)
    said = "".join(c if c.isprintable() else " " for c in frame.reason)[:LONGEST_WORDS].strip()
    told = f" (“{said}”)" if said and frame is error.rcvd else ""
    return frame.code not in NOT_MENDED, f"The connection to {where} ended: {words}{told}."
