"""HTTP digest authentication, as far as an Asterisk asks for it: MD5, of the head alone."""

from __future__ import annotations

import hashlib
import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

_PAIR: Final = re.compile(r'(\w+)=(?:"((?:[^"\\]|\\.)*)"|([^\s,"]+))')


@dataclass(frozen=True, slots=True, kw_only=True)
class Challenge:
    """What a server wants to be answered.

    Attributes:
        realm, nonce, opaque: As they came, to be sent back like that.
        stale: Who asked is known, only what he answered to is too old.
    """

    realm: str
    nonce: str
    opaque: str
    stale: bool


def challenge_of(field: str) -> Challenge | None:
    """Return what a field `WWW-Authenticate` asks for. None if it is none that we can answer."""
    scheme, _, rest = field.partition(" ")
    told = {name.lower(): quoted or plain for name, quoted, plain in _PAIR.findall(rest)}
    if scheme.lower() != "digest" or "nonce" not in told or not field.isprintable():
        return None
    if told.get("algorithm", "MD5").upper() != "MD5":
        return None
    if "auth" not in [one.strip() for one in told.get("qop", "").split(",")]:
        return None
    return Challenge(
        realm=told.get("realm", ""),
        nonce=told["nonce"],
        opaque=told.get("opaque", ""),
        stale=told.get("stale", "").lower() == "true",
    )


class Digest:
    """Answers one server's challenges. Of each of them its requests are counted."""

    def __init__(
        self, username: str, secret: str, once: Callable[[], str] = lambda: secrets.token_hex(8)
    ) -> None:
        """Know no challenge yet.

        Args:
            once: Returns a text that was never used before.
        """
        self._username = username
        self._secret = secret
        self._once = once
        self._challenge: Challenge | None = None
        self._count = 0

    def challenged(self, challenge: Challenge) -> None:
        """Answer this one from now on."""
        self._challenge = challenge
        self._count = 0

    def authorization(self, method: str, path: str) -> str:
        """Return the field `Authorization` of the next request. An empty text without challenge."""
        challenge = self._challenge
        if challenge is None:
            return ""
        self._count += 1
        count, once = f"{self._count:08x}", self._once()
        who = md5(f"{self._username}:{challenge.realm}:{self._secret}")
        what = md5(f"{method}:{path}")
        answer = md5(f"{who}:{challenge.nonce}:{count}:{once}:auth:{what}")
        username = re.sub(r'(["\\])', r"\\\1", self._username)
        opaque = f', opaque="{challenge.opaque}"' if challenge.opaque else ""
        return (
            f'Digest username="{username}", realm="{challenge.realm}", nonce="{challenge.nonce}"'
            f', uri="{path}", algorithm=MD5, qop=auth, nc={count}, cnonce="{once}"'
            f', response="{answer}"{opaque}'
        )


def md5(text: str) -> str:
    """Return what Asterisk takes for a proof that one knows a secret."""
    return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()
