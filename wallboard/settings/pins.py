"""The PIN that ends a TV's board: kept as a salted hash, compared in constant time.

A hash of a few digits keeps the PIN from whoever looks into the file, and from a copy of the file
that goes from hand to hand. It does not withstand somebody who has the file and a day.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import unicodedata
from base64 import b64decode, b64encode
from typing import Final

from wallboard.settings.notice import translate

SHORTEST: Final = 4
LONGEST: Final = 12
"""Digits."""
NOTE: Final = translate("Settings", "4 to 12 digits")

_KIND: Final = "scrypt"
# 32 MiB and some 100 ms a try, and what a file may ask for: a hostile one must not ask for more.
_COST, _BLOCK, _LANES = 15, 8, 1
_COSTS: Final = range(14, 18)
_SALT, _LENGTH = 16, 32


def plain_pin(told: str) -> str:
    """Return the PIN in the digits 0 to 9, whichever digits it was typed in.

    Raises:
        ValueError: It is none, and what one is.
    """
    try:
        digits = "".join(str(unicodedata.decimal(letter)) for letter in told.strip()[:64])
    except ValueError as error:
        raise ValueError(NOTE) from error
    if not SHORTEST <= len(digits) <= LONGEST:
        raise ValueError(NOTE)
    return digits


def kept_pin(told: str) -> str:
    """Return what is kept of a PIN; another each time. Takes some 100 ms.

    Raises:
        ValueError: It is no PIN, and what one is.
    """
    salt = secrets.token_bytes(_SALT)
    words = (_KIND, str(_COST), _text(salt), _text(_hash(plain_pin(told), salt, _COST)))
    return "$".join(words)


def pin_fits(told: str, kept: str) -> bool:
    """True if this is the PIN. Takes some 100 ms, whether it is or not.

    Never raises: what was kept and cannot be read, fits no PIN.
    """
    read = _read(kept)
    if read is None:
        return False
    cost, salt, wanted = read
    try:
        digits = plain_pin(told)
    except ValueError:
        digits = ""  # it is worked out all the same: how long it takes tells nothing
    same = hmac.compare_digest(_hash(digits, salt, cost), wanted)
    return same and bool(digits)


def is_kept_pin(kept: str) -> bool:
    """True if this is what `kept_pin` makes."""
    return _read(kept) is not None


def _read(kept: str) -> tuple[int, bytes, bytes] | None:
    parts = kept.split("$")
    if len(parts) != 4 or parts[0] != _KIND or parts[1] not in map(str, _COSTS):
        return None
    try:
        salt, wanted = (b64decode(part, validate=True) for part in parts[2:])
    except ValueError:
        return None
    return (int(parts[1]), salt, wanted) if (len(salt), len(wanted)) == (_SALT, _LENGTH) else None


def _hash(digits: str, salt: bytes, cost: int) -> bytes:
    room = 2 * 128 * _BLOCK * 2**cost
    return hashlib.scrypt(
        digits.encode(), salt=salt, n=2**cost, r=_BLOCK, p=_LANES, maxmem=room, dklen=_LENGTH
    )


def _text(content: bytes) -> str:
    return b64encode(content).decode()
