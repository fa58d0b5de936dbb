"""Sources on small servers: connected by real sockets, told by a real clock."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import timedelta

import pytest
from support.ami_desk import LEG, Desk
from support.ami_server import Pbx, Serve, Server
from support.ami_story import agent_channel, caller_channel, member_row

from wallboard.app.clock import system_clock
from wallboard.sources.asterisk import KIND
from wallboard.sources.asterisk.source import AsteriskSource


@pytest.fixture
def stack() -> Iterator[ExitStack]:
    """Closes at the end of a test whatever it has opened."""
    with ExitStack() as opened:
        yield opened


@pytest.fixture
def pbx() -> Pbx:
    return Pbx()


@pytest.fixture
def server(pbx: Pbx, stack: ExitStack) -> Server:
    """A server that speaks for `pbx`."""
    return stack.enter_context(Server(pbx))


@pytest.fixture
def serving(stack: ExitStack) -> Callable[[Serve], Server]:
    """Starts a server that does what it is told with each connection."""
    return lambda serve: stack.enter_context(Server(serve))


@pytest.fixture
def source_of(stack: ExitStack) -> Callable[..., AsteriskSource]:
    """Makes a source for a server: `source_of(server, tls="yes")`."""

    def make(server: Server, **more: str) -> AsteriskSource:
        source = KIND.connect(server.told(**more), system_clock())
        assert isinstance(source, AsteriskSource)
        stack.callback(source.close)
        return source

    return make


@pytest.fixture
def no_race(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rows are not held back and nobody is waited for long: for tests that connect very often."""
    monkeypatch.setattr("wallboard.sources.asterisk.source.RACE", timedelta(milliseconds=1))
    monkeypatch.setattr("wallboard.sources.asterisk.source.NUDGE", timedelta(milliseconds=100))


@pytest.fixture
def interrupt(stack: ExitStack) -> tuple[socket.socket, socket.socket]:
    """A pair of sockets: what is written to the second interrupts who waits on the first."""
    pair = socket.socketpair()
    for one in pair:
        stack.callback(one.close)
    return pair


@pytest.fixture
def desk(
    pbx: Pbx,
    server: Server,
    source_of: Callable[..., AsteriskSource],
    interrupt: tuple[socket.socket, socket.socket],
    no_race: None,
) -> Desk:
    pbx.rows[:] = [
        row
        for row in pbx.rows
        if row["Event"] == "QueueParams" or row.get("Location") != "PJSIP/1001"
    ]
    pbx.rows.append(member_row("support", "PJSIP/1001", Name="Alice Adams", InCall=1, Status=2))
    leg = {**agent_channel("1.1", "PJSIP/1001"), "Uniqueid": LEG}
    pbx.channels = [caller_channel("1.1", "support"), leg]
    return Desk(pbx, source_of(server, phone="PJSIP/9001"), interrupt[0])
