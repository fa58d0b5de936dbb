"""Serves one connection to many walls: what polls, what keeps, what answers, put together.

No window is near: nothing that this imports knows Qt.
"""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable
from contextlib import ExitStack, suppress
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Final, Protocol

from wallboard import VERSION
from wallboard.api.faults import SourceWord
from wallboard.app.clock import system_clock, zone_called, zone_name
from wallboard.app.histories import history_opener, server_address
from wallboard.app.journal_heads import JournalHeads
from wallboard.app.journals import server_journal, tokens_file
from wallboard.app.served_decisions import ServedDecisions
from wallboard.app.served_past import ServedPast
from wallboard.app.serving_chores import Tidier
from wallboard.app.watcher import watcher_of
from wallboard.app.ways import delivering_of
from wallboard.domain.clock import Clock
from wallboard.domain.errors import WallboardError
from wallboard.domain.supervision import Wish
from wallboard.domain.value import value
from wallboard.runtime.opening import SERVED, SIMULATOR, Opening
from wallboard.runtime.publishing import Publication, Publisher
from wallboard.runtime.publishing_orders import Given, OrderKeyUsed, OwnOrders, SharedDesk
from wallboard.runtime.publishing_poller import Polled, Poller
from wallboard.runtime.publishing_replica import Replica
from wallboard.runtime.source_link import process_command
from wallboard.runtime.watchman import Watchman
from wallboard.server.app import make_app
from wallboard.server.feed import (
    Capabilities,
    CommandProgress,
    CommandState,
    FeedAway,
    Health,
    HistoryPage,
    HistoryWord,
    Issue,
    KeyUsed,
    Numbered,
    PollingRole,
    wish_digest,
)
from wallboard.server.journal import Journal, JournalUnusable
from wallboard.server.listening import Tls, serve_on
from wallboard.server.settings import ServerSettings
from wallboard.server.tokens import TokenBook
from wallboard.server.verifying import Verified
from wallboard.settings.file import SettingsFile
from wallboard.settings.model import Settings
from wallboard.settings.paths import Places, made
from wallboard.sources.registry import kind
from wallboard.storage.faults import HistoryUnavailable, StorageFault
from wallboard.storage.history import History
from wallboard.storage.place_lock import PlaceLock
from wallboard.storage.replicas import Shared, open_shared
from wallboard.ui.alert_message import Letterhead
from wallboard.ui.supervision_words import NOTICE
from wallboard.ui.wording import Wording

_RETRY_S: Final = 0.25
"""A database that comes back is found by the one who polls before the others may take over."""


class _Desk(Protocol):
    """What polls, or stands by."""

    @property
    def newest(self) -> Publication | None: ...

    @property
    def source(self) -> SourceWord: ...

    @property
    def paused(self) -> bool: ...

    @property
    def role(self) -> PollingRole: ...

    @property
    def orders(self) -> OwnOrders | SharedDesk: ...

    def start(self) -> None: ...

    def stop(self) -> None: ...


class _Alone:
    """Polls, for nobody else does."""

    role = PollingRole.ALONE

    def __init__(self, polled: Polled, opened: Callable[[], History]) -> None:
        self._publisher = Publisher(polled.clock)
        self._poller = Poller(polled, opened, self._publisher)
        self.orders = OwnOrders(self._poller.supervise)

    @property
    def newest(self) -> Publication | None:
        return self._publisher.newest

    @property
    def source(self) -> SourceWord:
        return self._publisher.source

    @property
    def paused(self) -> bool:
        return self._publisher.paused

    def start(self) -> None:
        self._poller.start()

    def stop(self) -> None:
        self._poller.stop()


class _OneOfMany:
    """Polls, or stands by for who does."""

    def __init__(self, replica: Replica, orders: SharedDesk) -> None:
        self._replica = replica
        self.orders = orders

    @property
    def newest(self) -> Publication | None:
        return self._replica.newest

    @property
    def source(self) -> SourceWord:
        return self._replica.source

    @property
    def paused(self) -> bool:
        return self._replica.paused

    @property
    def role(self) -> PollingRole:
        return PollingRole.POLLING if self._replica.polling else PollingRole.STANDING_BY

    def start(self) -> None:
        self._replica.start()

    def stop(self) -> None:
        self._replica.stop()


class ServedFeed:
    """One connection as the server sees it: a `Feed`."""

    def __init__(self, desk: _Desk, past: ServedPast, decided: ServedDecisions) -> None:
        self._desk = desk
        self._past = past
        self._decided = decided
        self._made: tuple[Publication, Issue] | None = None

    def start(self) -> None:
        """Begin to poll, or to stand by. May be called once."""
        self._desk.start()

    def stop(self) -> None:
        """End it, and store what waits."""
        self._desk.orders.close()
        self._desk.stop()
        self._past.close()

    def newest(self) -> Issue | None:
        """Return the newest picture. None before any."""
        publication = self._desk.newest
        if publication is None:
            return None
        made = self._made
        if made is None or made[0] is not publication:
            made = self._made = (publication, _issue_of(publication))
        return made[1]

    def facts(
        self, after: str | None, until: str | None, limit: int
    ) -> tuple[tuple[Numbered, ...], str, bool]:
        """Return facts in order; see `Feed`."""
        return self._past.facts(after, until, limit)

    def history(self, begin: datetime, end: datetime, page: str | None, limit: int) -> HistoryPage:
        """Return a part of the past; see `Feed`."""
        return self._past.history(begin, end, page, limit)

    def command(self, wish: Wish, key: str, who: str) -> CommandState:
        """Pass a command on, at most once; see `Feed`."""
        del who  # the journal has it
        try:
            return _state_of(key, self._desk.orders.give(key, wish_digest(wish), wish))
        except HistoryUnavailable as error:
            raise FeedAway(str(error.kind)) from error
        except OrderKeyUsed as error:
            raise KeyUsed(key) from error

    def command_state(self, key: str) -> CommandState | None:
        """Return what came of a command; see `Feed`."""
        try:
            given = self._desk.orders.state(key)
        except HistoryUnavailable as error:
            raise FeedAway(str(error.kind)) from error
        return None if given is None else _state_of(key, given)

    def health(self) -> Health:
        """Return how this process does."""
        desk = self._desk
        history = HistoryWord.PAUSED if desk.paused else HistoryWord.OK
        return Health(source=desk.source, history=history, role=desk.role)

    def capabilities(self) -> Capabilities:
        """Return what is served, as the site has decided it by now."""
        return self._decided.now()


def feed_of(
    opening: Opening, settings: Settings, places: Places, wording: Wording | None = None
) -> ServedFeed:
    """Return what serves a saved connection; nothing is started or opened yet.

    With a database on a server it is one of as many replicas as there are programs that serve the
    connection from that database. Who polls watches for alerts, and tells them by the ways out.

    Args:
        wording: In which language alerts are told. None: English.

    Raises:
        KindUnknown, KindUnusable: There is no such source.
        SourceRefused: A field of the connection cannot be used.
        zoneinfo.ZoneInfoNotFoundError: There is no such time zone.
    """
    source = kind(opening.kind)
    poll = source.pace(opening.told)
    clock = system_clock()
    replicas = settings.history is not None
    polled = Polled(
        opening=opening,
        poll=poll,
        zone=zone_called(opening.zone),
        clock=clock,
        command=process_command(),
        past=None if source.past is None else partial(source.past, opening.told),
        retry_s=_RETRY_S if replicas else None,
        watchman=partial(_watchman, opening, settings, places, wording or Wording()),
    )
    opened = history_opener(opening.name, settings, places, publishing=True)
    desk: _Desk
    if replicas:
        shared = partial(_shared, opening.name, settings, places)
        replica = Replica(polled, open_history=opened, open_shared=shared)
        desk = _OneOfMany(replica, SharedDesk(shared))
    else:
        desk = _Alone(polled, opened)
    reading = history_opener(opening.name, settings, places, reading=True)
    served = Capabilities(
        server=("wallboard", VERSION),
        site=opening.name,
        zone=zone_name(opening.zone),
        poll=poll,
        commands=source.takes(opening.told),
        own_phones=opening.kind not in (SERVED, SIMULATOR),
        notice=(wording or Wording()).say(NOTICE),
    )
    file = SettingsFile(places.settings_file)
    decided = ServedDecisions(opening.name, served, settings.supervision, file, clock)
    return ServedFeed(desk, ServedPast(reading, clock), decided)


def _watchman(opening: Opening, settings: Settings, places: Places, wording: Wording) -> Watchman:
    """Return what watches for alerts and tells them; a demo's are told to nobody."""
    head = Letterhead(site=opening.name, zone=zone_called(opening.zone), wording=wording)
    clock = system_clock()
    ways = None if opening.demo else delivering_of(settings, places, lambda: head, clock)
    return Watchman(watcher_of(opening, places, None if ways is None else ways.outbox), ways)


def _shared(name: str, settings: Settings, places: Places) -> Shared:
    address = server_address(settings, places)
    if address is None:
        raise HistoryUnavailable(StorageFault.NOT_REACHABLE, "there is no database any more")
    return open_shared(address, places.history_file(name).stem)


class ServedAlready(WallboardError):
    """Another program serves this connection from the same file."""


def sole_server(name: str, settings: Settings, places: Places) -> ExitStack:
    """Return what keeps others from serving a connection from its file, until it is left.

    With a database on a server as many may serve it as there are; then it keeps nobody.

    Raises:
        ServedAlready: Somebody does.
    """
    held = ExitStack()
    if settings.history is None:
        file = places.history_file(name)
        with suppress(OSError):  # where there can be no lock, the history's own says it later
            lock = PlaceLock(made(file.parent) / f"{file.name}.serve.lock")
            if not lock.taken():
                raise ServedAlready(name)
            held.callback(lock.release)
    return held


def tokens_of(places: Places) -> TokenBook:
    """Return the tokens by which walls sign in to what is served from here."""
    return TokenBook(tokens_file(places))


@value
class Serving:
    """How a connection is served.

    Attributes:
        listener: A socket that listens.
        tls: None: without.
        metrics: True if `/metrics` is answered.
        found_broken: Told once, at the beginning, if the journal is not as it was written.
    """

    listener: socket.socket
    tls: Tls | None = None
    metrics: bool = False
    found_broken: Callable[[Verified], None] = lambda _found: None


def serve(feed: ServedFeed, places: Places, serving: Serving, stop: threading.Event) -> None:
    """Answer walls until stopped, in this thread; the socket is closed then.

    Raises:
        OSError: The files of TLS cannot be read.
        TokensUnusable, JournalUnusable: The files beside the tokens cannot be used.
    """
    tokens, clock = tokens_of(places), system_clock()
    path = server_journal(places)
    journal, heads = Journal(path, tokens.key()), JournalHeads(places)
    broken = _looked_at(heads, journal, path, tokens.key(), clock)
    if broken is not None:
        serving.found_broken(broken)
    settings = ServerSettings(metrics=serving.metrics)
    app = make_app(feed, tokens, journal, clock, settings)
    tidier = Tidier(clock, stop, lambda: heads.note(journal))
    feed.start()
    tidier.start()
    try:
        serve_on(app, serving.listener, serving.tls, stop)
    finally:
        stop.set()
        tidier.join()
        feed.stop()
        heads.note(journal)


def _looked_at(
    heads: JournalHeads, journal: Journal, path: Path, key: bytes, clock: Clock
) -> Verified | None:
    """Return what is wrong with the journal; walls are served all the same."""
    try:
        return heads.begin(journal, path, key, clock.now().wall)
    except JournalUnusable:
        return heads.look(path, key)


def _state_of(key: str, given: Given) -> CommandState:
    outcome = given.outcome
    return CommandState(
        key=key,
        progress=CommandProgress(outcome.stage),
        reason=outcome.reason,
        digest=given.digest,
    )


def _issue_of(publication: Publication) -> Issue:
    return Issue(
        version=publication.version,
        snapshot=publication.snapshot,
        source=publication.source,
        facts_until=publication.facts_until,
        notices=publication.notices,
        board=publication.board,
        monitorings=publication.monitorings,
        lacks=publication.lacks,
    )
