"""What is sent, and to whom: credentials stay with their origin, answers are capped."""

from __future__ import annotations

import gzip
import json
import threading
import traceback
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.campaign import size_of_campaign
from support.clocks import HandClock
from support.faultd import FAULTS, LOG_IN_PAGES, Asked, Breakage, FaultServer, Said
from support.rest_site import TOKEN, ApiSite

from wallboard.domain.errors import (
    Fault,
    FaultKind,
    SourceError,
    SourceRefused,
    SourceUnavailable,
    SourceUnreadable,
)
from wallboard.sources.rest.client import Client, NotSent
from wallboard.sources.rest.refusals import retry_after_of
from wallboard.sources.rest.settings import account_of
from wallboard.sources.rest.source import RestSource

CANARY = "canary-of-all-canaries-4711"
LIMIT = timedelta(seconds=2)
SIGN_INS = {
    "bearer": {"sign_in": "bearer"},
    "api_key": {"sign_in": "api_key", "header": "X-API-Key"},
    "another_key": {"sign_in": "api_key", "header": "apikey"},
    "basic": {"sign_in": "basic", "username": "wall"},
}


def plain(asked: Asked) -> Said:
    return Said(body=b'{"ok": true}')


def client_of(server: FaultServer, clock: HandClock | None = None, **more: str) -> Client:
    told = {"url": server.address, "secret": CANARY, "poll": "1", **more}
    client = Client(account_of(told), clock or HandClock())
    client.begin(LIMIT)
    return client


@pytest.fixture
def plain_server() -> Iterator[FaultServer]:
    with FaultServer(plain) as running:
        yield running


@pytest.fixture
def canary() -> Iterator[FaultServer]:
    """Another server, which must hear nothing."""
    with FaultServer(plain) as running:
        yield running


def failure(ask: Callable[[], object]) -> SourceError:
    with pytest.raises(SourceError) as caught:
        ask()
    return caught.value


def why(ask: Callable[[], object]) -> Fault:
    return failure(ask).fault


# --- credentials --------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", sorted(SIGN_INS))
@pytest.mark.parametrize("status", [300, 301, 302, 303, 305, 307, 308])
@pytest.mark.parametrize(
    "host", ["http://127.0.0.1:{port}/", "http://localhost:{port}/x", "//127.0.0.1:{port}/", "/x"]
)
def test_that_nobody_is_followed_and_no_other_host_hears_a_word(
    kind: str, status: int, host: str, plain_server: FaultServer, canary: FaultServer
) -> None:
    location = host.format(port=canary.port)
    plain_server.site = lambda _: Said(status=status, headers={"Location": location})
    client = client_of(plain_server, **SIGN_INS[kind])
    for ask in (lambda: client.get("/v1/snapshot"), lambda: client.post("/v1/commands", b"{}")):
        failed = failure(ask)
        assert isinstance(failed, SourceRefused)
        assert failed.fault.kind is FaultKind.REDIRECTED
    assert canary.wires == []
    assert [asked.method for asked in plain_server.asked] == ["GET", "POST"]
    assert {asked.path for asked in plain_server.asked} == {"/v1/snapshot", "/v1/commands"}


def test_that_a_redirect_names_the_host_and_nothing_of_what_it_says(
    plain_server: FaultServer,
) -> None:
    location = "https://login.example:8443/sso?state=s3cret#frag"
    plain_server.site = lambda _: Said(status=302, headers={"Location": location})
    fault = why(lambda: client_of(plain_server).get("/"))
    assert fault.detail("target") == "https://login.example:8443"


@pytest.mark.parametrize(
    ("kind", "header", "said"),
    [
        ("bearer", "authorization", f"Bearer {CANARY}"),
        ("api_key", "x-api-key", CANARY),
        ("another_key", "apikey", CANARY),
        ("basic", "authorization", "Basic d2FsbDpjYW5hcnktb2YtYWxsLWNhbmFyaWVzLTQ3MTE="),
    ],
)
def test_that_a_sign_in_is_sent_as_it_is_meant(
    kind: str, header: str, said: str, plain_server: FaultServer
) -> None:
    client_of(plain_server, **SIGN_INS[kind]).get("/v1/snapshot")
    assert plain_server.asked[0].headers[header] == said


@pytest.mark.parametrize("kind", sorted(SIGN_INS))
def test_that_no_secret_is_in_the_words_of_a_failure(
    kind: str, server: FaultServer, site: ApiSite
) -> None:
    told = {"url": server.address, "secret": CANARY, "poll": "1", **SIGN_INS[kind]}
    site.token = ""
    for name in sorted(FAULTS):
        if FAULTS[name].slow or FAULTS[name].down:
            continue
        source = RestSource(account_of(told), HandClock())
        server.break_down(FAULTS[name])
        failed = failure(source.fetch)
        words = "".join(traceback.format_exception(failed)) + repr(failed) + repr(failed.fault)
        assert CANARY not in words
        assert "d2FsbDpjYW5hcnk" not in words


def test_that_neither_netrc_nor_the_environment_is_believed(
    plain_server: FaultServer,
    canary: FaultServer,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    (tmp_path / ".netrc").write_text("machine 127.0.0.1 login evil password evil\n")
    (tmp_path / ".netrc").chmod(0o600)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("NETRC", str(tmp_path / ".netrc"))
    for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, canary.address)
    client_of(plain_server).get("/v1/snapshot")
    client_of(plain_server, sign_in="none").get("/v1/snapshot")
    assert plain_server.asked[0].headers["authorization"] == f"Bearer {CANARY}"
    assert "authorization" not in plain_server.asked[1].headers
    assert canary.wires == []


def test_that_no_cookie_is_kept(plain_server: FaultServer) -> None:
    plain_server.site = lambda _: Said(body=b"{}", headers={"Set-Cookie": "id=1; Path=/"})
    client = client_of(plain_server)
    for _ in range(2):
        client.get("/v1/snapshot")
    assert "cookie" not in plain_server.asked[1].headers


# --- 401 ----------------------------------------------------------------------------------------


def test_that_who_is_refused_does_not_lock_the_account(
    server: FaultServer, site: ApiSite, clock: HandClock
) -> None:
    client = client_of(server, clock)
    times: list[float] = []
    for _ in range(4 * 3600):
        before = len(server.asked)
        failed = failure(lambda: client.get("/v1/snapshot"))
        assert isinstance(failed, SourceRefused)
        assert failed.fault.kind is FaultKind.SIGN_IN
        times += [clock.steady_s] * (len(server.asked) - before)
        clock.pass_by(1)
        client.begin(LIMIT)
    assert len(times) == 32
    assert all(later - at >= 900 for at, later in zip(times, times[2:], strict=False))
    site.token = CANARY
    clock.pass_by(900)
    assert client.get("/v1/snapshot").status == 200


def test_that_a_sign_in_that_is_accepted_again_counts_anew(
    server: FaultServer, site: ApiSite, clock: HandClock
) -> None:
    client = client_of(server, clock)
    for _ in range(5):
        why(lambda: client.get("/v1/snapshot"))
        site.token = CANARY
        assert client.get("/v1/snapshot").status == 200
        site.token = TOKEN


class Tokens:
    """Gives OAuth 2 tokens, and answers with an API that takes only the last one."""

    def __init__(self) -> None:
        self.given = 0
        self.valid = ""
        self.life: object = 3600
        self.forms: list[str] = []
        self.refuses = False
        self.answer: Said | None = None

    def __call__(self, asked: Asked) -> Said:
        if asked.path != "/token":
            good = asked.headers.get("authorization") == f"Bearer {self.valid}"
            return Said(body=b"{}") if good and self.valid else Said(status=401, body=b"{}")
        self.forms.append(asked.body.decode())
        if self.answer is not None:
            return self.answer
        if self.refuses:
            return Said(status=401, body=b'{"error": "invalid_client"}')
        self.given += 1
        self.valid = f"token-{self.given}"
        told = {"access_token": self.valid, "token_type": "bearer", "expires_in": self.life}
        return Said(body=json.dumps(told).encode())


@pytest.fixture
def tokens() -> Tokens:
    return Tokens()


@pytest.fixture
def oauth(tokens: Tokens) -> Iterator[FaultServer]:
    with FaultServer(tokens) as running:
        yield running


def oauth_client(server: FaultServer, clock: HandClock | None = None, **more: str) -> Client:
    told = {"sign_in": "oauth2", "username": "wall", "token_url": f"{server.address}/token"}
    return client_of(server, clock, **{**told, **more})


def test_that_a_token_is_got_once_and_used(oauth: FaultServer, tokens: Tokens) -> None:
    client = oauth_client(oauth, scope="read calls")
    for _ in range(5):
        client.get("/v1/snapshot")
    assert tokens.forms == ["grant_type=client_credentials&scope=read+calls"]
    assert oauth.asked[0].headers["authorization"].startswith("Basic ")
    assert CANARY not in tokens.forms[0]


def test_that_the_secret_can_be_sent_in_the_body(oauth: FaultServer, tokens: Tokens) -> None:
    oauth_client(oauth, sign_in="oauth2_body").get("/v1/snapshot")
    assert f"client_id=wall&client_secret={CANARY}" in tokens.forms[0]
    assert "authorization" not in oauth.asked[0].headers


def test_that_each_expiry_costs_one_token_and_is_not_seen(
    oauth: FaultServer, tokens: Tokens
) -> None:
    client = oauth_client(oauth)
    for number in range(1000):
        client.begin(LIMIT)
        tokens.valid = ""  # it ended before its time
        assert client.get("/v1/snapshot").status == 200
        assert tokens.given == number + 1 if number == 0 else tokens.given <= number + 2
    assert tokens.given == 1000


def test_that_two_who_need_a_token_get_one(oauth: FaultServer, tokens: Tokens) -> None:
    for number in range(20):
        said = both_ask(oauth_client(oauth))
        assert said[0] == said[1] == {"Authorization": f"Bearer token-{number + 1}"}
        assert tokens.given == number + 1


def both_ask(client: Client) -> list[dict[str, str]]:
    said: list[dict[str, str]] = []
    starting = threading.Barrier(2)

    def ask() -> None:
        starting.wait()
        said.append(client._sign_in.headers())

    threads = [threading.Thread(target=ask) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return said


def test_that_a_token_is_renewed_before_it_ends(
    oauth: FaultServer, tokens: Tokens, monkeypatch: pytest.MonkeyPatch
) -> None:
    now_s = 1000.0
    monkeypatch.setattr("wallboard.sources.rest.sign_in.time.monotonic", lambda: now_s)
    client = oauth_client(oauth)
    monkeypatch.setattr("wallboard.net.deadline.Deadline.left_s", 1.0)
    tokens.life = "100"
    client.get("/v1/snapshot")
    now_s += 69
    client.get("/v1/snapshot")
    assert tokens.given == 1
    now_s += 2
    client.get("/v1/snapshot")
    assert tokens.given == 2


def test_that_a_refused_client_asks_no_more_than_twice(
    oauth: FaultServer, tokens: Tokens, clock: HandClock
) -> None:
    tokens.refuses = True
    client = oauth_client(oauth, clock)
    for _ in range(890):
        assert why(lambda: client.get("/v1/snapshot")).kind is FaultKind.SIGN_IN
        clock.pass_by(1)
        client.begin(LIMIT)
    assert len(oauth.asked) == 2


def test_that_a_token_that_is_refused_is_replaced_once(
    oauth: FaultServer, tokens: Tokens, clock: HandClock
) -> None:
    client = oauth_client(oauth, clock)
    oauth.site = lambda asked: (
        tokens(asked) if asked.path == "/token" else Said(status=401, body=b"{}")
    )
    for _ in range(100):
        assert why(lambda: client.get("/v1/snapshot")).kind is FaultKind.SIGN_IN
        clock.pass_by(1)
        client.begin(LIMIT)
    assert [asked.path for asked in oauth.asked].count("/v1/snapshot") == 2
    assert tokens.given == 2


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (Said(body=LOG_IN_PAGES[0]), FaultKind.NOT_OUR_PROTOCOL),
        (Said(body=b'{"access_token": 5}'), FaultKind.BAD_DATA),
        (Said(body=b'{"access_token": ""}'), FaultKind.BAD_DATA),
        (Said(body=b'{"access_token": "a\\r\\nX: 1"}'), FaultKind.BAD_DATA),
        (Said(body=b'{"access_token": "a", "token_type": "mac"}'), FaultKind.BAD_DATA),
        (Said(body=b"[" * 100_000), FaultKind.NOT_OUR_PROTOCOL),
        (Said(status=302, headers={"Location": "http://evil.example/"}), FaultKind.REDIRECTED),
        (Said(status=500), FaultKind.SERVER_ERROR),
        (Said(status=400, body=b'{"error":"invalid_client"}'), FaultKind.SIGN_IN),
    ],
)
def test_that_who_gives_no_token_is_told_apart(
    answer: Said, kind: FaultKind, oauth: FaultServer, tokens: Tokens
) -> None:
    tokens.answer = answer
    assert why(lambda: oauth_client(oauth).get("/v1/snapshot")).kind is kind
    assert {asked.path for asked in oauth.asked} == {"/token"}


@pytest.mark.parametrize("life", [None, "soon", -5, 0, 1e300, True, [1], {"s": 3}])
def test_that_a_strange_life_of_a_token_is_no_reason_to_fail(
    life: object, oauth: FaultServer, tokens: Tokens
) -> None:
    tokens.life = life
    client = oauth_client(oauth)
    for _ in range(3):
        assert client.get("/v1/snapshot").status == 200
    assert tokens.given == 1


def test_that_the_secret_goes_to_the_token_server_and_the_token_to_the_api_alone(
    tokens: Tokens, oauth: FaultServer, plain_server: FaultServer
) -> None:
    client = client_of(
        plain_server,
        sign_in="oauth2_body",
        username="wall",
        token_url=f"{oauth.address}/token",
    )
    client.get("/v1/snapshot")
    assert CANARY.encode() in oauth.received()
    assert CANARY.encode() not in plain_server.received()
    assert b"token-1" in plain_server.received()
    assert b"/v1/snapshot" not in oauth.received()


# --- what the server asks for -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("told", "seconds"),
    [
        (None, None),
        ("", None),
        ("soon", None),
        ("7", 7),
        (" 7 ", 7),
        ("7.5", 7.5),
        ("0", 0),
        ("-5", 0),
        ("1000000000", 300),
        ("9" * 30, 300),
        ("9" * 400, None),
        ("۷", None),
        ("1e3", None),
        ("nan", None),
        ("inf", None),
        ("Sun, 22 Nov 2026 12:00:42 GMT", 42),
        ("Sun, 22 Nov 2026 11:00:00 GMT", 0),
        ("Sun, 22 Nov 2099 11:00:00 GMT", 300),
        ("Sunday, 22-Nov-26 12:00:42 GMT", 42),
        ("Sun Nov 22 12:00:42 2026", 42),
        ("Sun, 31 Feb 2026 12:00:42 GMT", None),
        ("Sun, 22 Nov 99999 12:00:42 GMT", None),
    ],
)
def test_that_retry_after_is_read(told: str | None, seconds: float | None) -> None:
    noon = datetime(2026, 11, 22, 12, tzinfo=UTC)
    expected = None if seconds is None else timedelta(seconds=seconds)
    assert retry_after_of(told, noon) == expected


@given(st.text(max_size=60) | st.integers().map(str) | st.floats().map(str))
def test_that_no_retry_after_breaks_anything_or_is_out_of_range(told: str) -> None:
    pause = retry_after_of(told, datetime(2026, 11, 22, 12, tzinfo=UTC))
    assert pause is None or timedelta() <= pause <= timedelta(seconds=300)


@given(st.datetimes(timezones=st.just(UTC)))
def test_that_a_date_to_retry_at_is_never_out_of_range(at: datetime) -> None:
    pause = retry_after_of(format_datetime(at, usegmt=True), datetime(2026, 11, 22, tzinfo=UTC))
    assert pause is None or timedelta() <= pause <= timedelta(seconds=300)


@pytest.mark.parametrize("status", [429, 503])
def test_that_who_wants_rest_gets_it(
    status: int, plain_server: FaultServer, clock: HandClock
) -> None:
    client = client_of(plain_server, clock)
    plain_server.site = lambda _: Said(status=status, headers={"Retry-After": "42"})
    failed = failure(lambda: client.get("/v1/snapshot"))
    assert isinstance(failed, SourceUnavailable)
    assert failed.retry_after == timedelta(seconds=42)
    plain_server.site = plain
    clock.pass_by(40)
    failed = failure(lambda: client.get("/v1/snapshot"))
    assert isinstance(failed, SourceUnavailable)
    assert failed.retry_after == timedelta(seconds=2)
    assert len(plain_server.asked) == 1
    clock.pass_by(2)
    assert client.get("/v1/snapshot").status == 200


@pytest.mark.parametrize("told", ["0", "-1", "soon", "0.5"])
def test_that_nobody_is_asked_more_often_than_usual(told: str, plain_server: FaultServer) -> None:
    plain_server.site = lambda _: Said(status=429, headers={"Retry-After": told})
    failed = failure(lambda: client_of(plain_server).get("/v1/snapshot"))
    assert isinstance(failed, SourceUnavailable)
    assert failed.retry_after is None


def test_that_a_date_is_compared_with_the_servers_own_clock(
    plain_server: FaultServer, clock: HandClock
) -> None:
    headers = {
        "Date": "Sun, 22 Nov 2020 08:00:00 GMT",
        "Retry-After": "Sun, 22 Nov 2020 08:00:30 GMT",
    }
    plain_server.site = lambda _: Said(status=503, headers=headers)
    failed = failure(lambda: client_of(plain_server, clock).get("/"))
    assert isinstance(failed, SourceUnavailable)
    assert failed.retry_after == timedelta(seconds=30)


# --- bodies -------------------------------------------------------------------------------------


@pytest.mark.parametrize("page", LOG_IN_PAGES)
def test_that_a_log_in_page_is_called_one(page: bytes, plain_server: FaultServer) -> None:
    plain_server.site = lambda _: Said(body=page, headers={"Content-Type": "text/html"})
    fault = why(lambda: client_of(plain_server).get("/v1/snapshot"))
    assert fault.kind is FaultKind.NOT_OUR_PROTOCOL
    assert fault.detail("said") == "a web page, perhaps one to log in"


def test_that_no_more_is_quoted_of_what_is_no_json_than_somebody_reads(
    plain_server: FaultServer,
) -> None:
    plain_server.site = lambda _: Said(body=b"password: hunter2\x1b[31m\r\n" * 5000)
    said = why(lambda: client_of(plain_server).get("/v1/snapshot")).detail("said")
    assert len(said) <= 200
    assert said.isprintable()


@pytest.mark.parametrize(
    ("encoding", "pack"),
    [
        ("gzip", gzip.compress),
        ("x-gzip", gzip.compress),
        ("GZIP", gzip.compress),
        ("identity", bytes),
        ("", bytes),
        ("gzip", lambda data: gzip.compress(data[:9]) + gzip.compress(data[9:])),
    ],
)
def test_that_a_body_is_unpacked(
    encoding: str, pack: Callable[[bytes], bytes], plain_server: FaultServer
) -> None:
    body = b'{"x": "' + b"y" * 100_000 + b'"}'
    plain_server.site = lambda _: Said(body=pack(body), headers={"Content-Encoding": encoding})
    assert client_of(plain_server).get("/v1/snapshot").body == body


@pytest.mark.parametrize("encoding", ["br", "zstd", "deflate", "gzip, gzip", "gzip,identity", "x"])
def test_that_a_body_is_unpacked_once_and_only_as_was_asked(
    encoding: str, plain_server: FaultServer
) -> None:
    plain_server.site = lambda _: Said(
        body=gzip.compress(b"{}"), headers={"Content-Encoding": encoding}
    )
    failed = failure(lambda: client_of(plain_server).get("/v1/snapshot"))
    assert isinstance(failed, SourceUnreadable)
    assert plain_server.asked[0].headers["accept-encoding"] == "gzip"


@pytest.mark.parametrize("name", ["packed_bomb", "endless", "too_long", "endless_without_length"])
def test_that_what_is_too_long_is_called_so(name: str, plain_server: FaultServer) -> None:
    plain_server.break_down(FAULTS[name])
    fault = why(lambda: client_of(plain_server).get("/v1/snapshot"))
    assert fault.detail("reason") == "it is too long"


def test_that_a_body_that_lacks_an_end_is_never_taken(plain_server: FaultServer) -> None:
    body = b'{"list": [' + b"1," * 1999 + b"1]}"
    whole = Said(body=body).encoded()
    place = 0

    def cut(wire: object, _asked: Asked, _good: bytes) -> None:
        wire.send(whole[:place])  # type: ignore[attr-defined]
        wire.reset() if place % 2 else wire.socket.close()  # type: ignore[attr-defined]

    plain_server.break_down(Breakage(kinds=frozenset(), answers=cut))
    client = client_of(plain_server)
    head = len(whole) - len(body)
    every = 41 if size_of_campaign(1, 2) == 1 else 1
    for place in (*range(1, head, min(7, every)), *range(head, len(whole), every)):
        client.begin(LIMIT)
        try:
            answer = client.get("/v1/snapshot")
        except SourceError:
            continue
        # Only where the head ended too soon, and then there is nothing in it.
        assert place < head
        assert answer.body == b""


ORACLE = {
    200: None,
    301: FaultKind.REDIRECTED,
    400: FaultKind.NOT_OUR_PROTOCOL,
    402: FaultKind.NOT_OUR_PROTOCOL,
    403: FaultKind.FORBIDDEN,
    404: FaultKind.NOT_OUR_PROTOCOL,
    410: FaultKind.NOT_OUR_PROTOCOL,
    418: FaultKind.NOT_OUR_PROTOCOL,
    429: FaultKind.THROTTLED,
    500: FaultKind.SERVER_ERROR,
    502: FaultKind.SERVER_ERROR,
    503: FaultKind.SERVER_ERROR,
    504: FaultKind.SERVER_ERROR,
    511: FaultKind.NOT_OUR_PROTOCOL,
    599: FaultKind.SERVER_ERROR,
    999: FaultKind.SERVER_ERROR,
}


@pytest.mark.timeout(600)
def test_that_any_order_of_statuses_is_told_as_it_is(server: FaultServer, site: ApiSite) -> None:
    account = account_of({"url": server.address, "secret": TOKEN, "poll": "1"})
    source, chance = RestSource(account, HandClock()), Random(20261122)
    source.fetch()
    for _ in range(size_of_campaign(300, 10_000)):
        status = chance.choice(sorted(ORACLE))
        site.instead = {}
        if status != 200:
            said = Said(status=status, headers={"Location": "/x"} if status == 301 else {})
            site.instead["/v1/snapshot"] = lambda _, said=said: said  # type: ignore[misc]
        try:
            source.fetch()
            told = None
        except SourceError as failed:
            told = failed.fault.kind
        assert told == ORACLE[status], status


RESETS = Breakage(kinds=frozenset({"lost"}), answers=lambda wire, *_: wire.reset())


# --- connections --------------------------------------------------------------------------------


def test_that_a_connection_is_kept(plain_server: FaultServer) -> None:
    client = client_of(plain_server)
    for _ in range(50):
        client.get("/v1/snapshot")
    assert len(plain_server.wires) == 1


@pytest.mark.parametrize("limit", [1, 2, 3, 7])
def test_that_a_server_that_closes_idle_connections_is_no_fault(
    limit: int, plain_server: FaultServer
) -> None:
    plain_server.limit = limit
    client = client_of(plain_server)
    polls = size_of_campaign(300, 10_000)
    for _ in range(polls):
        client.begin(LIMIT)
        assert client.get("/v1/snapshot").status == 200
    assert len(plain_server.asked) == polls


def test_that_a_dead_connection_is_replaced_once(plain_server: FaultServer) -> None:
    client = client_of(plain_server)
    client.get("/v1/snapshot")
    dead = plain_server.wires[0]

    def dies(wire: object, _asked: Asked, good: bytes) -> None:
        if wire is dead:
            dead.reset()
        wire.send(good)  # type: ignore[attr-defined]

    plain_server.break_down(Breakage(kinds=frozenset(), answers=dies))
    assert client.get("/v1/snapshot").status == 200
    assert len(plain_server.wires) == 2


def test_that_who_always_hangs_up_is_asked_twice_at_most(plain_server: FaultServer) -> None:
    client = client_of(plain_server)
    client.get("/v1/snapshot")
    plain_server.break_down(RESETS)
    before = len(plain_server.asked)
    assert why(lambda: client.get("/v1/snapshot")).kind is FaultKind.LOST
    assert len(plain_server.asked) - before == 2
    assert why(lambda: client.get("/v1/snapshot")).kind is FaultKind.LOST
    assert len(plain_server.asked) - before == 3


def test_that_what_is_sent_is_sent_once(plain_server: FaultServer) -> None:
    client = client_of(plain_server)
    client.get("/v1/snapshot")
    plain_server.break_down(RESETS)
    assert why(lambda: client.post("/v1/commands", b"{}")).kind is FaultKind.LOST
    assert [asked.method for asked in plain_server.asked].count("POST") == 1


def test_that_what_is_sent_goes_over_a_connection_of_its_own(plain_server: FaultServer) -> None:
    client = client_of(plain_server)
    client.get("/v1/snapshot")
    client.post("/v1/commands", b"{}")
    assert [wire.served for wire in plain_server.wires] == [1, 1]


def test_that_what_did_not_leave_is_told_apart(plain_server: FaultServer) -> None:
    client = client_of(plain_server)
    plain_server.break_down(FAULTS["refused"])
    with pytest.raises(NotSent):
        client.post("/v1/commands", b"{}")
    plain_server.recover()
    assert client.post("/v1/commands", b"{}").status == 200
    client.begin(timedelta())
    with pytest.raises(NotSent):
        client.post("/v1/commands", b"{}")
    assert [asked.method for asked in plain_server.asked] == ["POST"]
