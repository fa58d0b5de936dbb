"""What the network and whoever answers on the port can do to the source."""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
import time
from collections.abc import Callable
from contextlib import ExitStack, closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import trustme
from support.ami_server import BANNER, SECRET, Pbx, Serve, Server, Wire, error, message
from support.ami_story import queue_row
from support.campaign import size_of_campaign

from wallboard.domain.errors import Fault, FaultKind, SourceError, SourceRefused
from wallboard.sources.asterisk.client import Address, Client
from wallboard.sources.asterisk.source import DEADLINE, AsteriskSource
from wallboard.ui.wording import LANGUAGES, Wording

Serving = Callable[[Serve], Server]
Sources = Callable[..., AsteriskSource]
SLACK_S = 3.0


def failure_of(source: AsteriskSource) -> Fault:
    """Fetch, which must fail within the deadline, and return why."""
    began = time.monotonic()
    with pytest.raises(SourceError) as caught:
        source.fetch()
    assert time.monotonic() - began < DEADLINE.total_seconds() + SLACK_S
    for language in LANGUAGES:
        assert len(Wording(language=language).fault(caught.value.fault)) > 20
    return caught.value.fault


def assert_live(source: AsteriskSource) -> None:
    assert set(source.fetch().snapshot.queues) == {"support", "billing"}


def gate() -> threading.Event:
    return threading.Event()


# --- nobody, or nothing but silence ------------------------------------------------------------


def test_that_a_refused_connection_is_told_and_tried_again(
    stack: ExitStack, source_of: Sources
) -> None:
    with Server(Pbx()) as server:
        pass
    source = source_of(server)
    for _ in range(3):
        fault = failure_of(source)
        assert fault.kind is FaultKind.UNREACHABLE
        assert fault.detail("port") == str(server.port)
        assert fault.detail("reason") == "Connection refused"
    stack.enter_context(Server(Pbx(), port=server.port))
    assert_live(source)


def test_that_a_name_that_nobody_has_is_told(server: Server, source_of: Sources) -> None:
    for host in ("no-such-pbx.invalid", "a..b", "x" * 300):
        fault = failure_of(source_of(server, host=host))
        assert fault.kind is FaultKind.NAME_NOT_FOUND
        assert fault.detail("host") == host


def test_that_a_resolver_that_hangs_costs_one_thread_and_no_more_than_the_deadline(
    server: Server, source_of: Sources, monkeypatch: pytest.MonkeyPatch
) -> None:
    release, real = gate(), socket.getaddrinfo

    def hang(host: str, *args: object, **more: object) -> object:
        if host == "slow.example":
            release.wait(30)
            raise socket.gaierror("released")
        return real(host, *args, **more)

    monkeypatch.setattr(socket, "getaddrinfo", hang)
    source = source_of(server, host="slow.example")
    for _ in range(4):
        assert failure_of(source).kind is FaultKind.NAME_NOT_FOUND
    stuck = [one for one in threading.enumerate() if one.name == "resolve"]
    release.set()
    assert len(stuck) == 1
    stuck[0].join(5)


def test_that_two_who_ask_for_one_host_at_a_time_both_get_it(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked, release, real = gate(), gate(), socket.getaddrinfo

    def slow(host: str, *args: object, **more: object) -> object:
        if host != "slow.example":
            return real(host, *args, **more)
        asked.set()
        release.wait(10)
        return real("127.0.0.1", *args, **more)

    monkeypatch.setattr(socket, "getaddrinfo", slow)
    there = Address(host="slow.example", port=server.port)
    found: list[str] = []

    def connect() -> None:
        with closing(Client(there, None, timedelta(seconds=10))):
            found.append("there")

    threads = [threading.Thread(target=connect) for _ in range(2)]
    for thread in threads:
        thread.start()
        assert asked.wait(5)
    threads[1].join(0.3)  # it has asked, too
    release.set()
    for thread in threads:
        thread.join(10)
    assert found == ["there"] * 2


def test_that_who_accepts_and_says_nothing_is_slow(serving: Serving, source_of: Sources) -> None:
    silent = serving(lambda wire: [None for _ in iter(wire.receive, b"")])
    fault = failure_of(source_of(silent))
    assert (fault.kind, fault.detail("seconds")) == (FaultKind.SLOW, "2.4")
    assert SECRET.encode() not in silent.received()


def trickling(data: bytes, pause_s: float) -> Serve:
    def serve(wire: Wire) -> None:
        for place in range(len(data)):
            wire.send(data[place : place + 1])
            if gate().wait(pause_s):
                return

    return serve


@pytest.mark.parametrize("pause_s", [0.05, 0.3])
def test_that_a_trickled_banner_is_slow(
    serving: Serving, source_of: Sources, pause_s: float
) -> None:
    server = serving(trickling(BANNER + b"Event: A\r\n" * 1000, pause_s))
    assert failure_of(source_of(server)).kind is FaultKind.SLOW


def test_that_a_late_banner_is_still_good(pbx: Pbx, serving: Serving, source_of: Sources) -> None:
    def serve(wire: Wire) -> None:
        gate().wait(0.9)
        pbx(wire)

    assert_live(source_of(serving(serve)))


def test_that_a_trickled_answer_is_slow(pbx: Pbx, serving: Serving, source_of: Sources) -> None:
    def answer(action: dict[str, str]) -> bytes:
        wire = server.wires[-1]
        for _ in range(40):
            wire.send(b"x")
            gate().wait(0.1)
        return b""

    pbx.answers["QueueStatus"] = answer
    server = serving(pbx)
    assert failure_of(source_of(server)).kind is FaultKind.SLOW


@pytest.mark.parametrize("action", ["Login", "QueueStatus", "CoreShowChannels"])
def test_that_an_answer_that_never_comes_is_slow_and_the_next_fetch_is_live(
    pbx: Pbx, server: Server, source_of: Sources, action: str
) -> None:
    pbx.answers[action] = lambda _: None
    source = source_of(server)
    assert failure_of(source).kind is FaultKind.SLOW
    del pbx.answers[action]
    assert_live(source)


def test_that_a_look_that_is_never_answered_is_slow(
    pbx: Pbx, server: Server, source_of: Sources, interrupt: tuple[socket.socket, socket.socket]
) -> None:
    source = source_of(server)
    assert_live(source)
    pbx.answers["QueueStatus"] = lambda _: None
    source.translator.look_wanted = True
    source._looked_at_s -= 5
    source.fetch()
    source.wait(DEADLINE + timedelta(seconds=0.2), interrupt[0])
    assert failure_of(source).kind is FaultKind.SLOW
    del pbx.answers["QueueStatus"]
    assert_live(source)


def test_that_what_goes_wrong_while_waiting_is_told_by_the_next_fetch(
    pbx: Pbx, server: Server, source_of: Sources, interrupt: tuple[socket.socket, socket.socket]
) -> None:
    source = source_of(server)
    assert_live(source)
    pbx.answers["QueueStatus"] = lambda action: error(action, "Invalid/unknown command")
    source.translator.look_wanted = True
    source._looked_at_s -= 5
    source.fetch()
    source.wait(timedelta(seconds=3), interrupt[0])
    assert failure_of(source).kind is FaultKind.NOT_READY
    del pbx.answers["QueueStatus"]
    assert_live(source)


def test_that_a_deaf_first_address_leaves_time_for_the_second(
    server: Server, source_of: Sources, stack: ExitStack, monkeypatch: pytest.MonkeyPatch
) -> None:
    deaf = socket.create_server(("127.0.0.1", 0), backlog=0)
    stack.callback(deaf.close)
    place = deaf.getsockname()
    for _ in range(4):  # more than it takes: who comes now gets no answer at all
        one = socket.socket()
        stack.callback(one.close)
        one.setblocking(False)
        one.connect_ex(place)
    family = socket.AF_INET
    monkeypatch.setattr(
        "wallboard.sources.asterisk.client._resolved",
        lambda address, _: [(family, place), (family, ("127.0.0.1", address.port))],
    )
    assert_live(source_of(server))
    monkeypatch.setattr(
        "wallboard.sources.asterisk.client._resolved", lambda *_: [(family, place)] * 2
    )
    assert failure_of(source_of(server)).kind is FaultKind.SLOW


def test_that_a_server_that_hangs_later_is_noticed_by_a_ping(
    pbx: Pbx, server: Server, source_of: Sources, interrupt: tuple[socket.socket, socket.socket]
) -> None:
    source = source_of(server)
    assert_live(source)
    pbx.answers["Ping"] = lambda _: None
    began = time.monotonic()
    source.wait(timedelta(seconds=10), interrupt[0])
    assert failure_of(source).kind is FaultKind.SLOW
    assert time.monotonic() - began < 3 + DEADLINE.total_seconds() + SLACK_S
    del pbx.answers["Ping"]
    assert_live(source)


# --- what breaks off ---------------------------------------------------------------------------


def breaking(pbx: Pbx, place: int, *, rudely: bool) -> Serve:
    """Serve as the PBX does, and break off after so many bytes."""

    def serve(wire: Wire) -> None:
        left = place
        real = wire.socket

        def send(data: bytes) -> None:
            nonlocal left
            real.sendall(data[:left])
            if len(data) > left:
                if rudely:
                    wire.reset()
                raise ConnectionResetError
            left -= len(data)

        wire.send = send  # type: ignore[method-assign]
        pbx(wire)

    return serve


@pytest.mark.timeout(600)
@pytest.mark.usefixtures("no_race")
@pytest.mark.parametrize("rudely", [True, False], ids=["reset", "closed"])
def test_that_a_connection_may_break_at_every_byte(
    serving: Serving, source_of: Sources, rudely: bool
) -> None:
    whole = Pbx()
    reference = serving(whole)
    assert_live(source_of(reference))
    length = len(BANNER) + sum(len(whole.answer(action) or b"") for action in whole.asked)
    assert length > 1000
    step = size_of_campaign(1, 24)
    tried = 0
    for place in range(0, length, max(1, 24 // step)):
        broken = serving(breaking(Pbx(), place, rudely=rudely))
        source = source_of(broken)
        # Whom the reset meets before he has read a byte never was connected.
        kind = failure_of(source).kind
        assert kind in (FaultKind.LOST, FaultKind.UNREACHABLE), place
        broken.serve = Pbx()
        assert_live(source)
        source.close()
        broken.close()
        tried += 1
    assert tried >= length // 24


def test_that_who_shuts_his_half_is_lost(pbx: Pbx, server: Server, source_of: Sources) -> None:
    source = source_of(server)
    assert_live(source)
    server.wires[0].socket.shutdown(socket.SHUT_WR)
    assert failure_of(source).kind is FaultKind.LOST
    assert_live(source)


def test_that_what_was_said_before_the_end_is_heard(
    pbx: Pbx, server: Server, source_of: Sources
) -> None:
    source = source_of(server)
    assert_live(source)
    pbx.emit({"Event": "QueueCallerJoin", "Uniqueid": "1.1", "Queue": "support"})
    server.hang_up()
    # Heard with the first fetch, or with the one that finds the connection lost.
    with contextlib.suppress(SourceError):
        source.fetch()
    with contextlib.suppress(SourceError):
        source.fetch()
    told = source.fetch()
    assert [str(fact.ending) for fact in told.facts] == ["unknown"]


def test_that_a_connection_that_is_lost_while_asking_is_told_and_comes_back(
    pbx: Pbx, server: Server, source_of: Sources, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = source_of(server)
    assert_live(source)
    client = source._client
    assert client is not None

    def broken(*_: object) -> None:
        raise client._lost()

    monkeypatch.setattr(client, "send", broken)
    source.translator.look_wanted = True
    source._looked_at_s -= 5
    assert failure_of(source).kind is FaultKind.LOST
    assert_live(source)


# --- too much ----------------------------------------------------------------------------------


def flooding(data: bytes) -> Serve:
    def serve(wire: Wire) -> None:
        wire.send(BANNER)
        while True:
            wire.send(data)

    return serve


def test_that_a_message_without_an_end_is_given_up(serving: Serving, source_of: Sources) -> None:
    server = serving(flooding(b"Name: " + b"x" * 1000 + b"\r\n"))
    assert failure_of(source_of(server)).kind is FaultKind.NOT_OUR_PROTOCOL


@pytest.mark.parametrize("event", ["RTCPSent", "Hangup"])
def test_that_who_never_stops_talking_does_not_keep_us(
    serving: Serving, source_of: Sources, event: str
) -> None:
    server = serving(flooding(message({"Event": event, "Uniqueid": "1.1"}) * 500))
    assert failure_of(source_of(server)).kind is FaultKind.SLOW


def test_that_a_list_without_an_end_is_given_up(
    pbx: Pbx, server: Server, source_of: Sources, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("wallboard.sources.asterisk.asking.MOST_ROWS", 1000)
    pbx.rows = [queue_row(f"q{number}") for number in range(1001)]
    source = source_of(server)
    fault = failure_of(source)
    assert fault.kind is FaultKind.BAD_DATA
    pbx.rows.pop()
    assert len(source.fetch().snapshot.queues) == 1000


def test_that_an_interrupt_is_heard_in_a_flood(
    pbx: Pbx, server: Server, source_of: Sources, interrupt: tuple[socket.socket, socket.socket]
) -> None:
    source = source_of(server)
    assert_live(source)
    done = gate()

    def flood() -> None:
        while not done.is_set():
            pbx.emit(*[{"Event": "RTCPSent", "Uniqueid": "1.1"}] * 200)

    thread = threading.Thread(target=flood, daemon=True)
    thread.start()
    threading.Timer(0.3, lambda: interrupt[1].send(b"x")).start()
    began = time.monotonic()
    source.wait(timedelta(seconds=10), interrupt[0])
    spent = time.monotonic() - began
    done.set()
    source.close()
    thread.join(5)
    assert spent < 0.3 + SLACK_S


# --- somebody else on the port -----------------------------------------------------------------


def greeting(data: bytes) -> Serve:
    def serve(wire: Wire) -> None:
        wire.send(data)
        while wire.receive():
            pass

    return serve


def http(wire: Wire) -> None:
    if wire.receive():
        wire.send(b"HTTP/1.1 400 Bad Request\r\nServer: x\r\nContent-Length: 0\r\n\r\n")


def echo(wire: Wire) -> None:
    while data := wire.receive():
        wire.send(data)


@pytest.mark.parametrize(
    "serve",
    [
        greeting(b"SSH-2.0-OpenSSH_9.6\r\n"),
        greeting(b"220 mail.example ESMTP\r\n"),
        greeting(b"\x15\x03\x03\x00\x02\x02\x16"),
        greeting(bytes(range(256))),
        http,
        echo,
    ],
    ids=["ssh", "smtp", "tls alert", "binary", "http", "echo"],
)
def test_that_another_service_is_named_and_never_gets_the_secret(
    serving: Serving, source_of: Sources, serve: Serve
) -> None:
    server = serving(serve)
    fault = failure_of(source_of(server))
    assert fault.kind is FaultKind.NOT_OUR_PROTOCOL
    assert fault.detail("port") == str(server.port)
    assert SECRET.encode() not in server.received()


def test_that_a_server_that_wants_tls_is_told_from_a_slow_one(
    authority: trustme.CA, stack: ExitStack, source_of: Sources
) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    server = stack.enter_context(Server(Pbx(), context))
    assert failure_of(source_of(server)).kind in (FaultKind.NOT_OUR_PROTOCOL, FaultKind.LOST)
    assert server.received() == b""


# --- TLS ---------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def trusted(authority: trustme.CA, tmp_path: Path) -> str:
    path = tmp_path / "ca.pem"
    authority.cert_pem.write_to_path(path)
    return str(path)


def encrypted(stack: ExitStack, certificate: trustme.LeafCert, serve: Serve) -> Server:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    certificate.configure_cert(context)
    return stack.enter_context(Server(serve, context))


def test_that_a_good_certificate_is_good(
    authority: trustme.CA,
    trusted: str,
    pbx: Pbx,
    stack: ExitStack,
    source_of: Sources,
    interrupt: tuple[socket.socket, socket.socket],
) -> None:
    server = encrypted(stack, authority.issue_cert("127.0.0.1"), pbx)
    source = source_of(server, tls="yes", tls_ca=trusted)
    assert_live(source)
    pbx.emit(*[{"Event": "QueueCallerJoin", "Uniqueid": "1.1", "Queue": "support"}] * 2)
    source.wait(timedelta(seconds=3), interrupt[0])
    assert len(source.fetch().snapshot.calls) == 1
    server.hang_up()
    assert failure_of(source).kind is FaultKind.LOST
    assert_live(source)


def test_that_much_in_one_record_is_read_to_its_end(
    authority: trustme.CA, trusted: str, pbx: Pbx, stack: ExitStack, source_of: Sources
) -> None:
    pbx.rows += [queue_row(f"q{number}") for number in range(2000)]
    server = encrypted(stack, authority.issue_cert("127.0.0.1"), pbx)
    source = source_of(server, tls="yes", tls_ca=trusted)
    assert len(source.fetch().snapshot.queues) == 2002


OF_NOBODY_KNOWN = {
    "unable to get local issuer certificate",
    "unable to verify the first certificate",
    "self-signed certificate",
}
FLAWS = {
    "unknown authority": OF_NOBODY_KNOWN,
    "another host": {"it is made out to another name"},
    "expired": {"certificate has expired"},
    "self-signed": OF_NOBODY_KNOWN,
}
"""What OpenSSL says, one version this and another that, or what we say for it."""


@pytest.mark.parametrize("flaw", FLAWS)
def test_that_a_bad_certificate_stops_before_a_byte_of_the_secret(
    authority: trustme.CA,
    trusted: str,
    pbx: Pbx,
    stack: ExitStack,
    source_of: Sources,
    flaw: str,
) -> None:
    past = datetime.now(UTC) - timedelta(days=1)  # noqa: TID251 - certificates know real time only
    certificate = {
        "unknown authority": lambda: trustme.CA().issue_cert("127.0.0.1"),
        "another host": lambda: authority.issue_cert("pbx.example"),
        "expired": lambda: authority.issue_cert("127.0.0.1", not_after=past),
        "self-signed": lambda: trustme.CA().issue_cert("127.0.0.1"),
    }[flaw]()
    server = encrypted(stack, certificate, pbx)
    more = {} if flaw == "self-signed" else {"tls_ca": trusted}
    source = source_of(server, tls="yes", **more)
    for _ in range(2):
        fault = failure_of(source)
        assert fault.kind is FaultKind.CERTIFICATE
        assert fault.detail("reason") in FLAWS[flaw]
    assert server.received() == b""


def test_that_a_plain_server_on_the_port_for_tls_gets_no_secret(
    server: Server, trusted: str, source_of: Sources
) -> None:
    source = source_of(server, tls="yes", tls_ca=trusted)
    with pytest.raises(SourceRefused) as caught:
        source.fetch()
    assert caught.value.fault.kind is FaultKind.NOT_OUR_PROTOCOL
    assert SECRET.encode() not in server.received()


@pytest.mark.parametrize("how", ["hang", "trickle", "reset", "close"])
def test_that_a_handshake_that_fails_is_told_within_the_deadline(
    serving: Serving, trusted: str, source_of: Sources, how: str
) -> None:
    def serve(wire: Wire) -> None:
        wire.receive()
        if how == "hang":
            wire.receive()
        elif how == "trickle":
            trickling(b"\x16\x03\x03\x40\x00" + b"\x02" * 16384, 0.1)(wire)
        elif how == "reset":
            wire.reset()

    server = serving(serve)
    kind = failure_of(source_of(server, tls="yes", tls_ca=trusted)).kind
    assert (
        kind
        in {
            "hang": (FaultKind.SLOW,),
            "trickle": (FaultKind.SLOW, FaultKind.NOT_OUR_PROTOCOL),
            "reset": (FaultKind.UNREACHABLE,),
            "close": (FaultKind.NOT_OUR_PROTOCOL,),
        }[how]
    )
    assert SECRET.encode() not in server.received()


@pytest.mark.parametrize("file", ["missing", "nonsense"])
def test_that_a_file_of_certificates_that_cannot_be_used_is_named(
    server: Server, tmp_path: Path, source_of: Sources, file: str
) -> None:
    path = tmp_path / "ca.pem"
    if file == "nonsense":
        path.write_text("nonsense")
    fault = failure_of(source_of(server, tls="yes", tls_ca=str(path)))
    assert (fault.kind, fault.detail("field")) == (FaultKind.BAD_SETTING, "tls_ca")
    told = {"missing": "No such file or directory", "nonsense": "it holds no certificate"}
    assert fault.detail("reason") == told[file]
