"""Answers to who only looks: capabilities, the picture, facts, the past, health, figures."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from datetime import datetime
from typing import Any, Final, TypeAlias, TypeVar

from wallboard.api import capabilities as api_capabilities
from wallboard.api import health as api_health
from wallboard.api.facts import fact_bytes, facts_bytes, history_bytes
from wallboard.api.problem import ProblemKind, problem
from wallboard.api.protocol import MOST_FACTS, read_time
from wallboard.domain.facts import News
from wallboard.domain.snapshot import AgentId
from wallboard.domain.supervision import NEEDS_PHONE, WishKind
from wallboard.server.asking import Answer, Ask, Header, Refused, bad, json_answer, later
from wallboard.server.door import Doorkeeper
from wallboard.server.feed import (
    Capabilities,
    CursorGone,
    Feed,
    FeedAway,
    HistoryWord,
    Issue,
)
from wallboard.server.hands import Hands
from wallboard.server.metrics import TEXT, metrics_text
from wallboard.server.rights import Role, Scope
from wallboard.server.scope import HIDDEN_FROM_SCREENS, Encoded, Pictures, Veil
from wallboard.server.settings import ServerSettings
from wallboard.server.tokens import Token, TokenBook

_USUAL_FACTS: Final = 1000
_MOST_KEPT: Final = 128
_LARGEST_KEPT: Final = 256 * 1024
_WELL: Final = frozenset({"live", "late"})

_FactsKey: TypeAlias = tuple[Scope, str | None, str | None, int]
_Made = TypeVar("_Made")


class Reader:
    """Answers who is signed in. Used by the event loop's thread."""

    def __init__(
        self, feed: Feed, pictures: Pictures, hands: Hands, settings: ServerSettings
    ) -> None:
        self._feed = feed
        self._pictures = pictures
        self._hands = hands
        self._settings = settings
        # What was told of facts since the newest picture came.
        self._facts_of: Issue | None = None
        self._facts: dict[_FactsKey, asyncio.Task[Encoded]] = {}

    def newest(self) -> Issue:
        """Return the newest picture.

        Raises:
            RequestRefused: There is none yet.
        """
        self._pictures.take(self._feed.newest())
        issue = self._pictures.newest
        if issue is None:
            raise later(ProblemKind.NOT_READY, 2)
        return issue

    async def capabilities(self, _ask: Ask, token: Token) -> Answer:
        """Answer what this server can tell and do, for the one who asks."""
        as_of = self.newest().snapshot.as_of
        served = self._feed.capabilities()
        hidden, facts = served.unsupported, served.facts
        if token.role is Role.TV:
            hidden |= HIDDEN_FROM_SCREENS
            seen = {"call", "direct"} if token.scope.whole else {"call"}
            facts = tuple([kind for kind in facts if kind in seen])
        told = api_capabilities.Capabilities(
            server=api_capabilities.Server(name=served.server[0], version=served.server[1]),
            site=api_capabilities.Site(name=served.site, zone=served.zone),
            poll=served.poll.total_seconds(),
            unsupported=tuple(sorted(hidden)),
            facts=facts,
            commands=tuple(sorted(_commands(token, served))),
            role=str(token.role),
            phone=token.phone,
            as_of=as_of,
        )
        return json_answer(200, api_capabilities.capabilities_bytes(told))

    async def snapshot(self, ask: Ask, token: Token) -> Answer:
        """Answer what is true now; who says what he has is told what changed."""
        self.newest()
        view = self._pictures.seen_by(token.scope)
        etag = f'"{view.version}"'
        headers = ((b"etag", etag.encode()),)
        since = ask.text("since")
        if not self._settings.changes:
            return _packed(ask, view.answer(None, anew=True), headers)
        if _matches(ask.headers.get("if-none-match"), etag):
            return Answer(status=304, headers=headers)
        return _packed(ask, view.answer(since), headers)

    async def facts(self, ask: Ask, token: Token) -> Answer:
        """Answer what has ended after a cursor."""
        issue = self.newest()
        key = (
            token.scope,
            ask.text("after"),
            ask.text("until"),
            ask.number("limit", _USUAL_FACTS, MOST_FACTS),
        )
        if issue is not self._facts_of:
            self._facts_of, self._facts = issue, {}
        task = self._facts.get(key)
        if task is None:
            if len(self._facts) >= _MOST_KEPT:
                self._facts.clear()
            task = self._facts[key] = asyncio.create_task(self._made_facts(issue, *key))
            task.add_done_callback(lambda done: self._keep_or_drop(key, done))
        return _packed(ask, await _answered(asyncio.shield(task)))

    async def history(self, ask: Ask, token: Token) -> Answer:
        """Answer what happened in a stretch of time."""
        issue = self.newest()
        begin, end = _time(ask, "from"), _time(ask, "to")
        if not begin < end:
            raise bad("from: before `to`")
        if end - begin > self._settings.longest_history:
            raise bad(f"{self._settings.longest_history.days} days at most")
        page, limit = ask.text("page"), ask.number("limit", _USUAL_FACTS, MOST_FACTS)
        told = self._teller(token.scope)

        def made() -> bytes:
            found = self._feed.history(begin, end, page, limit)
            return history_bytes(
                told(found.facts),
                as_of=issue.snapshot.as_of,
                known=found.known,
                next_page=found.next_page,
            )

        return _packed(ask, Encoded(await _answered(self._hands.history(made))))

    async def _made_facts(
        self, issue: Issue, scope: Scope, after: str | None, until: str | None, limit: int
    ) -> Encoded:
        told = self._teller(scope)

        def made() -> bytes:
            numbered, cursor, more = self._feed.facts(after, until, limit)
            return facts_bytes(
                told(tuple([each.fact for each in numbered])),
                as_of=issue.snapshot.as_of,
                next_cursor=cursor,
                more=more,
            )

        return Encoded(await self._hands.facts(made))

    def _teller(self, scope: Scope) -> Callable[[tuple[News, ...]], list[bytes]]:
        """Return what makes JSON of the facts that a scope sees; for any thread."""
        veil = self._pictures.veil(scope)
        agents = self._pictures.seen_by(scope).agents
        hidden = veil.hidden | self._feed.capabilities().unsupported
        return lambda facts: _told(facts, veil, agents, hidden)

    def _keep_or_drop(self, key: _FactsKey, done: asyncio.Task[Encoded]) -> None:
        failed = done.cancelled() or done.exception() is not None
        if (failed or len(done.result().body) > _LARGEST_KEPT) and self._facts.get(key) is done:
            del self._facts[key]


class Watchman:
    """Answers those who watch servers. Used by the event loop's thread."""

    def __init__(
        self, feed: Feed, pictures: Pictures, tokens: TokenBook, keeper: Doorkeeper
    ) -> None:
        self._feed = feed
        self._pictures = pictures
        self._tokens = tokens
        self._keeper = keeper

    async def health(self, _ask: Ask) -> Answer:
        """Answer whether the server is well, without a name."""
        self._pictures.take(self._feed.newest())
        issue, health = self._pictures.newest, self._feed.health()
        source = health.source
        well = (
            source.state in _WELL
            and health.history is HistoryWord.OK
            and self._tokens.trouble is None
        )
        told = api_health.Health(
            status=api_health.Status.OK if well else api_health.Status.DEGRADED,
            as_of=None if issue is None else issue.snapshot.as_of,
            source=api_health.SourceHealth(
                state=source.state,
                fault=(
                    None
                    if source.fault is None
                    else api_health.FaultWord(kind=str(source.fault.kind))
                ),
            ),
            history=api_health.HistoryStatus(health.history),
            role=api_health.Duty(health.role),
        )
        return json_answer(200, api_health.health_bytes(told))

    async def metrics(self, _ask: Ask, token: Token) -> Answer:
        """Answer Prometheus."""
        self._pictures.take(self._feed.newest())
        body = metrics_text(
            self._pictures.newest, self._feed.health().source, token.scope, self._keeper.counts
        )
        return Answer(status=200, body=body, headers=((b"content-type", TEXT.encode()),))


def _told(
    facts: tuple[News, ...], veil: Veil, agents: frozenset[AgentId], hidden: frozenset[str]
) -> list[bytes]:
    seen = [veil.fact(fact, agents) for fact in facts]
    return [fact_bytes(fact, hidden) for fact in seen if fact is not None]


async def _answered(work: Coroutine[Any, Any, _Made] | asyncio.Future[_Made]) -> _Made:
    """Return what the feed gives.

    Raises:
        RequestRefused: It cannot.
    """
    try:
        return await work
    except CursorGone as error:
        raise Refused(problem(ProblemKind.CURSOR_GONE)) from error
    except FeedAway as error:
        raise later(ProblemKind.NOT_READY, 2, "It cannot be read now.") from error


def _packed(ask: Ask, encoded: Encoded, headers: tuple[Header, ...] = ()) -> Answer:
    """Return an answer of JSON, packed if that pays and who asks can unpack it."""
    if not (encoded.worth_packing and ask.packs):
        plain = json_answer(200, encoded.body)
        return Answer(status=200, body=plain.body, headers=(*plain.headers, *headers))
    kind = json_answer(200, b"").headers
    packed = (b"content-encoding", b"gzip")
    return Answer(status=200, body=encoded.packed(), headers=(*kind, packed, *headers))


def _commands(token: Token, served: Capabilities) -> frozenset[WishKind]:
    """Return what somebody may ask for."""
    commands = token.may & served.commands
    return commands - NEEDS_PHONE if served.own_phones and not token.phone else commands


def _matches(told: str | None, etag: str) -> bool:
    """True if one of the tags that somebody has is the newest."""
    if told is None:
        return False
    tags = [tag.strip().removeprefix("W/") for tag in told.split(",")]
    return etag in tags or tags == ["*"]


def _time(ask: Ask, name: str) -> datetime:
    text = ask.text(name)
    # A plus that nobody escaped is read as a blank.
    instant = None if text is None else read_time(text.replace(" ", "+"))
    if instant is None:
        raise bad(f"{name}: a time in ISO 8601 with an offset")
    return instant
