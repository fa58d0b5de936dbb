"""One request as the handlers read it, and the answer they give: plain values around ASGI."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Final, TypeAlias
from urllib.parse import parse_qsl

from starlette.types import Receive, Scope

from wallboard.api.problem import Problem, ProblemKind, RequestRefused, problem, problem_bytes
from wallboard.api.protocol import JSON, LONGEST_TEXT, PROBLEM_JSON
from wallboard.domain.value import value

Header: TypeAlias = tuple[bytes, bytes]

_MOST_HEADERS: Final = 64
_LONGEST_HEADERS: Final = 16 * 1024
_LONGEST_QUERY: Final = 4 * 1024
_MOST_QUERIES: Final = 16
_ONCE: Final = frozenset(
    {"authorization", "content-length", "content-type", "host", "idempotency-key"}
)


@value
class Answer:
    """What is sent back."""

    status: int
    body: bytes = b""
    headers: tuple[Header, ...] = ()


class Refused(RequestRefused):
    """A request that gets a problem for an answer, perhaps with headers of its own."""

    def __init__(self, told: Problem, headers: tuple[Header, ...] = ()) -> None:
        super().__init__(told)
        self.headers = headers


class Ask:
    """One request.

    Attributes:
        headers: By lower-case name; where one came twice, the first.
        parts: The parameters of the path.
        address: Of who asks; `-` if not known.
    """

    __slots__ = ("_query", "_receive", "address", "headers", "method", "parts", "path")

    def __init__(self, scope: Scope, receive: Receive) -> None:
        self._receive = receive
        self.method: str = scope["method"]
        self.path: str = scope["path"]
        self.parts: Mapping[str, str] = scope.get("path_params", {})
        client = scope.get("client")
        self.address: str = client[0] if client else "-"
        self.headers = _headers(scope["headers"])
        self._query: bytes = scope["query_string"]

    @property
    def packs(self) -> bool:
        """True if the answer may come under gzip."""
        for told in self.headers.get("accept-encoding", "").split(","):
            name, _, quality = told.partition(";")
            if name.strip().lower() == "gzip":
                return quality.replace(" ", "") not in ("q=0", "q=0.0", "q=0.00", "q=0.000")
        return False

    def query(self) -> Mapping[str, str]:
        """Return the parameters of the address.

        Raises:
            RequestRefused: They cannot be read.
        """
        return _query(self._query) if self._query else {}

    def text(self, name: str) -> str | None:
        """Return a parameter of the address. None if it is not there.

        Raises:
            RequestRefused: It is empty, or too long.
        """
        told = self.query().get(name)
        if told is not None and not 0 < len(told) <= LONGEST_TEXT:
            raise bad(f"{name}: 1 to {LONGEST_TEXT} characters")
        return told

    def number(self, name: str, default: int, most: int) -> int:
        """Return a parameter that is a number from 1 to `most`.

        Raises:
            RequestRefused: It is no such number.
        """
        told = self.query().get(name)
        if told is None:
            return default
        if not (told.isascii() and told.isdigit() and len(told) <= 9 and 0 < int(told) <= most):
            raise bad(f"{name}: a number from 1 to {most}")
        return int(told)

    async def body(self, most: int) -> bytes:
        """Return the body.

        Raises:
            RequestRefused: It is longer than that, or was not sent to its end.
        """
        length = self.headers.get("content-length", "0")
        if not length.isdigit() or int(length) > most:
            raise too_large(most)
        received = b""
        more = True
        while more:
            message = await self._receive()
            if message["type"] != "http.request":
                raise bad("the connection ended")
            received += message.get("body", b"")
            if len(received) > most:
                raise too_large(most)
            more = message.get("more_body", False)
        return received

    async def json_body(self, most: int, patience_s: float) -> bytes:
        """Return the body, which is to be JSON; it is not read yet.

        Raises:
            RequestRefused: It is something else, longer than that, or did not come in time.
        """
        kind = self.headers.get("content-type", "").partition(";")[0].strip().lower()
        if kind != JSON:
            raise Refused(problem(ProblemKind.BAD_REQUEST, f"the body is {JSON}", status=415))
        try:
            return await asyncio.wait_for(self.body(most), patience_s)
        except TimeoutError as error:
            raise bad("the body took too long") from error


def json_answer(status: int, body: bytes) -> Answer:
    """Return an answer of JSON."""
    return Answer(status=status, body=body, headers=((b"content-type", JSON.encode()),))


def problem_answer(told: Problem, headers: tuple[Header, ...] = ()) -> Answer:
    """Return the answer that tells a problem."""
    kind = (b"content-type", PROBLEM_JSON.encode())
    return Answer(status=told.status, body=problem_bytes(told), headers=(kind, *headers))


def bad(detail: str) -> Refused:
    """Return the error of a request that cannot be read."""
    return Refused(problem(ProblemKind.BAD_REQUEST, detail))


def too_large(most: int) -> Refused:
    """Return the error of a body that is too long."""
    return Refused(problem(ProblemKind.TOO_LARGE, f"{most} bytes at most"))


def later(kind: ProblemKind, wait_s: int, detail: str = "") -> Refused:
    """Return the error of a request that may be repeated after a while."""
    return Refused(problem(kind, detail), ((b"retry-after", b"%d" % wait_s),))


def _headers(raw: list[Header]) -> dict[str, str]:
    if len(raw) > _MOST_HEADERS or sum(len(n) + len(v) for n, v in raw) > _LONGEST_HEADERS:
        raise bad(f"{_MOST_HEADERS} headers and {_LONGEST_HEADERS} bytes of them at most")
    headers: dict[str, str] = {}
    for name, told in raw:
        key = name.decode("latin-1").lower()
        if key in headers and key in _ONCE:
            raise bad(f"{key}: told twice")
        headers.setdefault(key, told.decode("latin-1"))
    if "content-length" in headers and "transfer-encoding" in headers:
        # Between two servers each may go by another of the two.
        raise bad("content-length and transfer-encoding exclude each other")
    return headers


def _query(raw: bytes) -> dict[str, str]:
    if len(raw) > _LONGEST_QUERY:
        raise bad(f"{_LONGEST_QUERY} bytes of parameters at most")
    try:
        told = parse_qsl(
            raw.decode("ascii"),
            keep_blank_values=True,
            max_num_fields=_MOST_QUERIES,
            errors="strict",
        )
    except ValueError as error:
        raise bad("the parameters cannot be read") from error
    query = dict(told)
    if len(query) != len(told):
        raise bad("a parameter is told twice")
    return query
