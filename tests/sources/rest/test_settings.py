"""What the fields of a connection to an API mean."""

from __future__ import annotations

from datetime import timedelta

import pytest

from wallboard.domain.errors import FaultKind, SourceRefused
from wallboard.sources.rest import KIND
from wallboard.sources.rest.settings import account_of

GOOD = {"url": "https://api.example.com/base/", "secret": "t0ken"}
OAUTH = {"sign_in": "oauth2", "username": "me", "token_url": "https://id.example/token"}


def refused(**more: str) -> tuple[str, str]:
    with pytest.raises(SourceRefused) as caught:
        account_of({**GOOD, **more})
    assert caught.value.fault.kind is FaultKind.BAD_SETTING
    return caught.value.fault.detail("field"), caught.value.fault.detail("reason")


def test_that_an_address_and_a_token_are_enough() -> None:
    account = account_of(GOOD)
    assert str(account.origin) == "https://api.example.com"
    assert account.base == "/base"
    assert account.sign_in.kind == "bearer"
    assert account.poll == timedelta(seconds=2)
    assert account.deadline == timedelta(seconds=1.6)
    assert account.proxy is None


def test_that_the_deadline_is_a_part_of_the_poll_and_never_long() -> None:
    assert account_of({**GOOD, "poll": "1"}).deadline == timedelta(seconds=0.8)
    assert account_of({**GOOD, "poll": "60"}).deadline == timedelta(seconds=4)


def test_that_the_kind_tells_how_often_a_connection_is_asked() -> None:
    assert KIND.pace({**GOOD, "poll": "7.5"}) == timedelta(seconds=7.5)
    assert KIND.pace(GOOD) == KIND.poll


@pytest.mark.parametrize(
    ("field", "more"),
    [
        ("url", {"url": "https://user:pw@evil.example"}),
        ("url", {"url": "http://api.example.com"}),
        ("url", {"url": "http://10.0.0.1"}),
        ("url", {"url": "https://api.example.com\n"[:-1] + "\x00"}),
        ("sign_in", {"sign_in": "digest"}),
        ("secret", {"secret": ""}),
        ("secret", {"secret": "two words"}),
        ("secret", {"secret": "توکن"}),
        ("secret", {"secret": "a\r\nX-Evil: 1"}),
        ("username", {"sign_in": "basic"}),
        ("username", {"sign_in": "basic", "username": "a:b"}),
        ("header", {"sign_in": "api_key", "header": "Host"}),
        ("header", {"sign_in": "api_key", "header": "X Key"}),
        ("header", {"sign_in": "api_key", "header": "Content-Length"}),
        ("token_url", {**OAUTH, "token_url": ""}),
        ("token_url", {**OAUTH, "token_url": "http://id.example/token"}),
        ("token_url", {**OAUTH, "token_url": "https://a@id.example/token"}),
        ("pin", {"pin": "abc"}),
        ("proxy", {"proxy": "http://user:pw@proxy.example:3128"}),
        ("proxy", {"proxy": "https://proxy.example:3128"}),
        ("proxy", {"proxy": "socks5://proxy.example:1080"}),
        ("proxy", {"proxy": "http://proxy.example:3128/path"}),
        ("proxy_username", {"proxy": "http://proxy.example:3128", "proxy_username": "a:b"}),
        ("poll", {"poll": "0"}),
        ("poll", {"poll": "61"}),
        ("poll", {"poll": "-2"}),
        ("poll", {"poll": "1e1"}),
        ("poll", {"poll": "۲"}),
        ("plain_http", {"plain_http": "maybe"}),
        ("scope", {"scope": "x" * 5000}),
    ],
)
def test_that_a_field_that_cannot_be_used_is_named(field: str, more: dict[str, str]) -> None:
    assert refused(**more)[0] == field


def test_that_plain_http_in_the_network_must_be_allowed() -> None:
    account = account_of({**GOOD, "url": "http://pbx.lan:8080", "plain_http": "yes"})
    assert not account.origin.encrypted
    assert account_of({**GOOD, "url": "http://localhost:8080"}).origin.loopback


def test_that_no_secret_is_shown_by_an_account() -> None:
    told = {**GOOD, **OAUTH, "proxy": "http://p.example:1", "proxy_secret": "s3cret-of-proxy"}
    shown = repr(account_of({**told, "proxy_username": "u"}))
    assert "t0ken" not in shown
    assert "s3cret-of-proxy" not in shown


def test_that_a_fingerprint_is_read_as_tools_write_it() -> None:
    pin = "AB:" * 31 + "AB"
    assert account_of({**GOOD, "pin": pin}).trust.pin == "ab" * 32
    assert account_of({**GOOD, "pin": f"SHA256:{'ab' * 32}"}).trust.pin == "ab" * 32
