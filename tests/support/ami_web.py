"""A PBX that offers its manager over HTTP, as Asterisk's own web server does."""

from __future__ import annotations

import hashlib
import re
import secrets
import threading
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import parse_qsl

from support.ami_server import SECRET, Pbx, Wire, error, message, success
from support.ami_story import Row

NOT_FOUND: Final = "<!DOCTYPE HTML><html><head><title>404 Not Found</title></head></html>"
_NAMES: Final = {
    name.lower(): name
    for name in (
        "Action", "ActionID", "AuthType", "Channel", "EventMask", "Events", "Key", "Secret",
        "Timeout", "Username", "Variable",
    )
}  # fmt: skip
_PAIR: Final = re.compile(r'(\w+)=(?:"((?:[^"\\]|\\.)*)"|([^\s,"]+))')


@dataclass
class Session:
    """What the server knows of who signed in.

    Attributes:
        name: In its cookie, or the nonce that is answered now.
        old: The nonce before that.
        waiting: Whose turn it is to get the events.
    """

    name: str
    renewed_s: float
    challenge: str = field(
        default_factory=lambda: str(secrets.randbelow(900_000_000) + 100_000_000)
    )
    signed_in: bool = False
    old: str = ""
    count: int = 0
    events: bytearray = field(default_factory=bytearray)
    waiting: int = 0


@dataclass
class Request:
    """One request, as it came."""

    path: str
    head: Mapping[str, str]
    action: Row


@dataclass
class WebPbx(Pbx):
    """Speaks AMI over HTTP like a small PBX; a Serve of a Server.

    Attributes:
        prefix: Of the paths.
        served: Whether the manager is offered at all.
        timeout_s: After how long without a request a session dies.
        keeps: Whether a connection is kept for the next request.
        forgets: Whether cookies are lost on their way to it.
        chunked: Whether bodies come in pieces, as a proxy would send them.
        cuts: How many answers to WaitEvent break off in their middle.
        page: What is answered instead to everything: status line and body.
        requests: All that came.
    """

    prefix: str = "/asterisk"
    username: str = "wall"
    served: bool = True
    timeout_s: float = 60.0
    keeps: bool = True
    forgets: bool = False
    chunked: bool = False
    cuts: int = 0
    page: tuple[str, bytes] | None = None
    requests: list[Request] = field(default_factory=list)
    sessions: dict[str, Session] = field(default_factory=dict)
    _change: threading.Condition = field(default_factory=threading.Condition)

    def __call__(self, wire: Wire) -> None:
        for request in _requests(wire):
            self.requests.append(request)
            answer = self._answered(request)
            if request.action.get("Action") == "WaitEvent" and self.cuts:
                self.cuts -= 1
                wire.send(answer[: len(answer) // 2])
                wire.reset()
                return
            wire.send(answer)
            if not self.keeps:
                return

    def emit(self, *events: Mapping[str, str]) -> None:
        data = b"".join(map(message, events))
        with self._change:
            for session in self.sessions.values():
                session.events += data
            self._change.notify_all()

    def end_sessions(self) -> None:
        """Forget everybody, as at a restart."""
        with self._change:
            self.sessions.clear()
            self._change.notify_all()

    def rotate_nonces(self) -> None:
        """Take no answer to a challenge of before."""
        with self._change:
            for session in self.sessions.values():
                session.old, session.name, session.count = session.name, secrets.token_hex(4), 0
            self.sessions = {one.name: one for one in self.sessions.values()}

    def actions(self) -> list[str]:
        """Return the names of all actions that came."""
        return [one.action.get("Action", "") for one in self.requests]

    # --- answers ------------------------------------------------------------------------------

    def _answered(self, request: Request) -> bytes:
        if self.page is not None:
            return self._http(self.page[0], self.page[1], {"Content-type": "text/html"})
        if self.served and request.path == f"{self.prefix}/rawman":
            return self._by_cookie(request)
        if self.served and request.path == f"{self.prefix}/arawman":
            return self._by_digest(request)
        return self._http("404 Not Found", NOT_FOUND.encode(), {"Content-type": "text/html"})

    def _by_cookie(self, request: Request) -> bytes:
        cookie = re.search(r'mansession_id="?(\w+)', request.head.get("cookie", ""))
        session = self._session(cookie[1]) if cookie and not self.forgets else None
        if session is None:
            session = self._begin(secrets.token_hex(4))
        body = self._body(request.action, session)
        told = f'mansession_id="{session.name}"; Version=1; Max-Age={self.timeout_s:.0f}'
        return self._http("200 OK", body, {"Content-type": "text/plain", "Set-Cookie": told})

    def _by_digest(self, request: Request) -> bytes:
        told = {
            name: quoted or plain
            for name, quoted, plain in _PAIR.findall(request.head.get("authorization", ""))
        }
        if not told or told["response"] != self._expected(told, request.path):
            return self._unproven(secrets.token_hex(4))
        session = self._session(told["nonce"])
        old = next((one for one in self.sessions.values() if one.old == told["nonce"]), None)
        if session is None and old is not None:
            return self._unproven(old.name, stale=True)
        if session is None:
            session = self._begin(told["nonce"])
            session.signed_in = True
        if int(told["nc"], 16) <= session.count:
            self.rotate_nonces()
            return self._unproven(session.name, stale=True)
        session.count = int(told["nc"], 16)
        body = self._body(request.action, session)
        return self._http("200 OK", body, {"Content-type": "text/plain"})

    def _expected(self, told: Mapping[str, str], path: str) -> str:
        who = _md5(f"{self.username}:{told['realm']}:{self.secret}")
        middle = f"{told['nonce']}:{told['nc']}:{told['cnonce']}:auth"
        right = _md5(f"{who}:{middle}:{_md5(f'POST:{path}')}")
        username = re.sub(r"\\(.)", r"\1", told["username"])
        return right if username == self.username else ""

    def _unproven(self, nonce: str, *, stale: bool = False) -> bytes:
        told = f'Digest algorithm=MD5, realm="asterisk", nonce="{nonce}", qop="auth"'
        told += f', opaque="{nonce}"' + (", stale=true" if stale else "")
        head = {"WWW-authenticate": told, "Content-type": "text/html"}
        return self._http("401 Unauthorized", b"<html>401 Unauthorized</html>", head)

    def _session(self, name: str) -> Session | None:
        now_s = time.monotonic()
        with self._change:
            for one in tuple(self.sessions.values()):
                if now_s - one.renewed_s > self.timeout_s:
                    del self.sessions[one.name]
            session = self.sessions.get(name)
            if session is not None:
                session.renewed_s = now_s
            return session

    def _begin(self, name: str) -> Session:
        session = Session(name, time.monotonic())
        with self._change:
            self.sessions[name] = session
        return session

    def _body(self, action: Row, session: Session) -> bytes:
        name = action.get("Action", "")
        self.asked.append(action)
        if name in self.answers:
            return self.answers[name](action) or b""
        anybody = {"Challenge": self._challenge, "Login": self._signed_in}
        if name in anybody:
            return anybody[name](action, session)
        if not session.signed_in:
            return error(action, "Permission denied")
        known = {"WaitEvent": self._events, "Logoff": self._signed_off}
        return known[name](action, session) if name in known else self.answer(action) or b""

    def _challenge(self, action: Row, session: Session) -> bytes:
        return success(action, Challenge=session.challenge)

    def _signed_off(self, action: Row, session: Session) -> bytes:
        self.sessions.pop(session.name, None)
        bye = {"Response": "Goodbye", "ActionID": action.get("ActionID", "")}
        return message({**bye, "Message": "Thanks for all the fish."})

    def _signed_in(self, action: Row, session: Session) -> bytes:
        right = _md5(session.challenge + (self.secret or ""))
        if action.get("Key") != right or action.get("Username") != self.username:
            self.sessions.pop(session.name, None)
            return error(action, "Authentication failed")
        session.signed_in = True
        return success(action, Message="Authentication accepted")

    def _events(self, action: Row, session: Session) -> bytes:
        until_s = time.monotonic() + float(action.get("Timeout", "0"))
        with self._change:
            session.waiting += 1
            mine = session.waiting
            while not session.events and session.name in self.sessions and session.waiting == mine:
                left_s = until_s - time.monotonic()
                if left_s <= 0:
                    break
                self._change.wait(left_s)
            if session.waiting != mine:
                return b""
            told, session.events = bytes(session.events), bytearray()
        said = success(action, Message="Waiting for Event completed.")
        return said + told + message({"Event": "WaitEventComplete"})

    def _http(self, status: str, body: bytes, head: Mapping[str, str]) -> bytes:
        told = {"Server": "Asterisk", **head}
        if not self.keeps:
            told["Connection"] = "close"
        if self.chunked:
            told["Transfer-Encoding"] = "chunked"
            pieces = [body[place : place + 40] for place in range(0, len(body), 40)]
            body = b"".join(b"%x\r\n%b\r\n" % (len(one), one) for one in pieces) + b"0\r\n\r\n"
        else:
            told["Content-Length"] = str(len(body))
        lines = "".join(f"{name}: {value}\r\n" for name, value in told.items())
        return f"HTTP/1.1 {status}\r\n{lines}\r\n".encode() + body


def web_told(port: int, **more: str) -> dict[str, str]:
    """Return the fields of a connection to a WebPbx."""
    told = {"host": "127.0.0.1", "port": str(port), "transport": "http"}
    return {**told, "username": "wall", "secret": SECRET, **more}


def _requests(wire: Wire) -> Iterator[Request]:
    """Yield the requests as they come, until the end."""
    data = b""
    while True:
        head, end, rest = data.partition(b"\r\n\r\n")
        if end:
            first, *lines = head.decode().split("\r\n")
            fields = {
                name.lower(): value for name, _, value in (one.partition(": ") for one in lines)
            }
            length = int(fields.get("content-length", "0"))
            if len(rest) >= length:
                path, _, query = first.split(" ")[1].partition("?")
                told = parse_qsl(rest[:length].decode() or query, keep_blank_values=True)
                action = {_NAMES.get(name.lower(), name): value for name, value in told}
                yield Request(path, fields, action)
                data = rest[length:]
                continue
        more = wire.receive()
        if not more:
            return
        data += more


def _md5(text: str) -> str:
    return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()
