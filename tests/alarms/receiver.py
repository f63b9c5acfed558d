"""A real HTTP server that keeps what is posted to it, and answers as it is told."""

import hashlib
import hmac
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Posted:
    """One request, and the events in all that were posted so far."""

    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def said(self) -> dict[str, Any]:
        """The body."""
        found: dict[str, Any] = json.loads(self.body)
        return found

    def is_signed_by(self, secret: str) -> bool:
        """Whether the signature is that of the secret, checked as the documentation says."""
        parts = dict(part.split("=", 1) for part in self.headers["Wallboard-Signature"].split(","))
        signed = parts["t"].encode() + b"." + self.body
        wanted = hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()
        return hmac.compare_digest(wanted, parts["v1"])


@dataclass
class Receiver:
    """What came, and the statuses with which to answer first."""

    url: str = ""
    posted: list[Posted] = field(default_factory=list)
    statuses: list[int] = field(default_factory=list)
    came: threading.Condition = field(default_factory=threading.Condition)
    held: threading.Event = field(default_factory=threading.Event)
    endless: bool = False
    """Whether an answer goes on until nobody reads it any more."""
    unread: threading.Event = field(default_factory=threading.Event)

    def wait_for(self, count: int, seconds: float = 20.0) -> list[Posted]:
        """What came, as soon as that is so much."""
        with self.came:
            assert self.came.wait_for(lambda: len(self.posted) >= count, seconds), self.posted
            return list(self.posted)


@contextmanager
def receiving() -> Iterator[Receiver]:
    """A server on a free local port."""
    receiver = Receiver()
    receiver.held.set()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            receiver.held.wait(30)
            with receiver.came:
                receiver.posted.append(Posted(self.path, dict(self.headers), body))
                status = receiver.statuses.pop(0) if receiver.statuses else 204
                receiver.came.notify_all()
            self.send_response(status)
            self.end_headers()
            if receiver.endless:
                try:
                    while True:
                        self.wfile.write(bytes(65_536))
                except OSError:
                    receiver.unread.set()

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    receiver.url = f"http://127.0.0.1:{server.server_port}/hook?key=a-secret-of-the-address"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield receiver
    finally:
        receiver.held.set()
        server.shutdown()
        thread.join()
        server.server_close()
