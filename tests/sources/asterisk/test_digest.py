"""Digest authentication, against the worked example that everybody knows."""

from __future__ import annotations

import re

import pytest

from wallboard.sources.asterisk.digest import Challenge, Digest, challenge_of

KNOWN = (
    'Digest realm="testrealm@host.com", qop="auth,auth-int",'
    ' nonce="dcd98b7102dd2f0e8b11d0f600bfb0c093", opaque="5ccc069c403ebaf9f0171e9517f40e41"'
)
OF_ASTERISK = (
    'Digest algorithm=MD5, realm="asterisk", nonce="5949f90a", qop="auth", opaque="5949f90a"'
)


def test_that_the_answer_is_that_of_the_worked_example() -> None:
    challenge = challenge_of(KNOWN)
    assert challenge is not None
    digest = Digest("Mufasa", "Circle Of Life", once=lambda: "0a4f113b")
    assert digest.authorization("GET", "/dir/index.html") == ""
    digest.challenged(challenge)
    told = digest.authorization("GET", "/dir/index.html")
    assert 'response="6629fae49393a05397450978507c4ef1"' in told
    assert "nc=00000001" in told
    assert 'opaque="5ccc069c403ebaf9f0171e9517f40e41"' in told


def test_that_every_request_of_a_challenge_has_a_number_and_a_text_of_its_own() -> None:
    challenge = challenge_of(OF_ASTERISK)
    assert challenge == Challenge(
        realm="asterisk", nonce="5949f90a", opaque="5949f90a", stale=False
    )
    digest = Digest("wall", "geheim")
    digest.challenged(challenge)
    told = [digest.authorization("POST", "/arawman") for _ in range(3)]
    assert [re.findall(r"nc=(\w+)", one) for one in told] == [[f"0000000{n}"] for n in (1, 2, 3)]
    assert len({re.search(r'cnonce="(\w+)"', one)[1] for one in told}) == 3  # type: ignore[index]
    assert all("geheim" not in one for one in told)
    digest.challenged(challenge)
    assert "nc=00000001" in digest.authorization("POST", "/arawman")


def test_that_a_challenge_may_be_too_old() -> None:
    challenge = challenge_of(f"{OF_ASTERISK}, stale=true")
    assert challenge is not None
    assert challenge.stale


def test_that_a_name_cannot_leave_its_quotes() -> None:
    digest = Digest('a", nc=7, x="\\', "geheim")
    digest.challenged(Challenge(realm="r", nonce="n", opaque="", stale=False))
    told = digest.authorization("POST", "/")
    assert told.startswith('Digest username="a\\", nc=7, x=\\"\\\\", realm="r"')
    assert "opaque" not in told


@pytest.mark.parametrize(
    "field",
    [
        "",
        "Basic realm=x",
        'Digest realm="x", qop="auth"',
        'Digest nonce="x", qop="auth", algorithm=SHA-256',
        'Digest nonce="x", qop="auth-int"',
        'Digest nonce="x"',
        'Digest nonce="x\x1b", qop="auth"',
    ],
)
def test_that_what_cannot_be_answered_is_no_challenge(field: str) -> None:
    assert challenge_of(field) is None
