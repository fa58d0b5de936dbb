"""A close look at an API: what works, what does not, and why; for its users and its authors."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import timedelta
from http import HTTPStatus
from typing import Final

from wallboard.api.capabilities import Capabilities, read_capabilities
from wallboard.api.facts import FactsPage, read_facts
from wallboard.api.picture import PictureReader, Taken
from wallboard.api.protocol import (
    AS_OF_HEADER,
    CAPABILITIES,
    FACTS,
    HISTORY,
    SNAPSHOT,
    read_time,
    time_text,
)
from wallboard.domain.clock import Clock
from wallboard.domain.errors import Fault, FaultKind, SourceError, fault
from wallboard.domain.source import Finding, Told, Verdict
from wallboard.sources.rest import refusals
from wallboard.sources.rest.client import Answer, Client
from wallboard.sources.rest.judging import Judgement, judged, some
from wallboard.sources.rest.noticing import CERTIFICATE_MATTERS, CLOCK_MATTERS
from wallboard.sources.rest.settings import NO_SIGN_IN, Account, account_of

PART: Final = timedelta(seconds=8)
"""For one question: who looks closely may wait longer than a board."""
WATCH_POLLS: Final = 3
"""For so many polls it is watched whether the source's time goes on."""

_LOOK_S: Final = 0.25
_SIGN_IN: Final = frozenset({FaultKind.SIGN_IN, FaultKind.FORBIDDEN})


def findings(told: Told, clock: Clock) -> Iterator[Finding]:
    """Ask and look; yields a finding as soon as there is one. Never raises a SourceError.

    Nothing on the server is changed. Ends early where going on makes no sense.
    """
    try:
        account = account_of(told)
        client = Client(account, clock)
    except SourceError as failed:
        yield _bad("reachable", failed.fault)
        return
    checkup = _Checkup(client, account, clock)
    try:
        if account.mapping:
            # What reads mapping files takes a while to import, and few have one.
            from wallboard.sources.rest.mapping_check import (  # noqa: PLC0415 - as said
                mapped_findings,
            )

            yield from mapped_findings(account, client, clock)
        else:
            yield from checkup.findings()
    except SourceError as failed:
        yield checkup.failed(failed.fault)
    finally:
        client.close()


def _bad(topic: str, cause: Fault) -> Finding:
    return Finding(topic=topic, verdict=Verdict.BAD, details=cause.details, fault=cause)


def _warning(topic: str, **details: object) -> Finding:
    return _finding(topic, Verdict.WARNING, **details)


def _good(topic: str, **details: object) -> Finding:
    return _finding(topic, Verdict.GOOD, **details)


def _finding(topic: str, verdict: Verdict, **details: object) -> Finding:
    told = tuple((name, str(said)) for name, said in details.items())
    return Finding(topic=topic, verdict=verdict, details=told)


class _Checkup:
    def __init__(self, client: Client, account: Account, clock: Clock) -> None:
        self._client = client
        self._account = account
        self._clock = clock
        self._reader = PictureReader()
        self._topic = "reachable"
        self._slowest_s = 0.0

    def failed(self, cause: Fault) -> Finding:
        """Return the finding of what could not be gone on with."""
        if cause.kind is FaultKind.CERTIFICATE:
            return _bad("tls", cause)
        return _bad("sign_in" if cause.kind in _SIGN_IN else self._topic, cause)

    def findings(self) -> Iterator[Finding]:
        answer, refusal = self._first()
        told = None
        if answer is not None and answer.status == HTTPStatus.OK:
            self._topic = "api"
            told = read_capabilities(answer.body)
        yield self._reached(told)
        yield self._encryption()
        if refusal is not None:
            yield _bad("sign_in", refusal)
            return
        yield self._signed_in()
        yield self._api(told)
        yield from self._pictures(told)
        yield from self._facts(told)
        if told is not None:
            commands = ", ".join(map(str, told.commands))
            yield _good("commands", rights=commands) if commands else _warning("no_commands")
        yield self._speed()

    # --- whether we get there ---------------------------------------------------------------

    def _first(self) -> tuple[Answer | None, Fault | None]:
        """Return the first answer, or why the one who answers does not let us in."""
        try:
            return self._get(CAPABILITIES), None
        except SourceError as failed:
            if failed.fault.kind not in _SIGN_IN:
                raise
            return None, failed.fault

    def _reached(self, told: Capabilities | None) -> Finding:
        where = self._client.origin
        banner = "" if told is None else f"{told.server.name} {told.server.version}".strip()
        return _good("reachable", host=where.host, port=where.port, banner=banner)

    def _encryption(self) -> Finding:
        where, seen = self._client.origin, self._client.seen
        if not where.encrypted:
            verdict = Verdict.GOOD if where.loopback else Verdict.WARNING
            return _finding("tls", verdict, encrypted="no")
        if seen is None or seen.until is None:
            return _good("tls", host=where.host)
        until = f"{seen.until:%Y-%m-%d}"
        if seen.until - self._clock.now().wall <= CERTIFICATE_MATTERS:
            return _warning("tls", host=where.host, until=until)
        return _good("tls", host=where.host, version=seen.version, until=until)

    def _signed_in(self) -> Finding:
        if self._account.sign_in.kind == NO_SIGN_IN:
            return _warning("sign_in_none")
        return _good("sign_in", username=self._account.sign_in.username)

    def _api(self, told: Capabilities | None) -> Finding:
        if told is None:
            return _warning("api", where=CAPABILITIES)
        return _good("api", version=told.api, role=told.role, name=told.site.name)

    # --- the picture ------------------------------------------------------------------------

    def _pictures(self, told: Capabilities | None) -> Iterator[Finding]:
        self._topic = "picture"
        answer = self._get(SNAPSHOT)
        if answer.status != HTTPStatus.OK:
            words = refusals.status_words(answer.status)
            raise refusals.not_ours(self._client.origin, f"{words}: {SNAPSHOT}")
        taken = self._reader.read(answer.body)
        verdict = judged(answer.body, taken.snapshot)
        yield self._picture(taken, verdict)
        names = [queue.name for queue in taken.snapshot.queues.values()]
        yield _finding(
            "queues",
            Verdict.GOOD if names else Verdict.BAD,
            count=len(names),
            names=", ".join(names[:12]),
        )
        for topic, complaints in (
            ("ids", verdict.ids),
            ("references", verdict.references),
            ("times", verdict.times),
        ):
            if complaints:
                yield _warning(topic, count=len(complaints), names=some(complaints))
            else:
                yield _good(topic)
        yield self._clocks(taken)
        yield self._behind(taken)
        if taken.clean:  # else the next picture is asked for as a whole
            yield self._changes(answer, taken)
        yield self._goes_on(taken, told)

    def _picture(self, taken: Taken, verdict: Judgement) -> Finding:
        if taken.ignored:
            return _warning("picture", count=taken.ignored, names=some(verdict.rows))
        snapshot = taken.snapshot
        return _good(
            "picture",
            queues=len(snapshot.queues),
            agents=len(snapshot.agents),
            count=len(snapshot.calls),
        )

    def _clocks(self, taken: Taken) -> Finding:
        off = taken.snapshot.as_of - self._clock.now().wall
        verdict = Verdict.GOOD if abs(off) <= CLOCK_MATTERS else Verdict.WARNING
        return _finding("clock", verdict, seconds=f"{round(off.total_seconds(), 1) + 0.0:.1f}")

    def _behind(self, taken: Taken) -> Finding:
        """Tell whether the server itself hears of the call center."""
        word = taken.source
        if word is None:
            return _warning("source_state")
        if word.state == "live":
            return _good("source_state")
        cause = word.fault or fault(
            FaultKind.FROZEN,
            host=self._client.origin.host,
            at=time_text(taken.snapshot.as_of),
        )
        return _bad("source_state", cause)

    def _changes(self, first: Answer, taken: Taken) -> Finding:
        """Ask for what changed, as a board does, and compare it with the whole."""
        tag = first.headers.get("ETag")
        if taken.version is None or tag is None:
            return _warning("changes")
        answer = self._get(SNAPSHOT, {"since": taken.version}, {"If-None-Match": tag})
        if answer.status == HTTPStatus.NOT_MODIFIED:
            if read_time(answer.headers.get(AS_OF_HEADER, "")) is None:
                return _bad("changes", _bad_data(f"304 without {AS_OF_HEADER}"))
            return _good("changes", count=0)
        self._reader.read(answer.body)
        return _good("changes", count=len(answer.body))

    def _goes_on(self, taken: Taken, told: Capabilities | None) -> Finding:
        """Watch whether the source's own time goes on."""
        poll_s = max(self._account.poll.total_seconds(), 0.0 if told is None else told.poll)
        began_s = self._clock.now().steady_s
        pause = threading.Event()
        for _ in range(round(WATCH_POLLS * poll_s / _LOOK_S)):
            pause.wait(_LOOK_S)
            answer = self._get(SNAPSHOT)
            newer = PictureReader().read(answer.body).snapshot.as_of
            if newer > taken.snapshot.as_of:
                took_s = self._clock.now().steady_s - began_s
                return _good("renewal", seconds=f"{took_s:.1f}")
            if newer < taken.snapshot.as_of:
                return _bad("renewal", _bad_data("its time goes back"))
        return _warning("renewal", seconds=f"{WATCH_POLLS * poll_s:.0f}")

    # --- what has happened ------------------------------------------------------------------

    def _facts(self, told: Capabilities | None) -> Iterator[Finding]:
        self._topic = "facts"
        if told is not None and not told.facts:
            yield _warning("facts")
            return
        answer = self._get(FACTS)
        if answer.status != HTTPStatus.OK:
            yield _warning("facts")
            return
        end = read_facts(answer.body)
        if end.next is None:
            yield _bad("facts", _bad_data("no cursor"))
            return
        after = self._get(FACTS, {"after": end.next, "limit": "100"})
        if after.status == HTTPStatus.GONE:
            yield _bad("facts", _bad_data("it does not know its own cursor"))
            return
        yield _good("facts", names=", ".join(told.facts) if told is not None else "")
        yield self._history(end)

    def _history(self, end: FactsPage) -> Finding:
        self._topic = "past"
        begin, until = time_text(end.as_of - timedelta(hours=1)), time_text(end.as_of)
        answer = self._get(HISTORY, {"from": begin, "to": until, "limit": "1000"})
        if answer.status != HTTPStatus.OK:
            return _warning("past")
        page = read_facts(answer.body)
        ids = [fact.fact_id for fact in page.facts]
        twice = {one for one in ids if ids.count(one) > 1} if len(ids) <= _FEW else set()
        if twice:
            return _warning("fact_ids", count=len(twice), names=some(sorted(twice)))
        if page.ignored:
            return _warning("past_rows", count=page.ignored)
        return _good("past", count=len(page.facts))

    def _speed(self) -> Finding:
        """Compare the slowest answer with what a board waits for."""
        slowest = f"{1000 * self._slowest_s:.0f}"
        if self._slowest_s > self._account.deadline.total_seconds():
            return _bad(
                "speed",
                fault(
                    FaultKind.SLOW,
                    host=self._client.origin.host,
                    port=self._client.origin.port,
                    seconds=f"{self._account.deadline.total_seconds():.1f}",
                ),
            )
        if self._slowest_s > 0.5 * self._account.deadline.total_seconds():
            return _warning("speed", milliseconds=slowest)
        return _good("speed", milliseconds=slowest)

    def _get(
        self,
        path: str,
        params: dict[str, str] | None = None,
        headers: dict[str, str] | None = None,
    ) -> Answer:
        self._client.begin(PART)
        answer = self._client.get(path, params, headers)
        self._slowest_s = max(self._slowest_s, answer.seconds)
        return answer


def _bad_data(reason: str) -> Fault:
    return fault(FaultKind.BAD_DATA, reason=reason)


_FEW: Final = 1000
