"""Servers that take messages about alerts, and can be made to fail: SMTP and HTTP, on 127.0.0.1."""

from __future__ import annotations

import json
import socket
import ssl
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

USER, PASSWORD = "wallboard", "گذرواژه-7f3a"


class _Mailbox:
    """Takes what comes, or answers as it is told to."""

    def __init__(self) -> None:
        self.messages: list[EmailMessage] = []
        self.recipients: list[list[str]] = []
        self.answer: str | None = None

    async def handle_DATA(  # noqa: N802 - the library's name
        self, _server: SMTP, _session: Session, envelope: Envelope
    ) -> str:
        if self.answer is not None:
            return self.answer
        assert isinstance(envelope.content, bytes)
        parsed = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(parsed, EmailMessage)
        self.messages.append(parsed)
        self.recipients.append(list(envelope.rcpt_tos))
        return "250 taken"


class MailServer:
    """A mail server that can be stopped and started again on its port."""

    def __init__(self, tls: ssl.SSLContext | None = None, *, auth: bool = False) -> None:
        self.box = _Mailbox()
        self._tls = tls
        self._auth = auth
        self._controller: Controller | None = None
        self.port = 0
        self.start()

    def start(self) -> None:
        def allowed(
            _server: Any, _session: Any, _envelope: Any, _way: str, told: Any
        ) -> AuthResult:
            assert isinstance(told, LoginPassword)
            good = (told.login, told.password) == (USER.encode(), PASSWORD.encode())
            return AuthResult(success=good, handled=False)

        more: dict[str, Any] = (
            {"tls_context": self._tls, "require_starttls": True} if self._tls else {}
        )
        if self._auth:
            more |= {"authenticator": allowed, "auth_required": True}
        self._controller = Controller(self.box, "127.0.0.1", self.port or _free_port(), **more)
        self.port = self._controller.port
        self._controller.start()

    def stop(self) -> None:
        if self._controller is not None:
            self._controller.stop()
            self._controller = None


def _free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        port: int = trial.getsockname()[1]
        return port


@dataclass(slots=True)
class Taken:
    """One request: its headers in lower case, and its body."""

    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def told(self) -> dict[str, Any]:
        read: dict[str, Any] = json.loads(self.body)
        return read


Answer = tuple[int, dict[str, str], bytes]


@dataclass(slots=True)
class HookServer:
    """A web server that notes what is posted, and answers as it is told to."""

    answer: Callable[[Taken], Answer] = lambda _taken: (204, {}, b"")
    tls: ssl.SSLContext | None = None
    taken: list[Taken] = field(default_factory=list)
    port: int = 0
    _server: ThreadingHTTPServer | None = None

    @property
    def address(self) -> str:
        scheme = "http" if self.tls is None else "https"
        return f"{scheme}://127.0.0.1:{self.port}/alerts"

    def start(self) -> HookServer:
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                length = int(self.headers["Content-Length"])
                headers = {name.lower(): value for name, value in self.headers.items()}
                one = Taken(path=self.path, headers=headers, body=self.rfile.read(length))
                status, more, body = outer.answer(one)
                if 200 <= status < 300:
                    outer.taken.append(one)
                self.send_response(status)
                for name, value in {**more, "Content-Length": str(len(body))}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                pass

        ThreadingHTTPServer.allow_reuse_address = True
        self._server = ThreadingHTTPServer(("127.0.0.1", self.port), Handler)
        self._server.daemon_threads = True
        self.port = self._server.server_address[1]
        if self.tls is not None:
            self._server.socket = self.tls.wrap_socket(self._server.socket, server_side=True)
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def stop(self) -> None:
        if self._server is not None:
            self._server.shutdown()
            self._server.server_close()
            self._server = None
