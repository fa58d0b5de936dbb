"""Why a request is not done: RFC 9457's problem details, of kinds that a program can tell apart."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

import msgspec

from wallboard.api.protocol import cut
from wallboard.api.reading import UNREADABLE
from wallboard.api.writing import encoded
from wallboard.domain.errors import WallboardError


class ProblemKind(StrEnum):
    """What to do about it."""

    BAD_REQUEST = "bad_request"
    UNAUTHORIZED = "unauthorized"
    FORBIDDEN = "forbidden"
    NOT_FOUND = "not_found"
    CONFLICT = "conflict"
    CURSOR_GONE = "cursor_gone"
    """The facts after this cursor are no longer known one by one: ask the history."""
    TOO_LARGE = "too_large"
    UNSUPPORTED = "unsupported"
    """The system behind cannot do this."""
    TOO_MANY_REQUESTS = "too_many_requests"
    SERVER_ERROR = "server_error"
    NOT_READY = "not_ready"
    """There has been no picture yet."""


class Problem(msgspec.Struct, frozen=True, kw_only=True):
    """What an answer other than 2xx and 304 says.

    Attributes:
        detail: For people, in English; empty if there is nothing to add. No secrets, no traces.
        type: As RFC 9457 has it where `title` and `kind` say all.
    """

    kind: ProblemKind
    status: int
    title: str
    detail: str = ""
    type: str = "about:blank"


class RequestRefused(WallboardError):
    """A request cannot be taken as it is. The server answers the problem."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(f"{problem.kind}: {problem.detail}")
        self.problem = problem


STATUS: Final = {
    ProblemKind.BAD_REQUEST: (400, "The request cannot be read"),
    ProblemKind.UNAUTHORIZED: (401, "Sign-in needed"),
    ProblemKind.FORBIDDEN: (403, "Not allowed"),
    ProblemKind.NOT_FOUND: (404, "No such thing"),
    ProblemKind.CONFLICT: (409, "The key was used for another command"),
    ProblemKind.CURSOR_GONE: (410, "The cursor is too old"),
    ProblemKind.TOO_LARGE: (413, "The request is too large"),
    ProblemKind.UNSUPPORTED: (422, "The system behind cannot do this"),
    ProblemKind.TOO_MANY_REQUESTS: (429, "Too many requests"),
    ProblemKind.SERVER_ERROR: (500, "The server failed"),
    ProblemKind.NOT_READY: (503, "No picture yet"),
}
"""The usual status and title of each kind."""


def problem(kind: ProblemKind, detail: str = "", *, status: int | None = None) -> Problem:
    """Return a problem of a kind.

    Args:
        status: Where it is another than usual, as 405 or 415 for a bad request.
    """
    usual, title = STATUS[kind]
    return Problem(kind=kind, status=status or usual, title=title, detail=cut(detail))


def problem_bytes(problem: Problem) -> bytes:
    """Return the body of the answer."""
    return encoded(problem)


def read_problem(body: bytes, status: int) -> Problem | None:
    """Return what an answer says. None if it is no such problem.

    Args:
        status: Of the answer; it counts, whatever the body says.
    """
    try:
        told = _problems.decode(body)
    except UNREADABLE:
        return None
    return Problem(kind=told.kind, status=status, title=cut(told.title), detail=cut(told.detail))


class _ProblemForm(msgspec.Struct):
    kind: ProblemKind
    title: str = ""
    detail: str = ""


_problems: Final = msgspec.json.Decoder(_ProblemForm)
