"""One connection whose bytes are scripted."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from support.ami_server import BANNER, Server

from wallboard.domain.errors import FaultKind, SourceError, SourceUnavailable
from wallboard.sources.asterisk.client import CHUNKS, Address, Client

EVENT = b"Event: A\r\n\r\n"


class Script:
    """A socket that gives what it is told to give, piece by piece."""

    def __init__(self, *pieces: bytes | OSError) -> None:
        self.pieces = list(pieces)

    def recv(self, _size: int) -> bytes:
        piece = self.pieces.pop(0) if self.pieces else BlockingIOError()
        if isinstance(piece, OSError):
            raise piece
        return piece

    def close(self) -> None:
        pass


@pytest.fixture
def scripted(server: Server, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Client]:
    def make(*pieces: bytes | OSError) -> Client:
        address = Address(host="127.0.0.1", port=server.port)
        client = Client(address, None, timedelta(seconds=1))
        client.close()
        monkeypatch.setattr(client, "_socket", Script(*pieces))
        return client

    return make


@pytest.mark.parametrize("end", [b"", ConnectionResetError()])
def test_that_what_came_before_a_loss_is_handed_out_first(
    scripted: Callable[..., Client], end: bytes | OSError
) -> None:
    client = scripted(BANNER + EVENT, end)
    assert client.receive() == [{"Event": "A"}]
    for _ in range(2):
        with pytest.raises(SourceUnavailable) as caught:
            client.receive()
        assert caught.value.fault.kind is FaultKind.LOST


def test_that_what_came_before_garbage_is_handed_out_first(
    scripted: Callable[..., Client],
) -> None:
    client = scripted(BANNER + EVENT, b"x" * 700_000, b"x" * 700_000)
    assert client.receive() == [{"Event": "A"}]
    with pytest.raises(SourceUnavailable) as caught:
        client.receive()
    assert caught.value.fault.kind is FaultKind.NOT_OUR_PROTOCOL


def test_that_garbage_instead_of_a_banner_is_another_service(
    scripted: Callable[..., Client],
) -> None:
    with pytest.raises(SourceError) as caught:
        scripted(b"SSH-2.0-OpenSSH_9.6\r\n").receive()
    assert caught.value.fault.kind is FaultKind.NOT_OUR_PROTOCOL
    assert caught.value.fault.detail("said") == "'SSH-2.0-OpenSSH_9.6'"


def test_that_only_so_much_is_read_at_once(scripted: Callable[..., Client]) -> None:
    client = scripted(BANNER, *[EVENT] * (CHUNKS + 10))
    assert len(client.receive()) == CHUNKS - 1
    assert len(client.receive()) == 11
    assert client.receive() == []
