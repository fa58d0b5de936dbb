"""A small call center behind a server that can break, and a source that asks it."""

from __future__ import annotations

import ssl
from collections.abc import Callable, Iterator

import pytest
import trustme
from support.clocks import HandClock
from support.faultd import FaultServer
from support.rest_site import TOKEN, ApiSite

from wallboard.domain.errors import Fault, SourceError
from wallboard.sources.rest.settings import account_of
from wallboard.sources.rest.source import RestSource


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def site() -> ApiSite:
    return ApiSite()


@pytest.fixture
def server(site: ApiSite) -> Iterator[FaultServer]:
    with FaultServer(site) as running:
        yield running


@pytest.fixture
def made(clock: HandClock) -> Iterator[Callable[..., RestSource]]:
    """Makes a source of a server and more fields."""
    sources: list[RestSource] = []

    def make(server: FaultServer, **more: str) -> RestSource:
        told = {"url": server.address, "secret": TOKEN, "poll": "1", **more}
        sources.append(RestSource(account_of(told), clock))
        return sources[-1]

    yield make
    for source in sources:
        source.close()


@pytest.fixture
def source(server: FaultServer, made: Callable[..., RestSource]) -> RestSource:
    return made(server)


@pytest.fixture
def failing() -> Callable[[RestSource], Fault]:
    """Fetches, and returns why there is no picture."""

    def fetch(source: RestSource) -> Fault:
        with pytest.raises(SourceError) as caught:
            source.fetch()
        return caught.value.fault

    return fetch


@pytest.fixture(scope="session")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture(scope="session")
def encrypted(authority: trustme.CA) -> ssl.SSLContext:
    """How a server encrypts whose certificate is good."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    return context
