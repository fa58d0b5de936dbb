"""A PBX that opens its web port only: the same pictures, and what may go wrong on that way."""

from __future__ import annotations

import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
import trustme
from support.ami_server import BANNER, SECRET, Pbx, Serve, Server, error, success
from support.ami_story import entry_row, queue_row
from support.ami_web import WebPbx, web_told

from wallboard.app.clock import system_clock
from wallboard.domain.errors import Fault, FaultKind, SourceError, SourceRefused, SourceUnavailable
from wallboard.domain.facts import CallRecord
from wallboard.domain.source import Fetched, Finding, Verdict
from wallboard.sources.asterisk import KIND
from wallboard.sources.asterisk.ami_over_http import PACE_S, AmiOverHttp, Web
from wallboard.sources.asterisk.client import Address
from wallboard.sources.asterisk.codec import Unsendable
from wallboard.sources.asterisk.source import DEADLINE, POLL, AsteriskSource
from wallboard.ui.wording import Wording

Pair = tuple[socket.socket, socket.socket]
SLACK_S = 3.0
JOIN = {"Event": "QueueCallerJoin", "Uniqueid": "1.1", "Queue": "support", "Channel": "PJSIP/t-1"}
LEAVE = {**JOIN, "Event": "QueueCallerAbandon"}
BOTH_WAYS = pytest.mark.parametrize("digest", ["no", "yes"], ids=["cookie", "digest"])


@pytest.fixture
def web() -> WebPbx:
    return WebPbx()


@pytest.fixture
def server(web: WebPbx, stack: ExitStack) -> Server:
    return stack.enter_context(Server(web))


@pytest.fixture
def source_at(stack: ExitStack) -> Callable[..., AsteriskSource]:
    """Makes a source for a port: `source_at(server.port, digest="yes")`."""

    def make(port: int, **more: str) -> AsteriskSource:
        source = KIND.connect(web_told(port, **more), system_clock())
        assert isinstance(source, AsteriskSource)
        stack.callback(source.close)
        return source

    return make


def failure_of(source: AsteriskSource) -> Fault:
    """Fetch, which must fail within the deadline, and return why."""
    began = time.monotonic()
    with pytest.raises(SourceError) as caught:
        source.fetch()
    assert time.monotonic() - began < DEADLINE.total_seconds() + SLACK_S
    assert len(Wording().fault(caught.value.fault)) > 20
    return caught.value.fault


def assert_live(source: AsteriskSource) -> Fetched:
    told = source.fetch()
    assert set(told.snapshot.queues) == {"support", "billing"}
    return told


def waited_until(
    source: AsteriskSource, interrupt: Pair, holds: Callable[[Fetched], bool], within_s: float = 5
) -> Fetched:
    """Follow a source as the poll loop does, until a picture is so."""
    end = time.monotonic() + within_s
    while True:
        source.wait(POLL, interrupt[0])
        told = source.fetch()
        if holds(told):
            return told
        assert time.monotonic() < end


def waiting(told: Fetched) -> int:
    return sum(call.answered_at is None for call in told.snapshot.calls.values())


# --- what works --------------------------------------------------------------------------------


@BOTH_WAYS
def test_that_the_picture_is_that_of_the_socket(
    web: WebPbx, server: Server, source_at: Callable[..., AsteriskSource], stack: ExitStack,
    digest: str,
) -> None:  # fmt: skip
    rows = [*web.rows, entry_row("1.1", "support", 7)]
    web.rows = list(rows)
    by_socket = KIND.connect(
        stack.enter_context(Server(Pbx(rows=list(rows)))).told(), system_clock()
    )
    stack.callback(by_socket.close)
    by_web = assert_live(source_at(server.port, digest=digest)).snapshot
    other = by_socket.fetch().snapshot
    assert by_web.queues == other.queues
    assert [call.queue_id for call in by_web.calls.values()] == ["support"]
    assert len(other.calls) == 1
    assert {(one.agent_id, one.name, one.state) for one in by_web.agents.values()} == {
        (one.agent_id, one.name, one.state) for one in other.agents.values()
    }
    assert len(by_web.agents) == 3


@BOTH_WAYS
def test_that_the_secret_is_never_sent(
    web: WebPbx, server: Server, source_at: Callable[..., AsteriskSource], digest: str
) -> None:
    assert_live(source_at(server.port, digest=digest))
    assert SECRET.encode() not in server.received()
    assert b" /asterisk/" + (b"arawman" if digest == "yes" else b"rawman") in server.received()


@BOTH_WAYS
def test_that_a_name_and_a_secret_may_be_of_any_letters(
    web: WebPbx, server: Server, source_at: Callable[..., AsteriskSource], digest: str
) -> None:
    web.username, web.secret = 'دیوار "x', "گذر & واژه = +%41"
    told = {"username": web.username, "secret": web.secret, "digest": digest}
    assert_live(source_at(server.port, **told))


@BOTH_WAYS
def test_that_events_are_told_at_once_and_none_is_lost_between_two_questions(
    web: WebPbx, server: Server, source_at: Callable[..., AsteriskSource], interrupt: Pair,
    digest: str,
) -> None:  # fmt: skip
    source = source_at(server.port, digest=digest)
    assert_live(source)
    # Long before anybody asks for it.
    web.emit(JOIN)
    assert waiting(waited_until(source, interrupt, lambda told: waiting(told) == 1)) == 1
    threading.Timer(0.4, web.emit, [LEAVE]).start()
    began = time.monotonic()
    told = waited_until(source, interrupt, lambda told: bool(told.facts))
    assert time.monotonic() - began < 0.4 + 0.3
    assert [fact.ending for fact in told.facts if isinstance(fact, CallRecord)] == ["abandoned"]


def test_that_no_event_of_many_is_lost_or_told_twice(
    web: WebPbx, server: Server, source_at: Callable[..., AsteriskSource], interrupt: Pair
) -> None:
    source = source_at(server.port)
    assert_live(source)
    done = threading.Event()

    def emit() -> None:
        for number in range(300):
            web.emit({**JOIN, "Uniqueid": f"1.{number}"}, {**LEAVE, "Uniqueid": f"1.{number}"})
            done.wait(0.003)

    thread = threading.Thread(target=emit)
    thread.start()
    facts: list[object] = []
    waited_until(
        source, interrupt, lambda told: facts.extend(told.facts) or len(facts) == 300, within_s=20
    )
    thread.join()
    assert len({fact.fact_id for fact in facts if isinstance(fact, CallRecord)}) == 300


def test_that_a_busy_server_is_asked_no_more_often_than_the_pace(
    web: WebPbx, server: Server, source_at: Callable[..., AsteriskSource], interrupt: Pair
) -> None:
    source = source_at(server.port)
    assert_live(source)
    web.requests.clear()
    done = threading.Event()

    def chatter() -> None:
        while not done.wait(0.005):
            web.emit({"Event": "VarSet", "Uniqueid": "1.1"})

    thread = threading.Thread(target=chatter)
    thread.start()
    source.wait(timedelta(seconds=1), interrupt[0])
    done.set()
    thread.join()
    assert 5 <= len(web.requests) <= 1 / PACE_S + 1


def test_that_a_quiet_server_is_asked_once_a_second(
    web: WebPbx, server: Server, source_at: Callable[..., AsteriskSource], interrupt: Pair
) -> None:
    source = source_at(server.port)
    assert_live(source)
    web.requests.clear()
    source.wait(timedelta(seconds=2.5), interrupt[0])
    source.fetch()
    assert set(web.actions()) == {"WaitEvent"}
    assert len(web.requests) <= 4


def test_that_an_interrupt_ends_the_wait(
    server: Server, source_at: Callable[..., AsteriskSource], interrupt: Pair
) -> None:
    source = source_at(server.port)
    assert_live(source)
    threading.Timer(0.2, interrupt[1].send, [b"x"]).start()
    began = time.monotonic()
    source.wait(timedelta(seconds=10), interrupt[0])
    assert 0.1 < time.monotonic() - began < 1


def test_that_a_fetch_while_events_are_awaited_waits_for_nothing(
    server: Server, source_at: Callable[..., AsteriskSource], interrupt: Pair
) -> None:
    source = source_at(server.port)
    assert_live(source)
    for _ in range(3):
        source.wait(timedelta(seconds=0.3), interrupt[0])
        began = time.monotonic()
        source.fetch()
        assert time.monotonic() - began < 0.1


def test_that_a_question_about_a_call_is_asked_before_events_are_awaited_again(
    web: WebPbx, server: Server, source_at: Callable[..., AsteriskSource], interrupt: Pair
) -> None:
    web.rows.append(entry_row("1.1", "support"))
    source = source_at(server.port)
    assert waiting(assert_live(source)) == 1
    web.variables["PJSIP/trunk-1.1"] = "JOINEMPTY"
    source.wait(timedelta(seconds=0.3), interrupt[0])

    def leave() -> None:
        web.requests.clear()
        web.emit({"Event": "QueueCallerLeave", "Uniqueid": "1.1", "Queue": "support"})

    threading.Timer(0.2, leave).start()
    waited_until(source, interrupt, lambda _: "Getvar" in web.actions())
    # A question for events may come between the two if nobody waited for them just then.
    assert web.actions().index("Getvar") <= 1


def test_that_rows_are_taken_after_the_events_of_the_same_instant(
    web: WebPbx, server: Server, source_at: Callable[..., AsteriskSource]
) -> None:
    """He joined before the rows were made, and the event waits on the server."""

    def answer(action: dict[str, str]) -> bytes:
        web.emit(JOIN, LEAVE)
        return web._queue_status(action)

    web.answers["QueueStatus"] = answer
    told = source_at(server.port).fetch()
    assert [fact.ending for fact in told.facts if isinstance(fact, CallRecord)] == ["abandoned"]


@pytest.mark.parametrize(("keeps", "chunked"), [(False, False), (True, True)])
def test_that_a_proxy_may_close_each_connection_or_send_in_chunks(
    web: WebPbx, server: Server, source_at: Callable[..., AsteriskSource], interrupt: Pair,
    keeps: bool, chunked: bool,
) -> None:  # fmt: skip
    web.keeps, web.chunked = keeps, chunked
    source = source_at(server.port)
    assert_live(source)
    web.emit(JOIN)
    waited_until(source, interrupt, lambda told: waiting(told) == 1)


def test_that_a_large_picture_is_read(
    web: WebPbx, server: Server, source_at: Callable[..., AsteriskSource]
) -> None:
    web.rows = [queue_row(f"q{number}") for number in range(3000)]
    assert len(source_at(server.port).fetch().snapshot.queues) == 3000


def test_that_https_is_spoken_and_a_stranger_is_told_nothing(
    web: WebPbx, source_at: Callable[..., AsteriskSource], stack: ExitStack, tmp_path: Path
) -> None:
    authority = trustme.CA()
    authority.cert_pem.write_to_path(tmp_path / "ca.pem")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    server = stack.enter_context(Server(web, context))
    assert_live(source_at(server.port, transport="https", tls_ca=str(tmp_path / "ca.pem")))
    web.requests.clear()
    fault = failure_of(source_at(server.port, transport="https"))
    assert fault.kind is FaultKind.CERTIFICATE
    assert web.requests == []


def test_that_closing_signs_off(
    web: WebPbx, server: Server, source_at: Callable[..., AsteriskSource], interrupt: Pair
) -> None:
    source = source_at(server.port)
    assert_live(source)
    source.wait(timedelta(seconds=0.2), interrupt[0])  # a WaitEvent is on its way
    source.close()
    source.close()
    end = time.monotonic() + 3
    while "Logoff" not in web.actions():
        assert time.monotonic() < end
        threading.Event().wait(0.02)
    assert web.sessions == {}


# --- sessions that end -------------------------------------------------------------------------


@BOTH_WAYS
def test_that_a_session_that_is_gone_is_a_loss_and_the_next_fetch_signs_in_and_looks_again(
    web: WebPbx, server: Server, source_at: Callable[..., AsteriskSource], interrupt: Pair,
    digest: str,
) -> None:  # fmt: skip
    source = source_at(server.port, digest=digest)
    web.rows.append(entry_row("1.1", "support"))
    assert waiting(assert_live(source)) == 1
    web.end_sessions()
    server.hang_up()  # as when the server restarts
    web.rows.pop()
    source.wait(POLL, interrupt[0])
    assert failure_of(source).kind is FaultKind.LOST
    told = assert_live(source)
    assert waiting(told) == 0
    assert [fact.ending for fact in told.facts if isinstance(fact, CallRecord)] == ["unknown"]


def test_that_a_session_that_timed_out_is_a_loss(
    web: WebPbx, server: Server, source_at: Callable[..., AsteriskSource], interrupt: Pair
) -> None:
    source = source_at(server.port)
    assert_live(source)
    web.timeout_s = 0.3
    threading.Event().wait(0.5)  # as when this computer slept
    source.wait(POLL, interrupt[0])
    assert failure_of(source).kind is FaultKind.LOST
    web.timeout_s = 60
    assert_live(source)


def test_that_a_digest_session_that_was_silently_replaced_is_noticed(
    web: WebPbx, server: Server, source_at: Callable[..., AsteriskSource], interrupt: Pair,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr("wallboard.sources.asterisk.ami_over_http._PAUSED_S", 0.4)
    source = source_at(server.port, digest="yes")
    assert_live(source)
    source.wait(timedelta(seconds=0.3), interrupt[0])
    web.end_sessions()
    threading.Event().wait(0.6)
    web.emit(JOIN)  # into nobody's hands
    source.wait(POLL, interrupt[0])
    assert failure_of(source).kind is FaultKind.LOST
    assert_live(source)


def test_that_a_new_nonce_costs_nothing(
    web: WebPbx, server: Server, source_at: Callable[..., AsteriskSource], interrupt: Pair
) -> None:
    source = source_at(server.port, digest="yes")
    assert_live(source)
    for number in range(5):
        web.rotate_nonces()
        web.emit({**JOIN, "Uniqueid": f"1.{number}"})
        waited_until(source, interrupt, lambda told, n=number: waiting(told) == n + 1)


def test_that_who_is_never_satisfied_with_an_answer_is_not_asked_for_ever(
    web: WebPbx, server: Server, source_at: Callable[..., AsteriskSource],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(web, "_session", lambda _: web.rotate_nonces())
    web.sessions["x"] = web._begin("x")
    monkeypatch.setattr(web, "_expected", lambda *_: "nothing is right")
    monkeypatch.setattr(web, "_unproven", lambda _: WebPbx._unproven(web, "1", stale=True))
    assert failure_of(source_at(server.port, digest="yes")).kind is FaultKind.SIGN_IN
    assert len(web.requests) < 8


def test_that_events_of_an_answer_that_broke_off_are_made_good_by_a_look(
    web: WebPbx, server: Server, source_at: Callable[..., AsteriskSource], interrupt: Pair
) -> None:
    source = source_at(server.port)
    assert_live(source)
    old = set(web.sessions)
    web.cuts = 1
    web.rows.append(entry_row("1.1", "support"))
    web.emit(JOIN)
    source.wait(POLL, interrupt[0])
    assert failure_of(source).kind is FaultKind.LOST
    assert waiting(assert_live(source)) == 1
    assert len(web.sessions) == 1, "the session of before is signed off"
    assert old.isdisjoint(web.sessions)


def test_that_a_server_that_hangs_is_slow(
    web: WebPbx, server: Server, source_at: Callable[..., AsteriskSource], interrupt: Pair,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    source = source_at(server.port)
    assert_live(source)
    stuck = threading.Event()
    monkeypatch.setattr(web, "_events", lambda *_: b"x" * stuck.wait(10))
    began = time.monotonic()
    with pytest.raises(SourceUnavailable) as caught:
        waited_until(source, interrupt, lambda _: False, within_s=10)
    stuck.set()
    assert caught.value.fault.kind is FaultKind.SLOW
    assert time.monotonic() - began < POLL.total_seconds() + DEADLINE.total_seconds()


@pytest.mark.parametrize("action", ["Login", "QueueStatus", "CoreShowChannels", "Challenge"])
def test_that_an_answer_that_never_comes_is_slow_and_the_next_fetch_is_live(
    web: WebPbx, server: Server, source_at: Callable[..., AsteriskSource], action: str
) -> None:
    stuck = threading.Event()

    def hang(_: dict[str, str]) -> bytes:
        stuck.wait(5)
        return b""

    web.answers[action] = hang
    source = source_at(server.port)
    assert failure_of(source).kind is FaultKind.SLOW
    del web.answers[action]
    stuck.set()
    assert_live(source)


# --- what is not there, or not ours ------------------------------------------------------------


def test_that_a_port_that_is_closed_is_told(source_at: Callable[..., AsteriskSource]) -> None:
    with Server(WebPbx()) as server:
        pass
    assert failure_of(source_at(server.port)).kind is FaultKind.UNREACHABLE


@BOTH_WAYS
def test_that_a_wrong_password_is_told_after_one_try(
    web: WebPbx, server: Server, source_at: Callable[..., AsteriskSource], digest: str
) -> None:
    fault = failure_of(source_at(server.port, digest=digest, secret="wrong"))
    assert fault.kind is FaultKind.SIGN_IN
    assert fault.detail("username") == "wall"
    assert (web.actions().count("Login"), len(web.requests)) in ((1, 2), (0, 2))


def test_that_a_password_that_is_wrong_from_now_on_is_told(
    web: WebPbx, server: Server, source_at: Callable[..., AsteriskSource], interrupt: Pair
) -> None:
    source = source_at(server.port, digest="yes")
    assert_live(source)
    web.secret = "changed"
    source.wait(POLL, interrupt[0])
    assert failure_of(source).kind is FaultKind.SIGN_IN


@BOTH_WAYS
def test_that_a_manager_that_is_not_offered_is_told(
    web: WebPbx, server: Server, source_at: Callable[..., AsteriskSource], digest: str
) -> None:
    web.served = False
    fault = failure_of(source_at(server.port, digest=digest))
    assert fault.kind is FaultKind.NOT_SERVED
    said = Wording().fault(fault)
    assert "webenabled = yes in manager.conf" in said
    assert "enabled = yes in http.conf" in said


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        ("200 OK", FaultKind.NOT_OUR_PROTOCOL),
        ("302 Found", FaultKind.REDIRECTED),
        ("400 Bad Request", FaultKind.NOT_OUR_PROTOCOL),
        ("401 Unauthorized", FaultKind.NOT_OUR_PROTOCOL),
        ("403 Forbidden", FaultKind.NOT_OUR_PROTOCOL),
        ("500 Internal Server Error", FaultKind.SERVER_ERROR),
        ("503 Service Unavailable", FaultKind.SERVER_ERROR),
    ],
)
@BOTH_WAYS
def test_that_another_web_server_is_told_and_never_gets_the_secret(
    web: WebPbx, server: Server, source_at: Callable[..., AsteriskSource], status: str,
    kind: FaultKind, digest: str,
) -> None:  # fmt: skip
    web.page = (status, b"<!DOCTYPE html><html><title>Sign in</title>" + b"x" * 5000)
    fault = failure_of(source_at(server.port, digest=digest))
    assert fault.kind is kind
    assert SECRET.encode() not in server.received()
    assert "Login" not in web.actions()


def test_that_a_redirect_is_not_followed(
    web: WebPbx, source_at: Callable[..., AsteriskSource], stack: ExitStack
) -> None:
    other = WebPbx()
    target = stack.enter_context(Server(other))

    def serve(wire: object) -> None:
        wire.receive()  # type: ignore[attr-defined]
        place = f"Location: http://127.0.0.1:{target.port}/asterisk/rawman?x=1"
        wire.send(f"HTTP/1.1 302 Found\r\n{place}\r\nContent-Length: 0\r\n\r\n".encode())  # type: ignore[attr-defined]

    fault = failure_of(source_at(stack.enter_context(Server(serve)).port))
    assert fault.kind is FaultKind.REDIRECTED
    assert fault.detail("target") == f"http://127.0.0.1:{target.port}"
    assert other.requests == []


@pytest.mark.parametrize(
    "data",
    [
        b"\x15\x03\x03\x00\x02\x02\x16",
        b"SSH-2.0-x\r\n",
        BANNER,
        b"HTTP/1.1 200 OK\r\n\r\n" + b"x" * 100,
    ],
)
def test_that_another_service_is_told(
    serving: Callable[[Serve], Server], source_at: Callable[..., AsteriskSource], data: bytes
) -> None:
    def serve(wire: object) -> None:
        wire.receive()  # type: ignore[attr-defined]
        wire.send(data)  # type: ignore[attr-defined]

    assert failure_of(source_at(serving(serve).port)).kind is FaultKind.NOT_OUR_PROTOCOL


def test_that_a_proxy_that_takes_cookies_away_is_a_loss(
    web: WebPbx, server: Server, source_at: Callable[..., AsteriskSource]
) -> None:
    web.forgets = True
    assert failure_of(source_at(server.port)).kind is FaultKind.LOST
    assert_live(source_at(server.port, digest="yes"))


def test_that_a_wait_for_events_that_is_refused_is_told(
    web: WebPbx, server: Server, source_at: Callable[..., AsteriskSource]
) -> None:
    web.answers["WaitEvent"] = lambda action: error(action, "Invalid/unknown command: WaitEvent.")
    assert failure_of(source_at(server.port)).kind is FaultKind.SERVER_ERROR


def test_that_missing_rights_are_told_as_over_the_socket(
    web: WebPbx, server: Server, source_at: Callable[..., AsteriskSource]
) -> None:
    web.channels = None
    told = assert_live(source_at(server.port))
    assert [notice.kind for notice in told.notices] == [FaultKind.FORBIDDEN]


# --- what is sent ------------------------------------------------------------------------------


@pytest.fixture
def link(server: Server, stack: ExitStack) -> AmiOverHttp:
    """A link that is signed in."""
    where = Address(host="127.0.0.1", port=server.port)
    made = AmiOverHttp(Web(address=where, prefix="/asterisk"), None, timedelta(seconds=2))
    stack.callback(made.close)
    answered(made, lambda _: made.greeting is not None)
    action, fields = made.sign_in("wall", SECRET, "agent,call")
    made.send(action, *fields, ("ActionID", "0"))
    answered(made, bool)
    return made


def answered(
    link: AmiOverHttp, holds: Callable[[list[dict[str, str]]], bool]
) -> list[dict[str, str]]:
    end = time.monotonic() + 5
    messages: list[dict[str, str]] = []
    while not holds(messages):
        assert time.monotonic() < end
        link.wait(0.5)
        messages += link.receive()
    return messages


@pytest.mark.parametrize("letter", ["\r", "\n", "\r\nAction: Originate", "\x00", "\u2028", "\x85"])
def test_that_nothing_that_could_end_a_line_is_sent(
    web: WebPbx, link: AmiOverHttp, letter: str
) -> None:
    web.requests.clear()
    with pytest.raises(Unsendable):
        link.send("Getvar", ("ActionID", "1"), ("Channel", f"PJSIP/1{letter}"))
    link.wait(0.3)
    assert set(web.actions()) <= {"WaitEvent"}


def test_that_everything_else_arrives_as_it_is(web: WebPbx, link: AmiOverHttp) -> None:
    channel = "PJSIP/a&Action=Originate;b=c%0D%0A d+e#فروش?\"'\\"
    web.answers["Getvar"] = lambda action: success(action, Value="x")
    link.send("Getvar", ("ActionID", "1"), ("Channel", channel))
    answered(link, lambda messages: any(one.get("Value") == "x" for one in messages))
    told = next(one for one in web.requests if one.action["Action"] == "Getvar")
    assert told.action == {"Action": "Getvar", "ActionID": "1", "Channel": channel}
    assert told.head["content-type"] == "application/x-www-form-urlencoded"


# --- a close look ------------------------------------------------------------------------------


@pytest.fixture
def answering(web: WebPbx, monkeypatch: pytest.MonkeyPatch) -> WebPbx:
    """Nobody is watched for long, and the PBX knows its clock and its commands."""
    monkeypatch.setattr("wallboard.sources.asterisk.check.WATCH", timedelta(seconds=0.3))
    names = ("Originate", "QueuePause", "QueueRemove", "Hangup")
    web.answers["ListCommands"] = lambda action: success(action, **dict.fromkeys(names, "x"))
    web.answers["Ping"] = lambda action: success(action, Timestamp=f"{time.time():.6f}")  # noqa: TID251
    return web


def checked(port: int, **more: str) -> dict[str, Finding]:
    findings = list(KIND.check(web_told(port, **more), system_clock()))
    assert all(len(Wording().finding(one)) > 10 for one in findings)
    return {one.topic: one for one in findings}


@contextmanager
def talking(pbx: Pbx) -> Iterator[None]:
    done = threading.Event()

    def emit() -> None:
        while not done.wait(0.05):
            pbx.emit({"Event": "QueueMemberStatus"}, {"Event": "Hangup"})

    thread = threading.Thread(target=emit)
    thread.start()
    yield
    done.set()
    thread.join()


@BOTH_WAYS
def test_that_a_good_way_over_http_is_good_throughout(
    answering: WebPbx, server: Server, digest: str
) -> None:
    with talking(answering):
        found = checked(server.port, digest=digest)
    assert {str(one.verdict) for one in found.values()} == {"good"}
    assert list(found) == [
        "reachable", "tls", "web", "sign_in", "web_session", "clock", "queues", "members",
        "calls", "commands", "no_phone", "events",
    ]  # fmt: skip
    assert "AMI under" in Wording().finding(found["web"])


def test_that_a_manager_under_another_path_is_found(web: WebPbx, server: Server) -> None:
    found = checked(server.port, path="/other")
    assert {topic: str(one.verdict) for topic, one in found.items()} == {
        "web": "bad",
        "web_path": "warning",
    }
    assert dict(found["web_path"].details) == {"path": "/asterisk"}
    web.prefix = ""
    assert dict(checked(server.port)["web_path"].details) == {"path": "/"}
    assert "Login" not in web.actions()


def test_that_a_manager_that_is_offered_nowhere_is_told_with_what_to_set(
    web: WebPbx, server: Server
) -> None:
    web.served = False
    found = checked(server.port)
    assert list(found) == ["web"]
    assert "webenabled = yes in manager.conf" in Wording().finding(found["web"])


def test_that_a_web_server_that_is_off_is_told_with_what_to_set() -> None:
    with Server(WebPbx()) as server:
        pass
    found = checked(server.port)
    assert list(found) == ["reachable", "web_off"]
    assert "http.conf" in Wording().finding(found["web_off"])


def test_that_a_session_that_is_not_kept_is_told(web: WebPbx, server: Server) -> None:
    web.forgets = True
    found = checked(server.port)
    assert found["web_session"].verdict is Verdict.BAD
    assert "cookies" in Wording().finding(found["web_session"])


@BOTH_WAYS
def test_that_a_wrong_password_ends_the_look(server: Server, digest: str) -> None:
    found = checked(server.port, digest=digest, secret="wrong")
    assert list(found) == ["reachable", "tls", "web", "sign_in"]
    assert found["sign_in"].verdict is Verdict.BAD


def test_that_a_refusal_says_what_to_do() -> None:
    with pytest.raises(SourceRefused):
        KIND.connect(web_told(8088, path="asterisk"), system_clock())
