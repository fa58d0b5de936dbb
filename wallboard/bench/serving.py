"""A web server process that tells a huge site, a second older at each request."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Final

from wallboard.bench.huge import HugeSite, head_of
from wallboard.bench.starting import started


@contextmanager
def served(agents: int, padding: int = 0) -> Iterator[int]:
    """Serve a huge site from a process of its own; yield the port on 127.0.0.1."""
    with started("serving", agents, padding) as line:
        yield int(line)


_LATER_S: Final = 0.6


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    site: HugeSite
    rest: bytes

    def do_GET(self) -> None:
        # The head goes out with the time that the document bears: a board that shows the
        # document knows how long ago that was, for both are on one machine.
        head = head_of(datetime.now(UTC))  # noqa: TID251 - the server's clock
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(head) + len(self.rest)))
        self.end_headers()
        self.wfile.write(head)
        self.wfile.write(self.rest)
        # What comes next is made when this one was read and shown.
        threading.Timer(_LATER_S, self.prepare).start()

    @classmethod
    def prepare(cls) -> None:
        """Let the site grow older."""
        cls.site.tick()
        cls.rest = cls.site.rest()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def _serve(agents: int, padding: int) -> None:
    _Handler.site = HugeSite(agents, padding=padding)
    _Handler.prepare()
    with HTTPServer(("127.0.0.1", 0), _Handler) as server:
        print(server.server_address[1], flush=True)
        server.serve_forever()


if __name__ == "__main__":
    _serve(int(sys.argv[1]), int(sys.argv[2]))
