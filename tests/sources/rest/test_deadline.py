"""An answer is there by the deadline, or it is not waited for."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable
from datetime import timedelta

import pytest
from support.campaign import size_of_campaign
from support.clocks import HandClock
from support.faultd import FAULTS, Breakage, FaultServer, Wire

from wallboard.domain.errors import Fault, FaultKind
from wallboard.net import connecting
from wallboard.net.connecting import Connector
from wallboard.net.deadline import Deadline
from wallboard.net.names import NameUnknown
from wallboard.sources.rest.settings import account_of
from wallboard.sources.rest.source import RestSource

Make = Callable[..., RestSource]
Failing = Callable[[RestSource], Fault]
LATE_S = 0.1
SLOW = sorted(name for name, breakage in FAULTS.items() if breakage.slow)


def timed(ask: Callable[[], object]) -> float:
    began_s = time.monotonic()
    ask()
    return time.monotonic() - began_s


@pytest.mark.parametrize("name", SLOW)
@pytest.mark.parametrize("kept_open", [False, True])
def test_that_who_is_slow_is_not_waited_for(
    name: str, kept_open: bool, server: FaultServer, made: Make, failing: Failing
) -> None:
    source = made(server)
    if kept_open:
        source.fetch()
    server.break_down(FAULTS[name])
    if kept_open and FAULTS[name].accepted is not None:
        server.hang_up()
    faults: list[Fault] = []
    took_s = timed(lambda: faults.append(failing(source)))
    assert faults[0].kind is FaultKind.SLOW
    assert faults[0].detail("seconds") == "0.8"
    assert 0.7 <= took_s <= 0.8 + LATE_S
    server.recover()
    source.fetch()


@pytest.mark.timing
def test_that_a_thousand_slow_calls_all_end_in_time(
    server: FaultServer, made: Make, failing: Failing
) -> None:
    source = made(server)
    latest_s = 0.0
    for number in range(size_of_campaign(4, 1000)):
        server.break_down(FAULTS[SLOW[number % len(SLOW)]])
        latest_s = max(latest_s, timed(lambda: failing(source)))
    assert latest_s <= 0.8 + LATE_S


def test_that_all_requests_of_one_look_share_one_deadline(
    server: FaultServer, made: Make, failing: Failing
) -> None:
    source = made(server)

    def waits(wire: Wire, _asked: object, good: bytes) -> None:
        time.sleep(0.35)  # noqa: TID251 - a server that takes its time
        wire.send(good)

    server.break_down(Breakage(kinds=frozenset(), answers=waits))
    assert timed(lambda: failing(source)) <= 0.8 + LATE_S
    server.recover()
    source.fetch()


def test_that_a_server_nobody_hears_is_not_waited_for(made: Make, failing: Failing) -> None:
    # A full backlog swallows the packets that would connect, as a firewall does.
    with socket.socket() as deaf:
        deaf.bind(("127.0.0.1", 0))
        deaf.listen(0)
        port = deaf.getsockname()[1]
        waiting = []
        for _ in range(8):
            caller = socket.socket()
            caller.setblocking(False)
            caller.connect_ex(("127.0.0.1", port))
            waiting.append(caller)
        account = account_of({"url": f"http://127.0.0.1:{port}", "secret": "x", "poll": "1"})
        source = RestSource(account, HandClock())
        faults: list[Fault] = []
        took_s = timed(lambda: faults.append(failing(source)))
        for caller in waiting:
            caller.close()
    assert faults[0].kind is FaultKind.SLOW
    assert took_s <= 0.8 + LATE_S


def test_that_threads_do_not_pile_up_while_names_are_not_found(
    monkeypatch: pytest.MonkeyPatch, failing: Failing
) -> None:
    hanging = threading.Event()
    asked: list[str] = []

    def resolve(host: str, *_: object, **__: object) -> list[object]:
        asked.append(host)
        hanging.wait(30)
        return []

    monkeypatch.setattr(connecting.socket, "getaddrinfo", resolve)
    oauth = {
        "sign_in": "oauth2",
        "username": "u",
        "secret": "s",
        "token_url": "https://id.invalid/t",
    }
    account = account_of({"url": "https://api.invalid", "poll": "1", "secret": "x"})
    other = account_of({"url": "https://api.invalid", "poll": "1", **oauth})
    before = threading.active_count()
    try:
        for each in (account, other, account, other):
            source = RestSource(each, HandClock())
            began_s = time.monotonic()
            assert failing(source).kind is FaultKind.NAME_NOT_FOUND
            assert time.monotonic() - began_s <= 0.8 + LATE_S
            assert threading.active_count() - before <= 2
        assert sorted(asked) == ["api.invalid", "id.invalid"]
    finally:
        hanging.set()


def test_that_a_name_that_is_not_there_is_told_at_once(
    monkeypatch: pytest.MonkeyPatch, failing: Failing
) -> None:
    def resolve(*_: object, **__: object) -> list[object]:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(connecting.socket, "getaddrinfo", resolve)
    account = account_of({"url": "https://api.invalid", "secret": "x"})
    fault = failing(RestSource(account, HandClock()))
    assert fault.kind is FaultKind.NAME_NOT_FOUND
    assert fault.detail("host") == "api.invalid"


def test_that_the_address_that_answered_is_tried_first(
    monkeypatch: pytest.MonkeyPatch, server: FaultServer
) -> None:
    dead = (socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", 1))
    alive = (socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", server.port))
    monkeypatch.setattr(connecting.socket, "getaddrinfo", lambda *_, **__: [dead, alive])
    deadline = Deadline()
    deadline.begin(timedelta(seconds=1))
    connector = Connector(deadline)
    tried: list[object] = []
    connect = connecting.TimedSocket.connect

    def noted(plain: connecting.TimedSocket, place: object) -> None:
        tried.append(place)
        connect(plain, place)  # type: ignore[arg-type]

    monkeypatch.setattr(connecting.TimedSocket, "connect", noted)
    for _ in range(2):
        connector.connected("api.invalid", 443).close()
    assert tried == [dead[4], alive[4], alive[4]]


def test_that_who_has_no_time_left_is_not_asked(server: FaultServer) -> None:
    connector = Connector(Deadline())
    with pytest.raises((TimeoutError, NameUnknown)):
        connector.connected("127.0.0.1", server.port)
    assert server.wires == []
