"""The PIN of a TV's board: kept as a hash, compared without telling anything."""

from __future__ import annotations

from base64 import b64encode
from hashlib import scrypt

import pytest

from wallboard.settings.pins import is_kept_pin, kept_pin, pin_fits, plain_pin


def test_that_a_pin_fits_in_the_digits_of_any_keyboard_and_no_other_does() -> None:
    kept = kept_pin("2468")
    assert pin_fits("2468", kept)
    assert pin_fits(" ۲۴۶۸ ", kept)
    assert pin_fits("٢٤٦٨", kept)
    assert not pin_fits("2469", kept)
    assert not pin_fits("02468", kept)


def test_that_a_pin_is_not_kept_but_a_hash_and_another_each_time() -> None:
    one, other = kept_pin("135790"), kept_pin("135790")
    assert one != other
    assert "135790" not in one
    assert is_kept_pin(one)
    assert is_kept_pin(other)


@pytest.mark.parametrize("told", ["", "123", "1234567890123", "12a4", "1 23 4", "x" * 1000])
def test_that_what_is_no_pin_is_told_and_fits_none(told: str) -> None:
    with pytest.raises(ValueError, match="4 to 12 digits"):
        plain_pin(told)
    assert not pin_fits(told, kept_pin("1234"))


@pytest.mark.parametrize(
    "kept",
    [
        "", "1234", "scrypt", "scrypt$15$$", "scrypt$15$AAAA$AAAA", "scrypt$99$AAAA$AAAA",
        "scrypt$x$AAAA$AAAA", "md5$15$AAAA$AAAA", "scrypt$15$\u06f1$\u06f2", "$" * 50,
    ],
)  # fmt: skip
def test_that_what_was_kept_and_cannot_be_read_fits_no_pin(kept: str) -> None:
    assert not is_kept_pin(kept)
    assert not pin_fits("1234", kept)


def test_that_a_file_cannot_ask_for_more_memory_than_a_pin_needs() -> None:
    _, _, salt, told = kept_pin("1234").split("$")
    for cost in ("1", "13", "18", "30", "-1", "015"):
        assert not is_kept_pin(f"scrypt${cost}${salt}${told}")


def test_that_a_hash_of_no_digits_opens_to_nobody() -> None:
    salt = b"s" * 16
    empty = scrypt(b"", salt=salt, n=2**14, r=8, p=1, maxmem=2**26, dklen=32)
    kept = "$".join(("scrypt", "14", b64encode(salt).decode(), b64encode(empty).decode()))
    assert is_kept_pin(kept)
    for told in ("", "abc", "12"):
        assert not pin_fits(told, kept)
