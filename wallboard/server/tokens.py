"""The tokens that walls and people sign in with: who they are is kept, what they say is not.

A token is an id, by which it is looked up, and 256 random bits, which are shown once; the file
keeps their SHA-256. Random bits of that length cannot be guessed, so nothing slower is needed. The
file is read again whenever it has changed: who is revoked is out within a second.
"""

from __future__ import annotations

import hmac
import os
import re
import secrets
import stat
import sys
import threading
from dataclasses import field, fields, replace
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from pathlib import Path
from typing import Final

import msgspec

from wallboard.domain.clock import Moment
from wallboard.domain.errors import WallboardError
from wallboard.domain.snapshot import AgentId, QueueId
from wallboard.domain.supervision import WishKind
from wallboard.domain.value import value
from wallboard.server.rights import Role, Scope, allowed
from wallboard.settings.paths import made
from wallboard.settings.whole_file import Sign, alone, replace_file, sign_of

TOKEN_PATTERN: Final = "wbt_([a-z2-7]{12})_([A-Za-z0-9_-]{43})"  # noqa: S105 - a form, no token

LONGEST_NAME: Final = 64
_LOOK_EVERY_S: Final = 0.5
_LARGEST_FILE: Final = 16 * 1024 * 1024
_OTHERS_MAY_WRITE: Final = stat.S_IWGRP | stat.S_IWOTH
_LETTERS: Final = "abcdefghijklmnopqrstuvwxyz234567"
_whole: Final = re.compile(TOKEN_PATTERN)
_phone: Final = re.compile(r"[A-Za-z0-9]{2,10}/[A-Za-z0-9][A-Za-z0-9_.@-]{0,79}")


class TokensUnusable(WallboardError):
    """The file of tokens cannot be read or written, or others may write it: nobody gets in."""


class TokenTrouble(StrEnum):
    """Why a token cannot be made, or revoked."""

    NAME = "name"
    """It is empty, too long, or has letters that cannot be seen."""
    NAME_TAKEN = "name_taken"
    EXPIRED = "expired"
    """It would have expired already."""
    SCREEN = "screen"
    """A screen gives no commands."""
    PHONE = "phone"
    """Nothing that can be dialled is written so."""
    NONE_SUCH = "none_such"


class TokenRefused(WallboardError):
    """No such token can be made, or there is none to revoke.

    Attributes:
        why: For the sentence that tells it in the user's language.
    """

    def __init__(self, why: TokenTrouble, reason: str) -> None:
        super().__init__(reason)
        self.why = why


@value
class Token:
    """One that was given out.

    Attributes:
        name: Whose it is, in the words of who made it; unique among those that hold.
        queues, agents: As in `Scope`.
        modes: Commands granted beyond what the role may.
        phone: By which its owner listens, as the source dials it, such as PJSIP/9001. Empty: none.
        expires: None: never.
        revoked: When it was; None if it holds.
        digest: SHA-256 of its random bits.
    """

    token_id: str
    name: str
    role: Role
    queues: frozenset[QueueId] | None = None
    agents: frozenset[AgentId] | None = None
    modes: frozenset[WishKind] = frozenset()
    phone: str = ""
    created: datetime
    expires: datetime | None = None
    revoked: datetime | None = None
    digest: bytes = field(repr=False)

    @property
    def scope(self) -> Scope:
        """What its owner sees."""
        return Scope(role=self.role, queues=self.queues, agents=self.agents)

    @property
    def may(self) -> frozenset[WishKind]:
        """The commands that its owner may give."""
        return allowed(self.role, self.modes)

    def holds(self, now: datetime) -> bool:
        """True if it is neither revoked nor expired."""
        return self.revoked is None and (self.expires is None or now < self.expires)


@value
class NewToken:
    """What is asked for; fields as in `Token`."""

    name: str
    role: Role
    queues: frozenset[QueueId] | None = None
    agents: frozenset[AgentId] | None = None
    modes: frozenset[WishKind] = frozenset()
    phone: str = ""
    expires: datetime | None = None


class _File(msgspec.Struct, forbid_unknown_fields=True):
    version: int
    key: bytes
    tokens: list[Token]


class _Rows(msgspec.Struct):
    """The same, to see what else is in it."""

    tokens: list[dict[str, object]]


_KEYS: Final = frozenset(each.name for each in fields(Token))


class TokenBook:
    """The file of tokens. May be used by several threads, and by several processes at once."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()
        self._by_id: dict[str, Token] = {}
        self._sign: Sign | None = None
        self._looked_at_s: float | None = None
        self._trouble: str | None = None

    @property
    def trouble(self) -> str | None:
        """Why nobody gets in. None if the file can be used, or is not there yet."""
        return self._trouble

    def find(self, text: str, now: Moment) -> Token | None:
        """Return the token that was said, if it holds now. None if nobody is to get in."""
        told = _whole.fullmatch(text)
        if told is None:
            return None
        with self._lock:
            self._look_again(now.steady_s)
            token = self._by_id.get(told[1])
        # An unknown id takes as long as a known one.
        digest = bytes(32) if token is None else token.digest
        same = hmac.compare_digest(sha256(told[2].encode()).digest(), digest)
        return token if token is not None and same and token.holds(now.wall) else None

    def holds(self, token_id: str, now: Moment) -> bool:
        """Return whether a token that was given out holds now. False if nobody is to get in."""
        with self._lock:
            self._look_again(now.steady_s)
            token = self._by_id.get(token_id)
        return token is not None and token.holds(now.wall)

    def key(self) -> bytes:
        """Return the secret of this file, by which people are told apart without being named.

        Makes the file if there is none.

        Raises:
            TokensUnusable: It cannot be read or written.
        """
        try:
            if self._path.exists():
                return self._read().key
            made(self._path.parent)
            with alone(self._lock_file):
                file = self._read()
                self._write(file)
        except OSError as error:
            raise TokensUnusable(f"{self._path.name}: {error.strerror}") from error
        return file.key

    def tokens(self) -> tuple[Token, ...]:
        """Return all that were made, the revoked ones too, oldest first.

        Raises:
            TokensUnusable: The file cannot be read.
        """
        return tuple(self._read().tokens)

    def create(self, wanted: NewToken, now: datetime) -> tuple[Token, str]:
        """Make a token, and return it with what is to be said to sign in. Nobody can tell it later.

        Raises:
            TokenRefused: Its name is none, or is taken; or its end is past.
            TokensUnusable: The file cannot be read or written.
        """
        _check(wanted, now)
        self.key()
        said = secrets.token_urlsafe(32)
        token = Token(
            token_id="".join(secrets.choice(_LETTERS) for _ in range(12)),
            name=wanted.name,
            role=wanted.role,
            queues=wanted.queues,
            agents=wanted.agents,
            modes=wanted.modes,
            phone=wanted.phone,
            created=now,
            expires=wanted.expires,
            digest=sha256(said.encode()).digest(),
        )
        with _told(self._path), alone(self._lock_file):
            file = self._read()
            folded = token.name.casefold()
            if any(each.name.casefold() == folded and each.holds(now) for each in file.tokens):
                reason = f"there is a token of the name {token.name!r} already"
                raise TokenRefused(TokenTrouble.NAME_TAKEN, reason)
            file.tokens.append(token)
            self._write(file)
        return token, f"wbt_{token.token_id}_{said}"

    def revoke(self, name_or_id: str, now: datetime) -> Token:
        """Let a token hold no more, by its id or by the name of one that holds.

        Raises:
            TokenRefused: None that holds is called so.
            TokensUnusable: The file cannot be read or written.
        """
        self.key()
        with _told(self._path), alone(self._lock_file):
            file = self._read()
            for at, token in enumerate(file.tokens):
                if name_or_id in (token.token_id, token.name) and token.holds(now):
                    file.tokens[at] = replace(token, revoked=now)
                    self._write(file)
                    return file.tokens[at]
        reason = f"no token that holds is called {name_or_id!r}"
        raise TokenRefused(TokenTrouble.NONE_SUCH, reason)

    @property
    def _lock_file(self) -> Path:
        return self._path.with_name(f"{self._path.name}.lock")

    def _look_again(self, steady_s: float) -> None:
        if self._looked_at_s is not None and steady_s - self._looked_at_s < _LOOK_EVERY_S:
            return
        self._looked_at_s = steady_s
        try:
            sign = sign_of(self._path)
            if sign is not None and sign == self._sign:
                return
            self._by_id = {token.token_id: token for token in self._read().tokens}
            self._sign, self._trouble = sign, None
        except (TokensUnusable, OSError) as error:
            # Who was revoked cannot be told from who was not.
            self._by_id, self._sign, self._trouble = {}, None, str(error)

    def _read(self) -> _File:
        """Return what the file says; a new one's content if there is none."""
        try:
            with self._path.open("rb") as handle:
                mode = os.fstat(handle.fileno()).st_mode
                if sys.platform != "win32" and mode & _OTHERS_MAY_WRITE:
                    raise TokensUnusable(f"{self._path.name}: others may write it")
                content = handle.read(_LARGEST_FILE)
            file = msgspec.json.decode(content, type=_File)
            strange = _strange_key(content)
        except FileNotFoundError:
            return _File(version=1, key=secrets.token_bytes(32), tokens=[])
        except OSError as error:
            raise TokensUnusable(f"{self._path.name}: {error.strerror}") from error
        except (msgspec.DecodeError, ValueError, RecursionError) as error:
            raise TokensUnusable(f"{self._path.name}: it is damaged") from error
        if strange:
            # It may be a misspelt one of those that limit or revoke.
            raise TokensUnusable(f"{self._path.name}: no key of a token is called {strange!r}")
        if file.version != 1:
            raise TokensUnusable(f"{self._path.name}: a newer version of this program made it")
        return file

    def _write(self, file: _File) -> None:
        replace_file(self._path, msgspec.json.format(msgspec.json.encode(file)) + b"\n")


def _strange_key(content: bytes) -> str:
    """Return a key in a row of the file that is no key of ours; empty if there is none."""
    rows = msgspec.json.decode(content, type=_Rows).tokens
    return next((key[:60] for row in rows for key in row if key not in _KEYS), "")


class _told:  # noqa: N801 - reads as a verb
    """Makes what the system says about a file an error of ours."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __enter__(self) -> None:
        """Begin."""

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        if isinstance(error, OSError):
            raise TokensUnusable(f"{self._path.name}: {error.strerror}") from error


def _check(wanted: NewToken, now: datetime) -> None:
    name = wanted.name
    if not (0 < len(name) <= LONGEST_NAME and name.isprintable() and name.strip() == name):
        reason = f"a name has 1 to {LONGEST_NAME} letters that can be seen"
        raise TokenRefused(TokenTrouble.NAME, reason)
    if wanted.expires is not None and wanted.expires <= now:
        raise TokenRefused(TokenTrouble.EXPIRED, "it would have expired already")
    if wanted.phone and _phone.fullmatch(wanted.phone) is None:
        raise TokenRefused(TokenTrouble.PHONE, "a phone is written as in PJSIP/9001")
    if wanted.role is Role.TV and (wanted.modes or wanted.phone):
        raise TokenRefused(TokenTrouble.SCREEN, "a screen gives no commands")
