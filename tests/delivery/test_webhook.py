"""A webhook gets each event signed and as JSON, and nothing goes anywhere else."""

from __future__ import annotations

import hashlib
import hmac
import re
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import timedelta

import pytest
from support.alert_events import alert_event
from support.taking import HookServer

from wallboard.delivery import reaching, webhook
from wallboard.domain.alert import SubjectKind
from wallboard.domain.delivery import NotDelivered, Post, outward
from wallboard.domain.errors import FaultKind

Made = Callable[..., Post]
KEY = "کلید-k3y"


def sent(address: str, post: Post, **more: str) -> None:
    webhook.KIND.made({"address": address, **more}).send(post)


def refused(address: str, post: Post, **more: str) -> NotDelivered:
    with pytest.raises(NotDelivered) as caught:
        sent(address, post, **more)
    return caught.value


def test_that_an_event_arrives_as_json(hook: HookServer, post: Made) -> None:
    sent(hook.address, post())
    (taken,) = hook.taken
    assert taken.path == "/alerts"
    assert taken.headers["content-type"] == "application/json"
    assert taken.headers["idempotency-key"] == "a1b2"
    told = taken.told
    assert (told["version"], told["id"], told["test"]) == (1, "a1b2", False)
    (event,) = told["events"]
    assert event["news"] == "fired"
    assert event["severity"] == "critical"
    assert event["subject"] == {"kind": "queue", "id": "support", "name": "the support"}
    assert event["reading"] == {"key": "longest_wait", "value": 192.0, "limit": 120.0}
    assert event["fired_at"] == "2026-11-22T12:00:00.000Z"


def test_that_nobody_learns_which_agent_it_is(hook: HookServer, post: Made) -> None:
    event = alert_event(subject="Sara", kind=SubjectKind.AGENT)
    sent(hook.address, post(event))
    sent(hook.address, post(event, names=True))
    hidden, open_ = hook.taken
    assert b"Sara" not in hidden.body
    assert hidden.told["events"][0]["subject"] == {"kind": "agent", "id": None, "name": None}
    assert hidden.told["events"][0]["id"] == outward(event.event_id)
    assert open_.told["events"][0]["subject"]["name"] == "the Sara"


def test_that_the_signature_can_be_checked(hook: HookServer, post: Made) -> None:
    sent(hook.address, post(), key=KEY, authorization="Bearer t0ken")
    (taken,) = hook.taken
    found = re.fullmatch(r"t=(\d+),v1=([0-9a-f]{64})", taken.headers["wallboard-signature"])
    assert found is not None
    expected = hmac.new(KEY.encode(), found[1].encode() + b"." + taken.body, hashlib.sha256)
    assert hmac.compare_digest(found[2], expected.hexdigest())
    assert taken.headers["authorization"] == "Bearer t0ken"
    assert KEY.encode() not in taken.body


def test_that_without_a_key_nothing_is_signed(hook: HookServer, post: Made) -> None:
    sent(hook.address, post())
    assert "wallboard-signature" not in hook.taken[0].headers


@pytest.fixture
def elsewhere() -> Iterator[HookServer]:
    server = HookServer().start()
    yield server
    server.stop()


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_that_nobody_is_followed_elsewhere(
    status: int, hook: HookServer, elsewhere: HookServer, post: Made
) -> None:
    hook.answer = lambda _taken: (status, {"Location": elsewhere.address}, b"")
    wrong = refused(hook.address, post(), authorization="Bearer t0ken")
    assert wrong.fault.kind is FaultKind.REDIRECTED
    assert wrong.fault.detail("target") == f"http://127.0.0.1:{elsewhere.port}"
    assert not elsewhere.taken


@pytest.mark.parametrize(
    ("status", "kind", "lasting"),
    [
        (401, FaultKind.SIGN_IN, True),
        (404, FaultKind.MESSAGE_REFUSED, True),
        (408, FaultKind.MESSAGE_REFUSED, False),
        (429, FaultKind.SERVER_ERROR, False),
        (500, FaultKind.SERVER_ERROR, False),
    ],
)
def test_that_an_answer_says_whether_somebody_must_mend_something(
    status: int, kind: FaultKind, lasting: bool, hook: HookServer, post: Made
) -> None:
    hook.answer = lambda _taken: (status, {}, b"no\x00 way")
    wrong = refused(hook.address, post())
    assert (wrong.fault.kind, wrong.lasting) == (kind, lasting)
    assert wrong.retry_after is None


@pytest.mark.parametrize(
    ("asked", "rest"),
    [
        ("40", 40),
        ("Sun, 22 Nov 2026 12:01:00 GMT", 60),
        ("Sun, 22 Nov 2026 11:00:00 GMT", 0),
        ("9" * 30, 3600),
        ("9" * 9000, 3600),
        ("soon", None),
    ],
    ids=["seconds", "instant", "past", "century", "nonsense", "words"],
)
def test_that_an_answer_says_when_to_try_again(
    asked: str, rest: int | None, hook: HookServer, post: Made
) -> None:
    hook.answer = lambda _taken: (503, {"Retry-After": asked}, b"")
    wrong = refused(hook.address, post())
    assert wrong.retry_after == (None if rest is None else timedelta(seconds=rest))


def test_that_a_server_is_trusted_by_its_certificate(
    tls: ssl.SSLContext, ca: str, post: Made
) -> None:
    server = HookServer(tls=tls).start()
    try:
        assert refused(server.address, post()).fault.kind is FaultKind.CERTIFICATE
        assert not server.taken
        sent(server.address, post(), ca=ca)
        assert len(server.taken) == 1
    finally:
        server.stop()


def test_that_a_server_that_is_down_is_named(hook: HookServer, post: Made) -> None:
    hook.stop()
    wrong = refused(hook.address, post())
    assert wrong.fault.kind is FaultKind.UNREACHABLE
    assert not wrong.lasting


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        (b"", FaultKind.LOST),
        (b"SSH-2.0-hello\r\n", FaultKind.MESSAGE_REFUSED),
        (b"HTTP/1.1 200 OK\r\nX: ", FaultKind.SLOW),
    ],
    ids=["hangs_up", "speaks_another_language", "drips"],
)
def test_that_who_does_not_answer_is_not_waited_for(
    said: bytes, kind: FaultKind, post: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    limits = {"ca": "", "limit": timedelta(seconds=0.5)}
    monkeypatch.setattr(reaching.Reach.__init__, "__kwdefaults__", limits)
    ended = threading.Event()

    def answer(listening: socket.socket) -> None:
        taken, _ = listening.accept()
        with taken:
            taken.recv(65_536)
            if kind is not FaultKind.SLOW:
                taken.sendall(said)
                return
            with suppress(OSError):  # who does not wait has hung up
                while not ended.wait(0.05):
                    taken.sendall(said[:1])

    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = threading.Thread(target=answer, args=(listening,), daemon=True)
        thread.start()
        began_s = time.monotonic()
        wrong = refused(f"http://127.0.0.1:{listening.getsockname()[1]}/", post())
        took_s = time.monotonic() - began_s
        ended.set()
        thread.join(2.0)
    assert wrong.fault.kind is kind
    assert took_s < 1.5


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"address": "http://good@evil.example/"}, "address"),
        ({"address": "file:///etc/passwd"}, "address"),
        ({"address": ""}, "address"),
        ({"address": "http://10.0.0.1/", "authorization": "Bearer x"}, "address"),
        ({"address": "https://a.example/", "authorization": "a\r\nX: y"}, "authorization"),
    ],
)
def test_that_a_field_that_cannot_be_used_is_named(fields: dict[str, str], field: str) -> None:
    with pytest.raises(NotDelivered) as caught:
        webhook.KIND.made(fields)
    assert caught.value.fault.kind is FaultKind.BAD_SETTING
    assert caught.value.fault.detail("field") == field
