"""Follows what a server tells of calls that ended, from where we stand to its newest picture."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from typing import Final

from wallboard.api.facts import FactsPage
from wallboard.api.picture import Taken
from wallboard.api.protocol import FACTS
from wallboard.domain.clock import Clock
from wallboard.domain.errors import FaultKind, SourceError, fault
from wallboard.domain.facts import Fact, Retraction
from wallboard.domain.snapshot import Snapshot
from wallboard.sources.rest.conversation import (
    MOST_PAGES,
    Conversation,
    CursorGone,
    NotSupported,
)
from wallboard.sources.rest.noticing import Noticing
from wallboard.sources.rest.refusals import AGAIN_IF_FORBIDDEN
from wallboard.sources.rest.sense import sensible

LOOK_AGAIN: Final = timedelta(minutes=10)
"""After so long a server may have got what it did not have."""
LEAD: Final = timedelta(minutes=2)
MOST_TRIES: Final = 3
"""To take a gap from the history. The picture waits for it no longer than that."""


class Following:
    """Where we stand in one server's facts. Used by one thread.

    What came is kept until it is handed on, also if something fails after it.
    """

    def __init__(self, conversation: Conversation, clock: Clock, noticing: Noticing) -> None:
        self._conversation = conversation
        self._clock = clock
        self._noticing = noticing
        self._cursor: str | None = None
        self._owed: list[Fact] = []
        self._retracted: list[Retraction] = []
        self._ask_again_s = float("-inf")
        # A picture since which facts are missing; and how often they were asked for.
        self._gap: Snapshot | None = None
        self._tries = 0

    @property
    def begun(self) -> bool:
        """True if the server tells facts, as far as is known."""
        return self._cursor is not None

    def missed(self, since: Snapshot) -> None:
        """Take to know that there are no facts after a picture, as yet."""
        self._gap, self._tries = since, 0

    def handed(self) -> tuple[Fact, ...]:
        """Return what came and was not handed on yet."""
        owed, self._owed = tuple(self._owed), []
        return owed

    def taken_back(self) -> tuple[Retraction, ...]:
        """Return what is no call any more, and was not handed on yet."""
        retracted, self._retracted = tuple(self._retracted), []
        return retracted

    def begin(self) -> None:
        """Find where the facts end now, if that is not known.

        Asked before the picture: a call that ends between the two is told, not lost.

        Raises:
            SourceError: There is no answer that can be read.
        """
        if self._cursor is None and self._may_ask:
            self._allowed(self._find_end)

    def follow(self, taken: Taken, before: Snapshot | None) -> None:
        """Take the facts that belong to a picture.

        Args:
            before: The picture that was told last. None if there was none.

        Raises:
            SourceError: There is no answer that can be read.
        """
        if self._may_ask:
            self._allowed(lambda: self._follow(taken, before))

    @property
    def _may_ask(self) -> bool:
        return self._clock.now().steady_s >= self._ask_again_s

    def _find_end(self) -> None:
        self._cursor = self._conversation.cursor()
        self._noticing.forbidden = None
        if self._cursor is None:
            self._rest(LOOK_AGAIN)

    def _follow(self, taken: Taken, before: Snapshot | None) -> None:
        if self._cursor is not None and taken.facts_until != self._cursor:
            try:
                self._go_on(self._cursor, taken.facts_until)
            except CursorGone:
                self._cursor = taken.facts_until or self._conversation.cursor()
                if before is not None:
                    self.missed(before)
        if self._gap is not None:
            self._fill(self._gap, taken.snapshot.as_of)
        self._noticing.forbidden = None

    def _go_on(self, after: str, until: str | None) -> None:
        for _ in range(MOST_PAGES):
            page = self._conversation.facts(after, until)
            self._take(page, page.facts)
            if page.next is None or page.next == after:
                return
            self._cursor = after = page.next
            if not page.more:
                return

    def _fill(self, before: Snapshot, now: datetime) -> None:
        """Take from the history what happened since a picture."""
        entered = [call.entered_at for call in before.calls.values() if call.entered_at]
        begin = min([before.as_of, *entered]) - LEAD
        end = max(before.as_of, now) + LEAD
        self._tries += 1
        try:
            for page in self._conversation.history(begin, end):
                self._take(page, _ended_after(page, before.as_of - LEAD))
        except NotSupported:
            pass
        except SourceError:
            if self._tries < MOST_TRIES:
                raise
        self._gap = None

    def _take(self, page: FactsPage, facts: Iterable[Fact]) -> None:
        gone = {each.fact_id for each in page.retracted}
        self._owed = [each for each in self._owed if each.fact_id not in gone]
        self._retracted += page.retracted
        made = [sensible(each, page.as_of) for each in facts]
        self._owed += [each for each in made if each is not None]
        count = page.ignored + made.count(None)
        if count:
            ignored = fault(FaultKind.ROWS_IGNORED, count=count)
            self._noticing.happened(ignored, self._clock.now())

    def _allowed(self, ask: Callable[[], None]) -> None:
        """Ask, and go on without facts where there are none, or none for us."""
        try:
            ask()
        except NotSupported:
            self._cursor = None
            self._rest(LOOK_AGAIN)
        except SourceError as failure:
            if failure.fault.kind is not FaultKind.FORBIDDEN:
                raise
            self._noticing.forbidden = fault(FaultKind.FORBIDDEN, what=FACTS)
            self._rest(AGAIN_IF_FORBIDDEN)

    def _rest(self, pause: timedelta) -> None:
        self._ask_again_s = self._clock.now().steady_s + pause.total_seconds()


def _ended_after(page: FactsPage, begin: datetime) -> Iterator[Fact]:
    return (fact for fact in page.facts if fact.ended_at >= begin)
