"""Sends what a mapping asks over a client, and keeps what need not be asked again."""

from __future__ import annotations

from collections.abc import Mapping as AnyMapping
from collections.abc import Sequence
from datetime import datetime
from http import HTTPStatus
from urllib.parse import urlencode

from wallboard.domain.clock import Clock
from wallboard.domain.errors import FaultKind, SourceError, SourceUnavailable, fault
from wallboard.domain.value import value
from wallboard.sources.rest import refusals
from wallboard.sources.rest.client import Answer, Client, NotSent
from wallboard.sources.rest.mapping import Mapping
from wallboard.sources.rest.mapping_asking import NOTHING_KEPT, Request

_NOT_THERE = frozenset({HTTPStatus.NOT_FOUND, HTTPStatus.METHOD_NOT_ALLOWED, HTTPStatus.GONE})


@value
class Asked:
    """The answers of one look.

    Attributes:
        at: When the first of them was made, by the server's clock; by ours if it does not tell.
        answers: By the names of the asks, page by page.
        requests: How many were sent.
        whole_s: How long all of them took, in seconds.
    """

    at: datetime
    answers: AnyMapping[str, Sequence[bytes]]
    requests: int = 0
    whole_s: float = 0.0


class Asker:
    """Asks one API what a mapping wants, look by look. Used by one thread.

    What a look got before it failed is not lost: the next one goes on with what may be older.
    """

    def __init__(self, client: Client, clock: Clock, address: str) -> None:
        """Prepare; touches no network.

        Args:
            address: The API's, without a slash at its end; links to elsewhere are refused.
        """
        self._client = client
        self._clock = clock
        self._address = address
        self._kept = NOTHING_KEPT

    def ask(self, mapping: Mapping, since: datetime | None) -> Asked:
        """Return the answers of one look; the deadline is the client's.

        Args:
            since: The time of the last good picture. None if there was none.

        Raises:
            SourceError: One of them did not come, or is none.
        """
        now = self._clock.now().wall
        look = mapping.look(now, address=self._address, since=since, kept=self._kept)
        at: datetime | None = None
        sent, whole_s = 0, 0.0
        try:
            while (request := look.wanted()) is not None:
                answer = self.answer(request)
                at = at or refusals.http_date(answer.headers.get("Date")) or now
                sent, whole_s = sent + 1, whole_s + answer.seconds
                look.take(answer.body)
        finally:
            self._kept = look.kept()
        return Asked(at=at or now, answers=look.answers(), requests=sent, whole_s=whole_s)

    def answer(self, request: Request) -> Answer:
        """Return the answer to one request; the deadline is the client's.

        Raises:
            SourceError: It did not come, or is none.
        """
        path = request.path
        if request.params:
            path = f"{path}?{urlencode(request.params)}"
        if request.method == "GET":
            answer = self._client.get(path)
        else:
            try:
                answer = self._client.post(path, request.body or b"")
            except NotSent as unsent:
                raise unsent.failure from unsent
        if answer.status not in (HTTPStatus.OK, HTTPStatus.CREATED, HTTPStatus.ACCEPTED):
            raise self._refusal(request, answer)
        return answer

    def _refusal(self, request: Request, answer: Answer) -> SourceError:
        where = self._client.origin
        if answer.status in _NOT_THERE:
            return SourceUnavailable(
                fault(
                    FaultKind.NOT_OUR_PROTOCOL,
                    host=where.host,
                    port=where.port,
                    said=f"{answer.status} {request.path[:200]}",
                )
            )
        return refusals.status_refused(
            where, answer.status, refusals.said_by(answer.body), retry_after=None
        )
