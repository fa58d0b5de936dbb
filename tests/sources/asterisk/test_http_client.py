"""Bytes of a web server become answers, however they are cut and whatever they are."""

from __future__ import annotations

import select
import threading
from collections.abc import Callable
from contextlib import ExitStack
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.ami_server import Serve, Server, Wire

from wallboard.domain.errors import FaultKind, SourceUnavailable
from wallboard.sources.asterisk import http_client
from wallboard.sources.asterisk.client import Address
from wallboard.sources.asterisk.http_client import Answer, AnswerReader, HttpConnection, NoHttp

PLAIN = b"HTTP/1.1 200 OK\r\nServer: Asterisk\r\nContent-Length: 5\r\nA: 1\r\na: 2\r\n\r\nhello"
CHUNKED = (
    b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    b"2;x=y\r\nhe\r\n3\r\nllo\r\n0\r\nTrailer: 1\r\n\r\n"
)
GO_ON = b"HTTP/1.1 100 Continue\r\n\r\n" + PLAIN
BARE = b"HTTP/1.1 200 OK\nContent-Length: 5\n\nhello"


def read(*pieces: bytes) -> AnswerReader:
    reader = AnswerReader()
    for piece in pieces:
        reader.feed(piece)
    return reader


def answer_of(*pieces: bytes) -> Answer:
    answer = read(*pieces).answer
    assert answer is not None
    return answer


@pytest.mark.parametrize(
    "data", [PLAIN, CHUNKED, GO_ON, BARE], ids=["length", "chunks", "100", "lf"]
)
def test_that_an_answer_may_be_cut_at_every_byte(data: bytes) -> None:
    for place in range(1, len(data)):
        assert answer_of(data[:place], data[place:]).body == b"hello"
    assert answer_of(*[data[place : place + 1] for place in range(len(data))]).body == b"hello"
    for place in range(len(data)):
        assert read(data[:place]).answer is None


def test_that_the_head_is_told_with_names_in_any_letters() -> None:
    answer = answer_of(PLAIN)
    assert (answer.status, answer.reason, answer.get("server")) == (200, "OK", "Asterisk")
    assert answer.all("a") == ["1", "2"]
    assert answer.get("nothing") == ""


@pytest.mark.parametrize(
    ("data", "closes"),
    [
        (PLAIN, False),
        (CHUNKED, False),
        (PLAIN.replace(b"A: 1", b"Connection: Close"), True),
        (PLAIN.replace(b"HTTP/1.1", b"HTTP/1.0"), True),
        (
            PLAIN.replace(b"HTTP/1.1", b"HTTP/1.0").replace(b"A: 1", b"Connection: keep-alive"),
            False,
        ),
        (b"HTTP/1.1 204 No Content\r\n\r\n", False),
    ],
)
def test_that_it_is_known_whether_more_may_be_asked(data: bytes, closes: bool) -> None:
    reader = read(data)
    assert reader.answer is not None
    assert reader.closes is closes


def test_that_a_body_without_a_length_ends_with_the_connection() -> None:
    reader = read(b"HTTP/1.1 200 OK\r\n\r\nhel", b"lo")
    assert reader.answer is None
    assert reader.end()
    assert reader.answer is not None
    assert reader.answer.body == b"hello"


@pytest.mark.parametrize("data", [PLAIN[:-1], CHUNKED[:-2], PLAIN[:30], b""])
def test_that_what_ends_early_is_no_answer(data: bytes) -> None:
    assert not read(data).end()


@pytest.mark.parametrize(
    "data",
    [
        b"Asterisk Call Manager/11.0.0\r\n",
        b"SSH-2.0-x\r\n",
        b"\x15\x03\x03\x00\x02",
        b"HTTP/2 200 OK\r\n",
        b"HTTP/1.1 2000 OK\r\n\r\n",
        b"HTTP/1.1 OK\r\n\r\n",
        b"HTTP/1.1 " + b"2" * 2000,
        b"HTTP/1.1 200 OK\r\n" + b"A: b\r\n" * 5000,
        b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 99999999999999\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 999999999\r\n\r\n",
        PLAIN + b"HTTP/1.1 200 OK\r\n",
        CHUNKED[:47] + b"x\r\n",
        CHUNKED[:47] + b"FFFFFFFF\r\n",
        CHUNKED[:47] + b"2\r\nhexx\r\n",
        CHUNKED[:47] + b"1" * 2000,
        CHUNKED[:47] + b"0\r\n" + b"A: b\r\n" * 200,
    ],
)
def test_that_what_is_not_understood_is_said(data: bytes) -> None:
    with pytest.raises(NoHttp) as caught:
        read(data)
    assert len(str(caught.value)) < 200


def test_that_no_more_is_kept_than_the_cap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http_client, "MAX_BODY", 1000)
    for head in (b"", b"Transfer-Encoding: chunked\r\n"):
        reader = read(b"HTTP/1.1 200 OK\r\n" + head + b"\r\n")
        piece = b"64\r\n" + b"x" * 100 + b"\r\n"
        reader.feed(piece * 9)
        with pytest.raises(NoHttp):
            reader.feed(piece * 2)


@given(
    st.lists(st.binary(max_size=40), max_size=20), st.sampled_from([b"", PLAIN[:17], CHUNKED[:47]])
)
def test_that_no_bytes_do_harm(pieces: list[bytes], begin: bytes) -> None:
    reader = AnswerReader()
    try:
        reader.feed(begin)
        for piece in pieces:
            reader.feed(piece)
    except NoHttp:
        return
    reader.end()


# --- over a socket -----------------------------------------------------------------------------


def connection(server: Server, stack: ExitStack) -> HttpConnection:
    made = HttpConnection(Address(host="127.0.0.1", port=server.port), timedelta(seconds=2))
    stack.callback(made.close)
    return made


def until_readable(made: HttpConnection) -> None:
    assert select.select([made], [], [], 5)[0]


def until_answered(made: HttpConnection) -> Answer:
    while True:
        until_readable(made)
        answer = made.receive()
        if answer is not None:
            return answer


def answering(*answers: bytes) -> Serve:
    """Give these answers to the requests of one connection, then end it."""

    def serve(wire: Wire) -> None:
        for answer in answers:
            wire.receive()
            wire.send(answer)

    return serve


def test_that_requests_share_a_connection_as_long_as_the_server_keeps_it(
    serving: Callable[[Serve], Server], stack: ExitStack
) -> None:
    server = serving(answering(PLAIN, CHUNKED))
    made = connection(server, stack)
    assert made.post("/rawman", b"Action=Ping", (("Cookie", "a=1"),))
    assert made.busy
    assert until_answered(made).body == b"hello"
    assert not made.busy
    assert not made.post("/rawman", b"Action=Ping", ())
    assert until_answered(made).body == b"hello"
    assert made.kept
    until_readable(made)
    assert made.post("/rawman", b"Action=Ping", ()), "the server has closed it: a new one is made"
    assert until_answered(made).body == b"hello"
    assert len(server.wires) == 2
    said = bytes(server.wires[0].received).decode()
    assert said.startswith("POST /rawman HTTP/1.1\r\nHost: 127.0.0.1:")
    assert "Cookie: a=1\r\n" in said
    assert said.count("Action=Ping") == 2


def test_that_a_connection_that_ends_with_a_question_open_is_lost(
    serving: Callable[[Serve], Server], stack: ExitStack
) -> None:
    made = connection(serving(answering(PLAIN[:-2])), stack)
    made.post("/rawman", b"", ())
    with pytest.raises(SourceUnavailable) as caught:
        until_answered(made)
    assert caught.value.fault.kind is FaultKind.LOST
    assert not made.is_open()


def test_that_a_connection_that_is_closed_after_each_answer_is_no_loss(
    serving: Callable[[Serve], Server], stack: ExitStack
) -> None:
    closing = PLAIN.replace(b"A: 1", b"Connection: close")
    server = serving(answering(closing))
    made = connection(server, stack)
    for _ in range(3):
        assert made.post("/rawman", b"", ())
        assert until_answered(made).body == b"hello"
        assert not made.kept
    assert len(server.wires) == 3


def test_that_what_nobody_asked_for_ends_a_connection(
    serving: Callable[[Serve], Server], stack: ExitStack
) -> None:
    asked = threading.Event()

    def chatty(wire: Wire) -> None:
        wire.receive()
        wire.send(PLAIN)
        asked.wait(5)
        wire.send(PLAIN[:4])
        wire.receive()

    made = connection(serving(chatty), stack)
    made.post("/rawman", b"", ())
    assert until_answered(made).body == b"hello"
    asked.set()
    until_readable(made)
    assert made.post("/rawman", b"", ()), "the answer to no question is not taken for ours"


def test_that_nothing_but_the_address_is_asked(
    serving: Callable[[Serve], Server], stack: ExitStack, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No proxy of the environment, and no password that lies about."""
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    server = serving(answering(PLAIN))
    made = connection(server, stack)
    made.post("/rawman", b"", ())
    assert until_answered(made).status == 200
    assert b"Authorization" not in server.received()


def test_that_an_address_of_version_six_is_written_as_such() -> None:
    made = HttpConnection(Address(host="::1", port=8088), timedelta(seconds=1))
    assert made._host == "[::1]:8088"
    assert made.fileno() == -1
    assert not made.unseen()
