"""Messages, and servers that take them."""

from __future__ import annotations

import ssl
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import trustme
from support.alert_events import alert_event
from support.clocks import NOON
from support.taking import HookServer, MailServer

from wallboard.domain.alert import AlertEvent
from wallboard.domain.delivery import Post


@pytest.fixture
def post() -> Callable[..., Post]:
    def made(*events: AlertEvent, names: bool = False) -> Post:
        return Post(
            post_id="a1b2",
            at=NOON,
            title="Critical: <b>Somebody</b> waits",
            text="Longest wait: 3:12\n<script>",
            events=events or (alert_event(),),
            names=names,
        )

    return made


@pytest.fixture(scope="session")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def ca(authority: trustme.CA, tmp_path: Path) -> str:
    path = tmp_path / "ca.pem"
    authority.cert_pem.write_to_path(path)
    return str(path)


@pytest.fixture(scope="session")
def tls(authority: trustme.CA) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    return context


@pytest.fixture
def mail_server() -> Iterator[Callable[..., MailServer]]:
    made: list[MailServer] = []

    def start(tls: ssl.SSLContext | None = None, *, auth: bool = False) -> MailServer:
        made.append(MailServer(tls, auth=auth))
        return made[-1]

    yield start
    for server in made:
        server.stop()


@pytest.fixture
def hook() -> Iterator[HookServer]:
    server = HookServer().start()
    yield server
    server.stop()
