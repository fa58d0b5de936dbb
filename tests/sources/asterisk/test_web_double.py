"""The web server that our tests talk to answers as a real Asterisk does: one talk, word by word."""

from __future__ import annotations

import hashlib
import http.client
import re
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from urllib.parse import urlencode

import pytest
from support.ami_server import SECRET, Server
from support.ami_web import WebPbx
from support.asterisk_lab import AsteriskLab

from wallboard.sources.asterisk.codec import Decoder
from wallboard.sources.asterisk.digest import Digest, challenge_of

Shape = tuple[str, int, str, str]


@dataclass
class Talker:
    """Says what a wallboard says, and keeps the shape of what it hears."""

    port: int
    prefix: str
    username: str
    secret: str
    heard: list[Shape] = field(default_factory=list)
    cookie: str = ""

    def ask(self, step: str, path: str, *, head: dict[str, str] | None = None, **form: str) -> str:
        """Ask once, by a connection of its own; return the body, or the challenge of a 401."""
        told = {"Content-Type": "application/x-www-form-urlencoded", **(head or {})}
        link = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
        with closing(link):
            link.request("POST", self.prefix + path, urlencode(form), told)
            answer = link.getresponse()
            body = answer.read().decode()
        self.heard.append((step, answer.status, self._set(answer), _said(answer.status, body)))
        return body if answer.status == 200 else str(answer.headers["WWW-Authenticate"])

    def _set(self, answer: http.client.HTTPResponse) -> str:
        told = answer.headers.get("Set-Cookie", "")
        found = re.fullmatch(r'mansession_id="(\w+)"; Version=1; Max-Age=\d+', told)
        if found is None:
            assert "Set-Cookie" not in answer.headers
            challenge = answer.headers.get("WWW-authenticate", "")
            return (
                "stale" if "stale=true" in challenge else "challenge" if challenge else "no cookie"
            )
        same, self.cookie = found[1] == self.cookie, found[1]
        return "the same cookie" if same else "a new cookie"

    def session(self, cookie: str | None = None) -> dict[str, str]:
        return {"Cookie": f'mansession_id="{cookie or self.cookie}"'}


def _said(status: int, body: str) -> str:
    if status != 200:
        return "a page" if "<html" in body.lower() else body
    messages = Decoder(banner=False).feed(body.encode())
    names = [one.get("Event") or one["Response"] for one in messages if "List" not in one]
    notes = {one["Message"] for one in messages if "Message" in one and "EventList" not in one}
    keyed = {"ActionID"} if messages and messages[0].get("ActionID") else set()
    return " ".join([*names, *sorted(notes), *keyed])


def talked(talker: Talker) -> list[Shape]:
    """Sign in by cookie and by digest, rightly and wrongly, and ask for events."""
    ask, by_name = talker.ask, {"Username": talker.username}
    ask("not there", "/nowhere", Action="Ping")
    ask("no session", "/rawman", Action="Ping", ActionID="1")
    ask("unknown cookie", "/rawman", head=talker.session("00000bad"), Action="Ping")
    body = ask("challenge", "/rawman", Action="Challenge", AuthType="MD5", ActionID="1")
    ours = talker.cookie
    challenge = re.search(r"Challenge: (\d+)", body)
    assert challenge is not None
    again = ask("again", "/rawman", head=talker.session(ours), Action="Challenge", AuthType="MD5")
    assert challenge[0] in again
    key = hashlib.md5((challenge[1] + talker.secret).encode(), usedforsecurity=False).hexdigest()
    fields = {"AuthType": "MD5", "Key": key, "Events": "agent", **by_name}
    ask("sign in", "/rawman", head=talker.session(ours), Action="Login", ActionID="2", **fields)
    ask("events", "/rawman", head=talker.session(ours), Action="WaitEvent", Timeout="0")
    after = ask("after", "/rawman", head=talker.session(ours), Action="Challenge", AuthType="MD5")
    assert challenge[0] in after
    ask("sign off", "/rawman", head=talker.session(ours), Action="Logoff")
    ask("gone", "/rawman", head=talker.session(ours), Action="WaitEvent", Timeout="0")
    ask("another", "/rawman", Action="Challenge", AuthType="MD5")
    theirs, wrong = talker.cookie, {"Action": "Login", "AuthType": "MD5", "Key": "x" * 32}
    ask("wrong key", "/rawman", head=talker.session(theirs), **wrong, **by_name)
    ask("thrown out", "/rawman", head=talker.session(theirs), Action="Challenge", AuthType="MD5")
    _talk_digest(talker)
    return talker.heard


def _talk_digest(talker: Talker) -> None:
    path = "/arawman"
    right, wrong = Digest(talker.username, talker.secret), Digest(talker.username, "wrong")
    first = challenge_of(talker.ask("nobody", path, Action="Ping"))
    assert first is not None
    for digest in (right, wrong):
        digest.challenged(first)

    def proof(digest: Digest) -> dict[str, str]:
        return {"Authorization": digest.authorization("POST", talker.prefix + path)}

    talker.ask("wrong proof", path, head=proof(wrong), Action="Ping")
    once = proof(right)
    mask = {"Action": "Events", "EventMask": "agent"}
    talker.ask("mask", path, head=once, **mask)
    one = talker.ask("name", path, head=proof(right), Action="Challenge", AuthType="MD5")
    stale = challenge_of(talker.ask("twice the same", path, head=once, Action="Ping"))
    assert stale is not None
    right.challenged(stale)
    two = talker.ask("new nonce", path, head=proof(right), Action="Challenge", AuthType="MD5")
    assert one == two, "a new nonce is of the same session"
    talker.ask("digest events", path, head=proof(right), Action="WaitEvent", Timeout="0")
    talker.ask("digest sign off", path, head=proof(right), Action="Logoff")
    three = talker.ask("silent", path, head=proof(right), Action="Challenge", AuthType="MD5")
    assert three != one, "a session that is gone is replaced without a word"


DENIED = "Error Permission denied"
OVER = "Success WaitEventComplete Waiting for Event completed."
BYE = "Goodbye Thanks for all the fish."
EXPECTED = [
    ("not there", 404, "no cookie", "a page"),
    ("no session", 200, "a new cookie", f"{DENIED} ActionID"),
    ("unknown cookie", 200, "a new cookie", DENIED),
    ("challenge", 200, "a new cookie", "Success ActionID"),
    ("again", 200, "the same cookie", "Success"),
    ("sign in", 200, "the same cookie", "Success Authentication accepted ActionID"),
    ("events", 200, "the same cookie", OVER),
    ("after", 200, "the same cookie", "Success"),
    ("sign off", 200, "the same cookie", BYE),
    ("gone", 200, "a new cookie", DENIED),
    ("another", 200, "a new cookie", "Success"),
    ("wrong key", 200, "the same cookie", "Error Authentication failed"),
    ("thrown out", 200, "a new cookie", "Success"),
    ("nobody", 401, "challenge", "a page"),
    ("wrong proof", 401, "challenge", "a page"),
    ("mask", 200, "no cookie", "Success"),
    ("name", 200, "no cookie", "Success"),
    ("twice the same", 401, "stale", "a page"),
    ("new nonce", 200, "no cookie", "Success"),
    ("digest events", 200, "no cookie", OVER),
    ("digest sign off", 200, "no cookie", BYE),
    ("silent", 200, "no cookie", "Success"),
]


def test_that_the_double_answers_as_expected(stack: ExitStack) -> None:
    server = stack.enter_context(Server(WebPbx()))
    heard = talked(Talker(server.port, "/asterisk", "wall", SECRET))
    assert heard == EXPECTED


@pytest.mark.lab
def test_that_a_real_asterisk_answers_as_expected(lab: AsteriskLab) -> None:
    heard = talked(Talker(lab.http_port, "", "viewer", lab.accounts["viewer"]))
    assert heard == EXPECTED
