"""A name is looked up by a deadline, once for all who ask meanwhile."""

from __future__ import annotations

import socket
import threading
import time

import pytest

from wallboard.net.names import NameUnknown, places_of

LONG_S = 20.0


def told(address: tuple[object, ...], family: socket.AddressFamily) -> list[object]:
    return [(family, socket.SOCK_STREAM, 6, "", address)]


def test_that_an_address_leads_to_itself() -> None:
    assert places_of("127.0.0.1", 5038, LONG_S) == [(socket.AF_INET, ("127.0.0.1", 5038))]


def test_that_an_address_of_a_link_keeps_the_number_of_the_link(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    address = ("fe80::1", 5038, 0, 3)
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: told(address, socket.AF_INET6))
    assert places_of("pbx.example", 5038, LONG_S) == [(socket.AF_INET6, address)]


@pytest.mark.parametrize("host", ["a..b", "x" * 300, "no-such-pbx.invalid"])
def test_that_a_name_that_nobody_has_is_unknown(host: str) -> None:
    with pytest.raises(NameUnknown):
        places_of(host, 5038, LONG_S)


def test_that_a_resolver_that_hangs_is_waited_for_only_so_long_and_asked_only_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    release, asked = threading.Event(), []

    def hang(host: str, port: int, **_: object) -> list[object]:
        asked.append(host)
        release.wait(LONG_S)
        return told(("127.0.0.1", port), socket.AF_INET)

    monkeypatch.setattr(socket, "getaddrinfo", hang)
    began_s = time.monotonic()
    try:
        for _ in range(3):
            with pytest.raises(NameUnknown):
                places_of("slow.example", 5038, 0.05)
        assert time.monotonic() - began_s < LONG_S / 2
        assert asked == ["slow.example"]
    finally:
        release.set()
    # Who asks while the lookup still runs gets its answer; who comes later asks anew.
    assert places_of("slow.example", 5038, LONG_S) == [(socket.AF_INET, ("127.0.0.1", 5038))]
