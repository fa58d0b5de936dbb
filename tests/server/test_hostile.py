"""What comes over the wire from who means no good, or has a bad line: bounded, and forgotten."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import suppress
from http.client import HTTPConnection, HTTPSConnection
from pathlib import Path

import pytest
import trustme
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support.feeds import HandFeed
from support.served import InProcess, Served, in_process, served

from wallboard.server import connection as connections
from wallboard.server import listening
from wallboard.server.listening import Tls, listening_at, serve_app
from wallboard.server.rights import Role


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Served]:
    feed = HandFeed()
    feed.begin()
    with served(tmp_path, feed) as there:
        yield there


@pytest.fixture
def inside(tmp_path: Path) -> Iterator[InProcess]:
    feed = HandFeed()
    feed.begin()
    with in_process(tmp_path, feed) as there:
        yield there


def said(server: Served, sent: bytes, patience_s: float = 0.5) -> bytes:
    """Send bytes, and return all that comes back until the end, or until there is no more."""
    with socket.create_connection(("127.0.0.1", server.port), timeout=patience_s) as line:
        line.sendall(sent)
        received = b""
        try:
            while chunk := line.recv(65536):
                received += chunk
        except (TimeoutError, ConnectionError):
            pass
        return received


def lives(server: Served) -> bool:
    return server.get("/v1/health").status == 200


def test_that_a_head_without_end_is_cut_off(server: Served) -> None:
    sent = 0
    with socket.create_connection(("127.0.0.1", server.port), timeout=5) as line:
        line.sendall(b"GET /v1/health HTTP/1.1\r\n")
        with suppress(OSError):
            while sent < 64 * 1024 * 1024:
                line.sendall(b"X-A: " + b"a" * 1000 + b"\r\n")
                sent += 1007
    assert sent < 16 * 1024 * 1024  # what the system keeps for us, at most
    assert lives(server)


def test_that_too_many_headers_are_refused(server: Served) -> None:
    headers = {f"X-{number}": "1" for number in range(80)}
    answer = server.ask("GET", "/v1/snapshot", server.token(Role.TV), headers=headers)
    assert answer.status == 400


def test_that_a_token_said_twice_is_refused(server: Served) -> None:
    token = server.token(Role.ADMINISTRATOR)
    line = f"Authorization: Bearer {token}\r\n"
    answer = said(
        server,
        f"GET /v1/snapshot HTTP/1.1\r\nHost: x\r\n{line}{line}Connection: close\r\n\r\n".encode(),
    )
    assert answer.startswith(b"HTTP/1.1 400")


@pytest.mark.parametrize(
    "sent",
    [
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(200),  # TLS on a plain port
        b"GET / HTTP/9.9\r\n\r\n",
        b"GARBAGE\r\n\r\n",
        b"GET /v1/health HTTP/1.1\r\nHost: x\r\nContent-Length: -5\r\n\r\n",
        (
            b"GET /v1/health HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n"
            b"Content-Length: 5\r\n\r\nfffffffffffffffff\r\n"
        ),
        b"POST /v1/commands HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999999999999\r\n\r\n",
        b"GET /\x00\xff HTTP/1.1\r\nHost: x\r\n\r\n",
        b"\r\n" * 500,
        b"SSH-2.0-OpenSSH_9.6\r\n",
    ],
)
def test_that_what_is_no_request_does_no_harm(server: Served, sent: bytes) -> None:
    with socket.create_connection(("127.0.0.1", server.port), timeout=0.5) as line:
        line.sendall(sent)
        try:
            answer = line.recv(4096)
        except OSError:
            answer = b""
    assert b"Traceback" not in answer
    assert answer[:10] in (b"", b"HTTP/1.1 4")
    assert lives(server)


def test_that_a_large_body_is_not_read(server: Served) -> None:
    token = server.token(Role.ADMINISTRATOR)
    connection = HTTPConnection("127.0.0.1", server.port, timeout=5)
    connection.putrequest("POST", "/v1/commands")
    for name, text in (
        ("Authorization", f"Bearer {token}"),
        ("Content-Type", "application/json"),
        ("Idempotency-Key", "key-00001"),
        ("Content-Length", str(10**9)),
    ):
        connection.putheader(name, text)
    connection.endheaders()
    answer = connection.getresponse()
    assert answer.status == 413
    assert b"too_large" in answer.read()
    connection.close()
    assert lives(server)


def test_that_a_large_body_in_chunks_is_not_read_to_its_end(server: Served) -> None:
    token = server.token(Role.ADMINISTRATOR)
    head = (
        f"POST /v1/commands HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {token}\r\n"
        "Content-Type: application/json\r\nIdempotency-Key: key-00001\r\n"
        "Transfer-Encoding: chunked\r\n\r\n"
    )
    answer = said(
        server, head.encode() + b"1000\r\n" + b"x" * 4096 + b"\r\n" + b"2000\r\n" + b"y" * 8192
    )
    assert answer.startswith(b"HTTP/1.1 413")
    assert lives(server)


def test_that_who_sends_half_a_request_is_let_go(
    server: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connections, "_HEAD_S", 0.3)
    for sent in (b"", b"GET /v1/heal", b"GET /v1/health HTTP/1.1\r\nHost: x\r\nX-"):
        with socket.create_connection(("127.0.0.1", server.port), timeout=5) as line:
            line.sendall(sent)
            assert line.recv(100) == b""
    # Also after a request that was answered.
    with socket.create_connection(("127.0.0.1", server.port), timeout=5) as line:
        line.sendall(b"GET /v1/health HTTP/1.1\r\nHost: x\r\n\r\n")
        assert line.recv(65536).startswith(b"HTTP/1.1 200")
        line.sendall(b"GET /v1/he")
        assert line.recv(100) == b""
    assert lives(server)


def test_that_who_keeps_his_connection_is_not_let_go_while_he_asks(
    server: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connections, "_HEAD_S", 0.2)
    connection = HTTPConnection("127.0.0.1", server.port, timeout=5)
    waiting = threading.Event()
    for _ in range(4):
        connection.request("GET", "/v1/health")
        answer = connection.getresponse()
        answer.read()
        assert answer.status == 200
        line = connection.sock
        assert line is not None
        waiting.wait(0.15)
    assert connection.sock is line
    connection.close()


def test_that_who_does_not_read_his_answer_is_let_go(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connections, "_UNREAD_S", 0.3)
    feed = HandFeed(20, 8000)
    feed.begin()
    with served(tmp_path, feed) as server:
        token = server.token(Role.ADMINISTRATOR)
        with socket.socket() as line:
            line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            line.settimeout(10)
            line.connect(("127.0.0.1", server.port))
            ask = f"GET /v1/snapshot HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {token}\r\n\r\n"
            line.sendall(ask.encode() * 12)
            threading.Event().wait(1.0)
            received = 0
            with suppress(ConnectionError):
                while chunk := line.recv(1 << 20):
                    received += len(chunk)
        assert received < 12 * len(server.get("/v1/snapshot", token).body)
        assert lives(server)


def test_that_requests_in_one_go_are_answered_in_turn(server: Served) -> None:
    one = b"GET /v1/health HTTP/1.1\r\nHost: x\r\n\r\n"
    last = b"GET /v1/health HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
    assert said(server, one * 4 + last).count(b"HTTP/1.1 200") == 5


@settings(
    max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(
    method=st.sampled_from(["GET", "POST", "PUT", "HEAD", "OPTIONS", "TRACE", "get"]),
    path=st.sampled_from(
        ["/v1/snapshot", "/v1/facts", "/v1/history", "/v1/commands", "/v1/commands/x", "/v1/x"]
    )
    | st.text(max_size=30).map(lambda text: "/" + text.replace("?", "")),
    query=st.text(st.characters(max_codepoint=126), max_size=60)
    | st.sampled_from(["since=%00", "after=%F0%9F%94%A5", "limit=9" * 3, "from=1e999&to=NaN"]),
    headers=st.dictionaries(
        st.sampled_from(
            [
                "if-none-match",
                "accept-encoding",
                "content-type",
                "idempotency-key",
                "content-length",
            ]
        ),
        st.text(st.characters(max_codepoint=126), max_size=40),
    ),
    body=st.binary(max_size=200),
)
def test_that_nothing_that_is_asked_makes_an_error_of_ours(
    inside: InProcess,
    method: str,
    path: str,
    query: str,
    headers: dict[str, str],
    body: bytes,
) -> None:
    if inside.known is None:
        inside.known = inside.token(Role.ADMINISTRATOR)
    answer = inside.ask(method, f"{path}?{query}" if query else path, inside.known, body, headers)
    assert answer.status in (200, 202, 304, 400, 403, 404, 405, 409, 410, 413, 415, 422)
    if answer.status >= 400 and method != "HEAD":
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.json["status"] == answer.status


@pytest.fixture(scope="session")
def authority() -> trustme.CA:
    return trustme.CA()


def proven(server: Served, trusting: ssl.SSLContext) -> int:
    """Return the serial number of the certificate that the server has."""
    with (
        socket.create_connection(("127.0.0.1", server.port), timeout=5) as plain,
        trusting.wrap_socket(plain, server_hostname="127.0.0.1") as line,
    ):
        told = line.getpeercert()
        assert told is not None
        return int(str(told["serialNumber"]), 16)


def test_that_the_server_proves_itself_and_takes_a_new_certificate(
    tmp_path: Path, authority: trustme.CA, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listening, "_RENEW_TICKS", 1)
    file = tmp_path / "server.pem"
    authority.issue_cert("127.0.0.1").private_key_and_cert_chain_pem.write_to_path(str(file))
    trusting = ssl.create_default_context()
    authority.configure_trust(trusting)
    feed = HandFeed()
    feed.begin()
    with served(tmp_path, feed, tls=Tls(certificate=file)) as server:
        token = server.token(Role.TV)
        connection = HTTPSConnection("127.0.0.1", server.port, context=trusting, timeout=5)
        connection.request("GET", "/v1/snapshot", headers={"Authorization": f"Bearer {token}"})
        answer = connection.getresponse()
        assert answer.status == 200
        assert answer.headers["strict-transport-security"]
        assert answer.read()
        connection.close()
        # Who speaks no TLS is told nothing.
        assert said(server, b"GET /v1/health HTTP/1.1\r\nHost: x\r\n\r\n")[:5] != b"HTTP/"
        serial = proven(server, trusting)
        file.write_text("half a cert")
        threading.Event().wait(0.3)
        assert proven(server, trusting) == serial
        authority.issue_cert("127.0.0.1").private_key_and_cert_chain_pem.write_to_path(str(file))
        threading.Event().wait(0.5)
        assert proven(server, trusting) != serial


def test_that_a_certificate_that_cannot_be_read_is_said_before_anything_listens(
    tmp_path: Path, inside: InProcess
) -> None:
    with pytest.raises(OSError):  # noqa: PT011 - the system's own
        serve_app(inside.app, "127.0.0.1", 0, tmp_path / "none.pem", None, threading.Event())
    (tmp_path / "bad.pem").write_text("nonsense")
    with pytest.raises(ssl.SSLError):
        serve_app(inside.app, "127.0.0.1", 0, tmp_path / "bad.pem", None, threading.Event())


def test_that_a_place_that_is_taken_is_said(inside: InProcess) -> None:
    with listening_at("127.0.0.1", 0) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(OSError):  # noqa: PT011 - the system's own
            serve_app(inside.app, "127.0.0.1", port, None, None, threading.Event())


def test_that_serving_ends_when_it_is_told_to(inside: InProcess) -> None:
    stop = threading.Event()
    serving = threading.Thread(
        target=serve_app, args=(inside.app, "127.0.0.1", 0, None, None, stop), daemon=True
    )
    serving.start()
    stop.set()
    serving.join(5)
    assert not serving.is_alive()
