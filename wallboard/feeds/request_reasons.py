"""Why a request over HTTP had no answer, in the words of the stream's faults."""

from typing import Any

import httpx

from wallboard.feeds.reasons import Reason, reason_of


def reason_of_request(error: Exception, where: str) -> Reason:
    """Say why a request to `where` (the address as it may be shown) had no answer."""
    if isinstance(error, httpx.TimeoutException):
        return reason_of(TimeoutError(), where)
    if isinstance(error, httpx.InvalidURL):
        return reason_of(UnicodeError(), where)
    if isinstance(error, httpx.ProxyError):
        return Reason(True, f"The proxy set for this machine did not lead to {where}.")
    if isinstance(error, httpx.ConnectError):
        return reason_of(_cause(error), where)
    if isinstance(error, httpx.TransportError):
        return reason_of(ConnectionResetError(), where)
    return reason_of(error, where)


def _cause(error: BaseException) -> BaseException:
    """The system's own error behind one of httpx, which is not in its type but in its chain."""
    found: Any = error
    while found is not None and not isinstance(found, OSError):
        found = found.__cause__ or found.__context__
    return error if found is None else found
