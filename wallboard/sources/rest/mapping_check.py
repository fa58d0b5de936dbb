"""A close look at another system's API through a mapping, and the live preview of one."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping as AnyMapping
from datetime import timedelta
from pathlib import Path
from typing import Final

from wallboard.domain.clock import Clock
from wallboard.domain.errors import Fault, FaultKind, SourceError
from wallboard.domain.finding import Finding, Verdict
from wallboard.domain.source import Told
from wallboard.sources.rest.client import Client
from wallboard.sources.rest.mapping import Mapping, file_bytes, mapping_in, mapping_of
from wallboard.sources.rest.mapping_asker import Asked, Asker
from wallboard.sources.rest.mapping_asking import Request
from wallboard.sources.rest.mapping_source import address_of_account
from wallboard.sources.rest.mapping_telling import findings_of
from wallboard.sources.rest.settings import NO_SIGN_IN, Account, account_of

PATIENCE: Final = timedelta(seconds=20)
"""Who looks closely may wait longer than a board."""

_TOPICS: Final[AnyMapping[FaultKind, str]] = {
    FaultKind.CERTIFICATE: "tls",
    FaultKind.SIGN_IN: "sign_in",
    FaultKind.FORBIDDEN: "sign_in",
    FaultKind.BAD_SETTING: "mapping",
}


def mapped_findings(account: Account, client: Client, clock: Clock) -> Iterator[Finding]:
    """Yield what is found of an API that is read by a mapping. Never raises a SourceError."""
    try:
        mapping = mapping_of(Path(account.mapping))
        yield _finding("mapping", Verdict.GOOD, name=mapping.name, count=len(mapping.asks))
        client.begin(PATIENCE)
        asked = Asker(client, clock, address_of_account(account)).ask(mapping, None)
        yield from _reached(account, client, asked)
        yield from findings_of(mapping, mapping.picture(asked.answers, asked.at))
    except SourceError as failed:
        yield _bad(failed.fault)
        return
    yield _in_time(account, asked)


def _reached(account: Account, client: Client, asked: Asked) -> Iterator[Finding]:
    where = client.origin
    yield _finding("reachable", Verdict.GOOD, host=where.host, port=where.port)
    if where.encrypted:
        yield _finding("tls", Verdict.GOOD, host=where.host)
    else:
        verdict = Verdict.GOOD if where.loopback else Verdict.WARNING
        yield _finding("tls", verdict, encrypted="no")
    if account.sign_in.kind == NO_SIGN_IN:
        yield _finding("sign_in_none", Verdict.WARNING)
    else:
        yield _finding("sign_in", Verdict.GOOD, username=account.sign_in.username)
    yield _finding("mapped_asked", Verdict.GOOD, count=asked.requests)


def _in_time(account: Account, asked: Asked) -> Finding:
    """Tell whether a look is over before the board wants the next one."""
    limit_s = account.deadline.total_seconds()
    whole_s = asked.whole_s
    return _finding(
        "mapped_speed",
        Verdict.GOOD if whole_s <= limit_s else Verdict.WARNING,
        seconds=f"{whole_s:.1f}",
        limit=f"{limit_s:.1f}",
    )


class Preview:
    """What a mapping makes of the first answers of a connection, while somebody writes it.

    The answers are kept: a file that was changed is read on them again, and only requests that are
    new have to be sent. Used by one thread at a time.
    """

    def __init__(self, told: Told, clock: Clock) -> None:
        """Prepare; touches no network.

        Raises:
            SourceRefused: A field cannot be used.
        """
        self._account = account_of(told)
        self._clock = clock
        self._answers: dict[Request, bytes] = {}
        self._began = clock.now().wall

    def read(self) -> bytes:
        """Return what the file holds now; compare it to see whether it was changed.

        Raises:
            MappingWrong: It cannot be read.
        """
        return file_bytes(Path(self._account.mapping))

    def ask(self, file: bytes) -> tuple[Finding, ...]:
        """Ask the API all that the mapping wants, and return what that gives. May take long."""
        try:
            mapping = mapping_in(file, self._account.mapping)
            client = Client(self._account, self._clock)
        except SourceError as failed:
            return (_bad(failed.fault),)
        self._began = self._clock.now().wall
        self._answers = {}
        try:
            client.begin(PATIENCE)
            self._fill(mapping, Asker(client, self._clock, address_of_account(self._account)))
        except SourceError as failed:
            return (_bad(failed.fault),)
        finally:
            client.close()
        return self.show(file)

    def show(self, file: bytes) -> tuple[Finding, ...]:
        """Return what the mapping gives on the answers that are there. Touches no network."""
        try:
            mapping = mapping_in(file, self._account.mapping)
            look = mapping.look(self._began, address=address_of_account(self._account))
            while (request := look.wanted()) is not None:
                answer = self._answers.get(request)
                if answer is None:
                    return (_finding("mapped_not_asked", Verdict.WARNING, ask=request.ask),)
                look.take(answer)
            return tuple(findings_of(mapping, mapping.picture(look.answers(), self._began)))
        except SourceError as failed:
            return (_bad(failed.fault),)

    def _fill(self, mapping: Mapping, asker: Asker) -> None:
        look = mapping.look(self._began, address=address_of_account(self._account))
        while (request := look.wanted()) is not None:
            answer = asker.answer(request).body
            self._answers[request] = answer
            look.take(answer)


def _bad(cause: Fault) -> Finding:
    if cause.kind is FaultKind.BAD_DATA:
        # Here it is the mapping that does not fit, and its author who can put that right.
        return Finding(topic="mapped_no_picture", verdict=Verdict.BAD, details=cause.details)
    topic = _TOPICS.get(cause.kind, "reachable")
    return Finding(topic=topic, verdict=Verdict.BAD, details=cause.details, fault=cause)


def _finding(topic: str, verdict: Verdict, **details: object) -> Finding:
    told = tuple((name, str(said)) for name, said in details.items())
    return Finding(topic=topic, verdict=verdict, details=told)
