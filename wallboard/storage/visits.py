"""Which visits are known by their contact, so that a second witness's telling is recognised."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from wallboard.domain.facts import SAME_VISIT, CallRecord, FactId
from wallboard.storage.database import Database
from wallboard.storage.rows import instant_of, instant_us, plain_text

MANY: Final = 300_000
"""How many visits are remembered before the memory begins anew; some 60 MB."""

_START: Final = timedelta(hours=1)
# Looked ahead so far, so that not every call that arrives is a question to the database.
_AHEAD: Final = timedelta(minutes=10)


class Visits:
    """The visits of one stretch of time, all of them, by contact and queue.

    The stretch grows with what is asked, so that an import reads no row twice. Only who writes
    the database may use it: it is not told of what others write.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self.forget()

    def forget(self) -> None:
        """Know nothing, as after a transaction that was undone."""
        self._known: dict[tuple[str, str], tuple[datetime, FactId]] = {}
        # Who came back to the same queue on the same call; few do.
        self._again: dict[tuple[str, str], list[tuple[datetime, FactId]]] = {}
        self._since: datetime | None = None
        self._until: datetime | None = None

    def look(self, calls: Sequence[CallRecord]) -> None:
        """Know all visits that may be the same as one of these, which are in order of arrival."""
        if all(call.contact is None for call in calls):
            return
        since = calls[0].entered_at - SAME_VISIT
        until = calls[-1].entered_at + 2 * SAME_VISIT
        if len(self._known) > MANY:
            self.forget()
        if self._since is None or self._until is None or self._is_far(since, until):
            self.forget()
            self._since = self._until = since
        if since < self._since:
            self._read(since, self._since)
            self._since = since
        if until > self._until:
            until += _AHEAD
            self._read(self._until, until)
            self._until = until

    def same(self, call: CallRecord) -> FactId | None:
        """Return under which name the call's visit is known. None if it is not."""
        if call.contact is None:
            return None
        key = (call.contact, call.queue_id)
        first = self._known.get(key)
        if first is None:
            return None
        near = (
            fact_id
            for at, fact_id in (first, *self._again.get(key, ()))
            if abs(at - call.entered_at) <= SAME_VISIT
        )
        return next(near, None)

    def add_strangers(self, calls: Sequence[CallRecord]) -> bool:
        """Know these too, but none of them if the contact of one was ever in its queue."""
        told = [call for call in calls if call.contact is not None]
        keys: list[tuple[str, str]] = [(call.contact or "", call.queue_id) for call in told]
        fresh = dict(zip(keys, [(call.entered_at, call.fact_id) for call in told], strict=True))
        if len(fresh) < len(keys) or not self._known.keys().isdisjoint(fresh):
            return False
        self._known.update(fresh)
        return True

    def add(self, call: CallRecord) -> None:
        """Know this one too."""
        if call.contact is not None:
            self._add(call.contact, call.queue_id, call.entered_at, call.fact_id)

    def _add(self, contact: str, queue: str, at: datetime, fact_id: FactId) -> None:
        key = (contact, queue)
        if key in self._known:
            self._again.setdefault(key, []).append((at, fact_id))
        else:
            self._known[key] = (at, fact_id)

    def _is_far(self, since: datetime, until: datetime) -> bool:
        """True if reading what lies between is worse than beginning anew."""
        assert self._since is not None  # noqa: S101 - the caller has looked
        assert self._until is not None  # noqa: S101
        return since > self._until + _START or until < self._since - _START

    def _read(self, since: datetime, until: datetime) -> None:
        rows = self._database.rows("visits", instant_us(since), instant_us(until))
        for contact, queue, at, fact_id in rows:
            self._add(
                plain_text(contact),
                plain_text(queue),
                instant_of(at),
                FactId(plain_text(fact_id)),
            )
