"""How a post is signed, so that who gets it knows that it is ours, whole, and of now."""

import hashlib
import hmac
from typing import Final

HEADER: Final = "Wallboard-Signature"


def signature(secret: str, seconds: int, body: bytes) -> str:
    """`t=SECONDS,v1=HEX`: HMAC-SHA256 by the secret of the seconds, a dot, and the body.

    `seconds` is the Unix time of the attempt; who gets it refuses what is much older.
    """
    signed = f"{seconds}.".encode() + body
    return f"t={seconds},v1={hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()}"
