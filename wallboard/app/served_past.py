"""Answers from a history beside the one that writes it: facts in order, and what is long ago."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import Final, TypeVar

from wallboard.domain.clock import Clock
from wallboard.domain.coverage import Stretch
from wallboard.domain.facts import AgentSpell, CallRecord, DirectCall, Fact
from wallboard.domain.value import value
from wallboard.server.feed import CursorGone, FeedAway, HistoryPage, Numbered
from wallboard.storage.faults import HistoryUnavailable
from wallboard.storage.feed import CursorUnknown
from wallboard.storage.history import History
from wallboard.storage.rows import instant_of, instant_us

_FRESH_S: Final = 10.0
_REST_S: Final = 1.0
_PAGE: Final = re.compile(r"([cds])\.(-?[0-9]{1,18})\.([0-9]{1,9})")
_KINDS: Final = "cds"
_FIRST_US: Final = instant_us(datetime.min.replace(tzinfo=UTC))
_Found = TypeVar("_Found")


class ServedPast:
    """Reads a history. Its methods may be called from any thread."""

    def __init__(self, opened: Callable[[], History], clock: Clock) -> None:
        """Prepare; nothing is opened yet.

        Args:
            opened: Opens the history to read; raises HistoryUnavailable.
        """
        # Who reads a year page by page keeps nobody from the facts of this second.
        self._near = _Reader(opened, clock)
        # What a history knows of itself when it is opened grows old.
        self._far = _Reader(opened, clock, fresh_s=_FRESH_S)

    def facts(
        self, after: str | None, until: str | None, limit: int
    ) -> tuple[tuple[Numbered, ...], str, bool]:
        """Return facts in order, as `Feed.facts` does.

        Raises:
            CursorGone, FeedAway: As `Feed.facts` does.
        """
        try:
            page = self._near.read(lambda history: history.feed(after, until, limit))
        except CursorUnknown as error:
            raise CursorGone(str(error)) from error
        numbered = tuple([Numbered(cursor=cursor, fact=fact) for cursor, fact in page.rows])
        return numbered, page.next, page.more

    def history(self, begin: datetime, end: datetime, page: str | None, limit: int) -> HistoryPage:
        """Return a part of the past, as `Feed.history` does.

        Raises:
            CursorGone, FeedAway: As `Feed.history` does.
        """
        mark = _Mark(kind=_KINDS[0], us=instant_us(begin)) if page is None else _mark_of(page)
        return self._far.read(lambda history: _page(history, begin, end, mark, limit))

    def close(self) -> None:
        """Let go of the history. May be called twice."""
        self._near.close()
        self._far.close()


class _Reader:
    """One history that is open to read, for one at a time."""

    def __init__(
        self, opened: Callable[[], History], clock: Clock, fresh_s: float = float("inf")
    ) -> None:
        self._opened = opened
        self._clock = clock
        self._fresh_s = fresh_s
        self._lock = threading.Lock()
        self._history: History | None = None
        self._opened_s = 0.0
        self._not_before_s = float("-inf")

    def read(self, work: Callable[[History], _Found]) -> _Found:
        """Do something with it.

        Raises:
            FeedAway: It does not answer.
        """
        with self._lock:
            now_s = self._clock.now().steady_s
            if now_s - self._opened_s >= self._fresh_s:
                self._drop()
            try:
                return work(self._open(now_s))
            except HistoryUnavailable as error:
                self._drop()
                # All who wait here are told so, without each of them trying.
                self._not_before_s = now_s + _REST_S
                raise FeedAway(str(error.kind)) from error
            except CursorUnknown:
                raise
            except BaseException:
                self._drop()
                raise

    def close(self) -> None:
        with self._lock:
            self._drop()

    def _open(self, now_s: float) -> History:
        if self._history is None:
            if now_s < self._not_before_s:
                raise FeedAway("the history does not answer")
            self._history = self._opened()
            self._opened_s = now_s
        return self._history

    def _drop(self) -> None:
        history, self._history = self._history, None
        if history is not None:
            with suppress(Exception):  # it is of no use any more
                history.close()


@value
class _Mark:
    """Where a page begins: behind so many facts of an instant."""

    kind: str
    us: int
    skip: int = 0


def _mark_of(page: str) -> _Mark:
    found = _PAGE.fullmatch(page)
    if found is None:
        raise CursorGone("that is no page")
    return _Mark(kind=found[1], us=int(found[2]), skip=int(found[3]))


def _page(history: History, begin: datetime, end: datetime, mark: _Mark, limit: int) -> HistoryPage:
    facts: list[Fact] = []
    for kind in _KINDS[_KINDS.index(mark.kind) :]:
        here = mark if kind == mark.kind else _Mark(kind=kind, us=instant_us(begin))
        more = _from(_told(history, kind, begin, end, here), here)
        first = len(facts)
        facts += islice(more, limit + 1 - first)
        if len(facts) > limit:
            after = _after(facts[first:limit], here)
            page = f"{kind}.{after.us}.{after.skip}"
            return HistoryPage(facts=tuple(facts[:limit]), next_page=page)
    return HistoryPage(facts=tuple(facts), known=_known(history, begin, end))


def _told(
    history: History, kind: str, begin: datetime, end: datetime, mark: _Mark
) -> Iterator[Fact]:
    # A page from elsewhere may name any time.
    at = instant_of(max(_FIRST_US, min(mark.us, instant_us(end))))
    match kind:
        case "c":
            yield from history.calls(max(begin, at), end)
        case "d":
            yield from history.directs(max(begin, at), end)
        case _:
            # What goes on at the begin has begun before it.
            begun = at if mark.skip else None
            yield from history.spells(begin, end, begun=begun)


def _from(facts: Iterable[Fact], mark: _Mark) -> Iterator[Fact]:
    left = mark.skip
    for fact in facts:
        if left and instant_us(_at(fact)) == mark.us:
            left -= 1
            continue
        yield fact


def _after(given: list[Fact], mark: _Mark) -> _Mark:
    """Return where the facts behind these begin."""
    if not given:
        return mark
    last = instant_us(_at(given[-1]))
    same = sum(instant_us(_at(fact)) == last for fact in given)
    return _Mark(kind=mark.kind, us=last, skip=same + (mark.skip if last == mark.us else 0))


def _at(fact: Fact) -> datetime:
    match fact:
        case CallRecord():
            return fact.entered_at
        case AgentSpell() | DirectCall():
            return fact.began_at


def _known(history: History, begin: datetime, end: datetime) -> tuple[Stretch, ...]:
    """Return the time that is covered, cut to what was asked; sums are no facts."""
    rolled = history.rolled_until
    since = begin if rolled is None else max(begin, rolled)
    cut = [
        Stretch(begin=max(each.begin, since), end=min(each.end, end), witness=each.witness)
        for each in history.stretches(begin, end)
    ]
    return tuple([each for each in cut if each.length > timedelta()])
