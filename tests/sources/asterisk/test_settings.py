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
    ("field", "value"),
    [
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
