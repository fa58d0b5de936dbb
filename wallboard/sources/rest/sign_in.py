"""How we prove who we are: only ever to the origin that it was told for."""

from __future__ import annotations

import base64
import threading
import time
from typing import Final
from urllib.parse import urlencode

import msgspec

from wallboard.domain.errors import FaultKind, SourceError, SourceRefused, fault
from wallboard.net.deadline import Deadline
from wallboard.sources.rest import refusals
from wallboard.sources.rest.line import Answer, Line, NotSent
from wallboard.sources.rest.settings import (
    API_KEY,
    BASIC,
    BEARER,
    OAUTH2,
    OAUTH2_BODY,
    SignInTold,
)

USUAL_LIFE_S: Final = 300.0
"""How long a token is used of which nobody says how long it holds."""
_EARLY_S: Final = 30.0
_LONGEST_LIFE_S: Final = 86_400.0


def basic(username: str, secret: str) -> str:
    """Return the words of a basic sign-in."""
    return "Basic " + base64.b64encode(f"{username}:{secret}".encode()).decode()


class _Token(msgspec.Struct):
    access_token: str
    token_type: str = "Bearer"  # noqa: S105 - the name of a kind
    expires_in: msgspec.Raw = msgspec.Raw(b"")


class SignIn:
    """The sign-in to one origin. `headers` may be called from several threads at once."""

    def __init__(self, told: SignInTold, tokens: Line | None, deadline: Deadline) -> None:
        """Prepare; touches no network.

        Args:
            tokens: Leads to who gives OAuth 2 tokens. None unless that is used.
        """
        self._told = told
        self._tokens = tokens
        self._deadline = deadline
        self._asking = threading.Lock()
        self._token = ""
        self._until_s = float("-inf")

    @property
    def renewable(self) -> bool:
        """True if what was refused can be replaced without asking anybody."""
        return self._tokens is not None

    def headers(self) -> dict[str, str]:
        """Return the headers that prove who we are; gets a new token first if need be.

        Raises:
            SourceError: There is no token.
        """
        told = self._told
        if told.kind == BEARER:
            return {"Authorization": f"Bearer {told.secret}"}
        if told.kind == API_KEY:
            return {told.header: told.secret}
        if told.kind == BASIC:
            return {"Authorization": basic(told.username, told.secret)}
        if self._tokens is not None:
            return {"Authorization": f"Bearer {self._current(self._tokens)}"}
        return {}

    def refused(self, headers: dict[str, str]) -> None:
        """Take to know that a server did not accept these headers: the next ones are new."""
        if headers.get("Authorization") == f"Bearer {self._token}":
            self._until_s = float("-inf")

    def close(self) -> None:
        """Let go of the connections."""
        if self._tokens is not None:
            self._tokens.close()

    def _current(self, line: Line) -> str:
        # Who comes second waits for the token that the first one gets.
        if not self._asking.acquire(timeout=self._deadline.wait_s()):
            raise refusals.too_slow(line.route.origin, line.route.limit)
        try:
            if time.monotonic() >= self._until_s:
                self._renew(line)
            return self._token
        finally:
            self._asking.release()

    def _renew(self, line: Line) -> None:
        told = self._told
        form = {"grant_type": "client_credentials"}
        if told.scope:
            form["scope"] = told.scope
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        if told.kind == OAUTH2_BODY:
            form |= {"client_id": told.username, "client_secret": told.secret}
        elif told.kind == OAUTH2:
            headers["Authorization"] = basic(told.username, told.secret)
        try:
            answer = line.post(told.token_path, body=urlencode(form).encode(), headers=headers)
        except NotSent as not_sent:
            raise not_sent.failure from not_sent
        token = self._read(line, answer)
        life_s = _life_s(token.expires_in)
        self._token = token.access_token
        self._until_s = time.monotonic() + max(life_s - _EARLY_S, 0.5 * life_s)

    def _read(self, line: Line, answer: Answer) -> _Token:
        if answer.status != 200:
            raise _no_token(line, answer, self._told.username)
        try:
            token = _tokens.decode(answer.body)
        except (msgspec.DecodeError, RecursionError, UnicodeError) as error:
            if answer.body[:64].lstrip()[:1] != b"{":
                raise refusals.not_ours(line.route.origin, refusals.LOG_IN_PAGE) from error
            raise refusals.unreadable("the token cannot be read") from error
        text = token.access_token
        if token.token_type.lower() != "bearer" or not (
            text and text.isascii() and text.isprintable() and " " not in text
        ):
            raise refusals.unreadable("the token cannot be read")
        return token


def _no_token(line: Line, answer: Answer, username: str) -> SourceError:
    where = line.route.origin
    if answer.status in (400, 401, 403):
        return SourceRefused(
            fault(FaultKind.SIGN_IN, host=where.host, port=where.port, username=username)
        )
    if 300 <= answer.status < 400:
        return refusals.redirected(where, answer.headers.get("Location", ""))
    return refusals.status_refused(where, answer.status, "", None)


def _life_s(told: msgspec.Raw) -> float:
    """Return for how long a token holds, in seconds; some servers tell it as a text."""
    try:
        seconds = _seconds.decode(told)
    except (msgspec.DecodeError, RecursionError, UnicodeError):
        return USUAL_LIFE_S
    return min(seconds, _LONGEST_LIFE_S) if seconds > 0 else USUAL_LIFE_S


_tokens = msgspec.json.Decoder(_Token)
_seconds = msgspec.json.Decoder(float, strict=False)
