"""Through a proxy: it hears what it must, and says when it does not pass us on."""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import trustme
from support.clocks import HandClock
from support.faultd import FAULTS, Asked, Breakage, FaultServer, Over, Said, Wire
from support.rest_site import TOKEN, ApiSite

from wallboard.domain.errors import Fault, FaultKind
from wallboard.sources.rest.settings import account_of
from wallboard.sources.rest.source import RestSource

Failing = Callable[[RestSource], Fault]
PASSWORD = "canary-of-the-proxy"


def passes_on(wire: Wire, asked: Asked, _good: bytes) -> None:
    """Do what a proxy does: a tunnel, or one request."""
    if asked.method == "CONNECT":
        host, _, port = asked.target.rpartition(":")
        with socket.create_connection((host, int(port)), 2) as there:
            wire.send(b"HTTP/1.1 200 Connection established\r\n\r\n")
            back = threading.Thread(target=_pipe, args=(there, wire.socket), daemon=True)
            back.start()
            _pipe(wire.socket, there)
            back.join(2)
        raise Over
    place = asked.target.removeprefix("http://")
    host, _, path = place.partition("/")
    name, _, port = host.partition(":")
    with socket.create_connection((name, int(port)), 2) as there:
        lines = [f"GET /{path} HTTP/1.1", f"Host: {host}", "Connection: close"]
        told = {key: said for key, said in asked.headers.items() if not key.startswith("proxy")}
        lines += [f"{key}: {said}" for key, said in told.items() if key != "host"]
        there.sendall("\r\n".join(lines).encode() + b"\r\n\r\n")
        head = b""
        there.settimeout(0.3)
        with contextlib.suppress(TimeoutError):
            while data := there.recv(65536):
                head += data
    wire.send(head)


def _pipe(one: socket.socket, other: socket.socket) -> None:
    with contextlib.suppress(OSError):
        while data := one.recv(65536):
            other.sendall(data)
    with contextlib.suppress(OSError):
        other.shutdown(socket.SHUT_WR)


@pytest.fixture
def proxy() -> Iterator[FaultServer]:
    with FaultServer(lambda _: Said(status=502, body=b"")) as running:
        running.break_down(Breakage(kinds=frozenset(), answers=passes_on))
        yield running


@pytest.fixture
def told(
    authority: trustme.CA, encrypted: ssl.SSLContext, site: ApiSite, tmp_path: Path
) -> Iterator[dict[str, str]]:
    """The fields of a connection to an encrypted server."""
    path = tmp_path / "ca.pem"
    authority.cert_pem.write_to_path(path)
    with FaultServer(site, encrypted) as running:
        yield {"url": running.address, "secret": TOKEN, "ca": str(path), "poll": "1"}


def through(proxy: FaultServer, told: dict[str, str], **more: str) -> RestSource:
    return RestSource(account_of({**told, "proxy": proxy.address, **more}), HandClock())


def test_that_an_encrypted_talk_goes_through_a_tunnel(
    proxy: FaultServer, told: dict[str, str]
) -> None:
    source = through(proxy, told)
    for _ in range(3):
        assert source.fetch().snapshot.agents
    source.close()
    assert [asked.method for asked in proxy.asked] == ["CONNECT"]
    assert TOKEN.encode() not in proxy.received()
    assert b"/v1/" not in proxy.received()


def test_that_the_proxys_password_is_the_proxys_alone(
    proxy: FaultServer, told: dict[str, str]
) -> None:
    source = through(proxy, told, proxy_username="wall", proxy_secret=PASSWORD)
    source.fetch()
    source.close()
    assert proxy.asked[0].headers["proxy-authorization"].startswith("Basic ")
    assert "authorization" not in proxy.asked[0].headers


def test_that_a_plain_talk_goes_through_too(proxy: FaultServer, server: FaultServer) -> None:
    told = {"url": server.address, "secret": TOKEN, "poll": "2"}
    source = through(proxy, told, proxy_username="wall", proxy_secret=PASSWORD)
    assert source.fetch().snapshot.agents
    assert {asked.method for asked in proxy.asked} == {"GET"}
    assert "proxy-authorization" in proxy.asked[0].headers
    assert all("proxy-authorization" not in asked.headers for asked in server.asked)


@pytest.mark.parametrize("status", [403, 407, 502, 503])
def test_that_a_proxy_that_refuses_is_named(
    status: int, proxy: FaultServer, told: dict[str, str], failing: Failing
) -> None:
    refusal = Said(status=status, body=b"no").encoded()
    proxy.break_down(Breakage(kinds=frozenset(), answers=lambda wire, *_: wire.send(refusal)))
    fault = failing(through(proxy, told))
    assert fault.kind is FaultKind.PROXY
    assert fault.detail("port") == str(proxy.port)
    assert str(status) in fault.detail("reason")
    assert TOKEN.encode() not in proxy.received()


def test_that_a_proxy_of_a_plain_talk_that_wants_a_password_is_named(
    proxy: FaultServer, server: FaultServer, failing: Failing
) -> None:
    refusal = Said(status=407, body=b"no").encoded()
    proxy.break_down(Breakage(kinds=frozenset(), answers=lambda wire, *_: wire.send(refusal)))
    fault = failing(through(proxy, {"url": server.address, "secret": TOKEN}))
    assert fault.kind is FaultKind.PROXY
    assert server.wires == []


def test_that_a_proxy_that_is_not_there_is_named(
    proxy: FaultServer, told: dict[str, str], failing: Failing
) -> None:
    source = through(proxy, told)
    proxy.break_down(FAULTS["refused"])
    fault = failing(source)
    assert fault.kind is FaultKind.PROXY
    assert fault.detail("reason") == "Connection refused"
    proxy.recover()
    proxy.break_down(Breakage(kinds=frozenset(), answers=passes_on))
    source.fetch()
    source.close()


@pytest.mark.parametrize("name", ["hangs", "hangs_at_once", "trickles_head", "closed_at_once"])
def test_that_a_proxy_that_says_nothing_is_not_waited_for(
    name: str, proxy: FaultServer, told: dict[str, str], failing: Failing
) -> None:
    proxy.break_down(FAULTS[name])
    fault = failing(through(proxy, told))
    assert fault.kind in (FaultKind.SLOW, FaultKind.PROXY, FaultKind.LOST)


def test_that_something_else_than_a_proxy_is_told(
    proxy: FaultServer, told: dict[str, str], failing: Failing
) -> None:
    proxy.break_down(FAULTS["another_protocol"])
    fault = failing(through(proxy, told))
    assert fault.kind is FaultKind.NOT_OUR_PROTOCOL
    assert fault.detail("port") == str(proxy.port)
