"""The addresses of one native feed: the stream, and what lies beside it over HTTP."""

from ipaddress import ip_address
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

HTTP_SCHEMES = {"ws": "http", "wss": "https"}


def shown(url: str) -> str:
    """An address as it may be shown: without user, password and parameters."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return "(an address that cannot be read)"
    return urlunsplit((parts.scheme, parts.netloc.rpartition("@")[2], parts.path, "", ""))


def stream_address(url: str, after: int | None, epoch: str | None) -> str:
    """Where to connect to go on after a sequence number; with None everything held is sent."""
    if after is None:
        return url
    added = {"after": str(after)} | ({"epoch": epoch} if epoch is not None else {})
    return _with_parameters(url, added)


def beside(url: str, name: str, parameters: dict[str, str] | None = None) -> str:
    """The HTTP address of `name` in the folder of the stream: same host, port and parameters."""
    parts = urlsplit(url)
    scheme = HTTP_SCHEMES.get(parts.scheme, parts.scheme)
    folder = parts.path.rpartition("/")[0]
    host = parts.netloc.rpartition("@")[2]
    address = urlunsplit((scheme, host, f"{folder}/{name}", parts.query, ""))
    return _with_parameters(address, parameters or {})


def is_local(url: str) -> bool:
    """Whether an address is of this machine itself, which no proxy leads to."""
    host = urlsplit(url).hostname or ""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


def _with_parameters(url: str, added: dict[str, str]) -> str:
    parts = urlsplit(url)
    own = [pair for pair in parse_qsl(parts.query, keep_blank_values=True) if pair[0] not in added]
    return urlunsplit(parts._replace(query=urlencode(own + list(added.items()))))
