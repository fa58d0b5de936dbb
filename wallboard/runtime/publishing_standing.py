"""What replicas show each other: the picture of the one who polls, written and read."""

from __future__ import annotations

import secrets
from dataclasses import replace
from datetime import timedelta
from typing import Final

from wallboard.api.faults import SourceWord
from wallboard.domain.snapshot import Snapshot
from wallboard.domain.value import value
from wallboard.engine.freshness import Freshness, freshness_of
from wallboard.runtime.publishing import Publication, same_rows
from wallboard.runtime.publishing_wire import (
    PictureUnreadable,
    body_of,
    head_of,
    publication_in,
    rows_in,
)
from wallboard.storage.replicas import Shared

_BEAT_S: Final = 0.5
# From the best to the worst.
_STATES: Final = tuple(
    map(str, (Freshness.LIVE, Freshness.LATE, Freshness.STALE, Freshness.NO_DATA))
)


class Standing:
    """What was read of another one's pictures. Only `newest` may be asked by any thread."""

    def __init__(self, poll: timedelta) -> None:
        self._poll = poll
        self.heard_s = float("-inf")
        self.holder: int | None = None
        self._number: int | None = None
        self._beat: int | None = None
        self._head = ""
        self._rows: Snapshot | None = None
        self._seen: _Seen | None = None
        self._aged: Publication | None = None

    @property
    def snapshot(self) -> Snapshot | None:
        """The last picture that was read. None if there was none."""
        return None if self._seen is None else self._seen.publication.snapshot

    def newest(self, now_s: float) -> Publication | None:
        """Return what was read last, as old as it is by now."""
        seen = self._seen
        if seen is None:
            return None
        age = timedelta(seconds=max(0.0, now_s - seen.taken_s))
        read = seen.publication
        word = read.source.state
        at_least = str(freshness_of(age, self._poll)) if seen.live else str(Freshness.STALE)
        state = max(word, at_least, key=_rank)
        if state == word:
            return read
        version = f"{read.version}-{state}"
        aged = self._aged
        if aged is not None and aged.version == version and aged.snapshot is read.snapshot:
            return aged
        self._aged = aged = replace(
            read, version=version, source=SourceWord(state=state, fault=read.source.fault)
        )
        return aged

    def take(self, shared: Shared, now_s: float, *, led: bool) -> None:
        """Read what is shown.

        Raises:
            HistoryUnavailable: It cannot be read.
        """
        shown = shared.shown(self._number)
        if shown is None:
            return
        self.holder = shown.holder
        if shown.beat != self._beat:
            live = led or self._beat is not None
            self._beat, self.heard_s = shown.beat, now_s
            # Nobody knows how old the first one is that is read, if nobody polls.
            if self._seen is not None and live and not self._seen.live:
                self._seen = replace(self._seen, live=True)
        else:
            live = self._seen is not None and self._seen.live
        if shown.head == self._head or not shown.head:
            return
        try:
            if shown.body is not None:
                self._rows, self._number = rows_in(shown.body, self._rows), shown.number
            if self._rows is None or shown.number != self._number:
                return
            told = publication_in(shown.head, self._rows)
        except PictureUnreadable:
            # Another version of this program is being put in place.
            return
        self._head = shown.head
        self._see(told, now_s, live=live)

    def go_on_from(self, publication: Publication, now_s: float) -> None:
        """Give out what we ourselves gave out, until another one is heard of."""
        self._rows, self._number, self._head = publication.snapshot, None, ""
        self._seen = None
        self._see(replace(publication, board=None), now_s, live=True)

    def _see(self, told: Publication, now_s: float, *, live: bool) -> None:
        seen = self._seen
        still = seen is not None and told.snapshot.as_of <= seen.publication.snapshot.as_of
        taken_s = seen.taken_s if seen is not None and still else now_s
        self._seen = _Seen(publication=told, taken_s=taken_s, live=live)


@value
class _Seen:
    """A picture that was read, and when its time was first another one.

    Attributes:
        live: False if nobody knows how old it was then.
    """

    publication: Publication
    taken_s: float
    live: bool


def _rank(state: str) -> int:
    return _STATES.index(state) if state in _STATES else 0


class Showing:
    """What was shown to the others, and when."""

    def __init__(self) -> None:
        # No other one's numbers: theirs begin elsewhere.
        self._number = secrets.randbits(40) << 20
        self._rows: Snapshot | None = None
        self._shown: Publication | None = None
        self._at_s = float("-inf")

    def turn(
        self, shared: Shared, term: str, publication: Publication | None, now_s: float
    ) -> bool:
        """Show what is new, or at least that we live; return False if nobody saw it."""
        if publication is self._shown and now_s - self._at_s < _BEAT_S:
            return True
        self._at_s = now_s
        if publication is None or publication is self._shown:
            return shared.beat(term)
        body: bytes | None = None
        if self._rows is None or not same_rows(self._rows, publication.snapshot):
            self._number += 1
            body = body_of(publication.snapshot)
        if not shared.show(term, head_of(publication), self._number, body):
            self._rows = self._shown = None
            return False
        self._rows, self._shown = publication.snapshot, publication
        return True
