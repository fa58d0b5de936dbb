"""Who answers is looked at before anything is said to him."""

from __future__ import annotations

import contextlib
import hashlib
import json
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import trustme
from support.clocks import HandClock
from support.faultd import FAULTS, FaultServer, Said
from support.rest_site import TOKEN, ApiSite

from wallboard.domain.errors import Fault, FaultKind, SourceError, SourceRefused
from wallboard.sources.rest.settings import account_of
from wallboard.sources.rest.source import RestSource

Make = Callable[..., RestSource]
Failing = Callable[[RestSource], Fault]
NOW = datetime.now(UTC)  # noqa: TID251 - certificates are of the real time


@pytest.fixture
def tls_server(site: ApiSite, encrypted: ssl.SSLContext) -> Iterator[FaultServer]:
    with FaultServer(site, encrypted) as running:
        yield running


@pytest.fixture
def ca(authority: trustme.CA, tmp_path: Path) -> str:
    path = tmp_path / "ca.pem"
    authority.cert_pem.write_to_path(path)
    return str(path)


def context_of(cert: trustme.LeafCert) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    cert.configure_cert(context)
    return context


def fingerprint(cert: trustme.LeafCert) -> str:
    der = ssl.PEM_cert_to_DER_cert(cert.cert_chain_pems[0].bytes().decode())
    return hashlib.sha256(der).hexdigest()


def test_that_a_good_certificate_is_trusted_and_the_connection_kept(
    tls_server: FaultServer, made: Make, ca: str
) -> None:
    source = made(tls_server, ca=ca)
    for _ in range(5):
        assert source.fetch().snapshot.agents
    assert len(tls_server.wires) == 1


def other_ca(_: trustme.CA) -> trustme.LeafCert:
    return trustme.CA().issue_cert("127.0.0.1")


def expired(authority: trustme.CA) -> trustme.LeafCert:
    return authority.issue_cert("127.0.0.1", not_after=NOW - timedelta(days=1))


def not_yet(authority: trustme.CA) -> trustme.LeafCert:
    return authority.issue_cert(
        "127.0.0.1", not_before=NOW + timedelta(days=2), not_after=NOW + timedelta(days=9)
    )


def another_name(authority: trustme.CA) -> trustme.LeafCert:
    return authority.issue_cert("evil.example")


def another_address(authority: trustme.CA) -> trustme.LeafCert:
    return authority.issue_cert("127.0.0.2")


def only_common_name(authority: trustme.CA) -> trustme.LeafCert:
    return authority.issue_cert("other.example", common_name="127.0.0.1")


def wildcard(authority: trustme.CA) -> trustme.LeafCert:
    return authority.issue_cert("*.0.0.1")


@pytest.mark.parametrize(
    "issue",
    [other_ca, expired, not_yet, another_name, another_address, only_common_name, wildcard],
)
def test_that_a_certificate_that_is_not_good_gets_not_one_byte(
    issue: Callable[[trustme.CA], trustme.LeafCert],
    site: ApiSite,
    authority: trustme.CA,
    encrypted: ssl.SSLContext,
    made: Make,
    ca: str,
) -> None:
    with FaultServer(site, context_of(issue(authority))) as bad:
        source = made(bad, ca=ca)
        with pytest.raises(SourceRefused) as caught:
            source.fetch()
        assert caught.value.fault.kind is FaultKind.CERTIFICATE
        assert caught.value.fault.detail("reason")
        assert bad.asked == []
        bad.hang_up()
        # Once it is mended the next look is good.
        bad.tls = encrypted
        assert source.fetch().snapshot.agents


def test_that_only_the_authority_that_was_told_is_trusted(
    tls_server: FaultServer, made: Make, failing: Failing
) -> None:
    assert failing(made(tls_server)).kind is FaultKind.CERTIFICATE
    assert tls_server.asked == []


def test_that_encryption_that_is_too_old_is_called_so(
    site: ApiSite, encrypted: ssl.SSLContext, authority: trustme.CA, made: Make, ca: str
) -> None:
    old = context_of(authority.issue_cert("127.0.0.1"))
    old.set_ciphers("DEFAULT:@SECLEVEL=0")
    with pytest.warns(DeprecationWarning, match="TLSv1"):
        old.minimum_version = ssl.TLSVersion.TLSv1
    with pytest.warns(DeprecationWarning, match="TLSv1_1"):
        old.maximum_version = ssl.TLSVersion.TLSv1_1
    with FaultServer(site, old) as server:
        with pytest.raises(SourceError) as caught:
            made(server, ca=ca).fetch()
        assert caught.value.fault.kind is FaultKind.CERTIFICATE
        assert caught.value.fault.detail("reason") == "its encryption is too old"
        assert server.asked == []


def test_that_a_server_without_encryption_is_not_spoken_to(
    server: FaultServer, ca: str, failing: Failing
) -> None:
    url = f"https://127.0.0.1:{server.port}"
    source = RestSource(account_of({"url": url, "secret": TOKEN, "ca": ca}), HandClock())
    assert failing(source).kind in (FaultKind.NOT_OUR_PROTOCOL, FaultKind.LOST, FaultKind.SLOW)
    assert TOKEN.encode() not in server.received()


def test_that_encryption_where_none_is_meant_is_told(
    tls_server: FaultServer, failing: Failing
) -> None:
    url = f"http://127.0.0.1:{tls_server.port}"
    source = RestSource(account_of({"url": url, "secret": TOKEN}), HandClock())
    assert failing(source).kind in (FaultKind.NOT_OUR_PROTOCOL, FaultKind.LOST)


@pytest.mark.parametrize("name", ["reset_at_once", "closed_at_once", "hangs_at_once"])
def test_that_keys_are_agreed_on_within_the_deadline(
    name: str, tls_server: FaultServer, made: Make, ca: str, failing: Failing
) -> None:
    source = made(tls_server, ca=ca)
    tls_server.break_down(FAULTS[name])
    assert str(failing(source).kind) in FAULTS[name].kinds
    tls_server.recover()
    source.fetch()


@pytest.mark.parametrize("name", ["hangs", "trickles_head", "trickles_body"])
def test_that_an_encrypted_answer_is_not_waited_for_either(
    name: str, tls_server: FaultServer, made: Make, ca: str, failing: Failing
) -> None:
    source = made(tls_server, ca=ca)
    source.fetch()
    tls_server.break_down(FAULTS[name])
    assert failing(source).kind is FaultKind.SLOW
    tls_server.recover()
    source.fetch()


# --- a pin --------------------------------------------------------------------------------------


def test_that_a_pinned_certificate_is_trusted_whoever_signed_it(site: ApiSite, made: Make) -> None:
    cert = trustme.CA().issue_cert("some.other.name")
    with FaultServer(site, context_of(cert)) as server:
        assert made(server, pin=fingerprint(cert)).fetch().snapshot.agents


def test_that_a_certificate_that_changes_under_a_pin_gets_not_one_byte(
    site: ApiSite, authority: trustme.CA, encrypted: ssl.SSLContext, made: Make, failing: Failing
) -> None:
    cert = authority.issue_cert("127.0.0.1")
    pinned = context_of(cert)
    with FaultServer(site, pinned) as server:
        source = made(server, pin=fingerprint(cert))
        for _ in range(50):
            server.tls = pinned
            source.fetch()
            server.hang_up()
            server.tls = encrypted
            before = len(server.asked)
            fault = failing(source)
            assert fault.kind is FaultKind.CERTIFICATE
            assert fault.detail("reason") == "it is another one than before"
            assert len(server.asked) == before
            server.hang_up()


def test_that_a_pin_is_of_the_api_and_not_of_who_gives_tokens(
    site: ApiSite, encrypted: ssl.SSLContext, made: Make, ca: str
) -> None:
    cert = trustme.CA().issue_cert("some.other.name")
    body = json.dumps({"access_token": TOKEN, "expires_in": 60}).encode()
    with (
        FaultServer(site, context_of(cert)) as server,
        FaultServer(lambda _: Said(body=body), encrypted) as tokens,
    ):
        told = {
            "sign_in": "oauth2",
            "username": "wall",
            "token_url": f"{tokens.address}/token",
            "pin": fingerprint(cert),
        }
        assert made(server, ca=ca, **told).fetch().snapshot.agents


# --- who we are ---------------------------------------------------------------------------------


@pytest.fixture
def asking(authority: trustme.CA, site: ApiSite) -> Iterator[FaultServer]:
    """A server that wants to see a certificate."""
    context = context_of(authority.issue_cert("127.0.0.1"))
    context.verify_mode = ssl.CERT_REQUIRED
    authority.configure_trust(context)
    with FaultServer(site, context) as running:
        yield running


def test_that_our_certificate_is_shown(
    asking: FaultServer, authority: trustme.CA, made: Make, ca: str, tmp_path: Path
) -> None:
    ours = authority.issue_cert("wall@example.com")
    both, alone, key = (str(tmp_path / name) for name in ("both.pem", "cert.pem", "key.pem"))
    ours.private_key_and_cert_chain_pem.write_to_path(both)
    ours.cert_chain_pems[0].write_to_path(alone)
    ours.private_key_pem.write_to_path(key)
    assert made(asking, ca=ca, certificate=both).fetch().snapshot.agents
    assert made(asking, ca=ca, certificate=alone, certificate_key=key).fetch().snapshot.agents


def told_in_the_end(source: RestSource, failing: Failing) -> Fault:
    """Return why our certificate is not taken; the server may hang up before we have read it."""
    for _ in range(20):
        fault = failing(source)
        if fault.kind is FaultKind.CERTIFICATE:
            return fault
        assert fault.kind is FaultKind.LOST
    pytest.fail("it is never told")


def test_that_a_missing_certificate_of_ours_is_told(
    asking: FaultServer, made: Make, ca: str, failing: Failing
) -> None:
    fault = told_in_the_end(made(asking, ca=ca), failing)
    assert fault.detail("reason") == "it asks for a certificate of this computer"


def test_that_a_strangers_certificate_of_ours_is_told(
    asking: FaultServer, made: Make, ca: str, failing: Failing, tmp_path: Path
) -> None:
    path = tmp_path / "ours.pem"
    trustme.CA().issue_cert("wall@example.com").private_key_and_cert_chain_pem.write_to_path(path)
    fault = told_in_the_end(made(asking, ca=ca, certificate=str(path)), failing)
    assert fault.detail("reason") == "it does not accept the certificate of this computer"


@pytest.mark.parametrize("field", ["ca", "certificate"])
def test_that_a_file_that_cannot_be_used_is_named(
    field: str, tls_server: FaultServer, made: Make, tmp_path: Path
) -> None:
    empty = tmp_path / "empty.pem"
    empty.write_text("nothing\n")
    for path, reason in (
        (tmp_path / "nowhere.pem", "No such file or directory"),
        (tmp_path, "Is a directory"),
        (empty, "it holds no certificate"),
    ):
        with pytest.raises(SourceRefused) as caught:
            made(tls_server, **{field: str(path)})
        assert caught.value.fault.detail("field") == field
        assert caught.value.fault.detail("reason") == reason


def test_that_a_certificate_that_ends_soon_is_told_before(
    site: ApiSite, authority: trustme.CA, ca: str
) -> None:
    clock = HandClock(wall=NOW)
    for days, told in ((13, ["12"]), (30, [])):
        cert = authority.issue_cert("127.0.0.1", not_after=NOW + timedelta(days=days))
        with FaultServer(site, context_of(cert)) as server:
            account = account_of({"url": server.address, "secret": TOKEN, "ca": ca})
            notices = RestSource(account, clock).fetch().notices
        found = [one for one in notices if one.kind is FaultKind.CERTIFICATE_ENDS]
        assert [one.detail("count") for one in found] == told


def test_that_nothing_but_a_hello_is_said_to_who_is_not_trusted(
    authority: trustme.CA, site: ApiSite, ca: str, failing: Failing
) -> None:
    """The bytes on the wire, as somebody sees them who reads along."""
    seen = bytearray()
    with FaultServer(site, context_of(trustme.CA().issue_cert("127.0.0.1"))) as bad:
        between = _Between(bad.port, seen)
        url = f"https://127.0.0.1:{between.port}"
        source = RestSource(account_of({"url": url, "secret": TOKEN, "ca": ca}), HandClock())
        assert failing(source).kind is FaultKind.CERTIFICATE
        between.close()
    assert seen
    assert TOKEN.encode() not in seen
    assert b"HTTP" not in seen
    assert len(seen) < 1000


class _Between:
    """Passes bytes on and keeps those of the client."""

    def __init__(self, port: int, seen: bytearray) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self._target = port
        self._seen = seen
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def _run(self) -> None:
        ours, _ = self._listener.accept()
        with ours, socket.create_connection(("127.0.0.1", self._target)) as theirs:
            back = threading.Thread(target=self._pass, args=(theirs, ours, bytearray()))
            back.start()
            self._pass(ours, theirs, self._seen)
            back.join(2)

    def _pass(self, one: socket.socket, other: socket.socket, seen: bytearray) -> None:
        with contextlib.suppress(OSError):
            while data := one.recv(65536):
                seen += data
                other.sendall(data)
        with contextlib.suppress(OSError):
            other.shutdown(socket.SHUT_WR)

    def close(self) -> None:
        self._thread.join(5)
        self._listener.close()
