from __future__ import annotations

from datetime import timedelta

import pytest

from wallboard.domain.errors import FaultKind, SourceRefused
from wallboard.sources.asterisk import KIND
from wallboard.sources.asterisk.settings import FIELDS, account_of

TOLD = {"host": "pbx.example", "port": "5039", "username": "wall", "secret": "geheim"}


def test_that_the_fields_become_an_account() -> None:
    account = account_of(TOLD | {"tls": "yes", "tls_ca": "ca.pem", "wrap_up": "10"})
    assert (account.address.host, account.address.port) == ("pbx.example", 5039)
    assert (account.address.tls, account.address.tls_ca) == (True, "ca.pem")
    assert (account.username, account.secret) == ("wall", "geheim")
    assert account.wrap_ups == {"": timedelta(seconds=10)}


def test_that_what_is_not_told_has_its_default() -> None:
    account = account_of({"username": "wall", "secret": "geheim"})
    assert (account.address.host, account.address.port) == ("127.0.0.1", 5038)
    assert not account.address.tls
    assert account.wrap_ups == {}


def test_that_wrap_up_may_differ_by_queue() -> None:
    account = account_of(TOLD | {"wrap_up": "support=10, sales = 5 ,7,فروش=3"})
    assert {queue: span.total_seconds() for queue, span in account.wrap_ups.items()} == {
        "support": 10,
        "sales": 5,
        "": 7,
        "فروش": 3,
    }


@pytest.mark.parametrize(
    ("told", "port", "tls"),
    [
        ({}, 5038, False),
        ({"tls": "yes"}, 5038, True),
        ({"transport": "http"}, 8088, False),
        ({"transport": "https"}, 8089, True),
        ({"transport": "http", "tls": "yes"}, 8088, True),
        ({"transport": "https", "port": "443"}, 443, True),
    ],
)
def test_that_the_way_decides_on_the_usual_port(told: dict[str, str], port: int, tls: bool) -> None:
    account = account_of({"username": "wall", "secret": "geheim", **told})
    assert (account.address.port, account.address.tls) == (port, tls)
    assert (account.web is not None) == ("transport" in told)
    if account.web is not None:
        assert account.web.address == account.address


@pytest.mark.parametrize(
    ("told", "path"),
    [
        ({}, "/asterisk/rawman"),
        ({"digest": "yes"}, "/asterisk/arawman"),
        ({"path": "/"}, "/rawman"),
        ({"path": "/pbx/ami-1/"}, "/pbx/ami-1/rawman"),
    ],
)
def test_that_the_manager_is_where_the_prefix_says(told: dict[str, str], path: str) -> None:
    web = account_of(TOLD | {"transport": "http"} | told).web
    assert web is not None
    assert web.path == path


@pytest.mark.parametrize(
    "path",
    [
        "asterisk",
        "/a b",
        "/a?x=1",
        "/a#b",
        "//host/x",
        "/../x",
        "/a\\b",
        "/%0d%0a",
        "/é",
        "http://x",
    ],
)
def test_that_a_path_is_nothing_else(path: str) -> None:
    with pytest.raises(SourceRefused) as caught:
        account_of(TOLD | {"transport": "http", "path": path})
    assert caught.value.fault.detail("field") == "path"
    assert account_of(TOLD | {"path": path}).web is None


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("transport", "ftp"),
        ("digest", "maybe"),
        ("username", ""),
        ("username", "  "),
        ("secret", ""),
        ("secret", "x" * 1001),
        ("secret", "é" * 501),
        ("username", "a\r\nAction: Command"),
        ("secret", "a\nb"),
        ("host", "pbx\u2028x"),
        ("host", "pbx\x85x"),
        ("secret", "\ud800"),
        ("port", "0"),
        ("port", "65536"),
        ("port", "99999999999999999999"),
        ("port", "5038x"),
        ("port", "۵۰۳۸"),
        ("port", "-1"),
        ("tls", "maybe"),
        ("wrap_up", "long"),
        ("wrap_up", "support=10;sales=5"),
        ("wrap_up", "99999"),
        ("wrap_up", "10,20"),
        ("wrap_up", "10,=20"),
        ("wrap_up", "support=10,sales=5, support =20"),
    ],
)
def test_that_a_field_that_cannot_be_used_is_named(field: str, value: str) -> None:
    with pytest.raises(SourceRefused) as caught:
        account_of(TOLD | {field: value})
    assert caught.value.fault.kind is FaultKind.BAD_SETTING
    assert caught.value.fault.detail("field") == field


def test_that_a_secret_is_in_no_text_of_an_account() -> None:
    assert "geheim" not in repr(account_of(TOLD))


def test_that_only_the_secret_is_secret() -> None:
    assert [one.key for one in FIELDS if one.secret] == ["secret"]
    assert KIND.fields is FIELDS


def test_that_the_supervisors_phone_is_one_that_may_be_called() -> None:
    told = {"username": "wall", "secret": "x"}
    assert account_of(told).phone.dial == ""
    assert account_of(told).transfer_context == "from-internal"
    header = "Call-Info: <sip:wallboard>;answer-after=0"
    account = account_of({**told, "phone": "PJSIP/9001", "phone_header": header})
    assert account.phone.dial == "PJSIP/9001"
    assert account.phone.header == ("Call-Info", "<sip:wallboard>;answer-after=0")
    local = account_of({**told, "phone": "Local/*809001@from-internal/n", "transfer_context": "a"})
    assert (local.phone.dial, local.transfer_context) == ("Local/*809001@from-internal/n", "a")
    for field, wrong in (
        ("phone", {"phone": "9001"}),
        ("phone", {"phone": "PJSIP/9001&PJSIP/9002"}),
        ("phone_header", {"phone": "PJSIP/9001", "phone_header": "From: <sip:x>"}),
        ("phone_header", {"phone_header": "nonsense"}),
        ("phone_header", {"phone": "Local/9001@a", "phone_header": header}),
        ("transfer_context", {"transfer_context": "a,b"}),
    ):
        with pytest.raises(SourceRefused) as refused:
            account_of({**told, **wrong})
        assert refused.value.fault.detail("field") == field
